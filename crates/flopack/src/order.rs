//! The order in which the cards of one scope run: a topological order of its orderings, and which cards stand in which
//! body of which If/Else.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

/// Edges between cards, by their positions in the list of cards.
pub(crate) type Edges = Vec<(usize, usize)>;

/// Returns the cards in an order that respects `edges`; among cards that are free, the earlier position goes first.
/// The second value tells whether some edges had to be ignored because they form a circle.
pub(crate) fn sort(count: usize, edges: &Edges) -> (Vec<usize>, bool) {
    let mut waits = vec![0_usize; count];
    let mut next = vec![Vec::new(); count];
    for (from, to) in edges {
        waits[*to] += 1;
        next[*from].push(*to);
    }
    let mut free: BinaryHeap<Reverse<usize>> = (0..count)
        .filter(|card| waits[*card] == 0)
        .map(Reverse)
        .collect();
    let mut done = vec![false; count];
    let mut order = Vec::with_capacity(count);
    let mut circular = false;
    let mut oldest = 0;
    while order.len() < count {
        let card = match free.pop() {
            Some(Reverse(card)) => card,
            None => {
                circular = true;
                while done[oldest] {
                    oldest += 1;
                }
                oldest
            }
        };
        if std::mem::replace(&mut done[card], true) {
            continue;
        }
        order.push(card);
        for after in &next[card] {
            waits[*after] = waits[*after].saturating_sub(1);
            if waits[*after] == 0 && !done[*after] {
                free.push(Reverse(*after));
            }
        }
    }
    (order, circular)
}

/// An If/Else of a scope: where its bodies begin and where they meet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fork {
    /// The control:if card.
    pub(crate) card: usize,
    /// The hidden cards at the head of the true and the false body.
    pub(crate) heads: [usize; 2],
    /// The join, where there is one.
    pub(crate) join: Option<usize>,
}

/// A place in the row of a scope: in the scope's own row, or in the true (0) or false (1) body of a fork.
pub(crate) type LaneAt = Option<(usize, usize)>;

/// The forks of a scope and the row in which each card stands. Lanes name forks by their position in `forks`.
pub(crate) struct Layout {
    /// The forks, in the order in which they run.
    pub(crate) forks: Vec<Fork>,
    /// The row of each card; a head stands in its body, a join in the row of its If/Else.
    pub(crate) lane: Vec<LaneAt>,
}

/// Finds the forks: `branches` gives for each control:if its heads; `is_join` tells which cards can end it.
pub(crate) fn layout(
    order: &[usize],
    edges: &Edges,
    branches: &[(usize, [usize; 2])],
    is_join: &dyn Fn(usize) -> bool,
) -> Layout {
    let mut rank = vec![0; order.len()];
    for (position, card) in order.iter().enumerate() {
        rank[*card] = position;
    }
    let mut next = vec![Vec::new(); order.len()];
    for (from, to) in edges {
        if rank[*from] < rank[*to] {
            next[*from].push(*to);
        }
    }
    let mut lane: Vec<LaneAt> = vec![None; order.len()];
    let mut size = vec![usize::MAX; order.len()];
    let mut forks: Vec<Fork> = Vec::new();
    let mut taken = vec![false; order.len()];
    let mut sorted = branches.to_vec();
    sorted.sort_by_key(|(card, _)| Reverse(rank[*card]));
    let mut bodies = Vec::new();
    for (card, heads) in sorted {
        let reached = heads.map(|head| reach(&next, head));
        let meets = |card: &&usize| reached[0][**card] && reached[1][**card];
        let join = order
            .iter()
            .filter(meets)
            .find(|card| is_join(**card) && !taken[**card])
            .copied();
        let behind = join.map(|join| reach(&next, join));
        for (side, mine) in reached.iter().enumerate() {
            let body: Vec<usize> = (0..order.len())
                .filter(|card| mine[*card] && !reached[1 - side][*card])
                .filter(|card| behind.as_ref().is_none_or(|behind| !behind[*card]))
                .collect();
            bodies.push((card, side, body));
        }
        if let Some(join) = join {
            taken[join] = true;
        }
        forks.push(Fork { card, heads, join });
    }
    forks.reverse();
    let position: HashMap<usize, usize> = forks
        .iter()
        .enumerate()
        .map(|(position, fork)| (fork.card, position))
        .collect();
    for (card, side, body) in bodies {
        for inner in &body {
            if body.len() < size[*inner] {
                size[*inner] = body.len();
                lane[*inner] = Some((position[&card], side));
            }
        }
    }
    Layout { forks, lane }
}

