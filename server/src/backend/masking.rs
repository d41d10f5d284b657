//! Values of runs that are masked: what its name or its form says is a secret, and what is private about a person beyond
//! who they are. Whoever may see them asks for each, and the audit log says so.
//!
//! Only what is shown is masked. The journal keeps the values, and runs use them.

use api::{ApiError, ErrorCode, FieldValue, MASK, RunView, StepRun, ValueRef};
use flow::{FieldKey, is_secret_name, looks_secret};
use serde_json::{Map, Value as Json, json};

use super::{Caller, Right, run_view};
use crate::error::invalid;

/// What is private about a person, by the name of the attribute in plain letters.
const PERSONAL: [&str; 18] = [
    "mobilephone",
    "primaryphone",
    "homephone",
    "secondemail",
    "secondaryemail",
    "streetaddress",
    "postaladdress",
    "homeaddress",
    "birthdate",
    "dateofbirth",
    "birthday",
    "ssn",
    "socialsecuritynumber",
    "nationalid",
    "passportnumber",
    "recoveryanswer",
    "マイナンバー",
    "生年月日",
];
/// Other names of secrets that cards and orgs give.
const SECRETS: [&str; 8] = [
    "sessiontoken",
    "refreshtoken",
    "idtoken",
    "statetoken",
    "recoverytoken",
    "activationtoken",
    "clienttoken",
    "authorization",
];
/// Deeper than this nothing is looked for: the value is masked whole.
const DEEPEST: usize = 64;

/// Returns a run with its secret and personal values masked.
pub(super) fn masked(mut view: RunView) -> RunView {
    for step in &mut view.steps {
        mask_step(step);
    }
    if let Some(returned) = &mut view.returned {
        mask("", returned);
    }
    if let Some(error) = &mut view.error {
        mask_detail(&mut error.detail);
    }
    view
}

fn mask_step(step: &mut StepRun) {
    for value in step.inputs.iter_mut().chain(&mut step.outputs) {
        mask_field(value);
    }
    if let Some(error) = &mut step.error {
        mask_detail(&mut error.detail);
    }
}

/// Masks the value of a field, where it is to be masked.
pub(super) fn mask_field(value: &mut FieldValue) {
    value.masked = mask(&value.field.key, &mut value.value);
}

fn mask_detail(detail: &mut flow::Value) {
    let mut json = detail.to_json();
    if mask("", &mut json) {
        *detail = flow::Value::from_json(&json).unwrap_or_default();
    }
}

/// Masks a value with this name, or what inside it has such a name. Returns whether there was anything.
pub(super) fn mask(name: &str, value: &mut Json) -> bool {
    mask_at(name, value, 0)
}

fn mask_at(name: &str, value: &mut Json, depth: usize) -> bool {
    if depth > DEEPEST {
        *value = Json::String(MASK.to_owned());
        return true;
    }
    match value {
        Json::Null | Json::Bool(_) => false,
        Json::String(text) => {
            let is_masked = !text.is_empty() && (is_named(name) || looks_secret(text));
            if is_masked {
                MASK.clone_into(text);
            }
            is_masked
        }
        Json::Number(_) => {
            let is_masked = is_named(name);
            if is_masked {
                *value = Json::String(MASK.to_owned());
            }
            is_masked
        }
        // Counted, not `any`: every item is to be masked, also after the first.
        Json::Array(items) => {
            let masked = items
                .iter_mut()
                .filter_map(|item| mask_at(name, item, depth + 1).then_some(()));
            masked.count() > 0
        }
        Json::Object(fields) => fields.iter_mut().fold(false, |any, (key, item)| {
            // `credentials.password.value`: what is inside a secret is one.
            let inner = if is_named(name) { name } else { key };
            mask_at(inner, item, depth + 1) || any
        }),
    }
}

fn is_named(name: &str) -> bool {
    if is_secret_name(name) {
        return true;
    }
    let plain: String = name
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    SECRETS.iter().chain(&PERSONAL).any(|known| plain == *known)
}

/// Puts the values of then in the place of masks, where somebody hands back what was shown.
fn unmasked(given: Json, of_then: Option<&Json>) -> Json {
    match (given, of_then) {
        (Json::String(text), Some(known)) if text == MASK => known.clone(),
        (Json::Array(items), Some(Json::Array(known))) => {
            let items = items.into_iter().enumerate();
            items
                .map(|(at, item)| unmasked(item, known.get(at)))
                .collect()
        }
        (Json::Object(fields), Some(Json::Object(known))) => fields
            .into_iter()
            .map(|(key, item)| {
                let then = known.get(&key);
                (key, unmasked(item, then))
            })
            .collect::<Map<_, _>>()
            .into(),
        (given, _) => given,
    }
}

