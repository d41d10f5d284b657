//! There is nothing at this address.

use leptos::prelude::*;
use leptos_meta::Title;

use super::door::Door;
use crate::i18n::t;
use crate::i18n::texts::ShellText;
use crate::kit::{ButtonKind, LinkButton};

/// Says so, and the way home.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! {
        <Title text=crate::shell::page_title(t(ShellText::NotFoundTitle))/>
        <Door title=t(ShellText::NotFoundTitle) text=t(ShellText::NotFoundText)>
            <LinkButton kind=ButtonKind::Primary icon="house" href="/">
                {t(ShellText::GoHome)}
            </LinkButton>
        </Door>
    }
}
