//! Templates: flows and folders that come with the server, ready to be installed and changed. Texts are in both languages,
//! so that a page can change its language without asking again.

use std::collections::BTreeMap;

use flow::{ConnectionId, FlowKind, FolderId, TableId};
use serde::{Deserialize, Serialize};

/// A text in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// English.
    pub en: String,
    /// Japanese.
    pub ja: String,
}

/// A template in the gallery.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TemplateRow {
    /// Stable name, which the address of its page ends with.
    pub id: String,
    /// Name.
    pub title: Said,
    /// What it does, in a sentence.
    pub summary: Said,
    /// What it is good for, as words that the page translates.
    pub tags: Vec<String>,
    /// Modules of the connections that it needs.
    pub connectors: Vec<String>,
    /// How its flows are started, in their order.
    pub kinds: Vec<FlowKind>,
    /// Number of tables that it brings.
    pub tables: usize,
    /// Its first flow, drawn.
    pub picture: Picture,
}

/// A template with everything that its page shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TemplateView {
    /// What the gallery shows.
    pub row: TemplateRow,
    /// What it does and why it is built so.
    pub overview: Said,
    /// What has to be there before.
    pub needs: Vec<Said>,
    /// What to do after it is installed.
    pub steps: Vec<Said>,
    /// What it asks for when it is installed.
    pub asks: Vec<TemplateAsk>,
    /// Its flows.
    pub flows: Vec<TemplateFlow>,
    /// Its tables: name and columns.
    pub tables: Vec<(Said, Vec<String>)>,
    /// OAuth scopes that its cards need.
    pub scopes: Vec<String>,
}

/// A value that a template asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateAsk {
    /// Its key.
    pub key: String,
    /// What it is called.
    pub label: Said,
    /// What it may look like.
    pub example: String,
}

/// A flow of a template.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TemplateFlow {
    /// Name.
    pub name: Said,
    /// What it does.
    pub description: Said,
    /// How it is started.
    pub kind: FlowKind,
    /// The flow, drawn.
    pub picture: Picture,
}

/// A flow as plates: computed by the same layout as the canvas, in its pixels.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Picture {
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
    /// Cards.
    pub plates: Vec<Plate>,
    /// Frames of containers and lanes: x, y, width, height, nesting from 1.
    pub frames: Vec<(f64, f64, f64, f64, usize)>,
    /// Pieces of the lines between cards: from x, y to x, y.
    pub lines: Vec<(f64, f64, f64, f64)>,
}

/// A card of a picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Plate {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Its family, as the style calls it.
    pub family: String,
    /// Its icon.
    pub icon: String,
    /// What it is called.
    pub title: Said,
    /// Its number; notes have none.
    pub number: Option<usize>,
}

/// Installs a template.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InstallTemplate {
    /// Language of names, notes and texts: `en` or `ja`; English where absent.
    #[serde(default)]
    pub language: String,
    /// The folder in which its own folder is made; at the top where absent.
    #[serde(default)]
    pub folder: Option<FolderId>,
    /// The connection for the cards of each module; cards of the others stay without one.
    #[serde(default)]
    pub connections: BTreeMap<String, ConnectionId>,
    /// What it asks for, by key; what is absent stays empty.
    #[serde(default)]
    pub answers: BTreeMap<String, String>,
}

/// What an installation made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstalledTemplate {
    /// The folder that was made.
    pub folder: FolderId,
    /// Its flows, all off.
    pub flows: Vec<crate::ImportedFlow>,
    /// Its tables.
    pub tables: Vec<(TableId, String)>,
}
