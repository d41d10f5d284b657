//! The cards of Active Directory in flows, against a real domain controller.

use serde_json::{Value as Json, json};

use super::{DOMAIN, STAFF, added, status, unit, user};
use crate::cards::{by_hand, card, flow, helper, org_card, output, typed};
use crate::okta_cards::{give_back, returned, wanted};
use crate::samba::{Samba, is_inside};
use crate::world::World;

struct Scene {
    world: World,
    samba: Samba,
    directory: String,
}

impl Scene {
    async fn start() -> Self {
        let samba = Samba::start().await;
        let people: String = (1..=230)
            .map(|number| {
                user(
                    &format!("many{number}"),
                    "Many",
                    &format!("Person{number}"),
                    "department: Crowd\n",
                )
            })
            .collect();
        samba.change(&format!(
            "{}{}{}{}{}{people}",
            unit("Staff"),
            unit("Elsewhere"),
            user(
                "hanako",
                "Hanako",
                "Yamada",
                "department: R&D (Tokyo)*\ntitle: Lead\nmail: hanako@example.test\n"
            ),
            user("boss", "The", "Boss", ""),
            user("star", "Star", "Gazer", "department: R&D (Tokyo)x\n"),
        ));
        let mut world = World::start().await;
        let connection = world
            .connect_with(&["okta.schemas.read", "okta.users.manage"])
            .await;
        let settings = json!({ "units": [STAFF], "confirmation": { "exact": true, "new": true, "activates_new": true } });
        let directory = added(&world, &samba, &connection, settings).await;
        Self {
            world,
            samba,
            directory,
        }
    }

    fn card(&self, method: &str, inputs: &[Json], outputs: &[Json]) -> Json {
        let key = format!("active_directory:{method}");
        let mut card = org_card("ad", &key, &self.directory, inputs);
        card["outputs"] = json!(outputs);
        card
    }

    /// Runs a flow of one card and gives back these outputs of the group `group`.
    async fn run(
        &self,
        method: &str,
        inputs: &[Json],
        group: &str,
        names: &[(&str, &str)],
    ) -> Json {
        let outputs: Vec<Json> = names
            .iter()
            .map(|(name, base)| wanted(group, name, base))
            .collect();
        let fields: Vec<_> = names
            .iter()
            .map(|(name, _)| (*name, "ad", group, *name, &[][..]))
            .collect();
        let steps = json!([
            by_hand(),
            self.card(method, inputs, &outputs),
            give_back(&fields)
        ]);
        let id = self.world.flow(method, steps, json!({})).await;
        self.world.run(&id, json!({})).await
    }
}

fn person(who: &str) -> Json {
    typed(Some("User"), "Person", "text", who)
}

#[tokio::test(flavor = "multi_thread")]
async fn cards_read_import_and_write() {
    if !is_inside("directories::cards::cards_read_import_and_write") {
        return;
    }
    let scene = Scene::start().await;
    search(&scene).await;
    stream(&scene).await;
    read(&scene).await;
    import(&scene).await;
    map(&scene).await;
    write(&scene).await;
}

/// Values stand for themselves, whatever they hold.
async fn search(scene: &Scene) {
    let listed = scene.world.get("/connections").await;
    let known = listed
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["id"] == *scene.directory);
    assert_eq!(known.unwrap()["module"], "active_directory", "{listed}");
    let find = [
        typed(Some("Inputs"), "Attribute", "text", "department"),
        typed(Some("Inputs"), "Value", "text", "R&D (Tokyo)*"),
    ];
    let list = json!({"key": {"group": "Result", "key": "Users"}, "label": "Users", "type": {"base": "object", "list": true}});
    let steps = json!([
        by_hand(),
        scene.card("searchUsers", &find, &[list]),
        give_back(&[
            ("name", "ad", "Result", "Users", &["0", "sAMAccountName"]),
            ("enabled", "ad", "Result", "Users", &["0", "isEnabled"]),
            ("second", "ad", "Result", "Users", &["1", "sAMAccountName"]),
        ])
    ]);
    let id = scene.world.flow("Search", steps, json!({})).await;
    let run = scene.world.run(&id, json!({})).await;
    assert_eq!(run["row"]["status"], "succeeded", "{run:#}");
    assert_eq!(
        (returned(&run, "name"), returned(&run, "enabled")),
        (json!("hanako"), json!(true)),
        "{run:#}"
    );
    assert_eq!(
        returned(&run, "second"),
        Json::Null,
        "a star is a star: {run:#}"
    );

    let bad = [typed(Some("Inputs"), "Filter", "text", "department=R&D")];
    let run = scene
        .run("searchUsers", &bad, "Result", &[("Users", "any")])
        .await;
    assert_eq!(run["row"]["status"], "failed", "{run:#}");
    assert!(run.to_string().contains("directory.filter"), "{run:#}");

    let path = format!(
        "/directories/{}/users?attribute=department&value=Crowd&limit=200",
        scene.directory
    );
    assert_eq!(scene.world.get(&path).await.as_array().unwrap().len(), 200);
}

