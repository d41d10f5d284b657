//! Test vectors: a situation as JSON, what the rules make of it, and whether that is what the vector expects. A vector says in
//! `given` what it is about: an import, a sign-in, a user name, a manager, or one direction of the mapping.

mod agreement;
mod given;

#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value as Json, json};

use crate::entry::Entry;
use crate::import::decide::{Outcome, Question, decide};
use crate::import::username::Username;
use crate::import::{DIRECTIONS, Rule, USERNAME};
use crate::mapping::{Mapping, app_user};
use crate::write_back;

/// Explains every vector of a file: a list, or an object with the list under `test_vectors` or `vectors`. `None` when there
/// is no list.
#[must_use]
pub fn all(file: &Json, now: DateTime<Utc>) -> Option<Vec<Json>> {
    let list = ["test_vectors", "vectors"]
        .iter()
        .find_map(|name| file.get(name));
    let list = list.unwrap_or(file).as_array()?;
    Some(list.iter().map(|vector| one(vector, now)).collect())
}

/// Explains one vector: `{"id", "outcome", "rules", "ok", …}`. Where the vector has no `expect`, `ok` is false.
#[must_use]
pub fn one(vector: &Json, now: DateTime<Utc>) -> Json {
    let empty = Map::new();
    let given = vector
        .get("given")
        .and_then(Json::as_object)
        .unwrap_or(&empty);
    let mut found = Map::new();
    found.insert(
        "id".to_owned(),
        vector.get("id").cloned().unwrap_or(Json::Null),
    );
    match answer(given, now) {
        Ok(mut answer) => {
            for name in ["outcome", "rules"] {
                let first = answer.remove(name).unwrap_or(Json::Null);
                found.insert(name.to_owned(), first);
            }
            found.extend(answer);
        }
        Err(problem) => {
            found.insert("outcome".to_owned(), Json::Null);
            found.insert("rules".to_owned(), json!([]));
            found.insert("problem".to_owned(), Json::from(problem));
        }
    }
    let expected = vector.get("expect").and_then(Json::as_object);
    let differences = match expected {
        Some(expected) => agreement::differences(expected, &found),
        None => vec![json!({ "key": "expect", "expected": "an object", "found": null })],
    };
    found.insert("ok".to_owned(), Json::from(differences.is_empty()));
    if !differences.is_empty() {
        found.insert("differences".to_owned(), Json::from(differences));
    }
    Json::Object(found)
}

type Answer = Map<String, Json>;

fn answer(given: &Answer, now: DateTime<Utc>) -> Result<Answer, String> {
    let is_to_ad = given.get("direction").and_then(Json::as_str) == Some("okta_to_ad");
    if given.contains_key("mapping") && (is_to_ad || given.contains_key("manager_found")) {
        return manager(given);
    }
    if is_to_ad {
        return to_directory(given, now);
    }
    from_directory(given, now)
}

fn manager(given: &Answer) -> Result<Answer, String> {
    let question = given::Manager::read(given)?;
    let verdict = write_back::manager(
        question.by,
        question.value.as_deref(),
        question.user_domain.as_deref(),
        &question.found,
    );
    let mut answer = object(json!({
        "outcome": verdict.outcome,
        "rules": verdict.rules,
        "other_attributes": "written",
    }));
    if let Some(reason) = verdict.reason {
        answer.insert("reason".to_owned(), json!(reason));
    }
    Ok(answer)
}

fn to_directory(given: &Answer, now: DateTime<Utc>) -> Result<Answer, String> {
    let user = given.get("okta_user").and_then(Json::as_object);
    let user = user.ok_or("`okta_user` must be an object with the profile.")?;
    let profile = user
        .get("profile")
        .and_then(Json::as_object)
        .unwrap_or(user);
    let mapping = given::mapping(given)?;
    let mapped = mapping.compiled().to_ad(profile, now);
    Ok(object(json!({
        "outcome": "mapped",
        "rules": [DIRECTIONS],
        "ad": mapped.values,
        "troubles": mapped.troubles,
    })))
}

