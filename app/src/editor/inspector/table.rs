//! What the chosen table gives a card: its columns as fields, and conditions for the rows.

use std::collections::BTreeSet;

use api::TableView;
use flow::{Binding, Extensible, FieldKey, FlowEdit, Input, InputRef, Output, Step, StepId, Type};
use leptos::prelude::*;
use serde_json::Value as Json;

use crate::editor::state::Editor;
use crate::i18n::t;
use crate::i18n::texts::TableText;
use crate::pages::tables::filter::Conditions;

const FIELDS: &str = "Fields";
/// The group of the values that conditions take from other cards.
const OPERANDS: &str = "_expr";

/// The parts of the inspector that follow from a table; nothing for other cards.
#[component]
pub fn OfTable(editor: Editor, id: StepId) -> impl IntoView {
    let board = editor.board;
    let step = board.step(&id);
    let table = Memo::new(move |_| {
        let chosen = step.with(|step| {
            let input = step.as_ref()?.input("parameters", "stash")?;
            input.constant()?.as_str().map(str::to_owned)
        })?;
        board.tables.with(|all| {
            all.iter()
                .find(|table| table.id.as_str() == chosen)
                .cloned()
        })
    });
    let id = StoredValue::new(id);
    move || {
        table.get().map(|table| {
            view! {
                <Columns editor id=id.get_value() table=table.clone()/>
                <CardFilter editor id=id.get_value() table/>
            }
        })
    }
}

#[component]
fn Columns(editor: Editor, id: StepId, table: TableView) -> impl IntoView {
    let board = editor.board;
    let step = board.step(&id);
    let extensible = step.with_untracked(|step| {
        let spec = step.as_ref().and_then(|step| board.spec(step));
        spec.map(|spec| spec.extensible).unwrap_or_default()
    });
    let on_inputs = match extensible {
        Extensible::Inputs => true,
        Extensible::Outputs => false,
        _ => return ().into_any(),
    };
    let id = StoredValue::new(id);
    let rows = table.columns.into_iter().map(|column| {
        let key = FieldKey::in_group(FIELDS, column.name.as_str());
        let ty = Type::one(column.base);
        let shown = key.clone();
        let is_shown = Memo::new(move |_| {
            step.with(|step| {
                step.as_ref()
                    .is_some_and(|step| has(step, &shown, on_inputs))
            })
        });
        let toggle = move |_| {
            let (id, key) = (id.get_value(), key.clone());
            let edit = match (is_shown.get_untracked(), on_inputs) {
                (true, true) => FlowEdit::RemoveInput {
                    input: InputRef::of(id, key),
                },
                (true, false) => FlowEdit::RemoveOutput {
                    step: id,
                    output: key,
                },
                (false, true) => FlowEdit::AddInput {
                    at: InputRef::of(id, key.clone()),
                    input: Box::new(field(key, ty.clone())),
                    index: usize::MAX,
                },
                (false, false) => FlowEdit::AddOutput {
                    step: id,
                    output: Box::new(output(key, ty.clone())),
                    index: usize::MAX,
                },
            };
            editor.edit(edit);
        };
        view! {
            <li>
                <label class="choice">
                    <input type="checkbox" prop:checked=is_shown on:change=toggle/>
                    {column.name}
                </label>
            </li>
        }
    });
    view! {
        <section class="inspector-part">
            <h3>{t(TableText::ColumnFields)}</h3>
            <ul class="choose-list">{rows.collect_view()}</ul>
        </section>
    }
    .into_any()
}

fn has(step: &Step, key: &FieldKey, on_inputs: bool) -> bool {
    match on_inputs {
        true => step.inputs.iter().any(|input| input.key == *key),
        false => step.outputs.iter().any(|output| output.key == *key),
    }
}

fn field(key: FieldKey, ty: Type) -> Input {
    Input {
        custom: true,
        ..Input::new(key, ty)
    }
}

fn output(key: FieldKey, ty: Type) -> Output {
    Output {
        custom: true,
        ..Output::new(key, ty)
    }
}

#[component]
fn CardFilter(editor: Editor, id: StepId, table: TableView) -> impl IntoView {
    let key = FieldKey::in_group("Filter", "Where Expression");
    let held = editor.board.flow.with_untracked(|flow| {
        let input = flow.step(&id)?.input("Filter", "Where Expression")?;
        Some(input.constant().cloned())
    });
    let Some(held) = held else {
        return ().into_any();
    };
    let names = table
        .columns
        .iter()
        .map(|column| column.name.clone())
        .collect();
    let apply = move |filter: Option<Json>| {
        let edits = editor.board.flow.with_untracked(|flow| {
            let step = flow.step(&id)?;
            Some(edits_of(step, &key, filter, &table))
        });
        if let Some(edits) = edits {
            editor.edit(FlowEdit::Batch { edits });
        }
    };
    view! {
        <section class="inspector-part">
            <h3>{t(TableText::CardFilter)}</h3>
            <p class="hint">{t(TableText::CardFilterHint)}</p>
            <Conditions names initial=held can_map=true on_apply=apply/>
        </section>
    }
    .into_any()
}

/// The filter, and the inputs of the values that it takes from other cards.
fn edits_of(step: &Step, key: &FieldKey, filter: Option<Json>, table: &TableView) -> Vec<FlowEdit> {
    let filter = filter.unwrap_or_else(|| serde_json::json!({}));
    let rows = filter["expr"].as_array().cloned().unwrap_or_default();
    let mut wanted = BTreeSet::new();
    let mut edits = Vec::new();
    for row in &rows {
        let Some(operand) = row["rhd"]["outputId"].as_str() else {
            continue;
        };
        let at = FieldKey::in_group(OPERANDS, operand);
        if !step.inputs.iter().any(|input| input.key == at) && !wanted.contains(operand) {
            let column = row["lhs"].as_str().unwrap_or_default();
            let known = table.columns.iter().find(|known| known.name == column);
            let ty = Type::one(known.map_or(flow::Base::Text, |known| known.base));
            let mut input = field(at.clone(), ty);
            input.label = format!("{column} {}", row["op"].as_str().unwrap_or_default());
            edits.push(FlowEdit::AddInput {
                at: InputRef::of(step.id.clone(), at),
                input: Box::new(input),
                index: usize::MAX,
            });
        }
        wanted.insert(operand.to_owned());
    }
    let left = step.inputs.iter().filter(|input| {
        input.key.group.as_deref() == Some(OPERANDS) && !wanted.contains(input.key.key.as_str())
    });
    edits.extend(left.map(|input| FlowEdit::RemoveInput {
        input: InputRef::of(step.id.clone(), input.key.clone()),
    }));
    edits.push(FlowEdit::Bind {
        input: InputRef::of(step.id.clone(), key.clone()),
        binding: Binding::Constant { value: filter },
    });
    edits
}
