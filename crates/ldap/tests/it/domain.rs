//! One life of a directory: users are made, read, disabled, moved, deleted and renamed, and the plans of imports follow.

use std::collections::BTreeMap;

use directory::decode::guid::Guid;
use directory::decode::name::Name;
use directory::entry::Entry;
use directory::import::decide::{OktaUser, Trigger};
use directory::import::increments::{Cursor, Reading, USERS, Wish, next};
use directory::import::matching::{OrgUsers, State};
use directory::import::plan::{Action, Basis, Fingerprint, Item, Planner, Record};
use directory::import::settings::Settings;
use directory::mapping::{Mapping, Writing};
use directory::write_back::{ManagerReason, Write};
use ldap::read::bases;
use ldap::sign_in::{Refusal, sign_in};
use ldap::write::NotWritten;
use ldap::{Directory, Failure, Security};

use crate::samba::{ADMINISTRATOR, PASSWORD, Samba, account, is_inside};

const DOMAIN: &str = "DC=corp,DC=example,DC=test";
const STAFF: &str = "OU=Staff,DC=corp,DC=example,DC=test";

fn name(text: &str) -> Name {
    text.parse().unwrap()
}

/// What makes the units and four users.
fn beginning() -> String {
    let unit = |unit: &str| {
        format!(
            "dn: OU={unit},{DOMAIN}\nchangetype: add\nobjectClass: organizationalUnit\nou: {unit}\n\n"
        )
    };
    let user = |number: usize, more: &str| {
        format!(
            "dn: CN=User {number},{STAFF}\nchangetype: add\nobjectClass: user\nsAMAccountName: user{number}\n\
             userPrincipalName: user{number}@corp.example.test\ngivenName: First{number}\nsn: Last{number}\nuserAccountControl: 544\n{more}\n"
        )
    };
    let mut text = unit("Staff") + &unit("Elsewhere");
    text += &user(
        1,
        "displayName:: 5bGx55SwIOiKseWtkA==\nmail: one@example.test\nc: JP\ncountryCode: 392\ndepartmentNumber: 42\n",
    );
    text += &user(2, &format!("manager: CN=User 1,{STAFF}\n"));
    for number in 3..=7 {
        text += &user(number, "");
    }
    // Without a user principal name.
    text + &format!(
        "dn: CN=Nameless,{STAFF}\nchangetype: add\nobjectClass: user\nsAMAccountName: nameless\nuserAccountControl: 544\n\n"
    )
}

/// Imports and what is kept between them.
struct Imports {
    settings: Settings,
    records: BTreeMap<Guid, Record>,
    cursor: Option<Cursor>,
}

impl Imports {
    fn new() -> Self {
        let mut settings = Settings::default();
        settings.confirmation.new = true;
        settings.units = Some(vec![name(STAFF)]);
        Self {
            settings,
            records: BTreeMap::new(),
            cursor: None,
        }
    }

    /// Reads what is to be read, plans it, and keeps what an org would say afterwards.
    async fn run(&mut self, directory: &mut Directory, wish: Wish) -> (Trigger, Vec<String>) {
        let about = directory.about().await.unwrap();
        let units = self.settings.units.clone();
        let reading = next(
            wish,
            self.cursor.as_ref(),
            &about.controller,
            about.highest,
            units.as_deref(),
        );
        let (trigger, filter) = match reading {
            Reading::Full { filter, .. } => (Trigger::Full, filter),
            Reading::Changes { filter } => (Trigger::Incremental, filter),
        };
        let mapping = Mapping::published();
        let attributes = mapping.attributes_to_read();
        let mut entries: Vec<Entry> = Vec::new();
        for base in bases(units.as_deref(), &about.domain) {
            let users = directory.search(&base, &filter, &attributes).await.unwrap();
            entries.extend(users.all(1_000).await.unwrap());
        }
        let items = self.plan(trigger, &mapping, &entries);
        self.cursor = Some(Cursor {
            controller: about.controller,
            highest: about.highest,
            units,
        });
        let lines = items.iter().map(line).collect();
        self.carry_out(items);
        (trigger, lines)
    }

