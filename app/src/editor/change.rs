//! What a user does to the flow, as edits: adding, moving, deleting, mapping, choosing.

use flow::{
    Binding, CardKey, CardKind, CardSpec, Catalogue, ConnectionId, FieldKey, Flow, FlowEdit, Input,
    InputRef, Lane, LaneId, Note, Output, OutputRef, Place, Schedule, Step, StepId, Type,
};
use leptos::prelude::*;

use super::Editor;
use super::inspector::schedule::viewers_zone;
use super::org_fields::Side;
use crate::canvas::mapping::{self, Target, dependants, map_edit, target};
use crate::canvas::reading::{Way, moved, place_of, without};
use crate::canvas::template;
use crate::i18n::texts::EditorText;

impl Editor {
    /// Adds a card at a place, or after the selected card, or at the end. Cards that start flows go to the front.
    pub fn add_card(self, key: &CardKey, place: Option<Place>) {
        let Some(spec) = self
            .board
            .catalogue
            .with_untracked(|catalogue| catalogue.card(key).cloned())
        else {
            return;
        };
        let mut step = spec.step(new_id());
        step.connection = self.usual_connection(&spec);
        step.note = step.is_note().then(Note::default);
        let id = step.id.clone();
        let edit = self.board.flow.with_untracked(|flow| {
            if spec.kind == CardKind::Event {
                let first = self
                    .board
                    .catalogue
                    .with_untracked(|catalogue| put_first(flow, catalogue, step));
                planned(flow, key, first)
            } else {
                let at = place.unwrap_or_else(|| self.next_place(flow));
                FlowEdit::AddStep {
                    step: Box::new(step),
                    at,
                }
            }
        });
        if self.edit(edit) {
            self.say(&EditorText::Added { card: spec.name });
            // What makes these cards start a flow is said in the inspector.
            if matches!(
                key.as_str(),
                "control:scheduled" | "http:accept" | "http:delegated"
            ) {
                self.tab.set("fields");
                self.inspector.set(true);
            }
            self.board.go_to(&id);
        }
    }

    /// Returns the place after the selected card, else the end of the flow.
    pub(super) fn place_for_next(self) -> Place {
        self.board.flow.with_untracked(|flow| self.next_place(flow))
    }

    /// Puts a card into the first lane of a new container.
    pub(super) fn wrap(self, id: &StepId, container: &CardKey) {
        let edit = self.board.flow.with_untracked(|flow| {
            let at = place_of(flow, id)?;
            let spec = self.board.catalogue.get_untracked();
            let step = spec.card(container)?.step(new_id());
            let lane = (step.id.clone(), step.lanes.first()?.id.clone());
            let first = flow.steps.first().is_some_and(|first| first.id == *id);
            (!first).then(|| FlowEdit::Batch {
                edits: vec![
                    FlowEdit::AddStep {
                        step: Box::new(step),
                        at,
                    },
                    FlowEdit::MoveStep {
                        step: id.clone(),
                        to: Place {
                            lane: Some(lane),
                            index: 0,
                        },
                    },
                ],
            })
        });
        match edit {
            Some(edit) => {
                if self.edit(edit) {
                    self.board.go_to(id);
                }
            }
            None => self.say(&EditorText::CannotMove),
        }
    }

    /// The place after the selected card, else the end of the flow.
    fn next_place(self, flow: &Flow) -> Place {
        let selected = self.board.selected.get_untracked();
        selected
            .and_then(|id| place_of(flow, &id))
            .map(|at| Place {
                index: at.index + 1,
                ..at
            })
            .unwrap_or(Place {
                lane: None,
                index: flow.steps.len(),
            })
    }

