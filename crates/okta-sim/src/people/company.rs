//! The people of Aozora Logistics: departments, titles, managers, statuses and when they were last seen.

use std::collections::HashMap;

use chrono::{DateTime, Duration, Utc};
use serde_json::json;

use super::names::{JAPANESE_FAMILY, JAPANESE_GIVEN, Name, OTHER_FAMILY, OTHER_GIVEN, plain};
use super::object;
use crate::state::user::{Status, User};
use crate::state::{Dice, LinkDefinition, Org, Side, USER_TYPE_ID};

const HEAD_COUNT: usize = 300;

/// Name, cost center, title of the head, other titles, share of the staff in percent.
pub(super) const DEPARTMENTS: [(&str, &str, &str, &[&str], usize); 10] = [
    (
        "Engineering",
        "CC-210",
        "VP of Engineering",
        &[
            "Software Engineer",
            "Senior Software Engineer",
            "Site Reliability Engineer",
            "QA Engineer",
        ],
        18,
    ),
    (
        "Operations",
        "CC-310",
        "Chief Operating Officer",
        &[
            "Operations Coordinator",
            "Route Planner",
            "Warehouse Supervisor",
        ],
        18,
    ),
    (
        "Sales",
        "CC-410",
        "VP of Sales",
        &["Account Executive", "Account Manager", "Sales Engineer"],
        15,
    ),
    (
        "Customer Success",
        "CC-420",
        "Head of Customer Success",
        &["Customer Success Manager", "Support Specialist"],
        12,
    ),
    (
        "Logistics",
        "CC-320",
        "Head of Logistics",
        &["Freight Analyst", "Customs Specialist", "Fleet Planner"],
        12,
    ),
    (
        "Finance",
        "CC-110",
        "Chief Financial Officer",
        &["Accountant", "Financial Analyst", "Payroll Specialist"],
        7,
    ),
    (
        "Marketing",
        "CC-430",
        "Head of Marketing",
        &["Content Designer", "Campaign Manager"],
        6,
    ),
    (
        "Human Resources",
        "CC-120",
        "Head of People",
        &["HR Business Partner", "Recruiter"],
        5,
    ),
    (
        "IT",
        "CC-220",
        "Head of IT",
        &["Systems Administrator", "Service Desk Analyst"],
        5,
    ),
    (
        "Legal",
        "CC-130",
        "General Counsel",
        &["Counsel", "Compliance Analyst"],
        2,
    ),
];

/// City, state, country, time zone, locale, whether names are mostly Japanese there.
pub(super) const OFFICES: [(&str, &str, &str, &str, &str, bool); 6] = [
    ("Tokyo", "Tokyo", "JP", "Asia/Tokyo", "ja_JP", true),
    ("Osaka", "Osaka", "JP", "Asia/Tokyo", "ja_JP", true),
    ("Fukuoka", "Fukuoka", "JP", "Asia/Tokyo", "ja_JP", true),
    (
        "Portland",
        "OR",
        "US",
        "America/Los_Angeles",
        "en_US",
        false,
    ),
    ("Dublin", "Leinster", "IE", "Europe/Dublin", "en_IE", false),
    (
        "Lyon",
        "Auvergne-Rhone-Alpes",
        "FR",
        "Europe/Paris",
        "fr_FR",
        false,
    ),
];

/// Somebody who was hired: user id and office.
pub(super) struct Hired {
    pub(super) id: String,
    pub(super) office: usize,
}

/// Hires everybody; the first of each department leads it.
pub(super) fn hire(org: &mut Org, now: DateTime<Utc>) -> Vec<Hired> {
    let mut dice = Dice::new(0x0000_616f_7a6f_7261);
    org.links.definitions.push(LinkDefinition {
        primary: side("manager", "Manager"),
        associated: side("subordinate", "Subordinate"),
    });
    let mut staff = Vec::with_capacity(HEAD_COUNT);
    let mut heads: HashMap<usize, (String, String, String)> = HashMap::new();
    let mut seen = HashMap::new();
    for number in 0..HEAD_COUNT {
        let department = if number < DEPARTMENTS.len() {
            number
        } else {
            weighted(&mut dice)
        };
        let office = match dice.below(10) {
            0..=3 => 0,
            4 | 5 => 1,
            6 => 2,
            7 => 3,
            8 => 4,
            _ => 5,
        };
        let mut user = person(org, &mut dice, &mut seen, (number, department, office), now);
        if let Some((id, login, name)) = heads.get(&department) {
            user.profile
                .insert("managerId".to_owned(), login.clone().into());
            user.profile
                .insert("manager".to_owned(), name.clone().into());
            org.links.link("manager", &user.id, id);
        } else {
            let head = (user.id.clone(), user.login().to_owned(), user.full_name());
            heads.insert(department, head);
        }
        let status = if number < DEPARTMENTS.len() {
            Status::Active
        } else {
            status_of(number)
        };
        live(&mut user, &mut dice, status, now);
        staff.push(Hired {
            id: user.id.clone(),
            office,
        });
        org.insert_user(user);
    }
    staff
}

fn side(name: &str, title: &str) -> Side {
    Side {
        name: name.to_owned(),
        title: title.to_owned(),
        description: format!("{title} link property"),
    }
}

