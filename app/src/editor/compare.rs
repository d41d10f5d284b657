//! The versions of a flow: the list, two of them compared on a canvas that cannot be changed, what differs in words.

use std::collections::HashMap;
use std::sync::Arc;

use api::{KeptRow, VersionRow};
use flow::{Change, Flow, FlowEdit, StepId, bring_back, script};
use leptos::context::Provider;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::change_text::Told;
use super::state::{Editor, LookOnly};
use crate::canvas::bar::ViewBar;
use crate::canvas::board::Board;
use crate::canvas::marks::Comparison;
use crate::canvas::rows::Purpose;
use crate::canvas::view::Canvas;
use crate::i18n::t;
use crate::i18n::texts::VersionText;
use crate::kit::{Button, Loading};
use crate::rpc::{self, Refusal};

pub mod changes;
pub mod list;
pub mod picker;

use changes::ChangeList;
use list::VersionList;
use picker::Pickers;

/// Something that can be compared.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Source {
    /// Nothing: the other one is shown as it is.
    Nothing,
    /// The draft as it is now.
    Draft,
    /// A saved version.
    Version(i64),
    /// What this person saw when they left the flow.
    Look,
    /// A draft that gave way to another.
    Kept(String),
}

impl Source {
    fn value(&self) -> String {
        match self {
            Self::Nothing => "nothing".to_owned(),
            Self::Draft => "draft".to_owned(),
            Self::Version(number) => format!("v{number}"),
            Self::Look => "look".to_owned(),
            Self::Kept(id) => format!("kept-{id}"),
        }
    }

    fn of(value: &str) -> Self {
        match value {
            "draft" => Self::Draft,
            "look" => Self::Look,
            "nothing" => Self::Nothing,
            other => match (other.strip_prefix('v'), other.strip_prefix("kept-")) {
                (Some(number), _) => number.parse().map_or(Self::Nothing, Self::Version),
                (None, Some(id)) => Self::Kept(id.to_owned()),
                (None, None) => Self::Nothing,
            },
        }
    }
}

/// What there is to compare, and what is chosen.
#[derive(Clone, Copy)]
pub struct History {
    editor: Editor,
    board: Board,
    versions: RwSignal<Option<Result<Vec<VersionRow>, Refusal>>>,
    kept: RwSignal<Vec<KeptRow>>,
    looked_at: RwSignal<Option<i64>>,
    from: RwSignal<Source>,
    to: RwSignal<Source>,
    documents: RwSignal<HashMap<Source, Arc<Flow>>>,
    /// The change that was gone to last.
    at: RwSignal<Option<usize>>,
}

/// The tab with the versions of a flow.
#[component]
pub fn Versions(editor: Editor) -> impl IntoView {
    let history = History::new(editor);
    history.fetch_lists();
    history.keep_comparing();
    let board = history.board;
    let is_drawn = Memo::new(move |_| {
        let has_flow = board.flow.with(|flow| !flow.id.as_str().is_empty());
        has_flow && board.catalogue.with(|all| all.cards().next().is_some())
    });
    view! {
        <Provider value=board>
        <Provider value=LookOnly>
        <div class="versions">
            <VersionList history/>
            <div class="versions-middle">
                <Pickers history/>
                <div class="compare-body">
                    <div class="compare-canvas">
                        {move || if is_drawn.get() {
                            view! {
                                <Canvas on_key=move |event: web_sys::KeyboardEvent| history.obey(&event)/>
                                <ViewBar/>
                            }
                                .into_any()
                        } else {
                            view! { <Loading/> }.into_any()
                        }}
                    </div>
                    <ChangeList history/>
                </div>
            </div>
            <p class="visually-hidden" role="status" aria-live="polite">{move || board.announced.get()}</p>
        </div>
        </Provider>
        </Provider>
    }
}

impl History {
    fn new(editor: Editor) -> Self {
        let board = Board::new(Purpose::Run);
        let from = editor.board;
        Effect::new(move || board.catalogue.set(from.catalogue.get()));
        Effect::new(move || board.connections.set(from.connections.get()));
        Effect::new(move || board.callable.set(from.callable.get()));
        Effect::new(move || board.tables.set(from.tables.get()));
        Self {
            editor,
            board,
            versions: RwSignal::new(None),
            kept: RwSignal::new(Vec::new()),
            looked_at: RwSignal::new(None),
            from: RwSignal::new(Source::Nothing),
            to: RwSignal::new(Source::Draft),
            documents: RwSignal::new(HashMap::new()),
            at: RwSignal::new(None),
        }
    }

