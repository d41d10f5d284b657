//! One change: when, who, what, to what; opened, what it was before and after.

use api::AuditRow;
use leptos::prelude::*;
use serde_json::Value as Json;

use crate::i18n::texts::{AuditText, audit_kind, audit_verb};
use crate::i18n::{Moment, t, use_speech};
use crate::kit::Icon;

/// A row, and below it the details.
#[component]
pub fn Row(entry: AuditRow) -> impl IntoView {
    let speech = use_speech();
    let is_open = RwSignal::new(false);
    let action = entry.action.clone();
    let said = {
        let (verb, action) = (entry.verb().to_owned(), entry.action.clone());
        move || audit_verb(&verb).map_or_else(|| action.clone(), |text| speech.say(&text))
    };
    let kind = {
        let kind = entry.kind.clone();
        move || audit_kind(&kind).map_or_else(|| kind.clone(), |text| speech.say(&text))
    };
    let label = {
        let (said, kind) = (said.clone(), kind.clone());
        Signal::derive(move || {
            let what = format!("{} · {}", kind(), said());
            speech.say(&AuditText::DetailsOf { what })
        })
    };
    let who = match (&entry.person, entry.person_name.clone()) {
        (_, Some(name)) => view! { {name} }.into_any(),
        (Some(id), None) => {
            view! { <span class="muted" title=id.to_string()>{t(AuditText::Gone)}</span> }
                .into_any()
        }
        (None, None) => view! { <span class="muted">{t(AuditText::Server)}</span> }.into_any(),
    };
    let id = format!("audit-{}", entry.id);
    let controls = id.clone();
    let only = format!("/audit?kind={}&object={}", entry.kind, entry.object);
    let name = entry.name.clone().unwrap_or_else(|| entry.object.clone());
    let thing = match place(&entry.kind, &entry.object) {
        Some(href) => view! { <a href=href>{name}</a> }.into_any(),
        None => view! { {name} }.into_any(),
    };
    let (before, after) = (
        StoredValue::new(entry.before),
        StoredValue::new(entry.after),
    );
    view! {
        <tbody>
            <tr>
                <td class="cell-tight"><Moment at=entry.at/></td>
                <td class="ellipsis">{who}</td>
                <td class="cell-tight" title=action>{said}</td>
                <td class="cell-main cell-fill">
                    <span class="muted">{kind}" "</span>
                    {thing}
                </td>
                <td class="cell-tight">
                    <button
                        class="bar-button"
                        type="button"
                        aria-label=label
                        title=label
                        aria-controls=controls
                        aria-expanded=move || is_open.get().to_string()
                        on:click=move |_| is_open.update(|open| *open = !*open)
                    >
                        <Icon name="chevron-down"/>
                    </button>
                </td>
            </tr>
            <tr id=id class="audit-details" hidden=move || !is_open.get()>
                <td colspan="5">
                    {move || is_open.get().then(|| view! {
                        <Details before=before.get_value() after=after.get_value() only=only.clone()/>
                    })}
                </td>
            </tr>
        </tbody>
    }
}

#[component]
fn Details(before: Option<Json>, after: Option<Json>, only: String) -> impl IntoView {
    let is_nothing = before.is_none() && after.is_none();
    let half = |text: AuditText, what: Option<Json>| {
        what.map(|what| {
            view! {
                <div>
                    <h2>{t(text)}</h2>
                    <pre class="audit-json" tabindex="0">{pretty(&what)}</pre>
                </div>
            }
        })
    };
    view! {
        <div class="audit-sides">
            {half(AuditText::Before, before)}
            {half(AuditText::After, after)}
        </div>
        {is_nothing.then(|| view! { <p class="hint">{t(AuditText::NoDetails)}</p> })}
        <p><a href=only>{t(AuditText::OnlyThis)}</a></p>
    }
}

fn pretty(what: &Json) -> String {
    serde_json::to_string_pretty(what).unwrap_or_else(|_| what.to_string())
}

/// Where a thing is looked at.
fn place(kind: &str, id: &str) -> Option<String> {
    let page = match kind {
        "flow" => "flows",
        "run" => "runs",
        "connection" => "connections",
        "table" => "tables",
        _ => return None,
    };
    Some(format!("/{page}/{id}"))
}
