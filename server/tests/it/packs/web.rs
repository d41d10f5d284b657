//! Packs that talk to the service of somebody else: a stub on this machine stands for it.

use std::collections::BTreeSet;

use chrono::{Days, Utc};
use futures::FutureExt as _;
use serde_json::{Value as Json, json};

use super::Trial;
use super::desk::Desk;

/// A key of nobody, in PKCS #8.
const PRIVATE_KEY: &str = include_str!("../../../../crates/connect/src/key/samples/rsa-pkcs8.pem");

pub(super) static TRIALS: &[Trial] = &[
    Trial {
        pack: "automated_unblocking_of_bounced_okta_emails_via_sy",
        how: "The scheduled flow by hand, after the log has a failed and a good delivery; a stub stands for the unblocking API",
        effect: "one request to unblock, with the recipient of the failed delivery",
        changes: 1,
        run: |desk| unblocks(desk).boxed_local(),
    },
    Trial {
        pack: "entra_id_configuration_export_and_migration_to_okt",
        how: "Each main flow by hand; a stub stands for Microsoft Graph",
        effect: "applications, their groups and policies are in the tables; those marked to migrate are in the org with their groups assigned",
        changes: 6,
        run: |desk| entra(desk).boxed_local(),
    },
    Trial {
        pack: "execute_onpremise_powershell_with_okta_workflows",
        how: "Each main flow by hand; a stub stands for Azure Automation",
        effect: "the job is noted as queued, then as completed; rows older than a week are gone",
        changes: 4,
        run: |desk| powershell(desk).boxed_local(),
    },
    Trial {
        pack: "invalidate_anomalous_slack_sessions",
        how: "The scheduled flow by hand, twice; a stub stands for Slack",
        effect: "the sessions of the people with the listed anomalies are reset and the channel is told; a refusal is told by the error flow",
        changes: 4,
        run: |desk| slack_sessions(desk).boxed_local(),
    },
    Trial {
        pack: "make_api_requests_http_card",
        how: "The main flow by hand, with fixed and with given parameters; a stub stands for both services",
        effect: "a row for each pet; the parameters, headers and bodies arrived as they stand on the cards",
        changes: 4,
        run: |desk| pets(desk).boxed_local(),
    },
    Trial {
        pack: "onfido_create_applicant",
        how: "Somebody is created in the org; a stub stands for Onfido",
        effect: "the applicant was created with name and mail, and its id is in the profile",
        changes: 1,
        run: |desk| onfido(desk).boxed_local(),
    },
    Trial {
        pack: "password_sync_for_chromeos_devices",
        how: "The event of a new password; a stub stands for Google",
        effect: "a signed assertion was exchanged for a token, and with it the person's device token was invalidated",
        changes: 2,
        run: |desk| chrome_os(desk).boxed_local(),
    },
    Trial {
        pack: "reference_an_on_premise_ldap_mulesoft",
        how: "The helper flow by hand; a stub stands for the gateway",
        effect: "the filter arrived and the flow returned the entries that were found",
        changes: 1,
        run: |desk| ldap(desk).boxed_local(),
    },
    Trial {
        pack: "remote_sync",
        how: "Somebody joins the group, gets another city and leaves; a stub stands for the remote system",
        effect: "the person is created, changed and deleted there, and the profile has the remote id, then that it is not synced",
        changes: 3,
        run: |desk| remote_sync(desk).boxed_local(),
    },
    Trial {
        pack: "send_sms_via_twilio",
        how: "The helper flow by hand; a stub stands for Twilio",
        effect: "one message was sent, as a form with receiver, sender and text",
        changes: 1,
        run: |desk| twilio(desk).boxed_local(),
    },
];

