//! Set up.

use leptos::prelude::*;

use crate::i18n::t;
use crate::i18n::texts::PeopleText;
use crate::shell::Page;

/// Set up.
#[component]
pub fn SetUpPage() -> impl IntoView {
    view! { <Page title=t(PeopleText::SetUpTitle)>""</Page> }
}
