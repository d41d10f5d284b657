//! Carries a plan out, line by line. Before users are created it is on disk that they are being created; whoever takes the
//! import up again asks the org first whether they are there.

use std::sync::Arc;

use directory::import::decide::OktaUser;
use directory::import::matching::State;
use directory::import::settings::{Removal, Road};
use flow::{CardError, RetryHint};
use futures::StreamExt as _;
use serde_json::Value as Json;
use store::directories::imports::{self, ImportRow, ImportStatus};
use store::directories::items::{self, ItemRow, ItemState, Outcomes};
use store::directories::users::KnownUser;
use store::directories::{self};

use super::Trouble;
use super::choices::Choices;
use super::keep::Hold;
use super::line::{Act, Line};
use super::org::OrgSide;
use super::plan::{read, write};
use super::{sessions, telling};
use crate::clock;
use crate::state::Server;

/// Lines that are sent between two times of writing down what became of them.
const LINES: u32 = 100;
/// Calls to the org at one time; its governor may let fewer through.
const AT_ONCE: usize = 6;

/// Carries out what is left of a plan.
pub(crate) async fn carry(
    server: &Arc<Server>,
    import: &ImportRow,
    hold: &Hold<'_>,
) -> Result<(), Trouble> {
    let store = &server.store;
    let row = directories::find(store, &import.directory)
        .await?
        .ok_or(Trouble::Stopped)?;
    let choices = Choices::of(server, &row)?;
    let org = OrgSide::new(server, choices.connection.clone());
    if let Road::Sessions(source) = &choices.settings.road {
        sessions::carry(server, import, &row, &org, source, hold).await?;
    }
    loop {
        hold.go_on().await?;
        let open = items::open(store, &import.id, LINES).await?;
        if open.is_empty() {
            let told = [telling::over(server, import, ImportStatus::Completed).await?];
            return if imports::complete(store, &import.id, clock::now_ms(), &told).await? {
                Ok(())
            } else {
                Err(Trouble::Stopped)
            };
        }
        let mut creating = Vec::new();
        let mut lines = Vec::with_capacity(open.len());
        for item in open {
            let line: Line = read(&item.detail)?;
            if item.state == ItemState::Planned && matches!(line.act, Act::Create { .. }) {
                creating.push(item.seq);
            }
            lines.push((item, line));
        }
        items::begin(store, &import.id, &creating).await?;
        let sent = lines.into_iter().map(|(item, line)| {
            let org = org.clone();
            async move {
                let became = send(&org, &item, &line).await;
                (item, line, became)
            }
        });
        let mut sent = futures::stream::iter(sent).buffer_unordered(AT_ONCE);
        let mut outcomes = Outcomes::default();
        let mut unreachable = None;
        while let Some((item, line, became)) = sent.next().await {
            match became {
                Ok(became) => note(&mut outcomes, &item, &line, became)?,
                Err(error) if is_refused(&error) => {
                    let why = Some(error.message);
                    outcomes
                        .items
                        .push((item.seq, ItemState::Failed, None, why));
                }
                // The line stays open: it is not known what the org would say of it.
                Err(error) => unreachable = Some(error),
            }
        }
        items::settle(store, &import.id, &row.id, &outcomes).await?;
        if let Some(error) = unreachable {
            return Err(error.into());
        }
    }
}

/// Whether the org would say the same again.
pub(super) fn is_refused(error: &CardError) -> bool {
    error.retry == RetryHint::No && error.status.is_some_and(|status| status != 401)
}

/// What is known of a user after its line.
pub(super) struct Became {
    pub(super) okta_user: Option<String>,
    pub(super) status: OktaUser,
    pub(super) state: State,
}

