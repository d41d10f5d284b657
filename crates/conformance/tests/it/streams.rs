//! Every list can be read to its end: next links are followed, nothing comes twice, nothing is left out.

use std::collections::BTreeSet;

use cards::HttpReply;
use serde_json::{Value as Json, json};

use crate::cases::{Case, actions, case};
use crate::given::Given::{
    App, Assigned, Group, GroupAssigned, Linked, Member, Primary, Relation, Rule, User,
};
use crate::world::World;

/// Far more pages than any list here has.
const TOO_MANY: usize = 500;

/// Each card whose list can be streamed, with inputs under which there is more than one page of two.
fn lists() -> Vec<Case> {
    let many_members: &[_] = &[
        Group,
        User("ACTIVE"),
        Member,
        User("ACTIVE"),
        Member,
        User("ACTIVE"),
        Member,
    ];
    let many_groups: &[_] = &[User("ACTIVE"), Group, Member, Group, Member, Group, Member];
    let many_rules: &[_] = &[Group, Rule, Rule, Rule];
    let apps_of_group: &[_] = &[
        Group,
        App,
        GroupAssigned,
        App,
        GroupAssigned,
        App,
        GroupAssigned,
    ];
    let apps_of_user: &[_] = &[User("ACTIVE"), App, Assigned, App, Assigned, App, Assigned];
    let groups_of_app: &[_] = &[
        App,
        Group,
        GroupAssigned,
        Group,
        GroupAssigned,
        Group,
        GroupAssigned,
    ];
    let users_of_app: &[_] = &[
        App,
        User("ACTIVE"),
        Assigned,
        User("ACTIVE"),
        Assigned,
        User("ACTIVE"),
        Assigned,
    ];
    let app = "parameters/application";
    vec![
        case(
            "listUsersWithFilter",
            &[],
            json!({"Inputs/status": "ACTIVE"}),
        ),
        case(
            "listUsersWithSearch",
            &[],
            json!({"Inputs/profile.department": "Sales"}),
        ),
        case(
            "listUsersWithSearch",
            &[],
            json!({"Inputs/profile.department": "Sales", "Sort/sortBy": "profile.city"}),
        ),
        case(
            "listGroupMembers",
            many_members,
            json!({"Group/groupId": "{group}"}),
        ),
        case("getUsersGroups", many_groups, json!({"User/ID": "{user}"})),
        case("searchGroups", &[], json!({})),
        case("searchGroups", &[], json!({"Inputs/type": "OKTA_GROUP"})),
        case("searchGroupRules", many_rules, json!({})),
        case("searchApplications", &[], json!({})),
        case("searchApplications", &[], json!({"Search/Query": "S"})),
        case(
            "listApplicationsAssignedToGroup",
            apps_of_group,
            json!({"Group/ID": "{group}"}),
        ),
        case(
            "listApplicationsAssignedToUser",
            apps_of_user,
            json!({"User/ID": "{user}"}),
        ),
        case(
            "listGroupsAssignedToApplication",
            groups_of_app,
            json!({app: "{app}"}),
        ),
        case(
            "listUsersAssignedToApplication",
            users_of_app,
            json!({app: "{app}"}),
        ),
        case(
            "searchSystemLogs",
            &[],
            json!({"Search By/Event Type": "user.session.start", "Date/since": "2026-11-13T00:00:00Z", "Date/until": "2026-11-20T00:00:00Z"}),
        ),
        case(
            "searchSystemLogs",
            &[],
            json!({"Search By/Event Type": "user.session.start"}),
        ),
        case("searchUsers", &[], json!({"Inputs/Query": "a"})),
        case(
            "getAssociatedLinkedObjectValues",
            &[User("ACTIVE"), Primary, Relation, Linked],
            json!({
                "parameters/associatedName": "{report}", "User/primaryUserId": "{primary}",
            }),
        ),
    ]
}

