//! One card: its fields, its inline bodies, and its skeleton.

use std::collections::{HashMap, HashSet};

use flow::{Binding, Input, Lane, LaneId, Output, OutputRef, Step};
use serde_json::Value as Json;

use super::flows::Reader;
use super::scope::{Body, Entry, Scope};
use super::skeleton::begin_bones;
use super::template::{fold_template, template};
use crate::bones::{CardBones, Role};
use crate::pack::PackError;
use crate::raw::{self, put, text};
use crate::{field, method, types};

/// A card after folding.
pub(super) struct Folded {
    pub(super) step: Option<Step>,
    pub(super) bones: CardBones,
    pub(super) yields: Vec<Input>,
    pub(super) offers: Vec<Output>,
    /// The steps of the body of an event: they stand behind the event card.
    pub(super) behind: Option<Vec<Step>>,
}

impl Reader<'_> {
    /// Folds one card; `depth` counts the containers around what is inside it.
    pub(super) fn card(
        &mut self,
        scope: &Scope<'_>,
        index: usize,
        entry: &Entry<'_>,
        depth: usize,
    ) -> Result<Folded, PackError> {
        let card = &scope.cards[index];
        let mut folded = Folded {
            step: None,
            bones: CardBones {
                role: card.role.clone(),
                raw: begin_bones(card),
                bodies: Vec::new(),
            },
            yields: Vec::new(),
            offers: Vec::new(),
            behind: None,
        };
        match (&card.role, entry) {
            (Role::Step(_), _) => self.step(scope, index, depth, &mut folded)?,
            (Role::Wrapper, _) => self.wrapper(scope, index, depth, &mut folded)?,
            (Role::Return, _) => {
                folded.yields = self.inputs(scope, index, &mut folded.bones.raw).0;
                mirror(&mut folded.bones.raw, "outputs", &|_| true);
            }
            (Role::Start, Entry::Event { .. }) => {
                let is_field = |pin: &Json| pin["metadata"]["wormholeMethodId"].is_null();
                folded.offers = outputs(&mut folded.bones.raw, &is_field);
                mirror(&mut folded.bones.raw, "inputs", &is_field);
            }
            (Role::Start, _) => folded.offers = error_of(card.raw),
            _ => {}
        }
        Ok(folded)
    }

    fn step(
        &mut self,
        scope: &Scope<'_>,
        index: usize,
        depth: usize,
        folded: &mut Folded,
    ) -> Result<(), PackError> {
        let card = &scope.cards[index];
        let raw = &mut folded.bones.raw;
        let mut step = method::read(card.raw, card.key.clone(), card.step.clone());
        let policy = &card.raw["node"]["model"]["policy"]["error"];
        if policy["type"] == "flo" && !policy["flo"].is_string() {
            self.problem(
                Some(&card.uuid),
                "error_flow",
                "The flow to run when this card fails is not named; the flow halts.",
            );
        }
        method::strip(raw, &step);
        let (inputs, cases) = self.inputs(scope, index, raw);
        step.inputs = inputs;
        let is_fork = scope.forks.contains(&index);
        let is_wrapped = scope.is_wrapped;
        step.outputs = outputs(raw, &|pin| {
            !is_wrapped && (!is_fork || scope.used.contains(&(index, text(pin, "id"))))
        });
        if is_fork {
            step.lanes = ["true", "false"].map(|id| lane(id, Vec::new())).into();
        } else if !is_wrapped {
            self.bodies(scope, index, cases, depth, (&mut step, &mut folded.bones))?;
        }
        folded.step = Some(step);
        Ok(())
    }

    /// Reads the inputs of a card; those of the cases of an If/ElseIf come by case.
    fn inputs(
        &mut self,
        scope: &Scope<'_>,
        index: usize,
        raw: &mut Json,
    ) -> (Vec<Input>, Vec<(String, Vec<Input>)>) {
        let card = &scope.cards[index];
        let connector = !raw::is_kernel(text(card.raw, "address"));
        let starts = scope.order.first() == Some(&index);
        let parts = template(scope, index);
        let mut inputs: Vec<Input> = Vec::new();
        let mut cases: Vec<(String, Vec<Input>)> = Vec::new();
        for pin in sorted(card.raw, "inputs") {
            let original = &card.raw["node"]["model"]["inputs"]["data"][pin.as_str()];
            let is_case = card.key.is("control", "branch") && original["group"] != "context";
            if is_case
                && let Some(group) = original["group"].as_str()
                && !cases.iter().any(|(case, _)| case == group)
            {
                cases.push((group.to_owned(), Vec::new()));
            }
            if !is_field(card.key.as_str(), original) {
                continue;
            }
            let mut input = field::read_input(original, connector);
            input.arg = is_argument(card.key.as_str(), original);
            if starts && original["value"]["data"] == types::nothing(&input.ty) {
                input.binding = Binding::Empty;
            }
            if !matches!(input.binding, Binding::Item { .. }) {
                input.binding = self.bind(scope, index, &pin, input.binding);
            }
            let list = match cases
                .iter_mut()
                .find(|(case, _)| is_case && input.key.group.as_ref() == Some(case))
            {
                Some((_, list)) => list,
                None => &mut inputs,
            };
            if self.reports_twin(&card.uuid, list, &input) {
                continue;
            }
            if let Some(stripped) = method::pins_mut(raw, "inputs").get_mut(&pin) {
                field::strip_input(stripped, &input);
                let name = &input.key.key;
                if parts
                    .iter()
                    .flatten()
                    .any(|part| part.as_ref() == Err(name))
                {
                    field::keep_field(stripped, &input);
                }
            }
            list.push(input);
        }
        if let Some(parts) = parts {
            fold_template(&mut inputs, &parts);
        }
        (inputs, cases)
    }

    /// Folds the inline bodies of a card into its lanes.
    fn bodies(
        &mut self,
        scope: &Scope<'_>,
        index: usize,
        cases: Vec<(String, Vec<Input>)>,
        depth: usize,
        (step, bones): (&mut Step, &mut CardBones),
    ) -> Result<(), PackError> {
        let card = &scope.cards[index];
        let tunnels = tunnels(scope, index);
        let returns = matches!(card.key.as_str(), "control:branch" | "control:tryCatch");
        let entry = Entry::Lane {
            step: &card.step,
            tunnels: &tunnels,
            returns,
        };
        for (id, path, conditions) in slots(card.key.as_str(), card.raw, cases) {
            let mut inner = &card.raw["node"]["model"];
            for key in &path {
                inner = &inner[key.as_str()];
            }
            let body = if raw::is_body(inner) {
                self.scope(inner, &entry, depth)?
            } else {
                self.problem(
                    Some(&card.uuid),
                    "no_body",
                    "A branch has no cards in the pack; it is empty now.",
                );
                Body::default()
            };
            let mut whole = vec!["node", "model"];
            whole.extend(path.iter().map(String::as_str));
            put(&mut bones.raw, &whole, Json::Null);
            if id == "error" {
                step.outputs.extend(body.offers);
            }
            step.lanes.push(Lane {
                inputs: conditions,
                steps: body.steps,
                yields: body.yields,
                ..lane(&id, Vec::new())
            });
            bones.bodies.push((id, body.bones));
        }
        Ok(())
    }

    fn wrapper(
        &mut self,
        scope: &Scope<'_>,
        index: usize,
        depth: usize,
        folded: &mut Folded,
    ) -> Result<(), PackError> {
        let card = &scope.cards[index];
        let event = &scope.cards[scope.order[0]].step;
        let inner =
            raw::pins(card.raw, "inputs").find(|(_, pin)| raw::is_body(&pin["value"]["data"]));
        let Some((pin, inner)) = inner else {
            return Ok(());
        };
        let body = self.scope(
            &inner["value"]["data"],
            &Entry::Event { step: event },
            depth,
        )?;
        put(
            &mut folded.bones.raw,
            &["node", "model", "inputs", "data", pin, "value", "data"],
            Json::Null,
        );
        folded.bones.bodies.push(("event".to_owned(), body.bones));
        folded.offers = body.offers;
        folded.behind = Some(body.steps);
        Ok(())
    }
}

