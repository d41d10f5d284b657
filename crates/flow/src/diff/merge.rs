//! Two people changed the same flow: what one did is put together with what the other did. Where both changed the same
//! place differently somebody has to choose.

use std::collections::{HashMap, HashSet};

use super::hands::{set_card, set_field, set_input, set_part, take};
use super::place::{Index, index_beside, row_mut, shell};
use super::{CardPart, Change, FlowPart, changes, lane_ids};
use crate::document::{Flow, InputRef, Step};
use crate::edit::pin;
use crate::id::StepId;

/// Both changed the same place, or one removed what the other changed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Clash {
    /// What I did.
    pub mine: Change,
    /// What they did.
    pub theirs: Change,
}

/// Whose change is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Mine.
    Mine,
    /// Theirs.
    Theirs,
}

/// What two people did, put together.
#[derive(Clone, Debug, PartialEq)]
pub struct Merge {
    /// Theirs with my changes; at a clash what was chosen.
    pub flow: Flow,
    /// Where somebody has to choose.
    pub clashes: Vec<Clash>,
}

/// Puts what changed from `base` to `mine` together with what changed from `base` to `theirs`. Cards are the same when
/// their ids are.
pub fn merge(base: &Flow, mine: &Flow, theirs: &Flow, choose: &dyn Fn(&Clash) -> Side) -> Merge {
    let merging = Merging::new(base, mine, theirs);
    let clashes = merging.clashes();
    let mut given_up: HashSet<&Change> = HashSet::new();
    let mut revived: HashSet<&StepId> = HashSet::new();
    let mut spared: HashSet<&StepId> = HashSet::new();
    for clash in &clashes {
        match (choose(clash), &clash.mine, &clash.theirs) {
            (Side::Theirs, Change::Removed { step }, theirs) if !is_removal(theirs) => {
                spared.extend(merging.inside(step));
            }
            (Side::Theirs, mine, _) => {
                given_up.insert(mine);
            }
            (Side::Mine, mine, Change::Removed { step }) if !is_removal(mine) => {
                revived.extend(merging.inside(step));
            }
            (Side::Mine, ..) => {}
        }
    }
    let mut flow = theirs.clone();
    let made: Vec<&Change> = merging
        .mine_changes
        .iter()
        .filter(|change| !given_up.contains(change))
        .collect();
    // Branches first: cards may go into them.
    made.iter()
        .for_each(|change| merging.make(change, &mut flow));
    merging.place_cards(&mut flow, &given_up, &revived);
    merging.take_out(&mut flow, &spared);
    made.iter()
        .for_each(|change| merging.drop_branches(change, &mut flow));
    Merge { flow, clashes }
}

fn is_removal(change: &Change) -> bool {
    matches!(change, Change::Removed { .. })
}

struct Merging<'a> {
    base: Index<'a>,
    mine: Index<'a>,
    theirs: Index<'a>,
    my_flow: &'a Flow,
    their_flow: &'a Flow,
    mine_changes: Vec<Change>,
    their_changes: Vec<Change>,
}

impl<'a> Merging<'a> {
    fn new(base: &'a Flow, mine: &'a Flow, theirs: &'a Flow) -> Self {
        Self {
            mine_changes: changes(base, mine),
            their_changes: changes(base, theirs),
            base: Index::of(base),
            mine: Index::of(mine),
            theirs: Index::of(theirs),
            my_flow: mine,
            their_flow: theirs,
        }
    }

