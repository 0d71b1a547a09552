//! The picture in the README is what the program draws now.
#![expect(clippy::disallowed_methods, reason = "what is tested is a file")]

#[expect(dead_code, reason = "a picture needs the desk, not its assertions")]
mod support;
#[path = "../examples/picture/svg.rs"]
mod svg;

#[test]
fn the_committed_picture_is_of_the_program_as_it_is() {
    let (width, height) = svg::SIZE.split_once('x').unwrap();
    let desk = support::desk().sized(width.parse().unwrap(), height.parse().unwrap()).keys(svg::KEYS);
    let committed = std::fs::read_to_string(svg::PATH).unwrap();
    assert!(committed == svg::picture(&desk), "the screen looks different now: cargo run --example picture");
}
