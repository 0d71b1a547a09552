use proptest::prelude::*;
use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier, Style};

use super::*;

fn surface(width: u16, height: u16) -> Surface<Vec<u8>> {
    Surface::new(Vec::new(), Size { width, height })
}

/// Draws whole buffers one after the other; returns the bytes sent for the last.
fn draw(surface: &mut Surface<Vec<u8>>, wished: &Buffer) -> Vec<u8> {
    let copy = |cells: &mut Buffer| {
        cells.content.clone_from(&wished.content);
        None
    };
    surface.draw(copy).unwrap();
    std::mem::take(&mut surface.out)
}

fn cells(width: u16, height: u16) -> Buffer {
    Buffer::empty(Rect::new(0, 0, width, height))
}

/// Holds a cell as a terminal shows it: its text, bold, inverse, underline and the two colours.
type Seen = (String, bool, bool, bool, vt100::Color, vt100::Color);

fn seen(screen: &vt100::Screen, row: u16, column: u16) -> Seen {
    let cell = screen.cell(row, column).unwrap();
    let text = if cell.has_contents() { cell.contents().to_owned() } else { " ".to_owned() };
    (text, cell.bold(), cell.inverse(), cell.underline(), cell.fgcolor(), cell.bgcolor())
}

fn wished(cell: &Cell) -> Seen {
    let color = |color| match color {
        Color::Red => vt100::Color::Idx(1),
        Color::LightBlue => vt100::Color::Idx(12),
        Color::Indexed(index) => vt100::Color::Idx(index),
        Color::Rgb(red, green, blue) => vt100::Color::Rgb(red, green, blue),
        _ => vt100::Color::Default,
    };
    let has = |modifier| cell.modifier.contains(modifier);
    let text = cell.symbol().to_owned();
    (text, has(Modifier::BOLD), has(Modifier::REVERSED), has(Modifier::UNDERLINED), color(cell.fg), color(cell.bg))
}

/// Returns the visible part of a cell: the text colour of a blank makes no difference.
fn visible(mut seen: Seen) -> Seen {
    if seen.0 == " " && !seen.2 && !seen.3 {
        (seen.1, seen.4) = (false, vt100::Color::Default);
    }
    seen
}

fn style() -> impl Strategy<Value = Style> {
    let color = || {
        proptest::sample::select(vec![
            Color::Reset,
            Color::Reset,
            Color::Red,
            Color::LightBlue,
            Color::Indexed(200),
            Color::Rgb(1, 2, 3),
        ])
    };
    let modifier = proptest::sample::select(vec![
        Modifier::empty(),
        Modifier::empty(),
        Modifier::BOLD,
        Modifier::REVERSED,
        Modifier::UNDERLINED.union(Modifier::BOLD),
    ]);
    (color(), color(), modifier).prop_map(|(fg, bg, modifier)| Style::new().fg(fg).bg(bg).add_modifier(modifier))
}

/// Generates buffers of 24 × 4 cells with runs of text and blanks in styles, or of wide characters without styles,
/// since terminals differ in the style of what remains when half of one is overwritten. Runs begin at every sixth
/// column, so that none covers half a wide character.
fn buffers() -> impl Strategy<Value = Vec<Buffer>> {
    let narrow = vec!["a", "Vantaa", "                ", "  ", "äö–·", "▌", "e\u{301}"];
    let wide = vec!["a", "Vantaa", "      ", "漢字", "漢", "👍"];
    prop_oneof![
        buffers_of(proptest::sample::select(narrow), style().boxed()),
        buffers_of(proptest::sample::select(wide), Just(Style::new()).boxed()),
    ]
}

fn buffers_of(
    text: impl Strategy<Value = &'static str>,
    style: BoxedStrategy<Style>,
) -> impl Strategy<Value = Vec<Buffer>> {
    let run = ((0_u16..4).prop_map(|slot| slot * 6), 0_u16..4, text, style);
    let buffer = proptest::collection::vec(run, 0..14).prop_map(|runs| {
        let mut buffer = cells(24, 4);
        for (x, y, text, style) in runs {
            buffer.set_stringn(x, y, text, usize::from(24 - x), style);
        }
        buffer
    });
    proptest::collection::vec(buffer, 1..5)
}

proptest! {
    #[test]
    fn a_terminal_shows_the_buffer_that_was_drawn(buffers in buffers()) {
        let mut surface = surface(24, 4);
        let mut shown = vt100::Parser::new(4.try_into().unwrap(), 24.try_into().unwrap(), 0);
        for buffer in buffers {
            shown.process(&draw(&mut surface, &buffer));
            for row in 0..4 {
                let mut column = 0;
                while column < 24 {
                    let cell = &buffer[(column, row)];
                    let cells = u16::try_from(crate::text::width(cell.symbol())).unwrap().max(1);
                    prop_assert_eq!(
                        visible(seen(shown.screen(), row, column)), visible(wished(cell)), "row {} column {}", row, column
                    );
                    column += cells;
                }
            }
        }
    }

    #[test]
    fn no_cell_reaches_the_terminal_as_a_command(symbols in proptest::collection::vec(any::<String>(), 1..12)) {
        let mut buffer = cells(80, 24);
        for (column, symbol) in (0..).zip(&symbols) {
            buffer[(column * 3, 1)].set_symbol(symbol);
        }
        let sent = String::from_utf8(draw(&mut surface(80, 24), &buffer)).unwrap();
        let mut pieces = sent.split('\x1b');
        prop_assert_eq!(pieces.next(), Some(""));
        for piece in pieces {
            // Every sequence is one of ours, and what follows it is text.
            let end = piece.find(|c: char| c.is_ascii_alphabetic()).unwrap();
            prop_assert!(piece.starts_with('[') && "hlHCXKmJ".contains(piece.chars().nth(end).unwrap()), "{:?}", piece);
            prop_assert!(!piece.chars().any(char::is_control));
        }
    }
}

