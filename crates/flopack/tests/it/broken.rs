//! Packs that are broken: a clear error or a problem, never a panic, never a hang.

use flopack::{PackError, check, export, import};
use serde_json::{Value as Json, json};

use crate::fixtures::{ALL, Counter, text};

fn error(text: &str) -> String {
    import(text.as_bytes(), &mut Counter(0))
        .unwrap_err()
        .to_string()
}

fn json(name: &str) -> Json {
    serde_json::from_str(text(name)).unwrap()
}

/// Imports a changed fixture and returns the codes of its problems.
#[track_caller]
fn problems(pack: &Json) -> Vec<String> {
    let pack = import(pack.to_string().as_bytes(), &mut Counter(0)).unwrap();
    export(&pack.view()).unwrap();
    let mut codes: Vec<String> = pack
        .problems
        .into_iter()
        .map(|problem| problem.code)
        .collect();
    codes.dedup();
    codes
}

#[test]
fn what_is_no_pack_is_refused_in_one_line() {
    assert_eq!(
        error("hello"),
        "The file is not JSON (line 1, column 1: expected value). Export it again."
    );
    assert!(error(text("plain").get(..900).unwrap()).contains("EOF while parsing"));
    assert_eq!(
        error("{\"type\":\"zip\"}"),
        "The file is not a flow pack: its type is \"zip\", expected \"flopack\"."
    );
    assert_eq!(
        error("[]"),
        "The file is not a flow pack: its type is null, expected \"flopack\"."
    );
    assert_eq!(
        error("{\"type\":\"flopack\"}"),
        "The pack has no data. Export it again."
    );
    assert_eq!(
        error("{\"type\":\"flopack\",\"data\":{}}"),
        "The pack has no flows (data.flos). Export it again."
    );
    assert!(error(&"[".repeat(100_000)).contains("deeper than 128 levels"));
    let large = vec![b' '; flopack::MAX_BYTES + 1];
    assert_eq!(
        import(&large, &mut Counter(0)).unwrap_err(),
        PackError::TooLarge { limit: 50 }
    );
}

#[test]
fn a_byte_order_mark_is_no_reason_to_refuse() {
    let marked = format!("\u{feff}{}", text("plain"));
    assert!(import(marked.as_bytes(), &mut Counter(0)).is_ok());
}

const PLAIN: &str = "11111111-1111-4111-8111-111111111111";

#[test]
fn each_fault_is_named() {
    let change = |change: &dyn Fn(&mut Json)| {
        let mut pack = json("plain");
        change(&mut pack["data"]["flos"][PLAIN]["data"]);
        problems(&pack)
    };
    assert_eq!(change(&|flow| flow["methods"] = json!(3)), ["no_body"]);
    assert_eq!(
        change(&|flow| flow["methods"][1]["address"] = json!(7)),
        [""; 0],
        "the connector says what it is"
    );
    assert_eq!(
        change(&|flow| flow["methods"][5] = json!("card")),
        ["ordering", "not_a_card", "ordering", "dangling_wire"][1..].to_vec()
    );
    assert_eq!(
        change(&|flow| flow["orderings"]["back"] = json!(["say", "read"])),
        ["circular_order"]
    );
    assert_eq!(
        change(&|flow| flow["orderings"]["out"] = json!(["say", "nowhere"])),
        ["ordering"]
    );
    assert_eq!(change(&|flow| flow["orderings"] = json!([1, 2])), [""; 0]);
    assert_eq!(
        change(&|flow| flow["methods"][4]["pins"]["t4"] = json!({"odd": [{"input": "gone"}]})),
        ["dangling_wire"]
    );
    assert_eq!(
        change(&|flow| flow["methods"][4]["pins"] = json!({"gone": {"odd": [{"input": "q1"}]}})),
        ["dangling_wire"]
    );
    assert_eq!(
        change(&|flow| flow["methods"][3]["uuid"] = json!("read")),
        ["duplicate_card", "ordering"]
    );
    assert_eq!(
        change(&|flow| flow["group"] = json!("gone")),
        ["folder_missing"]
    );
    assert_eq!(
        change(
            &|flow| flow["methods"][1]["node"]["model"]["policy"]["error"] =
                json!({"type": "flo", "flo": 7})
        ),
        ["error_flow"]
    );
}

