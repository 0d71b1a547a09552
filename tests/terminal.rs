//! Programs on a pseudo-terminal: whatever ends them, the terminal is as it was.
#![expect(clippy::unwrap_used, reason = "a test that panics has failed, as it should")]
#![expect(clippy::disallowed_methods, reason = "programs are run in folders of their own")]

mod pty;

use std::path::PathBuf;

use pty::{Program, Run};
use rustix::process::Signal;

/// The example of two lines, which `cargo test` builds beside the tests.
fn two_lines() -> Program {
    let tests = std::env::current_exe().unwrap();
    let built: PathBuf = tests.ancestors().nth(2).unwrap().join("examples").join("two_lines");
    assert!(built.exists(), "build the examples first: cargo build --examples");
    Program {
        command: vec![built.to_str().unwrap().to_owned(), "panics".to_owned()],
        ready: "keys 0 at 80x24",
        quit: "q",
        environment: Vec::new(),
    }
}

/// The reader itself, on the announcements that come with it.
fn tiedote(arguments: &[&str]) -> Program {
    let program = std::iter::once(env!("CARGO_BIN_EXE_tiedote")).chain(arguments.iter().copied());
    Program {
        command: program.map(str::to_owned).collect(),
        ready: "1/",
        quit: "q",
        // A home that cannot be written to: nothing is kept, and nothing of whoever runs the tests is read.
        environment: vec![("LC_ALL", "C.UTF-8"), ("HOME", "/"), ("XDG_DATA_HOME", "/dev/null")],
    }
}

/// Every program that must pass what does not depend on what is shown.
fn programs() -> Vec<Program> {
    vec![two_lines(), tiedote(&[])]
}

#[test]
fn quitting_leaves_the_terminal_as_it_was() {
    for program in programs() {
        let mut run = Run::ready(&program);
        run.wait_for("a full screen", |screen| screen.alternate_screen() && screen.hide_cursor());
        assert!(!run.is_set_up_as_before(), "raw mode");
        run.send(program.quit);
        assert_eq!(run.code(), 0);
        run.is_as_before();
    }
}

#[test]
fn the_terminal_is_asked_nothing() {
    for program in programs() {
        let mut run = Run::ready(&program);
        run.send(program.quit);
        assert_eq!(run.code(), 0);
        run.is_as_before();
        let sent = String::from_utf8(run.sent()).unwrap();
        for question in ["\x1b[6n", "\x1b[5n", "\x1b[c", "\x1b[0c", "\x1b[>", "\x1b[?u", "\x1b]", "\x1bP", "$p"] {
            assert!(!sent.contains(question), "{question:?} in {sent:?}");
        }
    }
}

#[test]
fn signals_leave_by_the_ordinary_way_out() {
    for program in programs() {
        for signal in [Signal::TERM, Signal::INT, Signal::HUP, Signal::QUIT] {
            let mut run = Run::ready(&program);
            Run::signal(run.pid(), signal);
            // A shell tells its jobs of a hang-up that the system told them already.
            Run::signal(run.pid(), signal);
            assert_eq!(i64::from(run.code()), 128 + i64::from(signal.as_raw()), "{signal:?}");
            run.is_as_before();
        }
    }
}

#[test]
fn a_hang_up_ends_the_program() {
    for program in programs() {
        let run = Run::ready(&program);
        let mut child = run.hang_up("\t");
        assert_eq!(child.wait().unwrap().exit_code(), 129);
    }
}

#[test]
fn a_hang_up_ends_a_program_that_ignores_the_signal() {
    for program in programs() {
        // The shell stays, so that the program outlives its terminal's session leader being told.
        let run = Run::ready(&program.under_shell("trap '' HUP; \"$0\" \"$@\""));
        let program = only_child(run.pid());
        let mut child = run.hang_up("\t");
        child.wait().unwrap();
        assert!(!PathBuf::from(format!("/proc/{program}")).exists());
    }
}