    /// The connection that most other cards of this connector use, else the only one there is.
    fn usual_connection(self, spec: &CardSpec) -> Option<ConnectionId> {
        // An account is not lent to a card that works without one unless somebody says so.
        let connector = spec.connector.as_deref().filter(|_| !spec.goes_without)?;
        let used = self.board.flow.with_untracked(|flow| {
            self.board.catalogue.with_untracked(|catalogue| {
                flow.all_steps()
                    .into_iter()
                    .rev()
                    .filter(|step| {
                        catalogue
                            .card(&step.card)
                            .is_some_and(|card| card.connector.as_deref() == Some(connector))
                    })
                    .find_map(|step| step.connection.clone())
            })
        });
        used.or_else(|| {
            self.board.connections.with_untracked(|all| {
                let mut of_module = all.iter().filter(|known| known.module == connector);
                let first = of_module.next()?;
                of_module.next().is_none().then(|| first.id.clone())
            })
        })
    }

    /// Moves a card to a place counted with the card itself.
    pub fn move_card(self, id: &StepId, to: Place) {
        let (from, to) = self
            .board
            .flow
            .with_untracked(|flow| (place_of(flow, id), without(flow, id, to)));
        if from.as_ref() == Some(&to) {
            return;
        }
        let edit = FlowEdit::MoveStep {
            step: id.clone(),
            to,
        };
        if self.edit(edit) {
            self.say_place(id);
        }
    }

    /// Moves a card by keyboard.
    pub fn move_by_key(self, id: &StepId, way: Way) {
        let to = self.board.flow.with_untracked(|flow| moved(flow, id, way));
        let Some(to) = to else {
            self.say(&EditorText::CannotMove);
            return;
        };
        let edit = FlowEdit::MoveStep {
            step: id.clone(),
            to,
        };
        if self.edit(edit) {
            self.say_place(id);
            self.board.go_to(id);
        }
    }

    fn say_place(self, id: &StepId) {
        let found = self.board.layout.with_untracked(|layout| {
            let card = layout.card(id)?;
            Some((card.place.lane.clone(), card.position, card.of))
        });
        let Some((lane, position, of)) = found else {
            return;
        };
        match lane {
            None => self.say(&EditorText::Moved { position, of }),
            Some((step, lane)) => {
                let lane = self.lane_name(&step, &lane);
                self.say(&EditorText::MovedInto { lane, position, of });
            }
        }
    }

    /// Returns what a lane is called.
    pub fn lane_name(self, step: &StepId, lane: &LaneId) -> String {
        crate::canvas::board::lane_name_now(self.board, step, lane)
    }

    /// Asks before deleting where something depends on the card; deletes at once where nothing does.
    pub fn ask_delete(self, id: &StepId) {
        let uses = self.board.flow.with_untracked(|flow| dependants(flow, id));
        if uses.is_empty() {
            self.delete(id);
        } else {
            self.deleting.set(Some(id.clone()));
        }
    }

    /// Deletes a card; the focus goes to the next one.
    pub fn delete(self, id: &StepId) {
        let title = self.board.title_now(id);
        let next = self.board.flow.with_untracked(|flow| {
            use crate::canvas::reading::neighbour;
            neighbour(flow, id, Way::On)
                .or_else(|| neighbour(flow, id, Way::Back))
                .or_else(|| place_of(flow, id)?.lane.map(|(container, _)| container))
        });
        if self.edit(FlowEdit::RemoveStep { step: id.clone() }) {
            self.say(&EditorText::Deleted { card: title });
            if let Some(next) = next {
                self.board.go_to(&next);
            }
        }
    }

    /// Puts a copy of a card behind it.
    pub fn duplicate(self, id: &StepId) {
        let copy = self.board.flow.with_untracked(|flow| {
            let step = flow.step(id)?.clone();
            let at = place_of(flow, id)?;
            Some((
                step,
                Place {
                    index: at.index + 1,
                    ..at
                },
            ))
        });
        if let Some((step, at)) = copy {
            self.paste_at(step, at);
        }
    }

