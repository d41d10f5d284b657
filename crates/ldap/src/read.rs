//! What is read: who answers, the tree of units, users page by page, single users, and what was deleted.

use directory::decode::guid::Guid;
use directory::decode::name::{Name, outermost};
use directory::entry::Entry;
use directory::import::increments::{Controller, USERS};
use ldap3::adapters::{Adapter, EntriesOnly, PagedResults};
use ldap3::controls::RawControl;
use ldap3::{Scope, SearchStream, ldap_escape};

use crate::decode::entry;
use crate::failure::Failure;
use crate::open::Directory;

/// The most units of a tree.
pub const MAX_UNITS: usize = 20_000;
/// Answers stay in the domain that was asked, without references to others.
const STAY_IN_DOMAIN: &str = "1.2.840.113556.1.4.1339";
/// Deleted objects are shown.
const SHOW_DELETED: &str = "1.2.840.113556.1.4.417";

/// Who answers, and for which domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// The controller, to be kept with update sequence numbers.
    pub controller: Controller,
    /// The domain.
    pub domain: Name,
    /// The highest update sequence number now; read before a search, it is where the next one begins.
    pub highest: u64,
}

/// An organizational unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Its key; a unit that is made again under the same name is another one.
    pub guid: Guid,
    /// Its name.
    pub name: Name,
}

/// Users that are being read. Only one page is in memory.
pub struct Users {
    stream: SearchStream<'static, String, Vec<String>>,
    base: String,
}

impl Users {
    /// The next user; `None` when all were read. A unit that is not there any more is [`Failure::Absent`].
    pub async fn next(&mut self) -> Result<Option<Entry>, Failure> {
        match self.stream.next().await {
            Ok(Some(found)) => Ok(Some(entry(found))),
            Ok(None) => {
                let end = self.stream.finish().await;
                match end.rc {
                    0 => Ok(None),
                    32 => Err(Failure::Absent(self.base.clone())),
                    _ => Err(Failure::answer(&end)),
                }
            }
            Err(error) => Err(Failure::of(&error)),
        }
    }

    /// All that is left; fails when there are more than `most`.
    pub async fn all(mut self, most: usize) -> Result<Vec<Entry>, Failure> {
        let mut entries = Vec::new();
        while let Some(entry) = self.next().await? {
            if entries.len() == most {
                return Err(Failure::Limit(format!("more than {most} entries")));
            }
            entries.push(entry);
        }
        Ok(entries)
    }
}

impl Directory {
    /// Who answers. An account that may not read the controller's settings is [`Failure::Absent`].
    pub async fn about(&mut self) -> Result<About, Failure> {
        let names = [
            "defaultNamingContext",
            "dnsHostName",
            "dsServiceName",
            "highestCommittedUSN",
        ];
        let root = self.base("", &names).await?;
        let text = |name: &str| {
            let value = root.first(name).map(str::to_owned);
            value.ok_or_else(|| Failure::Unknown(format!("its root entry has no {name}")))
        };
        let service = text("dsServiceName")?;
        let settings = self.base(&service, &["invocationId"]).await?;
        let invocation = settings
            .first("invocationId")
            .and_then(|text| text.parse().ok());
        let unreadable = |name: &str| Failure::Unknown(format!("its {name} cannot be read"));
        Ok(About {
            controller: Controller {
                host: text("dnsHostName")?,
                invocation: invocation.ok_or_else(|| unreadable("invocationId"))?,
                service,
            },
            domain: text("defaultNamingContext")?
                .parse()
                .map_err(|_| unreadable("defaultNamingContext"))?,
            highest: text("highestCommittedUSN")?
                .parse()
                .map_err(|_| unreadable("highestCommittedUSN"))?,
        })
    }

    /// The units at and below `base`, in no order.
    pub async fn units(&mut self, base: &Name) -> Result<Vec<Unit>, Failure> {
        let filter = "(objectClass=organizationalUnit)";
        let users = self
            .search(base, filter, &["objectGUID".to_owned()])
            .await?;
        let entries = users.all(MAX_UNITS).await?;
        let unit = |entry: Entry| {
            Some(Unit {
                guid: entry.guid()?,
                name: entry.name()?,
            })
        };
        Ok(entries.into_iter().filter_map(unit).collect())
    }

