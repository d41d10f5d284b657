//! All event cards of the Okta connector, each with something that really happens in the org where a simulated org can do
//! it, and with an event of the right shape where it cannot: it arrives, the flow runs, and every output holds the value
//! that the org's own log says.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use cards::Language;
use flow::{CardKey, CardKind, FieldSpec};
use serde_json::{Value as Json, json};
use server::config::EventHooks;

use crate::cards::typed;
use crate::database::Database;
use crate::world::World;

/// Card, event type, and the outputs of its own between the head and the tail that all cards have.
#[rustfmt::skip]
const CARDS: [(&str, &str, &str); 73] = [
    ("accessCertificationDecisionSubmitted", "certification.campaign.item.decide", "Actor, Review Item"),
    ("accessRequestCreated", "access.request.create", "Admin, Access Request"),
    ("accessRequestResolved", "access.request.resolve", "Admin, Access Request"),
    ("aPITokenCreated", "system.api_token.create", "Admin, Token"),
    ("aPITokenRevoked", "system.api_token.revoke", "Admin, Token"),
    ("applicationActivated", "application.lifecycle.activate", "Admin, Application"),
    ("applicationCreated", "application.lifecycle.create", "Admin, Application"),
    ("applicationDeactivated", "application.lifecycle.deactivate", "Admin, Application"),
    ("applicationDeleted", "application.lifecycle.delete", "Admin, Application"),
    ("applicationUpdated", "application.lifecycle.update", "Admin, Application"),
    ("authenticatorActivated", "security.authenticator.lifecycle.activate", "Admin, Authenticator"),
    ("authenticatorDeactivated", "security.authenticator.lifecycle.deactivate", "Admin, Authenticator"),
    ("deviceActivated", "device.lifecycle.activate", "Actor, Device"),
    ("deviceAddedToUser", "device.user.add", "Actor, Device"),
    ("deviceDeactivated", "device.lifecycle.deactivate", "Actor, Device"),
    ("deviceDeleted", "device.lifecycle.delete", "Actor, Device"),
    ("deviceEnrolled", "device.enrollment.create", "Actor, Device"),
    ("deviceSuspended", "device.lifecycle.suspend", "Actor, Device"),
    ("deviceUnsuspended", "device.lifecycle.unsuspend", "Actor, Device"),
    ("groupCreated", "group.lifecycle.create", "Actor, Group"),
    ("groupDeleted", "group.lifecycle.delete", "Actor, Group"),
    ("groupPrivilegeGranted", "group.privilege.grant", "Actor, Group"),
    ("groupPrivilegeRevoked", "group.privilege.revoke", "Actor, Group"),
    ("groupProfileUpdated", "group.profile.update", "Changed Attributes, Actor, Group"),
    ("groupPushFailed", "application.provision.group_push.mapping.update.or.delete.failed.with.error", "Actor, Okta Application, Group, Group Push Mapping"),
    ("importGroupCreated", "system.import.group.create", "Admin, Application, Group"),
    ("importGroupDeleted", "system.import.group.delete", "Admin, Application, Group"),
    ("importProcessCompleted", "system.import.complete", "Actor, Application"),
    ("importRoadblock", "system.import.roadblock", "Actor, Application"),
    ("importStarted", "system.import.start", "Actor, Application"),
    ("oAuth2AppConsentGranted", "app.oauth2.as.consent.grant", "Actor, Target"),
    ("oktaUserPasswordUpdated", "user.account.update_password", "Actor, Okta User"),
    ("oktaUserProfileUpdated", "user.account.update_profile", "Legacy Event Type, Severity, Result, Changed Attributes, Actor, Okta User, Client, Transaction, Authentication Context, Security Context"),
    ("orgRateLimitViolation", "system.org.rate_limit.violation", "Actor, Endpoint"),
    ("orgRateLimitWarning", "system.org.rate_limit.warning", "Actor, Endpoint"),
    ("phoneVerificationCallSent", "system.voice.send_phone_verification_call", "Actor, Okta User, Phone"),
    ("phoneVerificationSMSSent", "system.sms.send_phone_verification_message", "Actor, Okta User, Phone"),
    ("policyActivated", "policy.lifecycle.activate", "Admin, Policy"),
    ("policyDeactivated", "policy.lifecycle.deactivate", "Admin, Policy"),
    ("policyRuleActivated", "policy.rule.activate", "Admin, Policy, Policy Rule"),
    ("policyRuleAdded", "policy.rule.add", "Admin, Policy, Policy Rule"),
    ("policyRuleDeactivated", "policy.rule.deactivate", "Admin, Policy, Policy Rule"),
    ("policyRuleDeleted", "policy.rule.delete", "Admin, Policy, Policy Rule"),
    ("policyRuleUpdated", "policy.rule.update", "Admin, Policy, Policy Rule"),
    ("policyUpdated", "policy.lifecycle.update", "Admin, Policy"),
    ("syncUserInExternalApplication", "application.provision.user.sync", "Admin, Okta User, Application User, Application"),
    ("userAccountLocked", "user.account.lock", "Admin, Okta User"),
    ("userAccountUnlocked", "user.account.unlock", "Admin, Okta User"),
    ("userActivated", "user.lifecycle.activate", "Admin, Okta User"),
    ("userAddedToApplicationMembership", "application.user_membership.add", "Admin, Okta User, Application User, Application"),
    ("userAddedToGroupMembership", "group.user_membership.add", "Admin, Okta User, Group"),
    ("userAppPasswordChanged", "application.user_membership.change_password", "Admin, Okta User, Application User, Application"),
    ("userCreated", "user.lifecycle.create", "Admin, Okta User"),
    ("userDeactivated", "user.lifecycle.deactivate", "Admin, Okta User"),
    ("userDeleted", "user.lifecycle.delete.initiated", "Admin, Okta User"),
    ("userMFA", "user.authentication.auth_via_mfa", "Admin, Okta User"),
    ("userMFAFactorActivated", "user.mfa.factor.activate", "Admin, Okta User, Reason"),
    ("userMFAFactorDeactivated", "user.mfa.factor.deactivate", "Admin, Okta User, Reason"),
    ("userMFAFactorResetAll", "user.mfa.factor.reset_all", "Admin, Okta User"),
    ("userMFAFactorSuspended", "user.mfa.factor.suspend", "Admin, Okta User, Reason"),
    ("userMFAFactorUnsuspended", "user.mfa.factor.unsuspend", "Admin, Okta User, Reason"),
    ("userOktaPasswordResetByAnAdmin", "user.account.reset_password", "Admin, Okta User"),
    ("userPasswordImported", "user.import.password", "Admin, Okta User"),
    ("userPrivilegeGranted", "user.account.privilege.grant", "Actor, User"),
    ("userPrivilegeRevoked", "user.account.privilege.revoke", "Actor, User"),
    ("userReactivated", "user.lifecycle.reactivate", "Admin, Okta User"),
    ("userRemovedFromApplicationMembership", "application.user_membership.remove", "Admin, Okta User, Application User, Application"),
    ("userRemovedFromGroupMembership", "group.user_membership.remove", "Admin, Okta User, Group"),
    ("userReportedSuspiciousActivityBeta", "user.account.report_suspicious_activity_by_enduser", "Name, Email, User ID, Suspicious Activity Details"),
    ("userSignedInAttempt", "user.session.start", "Actor"),
    ("userSignedOut", "user.session.end", "Actor"),
    ("userSuspended", "user.lifecycle.suspend", "Admin, Okta User"),
    ("userUnsuspended", "user.lifecycle.unsuspend", "Admin, Okta User"),
];

