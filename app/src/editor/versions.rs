//! The runs of a flow, as a tab of the editor.

use api::RunFilter;
use leptos::prelude::*;

use super::state::Editor;
use crate::i18n::texts::{EditorText, RunText, RunningText};
use crate::i18n::{Moment, duration_ms, t, use_speech};
use crate::kit::{EmptyState, ErrorBox, LinkButton, Loading, RunTag};
use crate::pages::runs::clear::ClearData;
use crate::rpc;

/// The newest runs of this flow.
#[component]
pub fn FlowRuns(editor: Editor) -> impl IntoView {
    let speech = use_speech();
    let id = editor.board.flow.with_untracked(|flow| flow.id.clone());
    let (ours, cleared, filtered) = (id.clone(), id.clone(), id.clone());
    let news = crate::live::use_run_news(move |news| news.flow == ours);
    let runs = LocalResource::new(move || {
        news.track();
        rpc::list_runs(RunFilter {
            flow: Some(id.clone()),
            with_helpers: true,
            ..RunFilter::default()
        })
    });
    let table = move |list: api::RunList| {
        if list.runs.is_empty() {
            return view! { <EmptyState icon="history" text=t(EditorText::NoRuns)/> }.into_any();
        }
        let rows = list.runs.into_iter().map(|row| {
            let duration = row.duration_ms.map(|ms| duration_ms(ms, speech.language()));
            view! {
                <tr>
                    <td><a href=format!("/runs/{}", row.id)><RunTag status=row.status/></a></td>
                    <td><Moment at=row.started_at/></td>
                    <td class="number table-right">{duration}</td>
                    <td class="number">{match row.version { 0 => speech.say(&RunningText::DraftRun), number => format!("v{number}") }}</td>
                    <td class="ellipsis">{row.error}</td>
                </tr>
            }
        });
        view! {
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t(RunText::Status)}</th>
                        <th scope="col">{t(RunText::Started)}</th>
                        <th scope="col" class="table-right">{t(RunText::Duration)}</th>
                        <th scope="col">{t(RunText::Version)}</th>
                        <th scope="col">{t(EditorText::Error)}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        }
        .into_any()
    };
    let flow = Signal::stored(Some(cleared));
    let all = format!("/runs?flow={}", filtered);
    view! {
        <div class="editor-tab">
            <div class="flow-runs-bar">
                <LinkButton href=all icon="filter">{t(RunText::AddFilter)}</LinkButton>
                <ClearData flow/>
            </div>
            {move || match runs.get() {
                None => view! { <Loading/> }.into_any(),
                Some(Ok(list)) => table(list),
                Some(Err(refusal)) => view! { <ErrorBox refusal/> }.into_any(),
            }}
        </div>
    }
}
