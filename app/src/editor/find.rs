//! Finding in the flow: a bar on the canvas that walks through the places with a text, and replaces it in what people
//! typed. The place it stands at is revealed, selected and marked; the focus stays in the bar.

pub mod bar;
pub mod hits;
pub mod marks;

use std::collections::HashMap;
use std::sync::Arc;

use flow::FlowEdit;
use flow::search::{Phrase, SpotKind};
use leptos::prelude::*;

use super::state::Editor;
use crate::canvas::board::{focus_card, focus_first};
use crate::i18n::Message;
use crate::i18n::texts::SearchText;

pub use bar::FindBar;
pub use hits::Hit;
pub use marks::FindMarks;

/// What is looked for in the flow, and where the walk stands.
#[derive(Clone, Copy)]
pub struct Finder {
    /// The bar is open.
    pub is_open: RwSignal<bool>,
    /// What is looked for.
    pub text: RwSignal<String>,
    /// Position in the list of places.
    pub at: RwSignal<usize>,
    /// The second line of the bar is open.
    pub is_replacing: RwSignal<bool>,
    /// What is put in its place.
    pub with: RwSignal<String>,
    /// The places, in reading order; empty while the bar is closed.
    pub hits: RwSignal<Arc<Vec<Hit>>>,
}

impl Finder {
    /// Returns a closed one.
    pub fn new() -> Self {
        Self {
            is_open: RwSignal::new(false),
            text: RwSignal::new(String::new()),
            at: RwSignal::new(0),
            is_replacing: RwSignal::new(false),
            with: RwSignal::new(String::new()),
            hits: RwSignal::new(Arc::new(Vec::new())),
        }
    }
}

impl Default for Finder {
    fn default() -> Self {
        Self::new()
    }
}

impl Editor {
    /// Opens the bar, with the focus in its field. Tells whether the page has it: only while the flow is designed.
    pub fn open_find(self) -> bool {
        let canvas = document().query_selector(".editor-middle");
        if !canvas.is_ok_and(|canvas| canvas.is_some()) {
            return false;
        }
        self.find.is_open.set(true);
        request_animation_frame(|| focus_first(".find-bar .find-text"));
        true
    }

    /// Closes the bar; the focus goes to the selected card.
    pub(super) fn end_find(self) {
        self.find.is_open.set(false);
        match self.board.selected.get_untracked() {
            Some(id) => focus_card(&id),
            None => focus_first(".card[tabindex='0'], .slot-large"),
        }
    }

    /// The places with the text that is looked for, in reading order.
    pub(super) fn find_hits(self) -> Memo<Arc<Vec<Hit>>> {
        let board = self.board;
        let names = Memo::new(move |_| {
            let mut names: HashMap<String, String> = HashMap::new();
            board.connections.with(|all| {
                names.extend(all.iter().map(|one| (one.id.to_string(), one.name.clone())));
            });
            board.tables.with(|all| {
                names.extend(all.iter().map(|one| (one.id.to_string(), one.name.clone())));
            });
            board.callable.with(|all| {
                names.extend(all.iter().map(|one| (one.id.to_string(), one.name.clone())));
            });
            names
        });
        Memo::new(move |_| {
            let phrase = self.find.text.with(|text| Phrase::new(text));
            if !self.find.is_open.get() || phrase.is_empty() {
                return Arc::new(Vec::new());
            }
            let catalogue = board.catalogue.read();
            let found = board
                .flow
                .with(|flow| names.with(|names| hits::of(flow, &catalogue, names, &phrase)));
            Arc::new(found)
        })
    }

    /// Goes to a place: its card is selected and brought into sight, lanes around it are opened.
    pub(super) fn show_hit(self, hit: &Hit) {
        let Some(id) = &hit.step else {
            self.board.selected.set(None);
            if hit.kind == SpotKind::Description {
                self.inspector.set(true);
            }
            return;
        };
        let folded = self
            .board
            .flow
            .with_untracked(|flow| hits::lanes_around(flow, id));
        let has_folded = self
            .board
            .unfolded
            .with_untracked(|unfolded| folded.iter().any(|lane| unfolded.lanes.contains(lane)));
        if has_folded {
            self.board.unfolded.update(|unfolded| {
                for lane in &folded {
                    unfolded.lanes.remove(lane);
                }
            });
        }
        self.board.selected.set(Some(id.clone()));
        self.board.reveal(id);
    }

    /// Replaces the text in these places as one step of undo, and returns in how many.
    pub(super) fn replace_in(self, places: &[Hit]) -> usize {
        let with = self.find.with.get_untracked();
        let edits = self
            .board
            .flow
            .with_untracked(|flow| hits::replacements(flow, places, &with));
        let count = edits.len();
        if count > 0 && self.edit(FlowEdit::Batch { edits }) {
            self.say(&SearchText::Replaced { n: count });
            return count;
        }
        self.say(&SearchText::NotReplaceable);
        0
    }
}

/// What a kind of place is called.
pub(crate) fn kind_text(kind: SpotKind) -> impl Message + Send + Sync + 'static {
    match kind {
        SpotKind::FlowName => SearchText::OfFlowName,
        SpotKind::Description => SearchText::OfDescription,
        SpotKind::Title => SearchText::OfTitle,
        SpotKind::Card => SearchText::OfCard,
        SpotKind::Field => SearchText::OfField,
        SpotKind::Value => SearchText::OfValue,
        SpotKind::Note => SearchText::OfNote,
        SpotKind::Connection => SearchText::OfConnection,
        SpotKind::Table => SearchText::OfTable,
        SpotKind::Helper => SearchText::OfHelper,
    }
}
