//! People, sessions, settings, tokens, folders, grants, audit.

use flow::{FolderId, PersonId};
use store::audit::{AuditEntry, AuditFilter};
use store::choices::{Choice, ChoiceKind};
use store::connections::Leaving;
use store::folders::Folder;
use store::grants::{FolderRole, Grant};
use store::people::{Person, Removal, Role};
use store::sessions::SessionRow;
use store::tokens::TokenRow;
use store::{
    StoreError, audit, choices, connections, delegates, flows, folders, grants, people,
    revocations, sessions, settings, tokens,
};

use crate::world::{Database, flow};

contract! {
    a_person_is_found_by_login_in_any_case
    a_login_is_taken_once
    only_one_is_the_first_person
    a_session_lives_until_it_ends
    a_setting_is_set_first_once_and_used_once
    a_token_ends_and_goes_with_its_person
    a_person_goes_with_their_connections
    a_flow_is_granted_to_people_and_goes_with_them
    choices_of_imports_are_kept_by_name
    folders_form_a_tree_that_is_deleted_from_the_leaves
    the_audit_is_paged_and_final
}

fn person(id: &str, login: &str) -> Person {
    Person {
        id: PersonId::from(id),
        login: login.to_owned(),
        name: "Ada".to_owned(),
        password_hash: Some("hash".to_owned()),
        role: Role::Administrator,
        created_at: 1,
        language: None,
        theme: None,
    }
}

async fn a_person_is_found_by_login_in_any_case(database: &Database) {
    let store = &database.store;
    people::insert(store, &person("p1", " Ada@Example.com "))
        .await
        .unwrap();
    let mut found = people::find_by_login(store, "ADA@example.COM")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(found, person("p1", "ada@example.com"));
    found.language = Some("ja".to_owned());
    found.role = Role::Auditor;
    found.password_hash = None;
    people::save(store, &found).await.unwrap();
    assert_eq!(people::find(store, &found.id).await.unwrap(), Some(found));
    assert_eq!(people::count(store).await.unwrap(), 1);
    assert!(matches!(
        people::save(store, &person("p9", "x")).await,
        Err(StoreError::NotFound { what: "person" })
    ));
}

async fn a_login_is_taken_once(database: &Database) {
    let store = &database.store;
    people::insert(store, &person("p1", "ada")).await.unwrap();
    let again = people::insert(store, &person("p2", "ADA")).await;
    assert!(
        matches!(again, Err(StoreError::Taken { what: "login" })),
        "{again:?}"
    );
}

async fn only_one_is_the_first_person(database: &Database) {
    let store = &database.store;
    let (one, two) = (person("p1", "one"), person("p2", "two"));
    let (one, two) = tokio::join!(
        people::insert_first(store, &one),
        people::insert_first(store, &two)
    );
    assert_eq!(
        [one.unwrap(), two.unwrap()]
            .iter()
            .filter(|first| **first)
            .count(),
        1
    );
    assert_eq!(people::count(store).await.unwrap(), 1);
}

async fn a_session_lives_until_it_ends(database: &Database) {
    let store = &database.store;
    let mut session = SessionRow {
        id: "s1".to_owned(),
        data: "{}".to_owned(),
        expires_at: 100,
    };
    sessions::create(store, &session).await.unwrap();
    let again = sessions::create(store, &session).await;
    assert!(
        matches!(again, Err(StoreError::Taken { what: "session" })),
        "{again:?}"
    );
    session.data = r#"{"person":"p1"}"#.to_owned();
    sessions::save(store, &session).await.unwrap();
    assert_eq!(
        sessions::load(store, "s1", 99).await.unwrap(),
        Some(session)
    );
    assert_eq!(sessions::load(store, "s1", 100).await.unwrap(), None);
    assert_eq!(sessions::delete_expired(store, 99).await.unwrap(), 0);
    assert_eq!(sessions::delete_expired(store, 100).await.unwrap(), 1);
    sessions::delete(store, "s1").await.unwrap();
}

async fn a_setting_is_set_first_once_and_used_once(database: &Database) {
    let store = &database.store;
    assert_eq!(
        settings::save_first(store, "code", "a", 1).await.unwrap(),
        "a"
    );
    assert_eq!(
        settings::save_first(store, "code", "b", 2).await.unwrap(),
        "a"
    );
    settings::save(store, "code", "c", 3).await.unwrap();
    assert_eq!(
        settings::find(store, "code").await.unwrap().as_deref(),
        Some("c")
    );
    assert_eq!(
        settings::list(store).await.unwrap(),
        [("code".to_owned(), "c".to_owned())]
    );
    assert!(settings::delete(store, "code").await.unwrap());
    assert!(!settings::delete(store, "code").await.unwrap());
}

