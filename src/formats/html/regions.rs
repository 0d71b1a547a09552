//! Tells for each element of a page whether it is shown, hidden or a part of the page's frame: by what it calls itself,
//! weighed against how much running text it holds. A wrapper of the article is never put aside for its class.

use super::kinds::{Element, Frame, frame, is_block, is_hidden, is_sign};
use super::letters::letters;
use super::nodes::Node;

/// Least number of letters outside links for a block to count as running text.
const RUNNING: usize = 60;
/// A block of links with fewer letters than this is a row of links even if some of them are none, such as a word above buttons.
const SHORT: usize = 40;
/// Longest hidden piece of a line that is left out, in letters: what is said to those who listen.
const ASIDE: usize = 60;
/// Longest question on a button that is the heading of what it opens, in letters.
const LONGEST_QUESTION: usize = 150;

/// How the inside of an element is taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Place {
    /// As what the element stands in.
    #[default]
    Within,
    /// As the page's frame.
    Boilerplate,
    /// As what a browser does not show.
    Hidden,
    /// Left out.
    Dropped,
    /// As a heading: a button that opens what follows.
    Heading,
}

/// How much is taken for what it says it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Trust {
    /// Everything.
    Full,
    /// Nothing counts as hidden.
    Unhidden,
    /// Nor do classes and ids make boilerplate.
    Tags,
}

/// What an element holds.
#[derive(Clone, Copy, Debug, Default)]
struct Extent {
    /// The place after its end tag.
    end: usize,
    /// Letters of its text.
    letters: usize,
    /// Those of them that belong to links.
    linked: usize,
    /// Those of them that stand in blocks of running text.
    running: usize,
    /// How many `main` elements are inside, itself included.
    mains: usize,
    /// How many headings of level 1 are inside that may be the title.
    titles: usize,
    /// How many `article` elements are inside, itself included.
    articles: usize,
}

impl Extent {
    /// Returns what was counted between two states of the counters.
    fn since(self, start: Self) -> Self {
        Self {
            end: self.end,
            letters: self.letters - start.letters,
            linked: self.linked - start.linked,
            running: self.running - start.running,
            mains: self.mains - start.mains,
            titles: self.titles - start.titles,
            articles: self.articles - start.articles,
        }
    }

    /// Reports whether links make up more than `percent` of the text.
    fn is_linked(self, percent: usize) -> bool {
        self.linked * 100 > self.letters * percent
    }
}

/// The elements of a page with what each holds.
pub(super) struct Regions<'a> {
    nodes: &'a [Node],
    extents: Vec<Extent>,
    whole: Extent,
    /// The ids that some element says it opens or closes.
    controlled: Vec<&'a str>,
}

impl<'a> Regions<'a> {
    /// Measures the elements of a page; `title` is what its `title` element says.
    pub fn of(nodes: &'a [Node], title: &str) -> Self {
        let (extents, whole) = measure(nodes, title_heading(nodes, &letters(title)));
        let controlled = nodes
            .iter()
            .filter_map(|node| match node {
                Node::Start(element) => element.get("aria-controls").or_else(|| element.get("data-target")),
                _ => None,
            })
            .flat_map(str::split_whitespace)
            .map(|id| id.trim_start_matches('#'))
            .take(1000)
            .collect();
        Self { nodes, extents, whole, controlled }
    }

    /// Tells how each element is taken, at the place of its start tag.
    pub fn places(&self, trust: Trust) -> Vec<Place> {
        let mut places = vec![Place::Within; self.nodes.len()];
        // The end of the outermost element that is put aside, and of the one that may hold controls as text.
        let (mut aside, mut telling) = (0, 0);
        for (at, node) in self.nodes.iter().enumerate() {
            let (Node::Start(element), Some(extent)) = (node, self.extents.get(at)) else { continue };
            if matches!(&*element.name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "summary" | "dt" | "th" | "td") {
                telling = telling.max(extent.end);
            }
            let place = self.place(element, *extent, at, trust, at < telling);
            let Some(slot) = places.get_mut(at) else { continue };
            *slot = match place {
                Place::Heading if at < aside => Place::Boilerplate,
                place => place,
            };
            if matches!(place, Place::Boilerplate | Place::Hidden) {
                aside = aside.max(extent.end);
            }
        }
        places
    }

    fn place(&self, element: &Element, extent: Extent, at: usize, trust: Trust, telling: bool) -> Place {
        if is_sign(element) {
            return Place::Dropped;
        }
        if trust == Trust::Full && is_hidden(element) {
            return self.hidden(element, extent, at);
        }
        match &*element.name {
            "button" | "label" if telling => return Place::Within,
            "button" => {
                let opens = element.get("aria-expanded").is_some() || element.get("aria-controls").is_some();
                let question = (8..=LONGEST_QUESTION).contains(&extent.letters);
                return if opens && question { Place::Heading } else { Place::Boilerplate };
            }
            "label" => return Place::Boilerplate,
            _ => {}
        }
        let Some(frame) = frame(element, !self.is_named_by_its_heading(element, extent, at)) else {
            return Place::Within;
        };
        let trusted = trust < Trust::Tags || frame == Frame::Sure;
        if trusted && self.is_frame(frame, extent) { Place::Boilerplate } else { Place::Within }
    }

