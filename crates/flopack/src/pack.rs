//! What is in a pack, as the rest of the product sees it.

use flow::{Base, Flow};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// A pack that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// Name of its outermost folder, else of its first flow.
    pub name: String,
    /// Version of the format, for instance `1.5.0`.
    pub version: String,
    /// When it was exported, as it says.
    pub created: Option<String>,
    /// Its folders.
    pub folders: Vec<PackFolder>,
    /// The connections that its cards use; never with secrets.
    pub connections: Vec<PackConnection>,
    /// Its tables, without rows.
    pub tables: Vec<PackTable>,
    /// Its flows.
    pub flows: Vec<PackFlow>,
    /// What only Okta's designer needs, of the pack as a whole.
    pub skeleton: Json,
    /// What could not be understood or was put right.
    pub problems: Vec<PackProblem>,
    /// Number of cards in all flows, hidden ones and those in inline bodies too.
    pub cards: usize,
}

/// A folder of flows and tables.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackFolder {
    /// Its id in the pack.
    pub id: String,
    /// The folder it lies in, if that is in the pack.
    pub parent: Option<String>,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
}

/// A connection that cards use, to be mapped to one that exists here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackConnection {
    /// Its id in the pack.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The connector, for instance `okta`.
    pub module: String,
    /// Number of cards that use it.
    pub cards: usize,
}

/// A table: its columns, no rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackTable {
    /// Its id in the pack.
    pub id: String,
    /// The folder it lies in, if that is in the pack.
    pub folder: Option<String>,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Its columns in order.
    pub columns: Vec<Column>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What its cells hold.
    pub base: Base,
    /// Okta's code for that: `str`, `dec`, `dte`, `bln`.
    pub code: String,
    /// What a new row starts with, as text.
    pub default: Option<String>,
}

/// A flow of a pack.
#[derive(Clone, Debug, PartialEq)]
pub struct PackFlow {
    /// The folder it lies in, if that is in the pack.
    pub folder: Option<String>,
    /// The document.
    pub flow: Flow,
    /// What only Okta's designer needs. Kept beside the flow; never needed to run or show it.
    pub skeleton: Json,
    /// Number of cards as Okta stores them: hidden ones and those in inline bodies too.
    pub cards: usize,
}

/// Something in a pack that could not be understood or was put right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackProblem {
    /// The flow, where it is about one.
    pub flow: Option<String>,
    /// The card, where it is about one.
    pub card: Option<String>,
    /// A stable word for programs.
    pub code: String,
    /// What it is, for people.
    pub message: String,
}

/// Why a pack cannot be read or written at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PackError {
    /// Larger than [`crate::MAX_BYTES`].
    #[error("The file is larger than {limit} MB; export fewer flows at once.")]
    TooLarge {
        /// The limit in MB.
        limit: usize,
    },
    /// Not JSON, or cut off.
    #[error("The file is not JSON (line {line}, column {column}: {reason}). Export it again.")]
    NotJson {
        /// Where.
        line: usize,
        /// Where in the line.
        column: usize,
        /// What the parser says.
        reason: String,
    },
    /// JSON, but not a pack.
    #[error("The file is not a flow pack: its type is {found}, expected \"flopack\".")]
    NotAPack {
        /// The type it has.
        found: String,
    },
    /// A part that every pack has is missing or not what it should be.
    #[error("The pack has no {part}. Export it again.")]
    Missing {
        /// Which part.
        part: &'static str,
    },
    /// Cards inside cards deeper than a flow may be.
    #[error("The flow {flow:?} nests its cards deeper than {limit} levels.")]
    TooDeep {
        /// The flow.
        flow: String,
        /// The limit.
        limit: usize,
    },
    /// JSON that nests so deep that it is not read to its end.
    #[error(
        "The file nests its values deeper than 128 levels, as some 14 inline bodies inside each other do. Move inner bodies \
         into helper flows, then export it again."
    )]
    TooNested,
    /// More fields on one side of a card than a card may have.
    #[error("A card of the flow {flow:?} has more than {limit} inputs or outputs.")]
    TooManyFields {
        /// The flow.
        flow: String,
        /// The limit.
        limit: usize,
    },
    /// More cards in one row than a flow may have.
    #[error("The flow {flow:?} has more than {limit} cards in one body.")]
    TooManyCards {
        /// The flow.
        flow: String,
        /// The limit.
        limit: usize,
    },
}

/// Gives out new ids, for cards whose id is taken.
pub trait NewIds {
    /// Returns an id that was never given out before.
    fn id(&mut self) -> String;
}

/// What to write into a pack: borrowed, so that it can come from an [`Imported`] or from the store.
#[derive(Clone, Debug, Default)]
pub struct PackView<'a> {
    /// Version of the format; the newest known where absent.
    pub version: Option<&'a str>,
    /// When it is written, as RFC 3339 text.
    pub created: Option<&'a str>,
    /// Folders.
    pub folders: &'a [PackFolder],
    /// Connections that the flows' cards use.
    pub connections: &'a [PackConnection],
    /// Tables.
    pub tables: &'a [PackTable],
    /// Flows.
    pub flows: Vec<FlowView<'a>>,
    /// The pack's skeleton from its import.
    pub skeleton: Option<&'a Json>,
}

/// A flow to write into a pack.
#[derive(Clone, Copy, Debug)]
pub struct FlowView<'a> {
    /// The folder it lies in.
    pub folder: Option<&'a str>,
    /// The document.
    pub flow: &'a Flow,
    /// Its skeleton from its import, if it was imported.
    pub skeleton: Option<&'a Json>,
}

impl Imported {
    /// Returns what to write to get this pack again.
    pub fn view(&self) -> PackView<'_> {
        PackView {
            version: Some(&self.version),
            created: self.created.as_deref(),
            folders: &self.folders,
            connections: &self.connections,
            tables: &self.tables,
            flows: self.flows.iter().map(PackFlow::view).collect(),
            skeleton: Some(&self.skeleton),
        }
    }
}

impl PackFlow {
    /// Returns what to write to get this flow again.
    pub fn view(&self) -> FlowView<'_> {
        FlowView {
            folder: self.folder.as_deref(),
            flow: &self.flow,
            skeleton: Some(&self.skeleton),
        }
    }
}