    fn plan(&self, trigger: Trigger, mapping: &Mapping, entries: &[Entry]) -> Vec<Item> {
        let principals: BTreeMap<String, String> = entries
            .iter()
            .filter_map(|entry| {
                Some((
                    entry.first("distinguishedName")?.to_owned(),
                    entry.first("userPrincipalName")?.to_owned(),
                ))
            })
            .collect();
        let compiled = mapping.compiled();
        let org = OrgUsers::new(self.settings.matching.clone());
        let manager = |name: &str| principals.get(name).cloned();
        let mut planner = Planner::new(Basis {
            trigger,
            settings: &self.settings,
            mapping: &compiled,
            records: &self.records,
            org: &org,
            manager: &manager,
            vanished: &[],
            org_assignments: None,
            now: std::time::SystemTime::now().into(),
        })
        .unwrap();
        let mut items: Vec<Item> = entries
            .iter()
            .filter_map(|entry| planner.offer(entry))
            .collect();
        items.extend(planner.finish().0);
        items
    }

    fn carry_out(&mut self, items: Vec<Item>) {
        for item in items {
            match item.action {
                Action::Remove { .. } | Action::Forget => {
                    self.records.remove(&item.user);
                }
                _ => {
                    let Some(login) = &item.login else { continue };
                    let record = Record {
                        okta_user: Some(login.clone()),
                        status: OktaUser::Live,
                        state: State::Active,
                        name: item.name.clone(),
                        digest: Some(Fingerprint::of(login, &item.values)),
                    };
                    self.records.insert(item.user, record);
                }
            }
        }
    }
}

/// `create User 1 AD-R1 AD-R2 …`, with the decisive rule last.
fn line(item: &Item) -> String {
    let action = match &item.action {
        Action::Create { .. } => "create",
        Action::Update { .. } => "update",
        Action::Remove { .. } => "remove",
        Action::Leave { .. } => "leave",
        _ => "other",
    };
    let who = name(&item.name).parts()[0].pairs()[0].1.clone();
    let rule = item
        .rules
        .last()
        .map(ToString::to_string)
        .unwrap_or_default();
    format!("{action} {who} {rule}")
}

fn modify(who: &str, attribute: &str, value: &str) -> String {
    format!(
        "dn: CN={who},{STAFF}\nchangetype: modify\nreplace: {attribute}\n{attribute}: {value}\n\n"
    )
}

#[tokio::test]
async fn a_directory_lives() {
    if !is_inside("domain::a_directory_lives") {
        return;
    }
    let samba = Samba::start().await;
    samba.change(&beginning());
    let mut directory = Directory::open(
        &samba.address(Security::StartTls),
        &account(ADMINISTRATOR, PASSWORD),
    )
    .await
    .unwrap();
    directory.set_page(3);
    doors(&samba).await;
    what_is_read(&mut directory).await;
    imports(&samba, &mut directory).await;
    writes(&mut directory).await;
    sign_ins(&samba).await;
}

/// Who is let in, and what a client says when it is not.
async fn doors(samba: &Samba) {
    let address = samba.address(Security::Ldaps);
    let open = async |address: &ldap::Address, name: &str, password: &str| {
        Directory::open(address, &account(name, password))
            .await
            .map(drop)
    };
    for who in [
        ADMINISTRATOR,
        "Administrator@corp.example.test",
        "CORP\\Administrator",
    ] {
        open(&address, who, PASSWORD).await.unwrap();
    }
    let wrong = open(&address, ADMINISTRATOR, "wrong").await.unwrap_err();
    assert!(
        matches!(wrong, Failure::Refused(Refusal::WrongPassword)),
        "{wrong}"
    );
    let untrusted = ldap::Address {
        authorities: None,
        ..address.clone()
    };
    let failure = open(&untrusted, ADMINISTRATOR, PASSWORD).await.unwrap_err();
    assert!(
        matches!(failure, Failure::Tls(_) | Failure::Authorities(_)),
        "{failure}"
    );
    let other_name = ldap::Address {
        host: "127.0.0.2".to_owned(),
        ..address.clone()
    };
    let failure = open(&other_name, ADMINISTRATOR, PASSWORD)
        .await
        .unwrap_err();
    assert!(
        matches!(failure, Failure::Tls(_) | Failure::Unreachable(_)),
        "{failure}"
    );
    let nobody = ldap::Address {
        port: Some(9),
        ..address
    };
    let failure = open(&nobody, ADMINISTRATOR, PASSWORD).await.unwrap_err();
    assert!(matches!(failure, Failure::Unreachable(_)), "{failure}");
}

