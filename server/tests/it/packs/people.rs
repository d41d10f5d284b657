//! Packs about people and their groups: told by an event, by the clock or by hand.

use std::collections::BTreeSet;

use chrono::{DateTime, Days, NaiveTime, Utc};
use futures::FutureExt as _;
use serde_json::{Value as Json, json};

use super::desk::{Desk, output};
use super::{Trial, time};

pub(super) static TRIALS: &[Trial] = &[
    Trial {
        pack: "suspend_inactive_users",
        how: "The scheduled flow by hand",
        effect: "who did not sign in for 180 days is suspended, everybody else is active",
        changes: 0,
        run: |desk| suspends(desk).boxed_local(),
    },
    Trial {
        pack: "identify_inactive_okta_users",
        how: "The scheduled flow by hand",
        effect: "the table has a row for each active person whose last sign-in is older than 30 days, and for nobody else",
        changes: 0,
        run: |desk| identify_inactive(desk).boxed_local(),
    },
    Trial {
        pack: "get_started_with_okta_workflows",
        how: "Each flow by hand",
        effect: "a composed greeting; the groups of a person as one text; a row for each inactive person",
        changes: 1,
        run: |desk| get_started(desk).boxed_local(),
    },
    Trial {
        pack: "assign_temporary_group_memberships",
        how: "Somebody joins a group of the org, then the scheduled flow by hand",
        effect: "the membership is noted in the table; when its time is over, the person has left the group and the row is gone",
        changes: 1,
        run: |desk| temporary_members(desk).boxed_local(),
    },
    Trial {
        pack: "remove_user_from_all_non_built_in_okta_groups",
        how: "By hand",
        effect: "the person is in built-in groups only",
        changes: 1,
        run: |desk| leaves_groups(desk).boxed_local(),
    },
    Trial {
        pack: "retrieve_a_user_groups_using_streaming",
        how: "By hand",
        effect: "the helper ran once for each group of the person and composed its id and name",
        changes: 1,
        run: |desk| streams_groups(desk).boxed_local(),
    },
    Trial {
        pack: "audit_okta_admin_roles_and_last_login_to_admin_con",
        how: "The scheduled flow by hand; an application stands for the Admin Console",
        effect: "the table has role and last visit of each administrator; who never came is marked",
        changes: 1,
        run: |desk| audits_admins(desk).boxed_local(),
    },
    Trial {
        pack: "bulk_convert_users_to_lite_users",
        how: "Somebody is created in the org; the group's flow by hand. The org was taught the classification API",
        effect: "the new person of a listed domain and all members of the group became lite users, others not",
        changes: 2,
        run: |desk| lite_users(desk).boxed_local(),
    },
    Trial {
        pack: "scheduled_deactivation_of_suspended_okta_users_aft",
        how: "The scheduled flow by hand, its guard removed as the readme says",
        effect: "who is suspended for 30 days is deactivated; all others are not",
        changes: 1,
        run: |desk| deactivates_suspended(desk).boxed_local(),
    },
    Trial {
        pack: "scheduled_deletion_of_deactivated_okta_users_after",
        how: "The scheduled flow by hand, its guard removed as the readme says",
        effect: "who is deactivated for 30 days is deleted; all others are not",
        changes: 1,
        run: |desk| deletes_deactivated(desk).boxed_local(),
    },
    Trial {
        pack: "special_character_validation_and_substitution",
        how: "Two people are created in the org",
        effect: "the name without its special characters is in the profile of one, the unchanged name in that of the other",
        changes: 0,
        run: |desk| special_characters(desk).boxed_local(),
    },
    Trial {
        pack: "temporarily_exempt_users_from_mfa",
        how: "Somebody joins the group, then the scheduled flow by hand",
        effect: "the exemption is noted; one that is a day old is over: out of the group and marked in the table",
        changes: 3,
        run: |desk| mfa_exemption(desk).boxed_local(),
    },
    Trial {
        pack: "manage_group_members_using_profile_attributes",
        how: "The main flow by hand",
        effect: "the person is in the groups that their title asks for, no more in the one of another title, and still in one without rule",
        changes: 3,
        run: |desk| groups_by_title(desk).boxed_local(),
    },
    Trial {
        pack: "get_membership_and_application_counts_for_an_okta_",
        how: "By hand",
        effect: "the counts of the group Everyone are those of the org",
        changes: 0,
        run: |desk| counts(desk).boxed_local(),
    },
    Trial {
        pack: "intro_custom_api_actions",
        how: "The scheduled flow by hand, which starts the other one by its event. The org was taught the roles API",
        effect: "the new person in a support role got the help desk administrator role",
        changes: 0,
        run: |desk| help_desk_role(desk).boxed_local(),
    },
];

