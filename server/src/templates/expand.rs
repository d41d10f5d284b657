//! Makes flows and tables of a template: cards get the fields of the catalogue, values become bindings, keys become ids.
//!
//! A value of a field is a text, in which `{{card.Group/Key.path}}` stands for what another card gives; a text in both
//! languages (`en`, `ja`); `table` and `flow`, which name one of the template; `item`, a key of what a loop hands over;
//! `ask`, something that is asked for when the template is installed; or `value` with a `type`, anything as it is.

use std::collections::{BTreeMap, HashMap};

use api::Said;
use cards::Language;
use flow::{
    Base, Binding, CardKey, CardSpec, Catalogue, ConnectionId, FieldKey, Flow, FlowId, Input,
    Output, OutputRef, Part, Schedule, Step, StepId, TableId, Type,
};
use serde_json::Value as Json;

use super::BrokenTemplate;
use super::document::{Card, Document, Start, Template};

/// What somebody chose for an installation.
pub(crate) struct Chosen<'a> {
    /// Language of names and texts.
    pub(crate) language: Language,
    /// The connection for the cards of each module.
    pub(crate) connections: &'a BTreeMap<String, ConnectionId>,
    /// What was asked for, by key.
    pub(crate) answers: &'a BTreeMap<String, String>,
    /// Makes ids.
    pub(crate) new_id: &'a dyn Fn() -> String,
}

/// A template as it will be stored.
pub(crate) struct Expanded {
    /// Its flows, in order.
    pub(crate) flows: Vec<Flow>,
    /// Its tables, in order: id, name.
    pub(crate) tables: Vec<(TableId, String)>,
}

/// Makes the flows and tables of a template.
pub(crate) fn expand(template: &Template, chosen: &Chosen<'_>) -> Result<Expanded, BrokenTemplate> {
    let ids = |keys: &mut dyn Iterator<Item = &String>| {
        keys.map(|key| (key.clone(), (chosen.new_id)()))
            .collect::<HashMap<_, _>>()
    };
    let maker = Maker {
        chosen,
        catalogue: cards::catalogue(chosen.language),
        tables: ids(&mut template.tables.iter().map(|table| &table.key)),
        flows: ids(&mut template.flows.iter().map(|flow| &flow.key)),
    };
    let flows = template.flows.iter().map(|flow| maker.flow(flow));
    let tables = template.tables.iter().map(|table| {
        let id = maker.id_of(&maker.tables, &table.key)?;
        Ok((
            TableId::new(id),
            said(&table.name, chosen.language).to_owned(),
        ))
    });
    Ok(Expanded {
        tables: tables.collect::<Result<_, _>>()?,
        flows: flows.collect::<Result<_, _>>()?,
    })
}

/// Returns a text in a language.
pub(crate) fn said(text: &Said, language: Language) -> &str {
    match language {
        Language::En => &text.en,
        Language::Ja => &text.ja,
    }
}

struct Maker<'a> {
    chosen: &'a Chosen<'a>,
    catalogue: &'a Catalogue,
    tables: HashMap<String, String>,
    flows: HashMap<String, String>,
}

