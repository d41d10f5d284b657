//! A field for one value of a type: what a person fills in before a flow runs.

use chrono::{DateTime, NaiveDateTime, TimeDelta};
use flow::{Base, Type};
use leptos::prelude::*;
use serde_json::Value as Json;

use crate::card::type_name;
use crate::i18n::texts::KindText;
use crate::i18n::{t, use_speech};

/// A value to be filled in.
#[derive(Clone)]
pub struct ValueSlot {
    /// By this name the server knows it.
    pub name: String,
    /// What it is called.
    pub label: String,
    /// What it holds.
    pub ty: Type,
    /// It must be filled in.
    pub is_required: bool,
    /// The values to choose from, where there is a list.
    pub choices: Vec<String>,
    /// What was typed.
    pub text: RwSignal<String>,
}

/// Why a value was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotTaken {
    /// It is missing.
    Missing,
    /// It is not of the type.
    Wrong,
}

impl ValueSlot {
    /// Returns the value; nothing where the field was left empty and may be.
    pub fn read(&self) -> Result<Option<Json>, NotTaken> {
        let text = self.text.get_untracked();
        match (text.trim().is_empty(), self.is_required) {
            (true, true) => Err(NotTaken::Missing),
            (true, false) => Ok(None),
            (false, _) => value_of(&text, &self.ty, offset_minutes)
                .map(Some)
                .ok_or(NotTaken::Wrong),
        }
    }
}

impl ValueSlot {
    /// Returns a value as somebody would have typed it.
    pub fn shown(&self, value: &Json) -> String {
        text_of(value, &self.ty, offset_minutes)
    }

    /// Tells whether the field takes a value as it is.
    pub fn takes(&self, value: &Json) -> bool {
        let text = text_of(value, &self.ty, |_| 0);
        value_of(&text, &self.ty, |_| 0).is_some()
    }
}

/// The field with its label.
#[component]
pub fn ValueField(
    /// The value.
    asked: ValueSlot,
    /// Id of the element.
    id: String,
) -> impl IntoView {
    let speech = use_speech();
    let (text, ty) = (asked.text, asked.ty.clone());
    let set = move |event: web_sys::Event| text.set(event_target_value(&event));
    let options: Option<Vec<(String, AnyView)>> = if asked.choices.is_empty() {
        (!ty.list && ty.base == Base::Boolean).then(|| {
            vec![
                ("true".to_owned(), t(KindText::Yes).into_any()),
                ("false".to_owned(), t(KindText::No).into_any()),
            ]
        })
    } else {
        let shown = |choice: &String| (choice.clone(), choice.clone().into_any());
        Some(asked.choices.iter().map(shown).collect())
    };
    let required = asked.is_required;
    let input = match (options, ty.list, ty.base) {
        (Some(options), ..) => view! {
            <select class="input select" id=id.clone() required=required on:change=set>
                <option value="">{t(KindText::NotChosen)}</option>
                {options.into_iter().map(|(value, label)| {
                    let known = value.clone();
                    view! { <option value=value prop:selected=move || text.get() == known>{label}</option> }
                }).collect_view()}
            </select>
        }
        .into_any(),
        (None, true, _) | (None, false, Base::Object | Base::Any) => view! {
            <textarea class="input mono" id=id.clone() rows="4" spellcheck="false" required=required prop:value=move || text.get() on:input=set></textarea>
        }
        .into_any(),
        (None, false, base) => {
            let kind = match base {
                Base::Number => "number",
                Base::Date => "datetime-local",
                _ => "text",
            };
            view! {
                <input
                    class="input" id=id.clone() type=kind step="any" autocomplete="off" spellcheck="false" required=required
                    prop:value=move || text.get() on:input=set
                />
            }
            .into_any()
        }
    };
    view! {
        <div class="field">
            <label for=id>
                {asked.label}
                {required.then(|| view! { <span class="required" aria-hidden="true">" *"</span> })}
                " "<span class="muted">{move || type_name(speech, &ty)}</span>
            </label>
            {input}
        </div>
    }
}

/// Reads a value as its type asks; text that is not JSON stays text where anything may come. `offset` says how far the
/// reader's clock is behind UTC at a moment, in minutes.
pub fn value_of(text: &str, ty: &Type, offset: impl Fn(NaiveDateTime) -> i64) -> Option<Json> {
    let json = serde_json::from_str::<Json>(text).ok();
    match (ty.list, ty.base) {
        (true, _) => json.filter(Json::is_array),
        (false, Base::Object) => json.filter(Json::is_object),
        (false, Base::Number) => json.filter(Json::is_number),
        (false, Base::Boolean) => json.filter(Json::is_boolean),
        (false, Base::Date) => date(text.trim(), offset).map(Json::String),
        (false, Base::Any) => Some(json.unwrap_or_else(|| Json::String(text.to_owned()))),
        (false, _) => Some(Json::String(text.to_owned())),
    }
}

