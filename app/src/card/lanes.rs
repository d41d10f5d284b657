//! The lanes inside a container's frame: heading, condition, what each yields.

use flow::{LaneId, StepId};
use leptos::prelude::*;

use super::field::PlacedField;
use super::output::OutputView;
use super::stop::stop;
use crate::canvas::board::{Board, lane_name, use_board};
use crate::canvas::layout::LaneBox;
use crate::editor::use_editor;
use crate::i18n::texts::CanvasText;
use crate::i18n::{t, use_speech};
use crate::kit::Icon;

/// The lanes of a container.
#[component]
pub(super) fn Lanes(id: StepId, whole: bool) -> impl IntoView {
    let board = use_board();
    let lanes = {
        let id = id.clone();
        Memo::new(move |_| {
            board.layout.with(|layout| {
                let mine = layout.lanes.iter().filter(|lane| lane.step == id);
                mine.map(|lane| lane.id.clone()).collect::<Vec<_>>()
            })
        })
    };
    view! {
        <For each=move || lanes.get() key=LaneId::clone let(lane)>
            <LaneView step=id.clone() lane whole/>
        </For>
    }
}

#[component]
fn LaneView(step: StepId, lane: LaneId, whole: bool) -> impl IntoView {
    let (board, editor, speech) = (use_board(), use_editor(), use_speech());
    let place = board.place(&step);
    let found = {
        let (step, lane) = (step.clone(), lane.clone());
        Memo::new(move |_| {
            board
                .layout
                .with(|layout| layout.lane(&step, &lane).cloned())
        })
    };
    let corner = move || {
        place.with(|card| {
            card.as_ref()
                .map_or((0.0, 0.0), |card| (card.rect.x, card.rect.y))
        })
    };
    let rect = move || {
        found
            .with(|lane| lane.as_ref().map(|lane| lane.rect))
            .unwrap_or_default()
    };
    let is_folded =
        Memo::new(move |_| found.with(|lane| lane.as_ref().is_some_and(|lane| lane.is_folded)));
    let level = Memo::new(move |_| found.with(|lane| lane.as_ref().map_or(1, |lane| lane.level)));
    let fate = lane_fate(board, &step, &lane);
    let name = {
        let (step, lane) = (step.clone(), lane.clone());
        Memo::new(move |_| lane_name(board, &step, &lane))
    };
    let cards = move || found.with(|lane| lane.as_ref().map_or(0, |lane| lane.cards));
    let opens = Memo::new(move |_| found.with(|lane| lane.as_ref().is_some_and(|lane| lane.opens)));
    let fold = {
        let (step, lane) = (step.clone(), lane.clone());
        move |_| {
            if opens.get_untracked() {
                board.open_view(Some((step.clone(), lane.clone())));
                request_animation_frame(|| {
                    crate::canvas::board::focus_first(".cards .card[tabindex='0']");
                });
            } else {
                board.toggle_lane(&step, &lane);
            }
        }
    };
    let tail = case_button(&step, &lane);
    let condition = Memo::new(move |_| {
        found.with(|lane| {
            lane.as_ref()
                .filter(|_| whole)
                .map(|lane| lane.condition.clone())
                .unwrap_or_default()
        })
    });
    let yields = Memo::new(move |_| {
        found.with(|lane| {
            lane.as_ref()
                .filter(|_| whole)
                .map(|lane| lane.yields.clone())
                .unwrap_or_default()
        })
    });
    let tone = lane_tone(&lane);
    view! {
        <section
            class="lane"
            data-level=move || level.get().min(4).to_string()
            data-fate=move || fate.get()
            data-tone=tone.0
            class:lane-folded=move || is_folded.get()
            style:left=move || format!("{:.1}px", rect().x - corner().0)
            style:top=move || format!("{:.1}px", rect().y - corner().1)
            style:width=move || format!("{:.1}px", rect().w)
            style:height=move || format!("{:.1}px", rect().h)
        >
            <div class="lane-head">
                <button
                    type="button"
                    tabindex="-1"
                    aria-expanded=move || (!opens.get()).then(|| (!is_folded.get()).to_string())
                    title=move || opens.get().then(|| t(CanvasText::OpenLane).get())
                    on:click=fold
                >
                    <Icon name=tone.1/>
                    <span class="lane-name">{move || name.get()}</span>
                    <span class="lane-count">
                        {move || speech.say(&match fate.get() {
                            Some("taken") => CanvasText::Taken,
                            Some("not-taken") => CanvasText::NotTaken { n: cards() },
                            _ => CanvasText::Cards { n: cards() },
                        })}
                    </span>
                    {move || is_folded.get().then(|| {
                        view! { <Icon name=if opens.get() { "log-in" } else { "chevron-right" }/> }
                    })}
                </button>
                {editor.filter(|_| whole).map(|_| tail)}
                {move || error_output(found.get().filter(|_| whole))}
            </div>
            <For each=move || condition.get() key=|row| row.at.clone() let(row)>
                <PlacedField rows=condition row/>
            </For>
            <For each=move || yields.get() key=|row| row.at.clone() let(row)>
                <PlacedField rows=yields row/>
            </For>
        </section>
    }
}

/// The error that the error lane of If Error offers.
fn error_output(lane: Option<LaneBox>) -> Option<impl IntoView> {
    let row = lane?.error?;
    Some(view! { <span class="lane-error"><OutputView row open=Signal::from(None)/></span> })
}

/// The colour and the icon of a lane.
fn lane_tone(lane: &LaneId) -> (&'static str, &'static str) {
    match lane.as_str() {
        "true" => ("ok", "check"),
        "try" => ("ok", "circle-play"),
        "error" => ("warn", "triangle-alert"),
        "false" | "else" => ("plain", "corner-down-right"),
        _ => ("accent", "split"),
    }
}

/// Whether the run took a lane; nothing while editing and where the container was not reached.
fn lane_fate(board: Board, step: &StepId, lane: &LaneId) -> Memo<Option<&'static str>> {
    let did = board.step_run(step);
    let lane = lane.clone();
    Memo::new(move |_| {
        did.with(|did| {
            let taken = did.as_ref()?.lane.as_deref()?;
            let is_try = lane.as_str() == "try" && taken == "error";
            Some(if taken == lane.as_str() || is_try {
                "taken"
            } else {
                "not-taken"
            })
        })
    })
}

/// Adds a case after this one, or removes it: only If/ElseIf has cases.
pub(crate) fn case_button(step: &StepId, lane: &LaneId) -> impl IntoView + use<> {
    let (board, editor) = (use_board(), use_editor());
    let is_cases = board.flow.with_untracked(|flow| {
        flow.step(step)
            .is_some_and(|step| step.card.is("control", "branch"))
    });
    let (step, lane) = (step.clone(), lane.clone());
    let is_last = lane.as_str() == "else";
    let text = if is_last {
        CanvasText::AddCase
    } else {
        CanvasText::RemoveCase
    };
    let is_shown = is_cases && lane.as_str() != "if";
    is_shown.then(|| {
        let name = t(text);
        let icon = if is_last { "plus" } else { "x" };
        view! {
            <button
                class="lane-tool"
                type="button"
                tabindex=stop()
                aria-label=name
                title=name
                on:click=move |_| {
                    if let Some(editor) = editor {
                        if is_last {
                            editor.add_case(&step);
                        } else {
                            editor.remove_case(&step, &lane);
                        }
                    }
                }
            >
                <Icon name=icon/>
                {is_last.then(|| t(CanvasText::AddCase))}
            </button>
        }
    })
}