async fn users(desk: &Desk, status: &str) -> Vec<Json> {
    let path = format!("/api/v1/users?limit=200&filter=status%20eq%20%22{status}%22");
    desk.world.org_list(&path).await
}

fn ids<'a>(users: impl IntoIterator<Item = &'a Json>) -> BTreeSet<String> {
    let id = |user: &Json| user["id"].as_str().unwrap().to_owned();
    users.into_iter().map(id).collect()
}

fn seen_before(user: &Json, days: u64) -> bool {
    let limit = Utc::now() - Days::new(days);
    user["lastLogin"].is_string() && time(&user["lastLogin"]) < limit
}

async fn identify_inactive(desk: &mut Desk) {
    desk.import("identify_inactive_okta_users").await;
    desk.turn_on().await;
    desk.run("[scheduled]", json!({})).await;
    has_inactive(desk, 30).await;
}

async fn has_inactive(desk: &Desk, days: u64) {
    let people = users(desk, "ACTIVE").await;
    let idle = ids(people.iter().filter(|user| seen_before(user, days)));
    assert!(idle.len() > 5 && idle.len() < people.len());
    let rows = desk.rows("Inactive Users").await;
    let noted: BTreeSet<String> = rows
        .iter()
        .map(|row| row["userId"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(noted, idle);
    assert_eq!(rows.len(), idle.len());
    for row in &rows {
        let ago = (Utc::now() - time(&row["lastLogin"])).num_hours() as f64 / 24.0;
        let days = row["lastLoginDays"].as_f64().unwrap();
        assert!((days - ago).abs() <= 1.0, "{row}");
    }
}

async fn get_started(desk: &mut Desk) {
    let (user, _) = desk.person(json!({})).await;
    for name in ["Explorers", "Makers"] {
        let group = desk.group(name).await;
        desk.join(&group, &user).await;
    }
    desk.import("get_started_with_okta_workflows").await;
    desk.type_in("2. Get User Groups", "control:let", "userID", json!(user))
        .await;
    desk.turn_on().await;
    let run = desk.run("1. Hello World", json!({})).await;
    assert_eq!(output(&run, "control:let", "output"), "Hello Workflows!");
    let run = desk.run("2. Get User Groups", json!({})).await;
    let text = output(&run, "string:compose", "output");
    let (_, groups) = text.as_str().unwrap().split_once(": ").unwrap();
    let groups: BTreeSet<&str> = groups.split(',').collect();
    assert_eq!(groups, BTreeSet::from(["Everyone", "Explorers", "Makers"]));
    desk.run("3. Identify inactive Okta users", json!({})).await;
    has_inactive(desk, 30).await;
}

async fn temporary_members(desk: &mut Desk) {
    let group = desk.group("Auditors for a week").await;
    let (user, _) = desk.person(json!({})).await;
    desk.import("assign_temporary_group_memberships").await;
    let row = json!({"Group Name": "Auditors for a week", "Duration": 0});
    desk.fill("Temporary Groups", row).await;
    desk.turn_on().await;
    desk.join(&group, &user).await;
    desk.event_run("Determine if user added").await;
    let rows = desk.rows("Users Added to Temporary Groups").await;
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert_eq!(rows[0]["User ID"], json!(user));
    assert_eq!(rows[0]["Group ID"], json!(group));
    // The flow compares whole seconds.
    tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
    desk.run("Scan users for removal", json!({})).await;
    assert_eq!(desk.members(&group).await, Vec::<String>::new());
    assert_eq!(
        desk.rows("Users Added to Temporary Groups").await,
        Vec::<Json>::new()
    );
}

async fn leaves_groups(desk: &mut Desk) {
    let (user, _) = desk.person(json!({})).await;
    for name in ["Left one", "Left two"] {
        let group = desk.group(name).await;
        desk.join(&group, &user).await;
    }
    desk.import("remove_user_from_all_non_built_in_okta_groups")
        .await;
    desk.type_in(
        "Remove User from all Groups",
        "control:let",
        "userId",
        json!(user),
    )
    .await;
    desk.turn_on().await;
    desk.run("Remove User from all Groups", json!({})).await;
    let left = groups_of(desk, &user).await;
    assert_eq!(left, BTreeSet::from(["Everyone".to_owned()]));
}

async fn groups_of(desk: &Desk, user: &str) -> BTreeSet<String> {
    let path = format!("/api/v1/users/{user}/groups");
    let groups = desk.world.org_list(&path).await;
    let name = |group: &Json| group["profile"]["name"].as_str().unwrap().to_owned();
    groups.iter().map(name).collect()
}

async fn streams_groups(desk: &mut Desk) {
    let (user, _) = desk.person(json!({})).await;
    let group = desk.group("Streamed").await;
    desk.join(&group, &user).await;
    desk.import("retrieve_a_user_groups_using_streaming").await;
    desk.type_in("PARENT", "control:let", "userID", json!(user))
        .await;
    desk.turn_on().await;
    desk.run("PARENT", json!({})).await;
    let runs = desk.helper_runs("HELPER").await;
    let texts: BTreeSet<String> = runs
        .iter()
        .map(|run| {
            output(run, "string:compose", "output")
                .as_str()
                .unwrap()
                .to_owned()
        })
        .collect();
    assert_eq!(runs.len(), 2);
    let text = format!("Group Info\nID: {group}\nName: Streamed");
    assert!(texts.contains(&text), "{texts:?}");
    assert!(texts.iter().any(|text| text.ends_with("Name: Everyone")));
}

async fn audits_admins(desk: &mut Desk) {
    let admin = desk.world.okta.admin_login().to_owned();
    let admin_id = desk.user(&admin).await["id"].as_str().unwrap().to_owned();
    let (other, other_login) = desk.person(json!({})).await;
    let app = json!({"name": "bookmark", "label": "Okta Admin Console", "signOnMode": "BOOKMARK",
        "settings": {"app": {"requestIntegration": false, "url": "https://admin.aozora.example"}}});
    let app = desk.org("POST", "/api/v1/apps", Some(app)).await;
    let app = app["id"].as_str().unwrap().to_owned();
    for user in [&admin_id, &other] {
        let body = json!({"id": user, "scope": "USER"});
        desk.org("POST", &format!("/api/v1/apps/{app}/users"), Some(body))
            .await;
    }
    let visit = |days: u64| {
        let at = (Utc::now() - Days::new(days)).format("%Y-%m-%dT%H:%M:%S%.3fZ");
        json!({"eventType": "user.session.access_admin_app", "published": at.to_string(),
            "actor": {"id": admin_id, "type": "User", "alternateId": admin, "displayName": "Admin"}})
    };
    desk.world.okta.emit(vec![visit(40), visit(3)]).unwrap();
    let main = "1 - Identify all Okta Administrators";
    desk.import("audit_okta_admin_roles_and_last_login_to_admin_con")
        .await;
    desk.type_in(
        main,
        "okta:listUsersAssignedToApplication",
        "application",
        json!(app),
    )
    .await;
    desk.turn_on().await;
    desk.run(main, json!({})).await;
    let rows = desk.rows("AdminsOkta - Login History").await;
    assert_eq!(rows.len(), 2, "{rows:#?}");
    let of = |login: &str| rows.iter().find(|row| row["Login"] == login).unwrap();
    let known = of(&admin);
    assert_eq!(known["Admin Type"], "SUPER_ADMIN", "{known:#}");
    assert_eq!(known["Assignment Type"], "USER");
    assert_eq!(known["More than 90 days"], false);
    assert!(
        time(&known["Admin Last Login"]) > Utc::now() - Days::new(4),
        "{known:#}"
    );
    assert!(
        ["3", "4"].contains(&known["Days since last login"].as_str().unwrap()),
        "{known:#}"
    );
    assert_eq!(of(&other_login)["More than 90 days"], true);
    assert_eq!(of(&other_login)["Okta ID"], json!(other));
}

async fn lite_users(desk: &mut Desk) {
    let group = desk.group("Partners").await;
    let mut members = BTreeSet::new();
    for _ in 0..2 {
        let (user, _) = desk.person(json!({})).await;
        desk.join(&group, &user).await;
        members.insert(user);
    }
    let path = "/api/v1/users/{userId}/classification";
    desk.teach("PUT", path, 200, json!({"type": "LITE"}));
    desk.import("bulk_convert_users_to_lite_users").await;
    let row = json!({"Domain": "partner.example", "Lite User": true});
    desk.fill("Domain Name Lookup", row).await;
    let main = "Update Group Members to Lite Users";
    desk.type_in(main, "control:let", "Okta Group ID", json!(group))
        .await;
    desk.turn_on().await;
    let login = |name: &str| json!({"login": name, "email": name});
    let (staff, _) = desk.person(login("lite-no@aozora.example")).await;
    let (partner, _) = desk.person(login("lite-yes@partner.example")).await;
    let calls = desk
        .until("the conversion", async |desk| {
            Some(desk.taught()).filter(|calls| !calls.is_empty())
        })
        .await;
    let path = |user: &str| format!("/api/v1/users/{user}/classification");
    let call = |user: &str| ("PUT".to_owned(), path(user), json!({"type": "LITE"}));
    assert_eq!(calls, [call(&partner)]);
    desk.run(main, json!({})).await;
    let converted: BTreeSet<String> = desk.taught()[1..].iter().map(|it| it.1.clone()).collect();
    let wanted: BTreeSet<String> = members.iter().map(|user| path(user)).collect();
    assert_eq!(converted, wanted);
    assert!(!converted.contains(&path(&staff)));
}

/// Whose status changed before the day that is 30 days ago, and who else has the status.
async fn for_30_days(desk: &Desk, status: &str) -> (BTreeSet<String>, BTreeSet<String>) {
    let day = (Utc::now() - Days::new(30)).date_naive();
    let limit: DateTime<Utc> = day.and_time(NaiveTime::MIN).and_utc();
    let (old, new): (Vec<Json>, Vec<Json>) = users(desk, status)
        .await
        .into_iter()
        .partition(|user| time(&user["statusChanged"]) <= limit);
    assert!(!old.is_empty(), "nobody is {status} for so long");
    (ids(&old), ids(&new))
}

async fn deactivates_suspended(desk: &mut Desk) {
    let (recent, _) = desk.person(json!({})).await;
    desk.org(
        "POST",
        &format!("/api/v1/users/{recent}/lifecycle/suspend"),
        None,
    )
    .await;
    let (old, new) = for_30_days(desk, "SUSPENDED").await;
    desk.import("scheduled_deactivation_of_suspended_okta_users_aft")
        .await;
    desk.remove_card("Helper", "control:continueIf").await;
    desk.turn_on().await;
    desk.run("Deactivate Suspended Users after x Days", json!({}))
        .await;
    assert!(new.contains(&recent));
    assert_eq!(ids(&users(desk, "SUSPENDED").await), new);
    let gone = ids(&users(desk, "DEPROVISIONED").await);
    assert!(gone.is_superset(&old));
}

async fn deletes_deactivated(desk: &mut Desk) {
    let (recent, _) = desk.person(json!({})).await;
    desk.org(
        "POST",
        &format!("/api/v1/users/{recent}/lifecycle/deactivate"),
        None,
    )
    .await;
    let (old, new) = for_30_days(desk, "DEPROVISIONED").await;
    desk.import("scheduled_deletion_of_deactivated_okta_users_after")
        .await;
    desk.remove_card("Helper", "control:continueIf").await;
    desk.turn_on().await;
    desk.run("Delete Deactivated Users after x Days", json!({}))
        .await;
    assert!(new.contains(&recent));
    assert_eq!(ids(&users(desk, "DEPROVISIONED").await), new);
    for user in old {
        let (status, _) = desk
            .world
            .org("GET", &format!("/api/v1/users/{user}"), None)
            .await;
        assert_eq!(status, 404);
    }
}

async fn special_characters(desk: &mut Desk) {
    desk.attribute("ValidatedName").await;
    desk.import("special_character_validation_and_substitution")
        .await;
    desk.turn_on().await;
    let (odd, _) = desk.person(json!({"firstName": "D'Àn-ná"})).await;
    let (plain, _) = desk.person(json!({"firstName": "Rin"})).await;
    for (user, name) in [(odd, "DAnna"), (plain, "Rin")] {
        let found = desk
            .until("the validated name", async |desk| {
                let user = desk.user(&user).await;
                let name = user["profile"]["ValidatedName"].as_str();
                name.map(str::to_owned)
            })
            .await;
        assert_eq!(found, name);
    }
}

async fn mfa_exemption(desk: &mut Desk) {
    let group = desk.group("MFA Exempt Users").await;
    let (old, old_login) = desk.person(json!({})).await;
    let (new, new_login) = desk.person(json!({})).await;
    desk.join(&group, &old).await;
    desk.import("temporarily_exempt_users_from_mfa").await;
    let added = "1.0 User Added to MFA Exempt Group";
    desk.type_in(added, "control:continueIf", "right-operand", json!(group))
        .await;
    let removal = "3.0 Remove Users from MFA Exempt Group";
    desk.type_in(removal, "okta:removeUserFromGroup", "id", json!(group))
        .await;
    let day = (Utc::now() - Days::new(3)).format("%-m/%-d/%Y").to_string();
    let row = json!({"Username": old_login, "User ID": old, "Date Added": day, "Removed": false});
    desk.fill("MFA Exempt Users", row).await;
    desk.turn_on().await;
    desk.join(&group, &new).await;
    desk.event_run(added).await;
    let rows = desk.rows("MFA Exempt Users").await;
    let noted = rows
        .iter()
        .find(|row| row["User ID"] == json!(new))
        .unwrap();
    assert_eq!(noted["Username"], json!(new_login));
    assert_eq!(noted["Removed"], false, "{noted:#}");
    desk.run("2.0 Find Users to Remove", json!({})).await;
    assert_eq!(desk.members(&group).await, [new]);
    for row in desk.rows("MFA Exempt Users").await {
        assert_eq!(
            row["Removed"],
            json!(row["User ID"] == json!(old)),
            "{row:#}"
        );
    }
}

async fn groups_by_title(desk: &mut Desk) {
    let (user, login) = desk.person(json!({"title": "Nurse"})).await;
    let mut groups = Vec::new();
    for name in ["Ward A", "Ward B", "Archive", "Choir"] {
        groups.push(desk.group(name).await);
    }
    desk.join(&groups[2], &user).await;
    desk.join(&groups[3], &user).await;
    desk.import("manage_group_members_using_profile_attributes")
        .await;
    for (role, group) in [
        ("Nurse", "Ward A"),
        ("Nurse", "Ward B"),
        ("Clerk", "Archive"),
    ] {
        desk.fill("Group Rules", json!({"functionRole": role, "Group": group}))
            .await;
    }
    desk.turn_on().await;
    desk.run("[1.0] Fix Groups", json!({"username": login}))
        .await;
    let wanted = ["Choir", "Everyone", "Ward A", "Ward B"].map(str::to_owned);
    assert_eq!(groups_of(desk, &user).await, BTreeSet::from(wanted));
}

async fn counts(desk: &mut Desk) {
    desk.import("get_membership_and_application_counts_for_an_okta_")
        .await;
    desk.turn_on().await;
    let run = desk.run("Get Group Counts", json!({})).await;
    let found = desk.org("GET", "/api/v1/groups?q=Everyone", None).await;
    let everyone = found[0]["id"].as_str().unwrap();
    let members = desk.members(everyone).await.len();
    let path = format!("/api/v1/groups/{everyone}/apps?limit=200");
    let apps = desk.world.org_list(&path).await.len();
    assert!(members > 100);
    assert_eq!(
        output(&run, "control:let", "usersCount"),
        json!(members.to_string())
    );
    assert_eq!(
        output(&run, "control:let", "appsCount"),
        json!(apps.to_string())
    );
}

async fn help_desk_role(desk: &mut Desk) {
    desk.attribute("role").await;
    let path = "/api/v1/users/{userId}/roles";
    let role = json!({"id": "ra1", "type": "HELP_DESK_ADMIN", "status": "ACTIVE"});
    desk.teach("POST", path, 201, role);
    desk.import("intro_custom_api_actions").await;
    desk.turn_on().await;
    desk.person(json!({"role": "Sales"})).await;
    desk.run("Test Flow: Create Okta User", json!({})).await;
    let calls = desk
        .until("the role", async |desk| {
            Some(desk.taught()).filter(|calls| !calls.is_empty())
        })
        .await;
    let user = desk.user("testuser1@domain.com").await;
    assert_eq!(user["profile"]["role"], "Support");
    let path = format!("/api/v1/users/{}/roles", user["id"].as_str().unwrap());
    let body = json!({"type": "HELP_DESK_ADMIN"});
    assert_eq!(calls, [("POST".to_owned(), path, body)]);
}

async fn suspends(desk: &mut Desk) {
    let people = users(desk, "ACTIVE").await;
    let (idle, busy): (Vec<&Json>, Vec<&Json>) =
        people.iter().partition(|user| seen_before(user, 180));
    let before = ids(&users(desk, "SUSPENDED").await);
    let (idle, busy) = (ids(idle), ids(busy));
    assert!(idle.len() > 5 && busy.len() > 50);
    desk.import("suspend_inactive_users").await;
    desk.turn_on().await;
    desk.run("Parent", json!({})).await;
    let now = ids(&users(desk, "SUSPENDED").await);
    assert_eq!(now, before.union(&idle).cloned().collect());
    assert_eq!(ids(&users(desk, "ACTIVE").await), busy);
}
