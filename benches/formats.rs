//! Measures how fast files are read: ten thousand of 3 KB on one core and on two, and inputs made to be slow.
//!
//! `cargo bench --bench formats [PART OF A NAME]`; figures are printed, nothing is asserted. Times are processor time,
//! so that they mean something on a busy machine.
#![expect(clippy::disallowed_methods, reason = "time is what is measured")]

use std::time::Instant;

use tiedote::formats::{Input, read};
use tiedote::model::{Announcement, Entry, Library, Location};

const FILES: usize = 10_000;
const SENTENCE: &str = "Kaupunki avaa uuden sillan liikenteelle, ja työ jatkuu keväällä, kun jäät ovat lähteneet. ";

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let is_wanted = |name: &str| wanted.is_empty() || wanted.iter().any(|part| name.contains(part.as_str()));
    for name in ["a.md", "a.txt", "a.html", "a.json", "a.eml"].into_iter().filter(|name| is_wanted(name)) {
        many(name);
    }
    if is_wanted("twins") {
        twins();
    }
    for (name, file, text) in hostile().into_iter().filter(|(name, file, _)| is_wanted(name) || is_wanted(file)) {
        let start = processor();
        let reading = read(&Input::new(file, text.as_bytes()));
        let blocks: usize = reading.announcements.iter().map(|found| found.document.blocks.len()).sum();
        drop(reading);
        println!(
            "{:>7.0} ms {:>6} KB {blocks:>7} blocks  {file} {name}",
            (processor() - start) * 1e3,
            text.len() / 1024
        );
    }
}

