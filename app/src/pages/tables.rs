//! Tables.

use leptos::prelude::*;

use crate::i18n::t;
use crate::i18n::texts::TableText;
use crate::shell::Page;

/// Tables.
#[component]
pub fn TablesPage() -> impl IntoView {
    view! { <Page title=t(TableText::Title)>""</Page> }
}
/// Tables.
#[component]
pub fn TablePage() -> impl IntoView {
    view! { <Page title=t(TableText::Title)>""</Page> }
}
