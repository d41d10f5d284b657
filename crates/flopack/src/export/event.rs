//! An event flow: Okta delivers events in lists, so its cards stand in the inline body of a loop behind the event card.

use flow::{Base, FieldKey, Flow, Input, Output, Step, Type};
use serde_json::{Value as Json, json};

use super::writer::Writer;
use crate::bones::{CardBones, Role, ScopeBones, Wire};
use crate::raw::{self, put};
use crate::rows::Item;
use crate::{field, method, types};

impl<'a> Writer<'a> {
    /// Tells whether the flow is written with a loop around its cards.
    pub(super) fn is_wrapped(&self, flow: &Flow, bones: &ScopeBones) -> bool {
        let Some(first) = flow.steps.first() else {
            return false;
        };
        let was_wrapped = bones.cards.iter().any(|card| card.role == Role::Wrapper);
        match self.known.get(first.id.as_str()) {
            Some(_) => was_wrapped,
            None => flow.kind() == flow::FlowKind::Event && first.card.module().starts_with("okta"),
        }
    }

    /// Writes event card, loop and body.
    pub(super) fn event_flow(&mut self, flow: &Flow, bones: Option<&'a ScopeBones>) {
        let top = self.add_scope(None, bones);
        let Some((event, rest)) = flow.steps.split_first() else {
            return;
        };
        let (uuid, mut raw, known) = self.begin(top, event);
        let inputs = Step {
            outputs: Vec::new(),
            ..event.clone()
        };
        self.fields((top, &uuid), &mut raw, &inputs, &Vec::new());
        if known.is_none() {
            for part in ["webhook", "webhookList"] {
                put(&mut raw, &["node", "model", part], true);
            }
        }
        let collection = self.batch(&mut raw, &event.outputs);
        let wrapper =
            bones.and_then(|bones| bones.cards.iter().find(|card| card.role == Role::Wrapper));
        let (looping, list, slot) = self.wrapper(
            top,
            wrapper,
            &raw["node"]["model"]["outputs"]["data"][collection.as_str()],
        );
        self.put_card(top, &uuid, raw);
        self.scopes[top].start.clone_from(&uuid);
        self.scopes[top].row = vec![Item::plain(uuid.clone()), Item::plain(looping.clone())];
        let wire = Wire {
            from: (uuid, collection),
            to: (looping.clone(), list),
            transform: Json::Null,
        };
        self.scopes[top].wires.push(wire);
        let body = wrapper
            .and_then(|card| card.bodies.first())
            .map(|(_, body)| body);
        let inner = self.event_body((top, &looping), event, rest, body);
        if let Some(card) = self.scopes[top].cards.get_mut(&looping) {
            let path = ["node", "model", "inputs", "data", &slot, "value", "data"];
            card.bodies.push((path.map(str::to_owned).to_vec(), inner));
        }
    }

    fn event_body(
        &mut self,
        (top, looping): (usize, &str),
        event: &Step,
        rest: &[Step],
        bones: Option<&'a ScopeBones>,
    ) -> usize {
        let inner = self.add_scope(Some((top, looping.to_owned())), bones);
        let known =
            bones.and_then(|bones| bones.cards.iter().find(|card| card.role == Role::Start));
        let wanted = known.map_or("", CardBones::uuid);
        let start = self.free_uuid(inner, wanted);
        let mut raw = known.map_or_else(
            || self.fresh(&flow::CardKey::new("control", "callable"), &start),
            |card| card.raw.clone(),
        );
        if known.is_none() {
            let title = event
                .title
                .clone()
                .unwrap_or_else(|| event.card.method().to_owned());
            put(&mut raw, &["node", "data", "name"], title.as_str());
            put(&mut raw, &["node", "model", "metadata", "name"], title);
        }
        put(&mut raw, &["uuid"], start.as_str());
        let outputs: Vec<Output> = event
            .outputs
            .iter()
            .map(|output| Output {
                ty: concrete(&output.ty),
                ..output.clone()
            })
            .collect();
        for (key, pin) in self.fill_outputs(&mut raw, &outputs) {
            self.see((inner, &start), &pin, &event.id, key);
        }
        let inputs: Vec<Input> = outputs
            .iter()
            .map(|output| mirrored_input(&raw, output))
            .collect();
        self.fill_inputs((inner, &start), &mut raw, &inputs, &Vec::new());
        self.put_card(inner, &start, raw);
        self.scopes[inner].start.clone_from(&start);
        let mut row = vec![Item::plain(start)];
        row.extend(self.row(inner, rest));
        self.scopes[inner].row = row;
        inner
    }

