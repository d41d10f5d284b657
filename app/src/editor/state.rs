//! The editor of one flow: the board, what is in the air, which panels are open. Every change is a [`FlowEdit`] that
//! goes through the history.

use std::collections::HashMap;
use std::sync::Arc;

use api::{FlowRow, FlowView};
use flow::{CardKey, FlowEdit, InputRef, OutputRef, Place, Repair, StepId, check_in};
use leptos::prelude::*;

use super::draft::Draft;
use super::gesture::Press;
use super::last_values::LastValues;
use super::org::OrgSaid;
use super::picker::Picker;
use super::repairing::around;
use super::resting::TextPlace;
use super::room::Room;
use super::trial::Trials;
use super::typed::TypedEdit;
use crate::canvas::board::Board;
use crate::canvas::geometry::Point;
use crate::canvas::history::{Changed, History};
use crate::canvas::layout::Layout;
use crate::canvas::mapping::{Reason, Target};
use crate::canvas::rows::Purpose;
use crate::i18n::texts::{EditorText, VersionText};
use crate::i18n::{Message, Speech, use_speech};
use crate::kit::{ToastBox, use_toasts};

/// What is in the air.
#[derive(Clone, PartialEq)]
pub enum Air {
    /// A new card from the palette.
    New(CardKey),
    /// A card of the flow.
    Card(StepId),
    /// A value, and what every field answers to it.
    Value {
        /// The value.
        source: OutputRef,
        /// The answers.
        targets: Arc<HashMap<InputRef, Target>>,
        /// Taken by click or by keyboard: stays in the air when the button is released.
        is_held: bool,
    },
}

/// What is below the thing in the air.
#[derive(Clone, Debug, PartialEq)]
pub enum Over {
    /// A field.
    Input(InputRef),
    /// "Add field" of a card.
    AddField(StepId),
}

/// A value that a field did not take.
#[derive(Clone, PartialEq)]
pub struct NotTaken {
    /// The field.
    pub at: InputRef,
    /// Why.
    pub reason: Reason,
    /// What would bring it in all the same.
    pub ways: Vec<Repair>,
}

/// A list of earlier values beside a field.
#[derive(Clone, PartialEq)]
pub struct ValueList {
    /// The field.
    pub at: InputRef,
    /// Where its box is in the window: left, top, width, bottom.
    pub anchor: (f64, f64, f64, f64),
    /// Text that filters the list.
    pub filter: String,
    /// Position in the field where the value goes: where the list was opened.
    pub caret: usize,
    /// So many characters were typed since then; they narrow the list, and the value takes their place.
    pub typed: usize,
    /// The highlighted row.
    pub chosen: Option<usize>,
}

