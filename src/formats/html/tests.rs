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
    assert_eq!(body(html), "boilerplate *[Uusi silta] Silta valmistui keväällä.*\np Teksti.");
}

#[test]
fn what_is_not_seen_is_kept_aside() {
    let html = "<script>a()</script><style>b{}</style><p hidden>piilo</p><div style='display: none'>piilo</div>
        <noscript>piilo</noscript><select><option>a</select><p>Teksti<span class='sr-only'> ja merkki</span>.</p><!-- piilo -->";
    assert_eq!(body(html), "boilerplate piilo\nboilerplate piilo\nboilerplate piilo\np Teksti.");
}

/// A page with an article of three paragraphs round `html`, as blocks.
fn page(html: &str) -> String {
    let texts = [
        "Kaupunki rakentaa uuden sillan joen yli, ja työ alkaa keväällä, kun jäät ovat lähteneet ja vesi on laskenut.",
        "Sillan kannelle tulee oma kaista pyörille, ja jalankulkijoita suojaa kaide, jonka muotoilivat koululaiset itse.",
    ];
    shown(
        &announcement(&format!(
            "<html lang=fi><body><main><h1>Silta rakennetaan</h1><p>{}</p>{html}<p>{}</p></main></body></html>",
            texts[0], texts[1]
        ))
        .document
        .blocks,
    )
}

#[test]
fn elements_without_an_end_end_nothing() {
    let html = "<table><colgroup><col><col></colgroup><tr><th>Alue</th><th>km</th></tr><tr><td>Selkä</td><td>310</td></tr></table>
        <p>Toinen<wbr>kappale.</p><map><area href='/'></map><p>Kolmas.</p>";
    assert_eq!(body(html), "table[2h] Alue⏎km⏎Selkä⏎310\np Toinenkappale.\np Kolmas.");
    let found = page("<nav>Etu<wbr>sivu</nav>");
    assert!(found.starts_with("lead Kaupunki") || found.starts_with("p Kaupunki"), "{found}");
}

#[test]
fn merged_cells_keep_the_columns_of_the_others() {
    for (rows, expected) in [
        (
            "<tr><th>Päivä<th>Klo<th>Paikka</tr><tr><td rowspan=2>Ma<td>10<td>Sali</tr><tr><td>12<td>Piha</tr><tr><td colspan=2>Ti–Ke<td>Suljettu</tr>",
            "table[3h] Päivä⏎Klo⏎Paikka⏎Ma⏎10⏎Sali⏎⏎12⏎Piha⏎Ti–Ke⏎⏎Suljettu",
        ),
        (
            "<tr><th>Område<th>Väg<th>km</tr><tr><td>Norr<td rowspan=2>E8<td>3</tr><tr><td>Söder<td>4</tr><tr><td>Öst<td>E75<td>5</tr>",
            "table[3h] Område⏎Väg⏎km⏎Norr⏎E8⏎3⏎Söder⏎⏎4⏎Öst⏎E75⏎5",
        ),
        (
            "<tr><th>Route<th>Stop</tr><tr><td rowspan=0>12<td>Hill</tr><tr><td>Square</tr><tr><td>Quay</tr>",
            "table[2h] Route⏎Stop⏎12⏎Hill⏎⏎Square⏎⏎Quay",
        ),
    ] {
        assert_eq!(body(&format!("<table>{rows}</table>")), expected);
    }
}

#[test]
fn numbers_and_superscripts_are_as_stated() {
    let lists = "<ol><li>yksi<li value=7>seitsemän<li>kahdeksan</ol><ol reversed><li>tre<li>två<li>ett</ol>";
    assert_eq!(body(lists), "1. yksi\n7. seitsemän\n8. kahdeksan\n3. tre\n2. två\n1. ett");
    let lists = "<ol type=a><li>yksi<li>kaksi</ol><p>ja<ol type=I start=3><li>tre<li>fyra</ol><p>ja<ol style='margin: 0; list-style-type: Lower-Roman' reversed><li>two<li>one</ol><p>ja<ol type=disc><li>yksi</ol>";
    assert_eq!(body(lists), "a. yksi\nb. kaksi\np ja\nIII. tre\nIV. fyra\np ja\nii. two\ni. one\np ja\n1. yksi");
    let raised =
        "<p>10<sup>6</sup> euroa, 120 m<sup>2</sup>, viite<sup><a href='#1'>1</a></sup>, the 2<sup>nd</sup> day.</p>";
    assert_eq!(body(raised), "p 10⁶ euroa, 120 m², viite¹, the 2nd day.");
}

