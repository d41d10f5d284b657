//! The description as a whole: where it is, and which operation a request belongs to.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value as Json};
use yaml_rust2::yaml::{Yaml, YamlLoader};

use crate::operation::Operation;

/// The environment variable that names the file.
pub const VARIABLE: &str = "OKTA_API_DESCRIPTION";

/// Where it is looked for, from the root of the repository.
const BESIDE: &str = "../shared/okta/management-minimal.yaml";

/// Deepest nesting of the file that is read.
const MAX_DEPTH: usize = 200;

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// Okta's API description.
pub struct Description {
    pub(crate) root: Json,
    /// Every property in Okta's own samples, with the name of what it stands in, and whether it is null there.
    samples: BTreeSet<(String, String, bool)>,
}

impl Description {
    /// Where the file is; nothing where there is none.
    pub fn file() -> Option<PathBuf> {
        let named = env::var_os(VARIABLE).map(PathBuf::from);
        let beside = || {
            let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2)?;
            Some(root.join(BESIDE))
        };
        named.or_else(beside).filter(|file| file.is_file())
    }

    /// Reads the description; nothing where there is none, which is said on standard error.
    ///
    /// # Errors
    /// The file cannot be read, or is not YAML.
    pub fn find() -> io::Result<Option<Description>> {
        if let Some(file) = Self::file() {
            return Self::parse(&fs::read_to_string(file)?).map(Some);
        }
        eprintln!(
            "SKIPPED: nothing was compared with Okta's API description. Put it to {BESIDE}, or name it in {VARIABLE}."
        );
        Ok(None)
    }

    /// Reads a description from its YAML.
    ///
    /// # Errors
    /// It is not YAML, or nested too deeply.
    pub fn parse(text: &str) -> io::Result<Description> {
        let mut documents = YamlLoader::load_from_str(text).map_err(io::Error::other)?;
        let document = documents.pop().ok_or_else(|| io::Error::other("no YAML"))?;
        let root = json(document, 0)?;
        let mut samples = BTreeSet::new();
        let given = root.pointer("/components/examples");
        for sample in given.and_then(Json::as_object).into_iter().flatten() {
            collect(
                "",
                sample.1.get("value").unwrap_or(&Json::Null),
                &mut samples,
            );
        }
        Ok(Description { root, samples })
    }

    /// Whether one of Okta's samples in the description has the property `name` inside of a property `parent`, and null
    /// in it if that is asked. At some places the schemas forbid what the samples show; then the org is believed, since
    /// the samples are what it answers.
    pub(crate) fn is_in_sample(&self, parent: &str, name: &str, is_null: bool) -> bool {
        let key = |is_null| (parent.to_owned(), name.to_owned(), is_null);
        self.samples.contains(&key(true)) || (!is_null && self.samples.contains(&key(false)))
    }

    /// The release of Okta's API that it describes.
    pub fn version(&self) -> &str {
        text(&self.root, "/info/version")
    }

    /// The operation that answers `method` at `path`, which is a path as it is sent. Fixed words win over parameters,
    /// as everywhere in OpenAPI.
    pub fn operation(&self, method: &str, path: &str) -> Option<Operation<'_>> {
        let method = method.to_ascii_lowercase();
        if !METHODS.contains(&method.as_str()) {
            return None;
        }
        let paths = self.root.get("paths")?.as_object()?;
        paths
            .iter()
            .filter_map(|(template, item)| {
                let params = params(template, path)?;
                let operation = item.get(&method)?;
                Some((
                    params.len(),
                    Operation::new(self, template, item, operation),
                ))
            })
            .min_by_key(|(params, _)| *params)
            .map(|(_, operation)| operation)
    }

    /// What a reference such as `#/components/schemas/User` stands for; anything else stands for itself.
    pub(crate) fn resolved<'a>(&'a self, of: &'a Json) -> &'a Json {
        let mut of = of;
        // A chain of references is short; a ring of them ends here.
        for _ in 0..10 {
            let Some(reference) = of.get("$ref").and_then(Json::as_str) else {
                break;
            };
            let Some(found) = reference
                .strip_prefix('#')
                .and_then(|pointer| self.root.pointer(pointer))
            else {
                break;
            };
            of = found;
        }
        of
    }
}

/// The text at a JSON pointer; empty where there is none.
pub(crate) fn text<'a>(of: &'a Json, pointer: &str) -> &'a str {
    of.pointer(pointer).and_then(Json::as_str).unwrap_or("")
}

/// The path parameters of `path` by the template, if it fits.
pub(crate) fn params<'a>(template: &'a str, path: &'a str) -> Option<Vec<(&'a str, &'a str)>> {
    let (wanted, given) = (template.split('/'), path.split('/'));
    if wanted.clone().count() != given.clone().count() {
        return None;
    }
    let mut params = Vec::new();
    for (wanted, given) in wanted.zip(given) {
        match wanted.strip_prefix('{').and_then(|it| it.strip_suffix('}')) {
            Some(name) if !given.is_empty() => params.push((name, given)),
            None if wanted == given => {}
            _ => return None,
        }
    }
    Some(params)
}

fn collect(parent: &str, of: &Json, samples: &mut BTreeSet<(String, String, bool)>) {
    match of {
        Json::Array(items) => items.iter().for_each(|item| collect(parent, item, samples)),
        Json::Object(fields) => {
            for (name, value) in fields {
                samples.insert((parent.to_owned(), name.clone(), value.is_null()));
                collect(name, value, samples);
            }
        }
        _ => {}
    }
}

fn json(yaml: Yaml, depth: usize) -> io::Result<Json> {
    if depth > MAX_DEPTH {
        return Err(io::Error::other("the YAML is nested too deeply"));
    }
    Ok(match yaml {
        Yaml::String(text) => Json::String(text),
        Yaml::Integer(number) => number.into(),
        Yaml::Real(text) => text.parse::<f64>().map_err(io::Error::other)?.into(),
        Yaml::Boolean(flag) => flag.into(),
        Yaml::Array(items) => {
            let items = items.into_iter().map(|item| json(item, depth + 1));
            Json::Array(items.collect::<io::Result<_>>()?)
        }
        Yaml::Hash(fields) => {
            let mut object = Map::new();
            for (key, value) in fields {
                object.insert(key_text(&key)?, json(value, depth + 1)?);
            }
            Json::Object(object)
        }
        Yaml::Null | Yaml::BadValue | Yaml::Alias(_) => Json::Null,
    })
}

/// Statuses are numbers in some of the answers and texts in others.
fn key_text(key: &Yaml) -> io::Result<String> {
    match key {
        Yaml::String(text) => Ok(text.clone()),
        Yaml::Integer(number) => Ok(number.to_string()),
        Yaml::Boolean(flag) => Ok(flag.to_string()),
        other => Err(io::Error::other(format!("{other:?} is no key"))),
    }
}