    /// Begins to read the entries at and below `base` that a filter of RFC 4515 lets through, page by page.
    pub async fn search(
        &mut self,
        base: &Name,
        filter: &str,
        attributes: &[String],
    ) -> Result<Users, Failure> {
        let base = base.to_string();
        let pages: Vec<Box<dyn Adapter<'static, String, Vec<String>>>> = vec![
            Box::new(EntriesOnly::new()),
            Box::new(PagedResults::new(self.page())),
        ];
        let ldap = self.ldap().with_controls(control(STAY_IN_DOMAIN));
        let stream = ldap
            .streaming_search_with(pages, &base, Scope::Subtree, filter, attributes.to_vec())
            .await
            .map_err(|error| Failure::of(&error))?;
        Ok(Users { stream, base })
    }

    /// One entry by its name.
    pub async fn read(
        &mut self,
        name: &Name,
        attributes: &[&str],
    ) -> Result<Option<Entry>, Failure> {
        absent_is_none(self.base(&name.to_string(), attributes).await)
    }

    /// One entry by its key, wherever it was moved.
    pub async fn read_by_guid(
        &mut self,
        guid: Guid,
        attributes: &[&str],
    ) -> Result<Option<Entry>, Failure> {
        absent_is_none(self.base(&format!("<GUID={guid}>"), attributes).await)
    }

    /// Users whose attribute has a value, at and below `base`.
    pub async fn find(
        &mut self,
        base: &Name,
        attribute: &str,
        value: &str,
        attributes: &[String],
    ) -> Result<Vec<Entry>, Failure> {
        let filter = format!(
            "(&{USERS}({}={}))",
            ldap_escape(attribute),
            ldap_escape(value)
        );
        self.search(base, &filter, attributes).await?.all(100).await
    }

    /// Users who were deleted. The default rights show them to administrators only.
    pub async fn deleted(&mut self, domain: &Name) -> Result<Vec<Entry>, Failure> {
        let filter = "(&(isDeleted=TRUE)(objectClass=user))";
        let names = [
            "objectGUID",
            "sAMAccountName",
            "lastKnownParent",
            "whenChanged",
            "uSNChanged",
        ];
        let base = format!("CN=Deleted Objects,{domain}");
        let controls = vec![control(SHOW_DELETED), control(STAY_IN_DOMAIN)];
        let ldap = self.ldap().with_controls(controls);
        let answer = ldap.search(&base, Scope::Subtree, filter, names).await;
        let (found, _) = answer
            .and_then(|answer| answer.success())
            .map_err(|error| Failure::of(&error))?;
        Ok(found.into_iter().map(entry).collect())
    }

    /// The user principal name of the entry with this name, for managers.
    pub async fn principal(&mut self, name: &Name) -> Result<Option<String>, Failure> {
        let found = self.read(name, &["userPrincipalName"]).await?;
        Ok(found.and_then(|entry| entry.first("userPrincipalName").map(str::to_owned)))
    }

    async fn base(&mut self, name: &str, attributes: &[&str]) -> Result<Entry, Failure> {
        let names = attributes.to_vec();
        let answer = self
            .ldap()
            .search(name, Scope::Base, "(objectClass=*)", names)
            .await;
        let (found, _) = answer
            .and_then(|answer| answer.success())
            .map_err(|error| Failure::of(&error))?;
        let first = found.into_iter().next();
        first
            .map(entry)
            .ok_or_else(|| Failure::Absent(name.to_owned()))
    }
}

/// A text as it stands in a filter of RFC 4515.
#[must_use]
pub fn escaped(text: &str) -> String {
    ldap_escape(text).into_owned()
}

/// Where to search for the users of these units: each user is found once.
#[must_use]
pub fn bases(units: Option<&[Name]>, domain: &Name) -> Vec<Name> {
    units.map_or_else(|| vec![domain.clone()], outermost)
}

fn absent_is_none(answer: Result<Entry, Failure>) -> Result<Option<Entry>, Failure> {
    match answer {
        Ok(entry) => Ok(Some(entry)),
        Err(Failure::Absent(_)) => Ok(None),
        Err(other) => Err(other),
    }
}

fn control(oid: &str) -> RawControl {
    RawControl {
        ctype: oid.to_owned(),
        crit: true,
        val: None,
    }
}

#[cfg(test)]
mod tests;
