//! Undo and redo: every change is an edit, and applying an edit gives the edit that takes it back.
//!
//! There is no limit of steps, only one of memory: a typed word is some 200 bytes, a wrapped or deleted row some
//! thousands, so the budget holds more than a hundred thousand of the former.

use std::io;

use flow::{Flow, FlowEdit, Refused, StepId, apply};
use serde::{Deserialize, Serialize};

/// The edits of one flow may take this much, in bytes of JSON; the oldest go first.
const MEMORY: usize = 32 << 20;

/// The edits that can be taken back and made again.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct History {
    undo: Vec<Entry>,
    redo: Vec<Entry>,
    /// Bytes of all entries.
    #[serde(skip)]
    size: usize,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Entry {
    edit: FlowEdit,
    /// Edits of one visit to one field become one step of undo.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    run: Option<String>,
    /// Bytes of the edit as JSON.
    #[serde(skip)]
    size: usize,
}

impl Entry {
    fn new(edit: FlowEdit, run: Option<String>) -> Self {
        Self {
            size: size_of(&edit),
            edit,
            run,
        }
    }
}

/// Where a step of undo or redo changed the flow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// The cards that came or moved; where there are none, those whose fields changed.
    pub cards: Vec<StepId>,
    /// Beside what went.
    pub beside: Option<flow::Place>,
}

impl History {
    /// Returns a history that was kept as text, with its entries weighed again.
    pub fn weighed(mut self) -> Self {
        self.size = 0;
        for entry in self.undo.iter_mut().chain(&mut self.redo) {
            entry.size = size_of(&entry.edit);
            self.size += entry.size;
        }
        self
    }

    /// Makes a change.
    pub fn make(&mut self, flow: &mut Flow, edit: FlowEdit) -> Result<(), Refused> {
        self.record(flow, edit, None)
    }

    /// Makes a change that is one with the changes before it that carry the same `run`: typing into a field.
    pub fn go_on(&mut self, flow: &mut Flow, edit: FlowEdit, run: &str) -> Result<(), Refused> {
        self.record(flow, edit, Some(run))
    }

    /// Ends the run of changes that are one step of undo.
    pub fn pause(&mut self) {
        if let Some(last) = self.undo.last_mut() {
            last.run = None;
        }
    }

    fn record(
        &mut self,
        flow: &mut Flow,
        edit: FlowEdit,
        run: Option<&str>,
    ) -> Result<(), Refused> {
        let inverse = apply(flow, edit)?;
        for entry in self.redo.drain(..) {
            self.size -= entry.size;
        }
        let goes_on = run.is_some()
            && self
                .undo
                .last()
                .is_some_and(|last| last.run.as_deref() == run);
        if !goes_on {
            let entry = Entry::new(inverse, run.map(str::to_owned));
            self.size += entry.size;
            self.undo.push(entry);
            self.keep_within(MEMORY);
        }
        Ok(())
    }

    /// Takes the last change back. Tells what it changed, if there was one.
    pub fn undo(&mut self, flow: &mut Flow) -> Result<Option<Changed>, Refused> {
        step(flow, &mut self.undo, &mut self.redo, &mut self.size)
    }

    /// Makes the change again that was taken back last. Tells what it changed, if there was one.
    pub fn redo(&mut self, flow: &mut Flow) -> Result<Option<Changed>, Refused> {
        step(flow, &mut self.redo, &mut self.undo, &mut self.size)
    }

    /// Tells whether there is something to take back.
    pub fn can_undo(&self) -> bool {
        !self.undo.is_empty()
    }

    /// Tells whether there is something to make again.
    pub fn can_redo(&self) -> bool {
        !self.redo.is_empty()
    }

    /// Forgets what is too much: the oldest changes first, and of what was taken back what would be made again last.
    pub fn keep_within(&mut self, budget: usize) {
        let mut over = self.size.saturating_sub(budget);
        for entries in [&mut self.undo, &mut self.redo] {
            let mut gone = 0;
            let mut freed = 0;
            while over > freed
                && let Some(entry) = entries.get(gone)
            {
                freed += entry.size;
                gone += 1;
            }
            entries.drain(..gone);
            self.size -= freed;
            over = over.saturating_sub(freed);
        }
    }
}