/// The editor of one flow.
#[derive(Clone, Copy)]
pub struct Editor {
    /// The canvas.
    pub board: Board,
    pub(super) history: StoredValue<History>,
    /// There is something to take back.
    pub can_undo: RwSignal<bool>,
    /// There is something to make again.
    pub can_redo: RwSignal<bool>,
    /// What is in the air.
    pub air: RwSignal<Option<Air>>,
    /// Where the pointer is in the window.
    pub pointer: RwSignal<Point>,
    /// What is below the thing in the air.
    pub over: RwSignal<Option<Over>>,
    /// The cards in the air, the one under the pointer among them.
    pub stack: RwSignal<Vec<StepId>>,
    /// Alt is held: a drop copies.
    pub copies: RwSignal<bool>,
    /// G was pressed: the next key says what goes around the selected cards.
    pub(super) prefix: StoredValue<bool>,
    /// The next paste goes before the selected cards.
    pub(super) pastes_before: StoredValue<bool>,
    pub(super) press: StoredValue<Option<Press>>,
    pub(super) frame: StoredValue<bool>,
    pub(super) rested: StoredValue<Option<super::unfolding::Rested>>,
    /// The layout before a slot opened: what is below the pointer is found there, so that nothing flickers.
    pub(super) base: StoredValue<Arc<Layout>>,
    /// The palette is open.
    pub palette: RwSignal<bool>,
    /// Which cards the list beside a "+" shows first: `all`, `events`, `actions` or `functions`.
    pub filter: RwSignal<&'static str>,
    /// The place for the next card, where "+" was pressed.
    pub adding: RwSignal<Option<Place>>,
    /// The card of the palette whose help is shown beside it.
    pub guide: RwSignal<Option<super::palette::Guided>>,
    /// Finding in the flow.
    pub find: super::find::Finder,
    /// The outline is shown instead of the canvas.
    pub outline: RwSignal<bool>,
    /// The inspector is open.
    pub inspector: RwSignal<bool>,
    /// Its tab.
    pub tab: RwSignal<&'static str>,
    /// The list of earlier values.
    pub values: RwSignal<Option<ValueList>>,
    /// What the newest run left on the outputs; nothing until somebody asks.
    pub last: RwSignal<Option<LastValues>>,
    /// Where a value in the air would go into a text: the position, and where that is in the window.
    pub place: RwSignal<Option<TextPlace>>,
    /// The typed value that is under edit with more room.
    pub typed: RwSignal<Option<TypedEdit>>,
    /// The list of what an org offers, beside a field.
    pub picker: RwSignal<Option<Picker>>,
    /// What orgs have said.
    pub org: OrgSaid,
    /// The card whose title is under edit.
    pub naming: RwSignal<Option<StepId>>,
    /// Why the last value was refused, and by which field.
    /// The cards that are about to be deleted, for the question.
    pub deleting: RwSignal<Option<Vec<StepId>>>,
    /// The cards that are about to become a helper flow, for its name.
    pub extracting: RwSignal<Option<Vec<StepId>>>,
    pub refused: RwSignal<Option<NotTaken>>,
    /// The list of problems is open.
    pub problems_open: RwSignal<bool>,
    /// The dialog that starts a run is open.
    pub running: RwSignal<bool>,
    /// Trying the flow out.
    pub trials: Trials,
    /// The dialog that saves a version is open.
    pub saving: RwSignal<bool>,
    /// Which view of the flow is open: `design`, `runs` or `versions`.
    pub view: RwSignal<&'static str>,
    /// The table of keys is open.
    pub shortcuts: RwSignal<bool>,
    /// Who else has the flow open.
    pub room: Room,
    /// The draft and its way to the server.
    pub draft: Draft,
    /// The flow in lists: name, on or off, version.
    pub row: RwSignal<Option<FlowRow>>,
    /// The folder's name.
    pub folder: RwSignal<Option<String>>,
    /// Where an API endpoint is called.
    pub endpoint: RwSignal<Option<api::Endpoint>>,
    checking: StoredValue<bool>,
    /// Who speaks.
    pub speech: Speech,
    /// Where toasts are put.
    pub toasts: ToastBox,
}

impl Editor {
    /// Returns an editor without a flow.
    pub fn new() -> Self {
        Self {
            board: Board::new(Purpose::Edit),
            history: StoredValue::new(History::default()),
            can_undo: RwSignal::new(false),
            can_redo: RwSignal::new(false),
            air: RwSignal::new(None),
            pointer: RwSignal::new(Point::default()),
            over: RwSignal::new(None),
            stack: RwSignal::new(Vec::new()),
            copies: RwSignal::new(false),
            prefix: StoredValue::new(false),
            pastes_before: StoredValue::new(false),
            press: StoredValue::new(None),
            frame: StoredValue::new(false),
            rested: StoredValue::new(None),
            base: StoredValue::new(Arc::new(Layout::default())),
            palette: RwSignal::new(true),
            filter: RwSignal::new("all"),
            adding: RwSignal::new(None),
            guide: RwSignal::new(None),
            find: super::find::Finder::new(),
            outline: RwSignal::new(false),
            inspector: RwSignal::new(false),
            tab: RwSignal::new("fields"),
            values: RwSignal::new(None),
            last: RwSignal::new(None),
            place: RwSignal::new(None),
            typed: RwSignal::new(None),
            picker: RwSignal::new(None),
            org: OrgSaid::new(),
            naming: RwSignal::new(None),
            refused: RwSignal::new(None),
            deleting: RwSignal::new(None),
            extracting: RwSignal::new(None),
            problems_open: RwSignal::new(false),
            running: RwSignal::new(false),
            trials: Trials::new(),
            saving: RwSignal::new(false),
            view: RwSignal::new("design"),
            shortcuts: RwSignal::new(false),
            room: Room::new(),
            draft: Draft::new(),
            row: RwSignal::new(None),
            folder: RwSignal::new(None),
            endpoint: RwSignal::new(None),
            checking: StoredValue::new(false),
            speech: use_speech(),
            toasts: use_toasts(),
        }
    }

