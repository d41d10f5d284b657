//! Shortcuts of a single letter, which can be switched off (WCAG 2.1.4). Kept in the browser; the canvas reads it.

use leptos::prelude::*;

use crate::i18n::t;
use crate::i18n::texts::SettingsText;
use crate::kit::{Switch, use_toasts};

/// Where the browser keeps it; on unless it says `off`.
const STORED: &str = "nagare.single-keys";

/// The switch.
#[component]
pub fn Keyboard() -> impl IntoView {
    let toasts = use_toasts();
    let is_on = RwSignal::new(true);
    Effect::new(move || is_on.set(kept().as_deref() != Some("off")));
    let set = move |on: bool| {
        is_on.set(on);
        keep(if on { "on" } else { "off" });
        toasts.say(&SettingsText::KeptHere);
    };
    view! {
        <section class="panel settings" aria-labelledby="keyboard">
            <h2 id="keyboard">{t(SettingsText::Keyboard)}</h2>
            <div class="setting-switch">
                <span>{t(SettingsText::SingleKeys)}</span>
                <Switch label=t(SettingsText::SingleKeys) on=is_on on_change=set/>
            </div>
            <p class="hint">{t(SettingsText::SingleKeysText)}</p>
        </section>
    }
}

fn kept() -> Option<String> {
    let storage = window().local_storage().ok().flatten()?;
    storage.get_item(STORED).ok().flatten()
}

fn keep(value: &str) {
    let storage = window().local_storage().ok().flatten();
    if storage.is_some_and(|storage| storage.set_item(STORED, value).is_err()) {
        leptos::logging::warn!("the browser keeps nothing");
    }
}
