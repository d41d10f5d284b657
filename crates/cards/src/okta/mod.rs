//! Action cards of the Okta connector: each is a row that says which call it makes, where its inputs go in the request
//! and where its outputs come from in the answer. Pure: the host sends the request with the account of the connection,
//! follows pages and keeps to rate limits.

use std::collections::HashMap;
use std::sync::LazyLock;

use flow::{Args, CardError, CardKey, FieldKey, Outputs, Value};

use crate::declare::Card;
use declare::{Action, From};

mod declare;
mod fields;
mod guidance;
mod keep;
mod profile;
mod reply;
mod results;
mod send;
mod terms;

mod app_users;
mod applications;
mod custom;
mod group_rules;
mod groups;
mod identity_sources;
mod lifecycle;
mod linked_objects;
mod paths;
mod system_log;
mod user_lists;
mod users;

pub use crate::web::{HttpReply, HttpRequest, Method};
pub use results::{MAX_RECORDS, ResultSet};

static BY_KEY: LazyLock<HashMap<&'static str, &'static Action>> =
    LazyLock::new(|| all().map(|(action, _)| (action.key, action)).collect());

fn all() -> impl Iterator<Item = (&'static Action, &'static str)> {
    [
        (users::ACTIONS.as_slice(), "user"),
        (user_lists::ACTIONS.as_slice(), "user-search"),
        (lifecycle::ACTIONS.as_slice(), "user-cog"),
        (groups::ACTIONS.as_slice(), "users"),
        (group_rules::ACTIONS.as_slice(), "list-checks"),
        (applications::ACTIONS.as_slice(), "app-window"),
        (app_users::ACTIONS.as_slice(), "app-window"),
        (linked_objects::ACTIONS.as_slice(), "link"),
        (identity_sources::ACTIONS.as_slice(), "file-input"),
        (system_log::ACTIONS.as_slice(), "file-text"),
        (custom::ACTIONS.as_slice(), "terminal"),
    ]
    .into_iter()
    .flat_map(|(actions, icon)| actions.iter().map(move |action| (action, icon)))
}

pub(crate) fn cards() -> Vec<Card> {
    all().map(|(action, icon)| action.card(icon)).collect()
}

fn find(card: &CardKey) -> Result<&'static Action, CardError> {
    BY_KEY.get(card.as_str()).copied().ok_or_else(|| {
        CardError::new(
            "unknown_card",
            format!("There is no Okta action {card}. Choose another card."),
        )
    })
}

/// Returns method and path of the call that `card` makes, with the names of its variables; nothing where the author
/// writes them.
pub(crate) fn call_of(card: &CardKey) -> Option<String> {
    let action = find(card).ok()?;
    // The path of Custom API Action is only the beginning of what its author writes.
    (!action.path.ends_with('/')).then(|| format!("{} {}", action.method.as_str(), action.path))
}

/// Returns the one call that `card` makes. Refuses where a value that the address needs is missing, and where the card
/// needs several calls: [`requests`] gives them all.
pub fn request(card: &CardKey, args: &Args) -> Result<HttpRequest, CardError> {
    let mut requests = requests(card, args)?;
    if requests.len() > 1 {
        return Err(CardError::new(
            "out_of_range",
            format!("{card} makes several calls with these inputs. Split them."),
        ));
    }
    requests.pop().ok_or_else(|| {
        CardError::new(
            "no_call",
            format!("{card} makes no call with these inputs."),
        )
    })
}

/// Returns the calls that `card` makes one after the other: a single one for all cards but Bulk User Import, and Update
/// Application Profile with credentials. The outputs are those of the last answer, once every answer is good.
pub fn requests(card: &CardKey, args: &Args) -> Result<Vec<HttpRequest>, CardError> {
    let action = find(card)?;
    if let Some(several) = action.several {
        return several(action, args);
    }
    let request = match action.custom {
        Some(custom) => custom(action, args),
        None => send::request(action, args),
    };
    Ok(vec![request?])
}

/// Returns the call that reads what `card` is about to replace, where the card must not lose what its inputs say nothing
/// of. Okta's replacements clear what they are not given. [`completed`] takes the answer.
pub fn reads_first(card: &CardKey, args: &Args) -> Result<Option<HttpRequest>, CardError> {
    let action = find(card)?;
    if action.keeps.is_empty() {
        return Ok(None);
    }
    Ok(Some(HttpRequest {
        method: Method::Get,
        path: send::path(action, args)?,
        query: Vec::new(),
        headers: Vec::new(),
        body: None,
    }))
}

/// Returns `request` with everything that `current`, the answer to [`reads_first`], has beside it.
pub fn completed(card: &CardKey, request: HttpRequest, current: &HttpReply) -> HttpRequest {
    match find(card) {
        Ok(action) => keep::completed(action, request, &current.body),
        Err(_) => request,
    }
}

/// Reads the answer into the outputs of `card`. A status of 400 or more is an error with Okta's own words.
///
/// For lists the body is one page, or several pages put together by the host.
pub fn outputs(card: &CardKey, args: &Args, reply: &HttpReply) -> Result<Outputs, CardError> {
    reply::outputs(find(card)?, args, reply)
}

/// Returns how much of a list the card gives.
pub fn result_set(card: &CardKey, args: &Args) -> ResultSet {
    find(card).map_or(ResultSet::One, |action| results::result_set(action, args))
}

/// Returns the records of one page, as the card's list or the helper flow of a stream gets them.
pub fn records(card: &CardKey, reply: &HttpReply) -> Vec<Value> {
    find(card)
        .map(|action| reply::records(action, reply))
        .unwrap_or_default()
}

/// Returns the output that holds the list of a block.
pub fn list_output(card: &CardKey) -> Option<FieldKey> {
    let list = find(card).ok()?.list?;
    Some(FieldKey::in_group(list.group, list.name))
}

/// Returns the output that counts the records of a stream.
pub fn count_output(card: &CardKey) -> Option<FieldKey> {
    let action = find(card).ok()?;
    if let Some(take) = action
        .outputs
        .iter()
        .find(|take| matches!(take.from, From::Counted))
    {
        return Some(FieldKey::in_group(take.group, take.name));
    }
    Some(FieldKey::in_group(action.list?.group, "Records Streamed"))
}

/// Returns how many records a stream may read at most; a limit below zero is an error.
pub fn record_limit(args: &Args) -> Result<u64, CardError> {
    results::record_limit(args)
}

/// Tells whether Custom API Action deletes a user: the first call deactivates, and a second one deletes for good.
pub(crate) fn deletes_user(args: &Args) -> bool {
    custom::deletes_user(args)
}

#[cfg(test)]
mod tests;