    /// Shows a flow as the server gave it.
    pub fn open(self, view: FlowView) {
        self.take_over(&view.draft);
        self.tell_history();
        self.draft
            .open(&view.draft, view.revision, view.draft_is_saved);
        self.row.set(Some(view.row));
        self.folder.set(view.folder_name);
        self.endpoint.set(view.endpoint);
        self.board.connections.set(view.connections);
        self.board.callable.set(view.callable);
        self.board.tables.set(view.tables);
        self.board.signatures.set(view.signatures);
        self.last.set(None);
        self.check_now();
    }

    /// Makes a change. Tells whether it was made; a refusal is announced.
    pub fn edit(self, edit: FlowEdit) -> bool {
        self.change(|history, flow| history.make(flow, edit))
    }

    /// Makes a change that is one step of undo with the others of this visit to a field.
    pub fn type_into(self, edit: FlowEdit, visit: &str) -> bool {
        self.change(|history, flow| history.go_on(flow, edit, visit))
    }

    /// Ends the visit to a field.
    pub fn end_visit(self) {
        self.history.update_value(History::pause);
    }

    fn change(
        self,
        make: impl FnOnce(&mut History, &mut flow::Flow) -> Result<(), flow::Refused>,
    ) -> bool {
        if self.draft.is_read_only.get_untracked() {
            self.say(&VersionText::ReadOnlySaid);
            return false;
        }
        let mut outcome = Ok(());
        self.board.flow.update(|flow| {
            self.history
                .update_value(|history| outcome = make(history, flow));
        });
        match outcome {
            Ok(()) => {
                self.changed();
                true
            }
            Err(refused) => {
                self.board.announced.set(refused.to_string());
                false
            }
        }
    }

    /// Takes the last change back.
    pub fn undo(self) {
        self.step(History::undo, &EditorText::Undone);
    }

    /// Makes the change again that was taken back last.
    pub fn redo(self) {
        self.step(History::redo, &EditorText::Redone);
    }

    fn step(
        self,
        step: impl FnOnce(&mut History, &mut flow::Flow) -> Result<Option<Changed>, flow::Refused>,
        said: &EditorText,
    ) {
        let mut moved = Ok(None);
        self.board.flow.update(|flow| {
            self.history
                .update_value(|history| moved = step(history, flow));
        });
        if let Ok(Some(changed)) = moved {
            self.changed();
            self.show_changed(&changed);
            self.say(said);
        }
    }

    /// Shows what became of the flow elsewhere. Undo goes on with what was done here.
    pub(super) fn adopt(self, flow: flow::Flow) {
        self.board.flow.set(flow);
        self.check_soon();
        self.deselect_gone();
    }

    fn changed(self) {
        self.tell_history();
        self.refused.set(None);
        self.draft.touch(self);
        self.check_soon();
        self.deselect_gone();
    }

    fn deselect_gone(self) {
        let selected = self.board.selected.get_untracked();
        let is_gone = selected.is_some_and(|id| {
            self.board
                .flow
                .with_untracked(|flow| flow.step(&id).is_none())
        });
        if is_gone {
            self.board.selected.set(None);
        }
    }

    pub(super) fn tell_history(self) {
        let (undo, redo) = self
            .history
            .with_value(|history| (history.can_undo(), history.can_redo()));
        self.can_undo.set(undo);
        self.can_redo.set(redo);
    }

    /// Checks the flow in a moment: typing is not held up by it.
    fn check_soon(self) {
        if self.checking.get_value() {
            return;
        }
        self.checking.set_value(true);
        set_timeout(
            move || {
                self.checking.try_set_value(false);
                self.check_now();
            },
            std::time::Duration::from_millis(120),
        );
    }

    /// Checks the flow.
    pub fn check_now(self) {
        if self.board.connections.try_get_untracked().is_none() {
            return;
        }
        let around = around(self.board);
        let Some(found) = self.board.catalogue.try_with_untracked(|catalogue| {
            self.board
                .flow
                .try_with_untracked(|flow| check_in(flow, catalogue, &around))
        }) else {
            return;
        };
        let found = found.unwrap_or_default();
        if self.board.problems.with_untracked(|known| *known != found) {
            self.board.problems.set(found);
        }
    }

    /// Says something to a screen reader.
    pub fn say(self, message: &impl Message) {
        self.board.announced.set(self.speech.say_now(message));
    }
}

impl Default for Editor {
    fn default() -> Self {
        Self::new()
    }
}

/// Returns the editor around; nothing on the page of a run.
pub fn use_editor() -> Option<Editor> {
    if use_context::<LookOnly>().is_some() {
        return None;
    }
    use_context()
}

/// Marks a canvas inside the editor on which nothing can be changed.
#[derive(Clone, Copy)]
pub struct LookOnly;
