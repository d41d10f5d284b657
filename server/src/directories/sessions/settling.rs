//! What becomes of a session that was started. The org does not say what became of whom; who has a user afterwards is in it.

use std::collections::HashMap;
use std::time::Duration;

use directory::import::decide::OktaUser;
use directory::import::matching::State;
use serde_json::Value as Json;
use store::directories::items::{self, ItemState, Outcomes};

use super::super::Trouble;
use super::super::carry::{Became, note};
use super::super::line::{Act, Line};
use super::super::plan::read;
use super::{LINES, REMOVALS, RoadWork, UPSERTS};

/// How often a session is looked at that was started.
const LOOK: Duration = Duration::from_secs(1);
/// Users up to this number are looked up one by one; for more all users of the org are read.
const FEW: usize = 50;
const NOT_TAKEN: &str = "The org has nobody with this user name after the session. Look at the import results of the identity source: the user may wait for confirmation there.";

impl RoadWork<'_> {
    /// Waits until the org has worked through a session.
    pub(super) async fn wait(&self, session: &str) -> Result<(), Trouble> {
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
    pub(super) async fn settle(&self) -> Result<(), Trouble> {
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
