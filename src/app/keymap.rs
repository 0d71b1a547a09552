//! Turns keys into actions: sequences and counts, without time-outs.

use std::fmt;

use super::actions::{ACTIONS, Action, Scope};
use super::{Key, KeyCode};

/// Largest count; further digits are ignored.
const LARGEST_COUNT: u32 = 99_999;

/// Maps keys to actions; made from the action table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keymap {
    bindings: Vec<(Scope, Vec<Key>, Action)>,
}

/// Holds the keys of an unfinished sequence or count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pending {
    count: u32,
    keys: Vec<Key>,
}

/// Describes the outcome of a key press.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pressed {
    /// An action, and the count typed before it, if any.
    Action(Action, Option<u32>),
    /// The beginning of a sequence or a count.
    Waiting,
    /// No action has this key.
    Unbound,
}

impl Default for Keymap {
    /// Makes the keymap from the action table.
    fn default() -> Self {
        let bindings = ACTIONS
            .iter()
            .flat_map(|entry| entry.keys.iter().filter_map(|keys| Some((entry.scope, parse(keys)?, entry.action))))
            .collect();
        Self { bindings }
    }
}

impl Keymap {
    /// Handles a key in `scopes`, the first of which takes precedence; `counts` says whether digits are the count of
    /// the action after them.
    pub fn press(&self, pending: &mut Pending, key: Key, scopes: &[Scope], counts: bool) -> Pressed {
        if let (KeyCode::Char(digit), true) = (key.code, counts && pending.keys.is_empty() && !key.ctrl && !key.alt)
            && let Some(value) = digit.to_digit(10)
            && (value > 0 || pending.count > 0)
        {
            pending.count = (pending.count.saturating_mul(10).saturating_add(value)).min(LARGEST_COUNT);
            return Pressed::Waiting;
        }
        pending.keys.push(key);
        let found = scopes.iter().find_map(|scope| self.exact(*scope, &pending.keys));
        if let Some(action) = found {
            let count = std::mem::take(pending).count;
            return Pressed::Action(action, (count > 0).then_some(count));
        }
        let begun =
            self.bindings.iter().any(|(bound, keys, _)| scopes.contains(bound) && keys.starts_with(&pending.keys));
        if begun {
            Pressed::Waiting
        } else {
            *pending = Pending::default();
            Pressed::Unbound
        }
    }

    fn exact(&self, scope: Scope, pressed: &[Key]) -> Option<Action> {
        self.bindings.iter().find(|(bound, keys, _)| *bound == scope && keys == pressed).map(|(.., action)| *action)
    }

    /// Reports whether `key` alone runs `action`.
    #[must_use]
    pub fn runs(&self, key: Key, action: Action) -> bool {
        self.bindings.iter().any(|(_, keys, bound)| *bound == action && keys.as_slice() == [key])
    }

    /// Returns the key sequences of `action`, each written as in the action table.
    #[must_use]
    pub fn keys_of(&self, action: Action) -> Vec<String> {
        let bound = self.bindings.iter().filter(|(.., bound)| *bound == action);
        bound.map(|(_, keys, _)| keys.iter().map(Key::to_string).collect::<Vec<_>>().join(" ")).collect()
    }

    /// Returns the first key sequence of `action`; `:name` where it has none.
    #[must_use]
    pub fn key_of(&self, action: Action) -> String {
        self.keys_of(action).into_iter().next().unwrap_or_else(|| format!(":{}", action.entry().name))
    }
}

impl Pending {
    /// Reports whether no key or digit waits for more.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0 && self.keys.is_empty()
    }
}

/// Writes the unfinished sequence, as the status row shows it.
impl fmt::Display for Pending {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.count > 0 {
            write!(formatter, "{}", self.count)?;
        }
        self.keys.iter().try_for_each(|key| write!(formatter, "{key}"))
    }
}

/// Parses a key sequence as the action table spells it: `j`, `ctrl-d`, `g g`, `pagedown`.
#[must_use]
pub fn parse(keys: &str) -> Option<Vec<Key>> {
    keys.split(' ').map(parse_key).collect()
}