#[test]
fn every_card_that_streams_is_read_to_its_end() {
    let read: BTreeSet<&str> = lists().iter().map(|case| case.card).collect();
    let streams = |card: &flow::CardSpec| {
        let choices = card.inputs.iter().flat_map(|field| &field.choices);
        choices
            .into_iter()
            .any(|choice| choice.label.starts_with("Stream "))
    };
    let left_out: Vec<&str> = actions()
        .into_iter()
        .filter(|(method, card)| streams(card) && !read.contains(method))
        .map(|(method, _)| method)
        .collect();
    assert!(left_out.is_empty(), "{left_out:?}");
}

#[tokio::test]
async fn pages_of_two_give_what_large_pages_give() {
    let mut world = World::start().await;
    for case in lists() {
        let names = world.give(case.given).await;
        let args = case.args(&names);
        let request = cards::okta::request(&case.key(), &args).unwrap();
        let scopes = actions()[case.card].scopes.join(" ");
        let token = world.token(&scopes).await;
        let first = world.send(&request, &token).await;
        let (whole, _) = read_on(&world, &case, first, &token).await;
        assert!(!whole.is_empty(), "{}: nothing to read", case.card);

        let mut small = request.clone();
        for (_, value) in small.query.iter_mut().filter(|(name, _)| name == "limit") {
            *value = "2".to_owned();
        }
        let (read, pages) = read_on(&world, &case, world.send(&small, &token).await, &token).await;
        let different: BTreeSet<&String> = read.iter().collect();
        assert_eq!(
            different.len(),
            read.len(),
            "{}: something came twice",
            case.card
        );
        // A search by `q` is not paged, nor are lists without a limit.
        if case.card == "searchUsers" {
            assert_eq!((read.len(), pages), (2, 1));
            continue;
        }
        assert!(
            read == whole,
            "{}: {} and {}",
            case.card,
            read.len(),
            whole.len()
        );
        let is_paged = small.query.iter().any(|(name, _)| name == "limit");
        assert_eq!(pages > 1, is_paged, "{}: {pages} pages", case.card);
    }
}

/// Follows next links to the end: no next link, or an empty page, which is where a log that goes on for ever ends.
async fn read_on(
    world: &World,
    case: &Case,
    first: HttpReply,
    token: &str,
) -> (Vec<String>, usize) {
    let mut read = Vec::new();
    let mut seen = BTreeSet::new();
    let mut page = first;
    loop {
        let found = ids(case, &page);
        let is_empty = found.is_empty();
        read.extend(found);
        let Some(next) = next_link(&page).filter(|_| !is_empty) else {
            break;
        };
        assert!(next.starts_with(&world.sim.url()), "{}: {next}", case.card);
        assert!(
            seen.insert(next.clone()),
            "{}: {next} a second time",
            case.card
        );
        assert!(seen.len() < TOO_MANY, "{}: no end", case.card);
        page = world.follow(&next, token).await;
    }
    // The last page of a log that is polled is empty.
    let pages = seen.len() + 1;
    (read, pages)
}

fn ids(case: &Case, page: &HttpReply) -> Vec<String> {
    assert_eq!(page.status, 200, "{}: {}", case.card, page.body);
    let records = page.body.as_array().unwrap();
    assert_eq!(cards::okta::records(&case.key(), page).len(), records.len());
    let id = |record: &Json| {
        let id = ["id", "uuid"]
            .iter()
            .find_map(|name| record[*name].as_str());
        id.or(record["_links"]["self"]["href"].as_str())
            .unwrap()
            .to_owned()
    };
    records.iter().map(id).collect()
}

fn next_link(page: &HttpReply) -> Option<String> {
    page.headers
        .iter()
        .filter(|(name, _)| name == "link")
        .find_map(|(_, value)| value.strip_suffix("; rel=\"next\""))
        .map(|link| link.trim_matches(['<', '>']).to_owned())
}
