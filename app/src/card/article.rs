//! The element of a card: where it stands, what a screen reader says, what the pointer may do with it.

use flow::StepId;
use leptos::prelude::*;
use web_sys::{FocusEvent, MouseEvent, PointerEvent};

use super::chip::ConnectionChip;
use super::field::InputRows;
use super::foot::Foot;
use super::head::Head;
use super::lanes::Lanes;
use super::note::NoteBody;
use super::output::OutputRows;
use super::pick::{end_pick, pick};
use crate::canvas::board::{Board, use_board};
use crate::canvas::geometry::Rect;
use crate::canvas::layout::Shape;
use crate::canvas::viewport::Detail;
use crate::editor::{Grip, use_editor};
use crate::i18n::texts::CanvasText;
use crate::i18n::{Language, Speech, use_speech};

/// A card, container or note.
#[component]
pub fn CardView(
    /// Which.
    id: StepId,
) -> impl IntoView {
    let (board, editor, speech) = (use_board(), use_editor(), use_speech());
    let place = board.place(&id);
    let step = board.step(&id);
    let rect = Memo::new(move |_| {
        place.with(|place| place.as_ref().map_or(Rect::default(), |card| card.rect))
    });
    let shape = Memo::new(move |_| {
        place.with(|place| place.as_ref().map_or(Shape::Card, |card| card.shape))
    });
    let is_folded = Memo::new(move |_| {
        step.with(|step| step.as_ref().is_some_and(|step| board.is_folded(step)))
    });
    let is_selected = {
        let id = id.clone();
        Memo::new(move |_| board.chosen.read().contains(&id))
    };
    let family = {
        let id = id.clone();
        Memo::new(move |_| board.family(&id))
    };
    let in_air = {
        let id = id.clone();
        move || editor.is_some_and(|editor| editor.stack.with(|stack| stack.contains(&id)))
    };
    let tab_stop = {
        let id = id.clone();
        move || if is_tab_stop(board, &id) { "0" } else { "-1" }
    };
    let name = {
        let id = id.clone();
        move || card_name(board, speech, &id)
    };
    let state = run_state(board, &id);
    let trouble = problem_of(board, &id);
    let select = {
        let id = id.clone();
        move || {
            if board
                .selected
                .with_untracked(|known| known.as_ref() != Some(&id))
            {
                board.selected.set(Some(id.clone()));
            }
        }
    };
    let press = {
        let id = id.clone();
        move |event: PointerEvent| press(board, &id, &event)
    };
    let picks = {
        let id = id.clone();
        move |event: MouseEvent| pick(board, &id, &event)
    };
    let picked = {
        let id = id.clone();
        move |event: MouseEvent| end_pick(board, &id, &event)
    };
    let selects = select.clone();
    let of = move |read: fn(&crate::canvas::layout::CardBox) -> usize| {
        move || place.with(|place| place.as_ref().map(|card| read(card).to_string()))
    };
    let is_whole = is_whole(board, &id);
    let is_faded = {
        let id = id.clone();
        Memo::new(move |_| {
            // Who writes into a field needs the other cards.
            board.entered.read().is_none()
                && board.known.trail.with(|trail| {
                    trail
                        .as_ref()
                        .is_some_and(|trail| !trail.links.is_empty() && !trail.cards.contains(&id))
                })
        })
    };
    let traced = {
        let id = id.clone();
        Memo::new(move |_| board.traced.cards.read().contains(&id))
    };
    let inner = id.clone();
    let marks = board.marks;
    let (changed, signed, met) = (id.clone(), id.clone(), id.clone());
    let change = move || marks.change(&changed);
    let sign = move || marks.sign(&signed);
    let peer = Memo::new(move |_| marks.at_card(&met));
    view! {
        <div
            class="card"
            class:selected=move || is_selected.get()
            class:in-air=in_air
            class:folded=move || is_folded.get()
            class:faded=move || is_faded.get()
            class:plate=move || !is_whole.get()
            class:traced=move || traced.get()
            data-step=id.to_string()
            data-family=move || family.get()
            data-shape=move || shape_name(shape.get())
            data-state=move || state.get()
            data-problem=move || trouble.get()
            data-change=change
            data-sign=sign
            data-peer=move || peer.with(|peer| peer.as_ref().map(|peer| peer.initials.clone()))
            style:--peer=move || peer.with(|peer| peer.as_ref().map(|peer| peer.colour))
            role="treeitem"
            tabindex=tab_stop
            aria-label=name
            aria-posinset=of(|card| card.position.max(1))
            aria-setsize=of(|card| card.of.max(1))
            aria-selected=move || is_selected.get().to_string()
            style:translate=move || format!("{:.1}px {:.1}px", rect.get().x, rect.get().y)
            style:width=move || format!("{:.1}px", rect.get().w)
            style:height=move || format!("{:.1}px", rect.get().h)
            {..leptos::attr::custom::custom_attribute("aria-level", of(|card| card.level))}
            on:focusin=move |event: FocusEvent| {
                selects();
                enter(board, &event);
            }
            on:mousedown=picks
            on:click=picked
            on:pointerdown=press
        >
            {move || match (shape.get(), is_whole.get()) {
                (Shape::Note, _) => view! { <NoteBody id=inner.clone()/> }.into_any(),
                (Shape::Container, whole) => view! { <Container id=inner.clone() is_folded whole/> }.into_any(),
                (Shape::Card, true) => view! { <Body id=inner.clone() is_folded/> }.into_any(),
                (Shape::Card, false) => view! { <Head id=inner.clone() whole=false/> }.into_any(),
            }}
        </div>
    }
}

