//! The tree of an expression. Chains of one operator are lists, not nested pairs, so that only brackets make it deep.

use super::functions::Function;
use super::methods::Method;

#[derive(Debug, Clone)]
pub(super) struct Node {
    /// The first character, counted from 0.
    pub(super) at: usize,
    pub(super) kind: Kind,
}

#[derive(Debug, Clone)]
pub(super) enum Kind {
    Null,
    Bool(bool),
    Int(i64),
    Double(f64),
    Text(String),
    Name(String),
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
    Call(&'static Function, Vec<Node>),
    Chain(Box<Node>, Vec<Step>),
    Not(Box<Node>),
    Negate(Box<Node>),
    /// The first operand, then each operator with its place and its right operand.
    Arithmetic(Box<Node>, Vec<(Operator, usize, Node)>),
    Compare(Comparison, Box<(Node, Node)>),
    All(Vec<Node>),
    Any(Vec<Node>),
    /// Branches that are tried in order, then what is left.
    Choose(Vec<Branch>, Box<Node>),
}

#[derive(Debug, Clone)]
pub(super) enum Branch {
    /// `condition ? value :`
    When(Node, Node),
    /// `value ?:`, taken unless it is null or an empty text.
    Unless(Node),
}

#[derive(Debug, Clone)]
pub(super) struct Step {
    pub(super) at: usize,
    pub(super) kind: StepKind,
}

#[derive(Debug, Clone)]
pub(super) enum StepKind {
    Property(String),
    Method(&'static Method, Vec<Node>),
    Index(Box<Node>),
    /// `.![x]`: x of each element.
    Project(Box<Node>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Power,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    Different,
    Less,
    AtMost,
    Greater,
    AtLeast,
    Matches,
}

/// Adds the names that a tree starts from, each once. Inside a projection names belong to the element.
pub(super) fn names<'a>(node: &'a Node, found: &mut Vec<&'a str>) {
    match &node.kind {
        Kind::Name(name) => {
            if !found.contains(&name.as_str()) {
                found.push(name);
            }
        }
        Kind::Null | Kind::Bool(_) | Kind::Int(_) | Kind::Double(_) | Kind::Text(_) => {}
        Kind::List(nodes) | Kind::Call(_, nodes) | Kind::All(nodes) | Kind::Any(nodes) => {
            nodes.iter().for_each(|node| names(node, found));
        }
        Kind::Map(entries) => entries.iter().for_each(|(_, node)| names(node, found)),
        Kind::Chain(base, steps) => {
            names(base, found);
            for step in steps {
                match &step.kind {
                    StepKind::Method(_, nodes) => nodes.iter().for_each(|node| names(node, found)),
                    StepKind::Index(index) => names(index, found),
                    StepKind::Property(_) | StepKind::Project(_) => {}
                }
            }
        }
        Kind::Not(inner) | Kind::Negate(inner) => names(inner, found),
        Kind::Arithmetic(first, rest) => {
            names(first, found);
            rest.iter().for_each(|(_, _, node)| names(node, found));
        }
        Kind::Compare(_, sides) => {
            names(&sides.0, found);
            names(&sides.1, found);
        }
        Kind::Choose(branches, last) => {
            for branch in branches {
                match branch {
                    Branch::When(condition, value) => {
                        names(condition, found);
                        names(value, found);
                    }
                    Branch::Unless(value) => names(value, found),
                }
            }
            names(last, found);
        }
    }
}
