//! The search over all flows, and the one by name, over REST.

use serde_json::{Value as Json, json};

use crate::cards::{by_hand, card, flow, org_card, typed};
use crate::people::nagare;
use crate::world::{PASSWORD, World};

/// The places of an answer as `flow: number title kind excerpt`.
fn places(found: &Json) -> Vec<String> {
    let flows = found["flows"].as_array().unwrap();
    flows
        .iter()
        .flat_map(|hit| {
            let spots = hit["spots"].as_array().unwrap().iter();
            spots.map(move |spot| {
                let part = |key: &str| spot[key].as_str().unwrap_or_default().to_owned();
                let number = &spot["number"];
                format!(
                    "{}: {number} {} {} {}",
                    hit["name"].as_str().unwrap(),
                    part("title"),
                    part("kind"),
                    part("excerpt")
                )
            })
        })
        .collect()
}

/// A flow that greets, reads from an org, writes into a table, and calls another flow.
async fn example(world: &World) -> (String, String, String) {
    let helper = world
        .draft("Write row", json!([by_hand()]), json!({}))
        .await;
    let table = world
        .post(
            "/tables",
            json!({ "name": "Audit trail", "columns": [{ "name": "a", "type": "text" }] }),
        )
        .await;
    let table = table["id"].as_str().unwrap().to_owned();
    let steps = json!([
        by_hand(),
        card(
            "hi",
            "string:compose",
            &[typed(None, "text", "text", "Grüße an ＡＣＭＥ")],
            &[]
        ),
        org_card("read", "okta:readUser", "c-none", &[]),
        card(
            "row",
            "stash:createRow",
            &[typed(Some("parameters"), "stash", "text", table.as_str())],
            &[]
        ),
        card("call", "control:spawn", &[flow(&helper)], &[]),
    ]);
    let id = world.draft("挨拶", steps, json!({})).await;
    (id, helper, table)
}

#[tokio::test(flavor = "multi_thread")]
async fn places_are_found_by_text_card_and_what_cards_refer_to() {
    let world = World::start().await;
    let (id, helper, table) = example(&world).await;
    let search = async |query: &str| places(&world.get(&format!("/search/flows?{query}")).await);
    assert_eq!(
        search("text=acme").await,
        ["挨拶: 2 Compose value Grüße an ＡＣＭＥ"]
    );
    assert_eq!(search("text=Grusse").await, [""; 0], "ß stays ß");
    assert_eq!(search("text=GRUßE").await.len(), 1, "accents do not count");
    assert_eq!(
        search("text=Read%20User").await,
        ["挨拶: 3 Read User card Read User"]
    );
    let japanese = search("text=Read%20User&in_japanese=true").await;
    assert_eq!(
        japanese,
        ["挨拶: 3 ユーザーの読み取り card ユーザーの読み取り"]
    );
    assert_eq!(
        search("text=audit%20trail").await,
        ["挨拶: 4 Create Row table Audit trail"]
    );
    assert_eq!(
        search(&format!("table={table}")).await,
        ["挨拶: 4 Create Row table Audit trail"]
    );
    assert_eq!(
        search(&format!("helper={helper}")).await,
        ["挨拶: 5 Call Flow helper Write row"]
    );
    assert_eq!(
        search("connection=c-none").await,
        ["挨拶: 3 Read User connection c-none"]
    );
    assert_eq!(
        search("card=okta:readUser").await,
        ["挨拶: 3 Read User card Read User"]
    );
    assert_eq!(
        search("card=okta:readUser&text=acme").await,
        [""; 0],
        "not on one card"
    );
    assert_eq!(search("text=挨拶").await[0], "挨拶: null  flow_name 挨拶");
    assert_eq!(search("text=").await, [""; 0]);
    let page = world.get("/search/flows?card=control:noop&limit=1").await;
    let next = page["next"].as_str().unwrap().replace(' ', "%20");
    let rest = world
        .get(&format!("/search/flows?card=control:noop&after={next}"))
        .await;
    let names = |found: &Json| found["flows"][0]["name"].as_str().unwrap().to_owned();
    assert_eq!(
        (names(&page), names(&rest)),
        ("Write row".to_owned(), "挨拶".to_owned())
    );
    assert_eq!(rest["next"], Json::Null);
    let (status, _) = world
        .rest(
            "GET",
            &format!("/search/flows?text={}", "x".repeat(300)),
            None,
        )
        .await;
    assert_eq!(status, 422);
    let view = world.get(&format!("/flows/{id}")).await;
    assert_eq!(view["row"]["name"], "挨拶");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_that_is_on_is_searched_beside_the_draft() {
    let world = World::start().await;
    let text = |text: &str| {
        json!([
            by_hand(),
            card(
                "a",
                "string:compose",
                &[typed(None, "text", "text", text)],
                &[]
            )
        ])
    };
    let id = world.flow("Greeter", text("old words"), json!({})).await;
    world
        .save(&id, "Greeter", text("new words"), json!({}))
        .await;
    let found = world.get("/search/flows?text=words").await;
    let spots = found["flows"][0]["spots"].as_array().unwrap();
    let seen: Vec<(&Json, &Json)> = spots
        .iter()
        .map(|spot| (&spot["excerpt"], &spot["version"]))
        .collect();
    assert_eq!(
        seen,
        [
            (&json!("new words"), &Json::Null),
            (&json!("old words"), &json!(1))
        ]
    );
    world.post(&format!("/flows/{id}/off"), json!({})).await;
    let found = world.get("/search/flows?text=old").await;
    assert_eq!(found["flows"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_finds_what_their_role_lets_them_list() {
    let world = World::start().await;
    example(&world).await;
    let kinds = |found: &Json| -> Vec<String> {
        let things = found["things"].as_array().unwrap().iter();
        things
            .map(|thing| thing["kind"].as_str().unwrap().to_owned())
            .collect()
    };
    let found = world.get("/search?text=a").await;
    assert_eq!(kinds(&found), ["table"]);
    assert_eq!(
        kinds(&world.get("/search?text=writ%20row").await),
        ["flow"],
        "a letter is missing"
    );
    assert_eq!(
        kinds(&world.get("/search?text=&only=person").await),
        ["person"]
    );
    let (made, said) = nagare(
        &world,
        &["user", "create", "--login", "aki", "--role", "auditor"],
        PASSWORD,
    );
    assert!(made, "{said}");
    let (made, token) = nagare(&world, &["token", "create", "--login", "aki"], "");
    assert!(made, "{token}");
    let as_aki = async |path: &str| {
        let url = format!("{}/api/v1{path}", world.nagare.url);
        let answer = reqwest::Client::new()
            .get(url)
            .bearer_auth(token.trim())
            .send()
            .await
            .unwrap();
        (
            answer.status().as_u16(),
            answer.json::<Json>().await.unwrap(),
        )
    };
    let (status, people) = as_aki("/search?text=&only=person").await;
    assert_eq!(
        (status, kinds(&people)),
        (200, vec![]),
        "an auditor lists no people"
    );
    let (status, _) = as_aki("/search/flows?text=acme").await;
    assert_eq!(status, 200);
    world
        .sql("update person set role = 'member' where login = 'aki'")
        .await;
    let (status, _) = as_aki("/search/flows?text=acme").await;
    assert_eq!(status, 403);
    let (status, nothing) = as_aki("/search?text=write").await;
    assert_eq!((status, kinds(&nothing)), (200, vec![]));
}
