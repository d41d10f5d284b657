//! Plans over whole directories, matching, the safeguard, incremental reads and calls.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use serde_json::{Value as Json, json};

use super::batches::{Call, Filling, Kind, MAX_BYTES, Sent, place};
use super::decide::{OktaUser, Reason, Trigger};
use super::increments::{Controller, Cursor, Reading, WhyFull, Wish, next};
use super::matching::{Match, OrgUsers, State};
use super::plan::{Action, Basis, Fingerprint, Item, Planner, Record, Summary};
use super::safeguard::{Level, Safeguard};
use super::settings::{ExactMatch, Matching, Removal, Settings, UsernameFormat};
use super::*;
use crate::decode::guid::Guid;
use crate::decode::name::Name;
use crate::entry::Entry;
use crate::mapping::{Compiled, Mapping};

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_760_000_000, 0).unwrap()
}

fn guid(number: u32) -> Guid {
    let mut bytes = [0; 16];
    bytes[..4].copy_from_slice(&number.to_le_bytes());
    bytes[15] = 1;
    Guid::from_bytes(&bytes).unwrap()
}

fn user(number: u32, changes: Json) -> Entry {
    let mut user = json!({
        "distinguishedName": format!("CN=u{number},OU=Staff,DC=corp,DC=test"), "objectGUID": guid(number).to_string(),
        "objectSid": format!("S-1-5-21-1-2-3-{number}"), "primaryGroupID": "513", "givenName": format!("First{number}"),
        "sn": format!("Last{number}"), "mail": format!("u{number}@example.test"),
        "userPrincipalName": format!("u{number}@corp.test"), "sAMAccountName": format!("u{number}"), "userAccountControl": "512",
    });
    let Json::Object(changes) = changes else {
        panic!("changes are an object");
    };
    for (name, value) in changes {
        user[name] = value;
    }
    Entry::from_json(user.as_object().unwrap())
}

/// A user that is quickly made.
fn plain(number: u32, critical: &str) -> Entry {
    let guid = guid(number).to_string();
    let principal = format!("u{number}@corp.test");
    let attributes = [
        ("distinguishedName", "CN=u,OU=Staff,DC=corp,DC=test"),
        ("objectGUID", guid.as_str()),
        ("objectSid", "S-1-5-18"),
        ("primaryGroupID", "513"),
        ("givenName", "First"),
        ("sn", "Last"),
        ("userPrincipalName", principal.as_str()),
        ("isCriticalSystemObject", critical),
    ];
    Entry::new(attributes.map(|(name, value)| (name.to_owned(), vec![value.to_owned()])))
}

/// Everything that a plan needs, to be changed by a test.
struct Scene {
    settings: Settings,
    mapping: Compiled,
    records: BTreeMap<Guid, Record>,
    org: OrgUsers,
    vanished: Vec<Name>,
    org_assignments: Option<u64>,
}

impl Scene {
    fn new() -> Self {
        let mut settings = Settings::default();
        settings.confirmation.new = true;
        Self {
            org: OrgUsers::new(settings.matching.clone()),
            settings,
            mapping: Mapping::published().compiled(),
            records: BTreeMap::new(),
            vanished: Vec::new(),
            org_assignments: None,
        }
    }

    fn knows(&mut self, number: u32, status: OktaUser) {
        let record = Record {
            okta_user: (status != OktaUser::None).then(|| format!("00u{number}")),
            status,
            state: if status == OktaUser::None {
                State::Unconfirmed
            } else {
                State::Active
            },
            name: format!("CN=u{number},OU=Staff,DC=corp,DC=test"),
            digest: None,
        };
        self.records.insert(guid(number), record);
    }

    fn plan(&self, trigger: Trigger, entries: &[Entry]) -> (Vec<Item>, Summary) {
        let mut planner = Planner::new(Basis {
            trigger,
            settings: &self.settings,
            mapping: &self.mapping,
            records: &self.records,
            org: &self.org,
            manager: &|_| None,
            vanished: &self.vanished,
            org_assignments: self.org_assignments,
            now: now(),
        })
        .unwrap();
        let mut items: Vec<Item> = entries
            .iter()
            .filter_map(|entry| planner.offer(entry))
            .collect();
        let (gone, summary) = planner.finish();
        items.extend(gone);
        (items, summary)
    }

