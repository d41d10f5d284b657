//! Makes the plan of an import: reads the directory, what is kept of its users and the users of the org, and writes down line by
//! line what would be done. Nothing is sent.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use directory::decode::guid::Guid;
use directory::entry::Entry;
use directory::import::decide::{OktaUser, Trigger};
use directory::import::matching::{OrgUsers, State};
use directory::import::plan::{Basis, Item, Planner, Record, Summary};
use directory::import::settings::{ExactMatch, Settings};
use directory::mapping::Mapping;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;
use store::directories::imports::{self, ImportRow, ImportStatus, Planned};
use store::directories::items::{self, ItemFilter, ItemRow, ItemState};
use store::directories::users::{self, KnownUser};
use store::directories::{self, DirectoryRow};

use super::Trouble;
use super::choices::{Asked, Choices};
use super::keep::Hold;
use super::line::Line;
use super::org::OrgSide;
use super::reader::Reader;
use super::{scopes, sessions, telling};
use crate::clock;
use crate::state::Server;

/// Lines that are stored together.
const LINES: usize = 500;
/// Users who changed are looked up one by one in the org up to this number; beyond it all of its users are read.
const FEW: usize = 100;
/// Users whom the org refused last time and who are tried again by an import of changes.
const TRIED_AGAIN: usize = 5_000;

/// Makes the plan and says what comes next.
pub(crate) async fn plan(
    server: &Arc<Server>,
    import: &ImportRow,
    hold: &Hold<'_>,
) -> Result<(), Trouble> {
    let store = &server.store;
    let row = directories::find(store, &import.directory)
        .await?
        .ok_or(Trouble::Stopped)?;
    let choices = Choices::of(server, &row)?;
    scopes::check(store, &choices.connection, &choices.settings).await?;
    let asked: Asked = read(&import.wish)?;
    imports::start_over(store, &import.id).await?;

    let mut reader = Reader::open(&choices, asked.read).await?;
    let mut records = kept(server, &row.id).await?;
    if !reader.is_full() {
        let mut again = refused_before(server, &row).await?;
        again.extend(decided(&records));
        reader.also(again);
    }
    let org = OrgSide::new(server, choices.connection.clone());
    let mapping = fitting(
        &choices.mapping,
        &sessions::properties(&org, &choices.settings).await?,
    );
    let mut first = Vec::new();
    if !reader.is_full() {
        while first.len() <= FEW
            && let Some(entry) = reader.next().await?
        {
            first.push(entry);
        }
    }
    let is_few = !reader.is_full() && first.len() <= FEW;
    let known = if is_few {
        some_users(&org, &choices.settings, &records, &first).await?
    } else {
        all_users(&org, &choices.settings, &mut records, hold).await?
    };

    let compiled = mapping.compiled();
    let managers = Arc::clone(&reader.managers);
    let principal = move |name: &str| managers.principal(name);
    let vanished = reader.vanished.clone();
    let mut planner = Planner::new(Basis {
        trigger: if reader.is_full() {
            Trigger::Full
        } else {
            Trigger::Incremental
        },
        settings: &choices.settings,
        mapping: &compiled,
        records: &records,
        org: &known,
        manager: &principal,
        vanished: &vanished,
        org_assignments: None,
        now: clock::now(),
    })
    .map_err(|problem| {
        Trouble::Choice(format!(
            "The expression of the user name cannot be read: {problem}. Change it in the settings of the directory."
        ))
    })?;
    let mut lines = Lines {
        server,
        import: &import.id,
        records: &records,
        next: 0,
        waiting: Vec::new(),
    };
    let mut first = first.into_iter();
    loop {
        let entry = match first.next() {
            Some(entry) => Some(entry),
            None if is_few => None,
            None => reader.next().await?,
        };
        let Some(entry) = entry else { break };
        if let Some(item) = planner.offer(&entry) {
            lines.add(&item).await?;
        }
        hold.go_on().await?;
    }
    let (gone, summary) = planner.finish();
    for item in &gone {
        lines.add(item).await?;
    }
    lines.finish().await?;
    finish(server, import, asked, &reader, &choices, &summary).await
}

