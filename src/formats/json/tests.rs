use super::super::tests::shown;
use super::super::{Input, read as read_any};
use crate::model::export::to_json;
use proptest::prelude::*;

fn read_one(json: &str) -> crate::model::Announcement {
    read_any(&Input::new("a.json", json.as_bytes())).announcements.remove(0)
}

const MARKDOWN: &str = "---\ntitle: Silta avataan\npublished: 2021-12\nmodified: 2021-12-31T10:00\nlanguage: fi\nid: silta\nsource: Vantaa\ntags: [a, b]\n---\n\nJohdanto tässä.\n\nKappale *yksi*, jossa [linkki](https://a.fi).\n\n## Väliotsikko\n\n- yksi\n- kaksi\n\n1. eka\n   - sisä\n\n     jatko\n2. toka\n\n> – Näin on, sanoo Ritva.\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n| x |\n\n---\n\n    koodi\n      sisä\n";

#[test]
fn what_is_exported_is_read_back() {
    let original = read_any(&Input::new("a.md", MARKDOWN.as_bytes())).announcements.remove(0);
    let exported = to_json(&original);
    let json = serde_json::to_string(&exported).unwrap();
    let found = read_one(&json);
    assert_eq!(to_json(&found), exported);
    let text = |announcement: &crate::model::Announcement| {
        announcement.document.blocks.iter().map(|block| (block.kind.clone(), block.text.clone())).collect::<Vec<_>>()
    };
    let (mut one, other) = (text(&original), text(&found));
    for (kind, _) in &mut one {
        // Which columns are set flush right is not exported.
        if let crate::model::BlockKind::Table(table) = kind {
            table.right.fill(false);
        }
    }
    assert_eq!(one, other);
    assert_eq!((original.id, original.group), (found.id, found.group));
}

#[test]
fn letters_and_numerals_of_lists_are_read_back() {
    let html = "<h1>Silta</h1><ol type=a start=8><li>yksi<li>kaksi<li>kolme</ol><p>Ja vielä.</p><ol type=i><li>yksi<ol type=A><li>sisä</ol><li>kaksi</ol><p>Loppu.</p>";
    let original = read_any(&Input::new("a.html", html.as_bytes())).announcements.remove(0);
    let exported = to_json(&original);
    let found = read_one(&serde_json::to_string(&exported).unwrap());
    assert_eq!(shown(&found.document.blocks), shown(&original.document.blocks));
    assert!(shown(&found.document.blocks).contains("h. yksi\ni. kaksi\nj. kolme\n"));
    let kinds = |announcement: &crate::model::Announcement| {
        announcement.document.blocks.iter().map(|block| block.kind.clone()).collect::<Vec<_>>()
    };
    assert_eq!(kinds(&found), kinds(&original));
}

#[test]
fn the_schema_is_as_told() {
    let original = read_any(&Input::new("a.md", MARKDOWN.as_bytes())).announcements.remove(0);
    let json = serde_json::to_value(to_json(&original)).unwrap();
    assert_eq!(json["lead"], "Johdanto tässä.");
    assert_eq!(json["published"], serde_json::json!({"value": "2021-12", "precision": "month", "origin": "field"}));
    assert_eq!(json["blocks"][0], serde_json::json!({"kind": "paragraph", "text": "Johdanto tässä."}));
    assert_eq!(json["blocks"][2], serde_json::json!({"kind": "heading", "text": "Väliotsikko", "level": 2}));
    assert_eq!(json["blocks"][3]["kind"], "list");
    assert_eq!(json["links"], serde_json::json!(["https://a.fi"]));
    assert_eq!((&json["section"], &json["words"]), (&serde_json::Value::Null, &serde_json::json!(24)));
}

#[test]
fn lines_are_announcements_and_broken_ones_are_told() {
    let json = "{\"title\":\"a\"}\n{\"title\":\"b\"}\n{broken\n{\"title\":\"c\"}\n";
    let reading = read_any(&Input::new("a.jsonl", json.as_bytes()));
    let titles: Vec<_> = reading.announcements.iter().map(|found| found.title.as_str()).collect();
    assert_eq!((titles, reading.notes.len()), (vec!["a", "b", "c"], 1));
}

#[test]
fn feeds_are_understood() {
    let feed = r#"{"version":"https://jsonfeed.org/version/1.1","title":"Kunta","items":[
        {"id":"1","url":"https://kunta.fi/1","title":"Silta","content_html":"<p>Yksi.</p><ul><li>a</li></ul>","date_published":"2020-09-11T08:05:00+03:00"},
        {"headline":"Tie","body":"Yksi.\n\nKaksi.","published":5,"author":{"name":"Ritva"},"tags":"a, b"}]}"#;
    let reading = read_any(&Input::new("a.json", feed.as_bytes()));
    let [one, other] = reading.announcements.as_slice() else { panic!("{reading:?}") };
    assert_eq!((one.title.as_str(), shown(&one.document.blocks).as_str()), ("Silta", "p Yksi.\n- a"));
    assert_eq!(one.published.unwrap().value.to_string(), "2020-09-11T05:05");
    assert_eq!((other.title.as_str(), other.source.as_deref(), other.tags.len()), ("Tie", Some("Ritva"), 2));
}

