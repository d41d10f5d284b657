//! One small pack for each construct: what the document says, and that the pack comes back.

use flopack::{Imported, NewIds, export, import, same};
use flow::{Access, Binding, Flow, Part, Step};
use serde_json::Value as Json;

use crate::invariants;

pub(crate) struct Counter(pub(crate) usize);

impl NewIds for Counter {
    fn id(&mut self) -> String {
        self.0 += 1;
        format!("new{}", self.0)
    }
}

pub(crate) const ALL: [&str; 5] = ["plain", "if", "inline", "event", "calls"];

pub(crate) fn text(name: &str) -> &'static str {
    match name {
        "plain" => include_str!("fixtures/plain.flopack"),
        "if" => include_str!("fixtures/if.flopack"),
        "inline" => include_str!("fixtures/inline.flopack"),
        "event" => include_str!("fixtures/event.flopack"),
        _ => include_str!("fixtures/calls.flopack"),
    }
}

pub(crate) fn pack(name: &str) -> Imported {
    let pack = import(text(name).as_bytes(), &mut Counter(0)).unwrap();
    assert_eq!(pack.problems, [], "{name}");
    pack
}

/// Writes a flow as an outline: one line per card with what its inputs are bound to.
pub(crate) fn outline(flow: &Flow) -> String {
    let mut lines = Vec::new();
    row(&flow.steps, 0, &mut lines);
    lines.join("\n")
}

fn row(steps: &[Step], depth: usize, lines: &mut Vec<String>) {
    let pad = "  ".repeat(depth);
    for step in steps {
        let inputs: Vec<String> = step
            .inputs
            .iter()
            .filter_map(|input| bound(&input.key.key, &input.binding))
            .collect();
        lines.push(
            format!("{pad}{} {}", step.id, inputs.join(", "))
                .trim_end()
                .to_owned(),
        );
        for lane in &step.lanes {
            let of = |inputs: &[flow::Input]| {
                inputs
                    .iter()
                    .filter_map(|input| bound(&input.key.key, &input.binding))
                    .collect::<Vec<_>>()
                    .join(", ")
            };
            lines.push(format!(
                "{pad}- {} [{}]",
                lane.id.as_str(),
                of(&lane.inputs)
            ));
            row(&lane.steps, depth + 1, lines);
            if !lane.yields.is_empty() {
                lines.push(format!("{pad}  gives {}", of(&lane.yields)));
            }
        }
    }
}

fn bound(key: &str, binding: &Binding) -> Option<String> {
    Some(match binding {
        Binding::Empty => return None,
        Binding::Constant { value } => format!("{key}={value}"),
        Binding::Item { path } => format!("{key}=item.{}", path.as_deref().unwrap_or("")),
        Binding::Output { source, convert } => {
            let convert = convert
                .map(|convert| format!(" {convert:?}"))
                .unwrap_or_default();
            let path: String = source.path.iter().map(|part| format!(".{part}")).collect();
            format!("{key}<{}.{}{path}{convert}", source.step, source.field.key)
        }
        Binding::Template { parts } => {
            let parts: String = parts
                .iter()
                .map(|part| match part {
                    Part::Text { text } => text.clone(),
                    Part::Value { name, binding } => {
                        format!("[{}]", bound(name, binding).unwrap_or_default())
                    }
                })
                .collect();
            format!("{key}=\"{parts}\"")
        }
    })
}

#[track_caller]
fn check(name: &str, flow: usize, expected: &str) {
    let pack = pack(name);
    let lines: Vec<&str> = expected
        .lines()
        .map(|line| line.strip_prefix("        ").unwrap_or(line))
        .collect();
    assert_eq!(outline(&pack.flows[flow].flow), lines.join("\n").trim());
}

#[test]
fn a_plain_row_with_picked_values_and_a_text() {
    check(
        "plain",
        0,
        r#"start
        read ID or Login="ada@example.com"
        note
        say _text_="Hello [k1<read.User.profile.login], [k2<read.User.profile.age ToString] years, [k1<read.User.profile.login] {{{not}}}"
        odd Name<say.output, Tags=["a","b"], Kind="big""#,
    );
    let pack = pack("plain");
    let flow = &pack.flows[0].flow;
    assert_eq!(flow.schedule.as_ref().unwrap().day_of_week, "1-5");
    assert_eq!(flow.schedule.as_ref().unwrap().time_zone, "Asia/Tokyo");
    assert_eq!(flow.steps[1].title.as_deref(), Some("Find Ada"));
    assert_eq!(flow.steps[1].note.as_ref().unwrap().text, "Look her up");
    assert_eq!(
        flow.steps[1].on_error.retry.as_ref().unwrap().delays_ms,
        [60_000, 180_000]
    );
    assert_eq!(flow.steps[1].connection.as_ref().unwrap().as_str(), "c1");
    assert_eq!(flow.steps[2].note.as_ref().unwrap().title, "Why");
    assert_eq!(flow.steps[4].inputs[2].choices, ["big"]);
    assert_eq!(pack.connections[0].cards, 1);
    assert_eq!((pack.cards, pack.name.as_str()), (6, "Plain"));
}