#[test]
fn a_terminal_that_takes_nothing_keeps_no_program_from_ending() {
    let program = two_lines();
    let mut run = Run::ready(&program);
    run.go_deaf("x");
    for _ in 0..400 {
        // Each repaints, until the terminal is full and the program waits for it.
        run.send("\x0c");
    }
    Run::signal(run.pid(), Signal::TERM);
    assert_eq!(run.code(), 143);
    assert!(run.is_set_up_as_before());
}

#[test]
fn stopping_gives_the_terminal_back_and_going_on_takes_it_again() {
    for program in programs() {
        let shell = program.under_shell("\"$0\" \"$@\"; echo stopped; read line; fg >/dev/null; echo code $?");
        for by_key in [true, false] {
            let mut run = Run::ready(&shell);
            if by_key {
                run.send("\x1a");
            } else {
                Run::signal(only_child(run.pid()), Signal::TSTP);
            }
            run.shows("stopped");
            run.is_as_before();
            run.send("\n");
            run.wait_for("a full screen", vt100::Screen::alternate_screen);
            assert!(!run.is_set_up_as_before(), "raw mode again");
            run.send(program.quit);
            run.shows("code 0");
            run.is_as_before();
        }
    }
}

#[test]
fn nobody_is_stopped_who_could_not_be_told_to_go_on() {
    // The program leads its session, as in a terminal window that runs nothing else.
    let program = two_lines();
    let mut run = Run::ready(&program);
    run.send("\x1a");
    run.shows("keys 1");
    Run::signal(run.pid(), Signal::TSTP);
    run.send("a");
    run.shows("keys 2");
    run.send(program.quit);
    assert_eq!(run.code(), 0);
}

#[test]
fn a_stopped_program_ends_without_touching_the_terminal() {
    let shell = two_lines().under_shell("\"$0\" \"$@\"; echo stopped; read line; wait; echo over");
    let mut run = Run::ready(&shell);
    let program = only_child(run.pid());
    run.send("\x1a");
    run.shows("stopped");
    run.is_as_before();
    Run::signal(program, Signal::TERM);
    Run::signal(program, Signal::CONT);
    run.send("\n");
    run.shows("over");
    run.is_as_before();
}

#[test]
fn a_panic_is_told_on_a_terminal_in_order() {
    let mut run = Run::ready(&two_lines());
    run.send("p");
    assert_eq!(run.code(), 101);
    run.shows("a panic on the drawing thread");
    run.is_as_before();
}

#[test]
fn a_panic_of_a_worker_leaves_the_screen_alone() {
    let program = two_lines();
    let mut run = Run::ready(&program);
    run.send("w");
    run.shows("worker panicked: Ok(true)");
    run.wait_for("a full screen", vt100::Screen::alternate_screen);
    assert!(!String::from_utf8_lossy(&run.sent()).contains("panicked at"));
    run.send(program.quit);
    assert_eq!(run.code(), 0);
    run.is_as_before();
}

#[test]
fn a_storm_of_sizes_ends_in_the_last() {
    for program in programs() {
        let mut run = Run::ready(&program);
        for columns in [0, 1, 500, 80, 3, 200, 65_535, 40] {
            for rows in [0, 1, 200, 24, 65_535, 7] {
                run.resize(columns.min(600), rows.min(300));
            }
        }
        run.resize(80, 24);
        run.wait_for("a frame at the last size", |screen| {
            program.ready.split(' ').next_back().is_some_and(|size| screen.contents().contains(size))
        });
        run.send(program.quit);
        assert_eq!(run.code(), 0);
        run.is_as_before();
    }
}

