//! Repairs as the editor makes them: one step of undo each, announced, with the focus kept near.

use flow::{
    Around, Binding, Convert, InputRef, KnownConnection, KnownFlow, KnownTable, Problem,
    ProblemCode, Repair, RepairKind, StepId, repair_all, repairs,
};
use leptos::prelude::*;

use super::Editor;
use super::inspector::schedule::viewers_zone;
use crate::canvas::board::{Board, focus_first};
use crate::i18n::Speech;
use crate::i18n::texts::{EditorText, FieldText, KindText};

/// Returns what surrounds the flow, for its checks.
pub(super) fn around(board: Board) -> Around {
    let connections = board.connections.read_untracked();
    let tables = board.tables.read_untracked();
    let flows = board.callable.read_untracked();
    Around {
        granted: connections
            .iter()
            .map(|known| (known.id.clone(), known.scopes.clone()))
            .collect(),
        connections: Some(
            connections
                .iter()
                .map(|known| KnownConnection {
                    id: known.id.clone(),
                    module: known.module.clone(),
                })
                .collect(),
        ),
        tables: Some(
            tables
                .iter()
                .map(|table| KnownTable {
                    id: table.id.clone(),
                    columns: table
                        .columns
                        .iter()
                        .map(|column| (column.name.clone(), column.base))
                        .collect(),
                })
                .collect(),
        ),
        flows: Some(
            flows
                .iter()
                .map(|row| KnownFlow {
                    id: row.id.clone(),
                    name: row.name.clone(),
                    kind: row.kind,
                })
                .collect(),
        ),
        signatures: board.signatures.get_untracked(),
        zone: None,
    }
}

/// What the button beside a problem does.
#[derive(Clone, PartialEq)]
pub enum Remedy {
    /// Makes an edit.
    Edit(Box<Repair>),
    /// Goes to the page of a connection, where it can be authorized again.
    Connection(String),
    /// Puts the focus into a field, where a person chooses.
    Field(InputRef, Asked),
    /// Opens the list of cards that start a flow.
    AddEvent,
}

/// What a person is asked to choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// A value of an earlier card, or something typed.
    Value,
    /// A flow.
    Flow,
    /// A table.
    Table,
}

impl Editor {
    /// Returns the best way out of a problem, where there is one.
    pub fn remedy(self, problem: &Problem) -> Option<Remedy> {
        self.remedies(problem).into_iter().next()
    }

    /// Returns the ways out of a problem, the best one first.
    pub fn remedies(self, problem: &Problem) -> Vec<Remedy> {
        let around = Around {
            zone: Some(viewers_zone()),
            ..around(self.board)
        };
        let found = self.board.flow.with_untracked(|flow| {
            let catalogue = self.board.catalogue.get_untracked();
            repairs(flow, &catalogue, &around, problem)
        });
        let mut all: Vec<Remedy> = found
            .into_iter()
            .map(|way| Remedy::Edit(Box::new(way)))
            .collect();
        if all.is_empty() {
            all.extend(self.by_hand(problem));
        }
        all
    }

    fn by_hand(self, problem: &Problem) -> Option<Remedy> {
        let at = problem.input.clone();
        match problem.code {
            ProblemCode::MissingScope => {
                let step = problem.step.as_ref()?;
                let connection = self
                    .board
                    .flow
                    .with_untracked(|flow| flow.step(step)?.connection.clone())?;
                Some(Remedy::Connection(format!("/connections/{connection}")))
            }
            ProblemCode::Empty | ProblemCode::NoEvent => Some(Remedy::AddEvent),
            ProblemCode::NoHelper | ProblemCode::UnknownHelper => {
                Some(Remedy::Field(at?, Asked::Flow))
            }
            ProblemCode::UnknownTable => Some(Remedy::Field(at?, Asked::Table)),
            ProblemCode::RequiredEmpty
            | ProblemCode::SourceGone
            | ProblemCode::SourceLater
            | ProblemCode::SourceInLane
            | ProblemCode::TypeMismatch => Some(Remedy::Field(at?, Asked::Value)),
            _ => None,
        }
    }

    /// Does what the button beside a problem says.
    pub fn mend(self, remedy: &Remedy) {
        match remedy {
            Remedy::Edit(repair) => {
                if self.edit(repair.edit.clone()) {
                    self.check_now();
                    let left = self.board.problems.with_untracked(Vec::len);
                    self.say(&FieldText::RepairedOne { left });
                    if let RepairKind::Plan = repair.kind {
                        self.tab.set("fields");
                        self.inspector.set(true);
                    }
                }
            }
            Remedy::Field(at, _) => self.go_to_field(at),
            Remedy::AddEvent => {
                self.filter.set("events");
                self.adding.set(Some(flow::Place {
                    lane: None,
                    index: 0,
                }));
            }
            Remedy::Connection(_) => {}
        }
    }

    /// Returns how many problems of a kind go away at once; nothing where that is not more than one.
    pub fn repairable(self, code: ProblemCode) -> Option<usize> {
        self.all_at_once(code).map(|found| found.1)
    }

    fn all_at_once(self, code: ProblemCode) -> Option<(flow::FlowEdit, usize)> {
        let around = around(self.board);
        self.board.flow.with_untracked(|flow| {
            let catalogue = self.board.catalogue.get_untracked();
            repair_all(flow, &catalogue, &around, code)
        })
    }