async fn a_token_ends_and_goes_with_its_person(database: &Database) {
    let store = &database.store;
    let owner = person("p1", "ada");
    let mut token = TokenRow {
        id: "t1".to_owned(),
        name: "deploy".to_owned(),
        hash: "abc".to_owned(),
        person: owner.id.clone(),
        created_at: 1,
        last_used_at: None,
        expires_at: Some(100),
    };
    assert!(matches!(
        tokens::insert(store, &token).await,
        Err(StoreError::InUse)
    ));
    people::insert(store, &owner).await.unwrap();
    tokens::insert(store, &token).await.unwrap();
    assert_eq!(
        tokens::find_by_hash(store, "abc", 99).await.unwrap(),
        Some(token.clone())
    );
    assert_eq!(tokens::find_by_hash(store, "abc", 100).await.unwrap(), None);
    tokens::note_use(store, &token, 50).await.unwrap();
    token.last_used_at = Some(50);
    tokens::note_use(store, &token, 51).await.unwrap();
    assert_eq!(tokens::list(store, Some(&owner.id)).await.unwrap(), [token]);
    assert_eq!(
        people::remove(store, &owner.id, &leaving, None)
            .await
            .unwrap(),
        Removal::LastAdministrator
    );
    people::insert(store, &person("p2", "grace")).await.unwrap();
    let removed = people::remove(store, &owner.id, &leaving, None).await;
    assert_eq!(removed.unwrap(), Removal::Done(Vec::new()));
    assert_eq!(tokens::list(store, None).await.unwrap(), []);
    assert!(matches!(
        tokens::delete(store, "t1").await,
        Err(StoreError::NotFound { what: "token" })
    ));
}

pub(crate) fn leaving() -> Leaving<'static> {
    Leaving {
        revocation: "r1".to_owned(),
        by: None,
        at: 1,
        next_at: 1,
    }
}

async fn a_person_goes_with_their_connections(database: &Database) {
    let store = &database.store;
    for (id, login) in [("p1", "ada"), ("p2", "grace")] {
        people::insert(store, &person(id, login)).await.unwrap();
    }
    let row = crate::connections::connection("c1");
    connections::insert(store, &row).await.unwrap();
    let by = PersonId::from("p2");
    let removed = people::remove(store, &PersonId::from("p1"), &leaving, Some(&by)).await;
    let open = match removed.unwrap() {
        Removal::Done(open) => open,
        Removal::LastAdministrator => Vec::new(),
    };
    assert_eq!(open.len(), 1, "there is another administrator");
    assert_eq!(
        (open[0].name.as_str(), &open[0].actor),
        ("Production", &Some(by.clone()))
    );
    assert_eq!(revocations::list(store).await.unwrap(), open);
    assert_eq!(connections::list(store).await.unwrap(), []);
    let last = people::remove(store, &by, &leaving, None).await;
    assert_eq!(last.unwrap(), Removal::LastAdministrator);
    assert!(matches!(
        people::remove(store, &PersonId::from("p1"), &leaving, None).await,
        Err(StoreError::NotFound { what: "person" })
    ));
}

fn folder(id: &str, parent: Option<&str>) -> Folder {
    Folder {
        id: FolderId::from(id),
        parent: parent.map(FolderId::from),
        name: id.to_owned(),
        description: String::new(),
        skeleton: None,
    }
}

async fn a_flow_is_granted_to_people_and_goes_with_them(database: &Database) {
    let store = &database.store;
    for (id, login) in [("p1", "ada"), ("p2", "bo")] {
        people::insert(store, &person(id, login)).await.unwrap();
    }
    let new = flows::NewFlow {
        draft: flow("f1", "Flow", "http:delegated"),
        folder: None,
        skeleton: None,
        author: None,
        problems: 0,
        at: 1,
    };
    flows::insert(store, &new).await.unwrap();
    let flow = new.draft.id;
    let (ada, bo) = (PersonId::from("p1"), PersonId::from("p2"));
    delegates::save(store, &flow, &[ada.clone(), bo.clone(), ada.clone()])
        .await
        .unwrap();
    assert!(delegates::has(store, &flow, &bo).await.unwrap());
    delegates::save(store, &flow, std::slice::from_ref(&ada))
        .await
        .unwrap();
    assert!(!delegates::has(store, &flow, &bo).await.unwrap());
    assert_eq!(
        delegates::list_of_person(store, &ada).await.unwrap(),
        std::slice::from_ref(&flow)
    );
    flows::delete(store, &flow).await.unwrap();
    assert_eq!(delegates::list_of_flow(store, &flow).await.unwrap(), []);
}

