//! The rows of one card: which fields are shown, in what order and where, counted from the card's upper edge.

mod lines;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use flow::{
    CardKind, CardSpec, Catalogue, Extensible, FieldKey, Flow, FlowKind, Input, InputRef, LaneId,
    Output, OutputRef, Step, StepId, StepIndex, Type,
};

use super::geometry::{Point, Rect};
use super::measure::{
    BOX, CARD, CHIP, FIELD, FOOT, HEADER, LINE, MORE, OUTPUT, SHOWN, SUMMARY, box_lines,
    plain_label,
};

pub use lines::{condition, container_head, container_outputs, is_condition, yield_rows};

/// What a viewer has opened and folded; not part of the document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Unfolded {
    /// Objects whose keys are shown.
    pub objects: HashSet<OutputRef>,
    /// Cards of which all inputs are shown.
    pub inputs: HashSet<StepId>,
    /// Cards of which all outputs are shown.
    pub outputs: HashSet<StepId>,
    /// Lanes that are folded.
    pub lanes: HashSet<(StepId, LaneId)>,
    /// Folded cards that are open for as long as something is dragged.
    pub cards: HashSet<StepId>,
}

/// What the canvas is drawn for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Purpose {
    /// Editing.
    #[default]
    Edit,
    /// Looking at a run.
    Run,
}

/// What decides the rows of all cards.
pub struct Facts<'a> {
    /// The flow.
    pub flow: &'a Flow,
    /// The cards.
    pub catalogue: &'a Catalogue,
    /// What is opened.
    pub unfolded: &'a Unfolded,
    /// What for.
    pub purpose: Purpose,
    /// Outputs that some input uses.
    pub used: Arc<HashSet<(StepId, FieldKey)>>,
    /// Keys inside objects that some input uses, and the keys above them: they are shown also in a folded object.
    pub used_keys: Arc<HashSet<OutputRef>>,
    /// Leave room for an error under this card.
    pub failed: Option<StepId>,
    /// The lane that is shown as a view of its own.
    pub root: Option<(StepId, LaneId)>,
    /// The flow's cards by id, where somebody has looked them up already.
    pub index: Option<&'a StepIndex>,
    /// The rows of cards that are known already.
    pub measured: Arc<Measured>,
}

/// The rows of all cards but containers: they do not change when a slot opens.
pub type Measured = HashMap<StepId, Arc<Rows>>;

impl Facts<'_> {
    /// Returns what an output is called, as wide as that is.
    fn label(&self, source: &OutputRef) -> String {
        let step = match self.index {
            Some(index) => index.step(self.flow, &source.step),
            None => self.flow.step(&source.step),
        };
        plain_label(step, source)
    }

    /// Tells whether a card is drawn folded.
    pub fn is_folded(&self, step: &Step) -> bool {
        step.collapsed && !self.unfolded.cards.contains(&step.id)
    }

    /// Returns the rows of a card that is not a container.
    pub fn rows_of(&self, step: &Step) -> Arc<Rows> {
        let known = self.measured.get(&step.id).cloned();
        known.unwrap_or_else(|| Arc::new(card_rows(self, step)))
    }

    /// Returns the rows of all cards but containers and notes.
    pub fn measure(&self) -> Measured {
        let all = self.flow.all_steps().into_iter();
        all.filter(|step| step.lanes.is_empty() && !step.is_note())
            .map(|step| (step.id.clone(), Arc::new(card_rows(self, step))))
            .collect()
    }
}

/// The rows of a card.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows {
    /// Upper edge of the connection.
    pub chip: Option<f64>,
    /// Input fields and options.
    pub inputs: Vec<InputRow>,
    /// Where "n more" inputs stands, and how many.
    pub more_inputs: Option<(f64, usize)>,
    /// Where "Add field" for inputs stands.
    pub add_input: Option<f64>,
    /// The line between inputs and outputs.
    pub divider: Option<f64>,
    /// Outputs.
    pub outputs: Vec<OutputRow>,
    /// Where "n more" outputs stands, and how many.
    pub more_outputs: Option<(f64, usize)>,
    /// Where "Add field" for outputs stands.
    pub add_output: Option<f64>,
    /// Upper edge of the foot.
    pub foot: Option<f64>,
    /// Height of all.
    pub height: f64,
}

