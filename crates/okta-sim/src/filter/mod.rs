//! Okta's filter and search expressions: `profile.department eq "Sales" and not (status pr)`.
//!
//! Parsing gives an [`Expr`]; [`matches`] asks it about anything that can name its [`Fields`].
//! Which properties and operators an endpoint accepts is the endpoint's business: see [`Expr::check`].

mod evaluate;
mod lexer;
mod parser;
#[cfg(test)]
mod tests;

pub(crate) use evaluate::{Case, Fields, Scalar, instant, json_values, matches};
pub(crate) use parser::parse;

/// The comparison operators of Okta's expressions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Op {
    Eq,
    Ne,
    Contains,
    StartsWith,
    EndsWith,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
    Present,
}

impl Op {
    /// Whether the operator compares sizes rather than equality or text.
    pub(crate) fn is_ordering(self) -> bool {
        matches!(
            self,
            Op::Greater | Op::GreaterOrEqual | Op::Less | Op::LessOrEqual
        )
    }
}

/// What stands on the right of an operator.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Literal {
    Text(String),
    Number(f64),
    Bool(bool),
    Null,
}

/// A parsed expression.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Expr {
    And(Box<Expr>, Box<Expr>),
    Or(Box<Expr>, Box<Expr>),
    Not(Box<Expr>),
    Compare {
        path: String,
        op: Op,
        value: Literal,
    },
}

impl Expr {
    /// Asks `allows` about every comparison; answers the first reason for a refusal.
    pub(crate) fn check(&self, allows: &dyn Fn(&str, Op) -> bool) -> Result<(), String> {
        match self {
            Expr::And(left, right) | Expr::Or(left, right) => {
                left.check(allows)?;
                right.check(allows)
            }
            Expr::Not(inner) => inner.check(allows),
            Expr::Compare { path, op, .. } if allows(path, *op) => Ok(()),
            Expr::Compare { path, op, .. } => {
                Err(format!("the operator {op:?} cannot be used with '{path}'"))
            }
        }
    }

    /// Whether `not` occurs anywhere.
    pub(crate) fn has_not(&self) -> bool {
        match self {
            Expr::And(left, right) | Expr::Or(left, right) => left.has_not() || right.has_not(),
            Expr::Not(_) => true,
            Expr::Compare { .. } => false,
        }
    }
}
