//! The rows of a flow, and the cards that hold rows: If/Else in one scope with heads and a join, the others with inline
//! bodies.

use flow::{Base, FieldKey, Input, Lane, Output, OutputRef, Step, Type};
use serde_json::Value as Json;

use super::forks::is_own;
use super::writer::{Writer, lane_name};
use crate::bones::{CardBones, Role, ScopeBones};
use crate::raw::{self, put, text};
use crate::rows::{Item, Row};
use crate::{field, method, types};

impl<'a> Writer<'a> {
    /// Writes a row of cards.
    pub(super) fn row(&mut self, scope: usize, steps: &[Step]) -> Row {
        steps.iter().map(|step| self.card(scope, step)).collect()
    }

    fn card(&mut self, scope: usize, step: &Step) -> Item {
        let (uuid, mut raw, known) = self.begin(scope, step);
        let place = self.places.get(&step.id).cloned().unwrap_or_default();
        self.scopes[scope]
            .places
            .insert(uuid.clone(), place.clone());
        let is_fork = step.card.is("control", "if");
        if is_fork {
            let mut own = step.clone();
            own.outputs.retain(|output| is_own(step, output));
            if known.is_none() && own.outputs.is_empty() {
                self.own_result(&mut raw);
            }
            self.fields((scope, &uuid), &mut raw, &own, &place);
            self.put_card(scope, &uuid, raw);
            let fork = Some(self.fork(scope, &uuid, step));
            return Item { uuid, fork };
        }
        let mut own = step.clone();
        own.inputs
            .extend(step.lanes.iter().flat_map(|lane| lane.inputs.clone()));
        own.outputs.retain(|output| {
            !(step.card.is("control", "tryCatch") && output.key.is("context", "error"))
        });
        self.fields((scope, &uuid), &mut raw, &own, &place);
        self.put_card(scope, &uuid, raw);
        self.bodies(scope, &uuid, step, known);
        Item::plain(uuid)
    }

    /// Puts a hidden card: from the skeleton, or new.
    pub(super) fn put_part(
        &mut self,
        scope: usize,
        known: Option<&CardBones>,
        card: &flow::CardKey,
    ) -> (String, Json) {
        let uuid = self.free_uuid(scope, known.map_or("", CardBones::uuid));
        let mut raw = known.map_or_else(|| self.fresh(card, &uuid), |part| part.raw.clone());
        if known.is_none() {
            let name = raw["node"]["model"]["metadata"]["name"].clone();
            put(&mut raw, &["node", "data", "name"], name);
        }
        put(&mut raw, &["uuid"], uuid.as_str());
        (uuid, raw)
    }

    /// Writes the inline bodies of a container.
    fn bodies(&mut self, scope: usize, uuid: &str, step: &Step, known: Option<&'a CardBones>) {
        let before: Vec<&str> = known
            .iter()
            .flat_map(|card| &card.bodies)
            .map(|(lane, _)| lane.as_str())
            .collect();
        let now: Vec<&str> = step.lanes.iter().map(|lane| lane.id.as_str()).collect();
        let is_branch = step.card.is("control", "branch");
        for lane in &step.lanes {
            let bones =
                known.and_then(|card| card.bodies.iter().find(|(id, _)| id == lane.id.as_str()));
            let inner = self.body(scope, uuid, step, lane, bones.map(|(_, body)| body));
            let path = self.slot(scope, uuid, step, lane.id.as_str());
            if let Some(card) = self.scopes[scope].cards.get_mut(uuid) {
                card.bodies.push((path, inner));
            }
        }
        if let Some(card) = self.scopes[scope].cards.get_mut(uuid) {
            if is_branch && before != now {
                order_cases(&mut card.raw, &now);
            }
            if step.card.is("control", "tryCatch") {
                put(
                    &mut card.raw,
                    &["node", "model", "policy", "error", "type"],
                    "handler",
                );
                put(
                    &mut card.raw,
                    &["node", "model", "policy", "error", "merge"],
                    "join",
                );
            }
        }
    }

    /// Returns the place of an inline body in its card, made where it is missing.
    fn slot(&mut self, scope: usize, uuid: &str, step: &Step, lane: &str) -> Vec<String> {
        if step.card.is("control", "tryCatch") && lane == "error" {
            return ["node", "model", "policy", "error", "flo"]
                .map(str::to_owned)
                .to_vec();
        }
        let (group, key) = match step.card.as_str() {
            "control:branch" => (Some(lane), "flo"),
            "control:tryCatch" => (None, "flo"),
            _ => (None, lane),
        };
        let made = [self.mint.short(), self.mint.short()];
        let Some(card) = self.scopes[scope].cards.get_mut(uuid) else {
            return Vec::new();
        };
        let is_slot =
            |pin: &Json| pin["key"] == key && (group.is_none() || pin["group"].as_str() == group);
        let known = raw::pins(&card.raw, "inputs")
            .find(|(_, pin)| is_slot(pin))
            .map(|(id, _)| id.to_owned());
        let id = known.unwrap_or_else(|| {
            let pins = method::pins_mut(&mut card.raw, "inputs");
            let [id, unused] = made;
            let mut slot = |id: &str, key: &str, ty: &Type, required: bool| {
                let mut pin = field::new_input(id, group, key, pins.len());
                field::fill(&mut pin, ty);
                put(&mut pin, &["value", "data"], types::nothing(ty));
                put(&mut pin, &["required"], required);
                pins.insert(id.to_owned(), pin);
            };
            slot(&id, key, &Type::one(Base::Flow), true);
            if step.card.is("control", "branch") {
                slot(&unused, "inputs", &Type::one(Base::Object), false);
            }
            id
        });
        ["node", "model", "inputs", "data", &id, "value", "data"]
            .map(str::to_owned)
            .to_vec()
    }

