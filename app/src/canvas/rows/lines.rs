//! The fields of containers: conditions in a line, declared outputs at the foot, what each lane yields.

use flow::{Input, InputRef, Lane, Step};

use super::{Facts, InputRow, Purpose, Rows, input_rows, output_rows};
use crate::canvas::geometry::{Point, Rect};
use crate::canvas::measure::{BOX, CARD, CONDITION, FIELD, HEADER};

/// Returns the rows above the lanes of a container, and its height without lanes and outputs.
pub fn container_head(facts: &Facts, step: &Step, width: f64) -> Rows {
    let mut rows = Rows::default();
    let mut y = HEADER;
    if is_condition(&step.inputs) {
        rows.inputs = condition(
            facts,
            step,
            None,
            &step.inputs,
            Rect::new(0.0, y, width, CONDITION),
        );
        y += CONDITION;
    } else if step.inputs.iter().any(|input| !input.hidden) {
        y = input_rows(facts, step, None, y, &mut rows);
    }
    rows.height = y;
    rows
}

/// Returns the fields of a condition beside each other in a line.
pub fn condition(
    facts: &Facts,
    step: &Step,
    lane: Option<&Lane>,
    inputs: &[Input],
    line: Rect,
) -> Vec<InputRow> {
    const BETWEEN: f64 = 8.0;
    const OPERATOR: f64 = 124.0;
    let room = line.w - 32.0;
    let side = (room - OPERATOR - 2.0 * BETWEEN) / 2.0;
    let mut x = line.x + 16.0;
    let top = line.y + (line.h - BOX) / 2.0;
    let mut rows = Vec::new();
    for key in CONDITION_KEYS {
        let Some(input) = inputs.iter().find(|input| input.key.key == key) else {
            continue;
        };
        let width = if key == "operator" { OPERATOR } else { side };
        let field = Rect::new(x, top, width, BOX);
        rows.push(InputRow {
            at: InputRef {
                lane: lane.map(|lane| lane.id.clone()),
                arg: input.arg,
                ..InputRef::of(step.id.clone(), input.key.clone())
            },
            bounds: field,
            field,
            has_label: false,
            option: input.option || facts.purpose == Purpose::Run,
        });
        x += width + BETWEEN;
    }
    rows
}

const CONDITION_KEYS: [&str; 3] = ["left-operand", "operator", "right-operand"];

/// Tells whether these are the fields of a condition.
pub fn is_condition(inputs: &[Input]) -> bool {
    inputs.iter().any(|input| input.key.key == "left-operand")
}

/// Returns the outputs of a container, as rows of this width below `y`.
pub fn container_outputs(facts: &Facts, step: &Step, y: f64, width: f64, rows: &mut Rows) -> f64 {
    let spec = facts.catalogue.card(&step.card);
    let end = output_rows(facts, step, spec, y, width, rows);
    rows.divider = None;
    end
}

/// Returns fields beside each other, as wide as cards: the values that a lane yields.
pub fn yield_rows(facts: &Facts, step: &Step, lane: &Lane, origin: Point) -> Vec<InputRow> {
    let mut x = origin.x;
    lane.yields
        .iter()
        .filter(|input| !input.hidden)
        .map(|input| {
            let bounds = Rect::new(x, origin.y, CARD, FIELD);
            x += CARD + 12.0;
            InputRow {
                at: InputRef {
                    step: step.id.clone(),
                    lane: Some(lane.id.clone()),
                    yields: true,
                    arg: input.arg,
                    field: input.key.clone(),
                },
                bounds,
                field: Rect::new(bounds.x, bounds.y + 20.0, bounds.w, BOX),
                has_label: true,
                option: facts.purpose == Purpose::Run,
            }
        })
        .collect()
}
