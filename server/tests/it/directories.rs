//! Users of a real domain controller on their way into an org: planned, looked at, carried out, stopped, taken up again.

#[cfg(test)]
mod cards;
#[cfg(test)]
mod rules;
#[cfg(test)]
mod sessions;
#[cfg(test)]
mod sign_in;

use serde_json::{Value as Json, json};

use crate::samba::{ADMINISTRATOR, PASSWORD, Samba, is_inside};
use crate::world::World;

const DOMAIN: &str = "DC=corp,DC=example,DC=test";
const STAFF: &str = "OU=Staff,DC=corp,DC=example,DC=test";
/// The safeguard looks at directories with more users than 100.
const USERS: usize = 110;

fn beginning() -> String {
    let mut text = String::new();
    for unit in ["Staff", "Elsewhere"] {
        text += &format!(
            "dn: OU={unit},{DOMAIN}\nchangetype: add\nobjectClass: organizationalUnit\nou: {unit}\n\n"
        );
    }
    for number in 1..=USERS {
        let more = match number {
            1 => "displayName:: 5bGx55SwIOiKseWtkA==\nmail: one@example.test\ntelephoneNumber: 03-1234\n".to_owned(),
            2 => format!("manager: CN=User 1,{STAFF}\n"),
            _ => String::new(),
        };
        text += &format!(
            "dn: CN=User {number},{STAFF}\nchangetype: add\nobjectClass: user\nsAMAccountName: user{number}\n\
             userPrincipalName: user{number}@corp.example.test\ngivenName: First{number}\nsn: Last{number}\n\
             userAccountControl: 544\n{more}\n"
        );
    }
    // Without a last name: ignored.
    text + &format!(
        "dn: CN=Nameless,{STAFF}\nchangetype: add\nobjectClass: user\nsAMAccountName: nameless\n\
         userPrincipalName: nameless@corp.example.test\ngivenName: N\nuserAccountControl: 544\n\n"
    )
}

struct Imports<'a> {
    world: &'a World,
    directory: String,
}

impl Imports<'_> {
    /// Begins an import and waits until it is planned or over.
    async fn plan(&self, is_full: bool) -> Json {
        let path = format!("/directories/{}/imports", self.directory);
        let begun = self.world.post(&path, json!({ "is_full": is_full })).await;
        self.until(begun["id"].as_str().unwrap(), &["planning"])
            .await
    }

    async fn until(&self, id: &str, not: &[&str]) -> Json {
        let begun = std::time::Instant::now();
        loop {
            let import = self.world.get(&format!("/imports/{id}")).await;
            if !not.contains(&import["status"].as_str().unwrap()) {
                return import;
            }
            assert!(begun.elapsed().as_secs() < 120, "{import}");
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    }

    async fn approve(&self, import: &Json) -> Json {
        let id = import["id"].as_str().unwrap();
        self.world
            .post(&format!("/imports/{id}/approve"), json!({}))
            .await;
        self.until(id, &["running"]).await
    }

    async fn lines(&self, import: &Json, query: &str) -> Vec<Json> {
        let id = import["id"].as_str().unwrap();
        let page = self
            .world
            .get(&format!("/imports/{id}/lines?limit=500&{query}"))
            .await;
        page["lines"].as_array().unwrap().clone()
    }
}

async fn status(world: &World, login: &str) -> Option<String> {
    let (code, user) = world
        .org("GET", &format!("/api/v1/users/{login}"), None)
        .await;
    (code == 200).then(|| user["status"].as_str().unwrap().to_owned())
}

fn writes(world: &World) -> usize {
    let calls = world.okta.calls();
    calls.iter().filter(|call| call.method != "GET").count()
}

/// Adds a directory with these settings and returns its id.
async fn added(world: &World, samba: &Samba, connection: &str, settings: Json) -> String {
    let authority = samba.address(ldap::Security::Ldaps).authorities;
    let new = json!({
        "name": "Corp", "host": "localhost", "security": "ldaps", "authorities": authority,
        "account": ADMINISTRATOR, "password": PASSWORD, "connection": connection, "settings": settings,
    });
    let made = world.post("/directories", new).await;
    made["id"].as_str().unwrap().to_owned()
}

/// A unit in LDIF.
fn unit(name: &str) -> String {
    format!(
        "dn: OU={name},{DOMAIN}\nchangetype: add\nobjectClass: organizationalUnit\nou: {name}\n\n"
    )
}

