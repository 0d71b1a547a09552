//! Markdown in sentences of our own: its structure, its additions, its attacks.

use super::super::tests::shown;
use super::*;
use crate::formats::{Input, read as read_any};
use crate::model::Marker;
use proptest::prelude::*;

fn blocks(text: &str) -> Vec<Block> {
    let mut draft = Draft::default();
    let mut flow = Flow::default();
    let mut notes = Footnotes::default();
    parse(&shortcodes::plain(text), &mut flow, &mut notes);
    draft.document = flow.finish().0;
    notes.set_last(&mut draft.document.blocks);
    draft.document.blocks
}

#[test]
fn structure_becomes_flat_blocks() {
    let text = "# Otsikko\n\nEnsimmäinen *kappale*\njatkuu.\n\n- yksi\n- kaksi\n  1. sisä\n\n     jatko\n- [x] tehty\n\n> lainaus\n>\n> > syvempi\n\n---\n\n    koodi\n      sisennys\n";
    assert_eq!(
        shown(&blocks(text)),
        "# Otsikko\np Ensimmäinen *kappale* jatkuu.\n- yksi\n- kaksi\n  1. sisä\n    jatko\n- ☑ tehty\n>q lainaus\n>>q syvempi\n---\npre koodi⏎  sisennys"
    );
}

#[test]
fn links_are_numbered_once() {
    let reading = read_any(&Input::new("a.md", b"Lue [lis\xc3\xa4\xc3\xa4](https://a.fi) ja [t\xc3\xa4\xc3\xa4lt\xc3\xa4](https://a.fi), <a@b.fi>, <https://c.fi>."));
    let document = &reading.announcements[0].document;
    let addresses: Vec<_> = document.links.iter().map(|link| link.address.as_str()).collect();
    assert_eq!(addresses, ["https://a.fi", "mailto:a@b.fi", "https://c.fi"]);
    assert_eq!(document.blocks[0].text.as_str(), "Lue lisää ja täältä, a@b.fi, https://c.fi.");
    assert_eq!(document.blocks[0].marks.len(), 4);
}

#[test]
fn tables_hold_a_cell_a_line() {
    let blocks = blocks("| Kunta | Väkiluku | |\n|:--|---:|---|\n| **Vantaa** | 247 443 | a |\n| Kerava |\n");
    let BlockKind::Table(table) = &blocks[0].kind else { panic!("{blocks:?}") };
    let cells: Vec<_> = table.cells.iter().map(|cell| blocks[0].text.get(cell.clone()).unwrap()).collect();
    assert_eq!(cells, ["Kunta", "Väkiluku", "", "Vantaa", "247 443", "a", "Kerava", "", ""]);
    assert_eq!((table.columns, table.header, table.right.as_slice()), (3, true, &[false, true, false][..]));
    assert_eq!(blocks[0].marks.len(), 1);
}

#[test]
fn line_breaks_asked_for_are_kept() {
    assert_eq!(
        shown(&blocks("Kaupungintalo  \nAsematie 7  \n01300 Vantaa\n")),
        "pre Kaupungintalo⏎Asematie 7⏎01300 Vantaa"
    );
    let long = "pitkä rivi ".repeat(12);
    assert_eq!(blocks(&format!("{long}\\\n{long}\n")).len(), 2);
    assert_eq!(shown(&blocks("- yksi<br>kaksi\n")), "- yksi\n  kaksi");
}

#[test]
fn images_and_html_are_their_text() {
    assert_eq!(shown(&blocks("![Uusi silta](silta.jpg) on <b>valmis</b>.\n")), "p Uusi silta on **valmis**.");
    assert_eq!(shown(&blocks("<div>\nLue tämä\n</div>\n\nJatko.\n")), "p Lue tämä\np Jatko.");
}

#[test]
fn tags_within_a_paragraph_say_what_they_say_elsewhere() {
    for (text, expected) in [
        (
            "Avoinna <del>perjantaina</del> eli <s>kello 10</s> lauantaina.",
            "p Avoinna ~perjantaina~ eli ~kello 10~ lauantaina.",
        ),
        ("Kostnad 10<sup>6</sup> euro, 5 m<sup>2</sup>, not<sup>1</sup>.", "p Kostnad 10⁶ euro, 5 m², not¹."),
        ("The 3<sup>rd</sup> time, x<sup>a1</sup>.", "p The 3rd time, x^a1."),
        ("Lue <a href=\"https://example.fi/?a=1&amp;b=2\">lisää</a> nyt.", "p Lue [lisää](0) nyt."),
        ("Tämä <strong>on</strong> <em>totta</em>.", "p Tämä **on** *totta*."),
        ("Kuva <img src=a.png alt='Silta'> tässä.", "p Kuva *[Silta]* tässä."),
        ("Ei <script>alert(1)</script>näy <style>p {}</style>mitään.", "p Ei näy mitään."),
        ("Auki <script>alert(1)\n\nNäkyy taas.", "p Auki\np Näkyy taas."),
        ("<script>alert(1)</script>\n\nTeksti.", "p Teksti."),
    ] {
        assert_eq!(shown(&blocks(text)), expected, "{text}");
    }
}

