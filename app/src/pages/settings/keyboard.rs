//! Shortcuts of a single letter, which can be switched off (WCAG 2.1.4).

use leptos::prelude::*;

use crate::i18n::t;
use crate::i18n::texts::SettingsText;
use crate::kit::{Switch, use_toasts};
use crate::shell::keys::{use_set_single_keys, use_single_keys};

/// The switch.
#[component]
pub fn Keyboard() -> impl IntoView {
    let toasts = use_toasts();
    let set_keys = use_set_single_keys();
    let set = move |on: bool| {
        set_keys(on);
        toasts.say(&SettingsText::KeptHere);
    };
    view! {
        <section class="panel settings" aria-labelledby="keyboard">
            <h2 id="keyboard">{t(SettingsText::Keyboard)}</h2>
            <div class="setting-switch">
                <span>{t(SettingsText::SingleKeys)}</span>
                <Switch label=t(SettingsText::SingleKeys) on=use_single_keys() on_change=set/>
            </div>
            <p class="hint">{t(SettingsText::SingleKeysText)}</p>
        </section>
    }
}
