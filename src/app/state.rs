//! The state of the program, and how an event moves it.

mod changing;
mod filtering;
mod finding;
mod forgetting;
mod marking;
mod mouse;
mod remembering;
mod searching;
mod telling;
mod viewing;
mod watching;

use std::sync::Arc;

use super::about::About;
use super::actions::{Action, Scope};
use super::find::Find;
use super::keymap::{Keymap, Pending, Pressed};
use super::list::List;
use super::marks::Marked;
use super::memory::Remembered;
use super::menu::Menu;
use super::messages::{self, Text};
use super::overlay::{Kind, Outcome, Overlay};
use super::panel::Panel;
use super::plan::{Area, Focus, Plan, Wishes};
use super::reader::Reader;
use super::rows::Rows;
use super::search::{Aim, Search};
use super::sources::Sources;
use super::{Effect, Effects, Event, Key, KeyCode, Prepared, Problem, Progress};
use crate::model::{Entry, Id, Library, Location, SavedSearch};
use crate::text::{Clean, Language};
use crate::typeset::{Fill, Layout, Measure};

/// Text widths, in cells: the least, the default, the most.
const TEXT_WIDTHS: (u16, u16, u16) = (24, 66, 120);

/// What a reader of the program chose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The language the program speaks.
    pub language: Language,
    /// Most cells a line of text takes.
    pub text_width: u16,
    /// Cells added to the list's width, or taken from it.
    pub list_width: i16,
    /// How lines are filled.
    pub fill: Fill,
    /// Whether boilerplate is shown in full.
    pub boilerplate: bool,
    /// Number of the colour theme.
    pub theme: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: Language::English,
            text_width: TEXT_WIDTHS.1,
            list_width: 0,
            fill: Fill::Ragged,
            boilerplate: false,
            theme: 0,
        }
    }
}

/// Everything that decides what is on the screen.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts about the screen")]
pub struct State {
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// What the reader of the program chose.
    pub settings: Settings,
    /// Which pane has the keys.
    pub focus: Focus,
    /// The reader alone.
    pub zen: bool,
    /// All announcements known.
    pub library: Arc<Library>,
    /// Whether more are still being looked for.
    pub scanning: bool,
    /// How far looking at files has come, while it takes long.
    pub progress: Option<Progress>,
    /// The list pane.
    pub list: List,
    /// The reader pane.
    pub reader: Reader,
    /// The search in the text.
    pub find: Find,
    /// The search through all announcements.
    pub search: Search,
    /// The searches that were saved.
    pub searches: Vec<SavedSearch>,
    /// The sources pane, while it is open.
    pub sources: Option<Sources>,
    /// The filter menu, while it is open.
    pub menu: Option<Menu>,
    /// What lies over the panes.
    pub overlay: Option<Overlay>,
    /// What is known of the announcement shown, while it is told.
    pub about: Option<About>,
    /// What was read, starred and tagged.
    pub(super) marked: Marked,
    /// What is kept of the screen and of how far texts were read.
    pub(super) memory: Remembered,
    /// What was asked to be forgotten, and whether the key just pressed may confirm it.
    pub(super) forgetting: (Option<Id>, Option<Id>),
    /// Something to tell, until the next key.
    pub notice: Option<Clean>,
    /// What could not be read or done.
    pub problems: Vec<Problem>,
    /// Keys that wait for more.
    pub pending: Pending,
    /// Where things stand.
    pub plan: Plan,
    /// What is read, named at the right of the status row.
    pub place_name: Clean,
    keymap: Keymap,
    /// Whether a key was pressed yet; until then the newest announcement stays selected.
    touched: bool,
    /// The divider between the panes is being dragged.
    dragging: bool,
}

