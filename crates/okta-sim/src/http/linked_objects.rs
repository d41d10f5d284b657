//! Linked objects: their definitions, and the links of a user.

use serde_json::{Value, json};

use super::call::{Answer, Call, Reply};
use super::errors::OktaError;
use super::users::id_in_path;
use crate::state::{LinkDefinition, Org, Side};

/// Most relationships an org may define, as at Okta.
const MAX_DEFINITIONS: usize = 200;

fn shown(definition: &LinkDefinition, base: &str) -> Value {
    let side = |side: &Side| json!({"name": side.name, "title": side.title, "description": side.description, "type": "USER"});
    json!({
        "primary": side(&definition.primary),
        "associated": side(&definition.associated),
        "_links": {"self": {"href": format!("{base}/api/v1/meta/schemas/user/linkedObjects/{}", definition.primary.name)}},
    })
}

pub(super) fn definitions(org: &mut Org, call: &Call) -> Answer {
    let all = org.links.definitions.iter();
    Ok(Reply::ok(all.map(|it| shown(it, &call.base)).collect()))
}

pub(super) fn definition(org: &mut Org, call: &Call) -> Answer {
    org.links
        .definition(call.param("name"))
        .map(|it| Reply::ok(shown(it, &call.base)))
        .ok_or_else(|| OktaError::not_found(call.param("name"), "LinkedObject"))
}

pub(super) fn define(org: &mut Org, call: &Call) -> Answer {
    let body = Value::Object(call.object()?);
    let (primary, associated) = (side(&body, "primary")?, side(&body, "associated")?);
    if org.links.definitions.len() >= MAX_DEFINITIONS {
        return Err(OktaError::validation(
            "linkedObject",
            "The maximum number of linked objects is reached",
        ));
    }
    for (which, side) in [("primary", &primary), ("associated", &associated)] {
        if org.links.definition(&side.name).is_some() || primary.name == associated.name {
            return Err(OktaError::new(
                409,
                "E0000127",
                "Invalid linked objection definition. Linked object identifier is already in use.",
            )
            .because(format!(
                "Linked object identifier for {which} is already in use."
            )));
        }
    }
    let definition = LinkDefinition {
        primary,
        associated,
    };
    let reply = Reply::json(201, shown(&definition, &call.base));
    org.links.definitions.push(definition);
    Ok(reply)
}

fn side(body: &Value, which: &str) -> Result<Side, OktaError> {
    let side = &body[which];
    let name = side["name"].as_str().unwrap_or_default();
    let is_name = name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
        && name.len() <= 60;
    let title = side["title"].as_str().unwrap_or_default();
    if !is_name || title.is_empty() || side["type"].as_str() != Some("USER") {
        return Err(OktaError::validation(
            which,
            format!("{which}: A name, a title and the type USER are required"),
        ));
    }
    Ok(Side {
        name: name.to_owned(),
        title: title.to_owned(),
        description: side["description"].as_str().unwrap_or_default().to_owned(),
    })
}

pub(super) fn undefine(org: &mut Org, call: &Call) -> Answer {
    definition(org, call)?;
    org.links.remove_definition(call.param("name"));
    Ok(Reply::empty(204))
}

fn known<'a>(org: &Org, call: &'a Call) -> Result<&'a str, OktaError> {
    let name = call.param("name");
    match org.links.definition(name) {
        Some(_) => Ok(name),
        None => Err(OktaError::not_found(name, "LinkedObject")),
    }
}

pub(super) fn list(org: &mut Org, call: &Call) -> Answer {
    let id = id_in_path(org, call, "id")?;
    let name = known(org, call)?;
    let links = org.links.linked(&id, name).into_iter().map(|other| {
        json!({"_links": {"self": {"href": format!("{}/api/v1/users/{other}", call.base)}}})
    });
    Ok(Reply::ok(links.collect()))
}

pub(super) fn link(org: &mut Org, call: &Call) -> Answer {
    let id = id_in_path(org, call, "id")?;
    let primary = id_in_path(org, call, "primaryId")?;
    let name = known(org, call)?;
    let is_primary = org
        .links
        .definition(name)
        .is_some_and(|it| it.primary.name == name);
    if !is_primary || id == primary {
        return Err(OktaError::validation(
            "linkedObject",
            "The relationship must be the primary one, and nobody can be linked to themselves",
        ));
    }
    org.links.link(name, &id, &primary);
    Ok(Reply::empty(204))
}

pub(super) fn unlink(org: &mut Org, call: &Call) -> Answer {
    let id = id_in_path(org, call, "id")?;
    let name = known(org, call)?;
    org.links.unlink(&id, name);
    Ok(Reply::empty(204))
}
