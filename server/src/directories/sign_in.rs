//! Just-in-time sign-in: the password of one person is tried at the directory, then the person is read again and imported,
//! updated or removed by the rules. The password goes to the directory over TLS and nowhere else.

use std::collections::BTreeMap;
use std::sync::Arc;

use api::{SignInUser, SignedInUser};
use directory::entry::Entry;
use directory::import::decide::{Question, SignIn, Trigger, Verdict, decide};
use directory::import::matching::OrgUsers;
use directory::import::plan::{Basis, Item, Planner};
use directory::import::settings::Settings;
use ldap::sign_in::Refusal;
use ldap::{Account, Password};
use store::directories::items::{self, Outcomes};
use store::directories::{DirectoryRow, users};

use super::Trouble;
use super::carry;
use super::choices::Choices;
use super::line::{Act, Line};
use super::org::OrgSide;
use super::people::{attributes, door, find, manager_of};
use super::plan::{fitting, record, some_users};
use crate::clock;
use crate::state::Server;

/// Signs a person in.
pub(crate) async fn sign_in(
    server: &Arc<Server>,
    row: &DirectoryRow,
    asked: SignInUser,
) -> Result<SignedInUser, Trouble> {
    let mut choices = Choices::of(server, row)?;
    if !choices.settings.is_just_in_time {
        return Err(Trouble::Choice(
            "Just-in-time import is off for this directory. Turn it on in its settings.".into(),
        ));
    }
    at_once(&mut choices.settings);
    // Directories take an empty password for an anonymous sign-in that succeeds.
    let Some(password) = Password::new(asked.password.0) else {
        return Ok(denied("wrong_password"));
    };
    let mut directory = door(server, row).await?;
    let found = find(
        &mut directory,
        &asked.username,
        &attributes(&choices.mapping, &[]),
    )
    .await?;
    let Some(entry) = found else {
        return Ok(denied("no_such_user"));
    };
    let account = Account {
        name: entry
            .first("distinguishedName")
            .unwrap_or_default()
            .to_owned(),
        password,
    };
    let tried = ldap::sign_in::sign_in(&choices.address, &account).await?;
    drop(account);
    match tried {
        // The directory tells of a disabled account before it looks at the password, and the rules act on it.
        Ok(()) | Err(Refusal::Disabled) => {}
        Err(refusal) => return Ok(denied(word(refusal))),
    }
    let manager = manager_of(&mut directory, &entry).await?;
    by_the_rules(server, row, &choices, &entry, manager).await
}

/// Who signs in waits for nobody: new people are created and activated, exact matches are linked.
fn at_once(settings: &mut Settings) {
    settings.confirmation.new = true;
    settings.confirmation.activates_new = true;
    settings.confirmation.exact = true;
}

async fn by_the_rules(
    server: &Arc<Server>,
    row: &DirectoryRow,
    choices: &Choices,
    entry: &Entry,
    manager: Option<String>,
) -> Result<SignedInUser, Trouble> {
    let guid = entry.guid();
    let key = guid.map(|guid| guid.to_string()).unwrap_or_default();
    let mut known = users::find(&server.store, &row.id, &key).await?;
    let org = OrgSide::new(server, choices.connection.clone());
    if let Some(user) = &mut known {
        follow(&org, user).await?;
    }
    let mut records = BTreeMap::new();
    if let (Some(guid), Some(user)) = (guid, &known) {
        records.insert(guid, record(user)?);
    }
    let now = clock::now();
    let verdict = decide(&Question {
        trigger: Trigger::SignIn,
        entry: Some(entry),
        known: records.values().next().map(|record| record.status),
        settings: &choices.settings,
        now,
    });
    let mapping = fitting(&choices.mapping, &org.properties().await?);
    let compiled = mapping.compiled();
    let people: OrgUsers = some_users(
        &org,
        &choices.settings,
        &records,
        std::slice::from_ref(entry),
    )
    .await?;
    let principal = move |_: &str| manager.clone();
    let mut planner = Planner::new(Basis {
        trigger: Trigger::SignIn,
        settings: &choices.settings,
        mapping: &compiled,
        records: &records,
        org: &people,
        manager: &principal,
        vanished: &[],
        org_assignments: None,
        now,
    })
    .map_err(|problem| {
        Trouble::Choice(format!(
            "The expression of the user name cannot be read: {problem}. Change it in the settings of the directory."
        ))
    })?;
    let mut result = answer(&verdict);
    match planner.offer(entry) {
        Some(item) => {
            let before = guid.and_then(|guid| records.get(&guid).cloned());
            carry_out(server, row, &org, &item, before, &mut result).await?;
        }
        None => {
            if known.as_ref().is_some_and(|user| user.status != "live") {
                result.is_signed_in = false;
                result
                    .reason
                    .get_or_insert_with(|| "okta_user_inactive".to_owned());
            }
            result.okta_user = known.as_ref().and_then(|user| user.okta_user.clone());
            result.login = known.and_then(|user| user.login);
            "unchanged".clone_into(&mut result.outcome);
        }
    }
    Ok(result)
}

