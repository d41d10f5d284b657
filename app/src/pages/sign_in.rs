//! Sign in.

use leptos::prelude::*;

use crate::i18n::t;
use crate::i18n::texts::PeopleText;
use crate::shell::Page;

/// Sign in.
#[component]
pub fn SignInPage() -> impl IntoView {
    view! { <Page title=t(PeopleText::SignInTitle)>""</Page> }
}
