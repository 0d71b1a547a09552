use super::super::tests::shown;
use super::super::{Input, read as read_any};
use crate::model::Announcement;
use proptest::prelude::*;

fn announcement(html: &str) -> Announcement {
    read_any(&Input::new("a.html", html.as_bytes())).announcements.remove(0)
}

fn body(html: &str) -> String {
    shown(&announcement(&format!("<html><body><h1>Otsikko</h1>{html}</body></html>")).document.blocks)
}

#[test]
fn structure_becomes_blocks() {
    let html = "<p>Teksti <b>lihava</b>&nbsp;&auml; <a href='https://a.fi'>linkki</a>.</p><ul><li>yksi<ol><li>sisä</ol><li>kaksi</ul>
        <blockquote><p>Lainaus.</p></blockquote><pre>a\n  b</pre><hr><dl><dt>Aika</dt><dd>maanantai</dd><dt>Paikka:<dd>sali</dl>";
    assert_eq!(
        body(html),
        "lead Teksti **lihava**\u{a0}ä [linkki](0).\n- yksi\n  1. sisä\n- kaksi\n>q Lainaus.\npre a⏎  b\n---\np **Aika**: maanantai\np **Paikka:** sali"
    );
}

#[test]
fn tables_of_data_are_tables_and_others_are_not() {
    let data = "<table><caption>Alueet</caption><tr><th>Alue</th><th>km</th></tr><tr><td>Selkämeri<td>310</tr></table>";
    assert_eq!(body(data), "p *Alueet*\ntable[2h] Alue⏎km⏎Selkämeri⏎310");
    let layout =
        "<table width=600><tr><td><p>Ensin tämä kappale.</p></td></tr><tr><td>Sitten tämä toinen.</td></tr></table>";
    assert_eq!(body(layout), "p Ensin tämä kappale.\np Sitten tämä toinen.");
}

#[test]
fn figures_are_their_description() {
    let html = "<figure><img src=a.jpg alt='Uusi silta'><figcaption>Silta valmistui keväällä.</figcaption></figure><p>Teksti.</p>";
    assert_eq!(body(html), "p *[Uusi silta] Silta valmistui keväällä.*\np Teksti.");
}

#[test]
fn what_is_not_seen_is_kept_aside() {
    let html = "<script>a()</script><style>b{}</style><p hidden>piilo</p><div style='display: none'>piilo</div>
        <noscript>piilo</noscript><select><option>a</select><p>Teksti<span class='sr-only'> ja merkki</span>.</p><!-- piilo -->";
    assert_eq!(body(html), "boilerplate piilo\nboilerplate piilo\nboilerplate piilo\np Teksti.");
}

#[test]
fn the_page_around_is_boilerplate() {
    let paragraph = "<p>Kaupunki rakentaa uuden sillan joen yli, ja työ alkaa keväällä, kun jäät ovat lähteneet.</p>";
    let html = format!(
        "<html lang=fi><head><title>Silta rakennetaan - Kunta</title></head><body><nav><a href='/'>Etusivu</a></nav>
        <div class='cookie-banner'>Käytämme evästeitä.</div><main><h1>Silta rakennetaan</h1>{paragraph}{paragraph}{paragraph}</main><footer>Kunta</footer></body></html>"
    );
    let found = announcement(&html);
    assert_eq!(found.title.as_str(), "Silta rakennetaan");
    assert_eq!((found.source.as_deref(), found.language.map(crate::text::Language::code)), (Some("Kunta"), Some("fi")));
    let shown = shown(&found.document.blocks);
    assert!(shown.starts_with("boilerplate Etusivu\nboilerplate Käytämme evästeitä.\nlead Kaupunki"), "{shown}");
    assert!(shown.ends_with("boilerplate Kunta"), "{shown}");
}

