//! Dialogs: a question with the object's name, over everything else.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::Button;
use crate::i18n::t;
use crate::i18n::texts::KitText;
use crate::rpc::Refusal;

/// A modal dialog on the browser's own element, which keeps the focus inside and closes with Escape.
#[component]
pub fn Dialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Its question.
    #[prop(into)]
    title: Signal<String>,
    /// 640 instead of 440 pixels wide.
    #[prop(optional)]
    wide: bool,
    /// What it holds; drawn while it is open.
    children: ChildrenFn,
) -> impl IntoView {
    let element = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        let is_open = open.get();
        // One frame later the content is drawn, so that the browser finds the field that wants the focus.
        request_animation_frame(move || show(element, is_open));
    });
    view! {
        <dialog
            class="dialog"
            class:dialog-wide=wide
            aria-label=title
            node_ref=element
            on:close=move |_| open.set(false)
            on:click=move |event| {
                // A click on the backdrop has the dialog itself as its target.
                let target = event.target();
                let own = element.get_untracked();
                if target.is_some() && target.as_ref() == own.as_ref().map(AsRef::as_ref) {
                    open.set(false);
                }
            }
        >
            <div class="dialog-body">
                <header class="dialog-head">
                    <h2>{title}</h2>
                    <Button
                        kind=super::ButtonKind::Bare
                        icon="x"
                        label=t(KitText::Close)
                        on_press=move || open.set(false)
                    />
                </header>
                {move || open.get().then(|| children())}
            </div>
        </dialog>
    }
}

/// Forgets why the last try was refused when a dialog opens again.
pub fn forget_refusal<I, T>(open: RwSignal<bool>, action: Action<I, Result<T, Refusal>>)
where
    I: Send + Sync + 'static,
    T: Send + Sync + 'static,
{
    Effect::new(move || {
        if open.get() {
            action.clear();
        }
    });
}

fn show(element: NodeRef<html::Dialog>, is_open: bool) {
    let Some(dialog) = element.try_get_untracked().flatten() else {
        return;
    };
    if is_open && !dialog.open() {
        if dialog.show_modal().is_err() {
            leptos::logging::warn!("a dialog cannot be shown");
        }
        focus_inside(&dialog);
    } else if !is_open && dialog.open() {
        dialog.close();
    }
}

/// Where the focus goes when nothing asks for it: the first field, else the first button of the foot, which changes nothing.
/// The browser alone would take the button that closes.
const FIRST: [&str; 2] = [
    ".form input:not([type=checkbox], [type=radio], :disabled), .run-form input:not([type=checkbox], :disabled)",
    ".dialog-foot button:not(:disabled)",
];

fn focus_inside(dialog: &HtmlElement) {
    let find = |selector: &str| dialog.query_selector(selector).ok().flatten();
    if find("[autofocus]").is_some() {
        return;
    }
    let first = FIRST.into_iter().find_map(find);
    let Some(first) = first.and_then(|element| element.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    if first.focus().is_err() {
        leptos::logging::warn!("a dialog cannot give the focus");
    }
}