/// An input field.
#[derive(Clone, Debug, PartialEq)]
pub struct InputRow {
    /// Which.
    pub at: InputRef,
    /// Label and box.
    pub bounds: Rect,
    /// The box.
    pub field: Rect,
    /// The label is drawn above the box.
    pub has_label: bool,
    /// Cannot be mapped.
    pub option: bool,
}

/// An output, or a key of an object among the outputs.
#[derive(Clone, Debug, PartialEq)]
pub struct OutputRow {
    /// Which.
    pub source: OutputRef,
    /// Its type.
    pub ty: Type,
    /// The row.
    pub bounds: Rect,
    /// Where wires leave.
    pub port: Point,
    /// Steps of indentation.
    pub indent: usize,
    /// Its keys can be shown; tells whether they are.
    pub open: Option<bool>,
}

/// Returns the rows of a card that is not a container.
pub fn card_rows(facts: &Facts, step: &Step) -> Rows {
    let spec = facts.catalogue.card(&step.card);
    let mut rows = Rows::default();
    let mut y = HEADER;
    if facts.is_folded(step) {
        rows.height = y + SUMMARY;
        return rows;
    }
    if has_connection(step, spec) {
        rows.chip = Some(y);
        y += CHIP;
    }
    y = input_rows(facts, step, spec, y, &mut rows);
    y = output_rows(facts, step, spec, y, CARD, &mut rows);
    rows.foot = Some(y);
    rows.height = y + FOOT;
    rows
}

fn has_connection(step: &Step, spec: Option<&CardSpec>) -> bool {
    step.connection.is_some() || spec.is_some_and(|spec| spec.connector.is_some())
}

fn input_rows(
    facts: &Facts,
    step: &Step,
    spec: Option<&CardSpec>,
    mut y: f64,
    rows: &mut Rows,
) -> f64 {
    let starts = facts
        .flow
        .steps
        .first()
        .is_some_and(|first| first.id == step.id);
    let is_start =
        starts && spec.is_some_and(|spec| spec.kind == CardKind::Event && spec.connector.is_none());
    let shown: Vec<&Input> = step
        .inputs
        .iter()
        .filter(|input| !input.hidden && (!is_start || input.option))
        .collect();
    let extends = facts.purpose == Purpose::Edit
        && !is_start
        && spec.is_some_and(|spec| {
            matches!(
                spec.extensible,
                Extensible::Inputs | Extensible::Both | Extensible::Mirrored
            )
        });
    if shown.is_empty() && !extends {
        return y;
    }
    let (options, fields): (Vec<&Input>, Vec<&Input>) =
        shown.into_iter().partition(|input| input.option);
    y += 6.0;
    for input in &options {
        y = push_input(facts, step, input, y, rows);
    }
    if !options.is_empty() && (!fields.is_empty() || extends) {
        y += 8.0;
    }
    let all = facts.unfolded.inputs.contains(&step.id);
    let picked = pick(&fields, all, |input| {
        !input.binding.is_blank() || input.required
    });
    let left = fields.len() - picked.len();
    for input in picked {
        y = push_input(facts, step, input, y, rows);
    }
    if left > 0 {
        rows.more_inputs = Some((y, left));
        y += MORE;
    }
    if extends {
        rows.add_input = Some(y);
        y += MORE + 4.0;
    }
    y + 4.0
}

fn push_input(facts: &Facts, step: &Step, input: &Input, y: f64, rows: &mut Rows) -> f64 {
    const SIDE: f64 = 12.0;
    let width = CARD - 2.0 * SIDE;
    let count = if facts.purpose == Purpose::Run {
        1
    } else {
        box_lines(input, width, &|source| facts.label(source))
    };
    #[expect(clippy::cast_precision_loss, reason = "at most four")]
    let more = LINE * (count - 1) as f64;
    let bounds = Rect::new(SIDE, y, width, FIELD + more);
    rows.inputs.push(InputRow {
        at: InputRef {
            arg: input.arg,
            ..InputRef::of(step.id.clone(), input.key.clone())
        },
        bounds,
        field: Rect::new(SIDE, y + 20.0, width, BOX + more),
        has_label: true,
        option: input.option || facts.purpose == Purpose::Run,
    });
    y + FIELD + more
}