#[test]
fn a_branch_that_does_not_meet_again_is_closed() {
    let mut pack = json("if");
    let flow = &mut pack["data"]["flos"]["22222222-2222-4222-8222-222222222222"]["data"];
    let orderings = flow["orderings"].as_object_mut().unwrap();
    orderings.retain(|_, pair| pair[1] != "J2");
    assert!(problems(&pack).contains(&"no_join".to_owned()));
    let flow = &mut pack["data"]["flos"]["22222222-2222-4222-8222-222222222222"]["data"];
    flow["methods"][1]["branches"] = json!({"T1": true});
    assert!(problems(&pack).contains(&"branch".to_owned()));
}

#[test]
fn nesting_has_a_limit() {
    let mut pack = json("plain");
    let flow = &mut pack["data"]["flos"][PLAIN]["data"];
    let card = |uuid: &str, method: &str, branches: Json| json!({"uuid": uuid, "address": format!("root:kernel:control:0.0.1:{method}"), "branches": branches, "node": {"key": method}});
    let (mut methods, mut orderings) = (vec![], serde_json::Map::new());
    for level in 0..600 {
        let (yes, no, join, next) = (
            format!("y{level}"),
            format!("n{level}"),
            format!("j{level}"),
            format!("i{}", level + 1),
        );
        methods.push(card(
            &format!("i{level}"),
            "if",
            json!({&*yes: true, &*no: false}),
        ));
        methods.extend([
            card(&yes, "noop", json!({})),
            card(&no, "noop", json!({})),
            card(&join, "join", json!({})),
        ]);
        let after = if level == 599 { join.clone() } else { next };
        for (from, to) in [(&yes, &after), (&no, &join)] {
            orderings.insert(format!("{from}{to}"), json!([from, to]));
        }
        if level > 0 {
            orderings.insert(
                format!("up{level}"),
                json!([join, format!("j{}", level - 1)]),
            );
        }
    }
    flow["methods"] = json!(methods);
    flow["orderings"] = Json::Object(orderings);
    let error = import(pack.to_string().as_bytes(), &mut Counter(0)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "The flow \"Plain\" nests its cards deeper than 16 levels."
    );
    let flow = &mut pack["data"]["flos"][PLAIN]["data"];
    flow["methods"] = (0..=flopack::MAX_CARDS)
        .map(|at| card(&format!("c{at}"), "noop", json!({})))
        .collect();
    let error = import(pack.to_string().as_bytes(), &mut Counter(0)).unwrap_err();
    assert_eq!(
        error,
        PackError::TooManyCards {
            flow: "Plain".into(),
            limit: flopack::MAX_CARDS
        }
    );
}

#[test]
fn a_check_counts_cards_and_says_what_cannot_run() {
    let report = check(text("plain").as_bytes(), &|card| {
        card.module() != "shopify_0123456789abcdef0123456789abcdef"
    })
    .unwrap();
    let shown = serde_json::to_value(&report).unwrap();
    let expected = json!({
        "pack": "", "version": "1.5.0", "flows": 1, "cards": 6, "supported": 5,
        "unsupported": [{"address": "shopify_0123456789abcdef0123456789abcdef:makeThing_ab12", "count": 1}],
        "round_trip": true, "problems": [],
    });
    assert_eq!(shown, expected);
}

/// A small generator (xorshift), so that a failure can be repeated.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(sides.max(1)).unwrap()).unwrap()
    }
}

