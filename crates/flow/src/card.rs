//! What a card is: the owned description that checker, canvas, help and import share. The catalogue itself lives in
//! the crate `cards` and reaches the browser as data.

mod guide;
mod org;

use std::fmt;
use std::sync::Arc;

use indexmap::IndexMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value as Json;

use crate::document::Binding;
use crate::document::{FieldKey, Input, Lane, LaneId, Output, Step};
use crate::id::StepId;
use crate::scopes::PathScopes;
use crate::types::Type;

pub use guide::Guide;
pub use org::{Entered, Lookup, Schema, SchemaFields};

/// Names a card: module and method as in Okta's packs, written `module:method`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CardKey {
    text: Arc<str>,
    colon: usize,
}

impl CardKey {
    /// Returns the key of `method` in `module`.
    pub fn new(module: &str, method: &str) -> Self {
        Self {
            text: Arc::from(format!("{module}:{method}")),
            colon: module.len(),
        }
    }

    /// Reads `module:method`.
    pub fn parse(text: &str) -> Option<Self> {
        let (module, method) = text.split_once(':')?;
        if module.is_empty() || method.is_empty() {
            None
        } else {
            Some(Self::new(module, method))
        }
    }

    /// Returns the module, for instance `okta`.
    pub fn module(&self) -> &str {
        self.text.get(..self.colon).unwrap_or_default()
    }

    /// Returns the method, for instance `readUser`.
    pub fn method(&self) -> &str {
        self.text.get(self.colon + 1..).unwrap_or_default()
    }

    /// Returns `module:method`.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Tells whether this is `method` of `module`.
    pub fn is(&self, module: &str, method: &str) -> bool {
        self.module() == module && self.method() == method
    }
}

impl fmt::Display for CardKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Serialize for CardKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for CardKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text)
            .ok_or_else(|| serde::de::Error::custom(format!("{text} is not module:method")))
    }
}

/// What a card is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardKind {
    /// Starts a flow.
    Event,
    /// Calls a connected service.
    Action,
    /// Computes.
    Function,
    /// Decides which cards run and how.
    Control,
}

/// Where a value comes from, as a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are those of the style tokens")]
pub enum Family {
    Event,
    Okta,
    Logic,
    Text,
    Data,
    List,
    Table,
    Http,
    Time,
    Note,
}

impl Family {
    /// Returns the name of the style token.
    pub fn token(self) -> &'static str {
        match self {
            Self::Event => "event",
            Self::Okta => "okta",
            Self::Logic => "logic",
            Self::Text => "text",
            Self::Data => "data",
            Self::List => "list",
            Self::Table => "table",
            Self::Http => "http",
            Self::Time => "time",
            Self::Note => "note",
        }
    }
}

/// What a card is called, what it takes and gives, in one language.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CardSpec {
    /// Its key.
    pub key: CardKey,
    /// What it is for.
    pub kind: CardKind,
    /// Its colour.
    pub family: Family,
    /// Name of its icon in the sprite.
    pub icon: String,
    /// Name in the language of the catalogue.
    pub name: String,
    /// Name in English; in an English catalogue the same as `name`.
    pub name_en: String,
    /// Name in Japanese, for the search in both languages.
    pub name_ja: String,
    /// One or more sentences.
    pub help: String,
    /// Heading in the palette, in the language of the catalogue: the app for events and actions, else a category.
    pub category: String,
    /// Input fields and options.
    pub inputs: Vec<FieldSpec>,
    /// Output fields.
    pub outputs: Vec<FieldSpec>,
    /// Which fields a user may add.
    pub extensible: Extensible,
    /// Inputs that follow from the profile schemas of the org.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub schema_inputs: Vec<SchemaFields>,
    /// Outputs that follow from the profile schemas of the org.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub schema_outputs: Vec<SchemaFields>,
    /// The rows of a container.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lanes: Vec<LaneSpec>,
    /// Module of the connection it needs, for instance `okta`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connector: Option<String>,
    /// It works without a connection too.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub goes_without: bool,
    /// OAuth scopes that its calls need.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scopes: Vec<String>,
    /// OAuth scopes that it can do without, but works better with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub optional_scopes: Vec<String>,
    /// Scopes that depend on the path that the author writes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path_scopes: Option<PathScopes>,
    /// Shown in the palette.
    pub listed: bool,
    /// Examples that hold (they run as tests).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<Example>,
    /// How people find it and learn it.
    #[serde(default, skip_serializing_if = "Guide::is_empty")]
    pub guide: Guide,
}

