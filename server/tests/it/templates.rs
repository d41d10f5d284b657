//! Templates: installed with a connection, turned on, and run against the simulated org.

use serde_json::{Value as Json, json};

use crate::world::World;

/// Installs a template; returns its flows' ids by name, and its tables' ids.
async fn install(
    world: &World,
    id: &str,
    connection: &str,
    more: Json,
) -> (Vec<(String, String)>, Vec<String>) {
    let mut body = json!({ "connections": { "okta": connection } });
    for (key, value) in more.as_object().into_iter().flatten() {
        body[key] = value.clone();
    }
    let made = world.post(&format!("/templates/{id}/install"), body).await;
    let flows = made["flows"].as_array().unwrap();
    let text = |value: &Json| value.as_str().unwrap().to_owned();
    let flows = flows.iter().map(|flow| {
        assert_eq!(flow["problems"], 0, "{id}: {flow}");
        (text(&flow["name"]), text(&flow["id"]))
    });
    let tables = made["tables"].as_array().unwrap();
    (
        flows.collect(),
        tables.iter().map(|table| text(&table[0])).collect(),
    )
}

async fn turn_on(world: &World, flows: &[(String, String)]) {
    for (_, id) in flows {
        world.post(&format!("/flows/{id}/on"), json!({})).await;
    }
}

async fn rows(world: &World, table: &str) -> Vec<Json> {
    let page = world.get(&format!("/tables/{table}/rows")).await;
    page["rows"].as_array().unwrap().clone()
}

async fn user(world: &World, login: &str) -> String {
    let profile = json!({ "login": login, "email": login, "firstName": "Ada", "lastName": "Lovelace", "department": "Research" });
    let (status, made) = world
        .org(
            "POST",
            "/api/v1/users?activate=true",
            Some(json!({ "profile": profile, "credentials": { "password": { "value": "Sky-Blue-2026" } } })),
        )
        .await;
    assert_eq!(status, 200, "{made}");
    made["id"].as_str().unwrap().to_owned()
}

