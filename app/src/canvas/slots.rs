//! The places where cards can be added: "+" in each gap, "Add card" at each end, three large ones in an empty flow.

use flow::Place;
use leptos::prelude::*;

use super::board::use_board;
use super::hit::{room_of, slot_of};
use super::layout::{Slot, SlotKind};
use super::viewport::Detail;
use crate::editor::{Air, use_editor};
use crate::i18n::texts::CanvasText;
use crate::i18n::{t, use_speech};
use crate::kit::Icon;

/// All slots near the screen.
#[component]
pub fn Slots() -> impl IntoView {
    let board = use_board();
    let visible = Memo::new(move |_| {
        if board.known.detail.get() == Detail::Block {
            return Vec::new();
        }
        let seen = board.known.window.get();
        board.layout.with(|layout| {
            let near = layout.slots.iter().filter(|slot| seen.holds(slot.at));
            near.cloned().collect::<Vec<_>>()
        })
    });
    view! {
        <div class="slots">
            <For each=move || visible.get() key=slot_key let(found)>
                <SlotButton found/>
            </For>
            <OpenedSlot/>
        </div>
    }
}

fn slot_key(slot: &Slot) -> String {
    format!(
        "{:?} {:?} {:.0} {:.0}",
        slot.place, slot.after, slot.at.x, slot.at.y
    )
}

#[component]
fn SlotButton(found: Slot) -> impl IntoView {
    let slot = found;
    let (board, editor, speech) = (use_board(), use_editor(), use_speech());
    let place = slot.place.clone();
    let after = slot.after.clone();
    let name = move || match &after {
        Some(id) => speech.say(&CanvasText::AddAfter {
            card: board.title(id),
        }),
        None => speech.say(&CanvasText::AddHere),
    };
    let name = Signal::derive(name);
    let class = match slot.kind {
        SlotKind::Head => "slot slot-head",
        SlotKind::Between => "slot",
        SlotKind::End => "slot slot-end",
    };
    let is_end = slot.kind == SlotKind::End;
    let chosen = place.clone();
    view! {
        <button
            class=class
            type="button"
            tabindex="-1"
            aria-label=name
            title=name
            class:slot-chosen=move || {
                editor.is_some_and(|editor| editor.adding.read().as_ref() == Some(&chosen))
            }
            style:translate=format!("{:.1}px {:.1}px", slot.at.x, slot.at.y)
            on:click=move |_| {
                if let Some(editor) = editor {
                    editor.filter.set("all");
                    editor.adding.set(Some(place.clone()));
                }
            }
        >
            <Icon name="plus"/>
            {is_end.then(|| view! { <span>{t(CanvasText::AddCard)}</span> })}
        </button>
    }
}

/// The room for the card in the air.
#[component]
fn OpenedSlot() -> impl IntoView {
    let board = use_board();
    let room = Memo::new(move |_| {
        let opened = board.opened.get()?;
        board.layout.with(|layout| {
            let slot = slot_of(layout, &opened)?;
            Some(room_of(layout, slot))
        })
    });
    move || {
        room.get().map(|room| {
            view! {
                <div
                    class="slot-open"
                    style:translate=format!("{:.1}px {:.1}px", room.x, room.y)
                    style:width=format!("{}px", room.w)
                    style:height=format!("{}px", room.h)
                >
                    <Icon name="plus"/>
                </div>
            }
        })
    }
}

/// What an empty flow offers.
#[component]
pub fn EmptySlots() -> impl IntoView {
    let board = use_board();
    let is_empty = Memo::new(move |_| board.flow.with(|flow| flow.steps.is_empty()));
    move || is_empty.get().then(|| view! { <ThreeSlots/> })
}

#[component]
fn ThreeSlots() -> impl IntoView {
    let editor = use_editor();
    let open = move |filter: &'static str| {
        if let Some(editor) = editor {
            editor.filter.set(filter);
            editor.adding.set(Some(Place {
                lane: None,
                index: 0,
            }));
        }
    };
    let in_air =
        move || editor.is_some_and(|editor| matches!(*editor.air.read(), Some(Air::New(_))));
    let large = move |filter: &'static str,
                      icon: &'static str,
                      text: CanvasText,
                      hint: CanvasText| {
        view! {
            <button class="slot-large" type="button" data-filter=filter on:click=move |_| open(filter)>
                <span class="tile"><Icon name=icon/></span>
                <span class="slot-large-name">{t(text)}</span>
                <span class="hint">{t(hint)}</span>
            </button>
        }
    };
    view! {
        <div class="slots-large" class:in-air=in_air>
            {large("events", "zap", CanvasText::AddEvent, CanvasText::AddEventHint)}
            {large("actions", "plug", CanvasText::AddAction, CanvasText::AddActionHint)}
            {large("functions", "sigma", CanvasText::AddFunction, CanvasText::AddFunctionHint)}
        </div>
    }
}
