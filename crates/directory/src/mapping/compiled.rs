//! A mapping whose expressions were read, to be used for many users.

use super::{Flaw, FlawKind, Mapping, Row, Side, Way, flaw};
use crate::expression::{Dialect, Expression, Place};

/// Rows that go one way, with their expressions.
#[derive(Debug, Clone)]
pub struct Compiled {
    pub(super) rows: Vec<Row>,
    /// Places of rows, with the value for Okta.
    pub(super) to_okta: Vec<(usize, Expression)>,
    /// Places of rows, with the value for the directory.
    pub(super) to_ad: Vec<(usize, Expression)>,
    /// Under which names the expressions for Okta read the app user; it is copied for each of them.
    pub(super) roots: Vec<&'static str>,
}

impl Compiled {
    /// The rows that were compiled, including those that go no way.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }
}

impl Mapping {
    /// Reads all expressions. Rows whose expression cannot be read are left out and reported.
    #[must_use]
    pub fn compile(&self) -> (Compiled, Vec<Flaw>) {
        let mut flaws = Vec::new();
        let mut compiled = Compiled {
            rows: self.rows.clone(),
            to_okta: Vec::new(),
            to_ad: Vec::new(),
            roots: Vec::new(),
        };
        for (place, row) in self.rows.iter().enumerate() {
            if let Some(read) = read(row, &row.to_okta, Side::ToOkta, &mut flaws) {
                compiled.to_okta.push((place, read));
            }
            if let Some(read) = read(row, &row.to_ad, Side::ToAd, &mut flaws) {
                compiled.to_ad.push((place, read));
            }
        }
        let is_read = |root: &&str| {
            // `findDirectoryUser()` reads `active_directory` without naming it.
            let part = if *root == "active_directory" {
                "irectory"
            } else {
                root
            };
            let mut expressions = compiled.to_okta.iter();
            expressions.any(|(_, read)| read.source().to_lowercase().contains(part))
        };
        compiled.roots = ["appuser", "source", "active_directory"]
            .into_iter()
            .filter(is_read)
            .collect();
        (compiled, flaws)
    }
}

/// The expression of one direction, if the value goes that way.
fn read(row: &Row, way: &Way, side: Side, flaws: &mut Vec<Flaw>) -> Option<Expression> {
    if !way.is_on {
        return None;
    }
    match Expression::read(&way.expression, Dialect::Classic) {
        Ok(expression) => {
            let absent = if side == Side::ToOkta {
                "user"
            } else {
                "appuser"
            };
            let roots = expression.roots();
            let wrong = roots.iter().find(|root| root.eq_ignore_ascii_case(absent));
            if let Some(root) = wrong {
                let root = (*root).to_owned();
                flaws.push(flaw(&row.ad, side, FlawKind::WrongRoot { root }));
                return None;
            }
            if let Some(problem) = expression.misplaced(Place::Mapping).into_iter().next() {
                flaws.push(flaw(&row.ad, side, FlawKind::Expression { problem }));
                return None;
            }
            Some(expression)
        }
        Err(problem) => {
            flaws.push(flaw(&row.ad, side, FlawKind::Expression { problem }));
            None
        }
    }
}
