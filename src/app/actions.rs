//! Lists every action in one table, from which the keymap, help, hints, palette and the README's key table are made.

use super::messages::{self, Text};

/// Names a part of the screen in which an action's keys are active.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Active in both panes.
    Everywhere,
    /// Active while the list has the focus.
    List,
    /// Active while the text has the focus.
    Reader,
    /// Active in every panel over the panes; a panel's own scope takes precedence.
    Panel,
    /// Active in the filter menu.
    Filter,
    /// Active in the sources panel.
    Sources,
    /// Active while a line is typed in the status row; the scope of that prompt takes precedence.
    Prompt,
    /// Active while a search is typed.
    SearchPrompt,
    /// Active while a text to find in the announcement is typed.
    FindPrompt,
}

impl Scope {
    /// Lists every scope, in the order of the help and the README.
    pub const ALL: [Self; 9] = [
        Self::Everywhere,
        Self::List,
        Self::Reader,
        Self::Panel,
        Self::Filter,
        Self::Sources,
        Self::Prompt,
        Self::SearchPrompt,
        Self::FindPrompt,
    ];

    /// Returns the heading of the scope's actions in the help.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Everywhere => messages::EVERYWHERE,
            Self::List => messages::IN_LIST,
            Self::Reader => messages::IN_READER,
            Self::Panel => messages::IN_PANELS,
            Self::Filter => messages::IN_FILTER,
            Self::Sources => messages::IN_SOURCES,
            Self::Prompt => messages::IN_PROMPT,
            Self::SearchPrompt => messages::IN_SEARCH_PROMPT,
            Self::FindPrompt => messages::IN_FIND_PROMPT,
        }
    }

    /// Reports whether the scope is one or both of the panes; such actions can be run by name.
    #[must_use]
    pub const fn is_pane(self) -> bool {
        matches!(self, Self::Everywhere | Self::List | Self::Reader)
    }

    /// Reports whether keys of `self` take precedence over the same keys of `other` by design.
    #[must_use]
    pub const fn overrides(self, other: Self) -> bool {
        match other {
            Self::Panel => matches!(self, Self::Filter | Self::Sources),
            Self::Prompt => matches!(self, Self::SearchPrompt | Self::FindPrompt),
            _ => false,
        }
    }

    /// Reports whether keys of both scopes can be active at the same time.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        let everywhere = |one: Self, other: Self| one == Self::Everywhere && other.is_pane();
        self == other
            || everywhere(self, other)
            || everywhere(other, self)
            || self.overrides(other)
            || other.overrides(self)
    }
}

/// Holds one row of the action table.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The action.
    pub action: Action,
    /// Its name in the configuration and the palette.
    pub name: &'static str,
    /// The part of the screen in which its keys are active.
    pub scope: Scope,
    /// Its keys, each written as in the key table: `j`, `ctrl-d`, `g g`.
    pub keys: &'static [&'static str],
    /// What it does, in a few words, for the help.
    pub help: Text,
    /// The word for the status row; empty where the action is never hinted there.
    pub hint: Text,
}

macro_rules! actions {
    ($($action:ident $name:literal $scope:ident [$($key:literal)*] $help:tt $hint:tt;)+) => {
        /// Names something the user can do.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Action {
            $(#[doc = $name] $action,)+
        }

        /// Lists every action, in the order of the help.
        pub const ACTIONS: &[Entry] = &[
            $(Entry {
                action: Action::$action,
                name: $name,
                scope: Scope::$scope,
                keys: &[$($key),*],
                help: actions!(@text $help),
                hint: actions!(@text $hint),
            },)+
        ];
    };
    (@text ()) => { Text { fi: "", sv: "", en: "" } };
    (@text ($fi:literal, $sv:literal, $en:literal)) => { Text { fi: $fi, sv: $sv, en: $en } };
}