#[test]
fn an_if_has_lanes_and_what_they_give() {
    check(
        "if",
        0,
        r#"start
        if1 left-operand<start.Name, operator="==", right-operand="ada"
        - true []
          up text<start.Name
          gives text<up.output
        - false []
          let1 Years<start.Age
          if2 left-operand<let1.Years, operator=">", right-operand="17"
          - true []
            low text="ADULT"
            gives Group<low.output
          - false []
            gives Group="minor"
          gives text<if2.Group
        ret Answer<if1.text"#,
    );
}

#[test]
fn inline_bodies_become_lanes_and_wormholes_links() {
    check(
        "inline",
        0,
        r#"start
        try
        - try []
          br
          - if [left-operand<start.Name, operator="==", right-operand="x"]
            gives word<start.Name
          - cc9 [left-operand="1", operator="==", right-operand="2"]
            gives word="two"
          - else []
            gives word="other"
          gives word<br.word
        - error []
          gives word<try.error.message
        end word<try.word"#,
    );
}

#[test]
fn an_event_flow_shows_the_fields_of_one_event() {
    check("event", 0, "ev\nsus ID<ev.ID");
    let pack = pack("event");
    let outputs: Vec<String> = pack.flows[0].flow.steps[0]
        .outputs
        .iter()
        .map(|output| output.key.to_string())
        .collect();
    assert_eq!(
        outputs,
        [
            "context › execution_id",
            "Output › Date and Time",
            "Okta User › ID"
        ]
    );
    assert_eq!(pack.flows[0].cards, 4);
}

#[test]
fn helper_calls_have_arguments_and_tables_keep_their_filters() {
    check(
        "calls",
        1,
        r#"start
        find stash="t1", resultSet="all-new", Where Expression={"expr":[{"join":"AND","lhs":"Status","op":"=","rhs":"open"},{"join":"AND","lhs":"Owner","op":"=","rhd":{"methodId":"start","outputId":"bo"}}]}, bo<start.owner
        each list<find.Rows, flo="55555555-5555-4555-8555-555555555555", Row=item., User ID=item.Row ID, Fixed="x"
        sum list<find.Rows, memo=5, flo="55555555-5555-4555-8555-555555555555", memo=0"#,
    );
    let pack = pack("calls");
    let sum = &pack.flows[1].flow.steps[3];
    assert_eq!(
        sum.inputs.iter().map(|input| input.arg).collect::<Vec<_>>(),
        [false, false, false, true]
    );
    assert_eq!(pack.flows[1].flow.access, Some(Access::ClientToken));
    assert_eq!(pack.tables[0].columns[2].default.as_deref(), Some("0"));
}

#[test]
fn every_fixture_comes_out_as_it_went_in() {
    for name in ALL {
        let original: Json = serde_json::from_str(text(name)).unwrap();
        let exported = export(&pack(name).view()).unwrap();
        assert_eq!(same(&original, &exported), [""; 0], "{name}");
        invariants::hold(&exported);
    }
}

#[test]
fn a_pack_without_skeletons_gives_the_same_documents() {
    for name in ALL {
        let pack = pack(name);
        let mut view = pack.view();
        view.skeleton = None;
        view.flows.iter_mut().for_each(|flow| flow.skeleton = None);
        let exported = export(&view).unwrap();
        invariants::hold(&exported);
        let again = import(exported.to_string().as_bytes(), &mut Counter(0)).unwrap();
        for (before, after) in pack.flows.iter().zip(&again.flows) {
            assert_eq!(before.flow, after.flow, "{name}");
        }
    }
}

#[test]
fn a_skeleton_holds_nothing_of_what_a_user_typed() {
    let skeleton = pack("plain").flows[0].skeleton.to_string();
    for typed in [
        "ada@example.com",
        "Hello",
        "Look her up",
        "*Because*",
        "Asia/Tokyo",
        "Says hello",
        "\"a\",\"b\"",
    ] {
        assert!(!skeleton.contains(typed), "{typed}");
    }
    let skeleton = pack("inline").flows[0].skeleton.to_string();
    assert!(!skeleton.contains("\"other\"") && !skeleton.contains("\"two\""));
}
