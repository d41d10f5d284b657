//! Not found.

use leptos::prelude::*;

use crate::i18n::t;
use crate::i18n::texts::ShellText;
use crate::shell::Page;

/// Not found.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! { <Page title=t(ShellText::NotFoundTitle)>""</Page> }
}
