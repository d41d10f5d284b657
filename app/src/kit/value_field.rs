//! A field for one value of a type: what a person fills in before a flow runs.

use chrono::{DateTime, NaiveDateTime, TimeDelta};
use flow::literal::{read_moment, read_number};
use flow::{Base, Type};
use leptos::prelude::*;
use serde_json::Value as Json;

use super::typed::{
    DatePicker, ListEditor, ObjectEditor, from_local, offset_minutes, shown_date, to_local,
};
use crate::card::type_name;
use crate::i18n::texts::{FieldText, KindText};
use crate::i18n::{t, use_speech};
use crate::kit::Icon;

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
        (None, true, _) | (None, false, Base::Object | Base::Any) => {
            view! { <JsonField text ty=ty.clone() id=id.clone() required/> }.into_any()
        }
        (None, false, Base::Date) => view! { <DateField text id=id.clone() required/> }.into_any(),
        (None, false, base) => view! {
            <input
                class="input" id=id.clone() type="text" inputmode=(base == Base::Number).then_some("decimal")
                autocomplete="off" spellcheck="false" required=required
                prop:value=move || text.get() on:input=set
            />
        }
        .into_any(),
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

/// A list or an object: as JSON, by rows, as a tree.
#[component]
fn JsonField(text: RwSignal<String>, ty: Type, id: String, required: bool) -> impl IntoView {
    let by_rows = RwSignal::new(false);
    let parsed = Memo::new(move |_| serde_json::from_str::<Json>(&text.get()).unwrap_or_default());
    let write = Callback::new(move |value: Json| {
        text.set(serde_json::to_string_pretty(&value).unwrap_or_default());
    });
    let is_list = ty.list;
    let item = Type { list: false, ..ty };
    view! {
        {move || {
            if !by_rows.get() {
                return view! {
                    <textarea
                        class="input mono" id=id.clone() rows="4" spellcheck="false" required=required
                        prop:value=move || text.get()
                        on:input=move |event| text.set(event_target_value(&event))
                    ></textarea>
                }
                .into_any();
            }
            if is_list {
                let items = Signal::derive(move || parsed.get().as_array().cloned().unwrap_or_default());
                return view! { <ListEditor item=item.clone() value=items on_change=move |items| write.run(Json::Array(items))/> }.into_any();
            }
            view! { <ObjectEditor value=parsed on_change=write/> }.into_any()
        }}
        <button class="button button-small value-mode" type="button" aria-pressed=move || by_rows.get().to_string() on:click=move |_| by_rows.update(|on| *on = !*on)>
            {move || t(match (by_rows.get(), is_list) {
                (true, _) => FieldText::AsJson,
                (false, true) => FieldText::AsRows,
                (false, false) => FieldText::AsTree,
            })}
        </button>
    }
}

/// A date: typed, or picked from a calendar.
#[component]
fn DateField(text: RwSignal<String>, id: String, required: bool) -> impl IntoView {
    let speech = use_speech();
    let is_open = RwSignal::new(false);
    let value = Signal::derive(move || {
        let read = read_moment(&text.get(), offset_minutes).ok().flatten();
        read.map(to_local)
    });
    let choose = move |local| {
        let stored = Json::String(from_local(local));
        text.set(untrack(|| shown_date(speech, &stored)));
    };
    let opens = t(FieldText::OpenPicker);
    view! {
        <div class="date-field">
            <input
                class="input" id=id type="text" autocomplete="off" spellcheck="false" required=required
                placeholder="2026-11-21 14:00" prop:value=move || text.get()
                on:input=move |event| text.set(event_target_value(&event))
            />
            <button class="bar-button" type="button" aria-label=opens title=opens aria-expanded=move || is_open.get().to_string() on:click=move |_| is_open.update(|open| *open = !*open)>
                <Icon name="calendar"/>
            </button>
        </div>
        {move || is_open.get().then(|| view! { <DatePicker value on_change=choose on_done=move |()| is_open.set(false)/> })}
    }
}

/// Reads a value as its type asks; text that is not JSON stays text where anything may come. `offset` says how far the
/// reader's clock is behind UTC at a moment, in minutes.
pub fn value_of(text: &str, ty: &Type, offset: impl Fn(NaiveDateTime) -> i64) -> Option<Json> {
    let json = serde_json::from_str::<Json>(text).ok();
    match (ty.list, ty.base) {
        (true, _) => json.filter(Json::is_array),
        (false, Base::Object) => json.filter(Json::is_object),
        (false, Base::Number) => read_number(text).ok().flatten(),
        (false, Base::Boolean) => json.filter(Json::is_boolean),
        (false, Base::Date) => {
            let date = read_moment(text, offset).ok().flatten()?;
            Some(Json::String(flow::iso(date)))
        }
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
            Some(json!("2026-11-22T08:30:00.000Z"))
        );
        assert_eq!(read("soon", one(Base::Date)), None);
    }
}