fn weighted(dice: &mut Dice) -> usize {
    let mut roll = dice.below(100);
    for (at, (_, _, _, _, share)) in DEPARTMENTS.iter().enumerate() {
        if roll < *share {
            return at;
        }
        roll -= share;
    }
    0
}

fn person(
    org: &mut Org,
    dice: &mut Dice,
    seen: &mut HashMap<String, u32>,
    (number, department, office): (usize, usize, usize),
    now: DateTime<Utc>,
) -> User {
    let (department_name, cost_center, head_title, titles, _) = DEPARTMENTS[department];
    let (city, state, country, timezone, locale, is_japanese) = OFFICES[office];
    let speaks_japanese = dice.chance(if is_japanese { 92 } else { 6 });
    let (given, family, display) = named(dice, speaks_japanese);
    let login = login(seen, given, family);
    let is_contractor = number >= DEPARTMENTS.len() && dice.chance(12);
    let title = if number < DEPARTMENTS.len() {
        head_title
    } else {
        dice.pick(titles).unwrap_or_default()
    };
    let profile = object(json!({
        "firstName": given, "lastName": family, "displayName": display,
        "login": login, "email": login,
        "title": title, "department": department_name, "costCenter": cost_center,
        "division": if department < 5 { "Business" } else { "Corporate" },
        "organization": "Aozora Logistics",
        "employeeNumber": (10_001 + number).to_string(),
        "userType": if is_contractor { "Contractor" } else { "Employee" },
        "city": city, "state": state, "countryCode": country,
        "timezone": timezone, "locale": locale,
        "preferredLanguage": if speaks_japanese { "ja" } else { "en" },
        "primaryPhone": format!("+1-503-555-{:04}", 100 + number),
    }));
    let created = now
        - Duration::days(25 + i64::try_from(dice.below(2_100)).unwrap_or(0))
        - part_of_day(dice);
    let id = org.dice.id("00u");
    User::staged(
        org.next_seq(),
        id,
        USER_TYPE_ID.to_owned(),
        profile,
        created,
    )
}

/// Given name, family name, and how the whole name is written.
pub(super) fn named(dice: &mut Dice, in_japanese: bool) -> (&'static str, &'static str, String) {
    if in_japanese {
        let (given, family) = (
            one_of(dice, &JAPANESE_GIVEN),
            one_of(dice, &JAPANESE_FAMILY),
        );
        return (given.0, family.0, format!("{} {}", family.1, given.1));
    }
    let (given, family) = (one_of(dice, &OTHER_GIVEN), one_of(dice, &OTHER_FAMILY));
    (given.0, family.0, format!("{} {}", given.0, family.0))
}

/// An address that nobody else has.
fn login(seen: &mut HashMap<String, u32>, given: &str, family: &str) -> String {
    let name = format!("{}.{}", plain(given), plain(family));
    let count = seen.entry(name.clone()).or_insert(0);
    *count += 1;
    if *count > 1 {
        format!("{name}{count}@aozora.example")
    } else {
        format!("{name}@aozora.example")
    }
}

fn one_of(dice: &mut Dice, names: &[Name]) -> Name {
    names
        .get(dice.below(names.len()))
        .copied()
        .unwrap_or_default()
}

pub(super) fn part_of_day(dice: &mut Dice) -> Duration {
    Duration::seconds(i64::try_from(dice.below(36_000)).unwrap_or(0))
}

/// Most people are active; of every other status there are some.
pub(super) fn status_of(number: usize) -> Status {
    match number % 60 {
        3 | 17 => Status::Staged,
        8 | 29 => Status::Provisioned,
        11 | 41 => Status::Suspended,
        23 => Status::LockedOut,
        37 => Status::PasswordExpired,
        49 => Status::Recovery,
        5 | 20 | 33 | 55 => Status::Deprovisioned,
        _ => Status::Active,
    }
}

/// Gives a person the past that fits the status.
pub(super) fn live(user: &mut User, dice: &mut Dice, status: Status, now: DateTime<Utc>) {
    if matches!(status, Status::Staged | Status::Provisioned) {
        user.created = now
            - Duration::days(i64::try_from(2 + dice.below(20)).unwrap_or(2))
            - part_of_day(dice);
        user.last_updated = user.created;
    }
    if status == Status::Staged {
        return;
    }
    let activated = user.created + Duration::minutes(5);
    user.move_to(status, activated);
    user.activated = Some(activated);
    if status == Status::Provisioned {
        return;
    }
    user.has_password = status != Status::Deprovisioned;
    let last_seen_days = match dice.below(100) {
        0..=74 => dice.below(30),
        75..=84 => 30 + dice.below(60),
        85..=91 => 90 + dice.below(90),
        _ => 181 + dice.below(320),
    };
    let days = i64::try_from(last_seen_days).unwrap_or(0);
    let seen = (now - Duration::days(days) - part_of_day(dice)).max(activated + Duration::hours(1));
    user.last_login = Some(seen);
    let year = i64::try_from(dice.below(300)).unwrap_or(0);
    user.password_changed = Some((now - Duration::days(year)).max(activated).min(seen));
    user.last_updated = (now - Duration::days(year / 2)).max(activated);
    if status != Status::Active {
        let changed = seen + (now - seen) / 2;
        user.status_changed = Some(changed);
        user.last_updated = changed;
    }
}
