//! What is drawn on cards beside themselves: what differs between two flows, and where other people are.

use std::collections::HashMap;
use std::sync::Arc;

use flow::{Binding, Change, FieldChange, Flow, InputRef, StepId, diff, drawn_together};
use leptos::prelude::*;

use super::board::{Board, use_board};
use super::geometry::Point;
use super::reading::{place_of, row_of};
use crate::editor::change_text::Told;

/// What is drawn on the cards of a board beside themselves.
#[derive(Clone, Copy)]
pub struct Marks {
    /// The two flows that are compared; nothing on other boards.
    pub compared: RwSignal<Option<Arc<Comparison>>>,
    /// Other people.
    pub peers: RwSignal<Vec<ShownPeer>>,
}

/// Another tab that has the flow open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownPeer {
    /// Id of the tab.
    pub tab: String,
    /// What the person is called.
    pub name: String,
    /// Their initials.
    pub initials: String,
    /// Their colour, as a value for the style sheet.
    pub colour: &'static str,
    /// The card they selected.
    pub selected: Option<StepId>,
    /// The field they edit.
    pub field: Option<InputRef>,
}

/// What happened to a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// Something on it differs.
    Changed,
    /// It stands elsewhere.
    Moved,
}

/// Two flows that are compared.
#[derive(Debug, PartialEq)]
pub struct Comparison {
    /// Before.
    pub old: Flow,
    /// After.
    pub new: Flow,
    /// What differs.
    pub changes: Vec<Change>,
    cards: HashMap<StepId, Mark>,
}

impl Marks {
    pub(super) fn new() -> Self {
        Self {
            compared: RwSignal::new(None),
            peers: RwSignal::new(Vec::new()),
        }
    }

    /// Returns what happened to a card, as the style sheet names it; nothing where nothing is compared.
    pub fn change(self, id: &StepId) -> Option<&'static str> {
        self.compared.with(|compared| {
            let mark = compared.as_ref()?.mark(id);
            Some(mark.map_or("same", Mark::name))
        })
    }

    /// Returns the sign of what happened to a card.
    pub fn sign(self, id: &StepId) -> Option<&'static str> {
        self.compared
            .with(|compared| compared.as_ref()?.mark(id).map(Mark::sign))
    }

    /// Tells whether two flows are compared.
    pub fn is_comparing(self) -> bool {
        self.compared.with(Option::is_some)
    }

    /// Returns who has this card selected.
    pub fn at_card(self, id: &StepId) -> Option<ShownPeer> {
        self.peers.with(|peers| {
            let mut here = peers.iter();
            here.find(|peer| peer.selected.as_ref() == Some(id))
                .cloned()
        })
    }

    /// Returns who edits this field.
    pub fn at_field(self, at: &InputRef) -> Option<ShownPeer> {
        self.peers.with(|peers| {
            let mut here = peers.iter();
            here.find(|peer| peer.field.as_ref() == Some(at)).cloned()
        })
    }
}

impl Mark {
    /// Returns how the style sheet calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
            Self::Moved => "moved",
        }
    }

    /// Returns its sign.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Added => "+",
            Self::Removed => "\u{2212}",
            Self::Changed => "~",
            Self::Moved => "\u{2192}",
        }
    }

    /// Returns the mark of one change.
    pub fn of(change: &Change) -> Self {
        match change {
            Change::Added { .. } => Self::Added,
            Change::Removed { .. } => Self::Removed,
            Change::Moved { .. } => Self::Moved,
            _ => Self::Changed,
        }
    }
}

impl Comparison {
    /// Compares two flows. Returns also the flow in which both are drawn.
    pub fn of(old: &Flow, new: &Flow) -> (Self, Flow) {
        // Values for trying out are no part of any version.
        let (old, new) = (&old.published(), &new.published());
        let found = diff(old, new);
        let both = drawn_together(old, &found.new);
        let mut cards: HashMap<StepId, Mark> = HashMap::new();
        for change in &found.changes {
            let Some(id) = change.step() else { continue };
            // That a card stands elsewhere is shown by the arrow; what differs on it is worth the mark.
            let known = cards.get(id).copied();
            if known.is_none_or(|known| known == Mark::Moved) {
                cards.insert(id.clone(), Mark::of(change));
            }
        }
        let comparison = Self {
            old: old.clone(),
            new: found.new,
            changes: found.changes,
            cards,
        };
        (comparison, both)
    }