    /// What an import that was carried out leaves behind.
    fn carried_out(&mut self, items: &[Item]) {
        for item in items {
            let Some(login) = &item.login else { continue };
            let record = Record {
                okta_user: Some(format!("00u{}", item.user)),
                status: OktaUser::Live,
                state: State::Active,
                name: item.name.clone(),
                digest: Some(Fingerprint::of(login, &item.values)),
            };
            self.records.insert(item.user, record);
        }
    }
}

#[test]
fn a_plan_names_for_each_user_what_is_done_and_by_which_rule() {
    let mut scene = Scene::new();
    for number in [2, 3, 4, 8] {
        scene.knows(number, OktaUser::Live);
    }
    scene.knows(5, OktaUser::None);
    let entries = [
        user(1, json!({})),
        user(2, json!({ "userAccountControl": "514" })),
        user(3, json!({})),
        user(6, json!({ "sn": null })),
        user(7, json!({ "isCriticalSystemObject": "TRUE" })),
        user(8, json!({ "sn": null })),
    ];
    let (items, summary) = scene.plan(Trigger::Full, &entries);
    let lines: Vec<(String, String, Vec<String>)> = items
        .iter()
        .map(|item| {
            let action = serde_json::to_value(&item.action).unwrap()["do"]
                .as_str()
                .unwrap()
                .to_owned();
            (
                item.name.get(3..5).unwrap().to_owned(),
                action,
                item.rules.iter().map(Rule::to_string).collect(),
            )
        })
        .collect();
    let rules = |numbers: &[u8]| {
        numbers
            .iter()
            .map(|number| format!("AD-R{number}"))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        lines,
        [
            ("u1".to_owned(), "create".to_owned(), rules(&[1, 2, 3, 14])),
            ("u2".to_owned(), "remove".to_owned(), rules(&[10])),
            ("u3".to_owned(), "update".to_owned(), rules(&[1, 2, 3, 10])),
            ("u6".to_owned(), "leave".to_owned(), rules(&[1, 3])),
            ("u7".to_owned(), "leave".to_owned(), rules(&[4])),
            ("u8".to_owned(), "remove".to_owned(), rules(&[16])),
            ("u4".to_owned(), "remove".to_owned(), rules(&[11])),
            ("u5".to_owned(), "forget".to_owned(), rules(&[13, 11])),
        ]
    );
    assert_eq!(
        (
            summary.counts.seen,
            summary.counts.removed,
            summary.counts.left
        ),
        (6, 3, 2)
    );
    let (items, _) = scene.plan(Trigger::Incremental, &entries);
    let removed: Vec<&str> = items
        .iter()
        .filter(|item| matches!(item.action, Action::Remove { .. }))
        .map(|item| item.name.get(3..5).unwrap())
        .collect();
    assert_eq!(removed, ["u2"]);
}

#[test]
fn a_second_import_sends_nothing() {
    let mut scene = Scene::new();
    let entries: Vec<Entry> = (0..50).map(|number| user(number, json!({}))).collect();
    let (items, summary) = scene.plan(Trigger::Full, &entries);
    assert_eq!((items.len(), summary.counts.created), (50, 50));
    scene.carried_out(&items);
    for trigger in [Trigger::Full, Trigger::Incremental] {
        let (items, summary) = scene.plan(trigger, &entries);
        assert_eq!((items.len(), summary.counts.unchanged), (0, 50));
    }
    let mut changed = entries;
    changed[7] = user(7, json!({ "title": "Boss" }));
    let (items, _) = scene.plan(Trigger::Incremental, &changed);
    assert_eq!(items.len(), 1);
    assert!(matches!(&items[0].action, Action::Update { .. }));
    assert_eq!(items[0].values["title"], "Boss");
}

