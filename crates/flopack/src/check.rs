//! Checking a pack before it is imported: what is in it, which cards are supported, and whether it survives a round trip.

use std::collections::BTreeMap;

use flow::CardKey;
use serde::Serialize;
use serde_json::Value as Json;

use crate::pack::{NewIds, PackError, PackProblem};
use crate::raw::{self, items, text};

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Where the pack is; filled in by the caller.
    pub pack: String,
    /// Version of the format.
    pub version: String,
    /// Number of flows.
    pub flows: usize,
    /// Number of cards, hidden ones and those in inline bodies too.
    pub cards: usize,
    /// How many of them can run here.
    pub supported: usize,
    /// The others.
    pub unsupported: Vec<Unsupported>,
    /// Import and export give the same pack.
    pub round_trip: bool,
    /// What could not be understood or was put right.
    pub problems: Vec<PackProblem>,
}

/// A card that cannot run here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unsupported {
    /// The card, as `module:method`.
    pub address: String,
    /// How often it is in the pack.
    pub count: usize,
}

/// Checks a pack. Cards that do nothing by themselves (notes, branch heads, joins, expanders) are always supported.
pub fn check(text: &[u8], supported: &dyn Fn(&CardKey) -> bool) -> Result<Report, PackError> {
    let original = crate::import::parse(text)?;
    let pack = crate::import(text, &mut Numbers(0))?;
    let mut counts = BTreeMap::new();
    for (_, flow) in raw::entries(&original["data"]["flos"]) {
        count(&flow["data"], &mut counts);
    }
    let exported = crate::export(&pack.view())?;
    let mut unsupported: Vec<Unsupported> = counts
        .iter()
        .filter(|(card, _)| !(is_folded(card) || supported(card)))
        .map(|(card, count)| Unsupported {
            address: card.to_string(),
            count: *count,
        })
        .collect();
    unsupported.sort_by_key(|card| std::cmp::Reverse(card.count));
    let missing: usize = unsupported.iter().map(|card| card.count).sum();
    Ok(Report {
        pack: String::new(),
        version: pack.version,
        flows: pack.flows.len(),
        cards: pack.cards,
        supported: pack.cards.saturating_sub(missing),
        unsupported,
        round_trip: crate::same(&original, &exported).is_empty(),
        problems: pack.problems,
    })
}

/// Cards that become part of the document, or say something to its reader only.
fn is_folded(card: &CardKey) -> bool {
    matches!(
        card.as_str(),
        "control:comment" | "control:join" | "control:noop" | "object:expand"
    )
}

fn count(body: &Json, counts: &mut BTreeMap<CardKey, usize>) {
    for method in items(&body["methods"]) {
        if let Some(card) = raw::card_key(text(method, "address")) {
            *counts.entry(card).or_insert(0) += 1;
        }
        let inner = raw::pins(method, "inputs").map(|(_, pin)| &pin["value"]["data"]);
        let handler = &method["node"]["model"]["policy"]["error"]["flo"];
        for body in inner.chain([handler]).filter(|body| raw::is_body(body)) {
            count(body, counts);
        }
    }
}

struct Numbers(usize);

impl NewIds for Numbers {
    fn id(&mut self) -> String {
        self.0 += 1;
        format!("copy{}", self.0)
    }
}