impl Maker<'_> {
    fn id_of(&self, ids: &HashMap<String, String>, key: &str) -> Result<String, BrokenTemplate> {
        let id = ids.get(key).cloned();
        id.ok_or_else(|| BrokenTemplate(format!("nothing is called {key}")))
    }

    fn flow(&self, document: &Document) -> Result<Flow, BrokenTemplate> {
        let id = FlowId::new(self.id_of(&self.flows, &document.key)?);
        let mut flow = Flow::new(id, said(&document.name, self.chosen.language));
        said(&document.description, self.chosen.language).clone_into(&mut flow.description);
        flow.access = document.access;
        flow.schedule = document.schedule.as_ref().map(|cron| Schedule {
            seconds: "0".to_owned(),
            minutes: cron.minutes.clone(),
            hours: cron.hours.clone(),
            day_of_month: "*".to_owned(),
            month: "*".to_owned(),
            day_of_week: cron.day_of_week.clone().unwrap_or_else(|| "*".to_owned()),
            time_zone: "UTC".to_owned(),
            ..Schedule::default()
        });
        let mut wanted = Vec::new();
        flow.steps = self.steps(&document.cards, &mut wanted)?;
        for source in wanted {
            give(&mut flow.steps, &source, self.catalogue);
        }
        Ok(flow)
    }

    fn steps(
        &self,
        cards: &[Card],
        wanted: &mut Vec<OutputRef>,
    ) -> Result<Vec<Step>, BrokenTemplate> {
        let steps = cards.iter().map(|card| self.step(card, wanted));
        steps.collect()
    }

    fn step(&self, card: &Card, wanted: &mut Vec<OutputRef>) -> Result<Step, BrokenTemplate> {
        let key = CardKey::parse(&card.card);
        let spec = key.as_ref().and_then(|key| self.catalogue.card(key));
        let spec = spec.ok_or_else(|| BrokenTemplate(format!("there is no card {}", card.card)))?;
        let mut step = spec.step(StepId::new(card.id.clone()));
        if let Some(module) = &spec.connector {
            step.connection = self.chosen.connections.get(module).cloned();
        }
        for start in &card.starts {
            add_start(&mut step, start);
        }
        for name in &card.out {
            let output = Output::new(field_key(name), Type::one(Base::Text));
            step.outputs.push(Output {
                custom: true,
                ..output
            });
        }
        for (name, value) in &card.set {
            let (binding, ty) = self.binding(value, wanted)?;
            set(&mut step, spec, &field_key(name), binding, ty);
        }
        for (name, value) in &card.args {
            let (binding, ty) = self.binding(value, wanted)?;
            step.inputs.push(Input {
                custom: true,
                arg: true,
                binding,
                ..Input::new(FieldKey::plain(name), ty.unwrap_or(Type::one(Base::Text)))
            });
        }
        for lane in &mut step.lanes {
            let inner = card
                .lanes
                .get(lane.id.as_str())
                .map_or(&[][..], Vec::as_slice);
            lane.steps = self.steps(inner, wanted)?;
        }
        Ok(step)
    }

    fn binding(
        &self,
        value: &Json,
        wanted: &mut Vec<OutputRef>,
    ) -> Result<(Binding, Option<Type>), BrokenTemplate> {
        let Json::Object(fields) = value else {
            return Ok((self.text_or_constant(value, wanted)?, None));
        };
        let text = |key: &str| fields.get(key).and_then(Json::as_str);
        if let (Some(en), Some(ja)) = (text("en"), text("ja")) {
            let text = match self.chosen.language {
                Language::En => en,
                Language::Ja => ja,
            };
            return Ok((parse(text, wanted)?, None));
        }
        if let Some(key) = text("table") {
            return Ok((Binding::constant(self.id_of(&self.tables, key)?), None));
        }
        if let Some(key) = text("flow") {
            return Ok((Binding::constant(self.id_of(&self.flows, key)?), None));
        }
        if let Some(key) = text("item") {
            let path = Some(key.to_owned());
            return Ok((Binding::Item { path }, None));
        }
        if let Some(key) = text("ask") {
            let answer = self.chosen.answers.get(key).map(|answer| answer.trim());
            let answer = answer.filter(|answer| !answer.is_empty());
            return Ok((answer.map_or(Binding::Empty, Binding::constant), None));
        }
        let inner = fields.get("value").unwrap_or(value);
        let ty = match fields.get("type") {
            Some(base) => Some(Type::one(
                serde_json::from_value(base.clone())
                    .map_err(|error| BrokenTemplate(error.to_string()))?,
            )),
            None => None,
        };
        Ok((self.text_or_constant(inner, wanted)?, ty))
    }

    fn text_or_constant(
        &self,
        value: &Json,
        wanted: &mut Vec<OutputRef>,
    ) -> Result<Binding, BrokenTemplate> {
        match value {
            Json::String(text) => parse(text, wanted),
            other => Ok(Binding::Constant {
                value: other.clone(),
            }),
        }
    }
}

