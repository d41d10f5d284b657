//! Writes attributes of one entry, each by itself, so that one that is refused leaves the others written.

use std::collections::HashSet;

use directory::decode::name::{Name, escaped};
use directory::mapping::Writing;
use directory::write_back::{Found, ManagerBy, ManagerOutcome, ManagerReason, Write, manager};
use ldap3::{LdapResult, Mod};

use crate::failure::Failure;
use crate::open::Directory;

/// What became of one attribute.
#[derive(Debug)]
pub struct Written {
    /// The attribute.
    pub attribute: String,
    /// Whether it was written.
    pub result: Result<(), NotWritten>,
}

/// Why an attribute was not written.
#[derive(Debug, thiserror::Error)]
pub enum NotWritten {
    /// The directory refuses it.
    #[error(transparent)]
    Directory(#[from] Failure),
    /// The rules refuse this manager.
    #[error("This manager cannot be set: {0:?}.")]
    Manager(ManagerReason),
    /// The directory sets it itself.
    #[error("The directory sets this attribute itself.")]
    SetByDirectory,
}

impl Directory {
    /// Writes into the entry `name`. A rename comes last, because the entry has another name afterwards.
    pub async fn write(&mut self, name: &Name, writes: &[Write]) -> Vec<Written> {
        let is_rename = |write: &&Write| write.writing == Writing::Rename;
        let (last, first): (Vec<&Write>, Vec<&Write>) = writes.iter().partition(is_rename);
        let mut written = Vec::new();
        for write in first.into_iter().chain(last) {
            written.push(Written {
                attribute: write.attribute.clone(),
                result: self.write_one(name, write).await,
            });
        }
        written
    }

    async fn write_one(&mut self, name: &Name, write: &Write) -> Result<(), NotWritten> {
        match write.writing {
            Writing::Never => Err(NotWritten::SetByDirectory),
            Writing::Modify => Ok(self.replace(name, &write.attribute, &write.after).await?),
            Writing::Rename => Ok(self.rename(name, &write.after).await?),
            Writing::ManagerName => self.set_manager(name, ManagerBy::Name, &write.after).await,
            Writing::ManagerPrincipal => {
                self.set_manager(name, ManagerBy::Principal, &write.after)
                    .await
            }
        }
    }

    /// An empty value takes the attribute away.
    async fn replace(&mut self, name: &Name, attribute: &str, value: &str) -> Result<(), Failure> {
        let values: HashSet<&str> = Some(value)
            .filter(|value| !value.is_empty())
            .into_iter()
            .collect();
        let change = Mod::Replace(attribute, values);
        let answer = self.ldap().modify(&name.to_string(), vec![change]).await;
        done(&answer.map_err(|error| Failure::of(&error))?)
    }

    async fn rename(&mut self, name: &Name, to: &str) -> Result<(), Failure> {
        let first = format!("CN={}", escaped(to));
        let answer = self
            .ldap()
            .modifydn(&name.to_string(), &first, true, None)
            .await;
        done(&answer.map_err(|error| Failure::of(&error))?)
    }

    async fn set_manager(
        &mut self,
        name: &Name,
        by: ManagerBy,
        value: &str,
    ) -> Result<(), NotWritten> {
        let found = match by {
            ManagerBy::Name => self.manager_by_name(value).await?,
            ManagerBy::Principal => self.manager_by_principal(value).await?,
        };
        let known = Found {
            is_there: found.is_some(),
            domain: found.as_ref().and_then(Name::domain),
        };
        let verdict = manager(by, Some(value), name.domain().as_deref(), &known);
        let value = match (verdict.outcome, found) {
            (ManagerOutcome::SetManager, Some(found)) => found.to_string(),
            (ManagerOutcome::ClearManager, _) => String::new(),
            (ManagerOutcome::Unchanged, _) => return Ok(()),
            _ => {
                let reason = verdict.reason.unwrap_or(ManagerReason::NotFound);
                return Err(NotWritten::Manager(reason));
            }
        };
        Ok(self.replace(name, "manager", &value).await?)
    }

    async fn manager_by_name(&mut self, value: &str) -> Result<Option<Name>, Failure> {
        let Ok(name) = value.parse::<Name>() else {
            return Ok(None);
        };
        if name.parts().is_empty() {
            return Ok(None);
        }
        let found = self.read(&name, &["objectGUID"]).await?;
        Ok(found.and_then(|entry| entry.name()))
    }

    async fn manager_by_principal(&mut self, value: &str) -> Result<Option<Name>, Failure> {
        if value.is_empty() {
            return Ok(None);
        }
        let domain = self.about().await?.domain;
        let found = self
            .find(
                &domain,
                "userPrincipalName",
                value,
                &["objectGUID".to_owned()],
            )
            .await?;
        Ok(found.first().and_then(directory::entry::Entry::name))
    }
}

fn done(answer: &LdapResult) -> Result<(), Failure> {
    if answer.rc == 0 {
        return Ok(());
    }
    Err(Failure::answer(answer))
}