#[test]
fn pastes_and_cut_sequences_arrive_whole() {
    let program = two_lines();
    let mut run = Run::ready(&program);
    run.send(format!("\x1b[200~{}\x1b[201~", "0123456789".repeat(100_000)));
    run.shows("pasted 1000000 bytes");
    run.send("\x1b");
    run.shows("Esc");
    run.send("\x1b[");
    run.send("1;5");
    run.send("A");
    run.shows("code: Up, ctrl: true");
    run.send("\x1b[<0;7;9M");
    run.shows("MouseMoved { kind: Pressed, column: 6, row: 8 }");
    run.wait_for("the cursor at the mouse", |screen| !screen.hide_cursor() && screen.cursor_position() == (8, 6));
    run.send(program.quit);
    assert_eq!(run.code(), 0);
    run.is_as_before();
}

#[test]
fn texts_are_copied_by_the_terminal() {
    let program = two_lines();
    let mut run = Run::ready(&program);
    run.send("y");
    run.shows("Char('y')");
    let sent = String::from_utf8_lossy(&run.sent()).into_owned();
    assert!(sent.contains("\x1b]52;c;Y29waWVk\x1b\\"));
    run.send(program.quit);
    assert_eq!(run.code(), 0);
}

#[test]
fn keys_come_from_the_terminal_when_standard_input_is_something_else() {
    for program in programs() {
        let mut run = Run::ready(&program.under_shell("exec \"$0\" \"$@\" </dev/null"));
        run.send(program.quit);
        assert_eq!(run.code(), 0);
        run.is_as_before();
    }
}

#[test]
fn a_dumb_terminal_is_asked_for_its_leave() {
    let dumb = Program { environment: vec![("TERM", "dumb")], ready: "TERM=dumb", ..two_lines() };
    let mut run = Run::ready(&dumb);
    run.send("q");
    assert_eq!(run.code(), 0);
    run.is_as_before();
    assert!(!run.sent().contains(&0x1b), "no sequences");
    let mut run = Run::ready(&dumb);
    run.send("\r");
    run.shows("keys 0");
    run.send("q");
    assert_eq!(run.code(), 0);
    run.is_as_before();
}

#[cfg(target_os = "linux")]
#[test]
fn an_idle_program_sleeps() {
    for (program, key, answer) in [(two_lines(), "x", "keys 1"), (tiedote(&[]), "j", "2/2")] {
        let mut run = Run::ready(&program);
        // Threads start after the first frame; a key answered means that they run and wait again.
        run.send(key);
        run.shows(answer);
        let now = || (settled_switches(run.pid()), run.sent().len());
        let mut before = now();
        // What is under way comes to its end first, however busy the machine is.
        loop {
            std::thread::sleep(std::time::Duration::from_millis(200));
            let later = now();
            if std::mem::replace(&mut before, later) == later {
                break;
            }
        }
        std::thread::sleep(std::time::Duration::from_millis(500));
        assert_eq!((switches(run.pid()), run.sent().len()), before, "wake-ups and bytes");
        run.send(program.quit);
        assert_eq!(run.code(), 0);
    }
}

/// How often the threads of `pid` went to sleep.
#[cfg(target_os = "linux")]
fn switches(pid: u32) -> u64 {
    let threads = std::fs::read_dir(format!("/proc/{pid}/task")).unwrap().flatten();
    let status = threads.map(|thread| std::fs::read_to_string(thread.path().join("status")).unwrap_or_default());
    status
        .filter_map(|status| {
            let line = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"))?;
            line.trim().parse::<u64>().ok()
        })
        .sum()
}

/// The same once all threads sleep.
#[cfg(target_os = "linux")]
fn settled_switches(pid: u32) -> u64 {
    let asleep = || {
        std::fs::read_dir(format!("/proc/{pid}/task")).unwrap().flatten().all(|thread| {
            let stat = std::fs::read_to_string(thread.path().join("stat")).unwrap_or_default();
            stat.rsplit(") ").next().is_some_and(|rest| rest.starts_with('S'))
        })
    };
    while !asleep() {
        std::thread::yield_now();
    }
    switches(pid)
}

