//! Settings.

use leptos::prelude::*;

use crate::i18n::t;
use crate::i18n::texts::ShellText;
use crate::shell::Page;

/// Settings.
#[component]
pub fn SettingsPage() -> impl IntoView {
    view! { <Page title=t(ShellText::Settings)>""</Page> }
}
