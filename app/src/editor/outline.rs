//! The flow as a nested list of plain buttons and fields: the same document, the same selected card and the same edits
//! as on the canvas. In a window that is too narrow for editing it can only be read.

use std::collections::HashSet;

use flow::{LaneId, Place, StepId};
use leptos::context::Provider;
use leptos::prelude::*;
use web_sys::FocusEvent;

pub mod fields;
pub mod item;
mod keys;
pub mod lane;
mod model;
pub mod tools;
pub mod uses;

use super::inspector::InPanel;
use super::state::{Editor, use_editor};
use crate::canvas::board::{Board, use_board};
use crate::i18n::texts::OutlineText;
use crate::i18n::{t, use_speech};
use crate::kit::Icon;
use item::Item;

/// What the parts of an outline share.
#[derive(Clone, Copy)]
struct Shared {
    /// The cards whose fields are shown.
    opened: RwSignal<HashSet<StepId>>,
    /// Nothing can be changed here.
    read_only: Signal<bool>,
}

impl Shared {
    /// Returns the editor where the flow may be changed.
    fn editor(self) -> Option<Editor> {
        use_editor().filter(|_| !self.read_only.get())
    }
}

fn use_shared() -> Shared {
    use_context().unwrap_or_else(|| Shared {
        opened: RwSignal::new(HashSet::new()),
        read_only: Signal::stored(true),
    })
}

/// The outline of the flow on the board around.
#[component]
pub fn Outline(
    /// It can only be read.
    #[prop(into)]
    read_only: Signal<bool>,
) -> impl IntoView {
    let (board, editor, speech) = (use_board(), use_editor(), use_speech());
    let first = board.selected.get_untracked();
    let opened = RwSignal::new(first.into_iter().collect());
    let shared = Shared { opened, read_only };
    let name = move || {
        speech.say(&OutlineText::OutlineOf {
            flow: board.flow.with(|flow| flow.name.clone()),
        })
    };
    view! {
        // Its fields are ordinary tab stops.
        <Provider value=InPanel>
        <Provider value=shared>
        <section
            class="outline"
            data-region="3"
            aria-label=name
            data-scrolls
            on:focusin=move |event: FocusEvent| select_under(board, &event)
            on:keydown=move |event| keys::on_key(board, editor.filter(|_| !read_only.get_untracked()), opened, &event)
        >
            <header class="outline-top">
                <h2>{t(OutlineText::Outline)}</h2>
                {move || (!read_only.get()).then(|| editor.map(|editor| view! {
                    <button class="button" type="button" on:click=move |_| editor.show_outline(false)>
                        <Icon name="workflow"/>
                        {t(OutlineText::ShowCanvas)}
                    </button>
                }))}
            </header>
            {move || (read_only.get() && editor.is_some()).then(|| view! {
                <p class="outline-read-only"><Icon name="lock"/>{t(OutlineText::ReadOnly)}</p>
            })}
            <Row lane=None level=3/>
            {move || (!read_only.get()).then(|| editor.map(|editor| {
                let text = t(OutlineText::AddAtEnd);
                view! { <AddButton editor lane=None text/> }
            }))}
        </section>
        </Provider>
        </Provider>
    }
}

/// The cards of the flow's own row or of a lane.
#[component]
fn Row(lane: Option<(StepId, LaneId)>, level: usize) -> impl IntoView {
    let board = use_board();
    let is_lane = lane.is_some();
    let ids = Memo::new(move |_| {
        board.flow.with(|flow| {
            let row = model::row(flow, lane.as_ref());
            row.iter().map(|step| step.id.clone()).collect::<Vec<_>>()
        })
    });
    view! {
        <ol class="outline-row">
            <For each=move || ids.get() key=StepId::clone let(id)>
                <Item id level/>
            </For>
        </ol>
        {move || ids.with(Vec::is_empty).then(|| view! {
            <p class="hint outline-empty">{t(if is_lane { OutlineText::NoCardsIn } else { OutlineText::NoCards })}</p>
        })}
    }
    .into_any()
}

/// Adds a card at the end of a row.
#[component]
fn AddButton(
    editor: Editor,
    lane: Option<(StepId, LaneId)>,
    text: Signal<String>,
) -> impl IntoView {
    let add = move |_| {
        let index = editor
            .board
            .flow
            .with_untracked(|flow| model::row(flow, lane.as_ref()).len());
        editor.filter.set("all");
        editor.adding.set(Some(Place {
            lane: lane.clone(),
            index,
        }));
    };
    view! {
        <button class="button outline-add" type="button" on:click=add>
            <Icon name="plus"/>
            {text}
        </button>
    }
}

/// The card that has the focus, or whose field has it, is the selected one.
fn select_under(board: Board, event: &FocusEvent) {
    use wasm_bindgen::JsCast;
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let id = target
        .and_then(|target| target.closest("[data-outline]").ok().flatten())
        .and_then(|item| item.get_attribute("data-outline"))
        .map(StepId::from);
    if let Some(id) = id
        && board
            .selected
            .with_untracked(|known| known.as_ref() != Some(&id))
    {
        board.selected.set(Some(id));
    }
}
