//! The way of a value on the canvas: from the port of its card to each field that uses it.

use std::fmt::Write;

use flow::{Flow, InputRef, OutputRef, Step, StepId};

use super::geometry::{Point, Rect};
use super::layout::{CardBox, Layout};
use super::measure::{FRAME, HEADER, LANE};

/// A line from an output to an input.
#[derive(Clone, Debug, PartialEq)]
pub struct Wire {
    /// Where the value comes from.
    pub source: OutputRef,
    /// Where it goes.
    pub target: InputRef,
    /// The path, as in the `d` of an SVG path.
    pub path: String,
}

/// Which wires to draw.
#[derive(Clone, Debug, PartialEq)]
pub enum Which {
    /// All.
    All,
    /// Those that begin or end at this card.
    Of(StepId),
    /// Those of this value and of what is inside it.
    From(OutputRef),
    /// Those that end at this input.
    To(InputRef),
}

impl Which {
    fn takes(&self, source: &OutputRef, target: &InputRef) -> bool {
        match self {
            Self::All => true,
            Self::Of(step) => source.step == *step || target.step == *step,
            Self::From(from) => {
                source.step == from.step
                    && source.field == from.field
                    && source.path.starts_with(&from.path)
            }
            Self::To(to) => target == to,
        }
    }
}

/// Returns the links of the flow that are asked for.
pub fn links(flow: &Flow, which: &Which) -> Vec<(OutputRef, InputRef)> {
    let mut found = Vec::new();
    for step in flow.all_steps() {
        for_each_input(step, &mut |at, input| {
            input.binding.each_source(&mut |source| {
                let link = (source.clone(), at.clone());
                if which.takes(source, at) && !found.contains(&link) {
                    found.push(link);
                }
            });
        });
    }
    found
}

/// Calls `visit` for every input of a card with its address.
pub fn for_each_input(step: &Step, visit: &mut dyn FnMut(&InputRef, &flow::Input)) {
    for input in &step.inputs {
        let at = InputRef {
            arg: input.arg,
            ..InputRef::of(step.id.clone(), input.key.clone())
        };
        visit(&at, input);
    }
    for lane in &step.lanes {
        let of_lane = |input: &flow::Input, yields| InputRef {
            lane: Some(lane.id.clone()),
            yields,
            arg: input.arg,
            ..InputRef::of(step.id.clone(), input.key.clone())
        };
        for input in &lane.inputs {
            visit(&of_lane(input, false), input);
        }
        for input in &lane.yields {
            visit(&of_lane(input, true), input);
        }
    }
}

/// Returns the lines to draw.
pub fn wires(flow: &Flow, layout: &Layout, which: &Which) -> Vec<Wire> {
    links(flow, which)
        .into_iter()
        .filter_map(|(source, target)| {
            let from = port(layout, &source)?;
            let (to, card) = entry(layout, &target)?;
            let lane_top = card
                .place
                .lane
                .as_ref()
                .and_then(|(step, lane)| layout.lane(step, lane).map(|lane| lane.rect.y + 4.0));
            let source_right = layout.card(&source.step)?.rect.right();
            Some(Wire {
                path: route(from, to, source_right, card.rect, lane_top),
                source,
                target,
            })
        })
        .collect()
}

/// Where the wires of an output leave: at its row, else at the nearest row that shows what it is in, else at the
/// card's heading.
fn port(layout: &Layout, source: &OutputRef) -> Option<Point> {
    let card = layout.card(&source.step)?;
    let row = card
        .outputs()
        .filter(|row| row.source.field == source.field && source.path.starts_with(&row.source.path))
        .max_by_key(|row| row.source.path.len());
    if let Some(row) = row {
        return Some(row.port);
    }
    let error = layout
        .lanes
        .iter()
        .filter(|lane| lane.step == source.step)
        .find_map(|lane| {
            let row = lane.error.as_ref()?;
            (row.source.field == source.field)
                .then(|| Point::new(row.port.x + lane.rect.x, row.port.y + lane.rect.y))
        });
    Some(error.unwrap_or_else(|| heading(card, card.rect.right())))
}

fn entry<'a>(layout: &'a Layout, target: &InputRef) -> Option<(Point, &'a CardBox)> {
    let card = layout.card(&target.step)?;
    let own = card.inputs().find(|row| row.at == *target);
    let row = own.or_else(|| {
        let lane = layout.lane(&target.step, target.lane.as_ref()?)?;
        lane.inputs().find(|row| row.at == *target)
    });
    let point = row.map_or_else(
        || heading(card, card.rect.x),
        |row| Point::new(row.field.x, row.field.center().y),
    );
    Some((point, card))
}

