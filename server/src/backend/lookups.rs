//! What an org offers while a flow is designed: choices of lists, and the attributes of its profile schemas. Answers are
//! kept for some minutes, so that opening a list again costs no call; who wants to be sure asks for a fresh one.

use api::{ApiError, Attributes, Choices, ErrorCode, LookUp, MOST_IDS, OrgChoice, ReadSchema};
use flow::{Lookup, Schema};
use store::connections::ConnectionRow;

use super::connections::found;
use super::{Caller, Right};
use crate::error::invalid;

mod ask;
mod cache;
mod lists;
mod schemas;

use ask::Asker;
pub(crate) use cache::Lookups;
use lists::{Item, Kept};

/// Longest text to search for.
const MAX_SEARCH: usize = 200;

pub(super) async fn look_up(caller: &Caller, request: LookUp) -> Result<Choices, ApiError> {
    let row = readable(caller, &request.connection).await?;
    if request.search.chars().count() > MAX_SEARCH || request.ids.len() > MOST_IDS {
        return Err(invalid(format!(
            "Search for at most {MAX_SEARCH} letters, or for the names of at most {MOST_IDS} ids."
        )));
    }
    let asker = Asker {
        server: &caller.server,
        row: &row,
        fresh: request.fresh,
    };
    match request.what {
        Lookup::Flows | Lookup::Tables => Err(invalid("Flows and tables are not of an org.")),
        Lookup::Groups => lists::groups(&asker, &request).await,
        what => whole(&asker, what, &request).await,
    }
}

/// Lists that are short enough to be read at once; the search happens here unless the list was cut.
async fn whole(asker: &Asker<'_>, what: Lookup, request: &LookUp) -> Result<Choices, ApiError> {
    let text = request.search.trim().to_lowercase();
    let mut kept = lists::all(asker, what, "").await?;
    if kept.is_cut && !text.is_empty() {
        kept = lists::all(asker, what, &text).await?;
    }
    let mut choices = chosen(&kept, what, request, &text);
    // What begins with the text is more likely meant than what has it somewhere.
    choices.sort_by_cached_key(|choice| {
        let name = choice.name.to_lowercase();
        (!name.starts_with(&text), name)
    });
    choices.dedup_by(|one, other| one.id == other.id);
    Ok(Choices {
        choices,
        next: None,
        asked_at: kept.asked_at,
    })
}

fn chosen(kept: &Kept, what: Lookup, request: &LookUp, text: &str) -> Vec<OrgChoice> {
    let is_wanted = |item: &&Item| {
        let of_parent = match (what, &request.parent) {
            (Lookup::AppInstances, Some(kind)) => item.kind == *kind,
            _ => true,
        };
        of_parent
            && (request.ids.is_empty() || request.ids.contains(&item.id))
            && (item.name.to_lowercase().contains(text) || item.id.to_lowercase() == text)
    };
    let is_source = |item: &&Item| lists::is_identity_source(&item.kind);
    let has_sources = kept.items.iter().any(|item| is_source(&item));
    kept.items
        .iter()
        .filter(is_wanted)
        // An org that names its sources otherwise can still choose among all.
        .filter(|item| what != Lookup::IdentitySources || !has_sources || is_source(item))
        .map(Item::choice)
        .collect()
}

pub(super) async fn read_schema(
    caller: &Caller,
    request: ReadSchema,
) -> Result<Attributes, ApiError> {
    let row = readable(caller, &request.connection).await?;
    let path = match (request.schema, request.app.as_deref()) {
        (Schema::User, _) => "/api/v1/meta/schemas/user/default".to_owned(),
        (Schema::Group, _) => "/api/v1/meta/schemas/group/default".to_owned(),
        (Schema::AppUser, Some(app)) if is_id(app) => {
            format!("/api/v1/meta/schemas/apps/{app}/default")
        }
        (Schema::AppUser, _) => {
            return Err(invalid("Choose an application first, or give its id."));
        }
    };
    let asker = Asker {
        server: &caller.server,
        row: &row,
        fresh: request.fresh,
    };
    let known = asker
        .known(&path, async || {
            let reply = asker.get("okta.schemas.read", &path, Vec::new()).await?;
            let attributes = schemas::read(&reply.body, request.schema);
            Ok(cache::Answer::Attributes(attributes))
        })
        .await?;
    match known.answer {
        cache::Answer::Attributes(attributes) => Ok(Attributes {
            attributes: attributes.to_vec(),
            asked_at: known.asked_at,
        }),
        cache::Answer::Items { .. } => Err(invalid("This path is not a schema.")),
    }
}

/// Ids of Okta are letters and digits.
fn is_id(text: &str) -> bool {
    (1..=100).contains(&text.len()) && text.chars().all(|c| c.is_ascii_alphanumeric())
}

/// Who may see a connection may see what its org offers.
async fn readable(caller: &Caller, id: &flow::ConnectionId) -> Result<ConnectionRow, ApiError> {
    if caller.need(Right::Read).is_err() {
        caller.need(Right::Connect)?;
    }
    let row = found(caller, id).await?;
    if row.module == "okta" {
        return Ok(row);
    }
    Err(ApiError::new(
        ErrorCode::Invalid,
        "Only connections to Okta orgs offer lists.",
    ))
}
