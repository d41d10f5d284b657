//! Profile schemas and user types.

use serde_json::{Value, json};

use super::apps::app;
use super::call::{Answer, Call, Reply};
use super::errors::OktaError;
use crate::state::{Attribute, Org, Schema, USER_SCHEMA_ID, USER_TYPE_ID, stamp};

/// Most custom attributes of a schema.
const MAX_CUSTOM: usize = 1_000;

fn shown(org: &Org, call: &Call, schema: &Schema, path: &str, names: (&str, &str)) -> Value {
    json!({
        "id": format!("{}/meta/schemas/{path}", call.base),
        "$schema": "http://json-schema.org/draft-04/schema#",
        "name": names.0,
        "title": names.1,
        "description": null,
        "lastUpdated": stamp(org.created),
        "created": stamp(org.created),
        "definitions": {
            "custom": Schema::shown(&schema.custom, "#custom"),
            "base": Schema::shown(&schema.base, "#base"),
        },
        "type": "object",
        "properties": {"profile": {"allOf": [{"$ref": "#/definitions/custom"}, {"$ref": "#/definitions/base"}]}},
        "_links": {
            "self": {"href": format!("{}/api/v1/meta/schemas/{path}", call.base), "method": "GET", "rel": "self"},
            "type": {"href": format!("{}/api/v1/meta/types/user/{USER_TYPE_ID}", call.base), "method": "GET", "rel": "type"},
        },
    })
}

fn is_default(call: &Call) -> Result<(), OktaError> {
    match call.param("schemaId") {
        "default" | USER_SCHEMA_ID => Ok(()),
        other => Err(OktaError::not_found(other, "UserSchema")),
    }
}

pub(super) fn user(org: &mut Org, call: &Call) -> Answer {
    is_default(call)?;
    let path = format!("user/{USER_SCHEMA_ID}");
    Ok(Reply::ok(shown(
        org,
        call,
        &org.user_schema,
        &path,
        ("user", "User"),
    )))
}

pub(super) fn group(org: &mut Org, call: &Call) -> Answer {
    Ok(Reply::ok(shown(
        org,
        call,
        &org.group_schema,
        "group/default",
        ("group", "Okta group"),
    )))
}

pub(super) fn update_user(org: &mut Org, call: &Call) -> Answer {
    is_default(call)?;
    let changed = with_custom(&org.user_schema, &Value::Object(call.object()?))?;
    org.user_schema = changed;
    user(org, call)
}

pub(super) fn update_group(org: &mut Org, call: &Call) -> Answer {
    let changed = with_custom(&org.group_schema, &Value::Object(call.object()?))?;
    org.group_schema = changed;
    group(org, call)
}

/// Adds, changes and (by null) removes custom attributes.
fn with_custom(schema: &Schema, body: &Value) -> Result<Schema, OktaError> {
    let mut schema = schema.clone();
    let Some(properties) = body["definitions"]["custom"]["properties"].as_object() else {
        return Err(OktaError::validation(
            "definitions",
            "definitions.custom.properties: The field cannot be left blank",
        ));
    };
    for (name, declared) in properties {
        if schema.base.iter().any(|it| it.name == *name) {
            return Err(OktaError::validation(
                name,
                format!("{name}: The attribute exists in the base schema"),
            ));
        }
        schema.custom.retain(|it| it.name != *name);
        if !declared.is_null() {
            schema.custom.push(attribute(name, declared)?);
        }
    }
    if schema.custom.len() > MAX_CUSTOM {
        return Err(OktaError::validation(
            "definitions",
            "The maximum number of custom attributes is reached",
        ));
    }
    Ok(schema)
}

fn attribute(name: &str, declared: &Value) -> Result<Attribute, OktaError> {
    let is_name = name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    let kind = declared["type"].as_str().unwrap_or_default();
    let title = declared["title"].as_str().unwrap_or_default();
    if !is_name
        || title.is_empty()
        || !["string", "boolean", "integer", "number", "array"].contains(&kind)
    {
        return Err(OktaError::validation(
            name,
            format!("{name}: A name of letters and digits, a title and a type are required"),
        ));
    }
    Ok(Attribute {
        name: name.to_owned(),
        title: title.to_owned(),
        kind: kind.to_owned(),
        is_required: declared["required"].as_bool().unwrap_or(false),
        min_length: declared["minLength"].as_u64(),
        max_length: declared["maxLength"].as_u64(),
        is_email: declared["format"].as_str() == Some("email"),
        declared: Some(declared.clone()),
    })
}

/// The attributes that the users of every application have; the name of the user is one of them and a credential.
fn of_app(org: &Org, id: &str) -> Schema {
    Schema {
        base: Schema::of_app_users(),
        custom: org.app_attributes.get(id).cloned().unwrap_or_default(),
    }
}

pub(super) fn app_user(org: &mut Org, call: &Call) -> Answer {
    let (id, name, label) = {
        let app = app(org, call.param("appId"))?;
        (app.id.clone(), app.name.clone(), app.label.clone())
    };
    let schema = of_app(org, &id);
    let path = format!("apps/{id}/default");
    let title = format!("{label} User");
    Ok(Reply::ok(shown(org, call, &schema, &path, (&name, &title))))
}

pub(super) fn update_app_user(org: &mut Org, call: &Call) -> Answer {
    let id = app(org, call.param("appId"))?.id.clone();
    let body = Value::Object(call.object()?);
    let changed = with_custom(&of_app(org, &id), &body)?;
    org.app_attributes.insert(id, changed.custom);
    app_user(org, call)
}

fn user_type_shown(org: &Org, call: &Call) -> Value {
    let schema = format!("{}/api/v1/meta/schemas/user/{USER_SCHEMA_ID}", call.base);
    json!({
        "id": USER_TYPE_ID,
        "displayName": "User",
        "name": "user",
        "description": "Okta user profile template with default permission settings",
        "createdBy": "sprz9fj1ycBcsgopy1d6",
        "lastUpdatedBy": "sprz9fj1ycBcsgopy1d6",
        "created": stamp(org.created),
        "lastUpdated": stamp(org.created),
        "default": true,
        "_links": {
            "self": {"rel": "self", "href": format!("{}/api/v1/meta/types/user/{USER_TYPE_ID}", call.base), "method": "GET"},
            "schema": {"rel": "schema", "href": schema, "method": "GET"},
        },
    })
}

pub(super) fn user_types(org: &mut Org, call: &Call) -> Answer {
    Ok(Reply::ok(json!([user_type_shown(org, call)])))
}

pub(super) fn user_type(org: &mut Org, call: &Call) -> Answer {
    match call.param("typeId") {
        "default" | USER_TYPE_ID => Ok(Reply::ok(user_type_shown(org, call))),
        other => Err(OktaError::not_found(other, "UserType")),
    }
}
