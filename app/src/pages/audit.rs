//! The audit log: who changed what, with what it was before and after. Filters are in the address.

pub mod filters;
pub mod row;

use api::AuditSearch;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;

use crate::i18n::t;
use crate::i18n::texts::AuditText;
use crate::kit::{EmptyState, LinkButton, loaded};
use crate::rpc;
use crate::shell::{Page, address};
use filters::{Filters, SPANS};
use row::Row;

/// The audit log.
#[component]
pub fn AuditPage() -> impl IntoView {
    let query = use_query_map();
    let search = Memo::new(move |_| search_of(&query.read()));
    let page = Resource::new(move || search.get(), rpc::list_audit);
    view! {
        <Page title=t(AuditText::Title)>
            <p class="hint">{t(AuditText::Lead)}</p>
            <Filters/>
            {loaded(page, move |page: api::AuditPage| {
                if page.entries.is_empty() {
                    let is_all = search.with_untracked(|search| *search == AuditSearch::default());
                    view! { <Nothing is_all/> }.into_any()
                } else {
                    view! { <Entries page/> }.into_any()
                }
            })}
        </Page>
    }
}

/// What an address asks for.
fn search_of(query: &ParamsMap) -> AuditSearch {
    let text = |name: &str| query.get(name).filter(|value| !value.is_empty());
    let hours = text("span").and_then(|span| {
        let known = SPANS.iter().find(|(name, ..)| *name == span);
        known.map(|(_, hours, _)| *hours)
    });
    AuditSearch {
        kind: text("kind"),
        object: text("object"),
        person: text("person").map(Into::into),
        within_ms: hours.map(|hours| hours * 3_600_000),
        after: text("after"),
        ..AuditSearch::default()
    }
}

#[component]
fn Nothing(is_all: bool) -> impl IntoView {
    let text = if is_all {
        AuditText::Empty
    } else {
        AuditText::NoneFound
    };
    view! {
        <div class="panel">
            <EmptyState icon="history" text=t(text)>
                {(!is_all).then(|| view! { <a class="link-button" href="/audit">{t(AuditText::ClearAll)}</a> })}
            </EmptyState>
        </div>
    }
}

#[component]
fn Entries(page: api::AuditPage) -> impl IntoView {
    let query = use_query_map();
    let older = page.next.map(|next| {
        let href = move || {
            let mut query = query.get();
            query.remove("after");
            query.insert("after", next.clone());
            address("/audit", &query)
        };
        view! { <LinkButton icon="arrow-down" href=Signal::derive(href)>{t(AuditText::Older)}</LinkButton> }
    });
    let rows = page
        .entries
        .into_iter()
        .map(|entry| view! { <Row entry/> })
        .collect_view();
    view! {
        <div class="table-wrap">
            <table class="table audit-table">
                <thead>
                    <tr>
                        <th scope="col">{t(AuditText::When)}</th>
                        <th scope="col">{t(AuditText::Who)}</th>
                        <th scope="col">{t(AuditText::What)}</th>
                        <th scope="col">{t(AuditText::Thing)}</th>
                        <th scope="col"><span class="visually-hidden">{t(AuditText::Details)}</span></th>
                    </tr>
                </thead>
                {rows}
            </table>
        </div>
        {older}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_says_what_is_shown() {
        let mut query = ParamsMap::new();
        assert_eq!(search_of(&query), AuditSearch::default());
        for (name, value) in [
            ("kind", "flow"),
            ("object", "f1"),
            ("person", ""),
            ("span", "7d"),
            ("after", "a1"),
        ] {
            query.insert(name.to_owned(), value.to_owned());
        }
        let expected = AuditSearch {
            kind: Some("flow".to_owned()),
            object: Some("f1".to_owned()),
            within_ms: Some(7 * 24 * 3_600_000),
            after: Some("a1".to_owned()),
            ..AuditSearch::default()
        };
        assert_eq!(search_of(&query), expected);
    }
}
