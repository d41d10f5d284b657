//! What one card did: its error in the service's own words, inputs, outputs, calls, helper runs.

use api::{CallView, RunStatus, StepRun};
use flow::{CardError, RetryHint, Step, StepId};
use leptos::prelude::*;

use super::settle::Settle;
use super::state_text;
use super::values::ValueList;
use crate::canvas::board::Board;
use crate::canvas::traced::{PASSES, goes_round};
use crate::card::{Tile, state_icon, took};
use crate::i18n::texts::{InspectText, TraceText};
use crate::i18n::{t, use_local_time, use_speech};
use crate::kit::{Button, Icon, Tab, Tabs};

/// The inspector of a run.
#[component]
pub(super) fn Details(board: Board) -> impl IntoView {
    let chosen = Memo::new(move |_| {
        let id = board.selected.get()?;
        let is_note = board
            .flow
            .with(|flow| flow.step(&id).is_none_or(Step::is_note));
        (!is_note).then_some(id)
    });
    view! {
        <aside class="inspector" data-region="5" aria-label=t(TraceText::CardDetails)>
            {move || match chosen.get() {
                Some(id) => view! { <OfCard board id/> }.into_any(),
                None => view! { <p class="inspector-part hint">{t(TraceText::ChooseCard)}</p> }.into_any(),
            }}
        </aside>
    }
}

#[component]
fn OfCard(board: Board, id: StepId) -> impl IntoView {
    let speech = use_speech();
    let step = board.step(&id);
    let did = board.step_run(&id);
    let icon = Signal::derive(move || {
        step.with(|step| {
            step.as_ref()
                .and_then(|step| board.spec(step))
                .map_or_else(|| "plug".to_owned(), |spec| spec.icon)
        })
    });
    let tab = RwSignal::new(
        if did.with_untracked(|did| {
            did.as_ref().is_some_and(|did| {
                did.calls.len() > 1 || did.error.is_some() && !did.calls.is_empty()
            })
        }) {
            "calls"
        } else {
            "input"
        },
    );
    let calls = did.with_untracked(|did| did.as_ref().map_or(0, |did| did.calls.len()));
    let tabs = vec![
        Tab {
            value: "input",
            label: t(TraceText::Input),
        },
        Tab {
            value: "output",
            label: t(TraceText::Output),
        },
        Tab {
            value: "calls",
            label: t(TraceText::Calls { n: calls }),
        },
    ];
    let (titled, colored) = (id.clone(), id.clone());
    let sub = {
        let id = id.clone();
        move || {
            let state = did.with(|did| did.as_ref().map(|did| did.state));
            let number = board.number(&id).unwrap_or(0);
            speech.say(&TraceText::CardState {
                number,
                state: speech.say(&state_text(state)),
            })
        }
    };
    let took = move || {
        did.with(|did| did.as_ref().and_then(|did| did.took_us))
            .map(|us| took(us, speech))
    };
    let error = move || did.with(|did| did.as_ref().and_then(|did| did.error.clone()));
    let asked = id.clone();
    let is_open_question = {
        let id = id.clone();
        Memo::new(move |_| {
            board.run.with(|run| {
                run.as_ref().is_some_and(|run| {
                    run.row.status == RunStatus::OutcomeUnknown
                        && run.failed_step.as_ref() == Some(&id)
                })
            })
        })
    };
    view! {
        <header class="inspector-head" data-family=move || board.family(&colored)>
            <Tile icon/>
            <div class="card-names">
                <h2 class="ellipsis">{move || board.title(&titled)}</h2>
                <p class="card-sub ellipsis">{sub}" "{took}</p>
            </div>
            <span class="inspector-state" data-state=move || did.with(|did| did.as_ref().map(|did| crate::card::state_name(did.state)))>
                {move || view! { <Icon name=state_icon(did.with(|did| did.as_ref().map(|did| did.state)))/> }}
            </span>
        </header>
        {move || error().map(|error| view! { <ErrorCard error/> })}
        {move || is_open_question.get().then(|| view! { <Settle board id=asked.clone()/> })}
        {move || did.get().filter(|did| !did.children.is_empty()).map(|did| view! { <Children board did/> })}
        <Tabs label=t(TraceText::CardDetails) tabs chosen=tab/>
        <div class="inspector-body" role="tabpanel" tabindex="0" aria-label=t(TraceText::CardDetails)>
            {move || match (did.get(), tab.get()) {
                (None, _) => view! { <p class="inspector-part hint">{t(TraceText::NotReachedHint)}</p> }.into_any(),
                (Some(did), "output") => values(board, did, false),
                (Some(did), "calls") => view! { <CallList calls=did.calls error=did.error/> }.into_any(),
                (Some(did), _) => values(board, did, true),
            }}
        </div>
    }
}

