//! Runs.

use leptos::prelude::*;

use crate::i18n::t;
use crate::i18n::texts::RunText;
use crate::shell::Page;

/// Runs.
#[component]
pub fn RunsPage() -> impl IntoView {
    view! { <Page title=t(RunText::Title)>""</Page> }
}