    fn flow_id(self) -> flow::FlowId {
        self.editor
            .board
            .flow
            .with_untracked(|flow| flow.id.clone())
    }

    /// Fetches what there is. The draft is compared with the newest version at first.
    fn fetch_lists(self) {
        let id = self.flow_id();
        spawn_local(async move {
            let versions = rpc::list_versions(id.clone()).await;
            if let Ok(rows) = &versions
                && let Some(newest) = rows.first()
                && self.versions.try_with_untracked(Option::is_none) == Some(true)
            {
                self.from.try_set(Source::Version(newest.number));
            }
            self.versions.try_set(Some(versions));
            if let Ok(rows) = rpc::list_kept_drafts(id.clone()).await {
                self.kept.try_set(rows);
            }
            if let Ok(Some(look)) = rpc::read_look(id).await {
                self.looked_at.try_set(Some(look.looked_at));
                self.documents.try_update(|documents| {
                    documents.insert(Source::Look, Arc::new(look.document));
                });
            }
        });
    }

    /// What a source holds, as far as it is here; what is missing is fetched.
    fn document(self, source: &Source) -> Option<Arc<Flow>> {
        match source {
            Source::Nothing => None,
            Source::Draft => Some(Arc::new(self.editor.board.flow.get())),
            source => self
                .documents
                .with(|documents| documents.get(source).cloned()),
        }
    }

    async fn fetch(self, source: Source) -> Result<Option<Arc<Flow>>, Refusal> {
        let known = self
            .documents
            .try_with_untracked(|documents| documents.get(&source).cloned())
            .flatten();
        if known.is_some() {
            return Ok(known);
        }
        let id = self.flow_id();
        let document = match &source {
            Source::Version(number) => rpc::read_version(id, *number).await?.document,
            Source::Kept(kept) => rpc::read_kept_draft(id, kept.clone()).await?.document,
            Source::Draft => return Ok(Some(Arc::new(self.editor.board.flow.get_untracked()))),
            Source::Nothing | Source::Look => return Ok(None),
        };
        let document = Arc::new(document);
        self.documents.try_update(|documents| {
            documents.insert(source, Arc::clone(&document));
        });
        Ok(Some(document))
    }

    /// Draws what is chosen, and again whenever that or the draft changes.
    fn keep_comparing(self) {
        Effect::new(move || {
            for source in [self.from.get(), self.to.get()] {
                spawn_local(async move {
                    if let Err(refusal) = self.fetch(source).await {
                        self.editor.toasts.refuse(&refusal);
                    }
                });
            }
            self.at.set(None);
        });
        Effect::new(move || {
            let Some(new) = self.document(&self.to.get()) else {
                return;
            };
            let from = self.from.get();
            let old = self.document(&from);
            if old.is_none() && from != Source::Nothing {
                return;
            }
            let (comparison, both) = Comparison::of(old.as_deref().unwrap_or(&new), &new);
            self.board.marks.compared.set(Some(Arc::new(comparison)));
            self.board.flow.set(both);
        });
    }

    fn changes(self) -> Vec<Change> {
        self.board.marks.compared.with(|compared| {
            compared
                .as_ref()
                .map(|compared| compared.changes.clone())
                .unwrap_or_default()
        })
    }

    /// Says what changed, a sentence for each change.
    fn sentences(self) -> Vec<String> {
        let compared = self.board.marks.compared.read();
        let Some(compared) = compared.as_ref() else {
            return Vec::new();
        };
        let catalogue = self.board.catalogue.read();
        let connections = self.board.connections.read();
        let told = Told {
            old: &compared.old,
            new: &compared.new,
            catalogue: &catalogue,
            connections: &connections,
            speech: self.editor.speech,
        };
        compared
            .changes
            .iter()
            .map(|change| told.sentence(change))
            .collect()
    }

