//! Import.

use leptos::prelude::*;

use crate::i18n::t;
use crate::i18n::texts::ImportText;
use crate::shell::Page;

/// Import.
#[component]
pub fn ImportPage() -> impl IntoView {
    view! { <Page title=t(ImportText::Title)>""</Page> }
}