/// Outputs that every card has but one.
const AROUND: [&str; 11] = [
    "Date and Time",
    "Message",
    "Event ID",
    "Event Type",
    "Event Time",
    "Version",
    "UUID",
    "Event Details",
    "Headers",
    "Source",
    "Debug Context",
];

/// The card whose event is a report, with less around it.
const REPORT: &str = "userReportedSuspiciousActivityBeta";

/// The types of the targets that fill an output; none where the first target counts, whatever its type.
fn target_types(output: &str) -> Option<&'static [&'static str]> {
    Some(match output {
        "Application" | "Okta Application" => &["AppInstance"],
        "Application User" => &["AppUser"],
        "Device" => &["Device", "UDDevice"],
        "Group" => &["UserGroup"],
        "Okta User" | "User" => &["User"],
        "Policy" => &["PolicyEntity"],
        "Policy Rule" => &["PolicyRule"],
        "Token" => &["Token"],
        "Authenticator" => &["Authenticator"],
        "Review Item" | "Access Request" | "Target" | "Endpoint" | "Phone"
        | "Group Push Mapping" => &[],
        _ => return None,
    })
}

/// The target that fills an output: by its type, else what no other output takes, else the first.
fn target<'a>(event: &'a Json, output: &str, own: &str) -> &'a Json {
    let targets = event["target"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let is = |target: &Json, types: &[&str]| {
        types.contains(&target["type"].as_str().unwrap_or_default())
    };
    let types = target_types(output).unwrap();
    let found = match output {
        "Phone" | "Group Push Mapping" => targets.iter().find(|target| {
            !own.split(", ")
                .any(|other| is(target, target_types(other).unwrap_or_default()))
        }),
        "Token" | "Authenticator" => targets
            .iter()
            .find(|target| is(target, types))
            .or(targets.first()),
        _ if types.is_empty() => targets.first(),
        _ => targets.iter().find(|target| is(target, types)),
    };
    found.unwrap_or(&Json::Null)
}