#[test]
fn users_without_a_key_or_name_or_with_another_s_name_are_left_alone() {
    let scene = Scene::new();
    let (items, summary) = scene.plan(
        Trigger::Full,
        &[
            user(1, json!({})),
            user(1, json!({ "title": "read twice" })),
            user(2, json!({ "userPrincipalName": "U1@CORP.TEST" })),
            user(3, json!({ "objectGUID": null })),
            user(4, json!({ "objectGUID": "nonsense" })),
            user(5, json!({ "userPrincipalName": "abc" })),
            Entry::default(),
        ],
    );
    let reasons: Vec<Option<Reason>> = items.iter().map(|item| item.reason).collect();
    assert_eq!(
        reasons,
        [
            None,
            Some(Reason::DuplicateUsername),
            Some(Reason::RequiredAttributeMissing),
            Some(Reason::RequiredAttributeMissing),
            Some(Reason::InvalidUsername),
            Some(Reason::RequiredAttributeMissing),
        ]
    );
    assert_eq!(items[2].missing, ["objectGUID"]);
    assert_eq!((summary.counts.created, summary.counts.seen), (1, 6));
}

#[test]
fn matches_wait_for_a_person_unless_they_are_confirmed() {
    let mut scene = Scene::new();
    let add = |scene: &mut Scene, id: &str, profile: Json| {
        scene.org.add(id, profile.as_object().unwrap())
    };
    add(
        &mut scene,
        "exact",
        json!({ "login": "U1@corp.test", "firstName": "x", "lastName": "y" }),
    );
    add(
        &mut scene,
        "partial",
        json!({ "login": "other", "firstName": "first2", "lastName": "LAST2" }),
    );
    add(
        &mut scene,
        "twin1",
        json!({ "login": "a", "firstName": "First3", "lastName": "Last3" }),
    );
    add(
        &mut scene,
        "twin2",
        json!({ "login": "b", "firstName": "First3", "lastName": "Last3" }),
    );
    let entries: Vec<Entry> = (1..5).map(|number| user(number, json!({}))).collect();
    let (items, _) = scene.plan(Trigger::Full, &entries);
    let found: Vec<&Match> = items
        .iter()
        .filter_map(|item| item.found.as_ref())
        .collect();
    assert_eq!(
        found[0],
        &Match::Exact {
            okta_user: "exact".to_owned()
        }
    );
    assert_eq!(
        found[1],
        &Match::Partial {
            okta_user: "partial".to_owned()
        }
    );
    assert_eq!(
        found[2],
        &Match::Several {
            okta_users: vec!["twin1".to_owned(), "twin2".to_owned()]
        }
    );
    assert_eq!(found[3], &Match::New);
    assert!(items[..3].iter().all(|item| item.action == Action::Await));
    assert_eq!(
        items[3].action,
        Action::Create {
            is_activated: false
        }
    );
    scene.settings.confirmation.exact = true;
    scene.settings.confirmation.partial = true;
    scene.settings.confirmation.activates_new = true;
    let (items, _) = scene.plan(Trigger::Full, &entries);
    assert_eq!(
        items[0].action,
        Action::Link {
            okta_user: "exact".to_owned()
        }
    );
    assert_eq!(
        items[1].action,
        Action::Link {
            okta_user: "partial".to_owned()
        }
    );
    assert_eq!(items[2].action, Action::Await);
    assert_eq!(items[3].action, Action::Create { is_activated: true });
    scene.settings.confirmation.new = false;
    let (items, _) = scene.plan(Trigger::Full, &entries);
    assert_eq!(items[3].action, Action::Await);
    scene.knows(4, OktaUser::None);
    scene.records.get_mut(&guid(4)).unwrap().state = State::Ignored;
    let (items, summary) = scene.plan(Trigger::Full, &entries);
    assert_eq!((items.len(), summary.counts.unchanged), (3, 1));
}

