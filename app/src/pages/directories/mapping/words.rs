//! What is wrong with rows and values, in words.

use super::rows::{Flaw, FlawKind, Line, TroubleKind};
use crate::i18n::texts::MappingText;

/// What is wrong with a row.
pub fn of_flaw(flaw: &Flaw) -> Option<MappingText> {
    Some(match flaw.kind.clone() {
        FlawKind::Expression { problem } => MappingText::AtCharacter {
            position: problem.position,
            message: problem.message,
        },
        FlawKind::WrongRoot { root } => MappingText::WrongRoot { root },
        FlawKind::Shared { with, .. } => MappingText::AlsoBy { name: with },
        FlawKind::Repeated { name } => MappingText::Repeated { name },
        FlawKind::BaseIsMissing => MappingText::BaseMissing,
        FlawKind::BadName { name } => MappingText::BadName { name },
        FlawKind::TooMany => MappingText::TooMany,
        FlawKind::Other => return None,
    })
}

/// What is wrong with a value.
pub fn of_trouble(kind: &TroubleKind) -> Option<MappingText> {
    Some(match kind.clone() {
        TroubleKind::Expression { problem } => MappingText::AtCharacter {
            position: problem.position,
            message: problem.message,
        },
        TroubleKind::NotOneValue => MappingText::NotOneValue,
        TroubleKind::Length { misfit } if misfit.is > misfit.most => MappingText::TooLong {
            is: misfit.is,
            most: misfit.most,
        },
        TroubleKind::Length { misfit } => MappingText::TooShort {
            is: misfit.is,
            least: misfit.least,
        },
        TroubleKind::Other => return None,
    })
}

/// A tag of a row: how the value for Okta came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// The attribute is empty and the expression has a value all the same.
    Fallback,
    /// Okta has nothing there yet.
    New,
    /// Okta has something else.
    Changes,
}

/// The tag of a line toward Okta.
pub fn mark(line: &Line) -> Option<Mark> {
    let has_value = line.value.as_deref().is_some_and(|value| !value.is_empty());
    let has_before = line.before.iter().any(|value| !value.is_empty());
    let had = line.now.as_deref().is_some_and(|now| !now.is_empty());
    match (line.differs, had) {
        _ if !line.is_on || line.is_overruled => None,
        (true, false) => Some(Mark::New),
        (true, true) => Some(Mark::Changes),
        (false, _) if has_value && !has_before => Some(Mark::Fallback),
        (false, _) => None,
    }
}

/// The line of a row that is shown: the first that gives its property a value, else the first.
pub fn chief(lines: &[Line]) -> Option<&Line> {
    let gives = lines
        .iter()
        .find(|line| line.is_on && !line.is_overruled && line.value.is_some());
    gives.or_else(|| lines.first())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(before: &[&str], value: Option<&str>, now: Option<&str>) -> Line {
        Line {
            ad: "mail".to_owned(),
            okta: "email".to_owned(),
            is_on: true,
            before: before.iter().map(|text| (*text).to_owned()).collect(),
            value: value.map(str::to_owned),
            now: now.map(str::to_owned),
            differs: value.is_some_and(|value| value != now.unwrap_or_default()),
            is_overruled: false,
            troubles: Vec::new(),
        }
    }

    #[test]
    fn a_row_says_how_its_value_came_about() {
        for (line, expected) in [
            (line(&["a"], Some("a"), Some("a")), None),
            (line(&[], Some("a"), Some("a")), Some(Mark::Fallback)),
            (line(&["a"], Some("a"), None), Some(Mark::New)),
            (line(&["a"], Some("a"), Some("b")), Some(Mark::Changes)),
            (line(&[], None, Some("b")), None),
        ] {
            assert_eq!(mark(&line), expected, "{line:?}");
        }
        let off = Line {
            is_on: false,
            ..line(&["a"], Some("a"), None)
        };
        assert_eq!(mark(&off), None);
    }

    #[test]
    fn of_several_properties_the_one_with_a_value_is_shown() {
        let overruled = Line {
            is_overruled: true,
            ..line(&["a"], Some("a"), None)
        };
        let lines = [overruled, line(&["b"], Some("b"), None)];
        assert_eq!(
            chief(&lines).and_then(|line| line.value.as_deref()),
            Some("b")
        );
    }
}