fn step(
    flow: &mut Flow,
    from: &mut Vec<Entry>,
    to: &mut Vec<Entry>,
    size: &mut usize,
) -> Result<Option<Changed>, Refused> {
    let Some(entry) = from.pop() else {
        return Ok(None);
    };
    *size -= entry.size;
    let made = entry.edit.clone();
    let inverse = apply(flow, entry.edit)?;
    let changed = changed(flow, &made, &inverse);
    let entry = Entry::new(inverse, None);
    *size += entry.size;
    to.push(entry);
    Ok(Some(changed))
}

fn changed(flow: &Flow, made: &FlowEdit, inverse: &FlowEdit) -> Changed {
    let mut moved = Vec::new();
    let mut filled = Vec::new();
    collect(made, &mut moved, &mut filled);
    let there = |ids: Vec<StepId>| -> Vec<StepId> {
        ids.into_iter()
            .filter(|id| flow.step(id).is_some())
            .collect()
    };
    let moved = there(moved);
    let cards = if moved.is_empty() {
        there(filled)
    } else {
        moved
    };
    Changed {
        beside: cards.is_empty().then(|| first_place(inverse)).flatten(),
        cards,
    }
}

/// Collects the cards that an edit puts somewhere, and those whose fields it changes.
fn collect(edit: &FlowEdit, moved: &mut Vec<StepId>, filled: &mut Vec<StepId>) {
    let (into, id) = match edit {
        FlowEdit::AddStep { step, .. } => (moved, &step.id),
        FlowEdit::MoveStep { step, .. } => (moved, step),
        FlowEdit::Bind { input, .. } | FlowEdit::RemoveInput { input } => (filled, &input.step),
        FlowEdit::AddInput { at, .. } => (filled, &at.step),
        FlowEdit::AddOutput { step, .. }
        | FlowEdit::RemoveOutput { step, .. }
        | FlowEdit::Retitle { step, .. }
        | FlowEdit::Annotate { step, .. }
        | FlowEdit::Connect { step, .. }
        | FlowEdit::HandleError { step, .. }
        | FlowEdit::Fold { step, .. } => (filled, step),
        FlowEdit::Batch { edits } => {
            for edit in edits {
                collect(edit, moved, filled);
            }
            return;
        }
        _ => return,
    };
    if !into.contains(id) {
        into.push(id.clone());
    }
}

/// Where an edit that takes something back would put the first card.
fn first_place(inverse: &FlowEdit) -> Option<flow::Place> {
    match inverse {
        FlowEdit::AddStep { at, .. } => Some(at.clone()),
        FlowEdit::Batch { edits } => edits.iter().find_map(first_place),
        _ => None,
    }
}

