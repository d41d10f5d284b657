//! The import rules against a real domain controller, those that the other tests do not show: AD-R1 to AD-R6 and AD-R13 to AD-R16.

use serde_json::{Value as Json, json};

use super::{Imports, STAFF, added, status, unit, user};
use crate::samba::{Samba, is_inside};
use crate::world::World;

/// A custom attribute that users must have.
fn needed() -> Json {
    let way = |expression: &str| json!({ "is_on": true, "expression": expression });
    json!({ "ad": "info", "app": "info", "okta": ["nickName"], "is_required": true, "is_custom": true,
        "to_okta": way("appuser.info"), "to_ad": way("user.nickName") })
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_hold_for_real_entries() {
    if !is_inside("directories::rules::rules_hold_for_real_entries") {
        return;
    }
    let samba = Samba::start().await;
    let good = user("good", "Go", "Od", "info: x\n").replace("good@corp", "go.od@corp");
    let no_principal: String = user("noupn", "No", "Upn", "info: x\n")
        .lines()
        .filter(|line| !line.starts_with("userPrincipalName"))
        .map(|line| format!("{line}\n"))
        .collect();
    let no_first = user("nofirst", "No", "First", "info: x\n").replace("givenName: No\n", "");
    let off = user("off", "Turned", "Off", "info: x\n").replace("544", "546");
    samba.change(&format!(
        "{}{good}{no_principal}\n{no_first}{off}{}{}{}{}{}",
        unit("Staff"),
        user(
            "expired",
            "Ex",
            "Pired",
            "info: x\naccountExpires: 132223104000000000\n"
        ),
        user("lost", "Lo", "St", "info: x\n"),
        user("custom", "Cus", "Tom", "info: x\n"),
        user("bare", "Ba", "Re", ""),
        user("waits", "Wa", "Its", "info: x\n"),
    ));
    let mut world = World::start().await;
    let connection = world
        .connect_with(&["okta.schemas.read", "okta.users.manage"])
        .await;
    let twin = json!({ "profile": { "login": "twin@elsewhere.test", "email": "twin@elsewhere.test", "firstName": "Wa", "lastName": "Its" } });
    world
        .org("POST", "/api/v1/users?activate=true", Some(twin))
        .await;
    let settings = json!({ "username": "sam_account_name",
        "confirmation": { "exact": true, "new": true, "activates_new": true } });
    let directory = added(&world, &samba, &connection, settings).await;
    let path = format!("/directories/{directory}/mapping");
    let mut mapping = world.get(&path).await;
    mapping["rows"].as_array_mut().unwrap().push(needed());
    let body = json!({ "revision": mapping["revision"], "rows": mapping["rows"] });
    let (code, saved) = world.rest("PUT", &path, Some(body)).await;
    assert_eq!(code, 200, "{saved}");
    let imports = Imports {
        world: &world,
        directory,
    };
    first(&imports).await;
    lost(&imports, &samba).await;
    forgotten(&imports, &samba).await;
}

/// The line of a user in a plan.
async fn line(imports: &Imports<'_>, plan: &Json, name: &str) -> Json {
    let lines = imports.lines(plan, "").await;
    let found = lines.iter().find(|line| {
        line["name"]
            .as_str()
            .unwrap()
            .starts_with(&format!("CN={name},"))
    });
    found
        .unwrap_or_else(|| panic!("no line of {name}: {lines:#?}"))
        .clone()
}

fn has_rule(line: &Json, rule: &str) {
    let rules = line["detail"]["rules"].as_array().unwrap();
    assert!(rules.contains(&json!(rule)), "{rule}: {line:#}");
}

async fn first(imports: &Imports<'_>) {
    let world = imports.world;
    let plan = imports.plan(true).await;
    assert_eq!(plan["status"], "planned", "{plan}");
    for (name, action, rule) in [
        ("Administrator", "skip", "AD-R4"),
        ("No Upn", "ignore", "AD-R1"),
        ("No First", "ignore", "AD-R3"),
        ("Turned Off", "skip", "AD-R14"),
        ("Ex Pired", "create", "AD-R15"),
        ("Ba Re", "ignore", "AD-R5"),
        ("Go Od", "create", "AD-R2"),
        ("Wa Its", "await", "AD-R1"),
    ] {
        let line = line(imports, &plan, name).await;
        assert_eq!(line["action"], action, "{name}: {line:#}");
        has_rule(&line, rule);
    }
    assert_eq!(
        line(imports, &plan, "No Upn").await["detail"]["missing"],
        json!(["userPrincipalName"])
    );
    let done = imports.approve(&plan).await;
    assert_eq!(done["status"], "completed", "{done}");
    // AD-R6: the account name with the domain; AD-R2: the address is the user principal name.
    let (_, good) = world
        .org("GET", "/api/v1/users/good@corp.example.test", None)
        .await;
    assert_eq!(
        good["profile"]["email"], "go.od@corp.example.test",
        "{good}"
    );
    assert_eq!(good["profile"]["nickName"], "x", "{good}");
    assert_eq!(status(world, "off@corp.example.test").await, None);
    assert_eq!(
        status(world, "expired@corp.example.test").await.as_deref(),
        Some("PROVISIONED")
    );
}

async fn lost(imports: &Imports<'_>, samba: &Samba) {
    let world = imports.world;
    samba.change(&format!(
        "dn: CN=Lo St,{STAFF}\nchangetype: modify\ndelete: sn\n\n\
         dn: CN=Cus Tom,{STAFF}\nchangetype: modify\ndelete: info\n\n"
    ));
    let plan = imports.plan(false).await;
    let known = line(imports, &plan, "Lo St").await;
    assert_eq!(known["action"], "ignore", "{known:#}");
    has_rule(&known, "AD-R16");
    let custom = line(imports, &plan, "Cus Tom").await;
    assert_eq!(custom["action"], "remove", "{custom:#}");
    has_rule(&custom, "AD-R5");
    imports.approve(&plan).await;
    assert_eq!(
        status(world, "lost@corp.example.test").await.as_deref(),
        Some("PROVISIONED")
    );
    assert_eq!(
        status(world, "custom@corp.example.test").await.as_deref(),
        Some("DEPROVISIONED")
    );
    let plan = imports.plan(true).await;
    let known = line(imports, &plan, "Lo St").await;
    assert_eq!(known["action"], "remove", "{known:#}");
    has_rule(&known, "AD-R16");
    imports.approve(&plan).await;
    assert_eq!(
        status(world, "lost@corp.example.test").await.as_deref(),
        Some("DEPROVISIONED")
    );
}

/// AD-R13: who has no user in the org is only forgotten.
async fn forgotten(imports: &Imports<'_>, samba: &Samba) {
    samba.change(&format!("dn: CN=Wa Its,{STAFF}\nchangetype: delete\n\n"));
    let before = super::writes(imports.world);
    let plan = imports.plan(true).await;
    let gone = line(imports, &plan, "Wa Its").await;
    assert_eq!(gone["action"], "forget", "{gone:#}");
    has_rule(&gone, "AD-R13");
    has_rule(&gone, "AD-R11");
    let done = imports.approve(&plan).await;
    assert_eq!(done["status"], "completed", "{done}");
    assert_eq!(super::writes(imports.world), before, "no call to the org");
}