/// An enabled user of the unit Staff in LDIF; `more` are further lines.
fn user(account: &str, first: &str, last: &str, more: &str) -> String {
    format!(
        "dn: CN={first} {last},{STAFF}\nchangetype: add\nobjectClass: user\nsAMAccountName: {account}\n\
         userPrincipalName: {account}@corp.example.test\ngivenName: {first}\nsn: {last}\nuserAccountControl: 544\n{more}\n"
    )
}

async fn directory(world: &World, samba: &Samba, connection: &str) -> String {
    let authority = samba.address(ldap::Security::Ldaps).authorities;
    let new = json!({
        "name": "Corp", "host": "localhost", "security": "ldaps", "authorities": authority,
        "account": ADMINISTRATOR, "password": PASSWORD, "connection": connection,
        "settings": { "units": [STAFF], "confirmation": { "exact": true, "new": true, "activates_new": true } },
    });
    let mut wrong = new.clone();
    wrong["password"] = json!("wrong");
    let made = world.post("/directories", wrong).await;
    let id = made["id"].as_str().unwrap().to_owned();
    assert!(!made.to_string().contains("wrong"), "{made}");
    let test = world
        .post(&format!("/directories/{id}/test"), json!({}))
        .await;
    assert_eq!(test["is_ok"], false, "{test}");
    let mut right = new;
    right["id"] = json!(id);
    right["revision"] = made["revision"].clone();
    let saved = world.post("/directories", right).await;
    let test = world
        .post(&format!("/directories/{id}/test"), json!({}))
        .await;
    assert_eq!(
        (&test["is_ok"], &test["users"]),
        (&json!(true), &json!(USERS + 1)),
        "{test}"
    );
    assert_eq!(test["controller"], "dc1.corp.example.test");

    // The stored password does not follow a change of the place.
    let moved = json!({ "id": id, "revision": saved["revision"], "name": "Corp", "host": "evil.example",
        "account": ADMINISTRATOR });
    let (code, refused) = world.rest("POST", "/directories", Some(moved)).await;
    assert_eq!(code, 422, "{refused}");
    assert!(refused["message"].as_str().unwrap().contains("password"));
    id
}

#[tokio::test(flavor = "multi_thread")]
async fn a_directory_is_imported() {
    if !is_inside("directories::a_directory_is_imported") {
        return;
    }
    let samba = Samba::start().await;
    samba.change(&beginning());
    let mut world = World::start().await;
    let connection = world
        .connect_with(&["okta.schemas.read", "okta.users.manage"])
        .await;
    let directory = directory(&world, &samba, &connection).await;
    let units = world.get(&format!("/directories/{directory}/units")).await;
    let labels: Vec<&str> = units
        .as_array()
        .unwrap()
        .iter()
        .map(|unit| unit["label"].as_str().unwrap())
        .collect();
    assert!(
        labels.contains(&"Staff") && labels.contains(&"Elsewhere"),
        "{labels:?}"
    );
    preview(&world, &directory).await;
    people(&world, &directory).await;
    trial(&world, &directory).await;
    let imports = Imports {
        world: &world,
        directory,
    };
    first(&imports).await;
    nothing_changed(&imports).await;
    somebody_waits(&imports, &samba).await;
    changes(&imports, &samba).await;
    roadblock(&imports, &samba).await;
    let directory = imports.directory;
    taken_up_again(world, directory, &samba).await;
}

/// One row on everybody: on the directory where it goes to Okta, else on the users of the org.
async fn trial(world: &World, directory: &str) {
    let path = format!("/directories/{directory}/mapping/trial");
    let mapping = world
        .get(&format!("/directories/{directory}/mapping"))
        .await;
    let changed = |ad: &str, way: &str, expression: &str| {
        let mut rows = mapping["rows"].clone();
        let row = rows.as_array_mut().unwrap();
        let row = row.iter_mut().find(|row| row["ad"] == ad).unwrap();
        row[way]["expression"] = json!(expression);
        rows
    };
    let everybody = |answer: &Json| answer["tried"].as_u64().unwrap();
    let suits = world.post(&path, json!({ "ad": "displayName" })).await;
    assert!(everybody(&suits) > 1, "{suits}");
    assert_eq!(
        (&suits["wrong"], &suits["next"]),
        (&json!([]), &Json::Null),
        "{suits}"
    );
    let rows = changed("cn", "to_ad", "String.substring(user.login, 0, 500)");
    let org = world.post(&path, json!({ "ad": "cn", "rows": rows })).await;
    let named = org["wrong"].as_array().unwrap();
    let more = org["more_wrong"].as_u64().unwrap();
    assert_eq!(named.len() as u64 + more, everybody(&org), "{org}");
    assert!(named.len() == 20 && more > 0, "{org}");
    assert_eq!(
        named[0]["troubles"][0]["kind"]["kind"], "expression",
        "{org}"
    );
    let rows = changed(
        "displayName",
        "to_okta",
        "String.substring(appuser.cn, 0, 500)",
    );
    let directory = json!({ "ad": "displayName", "rows": rows });
    let wrong = world.post(&path, directory).await;
    assert_eq!(
        wrong["wrong"].as_array().unwrap().len() as u64,
        everybody(&suits).min(20),
        "{wrong}"
    );
    let unknown = json!({ "ad": "nothing" });
    assert_eq!(world.rest("POST", &path, Some(unknown)).await.0, 422);
}

