//! Directories: what they are, how they are changed and tried.

mod imports;
mod mapping;
mod people;
mod person;
mod trial;
mod waiting;

use std::collections::BTreeMap;

use api::{
    ApiError, DirectoryTest, DirectoryUnit, DirectoryView, ErrorCode, ImportSettings,
    ImportTimetable, SaveDirectory,
};
use directory::import::increments::USERS;
use directory::import::settings::{Road, Settings};
use ldap::{Address, Security};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use store::directories::{self, DirectoryRow, users};

pub(super) use imports::{
    approve, cancel, lines, list as list_imports, open as open_import, start,
};
pub(super) use mapping::{
    check as check_mapping, preview, read as read_mapping, save as save_mapping,
};
pub(super) use people::{find as find_people, find_in_org as find_org_users};
pub(super) use person::{list as list_users, sign_in, write_back};
pub(super) use trial::try_mapping;
pub(super) use waiting::{confirm, list as list_waiting};

use super::flows::named;
use super::{Caller, Right};
use crate::clock;
use crate::directories::Trouble;
use crate::directories::choices::{self, Timetable, address_of, seal, settings_of};
use crate::directories::keep::{next_at, timetable_of};
use crate::directories::people::door;
use crate::error::{from_connect, from_store, internal, invalid};

/// Users that a test counts at most.
const COUNTED: usize = 1_000;
/// The most bytes of certificates to trust.
const MOST_CERTIFICATES: usize = 64 * 1024;

/// Lists all directories.
pub(super) async fn list(caller: &Caller) -> Result<Vec<DirectoryView>, ApiError> {
    caller.need(Right::Read)?;
    let rows = directories::list(&caller.server.store)
        .await
        .map_err(from_store)?;
    let mut views = Vec::with_capacity(rows.len());
    for row in rows {
        views.push(view(caller, row).await?);
    }
    Ok(views)
}

/// Returns one directory.
pub(super) async fn open(caller: &Caller, id: String) -> Result<DirectoryView, ApiError> {
    caller.need(Right::Read)?;
    view(caller, found(caller, &id).await?).await
}

/// Makes a directory or changes one. The stored password goes only where it went before: whoever changes the place or the
/// account types it again.
pub(super) async fn save(
    caller: &Caller,
    request: SaveDirectory,
) -> Result<DirectoryView, ApiError> {
    caller.need(Right::Connect)?;
    let server = &caller.server;
    let old = match &request.id {
        Some(id) => Some(found(caller, id).await?),
        None => None,
    };
    let address = address(&request)?;
    let account = named(&request.account)?;
    let id = old
        .as_ref()
        .map_or_else(clock::new_id, |row| row.id.clone());
    let is_same_door = match &old {
        Some(row) => address_of(row).map_err(shown)? == address && row.account == account,
        None => false,
    };
    let sealed = match (request.password.as_deref(), &old) {
        (Some(""), _) => return Err(invalid(NO_PASSWORD)),
        (Some(password), _) => seal(server, &id, password).map_err(|error| from_connect(&error))?,
        (None, Some(row)) if is_same_door => row.sealed.clone(),
        (None, _) => return Err(invalid(NO_PASSWORD)),
    };
    if let Some(connection) = &request.connection {
        store::connections::find(&server.store, connection)
            .await
            .map_err(from_store)?
            .filter(|row| row.module == "okta")
            .ok_or_else(|| invalid("This connection is not one to an org. Choose another."))?;
    }
    let settings = checked(&request.settings)?;
    let timetable: Timetable = converted(&request.timetable)?;
    check_timetable(&timetable)?;
    let now = clock::now_ms();
    let row = DirectoryRow {
        id: id.clone(),
        name: named(&request.name)?,
        address: text(&address)?,
        account,
        sealed,
        connection: request.connection,
        settings: text(&settings)?,
        mapping: old.as_ref().and_then(|row| row.mapping.clone()),
        cursor: None,
        schedule: Some(text(&timetable)?),
        next_at: next_at(&timetable, now),
        revision: old.as_ref().map_or(1, |_| request.revision),
        created_at: now,
        updated_at: now,
    };
    match &old {
        Some(_) => {
            directories::save(&server.store, &row)
                .await
                .map_err(from_store)?;
        }
        None => directories::insert(&server.store, &row)
            .await
            .map_err(from_store)?,
    }
    let action = if old.is_some() {
        "directory.change"
    } else {
        "directory.create"
    };
    let told = |row: &DirectoryRow| json!({ "name": row.name, "address": row.address, "account": row.account, "settings": row.settings });
    caller
        .audit(
            action,
            "directory",
            &id,
            old.as_ref().map(told),
            Some(told(&row)),
        )
        .await?;
    view(caller, found(caller, &id).await?).await
}

