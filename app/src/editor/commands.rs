//! What the keys do, on the canvas and anywhere on the page.

mod cards;
mod carrying;
mod walking;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

use super::Editor;
use super::arranging::Wrapper;
use super::focus::{is_on_button, is_switched_off};
use super::trial::Mode;
use crate::canvas::board::focus_first;
use crate::canvas::keyboard::{Command, Key, after_prefix, command, is_modifier};
use crate::canvas::reading::place_of;
use crate::i18n::texts::EditingText;

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
pub(crate) fn is_in_field(event: &KeyboardEvent) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|target| {
        target
            .closest("input, textarea, select, [contenteditable], dialog, [role=menu]")
            .is_ok_and(|found| found.is_some())
    })
}

/// A key after G says what goes around the selected cards. Tells whether it did.
pub(crate) fn on_second_key(editor: Editor, event: &KeyboardEvent) -> bool {
    let key = key_of(event);
    if !editor.prefix.get_value() || is_modifier(&key) {
        return false;
    }
    editor.prefix.set_value(false);
    let Some(command) = after_prefix(&key) else {
        return false;
    };
    editor.obey(command);
    event.prevent_default();
    event.stop_propagation();
    true
}

/// A key on the canvas.
pub fn on_key(editor: Editor, event: &KeyboardEvent) {
    if is_in_field(event) || event.default_prevented() || is_switched_off(editor.board, event) {
        return;
    }
    if on_second_key(editor, event) {
        return;
    }
    let key = key_of(event);
    // The browser's own event follows; it does not tell whether Shift is held.
    let pastes = key.ctrl && key.key.eq_ignore_ascii_case("v");
    editor.pastes_before.set_value(pastes && key.shift);
    let Some(command) = command(&key) else {
        return;
    };
    let in_hand = editor.air.with_untracked(Option::is_some);
    if command == Command::EnterCard && is_on_button(event) && !in_hand {
        return;
    }
    // Alt and an arrow never leave the page while the canvas has the focus, also where no card can be moved.
    let is_move = matches!(command, Command::Move(_));
    if editor.carry(command) || editor.obey(command) || is_move {
        event.prevent_default();
        event.stop_propagation();
    }
}

/// A key anywhere on the page: undo and redo, saving, Escape, the palette's search.
pub fn on_key_anywhere(editor: Editor, event: &KeyboardEvent) {
    if event.default_prevented() || is_switched_off(editor.board, event) {
        return;
    }
    let Some(command) = command(&key_of(event)) else {
        return;
    };
    let in_field = is_in_field(event);
    let is_ours = match command {
        Command::SaveVersion | Command::Run | Command::RunCard | Command::Find => true,
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
        | Command::Outline
        | Command::Shortcuts
        | Command::ZoomIn
        | Command::ZoomOut
        | Command::FullSize
        | Command::Fit
        | Command::FitSelection => !in_field,
        _ => false,
    };
    if is_ours && editor.obey(command) {
        event.prevent_default();
    }
}

impl Editor {
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
            Command::Move(way) => self.move_by_key(way),
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
            Command::Fold => self.fold_chosen(),
            Command::Delete => self.ask_delete_chosen(),
            Command::Duplicate => self.duplicate_chosen(),
            Command::Copy => self.copy_chosen(),
            Command::Cut => self.cut_chosen(),
            Command::Prefix => {
                self.prefix.set_value(true);
                self.say(&EditingText::AfterG);
            }
            Command::RunCard => self.ask_run(Mode::Only(id)),
            Command::WrapInIfError => self.wrap_chosen(Wrapper::IfError),
            Command::WrapInIfElse => self.wrap_chosen(Wrapper::IfElse),
            Command::TakeOut => self.take_out(&id),
            Command::Extract => self.ask_extract(),
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
            Command::Extend(way) => self.extend_selection(way),
            Command::SelectAll => self.select_all(),
            Command::Paste => self.paste_from_clipboard(),
            Command::Outline => self.show_outline(!self.outline.get_untracked()),
            Command::Undo => self.undo(),
            Command::Redo => self.redo(),
            Command::Wires => self.board.all_wires.update(|all| *all = !*all),
            Command::Note => self.add_note(),
            Command::NextProblem => self.go_to_problem(false),
            Command::PreviousProblem => self.go_to_problem(true),
            Command::SaveVersion => self.save_version(),
            Command::Run => self.ask_run(Mode::Whole),
            Command::RunPanel => self.trials.toggle(),
            Command::ZoomIn => self.board.zoom_by(1.2),
            Command::ZoomOut => self.board.zoom_by(1.0 / 1.2),
            Command::FullSize => self.board.zoom_to(1.0),
            Command::Fit => self.board.fit(),
            Command::FitSelection => self.board.fit_selection(),
            Command::FoldAll => self.toggle_fold_all(),
            Command::Shortcuts => self.shortcuts.set(true),
            Command::Find => return Some(self.open_find()),
            Command::Escape => return Some(self.escape()),
            _ => return None,
        }
        Some(true)
    }
}