actions! {
    SwitchPane "switch-pane" Everywhere ["tab"]
        ("Vaihda ruutua", "Byt ruta", "Switch to the other pane") ("ruutu", "ruta", "pane");
    NextAnnouncement "next-announcement" Everywhere ["J"]
        ("Seuraava tiedote", "Nästa meddelande", "Next announcement") ("seuraava", "nästa", "next");
    PreviousAnnouncement "previous-announcement" Everywhere ["K"]
        ("Edellinen tiedote", "Föregående meddelande", "Previous announcement") ();
    NextMatch "next-match" Everywhere ["n"]
        ("Seuraava osuma, muuten seuraava lukematon", "Nästa träff, annars nästa olästa", "Next match, or next unread") ();
    PreviousMatch "previous-match" Everywhere ["N"]
        ("Edellinen osuma, muuten edellinen lukematon", "Föregående träff, annars föregående olästa", "Previous match, or previous unread") ();
    SwitchLanguage "switch-language" Everywhere ["L"]
        ("Vaihda kieliversiota", "Byt språkversion", "Show the next language version") ("kieli", "språk", "language");
    SwitchFill "switch-setting" Everywhere ["w"]
        ("Tasaus: vasen reuna, molemmat reunat, ei tavutusta", "Justering: vänster, båda kanter, utan avstavning", "Alignment: ragged, justified, not hyphenated") ();
    WidenText "widen-text" Everywhere ["+"]
        ("Leveämpi palsta", "Bredare text", "Wider text") ();
    NarrowText "narrow-text" Everywhere ["-"]
        ("Kapeampi palsta", "Smalare text", "Narrower text") ();
    WidenList "widen-list" Everywhere [">"]
        ("Leveämpi luettelo", "Bredare lista", "Wider list") ();
    NarrowList "narrow-list" Everywhere ["<"]
        ("Kapeampi luettelo", "Smalare lista", "Narrower list") ();
    Zen "zen" Everywhere ["z"]
        ("Näytä vain teksti", "Visa bara texten", "Show only the text") ();
    SwitchTheme "switch-theme" Everywhere ["T"]
        ("Vaihda väriteemaa", "Byt färgtema", "Switch the colour theme") ();
    ShowBoilerplate "show-boilerplate" Everywhere ["x"]
        ("Näytä tai piilota sivun muu teksti", "Visa eller dölj sidans övriga text", "Show or hide the rest of the page") ();
    ShowRaw "show-raw" Everywhere ["="]
        ("Näytä tiedosto sellaisenaan tai teksti ladottuna", "Visa filen som den är eller texten", "Show the raw file, or the typeset text") ();
    About "about" Everywhere ["i"]
        ("Tietoja tiedotteesta", "Om meddelandet", "About this announcement") ();
    SaveSearch "save-search" Everywhere ["W"]
        ("Tallenna haku", "Spara sökningen", "Save the search") ();
    Sources "sources" Everywhere ["A"]
        ("Lähteet ja tallennetut haut", "Källor och sparade sökningar", "Sources and saved searches") ();
    Refresh "refresh" Everywhere ["ctrl-r" "f5"]
        ("Hae uudet syötteistä", "Hämta nytt från flödena", "Fetch what is new in the feeds") ();
    AddFeed "add-feed" Everywhere ["a"]
        ("Seuraa osoitteessa olevaa syötettä", "Följ flödet på en adress", "Follow the feed at an address") ();
    Messages "messages" Everywhere ["M"]
        ("Aiemmat viestit ja ongelmat", "Tidigare meddelanden och problem", "Past messages and problems") ();
    CopyText "copy-text" Everywhere ["Y"]
        ("Kopioi teksti lähteineen", "Kopiera texten med källa", "Copy the text and its source line") ();
    Palette "palette" Everywhere [":"]
        ("Suorita toiminto nimellä", "Kör ett kommando vid namn", "Run any command by name") ("toiminnot", "kommandon", "commands");
    Help "help" Everywhere ["?" "f1"]
        ("Näytä näppäimet", "Visa tangenterna", "Show all keys") ("ohje", "hjälp", "help");
    Suspend "suspend" Everywhere ["ctrl-z"]
        ("Keskeytä ohjelma", "Pausa programmet", "Suspend the program") ();
    Repaint "repaint" Everywhere ["ctrl-l"]
        ("Piirrä näyttö uudelleen", "Rita om skärmen", "Redraw the screen") ();
    Cancel "cancel" Everywhere ["esc"]
        ("Peru tai lopeta haku", "Avbryt eller avsluta sökningen", "Cancel, or end the search") ();
    QuitNow "quit-now" Everywhere ["ctrl-c"]
        ("Lopeta heti", "Avsluta genast", "Quit at once") ();

    Search "search" List ["/"]
        ("Hae kaikista tiedotteista", "Sök i alla meddelanden", "Search all announcements") ("hae", "sök", "search");
    Filter "filter" List ["f"]
        ("Suodata otsikoita kirjain kirjaimelta", "Filtrera rubriker bokstav för bokstav", "Filter titles as you type") ();
    FilterMenu "filter-menu" List ["F"]
        ("Suodata: tila, lähde, kieli, vuosi", "Filtrera: läge, källa, språk, år", "Filter by state, source, language, year") ();
    ListDown "list-down" List ["j" "down"]
        ("Alas", "Ned", "Down") ();
    ListUp "list-up" List ["k" "up"]
        ("Ylös", "Upp", "Up") ();
    ListHalfDown "list-half-down" List ["ctrl-d"]
        ("Puoli ruutua alas", "En halv ruta ned", "Half a pane down") ();
    ListHalfUp "list-half-up" List ["ctrl-u"]
        ("Puoli ruutua ylös", "En halv ruta upp", "Half a pane up") ();
    ListPageDown "list-page-down" List ["pagedown" "space"]
        ("Ruudullinen alas", "En ruta ned", "A pane down") ();
    ListPageUp "list-page-up" List ["pageup" "b"]
        ("Ruudullinen ylös", "En ruta upp", "A pane up") ();
    ListFirst "list-first" List ["g g" "home"]
        ("Uusimpaan", "Till det nyaste", "To the newest") ();
    ListLast "list-last" List ["G" "end"]
        ("Vanhimpaan", "Till det äldsta", "To the oldest") ();
    Open "open" List ["enter" "l" "right"]
        ("Lue tiedote", "Läs meddelandet", "Read the announcement") ("lue", "läs", "read");
    ToggleRead "toggle-read" List ["r"]
        ("Merkitse luetuksi tai lukemattomaksi", "Märk som läst eller oläst", "Mark read or unread") ("luettu", "läst", "mark read");
    AllRead "all-read" List ["R"]
        ("Merkitse kaikki luetuiksi", "Märk alla som lästa", "Mark all as read") ();
    Star "star" List ["s"]
        ("Lisää tai poista tähti", "Lägg till eller ta bort stjärnan", "Add or remove the star") ();
    Tag "tag" Everywhere ["t"]
        ("Muokkaa tunnisteita", "Redigera taggar", "Edit the tags") ();
    Undo "undo" Everywhere ["U"]
        ("Peru viimeisin merkintä", "Ångra senaste märkning", "Undo the last mark") ();
    Forget "forget" List ["X" "delete"]
        ("Unohda tiedote, jonka tiedosto on poistunut", "Glöm ett meddelande vars fil är borta", "Forget an announcement whose file is gone") ();
    Quit "quit" List ["q"]
        ("Lopeta", "Avsluta", "Quit") ("lopeta", "avsluta", "quit");

    Find "find" Reader ["/"]
        ("Etsi tekstistä", "Sök i texten", "Find in the text") ("etsi", "sök", "find");
    LineDown "line-down" Reader ["j" "down"]
        ("Rivi alas", "En rad ned", "A line down") ();
    LineUp "line-up" Reader ["k" "up"]
        ("Rivi ylös", "En rad upp", "A line up") ();
    PageDown "page-down" Reader ["space" "pagedown"]
        ("Sivu alas, lopussa seuraava lukematon", "En sida ned, i slutet nästa olästa", "A page down; at the end, the next unread") ("sivu", "sida", "page");
    PageUp "page-up" Reader ["b" "pageup"]
        ("Sivu ylös", "En sida upp", "A page up") ();
    HalfDown "half-down" Reader ["d" "ctrl-d"]
        ("Puoli sivua alas", "En halv sida ned", "Half a page down") ();
    HalfUp "half-up" Reader ["u" "ctrl-u"]
        ("Puoli sivua ylös", "En halv sida upp", "Half a page up") ();
    TextStart "text-start" Reader ["g g" "home"]
        ("Alkuun", "Till början", "To the start") ();
    TextEnd "text-end" Reader ["G" "end"]
        ("Loppuun", "Till slutet", "To the end") ();
    NextPart "next-part" Reader ["."]
        ("Seuraava otsikko tai kappale", "Nästa rubrik eller stycke", "Next heading or paragraph") ();
    PreviousPart "previous-part" Reader [","]
        ("Edellinen otsikko tai kappale", "Föregående rubrik eller stycke", "Previous heading or paragraph") ();
    Back "back" Reader ["q" "h" "left"]
        ("Takaisin luetteloon", "Tillbaka till listan", "Back to the list") ("luettelo", "lista", "list");

    ClosePanel "close-panel" Panel ["esc" "q" "h" "left"]
        ("Sulje", "Stäng", "Close the panel") ();
    Choose "choose" Panel ["enter" "l" "right"]
        ("Valitse merkitty rivi", "Välj den markerade raden", "Choose the selected line") ();
    PanelDown "panel-down" Panel ["j" "down" "ctrl-n"]
        ("Alas", "Ned", "Down") ();
    PanelUp "panel-up" Panel ["k" "up" "ctrl-p"]
        ("Ylös", "Upp", "Up") ();
    PanelHalfDown "panel-half-down" Panel ["d" "ctrl-d"]
        ("Puoli ikkunallista alas", "En halv sida ned", "Half a page down") ();
    PanelHalfUp "panel-half-up" Panel ["u" "ctrl-u"]
        ("Puoli ikkunallista ylös", "En halv sida upp", "Half a page up") ();
    PanelPageDown "panel-page-down" Panel ["space" "pagedown"]
        ("Ikkunallinen alas", "En sida ned", "A page down") ();
    PanelPageUp "panel-page-up" Panel ["b" "pageup"]
        ("Ikkunallinen ylös", "En sida upp", "A page up") ();
    PanelFirst "panel-first" Panel ["g g" "home"]
        ("Alkuun", "Till början", "To the start") ();
    PanelLast "panel-last" Panel ["G" "end"]
        ("Loppuun", "Till slutet", "To the end") ();

    NextGroup "next-group" Filter ["tab"]
        ("Seuraava ryhmä", "Nästa grupp", "Next group") ();
    RefreshSource "refresh-source" Sources ["r"]
        ("Hae uudet tästä syötteestä", "Hämta nytt från detta flöde", "Fetch what is new in this feed") ();
    EditFeed "edit-feed" Sources ["e"]
        ("Nimi, tunnisteet ja hakuväli", "Namn, taggar och hämtningsintervall", "Name, tags and schedule of the feed") ();
    WatchSearch "watch-search" Sources ["w"]
        ("Seuraa tallennettua hakua tai lopeta seuraaminen", "Bevaka den sparade sökningen eller sluta bevaka", "Watch the saved search, or stop watching") ();
    Remove "remove" Sources ["d" "delete"]
        ("Poista haku tai lopeta seuraaminen", "Ta bort sökningen eller sluta följa", "Delete the search, or stop following") ();

    Accept "accept" Prompt ["enter"]
        ("Hyväksy rivi", "Godkänn raden", "Accept the line") ();
    Leave "leave" Prompt ["esc"]
        ("Peru", "Avbryt", "Cancel") ();
    SaveTyped "save-typed" SearchPrompt ["ctrl-s"]
        ("Tallenna haku", "Spara sökningen", "Save the search") ();
    ResultDown "result-down" SearchPrompt ["down" "ctrl-n"]
        ("Seuraava osuma", "Nästa träff", "Next result") ();
    ResultUp "result-up" SearchPrompt ["up" "ctrl-p"]
        ("Edellinen osuma; tyhjällä rivillä edellinen haku", "Föregående träff; på tom rad förra sökningen", "Previous result; in an empty line, last search") ();
    ResultPageDown "result-page-down" SearchPrompt ["pagedown"]
        ("Ruudullinen alas", "En ruta ned", "A pane down") ();
    ResultPageUp "result-page-up" SearchPrompt ["pageup"]
        ("Ruudullinen ylös", "En ruta upp", "A pane up") ();
    FindEverywhere "find-everywhere" FindPrompt ["tab"]
        ("Hae samaa kaikista tiedotteista", "Sök detsamma i alla meddelanden", "Search all announcements for this") ();
}

impl Action {
    /// Returns the action's row of the table.
    #[must_use]
    pub fn entry(self) -> &'static Entry {
        // The table has a row for every action; the first row stands in only so that this cannot panic.
        ACTIONS.iter().find(|entry| entry.action == self).unwrap_or(&ACTIONS[0])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;
    use std::collections::HashSet;

    #[test]
    fn names_are_unique_and_said_in_every_language() {
        let mut names = HashSet::new();
        for entry in ACTIONS {
            assert!(names.insert(entry.name), "{} twice", entry.name);
            assert!(!entry.keys.is_empty(), "{} has no key", entry.name);
            let hinted = Language::ALL.map(|language| !entry.hint.get(language).is_empty());
            assert!(hinted.iter().all(|hint| *hint == hinted[0]), "{} is hinted in some languages only", entry.name);
            for language in Language::ALL {
                assert!(!entry.help.get(language).is_empty(), "{} lacks help in {}", entry.name, language.code());
            }
            assert_eq!(entry.action.entry().name, entry.name);
        }
    }
}
