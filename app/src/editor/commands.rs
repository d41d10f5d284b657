//! What the keys do, on the canvas and anywhere on the page.

use flow::{FlowEdit, InputRef, Note, Place, StepId};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

use super::state::{Air, Editor, Over};
use crate::canvas::board::{focus_card, focus_first};
use crate::canvas::keyboard::{Command, Key, command};
use crate::canvas::reading::{Way, neighbour, place_of};
use crate::i18n::texts::EditorText;

/// Returns a key as the browser tells it.
pub fn key_of(event: &KeyboardEvent) -> Key {
    Key {
        key: event.key(),
        code: event.code(),
        ctrl: event.ctrl_key() || event.meta_key(),
        shift: event.shift_key(),
        alt: event.alt_key(),
        composing: event.is_composing(),
    }
}

/// Tells whether a key was pressed in something that takes text.
fn is_in_field(event: &KeyboardEvent) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|target| {
        target
            .closest("input, textarea, select, [contenteditable], dialog, [role=menu]")
            .is_ok_and(|found| found.is_some())
    })
}

/// A key on the canvas.
pub fn on_key(editor: Editor, event: &KeyboardEvent) {
    if is_in_field(event) {
        return;
    }
    let Some(command) = command(&key_of(event)) else {
        return;
    };
    if editor.carry(command) || editor.obey(command) {
        event.prevent_default();
        event.stop_propagation();
    }
}

/// A key anywhere on the page: undo and redo, saving, Escape, the palette's search.
pub fn on_key_anywhere(editor: Editor, event: &KeyboardEvent) {
    let Some(command) = command(&key_of(event)) else {
        return;
    };
    let in_field = is_in_field(event);
    let is_ours = match command {
        Command::SaveVersion | Command::Run => true,
        Command::Escape => editor.air.with_untracked(Option::is_some) || !in_field,
        Command::Undo | Command::Redo => {
            !in_field
                || event.target().is_some_and(|target| {
                    target.dyn_into::<web_sys::Element>().is_ok_and(|element| {
                        element
                            .closest(".field-box")
                            .is_ok_and(|found| found.is_some())
                    })
                })
        }
        Command::SearchCards
        | Command::Palette
        | Command::Shortcuts
        | Command::ZoomIn
        | Command::ZoomOut
        | Command::FullSize
        | Command::Fit => !in_field,
        _ => false,
    };
    if is_ours && editor.obey(command) {
        event.prevent_default();
    }
}

impl Editor {
    /// The keys while a value is in hand: arrows walk over the fields that can take it.
    fn carry(self, command: Command) -> bool {
        let Some(Air::Value {
            targets, source, ..
        }) = self.air.get_untracked()
        else {
            return false;
        };
        match command {
            Command::Go(Way::On | Way::In) => self.walk_targets(&targets, 1),
            Command::Go(Way::Back | Way::Out) => self.walk_targets(&targets, -1),
            Command::EnterCard => {
                if let Some(Over::Input(at)) = self.over.get_untracked() {
                    self.put_back();
                    self.map(&source, &at, None);
                    focus_card(&at.step);
                }
            }
            Command::Escape => {
                self.put_back();
                self.say(&EditorText::PutBack);
            }
            _ => return false,
        }
        true
    }

    fn walk_targets(
        self,
        targets: &std::collections::HashMap<InputRef, crate::canvas::mapping::Target>,
        by: isize,
    ) {
        let taking: Vec<InputRef> = self.board.layout.with_untracked(|layout| {
            let cards = layout
                .cards
                .iter()
                .flat_map(|card| card.inputs().map(|row| row.at).collect::<Vec<_>>());
            let lanes = layout
                .lanes
                .iter()
                .flat_map(|lane| lane.inputs().map(|row| row.at).collect::<Vec<_>>());
            cards
                .chain(lanes)
                .filter(|at| {
                    targets
                        .get(at)
                        .is_some_and(crate::canvas::mapping::Target::takes)
                })
                .collect()
        });
        let here = self.over.with_untracked(|over| match over {
            Some(Over::Input(at)) => taking.iter().position(|known| known == at),
            _ => None,
        });
        let count = taking.len();
        if count == 0 {
            return;
        }
        let next = match here {
            None if by > 0 => 0,
            None => count - 1,
            Some(here) => (here + count).saturating_add_signed(by) % count,
        };
        if let Some(at) = taking.get(next) {
            self.board.reveal(&at.step);
            self.over.set(Some(Over::Input(at.clone())));
            let (card, field) = (
                self.board.title_now(&at.step),
                self.board.names_now(|names| names.input_at(at)),
            );
            self.say(&EditorText::OverField { card, field });
            self.move_air_to(at);
        }
    }