async fn unblocks(desk: &mut Desk) {
    desk.import("automated_unblocking_of_bounced_okta_emails_via_sy")
        .await;
    let stub = desk.stub.url.clone();
    desk.replace("https://sumedha-panwar.oktapreview.com/", &stub)
        .await;
    desk.turn_on().await;
    let delivery = |id: &str, result: &str| {
        json!({"eventType": "system.email.delivery", "outcome": {"result": result},
            "target": [{"id": id, "type": "User", "alternateId": format!("{id}@aozora.example"), "displayName": id}]})
    };
    desk.world
        .okta
        .emit(vec![
            delivery("00ubounced", "FAILURE"),
            delivery("00ufine", "SUCCESS"),
        ])
        .unwrap();
    desk.stub
        .answer("POST", "/api/v1/org/email", 200, json!({}));
    desk.run("Main flow", json!({})).await;
    let asked = desk.stub.asked();
    assert_eq!(asked.len(), 1, "{asked:#?}");
    assert_eq!(asked[0].path, "/api/v1/org/email/bounces/remove-list");
    assert_eq!(asked[0].json(), json!({"emailAddresses": ["00ubounced"]}));
    assert_eq!(asked[0].header("content-type"), Some("application/json"));
}

async fn entra(desk: &mut Desk) {
    let stub = desk.stub.url.clone();
    let list = |items: Json| json!({ "value": items });
    desk.stub
        .answer("POST", "/token", 200, json!({"access_token": "t0ken"}));
    desk.stub.answer(
        "GET",
        "/v1.0/applications",
        200,
        list(json!([
            {"id": "obj-1", "appId": "app-1", "displayName": "Wiki", "identifierUris": ["https://wiki.example/saml"],
                "defaultRedirectUri": "https://wiki.example/acs", "web": {"redirectUris": []}},
            {"id": "obj-2", "appId": "app-2", "displayName": "Board", "identifierUris": [],
                "web": {"redirectUris": ["https://board.example/callback"]}}])),
    );
    desk.stub.answer(
        "GET",
        "/v1.0/servicePrincipals",
        200,
        list(json!([{"id": "sp-1"}])),
    );
    desk.stub.answer(
        "GET",
        "/v1.0/servicePrincipals/sp-1/appRoleAssignedTo",
        200,
        list(json!([
            {"principalType": "Group", "principalDisplayName": "Readers"},
            {"principalType": "Group", "principalDisplayName": "Writers"}])),
    );
    desk.stub.answer(
        "GET",
        "/v1.0/identity/conditionalAccess/policies",
        200,
        list(json!([{"displayName": "MFA for all", "state": "enabled", "conditions": {"users": {"includeUsers": ["All"]}},
            "grantControls": null, "sessionControls": null}])),
    );
    let readers = desk.group("Readers").await;
    desk.import("entra_id_configuration_export_and_migration_to_okt")
        .await;
    desk.replace("https://graph.microsoft.com", &stub).await;
    desk.turn_on().await;
    let inputs = json!({"AzureTokenEndPoint": format!("{stub}/token"), "ClientID": "c1", "ClientSecret": "s1"});
    desk.run("1.0 Get EntraID", inputs.clone()).await;
    let token = &desk.stub.asked()[0];
    assert!(token.body.starts_with("client_id=c1&scope="), "{token:?}");
    assert!(
        desk.stub.asked()[1..]
            .iter()
            .all(|asked| asked.header("authorization") == Some("Bearer t0ken"))
    );
    let filters: Vec<_> = desk
        .stub
        .asked()
        .iter()
        .filter(|asked| asked.path == "/v1.0/servicePrincipals")
        .map(|asked| asked.query.clone())
        .collect();
    assert_eq!(
        filters[0],
        [("$filter".to_owned(), "appID eq 'app-1'".to_owned())]
    );
    let table = "EntraID Application Export Table";
    let rows = desk.rows(table).await;
    assert_eq!(rows.len(), 2, "{rows:#?}");
    let of = |name: &str| {
        rows.iter()
            .find(|row| row["Application Name"] == name)
            .unwrap()
    };
    assert_eq!(of("Wiki")["Application Protocol"], "SAML");
    assert_eq!(of("Wiki")["Entity ID"], "https://wiki.example/saml");
    assert_eq!(of("Board")["Application Protocol"], "OIDC");
    assert_eq!(
        of("Board")["ACS or Redirect URL"],
        "https://board.example/callback"
    );
    assert_eq!(of("Board")["Group Assignment"], "Readers;Writers;");

    desk.run("2.0 Get EntraID", inputs).await;
    let policies = desk
        .rows("EntraID Conditional Access Policies Export Table")
        .await;
    assert_eq!(policies.len(), 1);
    assert_eq!(policies[0]["Policy Name"], "MFA for all");
    let conditions: Json =
        serde_json::from_str(policies[0]["Conditions"].as_str().unwrap()).unwrap();
    assert_eq!(conditions["users"]["includeUsers"], json!(["All"]));

    desk.mark(table, json!({"Action": "Migrate"})).await;
    desk.run("3.0 Configure Applications", json!({})).await;
    for row in desk.rows(table).await {
        assert_eq!(row["Status"], "Migrated", "{row:#}");
        let app = row["Okta App ID"].as_str().unwrap();
        let found = desk.org("GET", &format!("/api/v1/apps/{app}"), None).await;
        assert_eq!(found["label"], row["Application Name"]);
        let groups = desk
            .world
            .org_list(&format!("/api/v1/apps/{app}/groups"))
            .await;
        let ids: BTreeSet<&str> = groups
            .iter()
            .map(|group| group["id"].as_str().unwrap())
            .collect();
        assert_eq!(ids.len(), 2);
        assert!(ids.contains(readers.as_str()));
    }
}