/// Returns the processor time of this thread in seconds, or the wall-clock time where that is unknown.
fn processor() -> f64 {
    static START: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = stat.and_then(|stat| stat.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(|| START.elapsed().as_secs_f64(), |nanoseconds| nanoseconds / 1e9)
}

fn many(name: &str) {
    let files: Vec<String> = (0..FILES).map(|number| file(name, number)).collect();
    let bytes: usize = files.iter().map(String::len).sum();
    let megabytes = f64::from(u32::try_from(bytes).unwrap_or(u32::MAX)) / 1e6;
    let read_all = |files: &[String]| {
        for text in files {
            std::hint::black_box(read(&Input::new(name, text.as_bytes())));
        }
    };
    let start = processor();
    read_all(&files);
    let one = processor() - start;
    let start = Instant::now();
    std::thread::scope(|scope| {
        for part in files.chunks(FILES / 2) {
            scope.spawn(move || read_all(part));
        }
    });
    let two = start.elapsed().as_secs_f64();
    println!(
        "{name:<7} {megabytes:.1} MB: one core {:.1} MB/s of processor time, two {:.1} MB/s by the clock",
        megabytes / one,
        megabytes / two
    );
}

/// Measures listing ten thousand announcements, some of which are in two files.
fn twins() {
    let texts = (0..FILES).map(|number| file("a.md", number));
    let read = |text: String| read(&Input::new("a.md", text.as_bytes())).announcements.into_iter();
    let all: Vec<Announcement> = texts.flat_map(read).collect();
    let place = |number: usize| Location::Given(u32::try_from(number).unwrap_or(u32::MAX));
    let made = |make: fn(&Announcement, Location) -> Entry| {
        let start = processor();
        let entries: Vec<Entry> = all.iter().enumerate().map(|(number, one)| make(one, place(number))).collect();
        (entries, (processor() - start) * 1e3)
    };
    let listed = |entries: Vec<Entry>| {
        let start = processor();
        let mut library = Library::default();
        for batch in entries.chunks(256) {
            library.add(batch.iter().cloned());
        }
        (library.len(), (processor() - start) * 1e3)
    };
    let ((plain, bare), (known, sketched)) = (made(Entry::of), made(Entry::sketched));
    println!("entries {bare:.1} ms, with what their texts are known by {sketched:.1} ms for {FILES}");
    // The same title over and over, and every announcement twice.
    let titled =
        |entry: &Entry| Entry { sketch: known.first().and_then(|first| first.sketch.clone()), ..entry.clone() };
    let alike: Vec<Entry> = plain.iter().map(titled).collect();
    for (name, entries) in [("apart", plain), ("compared", known), ("all the same", alike)] {
        let (rows, time) = listed(entries);
        println!("{rows:>7} rows of {FILES} {name}: {time:.1} ms");
    }
}

/// Returns a file of about 3 KB.
fn file(name: &str, number: usize) -> String {
    let paragraph = SENTENCE.repeat(4);
    let title = format!("Silta numero {number} avataan liikenteelle");
    match name {
        "a.md" => format!(
            "---\ntitle: {title}\npublished: 2020-09-11\nlanguage: fi\n---\n\n{paragraph}\n\n## Väliotsikko\n\n{paragraph}\n\n- yksi\n- *kaksi*\n\n> – {SENTENCE}sanoo Ritva.\n\n{paragraph}\n\n{paragraph}\n\n{paragraph}\n\nLue [lisää](https://example.fi).\n{paragraph}\n"
        ),
        "a.html" => format!(
            "<!DOCTYPE html><html lang=fi><head><meta charset=utf-8><title>{title} | Kunta</title></head><body><nav><ul><li><a href=/>Etusivu</a></ul></nav><main><h1>{title}</h1><p>{paragraph}</p><h2>Väliotsikko</h2><p>{paragraph}</p><ul><li>yksi<li>kaksi</ul><blockquote>– {SENTENCE}sanoo Ritva.</blockquote><p>{paragraph}</p><p>{paragraph}</p><p>{paragraph}</p><p>Lue <a href='https://example.fi'>lisää</a>.</p></main><footer>Kunta</footer></body></html>"
        ),
        "a.json" => format!(
            "{{\"title\":\"{title}\",\"published\":\"2020-09-11\",\"language\":\"fi\",\"blocks\":[{}]}}",
            vec![format!("{{\"kind\":\"paragraph\",\"text\":\"{paragraph}\"}}"); 8].join(",")
        ),
        "a.eml" => format!(
            "From: Kunta <a@example.fi>\r\nSubject: {title}\r\nDate: Fri, 11 Sep 2020 08:05:00 +0300\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{}",
            vec![paragraph; 8].join("\r\n\r\n")
        ),
        _ => format!("{title}\n\n11.9.2020\n\n{}", vec![paragraph; 8].join("\n\n")),
    }
}

fn hostile() -> Vec<(&'static str, &'static str, String)> {
    let many = |text: &str, size: usize| text.repeat(size / text.len());
    let mb = 1_000_000;
    let mut cases = vec![
        ("nested div", "a.html", many("<div>", mb)),
        ("nested lists", "a.html", many("<ul><li>", mb)),
        ("nested tables", "a.html", many("<table><tr><td>", mb)),
        ("unclosed", "a.html", many("<p>a<b><i>", mb)),
        ("misnested", "a.html", many("<b><p>a</b>", mb)),
        ("links", "a.html", many("<a href=x>a", mb)),
        ("entities", "a.html", many("&amp", mb)),
        (
            "attributes",
            "a.html",
            many(&format!("<p {}>a", "a b c d e f g h i j k l m n o p q r s t u v w x y z ".repeat(3)), mb),
        ),
        ("paragraphs", "a.html", many("<p>Teksti on tässä, ja se jatkuu pitkään, kuten kaikki muukin täällä.</p>", mb)),
        (
            "shallow nesting",
            "a.html",
            many("<div><div><div><p>Teksti, ja toinen, ja kolmas. Teksti, ja toinen.</p></div></div></div>", mb),
        ),
        ("nested paragraphs", "a.html", many("<div><p>Teksti on tässä, ja se jatkuu pitkään.</p>", mb)),
        ("breaks", "a.html", many("teksti<br><br>", mb)),
        ("columns", "a.html", format!("<table><tr>{}", many("<td>1", mb))),
        ("16 MB of tags", "a.html", many("<b>a", 16 * mb)),
        ("16 MB of text", "a.html", many("teksti ja ", 16 * mb)),
        ("quotes", "a.md", format!("{}\n{}", "> ".repeat(400_000), "a\n".repeat(100_000))),
        ("deep list", "a.md", (0..1400).fold(String::new(), |text, depth| text + &" ".repeat(depth * 2) + "- a\n")),
        ("nested to the limit", "a.md", (0..5000).map(|_| "> ".repeat(60) + "a\n\n").collect()),
        ("brackets", "a.md", "[".repeat(mb)),
        ("link brackets", "a.md", "[a](".repeat(mb / 4)),
        ("emphasis", "a.md", "*a_ ".repeat(mb / 4)),
        ("backticks", "a.md", (1..1400).fold(String::new(), |text, count| text + &"`".repeat(count) + " ")),
        ("definitions", "a.md", (0..60_000).map(|n| format!("[a{n}]: b")).collect::<Vec<_>>().join("\n")),
        ("references", "a.md", format!("[a]: {}\n\n{}", "b".repeat(1000), "[a] ".repeat(200_000))),
        ("table", "a.md", "|a".repeat(300_000) + "\n" + &"|-".repeat(300_000) + "\n" + &"|\n".repeat(1000)),
        ("16 MB of paragraphs", "a.md", "a\n\n".repeat(16 * mb / 3)),
        ("16 MB of text", "a.md", many(SENTENCE, 16 * mb)),
        ("nested", "a.json", "[".repeat(16 * mb)),
        ("16 MB of text", "a.json", format!("{{\"title\":\"a\",\"content\":\"{}\"}}", many(SENTENCE, 16 * mb))),
        ("lines", "a.json", "{\"title\":\"a\"}\n".repeat(mb / 10)),
        (
            "parts",
            "a.eml",
            format!(
                "MIME-Version: 1.0\r\nSubject: a\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n{}",
                "--b\r\n\r\na\r\n".repeat(mb / 10)
            ),
        ),
        ("headers", "a.eml", format!("From: a\r\n{}\r\n", "Subject: a\r\n".repeat(mb / 10))),
    ];
    // Each input at several sizes shows whether time grows faster than size.
    for size in [50_000, 100_000, 200_000, 400_000] {
        let html =
            many("<div class=a><div><p>Teksti, ja toinen, ja kolmas. Teksti, ja toinen.</p></div>a, b</div>", size);
        cases.push(("growing", "a.html", html));
    }
    for size in [100_000, 200_000, 400_000] {
        cases.push(("growing links", "a.html", many("<a href=x>a", size)));
        cases.push((
            "growing depth",
            "a.html",
            many(&format!("{}teksti, ja toinen{}", "<div>".repeat(90), "</div>".repeat(90)), size),
        ));
    }
    cases
}
