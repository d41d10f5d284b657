//! Which earlier value is meant for an empty field: one of its name, from the nearest card; else what the card before
//! gives, where that is one thing that fits.

use super::{Repair, RepairKind};
use crate::check::{Problem, in_sight, row_of};
use crate::document::{Binding, Flow, Input, InputRef, Output, OutputRef};
use crate::edit::FlowEdit;
use crate::types::{Base, Type, conversion};

/// So many values are offered.
const MOST: usize = 3;
/// Keys are looked for this deep in an object.
const DEEPEST: usize = 3;

pub(super) fn repairs(flow: &Flow, problem: &Problem) -> Option<Vec<Repair>> {
    let at = problem.input.as_ref()?;
    let input = flow.input(at)?;
    let found = suggestions(flow, at)
        .into_iter()
        .map(|(source, convert)| Repair {
            kind: RepairKind::Take(source.clone()),
            edit: FlowEdit::Bind {
                input: at.clone(),
                binding: Binding::Output { source, convert },
            },
        });
    input.binding.is_blank().then(|| found.collect())
}

/// Returns the earlier values that are probably meant for a field, the best one first, with the conversions they need.
pub fn suggestions(flow: &Flow, at: &InputRef) -> Vec<(OutputRef, Option<crate::types::Convert>)> {
    let Some(input) = flow.input(at) else {
        return Vec::new();
    };
    let may_map = !input.option && input.choices.is_empty() && input.ty.base != Base::Flow;
    if !may_map {
        return Vec::new();
    }
    let wanted = Wanted::of(input);
    let mut found = Vec::new();
    // The nearest card first: of two values that are alike it is the one that is meant.
    for seen in in_sight(flow, at).iter().rev() {
        for output in seen.outputs() {
            let mut walk = Walk {
                wanted: &wanted,
                output,
                step: &seen.step.id,
                to: &input.ty,
                found: &mut found,
            };
            walk.look(&output.ty, &mut Vec::new());
        }
    }
    found.sort_by_key(|found| std::cmp::Reverse(found.score));
    let mut found: Vec<_> = found
        .into_iter()
        .take(MOST)
        .map(|found| (found.source, found.convert))
        .collect();
    if found.is_empty() {
        found.extend(only_one_before(flow, at, &input.ty));
    }
    found
}

/// Returns a value in sight that is called like one that is not, and fits where that was.
pub(super) fn of_same_name(flow: &Flow, at: &InputRef, lost: &OutputRef) -> Option<OutputRef> {
    let input = flow.input(at)?;
    let is_alone = matches!(input.binding, Binding::Output { .. });
    in_sight(flow, at).iter().rev().find_map(|seen| {
        let is_same = |output: &&Output| output.key.key == lost.field.key;
        let output = seen.outputs().find(is_same)?;
        let fits = !is_alone || conversion(&output.ty.at(&lost.path), &input.ty).is_some();
        let is_other = seen.step.id != lost.step || output.key != lost.field;
        (fits && is_other).then(|| OutputRef {
            step: seen.step.id.clone(),
            field: output.key.clone(),
            path: lost.path.clone(),
        })
    })
}

struct Found {
    score: u8,
    source: OutputRef,
    convert: Option<crate::types::Convert>,
}

/// What a field is called, in words.
struct Wanted {
    names: Vec<Vec<String>>,
    group: Vec<String>,
}

impl Wanted {
    fn of(input: &Input) -> Self {
        let mut names = Vec::new();
        for name in [&input.key.key, &input.label] {
            // "ID or Login" is either.
            for part in name.split(" or ").chain(std::iter::once(name.as_str())) {
                let words = words(part);
                if !words.is_empty() && !names.contains(&words) {
                    names.push(words);
                }
            }
        }
        Self {
            names,
            group: words(input.key.group.as_deref().unwrap_or_default()),
        }
    }

    /// How well a value is called like the field: 0 is not at all.
    fn score(&self, last: &[String], whole: &[String]) -> u8 {
        let mut score = 0;
        for name in &self.names {
            let here = if name == last {
                4
            } else if whole == name.as_slice() || (name.len() > 1 && whole.ends_with(name)) {
                5
            } else {
                0
            };
            score = score.max(here);
        }
        let is_of_group = self.group.iter().any(|word| whole.contains(word));
        if score > 0 && is_of_group {
            score += 2;
        }
        score
    }
}

fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut was_small = false;
    for c in text.chars() {
        if !c.is_alphanumeric() || (c.is_uppercase() && was_small) {
            words.extend((!word.is_empty()).then(|| std::mem::take(&mut word)));
        }
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        }
        was_small = c.is_lowercase();
    }
    words.extend((!word.is_empty()).then_some(word));
    words
}

struct Walk<'a> {
    wanted: &'a Wanted,
    output: &'a Output,
    step: &'a crate::StepId,
    to: &'a Type,
    found: &'a mut Vec<Found>,
}

