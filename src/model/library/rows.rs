//! The rows of the list, kept in order while entries come and go.

use std::cmp::Ordering;
use std::collections::HashMap;

use super::Library;
use crate::model::{Entry, Id};

/// Up to so many new rows are inserted one by one; more are sorted in together.
const FEW: usize = 32;

impl Library {
    /// Inserts new rows, and replaces leaders by those that lead now.
    pub(super) fn take_rows(&mut self, mut fresh: Vec<u32>, replaced: &HashMap<u32, u32>) {
        fresh.sort_by(|one, other| self.order(*one, *other));
        let mut rows = std::mem::take(&mut self.rows);
        if !replaced.is_empty() {
            for row in rows.iter_mut().chain(&mut fresh) {
                while let Some(leader) = replaced.get(row) {
                    *row = *leader;
                }
            }
        }
        let after = rows.last().zip(fresh.first()).is_none_or(|(last, first)| self.order(*last, *first).is_le());
        if replaced.is_empty() && after {
            rows.append(&mut fresh);
        } else if replaced.is_empty() && fresh.len() <= FEW {
            for row in fresh {
                let place = rows.partition_point(|known| self.order(*known, row).is_lt());
                rows.insert(place, row);
            }
        } else {
            rows.append(&mut fresh);
            // The rows there were are one sorted run: the stable sort merges it instead of sorting it again.
            rows.sort_by(|one, other| self.order(*one, *other));
        }
        self.rows = rows;
    }

    /// Removes entry `number`; another language version takes its place in the list.
    pub(super) fn forget(&mut self, id: Id, number: u32, group: Id) {
        let (row, leader) = (self.row_of(group), self.leader_of(group));
        self.by_id.remove(id, &self.entries);
        if leader != Some(number) {
            if let Some(others) = leader.and_then(|leader| self.others.get_mut(&leader)) {
                others.retain(|other| *other != number);
            }
            self.others.retain(|_, others| !others.is_empty());
            return;
        }
        if let Some(row) = row {
            self.rows.remove(row);
        }
        self.named_leaders.remove(&group);
        let mut others = self.others.remove(&number).unwrap_or_default();
        let Some(mut leader) = others.pop() else { return };
        for other in &mut others {
            if self.leads(*other, leader) {
                std::mem::swap(other, &mut leader);
            }
        }
        self.lead(group, leader);
        if !others.is_empty() {
            self.others.insert(leader, others);
        }
        self.take_rows(vec![leader], &HashMap::new());
    }

    /// Orders two entries for the list: newest first, undated ones last, then by title and identity.
    pub(super) fn order(&self, one: u32, other: u32) -> Ordering {
        if one == other {
            return Ordering::Equal;
        }
        let (Some(one), Some(other)) = (self.entries.get(one as usize), self.entries.get(other as usize)) else {
            return Ordering::Equal;
        };
        other
            .published
            .cmp(&one.published)
            .then_with(|| one.title.cmp(&other.title))
            .then_with(|| one.group.cmp(&other.group))
    }

    /// Reports whether entry `number` leads its group rather than `leader`.
    pub(super) fn leads(&self, number: u32, leader: u32) -> bool {
        let key = |number: u32| self.entries.get(number as usize).map(Entry::precedence);
        key(number) < key(leader)
    }
}
