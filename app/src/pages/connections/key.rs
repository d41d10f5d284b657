//! The key of a service app: made by Nagare, whose public half is to be pasted into the app at the org, or pasted here.

use leptos::prelude::*;

use super::new::{Either, LongField, Typed};
use crate::i18n::t;
use crate::i18n::texts::ConnectionText;
use crate::kit::{Button, refused, use_toasts};
use crate::rpc;

/// The fields about the key.
#[component]
pub(super) fn KeyFields(typed: Typed) -> impl IntoView {
    let is_pasted = typed.is_pasted;
    view! {
        <fieldset class="choices">
            <legend>{t(ConnectionText::Key)}</legend>
            <Either name="key" value=is_pasted is=false text=ConnectionText::KeyMade/>
            <Either name="key" value=is_pasted is=true text=ConnectionText::KeyPasted/>
        </fieldset>
        {move || {
            if is_pasted.get() {
                view! {
                    <LongField
                        label=t(ConnectionText::PrivateKey)
                        name="private_key"
                        value=typed.pasted
                        hint=t(ConnectionText::PrivateKeyHint)
                    />
                }
                    .into_any()
            } else {
                view! { <MadeKey typed/> }.into_any()
            }
        }}
    }
}

#[component]
fn MadeKey(typed: Typed) -> impl IntoView {
    let make = Action::new(move |(): &()| async move {
        let key = rpc::make_key().await?;
        typed.made.set(Some(key));
        Ok::<(), rpc::Refusal>(())
    });
    // The key is made when it is first needed; a key that nobody uses is forgotten after a day.
    Effect::new(move || {
        if typed.made.with_untracked(Option::is_none) {
            make.dispatch(());
        }
    });
    view! {
        {refused(move || make.value().get())}
        {move || {
            typed.made.get().map(|key| view! { <PublicKey key=key.public_key/> })
        }}
    }
}

/// A public key to copy.
#[component]
pub(super) fn PublicKey(
    /// As JSON Web Key.
    key: String,
) -> impl IntoView {
    let toasts = use_toasts();
    let rows = key.lines().count().to_string();
    let text = key.clone();
    let copy = move || {
        let text = text.clone();
        leptos::task::spawn_local(async move {
            let copied = window().navigator().clipboard().write_text(&text);
            match wasm_bindgen_futures::JsFuture::from(copied).await {
                Ok(_) => toasts.say(&ConnectionText::KeyCopied),
                Err(_) => toasts.warn(&ConnectionText::KeyNotCopied),
            }
        });
    };
    let select = |event: web_sys::FocusEvent| {
        event_target::<web_sys::HtmlTextAreaElement>(&event).select();
    };
    view! {
        <div class="field">
            <label for="public-key">{t(ConnectionText::PublicKey)}</label>
            <textarea
                class="input mono"
                id="public-key"
                rows=rows
                readonly=true
                aria-describedby="public-key-note"
                on:focus=select
                prop:value=key.clone()
            >
                {key.clone()}
            </textarea>
            <p class="hint" id="public-key-note">{t(ConnectionText::PublicKeyHint)}</p>
            <div class="field-action">
                <Button icon="copy" on_press=copy>{t(ConnectionText::CopyKey)}</Button>
            </div>
        </div>
    }
}