/// Returns the values with which a run starts as they are shown.
pub(super) fn masked_values(mut values: Map<String, Json>) -> Map<String, Json> {
    for (name, value) in &mut values {
        mask(name.rsplit('.').next().unwrap_or(name), value);
    }
    values
}

/// Puts the values of then where masks came back. A mask with nothing behind it is refused: a flow must not run with it.
pub(super) fn filled_in(
    given: Map<String, Json>,
    of_then: &Map<String, Json>,
) -> Result<Map<String, Json>, ApiError> {
    let mut filled = Map::new();
    for (name, value) in given {
        let value = unmasked(value, of_then.get(&name));
        if value.to_string().contains(MASK) {
            return Err(invalid(format!(
                "«{name}» is masked. Type a value for it, then run the flow."
            )));
        }
        filled.insert(name, value);
    }
    Ok(filled)
}

/// Returns a value as it is, and writes into the audit log who saw it.
pub(super) async fn show(caller: &Caller, at: ValueRef) -> Result<Json, ApiError> {
    caller.need(Right::Reveal)?;
    let view = run_view::read(caller, at.run.clone()).await?;
    let did = view.steps.iter().rev().find(|did| did.step == at.step);
    let values = did.map(|did| {
        if at.is_input {
            &did.inputs
        } else {
            &did.outputs
        }
    });
    let found = values.and_then(|values| value_of(values, &at.field));
    let value = found.and_then(|value| flow::json_at(value, &at.path));
    let value = value.cloned().ok_or_else(|| {
        ApiError::new(
            ErrorCode::NotFound,
            "The run has no such value, or keeps it no more.",
        )
    })?;
    if !mask(&innermost(&at), &mut value.clone()) {
        return Err(invalid("The value is not masked. Read it in the run."));
    }
    let seen = json!({ "step": at.step, "field": at.field, "is_input": at.is_input,
        "path": at.path });
    caller
        .audit("run.show_value", "run", at.run.as_str(), None, Some(seen))
        .await?;
    Ok(value)
}

/// The name that decides about a value inside another: that of a secret around it, else the innermost key.
fn innermost(at: &ValueRef) -> String {
    let mut names = std::iter::once(&at.field.key).chain(&at.path);
    let secret = names.clone().find(|name| is_named(name));
    let own = names.rfind(|name| name.parse::<usize>().is_err());
    secret.or(own).cloned().unwrap_or_default()
}

pub(super) fn value_of<'v>(values: &'v [FieldValue], field: &FieldKey) -> Option<&'v Json> {
    let found = values.iter().find(|value| value.field == *field)?;
    Some(&found.value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(name: &str, mut value: Json) -> Json {
        mask(name, &mut value);
        value
    }

    #[test]
    fn secrets_and_private_attributes_are_masked_wherever_they_stand() {
        let given = json!({"profile": {"login": "ada@example.com", "mobilePhone": "+81 90", "secondEmail": null},
            "credentials": {"password": {"value": "tlpWENT2m"}}, "list": [{"api_key": "x"}, "plain"],
            "header": "Bearer 0123456789abcdef0123456789abcdef", "ssn": 123, "生年月日": "1815-12-10"});
        let seen = shown("Output", given);
        assert_eq!(
            seen,
            json!({"profile": {"login": "ada@example.com", "mobilePhone": MASK, "secondEmail": null},
                "credentials": {"password": {"value": MASK}}, "list": [{"api_key": MASK}, "plain"],
                "header": MASK, "ssn": MASK, "生年月日": MASK})
        );
        assert_eq!(shown("Client Secret", json!("s")), MASK);
        assert_eq!(shown("パスワード", json!(["a", "b"])), json!([MASK, MASK]));
        for (name, value) in [
            ("ID or Login", json!("00u1")),
            ("Password", json!("")),
            ("Mobile Phone Count", json!(3)),
            ("token_count", json!(12)),
        ] {
            assert_eq!(shown(name, value.clone()), value, "{name}");
        }
    }

    #[test]
    fn what_is_nested_without_end_is_masked_and_not_followed() {
        let mut deep = json!("x");
        for _ in 0..100 {
            deep = json!([deep]);
        }
        assert!(mask("Output", &mut deep));
        assert!(deep.to_string().contains(MASK));
    }

    #[test]
    fn masks_that_come_back_become_the_values_of_then() {
        let then = json!({"user": {"login": "ada", "password": "p"}, "codes": ["a", "b"]});
        let given =
            json!({"user": {"login": "eva", "password": MASK}, "codes": [MASK, "c"], "new": MASK});
        assert_eq!(
            unmasked(given, Some(&then)),
            json!({"user": {"login": "eva", "password": "p"}, "codes": ["a", "c"], "new": MASK})
        );
    }
}