#[test]
fn hostile_pages_are_read() {
    let many = |text: &str, size: usize| text.repeat(size / text.len());
    let size = 10_000;
    for (name, html) in [
        ("div", many("<div>", size)),
        ("lists", many("<ul><li>", size)),
        ("tables", many("<table><tr><td>", size)),
        ("unclosed", many("<p>a<b><i>", size)),
        ("formatting", many("<b><p>a</b>", size)),
        ("links", many("<a href=x>a", size)),
        ("ends", many("<p>a</b></i></div>", size)),
        ("attributes", format!("<p {}>a", (0..1_000).map(|n| format!("a{n}=1 ")).collect::<Vec<_>>().concat())),
        ("quoted attributes", format!("<p {}>a", (0..1_000).map(|n| format!("a{n}='1'")).collect::<Vec<_>>().concat())),
        (
            "attribute tags",
            format!("<p {}>a", "a b c d e f g h i j k l m n o p q r s t u v w x y z ".repeat(3)).repeat(50),
        ),
        ("comments", many("<!--", size)),
        ("entities", many("&amp", size)),
        ("lone entity", "&".repeat(size)),
        ("text", "a ".repeat(size / 2)),
        ("open tags", "<".repeat(size)),
        ("scripts", many("<script>", size)),
        ("script ends", many("</script", size)),
        ("templates", many("<template>", size)),
        ("svg", many("<svg><path/>", size)),
        ("figures", many("<figure><img alt='a b'>", size)),
        ("rows", format!("<table>{}", many("<tr><td>1<td>2", size))),
        ("columns", format!("<table><tr>{}", many("<td>1", size))),
        ("paragraphs", many("<p>Teksti on tässä, ja se jatkuu pitkään, kuten kaikki muukin täällä.</p>", size)),
        ("nested paragraphs", many("<div><p>Teksti on tässä, ja se jatkuu pitkään.</p>", 10_000)),
        ("spans", many("<div class=article><span>Teksti, ja toinen, ja kolmas.</span>", 10_000)),
        (
            "shallow",
            many("<div><div><div><p>Teksti, ja toinen, ja kolmas. Teksti, ja toinen.</p></div></div></div>", 10_000),
        ),
        ("breaks", many("teksti<br><br>", 10_000)),
        (
            "links in text",
            many("<p>Teksti, ja toinen <a href=b>linkki</a> ja kolmas, aivan kuten ennenkin.</p>", 10_000),
        ),
        ("json", format!("<script type='application/ld+json'>{}</script><p>a", "[".repeat(size))),
    ] {
        let reading = read_any(&Input::new("a.html", html.as_bytes()));
        assert!(reading.announcements.len() <= 1, "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_page_is_read(parts in proptest::collection::vec(
        prop_oneof![
            Just("<p>"), Just("</p>"), Just("<table>"), Just("<tr>"), Just("<td>"), Just("<th>"), Just("</table>"), Just("<ul>"),
            Just("<li>"), Just("</ul>"), Just("<b>"), Just("</b>"), Just("<h1>"), Just("<h2>"), Just("</h2>"), Just("<br>"),
            Just("<blockquote>"), Just("</blockquote>"), Just("<pre>"), Just("</pre>"), Just("<figure>"), Just("</figure>"),
            Just("<caption>"), Just("</caption>"), Just("<dl><dt>"), Just("<dd>"), Just("</dl>"), Just("<nav>"), Just("</nav>"),
            Just("<time datetime=2020-01-01>"), Just("<img alt='a b'>"), Just("<a href='https://a.fi'>"), Just("</a>"), Just("<svg/>"),
            Just("<script>"), Just("</script>"), Just("<div hidden>"), Just("</div>"), Just("<!--"), Just("-->"), Just("<"),
            Just("Teksti, joka jatkuu, kuten teksti jatkuu. "), Just("ä"), Just("&"), Just("\n"), Just("</"), Just("</td>"),
        ], 0..60)) {
        let html = parts.concat();
        let found = read_any(&Input::new("a.html", html.as_bytes()));
        for block in found.announcements.iter().flat_map(|found| &found.document.blocks) {
            let text = &block.text;
            prop_assert!(block.marks.iter().all(|mark| text.get(mark.start as usize..mark.end as usize).is_some()));
        }
    }
}
