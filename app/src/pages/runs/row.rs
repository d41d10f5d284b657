//! One run in the list.

use api::{Cause, RunRow};
use leptos::prelude::*;

use crate::i18n::texts::RunText;
use crate::i18n::{Moment, duration_ms, t, use_speech};
use crate::kit::RunTag;

/// A row; the flow's name leads to the run.
#[component]
pub fn RunLine(
    /// The run.
    run: RunRow,
) -> impl IntoView {
    let speech = use_speech();
    let duration = run.duration_ms;
    let lasts = move || duration.map(|ms| duration_ms(ms, speech.language()));
    let error = run.error.clone();
    view! {
        <tr>
            <td class="cell-tight"><RunTag status=run.status/></td>
            <td class="cell-main cell-fill">
                <a href=format!("/runs/{}", run.id) title=run.id.to_string()>{run.flow_name}</a>
                {error.map(|error| view! { <p class="run-error ellipsis" title=error.clone()>{error.clone()}</p> })}
            </td>
            <td class="cell-tight cell-roomy">{t(cause(run.cause))}</td>
            <td class="cell-tight"><Moment at=run.started_at/></td>
            <td class="cell-number cell-tight">{lasts}</td>
            <td class="cell-number cell-tight cell-roomy">{run.version}</td>
        </tr>
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
