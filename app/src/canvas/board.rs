//! What a canvas shows, as signals: one board for the editor and for a run. Lives at the page; views below take what
//! they need from it.

use std::collections::HashMap;
use std::sync::Arc;

use api::{Connection, FlowRow, RunView, StepRun, TableView};
use flow::{CardSpec, Catalogue, Flow, FlowId, LaneId, Place, Problem, Signature, Step, StepId};
use leptos::prelude::*;

use super::derived::{Derived, More, Sources};
use super::geometry::{Point, Rect, Size};
use super::label::Names;
use super::layout::{CardBox, Layout};
use super::marks::Marks;
use super::rows::{Purpose, Unfolded};
use super::traced::Traced;
use super::tried::{Tried, did_in, runs_alike};
use super::viewport::Viewport;
use super::wires::Which;
use crate::i18n::{Speech, use_speech};
use crate::shell::keys::use_single_keys;

/// What a canvas shows.
#[derive(Clone, Copy)]
pub struct Board {
    /// What for.
    pub purpose: Purpose,
    /// The flow.
    pub flow: RwSignal<Flow>,
    /// The catalogue in the reader's language.
    pub catalogue: RwSignal<Arc<Catalogue>>,
    /// What is opened and folded.
    pub unfolded: RwSignal<Unfolded>,
    /// The slot that makes room for a card in the air.
    pub opened: RwSignal<Option<Place>>,
    /// Where everything stands.
    pub layout: Memo<Arc<Layout>>,
    /// What follows from all this.
    pub known: Derived,
    /// The lane that is shown as a view of its own; the whole flow where absent.
    pub root: RwSignal<Option<(StepId, LaneId)>>,
    /// Which part is on the screen.
    pub viewport: RwSignal<Viewport>,
    /// The space bar is held: the pointer moves the canvas.
    pub hand: RwSignal<bool>,
    /// A card was just dropped: all slide to their places.
    pub settling: RwSignal<bool>,
    /// A gesture is moving the canvas.
    pub moving: RwSignal<bool>,
    pub(super) flight: StoredValue<u32>,
    pub(super) flying: StoredValue<bool>,
    pub(super) rest: StoredValue<Option<TimeoutHandle>>,
    /// How large the canvas is on the screen.
    pub size: RwSignal<Size>,
    /// Where the canvas is on the screen.
    pub origin: StoredValue<Point>,
    /// The selected card: of several the one with the focus.
    pub selected: RwSignal<Option<StepId>>,
    /// All selected cards where there are several, in reading order.
    pub picked: RwSignal<Vec<StepId>>,
    /// All selected cards: several, one or none.
    pub chosen: Memo<Arc<Vec<StepId>>>,
    /// The card from which Shift selects.
    pub anchor: StoredValue<Option<StepId>>,
    /// The last press became a drag, so the click after it is none.
    pub dragged: StoredValue<bool>,
    /// The last press was a finger's.
    pub by_finger: StoredValue<bool>,
    /// The last press changed the selection, so the click after it does not.
    pub tapped: StoredValue<bool>,
    /// The frame that the pointer draws around cards, in canvas points.
    pub marquee: RwSignal<Option<Rect>>,
    /// The card whose fields the keyboard is in.
    pub entered: RwSignal<Option<StepId>>,
    /// The value under the pointer: its way is lit.
    pub lit: RwSignal<Option<Which>>,
    /// The value or field that has the focus: its way is lit where the pointer lights none.
    pub lit_by_focus: RwSignal<Option<Which>>,
    /// All wires are drawn.
    pub all_wires: RwSignal<bool>,
    /// What is wrong with the flow.
    pub problems: RwSignal<Vec<Problem>>,
    /// Connections that cards may use.
    pub connections: RwSignal<Vec<Connection>>,
    /// Flows that cards may call.
    pub callable: RwSignal<Vec<FlowRow>>,
    /// Tables that cards may use.
    pub tables: RwSignal<Vec<TableView>>,
    /// What the flows take and give that cards call.
    pub signatures: RwSignal<HashMap<FlowId, Signature>>,
    /// The run that is looked at.
    pub run: RwSignal<Option<Arc<RunView>>>,
    /// What the editor keeps of runs beside it.
    pub tried: Tried,
    /// What is looked at more closely.
    pub traced: Traced,
    /// What differs from another flow, and where other people are.
    pub marks: Marks,
    /// What a screen reader says next.
    pub announced: RwSignal<String>,
    /// Single letters are shortcuts.
    pub single_keys: Signal<bool>,
    /// Who speaks.
    pub speech: Speech,
}

