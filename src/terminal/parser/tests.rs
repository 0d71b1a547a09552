use proptest::prelude::*;

use super::*;
use crate::app::MouseKind;

fn events(pieces: &[&[u8]]) -> Vec<Event> {
    let (mut parser, mut events) = (Parser::default(), Vec::new());
    for piece in pieces {
        parser.feed(piece, &mut |event| events.push(event));
    }
    events
}

fn after_waiting(bytes: &[u8]) -> Vec<Event> {
    let (mut parser, mut events) = (Parser::default(), Vec::new());
    parser.feed(bytes, &mut |event| events.push(event));
    assert!(parser.patience().is_some(), "{bytes:?} is unfinished");
    parser.give_up(&mut |event| events.push(event));
    assert_eq!(parser.patience(), None);
    events
}

fn alt(key: Key) -> Key {
    Key { alt: true, ..key }
}

fn with_ctrl(code: KeyCode) -> Key {
    Key { ctrl: true, ..Key::plain(code) }
}

#[test]
fn keys_are_told() {
    let plain = Key::plain;
    let cases: [(&[u8], Key); 68] = [
        (b"a", Key::from('a')),
        (b"A", Key::from('A')),
        (b" ", Key::from(' ')),
        ("ä".as_bytes(), Key::from('ä')),
        ("–".as_bytes(), Key::from('–')),
        ("😀".as_bytes(), Key::from('😀')),
        (b"\r", plain(KeyCode::Enter)),
        (b"\n", Key::ctrl('j')),
        (b"\t", plain(KeyCode::Tab)),
        (b"\x7f", plain(KeyCode::Backspace)),
        (b"\x08", plain(KeyCode::Backspace)),
        (b"\x00", Key::ctrl(' ')),
        (b"\x03", Key::ctrl('c')),
        (b"\x1a", Key::ctrl('z')),
        (b"\x1c", Key::ctrl('\\')),
        (b"\x1f", Key::ctrl('_')),
        (b"\x1ba", alt(Key::from('a'))),
        (b"\x1b\x03", alt(Key::ctrl('c'))),
        ("\x1bö".as_bytes(), alt(Key::from('ö'))),
        (b"\x1b[A", plain(KeyCode::Up)),
        (b"\x1b[B", plain(KeyCode::Down)),
        (b"\x1b[C", plain(KeyCode::Right)),
        (b"\x1b[D", plain(KeyCode::Left)),
        (b"\x1b[H", plain(KeyCode::Home)),
        (b"\x1b[F", plain(KeyCode::End)),
        (b"\x1b[1;5C", with_ctrl(KeyCode::Right)),
        (b"\x1b[1;3D", alt(plain(KeyCode::Left))),
        (b"\x1b[1;2A", plain(KeyCode::Up)),
        (b"\x1bOA", plain(KeyCode::Up)),
        (b"\x1bOF", plain(KeyCode::End)),
        (b"\x1bOP", plain(KeyCode::F(1))),
        (b"\x1bOS", plain(KeyCode::F(4))),
        (b"\x1bOM", plain(KeyCode::Enter)),
        (b"\x1bOp", Key::from('0')),
        (b"\x1bOy", Key::from('9')),
        (b"\x1bOk", Key::from('+')),
        (b"\x1bOo", Key::from('/')),
        (b"\x1b[1~", plain(KeyCode::Home)),
        (b"\x1b[7~", plain(KeyCode::Home)),
        (b"\x1b[3~", plain(KeyCode::Delete)),
        (b"\x1b[4~", plain(KeyCode::End)),
        (b"\x1b[5~", plain(KeyCode::PageUp)),
        (b"\x1b[6~", plain(KeyCode::PageDown)),
        (b"\x1b[5;5~", with_ctrl(KeyCode::PageUp)),
        (b"\x1b[5^", with_ctrl(KeyCode::PageUp)),
        (b"\x1b[11~", plain(KeyCode::F(1))),
        (b"\x1b[15~", plain(KeyCode::F(5))),
        (b"\x1b[17~", plain(KeyCode::F(6))),
        (b"\x1b[24~", plain(KeyCode::F(12))),
        (b"\x1b[1;2R", plain(KeyCode::F(3))),
        (b"\x1b[[A", plain(KeyCode::F(1))),
        (b"\x1b[[E", plain(KeyCode::F(5))),
        (b"\x1b[Z", plain(KeyCode::BackTab)),
        (b"\x1b[27;5;106~", Key::ctrl('j')),
        (b"\x1b[97u", Key::from('a')),
        (b"\x1b[97;2u", Key::from('A')),
        (b"\x1b[97:65;2u", Key::from('A')),
        (b"\x1b[55:47;2u", Key::from('/')),
        (b"\x1b[99;5u", Key::ctrl('c')),
        (b"\x1b[27u", plain(KeyCode::Esc)),
        (b"\x1b[27;1:1u", plain(KeyCode::Esc)),
        (b"\x1b[13;1:2u", plain(KeyCode::Enter)),
        (b"\x1b[9;2u", plain(KeyCode::BackTab)),
        (b"\x1b[228u", Key::from('ä')),
        (b"\x1b[57400u", Key::from('1')),
        (b"\x1b[57419u", plain(KeyCode::Up)),
        (b"\x1b[1;1:1A", plain(KeyCode::Up)),
        (b"\x1b[57426u", plain(KeyCode::Delete)),
    ];
    for (bytes, key) in cases {
        assert_eq!(events(&[bytes]), [Event::KeyPressed(key)], "{:?}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn what_is_no_key_of_ours_is_swallowed_whole() {
    let cases: [&[u8]; 26] = [
        b"\x1b[2~",
        b"\x1b[I",
        b"\x1b[O",
        b"\x1b[12;40R",
        b"\x1b[999999999999999999999;1R",
        b"\x1b[?62;22c",
        b"\x1b[>0;276;0c",
        b"\x1b[?1u",
        b"\x1b[97;1:3u",
        b"\x1b[57441u",
        b"\x1b[4294967295u",
        b"\x1b[7u",
        b"\x1b[<",
        b"\x1b[<0;1M",
        b"\x1b[<2;3;4M",
        b"\x1b[<35;3;4M",
        b"\x1b[1 q",
        b"\x1b]11;rgb:0000/0000/0000\x07",
        b"\x1b]52;c;cm0gLXJm\x1b\\",
        b"\x1bP>|xterm(380)\x1b\\",
        b"\x1b_Gi=1;OK\x1b\\",
        b"\x1b[\x18",
        b"\xff\xfe",
        b"\xc3",
        b"\xc2\x9b",
        b"\xed\xa0\x80",
    ];
    for bytes in cases {
        let told = events(&[bytes]);
        let stray = Event::KeyPressed(Key::ctrl('x'));
        assert!(told.is_empty() || told == [stray], "{:?} {told:?}", String::from_utf8_lossy(bytes));
    }
    let long = [b"\x1b[".as_slice(), &b"1;".repeat(10_000), b"A"].concat();
    assert_eq!(events(&[&long]), []);
}

#[test]
fn the_mouse_is_told() {
    use MouseKind::{Dragged, Pressed, Released, ScrolledDown, ScrolledUp};
    let cases: [(&[u8], MouseKind, u16, u16); 9] = [
        (b"\x1b[<0;3;4M", Pressed, 2, 3),
        (b"\x1b[<32;3;4M", Dragged, 2, 3),
        (b"\x1b[<0;3;4m", Released, 2, 3),
        (b"\x1b[<64;1;1M", ScrolledUp, 0, 0),
        (b"\x1b[<65;99999;99999M", ScrolledDown, 65_535, 65_535),
        (b"\x1b[<16;0;0M", Pressed, 0, 0),
        (b"\x1b[M\x20\x23\x24", Pressed, 2, 3),
        (b"\x1b[M\x23\x23\x24", Released, 2, 3),
        (b"\x1b[M\x60\xff\x21", ScrolledUp, 222, 0),
    ];
    for (bytes, kind, column, row) in cases {
        let told = events(&[bytes]);
        assert_eq!(told, [Event::MouseMoved { kind, column, row }], "{:?}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn a_lone_escape_is_a_key_after_a_while() {
    let alt_bracket = Event::KeyPressed(alt(Key::from('[')));
    let esc = || Event::KeyPressed(Key::plain(KeyCode::Esc));
    assert_eq!(after_waiting(b"\x1b"), [esc()]);
    assert_eq!(after_waiting(b"\x1b\x1b"), [esc(), esc()]);
    assert_eq!(after_waiting(b"\x1b["), [alt_bracket]);
    assert_eq!(after_waiting(b"\x1bO"), [Event::KeyPressed(alt(Key::from('O')))]);
    assert_eq!(after_waiting(b"\x1b]"), [Event::KeyPressed(alt(Key::from(']')))]);
    assert_eq!(after_waiting(b"\x1b]1"), []);
    assert_eq!(after_waiting(b"\x1b[1;"), []);
    assert_eq!(after_waiting(b"\xc3"), []);
}

#[test]
fn pastes_are_one_event() {
    let paste = |text: &str| Event::Pasted(text.to_owned());
    assert_eq!(
        events(&[b"\x1b[200~a\r\nb\rc \x1b[A \x1b\x1b[20\x1b[201~q"]),
        [paste("a\nb\nc \x1b[A \x1b\x1b[20"), Event::KeyPressed(Key::from('q'))]
    );
    assert_eq!(after_waiting(b"\x1b[200~cut"), [paste("cut")]);
    let long = [b"\x1b[200~".as_slice(), &b"x".repeat(3 << 20), b"\x1b[201~q"].concat();
    let told = events(&[&long]);
    assert!(matches!(&told[0], Event::Pasted(text) if text.len() == LONGEST_PASTE), "cut to what is bearable");
    assert_eq!(told.len(), 2);
}

/// Generates bytes as hostile or broken terminals send them: sequences, pieces of them and noise.
fn noise() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        4 => proptest::sample::select(vec![
            b"\x1b".to_vec(), b"\x1b[".to_vec(), b"\x1bO".to_vec(), b"\x1b]".to_vec(), b"\x1b\\".to_vec(), b"[".to_vec(),
            b"\x1b[200~".to_vec(), b"\x1b[201~".to_vec(), b"\x1b[<0;".to_vec(), b"1;5".to_vec(), b"M".to_vec(),
            b"~".to_vec(), b"u".to_vec(), b"\xc3".to_vec(), b"\xa4".to_vec(), "€😀".as_bytes().to_vec(), b"q".to_vec(),
        ]),
        1 => proptest::collection::vec(any::<u8>(), 0..6),
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn where_reads_are_cut_makes_no_difference(bytes in noise(), cuts in proptest::collection::vec(1_usize..5, 0..40)) {
        let whole = events(&[&bytes]);
        let (mut pieces, mut rest) = (Vec::new(), bytes.as_slice());
        for cut in cuts {
            let (piece, after) = rest.split_at(cut.min(rest.len()));
            pieces.push(piece);
            rest = after;
        }
        pieces.push(rest);
        prop_assert_eq!(events(&pieces), whole);
    }

    #[test]
    fn after_any_noise_and_a_pause_a_key_is_a_key(bytes in noise()) {
        let mut parser = Parser::default();
        parser.feed(&bytes, &mut |_| ());
        if parser.patience().is_some() {
            parser.give_up(&mut |_| ());
        }
        let mut told = Vec::new();
        parser.feed(b"q", &mut |event| told.push(event));
        prop_assert_eq!(told, [Event::KeyPressed(Key::from('q'))]);
        prop_assert!(parser.held.len() <= LONGEST_SEQUENCE);
    }
}
