//! What holds in every pack that Okta's designer writes.

use std::collections::{HashMap, HashSet};

use serde_json::Value as Json;

fn list(json: &Json) -> &[Json] {
    json.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn pins<'a>(method: &'a Json, side: &str) -> Vec<&'a Json> {
    method["node"]["model"][side]["data"]
        .as_object()
        .unwrap()
        .values()
        .collect()
}

fn short(method: &Json) -> String {
    let parts: Vec<&str> = method["address"].as_str().unwrap().split(':').collect();
    format!("{}:{}", parts[parts.len() - 3], parts[parts.len() - 1])
}

fn entries(json: &Json) -> Vec<(&String, &Json)> {
    json.as_object()
        .map(|map| map.iter().collect())
        .unwrap_or_default()
}

#[track_caller]
pub(crate) fn hold(pack: &Json) {
    for (id, flow) in entries(&pack["data"]["flos"]) {
        let body = &flow["data"];
        assert_eq!(body["uuid"], id.as_str());
        assert!(
            pack["data"]["groups"][body["group"].as_str().unwrap()].is_object()
                || body["group"].is_string()
        );
        assert_eq!(
            body["scheduled"] == true,
            !entries(&body["cron"]).is_empty()
        );
        assert_eq!(
            list(&body["display"]["preview"]).len(),
            list(&body["methods"]).len()
        );
        scope(body, pack, &format!("{id} {}", flow["name"]));
    }
}

fn scope(body: &Json, pack: &Json, at: &str) {
    let cards: HashMap<&str, &Json> = list(&body["methods"])
        .iter()
        .map(|card| (card["uuid"].as_str().unwrap(), card))
        .collect();
    assert_eq!(
        cards.len(),
        list(&body["methods"]).len(),
        "{at}: ids are unique"
    );
    let mut next: HashMap<&str, HashSet<&str>> = HashMap::new();
    let mut entered: HashSet<&str> = HashSet::new();
    for (_, pair) in entries(&body["orderings"]) {
        let (from, to) = (pair[0].as_str().unwrap(), pair[1].as_str().unwrap());
        assert!(
            cards.contains_key(from) && cards.contains_key(to),
            "{at}: ordering {pair}"
        );
        if from != to {
            next.entry(from).or_default().insert(to);
            entered.insert(to);
        }
    }
    let heads: HashSet<&str> = cards
        .values()
        .flat_map(|card| entries(&card["branches"]))
        .map(|(head, _)| head.as_str())
        .collect();
    let starts: Vec<&&str> = cards
        .keys()
        .filter(|card| !entered.contains(**card) && !heads.contains(**card))
        .collect();
    assert_eq!(starts.len(), 1, "{at}: one start, found {starts:?}");
    for card in cards.values().filter(|card| short(card) == "control:if") {
        let uuid = card["uuid"].as_str().unwrap();
        assert!(
            !next.contains_key(uuid),
            "{at}: an If/Else leads only to its heads"
        );
        assert_eq!(entries(&card["branches"]).len(), 2, "{at}");
        for (head, _) in entries(&card["branches"]) {
            assert!(
                !entered.contains(head.as_str()) && cards.contains_key(head.as_str()),
                "{at}"
            );
            next.entry(uuid).or_default().insert(head);
        }
    }
    let before = ancestors(&cards, &next, at);
    wires(&cards, &before, at);
    for card in cards.values() {
        self::card(card, pack, at);
    }
}

fn ancestors<'a>(
    cards: &HashMap<&'a str, &Json>,
    next: &HashMap<&'a str, HashSet<&'a str>>,
    at: &str,
) -> HashMap<&'a str, HashSet<&'a str>> {
    let mut waits: HashMap<&str, usize> = cards.keys().map(|card| (*card, 0)).collect();
    for to in next.values().flatten() {
        *waits.get_mut(to).unwrap() += 1;
    }
    let mut todo: Vec<&str> = waits
        .iter()
        .filter(|(_, count)| **count == 0)
        .map(|(card, _)| *card)
        .collect();
    let mut before: HashMap<&str, HashSet<&str>> = HashMap::new();
    let mut seen = 0;
    while let Some(card) = todo.pop() {
        seen += 1;
        let mut mine = before.entry(card).or_default().clone();
        mine.insert(card);
        for to in next.get(card).into_iter().flatten() {
            before.entry(to).or_default().extend(mine.iter());
            let count = waits.get_mut(to).unwrap();
            *count -= 1;
            if *count == 0 {
                todo.push(to);
            }
        }
    }
    assert_eq!(seen, cards.len(), "{at}: no circles");
    before
}