fn reach(next: &[Vec<usize>], from: usize) -> Vec<bool> {
    let mut seen = vec![false; next.len()];
    let mut todo = vec![from];
    while let Some(card) = todo.pop() {
        if !std::mem::replace(&mut seen[card], true) {
            todo.extend(&next[card]);
        }
    }
    seen
}

impl Layout {
    /// Returns the rows from the scope's own to the one in which `card` stands, each with the card that stands for it
    /// there: the If/Else for everything in its bodies.
    pub(crate) fn chain(&self, card: usize) -> Vec<(LaneAt, usize)> {
        let mut chain = vec![(self.lane[card], card)];
        while let Some((Some((fork, _)), _)) = chain.last().copied() {
            let host = self.forks[fork].card;
            chain.push((self.lane[host], host));
        }
        chain.reverse();
        chain
    }

    /// Returns how many forks stand around `card`, counted no further than just beyond `limit`.
    pub(crate) fn depth(&self, card: usize, limit: usize) -> usize {
        let mut depth = 0;
        let mut lane = self.lane[card];
        while let Some((fork, _)) = lane {
            depth += 1;
            if depth > limit {
                break;
            }
            lane = self.lane[self.forks[fork].card];
        }
        depth
    }

    /// Returns the cards of each row in the order in which they run. Joins and heads are not among them.
    pub(crate) fn rows(&self, order: &[usize], edges: &Edges) -> HashMap<LaneAt, Vec<usize>> {
        let mut stands_for: Vec<usize> = (0..order.len()).collect();
        let mut hidden = vec![false; order.len()];
        for fork in &self.forks {
            for part in fork.heads.into_iter().chain(fork.join) {
                stands_for[part] = fork.card;
                hidden[part] = true;
            }
        }
        let mut rows: HashMap<LaneAt, Vec<usize>> = HashMap::new();
        let mut place = vec![0; order.len()];
        for card in order.iter().filter(|card| !hidden[**card]) {
            let row = rows.entry(self.lane[*card]).or_default();
            place[*card] = row.len();
            row.push(*card);
        }
        let mut inner: HashMap<LaneAt, Edges> = HashMap::new();
        for (from, to) in edges {
            let (from, to) = (stands_for[*from], stands_for[*to]);
            let chains = (self.chain(from), self.chain(to));
            let common = chains.0.iter().zip(&chains.1).find(|(a, b)| a.1 != b.1);
            if let Some(((row, before), (other, after))) = common
                && row == other
            {
                inner
                    .entry(*row)
                    .or_default()
                    .push((place[*before], place[*after]));
            }
        }
        for (lane, row) in &mut rows {
            if let Some(edges) = inner.get(lane) {
                *row = sort(row.len(), edges).0.iter().map(|at| row[*at]).collect();
            }
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_circle_is_reported_and_does_not_hang() {
        assert_eq!(sort(3, &vec![(2, 1), (1, 0)]), (vec![2, 1, 0], false));
        assert_eq!(
            sort(3, &vec![(0, 1), (1, 2), (2, 1)]),
            (vec![0, 1, 2], true)
        );
        assert_eq!(sort(2, &vec![(0, 1), (1, 0)]), (vec![0, 1], true));
    }

    #[test]
    fn nested_forks_find_their_own_joins() {
        // 0 start, 1 if (heads 2, 3), 4 if in the true body (heads 5, 6), 7 its join, 8 outer join, 9 after
        let edges = vec![
            (0, 1),
            (1, 2),
            (1, 3),
            (2, 4),
            (4, 5),
            (4, 6),
            (5, 7),
            (6, 7),
            (7, 8),
            (2, 8),
            (3, 8),
            (8, 9),
        ];
        let (order, _) = sort(10, &edges);
        let layout = layout(&order, &edges, &[(1, [2, 3]), (4, [5, 6])], &|card| {
            card == 7 || card == 8
        });
        assert_eq!(
            layout.forks[0],
            Fork {
                card: 1,
                heads: [2, 3],
                join: Some(8)
            }
        );
        assert_eq!(
            layout.forks[1],
            Fork {
                card: 4,
                heads: [5, 6],
                join: Some(7)
            }
        );
        assert_eq!(layout.lane[4], Some((0, 0)));
        let rows = layout.rows(&order, &edges);
        assert_eq!(rows[&None], [0, 1, 9]);
        assert_eq!(rows[&Some((0, 0))], [4]);
    }
}
