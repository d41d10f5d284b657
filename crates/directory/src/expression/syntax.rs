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

/// Shows every node of a tree. Inside a projection names belong to the element, so it is left out.
pub(super) fn walk<'a>(node: &'a Node, see: &mut dyn FnMut(&'a Node)) {
    see(node);
    let mut all = |nodes: &'a [Node]| nodes.iter().for_each(|node| walk(node, see));
    match &node.kind {
        Kind::Null
        | Kind::Bool(_)
        | Kind::Int(_)
        | Kind::Double(_)
        | Kind::Text(_)
        | Kind::Name(_) => {}
        Kind::List(nodes) | Kind::Call(_, nodes) | Kind::All(nodes) | Kind::Any(nodes) => {
            all(nodes)
        }
        Kind::Map(entries) => entries.iter().for_each(|(_, node)| walk(node, see)),
        Kind::Chain(base, steps) => {
            walk(base, see);
            for step in steps {
                match &step.kind {
                    StepKind::Method(_, nodes) => nodes.iter().for_each(|node| walk(node, see)),
                    StepKind::Index(index) => walk(index, see),
                    StepKind::Property(_) | StepKind::Project(_) => {}
                }
            }
        }
        Kind::Not(inner) | Kind::Negate(inner) => walk(inner, see),
        Kind::Arithmetic(first, rest) => {
            walk(first, see);
            rest.iter().for_each(|(_, _, node)| walk(node, see));
        }
        Kind::Compare(_, sides) => {
            walk(&sides.0, see);
            walk(&sides.1, see);
        }
        Kind::Choose(branches, last) => {
            for branch in branches {
                match branch {
                    Branch::When(condition, value) => {
                        walk(condition, see);
                        walk(value, see);
                    }
                    Branch::Unless(value) => walk(value, see),
                }
            }
            walk(last, see);
        }
    }
}
