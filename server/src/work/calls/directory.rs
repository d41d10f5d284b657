//! Active Directory cards: users searched and read, imports, a sign-in, a mapping, writing back.

use std::sync::Arc;
use std::time::{Duration, Instant};

use api::{Hidden, SignInUser, WriteBack};
use cards::active_directory as card;
use cards::okta::ResultSet;
use directory::entry::Entry;
use directory::import::increments::Wish;
use engine::{Answer, Call, CallTrace, Event, Page};
use flow::{Args, CardError, RetryHint, Value};
use serde_json::{Map, Value as Json};
use store::StoreError;
use store::directories::imports::{self, ImportRow, ImportStatus};
use store::directories::{self, DirectoryRow};

use crate::clock;
use crate::directories::choices::{Asked, mapping_of};
use crate::directories::people::{self, attributes, door, preview};
use crate::directories::searching::{Search, Underway};
use crate::directories::{Trouble, keep, sign_in, telling, write_back};
use crate::state::Server;

/// Users of one page of a stream.
const PAGE: usize = 200;
/// How often an import is looked at that a card waits for.
const LOOK: Duration = Duration::from_millis(250);

pub(super) async fn call(
    server: &Arc<Server>,
    call: Call,
    may_be_again: bool,
    record: &(dyn Fn(Event) + Send + Sync),
) -> Result<Answer, CardError> {
    let row = directory_of(server, &call).await?;
    let (began, at_ms) = (Instant::now(), clock::now_ms());
    let result = answer(server, &row, &call, may_be_again).await;
    let Some(verb) = verb(call.card.method()) else {
        return result;
    };
    let trace = CallTrace {
        method: verb.to_owned(),
        path: format!("//{}", row.name),
        status: match &result {
            Ok(_) => Some(0),
            Err(error) => error.status,
        },
        took_ms: u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
        at_ms,
        attempt: call.attempt,
    };
    match result {
        Ok(mut answer) => {
            answer.trace.push(trace);
            Ok(answer)
        }
        Err(error) => {
            record(Event::Call(trace));
            Err(error)
        }
    }
}

/// What a card asks of the directory, in the words of RFC 4511; nothing for imports, which have reports of their own.
fn verb(method: &str) -> Option<&'static str> {
    match method {
        "searchUsers" | "readUser" | "mapAttributes" => Some("SEARCH"),
        "signIn" => Some("BIND"),
        "updateUser" => Some("MODIFY"),
        _ => None,
    }
}

async fn answer(
    server: &Arc<Server>,
    row: &DirectoryRow,
    call: &Call,
    may_be_again: bool,
) -> Result<Answer, CardError> {
    let args = &call.args;
    let outputs = match call.card.method() {
        "searchUsers" => return search(server, row, call).await,
        "readUser" => {
            let more = card::attributes(args, "User")?;
            let mapping = mapping_of(row).map_err(refused)?;
            let mut directory = door(server, row).await.map_err(refused)?;
            let found = people::find(&mut directory, &person(args), &attributes(&mapping, &more))
                .await
                .map_err(refused)?;
            card::read_user(&found.ok_or_else(nobody)?)
        }
        "fullImport" => import(server, row, args, Wish::Full, may_be_again).await?,
        "incrementalImport" => import(server, row, args, Wish::Changes, may_be_again).await?,
        "signIn" => {
            let asked = SignInUser {
                username: args.get("Sign-in", "Username").to_text(),
                password: Hidden(args.get("Sign-in", "Password").to_text()),
            };
            let result = sign_in::sign_in(server, row, asked).await;
            card::signed_in(&json(&result.map_err(refused)?)?)
        }
        "mapAttributes" => {
            let mapping = mapping_of(row).map_err(refused)?;
            let shown = preview(server, row, &mapping, &person(args), profile(args))
                .await
                .map_err(refused)?;
            card::mapped(&json(&shown.ok_or_else(nobody)?)?)
        }
        "updateUser" => {
            let only = match args.get("User", "Only Attributes") {
                Value::List(names) => names.iter().map(Value::to_text).collect(),
                Value::Null => Vec::new(),
                one => vec![one.to_text()],
            };
            let asked = WriteBack {
                person: person(args),
                profile: profile(args),
                only,
            };
            let written = write_back::write_back(server, row, asked).await;
            card::written(&json(&written.map_err(refused)?.ok_or_else(nobody)?)?)
        }
        other => {
            return Err(CardError::new(
                "card.unavailable",
                format!("The card {other} is not available here."),
            ));
        }
    };
    Ok(Answer {
        outputs,
        ..Answer::default()
    })
}

async fn directory_of(server: &Server, call: &Call) -> Result<DirectoryRow, CardError> {
    let id = call.connection.as_ref().ok_or_else(|| {
        CardError::new(
            "connection.missing",
            "The card has no connection. Choose a directory on the card and save the flow.",
        )
    })?;
    let found = directories::find(&server.store, id.as_str()).await;
    found.map_err(|error| refused(error.into()))?.ok_or_else(|| {
        CardError::new(
            "connection.gone",
            "The directory of this card does not exist any more. Choose another one on the card and save the flow.",
        )
    })
}

