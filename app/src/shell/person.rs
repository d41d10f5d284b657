//! The person at the foot of the navigation: language, theme, sign out.

use api::Session;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::theme::{Theme, use_theme};
use crate::i18n::texts::ShellText;
use crate::i18n::{Language, t, use_speech};
use crate::kit::{Icon, Menu, MenuItem, use_toasts};
use crate::pages::settings::people::role_name;
use crate::rpc;

/// Who is signed in, with a menu.
#[component]
pub(super) fn Person() -> impl IntoView {
    let session = Resource::new(|| (), |()| rpc::session());
    let person = move || {
        session
            .get()
            .and_then(Result::ok)
            .and_then(|session: Session| session.person)
    };
    let name = move || person().map(|person| person.name).unwrap_or_default();
    let role = move || person().map(|person| t(role_name(person.role)));
    view! {
        <div class="person">
            <Menu
                label=t(ShellText::PersonMenu)
                above=true
                face=move || view! {
                    <Transition>
                        <span class="avatar" aria-hidden="true">{move || initials(&name())}</span>
                        <span class="nav-label person-name">
                            <span class="ellipsis">{name}</span>
                            <span class="person-role ellipsis">{role}</span>
                        </span>
                        <span class="nav-label"><Icon name="chevron-up"/></span>
                    </Transition>
                }
            >
                <PersonMenu/>
            </Menu>
        </div>
    }
}

#[component]
fn PersonMenu() -> impl IntoView {
    let speech = use_speech();
    let theme = use_theme();
    let toasts = use_toasts();
    let navigate = use_navigate();
    let leave = Action::new(move |(): &()| {
        let navigate = navigate.clone();
        async move {
            match rpc::sign_out().await {
                Ok(()) => navigate("/sign-in", leptos_router::NavigateOptions::default()),
                Err(refusal) => toasts.refuse(&refusal),
            }
        }
    });
    let language = move |choice: Language, name: &'static str| {
        view! {
            <MenuItem
                checked=Signal::derive(move || speech.language() == choice)
                on_press=move || speech.speak(choice)
            >
                <span lang=choice.tag()>{name}</span>
            </MenuItem>
        }
    };
    let shade = move |choice: Theme, text: ShellText| {
        view! {
            <MenuItem
                checked=Signal::derive(move || theme.get() == choice)
                on_press=move || theme.set(choice)
            >
                {t(text)}
            </MenuItem>
        }
    };
    view! {
        <div role="group" aria-label=t(ShellText::Language)>
            <p class="menu-head" aria-hidden="true">{t(ShellText::Language)}</p>
            {language(Language::English, "English")}
            {language(Language::Japanese, "日本語")}
        </div>
        <div role="group" aria-label=t(ShellText::Theme)>
            <p class="menu-head" aria-hidden="true">{t(ShellText::Theme)}</p>
            {shade(Theme::System, ShellText::ThemeSystem)}
            {shade(Theme::Light, ShellText::ThemeLight)}
            {shade(Theme::Dark, ShellText::ThemeDark)}
        </div>
        <div role="group">
            <MenuItem on_press=move || { leave.dispatch(()); }>
                <Icon name="log-out"/>
                {t(ShellText::SignOut)}
            </MenuItem>
        </div>
    }
}

/// Returns the first letters of the first two words.
fn initials(name: &str) -> String {
    let first_letters = name
        .split_whitespace()
        .filter_map(|word| word.chars().next());
    first_letters.take(2).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_of_names_in_both_scripts() {
        assert_eq!(initials("Hanako Yamada"), "HY");
        assert_eq!(initials("山田 花子"), "山花");
        assert_eq!(initials("ada"), "A");
        assert_eq!(initials(""), "");
    }
}
