//! Packs that wait for a call: hooks of the org and webhooks of other products.

use futures::FutureExt as _;
use serde_json::{Value as Json, json};

use super::Trial;
use super::desk::{Call, Desk, is_well, output};

pub(super) static TRIALS: &[Trial] = &[
    Trial {
        pack: "capture_device_security_events_from_vmware_ws1",
        how: "The endpoint is called as the product does",
        effect: "the device status is in the profile of its owner, whose sessions ended; a healthy device changes nothing",
        changes: 1,
        run: |desk| workspace_one(desk).boxed_local(),
    },
    Trial {
        pack: "capture_document_signatures_in_adobe_sign",
        how: "The set-up flow by hand, then the endpoint as the product does; a stub stands for its API",
        effect: "the webhook is registered and noted; the date of the signature is in the profile; another client is refused",
        changes: 4,
        run: |desk| adobe_sign(desk).boxed_local(),
    },
    Trial {
        pack: "capture_document_signatures_in_docusign",
        how: "The endpoint is called with a signed body",
        effect: "the signature of the body was accepted and the date is in the profile of the signer",
        changes: 1,
        run: |desk| docusign(desk).boxed_local(),
    },
    Trial {
        pack: "capture_phishing_events_from_gophish",
        how: "The endpoint is called with a signed body",
        effect: "the time is in the profile; who sent data gets a mail to set a new password",
        changes: 1,
        run: |desk| gophish(desk).boxed_local(),
    },
    Trial {
        pack: "detect_suspicious_mfa_push_notifications",
        how: "The endpoint is called with an event of the org's hook",
        effect: "a sign-in from another city than the push gives a report of both; one from the same city stops",
        changes: 0,
        run: |desk| suspicious_push(desk).boxed_local(),
    },
    Trial {
        pack: "form_submission_to_workflows_api_endpoint",
        how: "Each endpoint is called with a form",
        effect: "the person of the form is in the org; the other two received what was sent",
        changes: 0,
        run: |desk| form(desk).boxed_local(),
    },
    Trial {
        pack: "generate_unique_username_with_user_import_inline_h",
        how: "The endpoint is called as the inline hook of an import",
        effect: "the answer tells the org to create the person under a login that is free",
        changes: 0,
        run: |desk| unique_username(desk).boxed_local(),
    },
    Trial {
        pack: "initiate_flow_with_api_endpoint",
        how: "The endpoint is called twice",
        effect: "the application is in the org and its id in the answer; the second call is told that it exists",
        changes: 0,
        run: |desk| bookmark_by_call(desk).boxed_local(),
    },
    Trial {
        pack: "implement_log_streaming_with_okta_workflows",
        how: "The endpoint is called with an event of a log stream",
        effect: "the call is answered and the event is in the flow's history",
        changes: 0,
        run: |desk| log_stream(desk).boxed_local(),
    },
    Trial {
        pack: "process_batched_okta_events_from_an_event_hook",
        how: "The endpoint is called with a delivery of three events",
        effect: "the table has a row for each event that succeeded, with the id of the delivery",
        changes: 0,
        run: |desk| batch(desk).boxed_local(),
    },
    Trial {
        pack: "quarantine_an_okta_user_by_sending_a_webhook_to_wo",
        how: "The endpoint is called",
        effect: "the person is in the group and has no session; the answer has the status of the org",
        changes: 1,
        run: |desk| quarantine(desk).boxed_local(),
    },
    Trial {
        pack: "validate_email_domain_using_registration_inline_ho",
        how: "The endpoint is called as the inline hook of a registration",
        effect: "a listed domain is allowed, another one refused with the text for the person",
        changes: 1,
        run: |desk| email_domain(desk).boxed_local(),
    },
    Trial {
        pack: "verify_customer",
        how: "Both endpoints are called. The org was taught the factors API",
        effect: "a challenge went to the email factor, then the code that the customer named",
        changes: 0,
        run: |desk| verify_customer(desk).boxed_local(),
    },
];

fn body(body: &str) -> Call<'_> {
    Call {
        body,
        ..Call::default()
    }
}

async fn ends_sessions(desk: &Desk, user: &str) -> bool {
    let path = format!("DELETE /api/v1/users/{user}/sessions");
    let calls = desk.world.okta.calls();
    calls.iter().any(|call| {
        call.status == 204 && format!("{} {}", call.method, call.path_and_query).starts_with(&path)
    })
}