fn entity(party: &Json, output: &str) -> Json {
    if party.is_null() {
        return Json::Null;
    }
    let mut entity = json!({"ID": party["id"], "Type": party["type"]});
    if output != "Endpoint" {
        entity["Display Name"] = party["displayName"].clone();
    }
    if !matches!(output, "Endpoint" | "Target") {
        entity["Alternate ID"] = party["alternateId"].clone();
    }
    match output {
        "Device" => entity["Detail"] = party["detailEntry"].clone(),
        "Target" => entity["Detail Entry"] = party["detailEntry"].clone(),
        "Policy" => entity["Policy Type"] = party["detailEntry"]["policyType"].clone(),
        _ => {}
    }
    entity
}

/// What an output should hold for an event of the log.
fn expected(event: &Json, output: &str, own: &str) -> Json {
    match output {
        "Date and Time" => event["published"].clone(),
        "Message" => event["displayMessage"].clone(),
        "Event Type" => event["eventType"].clone(),
        "Version" => event["version"].clone(),
        "UUID" => event["uuid"].clone(),
        "Debug Context" => json!({"Debug Data": event["debugContext"]["debugData"]}),
        "Actor" | "Admin" => entity(&event["actor"], output),
        "Name" => event["actor"]["displayName"].clone(),
        "Email" => event["actor"]["alternateId"].clone(),
        "User ID" => event["actor"]["id"].clone(),
        "Suspicious Activity Details" => json!(event["debugContext"]["debugData"].to_string()),
        "Changed Attributes" => event["debugContext"]["debugData"]["changedAttributes"].clone(),
        "Reason" => event["outcome"]["reason"].clone(),
        "Result" => event["outcome"]["result"].clone(),
        "Legacy Event Type" => event["legacyEventType"].clone(),
        "Severity" => event["severity"].clone(),
        "Client" => event["client"].clone(),
        "Transaction" => event["transaction"].clone(),
        "Authentication Context" => event["authenticationContext"].clone(),
        "Security Context" => event["securityContext"].clone(),
        _ => entity(target(event, output, own), output),
    }
}