async fn preview(world: &World, directory: &str) {
    let path = format!("/directories/{directory}/mapping/preview");
    let shown = world
        .post(&path, json!({ "person": "user1@corp.example.test" }))
        .await;
    assert_eq!(shown["login"], "user1@corp.example.test", "{shown}");
    let line = |okta: &str| {
        let lines = shown["to_okta"].as_array().unwrap();
        lines
            .iter()
            .find(|line| line["okta"] == okta)
            .unwrap()
            .clone()
    };
    assert_eq!(line("email")["value"], "one@example.test");
    assert_eq!(line("displayName")["value"], "山田 花子");
    assert_eq!(line("displayName")["differs"], true);
    let nobody = world
        .rest("POST", &path, Some(json!({ "person": "nobody" })))
        .await;
    assert_eq!(nobody.0, 404, "{}", nobody.1);
    let mapping = world
        .get(&format!("/directories/{directory}/mapping"))
        .await;
    assert_eq!(mapping["rows"].as_array().unwrap().len(), 32);
    let mut rows = mapping["rows"].clone();
    rows[0]["to_okta"]["expression"] = json!("appuser.(");
    let check = json!({ "rows": rows, "asks_org": true });
    let said = world
        .post(&format!("/directories/{directory}/mapping/check"), check)
        .await;
    let flaw = &said["flaws"][0];
    assert_eq!(
        (&flaw["ad"], &flaw["side"]),
        (&json!("distinguishedName"), &json!("to_okta")),
        "{said}"
    );
    assert!(flaw["kind"]["problem"]["position"].is_u64(), "{said}");
    let properties = said["properties"].as_array().unwrap();
    assert!(properties.contains(&json!("displayName")), "{said}");
    let body = json!({ "revision": mapping["revision"], "rows": rows });
    let (code, refused) = world
        .rest(
            "PUT",
            &format!("/directories/{directory}/mapping"),
            Some(body),
        )
        .await;
    assert_eq!(code, 422, "{refused}");
}

