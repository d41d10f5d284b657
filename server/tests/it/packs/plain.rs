//! Packs that compute, and the one that teaches.

use std::collections::BTreeSet;

use chrono::{Days, Utc};
use futures::FutureExt as _;
use serde_json::{Value as Json, json};

use super::Trial;
use super::desk::{Desk, output};

pub(super) static TRIALS: &[Trial] = &[
    Trial {
        pack: "check_ip_addresses_against_a_cidr_range",
        how: "By hand, with the addresses of the pack and with others",
        effect: "one of the addresses is in the range and the flow goes on; with none it stops",
        changes: 1,
        run: |desk| ip_range(desk).boxed_local(),
    },
    Trial {
        pack: "datetime_format_converter",
        how: "The parent and the helper by hand, with each of the five forms",
        effect: "every form gives the same time in all five",
        changes: 0,
        run: |desk| date_forms(desk).boxed_local(),
    },
    Trial {
        pack: "export_user_created_columns_in_table_to_csv_file",
        how: "By hand, with two rows in the table",
        effect: "the file has a column for each that somebody made, and for nothing else, and both rows",
        changes: 2,
        run: |desk| csv_of_columns(desk).boxed_local(),
    },
    Trial {
        pack: "workflows_tutorials",
        how: "The 19 lessons by hand",
        effect: "the people and the group are in the org, the rows in the tables, and each text is the one of its lesson",
        changes: 0,
        run: |desk| tutorials(desk).boxed_local(),
    },
];

async fn ip_range(desk: &mut Desk) {
    desk.import("check_ip_addresses_against_a_cidr_range").await;
    desk.turn_on().await;
    let main = "IP Address Range Check - Parent";
    let run = desk.run(main, json!({})).await;
    assert_eq!(run["row"]["status"], "succeeded");
    assert_eq!(
        output(&run, "list:filter", "list"),
        json!(["69.173.127.24"])
    );
    desk.replace("69.173.127.24,100.122.26.192", "10.1.2.3,69.173.128.0")
        .await;
    desk.turn_on().await;
    let run = desk.run(main, json!({})).await;
    assert_eq!(run["row"]["status"], "stopped");
    assert_eq!(run["returned"], json!({"message": "stopped"}), "{run:#}");
}

async fn date_forms(desk: &mut Desk) {
    desk.import("datetime_format_converter").await;
    desk.turn_on().await;
    let converted = json!({"Error": null, "UTC (Z Time)": "2022-06-26T15:46:11.000Z",
        "ISO 8601": "2022-06-26T15:46:11+00:00", "EPOCH": "1656258371", "UNIX": "1656258371000",
        "LDAP": "133007319710000000"});
    for (form, value) in [
        ("UTC (Z Time)", "2022-06-26T15:46:11.000Z"),
        ("ISO 8601", "2022-06-26T17:46:11+02:00"),
        ("EPOCH", "1656258371"),
        ("UNIX", "1656258371000"),
        ("LDAP", "133007319710000000"),
    ] {
        let run = desk
            .run("dateTimeConverter [h]", json!({form: value}))
            .await;
        for (key, value) in converted.as_object().unwrap() {
            let found = &run["returned"][key];
            let is_same = match value.as_str() {
                Some(text) => found.to_string().trim_matches('"') == text,
                None => found.as_str().unwrap_or_default().is_empty(),
            };
            assert!(is_same, "{form}: {key} is {found}, not {value}");
        }
    }
    let run = desk.run("dateTimeConverter [h]", json!({})).await;
    assert_eq!(run["returned"]["Error"], "A value must be specified.");
    let run = desk.run("dateTimeConverter [p]", json!({})).await;
    let time = output(&run, "control:spawn", "UTC (Z Time)");
    assert_eq!(time, "2022-06-28T00:12:51.000Z", "{run:#}");
}