impl Board {
    /// Returns an empty board.
    pub fn new(purpose: Purpose) -> Self {
        let flow = RwSignal::new(Flow::new(FlowId::from(""), ""));
        let catalogue = RwSignal::new(Arc::new(Catalogue::default()));
        let unfolded = RwSignal::new(Unfolded::default());
        let opened = RwSignal::new(None);
        let run = RwSignal::new(None::<Arc<RunView>>);
        let selected = RwSignal::new(None);
        let picked = RwSignal::new(Vec::new());
        let chosen = super::selecting::chosen(flow, selected, picked);
        let problems = RwSignal::new(Vec::new());
        let lit = RwSignal::new(None);
        let lit_by_focus = RwSignal::new(None);
        let viewport = RwSignal::new(Viewport::default());
        let size = RwSignal::new(Size::default());
        let from = Sources {
            purpose,
            flow,
            catalogue,
            unfolded,
            problems,
            lit,
            lit_by_focus,
            viewport,
            size,
        };
        let known = Derived::of(from);
        let root = RwSignal::new(None);
        let failed = Memo::new(move |_| {
            run.with(|run| run.as_ref().and_then(|run| run.failed_step.clone()))
        });
        let layout = known.layout(from, opened, More { failed, root });
        Self {
            purpose,
            flow,
            catalogue,
            unfolded,
            opened,
            layout,
            known,
            root,
            viewport,
            size,
            hand: RwSignal::new(false),
            settling: RwSignal::new(false),
            moving: RwSignal::new(false),
            flight: StoredValue::new(0),
            flying: StoredValue::new(false),
            rest: StoredValue::new(None),
            origin: StoredValue::new(Point::default()),
            selected,
            picked,
            chosen,
            anchor: StoredValue::new(None),
            dragged: StoredValue::new(false),
            by_finger: StoredValue::new(false),
            tapped: StoredValue::new(false),
            marquee: RwSignal::new(None),
            entered: RwSignal::new(None),
            lit,
            lit_by_focus,
            all_wires: RwSignal::new(false),
            problems,
            connections: RwSignal::new(Vec::new()),
            callable: RwSignal::new(Vec::new()),
            tables: RwSignal::new(Vec::new()),
            signatures: RwSignal::new(HashMap::new()),
            run,
            tried: Tried::new(),
            traced: Traced::new(),
            marks: Marks::new(),
            announced: RwSignal::new(String::new()),
            single_keys: use_single_keys(),
            speech: use_speech(),
        }
    }

    /// Tells whether this is the board of a run.
    pub fn is_run(self) -> bool {
        self.purpose == Purpose::Run
    }

    /// Returns a card as a signal that changes only with that card.
    pub fn step(self, id: &StepId) -> Memo<Option<Step>> {
        let id = id.clone();
        Memo::new(move |_| self.with_step(&id, Step::clone))
    }

    /// Returns the place of a card as a signal.
    pub fn place(self, id: &StepId) -> Memo<Option<CardBox>> {
        let id = id.clone();
        Memo::new(move |_| self.layout.with(|layout| layout.card(&id).cloned()))
    }

    /// Calls `read` with a card; nothing where the flow does not have it.
    pub fn with_step<T>(self, id: &StepId, read: impl FnOnce(&Step) -> T) -> Option<T> {
        let index = self.known.index.get();
        self.flow.with(|flow| index.step(flow, id).map(read))
    }

    /// Returns a card's description in the catalogue, now.
    pub fn spec(self, step: &Step) -> Option<CardSpec> {
        self.catalogue
            .with(|catalogue| catalogue.card(&step.card).cloned())
    }

    /// Calls `read` with the names of this flow.
    pub fn names<T>(self, read: impl FnOnce(Names) -> T) -> T {
        let index = self.known.index.get();
        let catalogue = self.catalogue.read();
        let flow = self.flow.read();
        read(Names {
            flow: &flow,
            catalogue: &catalogue,
            index: Some(&index),
        })
    }

    /// Calls `read` with the names of this flow as they are now, for event handlers.
    pub fn names_now<T>(self, read: impl FnOnce(Names) -> T) -> T {
        let index = self.known.index.get_untracked();
        let catalogue = self.catalogue.read_untracked();
        let flow = self.flow.read_untracked();
        read(Names {
            flow: &flow,
            catalogue: &catalogue,
            index: Some(&index),
        })
    }

    /// Returns the title of a card as it is now, for event handlers.
    pub fn title_now(self, id: &StepId) -> String {
        self.names_now(|names| names.flow.step(id).map(|step| names.card(step)))
            .unwrap_or_default()
    }

    /// Returns the title of a card.
    pub fn title(self, id: &StepId) -> String {
        let index = self.known.index.get();
        self.names(|names| index.step(names.flow, id).map(|step| names.card(step)))
            .unwrap_or_default()
    }

    /// Returns the number of a card.
    pub fn number(self, id: &StepId) -> Option<usize> {
        self.layout
            .with(|layout| layout.card(id).and_then(|card| card.number))
    }