/// What went wrong: what happened, in the service's own words, and what to do.
#[component]
fn ErrorCard(error: CardError) -> impl IntoView {
    let detail = error.detail.to_json();
    let own = |key: &str| {
        detail
            .get(key)
            .and_then(|value| value.as_str())
            .map(str::to_owned)
    };
    let title = match (error.status, own("errorCode")) {
        (Some(status), _) => t(TraceText::RefusedWith {
            status: u32::from(status),
        }),
        (None, _) => Signal::stored(error.code.clone()),
    };
    let summary = own("errorSummary").unwrap_or_else(|| error.message.clone());
    let rows = [
        (
            TraceText::ErrorCode,
            own("errorCode").or_else(|| Some(error.code.clone())),
        ),
        (TraceText::ErrorId, own("errorId")),
    ];
    let advice = match error.retry {
        RetryHint::No => None,
        RetryHint::RateLimited { .. } => Some(TraceText::AdviceRate),
        RetryHint::Unavailable => Some(TraceText::AdviceUnavailable),
        // The question below it says more.
        RetryHint::OutcomeUnknown => None,
    };
    view! {
        <section class="error-card" role="alert">
            <h3><Icon name="circle-x"/>{title}</h3>
            <p>{summary}</p>
            <dl>
                {rows
                    .into_iter()
                    .filter_map(|(text, value)| value.map(|value| view! { <div><dt>{t(text)}</dt><dd><code>{value}</code></dd></div> }))
                    .collect_view()}
            </dl>
            {advice.map(|advice| view! { <p class="hint">{t(advice)}</p> })}
        </section>
    }
}

/// The calls that a card made, attempt by attempt, and the last answer where it was an error.
#[component]
fn CallList(calls: Vec<CallView>, error: Option<CardError>) -> impl IntoView {
    let (speech, local) = (use_speech(), use_local_time());
    let Some(last) = calls.last().cloned() else {
        return view! { <p class="inspector-part hint">{t(TraceText::NoCalls)}</p> }.into_any();
    };
    let rows = calls.into_iter().map(move |call| {
        let at = move || format!("{}.{:03}", local.civil(call.at).clock(), call.at.rem_euclid(1_000));
        let tone = match call.status {
            Some(status) if status < 400 => "ok",
            _ => "bad",
        };
        view! {
            <tr>
                <td class="number">{call.attempt}</td>
                <td class="mono">{at}</td>
                <td class="number table-right">{move || crate::i18n::duration_ms(call.took_ms, speech.language())}</td>
                <td class="table-right"><span class="tag number" data-tone=tone>{call.status.map_or_else(|| "–".to_owned(), |status| status.to_string())}</span></td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let answer = error
        .filter(|error| !error.detail.is_null())
        .map(|error| serde_json::to_string_pretty(&error.detail.to_json()).unwrap_or_default());
    view! {
        <section class="inspector-part">
            <p class="call-line"><span class="tag" data-tone="accent">{last.method.clone()}</span><code class="ellipsis" title=last.path.clone()>{last.path.clone()}</code></p>
            <table class="table calls">
                <thead>
                    <tr>
                        <th scope="col">{t(TraceText::Attempt)}</th>
                        <th scope="col">{t(TraceText::At)}</th>
                        <th scope="col" class="table-right">{t(TraceText::Took)}</th>
                        <th scope="col" class="table-right">{t(TraceText::Status)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
        {answer.map(|answer| view! {
            <section class="inspector-part">
                <h3>{t(TraceText::Answer)}</h3>
                <pre class="value-long" data-scrolls tabindex="0">{answer}</pre>
            </section>
        })}
    }
    .into_any()
}

/// What the card took or gave in the run that is shown.
fn values(board: Board, did: StepRun, is_input: bool) -> AnyView {
    match board.run.get_untracked() {
        Some(view) => view! { <ValueList board view did is_input/> }.into_any(),
        None => ().into_any(),
    }
}

/// The helper runs that a card started: one as a link, of a card that goes round the way to its passes.
#[component]
fn Children(board: Board, did: StepRun) -> impl IntoView {
    let count = did.helpers.max(did.children.len());
    if goes_round(&did) {
        return view! {
            <section class="inspector-part">
                <h3>{t(TraceText::HelperRuns { n: count })}</h3>
                <Button icon="repeat" on_press=move || board.traced.tab.set(PASSES)>{t(InspectText::Passes)}</Button>
            </section>
        }
        .into_any();
    }
    let links = did.children.into_iter().enumerate().map(|(at, child)| {
        let number = child.index.unwrap_or(at) + 1;
        view! { <li><a href=format!("/runs/{}", child.run)>"↳ "{t(TraceText::HelperRun { number })}</a></li> }
    });
    let links = links.collect_view();
    view! {
        <section class="inspector-part">
            <h3>{t(TraceText::HelperRuns { n: count })}</h3>
            <ul class="children">{links}</ul>
        </section>
    }
    .into_any()
}
