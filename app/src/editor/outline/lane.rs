//! The branches of a container in the outline, each with its condition, its cards and what it yields.

use flow::{LaneId, StepId};
use leptos::attr::custom::custom_attribute;
use leptos::prelude::*;

use super::fields::Inputs;
use super::{AddButton, Row, use_shared};
use crate::canvas::board::{lane_name, use_board};
use crate::card::case_button;
use crate::i18n::texts::{CanvasText, OutlineText};
use crate::i18n::use_speech;
use crate::kit::Icon;

/// The branches of a container.
#[component]
pub(super) fn Lanes(id: StepId, level: usize, is_open: Memo<bool>) -> impl IntoView {
    let board = use_board();
    let step = board.step(&id);
    let lanes = Memo::new(move |_| {
        step.with(|step| {
            let lanes = step.as_ref().map(|step| step.lanes.as_slice());
            lanes
                .unwrap_or_default()
                .iter()
                .map(|lane| lane.id.clone())
                .collect::<Vec<_>>()
        })
    });
    view! {
        <div class="outline-lanes">
            <For each=move || lanes.get() key=LaneId::clone let(lane)>
                <LaneItem id=id.clone() lane level is_open/>
            </For>
        </div>
    }
}

#[component]
fn LaneItem(id: StepId, lane: LaneId, level: usize, is_open: Memo<bool>) -> impl IntoView {
    let (board, speech, shared) = (use_board(), use_speech(), use_shared());
    let key = (id.clone(), lane.clone());
    let is_folded = {
        let key = key.clone();
        Memo::new(move |_| {
            board
                .unfolded
                .with(|unfolded| unfolded.lanes.contains(&key))
        })
    };
    let name = {
        let (id, lane) = key.clone();
        Memo::new(move |_| lane_name(board, &id, &lane))
    };
    let count = {
        let (id, lane) = key.clone();
        move || {
            board.flow.with(|flow| {
                let found = flow.step(&id).and_then(|step| step.lane(&lane));
                found.map_or(0, |lane| {
                    lane.steps.iter().filter(|step| !step.is_note()).count()
                })
            })
        }
    };
    let toggled = key.clone();
    let cases = key.clone();
    view! {
        <div class="outline-lane">
            <div class="outline-lane-head">
                <div role="heading" {..custom_attribute("aria-level", (level + 1).to_string())}>
                    <button
                        class="outline-lane-open"
                        type="button"
                        aria-expanded=move || (!is_folded.get()).to_string()
                        on:click=move |_| board.toggle_lane(&toggled.0, &toggled.1)
                    >
                        <Icon name="chevron-right"/>
                        <span>{move || name.get()}</span>
                        <span class="muted">{move || speech.say(&CanvasText::Cards { n: count() })}</span>
                    </button>
                </div>
                {move || shared.editor().map(|_| case_button(&cases.0, &cases.1))}
            </div>
            {move || (!is_folded.get()).then(|| {
                let (id, lane) = key.clone();
                let at = Some((id.clone(), lane.clone()));
                let adds = at.clone();
                let text = Signal::derive(move || speech.say(&OutlineText::AddTo { lane: name.get() }));
                let (before, after) = ((id.clone(), Some(lane.clone())), (id, Some(lane)));
                view! {
                    {move || is_open.get().then(|| view! { <Inputs id=before.0.clone() lane=before.1.clone() yields=false/> })}
                    <Row lane=at level=level + 2/>
                    {move || shared.editor().map(|editor| view! { <AddButton editor lane=adds.clone() text/> })}
                    {move || is_open.get().then(|| view! { <Inputs id=after.0.clone() lane=after.1.clone() yields=true/> })}
                }
            })}
        </div>
    }
    .into_any()
}
