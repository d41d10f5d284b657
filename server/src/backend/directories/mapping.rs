//! The mapping of a directory: read, replaced, put back, and shown for one person.

use api::{
    ApiError, AttributeFacts, CheckMapping, ErrorCode, MappingCheck, MappingPreview, MappingRow,
    MappingView, PreviewMapping, SaveMapping,
};
use directory::entry::Entry;
use directory::import::decide::{Question, Trigger, decide};
use directory::import::username::Username;
use directory::mapping::{FlawKind, Mapping, Published, app_user, published};
use ldap::Directory;
use serde_json::{Map, Value as Json, json};
use store::directories::{self, DirectoryRow, users};

use super::{converted, found, shown, text};
use crate::backend::{Caller, Right};
use crate::clock;
use crate::directories::Trouble;
use crate::directories::choices::{account_of, address_of, mapping_of, settings_of};
use crate::directories::org::OrgSide;
use crate::directories::plan::record;
use crate::error::{from_store, internal, invalid};

/// Returns the mapping.
pub(in crate::backend) async fn read(caller: &Caller, id: String) -> Result<MappingView, ApiError> {
    caller.need(Right::Read)?;
    view(&found(caller, &id).await?)
}

/// Replaces the mapping. What cannot be compiled is refused; what is only doubtful is shown.
pub(in crate::backend) async fn save(
    caller: &Caller,
    id: String,
    request: SaveMapping,
) -> Result<MappingView, ApiError> {
    caller.need(Right::Connect)?;
    let mut row = found(caller, &id).await?;
    let before = row.mapping.clone();
    row.mapping = match &request.rows {
        None => None,
        Some(rows) => {
            let mapping = mapping(rows)?;
            let wrong = mapping
                .check()
                .into_iter()
                .find(|flaw| !matches!(flaw.kind, FlawKind::Shared { .. }));
            if let Some(flaw) = wrong {
                return Err(ApiError {
                    about: Some(flaw.ad.clone()),
                    ..invalid(format!(
                        "The row {} cannot be used: {}",
                        flaw.ad,
                        said(&flaw.kind)
                    ))
                });
            }
            let is_published = mapping == Mapping::published();
            (!is_published).then(|| text(&mapping)).transpose()?
        }
    };
    row.revision = request.revision;
    row.updated_at = clock::now_ms();
    directories::save(&caller.server.store, &row)
        .await
        .map_err(from_store)?;
    let told = |mapping: Option<String>| json!({ "mapping": mapping });
    caller
        .audit(
            "directory.mapping",
            "directory",
            &id,
            Some(told(before)),
            Some(told(row.mapping.clone())),
        )
        .await?;
    view(&found(caller, &id).await?)
}

fn view(row: &DirectoryRow) -> Result<MappingView, ApiError> {
    let mapping = mapping_of(row).map_err(shown)?;
    Ok(MappingView {
        rows: converted(&mapping.rows)?,
        is_published: row.mapping.is_none(),
        flaws: flaws(&mapping)?,
        revision: row.revision,
        published: converted(&Mapping::published().rows)?,
        attributes: published::ROWS
            .iter()
            .map(facts)
            .collect::<Result<_, _>>()?,
    })
}

fn flaws(mapping: &Mapping) -> Result<Vec<Json>, ApiError> {
    let flaws = mapping.check();
    let flaws = flaws.iter().map(serde_json::to_value);
    flaws
        .collect::<Result<_, _>>()
        .map_err(|error| internal(&error))
}

fn facts(row: &Published) -> Result<AttributeFacts, ApiError> {
    Ok(AttributeFacts {
        ad: row.ad.to_owned(),
        syntax: converted(&row.shape.syntax)?,
        is_single: row.shape.is_single,
        least: row.shape.least,
        most: row.shape.most,
        writing: converted(&row.writing)?,
        is_base: published::BASE.contains(&row.ad),
    })
}

/// Checks rows without saving them. An org that does not answer is no error: the rows themselves are checked all the same.
pub(in crate::backend) async fn check(
    caller: &Caller,
    id: String,
    request: CheckMapping,
) -> Result<MappingCheck, ApiError> {
    caller.need(Right::Read)?;
    let row = found(caller, &id).await?;
    let mapping = match &request.rows {
        Some(rows) => mapping(rows)?,
        None => mapping_of(&row).map_err(shown)?,
    };
    let mut check = MappingCheck {
        flaws: flaws(&mapping)?,
        properties: None,
        org_error: None,
    };
    if let Some(connection) = row.connection.filter(|_| request.asks_org) {
        match OrgSide::new(&caller.server, connection).properties().await {
            Ok(properties) => {
                let mut names: Vec<String> = properties.into_iter().collect();
                names.sort();
                check.properties = Some(names);
            }
            Err(error) => check.org_error = Some(error.message),
        }
    }
    Ok(check)
}

fn mapping(rows: &[MappingRow]) -> Result<Mapping, ApiError> {
    if rows.len() > directory::mapping::MAX_ROWS {
        return Err(invalid("A mapping has 500 rows at most."));
    }
    Ok(Mapping {
        rows: converted(&rows)?,
    })
}