#[component]
fn Body(id: StepId, is_folded: Memo<bool>) -> impl IntoView {
    let inner = id.clone();
    view! {
        <Head id=id.clone() whole=true/>
        {move || {
            if is_folded.get() {
                view! { <Foot id=inner.clone()/> }.into_any()
            } else {
                view! {
                    <ConnectionChip id=inner.clone()/>
                    <InputRows id=inner.clone()/>
                    <OutputRows id=inner.clone()/>
                    <Foot id=inner.clone()/>
                }
                    .into_any()
            }
        }}
    }
}

#[component]
fn Container(id: StepId, is_folded: Memo<bool>, whole: bool) -> impl IntoView {
    let inner = id.clone();
    view! {
        <Head id=id.clone() whole/>
        {move || {
            if is_folded.get() {
                view! { <Foot id=inner.clone()/> }.into_any()
            } else {
                view! {
                    {whole.then(|| view! { <InputRows id=inner.clone()/> })}
                    <Lanes id=inner.clone() whole/>
                    {whole.then(|| view! { <OutputRows id=inner.clone()/> })}
                }
                    .into_any()
            }
        }}
    }
}

/// Tells whether a card is drawn with its fields: near enough, and not while the canvas moves unless it was already, so
/// that moving costs the same wherever one comes. The selected card always has its fields where there is room for them.
fn is_whole(board: Board, id: &StepId) -> Memo<bool> {
    let id = id.clone();
    Memo::new(move |before: Option<&bool>| {
        board.known.detail.get() == Detail::Full
            && (before == Some(&true)
                || !board.moving.get()
                || board
                    .selected
                    .with(|selected| selected.as_ref() == Some(&id)))
    })
}

fn shape_name(shape: Shape) -> &'static str {
    match shape {
        Shape::Card => "card",
        Shape::Container => "container",
        Shape::Note => "note",
    }
}

/// The canvas is one tab stop: its selected card, else its first.
fn is_tab_stop(board: Board, id: &StepId) -> bool {
    board.tab_stop().as_ref() == Some(id)
}

/// The focus is on the card itself or in one of its fields.
fn enter(board: Board, event: &FocusEvent) {
    use wasm_bindgen::JsCast;
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let card = target
        .as_ref()
        .and_then(|target| target.closest(".card").ok().flatten());
    let inside = card.filter(|card| target.as_ref() != Some(card));
    let id = inside
        .and_then(|card| card.get_attribute("data-step"))
        .map(StepId::from);
    if board.entered.with_untracked(|entered| *entered != id) {
        board.entered.set(id);
    }
}

