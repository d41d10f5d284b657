use serde_json::{Value, json};

use crate::world::{World, got};

fn profile(login: &str) -> Value {
    json!({"firstName": "Ada", "lastName": "Byron", "email": login, "login": login})
}

#[tokio::test]
async fn a_user_without_a_password_waits_to_be_activated() {
    let world = World::empty().await;
    let staged = world
        .post(
            "/api/v1/users?activate=false",
            json!({"profile": profile("ada@x.example")}),
        )
        .await;
    assert_eq!(staged.body["status"], "STAGED");
    assert_eq!(staged.body["lastLogin"], Value::Null);
    assert_eq!(staged.body["activated"], Value::Null);
    let id = staged.body["id"].as_str().unwrap();
    assert!(id.starts_with("00u") && id.len() == 20, "{id}");

    let activated = world
        .act(
            "POST",
            &format!("/api/v1/users/{id}/lifecycle/activate?sendEmail=false"),
        )
        .await;
    assert!(
        activated.body["activationUrl"]
            .as_str()
            .unwrap()
            .starts_with(&world.sim.url())
    );
    assert_eq!(
        world.get(&format!("/api/v1/users/{id}")).await.body["status"],
        "PROVISIONED"
    );
    let again = world
        .act("POST", &format!("/api/v1/users/{id}/lifecycle/activate"))
        .await;
    again.refused(403, "E0000038");
    let password = json!({"credentials": {"password": {"value": "Str0ng-enough"}}});
    assert_eq!(
        world
            .post(&format!("/api/v1/users/{id}"), password)
            .await
            .body["status"],
        "ACTIVE"
    );
}

#[tokio::test]
async fn a_profile_is_checked_by_the_schema() {
    let world = World::empty().await;
    world.user("taken").await;
    for (change, about, cause) in [
        (
            json!({"firstName": null}),
            "firstName",
            "firstName: The field cannot be left blank",
        ),
        (
            json!({"email": "nonsense"}),
            "email",
            "email: Does not match required pattern",
        ),
        (json!({"login": "ada"}), "login", "login: "),
        (
            json!({"login": "TAKEN@x.example"}),
            "login",
            "login: An object with this field already exists",
        ),
        (
            json!({"shoeSize": "42"}),
            "shoeSize",
            "shoeSize: The attribute is not defined",
        ),
        (
            json!({"lastName": "x".repeat(51)}),
            "lastName",
            "lastName: The field is too long",
        ),
        (json!({"title": 7}), "title", "title: "),
    ] {
        let mut wanted = profile("ada@x.example");
        for (name, value) in change.as_object().unwrap() {
            wanted[name] = value.clone();
        }
        let refused = world
            .post("/api/v1/users", json!({"profile": wanted}))
            .await;
        refused.refused(400, "E0000001").cause(cause);
        assert_eq!(
            refused.body["errorSummary"],
            format!("Api validation failed: {about}")
        );
    }
    let weak = json!({"profile": profile("ada@x.example"), "credentials": {"password": {"value": "short"}}});
    world
        .post("/api/v1/users", weak)
        .await
        .refused(400, "E0000001")
        .cause("Password requirements");
    world
        .post("/api/v1/users", json!([1]))
        .await
        .refused(400, "E0000003");
    let broken = world
        .bare("POST", "/api/v1/users")
        .header("authorization", format!("SSWS {}", world.sim.api_token()))
        .body("{not json");
    got(broken).await.refused(400, "E0000003");
}

#[tokio::test]
async fn post_changes_what_is_sent_and_put_replaces_everything() {
    let world = World::empty().await;
    let id = world.user("ada").await;
    let url = format!("/api/v1/users/{id}");
    let changed = world
        .post(
            &url,
            json!({"profile": {"title": "Countess", "city": "London"}}),
        )
        .await;
    assert_eq!(changed.body["profile"]["firstName"], "ada");
    assert_eq!(changed.body["profile"]["title"], "Countess");
    let cleared = world.post(&url, json!({"profile": {"city": null}})).await;
    assert!(cleared.body["profile"].get("city").is_none());

    world
        .put(&url, json!({"profile": {"title": "Only this"}}))
        .await
        .refused(400, "E0000001");
    let replaced = world
        .put(&url, json!({"profile": profile("ada2@x.example")}))
        .await;
    assert!(replaced.body["profile"].get("title").is_none());
    assert_eq!(
        world.get("/api/v1/users/ada2%40x.example").await.body["id"],
        *id
    );
    world
        .get("/api/v1/users/ada@x.example")
        .await
        .refused(404, "E0000007");
}