    /// Goes to a change, on the canvas too.
    fn go_to(self, index: usize) {
        let changes = untrack(move || self.changes());
        let Some(change) = changes.get(index) else {
            return;
        };
        self.at.set(Some(index));
        if let Some(id) = change.step() {
            self.board.go_to(id);
        }
        let sentence = untrack(move || self.sentences()).get(index).cloned();
        self.board.announced.set(sentence.unwrap_or_default());
    }

    /// Goes to the next change (1) or the one before (-1), around the end.
    fn step(self, by: isize) {
        let count = untrack(move || self.changes()).len();
        if count == 0 {
            self.board
                .announced
                .set(self.editor.speech.say_now(&VersionText::NothingChanged));
            return;
        }
        let next = match (self.at.get_untracked(), by < 0) {
            (None, false) => 0,
            (None, true) => count - 1,
            (Some(at), false) => (at + 1) % count,
            (Some(at), true) => (at + count - 1) % count,
        };
        self.go_to(next);
    }

    fn obey(self, event: &web_sys::KeyboardEvent) {
        use crate::canvas::keyboard::{Command, command};
        use crate::canvas::reading::neighbour;
        let Some(command) = command(&super::commands::key_of(event)) else {
            return;
        };
        match command {
            Command::NextProblem | Command::Note => self.step(1),
            Command::PreviousProblem => self.step(-1),
            Command::Go(way) => {
                let next = self.board.selected.get_untracked().and_then(|id| {
                    self.board
                        .flow
                        .with_untracked(|flow| neighbour(flow, &id, way))
                });
                if let Some(next) = next {
                    self.board.go_to(&next);
                }
            }
            Command::ZoomIn => self.board.zoom_by(1.2),
            Command::ZoomOut => self.board.zoom_by(1.0 / 1.2),
            Command::FullSize => self.board.zoom_to(1.0),
            Command::Fit => self.board.fit(),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    }

    /// Makes a source the draft, as one step of undo. The draft before goes into the list.
    fn restore(self, source: Source, what: String) {
        let editor = self.editor;
        spawn_local(async move {
            let document = match self.fetch(source).await {
                Ok(Some(document)) => document,
                Ok(None) => return,
                Err(refusal) => return editor.toasts.refuse(&refusal),
            };
            let draft = editor.board.flow.get_untracked();
            let keep = api::KeepDraft {
                id: draft.id.clone(),
                reason: api::KeptReason::Restored,
                draft: draft.clone(),
            };
            match rpc::keep_draft(keep).await {
                Ok(row) => {
                    self.kept.try_update(|kept| kept.insert(0, row));
                }
                Err(refusal) => return editor.toasts.refuse(&refusal),
            }
            let edits = script(&draft, &document);
            if edits.is_empty() || editor.edit(FlowEdit::Batch { edits }) {
                editor.toasts.say(&VersionText::WasRestored { what });
            }
        });
    }

    /// The card that can be taken from what is shown as "before".
    fn lost_card(self) -> Option<StepId> {
        let id = self.board.selected.get()?;
        self.board.marks.compared.with(|compared| {
            let compared = compared.as_ref()?;
            let was = compared.old.step(&id)?;
            let now = self.editor.board.flow.with(|flow| flow.step(&id).cloned());
            (now.as_ref() != Some(was)).then_some(id)
        })
    }

    /// Makes one card of the draft what it was before.
    fn bring_back(self, id: &StepId) {
        let editor = self.editor;
        let card = self.board.title_now(id);
        let now = editor.board.flow.get_untracked();
        let target = self
            .board
            .marks
            .compared
            .with_untracked(|compared| bring_back(&now, &compared.as_ref()?.old, id));
        let Some(target) = target else { return };
        let edits = script(&now, &target);
        if editor.edit(FlowEdit::Batch { edits }) {
            editor.toasts.say(&VersionText::WasBroughtBack { card });
        }
    }
}

/// Takes the chosen card back into the draft.
#[component]
fn BringBack(history: History) -> impl IntoView {
    let card = Memo::new(move |_| history.lost_card());
    move || {
        let id = card
            .get()
            .filter(|_| !history.editor.draft.is_read_only.get())?;
        Some(view! {
            <Button icon="undo-2" on_press=move || history.bring_back(&id)>{t(VersionText::BringBack)}</Button>
        })
    }
}
