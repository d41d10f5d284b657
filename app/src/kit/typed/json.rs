//! A value as JSON, with the place of what is wrong.

use flow::literal::{Unreadable, read_list, read_object};
use flow::{Base, Type};
use leptos::html;
use leptos::prelude::*;
use serde_json::Value as Json;

use super::unreadable_text;
use crate::i18n::t;

/// A box for JSON of a list or an object.
#[component]
pub fn JsonBox(
    /// What it holds.
    ty: Type,
    /// The value.
    #[prop(into)]
    value: Signal<Json>,
    /// Other JSON was typed.
    #[prop(into)]
    on_change: Callback<Json>,
    /// What it is called.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let element = NodeRef::<html::Textarea>::new();
    let fault = RwSignal::new(None::<Unreadable>);
    let ty = StoredValue::new(ty);
    let read = move |text: &str| ty.with_value(|ty| read_json(text, ty));
    Effect::new(move || {
        let known = value.get();
        if let Some(element) = element.get()
            && read(&element.value()) != Ok(known.clone())
        {
            let text = match &known {
                Json::Null => String::new(),
                known => serde_json::to_string_pretty(known).unwrap_or_default(),
            };
            element.set_value(&text);
            fault.set(None);
        }
    });
    view! {
        <div class="json-box">
            <textarea
                class="input mono"
                rows="9"
                spellcheck="false"
                aria-label=label
                aria-invalid=move || fault.read().is_some().then_some("true")
                node_ref=element
                on:keydown=|event| {
                    if event.key() != "Escape" {
                        event.stop_propagation();
                    }
                }
                on:input=move |event| match read(&event_target_value(&event)) {
                    Ok(value) => {
                        fault.set(None);
                        on_change.run(value);
                    }
                    Err(wrong) => fault.set(Some(wrong)),
                }
            ></textarea>
            {move || fault.get().map(|fault| view! { <p class="field-error" role="alert">{t(unreadable_text(fault))}</p> })}
        </div>
    }
}

fn read_json(text: &str, ty: &Type) -> Result<Json, Unreadable> {
    let read = if ty.list {
        read_list(
            text,
            &Type {
                list: false,
                ..ty.clone()
            },
        )
    } else if ty.base == Base::Object {
        read_object(text)
    } else {
        read_list(text, &Type::one(Base::Any)).or_else(|_| read_object(text))
    };
    read.map(Option::unwrap_or_default)
}
