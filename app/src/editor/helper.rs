//! Choices that bring fields with them: the columns of a table, the inputs and results of a helper flow.

use api::TableView;
use flow::{
    Base, Binding, Extensible, FieldKey, Flow, FlowEdit, Input, InputRef, Lookup, Output, Step,
    StepId, Type,
};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Editor;
use super::change::own_output;
use crate::rpc;

/// The group of the fields that are columns of a table, as in Okta's packs.
const COLUMNS: &str = "Fields";

impl Editor {
    /// A value was chosen from a list. Tables and flows bring their fields.
    pub fn choose(self, at: &InputRef, binding: Binding) {
        let chosen = match &binding {
            Binding::Constant { value } => value.as_str().map(str::to_owned),
            _ => None,
        };
        let bind = FlowEdit::Bind {
            input: at.clone(),
            binding,
        };
        let facts = self.board.flow.with_untracked(|flow| {
            let step = flow.step(&at.step)?.clone();
            let ty = flow.input(at)?.ty.clone();
            let catalogue = self.board.catalogue.get_untracked();
            let spec = catalogue.card(&step.card);
            let field =
                spec.and_then(|spec| spec.inputs.iter().find(|field| field.key == at.field));
            let lookup = field.and_then(|field| field.lookup);
            let extensible = spec.map(|spec| spec.extensible).unwrap_or_default();
            Some((step, ty, lookup, extensible))
        });
        let (Some((step, ty, lookup, extensible)), Some(chosen)) = (facts, chosen) else {
            self.edit(bind);
            return;
        };
        if lookup == Some(Lookup::Tables) {
            let table = self.board.tables.with_untracked(|tables| {
                tables
                    .iter()
                    .find(|table| table.id.as_str() == chosen)
                    .cloned()
            });
            let mut edits = vec![bind];
            if let Some(table) = table {
                edits.extend(columns(&step, &table, extensible));
            }
            self.edit(FlowEdit::Batch { edits });
        } else {
            self.edit(bind);
            if ty.base == Base::Flow {
                self.fetch_helper(step.id, chosen.into());
            }
        }
    }

    /// Fetches the flow that a card calls, and gives the card its inputs and results.
    fn fetch_helper(self, id: StepId, helper: flow::FlowId) {
        spawn_local(async move {
            let Ok(view) = rpc::open_flow(helper).await else {
                return;
            };
            let signature = flow::Signature::of(&view.draft);
            self.board.signatures.try_update(|known| {
                known.insert(view.draft.id.clone(), signature);
                known.extend(view.signatures);
            });
            let edits = self.board.flow.try_with_untracked(|flow| {
                let step = flow.step(&id)?;
                let edits = arguments(step, &view.draft);
                (!edits.is_empty()).then_some(edits)
            });
            if let Some(Some(edits)) = edits {
                self.edit(FlowEdit::Batch { edits });
            }
        });
    }
}

/// The edits that make the columns of a table the fields of a card, and leave those that are there already.
fn columns(step: &Step, table: &TableView, extensible: Extensible) -> Vec<FlowEdit> {
    let mut edits = Vec::new();
    let is_column = |key: &FieldKey| key.group.as_deref() == Some(COLUMNS);
    let is_kept = |key: &FieldKey| table.columns.iter().any(|column| column.name == key.key);
    if matches!(
        extensible,
        Extensible::Inputs | Extensible::Both | Extensible::Mirrored
    ) {
        let gone = step
            .inputs
            .iter()
            .filter(|input| is_column(&input.key) && !is_kept(&input.key));
        edits.extend(gone.map(|input| FlowEdit::RemoveInput {
            input: InputRef::of(step.id.clone(), input.key.clone()),
        }));
        let new = table
            .columns
            .iter()
            .filter(|column| step.input(COLUMNS, &column.name).is_none());
        edits.extend(new.map(|column| {
            let key = FieldKey::in_group(COLUMNS, &column.name);
            FlowEdit::AddInput {
                at: InputRef::of(step.id.clone(), key.clone()),
                input: Box::new(Input::new(key, Type::one(column.base))),
                index: usize::MAX,
            }
        }));
    }
    if matches!(
        extensible,
        Extensible::Outputs | Extensible::Both | Extensible::Mirrored
    ) {
        let gone = step
            .outputs
            .iter()
            .filter(|output| is_column(&output.key) && !is_kept(&output.key));
        edits.extend(gone.map(|output| FlowEdit::RemoveOutput {
            step: step.id.clone(),
            output: output.key.clone(),
        }));
        for column in &table.columns {
            let key = FieldKey::in_group(COLUMNS, &column.name);
            if step.output(&key).is_none() {
                edits.push(FlowEdit::AddOutput {
                    step: step.id.clone(),
                    output: Box::new(Output::new(key, Type::one(column.base))),
                    index: usize::MAX,
                });
            }
        }
    }
    edits
}