async fn csv_of_columns(desk: &mut Desk) {
    desk.import("export_user_created_columns_in_table_to_csv_file")
        .await;
    let row = json!({"domain": "aozora.example", "nameFormat": "first.last", "BU": "Sea, air"});
    desk.fill("domainLookup", row).await;
    let row = json!({"domain": "partner.example", "nameFormat": "f\"l", "BU": ""});
    desk.fill("domainLookup", row).await;
    desk.turn_on().await;
    let run = desk.run("Export to CSV", json!({})).await;
    let file = output(&run, "stash:exportToCSV", "File Content");
    assert_eq!(file["name"], "test.csv", "{file}");
    let url = format!(
        "{}/files/{}",
        desk.world.nagare.url,
        file["file"].as_str().unwrap()
    );
    let text = desk.world.browser.get(&url).await.text;
    let lines: Vec<&str> = text.lines().collect();
    let expected = [
        "domain,nameFormat,BU",
        "aozora.example,first.last,\"Sea, air\"",
        "partner.example,\"f\"\"l\",\"\"",
    ];
    assert_eq!(lines, expected, "{text}");
}

async fn tutorials(desk: &mut Desk) {
    desk.import("workflows_tutorials").await;
    desk.turn_on().await;
    texts(desk).await;
    desk.run("[Step 1 ] Create Sample Users", json!({})).await;
    for run in desk.helper_runs("Helper flow for Step 1").await {
        let created = output(&run, "okta:createUser", "ID");
        assert!(created.as_str().unwrap().starts_with("00u"), "{run:#}");
    }
    let sample = desk.user("scarlett.powell@example.com").await;
    assert_eq!(sample["profile"]["city"], "Fort Worth");
    people_lessons(desk).await;
    org_lessons(desk).await;
}

/// Lessons that only compute.
async fn texts(desk: &Desk) {
    let last = |run: &Json| {
        let steps = run["steps"].as_array().unwrap();
        let outputs = steps.iter().filter_map(|step| step["outputs"].as_array());
        outputs.flatten().last().unwrap()["value"].clone()
    };
    let week_ago = (Utc::now() - Days::new(7)).format("%-m/%-d/%Y");
    for (flow, inputs, text) in [
        (
            "Hello Workflows 1 - Text",
            json!({}),
            "Hello Workflows!".to_owned(),
        ),
        (
            "How To: Obtain a domain name from an email address",
            json!({}),
            "rebelalliance.com".to_owned(),
        ),
        (
            "How To: Combine a username with a domain",
            json!({}),
            "han.solo@rebelalliance.com".to_owned(),
        ),
        (
            "How to use Date & Time subtraction",
            json!({}),
            format!("The date a week ago was {week_ago}."),
        ),
        (
            "How to use an If/Else statement with Outputs",
            json!({}),
            "They are probably Sith. because their lightsaber color is Red.".to_owned(),
        ),
        (
            "How to use Continue If card",
            json!({}),
            "Try not. Do or do not. There is no try.\n\n\n\n-Yoda".to_owned(),
        ),
        (
            "How To: Return a value from a flow",
            json!({"First Name": " Leia ", "Last Name": "Organa"}),
            "The user's email is leia.organa@example.com!".to_owned(),
        ),
    ] {
        let run = desk.run(flow, inputs).await;
        assert_eq!(last(&run), json!(text), "{flow}");
    }
    let run = desk.run("Hello Workflows 2 - Date & Time", json!({})).await;
    let text = output(&run, "control:let", "output");
    let text = text.as_str().unwrap();
    let year = Utc::now().format("%Y").to_string();
    assert!(
        text.starts_with("Hello Workflows! It is currently ") && text.contains(&year),
        "{text}"
    );
    let run = desk
        .run("Hello Workflows 3 - Helper Flow", json!({"Name": "Rin"}))
        .await;
    let text = output(&run, "control:let", "output");
    assert!(
        text.as_str().unwrap().starts_with("Hello Rin! Welcome"),
        "{text}"
    );
    let run = desk
        .run(
            "How To: pluck attribute values from a list (canned JSON)",
            json!({}),
        )
        .await;
    let logins = output(&run, "list:pluck", "values");
    assert!(
        logins.as_array().unwrap().len() > 1 && logins[0].as_str().unwrap().contains('@'),
        "{logins}"
    );
    let run = desk
        .run("How To: read user attributes from a JSON object", json!({}))
        .await;
    assert_eq!(output(&run, "object:pick", "id"), "00u1i5a9mcwt5Kbhm0h8");
}

