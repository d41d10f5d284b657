//! The way of a link: straight, through an expander for a value inside an object, through wormholes into inline bodies.

use std::collections::HashMap;

use flow::{Base, Fit, OutputRef, Type};
use serde_json::{Value as Json, json};

use super::writer::{Link, Writer};
use crate::bones::{Hint, Wire};
use crate::raw::{self, put};
use crate::{field, method, types};

type Pin = (String, String);

impl Writer<'_> {
    /// Writes all links as wires.
    pub(super) fn route_links(&mut self) {
        let mut hints: HashMap<(usize, &Pin), Vec<&Hint>> = HashMap::new();
        let bones: Vec<_> = self.scopes.iter().map(|scope| scope.bones).collect();
        for (at, bones) in bones.into_iter().enumerate() {
            for hint in bones.iter().flat_map(|bones| &bones.hints) {
                hints.entry((at, &hint.to)).or_default().push(hint);
            }
        }
        for link in std::mem::take(&mut self.links) {
            let to = (link.card.clone(), link.pin.clone());
            let sight = &self.scopes[link.scope].sight;
            let mut known = hints.get(&(link.scope, &to)).into_iter().flatten();
            let sound = self.scopes[link.scope].unmoved || self.in_sight(&link.source, &link.place);
            let hint = known.find(|hint| sound && sight.get(&hint.from) == Some(&link.source));
            let from = match hint {
                Some(hint) => Some(hint.from.clone()),
                None => self.new_way(&link),
            };
            if let Some(from) = from {
                let transform = self.transform(&link, &from, hint);
                self.scopes[link.scope].wires.push(Wire {
                    from,
                    to,
                    transform,
                });
            }
        }
    }

    /// A value that is not in sight has no way: the field stays unlinked, as a pack cannot say it.
    fn new_way(&mut self, link: &Link) -> Option<Pin> {
        if !self.in_sight(&link.source, &link.place) {
            return None;
        }
        self.scopes[link.scope].changed = true;
        let target = self.pin_type(link.scope, &link.card, "inputs", &link.pin);
        self.way(link.scope, &link.source, &target)
    }

    fn way(&mut self, scope: usize, source: &OutputRef, target: &Type) -> Option<Pin> {
        if let Some(way) = self.scopes[scope]
            .ways
            .get(source)
            .and_then(|ways| ways.first())
        {
            return Some(way.clone());
        }
        if !source.path.is_empty() {
            let whole = OutputRef {
                path: Vec::new(),
                ..source.clone()
            };
            let from = self.way(scope, &whole, &Type::one(Base::Object))?;
            return Some(self.expand(scope, &from, source, target));
        }
        let (outer, host) = self.scopes[scope].host.clone()?;
        self.scopes[outer].changed = true;
        let from = self.way(outer, source, target)?;
        self.tunnel(scope, (outer, &host), from, source)
    }

    /// Picks a value out of an object: with the expander of that object, or a new one behind the object's card.
    fn expand(&mut self, scope: usize, from: &Pin, source: &OutputRef, target: &Type) -> Pin {
        let known = self.scopes[scope]
            .wires
            .iter()
            .find(|wire| wire.from == *from && self.is_expander(scope, &wire.to.0));
        let uuid = known.map(|wire| wire.to.0.clone());
        let uuid = uuid.unwrap_or_else(|| self.new_expander(scope, from));
        let mut ty = self.type_of(source);
        if ty.base == Base::Any {
            ty = target.clone();
        }
        let ids = [self.mint.short(), self.mint.short(), self.mint.short()];
        let mark = json!({"path": source.path, "srcMethodId": from.0, "srcOutputId": from.1});
        let mut key = field::new_output(&ids[0], Some(&ids[2]), "key", 0);
        field::fill(&mut key, &Type::list_of(Base::Text));
        put(&mut key, &["value", "data"], json!(source.path));
        put(&mut key, &["metadata"], mark.clone());
        let mut value = field::new_output(&ids[1], Some(&ids[2]), "value", 0);
        field::fill(&mut value, &ty);
        put(&mut value, &["metadata"], mark);
        if let Some(card) = self.scopes[scope].cards.get_mut(&uuid) {
            let pins = method::pins_mut(&mut card.raw, "outputs");
            pins.insert(ids[0].clone(), key);
            pins.insert(ids[1].clone(), value);
        }
        self.scopes[scope].see(&uuid, &ids[1], source.clone());
        (uuid, ids[1].clone())
    }

    fn is_expander(&self, scope: usize, uuid: &str) -> bool {
        self.scopes[scope]
            .hidden
            .iter()
            .any(|(_, hidden)| hidden == uuid)
    }

    fn new_expander(&mut self, scope: usize, from: &Pin) -> String {
        let card = flow::CardKey::new("object", "expand");
        let uuid = self.free_uuid(scope, "");
        let mut raw = self.fresh(&card, &uuid);
        put(&mut raw, &["node", "model", "displayed"], false);
        put(&mut raw, &["node", "data", "name"], from.0.as_str());
        put(
            &mut raw,
            &["node", "model", "metadata", "name"],
            from.0.as_str(),
        );
        let input = self.mint.short();
        let ty = self.pin_type(scope, &from.0, "outputs", &from.1);
        let mut pin = field::new_input(&input, None, "object", 0);
        field::fill(&mut pin, &ty);
        put(&mut pin, &["value", "data"], types::nothing(&ty));
        put(&mut pin, &["required"], true);
        put(
            &mut pin,
            &["metadata"],
            json!({"srcMethodId": from.0, "srcOutputId": from.1}),
        );
        method::pins_mut(&mut raw, "inputs").insert(input.clone(), pin);
        self.put_card(scope, &uuid, raw);
        let wire = Wire {
            from: from.clone(),
            to: (uuid.clone(), input),
            transform: Json::Null,
        };
        self.scopes[scope].wires.push(wire);
        self.scopes[scope]
            .hidden
            .push((from.0.clone(), uuid.clone()));
        uuid
    }

    /// Leads a value into an inline body.
    fn tunnel(
        &mut self,
        scope: usize,
        (outer, host): (usize, &str),
        from: Pin,
        source: &OutputRef,
    ) -> Option<Pin> {
        let start = self.scopes[scope].start.clone();
        let value = self.scopes[outer].cards.get(&from.0)?.raw["node"]["model"]["outputs"]["data"]
            [&from.1]["value"]
            .clone();
        let ids = [
            self.mint.short(),
            self.mint.short(),
            self.mint.short(),
            self.mint.short(),
        ];
        let [key, outside, inside, end] = ids;
        let card = self.scopes[outer].cards.get_mut(host)?;
        let pin = field::new_wormhole(&outside, &key, &value, &start);
        method::pins_mut(&mut card.raw, "inputs").insert(outside.clone(), pin);
        let card = self.scopes[scope].cards.get_mut(&start)?;
        for (side, id) in [("inputs", &inside), ("outputs", &end)] {
            let pin = field::new_wormhole(id, &key, &value, host);
            method::pins_mut(&mut card.raw, side).insert(id.clone(), pin);
        }
        let wire = Wire {
            from,
            to: (host.to_owned(), outside),
            transform: Json::Null,
        };
        self.scopes[outer].wires.push(wire);
        self.scopes[scope].see(&start, &end, source.clone());
        Some((start, end))
    }

    /// Returns the converter of a link: its own, or the one that the types at its ends ask for.
    fn transform(&self, link: &Link, from: &Pin, hint: Option<&&Hint>) -> Json {
        if let Some(kept) = hint
            .map(|hint| &hint.transform)
            .filter(|kept| !kept.is_null())
            && types::read_convert(kept).unwrap_or_default() == link.convert
        {
            return kept.clone();
        }
        if link.convert.is_some() {
            return types::write_convert(link.convert, &from.1);
        }
        let source = self.pin_type(link.scope, &from.0, "outputs", &from.1);
        let target = self.pin_type(link.scope, &link.card, "inputs", &link.pin);
        let convert = match flow::fit(&source, &target) {
            Fit::Convert(convert) => Some(convert),
            Fit::Same | Fit::Refused => None,
        };
        types::write_convert(convert, &from.1)
    }

    fn pin_type(&self, scope: usize, uuid: &str, side: &str, pin: &str) -> Type {
        let card = self.scopes[scope].cards.get(uuid);
        let pins = card.map(|card| &card.raw["node"]["model"][side]["data"]);
        pins.map_or(Type::one(Base::Any), |pins| {
            types::read(&pins[pin]["value"])
        })
    }
}

/// Writes a wire into the card where it starts.
pub(super) fn write_wire(raw: &mut Json, wire: &Wire) {
    let targets = raw::object_at(raw, &["pins", &wire.from.1]);
    let list = targets
        .entry(wire.to.0.clone())
        .or_insert_with(|| json!([]));
    if let Json::Array(list) = list {
        list.push(json!({"input": wire.to.1, "transform": wire.transform}));
    }
}
