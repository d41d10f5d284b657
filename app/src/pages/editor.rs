//! The editor of one flow.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The editor of one flow.
#[component]
pub fn EditorPage() -> impl IntoView {
    let params = use_params_map();
    view! { <p>{move || params.read().get("id")}</p> }
}
