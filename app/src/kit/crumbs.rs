//! Breadcrumbs: where one is, and the way back.

use leptos::prelude::*;

use super::Icon;
use crate::i18n::t;
use crate::i18n::texts::KitText;

/// A step on the way.
#[derive(Clone)]
pub struct Crumb {
    /// What it is called.
    pub name: Signal<String>,
    /// Where it is.
    pub href: String,
}

/// The way to this page; the page itself is the last name.
#[component]
pub fn Crumbs(
    /// The pages above, outermost first.
    above: Vec<Crumb>,
    /// This page.
    #[prop(into)]
    here: Signal<String>,
) -> impl IntoView {
    let steps = above.into_iter().map(|Crumb { name, href }| {
        view! {
            <li>
                <a href=href>{name}</a>
                <Icon name="chevron-right"/>
            </li>
        }
    });
    view! {
        <nav class="crumbs" aria-label=t(KitText::Crumbs)>
            <ol>
                {steps.collect_view()}
                <li class="crumbs-here" aria-current="page">
                    <h1 class="ellipsis">{here}</h1>
                </li>
            </ol>
        </nav>
    }
}
