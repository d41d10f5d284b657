//! The form of a template's file.

use std::collections::BTreeMap;

use api::{Said, TemplateAsk};
use flow::{Access, Base};
use serde::Deserialize;
use serde_json::Value as Json;

/// A template.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Template {
    pub(crate) id: String,
    pub(crate) title: Said,
    pub(crate) summary: Said,
    pub(crate) overview: Said,
    pub(crate) tags: Vec<String>,
    pub(crate) needs: Vec<Said>,
    pub(crate) steps: Vec<Said>,
    #[serde(default)]
    pub(crate) asks: Vec<TemplateAsk>,
    #[serde(default)]
    pub(crate) tables: Vec<Table>,
    pub(crate) flows: Vec<Document>,
}

/// A table that it brings.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Table {
    pub(crate) key: String,
    pub(crate) name: Said,
    pub(crate) columns: Vec<Column>,
}

/// A column of it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Column {
    pub(crate) name: String,
    #[serde(rename = "type")]
    pub(crate) base: Base,
}

/// A flow.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Document {
    pub(crate) key: String,
    pub(crate) name: Said,
    pub(crate) description: Said,
    #[serde(default)]
    pub(crate) access: Option<Access>,
    #[serde(default)]
    pub(crate) schedule: Option<Cron>,
    pub(crate) cards: Vec<Card>,
}

/// When it runs, in UTC; a field that is absent is `*`, seconds are 0.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Cron {
    pub(crate) minutes: String,
    pub(crate) hours: String,
    #[serde(default)]
    pub(crate) day_of_week: Option<String>,
}

/// A card: its fields by `Group/Key`, or `Key` where it has no group.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Card {
    pub(crate) id: String,
    pub(crate) card: String,
    /// What goes into its fields; see `expand`.
    #[serde(default)]
    pub(crate) set: BTreeMap<String, Json>,
    /// What it hands to its helper flow.
    #[serde(default)]
    pub(crate) args: BTreeMap<String, Json>,
    /// Fields of a card that starts a flow.
    #[serde(default, rename = "in")]
    pub(crate) starts: Vec<Start>,
    /// Outputs that follow from a table.
    #[serde(default)]
    pub(crate) out: Vec<String>,
    /// The rows of a container.
    #[serde(default)]
    pub(crate) lanes: BTreeMap<String, Vec<Card>>,
}

/// A field of a card that starts a flow.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Start {
    pub(crate) key: String,
    #[serde(rename = "type")]
    pub(crate) base: Base,
    #[serde(default)]
    pub(crate) required: bool,
}