/// More than a page goes to a helper flow, each user once.
async fn stream(scene: &Scene) {
    let mut start = helper(&[]);
    start["outputs"] = json!([output(None, "Record"), output(None, "State")]);
    let each = scene
        .world
        .flow("Each user", json!([start]), json!({}))
        .await;
    let mut chosen = flow(&each);
    chosen["key"] = json!({"group": "Streaming", "key": "Flow"});
    let inputs = [
        typed(
            Some("parameters"),
            "resultSet",
            "text",
            "Stream Matching Records",
        ),
        typed(Some("Inputs"), "Filter", "text", "(department={where})"),
        typed(
            Some("Inputs"),
            "Filter Values",
            "object",
            json!({"where": "Crowd"}),
        ),
        chosen,
    ];
    let run = scene
        .run(
            "searchUsers",
            &inputs,
            "Result",
            &[("Records Streamed", "number")],
        )
        .await;
    assert_eq!(returned(&run, "Records Streamed"), 230, "{run:#}");
    let id = run["row"]["id"].as_str().unwrap();
    let children = scene
        .world
        .count(&format!("run where parent_run = '{id}'"))
        .await;
    assert_eq!(children, 230);
}

async fn read(scene: &Scene) {
    for who in [
        "hanako@corp.example.test",
        "CORP\\hanako",
        "hanako@example.test",
        &format!("CN=Hanako Yamada,{STAFF}"),
    ] {
        let run = scene
            .run(
                "readUser",
                &[person(who)],
                "User",
                &[("First Name", "text"), ("Enabled", "boolean")],
            )
            .await;
        assert_eq!(returned(&run, "First Name"), "Hanako", "{who}: {run:#}");
        assert_eq!(returned(&run, "Enabled"), true, "{run:#}");
        let call = &run["steps"][1]["calls"][0];
        assert_eq!(
            (&call["method"], &call["status"]),
            (&json!("SEARCH"), &json!(0)),
            "{run:#}"
        );
    }
    let run = scene
        .run(
            "readUser",
            &[person("nobody*")],
            "User",
            &[("Email", "text")],
        )
        .await;
    assert_eq!(run["row"]["status"], "failed", "{run:#}");
    assert!(run.to_string().contains("directory.nobody"), "{run:#}");
    assert_eq!(run["steps"][1]["calls"][0]["status"], 404, "{run:#}");
}

/// A flow that starts with an event of imports and gives back what it was told.
async fn listener(scene: &Scene, method: &str) -> String {
    let key = format!("active_directory:{method}");
    let outputs = [
        wanted("Directory", "Name", "text"),
        wanted("Import", "Status", "text"),
        wanted("Import", "Created", "number"),
        wanted("Import", "Full", "boolean"),
    ];
    let mut start = card("start", &key, &[], &outputs);
    start["connection"] = json!(scene.directory);
    let end = give_back(&[
        ("directory", "start", "Directory", "Name", &[]),
        ("status", "start", "Import", "Status", &[]),
        ("created", "start", "Import", "Created", &[]),
        ("full", "start", "Import", "Full", &[]),
    ]);
    scene
        .world
        .flow(method, json!([start, end]), json!({}))
        .await
}