impl State {
    /// A state that knows no announcements yet.
    #[must_use]
    pub fn new(size: (u16, u16), settings: Settings, place_name: Clean) -> Self {
        let mut state = Self {
            size,
            settings,
            focus: Focus::List,
            zen: false,
            library: Arc::default(),
            scanning: true,
            progress: None,
            list: List::default(),
            reader: Reader::default(),
            find: Find::default(),
            search: Search::default(),
            searches: Vec::new(),
            sources: None,
            menu: None,
            overlay: None,
            about: None,
            marked: Marked::default(),
            memory: Remembered::default(),
            forgetting: (None, None),
            notice: None,
            problems: Vec::new(),
            pending: Pending::default(),
            plan: Plan::default(),
            place_name,
            keymap: Keymap::default(),
            touched: false,
            dragging: false,
        };
        state.settle();
        state
    }

    /// Moves the state by what happened; what comes back is to be carried out.
    pub fn update(&mut self, event: Event) -> Effects {
        let effects = match event {
            Event::KeyPressed(key) => {
                self.touched = true;
                self.notice = None;
                self.forgetting = (None, self.forgetting.0);
                self.press(key)
            }
            Event::Pasted(text) => self.paste(&text),
            Event::MouseMoved { kind, column, row } => self.mouse(kind, column, row),
            Event::Resized { width, height } => {
                self.size = (width, height);
                Effects::none()
            }
            Event::Resumed => Effect::Repaint.into(),
            Event::Terminated => Effect::Quit.into(),
            Event::Expected(count) => {
                Arc::make_mut(&mut self.library).expect(count);
                Effects::none()
            }
            Event::Found(entries) => self.take_in(entries),
            Event::ScanFinished => {
                self.scanning = false;
                if let Some(library) = Arc::get_mut(&mut self.library) {
                    library.settle();
                }
                // A reader with nothing to read ends, and whoever started it is told why.
                if self.library.is_empty() { Effect::Quit.into() } else { self.watch() }
            }
            Event::Read { id, text, complete } => {
                self.show(id, &text, complete);
                self.return_to_place();
                Effects::none()
            }
            Event::RawRead { id, text, complete } => {
                self.show_raw(id, &text, complete);
                Effects::none()
            }
            Event::Folded { announcement, texts } => {
                self.take_folded(&announcement, texts);
                Effects::none()
            }
            Event::Located { id, standings } => self.take_standings(id, standings),
            Event::Failed(problem) => {
                self.reader.stay_with_text();
                self.fail(problem);
                Effects::none()
            }
            Event::Remembered(memory) => self.remember(memory),
            Event::Changed { entries, removed } => self.take_changes(entries, &removed),
            Event::Looked(progress) => self.take_progress(progress),
            Event::Forgotten { held } => self.take_forgotten(held),
            Event::Unfollowed => self.take_unfollowed(),
            Event::SearchFound(found) => self.take_found(found),
            Event::Excerpted(excerpts) => self.take_excerpts(excerpts),
            Event::SearchesKnown(searches) => self.take_searches(searches),
            Event::SearchesChanged { came, gone } => self.take_changed_searches(came, &gone),
            Event::SourcesListed(rows) => self.take_sources(rows),
            Event::Watched(news) => self.take_watched(news),
            Event::Marked(marks) => self.take_marks(marks),
            Event::StepsKnown(steps) => self.take_steps(steps),
        };
        self.settle();
        let wanted = self.want();
        let wanted = wanted.and(self.settle_search()).and(self.settle_news());
        let wanted = wanted.and(self.settle_about()).and(self.settle_find());
        effects.and(wanted).and(self.marked.wishes()).and(self.keep_place())
    }

    /// Whether what the next frame should show is still to come.
    #[must_use]
    pub fn waits(&self) -> bool {
        let waits_for_text = self.reader.wanted.is_some() && self.reader.layout.is_none();
        waits_for_text || (self.scanning && self.library.is_empty()) || self.search_waits()
    }