    /// Puts a copy of the copied card after the selected one.
    pub fn paste(self) {
        if let Some(step) = self.copied() {
            let at = self.board.flow.with_untracked(|flow| self.next_place(flow));
            self.paste_at(step, at);
        }
    }

    fn paste_at(self, mut step: Step, at: Place) {
        let mut renamed = Vec::new();
        rename(&mut step, &mut renamed);
        relink(&mut step, &renamed);
        let id = step.id.clone();
        if self.edit(FlowEdit::AddStep {
            step: Box::new(step),
            at,
        }) {
            self.board.go_to(&id);
        }
    }

    /// Says where an input's value comes from.
    pub fn bind(self, at: &InputRef, binding: Binding) -> bool {
        self.edit(FlowEdit::Bind {
            input: at.clone(),
            binding,
        })
    }

    /// Maps a value to a field; a refusal is shown in the field. A text that is not empty keeps its text.
    pub fn map(self, source: &OutputRef, at: &InputRef, caret: Option<usize>) {
        // An id and a value beside it make no other id: what is chosen from an org is replaced as a whole.
        let is_chosen = untrack(|| self.is_chosen_from_org(at));
        let (edit, answer) = self.board.flow.with_untracked(|flow| {
            let caret = caret.or_else(|| end_of_text(flow, at));
            let caret = caret.filter(|_| !is_chosen);
            (map_edit(flow, source, at, caret), target(flow, source, at))
        });
        if let Some(edit) = edit {
            if self.edit(edit) {
                let (card, field) = (
                    self.board.title_now(&at.step),
                    self.board.names_now(|names| names.input_at(at)),
                );
                self.say(&EditorText::Mapped { card, field });
            }
        } else if let Some(Target::Refused(reason)) = answer {
            self.refused.set(Some((at.clone(), reason)));
        }
    }

    /// Makes a field from a value on a card that takes fields of the user's.
    pub fn map_new(self, source: &OutputRef, step: &StepId) {
        let edit = self.board.flow.with_untracked(|flow| {
            self.board
                .catalogue
                .with_untracked(|catalogue| mapping::add_mapped(flow, catalogue, source, step))
        });
        if let Some(edit) = edit {
            self.edit(edit);
        }
    }

    /// Adds a field of the user's: an input, an output or both, as the card takes it.
    pub fn add_field(self, id: &StepId, name: &str, ty: &Type, as_output: bool) {
        let name = name.trim();
        if name.is_empty() {
            return;
        }
        let edit = self.board.flow.with_untracked(|flow| {
            let step = flow.step(id)?;
            if as_output && (!step.lanes.is_empty() || step.card.is("control", "spawn")) {
                return Some(mapping::add_own_output(step, name, ty));
            }
            self.board.catalogue.with_untracked(|catalogue| {
                mapping::add_field(catalogue, step, name, ty, Binding::Empty)
            })
        });
        if let Some(edit) = edit {
            self.edit(edit);
        }
    }

    /// Removes a field of the user's.
    pub fn remove_field(self, id: &StepId, key: &FieldKey) {
        let edit = self
            .board
            .flow
            .with_untracked(|flow| flow.step(id).map(|step| mapping::remove_field(step, key)));
        if let Some(edit) = edit {
            self.edit(edit);
        }
    }

    /// Gives an input another type.
    pub fn retype(self, at: &InputRef, ty: &Type) {
        let edit = self
            .board
            .flow
            .with_untracked(|flow| mapping::retype(flow, at, ty));
        if let Some(edit) = edit {
            self.edit(edit);
        }
    }

