//! The hidden cards and pins of a skeleton: those whose source is still there come back.

use std::collections::{HashMap, HashSet};

use flow::OutputRef;
use serde_json::Value as Json;

use super::assemble::is_line;
use super::writer::Writer;
use crate::bones::{Role, Wire};
use crate::raw::{self, items, text};
use crate::{bones::ScopeBones, method};

impl Writer<'_> {
    /// Brings back wormholes and expanders, from the outer scopes to the inner ones.
    pub(super) fn restore(&mut self) {
        for scope in &mut self.scopes {
            scope.unmoved = scope.bones.is_some_and(|bones| is_line(scope, bones));
        }
        for scope in 0..self.scopes.len() {
            self.wormholes(scope);
            if let Some(bones) = self.scopes[scope].bones {
                self.expanders(scope, bones);
                self.other_wires(scope, bones);
            }
        }
        for scope in 0..self.scopes.len() {
            self.drop_lost_wormholes(scope);
        }
    }

    /// What enters an inline body: each hidden input of the host whose source is there gives a hidden output of the start.
    fn wormholes(&mut self, scope: usize) {
        let Some((outer, host)) = self.scopes[scope].host.clone() else {
            return;
        };
        let start = self.scopes[scope].start.clone();
        let Some(card) = self.scopes[outer].cards.get(&host) else {
            return;
        };
        let Some(bones) = self.scopes[outer].bones else {
            return;
        };
        let mut found = Vec::new();
        for (pin, input) in raw::pins(&card.raw, "inputs") {
            if input["metadata"]["wormholeMethodId"].as_str() != Some(&start) {
                continue;
            }
            let wire = bones
                .plumbing
                .iter()
                .find(|wire| wire.to.0 == host && wire.to.1 == pin);
            let seen = wire.and_then(|wire| self.scopes[outer].sight.get(&wire.from));
            let place = self.scopes[outer].places.get(&host);
            let in_time = |seen: &OutputRef| place.is_none_or(|place| self.in_sight(seen, place));
            if let (Some(wire), Some(seen)) = (wire, seen)
                && (self.scopes[outer].unmoved || in_time(seen))
            {
                found.push((text(input, "key").to_owned(), wire.clone(), seen.clone()));
            }
        }
        for (key, wire, seen) in found {
            if let Some(pin) = self.tunnel_end(scope, &start, &key) {
                self.scopes[scope].see(&start, &pin, seen);
                self.scopes[outer].wires.push(wire);
            }
        }
    }

    /// Returns the hidden output of an inline start that has this key.
    fn tunnel_end(&self, scope: usize, start: &str, key: &str) -> Option<String> {
        let card = self.scopes[scope].cards.get(start)?;
        let mut pins = raw::pins(&card.raw, "outputs").filter(|(_, pin)| {
            pin["key"] == key && pin["metadata"]["wormholeMethodId"].is_string()
        });
        pins.next().map(|(id, _)| id.to_owned())
    }

    fn drop_lost_wormholes(&mut self, scope: usize) {
        let starts: HashSet<String> = self
            .scopes
            .iter()
            .filter(|inner| {
                inner
                    .host
                    .as_ref()
                    .is_some_and(|(outer, _)| *outer == scope)
            })
            .map(|inner| inner.start.clone())
            .collect();
        let fed: HashSet<(String, String)> = self.scopes[scope]
            .wires
            .iter()
            .map(|wire| wire.to.clone())
            .collect();
        let mut kept: HashSet<(String, String)> = HashSet::new();
        for (uuid, card) in &mut self.scopes[scope].cards {
            if card.bodies.is_empty() {
                continue;
            }
            method::pins_mut(&mut card.raw, "inputs").retain(|id, pin| {
                let Some(start) = pin["metadata"]["wormholeMethodId"].as_str() else {
                    return true;
                };
                let stays = starts.contains(start) && fed.contains(&(uuid.clone(), id.clone()));
                if stays {
                    kept.insert((start.to_owned(), text(pin, "key").to_owned()));
                }
                stays
            });
        }
        for inner in &mut self.scopes {
            if inner.host.as_ref().is_none_or(|(outer, _)| *outer != scope) {
                continue;
            }
            let start = inner.start.clone();
            if let Some(card) = inner.cards.get_mut(&start) {
                for side in ["inputs", "outputs"] {
                    method::pins_mut(&mut card.raw, side).retain(|_, pin| {
                        !pin["metadata"]["wormholeMethodId"].is_string()
                            || kept.contains(&(start.clone(), text(pin, "key").to_owned()))
                    });
                }
            }
        }
    }

    fn expanders(&mut self, scope: usize, bones: &ScopeBones) {
        let mut before = "";
        let mut known = HashMap::new();
        for card in bones.cards.iter().filter(|card| card.role == Role::Expand) {
            known.entry(card.uuid()).or_insert(card);
        }
        let mut wires = HashMap::new();
        for wire in &bones.plumbing {
            wires.entry(wire.to.0.as_str()).or_insert(wire);
        }
        for uuid in &bones.line {
            let Some(card) = known.get(uuid.as_str()).copied() else {
                before = uuid;
                continue;
            };
            let wire = wires.get(uuid.as_str()).copied();
            let seen = wire.and_then(|wire| self.scopes[scope].sight.get(&wire.from).cloned());
            let (Some(wire), Some(seen)) = (wire, seen) else {
                self.scopes[scope].changed = true;
                continue;
            };
            if self.scopes[scope].cards.contains_key(uuid) {
                self.scopes[scope].changed = true;
                continue;
            }
            for (pin, path) in paths(&card.raw) {
                let mut value = OutputRef {
                    path: seen.path.clone(),
                    ..seen.clone()
                };
                value.path.extend(path);
                self.scopes[scope].see(uuid, &pin, value);
            }
            self.put_card(scope, uuid, card.raw.clone());
            self.scopes[scope].wires.push(wire.clone());
            self.scopes[scope]
                .hidden
                .push((before.to_owned(), uuid.clone()));
            before = uuid;
        }
    }

    /// Wires into pins that the document does not show, where both ends are there.
    fn other_wires(&mut self, scope: usize, bones: &ScopeBones) {
        let here = &self.scopes[scope];
        let has = |(uuid, pin): &(String, String), side: &str| {
            here.cards
                .get(uuid)
                .is_some_and(|card| card.raw["node"]["model"][side]["data"][pin].is_object())
        };
        let is_new = |wire: &&Wire| !here.wires.iter().any(|known| known.to == wire.to);
        let tunnel = |wire: &&Wire| {
            let pin = &here.cards[&wire.to.0].raw["node"]["model"]["inputs"]["data"][&wire.to.1];
            pin["metadata"]["wormholeMethodId"].is_string()
        };
        let wires: Vec<Wire> = bones
            .plumbing
            .iter()
            .filter(is_new)
            .filter(|wire| has(&wire.from, "outputs") && has(&wire.to, "inputs"))
            .filter(|wire| !tunnel(wire))
            .cloned()
            .collect();
        self.scopes[scope].wires.extend(wires);
    }
}

/// Returns the paths that an expander picks, by output pin.
fn paths(raw: &Json) -> Vec<(String, Vec<String>)> {
    let mut found = Vec::new();
    for (pin, value) in raw::pins(raw, "outputs").filter(|(_, pin)| pin["key"] == "value") {
        let keys = raw::pins(raw, "outputs")
            .find(|(_, other)| other["key"] == "key" && other["group"] == value["group"])
            .map(|(_, other)| items(&other["value"]["data"]))
            .unwrap_or_default();
        let path = keys.iter().map(|key| match key {
            Json::String(text) => text.clone(),
            other => other.to_string(),
        });
        found.push((pin.to_owned(), path.collect()));
    }
    found
}