    /// A card of the base with all in it.
    fn inside(&self, id: &StepId) -> Vec<&'a StepId> {
        let mut open: Vec<&Step> = self.base.step(id).into_iter().collect();
        let mut found = Vec::new();
        while let Some(step) = open.pop() {
            found.push(&step.id);
            open.extend(step.lanes.iter().flat_map(|lane| &lane.steps));
        }
        found
    }

    fn clashes(&self) -> Vec<Clash> {
        let mut found = Vec::new();
        let theirs: HashMap<Spot<'_>, &Change> = self
            .their_changes
            .iter()
            .map(|change| (Spot::of(change), change))
            .collect();
        for mine in &self.mine_changes {
            if let Some(theirs) = theirs.get(&Spot::of(mine))
                && !self.comes_to_the_same(mine)
            {
                found.push(Clash {
                    mine: mine.clone(),
                    theirs: (*theirs).clone(),
                });
            }
        }
        let removed_by_me = removals(&self.mine_changes, &self.base);
        let removed_by_them = removals(&self.their_changes, &self.base);
        // For each card that one took out, the first thing that the other did to it or in it.
        let mut told: HashSet<&StepId> = HashSet::new();
        for theirs in &self.their_changes {
            if let Some(root) = self.touched(theirs, &removed_by_me, &self.theirs)
                && told.insert(root)
            {
                found.push(Clash {
                    mine: Change::Removed { step: root.clone() },
                    theirs: theirs.clone(),
                });
            }
        }
        told.clear();
        for mine in &self.mine_changes {
            if let Some(root) = self.touched(mine, &removed_by_them, &self.mine)
                && told.insert(root)
            {
                found.push(Clash {
                    mine: mine.clone(),
                    theirs: Change::Removed { step: root.clone() },
                });
            }
        }
        found
    }

    /// Returns the outermost removed card that a change of the other side is about, or into which it put something.
    fn touched<'s>(
        &self,
        change: &Change,
        removed: &HashMap<&'s StepId, &'s StepId>,
        after: &Index<'_>,
    ) -> Option<&'s StepId> {
        // Pins wait for the return of their card.
        let is_pin = matches!(change, Change::Pinned { .. });
        let id = change.step().filter(|_| !is_removal(change) && !is_pin)?;
        let is_folding = matches!(
            change,
            Change::Card {
                part: CardPart::Folded,
                ..
            }
        );
        if is_folding {
            return None;
        }
        let own = removed.get(id).copied();
        own.or_else(|| {
            let mut around = after.around(id).into_iter();
            around.find_map(|container| removed.get(container).copied())
        })
    }

    /// Both made the same of a place.
    fn comes_to_the_same(&self, change: &Change) -> bool {
        let (mine, theirs) = (self.my_flow, self.their_flow);
        let cards = |id| Some((self.mine.step(id)?, self.theirs.step(id)?));
        match change {
            Change::Flow { part } => !super::flow_parts(mine, theirs).contains(part),
            Change::Pinned { step } => mine.pin(step) == theirs.pin(step),
            Change::Added { step } => cards(step).is_some_and(|(a, b)| shell(a) == shell(b)),
            Change::Removed { .. } => true,
            Change::Moved { step } => {
                self.mine
                    .find(step)
                    .map(|at| (at.row, before(&self.mine, step)))
                    == self
                        .theirs
                        .find(step)
                        .map(|at| (at.row, before(&self.theirs, step)))
            }
            Change::Card { step, part } => {
                cards(step).is_some_and(|(a, b)| is_same_part(a, b, *part))
            }
            Change::Input { at, .. } => mine.input(at) == theirs.input(at),
            Change::Output { step, field, .. } => {
                cards(step).is_some_and(|(a, b)| a.output(field) == b.output(field))
            }
        }
    }

    /// Puts in what I added, moves what I moved, and brings back what they took out and I keep.
    fn place_cards(
        &self,
        flow: &mut Flow,
        given_up: &HashSet<&Change>,
        revived: &HashSet<&StepId>,
    ) {
        let mut held = self.take_up(flow, given_up);
        for (row, steps) in &self.mine.rows {
            for (at, step) in steps.iter().enumerate() {
                let id = &step.id;
                let is_new = !self.base.holds(id) || revived.contains(id);
                let is_put_in = is_new && !self.theirs.holds(id);
                let (Some(target), true) =
                    (row_mut(flow, *row), is_put_in || held.contains_key(id))
                else {
                    continue;
                };
                let card = held.remove(id).unwrap_or_else(|| shell(step));
                let index = index_beside(target, steps, at);
                target.insert(index, card);
            }
        }
        // Its branch is gone, or stands in the card itself by now: better at the end than lost.
        for (row, steps) in &self.mine.rows {
            if row_mut(flow, *row).is_none() {
                let left = steps.iter().filter_map(|step| held.remove(&step.id));
                flow.steps.extend(left);
            }
        }
        let mut left: Vec<Step> = held.into_values().collect();
        left.sort_by(|a, b| a.id.cmp(&b.id));
        flow.steps.extend(left);
    }

    /// Takes the cards up that I moved, so that only what keeps its place is left.
    fn take_up(&self, flow: &mut Flow, given_up: &HashSet<&Change>) -> HashMap<StepId, Step> {
        let mut held: HashMap<StepId, Step> = HashMap::new();
        for change in &self.mine_changes {
            let Change::Moved { step: id } = change else {
                continue;
            };
            if given_up.contains(change) {
                continue;
            }
            let taken = take(&mut flow.steps, id).or_else(|| {
                let mut lanes = held.values_mut().flat_map(|step| &mut step.lanes);
                lanes.find_map(|lane| take(&mut lane.steps, id))
            });
            if let Some(step) = taken {
                held.insert(id.clone(), step);
            }
        }
        held
    }

    /// Takes out what I took out.
    fn take_out(&self, flow: &mut Flow, spared: &HashSet<&StepId>) {
        for change in &self.mine_changes {
            if let Change::Removed { step } = change
                && !spared.contains(step)
            {
                take(&mut flow.steps, step);
            }
        }
    }

    /// Takes branches away that I took away, unless cards of theirs stand in them.
    fn drop_branches(&self, change: &Change, flow: &mut Flow) {
        let Change::Card {
            step,
            part: CardPart::Lanes,
        } = change
        else {
            return;
        };
        if let (Some(to), Some(from)) = (flow.step_mut(step), self.mine.step(step)) {
            to.lanes
                .retain(|lane| !lane.steps.is_empty() || from.lane(&lane.id).is_some());
        }
    }

    /// Makes a change of mine that is no matter of places.
    fn make(&self, change: &Change, flow: &mut Flow) {
        match change {
            Change::Flow { part } => set_part(flow, self.my_flow, *part),
            Change::Pinned { step } => {
                let outputs = self.my_flow.pin(step).map(|pin| pin.outputs.clone());
                pin(flow, step, outputs);
            }
            Change::Card { step, part } => {
                if let (Some(to), Some(from)) = (flow.step_mut(step), self.mine.step(step)) {
                    set_card(to, from, *part);
                }
            }
            Change::Input { at, .. } => set_input(flow, self.my_flow, at),
            Change::Output { step, field, .. } => {
                if let (Some(to), Some(from)) = (flow.step_mut(step), self.mine.step(step)) {
                    let here = to.outputs.iter().position(|output| output.key == *field);
                    let wanted = from.outputs.iter().position(|output| output.key == *field);
                    set_field(&mut to.outputs, here, wanted, &from.outputs);
                }
            }
            Change::Added { .. } | Change::Removed { .. } | Change::Moved { .. } => {}
        }
    }
}

