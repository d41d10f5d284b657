//! The facts of a run in one line.

use api::{Cause, RunStatus};
use leptos::prelude::*;

use crate::canvas::board::Board;
use crate::editor::trial::kind_text;
use crate::i18n::texts::{RunText, RunningText, TraceText};
use crate::i18n::{Moment, duration_ms, t, use_speech};

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
            <div class="fact"><dt>{t(TraceText::CallsToOrg)}</dt><dd class="number">{calls}</dd></div>
        </dl>
    }
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