/// The process that the shell `pid` runs.
fn only_child(pid: u32) -> u32 {
    let children = std::fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).unwrap();
    children.split_whitespace().next().unwrap().parse().unwrap()
}

#[test]
fn the_reader_is_read_in() {
    let folder = tempfile::tempdir().unwrap();
    let library = folder.path().join("library.db");
    let mut run = Run::ready(&tiedote(&["--library", library.to_str().unwrap()]));
    run.shows("2 unread");
    run.send("\r");
    run.shows("1 unread");
    run.send(" ");
    run.shows(" %");
    run.resize(100, 30);
    run.wait_for("a hundred columns", |screen| screen.size().0.get() == 30 && screen.contents().contains(" %"));
    run.send("/pilotoi");
    run.shows("1/");
    run.send("\r");
    run.send("G");
    run.shows("soteuudistus@vantaa.fi");
    run.send("q");
    run.shows("enter read");
    run.send("q");
    assert_eq!(run.code(), 0);
    run.is_as_before();
}

#[test]
fn a_storm_of_sizes_ends_in_a_whole_screen() {
    let mut run = Run::ready(&tiedote(&[]));
    for step in 0..60_u16 {
        run.resize(20 + step * 7 % 150, 6 + step * 5 % 60);
    }
    run.resize(120, 40);
    run.wait_for("the last size", |screen| {
        screen.size().0.get() == 40 && screen.contents().lines().last().is_some_and(|row| row.ends_with("articles"))
    });
    run.send("q");
    assert_eq!(run.code(), 0);
    run.is_as_before();
}

#[test]
fn hostile_files_do_nothing_to_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let text = "Otsikko\u{1b}]0;PWNED\u{7} \u{202e}nurin\n\nTeksti \u{9b}2J\u{1b}[?1049l\u{1b}c loppu.\n";
    std::fs::write(folder.path().join("a\u{1b}[2J.txt"), text).unwrap();
    std::fs::write(folder.path().join("b.md"), [b'#', b' ', 0xff, 0xfe, 0x1b, b'c', b'\n', b'\n', b'x']).unwrap();
    let mut run = Run::ready(&tiedote(&[folder.path().to_str().unwrap()]));
    run.shows("1/2");
    run.send("jk\r ");
    run.send("q");
    run.send("q");
    assert_eq!(run.code(), 0);
    run.is_as_before();
    let sent = String::from_utf8(run.sent()).unwrap();
    assert!(!sent.contains("\u{1b}]") && !sent.contains("\u{1b}c") && !sent.contains(['\u{7}', '\u{9b}', '\u{202e}']));
}

#[test]
fn a_folder_is_read_with_a_library_beside_it_and_without() {
    let (folder, home) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for number in 0..300 {
        std::fs::write(folder.path().join(format!("{number}.txt")), format!("Otsikko {number}\n\nTeksti.\n")).unwrap();
    }
    let data = home.path().to_str().unwrap().to_owned();
    let data: &'static str = data.leak();
    for _ in 0..3 {
        for environment in [tiedote(&[]).environment, vec![("LC_ALL", "C.UTF-8"), ("XDG_DATA_HOME", data)]] {
            let program = tiedote(&[folder.path().to_str().unwrap()]);
            let mut run = Run::start(&Program { environment, ..program });
            run.shows("/300");
            run.send("q");
            assert_eq!(run.code(), 0);
        }
    }
}

#[test]
fn what_is_done_last_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    let mut run = Run::ready(&tiedote(&["--library", path.to_str().unwrap()]));
    run.send("js\r");
    run.shows("page   q");
    run.shows("★");
    // The text is there.
    run.shows("Top");
    // All at once: half a page down, back and out.
    run.send("dqq");
    assert_eq!(run.code(), 0);
    let store = tiedote::io::store::open(&path).store.unwrap();
    let marks = store.marks().unwrap();
    assert!(marks.iter().any(|(_, marking)| marking.starred), "{marks:?}");
    assert_eq!(store.places().unwrap().len(), 1);
    assert!(store.session().unwrap().contains_key("selected"));
}