/// A place, whatever happened there.
#[derive(PartialEq, Eq, Hash)]
enum Spot<'a> {
    Flow(FlowPart),
    Pinned(&'a StepId),
    Moved(&'a StepId),
    Card(&'a StepId),
    Part(&'a StepId, CardPart),
    Input(&'a InputRef),
    Output(&'a StepId, &'a crate::document::FieldKey),
}

impl<'a> Spot<'a> {
    fn of(change: &'a Change) -> Self {
        match change {
            Change::Flow { part } => Self::Flow(*part),
            Change::Pinned { step } => Self::Pinned(step),
            Change::Added { step } | Change::Removed { step } => Self::Card(step),
            Change::Moved { step } => Self::Moved(step),
            Change::Card { step, part } => Self::Part(step, *part),
            Change::Input { at, .. } => Self::Input(at),
            Change::Output { step, field, .. } => Self::Output(step, field),
        }
    }
}

/// The cards that were removed, each with the outermost removed card around it.
fn removals<'a>(changes: &'a [Change], base: &Index<'a>) -> HashMap<&'a StepId, &'a StepId> {
    let removed: HashSet<&StepId> = changes
        .iter()
        .filter(|change| is_removal(change))
        .filter_map(Change::step)
        .collect();
    removed
        .iter()
        .map(|id| {
            let mut around = base.around(id).into_iter();
            let outermost = around.rfind(|container| removed.contains(*container));
            (*id, outermost.unwrap_or(id))
        })
        .collect()
}

/// The card before this one in its row.
fn before<'a>(index: &Index<'a>, id: &StepId) -> Option<&'a StepId> {
    let at = index.find(id)?;
    let (_, steps) = index.rows.iter().find(|(row, _)| *row == at.row)?;
    steps.get(at.index.checked_sub(1)?).map(|step| &step.id)
}

fn is_same_part(a: &Step, b: &Step, part: CardPart) -> bool {
    match part {
        CardPart::Kind => a.card == b.card,
        CardPart::Title => a.title == b.title,
        CardPart::Note => a.note == b.note,
        CardPart::Connection => a.connection == b.connection,
        CardPart::ErrorHandling => a.on_error == b.on_error,
        // How a card is drawn is nothing to ask about.
        CardPart::Folded => true,
        CardPart::Lanes => lane_ids(a) == lane_ids(b),
        CardPart::Order => !super::has_other_order(a, b),
    }
}