/// The edits that make a helper flow's inputs the arguments of the card that calls it, and its results the outputs of a
/// card that waits for them.
fn arguments(step: &Step, helper: &Flow) -> Vec<FlowEdit> {
    let mut edits = Vec::new();
    let wanted: Vec<&Output> = helper
        .steps
        .first()
        .map(|first| {
            first
                .outputs
                .iter()
                .filter(|output| output.key.group.is_none())
                .collect()
        })
        .unwrap_or_default();
    let at = |key: &FieldKey| InputRef {
        arg: true,
        ..InputRef::of(step.id.clone(), key.clone())
    };
    let old = step.inputs.iter().filter(|input| input.arg);
    edits.extend(
        old.filter(|input| wanted.iter().all(|output| output.key != input.key))
            .map(|input| FlowEdit::RemoveInput {
                input: at(&input.key),
            }),
    );
    let is_there = |key: &FieldKey| {
        step.inputs
            .iter()
            .any(|input| input.arg && input.key == *key)
    };
    edits.extend(
        wanted
            .iter()
            .filter(|output| !is_there(&output.key))
            .map(|output| FlowEdit::AddInput {
                at: at(&output.key),
                input: Box::new(Input {
                    label: output.label.clone(),
                    arg: true,
                    ..Input::new(output.key.clone(), output.ty.clone())
                }),
                index: usize::MAX,
            }),
    );
    if step.card.is("control", "spawn") {
        let results = helper
            .all_steps()
            .into_iter()
            .find(|inner| inner.card.is("control", "return"));
        let results = results
            .map(|found| found.inputs.as_slice())
            .unwrap_or_default();
        edits.extend(
            results
                .iter()
                .filter(|input| step.output(&input.key).is_none())
                .map(|input| FlowEdit::AddOutput {
                    step: step.id.clone(),
                    output: Box::new(own_output(input.key.clone(), input.ty.clone())),
                    index: usize::MAX,
                }),
        );
    }
    edits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canvas::example::step;
    use flow::{FlowId, apply};

    fn table(columns: &[&str]) -> TableView {
        TableView {
            id: "t".into(),
            folder: None,
            name: "People".into(),
            description: String::new(),
            columns: columns
                .iter()
                .map(|name| api::TableColumn {
                    name: (*name).to_owned(),
                    base: Base::Text,
                    default: None,
                })
                .collect(),
            rows: 0,
        }
    }

    fn flow_with(card: Step) -> Flow {
        let mut flow = Flow::new(FlowId::from("f"), "f");
        flow.steps = vec![card];
        flow
    }

    #[test]
    fn another_table_changes_the_columns_and_keeps_those_of_one_name() {
        let mut flow = flow_with(step("row", "string:compose"));
        for columns_of in [&["a", "b"][..], &["b", "c"][..]] {
            let edits = columns(&flow.steps[0], &table(columns_of), Extensible::Inputs);
            apply(&mut flow, FlowEdit::Batch { edits }).unwrap();
        }
        let keys: Vec<_> = flow.steps[0]
            .inputs
            .iter()
            .filter(|input| input.key.group.is_some())
            .map(|input| input.key.key.as_str())
            .collect();
        assert_eq!(keys, ["b", "c"]);
    }

    #[test]
    fn a_call_takes_the_inputs_of_its_helper_flow() {
        let mut helper = Flow::new(FlowId::from("h"), "h");
        let mut start = step("start", "control:let");
        start.outputs = vec![Output::new(FieldKey::plain("user"), Type::one(Base::Text))];
        helper.steps = vec![start];
        let mut flow = flow_with(step("call", "control:let"));
        let edits = arguments(&flow.steps[0], &helper);
        apply(&mut flow, FlowEdit::Batch { edits }).unwrap();
        assert!(flow.steps[0].inputs[0].arg);
        assert!(arguments(&flow.steps[0], &helper).is_empty());
        helper.steps[0].outputs.clear();
        let edits = arguments(&flow.steps[0], &helper);
        apply(&mut flow, FlowEdit::Batch { edits }).unwrap();
        assert!(flow.steps[0].inputs.is_empty());
    }
}
