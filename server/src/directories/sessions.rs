//! The second road into an org: sessions of a custom identity source. A session takes 50 calls of at most 200 users or 200 KB;
//! users are sent before others are removed. The session is on disk before it is filled, and its lines are marked before it is
//! started, so whoever takes the import up again knows whether to drop it or to wait for it.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use directory::decode::guid::Guid;
use directory::import::batches::{Call, Filling, Kind, MAX_CALLS, Sent};
use directory::import::decide::OktaUser;
use directory::import::matching::State;
use directory::import::settings::{Removal, Road, Settings};
use flow::{CardError, RetryHint};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use store::directories::DirectoryRow;
use store::directories::imports::{self, ImportRow};
use store::directories::items::{self, ItemRow, ItemState, Outcomes};

use super::Trouble;
use super::carry::{Became, is_refused, note, woken};
use super::keep::Hold;
use super::line::{Act, Line};
use super::org::OrgSide;
use super::plan::{read, write};
use crate::clock;
use crate::state::Server;

/// What every identity source has, beside the user name.
const BASE: [&str; 5] = [
    "firstName",
    "lastName",
    "email",
    "secondEmail",
    "mobilePhone",
];
/// How often a session is looked at that was started.
const LOOK: Duration = Duration::from_secs(1);
/// An empty session of this age was forgotten.
const FORGOTTEN: chrono::Duration = chrono::Duration::minutes(10);
/// Lines that are read or settled together.
const LINES: u32 = 500;
/// Users up to this number are looked up one by one; for more all users of the org are read.
const FEW: usize = 50;
/// Lines that are sent, in their order, and lines that follow.
const UPSERTS: [&str; 4] = ["create", "link", "update", "reactivate"];
const REMOVALS: [&str; 1] = ["remove"];

/// The session of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Progress {
    /// Its id.
    session: String,
    /// Everything is in it, and its lines are marked.
    is_filled: bool,
}

/// Returns the properties that can be sent to the org.
pub(super) async fn properties(
    org: &OrgSide,
    settings: &Settings,
) -> Result<HashSet<String>, CardError> {
    let Road::Sessions(source) = &settings.road else {
        return org.properties().await;
    };
    let mut names = org.source_properties(source).await?;
    names.extend(BASE.map(str::to_owned));
    names.remove("userName");
    Ok(names)
}

/// Sends the lines of an import that go by session, session after session, until none is left.
pub(super) async fn carry(
    server: &Server,
    import: &ImportRow,
    row: &DirectoryRow,
    org: &OrgSide,
    source: &str,
    hold: &Hold<'_>,
) -> Result<(), Trouble> {
    let road = RoadWork {
        server,
        import,
        directory: &row.id,
        org,
        source,
        hold,
        removal: super::choices::settings_of(row)?.removal,
    };
    if let Some(text) = imports::progress(&server.store, &import.id).await? {
        road.resume(&read(&text)?).await?;
    }
    while road.has_lines().await? {
        hold.go_on().await?;
        road.one_session().await?;
    }
    Ok(())
}

struct RoadWork<'a> {
    server: &'a Server,
    import: &'a ImportRow,
    directory: &'a str,
    org: &'a OrgSide,
    source: &'a str,
    hold: &'a Hold<'a>,
    removal: Removal,
}

/// A session that is being filled.
struct Fill {
    session: String,
    calls: usize,
    /// Lines whose users are in a call that is not sent yet.
    waiting: Vec<i64>,
    /// Lines that the session holds.
    sent: Vec<i64>,
}