const NO_PASSWORD: &str = "Type the password of the account. It is needed for a new directory, and again whenever the place or the account changes.";

/// Forgets a directory. Users of the org stay as they are.
pub(super) async fn delete(caller: &Caller, id: String) -> Result<(), ApiError> {
    caller.need(Right::Connect)?;
    let row = found(caller, &id).await?;
    directories::delete(&caller.server.store, &id)
        .await
        .map_err(from_store)?;
    let before = json!({ "name": row.name });
    caller
        .audit("directory.delete", "directory", &id, Some(before), None)
        .await
}

/// Tries a directory: connects, and counts the users that can be read.
pub(super) async fn test(caller: &Caller, id: String) -> Result<DirectoryTest, ApiError> {
    caller.need(Right::Connect)?;
    let row = found(caller, &id).await?;
    let began = clock::now_ms();
    let tried = try_out(caller, &row).await;
    let took_ms = clock::now_ms() - began;
    Ok(match tried {
        Ok(test) => DirectoryTest { took_ms, ..test },
        Err(trouble) => DirectoryTest {
            is_ok: false,
            message: Some(trouble.to_string()),
            controller: None,
            domain: None,
            users: 0,
            has_more: false,
            took_ms,
        },
    })
}

async fn try_out(caller: &Caller, row: &DirectoryRow) -> Result<DirectoryTest, Trouble> {
    let mut directory = door(&caller.server, row).await?;
    let about = directory.about().await?;
    let settings = settings_of(row)?;
    let mut users = 0;
    let mut has_more = false;
    'counting: for base in ldap::read::bases(settings.units.as_deref(), &about.domain) {
        let guid = ["objectGUID".to_owned()];
        let mut found = directory.search(&base, USERS, &guid).await?;
        while found.next().await?.is_some() {
            if users == COUNTED {
                has_more = true;
                break 'counting;
            }
            users += 1;
        }
    }
    Ok(DirectoryTest {
        is_ok: true,
        message: None,
        controller: Some(about.controller.host),
        domain: Some(about.domain.to_string()),
        users,
        has_more,
        took_ms: 0,
    })
}

/// Lists the units of a directory, by name.
pub(super) async fn units(caller: &Caller, id: String) -> Result<Vec<DirectoryUnit>, ApiError> {
    caller.need(Right::Read)?;
    let row = found(caller, &id).await?;
    let units = async {
        let mut directory = door(&caller.server, &row).await?;
        let domain = directory.about().await?.domain;
        Ok::<_, Trouble>((directory.units(&domain).await?, domain))
    };
    let (units, domain) = units.await.map_err(shown)?;
    let names: Vec<String> = units.iter().map(|unit| unit.name.key()).collect();
    let mut listed: Vec<DirectoryUnit> = units
        .iter()
        .map(|unit| {
            let parent = unit
                .name
                .parent()
                .filter(|parent| !parent.is_same(&domain) && names.contains(&parent.key()));
            let label = unit.name.parts().first();
            DirectoryUnit {
                name: unit.name.to_string(),
                parent: parent.map(|parent| parent.to_string()),
                label: label
                    .and_then(|part| part.pairs().first())
                    .map_or_else(|| unit.name.to_string(), |(_, value)| value.clone()),
            }
        })
        .collect();
    listed.sort_by_key(|unit| unit.label.to_lowercase());
    Ok(listed)
}

pub(super) async fn found(caller: &Caller, id: &str) -> Result<DirectoryRow, ApiError> {
    directories::find(&caller.server.store, id)
        .await
        .map_err(from_store)?
        .ok_or_else(|| {
            ApiError::new(
                ErrorCode::NotFound,
                "There is no such directory. It may have been deleted.",
            )
        })
}

