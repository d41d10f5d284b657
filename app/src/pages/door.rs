//! The page in front of the others: who is not signed in sees only this card.

use leptos::prelude::*;

use crate::i18n::texts::ShellText;
use crate::i18n::{Language, t, use_speech};
use crate::kit::{Button, ButtonKind, Icon};

/// A card in the middle with the mark, a title and a form; the language can be changed before signing in.
#[component]
pub fn Door(
    /// Title.
    #[prop(into)]
    title: Signal<String>,
    /// One sentence below.
    #[prop(into)]
    text: Signal<String>,
    /// The form.
    children: Children,
) -> impl IntoView {
    let speech = use_speech();
    let other = move || match speech.language() {
        Language::English => Language::Japanese,
        Language::Japanese => Language::English,
    };
    let other_name = move || match other() {
        Language::English => "English",
        Language::Japanese => "日本語",
    };
    view! {
        <main class="door">
            <div class="door-card panel">
                <header class="door-head">
                    <span class="mark"><Icon name="mark"/></span>
                    <span class="door-name">{t(ShellText::Name)}</span>
                    <Button
                        kind=ButtonKind::Bare
                        icon="languages"
                        on_press=move || speech.speak(other())
                    >
                        <span lang=move || other().tag()>{other_name}</span>
                    </Button>
                </header>
                <h1>{title}</h1>
                <p class="muted">{text}</p>
                {children()}
            </div>
        </main>
    }
}