async fn choices_of_imports_are_kept_by_name(database: &Database) {
    let store = &database.store;
    let choice = |name: &str, target: &str, at: i64| Choice {
        kind: ChoiceKind::Connection,
        module: "okta".to_owned(),
        name: name.to_owned(),
        target: target.to_owned(),
        chosen_at: at,
    };
    choices::save(store, &[choice("Prod", "c1", 1), choice("", "c1", 1)])
        .await
        .unwrap();
    choices::save(store, &[choice("Prod", "c2", 2)])
        .await
        .unwrap();
    let kept = choices::list(store).await.unwrap();
    assert_eq!(kept, [choice("Prod", "c2", 2), choice("", "c1", 1)]);
}

async fn folders_form_a_tree_that_is_deleted_from_the_leaves(database: &Database) {
    let store = &database.store;
    folders::insert(store, &folder("a", None)).await.unwrap();
    folders::insert(store, &folder("b", Some("a")))
        .await
        .unwrap();
    let lost = folders::insert(store, &folder("c", Some("nowhere"))).await;
    assert!(matches!(lost, Err(StoreError::NotFound { .. })), "{lost:?}");
    let circle = folders::move_to(store, &"a".into(), Some(&"b".into())).await;
    assert!(matches!(circle, Err(StoreError::Circle)), "{circle:?}");
    assert!(matches!(
        folders::delete(store, &"a".into()).await,
        Err(StoreError::InUse)
    ));

    people::insert(store, &person("p1", "ada")).await.unwrap();
    let mut grant = Grant {
        folder: "b".into(),
        person: "p1".into(),
        role: FolderRole::Reader,
    };
    grants::save(store, &grant).await.unwrap();
    grant.role = FolderRole::Manager;
    grants::save(store, &grant).await.unwrap();
    assert_eq!(
        grants::list_of_person(store, &grant.person).await.unwrap(),
        [grant.clone()]
    );

    folders::delete(store, &"b".into()).await.unwrap();
    assert_eq!(
        grants::list_of_folder(store, &grant.folder).await.unwrap(),
        []
    );
    folders::delete(store, &"a".into()).await.unwrap();
    assert_eq!(folders::list(store).await.unwrap(), []);
}

async fn the_audit_is_paged_and_final(database: &Database) {
    let store = &database.store;
    let entries: Vec<_> = (0..150)
        .map(|number| AuditEntry {
            id: format!("{number:05}"),
            at: number,
            actor: (number == 149).then(|| "p1".into()),
            action: "flow.save".to_owned(),
            object_kind: "flow".to_owned(),
            object_id: if number % 3 == 0 { "f1" } else { "f2" }.to_owned(),
            before: None,
            after: Some("{}".to_owned()),
        })
        .collect();
    audit::insert(store, &entries).await.unwrap();
    let mut filter = AuditFilter {
        kind: Some("flow".to_owned()),
        object: Some("f1".to_owned()),
        limit: 30,
        ..AuditFilter::default()
    };
    let first = audit::list(store, &filter).await.unwrap();
    assert_eq!(
        (first.items.len(), first.items[0].id.as_str()),
        (30, "00147")
    );
    filter.before = first.next;
    let second = audit::list(store, &filter).await.unwrap();
    assert_eq!((second.items.len(), second.next), (20, None));
    let ids = async |filter: AuditFilter| {
        let filter = AuditFilter {
            limit: 200,
            ..filter
        };
        let items = audit::list(store, &filter).await.unwrap().items;
        items.into_iter().map(|entry| entry.id).collect::<Vec<_>>()
    };
    let within = AuditFilter {
        since: Some(7),
        until: Some(9),
        ..AuditFilter::default()
    };
    assert_eq!(ids(within).await, ["00008", "00007"]);
    let others = AuditFilter {
        actor: Some("p1".into()),
        ..AuditFilter::default()
    };
    assert_eq!(ids(others).await, ["00149"]);
    let tables = AuditFilter {
        kind: Some("table".to_owned()),
        ..AuditFilter::default()
    };
    assert_eq!(ids(tables).await, Vec::<String>::new());
    let refused = database
        .sql("update audit set actor = 'nobody'")
        .await
        .unwrap_err();
    assert!(refused.to_string().contains("audit_is_final"), "{refused}");
}
