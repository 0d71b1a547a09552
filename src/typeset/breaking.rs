//! Choosing the points at which the lines end.
//!
//! Body text is set by the least total cost over the paragraph (Knuth & Plass, "Breaking paragraphs into lines",
//! Software: Practice and Experience 11, 1981), for ragged right: the cost of a line is the square of its slack, and
//! the state carries how many lines in a row have ended in a hyphen. The work is linear in the text: each point is
//! weighed against the points of one line before it.

use super::points::{Mark, Point, Points, cost};
use crate::text::work::count;
use textwrap::core::Fragment;
use textwrap::wrap_algorithms::{Penalties, wrap_first_fit, wrap_optimal_fit};

/// Added to the cost of a line that leaves over a quarter of the measure empty.
const HOLE: u32 = 300;
/// The cost of a second hyphen in a row.
const SECOND_HYPHEN: u64 = 300;
/// The cost of any further hyphen in a row: less than that of an emergency, more than all else.
const FURTHER_HYPHEN: u64 = 50_000;
/// The cost of a last line of one short word.
const RUNT: u64 = 2_500;
/// Added when that word is only the end of a divided one.
const RUNT_TAIL: u64 = 3_000;
/// The cost of a line wider than the measure, per cell.
const OVERFLOW: u64 = 10_000_000;
/// The cost of an impossible break: far above any sum of costs, far below overflow.
const NEVER: u64 = u64::MAX / 8;

/// The least costs of ending a line at one point, by the number of consecutive hyphens, and the points they come from.
#[derive(Clone, Copy, Debug)]
struct Best {
    /// With no hyphen, one, and two or more.
    cost: [u64; 3],
    /// The previous break for each.
    from: [usize; 3],
}

/// The data of a point that the inner loop reads to begin a line there.
#[derive(Clone, Copy, Debug)]
struct Start {
    cells: u32,
    /// The least cost with any number of hyphens.
    any: u64,
    /// The least cost with no hyphen.
    none: u64,
    /// The least cost with hyphens, including that of a further one.
    more: u64,
}

/// Chooses the points of least total cost; the last is the end of the paragraph.
pub(super) fn least_cost(points: &Points, measure: u32) -> Vec<usize> {
    let slack = slack_costs(points, measure);
    let last = points.last();
    let mut bests: Vec<Best> = Vec::with_capacity(points.all.len());
    let mut starts: Vec<Start> = Vec::with_capacity(points.all.len());
    let mut low = 0;
    for (at, point) in points.all.iter().enumerate() {
        let best = if at == 0 {
            Best { cost: [0, NEVER, NEVER], from: [0; 3] }
        } else {
            while low + 1 < at && starts.get(low).is_some_and(|start| start.cells + measure < point.end_cells) {
                low += 1;
            }
            let window = starts.get(low..).unwrap_or_default();
            count(window.len());
            if at == last {
                end_paragraph(points, point, window, low, measure)
            } else {
                end_line(point, window, low, measure, &slack)
            }
        };
        let [none, one, two] = best.cost;
        starts.push(Start {
            cells: point.next_cells,
            any: none.min(one).min(two),
            none,
            more: (one + SECOND_HYPHEN).min(two + FURTHER_HYPHEN),
        });
        bests.push(best);
    }
    trace(points, &bests)
}

/// Returns the costs of slacks from 0 up to the measure or the length of the paragraph.
fn slack_costs(points: &Points, measure: u32) -> Vec<u32> {
    let square = u64::from(measure) * u64::from(measure);
    (0..=measure)
        .map(|slack| {
            let share = 10_000 * u64::from(slack) * u64::from(slack) / square;
            let hole = if slack * 4 > measure { HOLE } else { 0 };
            u32::try_from(share).unwrap_or(u32::MAX) + hole
        })
        .take(points.all.last().map_or(0, |point| super::index(point.end_cells)).max(super::index(measure)) + 1)
        .collect()
}

/// Weighs the lines that may end at `point`, inside the paragraph.
fn end_line(point: &Point, window: &[Start], low: usize, measure: u32, slack: &[u32]) -> Best {
    let reach = point.reach();
    let mut least = (NEVER, low);
    let mut least_after = (NEVER, low);
    let hyphen = point.mark != Mark::Plain;
    for (at, start) in window.iter().enumerate() {
        let cells = reach - start.cells;
        let line = match measure.checked_sub(cells) {
            Some(empty) => slack.get(super::index(empty)).copied().map_or(0, u64::from),
            None if at + 1 == window.len() => OVERFLOW * u64::from(cells - measure),
            None => continue,
        };
        if hyphen {
            if start.none + line < least.0 {
                least = (start.none + line, low + at);
            }
            if start.more + line < least_after.0 {
                least_after = (start.more + line, low + at);
            }
        } else if start.any + line < least.0 {
            least = (start.any + line, low + at);
        }
    }
    let own = u64::from(point.cost);
    if hyphen {
        Best {
            cost: [NEVER, least.0 + own, least_after.0 + own].map(|cost| cost.min(NEVER)),
            from: [low, least.1, least_after.1],
        }
    } else {
        Best { cost: [(least.0 + own).min(NEVER), NEVER, NEVER], from: [least.1, low, low] }
    }
}