async fn what_is_read(directory: &mut Directory) {
    let about = directory.about().await.unwrap();
    assert_eq!(about.domain.to_string(), DOMAIN);
    assert!(about.highest > 0);
    let units = directory.units(&about.domain).await.unwrap();
    let names: Vec<String> = units.iter().map(|unit| unit.name.to_string()).collect();
    assert!(names.contains(&STAFF.to_owned()), "{names:?}");
    let attributes = Mapping::published().attributes_to_read();
    let found = directory
        .search(&about.domain, USERS, &attributes)
        .await
        .unwrap()
        .all(1_000)
        .await
        .unwrap();
    let critical = found.iter().filter(|entry| entry.is_critical()).count();
    assert!(
        critical >= 3 && found.len() >= critical + 8,
        "{critical} of {}",
        found.len()
    );
    let one = directory
        .find(&about.domain, "sAMAccountName", "user1", &attributes)
        .await
        .unwrap();
    let [one] = &one[..] else { panic!("{one:?}") };
    assert_eq!(one.first("displayName"), Some("山田 花子"));
    assert!(one.first("objectSid").unwrap().starts_with("S-1-5-21-"));
    let again = directory
        .read_by_guid(one.guid().unwrap(), &["mail"])
        .await
        .unwrap()
        .unwrap();
    assert_eq!(again.first("mail"), Some("one@example.test"));
    assert_eq!(
        directory
            .read(&name(&format!("CN=Nobody,{STAFF}")), &["mail"])
            .await
            .unwrap(),
        None
    );
    let injected = directory
        .find(&about.domain, "sAMAccountName", "user1)(cn=*", &attributes)
        .await
        .unwrap();
    assert!(injected.is_empty());
    let gone = name(&format!("OU=Gone,{DOMAIN}"));
    let failure = directory
        .search(&gone, USERS, &attributes)
        .await
        .unwrap()
        .next()
        .await
        .unwrap_err();
    assert!(matches!(failure, Failure::Absent(_)), "{failure}");
}

async fn imports(samba: &Samba, directory: &mut Directory) {
    let mut imports = Imports::new();
    let (trigger, lines) = imports.run(directory, Wish::Changes).await;
    assert_eq!(trigger, Trigger::Full, "nothing was imported yet");
    let created = lines
        .iter()
        .filter(|line| line.starts_with("create"))
        .count();
    assert_eq!(created, 7, "{lines:?}");
    assert!(
        lines.iter().any(|line| line == "leave Nameless AD-R3"),
        "{lines:?}"
    );
    let nothing: (Trigger, Vec<String>) = (Trigger::Incremental, Vec::new());
    assert_eq!(imports.run(directory, Wish::Changes).await, nothing);

    samba.change(&modify("User 3", "userAccountControl", "546"));
    samba.change(&modify("User 4", "title", "Boss"));
    samba.change(&format!("dn: CN=User 5,{STAFF}\nchangetype: delete\n\n"));
    samba.change(&format!("dn: CN=User 6,{STAFF}\nchangetype: modrdn\nnewrdn: CN=User 6\ndeleteoldrdn: 1\nnewsuperior: OU=Elsewhere,{DOMAIN}\n\n"));
    samba.change(&format!(
        "dn: CN=User 7,{STAFF}\nchangetype: modrdn\nnewrdn: CN=Renamed\ndeleteoldrdn: 1\n\n"
    ));
    let (trigger, mut lines) = imports.run(directory, Wish::Changes).await;
    lines.sort();
    assert_eq!(trigger, Trigger::Incremental);
    assert_eq!(
        lines,
        [
            "remove User 3 AD-R10",
            "update Renamed AD-R12",
            "update User 4 AD-R12"
        ]
    );

    let deleted = directory.deleted(&name(DOMAIN)).await.unwrap();
    assert!(
        deleted
            .iter()
            .any(|entry| entry.first("sAMAccountName") == Some("user5"))
    );
    let (trigger, mut lines) = imports.run(directory, Wish::Full).await;
    lines.sort();
    assert_eq!(trigger, Trigger::Full);
    assert_eq!(
        lines,
        [
            "leave Nameless AD-R3",
            "leave User 3 AD-R14",
            "remove User 5 AD-R11",
            "remove User 6 AD-R11"
        ]
    );
    assert_eq!(imports.run(directory, Wish::Changes).await, nothing);
}

