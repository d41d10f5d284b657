//! Boxes for what is typed or chosen: numbers, dates, JSON, true and false, choices, flows, tables.

use flow::{Base, Binding, FlowKind, Input, InputRef, Lookup, Type};
use leptos::html;
use leptos::prelude::*;
use serde_json::Value as Json;
use web_sys::{FocusEvent, KeyboardEvent};

use super::field::{input_of, lookup_of, tab_stop};
use crate::canvas::board::{Board, use_board};
use crate::editor::use_editor;
use crate::i18n::texts::CanvasText;
use crate::i18n::{Speech, t, use_speech};

/// A box for one typed value that is not text.
#[component]
pub(super) fn LiteralBox(at: InputRef, label: Memo<String>) -> impl IntoView {
    let (board, editor) = (use_board(), use_editor());
    let input = input_of(board, &at);
    let ty = Memo::new(move |_| {
        input.with(|input| {
            input
                .as_ref()
                .map_or(Type::one(Base::Any), |input| input.ty.clone())
        })
    });
    let element = NodeRef::<html::Input>::new();
    let is_wrong = RwSignal::new(false);
    let visit = format!("{at:?}");
    let tab = tab_stop(board, &at);
    // What is typed and cannot be read stays in the box; what comes from elsewhere replaces it.
    Effect::new(move || {
        let text = input.with(|input| input.as_ref().map(written).unwrap_or_default());
        if let Some(element) = element.get() {
            let same = read(&element.value(), &ty.get_untracked());
            let known =
                input.with_untracked(|input| input.as_ref().map(|input| input.binding.clone()));
            if same.ok() != known {
                element.set_value(&text);
                is_wrong.set(false);
            }
        }
    });
    let typed = {
        let at = at.clone();
        move |event: web_sys::Event| {
            let Some(editor) = editor else { return };
            match read(&event_target_value(&event), &ty.get_untracked()) {
                Ok(binding) => {
                    is_wrong.set(false);
                    let edit = flow::FlowEdit::Bind {
                        input: at.clone(),
                        binding,
                    };
                    editor.type_into(edit, &visit);
                    editor.values.set(None);
                }
                Err(()) => is_wrong.set(true),
            }
        }
    };
    let opened = at.clone();
    let keys = at.clone();
    view! {
        <input
            class="field-input"
            class:mono=move || ty.get().list || ty.get().base == Base::Object
            aria-label=move || label.get()
            aria-invalid=move || is_wrong.get().then_some("true")
            placeholder=placeholder(ty)
            autocomplete="off"
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
            on:blur=move |_: FocusEvent| leave(editor)
            on:keydown=move |event: KeyboardEvent| {
                let opens = (event.ctrl_key() && event.key() == " ")
                    || (event.key() == "{" && ty.get_untracked().base != Base::Object && !ty.get_untracked().list);
                if let (Some(editor), Some(element)) = (editor, element.get_untracked()) {
                    super::rich::field_key(editor, &keys, &event, opens, &element);
                }
            }
        />
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
fn written(input: &Input) -> String {
    match &input.binding {
        Binding::Constant {
            value: Json::String(text),
        } => text.clone(),
        Binding::Constant { value: Json::Null } | Binding::Empty => String::new(),
        Binding::Constant { value } => value.to_string(),
        Binding::Output { .. } | Binding::Template { .. } | Binding::Item { .. } => String::new(),
    }
}

/// Reads what was typed. An error means: not of this type yet.
fn read(text: &str, ty: &Type) -> Result<Binding, ()> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(Binding::Empty);
    }
    let json = || serde_json::from_str::<Json>(text).map_err(|_| ());
    let value = match (ty.list, ty.base) {
        (true, _) => json().and_then(|value| if value.is_array() { Ok(value) } else { Err(()) })?,
        (false, Base::Object) => json()?,
        (false, Base::Number) => json().and_then(|value| {
            if value.is_number() {
                Ok(value)
            } else {
                Err(())
            }
        })?,
        (false, _) => Json::String(text.to_owned()),
    };
    Ok(Binding::Constant { value })
}

/// A list to choose from.
#[component]
pub(super) fn ChoiceBox(at: InputRef, label: Memo<String>) -> impl IntoView {
    let (board, editor, speech) = (use_board(), use_editor(), use_speech());
    let input = input_of(board, &at);
    let chosen =
        Memo::new(move |_| input.with(|input| input.as_ref().map(written).unwrap_or_default()));
    let tab = tab_stop(board, &at);
    let choices = {
        let at = at.clone();
        Memo::new(move |_| {
            input.with(|input| {
                input
                    .as_ref()
                    .map(|input| choices(board, speech, input, &at))
                    .unwrap_or_default()
            })
        })
    };
    let asked = at.clone();
    let ask = move |_: FocusEvent| {
        if let Some(editor) = editor {
            editor.ask_schema_of(&asked);
        }
    };
    let choose = move |event: web_sys::Event| {
        let Some(editor) = editor else { return };
        let value = event_target_value(&event);
        let base = input.with_untracked(|input| input.as_ref().map(|input| input.ty.base));
        editor.choose(&at, chosen_value(&value, base));
    };
    let options = move || {
        let chosen = chosen.get();
        let known = choices.get();
        let is_strange = !chosen.is_empty() && known.iter().all(|(value, _)| *value != chosen);
        let strange = is_strange.then(|| (chosen.clone(), chosen.clone()));
        known
            .into_iter()
            .chain(strange)
            .map(|(value, label)| {
                let is_chosen = value == chosen;
                view! { <option value=value selected=is_chosen prop:selected=is_chosen>{label}</option> }
            })
            .collect_view()
    };
    view! {
        <select class="field-select" tabindex=move || tab.get() aria-label=move || label.get() prop:value=move || chosen.get() on:change=choose on:focus=ask>
            <option value="">{t(CanvasText::Choose)}</option>
            {options}
        </select>
    }
}

