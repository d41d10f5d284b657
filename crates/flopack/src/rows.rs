//! The rows of a scope as Okta stores them, by the ids of cards: what the orderings of a plain row with its If/Else
//! bodies are.

use std::collections::HashMap;

/// Cards in the order in which they run.
pub(crate) type Row = Vec<Item>;

/// A card in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Item {
    /// Its id in the scope.
    pub(crate) uuid: String,
    /// The bodies, if it is an If/Else.
    pub(crate) fork: Option<Bodies>,
}

/// The bodies of an If/Else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bodies {
    /// Head and row of the true and of the false body.
    pub(crate) sides: [(String, Row); 2],
    /// Where they meet.
    pub(crate) join: String,
}

impl Item {
    /// Returns a card without bodies.
    pub(crate) fn plain(uuid: impl Into<String>) -> Self {
        Self {
            uuid: uuid.into(),
            fork: None,
        }
    }

    /// Returns the card from which the row goes on.
    fn exit(&self) -> &str {
        self.fork.as_ref().map_or(&self.uuid, |fork| &fork.join)
    }
}

/// Returns all cards of a row, heads and joins too, in reading order.
pub(crate) fn flatten(row: &[Item]) -> Vec<&str> {
    let mut all = Vec::new();
    collect(row, &mut all);
    all
}

fn collect<'a>(row: &'a [Item], all: &mut Vec<&'a str>) {
    for item in row {
        all.push(&item.uuid);
        if let Some(fork) = &item.fork {
            for (head, row) in &fork.sides {
                all.push(head);
                collect(row, all);
            }
            all.push(&fork.join);
        }
    }
}

/// Returns the orderings of a row: a chain, and inside an If/Else an edge from every card to the join.
pub(crate) fn edges(row: &[Item]) -> Vec<(String, String)> {
    let mut all = Vec::new();
    chain(None, row, None, &mut all);
    all
}

fn chain(head: Option<&str>, row: &[Item], join: Option<&str>, all: &mut Vec<(String, String)>) {
    let mut before = head;
    let mut edge = |from: &str, to: &str| all.push((from.to_owned(), to.to_owned()));
    if let (Some(head), Some(join)) = (head, join) {
        edge(head, join);
    }
    for item in row {
        if let Some(before) = before {
            edge(before, &item.uuid);
        }
        if let Some(join) = join {
            edge(item.exit(), join);
        }
        before = Some(item.exit());
    }
    for fork in row.iter().filter_map(|item| item.fork.as_ref()) {
        for (head, inner) in &fork.sides {
            chain(Some(head), inner, Some(&fork.join), all);
        }
    }
}

/// Puts a card behind `before`: a card, a join (then behind its If/Else) or a head (then first in its body).
/// Tells whether `before` was found.
pub(crate) fn insert_after(row: &mut Row, before: &str, uuid: &str) -> bool {
    for at in 0..row.len() {
        let here = &mut row[at];
        let ends_here = match &mut here.fork {
            None => here.uuid == before,
            Some(fork) => {
                for (head, inner) in &mut fork.sides {
                    if head == before {
                        inner.insert(0, Item::plain(uuid));
                        return true;
                    }
                    if insert_after(inner, before, uuid) {
                        return true;
                    }
                }
                fork.join == before || here.uuid == before
            }
        };
        if ends_here {
            row.insert(at + 1, Item::plain(uuid));
            return true;
        }
    }
    false
}

/// Returns the row and the position in it of every card that is neither head nor join, in one number each.
pub(crate) fn places(row: &[Item]) -> HashMap<&str, (usize, usize)> {
    let mut found = HashMap::new();
    let mut todo = vec![row];
    let mut number = 0;
    while let Some(row) = todo.pop() {
        for (position, item) in row.iter().enumerate() {
            found.insert(item.uuid.as_str(), (number, position));
            for (_, inner) in item.fork.iter().flat_map(|fork| &fork.sides) {
                todo.push(inner);
            }
        }
        number += 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_if_has_the_edges_that_the_designer_writes() {
        let row = vec![
            Item::plain("start"),
            Item {
                uuid: "if".to_owned(),
                fork: Some(Bodies {
                    sides: [
                        ("T".to_owned(), vec![Item::plain("a")]),
                        ("F".to_owned(), vec![]),
                    ],
                    join: "J".to_owned(),
                }),
            },
            Item::plain("next"),
        ];
        let shown: Vec<String> = edges(&row)
            .iter()
            .map(|(a, b)| format!("{a}>{b}"))
            .collect();
        assert_eq!(shown, ["start>if", "J>next", "T>J", "T>a", "a>J", "F>J"]);
        assert_eq!(flatten(&row), ["start", "if", "T", "a", "F", "J", "next"]);
        let mut more = row.clone();
        assert!(insert_after(&mut more, "J", "x") && insert_after(&mut more, "F", "y"));
        assert_eq!(
            flatten(&more),
            ["start", "if", "T", "a", "F", "y", "J", "x", "next"]
        );
    }
}