/// Writes a value as somebody would type it: the other way round than [`value_of`].
pub fn text_of(value: &Json, ty: &Type, offset: impl Fn(NaiveDateTime) -> i64) -> String {
    match (value, ty.list, ty.base) {
        (Json::Null, ..) => String::new(),
        (Json::String(text), false, Base::Date) => {
            let Ok(at) = DateTime::parse_from_rfc3339(text) else {
                return text.clone();
            };
            // The offset at the time on the reader's clock is that in UTC, but for one hour in the year.
            let utc = at.naive_utc();
            let local = utc.checked_sub_signed(TimeDelta::minutes(offset(utc)));
            let local = local.unwrap_or(utc).format("%Y-%m-%dT%H:%M:%S%.3f");
            let text = local.to_string();
            text.strip_suffix(".000")
                .map_or(text.clone(), str::to_owned)
        }
        (Json::String(text), false, _) => text.clone(),
        (Json::Object(_) | Json::Array(_), ..) => {
            serde_json::to_string_pretty(value).unwrap_or_default()
        }
        _ => value.to_string(),
    }
}

/// A date on the reader's clock, as the browser's field gives it, in UTC; what names its zone stays.
fn date(text: &str, offset: impl Fn(NaiveDateTime) -> i64) -> Option<String> {
    if DateTime::parse_from_rfc3339(text).is_ok() {
        return Some(text.to_owned());
    }
    let forms = [
        "%Y-%m-%dT%H:%M",
        "%Y-%m-%dT%H:%M:%S",
        "%Y-%m-%dT%H:%M:%S%.f",
    ];
    let local = forms
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())?;
    let utc = local.checked_add_signed(TimeDelta::minutes(offset(local)))?;
    Some(flow::iso(utc.and_utc()))
}

fn offset_minutes(local: NaiveDateTime) -> i64 {
    let text = local.format("%Y-%m-%dT%H:%M:%S").to_string();
    let at = js_sys::Date::new(&wasm_bindgen::JsValue::from_str(&text));
    #[expect(clippy::cast_possible_truncation, reason = "minutes of a day")]
    let minutes = at.get_timezone_offset() as i64;
    minutes
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_are_shown_as_they_are_typed() {
        let there_and_back = |value: Json, ty: Type| {
            let text = text_of(&value, &ty, |_| -540);
            assert_eq!(value_of(&text, &ty, |_| -540), Some(value), "{text}");
        };
        there_and_back(json!("12"), Type::one(Base::Text));
        there_and_back(json!(12.5), Type::one(Base::Number));
        there_and_back(json!(false), Type::one(Base::Boolean));
        there_and_back(json!({ "a": [1] }), Type::one(Base::Object));
        there_and_back(json!(["a"]), Type::list_of(Base::Text));
        there_and_back(json!("2026-11-21T23:30:00.000Z"), Type::one(Base::Date));
        assert_eq!(
            text_of(
                &json!("2026-11-21T23:30:00.000Z"),
                &Type::one(Base::Date),
                |_| -540
            ),
            "2026-11-22T08:30:00"
        );
    }

    #[test]
    fn values_are_read_by_their_type() {
        let one = Type::one;
        let read = |text: &str, ty: Type| value_of(text, &ty, |_| -540);
        assert_eq!(read("12", one(Base::Text)), Some(json!("12")));
        assert_eq!(read("12", one(Base::Number)), Some(json!(12)));
        assert_eq!(read("x", one(Base::Number)), None);
        assert_eq!(read("true", one(Base::Boolean)), Some(json!(true)));
        assert_eq!(
            read(r#"["a"]"#, Type::list_of(Base::Text)),
            Some(json!(["a"]))
        );
        assert_eq!(read("plain", one(Base::Any)), Some(json!("plain")));
        // Tokyo is nine hours ahead.
        assert_eq!(
            read("2026-11-22T08:30", one(Base::Date)),
            Some(json!("2026-11-21T23:30:00.000Z"))
        );
        assert_eq!(
            read("2026-11-22T08:30:00Z", one(Base::Date)),
            Some(json!("2026-11-22T08:30:00Z"))
        );
        assert_eq!(read("soon", one(Base::Date)), None);
    }
}
