//! Single people of a directory: listed, signed in, written back.

use api::{
    ApiError, DirectoryUserQuery, ErrorCode, SignInUser, SignedInUser, WriteBack, WrittenBack,
};
use serde_json::{Value as Json, json};

use super::{found, shown};
use crate::backend::{Caller, Right};
use crate::directories::choices::mapping_of;
use crate::directories::people::attributes;
use crate::directories::searching::{Search, Underway};
use crate::directories::{sign_in, write_back};
use crate::error::invalid;

/// Lists users of a directory.
pub(in crate::backend) async fn list(
    caller: &Caller,
    id: String,
    query: DirectoryUserQuery,
) -> Result<Vec<Json>, ApiError> {
    caller.need(Right::Connect)?;
    let row = found(caller, &id).await?;
    let refused = |problem: directory::filter::BadFilter| invalid(problem.to_string());
    let mut conditions = String::new();
    match (&query.attribute, &query.value) {
        (Some(attribute), Some(value)) if !value.is_empty() => {
            conditions += &directory::filter::equals(attribute, value).map_err(refused)?;
        }
        (None, None) => {}
        _ => {
            return Err(invalid(
                "Give an attribute and the value that it has, or neither.",
            ));
        }
    }
    if let Some(filter) = query.filter.as_deref().map(str::trim) {
        directory::filter::check(filter).map_err(refused)?;
        conditions += filter;
    }
    let base = query.base.as_deref().map(str::parse).transpose();
    let base =
        base.map_err(|error| invalid(format!("The base is no distinguished name: {error}.")))?;
    let mapping = mapping_of(&row).map_err(shown)?;
    let search = Search {
        filter: (!conditions.is_empty()).then_some(conditions),
        base,
        attributes: attributes(&mapping, &[]),
    };
    let most = query
        .limit
        .unwrap_or(100)
        .clamp(1, cards::active_directory::BLOCK);
    let mut under_way = Underway::begin(&caller.server, &row, search)
        .await
        .map_err(shown)?;
    let entries = under_way.page(most).await;
    let entries = entries.map_err(|failure| shown(failure.into()))?;
    Ok(entries
        .iter()
        .map(|entry| cards::active_directory::user(entry).to_json())
        .collect())
}

/// Tries the password of a person and imports or updates that person. Neither the password nor its letters are in the audit.
pub(in crate::backend) async fn sign_in(
    caller: &Caller,
    id: String,
    request: SignInUser,
) -> Result<SignedInUser, ApiError> {
    caller.need(Right::Connect)?;
    let row = found(caller, &id).await?;
    let username = request.username.clone();
    let result = sign_in::sign_in(&caller.server, &row, request)
        .await
        .map_err(shown)?;
    let after = json!({ "username": username, "result": result });
    caller
        .audit("directory.sign_in", "directory", &id, None, Some(after))
        .await?;
    Ok(result)
}

/// Writes what the mapping makes of an Okta user into the directory.
pub(in crate::backend) async fn write_back(
    caller: &Caller,
    id: String,
    request: WriteBack,
) -> Result<WrittenBack, ApiError> {
    caller.need(Right::Connect)?;
    let row = found(caller, &id).await?;
    let person = request.person.clone();
    let written = write_back::write_back(&caller.server, &row, request)
        .await
        .map_err(shown)?
        .ok_or_else(|| ApiError::new(ErrorCode::NotFound, NOBODY))?;
    let after = json!({ "person": person, "written": written.written, "failed": written.failed });
    caller
        .audit("directory.write_back", "directory", &id, None, Some(after))
        .await?;
    Ok(written)
}

pub(super) const NOBODY: &str = "Nobody in the directory has this name. Try the user principal name, the mail address or the distinguished name.";
