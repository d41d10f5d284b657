//! One list of cards: the body of a flow, or an inline body. Finds the order in which its cards run, what each card is in
//! the document, and folds it.

use std::collections::{BTreeSet, HashMap, HashSet};

use flow::{CardKey, Input, MAX_NESTING, Output, OutputRef, Step, StepId};
use serde_json::Value as Json;

use super::flows::Reader;
use super::{MAX_CARDS, MAX_FIELDS};
use crate::bones::{CardBones, Role, ScopeBones};
use crate::order::{self, Edges, LaneAt, Layout};
use crate::pack::PackError;
use crate::raw::{self, entries, items, text};

/// Where a list of cards hangs.
pub(super) enum Entry<'a> {
    /// It is the flow itself.
    Flow,
    /// It is the inline body of a container.
    Lane {
        /// The container.
        step: &'a StepId,
        /// The outer values that enter it, by the key of the wormhole.
        tunnels: &'a HashMap<String, OutputRef>,
        /// Its return gives the container's outputs.
        returns: bool,
    },
    /// It is what happens for each event.
    Event {
        /// The event card.
        step: &'a StepId,
    },
}

/// A folded list of cards.
#[derive(Default)]
pub(super) struct Body {
    pub(super) steps: Vec<Step>,
    pub(super) bones: ScopeBones,
    /// What its return gives.
    pub(super) yields: Vec<Input>,
    /// The fields of the event, or the error that the handler of If Error is given.
    pub(super) offers: Vec<Output>,
}

/// A raw card.
pub(super) struct Card<'a> {
    pub(super) raw: &'a Json,
    pub(super) uuid: String,
    pub(super) key: CardKey,
    pub(super) step: StepId,
    pub(super) role: Role,
}

/// A wire that ends at a pin.
#[derive(Clone, Copy)]
pub(super) struct Incoming<'a> {
    pub(super) card: usize,
    pub(super) pin: &'a str,
    pub(super) transform: &'a Json,
}

