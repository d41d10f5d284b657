//! One row of a mapping on everybody, page by page: on the directory where the row goes to Okta, else on the users of the org.

use std::collections::HashMap;

use api::{ApiError, MappingTrial, TriedPerson, TryMapping};
use directory::entry::Entry;
use directory::mapping::Mapping;
use directory::mapping::preview::Line;
use serde_json::{Map, Value as Json};
use store::directories::DirectoryRow;

use super::mapping::asked;
use super::{found, shown};
use crate::backend::{Caller, Right};
use crate::clock;
use crate::directories::Trouble;
use crate::directories::org::OrgSide;
use crate::directories::people::attributes;
use crate::directories::searching::Search;
use crate::error::invalid;

/// People of the directory on one page.
const PAGE: usize = 500;
/// People of a page who are named.
const MOST_NAMED: usize = 20;

/// Tries a row on the next page of people.
pub(in crate::backend) async fn try_mapping(
    caller: &Caller,
    id: String,
    request: TryMapping,
) -> Result<MappingTrial, ApiError> {
    caller.need(Right::Read)?;
    let row = found(caller, &id).await?;
    let mut mapping = asked(&row, request.rows.as_deref())?;
    mapping.rows.retain(|one| one.ad == request.ad);
    let Some(tried) = mapping.rows.first() else {
        return Err(invalid(format!("The mapping has no row {}.", request.ad)));
    };
    let after = request.after.as_deref();
    let trial = if tried.to_okta.is_on {
        on_directory(caller, &row, &mapping, after).await
    } else {
        on_org(caller, &row, &mapping, after).await
    };
    trial.map_err(shown)
}

async fn on_directory(
    caller: &Caller,
    row: &DirectoryRow,
    mapping: &Mapping,
    after: Option<&str>,
) -> Result<MappingTrial, Trouble> {
    let server = &caller.server;
    let more = ["displayName", "cn", "userPrincipalName"].map(str::to_owned);
    let search = Search {
        filter: None,
        base: None,
        attributes: attributes(mapping, &more),
    };
    let searches = &server.directory_searches;
    let mut under_way = searches.resume(server, row, search, after).await?;
    let people = under_way.page(PAGE).await?;
    let asks_manager = mapping
        .rows
        .iter()
        .any(|row| row.ad.eq_ignore_ascii_case("managerUPN"));
    let mut managers = HashMap::new();
    let (now, nothing) = (clock::now(), Map::new());
    let mut trial = MappingTrial::default();
    for entry in &people {
        let manager = entry.first("manager").unwrap_or_default().to_owned();
        if asks_manager && !manager.is_empty() && !managers.contains_key(&manager) {
            let found = under_way.manager_of(entry).await?;
            managers.insert(manager.clone(), found);
        }
        let principal = |name: &str| managers.get(name).cloned().flatten();
        let lines = mapping.preview_to_okta(entry, &nothing, &principal, now);
        note(&mut trial, || called(entry), &lines)?;
    }
    trial.next = (people.len() == PAGE).then(|| searches.keep(under_way));
    Ok(trial)
}

async fn on_org(
    caller: &Caller,
    row: &DirectoryRow,
    mapping: &Mapping,
    after: Option<&str>,
) -> Result<MappingTrial, Trouble> {
    let Some(connection) = row.connection.clone() else {
        return Err(Trouble::Choice(
            "No org is chosen for this directory. Choose a connection in its settings.".into(),
        ));
    };
    let org = OrgSide::new(&caller.server, connection);
    let (users, next) = org.users_page(after).await?;
    let (now, nobody) = (clock::now(), Entry::default());
    let mut trial = MappingTrial {
        next,
        ..MappingTrial::default()
    };
    for user in &users {
        let Some(Json::Object(profile)) = user.get("profile") else {
            continue;
        };
        let lines = mapping.preview_to_ad(profile, &nobody, now);
        let login = || {
            profile
                .get("login")
                .and_then(Json::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        note(&mut trial, login, &lines)?;
    }
    Ok(trial)
}

/// Counts somebody, and names them where the row does not suit them.
fn note(
    trial: &mut MappingTrial,
    name: impl Fn() -> String,
    lines: &[Line],
) -> Result<(), Trouble> {
    trial.tried += 1;
    let is_wrong = |line: &&Line| line.is_on && !line.troubles.is_empty();
    let Some(line) = lines.iter().find(is_wrong) else {
        return Ok(());
    };
    if trial.wrong.len() == MOST_NAMED {
        trial.more_wrong += 1;
        return Ok(());
    }
    let troubles = line.troubles.iter().map(serde_json::to_value);
    trial.wrong.push(TriedPerson {
        name: name(),
        value: line.value.clone(),
        troubles: troubles
            .collect::<Result<_, _>>()
            .map_err(|error| Trouble::Choice(error.to_string()))?,
    });
    Ok(())
}

fn called(entry: &Entry) -> String {
    let names = ["displayName", "cn", "userPrincipalName"];
    let known = names.iter().find_map(|name| entry.first(name));
    known.unwrap_or_default().to_owned()
}