async fn search(
    server: &Arc<Server>,
    row: &DirectoryRow,
    call: &Call,
) -> Result<Answer, CardError> {
    let args = &call.args;
    let more = card::attributes(args, "Inputs")?;
    let mapping = mapping_of(row).map_err(refused)?;
    let base = args.get("Inputs", "Base").to_text();
    let base = match base.trim() {
        "" => None,
        text => Some(text.parse().map_err(|error| {
            CardError::new(
                "directory.base",
                format!("The base is no distinguished name: {error}. Write it like OU=Staff,DC=corp,DC=example."),
            )
        })?),
    };
    let search = Search {
        filter: card::filter(args)?,
        base,
        attributes: attributes(&mapping, &more),
    };
    let shown = |entries: Vec<Entry>| entries.iter().map(card::user).collect::<Vec<Value>>();
    let most = match card::result_set(args) {
        ResultSet::First => 1,
        ResultSet::Block { max } => max,
        ResultSet::One => card::BLOCK,
        ResultSet::Stream => {
            let searches = &server.directory_searches;
            let cursor = call.cursor.as_deref();
            let mut under_way = searches
                .resume(server, row, search, cursor)
                .await
                .map_err(refused)?;
            let entries = under_way.page(PAGE).await;
            let entries = entries.map_err(|failure| refused(failure.into()))?;
            let next = (entries.len() == PAGE).then(|| searches.keep(under_way));
            let page = Page {
                records: shown(entries),
                next,
            };
            return Ok(Answer {
                page: Some(page),
                ..Answer::default()
            });
        }
    };
    let mut under_way = Underway::begin(server, row, search)
        .await
        .map_err(refused)?;
    let entries = under_way.page(most).await;
    let entries = entries.map_err(|failure| refused(failure.into()))?;
    Ok(Answer {
        outputs: card::found(shown(entries)),
        ..Answer::default()
    })
}

/// Begins an import and waits until it is over or until somebody must look at it.
async fn import(
    server: &Arc<Server>,
    row: &DirectoryRow,
    args: &Args,
    read: Wish,
    may_be_again: bool,
) -> Result<flow::Outputs, CardError> {
    let goes_on = args.get("parameters", "approval").to_text() != "Wait for Approval";
    let asked = Asked { read, goes_on };
    let id = match keep::begin(server, &row.id, asked, "flow", None).await {
        Ok(id) => id,
        Err(Trouble::Store(StoreError::Taken { .. })) => {
            let own = if may_be_again {
                own_import(server, row).await?
            } else {
                None
            };
            own.ok_or_else(|| {
                CardError::new(
                    "directory.busy",
                    "Another import of this directory is not over. Let it go on or cancel it, then run the flow again.",
                )
            })?
        }
        Err(trouble) => return Err(refused(trouble)),
    };
    loop {
        let found = imports::find(&server.store, &id).await;
        let import = found.map_err(|error| refused(error.into()))?;
        let import = import.ok_or_else(|| refused(Trouble::Stopped))?;
        match import.status {
            ImportStatus::Planning | ImportStatus::Running => tokio::time::sleep(LOOK).await,
            ImportStatus::Failed => {
                let why = import.error.unwrap_or_default();
                return Err(CardError::new(
                    "directory.import",
                    format!("The import failed: {why}"),
                ));
            }
            _ => return outputs_of(server, &import).await,
        }
    }
}

async fn outputs_of(server: &Server, import: &ImportRow) -> Result<flow::Outputs, CardError> {
    let shown = telling::shown(server, import).await;
    Ok(card::import(&shown.map_err(|error| refused(error.into()))?))
}

/// The import that this card began in an earlier life of the server.
async fn own_import(server: &Server, row: &DirectoryRow) -> Result<Option<String>, CardError> {
    let newest = imports::list(&server.store, &row.id, None, 1).await;
    let newest = newest.map_err(|error| refused(error.into()))?;
    let own = newest.items.into_iter().next();
    Ok(own
        .filter(|import| import.cause == "flow" && !import.status.is_over())
        .map(|import| import.id))
}

fn person(args: &Args) -> String {
    args.get("User", "Person").to_text()
}

/// The profile of the Okta user: of a user as Okta's cards give it, or the profile alone.
fn profile(args: &Args) -> Option<Map<String, Json>> {
    let Json::Object(mut given) = args.get("User", "Okta User").to_json() else {
        return None;
    };
    if given.is_empty() {
        return None;
    }
    match given.remove("profile").or_else(|| given.remove("Profile")) {
        Some(Json::Object(profile)) => Some(profile),
        Some(other) => {
            given.insert("profile".to_owned(), other);
            Some(given)
        }
        None => Some(given),
    }
}

fn json<T: serde::Serialize>(value: &T) -> Result<Json, CardError> {
    serde_json::to_value(value)
        .map_err(|error| CardError::new("directory.value", error.to_string()))
}

fn nobody() -> CardError {
    CardError {
        status: Some(404),
        ..CardError::new(
            "directory.nobody",
            "Nobody in the directory has this name. Try the user principal name, the mail address or the distinguished name.",
        )
    }
}

fn refused(trouble: Trouble) -> CardError {
    let text = trouble.to_string();
    match trouble {
        Trouble::Org(error) => *error,
        Trouble::Directory(failure) => {
            let is_away = matches!(failure, ldap::Failure::Unreachable(_));
            CardError {
                retry: if is_away {
                    RetryHint::Unavailable
                } else {
                    RetryHint::No
                },
                ..CardError::new("directory.refused", text)
            }
        }
        Trouble::Choice(_) | Trouble::Stopped => CardError::new("directory.settings", text),
        Trouble::Store(error) => {
            tracing::error!(%error, "a directory card could not read or write the database");
            CardError::new("directory.store", text)
        }
    }
}