#[test]
fn a_text_edited_after_it_was_read_is_marked_as_changed() {
    let (folder, texts) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let path = folder.path().join("library.db");
    let write = |text: &str| {
        let whole = format!("---\ntitle: Silta suljetaan\n---\n\n{text}\n");
        std::fs::write(texts.path().join("silta.md"), whole).unwrap();
    };
    write("Se avataan maanantaina.");
    let source = texts.path().canonicalize().unwrap();
    tiedote::io::store::open(&path).store.unwrap().add_source(&source).unwrap();
    let reader = tiedote(&["--library", path.to_str().unwrap()]);
    let mut run = Run::start(&reader);
    run.shows("maanantaina");
    run.send("\rq");
    run.shows("0 unread");
    // While it runs it shows by itself.
    write("Se avataan tiistaina.");
    run.shows("changed");
    run.shows("tiistaina");
    run.send("\rq");
    run.wait_for("nothing changed", |screen| !screen.contents().contains('◐'));
    run.send("q");
    assert_eq!(run.code(), 0);
    // When it does not, the next start shows it; and another after that, until it is read.
    write("Se avataan keskiviikkona.");
    for _ in 0..2 {
        let mut run = Run::start(&reader);
        run.shows("keskiviikkona");
        run.shows("◐");
        run.send("/is:changed");
        run.shows("1 found");
        run.send("\x1b");
        run.shows("0 unread");
        run.send("q");
        assert_eq!(run.code(), 0);
    }
    let search = |query: &str| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_tiedote"));
        command.args(["search", query, "--library", path.to_str().unwrap()]).output().unwrap().status.code()
    };
    assert_eq!((search("is:changed"), search("-is:changed")), (Some(0), Some(1)));
    let mut run = Run::start(&reader);
    run.shows("◐");
    run.send("\rqq");
    assert_eq!(run.code(), 0);
    assert_eq!((search("is:changed"), search("-is:changed")), (Some(1), Some(0)));
}

#[test]
fn what_came_while_nobody_read_is_counted_once() {
    let (folder, texts) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let path = folder.path().join("library.db");
    let library = path.to_str().unwrap();
    let write = |name: &str, title: &str, text: &str| {
        std::fs::write(texts.path().join(name), format!("---\ntitle: {title}\n---\n\n{text}\n")).unwrap();
    };
    let program = |arguments: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_tiedote"));
        assert!(command.args(arguments).args(["--library", library]).status().unwrap().success());
    };
    write("a.md", "Vanha katu", "Se oli ennen.");
    program(&["import", texts.path().to_str().unwrap()]);
    let reader = tiedote(&["--library", library]);
    let mut run = Run::start(&reader);
    run.shows("1 unread");
    run.send("/katu\rWA");
    run.shows("enter search");
    run.send("w");
    run.shows("watched");
    run.send("\x1b");
    run.shows("1 found");
    run.send("\x1b");
    run.shows("1 unread");
    run.send("q");
    assert_eq!(run.code(), 0);
    // One is taken in by another program, one comes out of another library, one is found at the start.
    write("b.md", "Uusi tie", "Se on katu.");
    program(&["library", "update"]);
    let lines = folder.path().join("other.jsonl");
    let other =
        r#"{"id":"00000000000000aa","group":"00000000000000aa","title":"Toisen kirjaston katu","text":"Katu.\n"}"#;
    std::fs::write(&lines, format!("{{\"tiedote\":1}}\n{{\"announcement\":{other}}}\n")).unwrap();
    program(&["import", lines.to_str().unwrap()]);
    write("c.md", "Muuta", "Ei siitä.");
    write("d.md", "Kadut kiinni", "Kaikki.");
    for _ in 0..2 {
        let mut run = Run::start(&reader);
        run.shows("5 unread");
        run.wait_for("three that are new", |screen| screen.contents().matches('◆').count() == 3);
        run.send("A");
        run.shows("◆ 3 new");
        run.send("qq");
        assert_eq!(run.code(), 0);
    }
    let mut run = Run::start(&reader);
    run.shows("◆");
    write("e.md", "Katu taas", "Nyt.");
    run.wait_for("four that are new", |screen| screen.contents().matches('◆').count() == 4);
    run.send("RA");
    run.shows("watched");
    run.send("qq");
    assert_eq!(run.code(), 0);
    let store = tiedote::io::store::open(&path).store.unwrap();
    assert!(store.searches().unwrap()[0].news.is_empty());
}