    fn body(
        &mut self,
        scope: usize,
        uuid: &str,
        step: &Step,
        lane: &Lane,
        bones: Option<&'a ScopeBones>,
    ) -> usize {
        let inner = self.add_scope(Some((scope, uuid.to_owned())), bones);
        let hidden =
            |role: Role| bones.and_then(|bones| bones.cards.iter().find(|card| card.role == role));
        let (start, mut raw) = self.put_part(
            inner,
            hidden(Role::Start),
            &flow::CardKey::new("control", "callable"),
        );
        put(&mut raw, &["node", "model", "displayed"], true);
        if lane.id.as_str() == "error" && step.card.is("control", "tryCatch") {
            self.offer_error(inner, &start, &mut raw, step);
        }
        self.put_card(inner, &start, raw);
        self.scopes[inner].start.clone_from(&start);
        let mut row = vec![Item::plain(start)];
        row.extend(self.row(inner, &lane.steps));
        if matches!(step.card.as_str(), "control:branch" | "control:tryCatch") {
            let known = hidden(Role::Return);
            let (end, mut raw) =
                self.put_part(inner, known, &flow::CardKey::new("control", "return"));
            self.returns((inner, &end), &mut raw, step, lane);
            self.put_card(inner, &end, raw);
            row.push(Item::plain(end));
        }
        self.scopes[inner].row = row;
        inner
    }

    /// The return of a body has a field for each output of the container, and for nothing else.
    fn returns(&mut self, at: (usize, &str), raw: &mut Json, step: &Step, lane: &Lane) {
        let mut inputs: Vec<Input> = step
            .outputs
            .iter()
            .filter(|output| !output.key.is("context", "error"))
            .map(|output| {
                let known = lane.yields.iter().find(|input| input.key == output.key);
                known.cloned().unwrap_or_else(|| Input {
                    custom: true,
                    label: output.label.clone(),
                    ..Input::new(output.key.clone(), output.ty.clone())
                })
            })
            .collect();
        let order = |input: &Input| lane.yields.iter().position(|known| known.key == input.key);
        inputs.sort_by_key(|input| order(input).unwrap_or(usize::MAX));
        self.settle(raw, &mut inputs);
        let mut place = self.places.get(&step.id).cloned().unwrap_or_default();
        place.push((lane_name(&step.id, lane.id.as_str()), usize::MAX));
        self.fill_inputs(at, raw, &inputs, &place);
        let outputs: Vec<Output> = inputs
            .iter()
            .map(|input| self.mirrored_output(raw, input))
            .collect();
        self.fill_outputs(raw, &outputs);
    }

    /// Returns the output of a return or of an inline start that repeats an input.
    pub(super) fn mirrored_output(&self, raw: &Json, input: &Input) -> Output {
        let known = raw::pins(raw, "outputs")
            .find(|(_, pin)| field::is_stripped(pin) && raw::field_key(pin) == input.key)
            .and_then(|(_, pin)| field::kept_output(pin));
        Output {
            ty: input.ty.clone(),
            ..known.unwrap_or_else(|| Output {
                label: input.label.clone(),
                custom: input.custom,
                hidden: input.hidden,
                ..Output::new(input.key.clone(), input.ty.clone())
            })
        }
    }

    /// The start of the handler of If Error offers the error.
    fn offer_error(&mut self, scope: usize, start: &str, raw: &mut Json, step: &Step) {
        let key = FieldKey::in_group("context", "error");
        let found = raw::pins(raw, "outputs")
            .find(|(_, pin)| raw::field_key(pin) == key)
            .map(|(id, _)| id.to_owned());
        let id = found.unwrap_or_else(|| {
            let (input, output) = (self.mint.short(), self.mint.short());
            let known = step.outputs.iter().find(|output| output.key == key);
            let plain = Output::new(key.clone(), Type::one(Base::Object));
            let error = known.unwrap_or(&plain);
            for (side, id) in [("inputs", &input), ("outputs", &output)] {
                let mut pin = match side {
                    "inputs" => field::new_input(id, Some("context"), "error", 0),
                    _ => field::new_output(id, Some("context"), "error", 0),
                };
                field::fill_output(&mut pin, error, &error.ty);
                put(&mut pin, &["value", "data"], Json::Null);
                method::pins_mut(raw, side).insert(id.clone(), pin);
            }
            output
        });
        let value = OutputRef {
            step: step.id.clone(),
            field: key,
            path: Vec::new(),
        };
        self.scopes[scope].see(start, &id, value);
    }
}

/// Puts the pins of the cases of an If/ElseIf in the order of its lanes; drops those of cases that are gone.
fn order_cases(raw: &mut Json, lanes: &[&str]) {
    let pins = method::pins_mut(raw, "inputs");
    let is_hidden = |pin: &Json| pin["metadata"]["wormholeMethodId"].is_string();
    pins.retain(|_, pin| is_hidden(pin) || lanes.contains(&text(pin, "group")));
    let mut places: Vec<(usize, u64, String)> = pins
        .iter()
        .filter(|(_, pin)| !is_hidden(pin))
        .map(|(id, pin)| {
            let lane = lanes
                .iter()
                .position(|lane| *lane == text(pin, "group"))
                .unwrap_or(usize::MAX);
            (
                lane,
                pin["metadata"]["index"].as_u64().unwrap_or(u64::MAX),
                id.clone(),
            )
        })
        .collect();
    places.sort();
    for (position, (_, _, id)) in places.iter().enumerate() {
        if let Some(pin) = pins.get_mut(id) {
            put(pin, &["metadata", "index"], position);
        }
    }
}