/// The road that events come by.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Road {
    Hook,
    Log,
}

/// An event as the road brings it: a hook has the addresses in `client`, and two keys more.
fn as_brought(event: &Json, road: Road) -> Json {
    let mut event = event.clone();
    if road == Road::Hook {
        let chain = event["request"]["ipChain"].take();
        if event["client"].get("ipChain").is_none() {
            event["client"]["ipChain"] = chain;
        }
        event.as_object_mut().unwrap().remove("request");
        event["insertionTimestamp"] = Json::Null;
    }
    event
}

/// An event of a type that nobody can make happen in a simulated org, with everything that its card shows.
fn sample(event_type: &str, own: &str) -> Json {
    let party = |kind: &str, of: &str| {
        json!({"id": format!("id of {of}"), "type": kind, "alternateId": format!("{of}@example.com"),
            "displayName": format!("The {of}"), "detailEntry": {"policyType": "Okta:SignOn", "of": of}})
    };
    let mut targets: Vec<Json> = own
        .rsplit(", ")
        .filter_map(|output| Some((output, target_types(output)?)))
        .map(|(output, types)| party(types.last().copied().unwrap_or(output), output))
        .collect();
    // Whatever else a target may be, it comes last.
    targets.push(party("PublicClientApp", "decoy"));
    json!({
        "eventType": event_type, "displayMessage": format!("Message of {event_type}"),
        "legacyEventType": format!("legacy.{event_type}"), "severity": "WARN",
        "outcome": {"result": "SKIPPED", "reason": "Because"},
        "actor": party("User", "actor"), "target": targets,
        "debugContext": {"debugData": {"changedAttributes": "city,department", "requestUri": "/sample"}},
        "client": {"device": "Computer", "ipAddress": "203.0.113.7", "ipChain": []},
        "request": {"ipChain": []},
        "transaction": {"type": "JOB", "id": "t1", "detail": {"jobId": "j1"}},
        "authenticationContext": {"authenticationStep": 2, "externalSessionId": "s1"},
        "securityContext": {"isProxy": true, "asNumber": 64496},
    })
}

/// A step with every output that the card has.
fn start(key: &CardKey, connection: &str) -> Json {
    let spec = cards::catalogue(Language::En).card(key).unwrap();
    let mut step = spec.step("start".into());
    step.connection = Some(connection.into());
    step.outputs = spec.outputs.iter().map(FieldSpec::output).collect();
    serde_json::to_value(step).unwrap()
}

/// Turns a flow on for every card; returns flow ids by card.
async fn turn_all_on(world: &World, connection: &str) -> BTreeMap<&'static str, String> {
    let mut flows = BTreeMap::new();
    for (card, _, _) in CARDS {
        let start = start(&CardKey::new("okta", card), connection);
        flows.insert(card, world.flow(card, json!([start]), json!({})).await);
    }
    flows
}

/// Someone who does things in the org with its API.
struct Doer<'a>(&'a World);

