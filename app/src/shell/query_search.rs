//! The search box of a list: what is typed lives in the address.

use leptos::prelude::*;

use super::{use_query_value, use_set_query};
use crate::kit::Icon;

/// A search box whose text is the parameter `q` of the address.
#[component]
pub fn QuerySearch(
    /// What it searches.
    label: Signal<String>,
) -> impl IntoView {
    let text = use_query_value("q");
    let set_query = use_set_query();
    view! {
        <div class="search" role="search">
            <Icon name="search"/>
            <input
                class="input"
                type="search"
                aria-label=label
                placeholder=label
                prop:value=move || text.get().unwrap_or_default()
                on:input=move |event| set_query("q", Some(event_target_value(&event)))
            />
        </div>
    }
}
