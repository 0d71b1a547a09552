//! Entries by what their texts are known by, so that one that comes can be compared with the few that may be the same.

use std::collections::HashMap;

use super::Sketch;

/// So many of the entries that share a title are compared.
const COMPARED: usize = 24;
/// No entry.
const NONE: u32 = u32::MAX;

/// Chains of entries that share a key of their sketches, the latest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Twins {
    latest: HashMap<u64, u32>,
    /// Of every entry, the one before it in each of its two chains.
    before: Vec<[u32; 2]>,
}

impl Twins {
    /// Puts entry `number` in its chains; entries come in rising order.
    pub fn put(&mut self, number: u32, sketch: &Sketch) {
        let mut before = [NONE; 2];
        for (before, key) in before.iter_mut().zip(sketch.keys()) {
            *before = self.latest.insert(key, number).unwrap_or(NONE);
        }
        self.before.resize(number as usize, [NONE; 2]);
        self.before.push(before);
    }

    /// The latest entries that may be the same as one of that sketch.
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
