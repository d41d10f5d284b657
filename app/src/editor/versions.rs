//! The versions of a flow, and its runs, as tabs of the editor.

use api::{RunFilter, VersionRow};
use leptos::prelude::*;

use super::state::Editor;
use crate::i18n::texts::{EditorText, RunText};
use crate::i18n::{Moment, duration_ms, t, use_speech};
use crate::kit::{EmptyState, ErrorBox, Loading, RunTag, Tag, Tone};
use crate::rpc;

/// The versions, newest first.
#[component]
pub fn Versions(editor: Editor) -> impl IntoView {
    let id = editor.board.flow.with_untracked(|flow| flow.id.clone());
    let versions = LocalResource::new(move || rpc::list_versions(id.clone()));
    let table = |rows: Vec<VersionRow>| {
        if rows.is_empty() {
            return view! { <EmptyState icon="history" text=t(EditorText::NoVersions)/> }
                .into_any();
        }
        let rows = rows.into_iter().map(|row| {
            view! {
                <tr>
                    <td class="number">{format!("v{}", row.number)}</td>
                    <td>{row.name}</td>
                    <td>{row.author}</td>
                    <td><Moment at=row.created_at/></td>
                    <td>{row.is_active.then(|| view! { <Tag tone=Tone::Ok icon="circle-check">{t(EditorText::Active)}</Tag> })}</td>
                </tr>
            }
        });
        view! {
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t(RunText::Version)}</th>
                        <th scope="col">{t(EditorText::VersionName)}</th>
                        <th scope="col">{t(EditorText::Author)}</th>
                        <th scope="col">{t(EditorText::SavedAt)}</th>
                        <th scope="col">{t(RunText::Status)}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        }
        .into_any()
    };
    view! {
        <div class="editor-tab">
            {move || match versions.get() {
                None => view! { <Loading/> }.into_any(),
                Some(Ok(rows)) => table(rows),
                Some(Err(refusal)) => view! { <ErrorBox refusal/> }.into_any(),
            }}
        </div>
    }
}

/// The newest runs of this flow.
#[component]
pub fn FlowRuns(editor: Editor) -> impl IntoView {
    let speech = use_speech();
    let id = editor.board.flow.with_untracked(|flow| flow.id.clone());
    let ours = id.clone();
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
                    <td class="number">{format!("v{}", row.version)}</td>
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
    view! {
        <div class="editor-tab">
            {move || match runs.get() {
                None => view! { <Loading/> }.into_any(),
                Some(Ok(list)) => table(list),
                Some(Err(refusal)) => view! { <ErrorBox refusal/> }.into_any(),
            }}
        </div>
    }
}
