//! One run on its canvas.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// One run on its canvas.
#[component]
pub fn RunPage() -> impl IntoView {
    let params = use_params_map();
    view! { <p>{move || params.read().get("id")}</p> }
}
