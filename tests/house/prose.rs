//! Tests the doc comments: each begins with a capital letter, says in a sentence what its item is or does, and is
//! followed by details only after that.

use super::source::{Source, sources};

/// Lists the words that begin a question where a function is to say what it returns.
const QUESTIONS: [&str; 4] = ["Whether", "What", "Where", "How"];

/// Holds a doc comment.
struct Comment {
    /// Its first line, from 1.
    line: usize,
    /// Its first paragraph, on one line.
    summary: String,
    /// Whether it belongs to a function or method.
    function: bool,
}

impl Comment {
    /// Returns what is wrong with the comment, if anything.
    fn fault(&self) -> Option<&'static str> {
        let first = self.summary.split_whitespace().next().unwrap_or_default();
        if !first.starts_with(char::is_uppercase) {
            Some("begin with a capital letter")
        } else if !self.summary.ends_with('.') {
            Some("end the first paragraph with a full stop")
        } else if self.function && QUESTIONS.contains(&first) {
            Some("say what the function does or returns, verb first")
        } else {
            None
        }
    }
}

/// Returns the doc comments outside tests.
fn comments(source: &Source) -> Vec<Comment> {
    let mut found = Vec::new();
    let mut lines = source.text.lines().take(source.length()).map(str::trim).enumerate().peekable();
    while let Some((number, line)) = lines.next() {
        let Some(first) = doc(line) else { continue };
        let mut block = vec![first];
        while let Some(more) = lines.peek().and_then(|(_, line)| doc(line)) {
            block.push(more);
            lines.next();
        }
        while lines.next_if(|(_, line)| line.starts_with("#[")).is_some() {}
        let item = lines.peek().map_or("", |(_, line)| line);
        let summary: Vec<&str> = block.into_iter().take_while(|line| !line.is_empty()).collect();
        found.push(Comment { line: number + 1, summary: summary.join(" "), function: is_function(item) });
    }
    found
}

/// Returns the text of a line of a doc comment.
fn doc(line: &str) -> Option<&str> {
    line.strip_prefix("///").filter(|text| text.is_empty() || text.starts_with(' ')).map(str::trim)
}

/// Reports whether an item is a function or method, by its first line.
fn is_function(item: &str) -> bool {
    let mut words = item.split_whitespace().skip_while(|word| {
        word.starts_with("pub") || word.ends_with(')') || matches!(*word, "const" | "async" | "unsafe" | "extern")
    });
    words.next() == Some("fn")
}

#[test]
fn every_doc_comment_says_what_its_item_is_or_does() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for source in sources("src") {
        for comment in comments(&source) {
            count += 1;
            if let Some(fault) = comment.fault() {
                wrong.push(format!("{}:{}: {fault}: {}", source.path, comment.line, comment.summary));
            }
        }
    }
    assert!(count > 1000, "only {count} comments were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn faults_of_comments_are_found() {
    let of = |text: &str| {
        let source = Source { path: String::new(), module: Vec::new(), text: text.to_owned(), code: text.to_owned() };
        comments(&source).iter().map(Comment::fault).collect::<Vec<_>>()
    };
    assert_eq!(of("/// Returns it.\n#[must_use]\npub(super) fn it() {}"), [None]);
    assert!(of("/// Whether it is.\n#[must_use]\npub const fn it() {}")[0].is_some());
    assert!(of("/// What it is\n///\n/// A sentence.\nstruct It;")[0].is_some());
    assert_eq!(of("/// Whether it is, which\n/// is so.\npub it: bool,"), [None]);
    assert!(of("    /// the thing.\n    Thing,")[0].is_some());
}
