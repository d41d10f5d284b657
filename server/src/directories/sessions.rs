//! The second road into an org: sessions of a custom identity source. A session takes 50 calls of at most 200 users or 200 KB;
//! users are sent before others are removed. The session is on disk before it is filled, and its lines are marked before it is
//! started, so whoever takes the import up again knows whether to drop it or to wait for it.

mod calls;
mod settling;

use std::collections::HashSet;

use directory::decode::guid::Guid;
use directory::import::batches::{Call, Filling, Kind, MAX_CALLS, Sent};
use directory::import::decide::OktaUser;
use directory::import::settings::{Removal, Road, Settings};
use flow::{CardError, RetryHint};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use store::directories::imports::ImportRow;
use store::directories::items::{self, ItemRow, ItemState, Outcomes};
use store::directories::{DirectoryRow, progress};

use super::Trouble;
use super::carry::{is_refused, woken};
use super::keep::Hold;
use super::line::{Act, Line};
use super::org::OrgSide;
use super::plan::{read, write};
use crate::state::Server;

/// What every identity source has, beside the user name.
const BASE: [&str; 5] = [
    "firstName",
    "lastName",
    "email",
    "secondEmail",
    "mobilePhone",
];
/// Lines that are read or settled together.
const LINES: u32 = 500;
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
    if let Some(text) = progress::find(&server.store, &import.id).await? {
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
        progress::save(&self.server.store, &self.import.id, None).await?;
        Ok(())
    }

    async fn note(&self, progress: &Progress) -> Result<(), Trouble> {
        let text = write(progress)?;
        progress::save(&self.server.store, &self.import.id, Some(&text)).await?;
        Ok(())
    }

    async fn one_session(&self) -> Result<(), Trouble> {
        let session = self.org.begin_session(self.source).await.map_err(in_turn)?;
        let mut so_far = Progress {
            session: session.clone(),
            is_filled: false,
        };
        self.note(&so_far).await?;
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
        so_far.is_filled = true;
        self.note(&so_far).await?;
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
        fill.sent.append(&mut fill.waiting);
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
}

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