/// Returns how long an edit is as JSON, in bytes.
fn size_of(edit: &FlowEdit) -> usize {
    struct Count(usize);
    impl io::Write for Count {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0 += bytes.len();
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let mut count = Count(0);
    match serde_json::to_writer(&mut count, edit) {
        Ok(()) => count.0,
        // It cannot be kept either.
        Err(_) => MEMORY,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canvas::example::{branched, step};
    use flow::{Binding, FieldKey, FlowId, InputRef, Place};

    fn rename(name: &str) -> FlowEdit {
        FlowEdit::Rename { name: name.into() }
    }

    #[test]
    fn changes_are_taken_back_and_made_again() {
        let mut flow = Flow::new(FlowId::from("f"), "one");
        let mut history = History::default();
        history.make(&mut flow, rename("two")).unwrap();
        history.make(&mut flow, rename("three")).unwrap();
        assert!(history.undo(&mut flow).unwrap().is_some());
        assert_eq!(flow.name, "two");
        assert!(history.redo(&mut flow).unwrap().is_some());
        assert_eq!(flow.name, "three");
        history.undo(&mut flow).unwrap();
        history.make(&mut flow, rename("four")).unwrap();
        assert!(!history.can_redo());
    }

    #[test]
    fn typing_into_one_field_is_one_step() {
        let mut flow = Flow::new(FlowId::from("f"), "");
        let mut history = History::default();
        for name in ["a", "ab", "abc"] {
            history.go_on(&mut flow, rename(name), "name").unwrap();
        }
        history.pause();
        history.go_on(&mut flow, rename("abcd"), "name").unwrap();
        history.undo(&mut flow).unwrap();
        assert_eq!(flow.name, "abc");
        history.undo(&mut flow).unwrap();
        assert_eq!(flow.name, "");
    }

    #[test]
    fn a_refused_change_leaves_no_trace() {
        let mut flow = Flow::new(FlowId::from("f"), "f");
        let mut history = History::default();
        let gone = FlowEdit::RemoveStep {
            step: "nobody".into(),
        };
        assert!(history.make(&mut flow, gone).is_err());
        assert!(!history.can_undo());
    }

    fn type_word(flow: &mut Flow, history: &mut History, number: usize) {
        let edit = FlowEdit::Bind {
            input: InputRef::of("read".into(), FieldKey::in_group("User", "ID or Login")),
            binding: Binding::constant(format!("a value that somebody typed, number {number}")),
        };
        history.make(flow, edit).unwrap();
    }

    #[test]
    fn a_hundred_thousand_steps_are_all_taken_back() {
        const STEPS: usize = 100_000;
        let mut flow = branched();
        let before = flow.clone();
        let mut history = History::default();
        for number in 0..STEPS {
            type_word(&mut flow, &mut history, number);
        }
        assert_eq!(history.undo.len(), STEPS);
        assert!(history.size / STEPS < 250, "{} bytes", history.size / STEPS);
        while history.undo(&mut flow).unwrap().is_some() {}
        assert_eq!(flow, before);
    }

    #[test]
    fn what_is_too_much_is_forgotten_from_the_oldest_on() {
        let mut flow = branched();
        let mut history = History::default();
        for number in 0..100 {
            type_word(&mut flow, &mut history, number);
        }
        for _ in 0..10 {
            history.undo(&mut flow).unwrap();
        }
        let one = history.undo[50].size;
        history.keep_within(one * 30);
        let count = history.undo.len() + history.redo.len();
        assert!((28..=31).contains(&count), "{count}");
        let sum = history.undo.iter().chain(&history.redo);
        assert_eq!(history.size, sum.map(|entry| entry.size).sum::<usize>());
        assert_eq!(history.redo.len(), 10);
        history.keep_within(0);
        assert_eq!((history.can_undo(), history.can_redo()), (false, false));
    }

    #[test]
    fn a_history_is_kept_as_text() {
        let mut flow = branched();
        let before = flow.clone();
        let mut history = History::default();
        for number in 0..3 {
            type_word(&mut flow, &mut history, number);
        }
        let text = serde_json::to_string(&history).unwrap();
        let again: History = serde_json::from_str(&text).unwrap();
        let mut again = again.weighed();
        assert_eq!(again.size, history.size);
        while again.undo(&mut flow).unwrap().is_some() {}
        assert_eq!(flow, before);
    }

    #[test]
    fn a_step_back_tells_where_it_was() {
        let mut flow = branched();
        let mut history = History::default();
        let new = FlowEdit::AddStep {
            step: Box::new(step("new", "string:compose")),
            at: Place {
                lane: None,
                index: 2,
            },
        };
        history.make(&mut flow, new).unwrap();
        let back = history.undo(&mut flow).unwrap().unwrap();
        assert_eq!(back.beside.unwrap().index, 2);
        let again = history.redo(&mut flow).unwrap().unwrap();
        assert_eq!(again.cards, [StepId::from("new")]);
        type_word(&mut flow, &mut history, 1);
        let back = history.undo(&mut flow).unwrap().unwrap();
        assert_eq!(back.cards, [StepId::from("read")]);
    }
}
