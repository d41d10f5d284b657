//! Component schemas (JSON Schema 2020-12, as OpenAPI 3.1 uses it), written with a few builders.

mod audit;
mod budget;
mod connections;
mod delegated;
mod directories;
mod document;
mod flows;
mod folders;
mod home;
mod inspect;
mod packs;
mod people;
mod runs;
mod search;
mod server_facts;
mod tables;
mod templates;
mod trials;
mod versions;
mod web;

use serde_json::{Map, Value as Json, json};

/// Returns every component schema by name.
pub(super) fn all() -> Json {
    let mut all = Map::new();
    for (name, schema) in [
        outer(),
        document::schemas(),
        folders::schemas(),
        flows::schemas(),
        versions::schemas(),
        runs::schemas(),
        inspect::schemas(),
        trials::schemas(),
        packs::schemas(),
        tables::schemas(),
        templates::schemas(),
        server_facts::schemas(),
        home::schemas(),
        budget::schemas(),
        connections::schemas(),
        people::schemas(),
        delegated::schemas(),
        search::schemas(),
        audit::schemas(),
        directories::schemas(),
        web::schemas(),
    ]
    .into_iter()
    .flatten()
    {
        all.insert(name.to_owned(), schema);
    }
    Json::Object(all)
}

/// Schemas with their names.
type Named = Vec<(&'static str, Json)>;

fn outer() -> Named {
    let error = object(
        "Why a request was refused or failed.",
        &[
            ("code", words("Stable code for programs.", ERROR_CODES)),
            ("message", text("What happened and what to do, in English.")),
        ],
        &[
            (
                "error_id",
                text("Id under which the server logged the cause, where it is the server's fault."),
            ),
            ("about", text("The scope that is missing.")),
        ],
    );
    vec![
        ("Error", error),
        ("OpenApi", map("An OpenAPI 3.1 document.")),
    ]
}

const ERROR_CODES: &[&str] = &[
    "sign_in_needed",
    "wrong_credentials",
    "forbidden",
    "not_found",
    "conflict",
    "invalid",
    "has_problems",
    "bad_pack",
    "org",
    "org_unreachable",
    "directory",
    "missing_scope",
    "too_large",
    "too_many",
    "internal",
];

/// A text.
pub(super) fn text(about: &str) -> Json {
    described(json!({ "type": "string" }), about)
}

/// A name that somebody gives.
pub(super) fn name(about: &str) -> Json {
    described(
        json!({ "type": "string", "minLength": 1, "maxLength": 200, "pattern": "\\S" }),
        about,
    )
}

/// A list of `least` to `most`.
pub(super) fn some(about: &str, item: Json, least: usize, most: usize) -> Json {
    let mut list = many(about, item);
    list["minItems"] = least.into();
    list["maxItems"] = most.into();
    list
}

/// A whole number.
pub(super) fn whole(about: &str) -> Json {
    described(json!({ "type": "integer" }), about)
}

/// A whole number from `least` to `most`.
pub(super) fn number_within(least: i64, most: i64) -> Json {
    json!({ "type": "integer", "minimum": least, "maximum": most })
}

/// A point in time.
pub(super) fn time(about: &str) -> Json {
    whole(&format!("{about} Milliseconds since 1970 in UTC."))
}

/// True or false.
pub(super) fn truth(about: &str) -> Json {
    described(json!({ "type": "boolean" }), about)
}

/// One of these words.
pub(super) fn words(about: &str, words: &[&str]) -> Json {
    described(json!({ "type": "string", "enum": words }), about)
}

/// Any JSON.
pub(super) fn anything(about: &str) -> Json {
    described(json!({}), about)
}

/// An object with any keys.
pub(super) fn map(about: &str) -> Json {
    described(json!({ "type": "object" }), about)
}

/// A list.
pub(super) fn many(about: &str, item: Json) -> Json {
    let list = Map::from_iter([
        ("type".to_owned(), Json::from("array")),
        ("items".to_owned(), item),
    ]);
    described(Json::Object(list), about)
}

/// A list of exactly two.
pub(super) fn pair(first: Json, second: Json) -> Json {
    let items = vec![first, second];
    json!({ "type": "array", "prefixItems": items, "items": false, "minItems": 2 })
}

/// Another component.
pub(super) fn of(name: &str, about: &str) -> Json {
    described(
        json!({ "$ref": format!("#/components/schemas/{name}") }),
        about,
    )
}

/// This, or null.
pub(super) fn or_null(schema: Json) -> Json {
    let forms = vec![schema, json!({ "type": "null" })];
    json!({ "anyOf": forms })
}

/// Exactly one of these.
pub(super) fn one_of(about: &str, forms: Vec<Json>) -> Json {
    let forms = Map::from_iter([("oneOf".to_owned(), Json::Array(forms))]);
    described(Json::Object(forms), about)
}

/// An object whose `kind` is this word.
pub(super) fn kind(word: &str, required: &[(&str, Json)], optional: &[(&str, Json)]) -> Json {
    let mut all = vec![("kind", json!({ "const": word }))];
    all.extend_from_slice(required);
    object("", &all, optional)
}

/// An object with these fields and no others.
pub(super) fn object(about: &str, required: &[(&str, Json)], optional: &[(&str, Json)]) -> Json {
    let names: Vec<&str> = required.iter().map(|(name, _)| *name).collect();
    let fields: Map<String, Json> = required
        .iter()
        .chain(optional)
        .map(|(name, schema)| ((*name).to_owned(), schema.clone()))
        .collect();
    let schema = json!({
        "type": "object",
        "required": names,
        "properties": fields,
        "additionalProperties": false,
    });
    described(schema, about)
}

fn described(mut schema: Json, about: &str) -> Json {
    if !about.is_empty() {
        schema["description"] = Json::from(about);
    }
    schema
}
