//! Comparing two packs by what they say: every fact is one line, fields go by group and key, never by the ids of pins.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Value as Json, json};

use crate::raw::{self, entries, items, text};

/// At most this many differences are returned.
const MAX_DIFFERENCES: usize = 1_000;

type Facts = BTreeMap<String, Json>;

/// Returns the differences between two packs, one sentence each: flows, cards, fields, static values, links, conversions,
/// order, notes, titles, folders, tables, schedules, connections, error handling, names and descriptions. What only the
/// designer needs (ids of pins, the preview, counts) is not compared.
pub fn same(a: &Json, b: &Json) -> Vec<String> {
    let (a, b) = (facts(a), facts(b));
    let gone = a.iter().filter_map(|(name, value)| match b.get(name) {
        None => Some(format!("{name}: {} is missing in the second", short(value))),
        Some(other) if other != value => Some(format!(
            "{name}: {} in the first, {} in the second",
            short(value),
            short(other)
        )),
        Some(_) => None,
    });
    let new = b
        .iter()
        .filter(|(name, _)| !a.contains_key(*name))
        .map(|(name, value)| format!("{name}: {} is missing in the first", short(value)));
    gone.chain(new).take(MAX_DIFFERENCES).collect()
}

fn short(value: &Json) -> String {
    value.to_string().chars().take(80).collect()
}

fn facts(pack: &Json) -> Facts {
    let mut facts = Facts::new();
    let data = &pack["data"];
    for (id, folder) in entries(&data["groups"]) {
        let folder = &folder["data"];
        let path = match text(folder, "path") {
            "" => Json::Null,
            path => json!(path),
        };
        facts.insert(
            format!("folder {id}"),
            json!([folder["name"], text(folder, "description"), path]),
        );
    }
    for (id, config) in entries(&data["configs"]) {
        facts.insert(
            format!("connection {id}"),
            json!([config["name"], config["module"]]),
        );
    }
    for (id, table) in entries(&data["tables"]) {
        let columns: Vec<Json> = items(&table["data"]["structure"])
            .iter()
            .map(|column| json!([column["name"], column["type"], column["default"]]))
            .collect();
        facts.insert(
            format!("table {id}"),
            json!([
                table["name"],
                text(table, "description"),
                table["data"]["group_id"],
                columns
            ]),
        );
    }
    for (id, flow) in entries(&data["flos"]) {
        let at = format!("flow {id}");
        let body = &flow["data"];
        facts.insert(
            format!("{at} name"),
            json!([flow["name"], text(flow, "description")]),
        );
        facts.insert(format!("{at} folder"), body["group"].clone());
        facts.insert(
            format!("{at} schedule"),
            json!([body["scheduled"] == true, body["cron"]]),
        );
        facts.insert(format!("{at} access"), body["security_level"].clone());
        facts.insert(format!("{at} saves data"), body["log"].clone());
        facts.insert(
            format!("{at} folded"),
            body["display"]["collapsedMethods"].clone(),
        );
        scope(&at, body, &mut facts);
    }
    facts
}

fn scope(at: &str, body: &Json, facts: &mut Facts) {
    let mut inputs: HashMap<(&str, &str), String> = HashMap::new();
    for method in items(&body["methods"]) {
        for (id, pin) in raw::pins(method, "inputs") {
            inputs.insert((text(method, "uuid"), id), name(pin));
        }
    }
    for method in items(&body["methods"]) {
        let uuid = text(method, "uuid");
        let at_card = format!("{at} card {uuid}");
        card(&at_card, method, facts);
        for (output, targets) in entries(&method["pins"]) {
            let output = name(&method["node"]["model"]["outputs"]["data"][output]);
            for (target, wires) in entries(targets) {
                for wire in items(wires) {
                    let input = inputs.get(&(target, text(wire, "input")));
                    let input = input.map_or("?", String::as_str);
                    let convert = entries(&wire["transform"]).next().map(|(_, entry)| {
                        json!([entry["convert"], entry["forceWrapArray"] == true])
                    });
                    facts.insert(
                        format!("{at} link {uuid} {output} to {target} {input}"),
                        json!(convert),
                    );
                }
            }
        }
    }
    for (_, pair) in entries(&body["orderings"]) {
        if let [from, to] = items(pair)
            && from != to
        {
            facts.insert(format!("{at} order {from} before {to}"), Json::Bool(true));
        }
    }
}

fn card(at: &str, method: &Json, facts: &mut Facts) {
    let model = &method["node"]["model"];
    let mut policy = model["policy"]["error"].clone();
    let handler = raw::take(&mut policy, &["flo"]);
    let note = match &model["comments"] {
        Json::String(text) if text.is_empty() => Json::Null,
        other => other.clone(),
    };
    let mut fact = |what: &str, value: Json| drop(facts.insert(format!("{at} {what}"), value));
    fact("is", method["address"].clone());
    fact("title", method["node"]["data"]["name"].clone());
    fact("note", note);
    fact("connection", model["config"].clone());
    fact("shown", model["displayed"].clone());
    fact("on error", policy);
    fact("branches", method["branches"].clone());
    fact("joins", joins(method));
    for side in ["inputs", "outputs"] {
        for (_, pin) in raw::pins(method, side) {
            fact(&format!("{side} {}", name(pin)), field(pin));
        }
    }
    if raw::is_body(&handler) {
        scope(&format!("{at} error"), &handler, facts);
    } else {
        facts.insert(format!("{at} error flow"), handler);
    }
    for (_, pin) in raw::pins(method, "inputs") {
        if raw::is_body(&pin["value"]["data"]) {
            scope(&format!("{at} {}", name(pin)), &pin["value"]["data"], facts);
        }
    }
}

/// Group and key, and whether it is handed over per item: Reduce has its starting value twice.
fn name(pin: &Json) -> String {
    let arg = if pin["value"]["proxy"].is_object() {
        " (argument)"
    } else {
        ""
    };
    format!("{}{arg}", raw::field_key(pin))
}

fn field(pin: &Json) -> Json {
    let (value, meta) = (&pin["value"], &pin["metadata"]);
    let data = if raw::is_body(&value["data"]) {
        json!("a body")
    } else {
        value["data"].clone()
    };
    let proxy = Some(&value["proxy"]).filter(|proxy| proxy.is_object());
    json!({
        "type": value["type"], "list": value["collection"], "value": data, "item": proxy,
        "required": pin["required"], "flags": pin["flags"], "label": meta["displayname"],
        "custom": meta["custom"] == true, "hidden": [meta["hidden"], meta["forceHide"]],
        "choices": meta["choices"], "place": meta["index"], "path": meta["path"],
    })
}

fn joins(method: &Json) -> Json {
    let pin = |side: &str, id: &str| &method["node"]["model"][side]["data"][id];
    let mut links: Vec<String> = entries(&method["joins"])
        .flat_map(|(input, list)| items(list).iter().map(move |link| (input, link)))
        .map(|(input, link)| (pin("inputs", input), pin("outputs", text(link, "output"))))
        .filter(|(input, output)| input.is_object() && output.is_object())
        .map(|(input, output)| format!("{} to {}", name(input), name(output)))
        .collect();
    links.sort();
    json!(links)
}