    /// Draws the value in hand beside the field that it is over.
    fn move_air_to(self, at: &InputRef) {
        let place = self.board.layout.with_untracked(|layout| {
            let card = layout.card(&at.step)?;
            let own = card.inputs().find(|row| row.at == *at);
            let row = own.or_else(|| {
                layout
                    .lane(&at.step, at.lane.as_ref()?)?
                    .inputs()
                    .find(|row| row.at == *at)
            })?;
            Some(row.field)
        });
        if let Some(field) = place {
            let screen = self
                .board
                .viewport
                .get_untracked()
                .to_screen(field.center());
            let origin = self.board.origin.get_value();
            self.pointer.set(crate::canvas::geometry::Point::new(
                screen.x + origin.x,
                screen.y + origin.y,
            ));
        }
    }

    /// Does what a key says. Tells whether it was something to do.
    pub fn obey(self, command: Command) -> bool {
        let selected = self.board.selected.get_untracked();
        if let Some(done) = self.obey_for_all(command) {
            return done;
        }
        let Some(id) = selected else {
            return false;
        };
        match command {
            Command::Move(way) => self.move_by_key(&id, way),
            Command::EnterCard => self.enter(&id),
            Command::AddBefore => {
                let place = self.board.flow.with_untracked(|flow| place_of(flow, &id));
                self.filter.set("all");
                self.adding.set(place);
            }
            Command::Rename => self.naming.set(Some(id)),
            Command::Help => {
                self.tab.set("help");
                self.inspector.set(true);
            }
            Command::Fold => self.toggle_fold(&id),
            Command::Delete => self.ask_delete(&id),
            Command::Duplicate => self.duplicate(&id),
            Command::Copy => self.copy_card(&id),
            Command::Cut => {
                self.copy_card(&id);
                self.ask_delete(&id);
            }
            Command::TakeOutput => {
                let first = self.board.layout.with_untracked(|layout| {
                    layout
                        .card(&id)
                        .and_then(|card| card.outputs().next().map(|row| row.source))
                });
                if let Some(source) = first {
                    self.take(&source);
                }
            }
            _ => return false,
        }
        true
    }

    fn obey_for_all(self, command: Command) -> Option<bool> {
        match command {
            Command::Go(way) => self.go(way),
            Command::AddAfter => self.add_after_selected(),
            Command::SearchCards => {
                self.palette.set(true);
                request_animation_frame(|| focus_first(".palette-search input"));
            }
            Command::Palette => self.palette.update(|open| *open = !*open),
            Command::Inspector => self.inspector.update(|open| *open = !*open),
            Command::Paste => self.paste(),
            Command::Undo => self.undo(),
            Command::Redo => self.redo(),
            Command::Wires => self.board.all_wires.update(|all| *all = !*all),
            Command::Note => self.add_note(),
            Command::NextProblem => self.go_to_problem(false),
            Command::PreviousProblem => self.go_to_problem(true),
            Command::SaveVersion => self.save_version(),
            Command::Run => self.running.set(true),
            Command::ZoomIn => self.board.zoom_by(1.2),
            Command::ZoomOut => self.board.zoom_by(1.0 / 1.2),
            Command::FullSize => self.board.zoom_to(1.0),
            Command::Fit => self.board.fit(),
            Command::Shortcuts => self.shortcuts.set(true),
            Command::Escape => return Some(self.escape()),
            _ => return None,
        }
        Some(true)
    }

    fn escape(self) -> bool {
        if self.air.with_untracked(Option::is_some) {
            self.put_back();
        } else if self.adding.with_untracked(Option::is_some) {
            self.adding.set(None);
        } else if let Some(id) = self.board.entered.get_untracked() {
            self.board.entered.set(None);
            focus_card(&id);
        } else if self.board.selected.with_untracked(Option::is_some) {
            self.board.selected.set(None);
        } else {
            return false;
        }
        true
    }

