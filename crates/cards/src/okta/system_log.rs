//! The System Log.

use flow::{Args, CardError};

use super::declare::{
    Action, List, Put, Take, To, action, date_at, keys, nested, object_at, objects_at, put,
    text_at, whole,
};
use super::fields::{MATCHING_SET, SEARCH_LIMIT, STREAM_FLOW};
use super::guidance;
use super::send::{query, query_with_terms, request};
use crate::declare::{date, pick, pick_as, text, words};
use crate::web::{HttpRequest, Method};

const ACTOR: [Take; 4] = [
    text_at("ID", "actor.id"),
    text_at("Type", "actor.type"),
    text_at("Alternate ID", "actor.alternateId"),
    text_at("Display Name", "actor.displayName"),
];
const CLIENT: [Take; 6] = [
    text_at("ID", "client.id"),
    object_at("User Agent", "client.userAgent"),
    object_at("Geographical Context", "client.geographicalContext"),
    text_at("Zone", "client.zone"),
    text_at("IP Address", "client.ipAddress"),
    text_at("Device", "client.device"),
];
const REQUEST: [Take; 1] = [objects_at("IP Chain", "request.ipChain")];
const LOG: [Take; 10] = [
    text_at("UUID", "uuid"),
    date_at("Published", "published"),
    text_at("Event Type", "eventType"),
    text_at("Severity", "severity"),
    text_at("Display Message", "displayMessage"),
    nested("Actor", &ACTOR, &keys(ACTOR)),
    objects_at("Target", "target"),
    nested("Client", &CLIENT, &keys(CLIENT)),
    nested("Request", &REQUEST, &keys(REQUEST)),
    whole("Raw Output"),
];

const fn term(key: &'static str, attribute: &'static str) -> Put {
    put(text(key).of("Search By").more(), To::Term(attribute))
}

static INPUTS: [Put; 19] = [
    put(
        text("searchBy")
            .label("Search By")
            .option()
            .choices(&[pick("Expression"), pick("Keyword")])
            .starts_as("\"Expression\""),
        To::Nowhere,
    ),
    MATCHING_SET,
    put(text("Event Type").of("Search By"), To::Term("eventType")),
    term("UUID", "uuid"),
    term("Display Message", "displayMessage"),
    term("Actor ID", "actor.id"),
    term("Actor Display Name", "actor.displayName"),
    term("Actor Type", "actor.type"),
    term("Target ID", "target.id"),
    term("Target Display Name", "target.displayName"),
    term("Target Type", "target.type"),
    put(
        text("Severity")
            .of("Search By")
            .choices(&[pick("DEBUG"), pick("INFO"), pick("WARN"), pick("ERROR")])
            .more(),
        To::Term("severity"),
    ),
    put(text("Custom Filter").of("Search By"), To::OwnTerm),
    put(text("Keyword").of("Search By").more(), To::Nowhere),
    put(date("since").of("Date").label("Since"), To::Query("since")),
    put(date("until").of("Date").label("Until"), To::Query("until")),
    put(
        text("sortOrder")
            .of("Sort")
            .label("Sort Order")
            .choices(&[
                pick_as("ASCENDING", "Ascending"),
                pick_as("DESCENDING", "Descending"),
            ])
            .more(),
        To::Query("sortOrder"),
    ),
    STREAM_FLOW,
    SEARCH_LIMIT,
];

pub(super) static ACTIONS: [Action; 1] = [action(
    "okta:searchSystemLogs",
    words("Search System Logs", "システムログを検索"),
    words(
        "Finds events of the System Log by their fields, a filter or a keyword.",
        "OrganizationのOktaにあるシステムログからログイベントを検索します。",
    ),
    Method::Get,
    "/api/v1/logs",
)
.notes(&[guidance::SEARCH_LOG, guidance::LIST])
.scopes(&["okta.logs.read"])
.inputs(&INPUTS)
.list(List::new("Result", "System Logs", &LOG, &keys(LOG)).first())
.custom(searched)];

/// A keyword replaces the conditions. Okta refuses keywords of more than 40 characters.
fn searched(action: &Action, args: &Args) -> Result<HttpRequest, CardError> {
    let by_keyword = args.get("parameters", "searchBy").to_text() == "Keyword";
    let query = if by_keyword {
        let mut query = query(action, args);
        let keyword = args.get("Search By", "Keyword").to_text();
        if keyword.chars().count() > 40 {
            return Err(CardError::new(
                "out_of_range",
                "A keyword can have at most 40 characters. Shorten it.",
            ));
        }
        query.insert(0, ("q".into(), keyword));
        query
    } else {
        query_with_terms(action, args, "filter")
    };
    Ok(HttpRequest {
        query,
        ..request(action, args)?
    })
}
