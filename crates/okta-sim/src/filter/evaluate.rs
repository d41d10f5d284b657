//! Asks an expression about a resource.

use std::cmp::Ordering;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;

use super::{Expr, Literal, Op};

/// A plain value of a resource.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Scalar {
    Text(String),
    Number(f64),
    Bool(bool),
}

/// Something whose properties can be named by a path such as `profile.department`.
/// A list gives each of its elements; what is absent or null gives nothing.
pub(crate) trait Fields {
    fn values(&self, path: &str) -> Vec<Scalar>;
}

/// Whether texts are compared with or without regard to case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    Matters,
    Ignored,
}

/// Whether `expr` holds for `of`.
pub(crate) fn matches(expr: &Expr, of: &dyn Fields, case: Case) -> bool {
    match expr {
        Expr::And(left, right) => matches(left, of, case) && matches(right, of, case),
        Expr::Or(left, right) => matches(left, of, case) || matches(right, of, case),
        Expr::Not(inner) => !matches(inner, of, case),
        Expr::Compare { path, op, value } => {
            let found = of.values(path);
            match (op, value) {
                (Op::Present, _) => !found.is_empty(),
                (Op::Eq, Literal::Null) => found.is_empty(),
                (Op::Ne, Literal::Null) => !found.is_empty(),
                (Op::Ne, _) => !found.iter().any(|one| holds(one, Op::Eq, value, case)),
                _ => found.iter().any(|one| holds(one, *op, value, case)),
            }
        }
    }
}

fn holds(found: &Scalar, op: Op, wanted: &Literal, case: Case) -> bool {
    match (found, wanted) {
        (Scalar::Text(found), Literal::Text(wanted)) => text_holds(found, op, wanted, case),
        (Scalar::Number(found), Literal::Number(wanted)) => {
            ordering_holds(found.partial_cmp(wanted), op)
        }
        (Scalar::Number(found), Literal::Text(wanted)) => wanted
            .parse::<f64>()
            .is_ok_and(|wanted| ordering_holds(found.partial_cmp(&wanted), op)),
        (Scalar::Text(found), Literal::Number(wanted)) => found
            .parse::<f64>()
            .is_ok_and(|found| ordering_holds(found.partial_cmp(wanted), op)),
        (Scalar::Bool(found), Literal::Bool(wanted)) => op == Op::Eq && found == wanted,
        (Scalar::Bool(found), Literal::Text(wanted)) => {
            op == Op::Eq && wanted.eq_ignore_ascii_case(if *found { "true" } else { "false" })
        }
        (Scalar::Text(found), Literal::Bool(wanted)) => {
            op == Op::Eq && found.eq_ignore_ascii_case(if *wanted { "true" } else { "false" })
        }
        _ => false,
    }
}

fn text_holds(found: &str, op: Op, wanted: &str, case: Case) -> bool {
    if op.is_ordering()
        && let (Some(found), Some(wanted)) = (instant(found), instant(wanted))
    {
        return ordering_holds(Some(found.cmp(&wanted)), op);
    }
    let (found, wanted) = match case {
        Case::Matters => (found.to_owned(), wanted.to_owned()),
        Case::Ignored => (found.to_lowercase(), wanted.to_lowercase()),
    };
    match op {
        Op::Contains => found.contains(&wanted),
        Op::StartsWith => found.starts_with(&wanted),
        Op::EndsWith => found.ends_with(&wanted),
        _ => ordering_holds(Some(found.cmp(&wanted)), op),
    }
}

fn ordering_holds(ordering: Option<Ordering>, op: Op) -> bool {
    match op {
        Op::Eq => ordering == Some(Ordering::Equal),
        Op::Greater => ordering == Some(Ordering::Greater),
        Op::GreaterOrEqual => matches!(ordering, Some(Ordering::Greater | Ordering::Equal)),
        Op::Less => ordering == Some(Ordering::Less),
        Op::LessOrEqual => matches!(ordering, Some(Ordering::Less | Ordering::Equal)),
        _ => false,
    }
}

/// Reads a date or a date with time, as Okta accepts them in expressions and parameters.
pub(crate) fn instant(text: &str) -> Option<DateTime<Utc>> {
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Some(at.with_timezone(&Utc));
    }
    NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .ok()
        .and_then(|day| day.and_hms_opt(0, 0, 0))
        .map(|at| at.and_utc())
}

/// The values at a dotted `path` in JSON; lists on the way are entered.
pub(crate) fn json_values(of: &Value, path: &str) -> Vec<Scalar> {
    let mut found = Vec::new();
    collect(of, path, &mut found);
    found
}

fn collect(of: &Value, path: &str, found: &mut Vec<Scalar>) {
    match of {
        Value::Array(items) => items.iter().for_each(|item| collect(item, path, found)),
        Value::Object(fields) if !path.is_empty() => {
            let (first, rest) = path.split_once('.').unwrap_or((path, ""));
            if let Some(inner) = fields.get(first) {
                collect(inner, rest, found);
            }
        }
        _ if !path.is_empty() => {}
        Value::String(text) => found.push(Scalar::Text(text.clone())),
        Value::Bool(flag) => found.push(Scalar::Bool(*flag)),
        Value::Number(number) => found.extend(number.as_f64().map(Scalar::Number)),
        Value::Null | Value::Object(_) => {}
    }
}
