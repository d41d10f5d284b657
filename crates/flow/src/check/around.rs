//! What surrounds a flow as far as its checks need it: connections, tables, and the flows that its cards may call. What
//! nobody told is not checked.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::card::CardKey;
use crate::document::{FieldKey, Flow, FlowKind, Input, Output, Step};
use crate::id::{ConnectionId, FlowId, TableId};
use crate::scopes::Granted;
use crate::types::{Base, Type};

/// What surrounds a flow.
#[derive(Clone, Debug, Default)]
pub struct Around {
    /// The scopes of the connections.
    pub granted: Granted,
    /// The connections that cards may use.
    pub connections: Option<Vec<KnownConnection>>,
    /// The tables that cards may use.
    pub tables: Option<Vec<KnownTable>>,
    /// All flows.
    pub flows: Option<Vec<KnownFlow>>,
    /// What flows take, give and call, as far as it was asked.
    pub signatures: HashMap<FlowId, Signature>,
    /// The reader's time zone, by its name in the tz database.
    pub zone: Option<String>,
}

/// A connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownConnection {
    /// Its id.
    pub id: ConnectionId,
    /// The module of the cards that it is for.
    pub module: String,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownTable {
    /// Its id.
    pub id: TableId,
    /// Its columns, by name.
    pub columns: Vec<(String, Base)>,
}

/// A flow that may be called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownFlow {
    /// Its id.
    pub id: FlowId,
    /// Its name.
    pub name: String,
    /// How it is started.
    pub kind: FlowKind,
}

/// What a flow takes from its caller, what it gives back, and which flows it calls in any case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// What it is called.
    #[serde(default)]
    pub name: String,
    /// Its inputs: key, label, type.
    #[serde(default)]
    pub inputs: Vec<(FieldKey, String, Type)>,
    /// What its first Return gives: key, label, type.
    #[serde(default)]
    pub returns: Vec<(FieldKey, String, Type)>,
    /// The flows that each of its runs calls, whatever the values are.
    #[serde(default)]
    pub always_calls: Vec<FlowId>,
    /// All flows that its cards name.
    #[serde(default)]
    pub calls: Vec<FlowId>,
}

impl Signature {
    /// Returns the signature of a flow.
    pub fn of(flow: &Flow) -> Self {
        let first = flow.steps.first();
        let inputs = first.into_iter().flat_map(|first| &first.outputs);
        let all = flow.all_steps();
        let ends = all.iter().find(|step| step.card.is("control", "return"));
        let returns = ends.into_iter().flat_map(|step| &step.inputs);
        Self {
            name: flow.name.clone(),
            inputs: inputs
                .filter(|output| output.key.group.is_none())
                .map(of_output)
                .collect(),
            returns: returns.map(of_input).collect(),
            always_calls: always_calls(flow),
            calls: all.into_iter().flat_map(called).collect(),
        }
    }
}

fn of_output(output: &Output) -> (FieldKey, String, Type) {
    (output.key.clone(), output.label.clone(), output.ty.clone())
}

fn of_input(input: &Input) -> (FieldKey, String, Type) {
    (input.key.clone(), input.label.clone(), input.ty.clone())
}

/// Returns the flows that a card names.
pub(super) fn called(step: &Step) -> impl Iterator<Item = FlowId> {
    let of_flow = step
        .inputs
        .iter()
        .filter(|input| input.ty.base == Base::Flow);
    of_flow.filter_map(|input| {
        let id = input.constant()?.as_str()?;
        (!id.is_empty()).then(|| FlowId::from(id))
    })
}

/// The calls in the flow's own row up to the first card that may end it.
pub(super) fn always_calls(flow: &Flow) -> Vec<FlowId> {
    let is_end = |card: &CardKey| {
        matches!(
            card.as_str(),
            "control:continueIf"
                | "control:return"
                | "control:returnRaw"
                | "control:throw"
                | "control:throwIf"
        )
    };
    flow.steps
        .iter()
        .take_while(|step| step.lanes.is_empty() && !is_end(&step.card))
        .filter(|step| matches!(step.card.as_str(), "control:spawn" | "control:run"))
        .flat_map(called)
        .collect()
}
