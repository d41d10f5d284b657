//! Settings: the person's language, theme and keyboard; for administrators the people of this server and what HTTP cards
//! may call; for everybody what the server says about itself. Its own settings are its command line.

use leptos::prelude::*;

pub mod keyboard;
pub mod people;
pub mod server;

use keyboard::Keyboard;
use people::People;
use server::ServerPart;

use super::connections::web_form::AllowedAddresses;
use crate::i18n::texts::ShellText;
use crate::i18n::{Language, t, use_speech};
use crate::kit::loaded;
use crate::rpc;
use crate::shell::{Page, Theme, use_theme};

/// Who is signed in, language, theme.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let session = Resource::new(|| (), |()| rpc::session());
    let speech = use_speech();
    let theme = use_theme();
    let language = move |choice: Language, name: &'static str| {
        view! {
            <Radio
                group="language"
                value=choice.tag()
                is_chosen=Signal::derive(move || speech.language() == choice)
                on_choose=move || speech.speak(choice)
            >
                <span lang=choice.tag()>{name}</span>
            </Radio>
        }
    };
    let shade = move |choice: Theme, text: ShellText| {
        view! {
            <Radio
                group="theme"
                value=choice.tag()
                is_chosen=Signal::derive(move || theme.get() == choice)
                on_choose=move || theme.set(choice)
            >
                {t(text)}
            </Radio>
        }
    };
    view! {
        <Page title=t(ShellText::Settings)>
            <section class="panel settings">
                <h2>{t(ShellText::SettingsPerson)}</h2>
                {loaded(
                    session,
                    |session| {
                        session
                            .person
                            .map(|person| {
                                view! {
                                    <dl class="fact-list">
                                        <div>
                                            <dt>{t(ShellText::SettingsName)}</dt>
                                            <dd>{person.name}</dd>
                                        </div>
                                        <div>
                                            <dt>{t(ShellText::SettingsLogin)}</dt>
                                            <dd>{person.login}</dd>
                                        </div>
                                    </dl>
                                }
                            })
                    },
                )}
            </section>
            <section class="panel settings">
                <fieldset class="choices">
                    <legend>{t(ShellText::Language)}</legend>
                    {language(Language::English, "English")}
                    {language(Language::Japanese, "日本語")}
                </fieldset>
                <fieldset class="choices">
                    <legend>{t(ShellText::Theme)}</legend>
                    {shade(Theme::System, ShellText::ThemeSystem)}
                    {shade(Theme::Light, ShellText::ThemeLight)}
                    {shade(Theme::Dark, ShellText::ThemeDark)}
                </fieldset>
                <p class="hint">{t(ShellText::SettingsKept)}</p>
            </section>
            <Keyboard/>
            {loaded(
                session,
                |session| {
                    session
                        .person
                        .filter(|person| person.role == api::Role::Administrator)
                        .map(|person| {
                            view! {
                                <People own=person.id.to_string()/>
                                <AllowedAddresses/>
                            }
                        })
                },
            )}
            {loaded(
                session,
                |session| {
                    let is_member = session.person.is_none_or(|person| person.role == api::Role::Member);
                    (!is_member).then(|| view! { <ServerPart/> })
                },
            )}
        </Page>
    }
}

#[component]
fn Radio(
    group: &'static str,
    value: &'static str,
    is_chosen: Signal<bool>,
    #[prop(into)] on_choose: Callback<()>,
    children: Children,
) -> impl IntoView {
    view! {
        <label class="choice">
            <input
                type="radio"
                name=group
                value=value
                prop:checked=is_chosen
                checked=is_chosen.get_untracked()
                on:change=move |_| on_choose.run(())
            />
            {children()}
        </label>
    }
}