async fn powershell(desk: &mut Desk) {
    let stub = desk.stub.url.clone();
    desk.stub
        .answer("POST", "/hook", 202, json!({"JobIds": ["job-1"]}));
    let status = json!({"properties": {"status": "Completed", "statusDetails": "None"}});
    desk.stub
        .answer("GET", "/subscriptions/sub-1/", 200, status);
    desk.import("execute_onpremise_powershell_with_okta_workflows")
        .await;
    desk.replace("<AzureSubscriptionId>", "sub-1").await;
    desk.replace("https://management.azure.com", &stub).await;
    desk.replace("<WebhookURL>", &format!("{stub}/hook?token=x"))
        .await;
    let table = "Azure Automation Job Tracker";
    let old = (Utc::now() - Days::new(10)).to_rfc3339();
    let row = json!({"username": "old", "status": "Completed", "jobId": "job-0", "created": old});
    desk.fill(table, row).await;
    desk.turn_on().await;
    desk.run("SetLogonHours", json!({"samAccountName": "rmori"}))
        .await;
    assert_eq!(desk.stub.asked()[0].json(), json!({"member": "rmori"}));
    let rows = desk.rows(table).await;
    let job = rows.iter().find(|row| row["jobId"] == "job-1").unwrap();
    assert_eq!(
        (&job["status"], &job["username"]),
        (&json!("Queued"), &json!("rmori"))
    );
    desk.run("[1.0] Review Azure", json!({})).await;
    let asked = desk.stub.asked();
    assert_eq!(asked.len(), 2, "the finished job is not asked for");
    assert!(asked[1].path.ends_with("/jobs/job-1"));
    assert_eq!(
        asked[1].query,
        [("api-version".to_owned(), "2017-05-15-preview".to_owned())]
    );
    let rows = desk.rows(table).await;
    let job = rows.iter().find(|row| row["jobId"] == "job-1").unwrap();
    assert_eq!(job["status"], "Completed");
    desk.run("CleanUp.01", json!({})).await;
    let rows = desk.rows(table).await;
    assert_eq!(rows.len(), 1, "{rows:#?}");
    assert_eq!(rows[0]["jobId"], "job-1");
}

