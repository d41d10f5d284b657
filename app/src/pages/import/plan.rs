//! What the person decided so far.

use std::collections::BTreeMap;

use api::{Assignments, ImportReport, PackView};
use leptos::prelude::*;

/// The steps of the assistant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Choose a file.
    File,
    /// See what is in it.
    Contents,
    /// Assign connections and tables.
    Assign,
    /// See what was imported.
    Done,
}

/// The chosen file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackFile {
    /// Its name.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// What it holds.
    pub text: String,
}

/// File, decisions, and the report at the end.
#[derive(Clone, Copy)]
pub struct Plan {
    /// Where the person stands.
    pub step: RwSignal<Step>,
    /// The file.
    pub file: RwSignal<Option<PackFile>>,
    /// What is in it.
    pub pack: RwSignal<Option<PackView>>,
    /// Pack connection to the id of ours; absent or empty: later.
    pub connections: RwSignal<BTreeMap<String, String>>,
    /// Pack table to the id of ours; absent or empty: a new one.
    pub tables: RwSignal<BTreeMap<String, String>>,
    /// Id of the folder; empty: a new one.
    pub folder: RwSignal<String>,
    /// What was imported.
    pub report: RwSignal<Option<ImportReport>>,
}

impl Plan {
    /// Returns the beginning.
    pub fn new() -> Self {
        Self {
            step: RwSignal::new(Step::File),
            file: RwSignal::new(None),
            pack: RwSignal::new(None),
            connections: RwSignal::new(BTreeMap::new()),
            tables: RwSignal::new(BTreeMap::new()),
            folder: RwSignal::new(String::new()),
            report: RwSignal::new(None),
        }
    }

    /// Goes on with what was found in a file. What was chosen for the same names before is chosen again; a connection that
    /// alone fits is assigned already.
    pub fn found(self, file: PackFile, pack: PackView) {
        self.connections.set(first_choices(&pack));
        self.tables.set(
            pack.tables
                .iter()
                .filter_map(|table| Some((table.id.clone(), table.chosen.as_ref()?.to_string())))
                .collect(),
        );
        self.file.set(Some(file));
        self.pack.set(Some(pack));
        self.step.set(Step::Contents);
    }

    /// Returns what the server needs to know.
    pub fn assignments(self) -> Assignments {
        let folder = self.folder.get_untracked();
        Assignments {
            folder: (!folder.is_empty()).then(|| folder.into()),
            connections: decided(self.connections.get_untracked()),
            tables: decided(self.tables.get_untracked()),
        }
    }

    /// Begins again.
    pub fn restart(self) {
        self.report.set(None);
        self.pack.set(None);
        self.file.set(None);
        self.step.set(Step::File);
    }
}

impl Default for Plan {
    fn default() -> Self {
        Self::new()
    }
}

fn first_choices(pack: &PackView) -> BTreeMap<String, String> {
    let chosen = pack.connections.iter().filter_map(|connection| {
        let ours = match (&connection.chosen, connection.candidates.as_slice()) {
            (Some(chosen), _) => chosen,
            (None, [one]) => &one.id,
            (None, _) => return None,
        };
        Some((connection.id.clone(), ours.to_string()))
    });
    chosen.collect()
}

fn decided<T: From<String>>(choices: BTreeMap<String, String>) -> BTreeMap<String, T> {
    let decided = choices.into_iter().filter(|(_, ours)| !ours.is_empty());
    decided
        .map(|(theirs, ours)| (theirs, ours.into()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_for_later_is_not_assigned() {
        let choices = BTreeMap::from([
            ("a".to_owned(), "c1".to_owned()),
            ("b".to_owned(), String::new()),
        ]);
        let decided: BTreeMap<String, flow::ConnectionId> = decided(choices);
        assert_eq!(decided.len(), 1);
        assert_eq!(decided["a"].as_str(), "c1");
    }
}
