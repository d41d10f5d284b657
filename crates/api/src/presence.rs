//! Who has a flow open, and where in it they are. Travels beside the calls: up as small posts, down as an event stream.

use flow::{InputRef, PersonId, StepId};
use serde::{Deserialize, Serialize};

/// What a tab says of itself, every few seconds and when it changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Here {
    /// Id that the tab gave itself.
    pub tab: String,
    /// The selected card.
    #[serde(default)]
    pub selected: Option<StepId>,
    /// The field that is being edited.
    #[serde(default)]
    pub field: Option<InputRef>,
    /// The tab goes away.
    #[serde(default)]
    pub left: bool,
}

/// A tab that has the flow open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Peer {
    /// Id that the tab gave itself.
    pub tab: String,
    /// Whose it is.
    pub person: PersonId,
    /// What they are called.
    pub name: String,
    /// The selected card.
    pub selected: Option<StepId>,
    /// The field that is being edited.
    pub field: Option<InputRef>,
}

/// What every tab hears: who is there, and which revision the draft has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomNews {
    /// Everybody, the listener among them, by person and tab.
    pub peers: Vec<Peer>,
    /// The newest revision of the draft that was heard of.
    pub revision: Option<i64>,
}