impl RoadWork<'_> {
    /// The actions that go by session: a source deactivates and nothing else, so other removals are single calls.
    fn kinds(&self) -> Vec<(Kind, &'static [&'static str])> {
        let mut kinds: Vec<(Kind, &'static [&'static str])> = vec![(Kind::Upsert, &UPSERTS)];
        if self.removal == Removal::Deactivate {
            kinds.push((Kind::Delete, &REMOVALS));
        }
        kinds
    }

    async fn open_lines(
        &self,
        actions: &[&str],
        after: Option<i64>,
        limit: u32,
    ) -> Result<Vec<ItemRow>, Trouble> {
        let store = &self.server.store;
        Ok(items::open_of(store, &self.import.id, actions, after, limit).await?)
    }

    async fn has_lines(&self) -> Result<bool, Trouble> {
        for (_, actions) in self.kinds() {
            if !self.open_lines(actions, None, 1).await?.is_empty() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Finds out what became of a session of before.
    async fn resume(&self, progress: &Progress) -> Result<(), Trouble> {
        let status = match self.org.session(self.source, &progress.session).await {
            Ok(status) => status,
            Err(error) if error.status == Some(404) => "EXPIRED".to_owned(),
            Err(error) => return Err(error.into()),
        };
        match status.as_str() {
            "CREATED" | "IN_PROGRESS" => {
                self.org
                    .drop_session(self.source, &progress.session)
                    .await?;
            }
            "TRIGGERED" | "COMPLETED" if progress.is_filled => {
                self.wait(&progress.session).await?;
                self.settle().await?;
            }
            _ => {}
        }
        self.forget().await
    }

    async fn forget(&self) -> Result<(), Trouble> {
        imports::set_progress(&self.server.store, &self.import.id, None).await?;
        Ok(())
    }

    async fn note(&self, progress: &Progress) -> Result<(), Trouble> {
        let text = write(progress)?;
        imports::set_progress(&self.server.store, &self.import.id, Some(&text)).await?;
        Ok(())
    }

    async fn one_session(&self) -> Result<(), Trouble> {
        let session = self.org.begin_session(self.source).await.map_err(in_turn)?;
        let mut progress = Progress {
            session: session.clone(),
            is_filled: false,
        };
        self.note(&progress).await?;
        let mut fill = Fill {
            session: session.clone(),
            calls: 0,
            waiting: Vec::new(),
            sent: Vec::new(),
        };
        for (kind, actions) in self.kinds() {
            self.fill(&mut fill, kind, actions).await?;
        }
        if fill.sent.is_empty() {
            self.org.drop_session(self.source, &session).await?;
            return self.forget().await;
        }
        for some in fill.sent.chunks(1_000) {
            items::begin(&self.server.store, &self.import.id, some).await?;
        }
        progress.is_filled = true;
        self.note(&progress).await?;
        self.org.start_session(self.source, &session).await?;
        self.wait(&session).await?;
        self.settle().await?;
        self.forget().await
    }

    /// Puts users into calls and sends those that are full, as long as the session takes calls.
    async fn fill(&self, fill: &mut Fill, kind: Kind, actions: &[&str]) -> Result<(), Trouble> {
        let mut filling = Filling::new(kind);
        let mut after = None;
        while fill.calls < MAX_CALLS {
            self.hold.go_on().await?;
            let lines = self.open_lines(actions, after, LINES).await?;
            let Some(last) = lines.last() else { break };
            after = Some(last.seq);
            for item in &lines {
                if fill.calls >= MAX_CALLS {
                    break;
                }
                let Some(sent) = self.user_of(item, kind).await? else {
                    continue;
                };
                match filling.add(sent) {
                    Ok(full) => {
                        if let Some(call) = full {
                            self.load(fill, &call).await?;
                        }
                        fill.waiting.push(item.seq);
                    }
                    Err(too_large) => self.refuse(item, too_large.to_string()).await?,
                }
            }
        }
        if fill.calls < MAX_CALLS
            && let Some(call) = filling.finish()
        {
            self.load(fill, &call).await?;
        }
        fill.waiting.clear();
        Ok(())
    }

    async fn load(&self, fill: &mut Fill, call: &Call) -> Result<(), Trouble> {
        self.org.load(self.source, &fill.session, call).await?;
        fill.calls += 1;
        fill.sent.extend(fill.waiting.drain(..));
        Ok(())
    }

    /// The user of a line as a session takes it; nothing where the org refused to wake the user.
    async fn user_of(&self, item: &ItemRow, kind: Kind) -> Result<Option<Sent>, Trouble> {
        let line: Line = read(&item.detail)?;
        let guid: Guid = item
            .guid
            .parse()
            .map_err(|error| Trouble::Choice(format!("{error}")))?;
        if kind == Kind::Delete {
            return Ok(Some(Sent::removal(guid)));
        }
        if let Act::Reactivate { okta_user } = &line.act {
            let step = match line.status() {
                OktaUser::Suspended => "unsuspend",
                _ => "activate",
            };
            match woken(self.org.step(okta_user, step).await) {
                Ok(()) => {}
                Err(error) if is_refused(&error) => {
                    self.refuse(item, error.message).await?;
                    return Ok(None);
                }
                Err(error) => return Err(error.into()),
            }
        }
        let mut values = line.values.clone();
        let login = line.login.unwrap_or_default();
        values.insert("userName".to_owned(), Json::from(login));
        Ok(Some(Sent::upsert(guid, &values)))
    }

    async fn refuse(&self, item: &ItemRow, why: String) -> Result<(), Trouble> {
        let outcomes = Outcomes {
            items: vec![(item.seq, ItemState::Failed, None, Some(why))],
            ..Outcomes::default()
        };
        let store = &self.server.store;
        items::settle(store, &self.import.id, self.directory, &outcomes).await?;
        Ok(())
    }

    /// Waits until the org has worked through a session.
    async fn wait(&self, session: &str) -> Result<(), Trouble> {
        loop {
            self.hold.go_on().await?;
            match self.org.session(self.source, session).await?.as_str() {
                "COMPLETED" => return Ok(()),
                "TRIGGERED" => tokio::time::sleep(LOOK).await,
                status => {
                    self.forget().await?;
                    return Err(Trouble::Choice(format!(
                        "The org ended the import session {session} as {status}. Look at the identity source in the org, then begin the import again."
                    )));
                }
            }
        }
    }

    /// Takes note of what became of the lines of a session. The org does not say; who has a user now is in it.
    async fn settle(&self) -> Result<(), Trouble> {
        let mut everybody = None;
        loop {
            self.hold.go_on().await?;
            let actions: Vec<&str> = UPSERTS.into_iter().chain(REMOVALS).collect();
            let store = &self.server.store;
            let lines = items::begun(store, &self.import.id, &actions, LINES).await?;
            if lines.is_empty() {
                return Ok(());
            }
            if everybody.is_none() && lines.len() > FEW {
                everybody = Some(self.everybody().await?);
            }
            let mut outcomes = Outcomes::default();
            for item in &lines {
                let line: Line = read(&item.detail)?;
                match self.became(&line, everybody.as_ref()).await? {
                    Some(became) => note(&mut outcomes, item, &line, Some(became))?,
                    None => outcomes.items.push((
                        item.seq,
                        ItemState::Failed,
                        None,
                        Some(NOT_TAKEN.to_owned()),
                    )),
                }
            }
            items::settle(store, &self.import.id, self.directory, &outcomes).await?;
        }
    }

    /// The ids of all users of the org by their logins.
    async fn everybody(&self) -> Result<HashMap<String, String>, Trouble> {
        let mut known = HashMap::new();
        self.org
            .users(|user| {
                let login = user.pointer("/profile/login").and_then(Json::as_str);
                let id = user.get("id").and_then(Json::as_str);
                if let (Some(login), Some(id)) = (login, id) {
                    known.insert(login.to_lowercase(), id.to_owned());
                }
            })
            .await?;
        Ok(known)
    }

    async fn became(
        &self,
        line: &Line,
        everybody: Option<&HashMap<String, String>>,
    ) -> Result<Option<Became>, Trouble> {
        if let Act::Remove { okta_user, .. } = &line.act {
            return Ok(Some(Became {
                okta_user: Some(okta_user.clone()),
                status: OktaUser::Deactivated,
                state: line.state(),
            }));
        }
        let login = line.login.as_deref().unwrap_or_default();
        let id = match everybody {
            Some(known) => known.get(&login.to_lowercase()).cloned(),
            None => self
                .org
                .by_login(login)
                .await?
                .and_then(|user| user.get("id").and_then(Json::as_str).map(str::to_owned)),
        };
        Ok(id.map(|id| Became {
            okta_user: Some(id),
            status: OktaUser::Live,
            state: State::Active,
        }))
    }
}

const NOT_TAKEN: &str = "The org has nobody with this user name after the session. Look at the import results of the identity source: the user may wait for confirmation there.";

/// One session at a time, and five minutes between them: the import rests and goes on by itself.
fn in_turn(error: CardError) -> Trouble {
    if error.status != Some(400) {
        return error.into();
    }
    Trouble::Org(Box::new(CardError {
        message: format!(
            "{} The org takes one session at a time and a new one five minutes after the last. The import goes on by itself.",
            error.message
        ),
        retry: RetryHint::Unavailable,
        ..error
    }))
}

impl OrgSide {
    /// Returns the names of the properties that an identity source declares.
    async fn source_properties(&self, source: &str) -> Result<HashSet<String>, CardError> {
        let path = format!(
            "/api/v1/meta/schemas/apps/{}/default",
            super::org::escaped(source)
        );
        self.declared(&path).await
    }

    async fn begin_session(&self, source: &str) -> Result<String, CardError> {
        // One whose answer never arrived would stand in the way for a day.
        for id in self.forgotten_sessions(source).await? {
            self.drop_session(source, &id).await?;
        }
        let reply = self.post(&sessions(source), None).await?;
        let id = reply.get("id").and_then(Json::as_str).map(str::to_owned);
        id.ok_or_else(|| {
            CardError::new(
                "org.answer",
                "The org opened an import session and did not say its id. It ends by itself within a day.",
            )
        })
    }

    /// Sessions that were opened a while ago and never filled: nobody misses them.
    async fn forgotten_sessions(&self, source: &str) -> Result<Vec<String>, CardError> {
        let listed = self.read(&sessions(source)).await?;
        let listed = listed.as_array().cloned().unwrap_or_default();
        let is_old = |known: &&Json| {
            let created = known["created"].as_str().unwrap_or_default();
            let created = chrono::DateTime::parse_from_rfc3339(created);
            created.is_ok_and(|at| clock::now().signed_duration_since(at) > FORGOTTEN)
        };
        let empty = listed.iter().filter(|known| known["status"] == "CREATED");
        let empty = empty.filter(is_old);
        Ok(empty
            .filter_map(|known| known["id"].as_str().map(str::to_owned))
            .collect())
    }

    async fn session(&self, source: &str, id: &str) -> Result<String, CardError> {
        let found = self.read(&session(source, id)).await?;
        Ok(found["status"].as_str().unwrap_or_default().to_owned())
    }

    async fn drop_session(&self, source: &str, id: &str) -> Result<(), CardError> {
        match self.delete(&session(source, id)).await {
            Err(error) if matches!(error.status, Some(400 | 404)) => Ok(()),
            dropped => dropped,
        }
    }

    async fn load(&self, source: &str, id: &str, call: &Call) -> Result<(), CardError> {
        let step = match call.kind {
            Kind::Upsert => "bulk-upsert",
            Kind::Delete => "bulk-delete",
        };
        let body = json!({ "entityType": "USERS", "profiles": call.users });
        let path = format!("{}/{step}", session(source, id));
        self.post(&path, Some(body)).await.map(|_| ())
    }

    async fn start_session(&self, source: &str, id: &str) -> Result<(), CardError> {
        let path = format!("{}/start-import", session(source, id));
        self.post(&path, None).await.map(|_| ())
    }
}

fn sessions(source: &str) -> String {
    format!(
        "/api/v1/identity-sources/{}/sessions",
        super::org::escaped(source)
    )
}

fn session(source: &str, id: &str) -> String {
    format!("{}/{}", sessions(source), super::org::escaped(id))
}
