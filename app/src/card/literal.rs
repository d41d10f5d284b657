//! Boxes for what is typed and is not text: numbers, dates, lists, objects.

use chrono::NaiveDateTime;
use flow::literal::{Unreadable, read_items, read_list, read_moment, read_number, read_object};
use flow::{Base, Binding, Input, InputRef, Type};
use leptos::html;
use leptos::prelude::*;
use serde_json::Value as Json;
use wasm_bindgen::JsCast;
use web_sys::{FocusEvent, KeyboardEvent};

use super::field::{input_of, tab_stop};
use crate::canvas::board::use_board;
use crate::editor::{Editor, use_editor};
use crate::i18n::texts::{CanvasText, FieldText};
use crate::i18n::{Speech, t, use_speech};
use crate::kit::Icon;
use crate::kit::typed::{offset_minutes, shown_date, unreadable_text};

/// A box for one typed value that is not text; a button beside it opens an editor with more room.
#[component]
pub(super) fn LiteralBox(at: InputRef, label: Memo<String>) -> impl IntoView {
    let (board, editor, speech) = (use_board(), use_editor(), use_speech());
    let input = input_of(board, &at);
    let ty = Memo::new(move |_| {
        input.with(|input| {
            input
                .as_ref()
                .map_or(Type::one(Base::Any), |input| input.ty.clone())
        })
    });
    let element = NodeRef::<html::Input>::new();
    let fault = RwSignal::new(None::<Unreadable>);
    let is_left = RwSignal::new(false);
    let visit = format!("{at:?}");
    let tab = tab_stop(board, &at);
    // What is typed and cannot be read stays in the box; what comes from elsewhere replaces it.
    Effect::new(move || {
        let text = input.with(|input| {
            input
                .as_ref()
                .map(|input| shown(speech, input))
                .unwrap_or_default()
        });
        if let Some(element) = element.get() {
            let same = read(&element.value(), &ty.get_untracked(), offset_minutes);
            let known =
                input.with_untracked(|input| input.as_ref().map(|input| input.binding.clone()));
            if same.ok() != known {
                element.set_value(&text);
                fault.set(None);
            }
        }
    });
    let typed = {
        let at = at.clone();
        move |event: web_sys::Event| {
            let Some(editor) = editor else { return };
            is_left.set(false);
            match read(
                &event_target_value(&event),
                &ty.get_untracked(),
                offset_minutes,
            ) {
                Ok(binding) => {
                    fault.set(None);
                    let edit = flow::FlowEdit::Bind {
                        input: at.clone(),
                        binding,
                    };
                    editor.type_into(edit, &visit);
                    editor.values.set(None);
                }
                Err(wrong) => fault.set(Some(wrong)),
            }
        }
    };
    let (opened, keys, more) = (at.clone(), at.clone(), at.clone());
    let told = move || fault.get().filter(|_| is_left.get());
    view! {
        <input
            class="field-input"
            class:mono=move || ty.get().list || ty.get().base == Base::Object
            aria-label=move || label.get()
            aria-invalid=move || fault.read().is_some().then_some("true")
            placeholder=placeholder(ty)
            autocomplete="off"
            readonly=editor.is_none()
            tabindex=move || tab.get()
            spellcheck="false"
            node_ref=element
            on:input=typed
            on:click=move |_| {
                if let (Some(editor), Some(element)) = (editor, element.get_untracked())
                    && element.value().is_empty()
                {
                    editor.open_values(&opened, &element, 0);
                }
            }
            on:blur=move |_: FocusEvent| {
                is_left.set(true);
                leave(editor);
            }
            on:keydown=move |event: KeyboardEvent| {
                let opens = (event.ctrl_key() && event.key() == " ")
                    || (event.key() == "{" && ty.get_untracked().base != Base::Object && !ty.get_untracked().list);
                if event.key() == "Enter" {
                    is_left.set(true);
                }
                if let (Some(editor), Some(element)) = (editor, element.get_untracked()) {
                    super::rich::field_key(editor, &keys, &event, opens, &element);
                }
            }
        />
        {move || told().map(|fault| view! {
            <div class="field-reason" role="alert"><p>{t(unreadable_text(fault))}</p></div>
        })}
        {move || {
            let editor = editor?;
            let icon = more_icon(&ty.get())?;
            Some(view! { <MoreButton editor at=more.clone() label icon/> })
        }}
    }
}

/// The icon of the editor with more room, for types that have one.
fn more_icon(ty: &Type) -> Option<&'static str> {
    match (ty.list, ty.base) {
        (true, _) => Some("list"),
        (false, Base::Object) => Some("braces"),
        (false, Base::Date) => Some("calendar"),
        _ => None,
    }
}

