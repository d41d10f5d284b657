//! A box for what is chosen from a list: choices of the catalogue and of the org, flows, tables.

use flow::{Base, Binding, FlowKind, Input, InputRef, Lookup};
use leptos::prelude::*;
use serde_json::Value as Json;
use web_sys::FocusEvent;

use super::field::{input_of, lookup_of, tab_stop};
use super::literal::written;
use crate::canvas::board::{Board, use_board};
use crate::editor::use_editor;
use crate::i18n::texts::CanvasText;
use crate::i18n::{Speech, t, use_speech};

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
        <select class="field-select" disabled=editor.is_none() tabindex=move || tab.get() aria-label=move || label.get() prop:value=move || chosen.get() on:change=choose on:focus=ask>
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