async fn workspace_one(desk: &mut Desk) {
    desk.attribute("deviceStatus").await;
    let (user, login) = desk.person(json!({})).await;
    let (healthy, healthy_login) = desk.person(json!({})).await;
    desk.import("capture_device_security_events_from_vmware_ws1")
        .await;
    let row = json!({"username": "ws1", "password": "Parole"});
    desk.fill("WorkspaceOne Webhook Config", row).await;
    desk.turn_on().await;
    let known = [("authorization", "Basic d3MxOlBhcm9sZQ==")];
    for (status, login) in [("NonCompliant", &login), ("Compliant", &healthy_login)] {
        let sent = json!({"CompromisedStatus": "", "ComplianceStatus": status, "EnrollmentEmailAddress": login});
        let call = Call {
            body: &sent.to_string(),
            headers: &known,
            query: &[],
        };
        let (status, answer) = desk.call("WorkspaceOne.SecurityEvent", call).await;
        assert_eq!(status, 200, "{answer}");
    }
    assert_eq!(
        desk.user(&user).await["profile"]["deviceStatus"],
        "Device Compromised"
    );
    assert!(ends_sessions(desk, &user).await);
    assert!(desk.user(&healthy).await["profile"]["deviceStatus"].is_null());
    assert!(!ends_sessions(desk, &healthy).await);
}

async fn adobe_sign(desk: &mut Desk) {
    desk.attribute("ndaDate").await;
    let (user, login) = desk.person(json!({})).await;
    let stub = desk.stub.url.clone();
    desk.stub.answer(
        "GET",
        "/api/rest/v6/baseUris",
        200,
        json!({"apiAccessPoint": format!("{stub}/")}),
    );
    let hook = json!({"id": "hook-1"});
    desk.stub.answer("POST", "/api/rest/v6/webhooks", 201, hook);
    desk.import("capture_document_signatures_in_adobe_sign")
        .await;
    let main = "01. Get.Agreement.Information";
    let row = json!({"ApplicationClientId": "client-1"});
    desk.fill("Adobe Sign Config", row).await;
    let row = json!({"Name": "NDA", "Description": "For all"});
    desk.fill("Adobe Sign Documents", row).await;
    desk.replace("https://secure.adobesign.com", &stub).await;
    let invoke = format!("https://flows.example/api/flow/{}/invoke", desk.flow(main));
    desk.replace("<01. Get.Agreement.Information_Invoke_URL>", &invoke)
        .await;
    desk.turn_on().await;
    desk.run("Setup.Create.AdobeSign.Webhook", json!({})).await;
    let asked = desk.stub.asked();
    assert_eq!(asked[1].json()["webhookUrlInfo"]["url"], json!(invoke));
    let config = desk.rows("Adobe Sign Config").await;
    assert_eq!(config[0]["WebhookId"], "hook-1");
    assert_eq!(config[0]["ApiAccessPoint"], json!(format!("{stub}/")));

    let known = [("x-adobesign-clientid", "client-1")];
    let call = |body, headers| Call {
        body,
        headers,
        query: &[],
    };
    let (status, answer) = desk.call(main, call("{}", &known)).await;
    let answer: Json = serde_json::from_str(&answer).unwrap();
    assert_eq!(
        (status, answer),
        (200, json!({"xAdobeSignClientId": "client-1"}))
    );
    let signed = json!({"webhookId": "hook-1", "participantUserEmail": login, "eventDate": "2026-03-04T05:06:07Z",
        "agreement": {"name": "NDA", "status": "SIGNED"}});
    let signed = signed.to_string();
    let (status, answer) = desk
        .call(main, call(&signed, &[("x-adobesign-clientid", "other")]))
        .await;
    assert_eq!(status, 404, "{answer}");
    assert!(desk.user(&user).await["profile"]["ndaDate"].is_null());
    let (status, answer) = desk.call(main, call(&signed, &known)).await;
    assert_eq!(status, 200, "{answer}");
    assert_eq!(
        desk.user(&user).await["profile"]["ndaDate"],
        "2026-03-04T05:06:07Z"
    );
}