async fn group(world: &World, name: &str) -> String {
    let (_, made) = world
        .org(
            "POST",
            "/api/v1/groups",
            Some(json!({ "profile": { "name": name } })),
        )
        .await;
    made["id"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_template_is_installed_without_problems_and_turned_on() {
    let (world, connection) = World::connected().await;
    for template in world.get("/templates").await.as_array().unwrap() {
        let id = template["id"].as_str().unwrap();
        let view = world.get(&format!("/templates/{id}")).await;
        let asks = view["asks"].as_array().unwrap();
        let answers: Json = asks
            .iter()
            .map(|ask| {
                (
                    ask["key"].as_str().unwrap().to_owned(),
                    json!("https://chat.example.com/x"),
                )
            })
            .collect::<serde_json::Map<_, _>>()
            .into();
        let language = if id.len() % 2 == 0 { "en" } else { "ja" };
        let more = json!({ "answers": answers, "language": language });
        let (flows, _) = install(&world, id, &connection, more).await;
        turn_on(&world, &flows).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_person_is_logged_and_put_into_the_group_of_the_department() {
    let (world, connection) = World::connected().await;
    let (log, people) = install(&world, "new-people-log", &connection, json!({})).await;
    let (onboard, groups) = install(&world, "onboard-by-department", &connection, json!({})).await;
    let research = group(&world, "Research").await;
    let row = json!({ "cells": { "Department": "Research", "Group ID": research } });
    world
        .post(&format!("/tables/{}/rows", groups[0]), row)
        .await;
    turn_on(&world, &log).await;
    turn_on(&world, &onboard).await;
    let ada = user(&world, "ada@example.com").await;
    let run = world.next_run(&log[0].1).await;
    assert_eq!(run["row"]["status"], "succeeded", "{run:#}");
    assert_eq!(
        rows(&world, &people[0]).await[0]["cells"]["Name"],
        "Ada Lovelace"
    );
    let run = world.next_run(&onboard[0].1).await;
    assert_eq!(run["row"]["status"], "succeeded", "{run:#}");
    let members = world
        .org_list(&format!("/api/v1/groups/{research}/users"))
        .await;
    assert!(
        members.iter().any(|member| member["id"] == json!(ada)),
        "{members:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_membership_ends_when_its_time_is_over() {
    let (world, connection) = World::connected().await;
    let (flows, tables) = install(&world, "temporary-membership", &connection, json!({})).await;
    turn_on(&world, &flows).await;
    let (ada, crew) = (
        user(&world, "ada@example.com").await,
        group(&world, "Crew").await,
    );
    let inputs = json!({ "Login": "ada@example.com", "Group ID": crew, "Days": -1 });
    let started = world
        .post(
            &format!("/delegated/{}/runs", flows[0].1),
            json!({ "inputs": inputs }),
        )
        .await;
    let run = world
        .ended(started["run"].as_str().or(started["id"].as_str()).unwrap())
        .await;
    assert_eq!(run["row"]["status"], "succeeded", "{run:#}");
    assert_eq!(rows(&world, &tables[0]).await.len(), 1);
    let run = world.run(&flows[1].1, json!({})).await;
    assert_eq!(run["row"]["status"], "succeeded", "{run:#}");
    assert_eq!(rows(&world, &tables[0]).await, Vec::<Json>::new());
    let members = world
        .org_list(&format!("/api/v1/groups/{crew}/users"))
        .await;
    assert!(
        members.iter().all(|member| member["id"] != json!(ada)),
        "{members:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn reports_loops_and_errors_run_as_they_say() {
    let (world, connection) = World::connected().await;
    let crew = group(&world, "Crew").await;
    let ada = user(&world, "ada@example.com").await;
    world
        .org("PUT", &format!("/api/v1/groups/{crew}/users/{ada}"), None)
        .await;

    let (flows, tables) = install(&world, "inactive-people-report", &connection, json!({})).await;
    turn_on(&world, &flows).await;
    let run = world.run(&flows[0].1, json!({})).await;
    assert_eq!(run["row"]["status"], "succeeded", "{run:#}");
    let logins: Vec<Json> = rows(&world, &tables[0]).await;
    let is_admin = |row: &Json| row["cells"]["Login"] == "admin@aozora.example";
    // Who never signed in is inactive too.
    let is_ada = |row: &Json| row["cells"]["Login"] == "ada@example.com";
    assert!(
        logins.iter().any(is_ada) && !logins.iter().any(is_admin),
        "{logins:?}"
    );

    let answers = json!({ "answers": { "group": crew } });
    let (flows, tables) = install(&world, "group-members-csv", &connection, answers).await;
    turn_on(&world, &flows).await;
    let run = world.run(&flows[0].1, json!({})).await;
    assert_eq!(run["row"]["status"], "succeeded", "{run:#}");
    assert_eq!(
        rows(&world, &tables[0]).await[0]["cells"]["Login"],
        "ada@example.com"
    );

    let (flows, _) = install(&world, "loop-with-helper", &connection, json!({})).await;
    turn_on(&world, &flows).await;
    let run = world.run(&flows[0].1, json!({ "Group ID": crew })).await;
    assert_eq!(run["returned"]["Members"], 1, "{run:#}");

    let (flows, tables) = install(&world, "error-handling", &connection, json!({})).await;
    turn_on(&world, &flows).await;
    let run = world
        .run(&flows[0].1, json!({ "Login": "ada@example.com" }))
        .await;
    assert_eq!(
        run["returned"]["Result"], "ada@example.com is ACTIVE.",
        "{run:#}"
    );
    let run = world.run(&flows[0].1, json!({ "Login": "nobody" })).await;
    assert_eq!(
        run["returned"]["Result"], "There is no user nobody.",
        "{run:#}"
    );
    assert_eq!(rows(&world, &tables[0]).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_unlocks_offboards_and_looks_up() {
    let (world, connection) = World::connected().await;
    let ada = user(&world, "ada@example.com").await;
    world
        .org(
            "POST",
            &format!("/api/v1/users/{ada}/lifecycle/suspend"),
            None,
        )
        .await;
    let (flows, _) = install(&world, "unlock-desk", &connection, json!({})).await;
    turn_on(&world, &flows).await;
    let run = world
        .run(&flows[0].1, json!({ "Login": "ada@example.com" }))
        .await;
    assert_eq!(
        run["returned"]["Result"], "The suspension of ada@example.com was lifted.",
        "{run:#}"
    );
    let run = world
        .run(&flows[0].1, json!({ "Login": "ada@example.com" }))
        .await;
    assert_eq!(
        run["returned"]["Result"], "ada@example.com is ACTIVE: nothing was changed.",
        "{run:#}"
    );

    let (flows, _) = install(&world, "look-up-endpoint", &connection, json!({})).await;
    turn_on(&world, &flows).await;
    let view = world.get(&format!("/flows/{}", flows[0].1)).await;
    let ask = |login: &str| {
        let url = format!(
            "{}?login={login}",
            view["endpoint"]["url"].as_str().unwrap()
        );
        let token = view["endpoint"]["client_token"]
            .as_str()
            .unwrap()
            .to_owned();
        async move {
            let answer = reqwest::Client::new()
                .get(url)
                .header("x-api-client-token", token)
                .send()
                .await
                .unwrap();
            (answer.status().as_u16(), answer.text().await.unwrap())
        }
    };
    let (status, answer) = ask("ada@example.com").await;
    assert_eq!(status, 200, "{answer}");
    let answer: Json = serde_json::from_str(&answer).unwrap();
    assert_eq!(
        (&answer["status"], &answer["name"]),
        (&json!("ACTIVE"), &json!("Ada Lovelace"))
    );
    assert_eq!(ask("nobody").await.0, 404);
    // Names are data: quotation marks, a backslash and other scripts stay what they are.
    for (first, last) in [
        ("Ada \"The Countess\"", "O\\Brien"),
        ("花子", "山田「太郎」"),
    ] {
        let profile = json!({ "profile": { "firstName": first, "lastName": last } });
        let changed = world
            .org("POST", &format!("/api/v1/users/{ada}"), Some(profile))
            .await;
        assert_eq!(changed.0, 200, "{changed:?}");
        let (status, answer) = ask("ada@example.com").await;
        assert_eq!(status, 200, "{answer}");
        let answer: Json = serde_json::from_str(&answer).expect("JSON");
        assert_eq!(answer["name"], json!(format!("{first} {last}")));
    }

    let (flows, tables) = install(&world, "offboard-person", &connection, json!({})).await;
    turn_on(&world, &flows).await;
    let crew = group(&world, "Crew").await;
    world
        .org("PUT", &format!("/api/v1/groups/{crew}/users/{ada}"), None)
        .await;
    let run = world
        .run(&flows[0].1, json!({ "Login": "ada@example.com" }))
        .await;
    assert_eq!(run["row"]["status"], "succeeded", "{run:#}");
    let (_, gone) = world
        .org("GET", &format!("/api/v1/users/{ada}"), None)
        .await;
    assert_eq!(gone["status"], "DEPROVISIONED", "{gone}");
    assert_eq!(rows(&world, &tables[0]).await[0]["cells"]["Groups"], 1);
}
