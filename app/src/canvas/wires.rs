//! The way of a value on the canvas: from the port of its card to each field that uses it.

use std::fmt::Write;

use flow::{Flow, InputRef, OutputRef, Step, StepId, StepIndex};

use super::geometry::{Point, Rect};
use super::layout::{CardBox, Layout, Shape};
use super::measure::{HEADER, LANE, LANE_HEAD};
use super::trail::Link;

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

/// The part of the flow that is drawn: its layout, and the way to each card for those that are hidden in a folded
/// container or lane.
#[derive(Clone, Copy)]
pub struct Drawn<'a> {
    /// Where everything stands.
    pub layout: &'a Layout,
    /// The flow.
    pub flow: &'a Flow,
    /// Its cards by id.
    pub index: &'a StepIndex,
}

/// Returns the lines to draw. Those that cannot touch `window` are left out.
pub fn wires(drawn: Drawn, links: &[Link], window: Option<Rect>) -> Vec<Wire> {
    let mut found: Vec<Wire> = Vec::new();
    for link in links {
        let Some(path) = drawn.wire(link, window) else {
            continue;
        };
        // What is hidden in one container shares its line.
        if found.iter().rev().take(24).all(|wire| wire.path != path) {
            found.push(Wire {
                path,
                source: link.source.clone(),
                target: link.target.clone(),
            });
        }
    }
    found
}

/// Where a line ends: the point, how far to the left it comes down, and the height at which it comes there.
struct End {
    at: Point,
    gutter: f64,
    over: f64,
    /// The card that it ends at.
    frame: Rect,
}

/// A frame that a line enters: it goes along `over`, and down at `x`.
struct Hop {
    x: f64,
    over: f64,
}

/// Lines go down this far before a frame, beside the "+".
const BESIDE: f64 = 6.0;

impl Drawn<'_> {
    fn wire(self, link: &Link, window: Option<Rect>) -> Option<String> {
        let (from, right) = self.port(&link.source)?;
        let end = self.entry(&link.target)?;
        let reach = Rect::new(from.x, from.y, 1.0, 1.0)
            .with(Rect::new(end.gutter, end.over, 1.0, 1.0))
            .with(Rect::new(end.at.x, end.at.y, 1.0, 1.0));
        if window.is_some_and(|window| !window.meets(reach.grown(20.0))) {
            return None;
        }
        Some(route(from, right, &self.hops(link, &end), &end))
    }

    /// The frames between the source and the target, the outermost first.
    fn hops(self, link: &Link, end: &End) -> Vec<Hop> {
        let behind = self.index.around(self.flow, &link.source.step);
        let mut hops = Vec::new();
        let ahead = self.index.around(self.flow, &link.target.step);
        let entered = ahead
            .iter()
            .filter(|lane| lane.0 != link.source.step && !behind.contains(lane))
            .map(|(step, _)| step);
        let is_around = behind.iter().any(|(step, _)| *step == link.target.step);
        let own = Some(&link.target.step).filter(|_| end.gutter > end.frame.x && !is_around);
        for step in entered.chain(own) {
            let Some(card) = self.layout.card(step) else {
                break;
            };
            hops.push(Hop {
                x: card.rect.x - BESIDE,
                over: self.above(card),
            });
        }
        hops
    }

    /// The height at which lines pass over the row of a card: along the edge of its lane, or above the flow.
    fn above(self, card: &CardBox) -> f64 {
        let lane = card.place.lane.as_ref();
        let lane = lane.and_then(|(step, lane)| self.layout.lane(step, lane));
        lane.map_or(card.rect.y - LANE, |lane| lane.rect.y + 4.0)
    }

    /// Where the wires of an output leave: at its row, else at the nearest row that shows what it is in, else at the
    /// card's heading. With the right edge of its card.
    fn port(self, source: &OutputRef) -> Option<(Point, f64)> {
        let Some(card) = self.layout.card(&source.step) else {
            let rect = self.hidden(&source.step)?;
            let at = Point::new(rect.right(), rect.y + HEADER / 2.0);
            return Some((at, rect.right()));
        };
        let right = card.rect.right();
        let mine = card.rows.outputs.iter().filter(|row| {
            row.source.field == source.field && source.path.starts_with(&row.source.path)
        });
        if let Some(row) = mine.max_by_key(|row| row.source.path.len()) {
            let at = Point::new(card.rect.x + row.port.x, card.rect.y + row.port.y);
            return Some((at, right));
        }
        let mut lanes = self
            .layout
            .lanes
            .iter()
            .filter(|lane| card.shape == Shape::Container && lane.step == source.step);
        let error = lanes.find_map(|lane| {
            let row = lane.error.as_ref()?;
            let at = Point::new(row.port.x + lane.rect.x, row.port.y + lane.rect.y);
            (row.source.field == source.field).then_some((at, lane.rect.right() - LANE))
        });
        Some(error.unwrap_or_else(|| (heading(card, right), right)))
    }

    fn entry(self, target: &InputRef) -> Option<End> {
        let Some(card) = self.layout.card(&target.step) else {
            let rect = self.hidden(&target.step)?;
            return Some(End {
                at: Point::new(rect.x, rect.y + LANE_HEAD.min(rect.h) / 2.0),
                gutter: rect.x - BESIDE,
                over: rect.y - BESIDE,
                frame: rect,
            });
        };
        let frame = card.rect;
        let end = |at: Point, gutter: f64, over: f64| End {
            at,
            gutter,
            over,
            frame,
        };
        if let Some(id) = &target.lane {
            let lane = self.layout.lane(&target.step, id)?;
            let Some(row) = lane.inputs().find(|row| row.at == *target) else {
                let at = Point::new(lane.rect.x, lane.rect.y + LANE_HEAD / 2.0);
                return Some(end(at, at.x - BESIDE, lane.rect.y - BESIDE));
            };
            // Between the fields of a condition, and above what a lane yields.
            return Some(end(
                left_of(row.field),
                row.field.x - 5.0,
                row.bounds.y - 5.0,
            ));
        }
        let over = self.above(card);
        Some(match card.inputs().find(|row| row.at == *target) {
            None => end(heading(card, frame.x), frame.x - 14.0, over),
            Some(row) if row.has_label => end(left_of(row.field), frame.x - 14.0, over),
            Some(row) => {
                let under_head = frame.y + HEADER + 5.0;
                end(left_of(row.field), row.field.x - 5.0, under_head)
            }
        })
    }

    /// The folded container or lane that hides a card.
    fn hidden(self, id: &StepId) -> Option<Rect> {
        let around = self.index.around(self.flow, id);
        let (step, lane) = around
            .iter()
            .rev()
            .find(|(step, _)| self.layout.card(step).is_some())?;
        let lane = self.layout.lane(step, lane).map(|lane| lane.rect);
        lane.or_else(|| self.layout.card(step).map(|card| card.rect))
    }
}

