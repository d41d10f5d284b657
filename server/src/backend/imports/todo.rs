//! What is left to do with a pack, card by card: what has to be connected, replaced or filled in.

use std::collections::{BTreeMap, HashSet};

use api::{PackTodo, TodoKind};
use flopack::{Imported, PackConnection};
use flow::{
    Base, Binding, CardSpec, Catalogue, ConnectionId, Flow, Granted, Input, Problem, ProblemCode,
    Step, Then,
};
use serde_json::Value as Json;

use super::needed_module;

/// What exists, here or in the pack.
pub(super) struct Known {
    pub(super) flows: HashSet<String>,
    pub(super) tables: HashSet<String>,
}

/// Lists what is left to do with a pack that was not imported yet.
pub(super) fn of_pack(pack: &Imported, here: Known, catalogue: &Catalogue) -> Vec<PackTodo> {
    let mut known = here;
    known
        .flows
        .extend(pack.flows.iter().map(|flow| flow.flow.id.to_string()));
    known
        .tables
        .extend(pack.tables.iter().map(|table| table.id.clone()));
    pack.flows
        .iter()
        .flat_map(|flow| of_flow(&flow.flow, &known, catalogue, true))
        .collect()
}

/// Lists what is left to do with a flow. `is_foreign`: its connections are those of a pack, and mean nothing here.
pub(super) fn of_flow(
    flow: &Flow,
    known: &Known,
    catalogue: &Catalogue,
    is_foreign: bool,
) -> Vec<PackTodo> {
    let problems = flow::check(flow, catalogue, &Granted::default());
    let mut by_step: BTreeMap<&str, Vec<&Problem>> = BTreeMap::new();
    for problem in &problems {
        if let Some(step) = &problem.step {
            by_step.entry(step.as_str()).or_default().push(problem);
        }
    }
    let mut todos = Vec::new();
    for step in flow.all_steps() {
        if step.is_note() {
            continue;
        }
        let spec = catalogue.card(&step.card);
        let mut list = List {
            flow,
            step,
            spec,
            todos: &mut todos,
        };
        list.connection(catalogue, is_foreign);
        for problem in by_step.remove(step.id.as_str()).unwrap_or_default() {
            list.problem(problem);
        }
        list.references(known);
    }
    todos
}

/// Lists the cards of an imported flow that can do without a connection and had one in the pack that was not assigned.
pub(super) fn unassigned(
    flow: &Flow,
    pack: &[PackConnection],
    assigned: &BTreeMap<String, ConnectionId>,
    catalogue: &Catalogue,
) -> Vec<PackTodo> {
    let mut todos = Vec::new();
    for step in flow.all_steps() {
        let theirs = step
            .connection
            .as_ref()
            .and_then(|id| pack.iter().find(|known| known.id == id.as_str()));
        let spec = catalogue.card(&step.card);
        let Some(theirs) = theirs.filter(|theirs| {
            spec.is_some_and(|spec| spec.connector.is_none()) && !assigned.contains_key(&theirs.id)
        }) else {
            continue;
        };
        let mut list = List {
            flow,
            step,
            spec,
            todos: &mut todos,
        };
        list.add(TodoKind::Connect, None, format!("module:{}", theirs.name));
    }
    todos
}

struct List<'a> {
    flow: &'a Flow,
    step: &'a Step,
    spec: Option<&'a CardSpec>,
    todos: &'a mut Vec<PackTodo>,
}

impl List<'_> {
    fn add(&mut self, kind: TodoKind, field: Option<String>, about: String) {
        let own = || {
            self.spec.map_or_else(
                || self.step.card.method().to_owned(),
                |spec| spec.name_en.clone(),
            )
        };
        self.todos.push(PackTodo {
            flow: self.flow.id.clone(),
            flow_name: self.flow.name.clone(),
            step: self.step.id.clone(),
            card: self.step.card.clone(),
            title: self.step.title.clone().unwrap_or_else(own),
            kind,
            field,
            about,
        });
    }

    /// `about` is the pack's connection, or `module:<name>` where the card lost its own.
    fn connection(&mut self, catalogue: &Catalogue, is_foreign: bool) {
        match (&self.step.connection, needed_module(self.step, catalogue)) {
            (Some(id), _) if is_foreign && self.spec.is_some() => {
                self.add(TodoKind::Connect, None, id.to_string());
            }
            (None, Some(module)) => self.add(TodoKind::Connect, None, format!("module:{module}")),
            _ => {}
        }
    }

    fn problem(&mut self, problem: &Problem) {
        let kind = match problem.code {
            ProblemCode::UnknownCard => TodoKind::Replace,
            ProblemCode::RequiredEmpty => TodoKind::FillIn,
            ProblemCode::NoHelper => TodoKind::ChooseFlow,
            ProblemCode::SourceGone
            | ProblemCode::SourceLater
            | ProblemCode::SourceInLane
            | ProblemCode::TypeMismatch => TodoKind::Map,
            ProblemCode::NoSchedule | ProblemCode::NoEvent | ProblemCode::MisplacedEvent => {
                TodoKind::FillIn
            }
            // What connections lack is told with them; the others are no work that an import leaves.
            _ => return,
        };
        let field = problem
            .input
            .as_ref()
            .and_then(|at| self.flow.input(at))
            .map(|input| input.label.clone());
        let about = match kind {
            TodoKind::Replace => flow::connector_name(self.step.card.module()),
            _ => String::new(),
        };
        self.add(kind, field, about);
    }

    /// Flows and tables that are neither here nor in the pack.
    fn references(&mut self, known: &Known) {
        let step = self.step;
        let lanes = step.lanes.iter().flat_map(|lane| &lane.inputs);
        for input in step.inputs.iter().chain(lanes) {
            let Some(id) = constant(input) else { continue };
            if input.ty.base == Base::Flow && !known.flows.contains(id) {
                self.add(
                    TodoKind::ChooseFlow,
                    Some(input.label.clone()),
                    id.to_owned(),
                );
            }
            if input.key.is("parameters", "stash") && !known.tables.contains(id) {
                self.add(
                    TodoKind::ChooseTable,
                    Some(input.label.clone()),
                    id.to_owned(),
                );
            }
        }
        if let Then::RunFlow { flow } = &step.on_error.then
            && !known.flows.contains(flow.as_str())
        {
            self.add(TodoKind::ChooseFlow, None, flow.to_string());
        }
    }
}

fn constant(input: &Input) -> Option<&str> {
    match &input.binding {
        Binding::Constant {
            value: Json::String(id),
        } if !id.is_empty() => Some(id),
        _ => None,
    }
}
