//! Finding in all flows: a text, and cards, connections, tables and called flows. Everything is in the address, so that
//! "Who uses this?" is a link.

pub mod filters;
pub mod results;

use std::sync::Arc;

use api::{FlowHits, FlowSearch};
use flow::{CardKey, Catalogue};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::params::ParamsMap;

use crate::canvas::fetch;
use crate::i18n::texts::SearchText;
use crate::i18n::{Language, t, use_speech};
use crate::kit::{Button, EmptyState, Icon, loaded};
use crate::rpc;
use crate::shell::{Page, address, use_query_value, use_set_query};
use filters::Filters;
use results::Results;

/// What the address asks for.
#[derive(Clone, Copy)]
pub struct Asked {
    text: Memo<Option<String>>,
    card: Memo<Option<String>>,
    connection: Memo<Option<String>>,
    table: Memo<Option<String>>,
    helper: Memo<Option<String>>,
    after: Memo<Option<String>>,
}

/// Finding in all flows.
#[component]
pub fn SearchPage() -> impl IntoView {
    let speech = use_speech();
    let asked = Asked {
        text: use_query_value("q"),
        card: use_query_value("card"),
        connection: use_query_value("connection"),
        table: use_query_value("table"),
        helper: use_query_value("helper"),
        after: use_query_value("after"),
    };
    let search = Memo::new(move |_| FlowSearch {
        text: asked.text.get().unwrap_or_default(),
        card: asked.card.get().as_deref().and_then(CardKey::parse),
        connection: asked.connection.get().map(Into::into),
        table: asked.table.get().map(Into::into),
        helper: asked.helper.get().map(Into::into),
        in_japanese: speech.language() == Language::Japanese,
        after: asked.after.get(),
        limit: None,
    });
    let is_asked = move || {
        search.with(|search| {
            !search.text.trim().is_empty()
                || search.card.is_some()
                || search.connection.is_some()
                || search.table.is_some()
                || search.helper.is_some()
        })
    };
    let found = Resource::new(move || search.get(), rpc::search_flows);
    let catalogue = catalogue();
    view! {
        <Page title=t(SearchText::SearchPage)>
            <SearchForm asked/>
            <Filters asked catalogue/>
            {loaded(found, move |hits: FlowHits| {
                if !is_asked() {
                    view! { <div class="panel"><EmptyState icon="text-search" text=t(SearchText::PageEmpty)/></div> }.into_any()
                } else if hits.flows.is_empty() && hits.next.is_none() {
                    view! { <NothingFound/> }.into_any()
                } else {
                    view! { <Results hits catalogue/> }.into_any()
                }
            })}
        </Page>
    }
}

/// The text; without script the form asks the server.
#[component]
fn SearchForm(asked: Asked) -> impl IntoView {
    let text = RwSignal::new(asked.text.get_untracked().unwrap_or_default());
    Effect::new(move || text.set(asked.text.get().unwrap_or_default()));
    let set_query = use_set_query();
    view! {
        <form
            class="search-form"
            role="search"
            method="get"
            action="/search"
            on:submit=move |event| {
                event.prevent_default();
                set_query("q", Some(text.get_untracked()));
            }
        >
            <div class="palette-search">
                <Icon name="search"/>
                <input
                    class="input"
                    type="search"
                    name="q"
                    maxlength="200"
                    autocomplete="off"
                    spellcheck="false"
                    autofocus
                    aria-label=t(SearchText::SearchFor)
                    placeholder=t(SearchText::SearchFor)
                    bind:value=text
                />
            </div>
            <Button submit=true>{t(SearchText::SearchButton)}</Button>
            <p class="hint">{t(SearchText::PageHint)}</p>
        </form>
    }
}

#[component]
fn NothingFound() -> impl IntoView {
    view! {
        <div class="panel">
            <EmptyState icon="search" text=t(SearchText::PageNothing)>
                <a class="link-button" href="/search">{t(SearchText::ClearSearch)}</a>
            </EmptyState>
        </div>
    }
}

/// The catalogue in the reader's language, once the browser has it.
fn catalogue() -> RwSignal<Arc<Catalogue>> {
    let speech = use_speech();
    let catalogue = RwSignal::new(Arc::new(Catalogue::default()));
    Effect::new(move || {
        let language = speech.language();
        spawn_local(async move {
            if let Some(fetched) = fetch::catalogue(language).await {
                catalogue.try_set(Arc::new(fetched));
            }
        });
    });
    catalogue
}

/// Returns the address that asks who uses something: `name` is the filter, such as `connection`.
pub(crate) fn who_uses(name: &'static str, id: &str) -> String {
    let mut query = ParamsMap::new();
    query.insert(name, id.to_owned());
    address("/search", &query)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_uses_is_an_address() {
        assert_eq!(who_uses("connection", "c1"), "/search?connection=c1");
        assert_eq!(
            who_uses("card", "okta:readUser"),
            "/search?card=okta%3AreadUser"
        );
    }
}