/// What is kept of a user follows what became of it in the org meanwhile.
async fn follow(org: &OrgSide, user: &mut users::KnownUser) -> Result<(), Trouble> {
    let Some(id) = &user.okta_user else {
        return Ok(());
    };
    let status = org.by_login(id).await?;
    let status = status
        .as_ref()
        .and_then(|user| user.get("status"))
        .and_then(serde_json::Value::as_str);
    user.status = match status {
        Some("SUSPENDED") => "suspended",
        Some("DEPROVISIONED") | None => "deactivated",
        Some(_) => "live",
    }
    .to_owned();
    Ok(())
}

async fn carry_out(
    server: &Arc<Server>,
    row: &DirectoryRow,
    org: &OrgSide,
    item: &Item,
    before: Option<directory::import::plan::Record>,
    result: &mut SignedInUser,
) -> Result<(), Trouble> {
    let unreadable = |error: serde_json::Error| Trouble::Choice(error.to_string());
    let line = Line::of(item, before).map_err(unreadable)?;
    let mut stored = line.stored(0, item).map_err(unreadable)?;
    // Whoever was created by a sign-in that broke off is found by the login.
    stored.state = items::ItemState::Begun;
    let became = carry::send(org, &stored, &line).await?;
    let mut outcomes = Outcomes::default();
    carry::note(&mut outcomes, &stored, &line, became)?;
    result.okta_user = outcomes
        .items
        .first()
        .and_then(|(_, _, okta_user, _)| okta_user.clone());
    outcomes.items.clear();
    items::settle(&server.store, "", &row.id, &outcomes).await?;
    result.login.clone_from(&line.login);
    result.outcome = outcome(&line.act).to_owned();
    result.missing.clone_from(&line.missing);
    if line.login.is_none() && !line.no_username.is_null() {
        result.is_signed_in = false;
        result.reason = Some("invalid_username".to_owned());
    }
    if line.act == Act::Await {
        result.is_signed_in = false;
        result.reason = Some("awaits_confirmation".to_owned());
    }
    Ok(())
}

fn answer(verdict: &Verdict) -> SignedInUser {
    let reason = serde_json::to_value(verdict.reason).unwrap_or_default();
    SignedInUser {
        is_signed_in: verdict.sign_in == Some(SignIn::Allowed),
        reason: reason.as_str().map(str::to_owned),
        outcome: "nothing".to_owned(),
        okta_user: None,
        login: None,
        rules: verdict.rules.iter().map(ToString::to_string).collect(),
        missing: verdict.missing.clone(),
    }
}

fn denied(reason: &str) -> SignedInUser {
    SignedInUser {
        reason: Some(reason.to_owned()),
        outcome: "nothing".to_owned(),
        ..SignedInUser::default()
    }
}

fn outcome(act: &Act) -> &'static str {
    match act {
        Act::Create { .. } => "created",
        Act::Link { .. } => "linked",
        Act::Update { .. } => "updated",
        Act::Reactivate { .. } => "reactivated",
        Act::Await => "awaits",
        Act::Remove { .. } => "removed",
        Act::Forget => "forgotten",
        Act::Ignore | Act::Skip => "nothing",
    }
}

fn word(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::NoSuchUser => "no_such_user",
        Refusal::WrongPassword => "wrong_password",
        Refusal::Hours => "not_at_this_hour",
        Refusal::Workstation => "not_from_here",
        Refusal::PasswordExpired => "password_expired",
        Refusal::Disabled => "disabled",
        Refusal::AccountExpired => "account_expired",
        Refusal::MustChangePassword => "must_change_password",
        Refusal::LockedOut => "locked_out",
        Refusal::Unsaid => "refused",
    }
}