    /// Returns what happened to a card.
    pub fn mark(&self, id: &StepId) -> Option<Mark> {
        self.cards.get(id).copied()
    }

    /// Returns what a field held before, where it holds something else now.
    pub fn was(&self, at: &InputRef) -> Option<&Binding> {
        let is_bound = self.changes.iter().any(|change| {
            matches!(change, Change::Input { at: known, what: FieldChange::Bound } if known == at)
        });
        is_bound.then(|| self.old.input(at).map(|input| &input.binding))?
    }

    /// Returns where a card that moved stood, beside the cards it stood beside.
    fn stood(&self, board: Board, id: &StepId) -> Option<Point> {
        const BESIDE: f64 = 20.0;
        let place = place_of(&self.old, id)?;
        let row = row_of(&self.old, &place)?;
        board.layout.with(|layout| {
            let mut before = row.iter().take(place.index).rev();
            let left = before.find_map(|step| layout.card(&step.id));
            if let Some(card) = left {
                let right = card.rect.x + card.rect.w + BESIDE;
                return Some(Point::new(right, card.rect.y + 26.0));
            }
            let mut behind = row.iter().skip(place.index + 1);
            let card = behind.find_map(|step| layout.card(&step.id))?;
            Some(Point::new(card.rect.x - BESIDE, card.rect.y + 26.0))
        })
    }
}

/// Returns what a field held before in words, where it holds something else now.
pub fn was_text(board: Board, at: &InputRef) -> Option<String> {
    let compared = board.marks.compared.read();
    let comparison = compared.as_ref()?;
    let catalogue = board.catalogue.read();
    let connections = board.connections.read();
    let told = Told {
        old: &comparison.old,
        new: &comparison.new,
        catalogue: &catalogue,
        connections: &connections,
        speech: board.speech,
    };
    Some(told.binding(&comparison.old, comparison.was(at)?))
}

/// Dotted arrows from where cards stood to where they stand.
#[component]
pub fn MoveArrows() -> impl IntoView {
    let board = use_board();
    let arrows = move || {
        let compared = board.marks.compared.get()?;
        let moved = compared.changes.iter().filter_map(|change| {
            let Change::Moved { step } = change else {
                return None;
            };
            let to = board
                .layout
                .with(|layout| layout.card(step).map(|card| card.rect))?;
            let from = compared.stood(board, step)?;
            Some((from, Point::new(to.x + to.w / 2.0, to.y - 4.0)))
        });
        let drawn: Vec<_> = moved
            .map(|(from, to)| {
                let over = from.y.min(to.y) - 48.0;
                let path = format!(
                    "M{:.1} {:.1}C{:.1} {over:.1} {:.1} {over:.1} {:.1} {:.1}",
                    from.x, from.y, from.x, to.x, to.x, to.y
                );
                let (x, y) = (format!("{:.1}", to.x), format!("{:.1}", to.y));
                view! {
                    <path d=path></path>
                    <circle cx=x cy=y r="4"></circle>
                }
            })
            .collect();
        Some(view! { <svg class="move-arrows" aria-hidden="true">{drawn}</svg> })
    };
    view! { {arrows} }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canvas::example::branched;
    use flow::{FlowEdit, apply};

    #[test]
    fn each_card_has_the_mark_of_what_happened_to_it() {
        let old = branched();
        let mut new = old.clone();
        let title = Some("Called otherwise".to_owned());
        let step = StepId::from("read");
        apply(&mut new, FlowEdit::Retitle { step, title }).unwrap();
        apply(&mut new, FlowEdit::RemoveStep { step: "end".into() }).unwrap();
        let (comparison, both) = Comparison::of(&old, &new);
        assert_eq!(comparison.mark(&"read".into()), Some(Mark::Changed));
        assert_eq!(comparison.mark(&"end".into()), Some(Mark::Removed));
        assert_eq!(comparison.mark(&"event".into()), None);
        assert!(both.step(&"end".into()).is_some(), "what is gone is drawn");
    }
}
