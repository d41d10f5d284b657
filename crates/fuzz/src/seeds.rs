//! Good input of each target, to begin with.

use cards::Language;
use flopack::import;
use flow::{CardKey, CardSpec, Example, Flow, FlowEdit, Place, StepId};
use serde_json::json;

use crate::pack::Counter;

/// Packs of ours, small.
const PACKS: [&str; 5] = [
    include_str!("../../flopack/tests/it/fixtures/plain.flopack"),
    include_str!("../../flopack/tests/it/fixtures/if.flopack"),
    include_str!("../../flopack/tests/it/fixtures/inline.flopack"),
    include_str!("../../flopack/tests/it/fixtures/event.flopack"),
    include_str!("../../flopack/tests/it/fixtures/calls.flopack"),
];

/// Expressions of both dialects.
const EXPRESSIONS: [&str; 10] = [
    r#"substringBefore(user.login, "@") + "\" + String.toUpperCase(user.firstName)"#,
    "user.nickName ?: user.firstName == null ? 'a' : {1, 2.5, {'b'}}[0] + -1",
    "Arrays.contains(user.csv, 'a') AND !Arrays.isEmpty(user.list) OR user.login matches '.*@corp.*'",
    "Time.fromStringToIso8601('17 June 2015 00:23:19', 'dd MMMM yyyy HH:mm:ss')",
    "Time.now('Asia/Tokyo', \"yyyy-MM-dd'T'HH:mm:ss.SSSZ\")",
    "user.getGroups({'group.type': {'OKTA_GROUP'}}, {'group.profile.name': 'Every', 'operator': 'EXACT'}).![profile.name]",
    "String.stringSwitch(Convert.toInt('12.5'), 'none', '1', Iso3166Convert.toName('392'))",
    "user.profile.login.substringAfter('@').replace('c', 'cc').length() * 2 ^ 3 % 5",
    "user.created.plusDays(-2).toZone('Japan').toString('EEE d MMM yy h:mm a')",
    "user.isMemberOf({'group.id': {'00g1'}}) && {1, 2}.add(3).contains(user.list[0])",
];

/// Filters and values that look like some.
const FILTERS: [&str; 6] = [
    "(&(objectClass=user)(|(sn=Jensen)(cn=Babs J*)))",
    "(!(userAccountControl:1.2.840.113556.1.4.803:=2))",
    "(cn=\\2a\\E4)",
    "x)(objectClass=*",
    "{a}{b}",
    "営業*(東京)",
];

/// Values of directories: text and bytes.
fn attributes() -> Vec<Vec<u8>> {
    let texts = [
        r#"CN=Smith\, John+UID=7,OU=\53taff,DC=corp,DC=test"#,
        "018675b8-c6c8-4adb-8c51-b629d644f4b1",
        "uHWGAcjG20qMUbYp1kT0sQ==",
        "S-1-5-21-3651439817-3830778075-3639916501-1102",
        "20261121233306.5+0900",
        "66050",
        "ABCDEFGHIJKLMNOP",
    ];
    let sid = [1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 32, 2, 0, 0];
    let texts = texts.iter().map(|text| text.as_bytes().to_vec());
    texts.chain([sid.to_vec()]).collect()
}

/// Returns good input for the target of this name.
pub fn seeds(target: &str) -> Vec<Vec<u8>> {
    match target {
        "pack" => PACKS.map(|pack| pack.as_bytes().to_vec()).into(),
        "document" => PACKS.into_iter().flat_map(documents).collect(),
        "card" => examples(),
        "compose" => texts("string:compose"),
        "expression" => EXPRESSIONS.map(|text| text.as_bytes().to_vec()).into(),
        "attribute" => attributes(),
        "search" => FILTERS.map(|text| text.as_bytes().to_vec()).into(),
        _ => texts("math:expression"),
    }
}

fn documents(pack: &str) -> Vec<Vec<u8>> {
    let Ok(read) = import(pack.as_bytes(), &mut Counter(0)) else {
        return Vec::new();
    };
    let of_flow = |flow: &Flow| {
        let mut added = flow.steps.first()?.clone();
        let first = added.id.clone();
        added.id = StepId::from("added");
        added.lanes.clear();
        let edits = [
            FlowEdit::AddStep {
                step: Box::new(added),
                at: Place {
                    lane: None,
                    index: 1,
                },
            },
            FlowEdit::MoveStep {
                step: StepId::from("added"),
                to: Place {
                    lane: None,
                    index: 0,
                },
            },
            FlowEdit::Retitle {
                step: first.clone(),
                title: Some("Title".into()),
            },
            FlowEdit::RemoveStep { step: first },
            FlowEdit::Batch {
                edits: vec![FlowEdit::Rename { name: "N".into() }],
            },
        ];
        let mut parts = vec![json!(flow)];
        parts.extend(edits.map(|edit| json!(edit)));
        Some(json!(parts).to_string().into_bytes())
    };
    read.flows
        .iter()
        .filter_map(|flow| of_flow(&flow.flow))
        .collect()
}

fn examples() -> Vec<Vec<u8>> {
    let cards = cards::catalogue(Language::En).cards();
    let of_card = |card: &CardSpec| {
        let name = card.key.to_string();
        let line = |example: &Example| format!("{name}\n{}", json!(example.inputs));
        card.examples.iter().map(line).collect::<Vec<_>>()
    };
    cards.flat_map(of_card).map(String::into_bytes).collect()
}

fn texts(card: &str) -> Vec<Vec<u8>> {
    let cards = cards::catalogue(Language::En);
    let card = CardKey::parse(card).and_then(|key| cards.card(&key));
    let examples = card.map_or(&[][..], |card| &card.examples);
    let text = |example: &Example| example.inputs.get("_text_")?.as_str().map(str::to_owned);
    examples
        .iter()
        .filter_map(text)
        .map(String::into_bytes)
        .collect()
}