#[test]
fn what_makes_an_exact_match_is_chosen() {
    let found = |exact: ExactMatch, is_partial_allowed: bool, profile: Json| {
        let mut org = OrgUsers::new(Matching {
            exact,
            is_partial_allowed,
        });
        org.add("1", profile.as_object().unwrap());
        let compiled = Mapping::published().compiled();
        let app_user = crate::mapping::app_user(
            compiled.rows(),
            &user(1, json!({ "employeeNumber": "7" })),
            &|_| None,
        );
        org.find("u1@corp.test", &compiled.to_okta(&app_user, now()))
    };
    let exact = Match::Exact {
        okta_user: "1".to_owned(),
    };
    assert_eq!(
        found(
            ExactMatch::Email,
            true,
            json!({ "email": "U1@EXAMPLE.TEST" })
        ),
        exact
    );
    assert_eq!(
        found(
            ExactMatch::Username,
            true,
            json!({ "email": "u1@example.test" })
        ),
        Match::New
    );
    let both = || ExactMatch::Properties(vec!["employeeNumber".to_owned(), "lastName".to_owned()]);
    assert_eq!(
        found(
            both(),
            true,
            json!({ "employeeNumber": "7", "lastName": "Last1" })
        ),
        exact
    );
    assert_eq!(
        found(both(), true, json!({ "employeeNumber": "7" })),
        Match::New
    );
    assert_eq!(
        found(ExactMatch::Properties(Vec::new()), true, json!({})),
        Match::New
    );
    let named = json!({ "firstName": "First1", "lastName": "Last1" });
    assert_eq!(
        found(both(), true, named.clone()),
        Match::Partial {
            okta_user: "1".to_owned()
        }
    );
    assert_eq!(found(both(), false, named), Match::New);
}

#[test]
fn the_safeguard_counts_before_anything_is_written() {
    let check = |removed, users, org| {
        Safeguard::default()
            .check(removed, users, org)
            .map(|block| block.level)
    };
    assert_eq!(
        check(20, 100, None),
        None,
        "an app of 100 users is not protected"
    );
    assert_eq!(check(101, 100, None), None);
    assert_eq!(check(40, 200, None), None, "20 % is not more than 20 %");
    assert_eq!(check(41, 200, None), Some(Level::App));
    assert_eq!(check(41, 200, Some(200)), Some(Level::App));
    assert_eq!(check(30, 50, Some(100)), Some(Level::Org));
    assert_eq!(check(20, 50, Some(99)), None);
    assert_eq!(check(0, 1_000, Some(1_000)), None);
    assert_eq!(check(u64::MAX, u64::MAX, None), Some(Level::App));
    let off = Safeguard {
        app_percent: None,
        org_percent: None,
    };
    assert_eq!(off.check(1_000, 1_000, Some(1_000)), None);
    let none = Safeguard {
        app_percent: Some(0),
        org_percent: None,
    };
    assert!(none.check(1, 101, None).is_some());
    let mut scene = Scene::new();
    (0..150).for_each(|number| scene.knows(number, OktaUser::Live));
    let entries: Vec<Entry> = (31..150).map(|number| user(number, json!({}))).collect();
    let (_, summary) = scene.plan(Trigger::Full, &entries);
    let roadblock = summary.roadblock.unwrap();
    assert_eq!(
        (roadblock.removed, roadblock.total, roadblock.percent),
        (31, 150, 20)
    );
    let entries: Vec<Entry> = (30..150).map(|number| user(number, json!({}))).collect();
    assert_eq!(scene.plan(Trigger::Full, &entries).1.roadblock, None);
    assert!(scene.plan(Trigger::Full, &[]).1.roadblock.is_some());
    scene.settings.removal = Removal::Keep;
    assert_eq!(scene.plan(Trigger::Full, &[]).1.roadblock, None);
}

#[test]
fn a_unit_that_vanished_takes_nobody_with_it() {
    let mut scene = Scene::new();
    (0..5).for_each(|number| scene.knows(number, OktaUser::Live));
    scene.records.get_mut(&guid(0)).unwrap().name = "CN=u0,OU=Other,DC=corp,DC=test".to_owned();
    scene.vanished = vec!["OU=Staff,DC=corp,DC=test".parse().unwrap()];
    let (items, _) = scene.plan(Trigger::Full, &[]);
    assert_eq!(items.len(), 1);
    assert_eq!(items[0].user, guid(0));
}