fn heading(card: &CardBox, x: f64) -> Point {
    Point::new(x, card.rect.y + HEADER / 2.0)
}

/// Right out of the source, along the gutter behind it, and into the target from the left. Cards further on are
/// reached over the head of their lane or above the row, so that a wire never runs under text.
fn route(from: Point, to: Point, source_right: f64, target: Rect, lane_top: Option<f64>) -> String {
    let out = source_right.max(from.x) + 14.0;
    let gutter = target.x.min(to.x) - 14.0;
    if gutter - out < 44.0 && gutter >= out - 14.0 {
        let middle = (out + gutter) / 2.0;
        return polyline(&[
            from,
            Point::new(middle, from.y),
            Point::new(middle, to.y),
            to,
        ]);
    }
    let lane = lane_top
        .unwrap_or(target.y - FRAME + 4.0)
        .max(target.y - LANE * 3.0);
    polyline(&[
        from,
        Point::new(out, from.y),
        Point::new(out, lane),
        Point::new(gutter, lane),
        Point::new(gutter, to.y),
        to,
    ])
}

const CORNER: f64 = 9.0;

/// A line through the points with rounded corners.
fn polyline(points: &[Point]) -> String {
    let mut path = String::new();
    let Some(first) = points.first() else {
        return path;
    };
    push(&mut path, format_args!("M{:.1} {:.1}", first.x, first.y));
    for triple in points.windows(3) {
        let [before, corner, after] = triple else {
            continue;
        };
        let radius = CORNER
            .min(before.distance(*corner) / 2.0)
            .min(corner.distance(*after) / 2.0);
        let enter = towards(*corner, *before, radius);
        let leave = towards(*corner, *after, radius);
        push(
            &mut path,
            format_args!(
                " L{:.1} {:.1} Q{:.1} {:.1} {:.1} {:.1}",
                enter.x, enter.y, corner.x, corner.y, leave.x, leave.y
            ),
        );
    }
    if let Some(last) = points.last() {
        push(&mut path, format_args!(" L{:.1} {:.1}", last.x, last.y));
    }
    path
}

fn push(path: &mut String, piece: std::fmt::Arguments) {
    // Writing to a String cannot fail.
    path.write_fmt(piece).unwrap_or_default();
}

fn towards(from: Point, to: Point, by: f64) -> Point {
    let distance = from.distance(to);
    if distance == 0.0 {
        return from;
    }
    let part = by / distance;
    Point::new(
        from.x + (to.x - from.x) * part,
        from.y + (to.y - from.y) * part,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canvas::example::{branched, catalogue};
    use crate::canvas::layout::editing;
    use crate::canvas::rows::Unfolded;

    #[test]
    fn a_wire_goes_from_the_port_to_the_field() {
        let flow = branched();
        let unfolded = Unfolded::default();
        let catalogue = catalogue();
        let layout = Layout::of(&editing(&flow, &catalogue, &unfolded), None);
        let drawn = wires(
            &flow,
            &layout,
            &Which::To(InputRef::of(
                "read".into(),
                flow::FieldKey::in_group("User", "ID or Login"),
            )),
        );
        assert_eq!(drawn.len(), 1);
        let port = layout
            .card(&"event".into())
            .unwrap()
            .outputs()
            .next()
            .unwrap()
            .port;
        assert!(
            drawn[0]
                .path
                .starts_with(&format!("M{:.1} {:.1}", port.x, port.y))
        );
        assert_eq!(drawn[0].source.step, "event".into());
    }

    #[test]
    fn the_wires_of_a_card_are_those_that_touch_it() {
        let flow = branched();
        assert_eq!(links(&flow, &Which::Of("read".into())).len(), 3);
        assert_eq!(links(&flow, &Which::Of("end".into())).len(), 0);
        assert_eq!(links(&flow, &Which::All).len(), 4);
    }

    #[test]
    fn corners_are_rounded() {
        let path = polyline(&[
            Point::new(0.0, 0.0),
            Point::new(20.0, 0.0),
            Point::new(20.0, 40.0),
        ]);
        assert_eq!(path, "M0.0 0.0 L11.0 0.0 Q20.0 0.0 20.0 9.0 L20.0 40.0");
    }
}