async fn writes(directory: &mut Directory) {
    let user = name(&format!("CN=User 1,{STAFF}"));
    let write = |attribute: &str, after: &str, writing| Write {
        attribute: attribute.to_owned(),
        before: None,
        after: after.to_owned(),
        writing,
    };
    let written = directory
        .write(
            &user,
            &[
                write("cn", "Hanako, Yamada", Writing::Rename),
                write("title", "部長", Writing::Modify),
                write("c", "much too long", Writing::Modify),
                write("mail", "", Writing::Modify),
                write("objectGUID", "x", Writing::Never),
                write(
                    "manager",
                    "user2@corp.example.test",
                    Writing::ManagerPrincipal,
                ),
            ],
        )
        .await;
    let failed: Vec<&str> = written
        .iter()
        .filter(|one| one.result.is_err())
        .map(|one| one.attribute.as_str())
        .collect();
    assert_eq!(failed, ["c", "objectGUID"], "{written:?}");
    let renamed = name(&format!("CN=Hanako\\, Yamada,{STAFF}"));
    let entry = directory
        .read(&renamed, &["title", "mail", "manager", "c"])
        .await
        .unwrap()
        .unwrap();
    assert_eq!(entry.first("title"), Some("部長"));
    assert_eq!(entry.first("mail"), None);
    assert_eq!(entry.first("c"), Some("JP"));
    assert!(entry.first("manager").unwrap().starts_with("CN=User 2,"));
    assert_eq!(
        directory
            .principal(&name(&format!("CN=User 2,{STAFF}")))
            .await
            .unwrap()
            .as_deref(),
        Some("user2@corp.example.test")
    );
    for (value, writing, reason) in [
        (
            "nobody@corp.example.test",
            Writing::ManagerPrincipal,
            ManagerReason::NotFound,
        ),
        (
            "user2@corp.example.test",
            Writing::ManagerName,
            ManagerReason::NotAName,
        ),
        (
            "CN=Nobody,DC=corp,DC=example,DC=test",
            Writing::ManagerName,
            ManagerReason::NotFound,
        ),
    ] {
        let written = directory
            .write(&renamed, &[write("manager", value, writing)])
            .await;
        assert!(
            matches!(&written[0].result, Err(NotWritten::Manager(why)) if *why == reason),
            "{written:?}"
        );
    }
}

async fn sign_ins(samba: &Samba) {
    let address = samba.address(Security::Ldaps);
    samba.set_password("user2", "An0ther!Word");
    let try_it = async |user: &str, password: &str| {
        sign_in(&address, &account(user, password)).await.unwrap()
    };
    assert_eq!(
        try_it("user2@corp.example.test", "An0ther!Word").await,
        Ok(())
    );
    assert_eq!(
        try_it("user2@corp.example.test", "wrong").await,
        Err(Refusal::WrongPassword)
    );
    samba.change(&modify("User 2", "userAccountControl", "514"));
    assert_eq!(
        try_it("user2@corp.example.test", "An0ther!Word").await,
        Err(Refusal::Disabled)
    );
}
