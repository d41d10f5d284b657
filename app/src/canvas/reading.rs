//! Moving through a flow by keyboard, and moving its cards: along the row, into lanes and out of them.

use flow::{Flow, Place, Step, StepId};
pub use flow::{place_of, row_of};

/// Where to go from a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The card before it in its row.
    Back,
    /// The card after it in its row.
    On,
    /// Into the first lane, or down to the next lane.
    In,
    /// Up to the lane before, or out to the container.
    Out,
    /// The first card of the row.
    First,
    /// The last card of the row.
    Last,
}

/// Returns the card in this direction.
pub fn neighbour(flow: &Flow, from: &StepId, way: Way) -> Option<StepId> {
    let at = place_of(flow, from)?;
    let row = row_of(flow, &at)?;
    let id = |step: &Step| step.id.clone();
    match way {
        Way::Back => at
            .index
            .checked_sub(1)
            .and_then(|index| row.get(index))
            .map(id),
        Way::On => row.get(at.index + 1).map(id),
        Way::First => row.first().map(id),
        Way::Last => row.last().map(id),
        Way::In => row
            .get(at.index)
            .and_then(|step| first_inside(&step.lanes))
            .map(id)
            .or_else(|| beside(flow, &at, 1)),
        Way::Out => beside(flow, &at, -1)
            .or_else(|| at.lane.as_ref().map(|(container, _)| container.clone())),
    }
}

fn first_inside(lanes: &[flow::Lane]) -> Option<&Step> {
    lanes.iter().find_map(|lane| lane.steps.first())
}

/// The first card of the lane below (1) or above (-1) in the same container.
fn beside(flow: &Flow, at: &Place, by: isize) -> Option<StepId> {
    let (container, lane) = at.lane.as_ref()?;
    let lanes = &flow.step(container)?.lanes;
    let here = lanes.iter().position(|known| known.id == *lane)?;
    let mut next = here.checked_add_signed(by);
    while let Some(found) = next.and_then(|index| lanes.get(index)) {
        if let Some(first) = found.steps.first() {
            return Some(first.id.clone());
        }
        next = next.and_then(|index| index.checked_add_signed(by));
    }
    None
}

/// Returns the place to which the keyboard moves a card; nothing where it cannot go further. The card that starts the
/// flow keeps its place.
pub fn moved(flow: &Flow, id: &StepId, way: Way) -> Option<Place> {
    let at = place_of(flow, id)?;
    if at.lane.is_none() && at.index == 0 {
        return None;
    }
    let row = row_of(flow, &at)?;
    let to = match way {
        Way::Back => {
            let index = at.index.checked_sub(1)?;
            if at.lane.is_none() && index == 0 {
                return None;
            }
            Place { index, ..at }
        }
        Way::On if at.index + 1 < row.len() => Place {
            index: at.index + 1,
            ..at
        },
        Way::In => return into(flow, &at, row),
        Way::Out => return out(flow, &at),
        Way::On | Way::First | Way::Last => return None,
    };
    Some(to)
}

/// Down: into the next lane of the same container, else into the first lane of the container that follows in the row,
/// else of the one before.
fn into(flow: &Flow, at: &Place, row: &[Step]) -> Option<Place> {
    if let Some((container, lane)) = &at.lane {
        let lanes = &flow.step(container)?.lanes;
        let here = lanes.iter().position(|known| known.id == *lane)?;
        if let Some(next) = lanes.get(here + 1) {
            return Some(Place {
                lane: Some((container.clone(), next.id.clone())),
                index: next.steps.len(),
            });
        }
    }
    let next = row.get(at.index + 1);
    let before = at.index.checked_sub(1).and_then(|index| row.get(index));
    let (step, at_start) =
        [(next, true), (before, false)]
            .into_iter()
            .find_map(|(step, at_start)| {
                step.filter(|step| !step.lanes.is_empty())
                    .map(|step| (step, at_start))
            })?;
    let lane = step.lanes.first()?;
    Some(Place {
        lane: Some((step.id.clone(), lane.id.clone())),
        index: if at_start { 0 } else { lane.steps.len() },
    })
}

/// Up: into the lane before, else out of the container, behind it.
fn out(flow: &Flow, at: &Place) -> Option<Place> {
    let (container, lane) = at.lane.as_ref()?;
    let lanes = &flow.step(container)?.lanes;
    let here = lanes.iter().position(|known| known.id == *lane)?;
    if let Some(before) = here.checked_sub(1).and_then(|index| lanes.get(index)) {
        return Some(Place {
            lane: Some((container.clone(), before.id.clone())),
            index: before.steps.len(),
        });
    }
    let outside = place_of(flow, container)?;
    Some(Place {
        index: outside.index + 1,
        ..outside
    })
}

