//! Undo and redo: every change is an edit, and applying an edit gives the edit that takes it back.

use flow::{Flow, FlowEdit, Refused, apply};

const LIMIT: usize = 500;

/// The edits that can be taken back and made again.
#[derive(Clone, Debug, Default)]
pub struct History {
    undo: Vec<Entry>,
    redo: Vec<Entry>,
}

#[derive(Clone, Debug)]
struct Entry {
    edit: FlowEdit,
    /// Edits of one visit to one field become one step of undo.
    run: Option<String>,
}

impl History {
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
        self.redo.clear();
        let goes_on = run.is_some()
            && self
                .undo
                .last()
                .is_some_and(|last| last.run.as_deref() == run);
        if !goes_on {
            if self.undo.len() == LIMIT {
                self.undo.remove(0);
            }
            self.undo.push(Entry {
                edit: inverse,
                run: run.map(str::to_owned),
            });
        }
        Ok(())
    }

    /// Takes the last change back. Tells whether there was one.
    pub fn undo(&mut self, flow: &mut Flow) -> Result<bool, Refused> {
        step(flow, &mut self.undo, &mut self.redo)
    }

    /// Makes the change again that was taken back last. Tells whether there was one.
    pub fn redo(&mut self, flow: &mut Flow) -> Result<bool, Refused> {
        step(flow, &mut self.redo, &mut self.undo)
    }

    /// Tells whether there is something to take back.
    pub fn can_undo(&self) -> bool {
        !self.undo.is_empty()
    }

    /// Tells whether there is something to make again.
    pub fn can_redo(&self) -> bool {
        !self.redo.is_empty()
    }
}

fn step(flow: &mut Flow, from: &mut Vec<Entry>, to: &mut Vec<Entry>) -> Result<bool, Refused> {
    let Some(entry) = from.pop() else {
        return Ok(false);
    };
    let edit = apply(flow, entry.edit)?;
    to.push(Entry { edit, run: None });
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use flow::FlowId;

    fn rename(name: &str) -> FlowEdit {
        FlowEdit::Rename { name: name.into() }
    }

    #[test]
    fn changes_are_taken_back_and_made_again() {
        let mut flow = Flow::new(FlowId::from("f"), "one");
        let mut history = History::default();
        history.make(&mut flow, rename("two")).unwrap();
        history.make(&mut flow, rename("three")).unwrap();
        assert!(history.undo(&mut flow).unwrap());
        assert_eq!(flow.name, "two");
        assert!(history.redo(&mut flow).unwrap());
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
}