async fn slack_sessions(desk: &mut Desk) {
    let stub = desk.stub.url.clone();
    let entry = |user: &str, reason: &[&str]| json!({"action": "anomaly", "entity": {"type": "user", "user": {"id": user}}, "details": {"reason": reason}});
    let log = json!({"ok": true, "entries": [entry("W1", &["asn", "ip_address", "user_agent"]), entry("W2", &["asn"]),
        entry("W3", &["ip_address", "user_agent"]), entry("W1", &["asn", "user_agent"])]});
    desk.stub.answer("GET", "/audit/v1/logs", 200, log);
    desk.stub.answer("POST", "/api/", 200, json!({"ok": true}));
    desk.import("invalidate_anomalous_slack_sessions").await;
    desk.replace("https://slack.com", &stub).await;
    desk.replace("https://api.slack.com", &stub).await;
    desk.turn_on().await;
    let main = "1.0 Invalidate Anomalous Slack Sessions";
    desk.run(main, json!({})).await;
    let asked = desk.stub.asked();
    assert_eq!(asked.len(), 3, "{asked:#?}");
    assert_eq!(
        asked[0].query[1],
        ("action".to_owned(), "anomaly".to_owned())
    );
    let oldest: i64 = asked[0].query[0].1.parse().unwrap();
    let age = Utc::now().timestamp() - oldest;
    assert!((895..960).contains(&age), "{age} seconds");
    assert_eq!(asked[1].path, "/api/admin.users.session.resetBulk");
    assert_eq!(asked[1].json(), json!({"user_ids": ["W1", "W3"]}));
    assert_eq!(asked[2].path, "/api/chat.postMessage");
    assert!(asked[2].body.contains("<@W1>, <@W3>"), "{}", asked[2].body);

    let refusal = json!({"ok": false, "error": "not_authed"});
    desk.stub.answer("GET", "/audit/v1/logs", 200, refusal);
    let run = desk.world.run(&desk.flow(main), json!({})).await;
    assert_eq!(run["row"]["status"], "failed", "{run:#}");
    let told = desk
        .until("the message of the error flow", async |desk| {
            desk.stub.asked().get(4).cloned()
        })
        .await;
    assert_eq!(told.path, "/api/chat.postMessage");
    assert!(told.body.contains("not_authed"), "{}", told.body);
    assert!(told.body.contains(main), "{}", told.body);
}

async fn pets(desk: &mut Desk) {
    let stub = desk.stub.url.clone();
    let animals = json!([{"id": 1, "type": "dog", "price": 249.99}, {"id": 2, "type": "cat", "price": 124.5}]);
    desk.stub.answer("GET", "/petstore/pets", 200, animals);
    desk.stub
        .answer("GET", "/ip", 200, json!({"ip": "203.0.113.9"}));
    desk.stub.answer("POST", "/post", 200, json!({"data": {}}));
    desk.import("make_api_requests_http_card").await;
    desk.replace("http://petstore-demo-endpoint.execute-api.com", &stub)
        .await;
    desk.replace("https://postman-echo.com", &stub).await;
    desk.turn_on().await;
    let main = "Pet Store API-start";
    desk.run(main, json!({"createAPICallParametersDynamically": false}))
        .await;
    let asked = desk.stub.asked();
    let pair = |key: &str, value: &str| (key.to_owned(), value.to_owned());
    assert_eq!(asked[0].query, [pair("type", "Dog"), pair("page", "2")]);
    assert_eq!(asked[0].header("accept"), Some("application/json"));
    assert_eq!(asked[2].json(), json!({"foo1": "bar1", "foo2": "bar2"}));
    assert_eq!(asked[2].query, [pair("hand", "wave")]);
    assert_eq!(asked[3].body, "foo1=bar1&foo2=bar2");
    let form = "application/x-www-form-urlencoded";
    assert_eq!(asked[3].header("content-type"), Some(form));
    let mut rows = desk.rows("Pets").await;
    rows.sort_by_key(|row| row["id"].to_string());
    assert_eq!(
        rows,
        [
            json!({"id": 1, "type": "dog", "price": 249.99}),
            json!({"id": 2, "type": "cat", "price": 124.5})
        ]
    );
    let inputs = json!({"createAPICallParametersDynamically": true, "url": format!("{stub}/petstore/pets"),
        "ParamKey1": "type", "ParamValue1": "cat", "ParamKey2": "page", "ParamValue2": "1"});
    desk.run(main, inputs).await;
    assert_eq!(
        desk.stub.asked()[4].query,
        [pair("type", "cat"), pair("page", "1")]
    );
    assert_eq!(desk.rows("Pets").await.len(), 4);
}