#[test]
fn deactivated_and_suspended_users_are_woken_only_where_that_is_set() {
    let mut scene = Scene::new();
    scene.knows(1, OktaUser::Deactivated);
    scene.knows(2, OktaUser::Suspended);
    let entries = [user(1, json!({})), user(2, json!({}))];
    let (items, _) = scene.plan(Trigger::Full, &entries);
    assert_eq!(items.len(), 1);
    assert!(matches!(items[0].action, Action::Update { .. }));
    scene.settings.reactivates_deactivated = true;
    scene.settings.reactivates_suspended = true;
    let (items, _) = scene.plan(Trigger::Full, &entries);
    assert!(
        items.len() == 2
            && items
                .iter()
                .all(|item| matches!(item.action, Action::Reactivate { .. }))
    );
    scene.settings.removal = Removal::Suspend;
    let (items, _) = scene.plan(Trigger::Full, &[]);
    assert_eq!(
        items.len(),
        1,
        "who is deactivated already is not removed again"
    );
    assert!(matches!(
        items[0].action,
        Action::Remove {
            removal: Removal::Suspend,
            ..
        }
    ));
}

#[test]
fn a_hundred_thousand_users_are_planned_in_linear_time() {
    let mut scene = Scene::new();
    scene.settings.confirmation.exact = true;
    let plan = |scene: &Scene, count: u32| {
        let started = Instant::now();
        let mut planner = Planner::new(Basis {
            trigger: Trigger::Incremental,
            settings: &scene.settings,
            mapping: &scene.mapping,
            records: &scene.records,
            org: &scene.org,
            manager: &|_| None,
            vanished: &[],
            org_assignments: None,
            now: now(),
        })
        .unwrap();
        for number in 0..count {
            // Few are mapped, so this is the cost of the plan and not that of expressions.
            let critical = if number % 100 == 0 { "FALSE" } else { "TRUE" };
            assert!(planner.offer(&plain(number, critical)).is_some());
        }
        let (_, summary) = planner.finish();
        assert_eq!(summary.counts.seen, u64::from(count));
        started.elapsed()
    };
    let few = plan(&scene, 10_000);
    let many = plan(&scene, 100_000);
    assert!(
        many < few * 50 + Duration::from_secs(5),
        "{few:?} for 10,000, {many:?} for 100,000"
    );
}

fn controller() -> Controller {
    Controller {
        host: "dc1.corp.test".to_owned(),
        service: "CN=NTDS Settings".to_owned(),
        invocation: guid(1),
    }
}

#[test]
fn changes_are_read_only_where_their_numbers_can_be_trusted() {
    let units: Vec<Name> = vec!["OU=a,DC=b".parse().unwrap(), "OU=c,DC=b".parse().unwrap()];
    let last = Cursor {
        controller: controller(),
        highest: 100,
        units: Some(units.clone()),
    };
    let reading = next(Wish::Changes, Some(&last), &controller(), 250, Some(&units));
    assert_eq!(
        reading,
        Reading::Changes {
            filter: "(&(sAMAccountType=805306368)(uSNChanged>=101)(uSNChanged<=250))".to_owned()
        }
    );
    let why =
        |wish, last: Option<&Cursor>, controller: &Controller, highest, units: Option<&[Name]>| {
            match next(wish, last, controller, highest, units) {
                Reading::Full { why, filter } => {
                    assert_eq!(filter, "(sAMAccountType=805306368)");
                    Some(why)
                }
                Reading::Changes { .. } => None,
            }
        };
    assert_eq!(
        why(Wish::Full, Some(&last), &controller(), 250, Some(&units)),
        Some(WhyFull::Asked)
    );
    assert_eq!(
        why(Wish::Changes, None, &controller(), 250, Some(&units)),
        Some(WhyFull::First)
    );
    let restored = Controller {
        invocation: guid(2),
        ..controller()
    };
    assert_eq!(
        why(Wish::Changes, Some(&last), &restored, 250, Some(&units)),
        Some(WhyFull::OtherController)
    );
    assert_eq!(
        why(Wish::Changes, Some(&last), &controller(), 99, Some(&units)),
        Some(WhyFull::NumbersWentBack)
    );
    assert_eq!(
        why(Wish::Changes, Some(&last), &controller(), 250, None),
        Some(WhyFull::UnitsChanged)
    );
    assert_eq!(
        why(
            Wish::Changes,
            Some(&last),
            &controller(),
            250,
            Some(&units[..1])
        ),
        Some(WhyFull::UnitsChanged)
    );
    let other_way: Vec<Name> = vec!["ou=C,dc=B".parse().unwrap(), "OU=a, DC=b".parse().unwrap()];
    assert_eq!(
        why(
            Wish::Changes,
            Some(&last),
            &controller(),
            100,
            Some(&other_way)
        ),
        None
    );
    let kept = serde_json::to_string(&last).unwrap();
    assert_eq!(serde_json::from_str::<Cursor>(&kept).unwrap(), last);
}

