//! Texts that a page carries as data for programs: `articleBody` of linked data, and the state that press-release platforms
//! hand to the scripts that draw their pages. The data is read, and no script is run.

use memchr::memmem;
use serde_json::{Map, Value};

use super::letters::letters;
use super::metadata::unwrapped;
use super::nodes::Page;
use crate::formats::email::base64;

/// Longest data that is read, in bytes.
const LONGEST: usize = 4 * 1024 * 1024;
/// Most values looked at.
const MOST_VALUES: usize = 200_000;
/// Most texts found.
const MOST: usize = 64;
/// How often the name of the state is looked for.
const MOST_STATES: usize = 8;
/// Bytes between the name of the state and the data: calls that unpack it.
const BETWEEN: usize = 120;
/// The name under which platforms hand over their state.
const STATE: &str = "__INITIAL_STATE__";

/// A text that a page carries as data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Embedded {
    /// Its title.
    pub title: String,
    /// Its lead, where it stands apart.
    pub lead: String,
    /// The text: HTML, or plain text.
    pub body: String,
}

/// Returns the texts that a page carries as data.
pub(super) fn texts(page: &Page, html: &str) -> Vec<Embedded> {
    let mut found = Vec::new();
    for json in page.json.iter().filter(|json| json.len() <= LONGEST) {
        let json = unwrapped(json);
        let start = json.find(['{', '[']).unwrap_or(0);
        if let Some(value) = json.get(start..).and_then(first_value) {
            gather(&value, &["articleBody"], &mut found);
        }
    }
    for at in memmem::find_iter(html.as_bytes(), STATE).take(MOST_STATES) {
        if let Some(state) = html.get(at + STATE.len()..).and_then(state) {
            gather(&state, &["body", "bodyHtml", "articleBody", "content", "html"], &mut found);
        }
    }
    found
}

/// Reads the state that is assigned after its name: JSON, or a text that packs it by base64 and percent-encoding.
fn state(behind: &str) -> Option<Value> {
    let assigned = behind.trim_start_matches([']', '"', '\'', ' ', '\n', '\t', '\r']).strip_prefix('=')?;
    // `JSON.parse(decodeURIComponent(atob("…")))` and the like.
    let start = assigned.find(['{', '[', '"', '\'', '`']).filter(|start| *start <= BETWEEN)?;
    let rest = assigned.get(start..)?;
    if rest.starts_with(['{', '[']) {
        return first_value(rest);
    }
    let quote = rest.chars().next()?;
    let quoted = rest.get(1..)?;
    let mut escaped = false;
    let end = quoted.find(|letter| {
        let ends = letter == quote && !escaped;
        escaped = letter == '\\' && !escaped;
        ends
    })?;
    unpacked(quoted.get(..end).filter(|text| text.len() <= LONGEST)?)
}

/// Unpacks a text of a script until it is JSON.
fn unpacked(text: &str) -> Option<Value> {
    let text = text.trim();
    if text.starts_with("%7B") || text.starts_with("%5B") || text.starts_with("%7b") || text.starts_with("%5b") {
        return first_value(&percent_decoded(text));
    }
    if text.starts_with(['{', '[']) {
        // A string of a script escapes as one of JSON does.
        let unescaped = serde_json::from_str::<String>(&format!("\"{text}\"")).ok();
        return first_value(unescaped.as_deref().unwrap_or(text));
    }
    let is_base64 = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'\\');
    if text.len() < 8 || !text.bytes().all(is_base64) {
        return None;
    }
    let inner = String::from_utf8(base64(text.as_bytes())).ok()?;
    let inner = inner.trim_start();
    let decoded = if inner.starts_with('%') { percent_decoded(inner) } else { inner.to_owned() };
    first_value(&decoded)
}

