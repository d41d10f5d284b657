//! Which cards are selected together. One of them has the focus; the others are beside it.

use flow::{Flow, StepId, outermost, place_of, row_of};

use super::geometry::Rect;
use super::layout::{Layout, Shape};
use super::reading::{Way, neighbour};

/// Returns the cards of one row from `anchor` to `to`. Where they stand in different rows, the containers around them that
/// share a row count instead.
pub fn range(flow: &Flow, anchor: &StepId, to: &StepId) -> Vec<StepId> {
    let (ours, theirs) = (around(flow, anchor), around(flow, to));
    for one in &ours {
        let Some(place) = place_of(flow, one) else {
            continue;
        };
        for other in &theirs {
            let Some(end) = place_of(flow, other).filter(|end| end.lane == place.lane) else {
                continue;
            };
            let row = row_of(flow, &place).unwrap_or_default();
            let (first, last) = (place.index.min(end.index), place.index.max(end.index));
            return row
                .iter()
                .skip(first)
                .take(last + 1 - first)
                .map(|step| step.id.clone())
                .collect();
        }
    }
    Vec::new()
}

/// A card and the containers around it, from the inside.
fn around(flow: &Flow, id: &StepId) -> Vec<StepId> {
    let mut found = Vec::new();
    let mut here = Some(id.clone());
    while let Some(at) = here {
        here = place_of(flow, &at).and_then(|place| place.lane.map(|(container, _)| container));
        found.push(at);
    }
    found
}

/// Returns the selection and the focus after Shift and an arrow: the part of the row from the anchor to the next card.
pub fn extended(
    flow: &Flow,
    anchor: &StepId,
    focus: &StepId,
    way: Way,
) -> Option<(Vec<StepId>, StepId)> {
    let next = neighbour(flow, focus, way)?;
    Some((range(flow, anchor, &next), next))
}

/// Returns the selection and the focus after a click with Control: the card joins it or leaves it.
pub fn toggled(
    flow: &Flow,
    chosen: &[StepId],
    focus: Option<&StepId>,
    id: &StepId,
) -> (Vec<StepId>, Option<StepId>) {
    let is_in = chosen.contains(id);
    let all: Vec<StepId> = flow
        .all_steps()
        .into_iter()
        .map(|step| &step.id)
        .filter(|known| {
            if *known == id {
                !is_in
            } else {
                chosen.contains(known)
            }
        })
        .cloned()
        .collect();
    let focus = if is_in {
        focus
            .filter(|focus| *focus != id && all.contains(focus))
            .or(all.last())
            .cloned()
    } else {
        Some(id.clone())
    };
    (all, focus)
}

/// Returns all cards of the row of `focus`; where these are selected already, all cards of the flow's own row.
pub fn all_of_row(flow: &Flow, chosen: &[StepId], focus: Option<&StepId>) -> Vec<StepId> {
    let ids = |steps: &[flow::Step]| -> Vec<StepId> {
        steps.iter().map(|step| step.id.clone()).collect()
    };
    let row = focus
        .and_then(|id| place_of(flow, id))
        .and_then(|place| row_of(flow, &place).map(ids));
    match row {
        Some(row) if row.iter().any(|id| !chosen.contains(id)) => row,
        _ => ids(&flow.steps),
    }
}

/// Returns the cards that a frame drawn with the pointer catches: cards that it touches, containers that lie in it whole.
pub fn caught(flow: &Flow, layout: &Layout, frame: Rect) -> Vec<StepId> {
    let found: Vec<StepId> = layout
        .cards
        .iter()
        .filter(|card| match card.shape {
            Shape::Container => {
                frame.x <= card.rect.x
                    && frame.y <= card.rect.y
                    && frame.right() >= card.rect.right()
                    && frame.y + frame.h >= card.rect.y + card.rect.h
            }
            Shape::Card | Shape::Note => card.rect.meets(frame),
        })
        .map(|card| card.id.clone())
        .collect();
    outermost(flow, &found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canvas::example::branched;

    fn ids(texts: &[&str]) -> Vec<StepId> {
        texts.iter().map(|text| StepId::from(*text)).collect()
    }

    #[test]
    fn a_range_stays_in_one_row() {
        let flow = branched();
        let range = |from: &str, to: &str| range(&flow, &from.into(), &to.into());
        assert_eq!(range("read", "end"), ids(&["read", "if", "end"]));
        assert_eq!(range("end", "read"), ids(&["read", "if", "end"]));
        assert_eq!(range("read", "read"), ids(&["read"]));
        assert_eq!(
            range("read", "suspend"),
            ids(&["read", "if"]),
            "the container around it"
        );
        assert_eq!(
            range("suspend", "compose"),
            ids(&["if"]),
            "two lanes of one container"
        );
        assert_eq!(range("gone", "end"), []);
    }

    #[test]
    fn shift_and_arrows_go_on_and_back() {
        let flow = branched();
        let read = StepId::from("read");
        let (all, focus) = extended(&flow, &read, &read, Way::On).unwrap();
        assert_eq!((all, &focus), (ids(&["read", "if"]), &"if".into()));
        let (all, focus) = extended(&flow, &read, &focus, Way::Back).unwrap();
        assert_eq!((all, focus), (ids(&["read"]), read.clone()));
        assert_eq!(extended(&flow, &read, &"end".into(), Way::On), None);
    }

    #[test]
    fn a_click_with_control_adds_and_takes_away() {
        let flow = branched();
        let (all, focus) = toggled(&flow, &ids(&["end"]), Some(&"end".into()), &"read".into());
        assert_eq!(
            (&all, &focus),
            (&ids(&["read", "end"]), &Some("read".into()))
        );
        let (all, focus) = toggled(&flow, &all, focus.as_ref(), &"read".into());
        assert_eq!((all, focus), (ids(&["end"]), Some("end".into())));
        let (all, focus) = toggled(&flow, &ids(&["end"]), Some(&"end".into()), &"end".into());
        assert_eq!((all, focus), (vec![], None));
    }

    #[test]
    fn everything_is_selected_row_by_row() {
        let flow = branched();
        let inner = all_of_row(&flow, &ids(&["suspend"]), Some(&"suspend".into()));
        let whole = ids(&["event", "read", "if", "end"]);
        assert_eq!(inner.contains(&"suspend".into()), inner != whole);
        assert_eq!(
            all_of_row(&flow, &ids(&["read"]), Some(&"read".into())),
            whole
        );
        assert_eq!(all_of_row(&flow, &[], None), whole);
    }
}