    /// Repairs all problems of one kind, as one step of undo.
    pub fn mend_all(self, code: ProblemCode) {
        if let Some((edit, n)) = self.all_at_once(code)
            && self.edit(edit)
        {
            self.check_now();
            self.say(&FieldText::Repaired { n });
        }
    }

    /// Brings a field into sight and puts the focus into it; an empty one opens its list.
    pub fn go_to_field(self, at: &InputRef) {
        self.board.selected.set(Some(at.step.clone()));
        self.board.reveal(&at.step);
        self.board.entered.set(Some(at.step.clone()));
        let selector = format!(
            ".field-box[data-at='{}'] :is(input, select, [contenteditable], button)",
            address(at)
        );
        let is_empty = self.board.flow.with_untracked(|flow| {
            flow.input(at)
                .is_some_and(|input| input.binding == Binding::Empty)
        });
        let at = at.clone();
        request_animation_frame(move || {
            focus_first(&selector);
            let focused = document().active_element().filter(|_| is_empty);
            if let Some(element) = focused.and_then(|element| {
                wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlElement>(element).ok()
            }) {
                self.open_values(&at, &element, 0);
            }
        });
    }
}

/// Returns the name of a field for selectors: letters and digits of its address.
pub fn address(at: &InputRef) -> String {
    let lane = at.lane.as_ref().map_or("", |lane| lane.as_str());
    let kind = match (at.yields, at.arg) {
        (true, _) => "yields",
        (false, true) => "arg",
        (false, false) => "own",
    };
    let raw = format!("{} {lane} {kind} {}", at.step, at.field);
    raw.chars()
        .map(|c| {
            if matches!(c, '\'' | '\\' | '"' | '\n') {
                '_'
            } else {
                c
            }
        })
        .collect()
}

/// Returns what the button of a remedy says.
pub fn remedy_text(board: Board, speech: Speech, remedy: &Remedy) -> String {
    match remedy {
        Remedy::Edit(repair) => repair_words(board, speech, &repair.kind),
        Remedy::Connection(_) => speech.say(&FieldText::Reauthorize),
        Remedy::AddEvent => speech.say(&FieldText::AddEvent),
        Remedy::Field(_, Asked::Value) => speech.say(&FieldText::ChooseValue),
        Remedy::Field(_, Asked::Flow) => speech.say(&FieldText::ChooseFlow),
        Remedy::Field(_, Asked::Table) => speech.say(&FieldText::ChooseTable),
    }
}

/// Returns what a repair does, in words.
pub fn repair_words(board: Board, speech: Speech, kind: &RepairKind) -> String {
    let title = |id: &StepId| board.title(id);
    speech.say(&match kind {
        RepairKind::Convert(convert) => convert_text(*convert),
        RepairKind::FirstItem => FieldText::FirstItem,
        RepairKind::Key(key) => FieldText::TakeKey { key: key.clone() },
        RepairKind::Take(source) => FieldText::TakeFrom {
            number: board.number(&source.step).unwrap_or_default(),
            value: board.names(|names| names.source(source)),
        },
        RepairKind::Declare(step) => FieldText::DeclareOn { card: title(step) },
        RepairKind::Unlink => return speech.say(&EditorText::Unlink),
        RepairKind::Connect(id) => {
            let name = board.connections.with(|all| {
                let found = all.iter().find(|known| known.id == *id);
                found.map_or_else(|| id.to_string(), |found| found.name.clone())
            });
            return speech.say(&EditorText::Assign { name });
        }
        RepairKind::UpdateFields => FieldText::UpdateFields,
        RepairKind::RemoveField => FieldText::RemoveField,
        RepairKind::RenameField(name) => FieldText::RenameTo { name: name.clone() },
        RepairKind::MoveToEnd(step) => FieldText::MoveToEnd { card: title(step) },
        RepairKind::MoveToFront => FieldText::MoveToFront,
        RepairKind::Remove(1) => return speech.say(&EditorText::Remove),
        RepairKind::Remove(n) => FieldText::RemoveCards { n: *n },
        RepairKind::AddReturn => FieldText::AddReturn,
        RepairKind::Plan => FieldText::PlanDaily,
        RepairKind::CompareNumbers => return speech.say(&KindText::CompareAsNumbers),
        RepairKind::CompareDates => return speech.say(&KindText::CompareAsDates),
        RepairKind::CompareTexts => return speech.say(&KindText::CompareAsTexts),
    })
}

/// Returns what a conversion does, in words.
pub fn convert_text(convert: Convert) -> FieldText {
    match convert {
        Convert::Parse => FieldText::RepairParse,
        Convert::DateTime => FieldText::RepairDate,
        Convert::WrapArray | Convert::ForceWrapArray => FieldText::RepairWrap,
        Convert::Stringify => FieldText::RepairJson,
        Convert::ToString | Convert::IsoString | Convert::BooleanToString => FieldText::RepairText,
        Convert::ParseFloat => FieldText::RepairNumber,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flow::FieldKey;

    #[test]
    fn fields_have_names_that_selectors_can_say() {
        let own = InputRef::of("a".into(), FieldKey::in_group("Okta User", "it's \"so\""));
        assert_eq!(address(&own), "a  own Okta User › it_s _so_");
        let yields = InputRef {
            yields: true,
            ..own.clone()
        };
        let arg = InputRef {
            arg: true,
            ..own.clone()
        };
        assert!(address(&yields) != address(&own) && address(&arg) != address(&own));
    }
}