    /// Gives the event card its list of events, and the list the fields of the event. Returns the pin.
    fn batch(&mut self, raw: &mut Json, fields: &[Output]) -> String {
        let named = |raw: &Json, key: &str| {
            let mut pins = raw::pins(raw, "outputs").filter(|(_, pin)| pin["key"] == key);
            pins.next().map(|(id, _)| id.to_owned())
        };
        if named(raw, "execution_id").is_none() {
            let id = self.mint.short();
            let mut pin = field::new_output(&id, Some("context"), "execution_id", 0);
            field::fill(&mut pin, &Type::one(Base::Text));
            method::pins_mut(raw, "outputs").insert(id, pin);
        }
        let id = named(raw, "collection").unwrap_or_else(|| {
            let id = self.mint.short();
            let mut pin = field::new_output(&id, None, "collection", 1);
            field::fill(&mut pin, &Type::list_of(Base::Object));
            method::pins_mut(raw, "outputs").insert(id.clone(), pin);
            id
        });
        let path = ["node", "model", "outputs", "data", &id, "value", "type"];
        for output in fields {
            let Some(group) = output
                .key
                .group
                .as_deref()
                .filter(|group| *group != "context")
            else {
                continue;
            };
            let groups = crate::raw::object_at(raw, &path);
            let entry = groups
                .entry(group)
                .or_insert_with(|| json!({"type": {}, "collection": false}));
            let keys = crate::raw::object_at(entry, &["type"]);
            let ty = concrete(&output.ty);
            keys.entry(output.key.key.clone())
                .or_insert_with(|| json!({"type": types::write(&ty), "collection": ty.list}));
        }
        id
    }

    /// Puts the loop; returns it, its list and the slot of its body.
    fn wrapper(
        &mut self,
        scope: usize,
        known: Option<&CardBones>,
        events: &Json,
    ) -> (String, String, String) {
        let uuid = self.free_uuid(scope, known.map_or("", CardBones::uuid));
        let mut raw = known.map_or_else(
            || self.fresh(&flow::CardKey::new("list", "asyncEach"), &uuid),
            |card| card.raw.clone(),
        );
        if known.is_none() {
            let name = raw["node"]["model"]["metadata"]["name"].clone();
            put(&mut raw, &["node", "data", "name"], name);
        }
        put(&mut raw, &["uuid"], uuid.as_str());
        let mut pin = |key: &str, index: usize, ty: &Type| {
            let known = raw::pins(&raw, "inputs")
                .find(|(_, pin)| pin["key"] == key)
                .map(|(id, _)| id.to_owned());
            known.unwrap_or_else(|| {
                let id = self.mint.short();
                let mut pin = field::new_input(&id, None, key, index);
                field::fill(&mut pin, ty);
                put(&mut pin, &["value", "data"], Json::Null);
                put(&mut pin, &["required"], true);
                if key == "list" {
                    put(
                        &mut pin,
                        &["value", "type"],
                        events["value"]["type"].clone(),
                    );
                }
                method::pins_mut(&mut raw, "inputs").insert(id.clone(), pin);
                id
            })
        };
        let list = pin("list", 0, &Type::list_of(Base::Object));
        let slot = pin("flo", 1, &Type::one(Base::Flow));
        self.put_card(scope, &uuid, raw);
        (uuid, list, slot)
    }
}

/// A pack knows no field of any type.
fn concrete(ty: &Type) -> Type {
    match ty.base {
        Base::Any => Type {
            list: ty.list,
            ..Type::one(Base::Text)
        },
        _ => ty.clone(),
    }
}

fn mirrored_input(raw: &Json, output: &Output) -> Input {
    let known = raw::pins(raw, "inputs")
        .find(|(_, pin)| field::is_stripped(pin) && raw::field_key(pin) == output.key)
        .and_then(|(_, pin)| field::kept_field(pin));
    Input {
        ty: output.ty.clone(),
        ..known.unwrap_or_else(|| Input {
            label: output.label.clone(),
            custom: output.custom,
            hidden: output.hidden,
            ..Input::new(FieldKey::clone(&output.key), output.ty.clone())
        })
    }
}