    /// Returns the family of a card as the style sheet names it.
    pub fn family(self, id: &StepId) -> &'static str {
        self.known
            .families
            .with(|families| families.get(id).copied())
            .unwrap_or("http")
    }

    /// Returns the card that is the canvas's tab stop: the selected one where it is drawn, else the first that is.
    pub fn tab_stop(self) -> Option<StepId> {
        self.layout.with(|layout| {
            let selected = self.selected.get();
            selected
                .filter(|id| layout.card(id).is_some())
                .or_else(|| layout.cards.first().map(|card| card.id.clone()))
        })
    }

    /// Tells whether a card is drawn folded.
    pub fn is_folded(self, step: &Step) -> bool {
        step.collapsed
            && self
                .unfolded
                .with(|unfolded| !unfolded.cards.contains(&step.id))
    }

    /// Tells whether a value is on the way that is lit.
    pub fn is_lit(self, source: &flow::OutputRef) -> bool {
        self.known.trail.with(|trail| {
            trail
                .as_ref()
                .is_some_and(|trail| trail.sources.contains(source))
        })
    }

    /// Returns the canvas point under a point of the window.
    pub fn world(self, client: Point) -> Point {
        let origin = self.origin.get_value();
        let screen = Point::new(client.x - origin.x, client.y - origin.y);
        self.viewport.get_untracked().to_world(screen)
    }

    /// Opens or folds the keys of an object.
    pub fn toggle_object(self, source: &flow::OutputRef) {
        self.unfolded.update(|unfolded| {
            if !unfolded.objects.remove(source) {
                unfolded.objects.insert(source.clone());
            }
        });
    }

    /// Folds or opens a lane.
    pub fn toggle_lane(self, step: &StepId, lane: &LaneId) {
        let key = (step.clone(), lane.clone());
        self.unfolded.update(|unfolded| {
            if !unfolded.lanes.remove(&key) {
                unfolded.lanes.insert(key);
            }
        });
    }

    /// Returns what a card did in the run.
    pub fn step_run(self, id: &StepId) -> Memo<Option<StepRun>> {
        let id = id.clone();
        Memo::new(move |_| {
            if self.purpose == Purpose::Edit {
                return self.tried_step(&id);
            }
            self.run.with(|run| did_in(run.as_ref()?, &id))
        })
    }

    /// Returns what a card did, as it is known now, for event handlers.
    pub fn step_run_now(self, id: &StepId) -> Option<StepRun> {
        untrack(|| match self.purpose {
            Purpose::Edit => self.tried_step(id),
            Purpose::Run => self.run.with(|run| did_in(run.as_ref()?, id)),
        })
    }

    /// Returns what a card did when it was tried last, as long as it is still the card that ran.
    fn tried_step(self, id: &StepId) -> Option<StepRun> {
        let found = self.run.with(|run| {
            let run = run.as_ref()?;
            let did = did_in(run, id)?;
            let ran = self
                .tried
                .base
                .with(|base| base.as_ref()?.step(id).cloned())?;
            Some((ran, did))
        });
        let (ran, did) = found.or_else(|| self.tried.kept.with(|kept| kept.get(id).cloned()))?;
        let is_same =
            (self.flow).with(|flow| flow.step(id).is_some_and(|now| runs_alike(now, &ran)));
        is_same.then_some(did)
    }
}

/// Returns the family of a card; cards of other connectors count as HTTP.
pub fn family_of(step: &Step, catalogue: &Catalogue) -> &'static str {
    if step.is_note() {
        return "note";
    }
    catalogue
        .card(&step.card)
        .map_or("http", |spec| spec.family.token())
}

/// Gives the focus to the element of a card.
pub fn focus_card(id: &StepId) {
    focus_first(&format!("[data-step='{id}']"));
}

/// Gives the focus to the first element that a selector finds.
pub fn focus_first(selector: &str) {
    use wasm_bindgen::JsCast;
    let found = document().query_selector(selector).ok().flatten();
    let element = found.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
    if element.is_some_and(|element| element.focus().is_err()) {
        leptos::logging::warn!("an element cannot be focused");
    }
}

/// Returns the board of this page.
pub fn use_board() -> Board {
    use_context().unwrap_or_else(|| Board::new(Purpose::Edit))
}

/// Returns what a lane is called in the reader's language.
pub fn lane_name(board: Board, step: &StepId, lane: &LaneId) -> String {
    board.catalogue.track();
    lane_name_now(board, step, lane)
}

/// Returns what a lane is called now, for event handlers.
pub fn lane_name_now(board: Board, step: &StepId, lane: &LaneId) -> String {
    let known = board.names_now(|names| {
        let card = &names.flow.step(step)?.card;
        let spec = names.catalogue.card(card)?;
        let found = spec.lanes.iter().find(|known| known.id == *lane);
        // Further cases of If/ElseIf are called like its first one.
        found
            .or_else(|| spec.lanes.iter().find(|known| !known.inputs.is_empty()))
            .map(|lane| lane.label.clone())
    });
    known.unwrap_or_else(|| lane.as_str().to_owned())
}