#[tokio::test]
async fn the_life_cycle_refuses_wrong_turns() {
    let world = World::empty().await;
    let id = world.user("ada").await;
    let step = |name: &str| format!("/api/v1/users/{id}/lifecycle/{name}");
    world
        .act("POST", &step("activate"))
        .await
        .refused(403, "E0000016");
    world
        .act("POST", &step("unsuspend"))
        .await
        .refused(400, "E0000001")
        .cause("not suspended");
    world
        .act("POST", &step("unlock"))
        .await
        .refused(403, "E0000032");
    world
        .act("POST", &step("reactivate"))
        .await
        .refused(403, "E0000038");
    assert_eq!(world.act("POST", &step("suspend")).await.body, json!({}));
    world
        .act("POST", &step("suspend"))
        .await
        .refused(400, "E0000001")
        .cause("Cannot suspend a user that is not active");
    assert_eq!(world.act("POST", &step("unsuspend")).await.status, 200);
    assert_eq!(
        world.act("POST", &step("expire_password")).await.body["status"],
        "PASSWORD_EXPIRED"
    );
    let reset = world
        .act("POST", &step("reset_password?sendEmail=false"))
        .await;
    assert!(reset.body["resetPasswordUrl"].is_string());
    assert_eq!(world.act("POST", &step("deactivate")).await.status, 200);
    world
        .act("POST", &step("deactivate"))
        .await
        .refused(403, "E0000038");
    world
        .post(
            &format!("/api/v1/users/{id}"),
            json!({"profile": {"title": "x"}}),
        )
        .await
        .refused(403, "E0000038");
    assert_eq!(world.act("POST", &step("activate")).await.status, 200);

    let types = world.event_types().await;
    for wanted in [
        "user.lifecycle.create",
        "user.lifecycle.activate",
        "user.lifecycle.suspend",
        "user.lifecycle.unsuspend",
        "user.account.reset_password",
        "user.lifecycle.deactivate",
    ] {
        assert!(types.iter().any(|it| it == wanted), "{wanted} in {types:?}");
    }
}

#[tokio::test]
async fn delete_first_deactivates_and_then_deletes() {
    let world = World::empty().await;
    let id = world.user("ada").await;
    let url = format!("/api/v1/users/{id}");
    assert_eq!(world.act("DELETE", &url).await.status, 204);
    assert_eq!(world.get(&url).await.body["status"], "DEPROVISIONED");
    assert_eq!(world.act("DELETE", &url).await.status, 204);
    let gone = world.get(&url).await;
    gone.refused(404, "E0000007");
    assert_eq!(
        gone.body["errorSummary"],
        format!("Not found: Resource not found: {id} (User)")
    );
    world.user("ada").await;
}

#[tokio::test]
async fn lists_are_paged_by_links() {
    let world = World::empty().await;
    for number in 0..5 {
        world.user(&format!("user{number}")).await;
    }
    let mut seen = Vec::new();
    let mut next = Some("/api/v1/users?limit=2&filter=status%20eq%20%22ACTIVE%22".to_owned());
    while let Some(url) = next {
        let page = world.get(&url).await;
        assert!(page.list().len() <= 2);
        assert!(page.link("self").is_some());
        seen.extend(
            page.list()
                .iter()
                .map(|user| user["id"].as_str().unwrap().to_owned()),
        );
        next = page.link("next");
    }
    let count = seen.len();
    seen.sort();
    seen.dedup();
    assert_eq!((seen.len(), count), (6, 6));
    world
        .get("/api/v1/users?limit=zero")
        .await
        .refused(400, "E0000001");
    world
        .get("/api/v1/users?after=zero")
        .await
        .refused(400, "E0000001");
}