fn said(flaw: &FlawKind) -> String {
    match flaw {
        FlawKind::Expression { problem } => format!("{problem}"),
        FlawKind::WrongRoot { root } => {
            format!("{root} is not there in this direction.")
        }
        FlawKind::Shared { property, with } => {
            format!("{with} gives {property} its value already.")
        }
        FlawKind::Repeated { name } => format!("{name} is there twice."),
        FlawKind::BaseIsMissing => "this attribute must be in the mapping.".to_owned(),
        FlawKind::BadName { name } => format!("{name:?} is no name of an attribute."),
        FlawKind::TooMany => "there are too many rows.".to_owned(),
    }
}

/// Shows one person: what is in the directory, what comes of it, what is in the org.
pub(in crate::backend) async fn preview(
    caller: &Caller,
    id: String,
    request: PreviewMapping,
) -> Result<MappingPreview, ApiError> {
    caller.need(Right::Read)?;
    let row = found(caller, &id).await?;
    let mapping = match &request.rows {
        Some(rows) => mapping(rows)?,
        None => mapping_of(&row).map_err(shown)?,
    };
    let mut settings = settings_of(&row).map_err(shown)?;
    settings.required_custom = mapping.required_custom();
    let (entry, manager) = person(caller, &row, &mapping, &request.person)
        .await
        .map_err(shown)?
        .ok_or_else(|| {
            ApiError::new(
                ErrorCode::NotFound,
                "Nobody in the directory has this name. Try the user principal name, the mail address or the distinguished name.",
            )
        })?;
    let principal = |_: &str| manager.clone();
    let guid = entry
        .guid()
        .map(|guid| guid.to_string())
        .unwrap_or_default();
    let known = users::find(&caller.server.store, &row.id, &guid)
        .await
        .map_err(from_store)?;
    let known = known.as_ref().map(record).transpose().map_err(shown)?;
    let now = clock::now();
    let verdict = decide(&Question {
        trigger: Trigger::Full,
        entry: Some(&entry),
        known: known.as_ref().map(|record| record.status),
        settings: &settings,
        now,
    });
    let username = Username::new(&settings.username, settings.naming_context.as_deref())
        .map_err(|problem| invalid(problem.to_string()))?;
    let profile = app_user(&mapping.rows, &entry, &principal);
    let login = username.of(&entry, &profile, now).ok();
    let okta = okta_profile(caller, &row, login.as_deref()).await?;
    let (okta_user, okta) = match okta {
        Some(user) => (
            user.get("id").and_then(Json::as_str).map(str::to_owned),
            user.get("profile")
                .and_then(Json::as_object)
                .cloned()
                .unwrap_or_default(),
        ),
        None => (None, Map::new()),
    };
    Ok(MappingPreview {
        name: entry
            .first("distinguishedName")
            .unwrap_or_default()
            .to_owned(),
        login,
        verdict: converted(&verdict)?,
        okta_user,
        to_okta: converted(&mapping.preview_to_okta(&entry, &okta, &principal, now))?,
        to_ad: converted(&mapping.preview_to_ad(&okta, &entry, now))?,
    })
}

/// Finds a person in the directory, and the user principal name of the manager.
async fn person(
    caller: &Caller,
    row: &DirectoryRow,
    mapping: &Mapping,
    asked: &str,
) -> Result<Option<(Entry, Option<String>)>, Trouble> {
    let asked = asked.trim();
    let address = address_of(row)?;
    let account = account_of(&caller.server, row)?;
    let mut directory = Directory::open(&address, &account).await?;
    let mut attributes = mapping.attributes_to_read();
    attributes.push("manager".to_owned());
    let mut found = None;
    if asked.contains('=')
        && let Ok(name) = asked.parse()
    {
        let names: Vec<&str> = attributes.iter().map(String::as_str).collect();
        found = directory.read(&name, &names).await?;
    }
    if found.is_none() {
        let domain = directory.about().await?.domain;
        for attribute in ["userPrincipalName", "sAMAccountName", "mail"] {
            let users = directory
                .find(&domain, attribute, asked, &attributes)
                .await?;
            found = users.into_iter().next();
            if found.is_some() {
                break;
            }
        }
    }
    let Some(entry) = found else { return Ok(None) };
    let manager = match entry.first("manager").map(str::parse) {
        Some(Ok(name)) => directory.principal(&name).await?,
        _ => None,
    };
    Ok(Some((entry, manager)))
}

/// Returns the user of the org with this login, where there is an org and it answers.
async fn okta_profile(
    caller: &Caller,
    row: &DirectoryRow,
    login: Option<&str>,
) -> Result<Option<Json>, ApiError> {
    let (Some(connection), Some(login)) = (&row.connection, login) else {
        return Ok(None);
    };
    OrgSide::new(&caller.server, connection.clone())
        .by_login(login)
        .await
        .map_err(|error| ApiError::new(ErrorCode::Org, error.message))
}