async fn onfido(desk: &mut Desk) {
    desk.attribute("onfidoApplicantId").await;
    let stub = desk.stub.url.clone();
    let applicant = json!({"id": "applicant-9"});
    desk.stub.answer("POST", "/v3/applicants/", 201, applicant);
    desk.import("onfido_create_applicant").await;
    desk.replace("https://api.us.onfido.com", &stub).await;
    desk.turn_on().await;
    let (user, login) = desk.person(json!({})).await;
    let id = desk
        .until("the applicant's id", async |desk| {
            let user = desk.user(&user).await;
            user["profile"]["onfidoApplicantId"]
                .as_str()
                .map(str::to_owned)
        })
        .await;
    assert_eq!(id, "applicant-9");
    let sent = json!({"first_name": "Rin", "last_name": "Mori", "email": login});
    assert_eq!(desk.stub.asked()[0].json(), sent);
}

async fn chrome_os(desk: &mut Desk) {
    let stub = desk.stub.url.clone();
    desk.stub
        .answer("POST", "/token", 200, json!({"access_token": "t0ken"}));
    desk.stub
        .answer("POST", "/v1/users:invalidateToken", 200, json!({}));
    let (user, login) = desk.person(json!({})).await;
    desk.import("password_sync_for_chromeos_devices").await;
    let account = json!({"private_key_id": "key-1", "private_key": PRIVATE_KEY, "client_email": "sync@google.example",
        "token_uri": format!("{stub}/token")});
    let main = "ChromeOS";
    desk.type_in(main, "json:parse", "string", json!(account.to_string()))
        .await;
    desk.replace("https://chromedevicetoken.googleapis.com", &stub)
        .await;
    desk.turn_on().await;
    let target =
        json!([{"id": user, "type": "User", "alternateId": login, "displayName": "Rin Mori"}]);
    desk.world
        .okta
        .emit(vec![
            json!({"eventType": "user.account.update_password", "target": target}),
        ])
        .unwrap();
    desk.event_run(main).await;
    let asked = desk.stub.asked();
    assert_eq!(asked.len(), 2, "{asked:#?}");
    let assertion = asked[0]
        .body
        .strip_prefix("grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer&assertion=")
        .unwrap();
    let parts: Vec<Json> = assertion.split('.').take(2).map(decoded).collect();
    assert_eq!(parts[0]["alg"], "RS256", "{parts:?}");
    assert_eq!(parts[0]["kid"], "key-1");
    assert_eq!(parts[1]["iss"], "sync@google.example");
    assert_eq!(parts[1]["sub"], json!(login));
    assert_eq!(parts[1]["aud"], "https://oauth2.googleapis.com/token");
    assert_eq!(
        parts[1]["scope"],
        "https://www.googleapis.com/auth/chromeosdevicetoken"
    );
    let lifetime = parts[1]["exp"].as_i64().unwrap() - parts[1]["iat"].as_i64().unwrap();
    assert_eq!(lifetime, 600);
    assert_eq!(asked[1].header("authorization"), Some("Bearer t0ken"));
    assert_eq!(asked[1].json(), json!({"token_type": "SAML_PASSWORD"}));
}

/// A part of a JWT (RFC 7515).
fn decoded(part: &str) -> Json {
    use base64::Engine as _;
    let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(part);
    serde_json::from_slice(&bytes.unwrap()).unwrap()
}

