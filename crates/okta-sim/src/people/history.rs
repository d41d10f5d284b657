//! A year of System Log that agrees with what the directory says: who was created, who signed in
//! when, who was suspended.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};

use super::company::Hired;
use crate::log::kinds::{self, Kind};
use crate::log::{By, Note, Origin, PLACES, Party};
use crate::state::user::{Status, User};
use crate::state::{Dice, Org};

const AGENTS: [&str; 3] = [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.4 Safari/605.1.15",
    "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0",
];

struct Writer<'a> {
    org: &'a Org,
    dice: Dice,
    admin: Party,
    since: DateTime<Utc>,
    planned: Vec<(By, Note)>,
}

/// Writes the year.
pub(super) fn write(org: &mut Org, staff: &[Hired], now: DateTime<Utc>) {
    let mut writer = Writer {
        org,
        dice: Dice::new(0x0068_6973_746f_7279),
        admin: org.user_party(&org.admin_id),
        since: now - Duration::days(365),
        planned: Vec::new(),
    };
    for hired in staff {
        if let Some(user) = writer.org.users.get(&hired.id) {
            writer.life(user, hired.office);
        }
    }
    writer.imports(now);
    writer.administration(now);
    let mut planned = writer.planned;
    planned.sort_by_key(|(by, _)| by.at);
    for (by, note) in planned {
        org.note(&by, note);
    }
}

impl Writer<'_> {
    fn by(&mut self, actor: Party, at: DateTime<Utc>, place: usize, uri: &str) -> By {
        let agent = self.dice.pick(&AGENTS).unwrap_or_default();
        let third = 1 + self.dice.below(200);
        By {
            actor,
            origin: Arc::new(Origin {
                ip: format!("203.0.{}.{third}", 113 + place.min(PLACES.len())),
                agent: agent.to_owned(),
                place,
                request_id: self.dice.word(27),
                uri: uri.to_owned(),
                session: Some(format!("102{}", self.dice.word(22))),
                client_id: None,
                transaction: "WEB",
            }),
            at,
        }
    }

    fn plan(&mut self, by: By, note: Note) {
        if by.at >= self.since {
            self.planned.push((by, note));
        }
    }

    fn done_by_admin(&mut self, kind: &'static Kind, user: &User, at: DateTime<Utc>) {
        if at < self.since {
            return;
        }
        let by = self.by(self.admin.clone(), at, 0, "/api/v1/users");
        let target = self.org.user_party(&user.id);
        self.plan(by, Note::of(kind).to(target));
    }

    fn life(&mut self, user: &User, office: usize) {
        self.done_by_admin(&kinds::USER_CREATE, user, user.created);
        if let Some(at) = user.activated {
            self.done_by_admin(&kinds::USER_ACTIVATE, user, at);
        }
        if user.created >= self.since {
            self.join_groups(user);
        }
        if let (Some(at), Some(_)) = (user.activated, user.last_login) {
            let me = self.org.user_party(&user.id);
            let at = at + Duration::minutes(20);
            let by = self.by(me.clone(), at, office, "/idp/idx/credential/enroll");
            self.plan(by, Note::of(&kinds::USER_MFA_ACTIVATE).to(me));
        }
        if let Some(at) = user.password_changed {
            let me = self.org.user_party(&user.id);
            let by = self.by(me.clone(), at, office, "/user/settings/password");
            self.plan(by, Note::of(&kinds::USER_PASSWORD).to(me));
        }
        if self.dice.chance(30) {
            let at = user.last_updated - Duration::minutes(3);
            if at > user.created {
                self.done_by_admin(&kinds::USER_PROFILE, user, at);
            }
        }
        self.sign_ins(user, office);
        let end: Option<&'static Kind> = match user.status {
            Status::Suspended => Some(&kinds::USER_SUSPEND),
            Status::Deprovisioned => Some(&kinds::USER_DEACTIVATE),
            Status::PasswordExpired => Some(&kinds::USER_EXPIRE_PASSWORD),
            Status::Recovery => Some(&kinds::USER_RESET_PASSWORD),
            Status::LockedOut => Some(&kinds::USER_LOCK),
            _ => None,
        };
        if let (Some(kind), Some(at)) = (end, user.status_changed) {
            self.done_by_admin(kind, user, at);
        }
    }

    fn join_groups(&mut self, user: &User) {
        let org = self.org;
        for group in org.groups_of(&user.id) {
            if group.id == org.everyone_id {
                continue;
            }
            let by = By {
                actor: Party::system(),
                ..self.by(
                    Party::system(),
                    user.created + Duration::seconds(40),
                    0,
                    "/group/rules",
                )
            };
            let note = Note::of(&kinds::MEMBER_ADD)
                .to(org.user_party(&user.id))
                .to(org.group_party(&group.id));
            self.plan(by, note);
        }
    }

    /// Sign-ins from the last one back, ever further apart, with single sign-on after each.
    fn sign_ins(&mut self, user: &User, office: usize) {
        let Some(mut at) = user.last_login else {
            return;
        };
        let apps: Vec<&String> = self
            .org
            .apps
            .values()
            .filter(|app| app.users.contains_key(&user.id))
            .map(|app| &app.id)
            .collect();
        for _ in 0..8 {
            if at < self.since || at < user.created {
                return;
            }
            let me = self.org.user_party(&user.id);
            if self.dice.chance(6) {
                let by = self.by(
                    me.clone(),
                    at - Duration::seconds(50),
                    office,
                    "/idp/idx/identify",
                );
                self.plan(
                    by,
                    Note::of(&kinds::SESSION_START).failed("INVALID_CREDENTIALS"),
                );
            }
            let by = self.by(me.clone(), at, office, "/idp/idx/identify");
            self.plan(by, Note::of(&kinds::SESSION_START));
            if self.dice.chance(25) {
                let after = at + Duration::seconds(4);
                let by = self.by(me.clone(), after, office, "/idp/idx/challenge/answer");
                self.plan(by, Note::of(&kinds::USER_AUTH_MFA).to(me.clone()));
            }
            if !apps.is_empty() && self.dice.chance(50) {
                let app_id = apps[self.dice.below(apps.len())];
                let by = self.by(me, at + Duration::seconds(30), office, "/app/sso");
                let note = Note::of(&kinds::USER_AUTH_SSO).to(self.org.app_party(app_id));
                self.plan(by, note);
            }
            at -= Duration::minutes(i64::try_from(600 + self.dice.below(80_000)).unwrap_or(600));
        }
    }

    /// What the administrator did to the org itself.
    fn administration(&mut self, now: DateTime<Utc>) {
        let admin = self.admin.clone();
        for (kind, days) in [(&kinds::PRIVILEGE_GRANT, 210), (&kinds::TOKEN_CREATE, 209)] {
            let by = self.by(admin.clone(), now - Duration::days(days), 0, "/admin");
            self.plan(by, Note::of(kind).to(admin.clone()));
        }
    }

    /// A monthly import from the directory.
    fn imports(&mut self, now: DateTime<Utc>) {
        let directory = self
            .org
            .apps
            .values()
            .find(|app| app.name == "active_directory");
        let Some(target) = directory.map(|app| self.org.app_party(&app.id)) else {
            return;
        };
        for month in 1..12 {
            let at = now - Duration::days(month * 30);
            for (kind, after) in [(&kinds::IMPORT_START, 0), (&kinds::IMPORT_COMPLETE, 95)] {
                let by = self.by(Party::system(), at + Duration::seconds(after), 0, "/import");
                self.plan(by, Note::of(kind).to(target.clone()));
            }
        }
    }
}
