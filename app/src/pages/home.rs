//! Home.

use leptos::prelude::*;

use crate::i18n::t;
use crate::i18n::texts::HomeText;
use crate::shell::Page;

/// Home.
#[component]
pub fn HomePage() -> impl IntoView {
    view! { <Page title=t(HomeText::Title)>""</Page> }
}