async fn docusign(desk: &mut Desk) {
    let (user, login) = desk.person(json!({})).await;
    desk.import("capture_document_signatures_in_docusign").await;
    let row = json!({"HMAC Private Key": "geheim", "Document Name": "Contract"});
    desk.fill("Docusign Webhook Config", row).await;
    desk.turn_on().await;
    // Spaces and order as another product writes them: the signature is of these very bytes.
    let sent = format!(
        r#"{{ "status": "completed", "completedDateTime":"2026-05-06T07:08:09Z", "sender": {{"email": "x@aozora.example"}},
  "recipients": {{ "signers": [ {{"email": "{login}"}} ] }}, "envelopeDocuments": [ {{"name": "Contract"}} ] }}"#
    );
    let digest = hmac_base64("geheim", &sent);
    let call = Call {
        body: &sent,
        headers: &[("x-docusign-signature-1", &digest)],
        query: &[],
    };
    let (status, answer) = desk.call("Docusign.ContractSignedWebhook", call).await;
    assert_eq!(status, 200, "{answer}");
    let run = desk.event_run("Util.AuthenticateWebhook").await;
    assert_eq!(output(&run, "crypto:hmac", "output"), json!(digest));
    assert_eq!(output(&run, "list:findBy", "index"), 0);
    assert_eq!(
        desk.user(&user).await["profile"]["ndaDate"],
        "2026-05-06T07:08:09Z"
    );
}

/// HMAC-SHA256 in Base64 (RFC 2104), as products sign their calls.
fn hmac_base64(key: &str, text: &str) -> String {
    use base64::Engine as _;
    use sha2::Digest as _;
    let mixed = |byte: u8| -> Vec<u8> {
        let padded = key.bytes().chain(std::iter::repeat(0)).take(64);
        padded.map(|part| part ^ byte).collect()
    };
    let hash = |start: Vec<u8>, rest: &[u8]| sha2::Sha256::digest([&start, rest].concat());
    let inner = hash(mixed(0x36), text.as_bytes());
    base64::engine::general_purpose::STANDARD.encode(hash(mixed(0x5c), &inner))
}

async fn gophish(desk: &mut Desk) {
    desk.attribute("userPhished").await;
    let (clicked, clicked_login) = desk.person(json!({})).await;
    let (sent_data, sent_login) = desk.person(json!({})).await;
    desk.import("capture_phishing_events_from_gophish").await;
    desk.fill("GoPhish Webhook Config", json!({"HMAC Secret": "geheim"}))
        .await;
    desk.turn_on().await;
    for (message, login) in [
        ("Clicked Link", &clicked_login),
        ("Submitted Data", &sent_login),
    ] {
        let sent = json!({"message": message, "email": login, "time": "2026-07-08T09:10:11Z"});
        let sent = sent.to_string();
        let digest = hmac_base64("geheim", &sent);
        let call = Call {
            body: &sent,
            headers: &[("x-gophish-signature", &digest)],
            query: &[],
        };
        let (status, answer) = desk.call("GoPhish.SecurityEvent", call).await;
        assert_eq!(status, 200, "{answer}");
    }
    let calls = desk.world.okta.calls();
    for (user, is_asked) in [(&clicked, false), (&sent_data, true)] {
        assert_eq!(
            desk.user(user).await["profile"]["userPhished"],
            "2026-07-08T09:10:11Z"
        );
        let path = format!("/api/v1/users/{user}/credentials/forgot_password");
        let mailed = calls
            .iter()
            .any(|call| call.path_and_query.starts_with(&path) && call.status == 200);
        assert_eq!(mailed, is_asked);
    }
}

async fn suspicious_push(desk: &mut Desk) {
    desk.import("detect_suspicious_mfa_push_notifications")
        .await;
    desk.turn_on().await;
    let place = |city: &str| json!({"geographicalContext": {"city": city, "state": "Tokyo", "country": "Japan"}});
    desk.world
        .okta
        .emit(vec![
            json!({"eventType": "system.push.send_factor_verify_push", "client": place("Shibuya"),
                "authenticationContext": {"externalSessionId": "session-1"}}),
        ])
        .unwrap();
    for (city, is_suspicious) in [("Shibuya", false), ("Lyon", true)] {
        let event = json!({"data": {"events": [{"uuid": "u1", "client": place(city),
            "actor": {"id": "00u1", "alternateId": "rin@aozora.example", "displayName": "Rin Mori"},
            "authenticationContext": {"externalSessionId": "session-1"}, "outcome": {"result": "SUCCESS"},
            "debugContext": {"debugData": {"factor": "OKTA_VERIFY_PUSH"}}}]}});
        let event = event.to_string();
        let name = "Detect suspicious MFA push notifications";
        let (status, answer) = desk.call(name, body(&event)).await;
        assert_eq!(status, 200, "{answer}");
        let newest = desk.world.runs(&desk.flow(name)).await[0]["id"].clone();
        let run = desk.world.ended(newest.as_str().unwrap()).await;
        assert!(is_well(&run), "{run:#}");
        let report = run["steps"].to_string();
        assert_eq!(
            report.contains("Push source: Shibuya, Tokyo, Japan \\nPush destination: Lyon"),
            is_suspicious,
            "{run:#}"
        );
        assert_eq!(report.contains("Impacted user information"), is_suspicious);
    }
}

