//! A lane as a view of its own, with the way back: containers nest up to sixteen deep, more than a few frames in frames
//! nobody can read.

use flow::{LaneId, StepId};
use leptos::prelude::*;

use super::board::{Board, lane_name, use_board};
use crate::i18n::t;
use crate::i18n::texts::CanvasText;
use crate::kit::Icon;

impl Board {
    /// Goes one view outwards. Tells whether there was one.
    pub fn leave_view(self) -> bool {
        let Some((step, _)) = self.root.get_untracked() else {
            return false;
        };
        let outer = self.views(&step);
        self.open_view(outer.last().cloned());
        self.go_to(&step);
        true
    }

    /// The lanes around a card that are views of their own when one looks at it: those where nesting starts anew.
    fn views(self, id: &StepId) -> Vec<(StepId, LaneId)> {
        let index = self.known.index.get_untracked();
        let around = self.flow.with_untracked(|flow| index.around(flow, id));
        let deep = super::measure::DEEP;
        around.into_iter().skip(deep - 1).step_by(deep).collect()
    }
}

/// Where one is: the flow, the lanes around, this lane. Nothing while the whole flow is shown.
#[component]
pub(super) fn ViewPath() -> impl IntoView {
    let board = use_board();
    // What was undone or deleted cannot be looked at.
    Effect::new(move || {
        let is_gone = board.root.with(|root| {
            root.as_ref().is_some_and(|(step, lane)| {
                board
                    .with_step(step, |step| step.lane(lane).is_none())
                    .unwrap_or(true)
            })
        });
        if is_gone {
            board.open_view(None);
        }
    });
    let crumbs = move || {
        let root = board.root.get()?;
        let index = board.known.index.get();
        let mut lanes = board.flow.with(|flow| index.around(flow, &root.0));
        lanes.push(root);
        Some(lanes)
    };
    move || {
        crumbs().map(|lanes| {
            let last = lanes.len() - 1;
            let crumbs = lanes
                .into_iter()
                .enumerate()
                .map(|(at, lane)| view! { <Crumb board lane is_last=at == last/> });
            view! {
                <nav class="view-path floating" aria-label=t(CanvasText::ViewPath)>
                    <button type="button" on:click=move |_| back(board, None)>
                        <Icon name="workflow"/>
                        <span class="ellipsis">{move || board.flow.with(|flow| flow.name.clone())}</span>
                    </button>
                    {crumbs.collect_view()}
                </nav>
            }
        })
    }
}

#[component]
fn Crumb(board: Board, lane: (StepId, LaneId), is_last: bool) -> impl IntoView {
    let (step, id) = lane.clone();
    let name = move || {
        let title = board.title(&step);
        format!("{title} › {}", lane_name(board, &step, &id))
    };
    let name = Signal::derive(name);
    view! {
        <Icon name="chevron-right"/>
        {if is_last {
            view! { <span class="ellipsis" aria-current="page" title=name>{name}</span> }.into_any()
        } else {
            view! {
                <button type="button" title=name on:click=move |_| back(board, Some(lane.clone()))>
                    <span class="ellipsis">{name}</span>
                </button>
            }
                .into_any()
        }}
    }
}

/// Goes outwards, to the container that one comes from.
fn back(board: Board, to: Option<(StepId, LaneId)>) {
    let from = board.root.get_untracked();
    board.open_view(to);
    if let Some((step, _)) = from {
        let is_drawn = board
            .layout
            .with_untracked(|layout| layout.card(&step).is_some());
        if is_drawn {
            board.go_to(&step);
        }
    }
}
