//! The facts of a run in one line.

use api::{CalledBy, Cause, Pass, PassQuery, RunStatus};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::walker::Walker;
use crate::canvas::board::Board;
use crate::editor::trial::kind_text;
use crate::i18n::texts::{InspectText, RunText, RunningText, TraceText};
use crate::i18n::{Moment, duration_ms, t, use_speech};
use crate::rpc;

/// When, how long, started by what, which version, how many calls.
#[component]
pub(super) fn Facts(board: Board) -> impl IntoView {
    let speech = use_speech();
    let run = move || board.run.get();
    let started = Signal::derive(move || run().map_or(0, |run| run.row.started_at));
    let fact = |text: RunText, value: AnyView| view! { <div class="fact"><dt>{t(text)}</dt><dd>{value}</dd></div> };
    let duration = move || {
        run().map(|run| match run.row.duration_ms {
            Some(ms) => duration_ms(ms, speech.language()),
            None if run.row.status == RunStatus::OutcomeUnknown => {
                t(RunText::WaitsForDecision).get()
            }
            None => t(RunText::Running).get(),
        })
    };
    let first = move || {
        let run = run()?;
        let title = run.flow.steps.first().map(|first| board.title(&first.id))?;
        let cause = speech.say(&cause_text(run.row.cause));
        Some(if title.is_empty() {
            cause
        } else {
            format!("{cause} · {title}")
        })
    };
    let version = move || {
        run().map(|run| match run.row.version {
            0 => speech.say(&RunningText::DraftRun),
            number => format!("v{number}"),
        })
    };
    let kind = move || run().and_then(|run| run.row.trial.map(|kind| kind_text(Some(kind))));
    let who = move || run().and_then(|run| run.row.subject.clone().or(run.row.person.clone()));
    let source = move || {
        let id = run()?.row.again_of.clone()?;
        Some(view! { <a href=format!("/runs/{id}")>{super::short(&id)}</a> })
    };
    let repeats = move || {
        let again = run()?.again.clone();
        let links = again.into_iter().map(
            |row| view! { <a href=format!("/runs/{}", row.id)>{super::short(&row.id)}</a>" " },
        );
        Some(links.collect_view())
    };
    let has_repeats = Memo::new(move |_| run().is_some_and(|run| !run.again.is_empty()));
    let calls = move || run().map(|run| run.calls);
    view! {
        <dl class="facts" aria-label=t(TraceText::Facts)>
            {fact(RunText::Started, view! { {move || run().map(|_| view! { <Moment at=started/> })} }.into_any())}
            {fact(RunText::Duration, view! { <span class="number">{duration}</span> }.into_any())}
            {fact(RunText::Cause, view! { <span class="ellipsis">{first}</span> }.into_any())}
            {fact(RunText::Version, view! { <span class="number">{version}</span> }.into_any())}
            {move || kind().map(|text| view! { <div class="fact"><dt>{t(RunningText::Test)}</dt><dd>{t(text)}</dd></div> })}
            {move || who().map(|who| view! { <div class="fact"><dt>{t(RunningText::ByPerson)}</dt><dd class="ellipsis" title=who.clone()>{who.clone()}</dd></div> })}
            {move || source().map(|link| view! { <div class="fact"><dt>{t(RunningText::AgainOf)}</dt><dd class="mono">{link}</dd></div> })}
            {move || has_repeats.get().then(|| view! { <div class="fact"><dt>{t(RunningText::RepeatedBy)}</dt><dd class="mono">{repeats}</dd></div> })}
            {move || run().and_then(|run| run.called_by.clone()).map(|called| view! { <CalledFrom called/> })}
            <div class="fact"><dt>{t(TraceText::CallsToOrg)}</dt><dd class="number">{calls}</dd></div>
        </dl>
    }
}

/// Which card started this helper run; where it went round, the other passes are a step away.
#[component]
fn CalledFrom(called: CalledBy) -> impl IntoView {
    let href = format!("/runs/{}?card={}", called.run, called.step);
    let link = view! { <a class="mono" href=href>{super::short(&called.run)}</a> };
    let Some(number) = called.number else {
        return view! { <div class="fact"><dt>{t(InspectText::CalledBy)}</dt><dd>{link}</dd></div> }.into_any();
    };
    let navigate = use_navigate();
    let (run, step) = (called.run.clone(), called.step.clone());
    let query = move |number| PassQuery {
        run: run.clone(),
        step: step.clone(),
        number: Some(number),
    };
    let of_this = query.clone();
    let found = LocalResource::new(move || rpc::open_pass(of_this(number)));
    let pass = Signal::derive(move || match found.get() {
        Some(Ok(pass)) => pass,
        _ => Pass {
            number,
            count: number,
            failed: 0,
            first_failed: None,
            next_failed: None,
            run: None,
        },
    });
    let on_go = Callback::new(move |to: u64| {
        let (query, navigate) = (query(to), navigate.clone());
        spawn_local(async move {
            if let Ok(Pass { run: Some(row), .. }) = rpc::open_pass(query).await {
                navigate(&format!("/runs/{}", row.id), NavigateOptions::default());
            }
        });
    });
    view! {
        <div class="fact fact-pass">
            <dt>{t(InspectText::CalledPass { number })}" "{link}</dt>
            <dd><Walker pass on_go/></dd>
        </div>
    }
    .into_any()
}

fn cause_text(cause: Cause) -> RunText {
    match cause {
        Cause::Event => RunText::CauseEvent,
        Cause::Schedule => RunText::CauseSchedule,
        Cause::Manual => RunText::CauseManual,
        Cause::Api => RunText::CauseApi,
        Cause::Endpoint => RunText::CauseEndpoint,
        Cause::Helper => RunText::CauseHelper,
    }
}
