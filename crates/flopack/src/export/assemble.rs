//! From cards, wires and rows to the JSON of a list of cards.

use std::collections::{BTreeSet, HashSet};

use serde_json::{Map, Value as Json, json};

use super::route::write_wire;
use super::writer::{Scope, Writer};
use crate::bones::{Role, ScopeBones};
use crate::raw::{is_kernel, put, text};
use crate::rows::{self, Row};

impl Writer<'_> {
    /// Puts the inline bodies into their cards, innermost first, and returns cards and orderings of the flow.
    pub(super) fn assemble(&mut self, group: &str) -> (Vec<Json>, Json) {
        for at in (1..self.scopes.len()).rev() {
            let (methods, orderings) = self.close(at);
            let scope = &self.scopes[at];
            let mut body = scope
                .bones
                .map(|bones| bones.rest.clone())
                .unwrap_or_default();
            if body.is_null() {
                let id = self.mint.uuid();
                body = new_body(&id, group);
            }
            if body["display"]["preview"].is_array() {
                put(&mut body, &["display", "preview"], preview(&methods));
            }
            put(&mut body, &["methods"], methods);
            put(&mut body, &["orderings"], orderings);
            let Some((outer, host)) = self.scopes[at].host.clone() else {
                continue;
            };
            if let Some(card) = self.scopes[outer].cards.get_mut(&host) {
                let slots: Vec<_> = card
                    .bodies
                    .iter()
                    .filter(|(_, inner)| *inner == at)
                    .cloned()
                    .collect();
                for (path, _) in slots {
                    let path: Vec<&str> = path.iter().map(String::as_str).collect();
                    put(&mut card.raw, &path, body.clone());
                }
            }
        }
        self.close(0)
    }

    /// Finishes the cards of a scope.
    fn close(&mut self, at: usize) -> (Vec<Json>, Json) {
        let edges = edges(&self.scopes[at]);
        let mut orderings = Map::new();
        for (from, to) in edges {
            orderings.insert(self.mint.short(), json!([from, to]));
        }
        let scope = &mut self.scopes[at];
        for wire in std::mem::take(&mut scope.wires) {
            if let Some(card) = scope.cards.get_mut(&wire.from.0) {
                write_wire(&mut card.raw, &wire);
            }
        }
        let mut methods = Vec::new();
        let known = scope.bones.iter().flat_map(|bones| &bones.cards);
        for uuid in known.map(crate::bones::CardBones::uuid) {
            if let Some(card) = scope.cards.shift_remove(uuid) {
                methods.push(card.raw);
            }
        }
        methods.extend(
            std::mem::take(&mut scope.cards)
                .into_values()
                .map(|card| card.raw),
        );
        (methods, Json::Object(orderings))
    }
}

/// Returns the orderings: those of the pack while nothing moved, else those of a plain row with what of the pack's still
/// fits.
fn edges(scope: &Scope<'_>) -> Vec<(String, String)> {
    let mut row = scope.row.clone();
    let stays = scope
        .bones
        .filter(|bones| !scope.changed && is_line(scope, bones));
    for (before, uuid) in &scope.hidden {
        let source = scope
            .wires
            .iter()
            .find(|wire| wire.to.0 == *uuid)
            .map(|wire| wire.from.0.as_str());
        let before = if stays.is_some() {
            before
        } else {
            source.unwrap_or(before)
        };
        rows::insert_after(&mut row, before, uuid);
    }
    let plain = rows::edges(&row);
    match (stays, scope.bones) {
        (Some(bones), _) => {
            let missing: HashSet<&(String, String)> = bones.missing.iter().collect();
            let kept = plain.into_iter().filter(|edge| !missing.contains(edge));
            kept.chain(bones.extra.iter().cloned()).collect()
        }
        (None, Some(bones)) => with_extras(&row, plain, bones),
        (None, None) => plain,
    }
}

/// Tells whether the cards stand in the order of the pack, hidden ones aside.
pub(super) fn is_line(scope: &Scope<'_>, bones: &ScopeBones) -> bool {
    let expanders: HashSet<&str> = bones
        .cards
        .iter()
        .filter(|card| card.role == Role::Expand)
        .map(crate::bones::CardBones::uuid)
        .collect();
    let line: Vec<&str> = bones
        .line
        .iter()
        .map(String::as_str)
        .filter(|uuid| !expanders.contains(uuid))
        .collect();
    line == rows::flatten(&scope.row)
}

fn with_extras(
    row: &Row,
    plain: Vec<(String, String)>,
    bones: &ScopeBones,
) -> Vec<(String, String)> {
    let places = rows::places(row);
    let fits = |(from, to): &&(String, String)| {
        matches!(
            (places.get(from.as_str()), places.get(to.as_str())),
            (Some((row, at)), Some((other, later))) if row == other && at < later
        )
    };
    let known: BTreeSet<&(String, String)> = plain.iter().collect();
    let extras: Vec<(String, String)> = bones
        .extra
        .iter()
        .filter(fits)
        .filter(|edge| !known.contains(edge))
        .cloned()
        .collect();
    plain.into_iter().chain(extras).collect()
}

/// Returns what the designer shows of a flow in lists.
pub(super) fn preview(methods: &[Json]) -> Json {
    methods
        .iter()
        .map(|method| {
            json!({
                "module": method["parents"]["channel"]["key"],
                "name": method["node"]["key"],
                "kernel": is_kernel(text(method, "address")),
            })
        })
        .collect()
}

fn new_body(id: &str, group: &str) -> Json {
    json!({
        "id": id, "uuid": id, "tree": {"id": 2, "name": "empty"}, "model": {},
        "security_level": null, "log": false, "inheritLog": false, "group": group,
        "templateName": null, "connector_method_meta": {"inputs": {}, "outputs": {}, "options": {}},
        "monitor_flo": false,
    })
}
