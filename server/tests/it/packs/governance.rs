//! Packs about applications, access governance and remediation.

use std::collections::{BTreeMap, BTreeSet};

use futures::FutureExt as _;
use serde_json::{Value as Json, json};

use super::Trial;
use super::desk::Desk;

pub(super) static TRIALS: &[Trial] = &[
    Trial {
        pack: "bookmark_application_management",
        how: "By hand, once for each action. The org was taught the policies API",
        effect: "the application is created with its group and policy, then renamed, then inactive; the table says so",
        changes: 3,
        run: |desk| bookmarks(desk).boxed_local(),
    },
    Trial {
        pack: "convert_application_assignment_scope_group_or_indi",
        how: "By hand",
        effect: "the assignment of the person has the scope of the group",
        changes: 2,
        run: |desk| assignment_scope(desk).boxed_local(),
    },
    Trial {
        pack: "enable_a_grace_period_for_identity_governance_acce",
        how: "The event of a decision, then the scheduled flow by hand. The org was taught the reviews API",
        effect: "the revocation is noted with its day; then the person is out of application and group, and the notes are gone",
        changes: 1,
        run: |desk| grace_period(desk).boxed_local(),
    },
    Trial {
        pack: "oig_access_request_conditions",
        how: "All 18 flows by hand. The org was taught the request conditions API",
        effect: "18 conditions were asked for, each with its name, sequence, audience, scope and duration",
        changes: 0,
        run: |desk| request_conditions(desk).boxed_local(),
    },
    Trial {
        pack: "okta_identity_governance_access_certification_camp",
        how: "All 37 flows by hand. The org was taught the campaigns API",
        effect: "37 campaigns were asked for, each with schedule, scope, reviewers and remediation",
        changes: 0,
        run: |desk| campaigns(desk).boxed_local(),
    },
    Trial {
        pack: "okta_add_user_to_a_group_ispm_remediation_flow",
        how: "The delegated flow, for a person and for nobody",
        effect: "the person is in the group and the issue is noted; the second time the error is",
        changes: 1,
        run: |desk| joins_group(desk).boxed_local(),
    },
    Trial {
        pack: "okta_reset_user_password_upon_next_login_ispm_reme",
        how: "The delegated flow, for a person and for nobody",
        effect: "the password of the person was reset and the issue is noted; the second time the error is",
        changes: 0,
        run: |desk| resets_password(desk).boxed_local(),
    },
    Trial {
        pack: "suspend_okta_account_ispm_remediation_flow",
        how: "The delegated flow, for a person and for nobody",
        effect: "the person is suspended and the issue is noted; the second time the error is, with what the org said",
        changes: 0,
        run: |desk| suspends_account(desk).boxed_local(),
    },
];

