//! Containers: a frame with a heading, a condition, one lane per branch below each other, and outputs at the foot.

use std::sync::Arc;

use flow::{Lane, Step};

use super::place::{Builder, RowSpec};
use super::{LaneBox, Point, Rect};
use crate::canvas::measure::{CONDITION, DEEP, FIELD, FRAME, HEADER, LANE, LANE_HEAD, ROW};
use crate::canvas::rows::{
    OutputRow, Purpose, Rows, condition, container_head, container_outputs, is_condition,
    is_for_lane, yield_rows,
};

/// Places a container with all it holds and returns its frame and its rows.
pub(super) fn container(
    builder: &mut Builder,
    step: &Step,
    origin: Point,
    depth: usize,
) -> (Rect, Arc<Rows>) {
    let head = container_head(builder.facts, step, ROW).height;
    let first = builder.out.lanes.len();
    let mut y = origin.y + head + if head > HEADER { 4.0 } else { LANE };
    let mut width: f64 = ROW;
    let mut mine = Vec::new();
    for lane in &step.lanes {
        let corner = Point::new(origin.x + FRAME, y);
        let (placed, inner) = place_lane(builder, step, lane, corner, depth);
        width = width.max(inner);
        y = placed.rect.bottom() + LANE;
        mine.push(placed);
    }
    let frame = width + 2.0 * LANE + 2.0 * FRAME;
    for lane in &mut mine {
        widen(builder, step, lane, frame - 2.0 * FRAME);
    }
    builder.out.lanes.splice(first..first, mine);
    let mut rows = container_head(builder.facts, step, frame);
    let below = y - LANE + FRAME - origin.y;
    let end = container_outputs(builder.facts, step, below - 8.0, frame, &mut rows);
    rows.height = end.max(below);
    let rect = Rect::new(origin.x, origin.y, frame, rows.height);
    (rect, Arc::new(rows))
}

fn place_lane(
    builder: &mut Builder,
    step: &Step,
    lane: &Lane,
    corner: Point,
    depth: usize,
) -> (LaneBox, f64) {
    let key = (step.id.clone(), lane.id.clone());
    let opens = depth + 1 >= DEEP;
    let is_folded = opens || builder.facts.unfolded.lanes.contains(&key);
    let mut placed = LaneBox {
        step: step.id.clone(),
        id: lane.id.clone(),
        rect: Rect::new(corner.x, corner.y, 0.0, LANE_HEAD),
        level: depth + 1,
        is_folded,
        opens,
        cards: lane.steps.iter().filter(|step| !step.is_note()).count(),
        condition: Vec::new(),
        yields: Vec::new(),
        error: None,
    };
    if is_folded {
        return (placed, ROW);
    }
    let mut y = LANE_HEAD;
    if is_condition(&lane.inputs) {
        y += CONDITION - 4.0;
    }
    let row = builder.row(&RowSpec {
        steps: &lane.steps,
        lane: Some(key),
        depth: depth + 1,
        origin: Point::new(corner.x + LANE, corner.y + y),
    });
    y += row.h + LANE;
    let origin = Point::new(LANE, y);
    placed.yields = yield_rows(builder.facts, step, lane, origin);
    let yielded = placed
        .yields
        .last()
        .map_or(0.0, |last| last.bounds.right() - LANE);
    if !placed.yields.is_empty() {
        y += FIELD + 10.0;
    }
    placed.rect.h = y;
    (placed, row.w.max(yielded))
}

/// Gives the lane its width, and what depends on it.
fn widen(builder: &Builder, step: &Step, placed: &mut LaneBox, width: f64) {
    placed.rect.w = width;
    if placed.is_folded {
        return;
    }
    let Some(lane) = step.lane(&placed.id) else {
        return;
    };
    if is_condition(&lane.inputs) {
        let line = Rect::new(-4.0, LANE_HEAD - 6.0, width + 8.0, CONDITION);
        placed.condition = condition(builder.facts, step, Some(lane), &lane.inputs, line);
    }
    placed.error = error_row(builder, step, lane, width);
}

fn error_row(builder: &Builder, step: &Step, lane: &Lane, width: f64) -> Option<OutputRow> {
    let offers = lane.id.as_str() == "error" && builder.facts.purpose == Purpose::Edit;
    let output = step
        .outputs
        .iter()
        .find(|output| offers && is_for_lane(step, output))?;
    let bounds = Rect::new(width - 120.0, 4.0, 108.0, 26.0);
    Some(OutputRow {
        source: flow::OutputRef {
            step: step.id.clone(),
            field: output.key.clone(),
            path: Vec::new(),
        },
        ty: output.ty.clone(),
        bounds,
        port: Point::new(bounds.right(), bounds.y + 13.0),
        indent: 0,
        open: None,
    })
}
