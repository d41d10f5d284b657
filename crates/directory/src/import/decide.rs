//! What the rules say of one user, in their order: scope, objects of the directory's own, disabled accounts, required attributes,
//! required custom attributes. Disabled comes before ignored, because a disabled account must still be deactivated.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::settings::Settings;
use super::{
    CRITICAL, DISABLED, EXPIRED, GONE, LOST_REQUIRED, MAIL_MAY_MISS, NAMES_NEEDED, NEW_DISABLED,
    NO_OKTA_USER, OUT_OF_SCOPE, REQUIRED, REQUIRED_CUSTOM, Rule,
};
use crate::decode::file_time;
use crate::entry::Entry;

/// Attributes without which a user is ignored. Mail is required too, but its absence has a rule of its own.
pub const REQUIRED_ATTRIBUTES: [&str; 7] = [
    "distinguishedName",
    "givenName",
    "objectGUID",
    "objectSid",
    "primaryGroupID",
    "userPrincipalName",
    "sn",
];

/// What made the user be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trigger {
    /// An import that reads every user.
    Full,
    /// An import that reads users who changed.
    Incremental,
    /// The user signs in.
    SignIn,
}

/// How the Okta user stands that belongs to an import record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OktaUser {
    /// There is none.
    None,
    /// It can sign in, or could after a step of its own.
    Live,
    /// It is suspended.
    Suspended,
    /// It is deactivated.
    Deactivated,
}

/// One question to the rules.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// What made the user be looked at.
    pub trigger: Trigger,
    /// The user in the directory, if it is there.
    pub entry: Option<&'a Entry>,
    /// The Okta user of a user who was imported before; `None` for one who never was.
    pub known: Option<OktaUser>,
    /// What an administrator chose.
    pub settings: &'a Settings,
    /// The time, for accounts that expire.
    pub now: DateTime<Utc>,
}

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A user who was never imported goes to matching.
    Import,
    /// A known user is mapped again.
    Update,
    /// Nothing, because attributes are missing.
    Ignored,
    /// Nothing, because this user is not imported.
    Skipped,
    /// The Okta user is deactivated.
    Deactivate,
    /// The Okta user is deprovisioned, because it may not be without an attribute.
    Deprovision,
    /// Nothing, because nothing is to be concluded yet.
    Unchanged,
    /// The import record goes; there is no Okta user.
    ForgetImportRecord,
}

/// Why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The directory's own.
    CriticalSystemObject,
    /// The account is disabled.
    AccountDisabled,
    /// The user is not there any more.
    NotInDirectory,
    /// The user is outside the selected units.
    OutOfOuSelection,
    /// A required attribute is missing.
    RequiredAttributeMissing,
    /// A required custom attribute is missing.
    RequiredCustomAttributeMissing,
    /// A known user without a required attribute counts as absent from a full import.
    IgnoredUserAbsentFromFullImport,
    /// The user waits for the next import.
    WaitsForNextImport,
    /// The Okta user is deactivated already.
    AlreadyDeactivated,
    /// There is no user name, or one that Okta does not take.
    InvalidUsername,
    /// Another user of this import has the user name.
    DuplicateUsername,
    /// An administrator ignored the user.
    IgnoredByAdministrator,
}

/// Whether the user may sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SignIn {
    /// The rules have nothing against it.
    Allowed,
    /// The rules or the directory refuse.
    Denied,
}

/// What the rules say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// What is to be done.
    pub outcome: Outcome,
    /// Why.
    pub reason: Option<Reason>,
    /// Attributes that are missing.
    pub missing: Vec<String>,
    /// The rules that decided.
    pub rules: Vec<Rule>,
    /// Whether the user may sign in, when that was asked.
    pub sign_in: Option<SignIn>,
}

/// Asks the rules.
#[must_use]
pub fn decide(question: &Question<'_>) -> Verdict {
    if question.trigger != Trigger::SignIn {
        return judged(question);
    }
    let is_refused = question.entry.is_none_or(|entry| {
        entry.is_disabled()
            || has_expired(entry, question.now)
            || is_outside(entry, question.settings)
    });
    let mut verdict = if question.settings.is_just_in_time {
        judged(question)
    } else {
        waiting(question)
    };
    let ends = matches!(
        verdict.outcome,
        Outcome::Deactivate | Outcome::Deprovision | Outcome::ForgetImportRecord | Outcome::Skipped
    );
    let is_unknown = verdict.outcome == Outcome::Ignored && question.known.is_none();
    verdict.sign_in = Some(if is_refused || ends || is_unknown {
        SignIn::Denied
    } else {
        SignIn::Allowed
    });
    verdict
}

/// Without just-in-time import a sign-in changes nothing; the rule that will decide is named.
fn waiting(question: &Question<'_>) -> Verdict {
    let next = Question {
        trigger: Trigger::Full,
        ..*question
    };
    Verdict {
        outcome: Outcome::Unchanged,
        reason: Some(Reason::WaitsForNextImport),
        rules: judged(&next).rules,
        missing: Vec::new(),
        sign_in: None,
    }
}

fn judged(question: &Question<'_>) -> Verdict {
    let Some(entry) = question.entry else {
        return absent(question, Reason::NotInDirectory, GONE);
    };
    if is_outside(entry, question.settings) {
        if question.known.is_none() {
            return verdict(Outcome::Skipped, Reason::OutOfOuSelection, &[OUT_OF_SCOPE]);
        }
        return absent(question, Reason::OutOfOuSelection, OUT_OF_SCOPE);
    }
    if entry.is_critical() {
        return verdict(Outcome::Skipped, Reason::CriticalSystemObject, &[CRITICAL]);
    }
    if entry.is_disabled() {
        return match question.known {
            Some(okta_user) => removed(okta_user, Reason::AccountDisabled, DISABLED),
            None => verdict(Outcome::Skipped, Reason::AccountDisabled, &[NEW_DISABLED]),
        };
    }
    let missing = missing(entry);
    if !missing.is_empty() {
        return without_required(question, entry, missing);
    }
    let custom = missing_custom(entry, question.settings);
    if !custom.is_empty() {
        return without_custom(question, custom);
    }
    taken(question, entry)
}

