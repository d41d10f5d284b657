//! Finding: places in all flows, and whatever has a name.

use flow::search::{Mark, SpotKind};
use flow::{CardKey, ConnectionId, FlowId, StepId, TableId};
use serde::{Deserialize, Serialize};

/// So many flows are answered at most at once.
pub const MOST_FLOWS: usize = 50;

/// So many of each kind are answered at most by a quick search.
pub const MOST_QUICK: usize = 8;

/// Looks through all flows. What is given must be on one card, beside the text which may also be the flow's own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlowSearch {
    /// A text, in whatever form of letters: in names, titles, fields, values, notes, and names of connections, tables and
    /// called flows. Empty where only the rest counts.
    #[serde(default)]
    pub text: String,
    /// Only cards of this kind.
    #[serde(default)]
    pub card: Option<CardKey>,
    /// Only cards with this connection.
    #[serde(default)]
    pub connection: Option<ConnectionId>,
    /// Only cards that work with this table.
    #[serde(default)]
    pub table: Option<TableId>,
    /// Only cards that call this flow.
    #[serde(default)]
    pub helper: Option<FlowId>,
    /// Names of cards and fields are answered in Japanese.
    #[serde(default)]
    pub in_japanese: bool,
    /// The cursor of the page before.
    #[serde(default)]
    pub after: Option<String>,
    /// At most so many flows, up to [`MOST_FLOWS`]; 20 where absent.
    #[serde(default)]
    pub limit: Option<usize>,
}

/// Flows in which something was found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlowHits {
    /// The flows, by name.
    pub flows: Vec<FlowHit>,
    /// Where the next page begins; nothing on the last one. A page may be empty and not the last one.
    pub next: Option<String>,
}

/// A flow in which something was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlowHit {
    /// The flow.
    pub id: FlowId,
    /// Its name.
    pub name: String,
    /// Name of its folder.
    pub folder: Option<String>,
    /// Turned on.
    pub is_on: bool,
    /// The places, in reading order, names of fields last.
    pub spots: Vec<SpotHit>,
    /// How many more places there are.
    pub more: usize,
}

/// A place of a flow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpotHit {
    /// The card; nothing for what belongs to the flow.
    pub step: Option<StepId>,
    /// Its number; nothing for notes.
    pub number: Option<usize>,
    /// What it is called.
    pub title: String,
    /// Which card it is.
    pub card: Option<CardKey>,
    /// What of it.
    pub kind: SpotKind,
    /// What the field is called; empty where it is no field.
    pub field: String,
    /// The text around what was found.
    pub excerpt: String,
    /// What was found in it, in bytes.
    pub marks: Vec<Mark>,
    /// Set where it is not in the draft, but in this version, which is on.
    pub version: Option<i64>,
}

/// Looks for things by their name, or for a run by the beginning of its id.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuickFind {
    /// The text.
    pub text: String,
    /// Only this kind of things.
    #[serde(default)]
    pub only: Option<QuickKind>,
}

/// A kind of things with names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is named after what it is")]
pub enum QuickKind {
    Flow,
    Run,
    Person,
    Connection,
    Table,
}

/// What was found, of each kind the best first, at most [`MOST_QUICK`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuickFound {
    /// The things.
    pub things: Vec<QuickThing>,
}

/// Something with a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuickThing {
    /// What it is.
    pub kind: QuickKind,
    /// Its id.
    pub id: String,
    /// Its name; of a run, that of its flow.
    pub name: String,
    /// What tells it apart: folder, login, org. Empty where nothing does.
    pub about: String,
    /// Turned on, for flows.
    #[serde(default)]
    pub is_on: bool,
    /// Where a run stands.
    #[serde(default)]
    pub status: Option<crate::RunStatus>,
}
