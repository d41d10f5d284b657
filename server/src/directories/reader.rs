//! Reads the users of a directory for a plan: all of them, or those who changed and those whom the org refused last time.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use directory::decode::guid::Guid;
use directory::decode::name::Name;
use directory::entry::Entry;
use directory::import::increments::{Cursor, Reading, USERS, WhyFull, Wish, next};
use ldap::read::{About, Users, bases};
use ldap::{Directory, Failure};

use super::Trouble;
use super::choices::Choices;

/// What is read, and from whom. Only one page of users is in memory.
pub(super) struct Reader {
    directory: Directory,
    about: About,
    /// What is read, and why.
    pub(super) reading: Reading,
    /// Units that were selected and are gone.
    pub(super) vanished: Vec<Name>,
    /// Users who are read by their keys, before everything else.
    again: VecDeque<Guid>,
    bases: VecDeque<Name>,
    users: Option<Users>,
    attributes: Vec<String>,
    /// The managers of all users that were read.
    pub(super) managers: Arc<Managers>,
}

/// The user principal names of managers, each looked up once.
#[derive(Default)]
pub(super) struct Managers {
    known: Mutex<HashMap<String, Option<String>>>,
}

impl Reader {
    /// Connects, and finds out what is to be read.
    pub(super) async fn open(choices: &Choices, wish: Wish) -> Result<Self, Trouble> {
        let mut directory = Directory::open(&choices.address, &choices.account).await?;
        let about = directory.about().await?;
        let units = choices.settings.units.as_deref();
        let mut vanished = Vec::new();
        for unit in units.into_iter().flatten() {
            if directory.read(unit, &["objectGUID"]).await?.is_none() {
                vanished.push(unit.clone());
            }
        }
        let cursor = choices.cursor.as_ref();
        let mut reading = next(wish, cursor, &about.controller, about.highest, units);
        if !vanished.is_empty() && matches!(reading, Reading::Changes { .. }) {
            reading = Reading::Full {
                why: WhyFull::UnitVanished,
                filter: USERS.to_owned(),
            };
        }
        let mut bases: VecDeque<Name> = bases(units, &about.domain).into();
        bases.retain(|base| !vanished.iter().any(|unit| unit.is_same(base)));
        let mut attributes = choices.mapping.attributes_to_read();
        if !attributes.iter().any(|name| name == "manager") {
            attributes.push("manager".to_owned());
        }
        Ok(Self {
            directory,
            about,
            reading,
            vanished,
            again: VecDeque::new(),
            bases,
            users: None,
            attributes,
            managers: Arc::default(),
        })
    }

    /// Where the next import goes on, once this one is completed.
    pub(super) fn cursor(&self, choices: &Choices) -> Cursor {
        Cursor {
            controller: self.about.controller.clone(),
            highest: self.about.highest,
            units: choices.settings.units.clone(),
        }
    }

    /// Whether everybody is read.
    pub(super) fn is_full(&self) -> bool {
        matches!(self.reading, Reading::Full { .. })
    }

    /// Reads these users too, though they did not change. Where everybody is read, they are anyway.
    pub(super) fn also(&mut self, guids: Vec<Guid>) {
        if !self.is_full() {
            self.again = guids.into();
        }
    }

    /// Returns the next user; `None` when all were read.
    pub(super) async fn next(&mut self) -> Result<Option<Entry>, Trouble> {
        let found = self.read_next().await?;
        if let Some(entry) = &found {
            self.learn_manager(entry).await?;
        }
        Ok(found)
    }

    async fn read_next(&mut self) -> Result<Option<Entry>, Failure> {
        while let Some(guid) = self.again.pop_front() {
            let names: Vec<&str> = self.attributes.iter().map(String::as_str).collect();
            let found = self.directory.read_by_guid(guid, &names).await?;
            if found.is_some() {
                return Ok(found);
            }
        }
        loop {
            if let Some(users) = &mut self.users {
                if let Some(entry) = users.next().await? {
                    return Ok(Some(entry));
                }
                self.users = None;
            }
            let Some(base) = self.bases.pop_front() else {
                return Ok(None);
            };
            let (Reading::Full { filter, .. } | Reading::Changes { filter }) = &self.reading;
            let found = self.directory.search(&base, filter, &self.attributes);
            self.users = Some(found.await?);
        }
    }

    /// Looks the manager of a user up, unless that was done before.
    async fn learn_manager(&mut self, entry: &Entry) -> Result<(), Failure> {
        let Some(manager) = entry.first("manager") else {
            return Ok(());
        };
        if self.managers.lock().contains_key(manager) {
            return Ok(());
        }
        let principal = match manager.parse::<Name>() {
            Ok(name) => self.directory.principal(&name).await?,
            Err(_) => None,
        };
        self.managers.lock().insert(manager.to_owned(), principal);
        Ok(())
    }
}

impl Managers {
    /// The user principal name of a distinguished name.
    pub(super) fn principal(&self, name: &str) -> Option<String> {
        self.lock().get(name).cloned().flatten()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Option<String>>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