/// A user whom only a full import may take for deleted.
fn absent(question: &Question<'_>, reason: Reason, rule: Rule) -> Verdict {
    match (question.trigger, question.known) {
        (Trigger::Full, Some(okta_user)) => removed(okta_user, reason, rule),
        _ => verdict(Outcome::Unchanged, reason, &[rule]),
    }
}

/// A known user who counts as deleted.
fn removed(okta_user: OktaUser, reason: Reason, rule: Rule) -> Verdict {
    match okta_user {
        OktaUser::None => verdict(Outcome::ForgetImportRecord, reason, &[NO_OKTA_USER, rule]),
        OktaUser::Deactivated => verdict(Outcome::Unchanged, Reason::AlreadyDeactivated, &[rule]),
        OktaUser::Live | OktaUser::Suspended => verdict(Outcome::Deactivate, reason, &[rule]),
    }
}

fn without_required(question: &Question<'_>, entry: &Entry, missing: Vec<String>) -> Verdict {
    let mut judged = match (question.known, question.trigger) {
        (Some(okta_user), Trigger::Full) => removed(
            okta_user,
            Reason::IgnoredUserAbsentFromFullImport,
            LOST_REQUIRED,
        ),
        (Some(_), _) => verdict(
            Outcome::Ignored,
            Reason::RequiredAttributeMissing,
            &[LOST_REQUIRED],
        ),
        (None, _) => {
            let mut rules = vec![REQUIRED];
            if entry.first("mail").is_none()
                && missing.iter().any(|name| name == "userPrincipalName")
            {
                rules.push(MAIL_MAY_MISS);
            }
            if missing
                .iter()
                .any(|name| name == "sn" || name == "givenName")
            {
                rules.push(NAMES_NEEDED);
            }
            verdict(Outcome::Ignored, Reason::RequiredAttributeMissing, &rules)
        }
    };
    judged.missing = missing;
    judged
}

fn without_custom(question: &Question<'_>, missing: Vec<String>) -> Verdict {
    let reason = Reason::RequiredCustomAttributeMissing;
    let judged = match question.known {
        Some(OktaUser::Live | OktaUser::Suspended) => {
            verdict(Outcome::Deprovision, reason, &[REQUIRED_CUSTOM])
        }
        Some(other) => removed(other, reason, REQUIRED_CUSTOM),
        None => verdict(Outcome::Ignored, reason, &[REQUIRED_CUSTOM]),
    };
    Verdict { missing, ..judged }
}

/// A user whom nothing stands against. The rules are those that this user passed.
fn taken(question: &Question<'_>, entry: &Entry) -> Verdict {
    let mut rules = vec![REQUIRED, MAIL_MAY_MISS, NAMES_NEEDED];
    if entry.first("isCriticalSystemObject").is_some() {
        rules.push(CRITICAL);
    }
    if !question.settings.required_custom.is_empty() {
        rules.push(REQUIRED_CUSTOM);
    }
    rules.push(if question.known.is_some() {
        DISABLED
    } else {
        NEW_DISABLED
    });
    if question.settings.units.is_some() {
        rules.push(OUT_OF_SCOPE);
    }
    if has_expired(entry, question.now) {
        rules.push(EXPIRED);
    }
    rules.sort();
    Verdict {
        outcome: if question.known.is_some() {
            Outcome::Update
        } else {
            Outcome::Import
        },
        reason: None,
        missing: Vec::new(),
        rules,
        sign_in: None,
    }
}

fn verdict(outcome: Outcome, reason: Reason, rules: &[Rule]) -> Verdict {
    Verdict {
        outcome,
        reason: Some(reason),
        missing: Vec::new(),
        rules: rules.to_vec(),
        sign_in: None,
    }
}

fn has_expired(entry: &Entry, now: DateTime<Utc>) -> bool {
    let expires = entry.first("accountExpires");
    expires.is_some_and(|expires| file_time::has_passed(expires, now))
}

/// Whether units are selected and the user is in none of them. One whose name cannot be read is in none.
#[must_use]
pub fn is_outside(entry: &Entry, settings: &Settings) -> bool {
    let Some(units) = &settings.units else {
        return false;
    };
    // A user without a name is ignored for that, not deactivated for being elsewhere.
    if entry.first("distinguishedName").is_none() {
        return false;
    }
    let name = entry.name();
    !name.is_some_and(|name| units.iter().any(|unit| name.is_within(unit)))
}

/// The required attributes that the user does not have.
#[must_use]
pub fn missing(entry: &Entry) -> Vec<String> {
    let is_missing = |name: &&&str| match **name {
        "objectGUID" => entry.guid().is_none(),
        name => entry
            .first(name)
            .is_none_or(|value| value.trim().is_empty()),
    };
    let missing = REQUIRED_ATTRIBUTES.iter().filter(is_missing);
    missing.map(|name| (*name).to_owned()).collect()
}

fn missing_custom(entry: &Entry, settings: &Settings) -> Vec<String> {
    let names = settings.required_custom.iter();
    names
        .filter(|name| entry.first(name).is_none())
        .cloned()
        .collect()
}
