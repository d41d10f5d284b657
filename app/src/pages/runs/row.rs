//! One run in the list.

use api::{Cause, RunRow};
use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::Listed;
use crate::i18n::texts::{RunText, RunningText};
use crate::i18n::{Moment, duration_ms, t, use_speech};
use crate::kit::RunTag;

/// A row; the flow's name leads to the run, Space opens its sheet.
#[component]
pub fn RunLine(
    /// The run.
    run: RunRow,
    /// The list.
    listed: Listed,
) -> impl IntoView {
    let speech = use_speech();
    let duration = run.duration_ms;
    let lasts = move || duration.map(|ms| duration_ms(ms, speech.language()));
    let error = run.error.clone();
    let who = run.subject.clone().or(run.person.clone());
    let version = match run.version {
        0 => view! { <span class="muted">{t(RunningText::DraftRun)}</span> }.into_any(),
        number => number.into_any(),
    };
    let (id, toggled, keyed) = (run.id.clone(), run.id.clone(), run.id.clone());
    let is_chosen = move || listed.chosen.with(|chosen| chosen.contains(&id));
    let choose = move |event: web_sys::Event| {
        let is_on = event_target_checked(&event);
        listed.chosen.update(|chosen| {
            if is_on {
                chosen.insert(toggled.clone());
            } else {
                chosen.remove(&toggled);
            }
        });
    };
    let on_key = move |event: KeyboardEvent| match event.key().as_str() {
        " " => {
            event.prevent_default();
            listed.peeked.set(Some(keyed.clone()));
        }
        "ArrowDown" => walk(&event, true),
        "ArrowUp" => walk(&event, false),
        _ => {}
    };
    let label = t(RunningText::SelectRun {
        name: run.flow_name.clone(),
    });
    let flow = run.flow.clone();
    view! {
        <tr>
            <td class="cell-tight"><input type="checkbox" aria-label=label prop:checked=is_chosen on:change=choose/></td>
            <td class="cell-tight"><RunTag status=run.status/></td>
            <td class="cell-main cell-fill">
                <a class="run-link" href=format!("/runs/{}", run.id) title=run.id.to_string() on:keydown=on_key>{run.flow_name}</a>
                {run.again_of.map(|source| view! { <a class="muted run-again-of" href=format!("/runs/{source}")>"↻ "{t(RunningText::Again)}</a> })}
                {error.map(|error| view! { <p class="run-error ellipsis" title=error.clone()>{error.clone()}</p> })}
            </td>
            <td class="cell-roomy ellipsis run-who" title=who.clone()>{who.clone()}</td>
            <td class="cell-tight cell-roomy">{t(cause(run.cause))}</td>
            <td class="cell-tight"><Moment at=run.started_at/></td>
            <td class="cell-number cell-tight">{lasts}<DurationBar flow ms=duration listed/></td>
            <td class="cell-number cell-tight cell-roomy">{version}</td>
        </tr>
    }
}

/// How long a run took against what is usual for its flow.
#[component]
fn DurationBar(flow: flow::FlowId, ms: Option<i64>, listed: Listed) -> impl IntoView {
    let speech = use_speech();
    let usual = Memo::new(move |_| listed.usual.with(|usual| usual.get(&flow).copied()));
    move || {
        let (ms, usual) = (ms?, usual.get()?.max(1));
        let is_long = ms > usual;
        #[expect(clippy::cast_precision_loss, reason = "a width on the screen")]
        let percent = (ms as f64 * 100.0 / usual as f64).min(100.0);
        let text = speech.say(&RunningText::UsualTime {
            ms: duration_ms(usual, speech.language()),
        });
        Some(view! {
            <span class="duration-bar" data-long=is_long.to_string() title=text>
                <span style:width=format!("{percent:.0}%")></span>
            </span>
        })
    }
}

/// Moves the focus to the run above or below.
fn walk(event: &KeyboardEvent, down: bool) {
    use wasm_bindgen::JsCast;
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let row = target.and_then(|target| target.closest("tr").ok().flatten());
    let next = row.and_then(|row| {
        if down {
            row.next_element_sibling()
        } else {
            row.previous_element_sibling()
        }
    });
    let link = next.and_then(|row| row.query_selector("a.run-link").ok().flatten());
    if let Some(link) = link.and_then(|link| link.dyn_into::<web_sys::HtmlElement>().ok()) {
        event.prevent_default();
        if link.focus().is_err() {
            leptos::logging::warn!("a row cannot be focused");
        }
    }
}

/// Returns the word for what started a run.
pub fn cause(cause: Cause) -> RunText {
    match cause {
        Cause::Event => RunText::CauseEvent,
        Cause::Schedule => RunText::CauseSchedule,
        Cause::Manual => RunText::CauseManual,
        Cause::Api => RunText::CauseApi,
        Cause::Endpoint => RunText::CauseEndpoint,
        Cause::Helper => RunText::CauseHelper,
    }
}
