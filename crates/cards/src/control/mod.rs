//! Control cards and the small cards beside them: how they look. What the ones marked [`Run::Control`] do is written
//! in the engine, one file per construct.
//!
//! [`Run::Control`]: crate::Run::Control

use crate::declare::{Card, Field, Pick, any, pick_as, text};

mod assign;
mod branching;
mod calling;
mod ending;
mod errors;
mod iterating;
mod waiting;

pub(crate) fn cards() -> Vec<Card> {
    let mut cards = Vec::new();
    cards.extend(branching::CARDS);
    cards.extend(assign::CONDITIONAL);
    cards.extend(errors::CARDS);
    cards.push(assign::ASSIGN);
    cards.extend(calling::CARDS);
    cards.extend(ending::CARDS);
    cards.extend(waiting::CARDS);
    cards.extend(iterating::CARDS);
    cards
}

/// The comparisons to choose from.
pub(crate) static OPERATORS: [Pick; 13] = [
    pick_as("==", "equal to"),
    pick_as("!=", "not equal to"),
    pick_as(">", "greater than"),
    pick_as(">=", "greater than or equal to"),
    pick_as("<", "less than"),
    pick_as("<=", "less than or equal to"),
    pick_as("%", "a multiple of"),
    pick_as("in", "in"),
    pick_as("not in", "not in"),
    pick_as("has", "has key"),
    pick_as("doesn't have", "doesn't have key"),
    pick_as("is empty", "is empty"),
    pick_as("is not empty", "is not empty"),
];

/// The comparisons of Filter and Find, which know two more.
pub(crate) static OPERATORS_STRICT: [Pick; 15] = [
    pick_as("==", "equal to"),
    pick_as("!=", "not equal to"),
    pick_as(">", "greater than"),
    pick_as(">=", "greater than or equal to"),
    pick_as("<", "less than"),
    pick_as("<=", "less than or equal to"),
    pick_as("%", "a multiple of"),
    pick_as("in", "in"),
    pick_as("not in", "not in"),
    pick_as("has", "has key"),
    pick_as("doesn't have", "doesn't have key"),
    pick_as("is empty", "is empty"),
    pick_as("is not empty", "is not empty"),
    pick_as("===", "strictly equal to"),
    pick_as("!==", "strictly not equal to"),
];

pub(crate) const LEFT: Field = any("left-operand").label("value a");
pub(crate) const OPERATOR: Field = text("operator")
    .label("comparison")
    .choices(&OPERATORS)
    .required()
    .starts_as("\"==\"");
pub(crate) const RIGHT: Field = any("right-operand").label("value b");

/// A condition: value a, comparison, value b.
pub(crate) const CONDITION: [Field; 3] = [LEFT, OPERATOR, RIGHT];
