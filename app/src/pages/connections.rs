//! Connections.

use leptos::prelude::*;

use crate::i18n::t;
use crate::i18n::texts::ConnectionText;
use crate::shell::Page;

/// Connections.
#[component]
pub fn ConnectionsPage() -> impl IntoView {
    view! { <Page title=t(ConnectionText::Title)>""</Page> }
}
/// Connections.
#[component]
pub fn NewConnectionPage() -> impl IntoView {
    view! { <Page title=t(ConnectionText::Title)>""</Page> }
}
/// Connections.
#[component]
pub fn ConnectionPage() -> impl IntoView {
    view! { <Page title=t(ConnectionText::Title)>""</Page> }
}
