//! One line of a plan with everything about it: the rules and what they mean, what is sent, and how that differs from the org now.

use api::{ImportLine, PreviewMapping};
use leptos::prelude::*;
use serde_json::{Map, Value as Json};

use super::words::{rule, shown, text, texts};
use crate::i18n::t;
use crate::i18n::texts::PlanText;
use crate::kit::Loading;
use crate::pages::directories::Fetched;
use crate::rpc;

/// A property that an import would change.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Change {
    property: String,
    now: Option<String>,
    after: String,
}

/// The properties that differ, from a preview's lines toward Okta. Of these only what the plan sends: not what the org has no
/// attribute for.
fn changes(lines: &[Json], sent: Option<&Map<String, Json>>) -> Vec<Change> {
    let is_sent = |line: &Json| {
        let property = text(line, "okta").unwrap_or_default();
        sent.is_none_or(|sent| sent.contains_key(property))
    };
    let is_change = |line: &&Json| line.get("differs") == Some(&Json::Bool(true)) && is_sent(line);
    let changes = lines.iter().filter(is_change).filter_map(|line| {
        Some(Change {
            property: text(line, "okta")?.to_owned(),
            now: text(line, "now").map(str::to_owned),
            after: text(line, "value").unwrap_or_default().to_owned(),
        })
    });
    changes.collect()
}

/// What a line is about.
#[component]
pub fn Differences(
    /// The directory.
    directory: String,
    /// The line.
    line: ImportLine,
) -> impl IntoView {
    let rules = texts(&line.detail, "rules").into_iter().map(|name| {
        let meaning = rule(&name).map(|text| t(text).into_any());
        view! { <li><span class="mono">{name}</span>" "{meaning}</li> }
    });
    let is_sent = matches!(
        line.action.as_str(),
        "create" | "link" | "update" | "reactivate"
    );
    let is_open = line.state == "planned";
    let login = text(&line.detail, "login").map(str::to_owned);
    view! {
        <div class="line-details">
            <p class="mono line-name">{line.name.clone()}</p>
            {login.map(|login| view! { <p>{t(PlanText::Login { login })}</p> })}
            <h3>{t(PlanText::Decided)}</h3>
            <ul class="rule-list">{rules.collect_view()}</ul>
            {is_sent.then(|| {
                if is_open {
                    view! { <Compared directory line/> }.into_any()
                } else {
                    view! { <h3>{t(PlanText::Sent)}</h3><Values line/> }.into_any()
                }
            })}
        </div>
    }
}

/// How what is planned differs from the org now.
#[component]
fn Compared(directory: String, line: ImportLine) -> impl IntoView {
    let person = line.name.clone();
    let preview = Fetched::new(move || {
        rpc::preview_mapping(
            directory.clone(),
            PreviewMapping {
                person: person.clone(),
                rows: None,
            },
        )
    });
    view! {
        <h3>{t(PlanText::Differences)}</h3>
        {move || match preview.answer.get() {
            None => view! { <Loading/><p class="hint">{t(PlanText::Looking)}</p> }.into_any(),
            Some(Ok(preview)) => {
                let sent = line.detail.get("values").and_then(Json::as_object);
                view! { <Changes changes=changes(&preview.to_okta, sent)/> }.into_any()
            }
            Some(Err(_)) => {
                let line = line.clone();
                view! { <p class="hint">{t(PlanText::DifferencesUnknown)}</p><Values line/> }.into_any()
            }
        }}
    }
}

#[component]
fn Changes(changes: Vec<Change>) -> impl IntoView {
    if changes.is_empty() {
        return view! { <p class="hint">{t(PlanText::NoDifferences)}</p> }.into_any();
    }
    let rows = changes.into_iter().map(|change| {
        view! {
            <tr>
                <th scope="row" class="mono">{change.property}</th>
                <td>
                    {match change.now {
                        Some(now) => view! { <s>{now}</s> }.into_any(),
                        None => view! { <span class="muted">{t(PlanText::Empty2)}</span> }.into_any(),
                    }}
                </td>
                <td>{change.after}</td>
            </tr>
        }
    });
    view! {
        <table class="value-table">
            <thead>
                <tr>
                    <th scope="col">{t(PlanText::Property)}</th>
                    <th scope="col">{t(PlanText::Now)}</th>
                    <th scope="col">{t(PlanText::After)}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

/// The values of the plan.
#[component]
fn Values(line: ImportLine) -> impl IntoView {
    let values = line.detail.get("values").and_then(Json::as_object);
    let rows = values.into_iter().flatten().map(|(property, value)| {
        view! {
            <tr>
                <th scope="row" class="mono">{property.clone()}</th>
                <td>{shown(value)}</td>
            </tr>
        }
    });
    view! {
        <table class="value-table">
            <thead>
                <tr>
                    <th scope="col">{t(PlanText::Property)}</th>
                    <th scope="col">{t(PlanText::After)}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_differs_is_a_change() {
        let lines = [
            json!({ "okta": "lastName", "now": "Sato", "value": "Yamada", "differs": true }),
            json!({ "okta": "email", "now": "a@x", "value": "a@x", "differs": false }),
            json!({ "okta": "title", "now": null, "value": "部長", "differs": true }),
        ];
        let found = changes(&lines, None);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].now.as_deref(), Some("Sato"));
        assert_eq!(
            (found[1].now.as_deref(), found[1].after.as_str()),
            (None, "部長")
        );
        let sent = json!({ "title": "部長", "email": "a@x" });
        let found = changes(&lines, sent.as_object());
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].property, "title");
    }
}
