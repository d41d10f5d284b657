//! The frame around the pages of a signed-in person: navigation left, page right.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::Outlet;
use leptos_router::hooks::use_location;

use super::commands::CommandPalette;
use super::navigation::Navigation;
use super::offline::Offline;
use crate::i18n::t;
use crate::i18n::texts::{OutlineText, ShellText};
use crate::kit::Toasts;

/// Navigation, page and toasts. Work that wants the width gets the rail instead of the wide navigation.
#[component]
pub fn Frame() -> impl IntoView {
    let path = use_location().pathname;
    let is_rail = move || wants_width(&path.read());
    Effect::new(move || {
        let keys = window_event_listener(leptos::ev::keydown, |event| {
            super::regions::on_key(&event);
        });
        on_cleanup(move || keys.remove());
    });
    view! {
        <div class="frame" class:frame-rail=is_rail>
            <a class="skip" href="#main" rel="external">{t(ShellText::SkipToContent)}</a>
            <Navigation/>
            <main id="main" class="frame-main" tabindex="-1">
                <Offline/>
                <Outlet/>
            </main>
            <Toasts/>
            <CommandPalette/>
        </div>
    }
}

fn wants_width(path: &str) -> bool {
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    match (parts.next(), parts.next()) {
        (Some("connections"), _) => true,
        (Some("flows" | "runs" | "directories"), deeper) => deeper.is_some(),
        _ => false,
    }
}

/// A list page: a title and actions above its content.
#[component]
pub fn Page(
    /// Title, also of the browser's tab.
    #[prop(into)]
    title: Signal<String>,
    /// Actions on the right, the one filled button last.
    #[prop(into, optional)]
    actions: ViewFn,
    /// The content.
    children: Children,
) -> impl IntoView {
    view! {
        <Title text=page_title(Signal::derive(move || tab(&title.try_get().unwrap_or_default())))/>
        <header class="page-header">
            <h1 class="ellipsis">{title}</h1>
            <div class="actions">{actions.run()}</div>
        </header>
        <div class="page">{children()}</div>
    }
}

/// A page that uses the whole width: a slim header with a breadcrumb, something in its middle, actions on the right.
#[component]
pub fn RailPage(
    /// Title of the browser's tab.
    #[prop(into)]
    title: Signal<String>,
    /// Breadcrumb, name and state on the left.
    #[prop(into)]
    lead: ViewFn,
    /// Tabs or steps in the middle.
    #[prop(into, optional)]
    middle: ViewFn,
    /// Actions on the right, the one filled button last.
    #[prop(into, optional)]
    actions: ViewFn,
    /// The content, which fills the rest of the window.
    children: Children,
) -> impl IntoView {
    view! {
        <Title text=page_title(Signal::derive(move || tab(&title.try_get().unwrap_or_default())))/>
        <div class="rail-page">
            <section class="rail-header" data-region="1" aria-label=t(OutlineText::Header)>
                <div class="rail-lead">{lead.run()}</div>
                <div class="rail-middle">{middle.run()}</div>
                <div class="actions">{actions.run()}</div>
            </section>
            {children()}
        </div>
    }
}

/// Returns the title of a page for the browser's tab. The one of the page before is asked once more while pages change,
/// when what it was made of is gone already.
pub fn page_title(text: Signal<String>) -> impl Fn() -> String + Clone + Send + Sync + 'static {
    move || text.try_get().unwrap_or_default()
}

fn tab(title: &str) -> String {
    format!("{title} · Nagare")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_gets_the_width_and_lists_get_the_labels() {
        for path in [
            "/flows/f1",
            "/flows/import",
            "/runs/r1",
            "/connections",
            "/connections/c1",
            "/directories/d1",
        ] {
            assert!(wants_width(path), "{path}");
        }
        for path in [
            "/",
            "/flows",
            "/flows/",
            "/runs",
            "/tables/t1",
            "/directories",
            "/settings",
        ] {
            assert!(!wants_width(path), "{path}");
        }
    }
}