    /// Chooses the connection of a card; on the first choice also that of all cards of this connector without one.
    pub fn connect(self, id: &StepId, connection: Option<ConnectionId>) {
        let edits = self.board.flow.with_untracked(|flow| {
            self.board.catalogue.with_untracked(|catalogue| {
                let connector_of = |step: &Step| {
                    let card = catalogue.card(&step.card).filter(|card| !card.goes_without);
                    card.and_then(|card| card.connector.clone())
                };
                let mine = flow.step(id).and_then(connector_of);
                let is_first = flow.step(id).is_some_and(|step| step.connection.is_none());
                let others = flow.all_steps().into_iter().filter(|step| {
                    let unset = step.connection.is_none() && connector_of(step) == mine;
                    step.id == *id || (is_first && connection.is_some() && unset && mine.is_some())
                });
                others
                    .map(|step| FlowEdit::Connect {
                        step: step.id.clone(),
                        connection: connection.clone(),
                    })
                    .collect::<Vec<_>>()
            })
        });
        self.edit(FlowEdit::Batch { edits });
    }

    /// Returns the connection that a card uses.
    pub(super) fn connection_of(self, id: &StepId) -> Option<ConnectionId> {
        self.board
            .flow
            .with(|flow| flow.step(id).and_then(|step| step.connection.clone()))
    }

    /// Returns the only connection that a card could use, with its name.
    pub(super) fn only_connection(self, id: &StepId) -> Option<(ConnectionId, String)> {
        let spec = self
            .board
            .flow
            .with(|flow| flow.step(id).and_then(|step| self.board.spec(step)))?;
        let connection = self.usual_connection(&spec)?;
        self.board.connections.with(|all| {
            let found = all.iter().find(|known| known.id == connection)?;
            Some((connection.clone(), found.name.clone()))
        })
    }

    /// Keeps the draft and leaves for the page that makes a connection; the way back leads here.
    pub fn new_connection(self, is_web: bool) {
        leptos::task::spawn_local(async move {
            self.draft.save_now(self).await;
            let path = self.board.flow.with_untracked(|flow| {
                let kind = if is_web { "kind=web&" } else { "" };
                format!("/connections/new?{kind}return_to=/flows/{}", flow.id)
            });
            if window().location().set_href(&path).is_err() {
                leptos::logging::warn!("the page cannot be left");
            }
        });
    }

    /// Shows or hides an output that the catalogue or the org knows.
    pub fn show_output(self, id: &StepId, key: &FieldKey, shown: bool) {
        let edit = if shown {
            self.showing(id, Side::Outputs, key)
        } else {
            self.board.flow.with_untracked(|flow| {
                flow.step(id)?.output(key).map(|_| FlowEdit::RemoveOutput {
                    step: id.clone(),
                    output: key.clone(),
                })
            })
        };
        if let Some(edit) = edit {
            self.edit(edit);
        }
    }

    /// Shows or hides an input that the catalogue or the org knows.
    pub fn show_input(self, id: &StepId, key: &FieldKey, shown: bool) {
        let edit = if shown {
            self.showing(id, Side::Inputs, key)
        } else {
            let at = InputRef::of(id.clone(), key.clone());
            self.board.flow.with_untracked(|flow| {
                flow.input(&at)
                    .map(|_| FlowEdit::RemoveInput { input: at.clone() })
            })
        };
        if let Some(edit) = edit {
            self.edit(edit);
        }
    }

    /// Returns the edit that puts a field onto a card; nothing where it is there already or nobody knows it.
    pub(super) fn showing(self, id: &StepId, side: Side, key: &FieldKey) -> Option<FlowEdit> {
        let step = self
            .board
            .flow
            .with_untracked(|flow| flow.step(id).cloned())?;
        if side.has(&step, key) {
            return None;
        }
        let field = self.field_spec(&step, side, key)?;
        let catalogue = self.board.catalogue.get_untracked();
        let known = side.known(catalogue.card(&step.card)?);
        let position = |key: &FieldKey| match side {
            Side::Inputs => step.inputs.iter().position(|input| input.key == *key),
            Side::Outputs => step.outputs.iter().position(|output| output.key == *key),
        };
        let index = index_of(known.map(|field| &field.key), key, position)
            .unwrap_or_else(|| end_of_group(&step, side, key));
        Some(match side {
            Side::Inputs => FlowEdit::AddInput {
                at: InputRef::of(id.clone(), key.clone()),
                input: Box::new(field.input()),
                index,
            },
            Side::Outputs => FlowEdit::AddOutput {
                step: id.clone(),
                output: Box::new(field.output()),
                index,
            },
        })
    }

