//! Imports of a directory, newest first, and the beginning of the next one.

use api::{DirectoryImport, ImportStatus, StartImport};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::Opened;
use super::header::{DirectoryFrame, Place};
use super::overview::OrgWarning;
use super::plan::words::{number, status_tag};
use crate::i18n::texts::{DirectoryText, PlanText};
use crate::i18n::{Moment, t, use_speech};
use crate::kit::{EmptyState, Icon, LinkButton, Menu, MenuItem, use_toasts};
use crate::rpc;

/// Whether an import still wants something.
pub fn is_open(status: ImportStatus) -> bool {
    matches!(
        status,
        ImportStatus::Planning
            | ImportStatus::Planned
            | ImportStatus::Roadblock
            | ImportStatus::Running
    )
}

/// The page.
#[component]
pub fn Imports(
    /// The directory.
    opened: Opened,
    /// Its imports.
    imports: Vec<DirectoryImport>,
) -> impl IntoView {
    let id = opened.directory.id.clone();
    let waits = imports.iter().find(|import| is_open(import.status));
    let waits = waits.map(|import| format!("/directories/{id}/imports/{}", import.id));
    let is_ready =
        opened.may_change && opened.org().is_some() && opened.lacks().is_empty() && waits.is_none();
    let kept = StoredValue::new(id.clone());
    let actions = move || is_ready.then(|| view! { <PlanMenu directory=kept.get_value()/> });
    let is_empty = imports.is_empty();
    view! {
        <DirectoryFrame opened=opened.clone() place=Place::Imports actions>
            <div class="directory-page">
                <OrgWarning opened/>
                {waits.map(|href| view! {
                    <div class="banner" data-tone="accent" role="note">
                        <Icon name="info"/>
                        <div class="banner-text"><p>{t(PlanText::IsOpen)}</p></div>
                        <LinkButton href>{t(PlanText::OpenIt)}</LinkButton>
                    </div>
                })}
                {if is_empty {
                    view! {
                        <div class="panel">
                            <EmptyState icon="list-checks" text=t(PlanText::Empty)>
                                {is_ready.then(|| view! { <PlanMenu directory=id.clone()/> })}
                            </EmptyState>
                        </div>
                    }
                        .into_any()
                } else {
                    view! { <Table directory=id imports/> }.into_any()
                }}
            </div>
        </DirectoryFrame>
    }
}

/// Begins an import and goes to its page.
#[component]
pub fn PlanMenu(
    /// The directory.
    directory: String,
) -> impl IntoView {
    let toasts = use_toasts();
    let navigate = use_navigate();
    let directory = StoredValue::new(directory);
    let begin = Action::new(move |is_full: &bool| {
        let request = StartImport {
            is_full: *is_full,
            goes_on: false,
        };
        let navigate = navigate.clone();
        let directory = directory.get_value();
        async move {
            match rpc::start_import(directory.clone(), request).await {
                Ok(import) => navigate(
                    &format!("/directories/{directory}/imports/{}", import.id),
                    NavigateOptions::default(),
                ),
                Err(refusal) => toasts.refuse(&refusal),
            }
        }
    });
    let face = move || {
        view! {
            <span class="button button-primary" aria-busy=move || begin.pending().get().then_some("true")>
                <Icon name="list-checks"/>
                {t(PlanText::PlanImport)}
                <Icon name="chevron-down"/>
            </span>
        }
    };
    let item = move |is_full: bool, title: PlanText, text: PlanText| {
        view! {
            <MenuItem on_press=move || { begin.dispatch(is_full); }>
                <span class="row-text">
                    <span class="row-name">{t(title)}</span>
                    <span class="row-note">{t(text)}</span>
                </span>
            </MenuItem>
        }
    };
    view! {
        <div class="plan-menu">
            <Menu label=t(PlanText::PlanImport) face>
                {item(false, PlanText::PlanChanges, PlanText::PlanChangesText)}
                {item(true, PlanText::PlanFull, PlanText::PlanFullText)}
            </Menu>
        </div>
    }
}

#[component]
fn Table(directory: String, imports: Vec<DirectoryImport>) -> impl IntoView {
    let rows = imports.into_iter().map(|import| {
        let href = format!("/directories/{directory}/imports/{}", import.id);
        view! { <Row import href/> }
    });
    view! {
        <div class="table-wrap">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t(PlanText::Began)}</th>
                        <th scope="col">{t(PlanText::State)}</th>
                        <th scope="col">{t(PlanText::Kind)}</th>
                        <th scope="col">{t(PlanText::Cause)}</th>
                        <th scope="col">{t(PlanText::Result)}</th>
                        <th scope="col">{t(DirectoryText::Users)}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Row(import: DirectoryImport, href: String) -> impl IntoView {
    let speech = use_speech();
    let counts = import.counts.clone();
    let sum = move || {
        let n = |name: &str| number(&counts, name);
        let text = PlanText::SumShort {
            created: n("created"),
            updated: n("updated"),
            removed: n("removed"),
        };
        speech.say(&text)
    };
    let has_plan = !import.counts.is_null();
    let seen = number(&import.counts, "seen");
    view! {
        <tr>
            <td class="cell-main"><a href=href><Moment at=import.created_at/></a></td>
            <td>{status_tag(&import)}</td>
            <td>{t(if import.is_full { PlanText::Full } else { PlanText::Changes })}</td>
            <td>{t(cause(&import.cause))}</td>
            <td>
                {match import.error {
                    Some(error) => view! { <span class="run-error">{error}</span> }.into_any(),
                    None if has_plan => view! { {sum} }.into_any(),
                    None => "–".into_any(),
                }}
            </td>
            <td class="cell-number">{has_plan.then(|| crate::i18n::count(seen))}</td>
        </tr>
    }
}

fn cause(word: &str) -> PlanText {
    match word {
        "schedule" => PlanText::CauseSchedule,
        "flow" => PlanText::CauseFlow,
        _ => PlanText::CauseManual,
    }
}