/// A list of cards while it is read.
pub(super) struct Scope<'a> {
    pub(super) cards: Vec<Card<'a>>,
    pub(super) order: Vec<usize>,
    pub(super) layout: Layout,
    pub(super) incoming: HashMap<(usize, &'a str), Vec<Incoming<'a>>>,
    /// What an output pin is in the document.
    pub(super) sight: HashMap<(usize, String), OutputRef>,
    pub(super) edges: Edges,
    /// The cards that are an If/Else.
    pub(super) forks: HashSet<usize>,
    /// The output pins at which a wire starts.
    pub(super) used: HashSet<(usize, &'a str)>,
    /// There is a loop around what happens for each event.
    pub(super) is_wrapped: bool,
}

impl Reader<'_> {
    /// Reads a list of cards that stands `depth` containers deep.
    pub(super) fn scope(
        &mut self,
        raw: &Json,
        entry: &Entry<'_>,
        depth: usize,
    ) -> Result<Body, PackError> {
        let mut scope = self.outline(raw, depth)?;
        self.cast_roles(&mut scope, entry);
        scope.is_wrapped = scope.cards.iter().any(|card| card.role == Role::Wrapper);
        self.see(&mut scope, entry);
        let mut body = Body::default();
        let mut steps: HashMap<usize, Step> = HashMap::new();
        let mut bones: Vec<Option<CardBones>> = scope.cards.iter().map(|_| None).collect();
        let mut behind = Vec::new();
        for index in scope.order.clone() {
            let around = depth + scope.layout.chain(index).len();
            let folded = self.card(&scope, index, entry, around)?;
            body.yields.extend(folded.yields);
            body.offers.extend(folded.offers);
            behind.extend(folded.behind);
            if let Some(step) = folded.step {
                steps.insert(index, step);
            }
            bones[index] = Some(folded.bones);
        }
        self.join_forks(&scope, &mut steps, &mut bones);
        if let Some(event) = scope
            .order
            .first()
            .filter(|_| !behind.is_empty())
            .and_then(|at| steps.get_mut(at))
        {
            event.outputs = std::mem::take(&mut body.offers);
        }
        let by_lane = scope.layout.rows(&scope.order, &scope.edges);
        body.steps = steps_of(&scope, &by_lane, None, &mut steps);
        body.steps
            .append(&mut behind.into_iter().flatten().collect());
        let rest = match entry {
            Entry::Flow => &Json::Null,
            Entry::Lane { .. } | Entry::Event { .. } => raw,
        };
        body.bones = scope.bones(rest, &by_lane, bones.into_iter().flatten().collect());
        Ok(body)
    }

    /// Finds cards, order and rows.
    fn outline<'a>(&mut self, raw: &'a Json, depth: usize) -> Result<Scope<'a>, PackError> {
        let cards = self.read_cards(raw)?;
        let index: HashMap<&str, usize> = cards
            .iter()
            .enumerate()
            .map(|(index, card)| (card.uuid.as_str(), index))
            .collect();
        let mut edges = self.orderings(raw, &index);
        let branches = self.branches(&cards, &index);
        let incoming = self.wires(&cards, &index);
        let count = cards.len();
        edges.extend(
            branches
                .iter()
                .flat_map(|(card, heads)| heads.map(|head| (*card, head))),
        );
        let (order, circular) = order::sort(count, &edges);
        if circular {
            self.problem(
                None,
                "circular_order",
                "The orderings run in a circle; the circle is cut at its first card.",
            );
        }
        let is_join = |card: usize| cards[card].key.is("control", "join");
        let layout = order::layout(&order, &edges, &branches, &is_join);
        let deepest = (0..count).map(|card| layout.depth(card, MAX_NESTING)).max();
        if deepest.unwrap_or(0) + depth > MAX_NESTING {
            return Err(PackError::TooDeep {
                flow: self.flow.clone(),
                limit: MAX_NESTING,
            });
        }
        let leaving = incoming.values().flatten();
        Ok(Scope {
            forks: layout.forks.iter().map(|fork| fork.card).collect(),
            used: leaving.map(|wire| (wire.card, wire.pin)).collect(),
            is_wrapped: false,
            cards,
            order,
            layout,
            incoming,
            sight: HashMap::new(),
            edges,
        })
    }

    fn orderings(&mut self, raw: &Json, index: &HashMap<&str, usize>) -> Edges {
        let mut edges = BTreeSet::new();
        for (_, pair) in entries(&raw["orderings"]) {
            let ends: Vec<Option<&usize>> = items(pair)
                .iter()
                .map(|end| end.as_str().and_then(|uuid| index.get(uuid)))
                .collect();
            match ends.as_slice() {
                [Some(from), Some(to)] if from == to => {}
                [Some(from), Some(to)] => drop(edges.insert((**from, **to))),
                _ => self.problem(
                    None,
                    "ordering",
                    "An ordering names a card that is not there; it is ignored.",
                ),
            }
        }
        edges.into_iter().collect()
    }

    /// Finds each If/Else and the heads of its true and its false body.
    fn branches(
        &mut self,
        cards: &[Card<'_>],
        index: &HashMap<&str, usize>,
    ) -> Vec<(usize, [usize; 2])> {
        let mut branches = Vec::new();
        for (at, card) in cards.iter().enumerate() {
            let side = |which: bool| {
                let mut heads = entries(&card.raw["branches"]).filter(|(_, side)| **side == which);
                heads.next().and_then(|(head, _)| index.get(head)).copied()
            };
            match (side(true), side(false)) {
                (Some(yes), Some(no)) if yes != no && yes != at && no != at => {
                    branches.push((at, [yes, no]));
                }
                (None, None) if !card.key.is("control", "if") => {}
                _ => self.problem(
                    Some(&card.uuid),
                    "branch",
                    "An If/Else without its two branches; it stays without them.",
                ),
            }
        }
        branches
    }

    fn read_cards<'a>(&mut self, raw: &'a Json) -> Result<Vec<Card<'a>>, PackError> {
        let mut cards: Vec<Card<'a>> = Vec::new();
        let mut uuids = HashSet::new();
        for method in items(&raw["methods"]) {
            let channel = &method["parents"]["channel"];
            let key = raw::card_key(text(method, "address")).or_else(|| {
                CardKey::parse(&format!(
                    "{}:{}",
                    text(channel, "key"),
                    text(&method["node"], "key")
                ))
            });
            let (Some(key), false) = (key, text(method, "uuid").is_empty()) else {
                self.problem(
                    None,
                    "not_a_card",
                    "A card without address or id is left out.",
                );
                continue;
            };
            let crowded = |side| raw::pins(method, side).nth(MAX_FIELDS).is_some();
            if ["inputs", "outputs"].into_iter().any(crowded) {
                return Err(PackError::TooManyFields {
                    flow: self.flow.clone(),
                    limit: MAX_FIELDS,
                });
            }
            let mut uuid = text(method, "uuid").to_owned();
            if uuids.contains(&uuid) {
                self.problem(
                    Some(&uuid),
                    "duplicate_card",
                    "Two cards have the same id; the second gets a new one and loses its links.",
                );
                uuid = self.ids.id();
            }
            uuids.insert(uuid.clone());
            let mut step = uuid.clone();
            while !self.taken.insert(step.clone()) {
                step = self.ids.id();
            }
            if let Some(connection) = method["node"]["model"]["config"].as_str() {
                *self.uses.entry(connection.to_owned()).or_insert(0) += 1;
            }
            self.cards += 1;
            let step = StepId::from(step);
            let role = Role::Step(step.to_string());
            cards.push(Card {
                raw: method,
                uuid,
                key,
                step,
                role,
            });
            if cards.len() > MAX_CARDS {
                return Err(PackError::TooManyCards {
                    flow: self.flow.clone(),
                    limit: MAX_CARDS,
                });
            }
        }
        Ok(cards)
    }

    fn wires<'a>(
        &mut self,
        cards: &[Card<'a>],
        index: &HashMap<&str, usize>,
    ) -> HashMap<(usize, &'a str), Vec<Incoming<'a>>> {
        let mut incoming: HashMap<_, Vec<_>> = HashMap::new();
        for (card, from) in cards.iter().enumerate() {
            if index.get(text(from.raw, "uuid")) != Some(&card) {
                continue;
            }
            for (pin, targets) in entries(&from.raw["pins"]) {
                for (target, wire) in entries(targets)
                    .flat_map(|(target, list)| items(list).iter().map(move |wire| (target, wire)))
                {
                    let input = text(wire, "input");
                    match index.get(target) {
                        Some(to)
                            if cards[*to].raw["node"]["model"]["inputs"]["data"][input]
                                .is_object() =>
                        {
                            incoming.entry((*to, input)).or_default().push(Incoming {
                                card,
                                pin,
                                transform: &wire["transform"],
                            });
                        }
                        _ => self.problem(
                            Some(&from.uuid),
                            "dangling_wire",
                            "A link ends at a field that is not there; it is left out.",
                        ),
                    }
                }
            }
        }
        incoming
    }
}

impl Scope<'_> {
    /// Tells whether `card` stands in the given body of a fork, however deep.
    pub(super) fn stands_in(&self, card: usize, fork: usize, side: usize) -> bool {
        self.layout
            .chain(card)
            .iter()
            .any(|(lane, _)| *lane == Some((fork, side)))
    }
}

/// Takes the steps of a row, with those inside its forks.
fn steps_of(
    scope: &Scope<'_>,
    by_lane: &HashMap<LaneAt, Vec<usize>>,
    lane: LaneAt,
    steps: &mut HashMap<usize, Step>,
) -> Vec<Step> {
    let mut row = Vec::new();
    for card in by_lane.get(&lane).into_iter().flatten() {
        let Some(mut step) = steps.remove(card) else {
            continue;
        };
        if let Some(fork) = scope
            .layout
            .forks
            .iter()
            .position(|fork| fork.card == *card)
        {
            for (side, lane) in step.lanes.iter_mut().enumerate() {
                lane.steps = steps_of(scope, by_lane, Some((fork, side)), steps);
            }
        }
        row.push(step);
    }
    row
}