#[test]
fn a_search_saved_while_a_folder_is_read_is_kept_in_the_library_or_said_not_to_be() {
    let (texts, home) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    std::fs::write(texts.path().join("a.md"), "# Vanha katu\n\nSe on vanha.\n").unwrap();
    let program = tiedote(&[texts.path().to_str().unwrap()]);
    let path = home.path().join("library.db");
    let kept = tiedote(&[texts.path().to_str().unwrap(), "--library", path.to_str().unwrap()]);
    for (program, said) in [(&program, "lasts only until the program ends"), (&kept, "Search saved")] {
        let mut run = Run::ready(program);
        run.send("/katu\rW");
        run.shows(said);
        run.send("A");
        run.shows("enter search");
        run.send("qq");
        assert_eq!(run.code(), 0);
    }
    let mut run = Run::ready(&kept);
    run.send("A");
    run.shows("enter search");
    run.send("w");
    run.shows("watched");
    run.send("qq");
    assert_eq!(run.code(), 0);
    // It watches from now on, and nothing else was kept.
    let store = tiedote::io::store::open(&path).store.unwrap();
    let search = store.searches().unwrap().remove(0);
    assert!(search.watched && search.looked.is_some());
    assert_eq!((search.query.as_str(), store.count().unwrap(), store.marks().unwrap().len()), ("katu", (0, 0), 0));
}

#[test]
fn where_there_is_nothing_to_read_the_reader_ends_and_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().to_str().unwrap();
    for path in [empty, "no/such/folder"] {
        let mut run = Run::start(&tiedote(&[path]));
        assert_eq!(run.code(), 1);
        run.shows("tiedote: ");
    }
}

#[test]
fn a_library_is_locked_few_times_before_the_first_frame() {
    let counter = ["/usr/bin/strace", "/bin/strace"].into_iter().find(|path| std::path::Path::new(path).exists());
    // The check of every change installs it; on other machines the calls cannot be counted.
    let Some(counter) = counter else { return };
    let (folder, texts) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let path = folder.path().join("library.db");
    let library = path.to_str().unwrap();
    for number in 0..60 {
        let text = format!("---\ntitle: Katu {number}\n---\n\n{}\n", "Teksti jatkuu pitkään. ".repeat(300));
        std::fs::write(texts.path().join(format!("{number}.md")), text).unwrap();
    }
    let imported = std::process::Command::new(env!("CARGO_BIN_EXE_tiedote"))
        .args(["import", texts.path().to_str().unwrap(), "--library", library])
        .status();
    assert!(imported.unwrap().success());
    let calls = folder.path().join("calls");
    let mut program = tiedote(&["--library", library]);
    let traced = [counter, "-f", "-o", calls.to_str().unwrap(), "-e", "trace=fcntl,write"];
    program.command.splice(0..0, traced.map(str::to_owned));
    let mut run = Run::ready(&program);
    run.send("q");
    assert_eq!(run.code(), 0);
    let calls = std::fs::read_to_string(calls).unwrap();
    // The first frame is the first output within a synchronized update.
    let (before, _) = calls.split_once("\\33[?2026h").unwrap();
    let locks = before.matches("F_SETLK").count();
    assert!((1..=24).contains(&locks), "{locks} lock calls:\n{before}");
}
