//! The fields of a card that is written.

use std::collections::HashSet;

use flow::{Base, Binding, FieldKey, Input, Output, OutputRef, Part, Step, StepId, Type};
use serde_json::Value as Json;

use super::prepare::has_own_text;
use super::writer::{Link, Place, Writer};
use crate::bones::CardBones;
use crate::raw::{self, put, text};
use crate::{field, method, types};

impl<'a> Writer<'a> {
    /// Begins a card: its skeleton, or a new one. Returns its id and what it is so far.
    pub(super) fn begin(
        &mut self,
        scope: usize,
        step: &Step,
    ) -> (String, Json, Option<&'a CardBones>) {
        let known = self
            .known
            .get(step.id.as_str())
            .map(|(card, _)| *card)
            .filter(|card| raw::card_key(text(&card.raw, "address")).as_ref() == Some(&step.card));
        let wanted = known.map_or(step.id.as_str(), CardBones::uuid);
        let uuid = self.free_uuid(scope, wanted);
        let mut raw = match known {
            Some(card) => card.raw.clone(),
            None => {
                self.scopes[scope].changed = true;
                self.fresh(&step.card, &uuid)
            }
        };
        put(&mut raw, &["uuid"], uuid.as_str());
        method::fill(&mut raw, step);
        (uuid, raw, known)
    }

    /// Returns a card that was in no pack.
    pub(super) fn fresh(&self, card: &flow::CardKey, uuid: &str) -> Json {
        let own = method::parents(card);
        let known = self.parents.get(card.module());
        method::fresh(card, uuid, known.unwrap_or(&own))
    }

    /// Writes inputs and outputs of a card of the document and notes its links and values.
    pub(super) fn fields(&mut self, at: (usize, &str), raw: &mut Json, step: &Step, place: &Place) {
        let (mut inputs, mut outputs) = (step.inputs.clone(), step.outputs.clone());
        if has_own_text(&step.card) {
            unfold_template(raw, &mut inputs, self);
        }
        self.settle(raw, &mut inputs);
        if method::is_mirrored(&step.card) {
            mirror(&mut inputs, &mut outputs);
        }
        self.fill_inputs(at, raw, &inputs, place);
        let values = self.fill_outputs(raw, &outputs);
        for (key, pin) in values {
            self.see(at, &pin, &step.id, key);
        }
    }

    /// Notes which value an output pin is.
    pub(super) fn see(
        &mut self,
        (scope, uuid): (usize, &str),
        pin: &str,
        step: &StepId,
        field: FieldKey,
    ) {
        let value = OutputRef {
            step: step.clone(),
            field,
            path: Vec::new(),
        };
        self.scopes[scope].see(uuid, pin, value);
    }

    /// Gives inputs that take any value the type of what they take: a pack knows no such type.
    pub(super) fn settle(&self, raw: &Json, inputs: &mut [Input]) {
        for input in inputs.iter_mut().filter(|input| input.ty.base == Base::Any) {
            let kept = raw::pins(raw, "inputs")
                .find(|(_, pin)| field::is_stripped(pin) && raw::field_key(pin) == input.key)
                .is_some_and(|(_, pin)| field::keeps_type(pin));
            if !kept {
                input.ty = self.settled(&input.binding, &input.ty);
            }
        }
    }

    fn settled(&self, binding: &Binding, ty: &Type) -> Type {
        let found = match binding {
            Binding::Constant { value } => types::of_constant(value),
            Binding::Output { source, convert } => types::after(*convert, self.type_of(source)),
            _ => ty.clone(),
        };
        if found.base == Base::Any {
            return Type {
                list: ty.list || found.list,
                ..Type::one(Base::Text)
            };
        }
        found
    }

    /// Writes inputs into their pins, makes the missing ones, drops those that are no longer there, and notes the links.
    pub(super) fn fill_inputs(
        &mut self,
        (scope, uuid): (usize, &str),
        raw: &mut Json,
        inputs: &[Input],
        place: &Place,
    ) -> Vec<String> {
        let proxied =
            raw::card_key(text(raw, "address")).is_some_and(|card| method::is_proxied(&card));
        let mut ids = Vec::new();
        for input in inputs {
            let known = raw::pins(raw, "inputs")
                .find(|(_, pin)| {
                    field::is_stripped(pin)
                        && field::is_arg(pin) == input.arg
                        && raw::field_key(pin) == input.key
                })
                .map(|(id, _)| id.to_owned());
            let id = known.unwrap_or_else(|| {
                let id = self.mint.short();
                let pin =
                    field::new_input(&id, input.key.group.as_deref(), &input.key.key, usize::MAX);
                method::pins_mut(raw, "inputs").insert(id.clone(), pin);
                id
            });
            if let Some(pin) = method::pins_mut(raw, "inputs").get_mut(&id) {
                field::fill_input(pin, input, &input.ty, proxied);
            }
            if let Binding::Output { source, convert } = &input.binding {
                self.links.push(Link {
                    scope,
                    card: uuid.to_owned(),
                    pin: id.clone(),
                    source: source.clone(),
                    convert: *convert,
                    place: place.clone(),
                });
            }
            ids.push(id);
        }
        finish(raw, "inputs", &ids);
        ids
    }