#[test]
fn a_field_may_come_twice_or_be_nothing() {
    let titled = |fields: &str| read_one(&format!("{{\"title\":\"Silta avataan\",\"text\":\"Teksti.\",{fields}}}"));
    for (fields, source) in [
        ("\"author\":\"Maija\",\"authors\":[\"Matti\"]", Some("Maija")),
        ("\"author\":null,\"authors\":[{\"name\":\"Matti\"}]", Some("Matti")),
        ("\"author\":\" \",\"author\":\"Maija\"", Some("Maija")),
        ("\"publisher\":null,\"source\":null", None),
        ("\"translation\":null,\"source\":\"Vanda stad\"", Some("Vanda stad")),
        ("\"translation\":\"no\",\"source\":\"City\"", Some("City")),
        ("\"text\":\"Toinen.\",\"content_text\":\"Kolmas.\",\"source\":\"Kunta\"", Some("Kunta")),
    ] {
        let found = titled(fields);
        assert_eq!((found.title.as_str(), found.source.as_deref()), ("Silta avataan", source), "{fields}");
        assert_eq!((shown(&found.document.blocks).as_str(), found.translation), ("p Teksti.", false), "{fields}");
        assert!(found.notes.is_empty(), "{fields}: {:?}", found.notes);
    }
    let dates = titled("\"pubDate\":\"soon\",\"publishedAt\":\"2020-09-11 8:05\",\"date\":\"2020-01-01\"");
    assert_eq!(dates.published.unwrap().value.to_string(), "2020-09-11T08:05");
    let lines = "{\"title\":\"Bron\",\"lang\":\"sv\",\"inLanguage\":\"sv\"}\n{\"title\":\"Vägen\",\"link\":null,\"permalink\":\"https://example.fi/1\"}\n";
    let reading = read_any(&Input::new("a.jsonl", lines.as_bytes()));
    assert_eq!((reading.announcements.len(), reading.notes.len()), (2, 0));
    assert_eq!(reading.announcements[1].address.as_deref(), Some("https://example.fi/1"));
    let feed = "{\"items\":null,\"results\":[{\"title\":\"Yksi\"},{\"title\":\"Kaksi\",\"blocks\":[{\"text\":\"a\",\"text\":\"b\"}]}]}";
    assert_eq!(read_any(&Input::new("a.json", feed.as_bytes())).announcements.len(), 2);
}

#[test]
fn titles_and_summaries_are_read_without_their_markup() {
    for (title, expected) in [
        ("Kirjasto &amp; uimahalli &#8211; uudet ajat", "Kirjasto & uimahalli – uudet ajat"),
        ("<p>Bron &ouml;ppnas</p>", "Bron öppnas"),
        ("Road <b>closed</b>", "Road closed"),
        ("A & B; C < D", "A & B; C < D"),
    ] {
        let json = serde_json::json!({"title": title, "summary": title, "text": "Teksti."}).to_string();
        let found = read_one(&json);
        assert_eq!(found.title.as_str(), expected);
        assert_eq!(found.document.blocks[0].text.as_str(), expected);
    }
}

#[test]
fn other_json_is_shown_as_it_is() {
    for json in [
        "{\"a\": 1}",
        "[1, 2]",
        "{",
        "null",
        "\"teksti\"",
        "[[[[[[",
        &"[".repeat(100_000),
        &"{\"items\":[".repeat(50_000),
    ] {
        let found = read_one(json);
        assert_eq!(found.notes.len(), 1, "{json:.30}");
    }
}

proptest! {
    #[test]
    fn any_json_is_read(text in "[\\[\\]{}\":,a-c0-9 \n\\\\]{0,80}") {
        let _ = read_any(&Input::new("a.json", text.as_bytes()));
    }

    #[test]
    fn any_markdown_survives_the_way_out_and_back(text in "([-#>*_`|\\[\\]()<:= \n1ab\u{e4}]{0,8}){0,30}") {
        for original in read_any(&Input::new("a.md", text.as_bytes())).announcements {
            let exported = to_json(&original);
            if exported.title.is_none() && exported.blocks.is_empty() {
                continue;
            }
            let found = read_one(&serde_json::to_string(&exported).unwrap());
            prop_assert_eq!(to_json(&found), exported);
        }
    }
}
