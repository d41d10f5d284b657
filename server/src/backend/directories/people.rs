//! Looking for people: in the directory, to see one of them through the mapping; in the org, to say who somebody is.

use api::{ApiError, DirectoryPerson, ErrorCode, FindOrgUsers, FindPeople, OrgUser};
use directory::entry::Entry;
use directory::import::increments::USERS;
use ldap::read::{bases, escaped};
use serde_json::Value as Json;
use store::directories::DirectoryRow;

use super::{door, found, shown};
use crate::backend::{Caller, Right};
use crate::directories::Trouble;
use crate::directories::choices::settings_of;
use crate::directories::org::OrgSide;
use crate::error::invalid;

/// The most people that are listed.
const MOST: usize = 20;
/// The most letters of a search.
const MOST_TEXT: usize = 200;
/// The most users that are asked for by their ids.
const MOST_IDS: usize = 10;
const ATTRIBUTES: [&str; 5] = [
    "distinguishedName",
    "displayName",
    "cn",
    "userPrincipalName",
    "sAMAccountName",
];

/// Lists people of the selected units whose name begins so, at most 20.
pub(in crate::backend) async fn find(
    caller: &Caller,
    id: String,
    request: FindPeople,
) -> Result<Vec<DirectoryPerson>, ApiError> {
    caller.need(Right::Read)?;
    let row = found(caller, &id).await?;
    let text = request.text.unwrap_or_default();
    let text = text.trim();
    if text.chars().count() > MOST_TEXT {
        return Err(invalid("Search for fewer letters, 200 at most."));
    }
    let people = read(caller, &row, &filter(text)).await.map_err(shown)?;
    Ok(people.iter().map(person).collect())
}

async fn read(caller: &Caller, row: &DirectoryRow, filter: &str) -> Result<Vec<Entry>, Trouble> {
    let mut directory = door(&caller.server, row).await?;
    let domain = directory.about().await?.domain;
    let settings = settings_of(row)?;
    let attributes = ATTRIBUTES.map(str::to_owned);
    let mut people = Vec::new();
    for base in bases(settings.units.as_deref(), &domain) {
        let mut found = directory.search(&base, filter, &attributes).await?;
        while people.len() < MOST {
            match found.next().await {
                Ok(Some(entry)) => people.push(entry),
                // A unit that is gone has nobody.
                Ok(None) | Err(ldap::Failure::Absent(_)) => break,
                Err(failure) => return Err(failure.into()),
            }
        }
        if people.len() == MOST {
            break;
        }
    }
    Ok(people)
}

/// A filter of RFC 4515 for people whose names begin with `text`.
fn filter(text: &str) -> String {
    if text.is_empty() {
        return format!("(&{USERS}(!(isCriticalSystemObject=TRUE)))");
    }
    let text = escaped(text);
    let names = ATTRIBUTES.into_iter().skip(1).chain(["mail", "sn"]);
    let parts: String = names.map(|name| format!("({name}={text}*)")).collect();
    format!("(&{USERS}(|{parts}))")
}

fn person(entry: &Entry) -> DirectoryPerson {
    let text = |name: &str| entry.first(name).map(str::to_owned);
    let name = text("distinguishedName").unwrap_or_default();
    DirectoryPerson {
        display: text("displayName")
            .or_else(|| text("cn"))
            .unwrap_or_else(|| name.clone()),
        principal: text("userPrincipalName"),
        account: text("sAMAccountName"),
        name,
    }
}

/// Lists users of the org by their ids or by the beginning of a name, at most 20.
pub(in crate::backend) async fn find_in_org(
    caller: &Caller,
    id: String,
    request: FindOrgUsers,
) -> Result<Vec<OrgUser>, ApiError> {
    caller.need(Right::Read)?;
    let row = found(caller, &id).await?;
    let connection = row.connection.ok_or_else(|| {
        invalid("No org is chosen for this directory. Choose a connection in its settings.")
    })?;
    let org = OrgSide::new(&caller.server, connection);
    let mut users = Vec::new();
    let ids = request.ids.as_deref().unwrap_or_default().split(',');
    for id in ids
        .map(str::trim)
        .filter(|id| !id.is_empty())
        .take(MOST_IDS)
    {
        let user = org.by_login(id).await;
        let user = user.map_err(|error| ApiError::new(ErrorCode::Org, error.message))?;
        users.extend(user.as_ref().and_then(org_user));
    }
    let text = request.text.unwrap_or_default();
    let text = text.trim();
    if text.chars().count() > MOST_TEXT {
        return Err(invalid("Search for fewer letters, 200 at most."));
    }
    if !text.is_empty() {
        let found = org.search(&search(text)).await;
        let found = found.map_err(|error| ApiError::new(ErrorCode::Org, error.message))?;
        users.extend(found.iter().filter_map(org_user).take(MOST));
    }
    Ok(users)
}

/// A search of Okta's users API.
fn search(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('"', "\\\"");
    ["login", "email", "firstName", "lastName"]
        .map(|property| format!("profile.{property} sw \"{text}\""))
        .join(" or ")
}

fn org_user(user: &Json) -> Option<OrgUser> {
    let text = |pointer: &str| user.pointer(pointer).and_then(Json::as_str);
    let names = [text("/profile/firstName"), text("/profile/lastName")];
    Some(OrgUser {
        id: text("/id")?.to_owned(),
        login: text("/profile/login").unwrap_or_default().to_owned(),
        name: names.into_iter().flatten().collect::<Vec<_>>().join(" "),
        email: text("/profile/email").map(str::to_owned),
        status: text("/status").unwrap_or_default().to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_cannot_leave_its_place() {
        assert!(filter("a)(cn=*").contains("(cn=a\\29\\28cn=\\2a*)"));
        assert!(filter("").starts_with("(&"));
        assert!(search("a\" or id pr").contains("sw \"a\\\" or id pr\""));
    }

    #[test]
    fn somebody_without_a_display_name_has_another() {
        let entry = Entry::new([("cn".to_owned(), vec!["山田 花子".to_owned()])]);
        assert_eq!(person(&entry).display, "山田 花子");
    }
}
