//! One operation: what it takes, what it answers, and which scope it needs.

use serde_json::Value as Json;

use crate::description::{Description, params, text};
use crate::schema::{ANSWER, Direction, Judge};

/// A request as it goes out.
#[derive(Clone, Copy, Debug)]
pub struct Sent<'a> {
    /// The path, encoded, with a slash at the beginning.
    pub path: &'a str,
    /// The query before it is encoded.
    pub query: &'a [(String, String)],
    /// The headers that the caller adds.
    pub headers: &'a [(String, String)],
    /// The body, if there is one.
    pub body: Option<&'a Json>,
}

/// An operation of the description.
#[derive(Clone, Copy)]
pub struct Operation<'a> {
    description: &'a Description,
    template: &'a str,
    path_item: &'a Json,
    operation: &'a Json,
}

impl<'a> Operation<'a> {
    pub(crate) fn new(
        description: &'a Description,
        template: &'a str,
        path_item: &'a Json,
        operation: &'a Json,
    ) -> Self {
        Self {
            description,
            template,
            path_item,
            operation,
        }
    }

    /// The name that Okta gives it.
    pub fn id(&self) -> &'a str {
        text(self.operation, "/operationId")
    }

    /// The path with its parameters in braces.
    pub fn template(&self) -> &'a str {
        self.template
    }

    /// The OAuth scopes that it needs.
    pub fn scopes(&self) -> Vec<&'a str> {
        let ways = self.operation.get("security").and_then(Json::as_array);
        ways.into_iter()
            .flatten()
            .filter_map(|way| way.get("oauth2").and_then(Json::as_array))
            .flatten()
            .filter_map(Json::as_str)
            .collect()
    }

    /// What is wrong with a request, in words; nothing where all is well.
    pub fn faults_of_request(&self, sent: &Sent) -> Vec<String> {
        let mut faults = Vec::new();
        let given_params = params(self.template, sent.path).unwrap_or_default();
        for parameter in self.parameters() {
            let name = text(parameter, "/name");
            let place = text(parameter, "/in");
            let given: Vec<&str> = match place {
                "path" => values(given_params.iter().copied(), name),
                "query" => values(pairs(sent.query), name),
                "header" => headers(sent.headers, name),
                _ => Vec::new(),
            };
            if given.is_empty() && parameter.get("required") == Some(&Json::Bool(true)) {
                faults.push(format!("the {place} parameter {name} is missing"));
            }
            if given.len() > 1 {
                faults.push(format!(
                    "the {place} parameter {name} is given more than once"
                ));
            }
            for text in given {
                let at = format!("{place} {name}");
                faults.extend(self.faults_of_parameter(parameter, text, &at));
            }
        }
        for (name, _) in sent.query {
            if !self.declares("query", name) {
                faults.push(format!("the query parameter {name} is not declared"));
            }
        }
        for (name, _) in sent.headers {
            if !self.declares("header", name) {
                faults.push(format!("the header {name} is not declared"));
            }
        }
        faults.extend(self.faults_of_body(sent.body));
        faults
    }

    /// What is wrong with an answer, in words; nothing where all is well. `body` is null where there is none.
    pub fn faults_of_answer(&self, status: u16, body: &Json) -> Vec<String> {
        let responses = self.operation.get("responses");
        let Some(response) = responses.and_then(|all| all.get(status.to_string())) else {
            return vec![format!("the status {status} is not described")];
        };
        let response = self.description.resolved(response);
        let Some(schema) = json_schema(response) else {
            let is_empty = body.is_null() || body.as_object().is_some_and(|it| it.is_empty());
            return if is_empty {
                Vec::new()
            } else {
                vec![format!("an answer {status} has no body")]
            };
        };
        Judge::new(self.description, Direction::Answer).faults(body, schema, ANSWER)
    }

    fn faults_of_body(&self, body: Option<&Json>) -> Vec<String> {
        let described = self.operation.get("requestBody");
        match (described, body) {
            (None, None) => Vec::new(),
            (None, Some(_)) => vec!["there is a body where none is described".to_owned()],
            (Some(described), None) => {
                let described = self.description.resolved(described);
                if described.get("required") == Some(&Json::Bool(true)) {
                    vec!["the body is missing".to_owned()]
                } else {
                    Vec::new()
                }
            }
            (Some(described), Some(body)) => {
                match json_schema(self.description.resolved(described)) {
                    Some(schema) => Judge::new(self.description, Direction::Request)
                        .faults(body, schema, "body"),
                    None => vec!["the body is described as something else than JSON".to_owned()],
                }
            }
        }
    }

    fn faults_of_parameter(&self, parameter: &Json, given: &str, at: &str) -> Vec<String> {
        let Some(schema) = parameter.get("schema") else {
            return Vec::new();
        };
        let value = match text(self.description.resolved(schema), "/type") {
            "integer" => given.parse::<i64>().ok().map(Json::from),
            "number" => given.parse::<f64>().ok().map(Json::from),
            "boolean" => given.parse::<bool>().ok().map(Json::from),
            _ => Some(Json::from(given)),
        };
        match value {
            Some(value) => {
                Judge::new(self.description, Direction::Request).faults(&value, schema, at)
            }
            None => vec![format!("{at}: {given} is of another type")],
        }
    }

    fn declares(&self, place: &str, name: &str) -> bool {
        self.parameters().any(|parameter| {
            let known = text(parameter, "/name");
            let is_it = match place {
                "header" => known.eq_ignore_ascii_case(name),
                _ => known == name,
            };
            is_it && text(parameter, "/in") == place
        })
    }

    /// Those of the path and its own.
    fn parameters(&self) -> impl Iterator<Item = &'a Json> {
        let description = self.description;
        [self.path_item, self.operation]
            .into_iter()
            .filter_map(|of| of.get("parameters").and_then(Json::as_array))
            .flatten()
            .map(move |parameter| description.resolved(parameter))
    }
}

fn json_schema(of: &Json) -> Option<&Json> {
    of.pointer("/content/application~1json/schema")
}

fn pairs(query: &[(String, String)]) -> impl Iterator<Item = (&str, &str)> {
    query
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
}

fn values<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>, name: &str) -> Vec<&'a str> {
    pairs
        .filter(|(known, _)| *known == name)
        .map(|(_, value)| value)
        .collect()
}

fn headers<'a>(given: &'a [(String, String)], name: &str) -> Vec<&'a str> {
    pairs(given)
        .filter(|(known, _)| known.eq_ignore_ascii_case(name))
        .map(|(_, value)| value)
        .collect()
}