/// People are found by the beginning of any of their names, in the selected units only.
async fn people(world: &World, directory: &str) {
    let found = async |text: &str| {
        let path = format!("/directories/{directory}/people?text={text}");
        let people = world.get(&path).await;
        let names = people.as_array().unwrap().iter();
        names
            .map(|one| one["display"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(found("%E5%B1%B1%E7%94%B0").await, ["山田 花子"]);
    assert_eq!(found("one@example").await, ["山田 花子"]);
    assert_eq!(found("").await.len(), 20);
    assert!(
        found("Administrator").await.is_empty(),
        "outside of the units"
    );
    assert!(
        found("*)(cn=").await.is_empty(),
        "what is typed is no filter"
    );
}

/// Somebody has the name of another: a person says that they are two, and the next import of changes creates the second.
async fn somebody_waits(imports: &Imports<'_>, samba: &Samba) {
    let (world, directory) = (imports.world, &imports.directory);
    let confirm = async |is_new: bool| {
        let now = world.get(&format!("/directories/{directory}")).await;
        let mut body = now.clone();
        for name in ["next_at", "users", "newest"] {
            body.as_object_mut().unwrap().remove(name);
        }
        body["settings"]["confirmation"]["new"] = json!(is_new);
        world.post("/directories", body).await;
    };
    confirm(false).await;
    samba.change(&format!(
        "dn: CN=Twin,{STAFF}\nchangetype: add\nobjectClass: user\nsAMAccountName: twin\n\
         userPrincipalName: twin@corp.example.test\ngivenName: First9\nsn: Last9\nuserAccountControl: 544\n\n"
    ));
    let plan = imports.plan(false).await;
    assert_eq!(plan["counts"]["awaiting"], 1, "{plan}");
    assert_eq!(imports.lines(&plan, "action=await,create").await.len(), 1);
    imports.approve(&plan).await;
    let path = format!("/directories/{directory}/waiting");
    let waiting = world.get(&path).await;
    assert_eq!(waiting[0]["found"]["match"], "partial", "{waiting}");
    let other = waiting[0]["found"]["okta_user"].as_str().unwrap();
    let users = world
        .get(&format!("/directories/{directory}/org-users?ids={other}"))
        .await;
    assert_eq!(users[0]["login"], "user9@corp.example.test", "{users}");
    let guid = waiting[0]["guid"].clone();
    let decided = json!({ "users": [{ "guid": guid, "decision": "create" }] });
    let left = world.post(&path, decided).await;
    assert_eq!(left, json!([]));
    let plan = imports.plan(false).await;
    assert_eq!(plan["counts"]["created"], 1, "{plan}");
    imports.approve(&plan).await;
    assert!(status(world, "twin@corp.example.test").await.is_some());
    let plan = imports.plan(false).await;
    assert_eq!(plan["counts"]["seen"], 0, "{plan}");
    imports.approve(&plan).await;
    confirm(true).await;
}

/// Everybody is new; nothing is written before somebody approves.
async fn first(imports: &Imports<'_>) {
    let world = imports.world;
    let before = writes(world);
    let plan = imports.plan(false).await;
    assert_eq!(plan["status"], "planned", "{plan}");
    assert_eq!(plan["reading"]["why"], "first");
    assert_eq!(plan["counts"]["created"], USERS);
    assert_eq!(plan["counts"]["left"], 1);
    assert_eq!(writes(world), before, "a plan writes nothing");
    let ignored = imports.lines(&plan, "action=ignore").await;
    assert_eq!(
        ignored[0]["detail"]["missing"],
        json!(["sn"]),
        "{ignored:?}"
    );
    let (code, _) = world
        .rest(
            "POST",
            &format!("/directories/{}/imports", imports.directory),
            Some(json!({})),
        )
        .await;
    assert_eq!(code, 409, "one import at a time");
    let done = imports.approve(&plan).await;
    assert_eq!(done["status"], "completed", "{done}");
    assert_eq!(done["lines"]["done"], USERS + 1, "{done}");
    let (_, one) = world
        .org("GET", "/api/v1/users/user1@corp.example.test", None)
        .await;
    assert_eq!(one["profile"]["email"], "one@example.test", "{one}");
    assert_eq!(one["profile"]["displayName"], "山田 花子");
    let (_, two) = world
        .org("GET", "/api/v1/users/user2@corp.example.test", None)
        .await;
    assert_eq!(
        two["profile"]["email"], "user2@corp.example.test",
        "a missing mail is the user principal name"
    );
}

async fn nothing_changed(imports: &Imports<'_>) {
    for is_full in [false, true, false] {
        let before = writes(imports.world);
        let plan = imports.plan(is_full).await;
        assert_eq!(plan["counts"]["created"], 0, "{plan}");
        assert_eq!(plan["counts"]["updated"], 0, "{plan}");
        assert_eq!(
            plan["counts"]["unchanged"],
            if is_full { USERS } else { 0 },
            "{plan}"
        );
        let done = imports.approve(&plan).await;
        assert_eq!(done["status"], "completed", "{done}");
        assert_eq!(writes(imports.world), before, "nothing is sent");
    }
}

async fn changes(imports: &Imports<'_>, samba: &Samba) {
    let world = imports.world;
    samba.change(&format!(
        "dn: CN=User 3,{STAFF}\nchangetype: modify\nreplace: userAccountControl\nuserAccountControl: 546\n\n\
         dn: CN=User 4,{STAFF}\nchangetype: modify\nreplace: sn\nsn: Married\n\n\
         dn: CN=User 5,{STAFF}\nchangetype: delete\n\n\
         dn: CN=User 6,{STAFF}\nchangetype: modrdn\nnewrdn: CN=User 6\ndeleteoldrdn: 1\nnewsuperior: OU=Elsewhere,{DOMAIN}\n\n\
         dn: CN=User 7,{STAFF}\nchangetype: modrdn\nnewrdn: CN=User Seven\ndeleteoldrdn: 1\n\n"
    ));
    let plan = imports.plan(false).await;
    assert_eq!(plan["counts"]["removed"], 1, "{plan}");
    assert_eq!(
        imports.lines(&plan, "action=remove").await[0]["detail"]["rules"],
        json!(["AD-R10"])
    );
    let done = imports.approve(&plan).await;
    assert_eq!(done["status"], "completed", "{done}");
    let login = |number: usize| format!("user{number}@corp.example.test");
    assert_eq!(
        status(world, &login(3)).await.as_deref(),
        Some("DEPROVISIONED")
    );
    let (_, four) = world
        .org("GET", &format!("/api/v1/users/{}", login(4)), None)
        .await;
    assert_eq!(four["profile"]["lastName"], "Married", "{four}");
    assert_eq!(
        status(world, &login(5)).await.as_deref(),
        Some("PROVISIONED"),
        "only a full import sees who is gone"
    );
    let full = imports.plan(true).await;
    assert_eq!(full["counts"]["removed"], 2, "{full}");
    let done = imports.approve(&full).await;
    assert_eq!(done["status"], "completed", "{done}");
    assert_eq!(
        status(world, &login(5)).await.as_deref(),
        Some("DEPROVISIONED")
    );
    assert_eq!(
        status(world, &login(6)).await.as_deref(),
        Some("DEPROVISIONED"),
        "moved out of the units"
    );
    assert_eq!(
        status(world, &login(7)).await.as_deref(),
        Some("PROVISIONED"),
        "renamed"
    );
}

/// Too many would go: nothing is written until somebody says so; who cancels keeps everything.
async fn roadblock(imports: &Imports<'_>, samba: &Samba) {
    let world = imports.world;
    let gone: String = (20..50)
        .map(|number| format!("dn: CN=User {number},{STAFF}\nchangetype: delete\n\n"))
        .collect();
    samba.change(&gone);
    let before = writes(world);
    let plan = imports.plan(true).await;
    assert_eq!(plan["status"], "roadblock", "{plan}");
    assert_eq!(plan["roadblock"]["removed"], 30, "{plan}");
    let id = plan["id"].as_str().unwrap();
    world
        .post(&format!("/imports/{id}/cancel"), json!({}))
        .await;
    assert_eq!(writes(world), before);
    let plan = imports.plan(true).await;
    assert_eq!(plan["status"], "roadblock", "{plan}");
    let done = imports.approve(&plan).await;
    assert_eq!(done["status"], "completed", "{done}");
    assert_eq!(
        status(world, "user30@corp.example.test").await.as_deref(),
        Some("DEPROVISIONED")
    );
}

/// The server stops in the middle of creating users; afterwards each is there once.
async fn taken_up_again(world: World, directory: String, samba: &Samba) {
    let new: String = (500..560)
        .map(|number| {
            format!(
                "dn: CN=New {number},{STAFF}\nchangetype: add\nobjectClass: user\nsAMAccountName: new{number}\n\
                 userPrincipalName: new{number}@corp.example.test\ngivenName: New{number}\nsn: Person\nuserAccountControl: 544\n\n"
            )
        })
        .collect();
    samba.change(&new);
    let imports = Imports {
        world: &world,
        directory: directory.clone(),
    };
    let plan = imports.plan(false).await;
    assert_eq!(plan["counts"]["created"], 60, "{plan}");
    let id = plan["id"].as_str().unwrap().to_owned();
    world
        .post(&format!("/imports/{id}/approve"), json!({}))
        .await;
    let before = writes(&world);
    while writes(&world) < before + 5 {
        tokio::task::yield_now().await;
    }
    let world = world.restarted().await;
    let imports = Imports {
        world: &world,
        directory,
    };
    let done = imports.until(&id, &["running"]).await;
    assert_eq!(done["status"], "completed", "{done}");
    assert_eq!(done["lines"], json!({ "done": 60 }), "{done}");
    for number in 500..560 {
        let login = format!("new{number}@corp.example.test");
        assert_eq!(
            status(&world, &login).await.as_deref(),
            Some("PROVISIONED"),
            "{login}"
        );
    }
    let again = imports.plan(true).await;
    assert_eq!(again["counts"]["created"], 0, "{again}");
    assert_eq!(again["counts"]["updated"], 0, "{again}");
}