impl Doer<'_> {
    async fn act(&self, method: &str, path: &str, body: Option<Json>) -> Json {
        let (status, answer) = self.0.org(method, path, body).await;
        assert!(
            (200..300).contains(&status),
            "{method} {path}: {status} {answer}"
        );
        answer
    }

    async fn make(&self, path: &str, body: Json) -> String {
        let made = self.act("POST", path, Some(body)).await;
        made["id"].as_str().unwrap().to_owned()
    }

    async fn users(&self) -> String {
        let profile = |login: &str| json!({"firstName": "Ada", "lastName": "Sato", "email": login, "login": login});
        let user = self
            .make(
                "/api/v1/users",
                json!({"profile": profile("ada.sato@events.example"),
                "credentials": {"password": {"value": "Str0ng-enough"}}}),
            )
            .await;
        let of = format!("/api/v1/users/{user}");
        self.act("POST", &of, Some(json!({"profile": {"city": "Osaka"}})))
            .await;
        self.act(
            "POST",
            &of,
            Some(json!({"credentials": {"password": {"value": "An0ther-Enough"}}})),
        )
        .await;
        for step in [
            "suspend",
            "unsuspend",
            "reset_factors",
            "reset_password?sendEmail=false",
        ] {
            self.act("POST", &format!("{of}/lifecycle/{step}"), None)
                .await;
        }
        let other = self
            .make(
                "/api/v1/users?activate=false",
                json!({"profile": profile("o@events.example")}),
            )
            .await;
        let of = format!("/api/v1/users/{other}");
        for step in [
            "activate?sendEmail=false",
            "reactivate?sendEmail=false",
            "deactivate",
        ] {
            self.act("POST", &format!("{of}/lifecycle/{step}"), None)
                .await;
        }
        self.act("DELETE", &of, None).await;
        user
    }

    async fn groups(&self, user: &str) {
        let group = self
            .make("/api/v1/groups", json!({"profile": {"name": "Events"}}))
            .await;
        let of = format!("/api/v1/groups/{group}");
        self.act("PUT", &of, Some(json!({"profile": {"name": "Events 2"}})))
            .await;
        self.act("PUT", &format!("{of}/users/{user}"), None).await;
        self.act("DELETE", &format!("{of}/users/{user}"), None)
            .await;
        let rule = |name: &str| {
            json!({"type": "group_rule", "name": name,
            "conditions": {"expression": {"type": "urn:okta:expression:1.0", "value": "user.city==\"Nowhere\""}},
            "actions": {"assignUserToGroups": {"groupIds": [group]}}})
        };
        let id = self.make("/api/v1/groups/rules", rule("Rule")).await;
        let at = format!("/api/v1/groups/rules/{id}");
        self.act("PUT", &at, Some(rule("Rule 2"))).await;
        self.act("POST", &format!("{at}/lifecycle/activate"), None)
            .await;
        self.act("POST", &format!("{at}/lifecycle/deactivate"), None)
            .await;
        self.act("DELETE", &at, None).await;
        self.act("DELETE", &of, None).await;
    }

    async fn applications(&self, user: &str) {
        let body = json!({"label": "Events", "name": "bookmark", "signOnMode": "AUTO_LOGIN",
            "settings": {"app": {"url": "https://events.example"}}});
        let app = self.make("/api/v1/apps", body.clone()).await;
        let of = format!("/api/v1/apps/{app}");
        self.act("PUT", &of, Some(body)).await;
        self.act(
            "POST",
            &format!("{of}/users"),
            Some(json!({"id": user, "scope": "USER"})),
        )
        .await;
        let password = json!({"credentials": {"password": {"value": "x"}}});
        self.act("POST", &format!("{of}/users/{user}"), Some(password))
            .await;
        self.act("DELETE", &format!("{of}/users/{user}"), None)
            .await;
        self.act("POST", &format!("{of}/lifecycle/deactivate"), None)
            .await;
        self.act("DELETE", &of, None).await;
    }
}

/// The events that happened in the org after the flows were on, as its log has them.
async fn log(world: &World, since: &str) -> Vec<Json> {
    let since: String = url::form_urlencoded::byte_serialize(since.as_bytes()).collect();
    let until = (chrono::Utc::now() + chrono::Duration::hours(1)).to_rfc3339();
    let until: String = url::form_urlencoded::byte_serialize(until.as_bytes()).collect();
    world
        .org_list(&format!(
            "/api/v1/logs?since={since}&until={until}&limit=1000"
        ))
        .await
}