impl Walk<'_> {
    fn look(&mut self, ty: &Type, path: &mut Vec<String>) {
        if let Some(convert) = conversion(ty, self.to) {
            let score = self.score(path);
            if score > 0 {
                self.found.push(Found {
                    // What fits as it is comes before what is converted.
                    score: 2 * score + u8::from(convert.is_none()),
                    source: OutputRef {
                        step: self.step.clone(),
                        field: self.output.key.clone(),
                        path: path.clone(),
                    },
                    convert,
                });
            }
        }
        if ty.list || path.len() == DEEPEST {
            return;
        }
        for known in ty.keys.iter() {
            path.push(known.key.clone());
            self.look(&known.ty, path);
            path.pop();
        }
    }

    fn score(&self, path: &[String]) -> u8 {
        let group = self.output.key.group.as_deref().unwrap_or_default();
        let [by_key, by_label] = [&self.output.key.key, &self.output.label].map(|name| {
            let whole: Vec<String> = [group, name.as_str()]
                .into_iter()
                .chain(path.iter().map(String::as_str))
                .flat_map(words)
                .collect();
            self.wanted
                .score(&words(path.last().unwrap_or(name)), &whole)
        });
        by_key.max(by_label)
    }
}

/// What the card before gives, where it gives one thing.
fn only_one_before(
    flow: &Flow,
    at: &InputRef,
    to: &Type,
) -> Option<(OutputRef, Option<crate::types::Convert>)> {
    let (row, place) = row_of(flow, &at.step).filter(|_| at.lane.is_none())?;
    let before = row.get(..place.index)?;
    let before = before.iter().rev().find(|step| !step.is_note())?;
    let mut shown = before.outputs.iter().filter(|output| !output.hidden);
    let (only, None) = (shown.next()?, shown.next()) else {
        return None;
    };
    let source = OutputRef {
        step: before.id.clone(),
        field: only.key.clone(),
        path: Vec::new(),
    };
    let is_in_sight = in_sight(flow, at).iter().any(|seen| {
        seen.step.id == before.id && seen.outputs().any(|output| output.key == only.key)
    });
    let fits = conversion(&only.ty, to) == Some(None) && only.ty.base == to.base;
    (is_in_sight && fits).then_some((source, None))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;
    use crate::FieldKey;

    #[expect(clippy::needless_pass_by_value, reason = "cases are short to write")]
    fn flow(outputs: Json, label: &str, base: &str) -> Flow {
        serde_json::from_value(json!({"id": "f", "name": "f", "steps": [
            {"id": "event", "card": "okta:event", "outputs": outputs},
            {"id": "act", "card": "okta:act", "inputs": [
                {"key": {"group": "User", "key": label}, "label": label, "type": {"base": base}, "required": true}]},
        ]}))
        .unwrap()
    }

    #[expect(clippy::needless_pass_by_value, reason = "cases are short to write")]
    fn output(group: Option<&str>, key: &str, ty: Json) -> Json {
        json!({"key": {"group": group, "key": key}, "label": key, "type": ty})
    }

    #[track_caller]
    fn check(outputs: Json, label: &str, expected: &[&str]) {
        let flow = flow(outputs, label, "text");
        let at = InputRef::of("act".into(), FieldKey::in_group("User", label));
        let found: Vec<String> = suggestions(&flow, &at)
            .into_iter()
            .map(|(source, _)| {
                let mut name = source.field.to_string();
                for key in source.path {
                    name.push_str(&format!(" › {key}"));
                }
                name
            })
            .collect();
        assert_eq!(found, expected, "{label}");
    }

    #[test]
    fn a_value_of_the_fields_name_is_meant() {
        let text = json!({"base": "text"});
        let outputs = json!([
            output(Some("Event"), "ID", text.clone()),
            output(Some("Okta User"), "ID", text.clone()),
            output(Some("Okta User"), "Display Name", text.clone()),
            output(
                None,
                "profile",
                json!({"base": "object", "keys": [{"key": "costCenter", "type": {"base": "text"}}]})
            ),
        ]);
        check(
            outputs.clone(),
            "ID or Login",
            &["Okta User › ID", "Event › ID"],
        );
        check(outputs.clone(), "User ID", &["Okta User › ID"]);
        check(
            outputs.clone(),
            "displayName",
            &["Okta User › Display Name"],
        );
        check(outputs.clone(), "Cost center", &["profile › costCenter"]);
        check(outputs, "Reason", &[]);
    }

    #[test]
    fn the_only_output_of_the_card_before_is_a_guess() {
        let only = json!([output(None, "output", json!({"base": "text"}))]);
        check(only, "Message", &["output"]);
        let two = json!([
            output(None, "a", json!({"base": "text"})),
            output(None, "b", json!({"base": "text"}))
        ]);
        check(two, "Message", &[]);
    }
}
