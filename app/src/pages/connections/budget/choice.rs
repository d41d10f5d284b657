//! Which bucket is shown: a row of tabs; arrow keys move between them.

use api::{BucketBudget, Budget};
use leptos::ev::KeyboardEvent;
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::i18n::t;
use crate::i18n::texts::BudgetText;

/// The tabs, by name of the bucket.
#[component]
pub(super) fn Choice(
    #[prop(into)] budget: Signal<Budget>,
    chosen: RwSignal<Option<String>>,
    #[prop(into)] shown: Signal<BucketBudget>,
) -> impl IntoView {
    let list = NodeRef::<Div>::new();
    let names = Memo::new(move |_| {
        budget.with(|budget| {
            let names = budget.buckets.iter().map(|bucket| bucket.name.clone());
            names.collect::<Vec<_>>()
        })
    });
    let on_key = move |event: KeyboardEvent| {
        let names = names.get_untracked();
        let here = shown.with_untracked(|shown| names.iter().position(|name| *name == shown.name));
        let (Some(here), count) = (here, names.len()) else {
            return;
        };
        let next = match event.key().as_str() {
            "ArrowRight" => (here + 1) % count,
            "ArrowLeft" => (here + count - 1) % count,
            _ => return,
        };
        event.prevent_default();
        chosen.set(names.get(next).cloned());
        focus(list, next);
    };
    let tab = move |name: String| {
        let own = name.clone();
        let is_shown = move || shown.with(|shown| shown.name == own);
        let is_first = is_shown.clone();
        let text = short(&name);
        let picked = name.clone();
        view! {
            <button
                class="tab"
                type="button"
                role="tab"
                title=name
                aria-selected=move || is_shown().to_string()
                tabindex=move || if is_first() { "0" } else { "-1" }
                on:click=move |_| chosen.set(Some(picked.clone()))
            >
                {text}
            </button>
        }
    };
    view! {
        <div
            class="tabs budget-choice"
            class:is-empty=move || names.with(Vec::is_empty)
            role="tablist"
            aria-label=t(BudgetText::Buckets)
            node_ref=list
            on:keydown=on_key
        >
            <For each=move || names.get() key=Clone::clone children=tab/>
        </div>
    }
}

fn focus(list: NodeRef<Div>, index: usize) {
    let index = u32::try_from(index).unwrap_or(0);
    let tab = list
        .get_untracked()
        .and_then(|list| list.children().item(index))
        .and_then(|tab| tab.dyn_into::<HtmlElement>().ok());
    if let Some(tab) = tab
        && tab.focus().is_err()
    {
        leptos::logging::warn!("a tab cannot be focused");
    }
}

/// `/users` for `/api/v1/users`.
fn short(name: &str) -> String {
    match name {
        "/api/v1" => "/api/v1".to_owned(),
        _ => name.replace("/api/v1/", "/"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_shown_without_what_they_share() {
        for (name, text) in [
            ("/api/v1/users", "/users"),
            ("GET /api/v1/users/{id}", "GET /users/{id}"),
            ("/api/v1", "/api/v1"),
            ("/oauth2/v1/clients", "/oauth2/v1/clients"),
        ] {
            assert_eq!(short(name), text);
        }
    }
}