async fn form(desk: &mut Desk) {
    desk.import("form_submission_to_workflows_api_endpoint")
        .await;
    desk.turn_on().await;
    let form = json!({"firstName": "Ida", "lastName": "Lund", "email": "ida.lund@form.example", "title": "Courier",
        "organization": "Aozora", "mobilePhone": "+47 123", "city": "Oslo", "state": "Oslo", "zipCode": "0150",
        "userType": "Contractor"});
    let form = form.to_string();
    let (status, answer) = desk.call("Postman API Endpoint", body(&form)).await;
    assert_eq!(status, 200, "{answer}");
    let user = desk.user("ida.lund@form.example").await;
    for (key, value) in [
        ("firstName", "Ida"),
        ("title", "Courier"),
        ("zipCode", "0150"),
        ("userType", "Contractor"),
    ] {
        assert_eq!(user["profile"][key], value);
    }
    for name in ["Google Form API Endpoint", "Microsoft Form API Endpoint"] {
        let (status, _) = desk.call(name, body(&form)).await;
        assert_eq!(status, 200);
        let run = desk.event_run(name).await;
        let received = output(&run, "http:accept", "body");
        assert!(received.to_string().contains("ida.lund@"), "{run:#}");
    }
}

async fn unique_username(desk: &mut Desk) {
    let login = "jessie@hires.example";
    desk.person(json!({"login": login, "email": login})).await;
    let other = "jessie@elsewhere.example";
    desk.person(json!({"login": other, "email": other})).await;
    desk.import("generate_unique_username_with_user_import_inline_h")
        .await;
    desk.turn_on().await;
    let asked = json!({"data": {"context": {"conflicts": ["login"]}, "action": {"result": "CREATE_USER"},
        "appUser": {"profile": {"firstName": "Jessie", "lastName": "Doe", "userName": login, "email": login}}}});
    let (status, answer) = desk.call("1.0 Create User", body(&asked.to_string())).await;
    assert_eq!(status, 200, "{answer}");
    let answer: Json = serde_json::from_str(&answer).unwrap();
    let free = "jessie1@hires.example";
    assert_eq!(
        answer["commands"],
        json!([
            {"type": "com.okta.appUser.profile.update", "value": {"userName": free, "email": free}},
            {"type": "com.okta.action.update", "value": {"result": "CREATE_USER"}},
        ])
    );
}

async fn bookmark_by_call(desk: &mut Desk) {
    desk.import("initiate_flow_with_api_endpoint").await;
    desk.turn_on().await;
    let asked = json!({"name": "bookmark", "label": "Lunch menu", "requestintegration": "false",
        "url": "https://lunch.example", "signOnMode": "BOOKMARK"});
    let asked = asked.to_string();
    let mut ids = Vec::new();
    for text in [
        "successfully created  Bookmark App Lunch menu",
        "already exists",
    ] {
        let (status, answer) = desk.call("Create Bookmark App", body(&asked)).await;
        assert_eq!(status, 200, "{answer}");
        let answer: Json = serde_json::from_str(&answer).unwrap();
        assert!(
            answer["status"].as_str().unwrap().contains(text),
            "{answer}"
        );
        ids.push(answer["id"].as_str().unwrap().to_owned());
    }
    assert_eq!(ids[0], ids[1]);
    let app = desk
        .org("GET", &format!("/api/v1/apps/{}", ids[0]), None)
        .await;
    assert_eq!(app["label"], "Lunch menu");
    assert_eq!(app["settings"]["app"]["url"], "https://lunch.example");
}

async fn log_stream(desk: &mut Desk) {
    desk.import("implement_log_streaming_with_okta_workflows")
        .await;
    desk.turn_on().await;
    let event = json!({"detail": {"eventType": "user.session.access_admin_app", "uuid": "u-77"}});
    let (status, _) = desk.call("AWS", body(&event.to_string())).await;
    assert_eq!(status, 200);
    let run = desk.event_run("AWS").await;
    let received = output(&run, "http:accept", "body").to_string();
    assert!(received.contains("u-77"), "{run:#}");
}