fn wires(cards: &HashMap<&str, &Json>, before: &HashMap<&str, HashSet<&str>>, at: &str) {
    let mut ends = HashSet::new();
    for (uuid, card) in cards {
        for (output, targets) in entries(&card["pins"]) {
            let from = &card["node"]["model"]["outputs"]["data"][output];
            assert!(from.is_object(), "{at}: {uuid} has no output {output}");
            for (target, wires) in entries(targets) {
                let to = cards
                    .get(target.as_str())
                    .unwrap_or_else(|| panic!("{at}: {target} is not in the scope"));
                assert!(
                    before[target.as_str()].contains(uuid),
                    "{at}: {uuid} runs before {target}"
                );
                for wire in list(wires) {
                    let input =
                        &to["node"]["model"]["inputs"]["data"][wire["input"].as_str().unwrap()];
                    assert!(
                        input.is_object(),
                        "{at}: {target} has no input {}",
                        wire["input"]
                    );
                    let fresh = ends.insert((target.clone(), wire["input"].to_string()));
                    assert!(
                        fresh || short(to) == "control:join",
                        "{at}: {target} {} has two links",
                        wire["input"]
                    );
                    if wire["transform"].is_null() {
                        let kind = |pin: &Json| {
                            let ty = if pin["value"]["type"].is_object() {
                                "\"object\"".to_owned()
                            } else {
                                pin["value"]["type"].to_string()
                            };
                            (ty, pin["value"]["collection"].clone())
                        };
                        assert_eq!(
                            kind(from),
                            kind(input),
                            "{at}: types of {uuid} {} to {target} {}",
                            from["key"],
                            input["key"]
                        );
                    }
                }
            }
        }
    }
}

fn card(card: &Json, pack: &Json, at: &str) {
    let at = &format!("{at} {} {}", card["uuid"], card["address"]);
    let model = &card["node"]["model"];
    assert_eq!(
        card["address"],
        format!(
            "{}:{}",
            card["parents"]["version"]["address"].as_str().unwrap(),
            card["node"]["key"].as_str().unwrap()
        ),
        "{at}"
    );
    assert_eq!(card["node"]["key"], model["key"], "{at}");
    assert!(card["node"]["data"]["name"].is_string(), "{at}: title");
    let config = &model["config"];
    assert!(
        config.is_null() || pack["data"]["configs"][config.as_str().unwrap()].is_object(),
        "{at}"
    );
    for side in ["inputs", "outputs"] {
        for (id, pin) in entries(&model[side]["data"]) {
            assert_eq!(pin["id"], id.as_str(), "{at}");
            assert!(pin.get("keep").is_none(), "{at}: {pin}");
            let value = &pin["value"];
            assert!(
                value["type"].is_string() || value["type"].is_object(),
                "{at}: {pin}"
            );
            assert!(
                value["collection"] == false || value["data"].is_array() || value["data"].is_null(),
                "{at}: {pin}"
            );
        }
    }
    if model["mirrored"] == true {
        let of = |side: &str| {
            let mut all: Vec<String> = pins(card, side)
                .iter()
                .map(|pin| format!("{} {} {}", pin["group"], pin["key"], pin["value"]["type"]))
                .collect();
            all.sort();
            all
        };
        assert_eq!(of("inputs"), of("outputs"), "{at}");
    }
    placeholders(card, at);
    inline(card, pack, at);
}

fn placeholders(card: &Json, at: &str) {
    if short(card) == "string:compose" {
        let text = pins(card, "inputs")
            .into_iter()
            .find(|pin| pin["key"] == "_text_")
            .unwrap();
        for pin in pins(card, "inputs")
            .iter()
            .filter(|pin| pin["key"] != "_text_")
        {
            let holder = format!("{{{{{{{}}}}}}}", pin["key"].as_str().unwrap());
            assert!(
                text["value"]["data"].as_str().unwrap().contains(&holder),
                "{at}: {holder}"
            );
        }
    }
}

fn inline(host: &Json, pack: &Json, at: &str) {
    let model = &host["node"]["model"];
    let mut bodies: Vec<&Json> = pins(host, "inputs")
        .into_iter()
        .map(|pin| &pin["value"]["data"])
        .filter(|data| data["methods"].is_array())
        .collect();
    if model["policy"]["error"]["flo"].is_object() {
        bodies.push(&model["policy"]["error"]["flo"]);
    }
    for body in bodies {
        assert_eq!(body["id"], body["uuid"], "{at}");
        scope(body, pack, at);
        let entered: HashSet<String> = entries(&body["orderings"])
            .iter()
            .map(|(_, pair)| pair[1].to_string())
            .collect();
        let start = list(&body["methods"])
            .iter()
            .find(|card| {
                short(card) == "control:callable" && !entered.contains(&card["uuid"].to_string())
            })
            .unwrap();
        for pin in pins(start, "inputs")
            .iter()
            .filter(|pin| pin["metadata"]["wormholeMethodId"].is_string())
        {
            assert_eq!(pin["metadata"]["wormholeMethodId"], host["uuid"], "{at}");
            let outer: Vec<&Json> = pins(host, "inputs")
                .into_iter()
                .filter(|other| other["key"] == pin["key"])
                .collect();
            assert_eq!(outer.len(), 1, "{at}: wormhole {}", pin["key"]);
            assert_eq!(
                outer[0]["metadata"]["wormholeMethodId"], start["uuid"],
                "{at}"
            );
        }
        if ["control:branch", "control:tryCatch"].contains(&short(host).as_str()) {
            let ends: Vec<&Json> = list(&body["methods"])
                .iter()
                .filter(|card| short(card) == "control:return")
                .collect();
            assert_eq!(ends.len(), 1, "{at}: one return");
            let keys = |pins: Vec<&Json>| {
                pins.iter()
                    .map(|pin| pin["key"].to_string())
                    .collect::<HashSet<_>>()
            };
            assert_eq!(
                keys(pins(ends[0], "inputs")),
                keys(pins(host, "outputs")),
                "{at}"
            );
        }
    }
}
