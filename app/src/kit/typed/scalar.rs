//! A box for one value of a type: text, a number that stays exact, True or False, a date, JSON.

use flow::literal::{Unreadable, read_item, read_moment, read_number};
use flow::{Base, Type};
use leptos::html;
use leptos::prelude::*;
use serde_json::Value as Json;

use super::clock::{offset_minutes, shown_date};
use super::unreadable_text;
use crate::i18n::texts::KindText;
use crate::i18n::{Speech, t, use_speech};

/// A box for one value; nothing is null.
#[component]
pub fn ScalarBox(
    /// What it holds.
    ty: Type,
    /// The value.
    #[prop(into)]
    value: Signal<Json>,
    /// Another value was typed.
    #[prop(into)]
    on_change: Callback<Json>,
    /// What it is called.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let speech = use_speech();
    if ty.base == Base::Boolean {
        return view! { <Truth value on_change label/> }.into_any();
    }
    let element = NodeRef::<html::Input>::new();
    let fault = RwSignal::new(None::<Unreadable>);
    let shown_type = StoredValue::new(ty);
    let read = move |text: &str| shown_type.with_value(|ty| read_value(text, ty));
    // What is typed stays as it is typed; what comes from elsewhere replaces it.
    Effect::new(move || {
        let known = value.get();
        if let Some(element) = element.get()
            && read(&element.value()) != Ok(known.clone())
        {
            let text = shown_type.with_value(|ty| write_value(speech, &known, ty));
            element.set_value(&text);
            fault.set(None);
        }
    });
    view! {
        <input
            class="input typed-box"
            aria-label=label
            aria-invalid=move || fault.read().is_some().then_some("true")
            title=move || fault.get().map(|fault| speech.say(&unreadable_text(fault)))
            autocomplete="off"
            spellcheck="false"
            node_ref=element
            on:input=move |event| match read(&event_target_value(&event)) {
                Ok(value) => {
                    fault.set(None);
                    on_change.run(value);
                }
                Err(wrong) => fault.set(Some(wrong)),
            }
        />
    }
    .into_any()
}

/// Reads a value of a type, on the reader's clock where it is a date.
pub(super) fn read_value(text: &str, ty: &Type) -> Result<Json, Unreadable> {
    match ty.base {
        Base::Date => {
            let date = read_moment(text, offset_minutes)?;
            Ok(date.map_or(Json::Null, |date| Json::String(flow::iso(date))))
        }
        Base::Number => Ok(read_number(text)?.unwrap_or(Json::Null)),
        _ => read_item(text, ty),
    }
}

fn write_value(speech: Speech, value: &Json, ty: &Type) -> String {
    match value {
        Json::Null => String::new(),
        value if ty.base == Base::Date => shown_date(speech, value),
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// True or False, or neither.
#[component]
fn Truth(value: Signal<Json>, on_change: Callback<Json>, label: Signal<String>) -> impl IntoView {
    let set = move |event: web_sys::Event| {
        on_change.run(match event_target_value(&event).as_str() {
            "true" => Json::Bool(true),
            "false" => Json::Bool(false),
            _ => Json::Null,
        });
    };
    let name = move || {
        value
            .get()
            .as_bool()
            .map(|truth| truth.to_string())
            .unwrap_or_default()
    };
    let chosen = move |known: &'static str| move || name() == known;
    view! {
        <select class="input select typed-box" aria-label=label on:change=set>
            <option value="" selected=chosen("") prop:selected=chosen("")>{t(KindText::NotChosen)}</option>
            <option value="true" selected=chosen("true") prop:selected=chosen("true")>{t(KindText::Yes)}</option>
            <option value="false" selected=chosen("false") prop:selected=chosen("false")>{t(KindText::No)}</option>
        </select>
    }
}
