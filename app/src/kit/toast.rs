//! Toasts: one line about what just happened. Never the only trace of it; errors stay until they are read.

use std::time::Duration;

use leptos::prelude::*;

use super::{Button, ButtonKind, Icon};
use crate::i18n::texts::{KitText, refusal_text_now};
use crate::i18n::{Message, Speech, t, use_speech};
use crate::rpc::Refusal;

const MOST: usize = 3;
const STAYS: Duration = Duration::from_secs(6);

#[derive(Clone)]
struct Toast {
    id: u32,
    text: String,
    is_error: bool,
    /// Where the thing that it speaks of is, and what the link says.
    link: Option<(String, String)>,
    undo: Option<Callback<()>>,
}

/// Where toasts are put.
#[derive(Clone, Copy)]
pub struct ToastBox {
    toasts: RwSignal<Vec<Toast>>,
    next: StoredValue<u32>,
    speech: Speech,
}

impl ToastBox {
    /// Says what happened.
    pub fn say(self, message: &impl Message) {
        let id = self.push(self.speech.say_now(message), false);
        set_timeout(move || self.remove(id), STAYS);
    }

    /// Returns a message as it is said now.
    pub fn text_of(self, message: &impl Message) -> String {
        self.speech.say_now(message)
    }

    /// Says what happened and offers to undo it.
    pub fn say_with_undo(self, message: &impl Message, undo: impl Into<Callback<()>>) {
        let text = self.speech.say_now(message);
        let id = self.put(text, false, None, Some(undo.into()));
        set_timeout(move || self.remove(id), STAYS);
    }

    /// Says what happened, with a link to it.
    pub fn link(self, message: &impl Message, href: String, text: &impl Message) {
        let link = Some((href, self.speech.say_now(text)));
        let id = self.put(self.speech.say_now(message), false, link, None);
        set_timeout(move || self.remove(id), STAYS);
    }

    /// Says what somebody should know; stays until it is closed.
    pub fn warn(self, message: &impl Message) {
        self.push(self.speech.say_now(message), true);
    }

    /// Says why something was refused; stays until it is closed.
    pub fn refuse(self, refusal: &Refusal) {
        self.push(refusal_text_now(self.speech, refusal), true);
    }

    fn push(self, text: String, is_error: bool) -> u32 {
        self.put(text, is_error, None, None)
    }

    fn put(
        self,
        text: String,
        is_error: bool,
        link: Option<(String, String)>,
        undo: Option<Callback<()>>,
    ) -> u32 {
        let id = self.next.get_value();
        self.next.set_value(id.wrapping_add(1));
        self.toasts.update(|toasts| {
            toasts.push(Toast {
                id,
                text,
                is_error,
                link,
                undo,
            });
            if toasts.len() > MOST {
                toasts.remove(0);
            }
        });
        id
    }

    fn remove(self, id: u32) {
        self.toasts
            .update(|toasts| toasts.retain(|toast| toast.id != id));
    }
}

/// Makes a place for toasts; once, at the root, after the language.
pub fn provide_toasts() {
    provide_context(ToastBox {
        toasts: RwSignal::new(Vec::new()),
        next: StoredValue::new(0),
        speech: use_speech(),
    });
}

/// Returns where toasts are put.
pub fn use_toasts() -> ToastBox {
    use_context().unwrap_or_else(|| ToastBox {
        toasts: RwSignal::new(Vec::new()),
        next: StoredValue::new(0),
        speech: use_speech(),
    })
}

/// The toasts on the screen.
#[component]
pub fn Toasts() -> impl IntoView {
    let toasts = use_toasts();
    view! {
        <div class="toasts" role="status" aria-live="polite">
            <For each=move || toasts.toasts.get() key=|toast| toast.id let(toast)>
                <div class="toast" data-tone=if toast.is_error { "bad" } else { "plain" } role=toast.is_error.then_some("alert")>
                    <Icon name=if toast.is_error { "circle-x" } else { "circle-check" }/>
                    <p>{toast.text}</p>
                    {toast.link.map(|(href, text)| view! { <a href=href>{text}</a> })}
                    {toast.undo.map(|undo| view! {
                        <Button kind=ButtonKind::Bare icon="undo-2" on_press=move || {
                            toasts.remove(toast.id);
                            undo.run(());
                        }>
                            {t(KitText::Undo)}
                        </Button>
                    })}
                    <Button kind=ButtonKind::Bare icon="x" label=t(KitText::Close) on_press=move || toasts.remove(toast.id)/>
                </div>
            </For>
        </div>
    }
}
