//! Single people of a directory: found by whatever names them, and shown through a mapping.

use std::sync::Arc;

use api::MappingPreview;
use directory::decode::guid::Guid;
use directory::decode::name::Name;
use directory::entry::Entry;
use directory::import::decide::{Question, Trigger, decide};
use directory::import::username::Username;
use directory::mapping::{Mapping, app_user};
use ldap::{Directory, Failure};
use serde_json::{Map, Value as Json};
use store::directories::{DirectoryRow, users};

use super::Trouble;
use super::choices::{account_of, address_of, settings_of};
use super::org::OrgSide;
use super::plan::record;
use crate::clock;
use crate::state::Server;

/// Connects with the account of the directory.
pub(crate) async fn door(server: &Server, row: &DirectoryRow) -> Result<Directory, Trouble> {
    let address = address_of(row)?;
    let account = account_of(server, row)?;
    Ok(Directory::open(&address, &account).await?)
}

/// Finds a person by distinguished name, objectGUID, user principal name, account name or mail address. More than one is
/// trouble, nobody is not.
pub(crate) async fn find(
    directory: &mut Directory,
    asked: &str,
    attributes: &[String],
) -> Result<Option<Entry>, Trouble> {
    let asked = asked.trim();
    if asked.is_empty() {
        return Err(Trouble::Choice(
            "Say who: a user principal name, an account name, a mail address, a distinguished name or an objectGUID.".into(),
        ));
    }
    let names: Vec<&str> = attributes.iter().map(String::as_str).collect();
    if asked.contains('=')
        && let Ok(name) = asked.parse::<Name>()
        && let Some(found) = directory.read(&name, &names).await?
    {
        return Ok(Some(found));
    }
    if let Ok(guid) = asked.parse::<Guid>()
        && let Some(found) = directory.read_by_guid(guid, &names).await?
    {
        return Ok(Some(found));
    }
    let domain = directory.about().await?.domain;
    // `DOMAIN\name` names an account.
    let account = asked.rsplit_once('\\').map(|(_, account)| account);
    let tried = match account {
        Some(account) => vec![("sAMAccountName", account)],
        None => vec![
            ("userPrincipalName", asked),
            ("sAMAccountName", asked),
            ("mail", asked),
        ],
    };
    for (attribute, value) in tried {
        let mut found = directory
            .find(&domain, attribute, value, attributes)
            .await?;
        if found.len() > 1 {
            return Err(Trouble::Choice(format!(
                "{} users of the directory have the {attribute} {value}. Use the distinguished name.",
                found.len()
            )));
        }
        if let Some(found) = found.pop() {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// The attributes that are read of a person: those of the mapping, the manager, and others that were asked for.
pub(crate) fn attributes(mapping: &Mapping, more: &[String]) -> Vec<String> {
    let mut names = mapping.attributes_to_read();
    let more = more.iter().map(String::as_str);
    for name in ["manager", "accountExpires"].into_iter().chain(more) {
        if !names.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            names.push(name.to_owned());
        }
    }
    names
}

/// The user principal name of a person's manager.
pub(crate) async fn manager_of(
    directory: &mut Directory,
    entry: &Entry,
) -> Result<Option<String>, Failure> {
    match entry.first("manager").map(str::parse::<Name>) {
        Some(Ok(name)) => directory.principal(&name).await,
        _ => Ok(None),
    }
}

/// Shows one person through a mapping in both directions. `profile` is the Okta user; it is read from the org where absent.
pub(crate) async fn preview(
    server: &Arc<Server>,
    row: &DirectoryRow,
    mapping: &Mapping,
    asked: &str,
    profile: Option<Map<String, Json>>,
) -> Result<Option<MappingPreview>, Trouble> {
    let mut settings = settings_of(row)?;
    settings.required_custom = mapping.required_custom();
    let mut directory = door(server, row).await?;
    let Some(entry) = find(&mut directory, asked, &attributes(mapping, &[])).await? else {
        return Ok(None);
    };
    let manager = manager_of(&mut directory, &entry).await?;
    let principal = |_: &str| manager.clone();
    let guid = entry
        .guid()
        .map(|guid| guid.to_string())
        .unwrap_or_default();
    let known = users::find(&server.store, &row.id, &guid).await?;
    let known = known.as_ref().map(record).transpose()?;
    let now = clock::now();
    let verdict = decide(&Question {
        trigger: Trigger::Full,
        entry: Some(&entry),
        known: known.as_ref().map(|record| record.status),
        settings: &settings,
        now,
    });
    let username = Username::new(&settings.username, settings.naming_context.as_deref())
        .map_err(|problem| Trouble::Choice(problem.to_string()))?;
    let app_user = app_user(&mapping.rows, &entry, &principal);
    let login = username.of(&entry, &app_user, now).ok();
    let (okta_user, okta) = match profile {
        Some(profile) => (None, profile),
        None => okta_user(server, row, login.as_deref()).await?,
    };
    Ok(Some(MappingPreview {
        name: entry
            .first("distinguishedName")
            .unwrap_or_default()
            .to_owned(),
        login,
        verdict: json(&verdict)?,
        okta_user,
        to_okta: lines(&mapping.preview_to_okta(&entry, &okta, &principal, now))?,
        to_ad: lines(&mapping.preview_to_ad(&okta, &entry, now))?,
    }))
}

/// Id and profile of the user of the org with this login, where there is an org.
pub(crate) async fn okta_user(
    server: &Arc<Server>,
    row: &DirectoryRow,
    login: Option<&str>,
) -> Result<(Option<String>, Map<String, Json>), Trouble> {
    let (Some(connection), Some(login)) = (&row.connection, login) else {
        return Ok((None, Map::new()));
    };
    let org = OrgSide::new(server, connection.clone());
    let Some(mut user) = org.by_login(login).await? else {
        return Ok((None, Map::new()));
    };
    let id = user.get("id").and_then(Json::as_str).map(str::to_owned);
    let profile = user.get_mut("profile").map(Json::take);
    let profile = match profile {
        Some(Json::Object(profile)) => profile,
        _ => Map::new(),
    };
    Ok((id, profile))
}

fn lines<T: serde::Serialize>(lines: &[T]) -> Result<Vec<Json>, Trouble> {
    lines.iter().map(json).collect()
}

fn json<T: serde::Serialize>(value: &T) -> Result<Json, Trouble> {
    serde_json::to_value(value).map_err(|error| Trouble::Choice(error.to_string()))
}
