//! The search over all flows: texts, cards, and what cards refer to.

use flow::search::Phrase;
use flow::{Base, Binding, CardKey, FieldKey, Flow, FlowId, Input, Type};
use store::flows::{DraftSave, NewFlow};
use store::search::{self, SearchFilter, Wanted};
use store::triggers::Begins;
use store::versions::NewVersion;
use store::{Store, flows, triggers, versions};

use crate::world::{Database, flow, step};

contract! {
    texts_are_found_in_drafts_and_in_versions_that_are_on
    signs_of_patterns_are_ordinary_letters
    cards_and_what_they_refer_to_narrow
    pages_follow_each_other
    flows_of_an_earlier_release_catch_up
}

async fn insert(store: &Store, draft: &Flow) {
    let new = NewFlow {
        draft: draft.clone(),
        folder: None,
        skeleton: None,
        problems: 0,
        author: None,
        at: 1,
    };
    flows::insert(store, &new).await.unwrap();
}

fn with_text(id: &str, name: &str, text: &str) -> Flow {
    let mut draft = flow(id, name, "okta:userCreated");
    let mut compose = step("compose", "string:compose");
    let mut input = Input::new(FieldKey::plain("text"), Type::one(Base::Text));
    input.binding = Binding::constant(text);
    compose.inputs.push(input);
    draft.steps.push(compose);
    draft
}

fn text(typed: &str) -> SearchFilter {
    SearchFilter {
        text: Some(Wanted {
            folded: Phrase::new(typed).folded(),
            ..Wanted::default()
        }),
        limit: 10,
        ..SearchFilter::default()
    }
}

async fn found(store: &Store, filter: &SearchFilter) -> Vec<String> {
    let page = search::candidates(store, filter).await.unwrap();
    page.items
        .into_iter()
        .map(|row| row.id.to_string())
        .collect()
}

async fn texts_are_found_in_drafts_and_in_versions_that_are_on(database: &Database) {
    let store = &database.store;
    let mut draft = with_text("f1", "One", "Willkommen ＡＣＭＥ\n新しいユーザー");
    insert(store, &draft).await;
    insert(store, &with_text("f2", "Two", "nothing")).await;
    for typed in ["acme", "ﾕｰｻﾞｰ", "ゆーざー", "ACME  新しい", "one"] {
        assert_eq!(found(store, &text(typed)).await, ["f1"], "{typed}");
    }
    assert_eq!(found(store, &text("userCreated")).await, ["f1", "f2"]);
    let new = NewVersion {
        document: &draft,
        name: "",
        note: "",
        changes: None,
        author: None,
        at: 1,
    };
    versions::insert(store, &new).await.unwrap();
    triggers::turn_on(store, &draft.id, 1, Begins::default(), 1)
        .await
        .unwrap();
    draft.steps.truncate(1);
    let save = DraftSave {
        draft: &draft,
        expected_revision: 1,
        problems: 0,
        at: 2,
    };
    flows::save_draft(store, &save).await.unwrap();
    assert_eq!(found(store, &text("acme")).await, ["f1"], "still on");
    triggers::turn_off(store, &draft.id, 3).await.unwrap();
    assert!(found(store, &text("acme")).await.is_empty());
    flows::delete(store, &FlowId::from("f2")).await.unwrap();
    assert!(found(store, &text("nothing")).await.is_empty());
}

async fn signs_of_patterns_are_ordinary_letters(database: &Database) {
    let store = &database.store;
    insert(store, &with_text("f1", "One", r"100% of a_b in C:\temp")).await;
    insert(store, &with_text("f2", "Two", "1000 of acb")).await;
    for typed in ["100%", "a_b", r"c:\temp"] {
        assert_eq!(found(store, &text(typed)).await, ["f1"], "{typed}");
    }
    assert!(found(store, &text("'; drop table flow")).await.is_empty());
    let odd = with_text("f3", "Three", "a\0b");
    insert(store, &odd).await;
}

async fn cards_and_what_they_refer_to_narrow(database: &Database) {
    let store = &database.store;
    let mut draft = with_text("f1", "One", "hello");
    draft.steps[0].connection = Some("c1".into());
    draft.on_error.then = flow::Then::RunFlow { flow: "f9".into() };
    insert(store, &draft).await;
    insert(store, &with_text("f2", "Two", "hello")).await;
    let compose = CardKey::new("string", "compose");
    let by = |change: fn(&mut SearchFilter)| {
        let mut filter = SearchFilter {
            limit: 10,
            ..SearchFilter::default()
        };
        change(&mut filter);
        filter
    };
    let card = by(|filter| filter.card = Some(CardKey::new("string", "compose")));
    assert_eq!(found(store, &card).await, ["f1", "f2"]);
    let connection = by(|filter| filter.connection = Some("c1".into()));
    assert_eq!(found(store, &connection).await, ["f1"]);
    let helper = by(|filter| filter.helper = Some("f9".into()));
    assert_eq!(found(store, &helper).await, ["f1"], "handles errors");
    let table = by(|filter| filter.table = Some("t1".into()));
    assert!(found(store, &table).await.is_empty());
    let both = SearchFilter {
        connection: Some("c1".into()),
        ..text("hello")
    };
    assert_eq!(found(store, &both).await, ["f1"]);
    let named = SearchFilter {
        text: Some(Wanted {
            folded: "no such text".to_owned(),
            cards: vec![compose],
            things: vec!["c1".to_owned()],
        }),
        ..card
    };
    assert_eq!(found(store, &named).await, ["f1", "f2"]);
}

async fn pages_follow_each_other(database: &Database) {
    let store = &database.store;
    for index in 0..5 {
        let name = format!("Flow {index}");
        insert(store, &with_text(&format!("f{index}"), &name, "x")).await;
    }
    let mut filter = SearchFilter {
        limit: 2,
        ..text("flow")
    };
    let mut seen = Vec::new();
    loop {
        let page = search::candidates(store, &filter).await.unwrap();
        seen.extend(page.items.into_iter().map(|row| row.id.to_string()));
        match page.next {
            Some(next) => filter.after = Some(next),
            None => break,
        }
    }
    assert_eq!(seen, ["f0", "f1", "f2", "f3", "f4"]);
}

async fn flows_of_an_earlier_release_catch_up(database: &Database) {
    let store = &database.store;
    for index in 0..3 {
        insert(store, &with_text(&format!("f{index}"), "Old", "treasure")).await;
    }
    assert_eq!(search::catch_up(store, 10).await.unwrap(), 0);
    database.sql("delete from flow_text").await.unwrap();
    database
        .sql("delete from flow_use where kind = 'card'")
        .await
        .unwrap();
    assert!(found(store, &text("treasure")).await.is_empty());
    assert_eq!(search::catch_up(store, 2).await.unwrap(), 2);
    assert_eq!(search::catch_up(store, 2).await.unwrap(), 1);
    assert_eq!(search::catch_up(store, 2).await.unwrap(), 0);
    assert_eq!(found(store, &text("treasure")).await, ["f0", "f1", "f2"]);
    database
        .sql("update flow_text set form = 0 where flow = 'f1'")
        .await
        .unwrap();
    assert_eq!(search::catch_up(store, 9).await.unwrap(), 1, "another form");
}