/// Returns what is stored for a choice: a number as a number, True and False as such.
fn chosen_value(value: &str, base: Option<Base>) -> Binding {
    match (value, base) {
        ("", _) => Binding::Empty,
        ("true", Some(Base::Boolean)) => Binding::constant(true),
        ("false", Some(Base::Boolean)) => Binding::constant(false),
        (text, Some(Base::Number)) => {
            let number = serde_json::from_str::<Json>(text).ok();
            number
                .filter(Json::is_number)
                .map_or_else(|| Binding::constant(text), Binding::constant)
        }
        (text, _) => Binding::constant(text),
    }
}

/// Returns the values to choose from with what they are called.
pub(super) fn choices(
    board: Board,
    speech: Speech,
    input: &Input,
    at: &InputRef,
) -> Vec<(String, String)> {
    if lookup_of(board, at) == Some(Lookup::Tables) {
        return board.tables.with(|tables| {
            tables
                .iter()
                .map(|table| (table.id.to_string(), table.name.clone()))
                .collect()
        });
    }
    match input.ty.base {
        Base::Flow => {
            let own = board.flow.with(|flow| flow.id.clone());
            board.callable.with(|flows| {
                let chosen = written(input);
                let others = flows.iter().filter(|row| {
                    let is_helper = row.kind == FlowKind::Helper && row.id != own;
                    is_helper || row.id.as_str() == chosen
                });
                others
                    .map(|row| (row.id.to_string(), row.name.clone()))
                    .collect()
            })
        }
        Base::Boolean if input.choices.is_empty() => vec![
            ("true".to_owned(), speech.say(&CanvasText::True)),
            ("false".to_owned(), speech.say(&CanvasText::False)),
        ],
        _ => named_choices(board, input, at),
    }
}

/// The choices with the names that the catalogue gives them.
fn named_choices(board: Board, input: &Input, at: &InputRef) -> Vec<(String, String)> {
    let known = board.names(|names| {
        let step = names.flow.step(&at.step)?;
        let spec = names.catalogue.card(&step.card)?;
        let mut lanes = spec.lanes.iter().flat_map(|lane| &lane.inputs);
        let own = spec.inputs.iter().find(|field| field.key == at.field);
        let field = own.or_else(|| lanes.find(|field| field.key.key == at.field.key))?;
        Some(field.choices.clone())
    });
    let mut known = known.unwrap_or_default();
    if known.is_empty() {
        known = use_editor()
            .map(|editor| editor.org_choices(at))
            .unwrap_or_default();
    }
    let of_org = known.iter().map(|choice| choice.value.clone()).collect();
    let values: Vec<String> = if input.choices.is_empty() {
        of_org
    } else {
        input.choices.clone()
    };
    values
        .iter()
        .map(|value| {
            let label = known.iter().find(|choice| choice.value == *value);
            (
                value.clone(),
                label.map_or_else(|| value.clone(), |choice| choice.label.clone()),
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[track_caller]
    fn check(text: &str, ty: Type, expected: Result<Json, ()>) {
        let expected = expected.map(|value| Binding::Constant { value });
        assert_eq!(read(text, &ty), expected, "{text}");
    }

    #[test]
    fn typed_values_are_read_by_their_type() {
        check("12.5", Type::one(Base::Number), Ok(json!(12.5)));
        check("twelve", Type::one(Base::Number), Err(()));
        check("[1, 2]", Type::list_of(Base::Number), Ok(json!([1, 2])));
        check("1", Type::list_of(Base::Number), Err(()));
        check(r#"{"a": 1}"#, Type::one(Base::Object), Ok(json!({"a": 1})));
        check("2026-01-02", Type::one(Base::Date), Ok(json!("2026-01-02")));
        assert_eq!(read("  ", &Type::one(Base::Number)), Ok(Binding::Empty));
    }

    #[test]
    fn choices_are_stored_in_the_type_of_the_field() {
        let check = |text: &str, base, stored: Json| {
            let expected = Binding::Constant { value: stored };
            assert_eq!(chosen_value(text, Some(base)), expected, "{text}");
        };
        check("2", Base::Number, json!(2));
        check("2", Base::Text, json!("2"));
        check("true", Base::Boolean, json!(true));
        check("true", Base::Text, json!("true"));
    }
}