    /// Adds a further case to If/ElseIf, before the last lane.
    pub fn add_case(self, id: &StepId) {
        let edit = self.board.flow.with_untracked(|flow| {
            let step = flow.step(id)?;
            let spec = self.board.catalogue.get_untracked();
            let lanes = &spec.card(&step.card)?.lanes;
            let case = lanes.iter().find(|lane| !lane.inputs.is_empty())?;
            let id = new_id();
            let has_groups = step
                .lanes
                .iter()
                .flat_map(|lane| &lane.inputs)
                .any(|input| input.key.group.is_some());
            let input = |field: &flow::FieldSpec| {
                let mut input = field.input();
                // As in imported flows, where the group of a case's fields is its id.
                input.key.group = has_groups.then(|| id.to_string());
                input
            };
            let mut changed = step.clone();
            let before_last = changed.lanes.len().saturating_sub(1);
            changed.lanes.insert(
                before_last,
                Lane {
                    id: LaneId::new(id.as_str()),
                    inputs: case.inputs.iter().map(input).collect(),
                    steps: Vec::new(),
                    yields: blank(&step.lanes.first()?.yields),
                },
            );
            replace(flow, changed)
        });
        if let Some(edit) = edit {
            self.edit(edit);
        }
    }

    /// Removes a case of If/ElseIf with its cards.
    pub fn remove_case(self, id: &StepId, lane: &LaneId) {
        let edit = self.board.flow.with_untracked(|flow| {
            let mut changed = flow.step(id)?.clone();
            changed.lanes.retain(|known| known.id != *lane);
            replace(flow, changed)
        });
        if let Some(edit) = edit {
            self.edit(edit);
        }
    }
}

fn blank(inputs: &[Input]) -> Vec<Input> {
    inputs
        .iter()
        .map(|input| Input {
            binding: Binding::Empty,
            ..input.clone()
        })
        .collect()
}

/// The edit that puts a changed card in the place of the card of the same id.
pub(super) fn replace(flow: &Flow, changed: Step) -> Option<FlowEdit> {
    let at = place_of(flow, &changed.id)?;
    Some(FlowEdit::Batch {
        edits: vec![
            FlowEdit::RemoveStep {
                step: changed.id.clone(),
            },
            FlowEdit::AddStep {
                step: Box::new(changed),
                at,
            },
        ],
    })
}

/// The schedule goes with the card that asks for one, and leaves with any other.
fn planned(flow: &Flow, key: &CardKey, first: FlowEdit) -> FlowEdit {
    let is_scheduled = key.is("control", "scheduled");
    if is_scheduled == flow.schedule.is_some() {
        return first;
    }
    let schedule = is_scheduled.then(|| Schedule::daily(viewers_zone()));
    FlowEdit::Batch {
        edits: vec![first, FlowEdit::Plan { schedule }],
    }
}

/// Cards that start a flow take the place of the one that starts it now.
fn put_first(flow: &Flow, catalogue: &Catalogue, step: Step) -> FlowEdit {
    let first = flow.steps.first().filter(|first| {
        catalogue
            .card(&first.card)
            .is_some_and(|card| card.kind == CardKind::Event)
    });
    let add = FlowEdit::AddStep {
        step: Box::new(step),
        at: Place {
            lane: None,
            index: 0,
        },
    };
    match first {
        None => add,
        Some(first) => FlowEdit::Batch {
            edits: vec![
                FlowEdit::RemoveStep {
                    step: first.id.clone(),
                },
                add,
            ],
        },
    }
}