/// The runs of a flow, as soon as there are so many.
async fn runs(world: &World, flow: &str, count: usize) -> Vec<Json> {
    let begun = Instant::now();
    loop {
        let rows = world.runs(flow).await;
        if rows.len() >= count {
            let mut runs = Vec::new();
            for row in rows {
                runs.push(world.ended(row["id"].as_str().unwrap()).await);
            }
            return runs;
        }
        assert!(
            begun.elapsed() < Duration::from_secs(30),
            "{} of {count} runs of {flow}",
            rows.len()
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

fn is_iso(value: &Json) -> bool {
    value
        .as_str()
        .is_some_and(|text| chrono::DateTime::parse_from_rfc3339(text).is_ok())
}

/// Compares every output of a run with the event that started it.
fn compare(card: &str, own: &str, run: &Json, event: &Json, road: Road, wrong: &mut Vec<String>) {
    let shown = run["steps"][0]["outputs"].as_array().unwrap();
    let value = |key: &str| {
        shown
            .iter()
            .find(|output| output["field"]["group"] == "Output" && output["field"]["key"] == key)
            .map(|output| &output["value"])
    };
    let brought = as_brought(event, road);
    let around = AROUND.iter().filter(|output| {
        card != REPORT
            || [
                "Date and Time",
                "Event Details",
                "Headers",
                "Source",
                "Debug Context",
            ]
            .contains(output)
    });
    for output in around.copied().chain(own.split(", ")) {
        let Some(found) = value(output) else {
            wrong.push(format!("{card}: there is no output {output}"));
            continue;
        };
        let is_right = match (output, road) {
            ("Event ID", Road::Log) => *found == event["uuid"],
            ("Event ID", Road::Hook) => {
                found.as_str().is_some_and(|id| id.len() == 36) && *found != event["uuid"]
            }
            ("Event Time", Road::Log) => *found == event["published"],
            ("Event Time", Road::Hook) => is_iso(found),
            ("Headers", Road::Log) => *found == json!({}),
            ("Headers", Road::Hook) => found["content-type"] == "application/json",
            ("Source", Road::Log) => found.is_null(),
            ("Source", Road::Hook) => found
                .as_str()
                .is_some_and(|text| text.contains("/api/v1/eventHooks/who")),
            ("Event Details", _) => *found == brought,
            _ => *found == expected(&brought, output, own),
        };
        if !is_right {
            wrong.push(format!(
                "{card} › {output} by {road:?}: {found}\n    of {brought}"
            ));
        }
    }
    let id = shown
        .iter()
        .find(|output| output["field"]["key"] == "execution_id")
        .map(|output| &output["value"]);
    if id != Some(&run["row"]["id"]) {
        wrong.push(format!("{card}: the execution id is {id:?}"));
    }
}

/// Something happens for every card; the rest is reported by the org. Every run is compared with the log.
async fn every_card(road: Road) {
    let begun = Instant::now();
    let mut world = World::with(Database::File, |options| match road {
        Road::Hook => options.poll_ms = 3_600_000,
        Road::Log => options.event_hooks = EventHooks::Off,
    })
    .await;
    let connection = world.connect().await;
    let since = chrono::Utc::now().to_rfc3339();
    let flows = turn_all_on(&world, &connection).await;
    if road == Road::Hook {
        until_all_are_delivered(&world).await;
    }
    let set_up = begun.elapsed();
    let before: BTreeSet<String> = uuids(&log(&world, &since).await);
    let doer = Doer(&world);
    let user = doer.users().await;
    doer.groups(&user).await;
    doer.applications(&user).await;
    let happened: BTreeSet<String> = log(&world, &since)
        .await
        .iter()
        .filter(|event| !before.contains(event["uuid"].as_str().unwrap()))
        .map(|event| event["eventType"].as_str().unwrap().to_owned())
        .collect();
    let rest = CARDS
        .iter()
        .filter(|(_, event_type, _)| !happened.contains(*event_type));
    let rest: Vec<Json> = rest
        .map(|(_, event_type, own)| sample(event_type, own))
        .collect();
    println!(
        "{road:?}: {} of 73 events really happened, {} were reported",
        73 - rest.len(),
        rest.len()
    );
    assert!(rest.len() <= 45, "{} events did not happen", rest.len());
    world.okta.emit(rest).unwrap();
    let events = log(&world, &since).await;
    let mut wrong = Vec::new();
    for (card, event_type, own) in CARDS {
        let of_type: BTreeMap<&str, &Json> = events
            .iter()
            .filter(|event| {
                event["eventType"] == event_type
                    && !before.contains(event["uuid"].as_str().unwrap())
            })
            .map(|event| (event["uuid"].as_str().unwrap(), event))
            .collect();
        assert!(!of_type.is_empty(), "nothing happened for {card}");
        let runs = runs(&world, &flows[card], of_type.len()).await;
        if runs.len() != of_type.len() {
            wrong.push(format!(
                "{card}: {} events, {} runs",
                of_type.len(),
                runs.len()
            ));
        }
        for run in runs {
            let details = run["steps"][0]["outputs"].as_array().unwrap();
            let details = details
                .iter()
                .find(|output| output["field"]["key"] == "Event Details")
                .unwrap();
            match details["value"]["uuid"]
                .as_str()
                .and_then(|uuid| of_type.get(uuid))
            {
                Some(event) if run["row"]["status"] == "succeeded" => {
                    compare(card, own, &run, event, road, &mut wrong)
                }
                _ => wrong.push(format!("{card}: {run}")),
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    println!(
        "{road:?}: all flows on after {set_up:?}, all events handled after {:?}",
        begun.elapsed()
    );
}

fn uuids(events: &[Json]) -> BTreeSet<String> {
    events
        .iter()
        .map(|event| event["uuid"].as_str().unwrap().to_owned())
        .collect()
}

async fn until_all_are_delivered(world: &World) {
    let begun = Instant::now();
    loop {
        let hooks = world.org_list("/api/v1/eventHooks").await;
        let is_all = hooks.first().is_some_and(|hook| {
            hook["verificationStatus"] == "VERIFIED"
                && hook["events"]["items"].as_array().unwrap().len() == 73
        });
        if is_all {
            return;
        }
        assert!(begun.elapsed() < Duration::from_secs(30), "{hooks:#?}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_event_card_starts_on_what_a_hook_delivers() {
    every_card(Road::Hook).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_event_card_starts_on_what_the_log_says() {
    every_card(Road::Log).await;
}

#[test]
fn the_catalogue_has_the_event_cards_of_the_connector() {
    let all = cards::catalogue(Language::En)
        .cards()
        .filter(|card| card.kind == CardKind::Event);
    let mut unknown: BTreeSet<String> = all
        .filter(|card| card.connector.as_deref() == Some("okta"))
        .map(|card| card.key.to_string())
        .collect();
    for (card, event_type, own) in CARDS {
        let key = CardKey::new("okta", card);
        assert!(unknown.remove(&key.to_string()), "there is no card {card}");
        assert_eq!(cards::event_types(&key), [event_type], "{card}");
        let names = output_names(&key);
        for output in own.split(", ") {
            assert!(
                names.iter().any(|name| name == output),
                "{card} has no output {output}"
            );
        }
    }
    assert_eq!(unknown, BTreeSet::new());
}

/// The outputs that the connector has, in order.
fn output_names(key: &CardKey) -> Vec<String> {
    let spec = cards::catalogue(Language::En).card(key).unwrap();
    spec.outputs
        .iter()
        .filter(|output| {
            output.key.group.as_deref() == Some("Output") && output.key.key != "Full Details"
        })
        .map(|output| output.key.key.clone())
        .collect()
}

/// Compares with a description of the connector that does not belong to the project.
#[test]
fn the_event_cards_are_as_the_connector_describes_them() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../shared/reference/okta-connector.json");
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) => {
            println!(
                "NOT RUN: the description of the connector is not here ({}: {error})",
                path.display()
            );
            return;
        }
    };
    let connector: Json = serde_json::from_str(&text).unwrap();
    let mut wrong = Vec::new();
    let events = connector["events"].as_array().unwrap();
    assert_eq!(events.len(), 73);
    for event in events {
        let key = CardKey::new("okta", event["id"].as_str().unwrap());
        let Some(card) = cards::catalogue(Language::En).card(&key) else {
            wrong.push(format!("{key} is missing"));
            continue;
        };
        let japanese = cards::catalogue(Language::Ja).card(&key).unwrap();
        let outputs: Vec<&str> = event["outputs"]
            .as_array()
            .unwrap()
            .iter()
            .map(|output| output["name"].as_str().unwrap())
            .filter(|name| *name != "Context")
            .collect();
        let pairs = [
            (json!(card.name), event["name_en"].clone()),
            (json!(japanese.name), event["name_ja"].clone()),
            (json!(japanese.help), event["description_ja"].clone()),
            (
                json!(cards::event_types(&key)),
                event["system_log_event_types"].clone(),
            ),
            (json!(output_names(&key)), json!(outputs)),
        ];
        for (ours, theirs) in pairs {
            if ours != theirs {
                wrong.push(format!("{key}: {ours}\n    is to be {theirs}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Four cards can be narrowed to one application; the others of the org do not start them.
#[tokio::test(flavor = "multi_thread")]
async fn application_events_can_be_narrowed_to_one_instance() {
    let mut world = World::start().await;
    let connection = world.connect().await;
    let doer = Doer(&world);
    let mut apps = Vec::new();
    for label in ["One", "Other"] {
        let body = json!({"label": label, "name": "bookmark", "signOnMode": "AUTO_LOGIN",
            "settings": {"app": {"url": "https://events.example"}}});
        apps.push(doer.make("/api/v1/apps", body).await);
    }
    let key = CardKey::new("okta", "userAddedToApplicationMembership");
    let options = [
        vec![],
        vec![("useId", json!("No")), ("instance", json!(apps[0]))],
        vec![("useId", json!("Yes")), ("appId", json!(apps[0]))],
        vec![("useId", json!("Yes")), ("appId", json!("0oanobody"))],
    ];
    let mut flows = Vec::new();
    for options in options {
        let mut start = start(&key, &connection);
        let inputs: Vec<Json> = options
            .into_iter()
            .map(|(key, value)| typed(Some("parameters"), key, "text", value))
            .collect();
        start["inputs"] = json!(inputs);
        flows.push(world.flow("Narrow", json!([start]), json!({})).await);
    }
    let user = world
        .org(
            "GET",
            &format!("/api/v1/users/{}", world.okta.admin_login()),
            None,
        )
        .await
        .1;
    let user = user["id"].as_str().unwrap();
    for app in [&apps[1], &apps[0]] {
        let body = json!({"id": user, "scope": "USER"});
        doer.act("POST", &format!("/api/v1/apps/{app}/users"), Some(body))
            .await;
    }
    let app_of = |run: &Json| {
        let outputs = run["steps"][0]["outputs"].as_array().unwrap();
        let app = outputs.iter().find(|output| {
            output["field"]["group"] == "Output" && output["field"]["key"] == "Application"
        });
        app.unwrap()["value"]["ID"].as_str().unwrap().to_owned()
    };
    let all: BTreeSet<String> = runs(&world, &flows[0], 2)
        .await
        .iter()
        .map(app_of)
        .collect();
    assert_eq!(all, apps.iter().cloned().collect());
    for flow in &flows[1..3] {
        let runs = runs(&world, flow, 1).await;
        assert_eq!(
            runs.iter().map(app_of).collect::<Vec<_>>(),
            [apps[0].clone()]
        );
    }
    // An event starts all its flows in one transaction, so whoever has not begun never does.
    assert_eq!(world.runs(&flows[3]).await, Vec::<Json>::new());
}
