//! If/Else: what its two bodies give, read from the join where they meet.

use std::collections::HashMap;

use flow::{Binding, Input, Step};
use serde_json::Value as Json;

use super::fields::sorted;
use super::flows::Reader;
use super::scope::Scope;
use crate::bones::CardBones;
use crate::raw::{self, entries, items, text};
use crate::{field, method};

impl Reader<'_> {
    /// Gives each If/Else the outputs of its join and its lanes what they give to them.
    pub(super) fn join_forks(
        &mut self,
        scope: &Scope<'_>,
        steps: &mut HashMap<usize, Step>,
        bones: &mut [Option<CardBones>],
    ) {
        for at in 0..scope.layout.forks.len() {
            let fork = scope.layout.forks[at].clone();
            let (Some(join), Some(step)) = (fork.join, steps.get_mut(&fork.card)) else {
                continue;
            };
            let Some(bones) = bones.get_mut(join).and_then(Option::as_mut) else {
                continue;
            };
            self.join(scope, at, join, step, &mut bones.raw);
        }
    }

    fn join(
        &mut self,
        scope: &Scope<'_>,
        fork: usize,
        join: usize,
        step: &mut Step,
        bones: &mut Json,
    ) {
        let card = &scope.cards[join];
        let pins = |side: &str| &card.raw["node"]["model"][side]["data"];
        for id in sorted(card.raw, "outputs") {
            let output = field::read_output(&pins("outputs")[id.as_str()]);
            if step.outputs.iter().any(|known| known.key == output.key) {
                self.problem(
                    Some(&card.uuid),
                    "duplicate_field",
                    format!(
                        "The branches give {} twice; the first one counts.",
                        output.key
                    ),
                );
                continue;
            }
            let Some(source) = input_of(card.raw, &id) else {
                continue;
            };
            let pin = &pins("inputs")[source.as_str()];
            let typed = field::constant(&pin["value"]["data"], true);
            let bindings = [0, 1].map(|side| self.given_by(scope, (fork, side), join, &source));
            let mut read = field::read_input(pin, true);
            let typed_counts = bindings.iter().any(Option::is_none);
            for (lane, binding) in step.lanes.iter_mut().zip(bindings.clone()) {
                lane.yields.push(Input {
                    key: output.key.clone(),
                    binding: binding.unwrap_or_else(|| typed.clone()),
                    ..read.clone()
                });
            }
            if let (false, [Some(first), _]) = (typed_counts, bindings) {
                read.binding = first;
            }
            if let Some(pin) = method::pins_mut(bones, "inputs").get_mut(&source) {
                field::strip_input(pin, &read);
            }
            if let Some(pin) = method::pins_mut(bones, "outputs").get_mut(&id) {
                field::strip_output(pin, &output);
            }
            step.outputs.push(output);
        }
    }

    fn given_by(
        &mut self,
        scope: &Scope<'_>,
        (fork, side): (usize, usize),
        join: usize,
        pin: &str,
    ) -> Option<Binding> {
        let wires = scope.incoming.get(&(join, pin))?;
        let wire = wires
            .iter()
            .find(|wire| scope.stands_in(wire.card, fork, side))?;
        self.link(scope, &scope.cards[join].uuid, wire)
    }
}

/// Returns the input of a join that an output passes on.
pub(crate) fn input_of(join: &Json, output: &str) -> Option<String> {
    let linked = entries(&join["joins"]).find(|(_, list)| {
        items(list)
            .iter()
            .any(|link| text(link, "output") == output)
    });
    if let Some((input, _)) = linked
        && raw::pins(join, "inputs").any(|(id, _)| id == input)
    {
        return Some(input.to_owned());
    }
    let key = raw::field_key(&join["node"]["model"]["outputs"]["data"][output]);
    raw::pins(join, "inputs")
        .find(|(_, pin)| raw::field_key(pin) == key)
        .map(|(id, _)| id.to_owned())
}