/// Lessons that read people of the org.
async fn people_lessons(desk: &mut Desk) {
    let active = desk
        .world
        .org_list("/api/v1/users?limit=200&filter=status%20eq%20%22ACTIVE%22")
        .await;
    let ids: BTreeSet<&str> = active
        .iter()
        .map(|user| user["id"].as_str().unwrap())
        .collect();
    desk.run("List Users with Search using For Each", json!({}))
        .await;
    desk.run("List Users with Search using Streaming Actions", json!({}))
        .await;
    desk.run("[scheduled] identify inactive Okta users", json!({}))
        .await;
    let mut sizes = Vec::new();
    for table in desk.tables_named("Active Users") {
        let rows = desk.rows_of(&table).await;
        for row in &rows {
            assert!(
                ids.contains(row["ID"].as_str().unwrap()) && row["Status"] == "ACTIVE",
                "{row}"
            );
        }
        sizes.push(rows.len());
    }
    sizes.sort_unstable();
    assert_eq!(sizes, [10, 200]);
    let seen = desk.rows("Inactive Users").await;
    assert!(
        seen.len() <= 10 && seen.iter().all(|row| row["lastLogin"].is_string()),
        "{seen:#?}"
    );
    let run = desk
        .run("How To: pluck attribute values from a list", json!({}))
        .await;
    let logins = output(&run, "list:pluck", "values");
    assert_eq!(logins.as_array().unwrap().len(), 200);
    let run = desk
        .run("How To: Use Custom Search Criteria", json!({}))
        .await;
    let engineers = output(&run, "okta:listUsersWithSearch", "Users");
    let engineers = engineers.as_array().unwrap();
    assert!(!engineers.is_empty());
    assert!(
        engineers
            .iter()
            .all(|user| user.to_string().contains("Engineering"))
    );
}

/// Lessons that change something in the org, or read one person.
async fn org_lessons(desk: &mut Desk) {
    let sales = json!({"department": "Sales", "userType": "Partner"});
    let (_, partner) = desk.person(sales).await;
    let lesson = "How To: Perform different actions based on a logical comparison";
    let run = desk.run(lesson, json!({"Username": partner})).await;
    let text = output(&run, "control:let", "Notification Message");
    assert_eq!(text, "Rin Mori is a partner in a sales role. \n");
    let lesson = "How To: Catch an error within a Workflow";
    let ada =
        json!({"First Name": "Ada", "Last Name": "Byron", "Email": "ada.byron@lesson.example"});
    for start in [
        "No errors creating user Ada Byron",
        "Uh-oh, there was an error trying to create user Ada Byron",
    ] {
        let run = desk.run(lesson, ada.clone()).await;
        let text = output(&run, "control:let", "Message");
        assert!(text.as_str().unwrap().starts_with(start), "{text}");
    }
    let group = json!({"Okta Group Name": "Rebels", "Okta Group Description": "Of the alliance"});
    desk.run("Using the Okta connector to create an Okta group", group)
        .await;
    let found = desk.org("GET", "/api/v1/groups?q=Rebels", None).await;
    assert_eq!(found[0]["profile"]["description"], "Of the alliance");
    let lesson = "Using the Okta connector with the Custom API Action card to get the current user";
    let run = desk
        .run(lesson, json!({"Okta Username or ID": partner}))
        .await;
    let body = output(&run, "okta:hTTPRequest", "Body");
    assert_eq!(body["profile"]["login"], json!(partner));
}