/// Opens the editor with more room.
#[component]
fn MoreButton(
    editor: Editor,
    at: InputRef,
    label: Memo<String>,
    icon: &'static str,
) -> impl IntoView {
    let tab = tab_stop(editor.board, &at);
    let name = move || t(FieldText::EditValue { field: label.get() }).get();
    view! {
        <button
            class="field-open"
            type="button"
            tabindex=move || tab.get()
            aria-label=name
            title=name
            aria-haspopup="dialog"
            on:pointerdown=|event| event.stop_propagation()
            on:click=move |event| {
                let button = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
                if let Some(button) = button {
                    editor.open_typed(&at, &button);
                }
            }
        >
            <Icon name=icon/>
        </button>
    }
}

pub(super) fn leave(editor: Option<crate::editor::Editor>) {
    if let Some(editor) = editor {
        editor.end_visit();
        editor.close_values_soon();
    }
}

fn placeholder(ty: Memo<Type>) -> Signal<String> {
    let speech = use_speech();
    Signal::derive(move || {
        let ty = ty.get();
        speech.say(&match (ty.list, ty.base) {
            (true, _) => CanvasText::HintList,
            (false, Base::Object) => CanvasText::HintObject,
            (false, Base::Date) => CanvasText::HintDate,
            (false, Base::Number) => CanvasText::HintNumber,
            _ => CanvasText::HintValue,
        })
    })
}

/// Returns a typed value as it stands in the box.
pub(super) fn written(input: &Input) -> String {
    match &input.binding {
        Binding::Constant {
            value: Json::String(text),
        } => text.clone(),
        Binding::Constant { value: Json::Null } | Binding::Empty => String::new(),
        Binding::Constant { value } => value.to_string(),
        Binding::Output { .. } | Binding::Template { .. } | Binding::Item { .. } => String::new(),
    }
}

/// The same, a date on the clock of the reader.
fn shown(speech: Speech, input: &Input) -> String {
    match &input.binding {
        Binding::Constant { value } if input.ty == Type::one(Base::Date) => {
            shown_date(speech, value)
        }
        _ => written(input),
    }
}

/// Reads what was typed, a date on the clock of the reader.
fn read(
    text: &str,
    ty: &Type,
    offset: impl Fn(NaiveDateTime) -> i64,
) -> Result<Binding, Unreadable> {
    let item = || Type {
        list: false,
        ..ty.clone()
    };
    let value = match (ty.list, ty.base) {
        (true, _) if text.trim_start().starts_with('[') => read_list(text, &item())?,
        (true, _) if text.trim().is_empty() => None,
        (true, _) => Some(Json::Array(read_items(text, &item())?)),
        (false, Base::Object) => read_object(text)?,
        (false, Base::Number) => read_number(text)?,
        (false, Base::Date) => {
            let date = read_moment(text, offset)?;
            date.map(|date| Json::String(flow::iso(date)))
        }
        (false, _) => {
            let text = text.trim();
            (!text.is_empty()).then(|| Json::String(text.to_owned()))
        }
    };
    Ok(value.map_or(Binding::Empty, |value| Binding::Constant { value }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[track_caller]
    fn check(text: &str, ty: Type, expected: Result<Json, Unreadable>) {
        let expected = expected.map(|value| Binding::Constant { value });
        assert_eq!(read(text, &ty, |_| -540), expected, "{text}");
    }

    #[test]
    fn typed_values_are_read_by_their_type() {
        check("12.5", Type::one(Base::Number), Ok(json!(12.5)));
        check(
            "twelve",
            Type::one(Base::Number),
            Err(Unreadable::NotANumber),
        );
        check("[1, 2]", Type::list_of(Base::Number), Ok(json!([1, 2])));
        check("1, 2", Type::list_of(Base::Number), Ok(json!([1, 2])));
        check(
            "[1, \"a\"]",
            Type::list_of(Base::Number),
            Err(Unreadable::Item(2)),
        );
        check(r#"{"a": 1}"#, Type::one(Base::Object), Ok(json!({"a": 1})));
        // Tokyo is nine hours ahead.
        let morning = json!("2026-01-02T00:00:00.000Z");
        check("2026/01/02 9:00", Type::one(Base::Date), Ok(morning));
        for ty in [
            Type::one(Base::Number),
            Type::list_of(Base::Text),
            Type::one(Base::Date),
        ] {
            assert_eq!(read("  ", &ty, |_| 0), Ok(Binding::Empty));
        }
    }
}