fn left_of(field: Rect) -> Point {
    Point::new(field.x, field.center().y)
}

fn heading(card: &CardBox, x: f64) -> Point {
    Point::new(x, card.rect.y + HEADER / 2.0)
}

/// Right out of the source, along the gutter behind it, over the heads of rows and lanes into each frame on the way, and
/// into the target from the left, so that a wire never runs over text.
fn route(from: Point, right: f64, hops: &[Hop], end: &End) -> String {
    const NEAR: f64 = 58.0;
    let out = right.max(from.x) + 14.0;
    let (to, gutter) = (end.at, end.gutter);
    if hops.is_empty() && gutter >= out - 14.0 && gutter - out < NEAR - 14.0 && to.x >= out {
        let middle = (out + gutter) / 2.0;
        return polyline(&[
            from,
            Point::new(middle, from.y),
            Point::new(middle, to.y),
            to,
        ]);
    }
    let mut points = vec![from];
    let mut x = out;
    let mut hops = hops.iter();
    if let Some(first) = hops.next() {
        // The frame that stands right behind the source is entered from the gap between them.
        if first.x < out - 14.0 || first.x - out > NEAR {
            points.extend([Point::new(out, from.y), Point::new(out, first.over)]);
            points.push(Point::new(first.x, first.over));
        } else {
            points.push(Point::new(first.x, from.y));
        }
        x = first.x;
    } else {
        points.push(Point::new(out, from.y));
    }
    for hop in hops {
        points.extend([Point::new(x, hop.over), Point::new(hop.x, hop.over)]);
        x = hop.x;
    }
    points.extend([
        Point::new(x, end.over),
        Point::new(gutter, end.over),
        Point::new(gutter, to.y),
        to,
    ]);
    polyline(&points)
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
    use crate::canvas::example::{branched, catalogue, login};
    use crate::canvas::layout::editing;
    use crate::canvas::rows::Unfolded;
    use crate::canvas::trail::all_links;

    fn drawn(flow: &Flow, unfolded: &Unfolded, window: Option<Rect>) -> (Layout, Vec<Wire>) {
        let catalogue = catalogue();
        let layout = Layout::of(&editing(flow, &catalogue, unfolded), None);
        let index = StepIndex::of(flow);
        let drawn = Drawn {
            layout: &layout,
            flow,
            index: &index,
        };
        let wires = wires(drawn, &all_links(flow), window);
        (layout, wires)
    }

    #[test]
    fn a_wire_goes_from_the_port_to_the_field() {
        let (layout, wires) = drawn(&branched(), &Unfolded::default(), None);
        let wire = wires
            .iter()
            .find(|wire| wire.target == login("read"))
            .unwrap();
        let port = layout
            .card(&"event".into())
            .unwrap()
            .outputs()
            .next()
            .unwrap()
            .port;
        let start = format!("M{:.1} {:.1}", port.x, port.y);
        assert!(wire.path.starts_with(&start));
        assert_eq!(wire.source.step, "event".into());
    }

    #[test]
    fn wires_out_of_sight_are_not_drawn() {
        let far = Rect::new(9_000.0, 0.0, 400.0, 400.0);
        let (_, wires) = drawn(&branched(), &Unfolded::default(), Some(far));
        assert_eq!(wires, []);
    }

    #[test]
    fn a_wire_into_a_folded_lane_ends_at_the_lane() {
        let mut unfolded = Unfolded::default();
        let lane = flow::LaneId::new("true");
        unfolded.lanes.insert(("if".into(), lane.clone()));
        let (layout, wires) = drawn(&branched(), &unfolded, None);
        let wire = wires
            .iter()
            .find(|wire| wire.target == login("suspend"))
            .unwrap();
        let rect = layout.lane(&"if".into(), &lane).unwrap().rect;
        let end = format!("L{:.1} {:.1}", rect.x, rect.y + 17.0);
        assert!(wire.path.ends_with(&end), "{}", wire.path);
    }

    #[test]
    fn a_wire_to_the_second_side_of_a_condition_does_not_cross_the_first() {
        let mut flow = branched();
        let right = InputRef::of("if".into(), flow::FieldKey::plain("right-operand"));
        flow.input_mut(&right).unwrap().binding =
            flow::Binding::output(crate::canvas::example::output("event", "ID"));
        let (layout, wires) = drawn(&flow, &Unfolded::default(), None);
        let wire = wires.iter().find(|wire| wire.target == right).unwrap();
        let card = layout.card(&"if".into()).unwrap();
        let fields: Vec<Rect> = card.inputs().map(|row| row.field).collect();
        let under_head = format!("{:.1}", card.rect.y + HEADER + 5.0);
        assert!(wire.path.contains(&under_head), "{}", wire.path);
        assert!(
            fields
                .iter()
                .all(|field| field.y > card.rect.y + HEADER + 5.0)
        );
    }

    /// The straight pieces of a path.
    fn pieces(path: &str) -> Vec<Rect> {
        let numbers = path.replace(['M', 'L', 'Q'], " ");
        let numbers: Vec<f64> = numbers
            .split_whitespace()
            .map(|n| n.parse().unwrap())
            .collect();
        let points: Vec<Point> = numbers
            .chunks(2)
            .map(|at| Point::new(at[0], at[1]))
            .collect();
        points
            .windows(2)
            .map(|two| {
                let (a, b) = (two[0], two[1]);
                Rect::new(
                    a.x.min(b.x),
                    a.y.min(b.y),
                    (a.x - b.x).abs(),
                    (a.y - b.y).abs(),
                )
            })
            .collect()
    }

    #[test]
    fn a_wire_into_nested_frames_crosses_no_card() {
        // event, read, if (true: compose, if (true: suspend)), end
        let mut flow = branched();
        let suspend = flow.step(&"suspend".into()).cloned();
        let mut inner = crate::canvas::example::step("inner", "control:if");
        inner.lanes[0].steps = suspend.into_iter().collect();
        let lane = &mut flow.step_mut(&"if".into()).unwrap().lanes[0];
        lane.steps = vec![
            crate::canvas::example::step("first", "okta:readUser"),
            inner,
        ];
        let (layout, wires) = drawn(&flow, &Unfolded::default(), None);
        assert_eq!(wires.len(), 4);
        for wire in wires {
            for card in layout.cards.iter().filter(|card| card.shape == Shape::Card) {
                let ends = [&wire.source.step, &wire.target.step].contains(&&card.id);
                let body = Rect::new(
                    card.rect.x + 1.0,
                    card.rect.y + 1.0,
                    card.rect.w - 2.0,
                    card.rect.h - 2.0,
                );
                let crossed = pieces(&wire.path)
                    .into_iter()
                    .find(|piece| piece.grown(0.1).meets(body));
                assert!(ends || crossed.is_none(), "{} over {}", wire.path, card.id);
            }
        }
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
