//! Searches that are under way between the pages of a streaming card. A controller knows where a search stands only while its
//! connection is open, so that is kept; one that was lost is begun again and passes over what was handed out.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use directory::decode::name::Name;
use directory::entry::Entry;
use directory::import::increments::USERS;
use ldap::read::Users;
use ldap::{Directory, Failure};
use store::directories::DirectoryRow;
use tokio::time::Instant;

use super::Trouble;
use super::choices::settings_of;
use super::people::{door, manager_of};
use crate::clock;
use crate::state::Server;

/// How long a search waits for its next page; controllers close idle connections after a quarter of an hour.
const WAITS: Duration = Duration::from_secs(600);
/// Searches that wait at one time.
const MOST: usize = 64;

/// What is searched, and where.
pub(crate) struct Search {
    /// Conditions of RFC 4515 that hold beside being a user; none finds everybody.
    pub(crate) filter: Option<String>,
    /// Where; in the selected units where there is none.
    pub(crate) base: Option<Name>,
    /// What is read.
    pub(crate) attributes: Vec<String>,
}

/// A search and how far it is. Only one page of the directory is in memory.
pub(crate) struct Underway {
    directory: Directory,
    filter: String,
    attributes: Vec<String>,
    bases: VecDeque<Name>,
    users: Option<Users>,
    given: u64,
    used_at: Instant,
}

impl Underway {
    /// Begins a search.
    pub(crate) async fn begin(
        server: &Server,
        row: &DirectoryRow,
        search: Search,
    ) -> Result<Self, Trouble> {
        let mut directory = door(server, row).await?;
        let bases = match search.base {
            Some(base) => vec![base],
            None => {
                let settings = settings_of(row)?;
                let domain = directory.about().await?.domain;
                ldap::read::bases(settings.units.as_deref(), &domain)
            }
        };
        let filter = match search.filter {
            Some(conditions) => format!("(&{USERS}{conditions})"),
            None => USERS.to_owned(),
        };
        Ok(Self {
            directory,
            filter,
            attributes: search.attributes,
            bases: bases.into(),
            users: None,
            given: 0,
            used_at: Instant::now(),
        })
    }

    /// The next user; `None` at the end.
    pub(crate) async fn next(&mut self) -> Result<Option<Entry>, Failure> {
        loop {
            if let Some(users) = &mut self.users {
                if let Some(entry) = users.next().await? {
                    self.given += 1;
                    return Ok(Some(entry));
                }
                self.users = None;
            }
            let Some(base) = self.bases.pop_front() else {
                return Ok(None);
            };
            let found = self
                .directory
                .search(&base, &self.filter, &self.attributes)
                .await?;
            self.users = Some(found);
        }
    }

    /// The user principal name of somebody's manager.
    pub(crate) async fn manager_of(&mut self, entry: &Entry) -> Result<Option<String>, Failure> {
        manager_of(&mut self.directory, entry).await
    }

    /// The next users, at most `most`; fewer are the last ones.
    pub(crate) async fn page(&mut self, most: usize) -> Result<Vec<Entry>, Failure> {
        let mut entries = Vec::new();
        while entries.len() < most
            && let Some(entry) = self.next().await?
        {
            entries.push(entry);
        }
        Ok(entries)
    }
}

/// Searches that wait for their next page.
#[derive(Default)]
pub(crate) struct Searches(Mutex<HashMap<String, Underway>>);

impl Searches {
    /// Takes up the search of a cursor, or begins it and goes to where the cursor is.
    pub(crate) async fn resume(
        &self,
        server: &Server,
        row: &DirectoryRow,
        search: Search,
        cursor: Option<&str>,
    ) -> Result<Underway, Trouble> {
        let Some(cursor) = cursor else {
            return Underway::begin(server, row, search).await;
        };
        if let Some(known) = self.lock().remove(cursor) {
            return Ok(known);
        }
        let given = cursor.rsplit_once('-').map(|(_, given)| given.parse());
        let Some(Ok(given)) = given else {
            return Err(Trouble::Choice(
                "The place of this search cannot be read. Begin again.".into(),
            ));
        };
        let mut again = Underway::begin(server, row, search).await?;
        while again.given < given && again.next().await?.is_some() {}
        Ok(again)
    }

    /// Lets a search wait, and returns the cursor of its next page.
    pub(crate) fn keep(&self, mut search: Underway) -> String {
        let now = Instant::now();
        search.used_at = now;
        let cursor = format!("{}-{}", clock::new_id(), search.given);
        let mut waiting = self.lock();
        waiting.retain(|_, known| now.duration_since(known.used_at) < WAITS);
        if waiting.len() >= MOST {
            let oldest = waiting
                .iter()
                .min_by_key(|(_, known)| known.used_at)
                .map(|(cursor, _)| cursor.clone());
            if let Some(oldest) = oldest {
                waiting.remove(&oldest);
            }
        }
        waiting.insert(cursor.clone(), search);
        cursor
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Underway>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
