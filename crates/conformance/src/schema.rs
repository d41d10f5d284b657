//! Judges a JSON value by a schema of OpenAPI 3.0.
//!
//! `allOf`, `oneOf`, `anyOf` and discriminators are followed, and what they say of one object is taken together, so that
//! an unknown property can be told: it is a fault wherever the schema names properties and does not leave itself open.
//! What is read-only may not be sent, and what is write-only may not be answered.

use std::ptr;

use chrono::DateTime;
use regex::Regex;
use serde_json::{Map, Value as Json};

use crate::description::{Description, text};

/// Which way a value goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// To the org.
    Request,
    /// From the org.
    Answer,
}

/// Deepest nesting of a value that is looked at.
const MAX_DEPTH: usize = 60;

/// Where an answer begins.
pub(crate) const ANSWER: &str = "answer";

pub(crate) struct Judge<'a> {
    description: &'a Description,
    direction: Direction,
    depth: usize,
    faults: Vec<String>,
}

impl<'a> Judge<'a> {
    pub(crate) fn new(description: &'a Description, direction: Direction) -> Self {
        Self {
            description,
            direction,
            depth: 0,
            faults: Vec::new(),
        }
    }

    /// Everything that is wrong with `value`; `at` is where it stands.
    pub(crate) fn faults(mut self, value: &Json, schema: &'a Json, at: &str) -> Vec<String> {
        self.check(value, &[schema], at);
        self.faults
    }

