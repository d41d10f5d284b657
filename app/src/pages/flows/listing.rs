//! The list of flows without a screen: what is asked for in the address, which flows that finds, in which order, and which
//! rows are drawn of a long list.

use std::cmp::Ordering;
use std::collections::HashSet;

use api::FlowRow;
use flow::{ConnectionId, FlowKind, FolderId};

/// A column by which the list is sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Column {
    /// Name.
    #[default]
    Name,
    /// Folder.
    Folder,
    /// How it is started.
    Kind,
    /// On, off, draft, problems.
    State,
    /// Who made it.
    Author,
    /// When it was made.
    Created,
    /// When it was changed.
    Changed,
    /// Its newest run.
    LastRun,
    /// On or off.
    On,
}

impl Column {
    /// All columns, as they stand.
    pub const ALL: [Self; 9] = [
        Self::Name,
        Self::Folder,
        Self::Kind,
        Self::State,
        Self::Author,
        Self::Created,
        Self::Changed,
        Self::LastRun,
        Self::On,
    ];
    /// Those that can be hidden.
    pub const CHOICES: [Self; 6] = [
        Self::Folder,
        Self::Kind,
        Self::Author,
        Self::Created,
        Self::Changed,
        Self::LastRun,
    ];

    /// Returns its word in the address.
    pub fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Folder => "folder",
            Self::Kind => "kind",
            Self::State => "state",
            Self::Author => "author",
            Self::Created => "created",
            Self::Changed => "changed",
            Self::LastRun => "ran",
            Self::On => "on",
        }
    }

    /// Reads its word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.word() == word)
    }
}

/// A state to filter by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Turned on.
    On,
    /// Turned off, with a version.
    Off,
    /// Never turned on.
    Draft,
    /// With problems.
    Problems,
}

impl State {
    /// All states.
    pub const ALL: [Self; 4] = [Self::On, Self::Off, Self::Draft, Self::Problems];

    /// Returns its word in the address.
    pub fn word(self) -> &'static str {
        match self {
            Self::On => "on",
            Self::Off => "off",
            Self::Draft => "draft",
            Self::Problems => "problems",
        }
    }

    fn holds(self, flow: &FlowRow) -> bool {
        match self {
            Self::On => flow.is_on,
            Self::Off => !flow.is_on && flow.version.is_some(),
            Self::Draft => !flow.is_on && flow.version.is_none(),
            Self::Problems => flow.problems > 0,
        }
    }
}

/// What the address asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Only directly in this folder.
    pub folder: Option<FolderId>,
    /// Words of the name; searched in the folder and below it.
    pub text: String,
    /// Only of this kind.
    pub kind: Option<FlowKind>,
    /// Only in this state.
    pub state: Option<State>,
    /// Only with this connection.
    pub connection: Option<ConnectionId>,
    /// The order.
    pub sort: Column,
    /// From the last to the first.
    pub is_descending: bool,
}

/// Returns the flows that are asked for, in order. `inside` are the chosen folder and those below it; `folder_name` names
/// a folder.
pub fn found(
    flows: &[FlowRow],
    asked: &Asked,
    inside: &HashSet<FolderId>,
    folder_name: &dyn Fn(&FlowRow) -> String,
) -> Vec<FlowRow> {
    let words: Vec<String> = asked
        .text
        .split_whitespace()
        .map(str::to_lowercase)
        .collect();
    let is_in = |flow: &FlowRow| match (&asked.folder, words.is_empty()) {
        (None, _) => true,
        (Some(folder), true) => flow.folder.as_ref() == Some(folder),
        (Some(_), false) => flow
            .folder
            .as_ref()
            .is_some_and(|folder| inside.contains(folder)),
    };
    let is_meant = |flow: &FlowRow| {
        let name = flow.name.to_lowercase();
        words.iter().all(|word| name.contains(word.as_str())) || flow.id.as_str() == asked.text
    };
    let mut found: Vec<FlowRow> = flows
        .iter()
        .filter(|flow| {
            is_in(flow)
                && is_meant(flow)
                && asked.kind.is_none_or(|kind| flow.kind == kind)
                && asked.state.is_none_or(|state| state.holds(flow))
                && asked
                    .connection
                    .as_ref()
                    .is_none_or(|id| flow.connections.contains(id))
        })
        .cloned()
        .collect();
    found.sort_by(|a, b| {
        let order = compare(a, b, asked.sort, folder_name);
        let order = if asked.is_descending {
            order.reverse()
        } else {
            order
        };
        // Equals stand by name, whichever way the column is sorted.
        order.then_with(|| by_name(a, b))
    });
    found
}

fn by_name(a: &FlowRow, b: &FlowRow) -> Ordering {
    let key = |flow: &FlowRow| (flow.name.to_lowercase(), flow.id.clone());
    key(a).cmp(&key(b))
}