/// Reads the JSON that a text begins with.
fn first_value(text: &str) -> Option<Value> {
    let text = text.get(..text.floor_char_boundary(LONGEST)).unwrap_or(text);
    serde_json::Deserializer::from_str(text).into_iter::<Value>().next()?.ok()
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let encoded = behind.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let byte = encoded.and_then(|digits| u8::from_str_radix(digits, 16).ok()).filter(|_| *first == b'%');
        bytes.push(byte.unwrap_or(*first));
        rest = byte.and_then(|_| behind.get(2..)).unwrap_or(behind);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Gathers the objects of a value that have a text under one of the names in `bodies`.
fn gather(value: &Value, bodies: &[&str], found: &mut Vec<Embedded>) {
    let mut waiting = vec![value];
    let mut looked = 0;
    while let Some(value) = waiting.pop() {
        looked += 1;
        if looked > MOST_VALUES || found.len() >= MOST {
            return;
        }
        match value {
            Value::Array(items) => waiting.extend(items.iter().rev()),
            Value::Object(object) => {
                found.extend(embedded(object, bodies));
                waiting.extend(object.values().rev());
            }
            _ => {}
        }
    }
}

fn embedded(object: &Map<String, Value>, bodies: &[&str]) -> Option<Embedded> {
    let text = |names: &[&str]| {
        let found = names.iter().find_map(|name| object.get(*name)?.as_str().filter(|text| !text.trim().is_empty()));
        found.map(str::to_owned)
    };
    let body = text(bodies).filter(|body| letters(body).len() >= 40)?;
    Some(Embedded {
        title: text(&["headline", "title", "name"]).unwrap_or_default(),
        lead: text(&["leadtext", "leadText", "lead", "ingress", "preamble"]).unwrap_or_default(),
        body,
    })
}

#[cfg(test)]
mod tests {
    use super::super::nodes::take_apart;
    use super::*;

    const BODY: &str = "<p>Silta suljetaan maanantaina ja avataan kahden viikon kuluttua.</p>";

    fn packed(json: &str) -> String {
        json.bytes().map(|byte| format!("%{byte:02X}")).collect::<Vec<_>>().concat()
    }

    fn base64_of(text: &str) -> String {
        const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let chunks = text.as_bytes().chunks(3).map(|chunk| {
            let bits = (0..3).fold(0_usize, |bits, at| bits << 8 | usize::from(*chunk.get(at).unwrap_or(&0)));
            (0..=3)
                .map(|at| if at > chunk.len() { '=' } else { char::from(LETTERS[bits >> (18 - 6 * at) & 63]) })
                .collect()
        });
        chunks.collect::<Vec<String>>().concat()
    }

    #[test]
    fn the_state_of_a_platform_is_read_however_it_is_packed() {
        let json = serde_json::json!({
            "user": null, "release": {"release": {"id": 7, "versions": {"fi": {
                "title": "Silta suljetaan", "leadtext": "Työ alkaa.", "body": BODY, "contacts": [{"name": "Ritva Aho"}]
            }}}}
        })
        .to_string();
        let in_script = serde_json::to_string(&json).unwrap();
        for assigned in [
            format!("=\"{}\"", base64_of(&packed(&json))),
            format!(" = '{}';", base64_of(&json)),
            format!("=\"{}\";", packed(&json)),
            format!("={json};(function(){{}})()"),
            format!("=JSON.parse({in_script})"),
            format!("=JSON.parse(decodeURIComponent(atob(\"{}\")))", base64_of(&packed(&json))),
        ] {
            let html =
                format!("<html><body><div id=app></div><script>window.__INITIAL_STATE__{assigned}</script></body>");
            let found = texts(&take_apart(&html), &html);
            let expected =
                Embedded { title: "Silta suljetaan".into(), lead: "Työ alkaa.".into(), body: BODY.to_owned() };
            assert_eq!(found, [expected], "{assigned}");
        }
    }

    #[test]
    fn linked_data_tells_the_text_of_its_article() {
        let html = r#"<script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"Kunta","body":"Ei tämä, vaikka tässä on paljon tekstiä ja sanoja."},
            {"@type":"NewsArticle","headline":"Silta suljetaan","articleBody":"Silta suljetaan maanantaina. Työ kestää kaksi viikkoa."}]}</script>"#;
        let found = texts(&take_apart(html), html);
        assert_eq!(found.len(), 1);
        assert!(found[0].body.starts_with("Silta suljetaan maanantaina") && found[0].title == "Silta suljetaan");
    }

    #[test]
    fn data_that_is_none_is_passed_over() {
        for assigned in [
            "",
            "=",
            "=\"",
            "=\"abc\"",
            "={",
            "={\"a\":undefined}",
            "=undefined;",
            "=\"%7B%\"",
            "='\\'",
            "=\"//////////8=\"",
            "=[[[[[[",
            " is a name {\"body\":1}",
        ] {
            let html = format!("<script>__INITIAL_STATE__{assigned}</script>");
            assert_eq!(texts(&take_apart(&html), &html), [], "{assigned}");
        }
        let deep = format!("<script>__INITIAL_STATE__={}</script>", "[".repeat(100_000));
        assert_eq!(texts(&take_apart(&deep), &deep), []);
        let many: Vec<_> =
            (0..1000).map(|number| serde_json::json!({"title": number.to_string(), "body": BODY})).collect();
        let many = format!("<script>__INITIAL_STATE__={}</script>", serde_json::Value::from(many));
        assert_eq!(texts(&take_apart(&many), &many).len(), MOST);
    }
}