/// Weighs the last lines of the paragraph: slack costs nothing there, a lone short word does.
fn end_paragraph(points: &Points, end: &Point, window: &[Start], low: usize, measure: u32) -> Best {
    let mut least = (NEVER, low);
    for (at, start) in window.iter().enumerate() {
        let cells = end.end_cells - start.cells;
        let mut line = match cells.checked_sub(measure) {
            None | Some(0) => 0,
            Some(over) if at + 1 == window.len() => OVERFLOW * u64::from(over),
            Some(_) => continue,
        };
        let from = points.all.get(low + at);
        let single = from.is_some_and(|from| from.next >= points.last_word);
        if low + at > 0 && single && (cells * 4 < measure || cells < 4) {
            line += RUNT;
            if from.is_some_and(|from| from.mark != Mark::Plain) {
                line += RUNT_TAIL;
            }
        }
        if start.any + line < least.0 {
            least = (start.any + line, low + at);
        }
    }
    Best { cost: [least.0, NEVER, NEVER], from: [least.1, low, low] }
}

/// Follows the choices made back from the end.
fn trace(points: &Points, bests: &[Best]) -> Vec<usize> {
    let mut chosen = Vec::new();
    let mut at = points.last();
    let mut state = 0;
    while at > 0 {
        chosen.push(at);
        let Some(best) = bests.get(at) else { break };
        let from = best.from.get(state).copied().unwrap_or_default().min(at - 1);
        let [none, one, two] = bests.get(from).map_or([0; 3], |best| best.cost);
        state = match state {
            // A line without a hyphen, or the end: whatever was least.
            0 if none <= one && none <= two => 0,
            0 if one <= two => 1,
            0 => 2,
            // The first hyphen in a row follows a line without.
            1 => 0,
            _ if one + SECOND_HYPHEN <= two + FURTHER_HYPHEN => 1,
            _ => 2,
        };
        at = from;
    }
    chosen.reverse();
    chosen
}

/// A group of words that stays together, as `textwrap` sees it.
#[derive(Debug)]
struct Group {
    /// The point that ends it.
    last: usize,
    width: f64,
    blank: f64,
    hyphen: f64,
}

impl Fragment for Group {
    fn width(&self) -> f64 {
        self.width
    }
    fn whitespace_width(&self) -> f64 {
        self.blank
    }
    fn penalty_width(&self) -> f64 {
        self.hyphen
    }
}

/// Chooses the most even lines for a heading; glued words are kept together where they fit.
pub(super) fn even(points: &Points, measure: u32) -> Vec<usize> {
    if !points.all_fit(measure)
        || points.pieces().any(|(_, to)| to.cost >= cost::EMERGENCY && to.cost < cost::HARD_GLUE)
    {
        // Cuts of last resort differ in cost, which only our own way can weigh.
        return least_cost(points, measure);
    }
    let groups = groups(points, measure, cost::SOFT_GLUE);
    let penalties = Penalties {
        nline_penalty: 1_000,
        // The default of 2500 lets a line run over by a cell where that evens out the others.
        overflow_penalty: 1_000_000,
        short_last_line_fraction: 4,
        short_last_line_penalty: 25,
        hyphen_penalty: 25,
    };
    match wrap_optimal_fit(&groups, &[f64::from(measure)], &penalties) {
        Ok(lines) => ends(&lines),
        Err(_) => first_fit(points, measure),
    }
}

/// Fills each line as far as it goes.
pub(super) fn first_fit(points: &Points, measure: u32) -> Vec<usize> {
    let groups = groups(points, measure, cost::DASH_GLUE);
    ends(&wrap_first_fit(&groups, &[f64::from(measure)]))
}

/// Joins pieces over points that cost `glue` or more, as far as the group fits a line.
fn groups(points: &Points, measure: u32, glue: u32) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::with_capacity(points.all.len());
    let mut first: Option<&Point> = None;
    for (at, (from, to)) in points.pieces().enumerate() {
        let joined = first.filter(|first| from.cost >= glue && to.reach() - first.next_cells <= measure);
        if joined.is_some() {
            groups.pop();
        } else {
            first = Some(from);
        }
        groups.push(Group {
            last: at + 1,
            width: f64::from(to.end_cells - first.unwrap_or(from).next_cells),
            blank: f64::from(to.next_cells - to.end_cells),
            hyphen: f64::from(to.reach() - to.end_cells),
        });
    }
    groups
}

fn ends(lines: &[&[Group]]) -> Vec<usize> {
    lines.iter().filter_map(|line| line.last()).map(|group| group.last).collect()
}
