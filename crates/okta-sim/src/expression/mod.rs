//! The part of Okta's expression language that group rules use: `user.department == "Sales" AND
//! !isMemberOfGroupName("Leavers")`. What the simulation does not know is refused when a rule is
//! created, as an expression that does not parse would be.

mod evaluate;
mod parser;
#[cfg(test)]
mod tests;

pub(crate) use evaluate::{Person, holds};
pub(crate) use parser::parse;

/// A parsed expression.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Expression {
    Text(String),
    Number(f64),
    Bool(bool),
    Null,
    /// `user.x`
    Attribute(String),
    Call(Function, Vec<Expression>),
    Not(Box<Expression>),
    Both(Box<Expression>, Box<Expression>),
    Either(Box<Expression>, Box<Expression>),
    Compare(Comparison, Box<Expression>, Box<Expression>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Function {
    StringContains,
    StartsWith,
    UpperCase,
    LowerCase,
    Length,
    ArrayContains,
    MemberOfGroup,
    MemberOfGroupName,
    MemberOfGroupNameStartsWith,
    MemberOfGroupNameContains,
}

impl Function {
    fn named(name: &str) -> Option<Function> {
        Some(match name {
            "String.stringContains" => Function::StringContains,
            "String.startsWith" => Function::StartsWith,
            "String.toUpperCase" => Function::UpperCase,
            "String.toLowerCase" => Function::LowerCase,
            "String.len" => Function::Length,
            "Arrays.contains" => Function::ArrayContains,
            "isMemberOfGroup" | "isMemberOfAnyGroup" => Function::MemberOfGroup,
            "isMemberOfGroupName" => Function::MemberOfGroupName,
            "isMemberOfGroupNameStartsWith" => Function::MemberOfGroupNameStartsWith,
            "isMemberOfGroupNameContains" => Function::MemberOfGroupNameContains,
            _ => return None,
        })
    }

    fn takes(self, count: usize) -> bool {
        match self {
            Function::StringContains | Function::StartsWith | Function::ArrayContains => count == 2,
            Function::MemberOfGroup => count >= 1,
            _ => count == 1,
        }
    }
}