fn calls(users: impl IntoIterator<Item = Sent>) -> Vec<Call> {
    let mut filling = Filling::new(Kind::Upsert);
    let mut calls = Vec::new();
    for user in users {
        calls.extend(filling.add(user).unwrap());
    }
    calls.extend(filling.finish());
    calls
}

#[test]
fn calls_keep_to_their_limits() {
    let sent = |number: u32, bytes: usize| {
        Sent::upsert(
            guid(number),
            &BTreeMap::from([("title".to_owned(), json!("山".repeat(bytes / 3)))]),
        )
    };
    let made = calls((0..450).map(|number| sent(number, 30)));
    let sizes: Vec<usize> = made.iter().map(|call| call.users.len()).collect();
    assert_eq!(sizes, [200, 200, 50]);
    let made = calls((0..10).map(|number| sent(number, 50_000)));
    assert_eq!(
        made.iter().map(|call| call.users.len()).collect::<Vec<_>>(),
        [3, 3, 3, 1]
    );
    for call in &made {
        let body = json!({ "entityType": "USERS", "profiles": call.users });
        assert!(body.to_string().len() <= MAX_BYTES);
    }
    let users: Vec<Guid> = made
        .iter()
        .flat_map(|call| call.users.iter().map(|user| user.external_id))
        .collect();
    assert_eq!(users, (0..10).map(guid).collect::<Vec<_>>());
    let error = Filling::new(Kind::Upsert)
        .add(sent(1, 250_000))
        .unwrap_err();
    assert_eq!(error.user, guid(1));
    assert_eq!(calls([]), []);
    assert_eq!(
        (place(0), place(49), place(50), place(125)),
        ((0, 0), (0, 49), (1, 0), (2, 25))
    );
    let text = json!(Sent::removal(guid(1)));
    assert_eq!(text, json!({ "externalId": guid(1) }));
    let values = BTreeMap::from([("n".to_owned(), json!(7)), ("b".to_owned(), json!(true))]);
    assert_eq!(
        json!(Sent::upsert(guid(1), &values))["profile"],
        json!({ "b": "true", "n": "7" })
    );
}

#[test]
fn settings_are_kept_as_json_and_may_grow() {
    let settings = Settings {
        username: UsernameFormat::Custom("appuser.email".to_owned()),
        units: Some(vec!["OU=a,DC=b".parse().unwrap()]),
        ..Settings::default()
    };
    let text = serde_json::to_string(&settings).unwrap();
    assert_eq!(serde_json::from_str::<Settings>(&text).unwrap(), settings);
    assert_eq!(
        serde_json::from_str::<Settings>("{}").unwrap(),
        Settings::default()
    );
    assert!(serde_json::from_str::<Settings>(r#"{"units": ["nonsense"]}"#).is_err());
    let wrong = Settings {
        username: UsernameFormat::Custom("appuser.".to_owned()),
        ..Settings::default()
    };
    let scene = Scene {
        settings: wrong,
        ..Scene::new()
    };
    let basis = Basis {
        trigger: Trigger::Full,
        settings: &scene.settings,
        mapping: &scene.mapping,
        records: &scene.records,
        org: &scene.org,
        manager: &|_| None,
        vanished: &[],
        org_assignments: None,
        now: now(),
    };
    assert!(Planner::new(basis).is_err());
}