async fn finish(
    server: &Arc<Server>,
    import: &ImportRow,
    asked: Asked,
    reader: &Reader,
    choices: &Choices,
    summary: &Summary,
) -> Result<(), Trouble> {
    let status = match summary.roadblock {
        Some(_) => ImportStatus::Roadblock,
        None if asked.goes_on => ImportStatus::Running,
        None => ImportStatus::Planned,
    };
    let roadblock = summary.roadblock.as_ref().map(write).transpose()?;
    let planned = Planned {
        status,
        reading: write(&reader.reading)?,
        counts: write(&summary.counts)?,
        roadblock,
        cursor: Some(write(&reader.cursor(choices))?),
    };
    let told = match status {
        ImportStatus::Roadblock => {
            let roadblock = planned.roadblock.as_deref();
            vec![telling::stopped(server, import, &planned.counts, roadblock).await?]
        }
        _ => Vec::new(),
    };
    let now = clock::now_ms();
    let is_planned = imports::plan(&server.store, &import.id, &planned, now, &told).await?;
    if is_planned {
        Ok(())
    } else {
        Err(Trouble::Stopped)
    }
}

/// Lines on their way into the store.
struct Lines<'a> {
    server: &'a Server,
    import: &'a str,
    records: &'a BTreeMap<Guid, Record>,
    next: i64,
    waiting: Vec<ItemRow>,
}

impl Lines<'_> {
    async fn add(&mut self, item: &Item) -> Result<(), Trouble> {
        let before = self.records.get(&item.user).cloned();
        let line = Line::of(item, before).map_err(unwritable)?;
        self.waiting
            .push(line.stored(self.next, item).map_err(unwritable)?);
        self.next += 1;
        if self.waiting.len() >= LINES {
            self.finish().await?;
        }
        Ok(())
    }

    async fn finish(&mut self) -> Result<(), Trouble> {
        let lines = std::mem::take(&mut self.waiting);
        if !lines.is_empty() {
            imports::add_items(&self.server.store, self.import, &lines).await?;
        }
        Ok(())
    }
}

/// Leaves out what users of the org cannot have.
pub(crate) fn fitting(mapping: &Mapping, properties: &HashSet<String>) -> Mapping {
    let mut fitting = mapping.clone();
    for row in &mut fitting.rows {
        row.okta.retain(|name| properties.contains(name));
    }
    fitting
}

/// Returns what is kept of all users of the directory.
async fn kept(server: &Server, directory: &str) -> Result<BTreeMap<Guid, Record>, Trouble> {
    let mut records = BTreeMap::new();
    let mut after = String::new();
    loop {
        let page = users::page(&server.store, directory, &after, 1_000).await?;
        let Some(last) = page.last() else {
            return Ok(records);
        };
        after = last.guid.clone();
        for user in &page {
            let guid = user.guid.parse::<Guid>();
            let guid = guid.map_err(|error| Trouble::Choice(error.to_string()))?;
            records.insert(guid, record(user)?);
        }
    }
}

/// Returns users of whom a person said who they are, and for whom nothing was done since. They did not change in the directory.
fn decided(records: &BTreeMap<Guid, Record>) -> Vec<Guid> {
    let is_decided = |record: &Record| {
        record.digest.is_none()
            && !matches!(record.state, State::Unconfirmed | State::Ignored)
            && matches!(record.status, OktaUser::None | OktaUser::Live)
    };
    let decided = records.iter().filter(|(_, record)| is_decided(record));
    decided.map(|(guid, _)| *guid).take(TRIED_AGAIN).collect()
}

/// Returns what is kept of one user as the rules take it.
pub(crate) fn record(user: &KnownUser) -> Result<Record, Trouble> {
    Ok(Record {
        okta_user: user.okta_user.clone(),
        status: word(&user.status)?,
        state: word(&user.state)?,
        name: user.name.clone(),
        digest: user.digest.as_deref().map(read).transpose()?,
    })
}

/// Reads all users of the org. What is kept of users follows what became of them there.
async fn all_users(
    org: &OrgSide,
    settings: &Settings,
    records: &mut BTreeMap<Guid, Record>,
    hold: &Hold<'_>,
) -> Result<OrgUsers, Trouble> {
    let mut known = OrgUsers::new(settings.matching.clone());
    let mut statuses = HashMap::new();
    org.users(|user| {
        add(&mut known, user);
        if let Some((id, status)) = standing(user) {
            statuses.insert(id, status);
        }
    })
    .await?;
    hold.go_on().await?;
    for record in records.values_mut() {
        if let Some(id) = &record.okta_user {
            // Who is not listed was deactivated or deleted there.
            let now = statuses.get(id).copied();
            record.status = now.unwrap_or(OktaUser::Deactivated);
        }
    }
    Ok(known)
}

