//! The thing in the air: it follows the pointer, with a sentence that says what a drop would do.

use leptos::prelude::*;

use super::state::{Air, Editor, Over};
use crate::canvas::layout::Shape;
use crate::canvas::mapping::Target;
use crate::card::{Pill, Tile, reason_text};
use crate::i18n::texts::{CanvasText, EditingText, EditorText};
use crate::i18n::use_speech;

/// Draws what is in the air.
#[component]
pub fn AirLayer(editor: Editor) -> impl IntoView {
    let is_there = Memo::new(move |_| editor.air.read().is_some());
    move || is_there.get().then(|| view! { <InAir editor/> })
}

#[component]
fn InAir(editor: Editor) -> impl IntoView {
    let at = move || {
        let point = editor.pointer.get();
        format!("{:.1}px {:.1}px", point.x, point.y)
    };
    view! {
        <div class="air" aria-hidden="true" style:translate=at>
            {move || match editor.air.get() {
                Some(Air::New(key)) => {
                    let spec = editor.board.catalogue.with(|catalogue| catalogue.card(&key).cloned());
                    spec.map(|spec| lifted(spec.family.token(), spec.icon, spec.name, spec.category))
                }
                Some(Air::Card(id)) => {
                    let board = editor.board;
                    let shown = board.names(|names| {
                        let step = names.flow.step(&id)?;
                        let icon = names.catalogue.card(&step.card).map(|spec| spec.icon.clone());
                        Some((names.card(step), names.subtitle(step), icon.unwrap_or_default()))
                    });
                    let count = editor.stack.read().len();
                    shown.map(|(title, sub, icon)| {
                        let card = lifted(board.family(&id), icon, title, sub);
                        if count < 2 {
                            return card;
                        }
                        view! {
                            <div class="air-several">
                                {card}
                                <span class="air-count">{count}</span>
                            </div>
                        }
                        .into_any()
                    })
                }
                Some(Air::Value { source, .. }) => {
                    let binding = flow::Binding::output(source);
                    Some(view! { <div class="air-pill"><Pill binding/></div> }.into_any())
                }
                None => None,
            }}
            <Sentence editor/>
        </div>
        {move || editor.place.get().map(|place| {
            let at = format!("{:.1}px {:.1}px", place.caret.x, place.caret.y);
            view! { <span class="air-caret" aria-hidden="true" style:translate=at style:height=format!("{:.1}px", place.caret.h)></span> }
        })}
    }
}

fn lifted(family: &'static str, icon: String, title: String, sub: String) -> AnyView {
    view! {
        <div class="air-card" data-family=family>
            <Tile icon=Signal::stored(icon)/>
            <div class="card-names">
                <p class="card-title ellipsis">{title}</p>
                <p class="card-sub ellipsis">{sub}</p>
            </div>
        </div>
    }
    .into_any()
}

/// What a drop would do here.
#[component]
fn Sentence(editor: Editor) -> impl IntoView {
    let speech = use_speech();
    let board = editor.board;
    let text = Memo::new(move |_| {
        let over = editor.over.get();
        match (editor.air.get()?, over) {
            (Air::Value { targets, .. }, Some(Over::Input(at))) => match targets.get(&at)? {
                Target::Fits => None,
                Target::Converts(_) => Some(speech.say(&EditorText::WillConvert)),
                Target::Refused(reason) => Some(reason_text(speech, reason, false)),
            },
            (Air::Value { .. }, Some(Over::AddField(_))) => {
                Some(speech.say(&EditorText::WillAddField))
            }
            (Air::Value { .. }, None) => None,
            (Air::New(_) | Air::Card(_), _) => {
                let air = editor.air.get()?;
                let Some(opened) = board.opened.get() else {
                    return refusal(editor, &air).map(|text| speech.say(&text));
                };
                let n = editor.stack.read().len();
                if editor.copies.get() && n > 0 {
                    return Some(speech.say(&EditingText::DropCopy { n }));
                }
                let after = board.layout.with(|layout| {
                    layout
                        .slots
                        .iter()
                        .find(|slot| slot.place == opened)
                        .map(|slot| slot.after.clone())
                })?;
                Some(match (after, &opened.lane) {
                    (Some(id), _) => speech.say(&EditorText::DropAfter {
                        card: board.title(&id),
                    }),
                    (None, Some((step, lane))) => {
                        let lane = editor.lane_name(step, lane);
                        speech.say(&EditorText::DropFirstIn { lane })
                    }
                    (None, None) => speech.say(&CanvasText::AddHere),
                })
            }
        }
    });
    // Where a drop does nothing the pointer says so, wherever it is on the page.
    let is_refused = Memo::new(move |_| is_refused(editor));
    Effect::new(move || mark_page("no-drop", is_refused.get()));
    Effect::new(move || mark_page("dragging", true));
    on_cleanup(|| {
        mark_page("no-drop", false);
        mark_page("dragging", false);
    });
    move || {
        text.get().map(|text| {
            view! { <p class="air-sentence" class:air-refused=move || is_refused.get()>{text}</p> }
        })
    }
}

/// Why a card cannot be dropped here; nothing beside the canvas.
fn refusal(editor: Editor, air: &Air) -> Option<CanvasText> {
    // Follows the pointer.
    let at = editor.pointer.get();
    let world = editor.board.world(at);
    let inside_itself = match air {
        Air::Card(id) => editor.board.layout.with(|layout| {
            layout
                .card(id)
                .is_some_and(|card| card.shape == Shape::Container && card.rect.holds(world))
        }),
        _ => false,
    };
    if inside_itself {
        return Some(CanvasText::NotIntoItself);
    }
    let is_on_canvas = editor.canvas_rect().holds(at);
    let has_cards = editor.board.flow.with(|flow| !flow.steps.is_empty());
    (is_on_canvas && has_cards).then_some(CanvasText::NotHere)
}

fn is_refused(editor: Editor) -> bool {
    match (editor.air.get(), editor.over.get()) {
        (Some(Air::Value { targets, .. }), Some(Over::Input(at))) => {
            targets.get(&at).is_some_and(|answer| !answer.takes())
        }
        (Some(Air::New(_) | Air::Card(_)), _) => {
            let has_cards = editor.board.flow.with(|flow| !flow.steps.is_empty());
            has_cards && editor.board.opened.read().is_none()
        }
        _ => false,
    }
}

fn mark_page(class: &str, is_on: bool) {
    let Some(body) = document().body() else {
        return;
    };
    if body.class_list().toggle_with_force(class, is_on).is_err() {
        leptos::logging::warn!("the page cannot be marked");
    }
}
