//! The skeleton of a flow: raw cards of which everything that the document carries is stripped.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// The skeleton of a flow.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct FlowBones {
    /// The entry of the flow in the pack, without its cards.
    pub(crate) flow: Json,
    /// Its cards.
    pub(crate) scope: ScopeBones,
}

/// The skeleton of one list of cards.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct ScopeBones {
    /// An inline body without its cards; null for a flow's own scope.
    #[serde(default)]
    pub(crate) rest: Json,
    /// The cards, as they stood in the file.
    #[serde(default)]
    pub(crate) cards: Vec<CardBones>,
    /// Which output pin fed which input pin, in the order of the file: chooses between ways to the same value.
    #[serde(default)]
    pub(crate) hints: Vec<Hint>,
    /// Wires between parts that the document does not show.
    #[serde(default)]
    pub(crate) plumbing: Vec<Wire>,
    /// All cards in the order in which they run. Orderings beyond those of a plain row hold while this order holds.
    #[serde(default)]
    pub(crate) line: Vec<String>,
    /// Orderings that a plain row does not have.
    #[serde(default)]
    pub(crate) extra: Vec<(String, String)>,
    /// Orderings of a plain row that are not there.
    #[serde(default)]
    pub(crate) missing: Vec<(String, String)>,
}

/// The skeleton of one card.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct CardBones {
    /// What it is in the document.
    pub(crate) role: Role,
    /// The card, stripped.
    pub(crate) raw: Json,
    /// Its inline bodies by lane, in the order of the lanes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) bodies: Vec<(String, ScopeBones)>,
}

/// What a raw card is in the document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Role {
    /// The card of this id.
    Step(String),
    /// Hidden: picks values out of an object.
    Expand,
    /// Hidden: begins the true or the false body of an If/Else.
    Head(String, bool),
    /// Hidden: where the bodies of an If/Else meet.
    Join(String),
    /// Hidden: begins an inline body.
    Start,
    /// Hidden: ends an inline body.
    Return,
    /// Hidden: the loop around the body of an event.
    Wrapper,
}

/// A wire, by pins.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Hint {
    /// Card and pin where it ends.
    pub(crate) to: (String, String),
    /// Card and pin where it starts.
    pub(crate) from: (String, String),
    /// The converter as in the pack, where it is written in an unusual way.
    #[serde(default, skip_serializing_if = "Json::is_null")]
    pub(crate) transform: Json,
}

/// A wire with its converter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Wire {
    /// Where it starts.
    pub(crate) from: (String, String),
    /// Where it ends.
    pub(crate) to: (String, String),
    /// Its converter as in the pack.
    #[serde(default, skip_serializing_if = "Json::is_null")]
    pub(crate) transform: Json,
}

impl CardBones {
    /// Returns the id of the card in its scope.
    pub(crate) fn uuid(&self) -> &str {
        crate::raw::text(&self.raw, "uuid")
    }
}
