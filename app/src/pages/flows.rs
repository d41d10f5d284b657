//! Flows.

use leptos::prelude::*;

use crate::i18n::t;
use crate::i18n::texts::FlowText;
use crate::shell::Page;

/// Flows.
#[component]
pub fn FlowsPage() -> impl IntoView {
    view! { <Page title=t(FlowText::Title)>""</Page> }
}
