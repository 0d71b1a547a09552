//! Entries by the keys of their sketches, so that a new one is compared with the few that may be the same.

use std::collections::HashMap;

use super::Sketch;

/// The most entries with one title that are compared.
const COMPARED: usize = 24;
/// No entry.
const NONE: u32 = u32::MAX;

/// Chains of entries that share a key of their sketches, the latest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Twins {
    latest: HashMap<u64, u32>,
    /// For each entry, the entry before it in each of its two chains.
    before: Vec<[u32; 2]>,
}

impl Twins {
    /// Adds entry `number` to its chains; entries come in rising order.
    pub fn put(&mut self, number: u32, sketch: &Sketch) {
        let mut before = [NONE; 2];
        for (before, key) in before.iter_mut().zip(sketch.keys()) {
            *before = self.latest.insert(key, number).unwrap_or(NONE);
        }
        self.before.resize(number as usize, [NONE; 2]);
        self.before.push(before);
    }

    /// Returns the latest entries that share a key with `sketch`.
    pub fn of(&self, sketch: &Sketch) -> impl Iterator<Item = u32> {
        sketch.keys().into_iter().enumerate().flat_map(move |(chain, key)| {
            let first = self.latest.get(&key).copied().filter(|number| *number != NONE);
            let next = move |number: &u32| {
                self.before.get(*number as usize)?.get(chain).copied().filter(|number| *number != NONE)
            };
            std::iter::successors(first, next).take(COMPARED)
        })
    }
}