/// Looks up those users of the org whom new users of the directory could be.
pub(super) async fn some_users(
    org: &OrgSide,
    settings: &Settings,
    records: &BTreeMap<Guid, Record>,
    entries: &[Entry],
) -> Result<OrgUsers, Trouble> {
    let mut known = OrgUsers::new(settings.matching.clone());
    let mut seen = HashSet::new();
    for entry in entries {
        let record = entry.guid().and_then(|guid| records.get(&guid));
        if record.is_some_and(|record| record.okta_user.is_some()) {
            continue;
        }
        for expression in searches(settings, entry) {
            for user in org.search(&expression).await? {
                let id = user.get("id").and_then(Json::as_str).unwrap_or_default();
                if seen.insert(id.to_owned()) {
                    add(&mut known, &user);
                }
            }
        }
    }
    Ok(known)
}

/// The searches that find whoever could be this user: by every address that it has, and by its name.
fn searches(settings: &Settings, entry: &Entry) -> Vec<String> {
    let quoted = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"");
    let mut searches = Vec::new();
    let sam = entry.first("sAMAccountName").and_then(|sam| {
        let domain = settings.naming_context.clone();
        let domain = domain.or_else(|| entry.name().and_then(|name| name.domain()));
        Some(format!("{sam}@{}", domain?))
    });
    let addresses = [
        entry.first("userPrincipalName"),
        entry.first("mail"),
        sam.as_deref(),
    ];
    let property = match settings.matching.exact {
        ExactMatch::Email => "email",
        ExactMatch::Username | ExactMatch::Properties(_) => "login",
    };
    for address in addresses.into_iter().flatten() {
        searches.push(format!("profile.{property} eq \"{}\"", quoted(address)));
    }
    if let (Some(first), Some(last)) = (entry.first("givenName"), entry.first("sn")) {
        searches.push(format!(
            "profile.firstName eq \"{}\" and profile.lastName eq \"{}\"",
            quoted(first),
            quoted(last)
        ));
    }
    searches
}

fn add(known: &mut OrgUsers, user: &Json) {
    let id = user.get("id").and_then(Json::as_str);
    let profile = user.get("profile").and_then(Json::as_object);
    if let (Some(id), Some(profile)) = (id, profile) {
        known.add(id, profile);
    }
}

/// How a user of the org stands.
fn standing(user: &Json) -> Option<(String, OktaUser)> {
    let id = user.get("id")?.as_str()?.to_owned();
    let status = match user.get("status").and_then(Json::as_str) {
        Some("SUSPENDED") => OktaUser::Suspended,
        Some("DEPROVISIONED") => OktaUser::Deactivated,
        _ => OktaUser::Live,
    };
    Some((id, status))
}

/// Returns the users whom the org refused in the last import that was completed.
async fn refused_before(server: &Server, row: &DirectoryRow) -> Result<Vec<Guid>, Trouble> {
    let before = imports::list(&server.store, &row.id, None, 50).await?;
    let mut completed = before.items.into_iter();
    let last = completed.find(|import| import.status == ImportStatus::Completed);
    let Some(last) = last else {
        return Ok(Vec::new());
    };
    let mut filter = ItemFilter {
        state: Some(ItemState::Failed),
        ..ItemFilter::default()
    };
    let mut guids = Vec::new();
    while guids.len() < TRIED_AGAIN {
        let page = items::list(&server.store, &last.id, &filter, store::MAX_PAGE).await?;
        guids.extend(
            page.items
                .iter()
                .filter_map(|item| item.guid.parse::<Guid>().ok()),
        );
        if page.next.is_none() {
            break;
        }
        filter.after = page.next;
    }
    Ok(guids)
}

pub(super) fn write<T: serde::Serialize>(value: &T) -> Result<String, Trouble> {
    serde_json::to_string(value).map_err(unwritable)
}

pub(super) fn read<T: DeserializeOwned>(text: &str) -> Result<T, Trouble> {
    serde_json::from_str(text).map_err(unwritable)
}

/// Reads an enum that is stored as a word.
fn word<T: DeserializeOwned>(word: &str) -> Result<T, Trouble> {
    serde_json::from_value(Json::from(word)).map_err(unwritable)
}

fn unwritable(error: impl std::fmt::Display) -> Trouble {
    Trouble::Choice(format!(
        "What is stored of this import cannot be read: {error}."
    ))
}
