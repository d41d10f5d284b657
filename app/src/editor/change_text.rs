//! Differences between two flows in words: a sentence for each, and what stood at a place in either flow.

use api::Connection;
use flow::{
    Access, Binding, CardPart, Catalogue, Change, FieldChange, Flow, FlowPart, InputRef, OnError,
    OutputRef, Part, Schedule, Step, StepId, Then,
};

use crate::canvas::label::Names;
use crate::card::brief;
use crate::i18n::Speech;
use crate::i18n::texts::VersionText as Text;

/// Two flows, and what is needed to name things in them.
#[derive(Clone, Copy)]
pub struct Told<'a> {
    /// Before.
    pub old: &'a Flow,
    /// After.
    pub new: &'a Flow,
    /// The cards in the reader's language.
    pub catalogue: &'a Catalogue,
    /// What connections are called.
    pub connections: &'a [Connection],
    /// The reader's language.
    pub speech: Speech,
}

impl Told<'_> {
    /// Says what changed.
    pub fn sentence(&self, change: &Change) -> String {
        let [old, new] = self.both(change);
        let card = change.step().map(|id| self.card(id)).unwrap_or_default();
        self.speech.say(&match change {
            Change::Flow { part } => match part {
                FlowPart::Name => Text::FlowName { old, new },
                FlowPart::Description => Text::FlowDescription { old, new },
                FlowPart::Schedule => Text::FlowSchedule { old, new },
                FlowPart::Access => Text::FlowAccess { old, new },
                FlowPart::ErrorHandling => Text::FlowErrors { old, new },
                FlowPart::SavedData => Text::FlowData { old, new },
            },
            Change::Added { .. } => Text::CardAdded { card },
            Change::Removed { .. } => Text::CardRemoved { card },
            Change::Moved { .. } => Text::CardMoved { card },
            Change::Pinned { .. } => Text::CardPinned { card },
            Change::Card { part, .. } => match part {
                CardPart::Kind => Text::CardKind { card, old, new },
                CardPart::Title => Text::CardTitle { old, new },
                CardPart::Note => Text::CardNote { card },
                CardPart::Connection => Text::CardConnection { card, old, new },
                CardPart::ErrorHandling => Text::CardErrors { card, old, new },
                CardPart::Folded => Text::CardFolded { card },
                CardPart::Lanes => Text::CardLanes { card },
                CardPart::Order => Text::CardOrder { card },
            },
            Change::Input { at, what } => {
                let field = self.field(at);
                match what {
                    FieldChange::Added => Text::InputAdded { card, field, new },
                    FieldChange::Removed => Text::InputRemoved { card, field, old },
                    FieldChange::Bound => Text::InputBound {
                        card,
                        field,
                        old,
                        new,
                    },
                    FieldChange::Defined => Text::InputDefined { card, field },
                }
            }
            Change::Output { step, field, what } => {
                let field = self.output(step, field);
                match what {
                    FieldChange::Added => Text::OutputAdded { card, field },
                    FieldChange::Removed => Text::OutputRemoved { card, field },
                    FieldChange::Bound | FieldChange::Defined => {
                        Text::OutputDefined { card, field }
                    }
                }
            }
        })
    }

    /// Says which place a change is about.
    pub fn place(&self, change: &Change) -> String {
        let Some(id) = change.step() else {
            return self.speech.say(&Text::TheFlow);
        };
        match change {
            Change::Input { at, .. } => format!("{} › {}", self.card(id), self.field(at)),
            Change::Output { field, .. } => {
                format!("{} › {}", self.card(id), self.output(id, field))
            }
            _ => self.card(id),
        }
    }

    /// Says what stood at the place of a change before, and what stands there after.
    pub fn both(&self, change: &Change) -> [String; 2] {
        [self.old, self.new].map(|flow| self.value(flow, change))
    }

    fn value(&self, flow: &Flow, change: &Change) -> String {
        match change {
            Change::Flow { part } => self.flow_part(flow, *part),
            Change::Card { step, part } => flow
                .step(step)
                .map_or_else(String::new, |card| self.card_part(flow, card, *part)),
            Change::Input { at, .. } => match flow.input(at) {
                Some(input) => self.binding(flow, &input.binding),
                None => self.speech.say(&Text::Gone),
            },
            Change::Added { step }
            | Change::Removed { step }
            | Change::Moved { step }
            | Change::Pinned { step } => match flow.step(step) {
                Some(_) => self.card(step),
                None => self.speech.say(&Text::Gone),
            },
            Change::Output { step, field, .. } => {
                match flow.step(step).and_then(|step| step.output(field)) {
                    Some(output) => output.label.clone(),
                    None => self.speech.say(&Text::Gone),
                }
            }
        }
    }

    fn names<'b>(&'b self, flow: &'b Flow) -> Names<'b> {
        Names {
            flow,
            catalogue: self.catalogue,
            index: None,
        }
    }

    /// The name of a card, as it is now or as it was.
    fn card(&self, id: &StepId) -> String {
        let [new, old] =
            [self.new, self.old].map(|flow| flow.step(id).map(|step| self.names(flow).card(step)));
        new.or(old).unwrap_or_default()
    }

    fn field(&self, at: &InputRef) -> String {
        let flow = if self.new.input(at).is_some() {
            self.new
        } else {
            self.old
        };
        self.names(flow).input_at(at)
    }

    fn output(&self, step: &StepId, field: &flow::FieldKey) -> String {
        let source = OutputRef {
            step: step.clone(),
            field: field.clone(),
            path: Vec::new(),
        };
        let is_new = self
            .new
            .step(step)
            .is_some_and(|step| step.output(field).is_some());
        self.names(if is_new { self.new } else { self.old })
            .source(&source)
    }

    fn flow_part(&self, flow: &Flow, part: FlowPart) -> String {
        match part {
            FlowPart::Name => flow.name.clone(),
            FlowPart::Description => flow.description.clone(),
            FlowPart::Schedule => self.schedule(flow.schedule.as_ref()),
            FlowPart::Access => self.speech.say(&match flow.access {
                None => Text::None,
                Some(Access::Public) => Text::Public,
                Some(Access::ClientToken) => Text::ClientToken,
                Some(Access::OAuth) => Text::OAuth,
            }),
            FlowPart::ErrorHandling => self.on_error(&flow.on_error),
            FlowPart::SavedData if flow.saves_data => self.speech.say(&Text::Kept),
            FlowPart::SavedData => self.speech.say(&Text::NotKept),
        }
    }

    fn card_part(&self, flow: &Flow, step: &Step, part: CardPart) -> String {
        match part {
            CardPart::Kind => {
                let spec = self.catalogue.card(&step.card);
                spec.map_or_else(|| step.card.as_str().to_owned(), |spec| spec.name.clone())
            }
            CardPart::Title => self.names(flow).card(step),
            CardPart::Note => {
                let note = step.note.clone().unwrap_or_default();
                format!("{} {}", note.title, note.text).trim().to_owned()
            }
            CardPart::Connection => match &step.connection {
                None => self.speech.say(&Text::None),
                Some(id) => {
                    let known = self.connections.iter().find(|known| known.id == *id);
                    known.map_or_else(|| id.to_string(), |known| known.name.clone())
                }
            },
            CardPart::ErrorHandling => self.on_error(&step.on_error),
            CardPart::Folded | CardPart::Lanes | CardPart::Order => String::new(),
        }
    }

    fn schedule(&self, schedule: Option<&Schedule>) -> String {
        let Some(plan) = schedule else {
            return self.speech.say(&Text::None);
        };
        let fields = [
            &plan.seconds,
            &plan.minutes,
            &plan.hours,
            &plan.day_of_month,
            &plan.month,
            &plan.day_of_week,
        ];
        let fields: Vec<&str> = fields.into_iter().map(String::as_str).collect();
        self.speech.say(&Text::Plan {
            fields: fields.join(" "),
            zone: plan.time_zone.clone(),
        })
    }

    fn on_error(&self, on_error: &OnError) -> String {
        let then = self.speech.say(&match &on_error.then {
            Then::Halt => Text::Halt,
            Then::ReturnValues => Text::ReturnValues,
            Then::RunFlow { .. } => Text::RunFlow,
        });
        match &on_error.retry {
            None => then,
            Some(retry) => self.speech.say(&Text::Retries {
                n: retry.times,
                then,
            }),
        }
    }

    /// Says where a value comes from.
    pub fn binding(&self, flow: &Flow, binding: &Binding) -> String {
        match binding {
            Binding::Empty => self.speech.say(&Text::Empty),
            Binding::Constant { value } => match value.as_str() {
                Some("") => self.speech.say(&Text::Empty),
                Some(text) => self.speech.say(&Text::Quoted {
                    text: text.chars().take(200).collect(),
                }),
                None => brief(value),
            },
            Binding::Output { source, .. } => self.source(flow, source),
            Binding::Item { path } => {
                let item = self.speech.say(&Text::Item);
                match path {
                    Some(path) => format!("{item} › {path}"),
                    None => item,
                }
            }
            Binding::Template { parts } => parts
                .iter()
                .map(|part| match part {
                    Part::Text { text } => text.clone(),
                    Part::Value { binding, .. } => format!("[{}]", self.binding(flow, binding)),
                })
                .collect(),
        }
    }

    fn source(&self, flow: &Flow, source: &OutputRef) -> String {
        let names = self.names(flow);
        let card = flow.step(&source.step).map(|step| names.card(step));
        match card {
            Some(card) => format!("{card} › {}", names.source(source)),
            None => names.source(source),
        }
    }
}