    /// Tells how an element is taken that a browser would not show now: what its page opens when asked is shown.
    fn hidden(&self, element: &Element, extent: Extent, at: usize) -> Place {
        let mostly = extent.running * 2 > self.whole.running.max(RUNNING);
        if mostly || (extent.mains > 0 && extent.running * 5 > self.whole.running) {
            return Place::Within;
        }
        let inline = !is_block(&element.name) && !matches!(&*element.name, "noscript" | "dialog");
        if inline {
            return if extent.letters < ASIDE || extent.is_linked(50) { Place::Dropped } else { Place::Within };
        }
        let panel = element.get("hidden").is_some_and(|value| value.eq_ignore_ascii_case("until-found"))
            || element.get("id").is_some_and(|id| self.controlled.contains(&id))
            || matches!(element.get("role"), Some("region" | "tabpanel"))
            || self.follows_heading(at);
        let frame = frame(element, true).is_some();
        if panel && !frame && !extent.is_linked(50) && is_block(&element.name) { Place::Within } else { Place::Hidden }
    }

    /// Reports whether a heading, a button or a summary ends right before the element.
    fn follows_heading(&self, at: usize) -> bool {
        let before = self.nodes.get(..at).unwrap_or_default().iter().rev().take(8);
        for node in before {
            match node {
                Node::End(name)
                    if matches!(&**name, "h2" | "h3" | "h4" | "h5" | "h6" | "button" | "summary" | "dt") =>
                {
                    return true;
                }
                Node::End(name) if matches!(&**name, "span" | "div" | "a" | "header" | "i" | "b" | "strong") => {}
                Node::Text(text) if text.trim().is_empty() => {}
                _ => return false,
            }
        }
        false
    }

    /// Reports whether what calls itself a part of the frame is small enough to be one.
    fn is_frame(&self, frame: Frame, extent: Extent) -> bool {
        if extent.mains > 0 || extent.titles > 0 {
            return false;
        }
        let (part, whole) = if self.whole.running >= 4 * RUNNING {
            (extent.running, self.whole.running)
        } else {
            (extent.letters, self.whole.letters)
        };
        let limit = match frame {
            Frame::Likely | Frame::Links => 30,
            Frame::Teasers | Frame::Sure => 60,
            Frame::Others => 70,
        };
        if part * 100 > whole * limit {
            return false;
        }
        match frame {
            Frame::Sure => true,
            Frame::Likely | Frame::Others => !(extent.articles == 1 && part * 10 > whole),
            Frame::Teasers => extent.is_linked(15) && !(extent.articles == 1 && part * 10 > whole),
            Frame::Links => extent.is_linked(40) || extent.letters < SHORT,
        }
    }

    /// Reports whether an element's id is made of the words of the heading inside it, and so says nothing of its part.
    fn is_named_by_its_heading(&self, element: &Element, extent: Extent, at: usize) -> bool {
        let Some(id) = element.get("id").filter(|id| extent.running > 0 && id.contains(['-', '_'])) else {
            return false;
        };
        let inside = self.nodes.get(at..extent.end.min(at + 40)).unwrap_or_default();
        let is_heading =
            |node: &Node| matches!(node, Node::Start(element) if matches!(&*element.name, "h2" | "h3" | "h4"));
        let Some(start) = inside.iter().position(is_heading) else { return false };
        let texts = inside.get(start + 1..).unwrap_or_default().iter().map_while(|node| match node {
            Node::Text(text) => Some(text.as_str()),
            Node::Start(_) => Some(""),
            Node::End(name) => (!name.starts_with('h')).then_some(""),
        });
        letters(&texts.collect::<String>()) == letters(id)
    }
}

/// Returns the place of the heading of level 1 that the `title` element repeats, the longest one; `None` where none does.
fn title_heading(nodes: &[Node], title: &str) -> Option<usize> {
    let mut best: Option<(usize, usize)> = None;
    for (at, node) in nodes.iter().enumerate() {
        let is_top = matches!(node, Node::Start(element) if &*element.name == "h1");
        if !is_top {
            continue;
        }
        let inside = nodes.get(at..).unwrap_or_default().iter().take(30);
        let texts = inside.take_while(|node| !matches!(node, Node::End(name) if &**name == "h1"));
        let text: String =
            texts.filter_map(|node| if let Node::Text(text) = node { Some(letters(text)) } else { None }).collect();
        if text.len() >= 8 && title.contains(&text) && best.is_none_or(|(_, length)| text.len() > length) {
            best = Some((at, text.len()));
        }
    }
    best.map(|(at, _)| at)
}

/// Measures every element, at the place of its start tag, and the whole page.
fn measure(nodes: &[Node], title: Option<usize>) -> (Vec<Extent>, Extent) {
    let mut extents = vec![Extent::default(); nodes.len()];
    let mut now = Extent::default();
    let mut open: Vec<(usize, Extent)> = Vec::new();
    let (mut anchors, mut block) = (0_usize, 0_usize);
    for (at, node) in nodes.iter().enumerate() {
        match node {
            Node::Start(element) => {
                let name = &*element.name;
                if is_block(name) {
                    now.running += if block >= RUNNING { block } else { 0 };
                    block = 0;
                }
                let start = now;
                now.mains += usize::from(name == "main" || element.get("role") == Some("main"));
                now.articles += usize::from(name == "article");
                now.titles += usize::from(name == "h1" && title.is_none_or(|title| title == at));
                anchors += usize::from(name == "a");
                if !super::kinds::VOID.contains(&name) {
                    open.push((at, start));
                }
            }
            Node::End(name) => {
                if is_block(name) {
                    now.running += if block >= RUNNING { block } else { 0 };
                    block = 0;
                }
                anchors = anchors.saturating_sub(usize::from(&**name == "a"));
                if let Some((start, before)) = open.pop()
                    && let Some(extent) = extents.get_mut(start)
                {
                    *extent = Extent { end: at + 1, ..now.since(before) };
                }
            }
            Node::Text(text) => {
                let size = text.chars().filter(|letter| letter.is_alphanumeric()).count();
                now.letters += size;
                if anchors > 0 {
                    now.linked += size;
                } else {
                    block += size;
                }
            }
        }
    }
    (extents, now)
}