/// Where a field goes so that fields keep the order of the catalogue; nothing for one that is not in it.
fn index_of<'a>(
    order: impl Iterator<Item = &'a FieldKey>,
    key: &FieldKey,
    position: impl Fn(&FieldKey) -> Option<usize>,
) -> Option<usize> {
    let mut index = 0;
    for known in order {
        if known == key {
            return Some(index);
        }
        if let Some(at) = position(known) {
            index = at + 1;
        }
    }
    None
}

/// Behind the last field of its group, else at the end.
fn end_of_group(step: &Step, side: Side, key: &FieldKey) -> usize {
    let is_mine = |known: &FieldKey| known.group == key.group;
    let (last, count) = match side {
        Side::Inputs => (
            step.inputs.iter().rposition(|input| is_mine(&input.key)),
            step.inputs.len(),
        ),
        Side::Outputs => (
            step.outputs.iter().rposition(|output| is_mine(&output.key)),
            step.outputs.len(),
        ),
    };
    last.map_or(count, |last| last + 1)
}

fn end_of_text(flow: &Flow, at: &InputRef) -> Option<usize> {
    let input = flow.input(at)?;
    let is_single = matches!(input.binding, Binding::Output { .. });
    let composes = flow
        .step(&at.step)
        .is_some_and(|step| step.card.is("string", "compose"));
    (template::holds_text(input) && !input.binding.is_blank() && (!is_single || composes))
        .then(|| template::length(&template::parts(&input.binding)))
}

fn rename(step: &mut Step, renamed: &mut Vec<(StepId, StepId)>) {
    let id = new_id();
    renamed.push((step.id.clone(), id.clone()));
    step.id = id;
    for lane in &mut step.lanes {
        for inner in &mut lane.steps {
            rename(inner, renamed);
        }
    }
}

/// Inside a copied container links point to the copies.
fn relink(step: &mut Step, renamed: &[(StepId, StepId)]) {
    let lanes = step
        .lanes
        .iter_mut()
        .flat_map(|lane| lane.inputs.iter_mut().chain(lane.yields.iter_mut()));
    for input in step.inputs.iter_mut().chain(lanes) {
        relink_binding(&mut input.binding, renamed);
    }
    for lane in &mut step.lanes {
        for inner in &mut lane.steps {
            relink(inner, renamed);
        }
    }
}

fn relink_binding(binding: &mut Binding, renamed: &[(StepId, StepId)]) {
    match binding {
        Binding::Output { source, .. } => {
            if let Some((_, new)) = renamed.iter().find(|(old, _)| *old == source.step) {
                source.step = new.clone();
            }
        }
        Binding::Template { parts } => {
            for part in parts {
                if let flow::Part::Value { binding, .. } = part {
                    relink_binding(binding, renamed);
                }
            }
        }
        Binding::Empty | Binding::Constant { .. } | Binding::Item { .. } => {}
    }
}

/// Returns a new id for a card: nine letters and digits, as in Okta's packs.
pub(super) fn new_id() -> StepId {
    const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    let id: String = (0..9)
        .map(|_| {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a random number below 62"
            )]
            let index = (js_sys::Math::random() * 62.0) as usize;
            char::from(LETTERS.get(index).copied().unwrap_or(b'x'))
        })
        .collect();
    StepId::from(id)
}

/// Returns a card without fields.
pub(crate) fn bare_step(card: &CardKey) -> Step {
    Step {
        id: new_id(),
        card: card.clone(),
        title: None,
        note: None,
        connection: None,
        inputs: Vec::new(),
        outputs: Vec::new(),
        lanes: Vec::new(),
        on_error: flow::OnError::default(),
        collapsed: false,
    }
}

/// Returns an output of the user's, for cards whose outputs follow from a choice.
pub(super) fn own_output(key: FieldKey, ty: Type) -> Output {
    Output {
        custom: true,
        ..Output::new(key, ty)
    }
}
