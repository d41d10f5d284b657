use super::*;
use crate::card::CardKey;
use crate::document::{FieldKey, Lane, Note, OnError, OutputRef};
use crate::id::{ConnectionId, FlowId};
use crate::search::Phrase;
use crate::types::Type;

fn step(id: &str, card: &str) -> Step {
    Step {
        id: id.into(),
        card: CardKey::parse(card).unwrap(),
        title: None,
        note: None,
        connection: None,
        inputs: vec![],
        outputs: vec![],
        lanes: vec![],
        on_error: OnError::default(),
        collapsed: false,
    }
}

fn input(group: &str, key: &str, ty: Type, binding: Binding) -> Input {
    let key = match group {
        "" => FieldKey::plain(key),
        group => FieldKey::in_group(group, key),
    };
    Input {
        binding,
        ..Input::new(key, ty)
    }
}

fn example() -> Flow {
    let text = Type::one(Base::Text);
    let mut flow = Flow::new(FlowId::from("f"), "Leavers");
    flow.description = "Everybody who leaves".into();
    let mut read = step("read", "okta:readUser");
    read.connection = Some(ConnectionId::from("c1"));
    read.title = Some("Read the manager".into());
    read.outputs = vec![Output::new(FieldKey::plain("Login"), text.clone())];
    let mut compose = step("compose", "string:compose");
    let source = OutputRef {
        step: "read".into(),
        field: FieldKey::plain("Login"),
        path: vec![],
    };
    let parts = vec![
        Part::Text {
            text: "Dear ".into(),
        },
        Part::Value {
            name: "v".into(),
            binding: Box::new(Binding::output(source)),
        },
        Part::Text {
            text: ", farewell".into(),
        },
    ];
    compose.inputs = vec![input("", "text", text.clone(), Binding::Template { parts })];
    let mut row = step("row", "stash:createRow");
    row.inputs = vec![
        input("parameters", "stash", text.clone(), Binding::constant("t1")),
        input("", "count", Type::one(Base::Number), Binding::constant(42)),
    ];
    let mut call = step("call", "control:spawn");
    call.inputs = vec![input(
        "",
        "flo",
        Type::one(Base::Flow),
        Binding::constant("f2"),
    )];
    let mut note = step("note", "control:comment");
    note.note = Some(Note {
        title: "Why".into(),
        text: "Ticket SEC-412".into(),
        ..Note::default()
    });
    let mut branch = step("if", "control:if");
    branch.lanes = vec![Lane {
        id: LaneId::new("true"),
        inputs: vec![],
        steps: vec![row, call],
        yields: vec![input("", "answer", text, Binding::constant("yes sir"))],
    }];
    flow.steps = vec![read, compose, branch, note];
    flow
}

#[track_caller]
fn finds(typed: &str, expected: &[(&str, SpotKind)]) {
    let flow = example();
    let catalogue = Catalogue::default();
    let names = [("c1", "acme-prod"), ("t1", "Audit"), ("f2", "Write row")]
        .map(|(id, name)| (id.to_owned(), name.to_owned()))
        .into();
    let known = Known {
        catalogue: &catalogue,
        names: &names,
    };
    let phrase = Phrase::new(typed);
    let found: Vec<(&str, SpotKind)> = spots(&flow, known)
        .into_iter()
        .filter(|spot| {
            let also = spot.also.as_deref().unwrap_or_default();
            !phrase.marks(&spot.text).is_empty() || !phrase.marks(also).is_empty()
        })
        .map(|spot| (spot.step.map_or("", StepId::as_str), spot.kind))
        .collect();
    assert_eq!(found, expected, "{typed}");
}

#[test]
fn everything_that_is_written_is_found() {
    finds("leavers", &[("", SpotKind::FlowName)]);
    finds("who leaves", &[("", SpotKind::Description)]);
    finds("the manager", &[("read", SpotKind::Title)]);
    finds("readUser", &[("read", SpotKind::Card)]);
    finds("LOGIN", &[("read", SpotKind::Field)]);
    finds("farewell", &[("compose", SpotKind::Value)]);
    finds("42", &[("row", SpotKind::Value)]);
    finds("yes sir", &[("if", SpotKind::Value)]);
    finds("sec-412", &[("note", SpotKind::Note)]);
    finds("nowhere", &[]);
}

#[test]
fn what_cards_refer_to_is_found_by_name_and_by_id() {
    finds("acme", &[("read", SpotKind::Connection)]);
    finds("c1", &[("read", SpotKind::Connection)]);
    finds("Audit", &[("row", SpotKind::Table)]);
    finds("write row", &[("call", SpotKind::Helper)]);
    finds("f2", &[("call", SpotKind::Helper)]);
}

#[test]
fn the_kept_text_holds_what_a_phrase_looks_for() {
    let text = example().search_text();
    for typed in [
        "Leavers",
        "FAREWELL",
        "ticket  sec-412",
        "ｙｅｓ sir",
        "c1",
        "t1",
        "42",
    ] {
        let wanted = Phrase::new(typed).folded();
        assert!(text.contains(&wanted), "{typed} in {text}");
    }
}
