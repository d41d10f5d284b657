//! What a run did as lines: in the order of time, and the calls for themselves.

use api::{RunView, StepRun};
use flow::StepId;
use leptos::prelude::*;

use super::state_text;
use crate::canvas::board::Board;
use crate::card::{state_icon, state_name, took};
use crate::i18n::texts::{RunningText, TraceText};
use crate::i18n::{duration_ms, t, use_local_time, use_speech};
use crate::kit::Icon;

/// More lines are not drawn.
const MOST: usize = 1_000;

/// What each card did, in the order in which they began.
#[component]
pub fn Log(
    /// Whose run.
    board: Board,
) -> impl IntoView {
    let lines = Memo::new(move |_| {
        board
            .run
            .with(|run| run.as_ref().map(|run| in_time(run)).unwrap_or_default())
    });
    view! {
        <ol class="run-log">
            <For each=move || lines.get() key=|did| format!("{did:?}") let(did)>
                <Line board did/>
            </For>
        </ol>
    }
}

fn in_time(run: &RunView) -> Vec<StepRun> {
    let mut steps = run.steps.clone();
    steps.sort_by_key(|did| did.started_at);
    steps.truncate(MOST);
    steps
}

#[component]
fn Line(board: Board, did: StepRun) -> impl IntoView {
    let (speech, local) = (use_speech(), use_local_time());
    let id = did.step.clone();
    let at = did.started_at;
    let clock = move || format!("{}.{:03}", local.civil(at).clock(), at.rem_euclid(1_000));
    let (numbered, titled) = (id.clone(), id.clone());
    let how = match &did {
        did if did.is_pinned => Some(RunningText::Pinned),
        did if did.is_carried => Some(RunningText::Carried),
        _ => None,
    };
    let took_us = did.took_us;
    let error = did.error.as_ref().map(|error| error.message.clone());
    view! {
        <li>
            <button class="run-log-line" type="button" data-state=state_name(did.state) on:click=move |_| choose(board, &id)>
                <span class="mono muted">{clock}</span>
                <span class="card-number number">{move || board.number(&numbered)}</span>
                <span class="foot-state"><Icon name=state_icon(Some(did.state))/>{t(state_text(Some(did.state)))}</span>
                <span class="ellipsis">{move || board.title(&titled)}</span>
                {how.map(|how| view! { <span class="muted">{t(how)}</span> })}
                {error.map(|error| view! { <span class="run-log-error ellipsis" title=error.clone()>{error.clone()}</span> })}
                <span class="number run-log-took">{move || took_us.map(|us| took(us, speech))}</span>
            </button>
        </li>
    }
}

fn choose(board: Board, id: &StepId) {
    board.selected.set(Some(id.clone()));
    board.reveal(id);
}

/// A call with the card that made it.
#[derive(Clone, Debug, PartialEq)]
struct Made {
    step: StepId,
    call: api::CallView,
}

/// All calls of a run.
#[component]
pub fn CallLog(
    /// Whose run.
    board: Board,
) -> impl IntoView {
    let (speech, local) = (use_speech(), use_local_time());
    let calls = Memo::new(move |_| {
        board
            .run
            .with(|run| run.as_ref().map(|run| calls(run)).unwrap_or_default())
    });
    let line = move |made: Made| {
        let Made { step, call } = made;
        let at = call.at;
        let clock = move || format!("{}.{:03}", local.civil(at).clock(), at.rem_euclid(1_000));
        let tone = match call.status {
            Some(status) if status < 400 => "ok",
            _ => "bad",
        };
        let (numbered, chosen) = (step.clone(), step.clone());
        view! {
            <tr>
                <td><button class="card-number number" type="button" aria-label=move || board.title(&step) on:click=move |_| choose(board, &chosen)>{move || board.number(&numbered)}</button></td>
                <td class="mono">{clock}</td>
                <td><span class="tag" data-tone="accent">{call.method.clone()}</span></td>
                <td class="cell-fill"><code class="ellipsis" title=call.path.clone()>{call.path.clone()}</code></td>
                <td class="number">{call.attempt}</td>
                <td class="number table-right">{move || duration_ms(call.took_ms, speech.language())}</td>
                <td class="table-right"><span class="tag number" data-tone=tone>{call.status.map_or_else(|| "–".to_owned(), |status| status.to_string())}</span></td>
            </tr>
        }
    };
    view! {
        {move || calls.read().is_empty().then(|| view! { <p class="hint run-panel-empty">{t(RunningText::NoCallsYet)}</p> })}
        {move || (!calls.read().is_empty()).then(|| view! {
            <table class="table calls">
                <thead>
                    <tr>
                        <th scope="col">{t(TraceText::Card)}</th>
                        <th scope="col">{t(TraceText::At)}</th>
                        <th scope="col">{t(RunningText::Method)}</th>
                        <th scope="col">{t(RunningText::Path)}</th>
                        <th scope="col">{t(TraceText::Attempt)}</th>
                        <th scope="col" class="table-right">{t(TraceText::Took)}</th>
                        <th scope="col" class="table-right">{t(TraceText::Status)}</th>
                    </tr>
                </thead>
                <tbody>{calls.get().into_iter().map(line).collect_view()}</tbody>
            </table>
        })}
    }
}

fn calls(run: &RunView) -> Vec<Made> {
    let mut made: Vec<Made> = run
        .steps
        .iter()
        .flat_map(|did| {
            did.calls.iter().map(|call| Made {
                step: did.step.clone(),
                call: call.clone(),
            })
        })
        .collect();
    made.sort_by_key(|made| made.call.at);
    made.truncate(MOST);
    made
}