fn from_directory(given: &Answer, now: DateTime<Utc>) -> Result<Answer, String> {
    let entry = given::entry(given)?;
    let settings = given::settings(given)?;
    let known = given::known(given);
    let mut answer = Answer::new();
    let mut rules: Vec<Rule> = Vec::new();
    let trigger = given::trigger(given)?;
    let mut is_taken = true;
    if let Some(trigger) = trigger {
        let verdict = decide(&Question {
            trigger,
            entry: entry.as_ref(),
            known,
            settings: &settings,
            now,
        });
        is_taken = matches!(verdict.outcome, Outcome::Import | Outcome::Update);
        let is_silent = matches!(
            verdict.outcome,
            Outcome::Ignored | Outcome::Skipped | Outcome::Unchanged | Outcome::ForgetImportRecord
        );
        rules.extend(&verdict.rules);
        answer = object(json!(verdict));
        answer.insert(
            "outcome".to_owned(),
            Json::from(given::outcome(verdict.outcome)),
        );
        answer.insert(
            "okta_call".to_owned(),
            if is_silent {
                Json::Null
            } else {
                json!(given::call(verdict.outcome, &settings))
            },
        );
        answer.retain(|name, value| name == "okta_call" || !is_blank(value));
    }
    if let Some(entry) = entry.as_ref().filter(|_| is_taken) {
        profile(given, entry, &settings, now, &mut answer)?;
        rules.push(USERNAME);
        rules.push(DIRECTIONS);
    }
    if trigger.is_none() && !answer.contains_key("outcome") {
        let outcome = if entry.is_some() {
            "mapped"
        } else {
            "unchanged"
        };
        answer.insert("outcome".to_owned(), Json::from(outcome));
    }
    let problem = answer.get("username_problem").is_some();
    if problem && trigger.is_some() {
        answer.insert("outcome".to_owned(), Json::from("skipped"));
        answer.insert("reason".to_owned(), Json::from("invalid_username"));
        answer.insert("okta_call".to_owned(), Json::Null);
        rules = vec![USERNAME];
    }
    rules.sort();
    rules.dedup();
    answer.insert("rules".to_owned(), json!(rules));
    Ok(answer)
}

/// The user name and the Okta profile of an entry.
fn profile(
    given: &Answer,
    entry: &Entry,
    settings: &crate::import::settings::Settings,
    now: DateTime<Utc>,
    answer: &mut Answer,
) -> Result<(), String> {
    let mapping: Mapping = given::mapping(given)?;
    let compiled = mapping.compiled();
    let manager = given::manager_principal(given);
    let app_user = app_user(compiled.rows(), entry, &|_| manager.clone());
    let username = Username::new(&settings.username, settings.naming_context.as_deref());
    let username = username.map_err(|problem| problem.to_string())?;
    let mut mapped = compiled.to_okta(&app_user, now);
    match username.of(entry, &app_user, now) {
        Ok(login) => {
            mapped
                .values
                .insert("login".to_owned(), Json::from(login.as_str()));
            answer.insert("login".to_owned(), Json::from(login));
        }
        Err(why) => {
            answer.insert("username_problem".to_owned(), json!(why));
        }
    }
    if given.get("direction").and_then(Json::as_str) == Some("ad_to_okta") {
        answer.insert("okta".to_owned(), json!(mapped.values));
    }
    answer.insert("profile".to_owned(), json!(mapped.values));
    if !mapped.troubles.is_empty() {
        answer.insert("troubles".to_owned(), json!(mapped.troubles));
    }
    Ok(())
}

fn is_blank(value: &Json) -> bool {
    value.is_null() || value.as_array().is_some_and(Vec::is_empty)
}

fn object(value: Json) -> Answer {
    match value {
        Json::Object(object) => object,
        _ => Answer::new(),
    }
}