fn lane(id: &str, steps: Vec<Step>) -> Lane {
    Lane {
        id: LaneId::new(id),
        inputs: Vec::new(),
        steps,
        yields: Vec::new(),
    }
}

/// Returns the ids of the pins of a side in the order in which they are shown.
pub(super) fn sorted(method: &Json, side: &str) -> Vec<String> {
    let mut pins: Vec<(u64, String)> = raw::pins(method, side)
        .map(|(id, pin)| {
            (
                pin["metadata"]["index"].as_u64().unwrap_or(u64::MAX),
                id.to_owned(),
            )
        })
        .collect();
    pins.sort_by_key(|(index, _)| *index);
    pins.into_iter().map(|(_, id)| id).collect()
}

/// Reads and strips the outputs of a card that `is_field` picks.
pub(super) fn outputs(raw: &mut Json, is_field: &dyn Fn(&Json) -> bool) -> Vec<Output> {
    let mut outputs: Vec<Output> = Vec::new();
    for id in sorted(raw, "outputs") {
        let Some(pin) = method::pins_mut(raw, "outputs").get_mut(&id) else {
            continue;
        };
        let output = field::read_output(pin);
        if is_field(pin) && !outputs.iter().any(|known| known.key == output.key) {
            field::strip_output(pin, &output);
            outputs.push(output);
        }
    }
    outputs
}

