//! HTML.

use super::flow::Flow;

/// Writes the text of a piece of HTML.
pub(super) fn fragment(html: &str, flow: &mut Flow) {
    let mut rest = html;
    while let Some((text, after)) = rest.split_once('<') {
        flow.text(text);
        rest = after.split_once('>').map_or("", |(_, after)| after);
    }
    flow.text(rest);
    flow.end_block();
}