    /// The text in the language the program speaks.
    #[must_use]
    pub fn say(&self, text: Text) -> &'static str {
        text.get(self.settings.language)
    }

    /// The entry of the announcement that is shown or waited for.
    #[must_use]
    pub fn shown(&self) -> Option<&Entry> {
        self.library.entry(self.reader.wanted?)
    }

    /// The line that says when an announcement was published, who announced it and how long it takes to read, with
    /// word joiners where no line is to end.
    #[must_use]
    pub fn meta(&self, entry: &Entry, section: Option<&Clean>) -> String {
        let language = entry.language.unwrap_or(self.settings.language);
        let mut parts: Vec<String> = Vec::new();
        parts.extend(entry.published.map(|date| date.format(language)));
        parts.extend(entry.source.as_ref().map(ToString::to_string));
        parts.extend(section.map(ToString::to_string));
        // A line may end behind a point, but what comes last does not stand alone.
        let minutes = format!("{} {}", entry.minutes, self.say(messages::MINUTES));
        let rest = parts.join("\u{2060} · ");
        if rest.is_empty() { minutes } else { format!("{rest}\u{2060} ·\u{2060} {minutes}") }
    }

    fn measure(&self) -> Measure {
        let width = self.plan.text.map_or(self.settings.text_width, |text| text.width);
        Measure { width: width.max(1), fill: self.settings.fill, boilerplate: self.settings.boilerplate }
    }

    fn text_height(&self) -> u16 {
        self.plan.text.map_or(1, |text| text.height.max(1))
    }

    /// The announcement that is selected, when it is in the list.
    pub(super) fn selected(&self) -> Option<Id> {
        self.list.selected.filter(|_| self.list.row(self.rows()).is_some())
    }

    fn list_area(&self) -> Area {
        self.plan.list.unwrap_or_default()
    }

    /// Where the help or the palette stands.
    #[must_use]
    pub fn overlay_panel(&self, overlay: &Overlay) -> Panel {
        let lines = overlay.rows(self.settings.language).len().clamp(1, usize::from(self.overlay_rows()));
        Panel::under_prompt(self.plan.screen, lines, overlay.first)
    }

    /// Rows of an overlay that fit the screen.
    #[must_use]
    pub fn overlay_rows(&self) -> u16 {
        self.size.1.saturating_sub(6).max(1)
    }

    /// Makes everything that drawing needs follow from the rest.
    fn settle(&mut self) {
        let wishes = Wishes {
            focus: self.focus,
            zen: self.zen,
            list_width: self.settings.list_width,
            text_width: self.settings.text_width,
        };
        self.plan = Plan::of(self.size.0, self.size.1, wishes);
        if let Some(area) = self.plan.list {
            self.list.settle(Rows::of(&self.library, &self.search), area);
        } else if self.list.selected.is_none() {
            self.list.selected = self.rows().group(0);
        }
        if let Some(text) = self.plan.text {
            self.reader.settle(text, self.measure());
        }
    }

    /// Asks for the text of what is selected, when something else is shown.
    fn want(&mut self) -> Effects {
        let Some(row) = self.list.row(self.rows()) else { return Effects::none() };
        let Some(entry) = self.list.version(self.rows(), row) else { return Effects::none() };
        if self.reader.wanted == Some(entry.id) {
            return Effects::none();
        }
        let effect = Effect::Read { id: entry.id, location: entry.location.clone() };
        let id = entry.id;
        self.reader.wait_for(Some(id));
        self.search.aim.get_or_insert(Aim::First);
        self.find.begin();
        Effects::from(effect).and(self.prefetch(row))
    }

    /// Asks for the neighbours of row `row`, which are likely to be looked at next, the one below last to be first.
    fn prefetch(&self, row: usize) -> Effects {
        let neighbours = [row.checked_sub(1), Some(row + 2), Some(row + 1)];
        let locations: Vec<_> = neighbours
            .into_iter()
            .flatten()
            .filter_map(|row| Some(self.list.version(self.rows(), row)?.location.clone()))
            .filter(|location| matches!(location, Location::File { .. } | Location::Kept(_)))
            .collect();
        if locations.is_empty() {
            return Effects::none();
        }
        // One row more than fits is looked at, to see whether this is the end.
        Effect::Prefetch { locations, measure: self.measure(), rows: self.text_height().saturating_add(1) }.into()
    }

    fn show(&mut self, id: Id, text: &Prepared, complete: bool) {
        let Some(entry) = self.library.entry(id).filter(|_| self.reader.wanted == Some(id)) else { return };
        if self.reader.raw {
            return;
        }
        let meta = self.meta(entry, text.announcement.section.as_ref());
        self.set(id, text, &meta, complete);
    }

    fn press(&mut self, key: Key) -> Effects {
        if key == Key::ctrl('c') {
            return Effect::Quit.into();
        }
        if self.overlay.is_some() {
            return self.press_overlay(key);
        }
        if self.about.is_some() && self.press_about(key) {
            return Effects::none();
        }
        if self.sources.is_some() {
            return self.press_sources(key);
        }
        if self.menu.is_some() {
            return self.press_menu(key);
        }
        if self.marked.prompt.is_some() {
            self.press_tags(key);
            return Effects::none();
        }
        if self.search.prompt.is_some() {
            return self.press_search(key);
        }
        if self.find.prompt.is_some() {
            return self.press_prompt(key);
        }
        let scope = match self.focus {
            Focus::List => Scope::List,
            Focus::Reader => Scope::Reader,
        };
        if key.code == KeyCode::Esc && !self.pending.is_empty() {
            self.pending = Pending::default();
            return Effects::none();
        }
        match self.keymap.press(&mut self.pending, key, scope) {
            Pressed::Action(action, count) => self.act(action, count),
            Pressed::Waiting | Pressed::Unbound => Effects::none(),
        }
    }

    fn press_overlay(&mut self, key: Key) -> Effects {
        let (language, rows) = (self.settings.language, self.overlay_rows());
        let outcome = self.overlay.as_mut().map_or(Outcome::Close, |overlay| overlay.press(key, language, rows));
        match outcome {
            Outcome::Stay => Effects::none(),
            Outcome::Close => {
                self.overlay = None;
                Effects::none()
            }
            Outcome::Run(action) => {
                self.overlay = None;
                // What works in a pane is run in that pane.
                match action.entry().scope {
                    Scope::List => self.focus = Focus::List,
                    Scope::Reader => self.focus = Focus::Reader,
                    Scope::Everywhere => {}
                }
                self.act(action, None)
            }
        }
    }

    fn paste(&mut self, text: &str) -> Effects {
        if let Some(overlay) = &mut self.overlay {
            overlay.input.insert(text);
        } else if let Some(prompt) = &mut self.marked.prompt {
            prompt.insert(text);
        } else if let Some(prompt) = &mut self.search.prompt {
            prompt.insert(text);
            return self.search_typed();
        } else if let Some(prompt) = &mut self.find.prompt {
            prompt.insert(text);
            self.find_typed();
        }
        Effects::none()
    }

    fn act(&mut self, action: Action, count: Option<u32>) -> Effects {
        let height = self.text_height();
        let times = isize::try_from(count.unwrap_or(1)).unwrap_or(1);
        let half = isize::try_from(height / 2).unwrap_or(0).max(1);
        // Two lines stay in sight when a page is turned.
        let page = isize::try_from(height).unwrap_or(1).saturating_sub(2).max(1);
        let rows = isize::try_from(self.list.shown.len().saturating_sub(1)).unwrap_or(1).max(1);
        match action {
            Action::ListDown => self.move_by(times),
            Action::ListUp => self.move_by(-times),
            Action::ListHalfDown => self.move_by((rows / 2).max(1) * times),
            Action::ListHalfUp => self.move_by(-(rows / 2).max(1) * times),
            Action::ListPageDown => self.move_by(rows * times),
            Action::ListPageUp => self.move_by(-rows * times),
            Action::ListFirst => self.list_to(count.map_or(0, |count| count.saturating_sub(1))),
            Action::ListLast => self.list_to(count.map_or(u32::MAX, |count| count.saturating_sub(1))),
            Action::NextAnnouncement => self.step_announcement(times),
            Action::PreviousAnnouncement => self.step_announcement(-times),
            Action::LineDown => drop(self.reader.scroll(times, height)),
            Action::LineUp => drop(self.reader.scroll(-times, height)),
            Action::HalfDown => drop(self.reader.scroll(half * times, height)),
            Action::HalfUp => drop(self.reader.scroll(-half * times, height)),
            Action::PageDown => self.page_down(page * times),
            Action::PageUp => drop(self.reader.scroll(-page * times, height)),
            Action::TextStart => self.reader.start(),
            Action::TextEnd => self.reader.end(),
            Action::NextPart => (0..times).for_each(|_| self.reader.step_part(true, height)),
            Action::PreviousPart => (0..times).for_each(|_| self.reader.step_part(false, height)),
            Action::Open => self.open(),
            Action::Back => self.back(),
            Action::SwitchPane => match self.focus {
                Focus::List => self.open(),
                Focus::Reader => self.back(),
            },
            Action::ToggleRead => self.toggle_read(),
            Action::AllRead => self.mark_all_read(),
            Action::Star => self.toggle_star(),
            Action::Tag => self.open_tags(),
            Action::Undo => return self.undo_marks(),
            Action::Forget => return self.forget(),
            Action::Search => return self.open_search(None, false),
            Action::SaveSearch => return self.save_search(),
            Action::Sources => return self.open_sources(),
            Action::Filter => return self.open_search(None, true),
            Action::FilterMenu => self.open_menu(),
            Action::Find => self.open_prompt(),
            Action::NextMatch => self.step_match(times),
            Action::PreviousMatch => self.step_match(-times),
            Action::SwitchLanguage => self.switch_language(),
            Action::SwitchFill => self.switch_fill(),
            Action::WidenText => self.widen_text(2 * times),
            Action::NarrowText => self.widen_text(-2 * times),
            Action::WidenList => self.widen_list(2 * times),
            Action::NarrowList => self.widen_list(-2 * times),
            Action::Zen => self.toggle_zen(),
            Action::SwitchTheme => self.switch_theme(),
            Action::ShowBoilerplate => self.settings.boilerplate = !self.settings.boilerplate,
            Action::ShowRaw => return self.toggle_raw(),
            Action::About => self.open_about(),
            Action::Palette => self.overlay = Some(Overlay::new(Kind::Palette)),
            Action::Help => self.overlay = Some(Overlay::new(Kind::Help)),
            Action::Cancel => self.cancel(),
            Action::CopyText => return self.copy_text(),
            Action::Suspend => return Effect::Suspend.into(),
            Action::Repaint => return Effect::Repaint.into(),
            Action::Quit | Action::QuitNow => return Effect::Quit.into(),
        }
        Effects::none()
    }

    /// Selects the row `by` rows further down, or up.
    fn move_by(&mut self, by: isize) {
        let area = self.list_area();
        self.search.fresh = false;
        self.list.move_by(Rows::of(&self.library, &self.search), by, area);
    }

    /// Selects row `row`.
    fn select(&mut self, row: usize) {
        let area = self.list_area();
        self.search.fresh = false;
        self.list.select(Rows::of(&self.library, &self.search), row, area);
    }

    fn list_to(&mut self, row: u32) {
        let last = self.rows().len().saturating_sub(1);
        self.select(usize::try_from(row).unwrap_or(last).min(last));
    }

    fn step_announcement(&mut self, by: isize) {
        self.move_by(by);
        // What comes into the reader while it has the keys is being read.
        if self.focus == Focus::Reader {
            self.open();
        }
    }

    fn open(&mut self) {
        let Some(group) = self.selected() else { return };
        self.mark_read(group);
        self.focus = Focus::Reader;
    }

    fn back(&mut self) {
        self.focus = Focus::List;
        self.zen = false;
    }

    fn toggle_zen(&mut self) {
        self.zen = !self.zen;
        if self.zen {
            self.open();
        }
    }

    fn cancel(&mut self) {
        if self.find.is_own() {
            self.find.clear();
        } else if self.zen {
            self.zen = false;
        } else if self.search.is_live() || self.search.asks() {
            self.focus = Focus::List;
            self.end_search();
        }
    }

    fn page_down(&mut self, by: isize) {
        if self.reader.at_end() {
            self.step_unread(1);
        } else {
            let height = self.text_height();
            self.reader.scroll(by, height);
        }
    }

    /// Goes to the next announcement not read yet, or the previous one, and opens it when the text has the focus.
    fn step_unread(&mut self, by: isize) {
        let here = self.list.row(self.rows()).unwrap_or(0);
        let found = if by > 0 {
            (here + 1..self.rows().len()).find(|row| !self.is_read(*row))
        } else {
            (0..here).rev().find(|row| !self.is_read(*row))
        };
        let Some(row) = found else {
            self.tell(messages::NO_UNREAD);
            return;
        };
        self.select(row);
        if self.focus == Focus::Reader {
            self.open();
        }
    }

    fn switch_language(&mut self) {
        let Some(row) = self.selected().and_then(|group| self.library.row_of(group)) else { return };
        let versions: Vec<Language> = self.library.versions(row).iter().filter_map(|entry| entry.language).collect();
        let shown = self.shown().and_then(|entry| entry.language);
        let at = versions.iter().position(|language| Some(*language) == shown).unwrap_or(0);
        match versions.get((at + 1) % versions.len().max(1)) {
            Some(next) if versions.len() > 1 => {
                self.list.languages.retain(|language| language != next);
                self.list.languages.insert(0, *next);
                let chosen = self.library.versions(row).into_iter().find(|entry| entry.language == Some(*next));
                if let Some(entry) = chosen {
                    self.search.choose(entry.group, entry.id);
                }
            }
            _ => self.tell(messages::ONE_LANGUAGE),
        }
    }

    fn switch_fill(&mut self) {
        let (fill, text) = match self.settings.fill {
            Fill::Ragged => (Fill::Justified, messages::JUSTIFIED),
            Fill::Justified => (Fill::Unhyphenated, messages::UNHYPHENATED),
            Fill::Unhyphenated => (Fill::Ragged, messages::RAGGED),
        };
        self.settings.fill = fill;
        self.tell(text);
    }

    fn switch_theme(&mut self) {
        self.settings.theme = self.settings.theme.wrapping_add(1);
    }

    fn widen_text(&mut self, by: isize) {
        let (least, _, most) = TEXT_WIDTHS;
        let by = i16::try_from(by).unwrap_or(i16::MAX);
        self.settings.text_width = self.settings.text_width.saturating_add_signed(by).clamp(least, most);
        let sentence = format!("{}: {}", self.say(messages::TEXT_WIDTH), self.settings.text_width);
        self.notice = Some(Clean::line(&sentence));
    }

    fn widen_list(&mut self, by: isize) {
        let by = i16::try_from(by).unwrap_or(i16::MAX);
        self.settings.list_width = self.settings.list_width.saturating_add(by).clamp(-60, 60);
    }

    /// Puts the whole text on the clipboard: its title, where it is from, and the rest.
    fn copy_text(&mut self) -> Effects {
        let Some(announcement) = self.reader.layout.as_ref().map(Layout::announcement) else { return Effects::none() };
        let language = announcement.language.unwrap_or(self.settings.language);
        let date = announcement.published.map(|date| date.value.format(language));
        let named = [&announcement.source, &announcement.section, &announcement.address];
        let named = named.into_iter().flatten().map(ToString::to_string);
        let source: Vec<String> = date.into_iter().chain(named).collect();
        let blocks = announcement.document.blocks.iter().map(|block| block.text.as_str());
        let source = source.join(" · ");
        let texts: Vec<&str> = [announcement.title.as_str(), &source].into_iter().chain(blocks).collect();
        let texts: Vec<&str> = texts.into_iter().filter(|text| !text.is_empty()).collect();
        let copy = Clean::lines_of(&texts.join("\n\n"));
        self.tell(messages::COPIED);
        Effect::Copy(copy).into()
    }
}