fn output_rows(
    facts: &Facts,
    step: &Step,
    spec: Option<&CardSpec>,
    mut y: f64,
    width: f64,
    rows: &mut Rows,
) -> f64 {
    let only_in = is_given_back(step);
    let is_used = |output: &Output| {
        let key = (step.id.clone(), output.key.clone());
        facts.used.contains(&key)
    };
    let shown: Vec<&Output> = step
        .outputs
        .iter()
        .filter(|output| !only_in && !is_for_lane(step, output))
        .filter(|output| !output.hidden || is_used(output))
        .collect();
    let extends = facts.purpose == Purpose::Edit && may_add_output(facts, step, spec);
    if shown.is_empty() && !extends {
        return y;
    }
    rows.divider = Some(y);
    y += 7.0;
    let all = facts.unfolded.outputs.contains(&step.id);
    let picked = pick(&shown, all, is_used);
    let left = shown.len() - picked.len();
    for output in picked {
        let source = OutputRef {
            step: step.id.clone(),
            field: output.key.clone(),
            path: Vec::new(),
        };
        y = push_output(facts, source, &output.ty, width, y, rows);
    }
    if left > 0 {
        rows.more_outputs = Some((y, left));
        y += MORE;
    }
    if extends {
        rows.add_output = Some(y);
        y += MORE + 4.0;
    }
    y + 6.0
}

/// Cards that end the flow have outputs that nobody can use.
fn is_given_back(step: &Step) -> bool {
    step.card.module() == "control"
        && matches!(
            step.card.method(),
            "return" | "returnRaw" | "throw" | "throwIf"
        )
}

/// The error of If Error is offered in its error lane, not below it.
pub fn is_for_lane(step: &Step, output: &Output) -> bool {
    step.card.is("control", "tryCatch") && output.key.is("context", "error")
}

fn may_add_output(facts: &Facts, step: &Step, spec: Option<&CardSpec>) -> bool {
    let is_first = facts
        .flow
        .steps
        .first()
        .is_some_and(|first| first.id == step.id);
    spec.is_some_and(|spec| match spec.extensible {
        Extensible::Outputs | Extensible::Both => true,
        Extensible::Mirrored => is_first && facts.flow.kind() != FlowKind::Scheduled,
        Extensible::Inputs | Extensible::No => false,
    }) || (step.card.is("control", "spawn") && spec.is_some())
}

fn push_output(
    facts: &Facts,
    source: OutputRef,
    ty: &Type,
    width: f64,
    mut y: f64,
    rows: &mut Rows,
) -> f64 {
    const DEEPEST: usize = 6;
    let indent = source.path.len();
    let can_open = !ty.list && !ty.keys.is_empty() && indent < DEEPEST;
    let is_open = can_open && facts.unfolded.objects.contains(&source);
    rows.outputs.push(OutputRow {
        source: source.clone(),
        ty: ty.clone(),
        bounds: Rect::new(0.0, y, width, OUTPUT),
        port: Point::new(width, y + OUTPUT / 2.0),
        indent,
        open: can_open.then_some(is_open),
    });
    y += OUTPUT;
    for known in ty.keys.iter().filter(|_| can_open) {
        let mut inner = source.clone();
        inner.path.push(known.key.clone());
        if is_open || facts.used_keys.contains(&inner) {
            y = push_output(facts, inner, &known.ty, width, y, rows);
        }
    }
    y
}

/// The first few of `all`, those that are in use before the others, in their order.
fn pick<'a, T>(all: &[&'a T], show_all: bool, in_use: impl Fn(&T) -> bool) -> Vec<&'a T> {
    if show_all || all.len() <= SHOWN {
        return all.to_vec();
    }
    let mut spare = SHOWN.saturating_sub(all.iter().filter(|item| in_use(item)).count());
    all.iter()
        .copied()
        .filter(|item| {
            let is_shown = in_use(item) || spare > 0;
            if !in_use(item) {
                spare = spare.saturating_sub(1);
            }
            is_shown
        })
        .collect()
}
