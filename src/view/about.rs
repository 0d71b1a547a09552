//! The information view: dim labels, and beside them what they say.

use super::Canvas;
use super::overlay::frame;
use crate::app::about::{About, Place};
use crate::app::plan::Area;
use crate::app::{State, messages};

/// Draws the view over the panes.
pub fn draw(state: &State, about: &About, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    let Place { panel, text, framed } = about.place();
    // A blank column at either side keeps the text beneath off the frame.
    let left = panel.x.min(1);
    canvas.clear(Area { x: panel.x - left, width: panel.width + 2 * left, ..panel });
    if framed {
        frame(canvas, panel);
        canvas.write(text.x, panel.y + 1, state.say(messages::ABOUT), text.width, theme.strong());
        let (above, below) = about.more();
        let right = panel.x + panel.width - 2;
        for (more, y, sign) in [(above, text.y, "↑"), (below, text.y + text.height.saturating_sub(1), "↓")] {
            if more {
                canvas.write(right.saturating_sub(1), y, sign, 1, theme.dim());
            }
        }
    }
    for (y, row) in (text.y..text.y + text.height).zip(about.shown()) {
        canvas.write(text.x, y, row.label, text.width, theme.dim());
        canvas.write(text.x + row.column, y, &row.text, text.width.saturating_sub(row.column), theme.plain());
    }
}