#[test]
fn notes_stand_at_the_end_and_callouts_in_the_text() {
    let text = "Silta avataan.[^a] Tie suljetaan.[^2]\n\n[^a]: Maanantaina.\n[^2]: Tiistaina.\n\nJatko.\n";
    assert_eq!(shown(&blocks(text)), "p Silta avataan.¹ Tie suljetaan.²\np Jatko.\np ¹ Maanantaina.\np ² Tiistaina.");
    for (text, expected) in [
        ("> [!NOTE]\n> Bron är stängd.", "p Bron är stängd."),
        ("> [!WARNING]\n> The bridge is closed.", "p The bridge is closed."),
        ("> Silta on kiinni.", ">q Silta on kiinni."),
        (":::note\nSilta on kiinni.\n:::\n\nJatko.", "p Silta on kiinni.\np Jatko."),
        (
            "!!! note \"Huomio\"\n    Silta on kiinni.\n\n    Tie myös.\n\nJatko.",
            "p **Huomio**\np Silta on kiinni.\np Tie myös.\np Jatko.",
        ),
        ("## Aikataulu {#ajat .iso}\n\nTeksti.", "## Aikataulu\np Teksti."),
        ("{% image \"a.jpg\" \"Silta ylhäältä\" %}\n\nTeksti.", "p *[Silta ylhäältä]*\np Teksti."),
        ("{% highlight rust %}\nlet a = 1;\n{% endhighlight %}\n", "pre let a = 1;"),
    ] {
        assert_eq!(shown(&blocks(text)), expected, "{text}");
    }
}

#[test]
fn hostile_markdown_is_read() {
    for (name, text) in [
        ("quotes", format!("{}\n{}", "> ".repeat(4_000), "a\n".repeat(1_000))),
        ("tight quotes", ">".repeat(20_000)),
        ("lists", "- ".repeat(10_000)),
        ("indented lists", (0..400).fold(String::new(), |text, depth| text + &" ".repeat(depth * 2) + "- a\n")),
        ("brackets", "[".repeat(20_000)),
        ("images", "![](".repeat(5_000)),
        ("emphasis", "*a_ ".repeat(5_000)),
        ("stars", "*".repeat(20_000)),
        ("backticks", (1..400).fold(String::new(), |text, count| text + &"`".repeat(count) + " ")),
        ("html", "<a ".repeat(30_000)),
        ("comments", "<!--".repeat(5_000)),
        ("definitions", "[a]: b\n".repeat(14_000)),
        ("references", format!("[a]: {}\n\n{}", "b".repeat(1000), "[a] ".repeat(20_000))),
        ("table", "|a".repeat(30_000) + "\n" + &"|-".repeat(30_000) + "\n" + &"|\n".repeat(1000)),
        ("entities", "&amp".repeat(5_000)),
        ("numbers", "1) ".repeat(30_000)),
    ] {
        let reading = read_any(&Input::new("a.md", text.as_bytes()));
        assert_eq!(reading.announcements.len(), 1, "{name}");
    }
}

#[test]
fn deep_lists_are_shown_no_deeper_than_fits() {
    let text = (0..20).fold(String::new(), |text, depth| text + &" ".repeat(depth * 2) + "- a\n");
    let deepest = blocks(&text).into_iter().filter_map(|block| match block.kind {
        BlockKind::Item { depth, marker: Marker::Bullet } => Some(depth),
        _ => None,
    });
    assert_eq!(deepest.max(), Some(8));
}

proptest! {
    #[test]
    fn any_text_is_read(text in "([-#>*_`~|\\[\\]()!<>:+= \n\t1a\u{e4}&;.\"]{0,8}){0,40}") {
        let reading = read_any(&Input::new("a.md", text.as_bytes()));
        for block in reading.announcements.iter().flat_map(|found| &found.document.blocks) {
            for mark in &block.marks {
                prop_assert!(block.text.get(mark.start as usize..mark.end as usize).is_some());
            }
            if let BlockKind::Table(table) = &block.kind {
                prop_assert_eq!(table.cells.len() % table.columns, 0);
                prop_assert!(table.cells.iter().all(|cell| block.text.get(cell.clone()).is_some()));
            }
        }
    }
}