fn compare(
    a: &FlowRow,
    b: &FlowRow,
    by: Column,
    folder_name: &dyn Fn(&FlowRow) -> String,
) -> Ordering {
    let kind = |flow: &FlowRow| flow.kind as u8;
    let rank = |flow: &FlowRow| match (flow.problems, flow.is_on, flow.version) {
        (1.., ..) => 0,
        (0, true, _) => 1,
        (0, false, Some(_)) => 2,
        (0, false, None) => 3,
    };
    let ran = |flow: &FlowRow| flow.last_run.as_ref().map(|run| run.at);
    match by {
        Column::Name => by_name(a, b),
        Column::Folder => folder_name(a)
            .to_lowercase()
            .cmp(&folder_name(b).to_lowercase()),
        Column::Kind => kind(a).cmp(&kind(b)),
        Column::State => rank(a).cmp(&rank(b)),
        Column::Author => a.author.cmp(&b.author),
        Column::Created => a.created_at.cmp(&b.created_at),
        Column::Changed => a.updated_at.cmp(&b.updated_at),
        Column::LastRun => ran(a).cmp(&ran(b)),
        Column::On => b.is_on.cmp(&a.is_on),
    }
}

/// Shorter lists are drawn whole.
pub const DRAWN_WHOLE: usize = 120;
const AROUND: usize = 20;

/// Returns which rows of a list of `count` are drawn when the window onto it begins `top` pixels down and is `height` high.
pub fn drawn(count: usize, top: f64, height: f64, row: f64) -> std::ops::Range<usize> {
    if count <= DRAWN_WHOLE {
        return 0..count;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a place in a list on the screen"
    )]
    let (first, shown) = (
        (top.max(0.0) / row) as usize,
        (height.max(0.0) / row) as usize + 1,
    );
    let first = first.min(count).saturating_sub(AROUND);
    first..(first + shown + 2 * AROUND).min(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flow(id: &str, name: &str) -> FlowRow {
        FlowRow {
            id: id.into(),
            folder: None,
            name: name.to_owned(),
            kind: FlowKind::Event,
            is_on: false,
            version: None,
            problems: 0,
            cards: 1,
            updated_at: 0,
            created_at: 0,
            author: None,
            last_run: None,
            connections: Vec::new(),
        }
    }

    #[track_caller]
    fn check(flows: &[FlowRow], asked: &Asked, expected: &[&str]) {
        let inside = HashSet::from(["d1".into(), "d2".into()]);
        let found = found(flows, asked, &inside, &|flow| {
            flow.folder
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default()
        });
        let ids: Vec<&str> = found.iter().map(|flow| flow.id.as_str()).collect();
        assert_eq!(ids, expected);
    }

    #[test]
    fn what_the_address_asks_for_is_found() {
        let flows = [
            FlowRow {
                folder: Some("d1".into()),
                is_on: true,
                version: Some(1),
                ..flow("1", "Welcome 新入社員")
            },
            FlowRow {
                folder: Some("d2".into()),
                problems: 2,
                connections: vec!["c1".into()],
                ..flow("2", "welcome back")
            },
            FlowRow {
                kind: FlowKind::Helper,
                version: Some(3),
                ..flow("3", "Helper")
            },
        ];
        check(&flows, &Asked::default(), &["3", "2", "1"]);
        let folder = Some(FolderId::from("d1"));
        check(
            &flows,
            &Asked {
                folder: folder.clone(),
                ..Asked::default()
            },
            &["1"],
        );
        // A search looks below the folder, too, and takes words in any order.
        check(
            &flows,
            &Asked {
                folder,
                text: "WELCOME".into(),
                ..Asked::default()
            },
            &["2", "1"],
        );
        check(
            &flows,
            &Asked {
                text: "新入社員 wel".into(),
                ..Asked::default()
            },
            &["1"],
        );
        check(
            &flows,
            &Asked {
                text: "3".into(),
                ..Asked::default()
            },
            &["3"],
        );
        check(
            &flows,
            &Asked {
                kind: Some(FlowKind::Helper),
                ..Asked::default()
            },
            &["3"],
        );
        check(
            &flows,
            &Asked {
                state: Some(State::Problems),
                ..Asked::default()
            },
            &["2"],
        );
        check(
            &flows,
            &Asked {
                state: Some(State::Off),
                ..Asked::default()
            },
            &["3"],
        );
        check(
            &flows,
            &Asked {
                state: Some(State::Draft),
                ..Asked::default()
            },
            &["2"],
        );
        check(
            &flows,
            &Asked {
                connection: Some("c1".into()),
                ..Asked::default()
            },
            &["2"],
        );
    }

    #[test]
    fn equals_stand_by_name_in_both_directions() {
        let flows = [
            FlowRow {
                is_on: true,
                ..flow("1", "B")
            },
            FlowRow {
                is_on: true,
                ..flow("2", "a")
            },
            flow("3", "C"),
        ];
        let sorted = |sort, is_descending| Asked {
            sort,
            is_descending,
            ..Asked::default()
        };
        check(&flows, &sorted(Column::On, false), &["2", "1", "3"]);
        check(&flows, &sorted(Column::On, true), &["3", "2", "1"]);
        check(&flows, &sorted(Column::Name, true), &["3", "1", "2"]);
        for column in Column::ALL {
            assert_eq!(Column::of_word(column.word()), Some(column));
        }
    }

    #[test]
    fn of_a_long_list_only_what_is_seen_is_drawn() {
        assert_eq!(drawn(80, 0.0, 600.0, 38.0), 0..80);
        assert_eq!(drawn(1_000, 0.0, 380.0, 38.0), 0..51);
        assert_eq!(drawn(1_000, 19_000.0, 380.0, 38.0), 480..531);
        assert_eq!(drawn(1_000, 37_700.0, 380.0, 38.0), 972..1_000);
        assert_eq!(drawn(1_000, -5.0, -1.0, 38.0), 0..41);
    }
}