#[tokio::test]
async fn people_are_found_by_q_filter_and_search() {
    let world = World::empty().await;
    let ada = world.user("ada").await;
    let bob = world.user("bob").await;
    world
        .post(
            &format!("/api/v1/users/{ada}"),
            json!({"profile": {"department": "Sales"}}),
        )
        .await;
    world.act("DELETE", &format!("/api/v1/users/{bob}")).await;

    async fn names(world: &World, parameter: &str, value: &str) -> Vec<String> {
        let query: String = url_encoded(value);
        let got = world
            .get(&format!("/api/v1/users?{parameter}={query}"))
            .await;
        assert_eq!(got.status, 200, "{}", got.body);
        got.list()
            .iter()
            .map(|user| user["profile"]["firstName"].as_str().unwrap().to_owned())
            .collect()
    }
    assert_eq!(names(&world, "q", "ADA").await, ["ada"]);
    assert_eq!(names(&world, "q", "bob").await, Vec::<String>::new());
    assert_eq!(
        names(&world, "filter", "profile.login eq \"bob@x.example\"").await,
        ["bob"]
    );
    assert_eq!(
        names(&world, "filter", "status eq \"DEPROVISIONED\"").await,
        ["bob"]
    );
    assert_eq!(
        names(&world, "search", "profile.department eq \"sales\"").await,
        ["ada"]
    );
    assert_eq!(
        names(
            &world,
            "search",
            "profile.lastName sw \"Test\" and (status lt \"ACTIVE\" or status gt \"ACTIVE\")"
        )
        .await,
        ["bob"]
    );
    assert_eq!(
        names(
            &world,
            "search",
            "created gt \"2020-01-01T00:00:00.000Z\"&sortBy=profile.firstName&sortOrder=desc"
        )
        .await,
        ["bob", "Aki", "ada"]
            .map(str::to_owned)
            .into_iter()
            .collect::<Vec<_>>()
    );
    for wrong in [
        "search=status%20ne%20%22ACTIVE%22",
        "search=status%20eq",
        "search=lastLogin%20pr",
        "filter=profile.city%20eq%20%22x%22",
        "filter=status%20sw%20%22A%22",
        "search=profile.nothing%20pr",
    ] {
        world
            .get(&format!("/api/v1/users?{wrong}"))
            .await
            .refused(400, "E0000031");
    }
    let fields = world
        .get("/api/v1/users?q=ada&fields=id,profile:(firstName)")
        .await;
    assert_eq!(fields.list()[0]["profile"], json!({"firstName": "ada"}));
    assert!(fields.list()[0].get("status").is_none());
}

fn url_encoded(text: &str) -> String {
    // What follows an & belongs to further parameters.
    text.replace(' ', "%20").replace('"', "%22")
}

#[tokio::test]
async fn requests_without_a_valid_token_are_refused() {
    let world = World::empty().await;
    got(world.bare("GET", "/api/v1/users"))
        .await
        .refused(401, "E0000005");
    got(world
        .bare("GET", "/api/v1/users")
        .header("authorization", "SSWS nonsense"))
    .await
    .refused(401, "E0000011");
    let bearer = got(world.bare("GET", "/api/v1/users").bearer_auth("nonsense")).await;
    bearer.refused(401, "E0000011");
    assert!(bearer.header("www-authenticate").contains("invalid_token"));
    assert_eq!(
        world.get("/api/v1/users/me").await.body["profile"]["login"],
        world.sim.admin_login()
    );
    assert!(
        world
            .sim
            .calls()
            .iter()
            .any(|call| call.authorization == "SSWS" && call.status == 401)
    );
}

#[tokio::test]
async fn answers_look_like_oktas() {
    let world = World::empty().await;
    let answer = world.get("/api/v1/users").await;
    assert_eq!(answer.header("content-type"), "application/json");
    assert!(!answer.header("x-okta-request-id").is_empty());
    assert_eq!(answer.header("x-rate-limit-limit"), "600");
    assert_eq!(answer.header("x-rate-limit-remaining"), "599");
    assert!(answer.header("x-rate-limit-reset").parse::<i64>().unwrap() > 1_700_000_000);
    world.get("/api/v1/nothing").await.refused(404, "E0000022");
    world
        .act("PATCH", "/api/v1/users")
        .await
        .refused(405, "E0000022");
    let large = world
        .bare("POST", "/api/v1/users")
        .header("authorization", format!("SSWS {}", world.sim.api_token()))
        .body(vec![b' '; 2 * 1024 * 1024]);
    got(large).await.refused(413, "E0000003");
}
