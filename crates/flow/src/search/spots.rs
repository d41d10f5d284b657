//! The places of a flow that can be found: names, titles, fields, values, notes, and what cards refer to.

use std::borrow::Cow;
use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::phrase::kept;
use crate::card::{CardSpec, Catalogue, FieldSpec};
use crate::document::{Binding, Flow, Input, InputRef, LaneId, Output, Part, Step, Then};
use crate::id::StepId;
use crate::types::Base;

/// Texts are looked at up to this many bytes: nobody reads more of a value.
const MOST_BYTES: usize = 20_000;

/// What kind of place it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpotKind {
    /// The flow's name.
    FlowName,
    /// The flow's description.
    Description,
    /// The title that somebody gave a card.
    Title,
    /// The name of the card in the catalogue, or its key.
    Card,
    /// What an input or an output is called.
    Field,
    /// A value that was typed, or the text around values.
    Value,
    /// A note, its heading too.
    Note,
    /// The connection of a card.
    Connection,
    /// A table that a card works with.
    Table,
    /// A flow that a card calls.
    Helper,
}

/// Where a place is in its card.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum SpotAt {
    /// The flow itself.
    Flow,
    /// The card as a whole.
    Card,
    /// A note's heading.
    NoteTitle,
    /// A note's text.
    NoteText,
    /// An input; in a template the index of the part.
    Input(InputRef, Option<usize>),
    /// An output, by its position.
    Output(usize),
    /// What happens when the card fails.
    OnError,
}

/// A place of a flow with its text.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot<'a> {
    /// The card; nothing for what belongs to the flow.
    pub step: Option<&'a StepId>,
    /// What it is.
    pub kind: SpotKind,
    /// Where in the card.
    pub at: SpotAt,
    /// What the field around it is called; empty where there is none.
    pub field: Cow<'a, str>,
    /// The text.
    pub text: Cow<'a, str>,
    /// Another name of the same thing, in another language or its id: found too, but not shown first.
    pub also: Option<Cow<'a, str>>,
}

/// What is known around a flow.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// The catalogue in the reader's language.
    pub catalogue: &'a Catalogue,
    /// Names of connections, tables and flows by their ids.
    pub names: &'a HashMap<String, String>,
}

/// Returns every place of a flow, in reading order.
pub fn spots<'a>(flow: &'a Flow, known: Known<'a>) -> Vec<Spot<'a>> {
    let mut all = Collector {
        known,
        spots: Vec::with_capacity(flow.steps.len() * 8),
        step: None,
    };
    all.text(SpotKind::FlowName, SpotAt::Flow, &flow.name);
    all.text(SpotKind::Description, SpotAt::Flow, &flow.description);
    all.on_error(&flow.on_error.then);
    all.row(&flow.steps);
    all.spots
}

/// Returns the texts of a flow as they are kept for searching in many flows: each place on a line of its own, folded,
/// without what only names can tell.
pub(crate) fn kept_text(flow: &Flow) -> String {
    let (catalogue, names) = (Catalogue::default(), HashMap::new());
    let known = Known {
        catalogue: &catalogue,
        names: &names,
    };
    let mut text = String::new();
    for spot in spots(flow, known) {
        for part in [Some(&spot.text), spot.also.as_ref()].into_iter().flatten() {
            // A part of a template begins and ends with what a reader typed: spaces there do not separate words.
            text.push_str(&kept(part));
            text.push('\n');
        }
    }
    text
}

struct Collector<'a> {
    known: Known<'a>,
    spots: Vec<Spot<'a>>,
    step: Option<&'a StepId>,
}

impl<'a> Collector<'a> {
    fn push(
        &mut self,
        kind: SpotKind,
        at: SpotAt,
        field: &'a str,
        text: Cow<'a, str>,
        also: Option<Cow<'a, str>>,
    ) {
        if !text.is_empty() {
            self.spots.push(Spot {
                step: self.step,
                kind,
                at,
                field: Cow::Borrowed(field),
                text: cut(text),
                also: also.filter(|also| !also.is_empty()),
            });
        }
    }

    fn text(&mut self, kind: SpotKind, at: SpotAt, text: &'a str) {
        self.push(kind, at, "", Cow::Borrowed(text), None);
    }

    fn row(&mut self, steps: &'a [Step]) {
        for step in steps {
            self.step = Some(&step.id);
            self.card(step);
            for lane in &step.lanes {
                self.row(&lane.steps);
            }
        }
    }

    fn card(&mut self, step: &'a Step) {
        let spec = self.known.catalogue.card(&step.card);
        // Imported cards carry their own name as a title.
        let is_own = |title: &&String| {
            spec.is_none_or(|spec| **title != spec.name && **title != spec.name_en)
        };
        if let Some(title) = step.title.as_ref().filter(is_own) {
            self.text(SpotKind::Title, SpotAt::Card, title);
        }
        if !step.is_note() {
            self.name(step, spec);
        }
        if let Some(note) = &step.note {
            self.text(SpotKind::Note, SpotAt::NoteTitle, &note.title);
            self.text(SpotKind::Note, SpotAt::NoteText, &note.text);
        }
        if let Some(connection) = &step.connection {
            self.thing(SpotKind::Connection, SpotAt::Card, "", connection.as_str());
        }
        let own = spec.map(|spec| spec.inputs.as_slice()).unwrap_or_default();
        for input in &step.inputs {
            let at = InputRef::of(step.id.clone(), input.key.clone());
            self.input(
                input,
                InputRef {
                    arg: input.arg,
                    ..at
                },
                own,
            );
        }
        for lane in &step.lanes {
            let of_lane = spec
                .and_then(|spec| spec.lanes.iter().find(|known| known.id == lane.id))
                .map(|lane| lane.inputs.as_slice())
                .unwrap_or_default();
            for (inputs, yields) in [(&lane.inputs, false), (&lane.yields, true)] {
                for input in inputs {
                    self.input(input, in_lane(step, &lane.id, input, yields), of_lane);
                }
            }
        }
        for (index, output) in step.outputs.iter().enumerate() {
            let label = label_of_output(spec, output);
            let key = Cow::Borrowed(output.key.key.as_str());
            self.push(
                SpotKind::Field,
                SpotAt::Output(index),
                label,
                label.into(),
                other(key, label),
            );
        }
        self.on_error(&step.on_error.then);
    }

