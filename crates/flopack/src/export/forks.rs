//! If/Else: its bodies stand in its own scope, each behind a hidden head, and meet in a join that passes on what they give.

use flow::{Base, Binding, CardKey, FieldKey, Input, Lane, Output, Step, Type};
use serde_json::{Value as Json, json};

use super::writer::{Link, Place, Writer, lane_name};
use crate::bones::{CardBones, Role};
use crate::import::input_of;
use crate::raw::{self, put};
use crate::rows::Bodies;
use crate::{field, method};

impl<'a> Writer<'a> {
    /// A new If/Else has its own output, which the document does not show.
    pub(super) fn own_result(&mut self, raw: &mut Json) {
        let id = self.mint.short();
        let mut pin = field::new_output(&id, None, "result", 0);
        field::fill(&mut pin, &Type::one(Base::Boolean));
        method::pins_mut(raw, "outputs").insert(id, pin);
    }

    /// Finds the hidden card of a role that belongs to a known card.
    fn part(&self, step: &Step, is_part: &dyn Fn(&Role, &str) -> bool) -> Option<&'a CardBones> {
        let (card, scope) = self.known.get(step.id.as_str())?;
        scope
            .cards
            .iter()
            .find(|part| is_part(&part.role, card.uuid()))
    }

    /// Writes the bodies of an If/Else into its own scope.
    pub(super) fn fork(&mut self, scope: usize, uuid: &str, step: &Step) -> Bodies {
        let noop = CardKey::new("control", "noop");
        let heads = [true, false].map(|side| {
            let known = self.part(step, &|role, of| *role == Role::Head(of.to_owned(), side));
            let (head, mut raw) = self.put_part(scope, known, &noop);
            put(&mut raw, &["node", "model", "displayed"], false);
            self.put_card(scope, &head, raw);
            head
        });
        let rows = ["true", "false"].map(|side| {
            let lane = step.lanes.iter().find(|lane| lane.id.as_str() == side);
            self.row(
                scope,
                lane.map(|lane| lane.steps.as_slice()).unwrap_or_default(),
            )
        });
        let branches = json!({heads[0].as_str(): true, heads[1].as_str(): false});
        if let Some(card) = self.scopes[scope].cards.get_mut(uuid) {
            put(&mut card.raw, &["branches"], branches);
        }
        let join = self.join(scope, step);
        let [yes, no] = heads;
        let [when_true, when_false] = rows;
        Bodies {
            sides: [(yes, when_true), (no, when_false)],
            join,
        }
    }

    fn join(&mut self, scope: usize, step: &Step) -> String {
        let known = self.part(step, &|role, of| *role == Role::Join(of.to_owned()));
        let (uuid, mut raw) = self.put_part(scope, known, &CardKey::new("control", "join"));
        let mut joined: Vec<Output> = step
            .outputs
            .iter()
            .filter(|output| !is_own(step, output))
            .cloned()
            .collect();
        let mut inputs = Vec::new();
        for output in &mut joined {
            let yields: Vec<(&Lane, &Input)> = step
                .lanes
                .iter()
                .filter_map(|lane| {
                    Some((
                        lane,
                        lane.yields.iter().find(|input| input.key == output.key)?,
                    ))
                })
                .collect();
            let mut input = yields.first().map_or_else(
                || Input::new(output.key.clone(), output.ty.clone()),
                |(_, input)| (*input).clone(),
            );
            let typed = |binding: &Binding| !matches!(binding, Binding::Output { .. });
            let constant = yields
                .iter()
                .map(|(_, input)| &input.binding)
                .filter(|binding| typed(binding));
            let constant = constant
                .max_by_key(|binding| **binding != Binding::Empty)
                .cloned();
            if yields.len() < step.lanes.len() || yields.is_empty() {
                input.binding = constant.unwrap_or_default();
            } else if let Some(constant) = constant {
                input.binding = constant;
            }
            let known = raw::pins(&raw, "outputs")
                .find(|(_, pin)| field::is_stripped(pin) && raw::field_key(pin) == output.key)
                .and_then(|(id, _)| input_of(&raw, id));
            if let Some(pin) = known
                .as_ref()
                .map(|id| &raw["node"]["model"]["inputs"]["data"][id.as_str()])
            {
                input.key = raw::field_key(pin);
            }
            let mut settled = [input];
            self.settle(&raw, &mut settled);
            let [input] = settled;
            if output.ty.base == Base::Any {
                output.ty = input.ty.clone();
            }
            inputs.push((input, output.key.clone()));
        }
        self.link_join(scope, (&uuid, &mut raw), step, &inputs, &joined);
        self.put_card(scope, &uuid, raw);
        uuid
    }

    fn link_join(
        &mut self,
        scope: usize,
        (uuid, raw): (&str, &mut Json),
        step: &Step,
        inputs: &[(Input, FieldKey)],
        joined: &[Output],
    ) {
        let plain: Vec<Input> = inputs.iter().map(|(input, _)| input.clone()).collect();
        let before = self.links.len();
        let sources = self.fill_inputs((scope, uuid), raw, &plain, &Place::new());
        self.links.truncate(before);
        let outputs = self.fill_outputs(raw, joined);
        let mut links = json!({});
        for (input, list) in raw::entries(&raw["joins"].clone()) {
            let is_there = raw["node"]["model"]["inputs"]["data"][input].is_object();
            if !is_there && raw::items(list).is_empty() {
                put(&mut links, &[input], list.clone());
            }
        }
        for (source, (field, output)) in sources.iter().zip(outputs) {
            put(
                &mut links,
                &[source],
                json!([{"output": output, "transform": null}]),
            );
            self.see((scope, uuid), &output, &step.id, field.clone());
            let around = self.places.get(&step.id).cloned().unwrap_or_default();
            for lane in &step.lanes {
                let input = lane.yields.iter().find(|input| input.key == field);
                if let Some(Binding::Output {
                    source: value,
                    convert,
                }) = input.map(|input| &input.binding)
                {
                    let mut place = around.clone();
                    place.push((lane_name(&step.id, lane.id.as_str()), usize::MAX));
                    self.links.push(Link {
                        scope,
                        card: uuid.to_owned(),
                        pin: source.clone(),
                        source: value.clone(),
                        convert: *convert,
                        place,
                    });
                }
            }
        }
        put(raw, &["joins"], links);
    }
}

/// An If/Else has an output of its own beside those of its join.
pub(super) fn is_own(step: &Step, output: &Output) -> bool {
    output.key.is("", "result")
        && !step
            .lanes
            .iter()
            .any(|lane| lane.yields.iter().any(|input| input.key == output.key))
}
