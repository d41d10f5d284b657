//! The navigation: labels where there is room, a rail of icons where work wants it.

use api::Role;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::commands::use_commands;
use super::keys::has_command_key;
use super::person::Person;
use super::rights::note_role;
use crate::i18n::t;
use crate::i18n::texts::{DirectoryText, KindText, ShellText, TemplateText};
use crate::kit::Icon;
use crate::rpc;

/// Where one can go. Whoever may only run what was granted to them sees only that.
#[component]
pub(super) fn Navigation() -> impl IntoView {
    let session = Resource::new(|| (), |()| rpc::session());
    let role = move || {
        let session = session.get().and_then(Result::ok)?;
        Some(session.person?.role)
    };
    let is_member = move || role() == Some(Role::Member);
    Effect::new(move || {
        if let Some(role) = role() {
            note_role(role);
        }
    });
    view! {
        <nav class="navigation" aria-label=t(ShellText::Navigation)>
            <a class="brand" href="/">
                <span class="mark"><Icon name="mark"/></span>
                <span class="nav-label">{t(ShellText::Name)}</span>
            </a>
            <JumpTo/>
            <Transition>
                <ul>
                    {move || (!is_member()).then(|| view! {
                        <Place href="/" icon="house" text=t(ShellText::Home)/>
                        <Place href="/flows" icon="workflow" text=t(ShellText::Flows)/>
                        <Place href="/runs" icon="history" text=t(ShellText::Runs)/>
                        <Place href="/connections" icon="plug" text=t(ShellText::Connections)/>
                        <Place href="/directories" icon="folder-tree" text=t(DirectoryText::Title)/>
                        <Place href="/tables" icon="table-2" text=t(ShellText::Tables)/>
                        <Place href="/templates" icon="package" text=t(TemplateText::Title)/>
                    })}
                    <Place href="/delegated" icon="user-cog" text=t(KindText::Delegated)/>
                </ul>
            </Transition>
            <ul class="nav-below">
                <Place href="/settings" icon="settings" text=t(ShellText::Settings)/>
            </ul>
            <Person/>
        </nav>
    }
}

/// Opens the command palette; its keys stand beside it.
#[component]
fn JumpTo() -> impl IntoView {
    let desk = use_commands();
    let keys = RwSignal::new("Ctrl K");
    Effect::new(move || {
        if has_command_key() {
            keys.set("⌘ K");
        }
    });
    view! {
        <button
            class="jump"
            type="button"
            aria-haspopup="dialog"
            title=t(ShellText::Jump)
            on:click=move |_| desk.is_open.set(true)
        >
            <Icon name="search"/>
            <span class="nav-label ellipsis">{t(ShellText::Jump)}</span>
            <kbd class="nav-label" aria-hidden="true">{keys}</kbd>
        </button>
    }
}

#[component]
fn Place(href: &'static str, icon: &'static str, text: Signal<String>) -> impl IntoView {
    let path = use_location().pathname;
    let current = move || is_in(&path.read(), href).then_some("page");
    view! {
        <li>
            <a class="place" href=href aria-current=current title=text>
                <Icon name=icon/>
                <span class="nav-label">{text}</span>
            </a>
        </li>
    }
}

fn is_in(path: &str, place: &str) -> bool {
    match place {
        "/" => path == "/",
        _ => path
            .strip_prefix(place)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/')),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_below_a_place_is_in_it() {
        assert!(is_in("/", "/"));
        assert!(!is_in("/flows", "/"));
        assert!(is_in("/flows/f1", "/flows"));
        assert!(!is_in("/flowsome", "/flows"));
    }
}