/// Does to one user what a line says. A line that was begun before may have been sent already.
pub(super) async fn send(
    org: &OrgSide,
    item: &ItemRow,
    line: &Line,
) -> Result<Option<Became>, CardError> {
    let login = line.login.as_deref().unwrap_or_default();
    let (okta_user, status, state) = match &line.act {
        Act::Create { is_activated } => {
            let id = create(org, item, line, login, *is_activated).await?;
            let state = if *is_activated {
                State::Active
            } else {
                State::Staged
            };
            (Some(id), OktaUser::Live, state)
        }
        Act::Link { okta_user } => {
            org.update(okta_user, login, &line.values).await?;
            (Some(okta_user.clone()), OktaUser::Live, State::Active)
        }
        Act::Update { okta_user } => {
            org.update(okta_user, login, &line.values).await?;
            (Some(okta_user.clone()), line.status(), line.state())
        }
        Act::Reactivate { okta_user } => {
            let step = match line.status() {
                OktaUser::Suspended => "unsuspend",
                _ => "activate",
            };
            woken(org.step(okta_user, step).await)?;
            org.update(okta_user, login, &line.values).await?;
            (Some(okta_user.clone()), OktaUser::Live, State::Active)
        }
        Act::Await => (None, OktaUser::None, State::Unconfirmed),
        Act::Remove { okta_user, removal } => {
            let status = remove(org, okta_user, *removal, line.status()).await?;
            (Some(okta_user.clone()), status, line.state())
        }
        Act::Forget | Act::Ignore | Act::Skip => return Ok(None),
    };
    Ok(Some(Became {
        okta_user,
        status,
        state,
    }))
}

/// Creates a user; one whom an earlier try created is taken for this one.
async fn create(
    org: &OrgSide,
    item: &ItemRow,
    line: &Line,
    login: &str,
    is_activated: bool,
) -> Result<String, CardError> {
    let id = |user: Json| user.get("id").and_then(Json::as_str).map(str::to_owned);
    if item.state == ItemState::Begun
        && let Some(id) = org.by_login(login).await?.and_then(id)
    {
        return Ok(id);
    }
    match org.create(login, &line.values, is_activated).await {
        Err(error)
            if matches!(
                error.retry,
                RetryHint::OutcomeUnknown | RetryHint::Unavailable
            ) =>
        {
            org.by_login(login).await?.and_then(id).ok_or(error)
        }
        created => created,
    }
}

/// A step that was taken before is refused by the org and is what was wanted.
pub(super) fn woken(step: Result<(), CardError>) -> Result<(), CardError> {
    match step {
        Err(error) if matches!(error.status, Some(400 | 403)) => Ok(()),
        step => step,
    }
}

async fn remove(
    org: &OrgSide,
    okta_user: &str,
    removal: Removal,
    status: OktaUser,
) -> Result<OktaUser, CardError> {
    let (step, after) = match removal {
        Removal::Keep => return Ok(status),
        Removal::Deactivate => ("deactivate", OktaUser::Deactivated),
        Removal::Suspend => ("suspend", OktaUser::Suspended),
    };
    match org.step(okta_user, step).await {
        // It was deleted in the org, or has the status already.
        Err(error) if error.status == Some(404) => Ok(OktaUser::Deactivated),
        Err(error) if error.status == Some(400) && status == after => Ok(after),
        Err(error) => Err(error),
        Ok(()) => Ok(after),
    }
}

/// Takes note of what became of a line and of what is kept of its user.
pub(super) fn note(
    outcomes: &mut Outcomes,
    item: &ItemRow,
    line: &Line,
    became: Option<Became>,
) -> Result<(), Trouble> {
    let okta_user = became.as_ref().and_then(|became| became.okta_user.clone());
    outcomes
        .items
        .push((item.seq, ItemState::Done, okta_user, None));
    let Some(became) = became else {
        if line.act == Act::Forget {
            outcomes.forgotten.push(item.guid.clone());
        }
        return Ok(());
    };
    let is_sent = !matches!(line.act, Act::Await | Act::Remove { .. });
    let digest = line.digest().filter(|_| is_sent);
    let found = (line.act == Act::Await).then(|| write(&line.found));
    outcomes.kept.push(KnownUser {
        guid: item.guid.clone(),
        name: item.name.clone(),
        login: line.login.clone(),
        okta_user: became.okta_user,
        status: plain(&became.status)?,
        state: plain(&became.state)?,
        digest: digest.as_ref().map(write).transpose()?,
        found: found.transpose()?,
        updated_at: clock::now_ms(),
    });
    Ok(())
}

/// An enum as the word that is stored.
fn plain<T: serde::Serialize>(value: &T) -> Result<String, Trouble> {
    Ok(write(value)?.trim_matches('"').to_owned())
}