/// Strips the side of a mirrored card that the document does not carry.
fn mirror(raw: &mut Json, side: &str, is_field: &dyn Fn(&Json) -> bool) {
    for (_, pin) in method::pins_mut(raw, side) {
        if is_field(pin) {
            let (input, output) = (field::read_input(pin, true), field::read_output(pin));
            match side {
                "inputs" => field::strip_input(pin, &input),
                _ => field::strip_output(pin, &output),
            }
            field::keep_output(pin, &output);
            field::keep_field(pin, &input);
        }
    }
}

/// Tells whether a pin is a field of the document: not a wormhole, not the slot of an inline body.
fn is_field(card: &str, pin: &Json) -> bool {
    let is_slot = match card {
        "control:branch" => pin["key"] == "flo" || pin["key"] == "inputs",
        "control:tryCatch" => pin["key"] == "flo",
        _ => raw::is_body(&pin["value"]["data"]),
    };
    !is_slot && pin["metadata"]["wormholeMethodId"].is_null()
}

/// Tells whether a pin is an argument for a helper flow.
fn is_argument(card: &str, pin: &Json) -> bool {
    let custom = pin["metadata"]["custom"] == true;
    pin["value"]["proxy"].is_object()
        || custom && matches!(card, "control:spawn" | "control:run")
        || custom && pin["group"] == "Streaming"
}

/// Returns lane, place in the model and condition of each inline body.
fn slots(
    card: &str,
    raw: &Json,
    cases: Vec<(String, Vec<Input>)>,
) -> Vec<(String, Vec<String>, Vec<Input>)> {
    let at = |pin: &str| {
        ["inputs", "data", pin, "value", "data"]
            .map(str::to_owned)
            .to_vec()
    };
    let flo = |group: Option<&str>| {
        raw::pins(raw, "inputs")
            .find(|(_, pin)| pin["key"] == "flo" && group.is_none_or(|group| pin["group"] == group))
            .map(|(id, _)| at(id))
            .unwrap_or_default()
    };
    match card {
        "control:branch" => {
            let mut lanes: Vec<_> = cases
                .into_iter()
                .map(|(case, inputs)| (case.clone(), flo(Some(&case)), inputs))
                .collect();
            lanes.sort_by_key(|(case, ..)| case == "else");
            lanes
        }
        "control:tryCatch" => vec![
            ("try".to_owned(), flo(None), Vec::new()),
            (
                "error".to_owned(),
                ["policy", "error", "flo"].map(str::to_owned).to_vec(),
                Vec::new(),
            ),
        ],
        _ => {
            let mut seen = HashSet::new();
            raw::pins(raw, "inputs")
                .filter(|(_, pin)| raw::is_body(&pin["value"]["data"]))
                .filter(|(_, pin)| seen.insert(text(pin, "key").to_owned()))
                .map(|(id, pin)| (text(pin, "key").to_owned(), at(id), Vec::new()))
                .collect()
        }
    }
}

/// Returns the outer values that enter the inline bodies of a card.
fn tunnels(scope: &Scope<'_>, index: usize) -> HashMap<String, OutputRef> {
    raw::pins(scope.cards[index].raw, "inputs")
        .filter(|(_, pin)| pin["metadata"]["wormholeMethodId"].is_string())
        .filter_map(|(id, pin)| {
            let wire = scope.incoming.get(&(index, id))?.first()?;
            let seen = scope.sight.get(&(wire.card, wire.pin.to_owned()))?;
            Some((text(pin, "key").to_owned(), seen.clone()))
        })
        .collect()
}

fn error_of(start: &Json) -> Vec<Output> {
    raw::pins(start, "outputs")
        .filter(|(_, pin)| raw::field_key(pin).is("context", "error"))
        .map(|(_, pin)| field::read_output(pin))
        .collect()
}
