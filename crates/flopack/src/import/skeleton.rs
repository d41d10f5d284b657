//! The skeleton of a list of cards.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde_json::Value as Json;

use super::scope::{Card, Scope};
use crate::bones::{CardBones, Hint, ScopeBones, Wire};
use crate::order::LaneAt;
use crate::raw::{self, put, take};
use crate::rows::{self, Bodies, Item, Row};
use crate::{field, types};

impl Scope<'_> {
    fn row(&self, by_lane: &HashMap<LaneAt, Vec<usize>>, lane: LaneAt) -> Row {
        let uuid = |card: usize| self.cards[card].uuid.clone();
        let cards = by_lane.get(&lane).map(Vec::as_slice).unwrap_or_default();
        cards
            .iter()
            .map(|card| {
                let fork = self.layout.forks.iter().position(|fork| fork.card == *card);
                Item {
                    uuid: uuid(*card),
                    fork: fork.map(|at| Bodies {
                        sides: [0, 1].map(|side| {
                            let head = self.layout.forks[at].heads[side];
                            (uuid(head), self.row(by_lane, Some((at, side))))
                        }),
                        join: self.layout.forks[at].join.map(uuid).unwrap_or_default(),
                    }),
                }
            })
            .collect()
    }

    /// Returns the skeleton of the scope.
    pub(super) fn bones(
        &self,
        raw: &Json,
        by_lane: &HashMap<LaneAt, Vec<usize>>,
        cards: Vec<CardBones>,
    ) -> ScopeBones {
        let row = self.row(by_lane, None);
        let plain: BTreeSet<(String, String)> = rows::edges(&row).into_iter().collect();
        let heads: HashSet<(usize, usize)> = self
            .layout
            .forks
            .iter()
            .flat_map(|fork| fork.heads.map(|head| (fork.card, head)))
            .collect();
        let written: BTreeSet<(String, String)> = self
            .edges
            .iter()
            .filter(|edge| !heads.contains(edge))
            .map(|(from, to)| (self.cards[*from].uuid.clone(), self.cards[*to].uuid.clone()))
            .collect();
        let mut rest = raw.clone();
        for part in ["methods", "orderings"] {
            take(&mut rest, &[part]);
        }
        let (mut hints, mut plumbing) = (Vec::new(), Vec::new());
        for (index, card) in cards.iter().enumerate() {
            for (pin, stripped) in raw::pins(&card.raw, "inputs") {
                for wire in self.incoming.get(&(index, pin)).into_iter().flatten() {
                    let from = (self.cards[wire.card].uuid.clone(), wire.pin.to_owned());
                    let to = (card.uuid().to_owned(), pin.to_owned());
                    if field::is_stripped(stripped) {
                        let convert = types::read_convert(wire.transform).unwrap_or_default();
                        let usual = types::write_convert(convert, wire.pin) == *wire.transform;
                        let transform = if usual {
                            Json::Null
                        } else {
                            wire.transform.clone()
                        };
                        hints.push(Hint {
                            to,
                            from,
                            transform,
                        });
                    } else {
                        plumbing.push(Wire {
                            from,
                            to,
                            transform: wire.transform.clone(),
                        });
                    }
                }
            }
        }
        ScopeBones {
            rest,
            cards,
            hints,
            plumbing,
            line: rows::flatten(&row).into_iter().map(str::to_owned).collect(),
            extra: written.difference(&plain).cloned().collect(),
            missing: plain.difference(&written).cloned().collect(),
        }
    }
}

/// Returns the raw card as a skeleton begins: with its id in the scope and without wires.
pub(super) fn begin_bones(card: &Card<'_>) -> Json {
    let mut raw = card.raw.clone();
    put(&mut raw, &["uuid"], card.uuid.as_str());
    crate::method::strip_wires(&mut raw);
    raw
}