#[test]
fn accordions_are_headings_and_answers() {
    for html in [
        "<h3><button>Saako koiran tuoda?</button></h3><div><p>Koirat ovat tervetulleita.</p></div>",
        "<h3>Saako koiran tuoda?</h3><div hidden='until-found'><p>Koirat ovat tervetulleita.</p></div>",
        "<h3><button aria-controls=a>Saako koiran tuoda?</button></h3><div id=a hidden><p>Koirat ovat tervetulleita.</p></div>",
        "<button aria-expanded=false>Saako koiran tuoda?</button><div style='display:none'><p>Koirat ovat tervetulleita.</p></div>",
        "<details><summary>Saako koiran tuoda?</summary><p>Koirat ovat tervetulleita.</p></details>",
    ] {
        let found = page(html);
        assert!(found.contains("### Saako koiran tuoda?\np Koirat ovat tervetulleita."), "{html}\n{found}");
    }
}

#[test]
fn wrappers_are_not_put_aside_for_their_names() {
    let texts = "<p>Biblioteket öppnar på måndag efter renoveringen, och vid öppningen uppträder kören klockan tolv på dagen.</p>
        <p>Alla invånare är välkomna till öppningen, säger chefen för biblioteket, och kaffe serveras hela dagen.</p>";
    for (open, close) in [
        ("<div class='content-sidebar-wrap'>", "</div>"),
        ("<div class='page has-sidebar'>", "</div>"),
        ("<div id='no-nav' class='l-main nav-open'>", "</div>"),
        ("<div class='some-page page-search'>", "</div>"),
        ("<aside>", "</aside>"),
        ("<div role='search' id='sharing-data'>", "</div>"),
    ] {
        let found =
            announcement(&format!("<html lang=sv><body>{open}<h1>Biblioteket öppnar</h1>{texts}{close}</body></html>"));
        let shown = shown(&found.document.blocks);
        assert_eq!(found.title.as_str(), "Biblioteket öppnar", "{open}");
        assert!(!shown.contains("boilerplate") && shown.contains("Alla invånare"), "{open}\n{shown}");
    }
    let menu = page(
        "<div class='lunch-menu'><h2>Lounas</h2><ul><li>Maanantai: lihakeitto ja ruisleipä</li><li>Tiistai: uunilohi ja perunat</li></ul></div>",
    );
    assert!(menu.contains("- Maanantai: lihakeitto"), "{menu}");
    let care = page(
        "<section id='social-care'><h2>Social care</h2><p>The new bridge brings home care to the island by road, and the ferry is kept for the winter as well.</p></section>",
    );
    assert!(care.contains("## Social care\np The new"), "{care}");
}

#[test]
fn a_heading_that_repeats_the_title_outranks_the_name_of_the_section() {
    let text = "<p>Silta avataan liikenteelle maanantaina, ja avajaisissa puhuu kaupunginjohtaja kello 12 alkaen sillan kannella.</p>";
    let html = format!(
        "<html lang=fi><head><title>Silta avataan</title></head><body><h1>Ajankohtaista</h1><h2>Silta avataan</h2>{text}{text}</body></html>"
    );
    assert_eq!(announcement(&html).title.as_str(), "Silta avataan");
}

#[test]
fn modified_on_the_day_of_publication_is_not_told() {
    let html = "<html lang=en><head><meta property='article:published_time' content='2021-05-04T08:00'><meta property='article:modified_time' content='2021-05-04T12:30'></head><body><h1>Bridge opens</h1><p>The bridge opens on Monday.</p></body></html>";
    let found = announcement(html);
    assert_eq!(
        (found.published.map(|date| date.value.to_string()).as_deref(), found.modified),
        (Some("2021-05-04T08:00"), None)
    );
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
            Just("<script>"), Just("</script>"), Just("<button aria-expanded=x>"), Just("</button>"), Just("<template shadowrootmode=open>"),
            Just("</template>"), Just("<noscript>"), Just("<td rowspan=9>"), Just("<td colspan=99>"), Just("<sup>"), Just("</sup>"), Just("<ol reversed>"),
            Just("<li value=3>"), Just("<main class=menu>"), Just("</main>"), Just("<div class='related ad'>"), Just("<col>"), Just("<div hidden>"), Just("</div>"), Just("<!--"), Just("-->"), Just("<"),
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