    fn go(self, way: Way) {
        let selected = self.board.selected.get_untracked();
        let next = self.board.flow.with_untracked(|flow| match &selected {
            Some(id) => neighbour(flow, id, way),
            None => flow.steps.first().map(|step| step.id.clone()),
        });
        if let Some(next) = next {
            self.board.go_to(&next);
        }
    }

    /// Opens the list of cards for the place after the selected card.
    pub fn add_after_selected(self) {
        let place = self.board.flow.with_untracked(|flow| {
            let selected = self.board.selected.get_untracked();
            let at = selected.and_then(|id| place_of(flow, &id));
            at.map_or(
                Place {
                    lane: None,
                    index: flow.steps.len(),
                },
                |at| Place {
                    index: at.index + 1,
                    ..at
                },
            )
        });
        self.filter.set("all");
        self.adding.set(Some(place));
    }

    /// Puts the focus into the first field of a card.
    fn enter(self, id: &StepId) {
        self.board.entered.set(Some(id.clone()));
        let id = id.clone();
        request_animation_frame(move || {
            let fields = format!(
                "[data-step='{id}'] :is(select, input, textarea, [contenteditable='plaintext-only'], .output-grip, .card-foot button)"
            );
            focus_first(&fields);
        });
    }

    /// Gives a card a title of its own, or its own name back.
    pub fn rename_card(self, id: &StepId, title: &str) {
        let own = self.board.names_now(|names| {
            let step = names.flow.step(id)?;
            Some((
                names.card(step),
                names
                    .catalogue
                    .card(&step.card)
                    .map(|spec| spec.name.clone()),
            ))
        });
        let Some((now, name)) = own else { return };
        if title == now {
            return;
        }
        let is_own = title.is_empty() || Some(title) == name.as_deref();
        self.edit(FlowEdit::Retitle {
            step: id.clone(),
            title: (!is_own).then(|| title.to_owned()),
        });
    }

    /// Writes the text of a note.
    pub fn annotate(self, id: &StepId, note: Note) {
        let is_same = self.board.flow.with_untracked(|flow| {
            flow.step(id)
                .is_none_or(|step| step.note.as_ref() == Some(&note))
        });
        if !is_same {
            self.edit(FlowEdit::Annotate {
                step: id.clone(),
                note: Some(note),
            });
        }
    }

    /// Folds or unfolds a card.
    pub fn toggle_fold(self, id: &StepId) {
        let collapsed = self
            .board
            .flow
            .with_untracked(|flow| flow.step(id).is_some_and(|step| step.collapsed));
        self.edit(FlowEdit::Fold {
            step: id.clone(),
            collapsed: !collapsed,
        });
    }

    fn copy_card(self, id: &StepId) {
        let step = self
            .board
            .flow
            .with_untracked(|flow| flow.step(id).cloned());
        if let Some(step) = step {
            self.copy(step);
            self.say(&EditorText::Copied);
        }
    }

    /// Adds a note after the selected card and opens it.
    pub fn add_note(self) {
        let step = flow::Step {
            note: Some(Note::default()),
            ..super::change::bare_step(&flow::CardKey::new("control", "comment"))
        };
        let id = step.id.clone();
        let at = self.place_for_next();
        if self.edit(FlowEdit::AddStep {
            step: Box::new(step),
            at,
        }) {
            self.board.selected.set(Some(id.clone()));
            self.board.reveal(&id);
            self.naming.set(Some(id));
        }
    }

    /// Wraps a card in an If Error.
    pub fn wrap_in_if_error(self, id: &StepId) {
        self.wrap(id, &flow::CardKey::new("control", "tryCatch"));
    }

    fn go_to_problem(self, back: bool) {
        let problems = self.board.problems.get_untracked();
        let steps: Vec<&StepId> = problems
            .iter()
            .filter_map(|problem| problem.step.as_ref())
            .collect();
        let selected = self.board.selected.get_untracked();
        let here = steps.iter().position(|id| Some(*id) == selected.as_ref());
        let count = steps.len();
        let next = match (here, back) {
            (None, _) => 0,
            (Some(here), false) => (here + 1) % count,
            (Some(here), true) => (here + count - 1) % count,
        };
        if let Some(id) = steps.get(next) {
            self.board.go_to(id);
        }
    }
}
