//! Who waits for a bucket: one queue per flow, and the flows take turns, so that ten thousand calls of one do not keep
//! the only call of another waiting.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

/// A call that waits.
pub(super) type Id = u64;

/// The queues of one bucket. Holds as many entries as calls wait.
#[derive(Debug, Default)]
pub(super) struct Lines {
    /// Flows with calls that wait, the next one first.
    turns: VecDeque<Arc<str>>,
    lines: HashMap<Arc<str>, VecDeque<Id>>,
    waiting: usize,
}

impl Lines {
    /// Puts a call at the end of its flow's queue; `is_again` puts it at the head, because it had its turn once.
    pub(super) fn join(&mut self, flow: &Arc<str>, id: Id, is_again: bool) {
        self.waiting += 1;
        let line = match self.lines.get_mut(flow) {
            Some(line) => line,
            None => {
                self.turns.push_back(Arc::clone(flow));
                self.lines.entry(Arc::clone(flow)).or_default()
            }
        };
        if is_again {
            line.push_front(id);
        } else {
            line.push_back(id);
        }
    }

    /// Takes the next call that `may` go; each flow is asked once, for the head of its queue.
    pub(super) fn next(&mut self, mut may: impl FnMut(Id) -> bool) -> Option<Id> {
        for _ in 0..self.turns.len() {
            let flow = self.turns.pop_front()?;
            let head = self.lines.get(&flow).and_then(|line| line.front()).copied();
            if head.is_some_and(&mut may) {
                self.take_head(flow);
                return head;
            }
            self.turns.push_back(flow);
        }
        None
    }

    fn take_head(&mut self, flow: Arc<str>) {
        self.waiting = self.waiting.saturating_sub(1);
        let Some(line) = self.lines.get_mut(&flow) else {
            return;
        };
        line.pop_front();
        if line.is_empty() {
            self.lines.remove(&flow);
        } else {
            self.turns.push_back(flow);
        }
    }

    /// Takes a call out that no longer waits.
    pub(super) fn give_up(&mut self, flow: &Arc<str>, id: Id) {
        let Some(line) = self.lines.get_mut(flow) else {
            return;
        };
        let before = line.len();
        line.retain(|waiting| *waiting != id);
        self.waiting = self.waiting.saturating_sub(before - line.len());
        if line.is_empty() {
            self.lines.remove(flow);
            self.turns.retain(|turn| turn != flow);
        }
    }

    /// Returns how many calls wait.
    pub(super) fn waiting(&self) -> usize {
        self.waiting
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flow(name: &str) -> Arc<str> {
        Arc::from(name)
    }

    fn all(lines: &mut Lines) -> Vec<Id> {
        std::iter::from_fn(|| lines.next(|_| true)).collect()
    }

    #[test]
    fn flows_take_turns() {
        let mut lines = Lines::default();
        for id in 0..4 {
            lines.join(&flow("many"), id, false);
        }
        lines.join(&flow("one"), 10, false);
        lines.join(&flow("two"), 20, false);
        lines.join(&flow("two"), 21, false);
        assert_eq!(lines.waiting(), 7);
        assert_eq!(all(&mut lines), [0, 10, 20, 1, 21, 2, 3]);
        assert_eq!(lines.waiting(), 0);
    }

    #[test]
    fn a_call_that_comes_again_is_the_first_of_its_flow() {
        let mut lines = Lines::default();
        lines.join(&flow("a"), 1, false);
        lines.join(&flow("a"), 2, true);
        assert_eq!(all(&mut lines), [2, 1]);
    }

    #[test]
    fn who_may_not_go_keeps_the_place_and_who_gives_up_leaves_it() {
        let mut lines = Lines::default();
        lines.join(&flow("a"), 1, false);
        lines.join(&flow("b"), 2, false);
        lines.join(&flow("b"), 3, false);
        assert_eq!(lines.next(|id| id != 1), Some(2));
        lines.give_up(&flow("b"), 3);
        lines.give_up(&flow("b"), 3);
        assert_eq!(lines.waiting(), 1);
        assert_eq!(all(&mut lines), [1]);
    }
}
