//! A switch: something is on or off, at once.

use leptos::prelude::*;

/// A switch with a name.
#[component]
pub fn Switch(
    /// What is switched.
    #[prop(into)]
    label: Signal<String>,
    /// On or off.
    #[prop(into)]
    on: Signal<bool>,
    /// Asks for the other state.
    #[prop(into)]
    on_change: Callback<bool>,
    /// Cannot be switched.
    #[prop(into, optional)]
    disabled: Signal<bool>,
) -> impl IntoView {
    view! {
        <button
            class="switch"
            type="button"
            role="switch"
            aria-checked=move || on.get().to_string()
            aria-label=label
            title=label
            disabled=disabled
            on:click=move |_| on_change.run(!on.get_untracked())
        >
            <span class="switch-knob"></span>
        </button>
    }
}