/// Which fields a user may add to a card.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Extensible {
    /// None.
    #[default]
    No,
    /// Inputs.
    Inputs,
    /// Outputs.
    Outputs,
    /// Inputs, and outputs that have nothing to do with them (Pause).
    Both,
    /// Inputs that are outputs at once (Assign, Return, the helper flow's start).
    Mirrored,
}

/// A field of a card in the catalogue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FieldSpec {
    /// Group and key.
    pub key: FieldKey,
    /// What it is called.
    pub label: String,
    /// What it holds.
    #[serde(rename = "type")]
    pub ty: Type,
    /// Must be filled.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    /// Decided while designing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub option: bool,
    /// Values to choose from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
    /// Where choices or further fields come from at design time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lookup: Option<Lookup>,
    /// For an option that may be left to the run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entered: Option<Entered>,
    /// On the card when it is added; other fields are found in "Choose fields".
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub shown: bool,
    /// The value it starts with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<Json>,
}

/// A value to choose and what it is called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The value, as stored in the flow.
    pub value: String,
    /// What it is called.
    pub label: String,
}

/// A row of a container in the catalogue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LaneSpec {
    /// Its id.
    pub id: LaneId,
    /// What it is called.
    pub label: String,
    /// Its condition.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inputs: Vec<FieldSpec>,
}

/// An example of a card: what goes in and what comes out, as plain JSON.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Example {
    /// Inputs by key.
    pub inputs: IndexMap<String, Json>,
    /// The outputs, or the error's code.
    pub result: Json,
}

/// All cards of one language.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Vec<CardSpec>", into = "Vec<CardSpec>")]
pub struct Catalogue {
    cards: IndexMap<CardKey, CardSpec>,
}

impl Catalogue {
    /// Returns the card of this key.
    pub fn card(&self, key: &CardKey) -> Option<&CardSpec> {
        self.cards.get(key)
    }

    /// Returns all cards in the order of the palette.
    pub fn cards(&self) -> impl Iterator<Item = &CardSpec> {
        self.cards.values()
    }
}

impl From<Vec<CardSpec>> for Catalogue {
    fn from(cards: Vec<CardSpec>) -> Self {
        Self {
            cards: cards
                .into_iter()
                .map(|card| (card.key.clone(), card))
                .collect(),
        }
    }
}

impl From<Catalogue> for Vec<CardSpec> {
    fn from(catalogue: Catalogue) -> Self {
        catalogue.cards.into_values().collect()
    }
}

impl CardSpec {
    /// Returns this card as a step of a flow, with the fields that are shown at first.
    pub fn step(&self, id: StepId) -> Step {
        Step {
            id,
            card: if self.key.is("control", "scheduled") {
                // Packs have one card for both; the flow's schedule makes the difference.
                CardKey::new("control", "callable")
            } else {
                self.key.clone()
            },
            title: None,
            note: None,
            connection: None,
            inputs: self
                .inputs
                .iter()
                .filter(|field| field.is_at_first())
                .map(FieldSpec::input)
                .collect(),
            outputs: self
                .outputs
                .iter()
                .filter(|field| field.is_at_first())
                .map(FieldSpec::output)
                .collect(),
            lanes: self.lanes.iter().map(LaneSpec::lane).collect(),
            on_error: crate::document::OnError::default(),
            collapsed: false,
        }
    }
}

impl FieldSpec {
    fn is_at_first(&self) -> bool {
        self.shown || self.required || self.option
    }

    /// Returns this field as an input of a card in a flow.
    pub fn input(&self) -> Input {
        Input {
            label: self.label.clone(),
            required: self.required,
            option: self.option,
            choices: self
                .choices
                .iter()
                .map(|choice| choice.value.clone())
                .collect(),
            binding: match &self.default {
                Some(value) => Binding::Constant {
                    value: value.clone(),
                },
                None => Binding::Empty,
            },
            ..Input::new(self.key.clone(), self.ty.clone())
        }
    }

    /// Returns this field as an output of a card in a flow.
    pub fn output(&self) -> Output {
        Output {
            label: self.label.clone(),
            ..Output::new(self.key.clone(), self.ty.clone())
        }
    }
}

impl LaneSpec {
    fn lane(&self) -> Lane {
        Lane {
            id: self.id.clone(),
            inputs: self.inputs.iter().map(FieldSpec::input).collect(),
            steps: Vec::new(),
            yields: Vec::new(),
        }
    }
}