/// Changes one value somewhere inside.
fn spoil(json: &mut Json, dice: &mut Dice) {
    let count = match json {
        Json::Object(map) => map.len(),
        Json::Array(list) => list.len(),
        _ => 0,
    };
    if count == 0 || dice.roll(9) == 0 {
        *json = match dice.roll(8) {
            0 => Json::Null,
            1 => json!(true),
            2 => json!(-7.5),
            3 => json!("read"),
            4 => json!([]),
            5 => json!({"methods": [{}], "key": "x"}),
            6 => json!({"read": [{"input": "r1"}]}),
            _ => json!([["start", "read"], "J1", {"id": 1}]),
        };
        return;
    }
    let at = dice.roll(count);
    match json {
        Json::Object(map) => {
            let key = map.keys().nth(at).unwrap().clone();
            match dice.roll(12) {
                0 => drop(map.remove(&key)),
                1 => {
                    let value = map.remove(&key).unwrap();
                    map.insert("start".into(), value);
                }
                _ => spoil(&mut map[&key], dice),
            }
        }
        Json::Array(list) => match dice.roll(12) {
            0 => drop(list.remove(at)),
            1 => list.push(list[at].clone()),
            _ => spoil(&mut list[at], dice),
        },
        _ => {}
    }
}

#[test]
fn no_damage_makes_it_panic() {
    for name in ALL {
        let original = json(name);
        for seed in 1..400_u64 {
            let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
            let mut damaged = original.clone();
            for _ in 0..=dice.roll(6) {
                spoil(&mut damaged, &mut dice);
            }
            let text = damaged.to_string();
            if let Ok(pack) = import(text.as_bytes(), &mut Counter(0))
                && let Ok(exported) = export(&pack.view())
            {
                import(exported.to_string().as_bytes(), &mut Counter(0))
                    .unwrap_or_else(|error| panic!("{name} {seed}: {error}"));
            }
            let cut = text
                .char_indices()
                .map(|(at, _)| at)
                .nth(dice.roll(text.len()))
                .unwrap_or(0);
            assert!(import(&text.as_bytes()[..cut], &mut Counter(0)).is_err());
        }
    }
}

/// Nobody's pack; but whoever makes one must not stop the server with it.
#[test]
fn what_is_too_deep_or_too_wide_is_refused() {
    let plain = |change: &dyn Fn(&mut Json)| -> PackError {
        let mut pack = json("plain");
        change(&mut pack["data"]["flos"][PLAIN]["data"]["methods"][1]["node"]["model"]);
        import(pack.to_string().as_bytes(), &mut Counter(0)).unwrap_err()
    };
    let mut body = json!({"methods": []});
    for level in 0..200 {
        let start = format!("s{level}");
        let inner = json!({"uuid": format!("t{level}"), "address": "root:kernel:control:0.0.1:tryCatch", "node": {
            "key": "tryCatch", "model": {"inputs": {"data": {"f": {"key": "flo", "value": {"type": "flo", "data": body}}}}}}});
        let begin = json!({"uuid": start, "address": "root:kernel:control:0.0.1:callable", "node": {"key": "callable"}});
        body = json!({"methods": [begin, inner], "orderings": {"o": [start, format!("t{level}")]}});
    }
    let nested = plain(&|model| {
        model["inputs"]["data"] = json!({"f": {"key": "flo", "value": {"data": body}}})
    });
    assert_eq!(nested, PackError::TooNested);
    let mut ty = json!({"type": "string"});
    for _ in 0..50 {
        ty = json!({"type": {"k": ty}});
    }
    let deep_type =
        plain(&|model| model["outputs"]["data"] = json!({"o": {"key": "o", "value": ty}}));
    assert_eq!(deep_type, PackError::TooNested);
    let fields: serde_json::Map<String, Json> = (0..=flopack::MAX_FIELDS)
        .map(|at| {
            (
                format!("p{at}"),
                json!({"key": format!("k{at}"), "value": {"type": "string"}}),
            )
        })
        .collect();
    let wide = plain(&|model| model["inputs"]["data"] = Json::Object(fields.clone()));
    let limit = flopack::MAX_FIELDS;
    assert_eq!(
        wide,
        PackError::TooManyFields {
            flow: "Plain".into(),
            limit
        }
    );
}