async fn view(caller: &Caller, row: DirectoryRow) -> Result<DirectoryView, ApiError> {
    let address = address_of(&row).map_err(shown)?;
    let settings = settings_of(&row).map_err(shown)?;
    let counted = users::count(&caller.server.store, &row.id)
        .await
        .map_err(from_store)?;
    let newest = imports::newest(caller, &row.id).await?;
    Ok(DirectoryView {
        host: address.host,
        port: address.port,
        security: match address.security {
            Security::Ldaps => api::DirectorySecurity::Ldaps,
            Security::StartTls => api::DirectorySecurity::StartTls,
        },
        authorities: address.authorities,
        settings: shown_settings(&settings)?,
        timetable: converted::<_, ImportTimetable>(&timetable_of(&row))?,
        users: counted.into_iter().collect::<BTreeMap<_, _>>(),
        newest,
        id: row.id,
        name: row.name,
        account: row.account,
        connection: row.connection,
        next_at: row.next_at,
        revision: row.revision,
    })
}

fn address(request: &SaveDirectory) -> Result<Address, ApiError> {
    let authorities = request
        .authorities
        .as_deref()
        .map(str::trim)
        .filter(|pem| !pem.is_empty());
    if authorities.is_some_and(|pem| {
        pem.len() > MOST_CERTIFICATES || !pem.contains("-----BEGIN CERTIFICATE-----")
    }) {
        return Err(invalid(
            "The certificates to trust must be PEM (-----BEGIN CERTIFICATE-----), 64 KB at most.",
        ));
    }
    let address = Address {
        host: request.host.trim().to_owned(),
        port: request.port,
        security: match request.security {
            api::DirectorySecurity::Ldaps => Security::Ldaps,
            api::DirectorySecurity::StartTls => Security::StartTls,
        },
        authorities: authorities.map(str::to_owned),
    };
    if !address.is_valid() {
        return Err(invalid(
            "Enter the host name or IP address of a domain controller, without ldaps:// and without a port.",
        ));
    }
    Ok(address)
}

/// Settings as they are shown: what follows from the mapping is not among them.
fn shown_settings(settings: &Settings) -> Result<ImportSettings, ApiError> {
    let mut json = serde_json::to_value(settings).map_err(|error| internal(&error))?;
    if let Some(object) = json.as_object_mut() {
        object.remove("required_custom");
    }
    serde_json::from_value(json).map_err(|error| internal(&error))
}

fn checked(settings: &ImportSettings) -> Result<Settings, ApiError> {
    let json = serde_json::to_value(settings).map_err(|error| internal(&error))?;
    let settings: Settings = serde_json::from_value(json)
        .map_err(|error| invalid(format!("The settings cannot be used: {error}.")))?;
    directory::import::username::Username::new(
        &settings.username,
        settings.naming_context.as_deref(),
    )
    .map_err(|problem| {
        invalid(format!(
            "The expression of the user name cannot be read: {problem}"
        ))
    })?;
    if let Road::Sessions(source) = &settings.road
        && source.trim().is_empty()
    {
        return Err(invalid(
            "Say which identity source the users go through: the id of a Custom Identity Source app of the org.",
        ));
    }
    let percents = [
        settings.safeguard.app_percent,
        settings.safeguard.org_percent,
    ];
    if percents.into_iter().flatten().any(|percent| percent > 100) {
        return Err(invalid("The safeguard is a percentage from 0 to 100."));
    }
    Ok(settings)
}

fn check_timetable(timetable: &Timetable) -> Result<(), ApiError> {
    for schedule in [&timetable.changes, &timetable.full].into_iter().flatten() {
        crate::work::schedule::Planned::read(schedule)
            .map_err(|problem| invalid(format!("The schedule cannot be used: {problem:?}")))?;
    }
    Ok(())
}

pub(super) fn converted<A: Serialize, B: DeserializeOwned>(value: &A) -> Result<B, ApiError> {
    let json = serde_json::to_value(value).map_err(|error| internal(&error))?;
    serde_json::from_value(json).map_err(|error| invalid(format!("This cannot be used: {error}.")))
}

pub(super) fn text<T: Serialize>(value: &T) -> Result<String, ApiError> {
    serde_json::to_string(value).map_err(|error| internal(&error))
}

/// What went wrong with a directory, for whoever asked.
pub(super) fn shown(trouble: Trouble) -> ApiError {
    match trouble {
        Trouble::Store(error) => from_store(error),
        Trouble::Org(error) => ApiError::new(ErrorCode::Org, error.message),
        Trouble::Directory(failure) => ApiError {
            about: Some(failure.name().to_owned()),
            ..ApiError::new(ErrorCode::Directory, failure.to_string())
        },
        Trouble::Choice(text) => invalid(text),
        Trouble::Stopped => ApiError::new(
            ErrorCode::Conflict,
            "Somebody else ended this import meanwhile. Look at it again.",
        ),
    }
}

pub(super) use choices::Asked;