    /// Writes outputs into their pins; returns the pins by field.
    pub(super) fn fill_outputs(
        &mut self,
        raw: &mut Json,
        outputs: &[Output],
    ) -> Vec<(FieldKey, String)> {
        let mut ids = Vec::new();
        for output in outputs {
            let known = raw::pins(raw, "outputs")
                .find(|(_, pin)| field::is_stripped(pin) && raw::field_key(pin) == output.key)
                .map(|(id, _)| id.to_owned());
            let id = known.unwrap_or_else(|| {
                let id = self.mint.short();
                let pin = field::new_output(
                    &id,
                    output.key.group.as_deref(),
                    &output.key.key,
                    usize::MAX,
                );
                method::pins_mut(raw, "outputs").insert(id.clone(), pin);
                id
            });
            if let Some(pin) = method::pins_mut(raw, "outputs").get_mut(&id) {
                field::fill_output(pin, output, &output.ty);
            }
            ids.push(id);
        }
        finish(raw, "outputs", &ids);
        outputs
            .iter()
            .map(|output| output.key.clone())
            .zip(ids)
            .collect()
    }
}

/// Drops pins whose field is gone and puts the places right where fields came or moved.
fn finish(raw: &mut Json, side: &str, ids: &[String]) {
    let pins = method::pins_mut(raw, side);
    pins.retain(|_, pin| !field::is_stripped(pin));
    let new = |pin: &Json| pin["metadata"]["index"] == usize::MAX;
    let places: Vec<u64> = ids
        .iter()
        .filter_map(|id| pins.get(id))
        .filter_map(|pin| pin["metadata"]["index"].as_u64())
        .collect();
    let moved = places.windows(2).any(|pair| pair[0] > pair[1]);
    let added = ids.iter().filter_map(|id| pins.get(id)).any(new);
    if !moved && !added {
        return;
    }
    for (position, id) in ids.iter().enumerate() {
        if let Some(pin) = pins.get_mut(id) {
            put(pin, &["metadata", "index"], position);
        }
    }
}

/// Inputs and outputs of a mirrored card have the same fields of the same types.
fn mirror(inputs: &mut Vec<Input>, outputs: &mut Vec<Output>) {
    for output in outputs.iter_mut() {
        match inputs.iter().find(|input| input.key == output.key) {
            Some(input) => output.ty = input.ty.clone(),
            None => inputs.push(Input {
                label: output.label.clone(),
                custom: output.custom,
                hidden: output.hidden,
                ..Input::new(output.key.clone(), concrete(&output.ty))
            }),
        }
    }
    for input in inputs.iter() {
        if !outputs.iter().any(|output| output.key == input.key) {
            outputs.push(Output {
                label: input.label.clone(),
                custom: input.custom,
                hidden: input.hidden,
                ..Output::new(input.key.clone(), input.ty.clone())
            });
        }
    }
    for output in outputs.iter_mut() {
        output.ty = concrete(&output.ty);
    }
}

fn concrete(ty: &Type) -> Type {
    if ty.base == Base::Any {
        return Type {
            list: ty.list,
            ..Type::one(Base::Text)
        };
    }
    ty.clone()
}

/// Writes the text of a Compose or Formula card with placeholders, and an input for each.
fn unfold_template(raw: &Json, inputs: &mut Vec<Input>, writer: &Writer<'_>) {
    let at = inputs.iter().position(|input| input.key.key == "_text_");
    let Some(at) = at else {
        return;
    };
    let Binding::Template { parts } = inputs[at].binding.clone() else {
        return;
    };
    let mut whole = String::new();
    let mut holders = Vec::new();
    let mut seen = HashSet::new();
    for part in &parts {
        match part {
            Part::Text { text } => whole.push_str(text),
            Part::Value { name, binding } => {
                whole.push_str(&format!("{{{{{{{name}}}}}}}"));
                if seen.insert(name.clone()) {
                    holders.push(placeholder(raw, name, binding, writer));
                }
            }
        }
    }
    let place = |input: &Input| {
        let mut known =
            raw::pins(raw, "inputs").filter(|(_, pin)| raw::field_key(pin) == input.key);
        known
            .next()
            .and_then(|(_, pin)| pin["metadata"]["index"].as_u64())
    };
    holders.sort_by_key(|input| place(input).unwrap_or(u64::MAX));
    inputs.extend(holders);
    inputs[at].binding = Binding::constant(whole);
}

/// Returns the input of a placeholder: as it was in the pack, while it holds a value of the same type.
fn placeholder(raw: &Json, name: &str, binding: &Binding, writer: &Writer<'_>) -> Input {
    let known = raw::pins(raw, "inputs")
        .filter(|(_, pin)| pin["key"] == name)
        .find_map(|(_, pin)| field::kept_field(pin));
    let mut input =
        known.unwrap_or_else(|| Input::new(FieldKey::plain(name), Type::one(Base::Any)));
    input.binding = match binding {
        Binding::Template { .. } | Binding::Item { .. } => Binding::Empty,
        plain => plain.clone(),
    };
    if let Binding::Output { source, convert } = &input.binding {
        let from = types::after(*convert, writer.type_of(source));
        let differs = (from.base, from.list) != (input.ty.base, input.ty.list);
        if from.base != Base::Any && differs && (convert.is_none() || input.ty.base == Base::Any) {
            input.ty = from;
        }
    }
    input
}
