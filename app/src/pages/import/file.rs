//! Choosing a file: dropped, or from the file chooser.

use leptos::ev::DragEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};

use super::plan::{PackFile, Plan};
use crate::i18n::t;
use crate::i18n::texts::ImportText;
use crate::kit::{Button, ButtonKind, Icon, ProgressBar, refused};
use crate::rpc;

/// No pack is larger; the server says so too.
const MOST_BYTES: f64 = 32.0 * 1024.0 * 1024.0;

/// The place to drop a file.
#[component]
pub fn ChooseFile(
    /// Where to keep it.
    plan: Plan,
) -> impl IntoView {
    let chooser = NodeRef::<html::Input>::new();
    let is_over = RwSignal::new(false);
    let wrong = RwSignal::new(None::<ImportText>);
    let look = Action::new(move |file: &PackFile| {
        let file = file.clone();
        async move {
            let pack = rpc::look_at_pack(file.text.clone()).await?;
            plan.found(file, pack);
            Ok::<(), rpc::Refusal>(())
        }
    });
    let take = move |file: Option<web_sys::File>| {
        wrong.set(None);
        match file {
            Some(file) if file.size() > MOST_BYTES => wrong.set(Some(ImportText::TooLarge)),
            Some(file) => read(file, look, wrong),
            None => {}
        }
    };
    view! {
        <div
            class="drop"
            class:drop-over=is_over
            on:dragover=move |event: DragEvent| {
                event.prevent_default();
                is_over.set(true);
            }
            on:dragleave=move |_| is_over.set(false)
            on:drop=move |event: DragEvent| {
                event.prevent_default();
                is_over.set(false);
                let files = event.data_transfer().and_then(|data| data.files());
                take(files.and_then(|files| files.get(0)));
            }
        >
            <span class="tile tile-large" data-family="http"><Icon name="package"/></span>
            <h2>{t(ImportText::DropHere)}</h2>
            <p class="muted">{t(ImportText::DropText)}</p>
            <input
                class="visually-hidden"
                type="file"
                id="pack-file"
                tabindex="-1"
                aria-label=t(ImportText::ChooseFile)
                accept=".folder,.flopack,.flow,.json,application/json"
                node_ref=chooser
                on:change=move |_| {
                    let files = chooser.get_untracked().and_then(|chooser| chooser.files());
                    take(files.and_then(|files| files.get(0)));
                }
            />
            <Button
                kind=ButtonKind::Primary
                icon="folder-open"
                busy=look.pending()
                on_press=move || {
                    if let Some(chooser) = chooser.get_untracked() {
                        chooser.click();
                    }
                }
            >
                {t(ImportText::ChooseFile)}
            </Button>
            {move || {
                look.pending()
                    .get()
                    .then(|| view! { <ProgressBar label=t(ImportText::Reading)/> })
            }}
            <div class="drop-wrong" aria-live="polite">
                {move || wrong.get().map(|wrong| view! { <p class="field-error">{t(wrong)}</p> })}
                {refused(move || look.value().get())}
            </div>
        </div>
    }
}

/// Reads the file and has the server look at it.
fn read(
    file: web_sys::File,
    look: Action<PackFile, Result<(), rpc::Refusal>>,
    wrong: RwSignal<Option<ImportText>>,
) {
    let name = file.name();
    let size = size(file.size());
    let text = file.text();
    let done = Closure::once_into_js(move |text: JsValue| match text.as_string() {
        Some(text) => {
            look.dispatch(PackFile { name, size, text });
        }
        None => wrong.set(Some(ImportText::Unreadable)),
    });
    let failed = Closure::once_into_js(move |_: JsValue| wrong.set(Some(ImportText::Unreadable)));
    let then = js_sys::Reflect::get(&text, &"then".into());
    let then = then
        .ok()
        .and_then(|then| then.dyn_into::<js_sys::Function>().ok());
    let is_waiting = then.is_some_and(|then| then.call2(&text, &done, &failed).is_ok());
    if !is_waiting {
        wrong.set(Some(ImportText::Unreadable));
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the size of a file is a whole number below 2^53"
)]
fn size(bytes: f64) -> u64 {
    bytes as u64
}