async fn ldap(desk: &mut Desk) {
    let stub = desk.stub.url.clone();
    let found = json!([{"dn": "cn=rin,dc=aozora"}, {"dn": "cn=ada,dc=aozora"}]);
    desk.stub.answer("GET", "/searchLdap", 200, found.clone());
    desk.import("reference_an_on_premise_ldap_mulesoft").await;
    desk.replace("https://yourgatewayhosthere:8444", &stub)
        .await;
    desk.turn_on().await;
    let filter = "(&(objectClass=person)(cn=*))";
    let run = desk.run("Search LDAP", json!({"ldapFilter": filter})).await;
    assert_eq!(
        desk.stub.asked()[0].query,
        [("q".to_owned(), filter.to_owned())]
    );
    assert_eq!(run["returned"]["output"], found, "{run:#}");
}

async fn remote_sync(desk: &mut Desk) {
    desk.attribute("customId").await;
    let stub = desk.stub.url.clone();
    desk.stub.answer("POST", "/posts", 201, json!({"id": 101}));
    desk.stub.answer("PUT", "/posts/1", 200, json!({"id": 1}));
    desk.stub.answer("DELETE", "/posts/1", 200, json!({}));
    let group = desk.group("API Provisioning Group").await;
    let (user, login) = desk.person(json!({"city": "Oslo"})).await;
    desk.import("remote_sync").await;
    desk.replace("https://jsonplaceholder.typicode.com", &stub)
        .await;
    desk.turn_on().await;
    let custom_id = async |desk: &Desk, wanted: &str| {
        desk.until("the remote id", async |desk| {
            let user = desk.user(&user).await;
            (user["profile"]["customId"] == wanted).then_some(())
        })
        .await;
    };
    desk.join(&group, &user).await;
    custom_id(desk, "101").await;
    let path = format!("/api/v1/users/{user}");
    let moved = json!({"profile": {"city": "Bergen"}});
    desk.org("POST", &path, Some(moved)).await;
    desk.until("the change", async |desk| {
        let mut asked = desk.stub.asked().into_iter();
        asked.find(|asked| asked.method == "PUT")
    })
    .await;
    desk.org(
        "DELETE",
        &format!("/api/v1/groups/{group}/users/{user}"),
        None,
    )
    .await;
    custom_id(desk, "not_synced").await;
    let asked = desk.stub.asked();
    let seen: Vec<(&str, &str)> = asked
        .iter()
        .map(|asked| (asked.method.as_str(), asked.path.as_str()))
        .collect();
    assert_eq!(
        seen,
        [
            ("POST", "/posts"),
            ("PUT", "/posts/1"),
            ("DELETE", "/posts/1")
        ]
    );
    assert_eq!(asked[0].json()["profile"]["login"], json!(login));
    assert_eq!(asked[0].json()["profile"]["city"], "Oslo");
    assert_eq!(asked[1].json()["profile"]["city"], "Bergen");
}

async fn twilio(desk: &mut Desk) {
    let stub = desk.stub.url.clone();
    desk.stub.answer(
        "POST",
        "/2010-04-01/Accounts/AC1/Messages.json",
        201,
        json!({"sid": "SM1"}),
    );
    desk.import("send_sms_via_twilio").await;
    desk.replace("https://api.twilio.com", &stub).await;
    desk.turn_on().await;
    let inputs = json!({"To mobile phone number": "%2B4712345678", "message": "Your flow is done",
        "Twilio Account SID": "AC1", "From phone number": "%2B15005550006"});
    desk.run("SUB - Send SMS via Twilio", inputs).await;
    let asked = desk.stub.asked();
    assert_eq!(asked.len(), 1);
    assert_eq!(
        asked[0].body,
        "To=%2B4712345678&Body=Your flow is done&From=%2B15005550006"
    );
    let form = "application/x-www-form-urlencoded";
    assert_eq!(asked[0].header("content-type"), Some(form));
}