#[test]
fn frames_stay_small_whatever_the_text() {
    for symbol in [
        "a",
        "漢",
        "a\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}\u{308}",
        "👨\u{200d}👩\u{200d}👧\u{200d}👦",
        "ﷺ\u{301}",
    ] {
        let mut surface = surface(200, 60);
        let mut buffer = cells(200, 60);
        for row in 0..60 {
            buffer.set_stringn(0, row, symbol.repeat(200), 200, Style::new());
        }
        let bytes = draw(&mut surface, &buffer).len();
        assert!(bytes <= 64 * 1024, "{symbol:?} {bytes}");
    }
}

#[test]
fn nothing_is_sent_where_nothing_changed() {
    let mut surface = surface(80, 24);
    let mut buffer = cells(80, 24);
    buffer.set_string(0, 0, "Vantaa", Style::new());
    assert_eq!(draw(&mut surface, &buffer), b"\x1b[?2026h\x1b[1;1HVantaa\x1b[?2026l");
    assert_eq!(draw(&mut surface, &buffer), b"");
    buffer.set_string(2, 0, "nd", Style::new());
    assert_eq!(draw(&mut surface, &buffer), b"\x1b[?2026h\x1b[1;4Hd\x1b[?2026l", "only what is different");
}

#[test]
fn what_stays_is_written_again_where_going_past_it_takes_more() {
    let plain = Style::new();
    for (before, after, bold, sent) in [
        ("sote ja muu", "kotiin ovi", false, "kotiin ovi\x1b[K"),
        ("a bcd e", "x bcd y", false, "x\x1b[5Cy"),
        ("a bc e", "x bc y", false, "x bc y"),
        ("ä ää e", "x ää y", false, "x\x1b[4Cy"),
        ("sana sana", "lakka otti", true, "\x1b[1mlakka otti"),
        ("pitkä rivi tekstiä", "pitkä     tekstit", false, "    tekstit\x1b[K"),
        ("ab rivi joka nyt loppuu", "ab               loppui", false, "\x1b[13X\x1b[19Ci"),
    ] {
        let mut surface = surface(80, 24);
        let mut buffer = cells(80, 24);
        buffer.set_string(0, 0, before, plain);
        draw(&mut surface, &buffer);
        let mut buffer = cells(80, 24);
        buffer.set_string(0, 0, after, if bold { plain.bold() } else { plain });
        let bytes = String::from_utf8(draw(&mut surface, &buffer)).unwrap();
        let bytes = bytes.strip_prefix("\x1b[?2026h").and_then(|bytes| bytes.strip_suffix("\x1b[?2026l")).unwrap();
        assert!(bytes.replace("\x1b[0m", "").ends_with(sent), "{before:?} to {after:?}: {bytes:?}");
    }
}

#[test]
fn what_a_terminal_may_show_narrower_covers_nothing_old() {
    let mut surface = surface(80, 24);
    let mut buffer = cells(80, 24);
    buffer.set_string(0, 0, "ab", Style::new());
    draw(&mut surface, &buffer);
    let mut buffer = cells(80, 24);
    buffer.set_string(0, 0, "❤\u{fe0f}", Style::new());
    assert_eq!(draw(&mut surface, &buffer), "\x1b[?2026h\x1b[1;1H\x1b[2X❤\u{fe0f}\x1b[?2026l".as_bytes());
}

#[test]
fn the_cursor_is_only_moved_when_it_has_to_be() {
    let mut surface = surface(80, 24);
    let mut sent = |place: Option<(u16, u16)>| {
        surface.draw(|_| place.map(Position::from)).unwrap();
        String::from_utf8(std::mem::take(&mut surface.out)).unwrap()
    };
    assert_eq!(sent(None), "");
    assert_eq!(sent(Some((4, 2))), "\x1b[?2026h\x1b[3;5H\x1b[?25h\x1b[?2026l");
    assert_eq!(sent(Some((4, 2))), "");
    assert_eq!(sent(Some((6, 2))), "\x1b[?2026h\x1b[2C\x1b[?2026l");
    assert_eq!(sent(None), "\x1b[?2026h\x1b[?25l\x1b[?2026l");
}

#[test]
fn a_screen_is_cleared_without_asking_for_the_cursor() {
    let mut surface = surface(80, 24);
    let buffer = Buffer::with_lines(["x"; 24].map(|line| format!("{line:80}")));
    draw(&mut surface, &buffer);
    surface.clear();
    let sent = String::from_utf8(draw(&mut surface, &buffer)).unwrap();
    assert!(sent.starts_with("\x1b[?2026h\x1b[0m\x1b[2J\x1b[1;1Hx"), "{sent:?}");
    assert!(!sent.contains("6n"));
}
