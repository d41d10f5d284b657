//! What the import made.

use api::{ImportReport, ImportedFlow};
use leptos::prelude::*;

use super::plan::Plan;
use super::todos::Todos;
use crate::i18n::t;
use crate::i18n::texts::{FlowText, ImportText};
use crate::kit::{Button, ButtonKind, FlowTile, Icon, LinkButton, Tag, Tone, flow_kind};

/// The report.
#[component]
pub fn Done(
    /// What was decided, with the report.
    plan: Plan,
) -> impl IntoView {
    move || {
        plan.report
            .get()
            .map(|report| view! { <Report report plan/> })
    }
}

#[component]
fn Report(report: ImportReport, plan: Plan) -> impl IntoView {
    let n = report.flows.len();
    let todos = report.todos;
    let rows = report.flows.into_iter().map(row);
    let names: Vec<String> = report.tables.into_iter().map(|(_, name)| name).collect();
    let folder = format!("/flows?folder={}", report.folder);
    view! {
        <div class="import-done">
            <header class="cell-row">
                <span class="tone-icon" data-tone="ok"><Icon name="circle-check"/></span>
                <h2 class="first-title">{t(ImportText::Done { n })}</h2>
            </header>
            <p class="muted">{t(ImportText::DoneText)}</p>
            <section class="panel">
                <ul class="rows">{rows.collect_view()}</ul>
            </section>
            {(!names.is_empty())
                .then(|| {
                    view! {
                        <p class="muted">{t(ImportText::TablesMade { names: names.join(", ") })}</p>
                    }
                })}
            <Todos todos/>
            <div class="actions">
                <Button on_press=move || plan.restart()>{t(ImportText::ImportAnother)}</Button>
                <LinkButton kind=ButtonKind::Primary href=folder>
                    {t(ImportText::SeeFlows)}
                </LinkButton>
            </div>
        </div>
    }
}

fn row(flow: ImportedFlow) -> impl IntoView {
    let (_, _, kind) = flow_kind(flow.kind);
    let state = match flow.problems {
        0 => view! { <Tag tone=Tone::Ok icon="circle-check">{t(ImportText::Ready)}</Tag> },
        n => {
            view! { <Tag tone=Tone::Warn icon="triangle-alert">{t(FlowText::Problems { n })}</Tag> }
        }
    };
    view! {
        <li class="row">
            <FlowTile kind=flow.kind/>
            <div class="row-text">
                <p class="row-name ellipsis" title=flow.name.clone()>{flow.name.clone()}</p>
                <p class="row-note">{t(kind)}</p>
            </div>
            {state}
            <LinkButton href=format!("/flows/{}", flow.id)>
                {t(ImportText::OpenFlow)}
                <span class="visually-hidden">{format!(" {}", flow.name)}</span>
            </LinkButton>
        </li>
    }
}
