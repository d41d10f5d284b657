//! Tabs: one of a few views of the same thing.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// One tab.
#[derive(Clone)]
pub struct Tab {
    /// Its value.
    pub value: &'static str,
    /// What it is called.
    pub label: Signal<String>,
}

/// A row of tabs; arrow keys move between them.
#[component]
pub fn Tabs(
    /// What they are views of.
    #[prop(into)]
    label: Signal<String>,
    /// The tabs.
    tabs: Vec<Tab>,
    /// The value of the chosen one.
    chosen: RwSignal<&'static str>,
) -> impl IntoView {
    let values: Vec<&'static str> = tabs.iter().map(|tab| tab.value).collect();
    let on_key = move |event: KeyboardEvent| {
        let here = values
            .iter()
            .position(|value| *value == chosen.get_untracked())
            .unwrap_or(0);
        let next = match event.key().as_str() {
            "ArrowRight" => (here + 1) % values.len(),
            "ArrowLeft" => (here + values.len() - 1) % values.len(),
            _ => return,
        };
        event.prevent_default();
        if let Some(value) = values.get(next) {
            chosen.set(value);
            focus_tab(&event, value);
        }
    };
    let buttons = tabs.into_iter().map(|Tab { value, label }| {
        let is_chosen = move || chosen.get() == value;
        view! {
            <button
                class="tab"
                type="button"
                role="tab"
                data-value=value
                aria-selected=move || is_chosen().to_string()
                tabindex=move || if is_chosen() { "0" } else { "-1" }
                on:click=move |_| chosen.set(value)
            >
                {label}
            </button>
        }
    });
    view! {
        <div class="tabs" role="tablist" aria-label=label on:keydown=on_key>
            {buttons.collect_view()}
        </div>
    }
}

fn focus_tab(event: &KeyboardEvent, value: &str) {
    let list = event
        .current_target()
        .and_then(|list| list.dyn_into::<HtmlElement>().ok());
    let tab = list.and_then(|list| {
        list.query_selector(&format!("[data-value='{value}']"))
            .ok()
            .flatten()
    });
    if let Some(tab) = tab.and_then(|tab| tab.dyn_into::<HtmlElement>().ok())
        && tab.focus().is_err()
    {
        leptos::logging::warn!("a tab cannot be focused");
    }
}