async fn bookmarks(desk: &mut Desk) {
    let group = desk.group("Bookmark readers").await;
    let policies = json!([{"id": "rst1", "type": "ACCESS_POLICY", "name": "Any two factors"}]);
    desk.teach("GET", "/api/v1/policies", 200, policies);
    let path = "/api/v1/apps/{appId}/policies/{policyId}";
    desk.teach("PUT", path, 204, Json::Null);
    desk.import("bookmark_application_management").await;
    let table = "Bookmark Application Table";
    let row = json!({"Application Name": "Menu", "Application URL": "https://menu.example",
        "Application Group Assignment": "Bookmark readers", "Application Authentication Policy": "Any two factors",
        "Action": "Create"});
    desk.fill(table, row).await;
    desk.turn_on().await;
    let main = "1.0 Bookmark Application Management - Parent Flow";
    desk.run(main, json!({})).await;
    desk.helper_runs("1.1").await;
    let row = desk.rows(table).await.remove(0);
    assert_eq!(row["Status"], "Success", "{row:#}");
    let app = row["Okta App ID"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/apps/{app}");
    let found = desk.org("GET", &path, None).await;
    assert_eq!(found["label"], "Menu");
    assert_eq!(found["settings"]["app"]["url"], "https://menu.example");
    let groups = desk.org("GET", &format!("{path}/groups"), None).await;
    assert_eq!(groups[0]["id"], json!(group));
    let calls = desk.taught();
    assert_eq!(calls[1].1, format!("{path}/policies/rst1"));
    let query = desk.world.okta.taught_calls()[0].query.clone();
    let wanted = [("type", "ACCESS_POLICY"), ("q", "Any two factors")];
    assert_eq!(
        query,
        wanted.map(|(key, value)| (key.to_owned(), value.to_owned()))
    );

    let renamed = json!({"Action": "Update", "Application Name": "Lunch", "Status": ""});
    desk.mark(table, renamed).await;
    desk.run(main, json!({})).await;
    assert_eq!(desk.org("GET", &path, None).await["label"], "Lunch");
    desk.mark(table, json!({"Action": "Deactivate", "Status": ""}))
        .await;
    desk.run(main, json!({})).await;
    assert_eq!(desk.org("GET", &path, None).await["status"], "INACTIVE");
    assert_eq!(desk.rows(table).await[0]["Status"], "Success");
}

/// An application that the group is assigned to.
async fn app(desk: &Desk, label: &str, group: &str) -> String {
    let app = json!({"name": "bookmark", "label": label, "signOnMode": "BOOKMARK",
        "settings": {"app": {"requestIntegration": false, "url": "https://app.example"}}});
    let app = desk.org("POST", "/api/v1/apps", Some(app)).await;
    let app = app["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/apps/{app}/groups/{group}");
    desk.org("PUT", &path, Some(json!({}))).await;
    app
}

async fn assignment_scope(desk: &mut Desk) {
    let (user, _) = desk.person(json!({})).await;
    let group = desk.group("Scoped").await;
    desk.join(&group, &user).await;
    let app = app(desk, "Scoped", &group).await;
    let path = format!("/api/v1/apps/{app}/users/{user}");
    desk.org("POST", &path, Some(json!({"scope": "USER"})))
        .await;
    assert_eq!(desk.org("GET", &path, None).await["scope"], "USER");
    desk.import("convert_application_assignment_scope_group_or_indi")
        .await;
    let main = "Convert APP Assignment";
    desk.type_in(main, "control:let", "userID", json!(user))
        .await;
    desk.type_in(main, "control:let", "appID", json!(app)).await;
    desk.turn_on().await;
    desk.run(main, json!({})).await;
    assert_eq!(desk.org("GET", &path, None).await["scope"], "GROUP");
}

async fn grace_period(desk: &mut Desk) {
    let (user, login) = desk.person(json!({})).await;
    let group = desk.group("Reviewed").await;
    desk.join(&group, &user).await;
    let other = desk.group("Reviewed users").await;
    let app = app(desk, "Reviewed", &other).await;
    let assigned = json!({"id": user, "scope": "USER"});
    desk.org("POST", &format!("/api/v1/apps/{app}/users"), Some(assigned))
        .await;
    let review = |resource: &str, decision: &str| {
        json!({"principalProfile": {"id": user, "email": login}, "resourceId": resource, "assignmentType": "INDIVIDUAL",
            "reviewerProfile": {"id": "00u1", "email": "boss@aozora.example"}, "decision": decision})
    };
    for (id, resource, decision) in [
        ("r1", &group, "REVOKE"),
        ("r2", &app, "REVOKE"),
        ("r3", &app, "APPROVE"),
    ] {
        let path = format!("/governance/api/v1/reviews/{id}");
        desk.teach("GET", &path, 200, review(resource, decision));
    }
    desk.import("enable_a_grace_period_for_identity_governance_acce")
        .await;
    let row = json!({"Campaign ID": "camp1", "Period in Days": "5", "Campaign Name": "Yearly"});
    desk.fill("Configuration", row).await;
    desk.turn_on().await;
    let event = |review: &str, kind: &str| {
        json!({"eventType": "certification.campaign.item.decide", "published": "2026-04-10T20:00:00.000Z",
            "target": [{"id": review, "type": "REVIEW_ITEM", "alternateId": "x", "displayName": "x"}],
            "debugContext": {"debugData": {"campaignItemResourceType": kind, "campaignTemplateName": "Yearly",
                "campaignTemplateId": "camp1"}}})
    };
    let mut given = vec![event("r1", "GROUP"), event("r2", "APP"), event("r3", "APP")];
    for event in &mut given {
        // The event's own time decides; it is in the log from now on.
        event.as_object_mut().unwrap().remove("published");
    }
    desk.world.okta.emit(given).unwrap();
    let table = "Grace Period Events";
    let rows = desk
        .until("both notes", async |desk| {
            Some(desk.rows(table).await).filter(|rows| rows.len() == 2)
        })
        .await;
    let day = chrono::Utc::now() + chrono::Days::new(5);
    let day = day.with_timezone(&chrono_tz::America::Los_Angeles);
    for row in &rows {
        assert_eq!(
            row["Remove By"],
            day.format("%Y-%m-%d").to_string(),
            "{row:#}"
        );
        assert_eq!(row["User Id"], json!(user));
        assert_eq!(row["Campaign Name"], "Yearly");
    }
    desk.run("2.0 Event Expired List", json!({})).await;
    desk.helper_runs("2.1 Event Process Decision").await;
    assert_eq!(desk.members(&group).await, Vec::<String>::new());
    let (status, _) = desk
        .world
        .org("GET", &format!("/api/v1/apps/{app}/users/{user}"), None)
        .await;
    assert_eq!(status, 404);
    assert_eq!(desk.rows(table).await, Vec::<Json>::new());
}

async fn request_conditions(desk: &mut Desk) {
    let path = "/governance/api/v2/resources/{resourceId}/request-conditions";
    desk.teach("POST", path, 201, json!({"id": "rcn1"}));
    desk.import("oig_access_request_conditions").await;
    desk.turn_on().await;
    let names = desk.flow_names();
    assert_eq!(names.len(), 18);
    for name in &names {
        let before = desk.taught().len();
        let groups = json!([{"id": "00g1"}]);
        let inputs: BTreeMap<String, Json> = desk
            .inputs(name)
            .await
            .into_iter()
            .map(|input| {
                let value = match input.to_lowercase().as_str() {
                    "applicationid" => json!("0oa1"),
                    "sequenceid" => json!("seq1"),
                    _ => groups.clone(),
                };
                (input, value)
            })
            .collect();
        desk.run(name, json!(inputs)).await;
        let (_, path, body) = desk.taught().remove(before);
        assert_eq!(path, "/governance/api/v2/resources/0oa1/request-conditions");
        assert_eq!(body["approvalSequenceId"], "seq1", "{name}: {body:#}");
        assert_eq!(body["priority"], 0);
        let is_for_all = name.contains("Everyone");
        let audience = &body["requesterSettings"];
        assert_eq!(
            audience["type"],
            if is_for_all { "EVERYONE" } else { "GROUPS" },
            "{name}"
        );
        if !is_for_all {
            assert_eq!(audience["groups"], groups, "{name}");
        }
        let scope = &body["accessScopeSettings"];
        let (kind, list) = match name.as_str() {
            name if name.contains("Group Condition") => ("GROUPS", "groups"),
            name if name.contains("Bundle Condition") => {
                ("ENTITLEMENT_BUNDLES", "entitlementBundles")
            }
            _ => ("RESOURCE_DEFAULT", ""),
        };
        assert_eq!(scope["type"], kind, "{name}");
        if !list.is_empty() {
            assert_eq!(scope[list], groups, "{name}");
        }
        let lower = name.to_lowercase();
        let duration = &body["accessDurationSettings"]["type"];
        if lower.contains("permanent") {
            assert!(duration.is_null(), "{name}");
        } else if lower.contains("fixed") {
            assert_eq!(duration, "ADMIN_FIXED_DURATION", "{name}");
        } else {
            assert_eq!(duration, "REQUESTER_SPECIFIED_DURATION", "{name}");
        }
    }
}

async fn campaigns(desk: &mut Desk) {
    desk.teach(
        "POST",
        "/governance/api/v1/campaigns",
        201,
        json!({"id": "icc1"}),
    );
    desk.import("okta_identity_governance_access_certification_camp")
        .await;
    desk.turn_on().await;
    let names = desk.flow_names();
    assert_eq!(names.len(), 37);
    let mut asked = BTreeSet::new();
    for name in &names {
        let inputs: BTreeMap<String, Json> = desk
            .inputs(name)
            .await
            .into_iter()
            .map(|input| {
                let value = json!(format!("id-of-{input}"));
                (input, value)
            })
            .collect();
        let before = desk.taught().len();
        desk.run(name, json!(inputs)).await;
        let (_, _, body) = desk.taught().remove(before);
        let kind = if name.starts_with("User Campaign") || name.starts_with("Group of Users") {
            "USER"
        } else {
            "RESOURCE"
        };
        assert_eq!(body["campaignType"], kind, "{name}: {body:#}");
        let schedule = &body["scheduleSettings"];
        let start = super::time(&schedule["startDate"]);
        assert!(
            (start - chrono::Utc::now()).num_days().abs() <= 1,
            "{name}: {schedule}"
        );
        assert!(schedule["durationInDays"].is_number(), "{name}: {schedule}");
        let recurs = name.contains("Recurring");
        assert_eq!(
            schedule["type"],
            if recurs { "RECURRING" } else { "ONE_OFF" },
            "{name}"
        );
        for part in [
            "resourceSettings",
            "principalScopeSettings",
            "reviewerSettings",
        ] {
            assert!(body[part]["type"].is_string(), "{name}: {part}: {body:#}");
        }
        assert!(
            body["remediationSettings"]["accessRevoked"].is_string(),
            "{name}: {body:#}"
        );
        // Every id that somebody gave arrived.
        let text = body.to_string();
        for given in inputs.values() {
            assert!(
                text.contains(given.as_str().unwrap()),
                "{name}: {given} is not in {body:#}"
            );
        }
        asked.insert(body["name"].to_string());
    }
    assert!(asked.len() > 30, "{asked:#?}");
}

/// What the posture product hands to a remediation flow.
fn issue(user: &str) -> Json {
    json!({"entityIdInService": user, "entityDisplayName": "Rin Mori", "issueTitle": "No second factor",
        "issueShortDescription": "Short", "issueFullDescription": "Full", "issueCategory": "MFA", "issueSeverity": "High",
        "issueDetectedAt": "2026-01-02", "issueSuggestedRemediation": "Enroll", "issueRiskAndImpact": "Takeover",
        "entitySourceProductName": "Okta", "entitySourceProductTenant": "acme"})
}

async fn remediate(desk: &Desk, flow: &str, user: &str) {
    desk.run(flow, issue(user)).await;
    let events = desk.rows("ISPM Events").await;
    assert_eq!(events.len(), 1, "{events:#?}");
    for (column, value) in [
        ("Username", "Rin Mori"),
        ("Title", "No second factor"),
        ("Severity", "High"),
        ("Product", "Okta"),
    ] {
        assert_eq!(events[0][column], value, "{events:#?}");
    }
    desk.run(flow, issue("00unobody")).await;
    assert_eq!(desk.rows("ISPM Events").await.len(), 1);
    let errors = desk.rows("Error Logging").await;
    assert_eq!(errors.len(), 1, "{errors:#?}");
    assert_eq!(errors[0]["Username"], "Rin Mori");
    assert!(
        errors[0]["Error Message"].as_str().unwrap().contains("404"),
        "{errors:#?}"
    );
}

async fn joins_group(desk: &mut Desk) {
    let (user, _) = desk.person(json!({})).await;
    let group = desk.group("Strong factors").await;
    desk.import("okta_add_user_to_a_group_ispm_remediation_flow")
        .await;
    desk.replace("INSERT THE GROUP ID HERE", &group).await;
    desk.turn_on().await;
    remediate(desk, "3.2 Okta", &user).await;
    assert_eq!(desk.members(&group).await, [user]);
}

async fn resets_password(desk: &mut Desk) {
    let (user, _) = desk.person(json!({})).await;
    desk.import("okta_reset_user_password_upon_next_login_ispm_reme")
        .await;
    desk.turn_on().await;
    remediate(desk, "4.1 Okta", &user).await;
    let path = format!("/api/v1/users/{user}/lifecycle/");
    let calls = desk.world.okta.calls();
    let reset = calls
        .iter()
        .filter(|call| call.path_and_query.starts_with(&path) && call.status == 200);
    assert_eq!(reset.count(), 1);
    assert_eq!(desk.user(&user).await["status"], "RECOVERY");
}

async fn suspends_account(desk: &mut Desk) {
    let (user, _) = desk.person(json!({})).await;
    desk.import("suspend_okta_account_ispm_remediation_flow")
        .await;
    desk.turn_on().await;
    remediate(desk, "2.2 Suspend", &user).await;
    assert_eq!(desk.user(&user).await["status"], "SUSPENDED");
    let errors = desk.rows("Error Logging").await;
    let summary = errors[0]["Error Summary"].as_str().unwrap();
    assert!(summary.contains("00unobody"), "{errors:#?}");
}
