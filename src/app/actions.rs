//! Everything a reader can do: one table from which keymap, help, hints, palette and the README's key table are made.

use super::messages::Text;

/// Where an action's keys are listened to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Whatever has the focus.
    Everywhere,
    /// While the list has the focus.
    List,
    /// While the text has the focus.
    Reader,
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The action.
    pub action: Action,
    /// Its name in the configuration and the palette.
    pub name: &'static str,
    /// Where its keys are listened to.
    pub scope: Scope,
    /// Its keys, each written as in the key table: `j`, `ctrl-d`, `g g`.
    pub keys: &'static [&'static str],
    /// What it does, a few words for the help.
    pub help: Text,
    /// The word for the status row; empty where it is never hinted there.
    pub hint: Text,
}

macro_rules! actions {
    ($($action:ident $name:literal $scope:ident [$($key:literal)*] $help:tt $hint:tt;)+) => {
        /// Something a reader can do.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Action {
            $(#[doc = $name] $action,)+
        }

        /// Every action, in the order the help shows them.
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
        ("Toinen ruutu", "Andra rutan", "Other pane") ("ruutu", "ruta", "pane");
    NextAnnouncement "next-announcement" Everywhere ["J"]
        ("Seuraava tiedote", "Nästa meddelande", "Next announcement") ("seuraava", "nästa", "next");
    PreviousAnnouncement "previous-announcement" Everywhere ["K"]
        ("Edellinen tiedote", "Föregående meddelande", "Previous announcement") ();
    NextMatch "next-match" Everywhere ["n"]
        ("Seuraava osuma, muuten seuraava lukematon", "Nästa träff, annars nästa olästa", "Next match, else next unread") ();
    PreviousMatch "previous-match" Everywhere ["N"]
        ("Edellinen osuma, muuten edellinen lukematon", "Föregående träff, annars föregående olästa", "Previous match, else previous unread") ();
    SwitchLanguage "switch-language" Everywhere ["L"]
        ("Vaihda kieliversiota", "Byt språkversion", "Switch the language version") ("kieli", "språk", "language");
    SwitchFill "switch-setting" Everywhere ["w"]
        ("Ladonta: liehu, tasattu, ei tavutusta", "Sättning: ojämn, jämn, utan avstavning", "Setting: ragged, justified, not hyphenated") ();
    WidenText "widen-text" Everywhere ["+"]
        ("Leveämpi palsta", "Bredare text", "Wider text") ();
    NarrowText "narrow-text" Everywhere ["-"]
        ("Kapeampi palsta", "Smalare text", "Narrower text") ();
    WidenList "widen-list" Everywhere [">"]
        ("Leveämpi luettelo", "Bredare lista", "Wider list") ();
    NarrowList "narrow-list" Everywhere ["<"]
        ("Kapeampi luettelo", "Smalare lista", "Narrower list") ();
    Zen "zen" Everywhere ["z"]
        ("Vain teksti", "Bara texten", "The text alone") ();
    SwitchTheme "switch-theme" Everywhere ["T"]
        ("Vaihda väriä", "Byt färg", "Switch the colour") ();
    ShowBoilerplate "show-boilerplate" Everywhere ["x"]
        ("Näytä tai piilota sivun muu teksti", "Visa eller dölj sidans övriga text", "Show or hide the rest of the page") ();
    ShowRaw "show-raw" Everywhere ["="]
        ("Näytä tiedosto sellaisenaan tai luettuna", "Visa filen som den är eller som läst", "Show the file as it is, or as it was read") ();
    About "about" Everywhere ["i"]
        ("Tietoja tiedotteesta", "Om meddelandet", "About this announcement") ();
    SaveSearch "save-search" Everywhere ["W"]
        ("Tallenna haku", "Spara sökningen", "Save the search") ();
    Sources "sources" Everywhere ["A"]
        ("Lähteet ja tallennetut haut", "Källor och sparade sökningar", "Sources and saved searches") ();
    CopyText "copy-text" Everywhere ["Y"]
        ("Kopioi teksti lähteineen", "Kopiera texten med källa", "Copy the text with its source line") ();
    Palette "palette" Everywhere [":"]
        ("Kaikki toiminnot nimeltä", "Alla kommandon vid namn", "Every command by name") ("toiminnot", "kommandon", "commands");
    Help "help" Everywhere ["?" "f1"]
        ("Näppäimet", "Tangenterna", "The keys") ("ohje", "hjälp", "help");
    Suspend "suspend" Everywhere ["ctrl-z"]
        ("Keskeytä ohjelma", "Pausa programmet", "Suspend the program") ();
    Repaint "repaint" Everywhere ["ctrl-l"]
        ("Piirrä ruutu uudelleen", "Rita om skärmen", "Draw the screen anew") ();
    Cancel "cancel" Everywhere ["esc"]
        ("Peru, lopeta haku", "Avbryt, avsluta sökningen", "Cancel, end the search") ();
    QuitNow "quit-now" Everywhere ["ctrl-c"]
        ("Lopeta heti", "Avsluta genast", "Quit at once") ();

    Search "search" List ["/"]
        ("Hae kaikista tiedotteista", "Sök i alla meddelanden", "Search all announcements") ("hae", "sök", "search");
    Filter "filter" List ["f"]
        ("Suodata otsikoita kirjain kirjaimelta", "Filtrera rubriker bokstav för bokstav", "Filter titles by their letters") ();
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
        ("Uusin", "Nyaste", "Newest") ();
    ListLast "list-last" List ["G" "end"]
        ("Vanhin", "Äldsta", "Oldest") ();
    Open "open" List ["enter" "l" "right"]
        ("Lue", "Läs", "Read") ("lue", "läs", "read");
    ToggleRead "toggle-read" List ["r"]
        ("Merkitse luetuksi tai lukemattomaksi", "Märk som läst eller oläst", "Mark read or unread") ("luettu", "läst", "mark read");
    AllRead "all-read" List ["R"]
        ("Merkitse kaikki luetuiksi", "Märk alla som lästa", "Mark all as read") ();
    Star "star" List ["s"]
        ("Tähti päälle tai pois", "Stjärna på eller av", "Star on or off") ();
    Tag "tag" Everywhere ["t"]
        ("Avainsanat", "Nyckelord", "Tags") ();
    Undo "undo" Everywhere ["U"]
        ("Peru viimeisin merkintä", "Ångra senaste märkning", "Take the last change of marks back") ();
    Forget "forget" List ["X" "delete"]
        ("Unohda tiedote, jonka tiedosto on poistunut", "Glöm ett meddelande vars fil är borta", "Forget an announcement whose file has gone") ();
    Quit "quit" List ["q"]
        ("Lopeta", "Avsluta", "Quit") ("lopeta", "avsluta", "quit");

    Find "find" Reader ["/"]
        ("Etsi tekstistä", "Sök i texten", "Find in the text") ("etsi", "sök", "find");
    LineDown "line-down" Reader ["j" "down"]
        ("Rivi alas", "En rad ned", "A line down") ();
    LineUp "line-up" Reader ["k" "up"]
        ("Rivi ylös", "En rad upp", "A line up") ();
    PageDown "page-down" Reader ["space" "pagedown"]
        ("Sivu alas, lopussa seuraava lukematon", "En sida ned, i slutet nästa olästa", "A page down, at the end the next unread") ("sivu", "sida", "page");
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
}

impl Action {
    /// Its row of the table.
    #[must_use]
    pub fn entry(self) -> &'static Entry {
        // The table is made with the actions, in their order; were it not, the first row would stand in.
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