    /// Checks a value by several schemas that all hold for it.
    fn check(&mut self, value: &Json, schemas: &[&'a Json], at: &str) {
        if self.depth > MAX_DEPTH {
            self.faults.push(format!("{at}: nested too deeply"));
            return;
        }
        self.depth += 1;
        let mut parts = Vec::new();
        for schema in schemas {
            self.gather(schema, value, &mut parts);
        }
        if value.is_null() {
            let is_allowed = parts.is_empty()
                || parts.iter().any(|part| {
                    is_set(part, "nullable") || list(part, "enum").contains(&Json::Null)
                });
            if !is_allowed && !self.is_in_sample(at, true) {
                self.faults.push(format!("{at}: must not be null"));
            }
        } else {
            for part in &parts {
                self.check_alone(value, part, at);
            }
            match value {
                Json::Object(fields) => self.check_object(fields, &parts, at),
                Json::Array(items) => self.check_items(items, &parts, at),
                _ => {}
            }
        }
        self.depth -= 1;
    }

    /// Collects the schemas that hold for `value`: references, `allOf`, the mapping of a discriminator, and of
    /// alternatives the one that fits best.
    fn gather(&mut self, schema: &'a Json, value: &Json, parts: &mut Vec<&'a Json>) {
        let schema = self.description.resolved(schema);
        if parts.iter().any(|known| ptr::eq(*known, schema)) {
            return;
        }
        parts.push(schema);
        for inner in list(schema, "allOf") {
            self.gather(inner, value, parts);
        }
        if let Some(mapped) = self.mapped(schema, value) {
            self.gather(mapped, value, parts);
            return;
        }
        let alternatives = match list(schema, "oneOf") {
            [] => list(schema, "anyOf"),
            one_of => one_of,
        };
        let best = alternatives
            .iter()
            .min_by_key(|alternative| self.faults_alone(value, alternative));
        if let Some(best) = best {
            self.gather(best, value, parts);
        }
    }

    fn faults_alone(&self, value: &Json, schema: &'a Json) -> usize {
        let mut judge = Judge::new(self.description, self.direction);
        judge.depth = self.depth + 1;
        judge.check(value, &[schema], "");
        judge.faults.len()
    }

    /// The schema that the discriminator names for this value.
    fn mapped(&self, schema: &'a Json, value: &Json) -> Option<&'a Json> {
        let discriminator = schema.get("discriminator")?;
        let name = discriminator.get("propertyName")?.as_str()?;
        let chosen = value.get(name)?.as_str()?;
        let reference = discriminator.get("mapping")?.get(chosen)?.as_str()?;
        self.description.root.pointer(reference.strip_prefix('#')?)
    }

    /// Checks everything about a value that one schema says by itself.
    fn check_alone(&mut self, value: &Json, schema: &Json, at: &str) {
        let kind = text(schema, "/type");
        let is_of_kind = match kind {
            "string" => value.is_string(),
            "boolean" => value.is_boolean(),
            "integer" => value.is_i64() || value.is_u64(),
            "number" => value.is_number(),
            "array" => value.is_array(),
            "object" => value.is_object(),
            _ => true,
        };
        if !is_of_kind {
            self.faults.push(format!("{at}: {value} is no {kind}"));
            return;
        }
        let choices = list(schema, "enum");
        if !choices.is_empty() && !choices.contains(value) {
            self.faults
                .push(format!("{at}: {value} is none of the choices"));
        }
        match value {
            Json::String(text) => self.check_text(text, schema, at),
            Json::Number(number) => {
                let number = number.as_f64().unwrap_or_default();
                let bound = |name: &str| schema.get(name).and_then(Json::as_f64);
                let is_low = bound("minimum").is_some_and(|least| number < least);
                if is_low || bound("maximum").is_some_and(|most| number > most) {
                    self.faults.push(format!("{at}: {number} is out of bounds"));
                }
            }
            Json::Array(items) => self.check_count(items.len(), schema, "Items", at),
            _ => {}
        }
    }

    fn check_text(&mut self, given: &str, schema: &Json, at: &str) {
        self.check_count(given.chars().count(), schema, "Length", at);
        let fits = match text(schema, "/format") {
            "date-time" => DateTime::parse_from_rfc3339(given).is_ok(),
            "email" => given.contains('@'),
            _ => true,
        };
        let pattern = text(schema, "/pattern");
        // Patterns are those of ECMAScript; one that cannot be read here says nothing.
        let is_match = pattern.is_empty()
            || Regex::new(pattern).map_or(true, |pattern| pattern.is_match(given));
        if !fits || !is_match {
            self.faults
                .push(format!("{at}: {given:?} is not formed as described"));
        }
    }

    fn check_count(&mut self, count: usize, schema: &Json, what: &str, at: &str) {
        let bound = |name: String| {
            let bound = schema.get(&name).and_then(Json::as_u64);
            bound.and_then(|bound| usize::try_from(bound).ok())
        };
        let is_short = bound(format!("min{what}")).is_some_and(|least| count < least);
        if is_short || bound(format!("max{what}")).is_some_and(|most| count > most) {
            self.faults
                .push(format!("{at}: {count} is out of bounds for {what}"));
        }
    }

    fn check_items(&mut self, items: &[Json], parts: &[&'a Json], at: &str) {
        let schemas: Vec<&Json> = parts.iter().filter_map(|part| part.get("items")).collect();
        for (index, item) in items.iter().enumerate() {
            self.check(item, &schemas, &format!("{at}[{index}]"));
        }
    }

    fn check_object(&mut self, fields: &Map<String, Json>, parts: &[&'a Json], at: &str) {
        for name in parts.iter().flat_map(|part| list(part, "required")) {
            let Some(name) = name.as_str() else { continue };
            let schemas = properties(parts, name);
            let is_other_way = self.is_other_way(&schemas);
            if !fields.contains_key(name) && !is_other_way {
                self.faults.push(format!("{at}.{name}: is missing"));
            }
        }
        let is_open = is_open(parts);
        let others: Vec<&Json> = parts
            .iter()
            .filter_map(|part| part.get("additionalProperties"))
            .filter(|others| others.is_object())
            .collect();
        for (name, value) in fields {
            let at = format!("{at}.{name}");
            let schemas = properties(parts, name);
            if schemas.is_empty() {
                if !is_open && !self.is_in_sample(&at, false) {
                    self.faults.push(format!("{at}: is not described"));
                }
                self.check(value, &others, &at);
                continue;
            }
            if self.is_other_way(&schemas) {
                self.faults.push(match self.direction {
                    Direction::Request => format!("{at}: is read-only"),
                    Direction::Answer => format!("{at}: is write-only"),
                });
            }
            self.check(value, &schemas, &at);
        }
    }

    /// Whether Okta's own samples have what the schema does not. Answers only: what is sent keeps to the schema.
    fn is_in_sample(&self, at: &str, is_null: bool) -> bool {
        let mut names = at
            .rsplit('.')
            .map(|part| part.split('[').next().unwrap_or_default());
        let name = names.next().unwrap_or_default();
        let parent = names.next().filter(|parent| *parent != ANSWER);
        self.direction == Direction::Answer
            && self
                .description
                .is_in_sample(parent.unwrap_or_default(), name, is_null)
    }

    /// Whether a property goes the other way only.
    fn is_other_way(&mut self, schemas: &[&'a Json]) -> bool {
        let mark = match self.direction {
            Direction::Request => "readOnly",
            Direction::Answer => "writeOnly",
        };
        let mut parts = Vec::new();
        for schema in schemas {
            self.gather(schema, &Json::Null, &mut parts);
        }
        parts.iter().any(|part| is_set(part, mark))
    }
}

/// What the schemas say of the property `name`.
fn properties<'a>(parts: &[&'a Json], name: &str) -> Vec<&'a Json> {
    parts
        .iter()
        .filter_map(|part| part.get("properties")?.get(name))
        .collect()
}

/// Whether properties may be there that nothing names: where no schema names any, or one leaves itself open.
fn is_open(parts: &[&Json]) -> bool {
    let leaves_open = |part: &&Json| {
        let additional = part.get("additionalProperties");
        is_set(part, "x-okta-extensible")
            || additional.is_some_and(|it| it.is_object() || it == &Json::Bool(true))
    };
    let names_some = |part: &&Json| {
        let named = part.get("properties").and_then(Json::as_object);
        named.is_some_and(|named| !named.is_empty())
    };
    parts.iter().any(leaves_open) || !parts.iter().any(names_some)
}

fn is_set(schema: &Json, mark: &str) -> bool {
    schema.get(mark) == Some(&Json::Bool(true))
}

fn list<'a>(schema: &'a Json, name: &str) -> &'a [Json] {
    schema
        .get(name)
        .and_then(Json::as_array)
        .map_or(&[], Vec::as_slice)
}