    /// The card's name, in whatever language; its key where the catalogue does not know it.
    fn name(&mut self, step: &'a Step, spec: Option<&'a CardSpec>) {
        let key = Cow::Borrowed(step.card.as_str());
        match spec {
            Some(spec) => {
                let also = [&spec.name_en, &spec.name_ja]
                    .into_iter()
                    .find(|name| **name != spec.name)
                    .map(|name| Cow::Borrowed(name.as_str()));
                self.push(
                    SpotKind::Card,
                    SpotAt::Card,
                    "",
                    Cow::Borrowed(&spec.name),
                    also,
                );
            }
            None => self.push(SpotKind::Card, SpotAt::Card, "", key, None),
        }
    }

    /// Something that is named elsewhere: its name where it is known, its id always.
    fn thing(&mut self, kind: SpotKind, at: SpotAt, field: &'a str, id: &'a str) {
        match self.known.names.get(id) {
            Some(name) => self.push(
                kind,
                at,
                field,
                Cow::Borrowed(name),
                Some(Cow::Borrowed(id)),
            ),
            None => self.push(kind, at, field, Cow::Borrowed(id), None),
        }
    }

    fn on_error(&mut self, then: &'a Then) {
        if let Then::RunFlow { flow } = then {
            self.thing(SpotKind::Helper, SpotAt::OnError, "", flow.as_str());
        }
    }

    fn input(&mut self, input: &'a Input, at: InputRef, specs: &'a [FieldSpec]) {
        // What a card refers to counts also where the field is not drawn.
        if input.hidden && refers_to(input).is_none() {
            return;
        }
        let spec = specs.iter().find(|spec| spec.key.key == input.key.key);
        let label: &str = match spec {
            Some(spec) if !input.custom && !input.arg => &spec.label,
            _ => &input.label,
        };
        let key = Cow::Borrowed(input.key.key.as_str());
        let field_at = SpotAt::Input(at.clone(), None);
        self.push(
            SpotKind::Field,
            field_at,
            label,
            label.into(),
            other(key, label),
        );
        match &input.binding {
            Binding::Constant { value } => self.constant(input, at, label, value),
            Binding::Template { parts } => {
                for (index, part) in parts.iter().enumerate() {
                    if let Part::Text { text } = part {
                        let at = SpotAt::Input(at.clone(), Some(index));
                        self.push(SpotKind::Value, at, label, Cow::Borrowed(text), None);
                    }
                }
            }
            Binding::Empty | Binding::Output { .. } | Binding::Item { .. } => {}
        }
    }

    fn constant(&mut self, input: &'a Input, at: InputRef, label: &'a str, value: &'a Json) {
        let at = SpotAt::Input(at, None);
        match (refers_to(input), value) {
            (Some(kind), Json::String(id)) => self.thing(kind, at, label, id),
            (None, Json::String(text)) => {
                self.push(SpotKind::Value, at, label, Cow::Borrowed(text), None);
            }
            (_, Json::Null) => {}
            (_, other) => {
                self.push(
                    SpotKind::Value,
                    at,
                    label,
                    Cow::Owned(other.to_string()),
                    None,
                );
            }
        }
    }
}

/// What kind of thing the value of an input names, if it names one.
pub(super) fn refers_to(input: &Input) -> Option<SpotKind> {
    if input.ty.base == Base::Flow {
        Some(SpotKind::Helper)
    } else if input.key.is("parameters", "stash") {
        Some(SpotKind::Table)
    } else {
        None
    }
}

fn in_lane(step: &Step, lane: &LaneId, input: &Input, yields: bool) -> InputRef {
    InputRef {
        lane: Some(lane.clone()),
        yields,
        arg: input.arg,
        ..InputRef::of(step.id.clone(), input.key.clone())
    }
}

fn label_of_output<'a>(spec: Option<&'a CardSpec>, output: &'a Output) -> &'a str {
    let known = spec
        .filter(|_| !output.custom)
        .and_then(|spec| spec.outputs.iter().find(|known| known.key == output.key));
    known.map_or(&output.label, |known| &known.label)
}

fn other<'a>(key: Cow<'a, str>, label: &str) -> Option<Cow<'a, str>> {
    (key != label).then_some(key)
}

fn cut(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.len() <= MOST_BYTES {
        return text;
    }
    let mut end = MOST_BYTES;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    Cow::Owned(text.get(..end).unwrap_or_default().to_owned())
}

impl Flow {
    /// Returns the texts of this flow as they are kept for searching in many flows: folded as [`super::fold`] does, each
    /// place on a line of its own, without the names of cards and of what cards refer to, which change elsewhere.
    pub fn search_text(&self) -> String {
        kept_text(self)
    }
}

#[cfg(test)]
mod tests;