/// Returns the place to which the keyboard moves several cards, counted with all cards where they stand, as
/// [`flow::shift`] does.
pub fn moved_together(flow: &Flow, ids: &[StepId], way: Way) -> Option<Place> {
    let (first, last) = (ids.first()?, ids.last()?);
    match way {
        Way::On => {
            let at = place_of(flow, last)?;
            let row = row_of(flow, &at)?;
            (at.index + 1 < row.len()).then(|| Place {
                index: at.index + 2,
                ..at
            })
        }
        Way::Back => {
            let at = place_of(flow, first)?;
            let is_behind_start = at.lane.is_none() && at.index <= 1;
            (at.index > 0 && !is_behind_start).then(|| Place {
                index: at.index - 1,
                ..at
            })
        }
        Way::Out => moved(flow, first, way),
        Way::In => {
            let at = place_of(flow, last)?;
            let to = into(flow, &at, row_of(flow, &at)?)?;
            let goes_into_itself = to.lane.as_ref().is_some_and(|(id, _)| ids.contains(id));
            (!goes_into_itself).then_some(to)
        }
        Way::First | Way::Last => None,
    }
}

/// Returns the place for [`flow::FlowEdit::MoveStep`], which counts without the card itself, from a place counted with
/// it.
pub fn without(flow: &Flow, id: &StepId, to: Place) -> Place {
    match place_of(flow, id) {
        Some(from) if from.lane == to.lane && from.index < to.index => Place {
            index: to.index - 1,
            ..to
        },
        _ => to,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canvas::example::{branched, ids};

    #[track_caller]
    fn goes(from: &str, way: Way, to: Option<&str>) {
        let flow = branched();
        assert_eq!(
            neighbour(&flow, &StepId::from(from), way),
            to.map(StepId::from),
            "{from} {way:?}"
        );
    }

    #[test]
    fn arrows_walk_rows_and_lanes() {
        goes("event", Way::On, Some("read"));
        goes("read", Way::On, Some("if"));
        goes("if", Way::On, Some("end"));
        goes("end", Way::On, None);
        goes("if", Way::In, Some("suspend"));
        goes("suspend", Way::In, Some("compose"));
        goes("compose", Way::Out, Some("suspend"));
        goes("suspend", Way::Out, Some("if"));
        goes("end", Way::First, Some("event"));
    }

    #[track_caller]
    fn after(id: &str, way: Way, row: &[&str]) {
        let mut flow = branched();
        let to = moved(&flow, &StepId::from(id), way).unwrap();
        let lane = to.lane.clone();
        flow::apply(
            &mut flow,
            flow::FlowEdit::MoveStep {
                step: StepId::from(id),
                to,
            },
        )
        .unwrap();
        let place = Place { lane, index: 0 };
        assert_eq!(ids(row_of(&flow, &place).unwrap()), row);
    }

    #[test]
    fn cards_move_along_the_row_into_lanes_and_out() {
        after("end", Way::Back, &["event", "read", "end", "if"]);
        after("read", Way::On, &["event", "if", "read", "end"]);
        after("read", Way::In, &["read", "suspend"]);
        after("end", Way::In, &["suspend", "end"]);
        after("suspend", Way::In, &["compose", "suspend"]);
        after("compose", Way::Out, &["suspend", "compose"]);
        after(
            "suspend",
            Way::Out,
            &["event", "read", "if", "suspend", "end"],
        );
        let flow = branched();
        assert_eq!(moved(&flow, &"event".into(), Way::On), None);
        assert_eq!(moved(&flow, &"read".into(), Way::Back), None);
    }

    #[test]
    fn several_cards_move_as_one() {
        let flow = branched();
        let ids = |texts: &[&str]| -> Vec<StepId> { texts.iter().map(|id| (*id).into()).collect() };
        let index = |texts: &[&str], way| {
            moved_together(&flow, &ids(texts), way).map(|place| (place.lane.is_some(), place.index))
        };
        assert_eq!(index(&["read", "if"], Way::On), Some((false, 4)));
        assert_eq!(index(&["if", "end"], Way::On), None);
        assert_eq!(index(&["if", "end"], Way::Back), Some((false, 1)));
        assert_eq!(index(&["read", "if"], Way::Back), None);
        assert_eq!(index(&["read"], Way::In), Some((true, 0)));
        assert_eq!(index(&["suspend"], Way::Out), Some((false, 3)));
    }

    #[test]
    fn a_place_counted_with_the_card_becomes_one_without_it() {
        let flow = branched();
        let to = |index| Place { lane: None, index };
        assert_eq!(without(&flow, &"read".into(), to(4)), to(3));
        assert_eq!(without(&flow, &"end".into(), to(1)), to(1));
    }
}
