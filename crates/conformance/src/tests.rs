use serde_json::{Value as Json, json};

use crate::{Description, Sent};

const SMALL: &str = r##"
openapi: 3.0.3
info: {version: "1"}
paths:
  /things/{id}:
    post:
      operationId: change
      security: [{apiToken: []}, {oauth2: [things.manage]}]
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
        - {name: loud, in: query, required: true, schema: {type: boolean}}
        - {name: Prefer, in: header, schema: {type: string, enum: [respond-async]}}
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/Change"}}}}
      responses:
        "200": {content: {application/json: {schema: {$ref: "#/components/schemas/Animal"}}}}
        204: {description: nothing}
  /things/special:
    post: {operationId: special, responses: {}}
components:
  schemas:
    Change:
      oneOf: [{$ref: "#/components/schemas/Name"}, {$ref: "#/components/schemas/Size"}]
    Name: {type: object, required: [name], properties: {name: {type: string, maxLength: 5}, id: {type: string, readOnly: true}}}
    Size: {type: object, properties: {size: {type: integer, minimum: 1}, secret: {type: string, writeOnly: true}}}
    Animal:
      type: object
      required: [kind]
      properties: {kind: {type: string, enum: [cat, dog]}, born: {type: string, format: date-time, nullable: true}, age: {type: integer}}
      discriminator: {propertyName: kind, mapping: {cat: "#/components/schemas/Cat"}}
    Cat:
      allOf: [{$ref: "#/components/schemas/Animal"}, {type: object, properties: {claws: {type: array, maxItems: 2, items: {type: string, pattern: "^s"}}}}]
"##;

fn pairs(given: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    given.iter().map(owned).collect()
}

#[track_caller]
fn request(query: &[(&str, &str)], headers: &[(&str, &str)], body: &Json, expected: &[&str]) {
    let description = Description::parse(SMALL).unwrap();
    let operation = description.operation("POST", "/things/7").unwrap();
    let (query, headers) = (pairs(query), pairs(headers));
    let sent = Sent {
        path: "/things/7",
        query: &query,
        headers: &headers,
        body: Some(body).filter(|body| !body.is_null()),
    };
    assert_eq!(operation.faults_of_request(&sent), expected);
}

#[track_caller]
fn answer(status: u16, body: &Json, expected: &[&str]) {
    let description = Description::parse(SMALL).unwrap();
    let operation = description.operation("POST", "/things/7").unwrap();
    assert_eq!(operation.faults_of_answer(status, body), expected);
}

#[test]
fn a_path_belongs_to_the_operation_with_the_most_fixed_words() {
    let description = Description::parse(SMALL).unwrap();
    let id = |method, path| description.operation(method, path).map(|it| it.id());
    assert_eq!(id("POST", "/things/7"), Some("change"));
    assert_eq!(id("POST", "/things/special"), Some("special"));
    assert_eq!(id("GET", "/things/7"), None);
    assert_eq!(id("POST", "/things/7/more"), None);
    assert_eq!(id("POST", "/things/"), None);
    let change = description.operation("POST", "/things/7").unwrap();
    assert_eq!(change.scopes(), ["things.manage"]);
}

#[test]
fn parameters_are_declared_present_and_of_their_type() {
    let name = json!({"name": "Ada"});
    request(
        &[("loud", "true")],
        &[("prefer", "respond-async")],
        &name,
        &[],
    );
    request(&[], &[], &name, &["the query parameter loud is missing"]);
    request(
        &[("loud", "yes")],
        &[],
        &name,
        &["query loud: yes is of another type"],
    );
    request(
        &[("loud", "true"), ("x", "1")],
        &[("X-Own", "1"), ("Prefer", "wait")],
        &name,
        &[
            "header Prefer: \"wait\" is none of the choices",
            "the query parameter x is not declared",
            "the header X-Own is not declared",
        ],
    );
    request(
        &[("loud", "true"), ("loud", "false")],
        &[],
        &name,
        &["the query parameter loud is given more than once"],
    );
}

#[test]
fn bodies_are_judged_by_the_alternative_that_fits_best() {
    let loud = [("loud", "true")];
    request(&loud, &[], &json!({"size": 1, "secret": "s"}), &[]);
    request(&loud, &[], &Json::Null, &["the body is missing"]);
    request(
        &loud,
        &[],
        &json!({"size": 0}),
        &["body.size: 0 is out of bounds"],
    );
    request(
        &loud,
        &[],
        &json!({"size": "1"}),
        &["body.size: \"1\" is no integer"],
    );
    request(
        &loud,
        &[],
        &json!({"name": "Augusta"}),
        &["body.name: 7 is out of bounds for Length"],
    );
    request(
        &loud,
        &[],
        &json!({"name": "Ada", "id": "7"}),
        &["body.id: is read-only"],
    );
    request(
        &loud,
        &[],
        &json!({"name": "Ada", "size": 1}),
        &["body.size: is not described"],
    );
    request(
        &loud,
        &[],
        &json!({"name": null}),
        &["body.name: must not be null"],
    );
}

#[test]
fn answers_follow_the_discriminator() {
    answer(
        200,
        &json!({"kind": "cat", "born": null, "claws": ["sharp"]}),
        &[],
    );
    answer(
        200,
        &json!({"kind": "dog", "claws": []}),
        &["answer.claws: is not described"],
    );
    answer(
        200,
        &json!({"kind": "cow"}),
        &["answer.kind: \"cow\" is none of the choices"],
    );
    answer(200, &json!({"age": 3}), &["answer.kind: is missing"]);
    answer(
        200,
        &json!({"kind": "cat", "born": "today"}),
        &["answer.born: \"today\" is not formed as described"],
    );
    answer(
        200,
        &json!({"kind": "cat", "claws": ["s", "s", "blunt"]}),
        &[
            "answer.claws: 3 is out of bounds for Items",
            "answer.claws[2]: \"blunt\" is not formed as described",
        ],
    );
    answer(204, &Json::Null, &[]);
    answer(204, &json!({"a": 1}), &["an answer 204 has no body"]);
    answer(418, &Json::Null, &["the status 418 is not described"]);
}