/// Puts a value into a field of a card, which is made where the card does not have it yet.
fn set(step: &mut Step, spec: &CardSpec, key: &FieldKey, binding: Binding, ty: Option<Type>) {
    if let Some(input) = step.inputs.iter_mut().find(|input| input.key == *key) {
        input.binding = binding;
        return;
    }
    let known = spec.inputs.iter().find(|field| field.key == *key);
    let mut input = match known {
        Some(field) => field.input(),
        None => Input {
            custom: true,
            ..Input::new(key.clone(), ty.unwrap_or(Type::one(Base::Text)))
        },
    };
    input.binding = binding;
    step.inputs.push(input);
}

/// A field of a card that starts a flow: what comes in is what it gives.
fn add_start(step: &mut Step, start: &Start) {
    let key = field_key(&start.key);
    let ty = Type::one(start.base);
    let output = Output::new(key.clone(), ty.clone());
    step.outputs.push(Output {
        custom: true,
        ..output
    });
    if step.card.is("http", "delegated") {
        step.inputs.push(Input {
            custom: true,
            required: start.required,
            ..Input::new(key, ty)
        });
    }
}

/// Puts an output onto its card, where only "Choose fields" has it so far.
fn give(steps: &mut [Step], source: &OutputRef, catalogue: &Catalogue) {
    for step in steps {
        if step.id == source.step && !step.outputs.iter().any(|output| output.key == source.field) {
            let known = catalogue
                .card(&step.card)
                .and_then(|spec| spec.outputs.iter().find(|field| field.key == source.field));
            step.outputs.extend(known.map(|field| field.output()));
        }
        for lane in &mut step.lanes {
            give(&mut lane.steps, source, catalogue);
        }
    }
}

/// Reads `Group/Key`.
fn field_key(text: &str) -> FieldKey {
    match text.split_once('/') {
        Some((group, key)) => FieldKey::in_group(group, key),
        None => FieldKey::plain(text),
    }
}

/// Reads a text with places for values.
fn parse(text: &str, wanted: &mut Vec<OutputRef>) -> Result<Binding, BrokenTemplate> {
    let mut parts = Vec::new();
    let mut rest = text;
    let literal = |parts: &mut Vec<Part>, text: &str| {
        if !text.is_empty() {
            parts.push(Part::Text {
                text: text.to_owned(),
            });
        }
    };
    while let Some((before, after)) = rest.split_once("{{") {
        let (inside, behind) = after
            .split_once("}}")
            .ok_or_else(|| BrokenTemplate(format!("`{text}` does not end")))?;
        literal(&mut parts, before);
        let source = reference(inside)?;
        wanted.push(source.clone());
        parts.push(Part::Value {
            name: format!("v{}", parts.len()),
            binding: Box::new(Binding::output(source)),
        });
        rest = behind;
    }
    if parts.is_empty() {
        return Ok(Binding::constant(text));
    }
    literal(&mut parts, rest);
    match parts.as_slice() {
        [Part::Value { binding, .. }] => Ok((**binding).clone()),
        _ => Ok(Binding::Template { parts }),
    }
}

/// Reads `card.Group/Key.path`.
fn reference(text: &str) -> Result<OutputRef, BrokenTemplate> {
    let mut pieces = text.split('.');
    let (Some(step), Some(field)) = (pieces.next(), pieces.next()) else {
        return Err(BrokenTemplate(format!("`{text}` names no output")));
    };
    Ok(OutputRef {
        step: StepId::new(step),
        field: field_key(field),
        path: pieces.map(str::to_owned).collect(),
    })
}