/// A press on the header of a card may become a drag. The card that starts the flow keeps its place.
fn press(board: Board, id: &StepId, event: &PointerEvent) {
    use wasm_bindgen::JsCast;
    let Some(editor) = use_context_editor() else {
        return;
    };
    board.by_finger.set_value(event.pointer_type() == "touch");
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let closest = |selector: &str| {
        target
            .as_ref()
            .and_then(|target| target.closest(selector).ok().flatten())
    };
    let owner = closest(".card").and_then(|card| card.get_attribute("data-step"));
    let is_mine = owner.as_deref() == Some(id.as_str());
    let on_handle = closest(".card-head, .note-body").is_some()
        && closest("button, input, textarea, select").is_none();
    let is_start = board.layout.with_untracked(|layout| {
        layout
            .card(id)
            .is_some_and(|card| card.number == Some(1) && card.place.lane.is_none())
    });
    let selects = event.shift_key() || event.ctrl_key() || event.meta_key();
    if is_mine && event.shift_key() && closest(".note-body").is_some() {
        super::note::resize(editor, id, event);
        return;
    }
    if is_mine && on_handle && !is_start && !selects {
        editor.press(event, Grip::Card(id.clone()));
    }
}

fn use_context_editor() -> Option<crate::editor::Editor> {
    use_editor()
}

/// The state of a card in the run, for the style sheet; nothing while editing a card that was not tried.
fn run_state(board: Board, id: &StepId) -> Memo<Option<&'static str>> {
    let did = board.step_run(id);
    let is_note = board
        .flow
        .with_untracked(|flow| flow.step(id).is_some_and(flow::Step::is_note));
    Memo::new(move |_| {
        if is_note || (!board.is_run() && did.with(Option::is_none)) || board.marks.is_comparing() {
            return None;
        }
        Some(did.with(|did| {
            did.as_ref()
                .map_or("not-reached", |did| super::foot::state_name(did.state))
        }))
    })
}

/// How bad the worst problem of a card is, for the style sheet.
fn problem_of(board: Board, id: &StepId) -> Memo<Option<&'static str>> {
    let id = id.clone();
    Memo::new(move |_| {
        board.known.troubles.with(|troubles| {
            let trouble = troubles.get(&id)?;
            Some(if trouble.is_bad { "error" } else { "warning" })
        })
    })
}

/// The name of the connection that a card uses.
fn connection_name(board: Board, step: &flow::Step) -> Option<String> {
    let chosen = step.connection.as_ref()?;
    board.connections.with(|all| {
        let known = all.iter().find(|known| known.id == *chosen);
        known.map(|known| known.name.clone())
    })
}

/// What a screen reader says of a card.
pub(crate) fn card_name(board: Board, speech: Speech, id: &StepId) -> String {
    let problems = board
        .known
        .troubles
        .with(|troubles| troubles.get(id).map_or(0, |trouble| trouble.count));
    let number = board.number(id);
    let count = board.layout.with(|layout| layout.count);
    let index = board.known.index.get();
    let is_japanese = speech.language() == Language::Japanese;
    board
        .names(|names| {
            let step = index.step(names.flow, id)?;
            if step.is_note() {
                let title = step
                    .note
                    .as_ref()
                    .map(|note| note.title.clone())
                    .unwrap_or_default();
                return Some(speech.say(&CanvasText::NoteName { title }));
            }
            let inputs = step.inputs.iter().filter(|input| !input.hidden).count();
            let outputs = step.outputs.iter().filter(|output| !output.hidden).count();
            let problems = match problems {
                0 => CanvasText::NoProblems,
                n => CanvasText::ProblemCount { n },
            };
            // In Japanese the English name below the title is not said.
            let card = if is_japanese {
                names.card(step)
            } else {
                format!("{}, {}", names.card(step), names.subtitle(step))
            };
            let (number, problems) = (number.unwrap_or(0), speech.say(&problems));
            let inputs = speech.say(&CanvasText::InputCount { n: inputs });
            let outputs = speech.say(&CanvasText::OutputCount { n: outputs });
            Some(match connection_name(board, step) {
                Some(connection) => speech.say(&CanvasText::CardNameConnected {
                    number,
                    count,
                    card,
                    connection,
                    inputs,
                    outputs,
                    problems,
                }),
                None => speech.say(&CanvasText::CardName {
                    number,
                    count,
                    card,
                    inputs,
                    outputs,
                    problems,
                }),
            })
        })
        .unwrap_or_default()
}