async fn batch(desk: &mut Desk) {
    desk.import("process_batched_okta_events_from_an_event_hook")
        .await;
    desk.turn_on().await;
    let event = |uuid: &str, result: &str| {
        json!({"uuid": uuid, "eventType": "user.lifecycle.create", "displayMessage": "Create okta user",
            "outcome": {"result": result}})
    };
    let delivery = json!({"eventId": "delivery-1", "data": {"events":
        [event("u1", "SUCCESS"), event("u2", "FAILURE"), event("u3", "SUCCESS")]}});
    let name = "Process Batched Events";
    let (status, answer) = desk.call(name, body(&delivery.to_string())).await;
    assert_eq!(status, 200, "{answer}");
    desk.event_run(name).await;
    let rows = desk.rows("BatchedEvents").await;
    let mut uuids: Vec<&str> = rows
        .iter()
        .map(|row| row["uuid"].as_str().unwrap())
        .collect();
    uuids.sort_unstable();
    assert_eq!(uuids, ["u1", "u3"]);
    for row in &rows {
        assert_eq!(row["eventId"], "delivery-1");
        assert_eq!(row["displayMessage"], "Create okta user");
    }
}

async fn quarantine(desk: &mut Desk) {
    let (user, login) = desk.person(json!({})).await;
    let group = desk.group("Quarantine").await;
    desk.import("quarantine_an_okta_user_by_sending_a_webhook_to_wo")
        .await;
    desk.replace("<groupId>", &group).await;
    desk.turn_on().await;
    let asked = json!({"userEmail": login}).to_string();
    let (status, answer) = desk.call("01. Add.User", body(&asked)).await;
    assert_eq!(status, 204, "{answer}");
    assert_eq!(desk.members(&group).await, std::slice::from_ref(&user));
    assert!(ends_sessions(desk, &user).await);
}

async fn email_domain(desk: &mut Desk) {
    desk.import("validate_email_domain_using_registration_inline_ho")
        .await;
    let row = json!({"Allowed Domains": "aozora.example"});
    desk.fill("Allowed domain list", row).await;
    desk.turn_on().await;
    let ask = async |login: &str| -> Json {
        let asked = json!({"data": {"userProfile": {"login": login}}}).to_string();
        let name = "Validate Email Domains During Registration";
        let (status, answer) = desk.call(name, body(&asked)).await;
        assert_eq!(status, 200, "{answer}");
        serde_json::from_str(&answer).unwrap()
    };
    assert_eq!(
        ask("a@aozora.example").await,
        json!({"commands": [{"type": "com.okta.action.update", "value": {"registration": "ALLOW"}}]})
    );
    let refused = ask("a@elsewhere.example").await;
    let text = "Invalid domain. Please contact your admin.";
    assert_eq!(refused["error"]["errorSummary"], text, "{refused}");
    assert_eq!(
        refused["error"]["errorCauses"][0]["reason"],
        "INVALID_EMAIL_DOMAIN"
    );
}

async fn verify_customer(desk: &mut Desk) {
    let (user, login) = desk.person(json!({})).await;
    let factors =
        json!([{"id": "sms1", "factorType": "sms"}, {"id": "eml1", "factorType": "email"}]);
    desk.teach("GET", "/api/v1/users/{id}/factors", 200, factors);
    let path = "/api/v1/users/{id}/factors/{factorId}/verify";
    desk.teach("POST", path, 200, json!({"factorResult": "CHALLENGE"}));
    desk.import("verify_customer").await;
    desk.turn_on().await;
    fn call<'a>(query: &'a [(&'a str, &'a str)]) -> Call<'a> {
        Call {
            query,
            ..Call::default()
        }
    }
    let query = [("email", login.as_str())];
    let issue = desk
        .call("Issue an Email Factor Challenge", call(&query))
        .await;
    assert_eq!(issue, (200, "200".to_owned()));
    let query = [("email", login.as_str()), ("otp", "123456")];
    let verify = desk
        .call("Verify an Email Factor Challenge", call(&query))
        .await;
    assert_eq!(verify, (200, "200".to_owned()));
    let path = format!("/api/v1/users/{user}/factors/eml1/verify");
    let sent: Vec<Json> = desk
        .taught()
        .into_iter()
        .filter(|(_, to, _)| *to == path)
        .map(|(_, _, body)| body)
        .collect();
    assert_eq!(sent.len(), 2);
    assert_eq!(sent[1], json!({"passCode": "123456"}));
}