const NAMED: &[(&str, KeyCode)] = &[
    ("enter", KeyCode::Enter),
    ("esc", KeyCode::Esc),
    ("tab", KeyCode::Tab),
    ("backtab", KeyCode::BackTab),
    ("backspace", KeyCode::Backspace),
    ("delete", KeyCode::Delete),
    ("up", KeyCode::Up),
    ("down", KeyCode::Down),
    ("left", KeyCode::Left),
    ("right", KeyCode::Right),
    ("home", KeyCode::Home),
    ("end", KeyCode::End),
    ("pageup", KeyCode::PageUp),
    ("pagedown", KeyCode::PageDown),
    ("space", KeyCode::Char(' ')),
];

fn parse_key(name: &str) -> Option<Key> {
    let (ctrl, name) = match name.strip_prefix("ctrl-") {
        Some(rest) if !rest.is_empty() => (true, rest),
        _ => (false, name),
    };
    let mut characters = name.chars();
    let code = match (characters.next(), characters.next()) {
        (Some(character), None) => KeyCode::Char(character),
        (Some('f'), Some('1'..='9')) => KeyCode::F(name.get(1..)?.parse().ok().filter(|number| *number <= 24)?),
        _ => NAMED.iter().find(|(known, _)| *known == name)?.1,
    };
    Some(Key { code, ctrl, alt: false })
}

/// Writes the key as the action table spells it.
impl fmt::Display for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            formatter.write_str("ctrl-")?;
        }
        if self.alt {
            formatter.write_str("alt-")?;
        }
        match (NAMED.iter().find(|(_, code)| *code == self.code), self.code) {
            (Some((name, _)), _) => formatter.write_str(name),
            (None, KeyCode::Char(character)) => write!(formatter, "{character}"),
            (None, KeyCode::F(number)) => write!(formatter, "f{number}"),
            (None, _) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(scope: Scope, keys: &str) -> Vec<Pressed> {
        let keymap = Keymap::default();
        let mut pending = Pending::default();
        let scopes = [scope, Scope::Everywhere];
        parse(keys).unwrap().into_iter().map(|key| keymap.press(&mut pending, key, &scopes, true)).collect()
    }

    #[test]
    fn every_key_of_the_table_can_be_read_and_written() {
        for entry in ACTIONS {
            for keys in entry.keys {
                let parsed = parse(keys).unwrap_or_else(|| panic!("{keys} of {}", entry.name));
                let written: Vec<String> = parsed.iter().map(Key::to_string).collect();
                assert_eq!(&written.join(" "), keys);
            }
        }
    }

    #[test]
    fn no_key_is_hidden_by_another() {
        let all: Vec<_> = ACTIONS.iter().flat_map(|entry| entry.keys.iter().map(move |keys| (entry, keys))).collect();
        for (one, keys) in &all {
            for (other, others) in &all {
                if one.scope.meets(other.scope) && one.action != other.action {
                    let meant = one.scope.overrides(other.scope) || other.scope.overrides(one.scope);
                    assert!(meant || keys != others, "{} and {}", one.name, other.name);
                    assert!(!others.starts_with(&format!("{keys} ")), "{} hides {}", one.name, other.name);
                }
            }
        }
    }

    #[test]
    fn no_essential_key_needs_altgr_or_a_dead_key_on_a_finnish_keyboard() {
        for entry in ACTIONS {
            for keys in entry.keys {
                assert!(!keys.contains(['@', '$', '{', '}', '[', ']', '\\', '|', '~', '^', '´', '`']), "{keys}");
            }
        }
    }

    #[test]
    fn sequences_and_counts() {
        use Pressed::{Action as Does, Unbound, Waiting};
        assert_eq!(typed(Scope::List, "g g"), [Waiting, Does(Action::ListFirst, None)]);
        assert_eq!(typed(Scope::Reader, "g g"), [Waiting, Does(Action::TextStart, None)]);
        assert_eq!(typed(Scope::List, "1 0 j"), [Waiting, Waiting, Does(Action::ListDown, Some(10))]);
        assert_eq!(typed(Scope::List, "g j j"), [Waiting, Unbound, Does(Action::ListDown, None)]);
        assert_eq!(typed(Scope::List, "0"), [Unbound]);
        assert_eq!(typed(Scope::Reader, "d"), [Does(Action::HalfDown, None)]);
        let long = "9 9 9 9 9 9 9 9 9 9 9 9 j";
        assert_eq!(typed(Scope::List, long).last(), Some(&Does(Action::ListDown, Some(LARGEST_COUNT))));
    }
}