async fn import(scene: &Scene) {
    let world = &scene.world;
    let started = listener(scene, "importStarted").await;
    let completed = listener(scene, "importCompleted").await;
    let stopped = listener(scene, "importRoadblock").await;
    let counts = [
        ("Status", "text"),
        ("Created", "number"),
        ("Updated", "number"),
        ("Failed", "number"),
        ("Full", "boolean"),
    ];
    let run = scene.run("fullImport", &[], "Import", &counts).await;
    assert_eq!(returned(&run, "Status"), "completed", "{run:#}");
    assert_eq!(
        (returned(&run, "Created"), returned(&run, "Failed")),
        (json!(233), json!(0)),
        "{run:#}"
    );
    let told = world.next_run(&started).await;
    assert_eq!(
        (returned(&told, "directory"), returned(&told, "status")),
        (json!("Corp"), json!("planning")),
        "{told:#}"
    );
    let told = world.next_run(&completed).await;
    assert_eq!(
        (returned(&told, "status"), returned(&told, "created")),
        (json!("completed"), json!(233)),
        "{told:#}"
    );
    assert_eq!(returned(&told, "full"), true, "{told:#}");

    scene.samba.change(&format!(
        "dn: CN=Hanako Yamada,{STAFF}\nchangetype: modify\nreplace: title\ntitle: Chief\n\n"
    ));
    let run = scene.run("incrementalImport", &[], "Import", &counts).await;
    assert_eq!(
        (returned(&run, "Status"), returned(&run, "Full")),
        (json!("completed"), json!(false)),
        "{run:#}"
    );
    assert_eq!(returned(&run, "Updated"), 1, "{run:#}");
    assert_eq!(world.runs(&started).await.len(), 2);

    // Too many go: the card comes back at the roadblock, and whoever listens hears of it.
    let gone: String = (1..=60)
        .map(|number| format!("dn: CN=Many Person{number},{STAFF}\nchangetype: delete\n\n"))
        .collect();
    scene.samba.change(&gone);
    let run = scene.run("fullImport", &[], "Import", &counts).await;
    assert_eq!(returned(&run, "Status"), "roadblock", "{run:#}");
    let told = world.next_run(&stopped).await;
    assert_eq!(
        (returned(&told, "status"), returned(&told, "full")),
        (json!("roadblock"), json!(true)),
        "{told:#}"
    );
    assert_eq!(
        status(world, "many1@corp.example.test").await.as_deref(),
        Some("PROVISIONED")
    );
    let run = scene.run("incrementalImport", &[], "Import", &counts).await;
    assert!(run.to_string().contains("directory.busy"), "{run:#}");
    let imports = world
        .get(&format!("/directories/{}/imports", scene.directory))
        .await;
    let newest = imports[0]["id"].as_str().unwrap();
    world
        .post(&format!("/imports/{newest}/cancel"), json!({}))
        .await;
    let ended = std::time::Instant::now();
    while world.runs(&completed).await.len() < 3 {
        assert!(
            ended.elapsed().as_secs() < 30,
            "nobody heard of the cancelation"
        );
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}

async fn map(scene: &Scene) {
    let okta = typed(
        Some("User"),
        "Okta User",
        "object",
        json!({"profile": {"firstName": "Hana", "title": "Chief"}}),
    );
    let outputs = [
        ("Login", "text"),
        ("To Okta", "any"),
        ("To Active Directory", "any"),
        ("Differences", "any"),
    ];
    let run = scene
        .run(
            "mapAttributes",
            &[person("hanako"), okta],
            "Result",
            &outputs,
        )
        .await;
    assert_eq!(
        returned(&run, "Login"),
        "hanako@corp.example.test",
        "{run:#}"
    );
    assert_eq!(returned(&run, "To Okta")["title"], "Chief", "{run:#}");
    assert_eq!(
        returned(&run, "To Active Directory")["givenName"],
        "Hana",
        "{run:#}"
    );
    let differences = returned(&run, "Differences");
    let back = differences
        .as_array()
        .unwrap()
        .iter()
        .find(|line| line["attribute"] == "givenName" && line["direction"] == "Okta to AD");
    assert_eq!(back.unwrap()["before"], "Hanako", "{run:#}");
    // AD-R17: the account name is never copied toward Okta.
    assert_eq!(
        returned(&run, "To Okta").get("sAMAccountName"),
        None,
        "{run:#}"
    );
}

/// Each attribute by itself: a wrong manager (AD-R9) and a refused value leave the others written.
async fn write(scene: &Scene) {
    let outputs = [
        ("All Written", "boolean"),
        ("Written", "any"),
        ("Failed", "any"),
    ];
    let update = async |profile: Json, only: Json| {
        let inputs = [
            person("hanako"),
            typed(Some("User"), "Okta User", "object", profile),
            json!({"key": {"group": "User", "key": "Only Attributes"}, "label": "Only Attributes",
                "type": {"base": "text", "list": true}, "binding": {"kind": "constant", "value": only}}),
        ];
        scene.run("updateUser", &inputs, "Result", &outputs).await
    };
    let profile = json!({"title": "President", "mobilePhone": "090-1", "managerUpn": "nobody@corp.example.test",
        "countryCode": "JAPAN"});
    let run = update(profile, json!(["title", "mobile", "managerUPN", "c"])).await;
    assert_eq!(returned(&run, "All Written"), false, "{run:#}");
    let mut written: Vec<String> = serde_json::from_value(returned(&run, "Written")).unwrap();
    written.sort();
    assert_eq!(written, ["mobile", "title"], "{run:#}");
    let failed = returned(&run, "Failed");
    let of = |name: &str| {
        let found = failed
            .as_array()
            .unwrap()
            .iter()
            .find(|one| one["attribute"] == name);
        found.unwrap_or_else(|| panic!("{name}: {failed}"))["error"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert!(of("manager").contains("AD-R9"), "{failed}");
    assert!(!of("c").is_empty(), "{failed}");

    // AD-R7: a manager of the own domain by name, AD-R8: by distinguished name.
    let run = update(json!({"managerUpn": "boss@corp.example.test"}), json!([])).await;
    assert_eq!(returned(&run, "Written"), json!(["manager"]), "{run:#}");
    let run = update(
        json!({"managerDN": format!("CN=Star Gazer,{STAFF}")}),
        json!(["manager"]),
    )
    .await;
    assert_eq!(returned(&run, "Written"), json!(["manager"]), "{run:#}");
    let run = update(
        json!({"managerDN": "boss@corp.example.test"}),
        json!(["manager"]),
    )
    .await;
    assert!(run.to_string().contains("AD-R9"), "{run:#}");
    let run = scene
        .run(
            "readUser",
            &[person("hanako")],
            "User",
            &[("Attributes", "any")],
        )
        .await;
    let now = returned(&run, "Attributes");
    assert_eq!(
        (&now["title"], &now["manager"]),
        (
            &json!("President"),
            &json!(format!("CN=Star Gazer,{STAFF}"))
        ),
        "{now}"
    );
    assert!(now["distinguishedName"].as_str().unwrap().ends_with(DOMAIN));
}
