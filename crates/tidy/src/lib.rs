//! Tests about the code base itself: who may know whom, how long a file may be, what may not land.
//!
//! This library only reads: the tracked files, and what cargo says of the members. The rules are the tests
//! in `tests/it`, one file for each subject. A rule collects everything it finds before it fails.

use std::env;
use std::fs;
use std::io;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

/// The tracked files of the repository, as they are in the work tree.
pub struct Repository {
    root: PathBuf,
    files: Vec<String>,
}

impl Repository {
    /// Lists the tracked files. Needs git and a clone.
    pub fn open() -> io::Result<Self> {
        let start = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(env::current_dir, |dir| Ok(dir.into()))?;
        let root = start
            .ancestors()
            .find(|dir| dir.join("Cargo.lock").is_file())
            .ok_or_else(|| io::Error::other("no Cargo.lock above this crate"))?
            .to_path_buf();
        let listing = output(
            Command::new("git")
                .args(["ls-files", "-z"])
                .current_dir(&root),
        )?;
        let files = listing
            .split('\0')
            .filter(|file| !file.is_empty() && root.join(file).is_file())
            .map(str::to_owned)
            .collect();
        Ok(Self { root, files })
    }

    /// The paths of all tracked files that exist, relative to the root, sorted.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(String::as_str)
    }

    /// The tracked files with one of these extensions.
    pub fn with_extension<'a>(&'a self, extensions: &'a [&str]) -> impl Iterator<Item = &'a str> {
        self.files().filter(move |file| {
            file.rsplit_once('.')
                .is_some_and(|(_, extension)| extensions.contains(&extension))
        })
    }

    /// The content of a file, or `None` where it is not text.
    pub fn text(&self, file: &str) -> Option<String> {
        fs::read_to_string(self.root.join(file)).ok()
    }

    /// Every text file with one of these extensions, and its content.
    pub fn texts<'a>(&'a self, extensions: &'a [&str]) -> impl Iterator<Item = (&'a str, String)> {
        self.with_extension(extensions)
            .filter_map(|file| Some((file, self.text(file)?)))
    }

    /// What cargo knows of the workspace members, without their dependencies' own manifests.
    pub fn members(&self) -> io::Result<Vec<Member>> {
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let text = output(
            Command::new(cargo)
                .args([
                    "metadata",
                    "--format-version",
                    "1",
                    "--no-deps",
                    "--offline",
                ])
                .current_dir(&self.root),
        )?;
        let metadata: Value = serde_json::from_str(&text).map_err(io::Error::other)?;
        let packages = metadata.get("packages").and_then(Value::as_array);
        Ok(packages.into_iter().flatten().map(Member::read).collect())
    }
}

/// One workspace member, as its manifest declares it.
pub struct Member {
    /// The crate's name.
    pub name: String,
    /// Everything it is built with, except what only its tests use.
    pub dependencies: Vec<Dependency>,
    /// Every feature with what it turns on.
    pub features: Vec<(String, Vec<String>)>,
}

/// One line of a `[dependencies]` or `[build-dependencies]` table.
pub struct Dependency {
    /// The name of the crate, not a local alias.
    pub name: String,
    /// The features that the line turns on.
    pub features: Vec<String>,
}

impl Member {
    fn read(package: &Value) -> Self {
        let dependencies = package.get("dependencies").and_then(Value::as_array);
        let features = package.get("features").and_then(Value::as_object);
        Self {
            name: string(package, "name"),
            dependencies: dependencies
                .into_iter()
                .flatten()
                .filter(|dependency| string(dependency, "kind") != "dev")
                .map(|dependency| Dependency {
                    name: string(dependency, "name"),
                    features: strings(dependency.get("features")),
                })
                .collect(),
            features: features
                .into_iter()
                .flatten()
                .map(|(name, turned_on)| (name.clone(), strings(Some(turned_on))))
                .collect(),
        }
    }
}

/// The text of a field; empty where it is missing or null.
fn string(value: &Value, field: &str) -> String {
    let text = value.get(field).and_then(Value::as_str);
    text.unwrap_or_default().to_owned()
}

fn strings(value: Option<&Value>) -> Vec<String> {
    let items = value.and_then(Value::as_array).into_iter().flatten();
    items.filter_map(Value::as_str).map(str::to_owned).collect()
}

fn output(command: &mut Command) -> io::Result<String> {
    let output = command.output()?;
    if !output.status.success() {
        let complaint = String::from_utf8_lossy(&output.stderr);
        return Err(io::Error::other(format!("{command:?}: {complaint}")));
    }
    String::from_utf8(output.stdout).map_err(io::Error::other)
}

/// What a rule found. Nothing is reported until everything has been looked at.
#[derive(Default)]
pub struct Findings {
    found: Vec<String>,
}

impl Findings {
    /// Notes one violation; say where and what to do.
    pub fn add(&mut self, finding: impl Into<String>) {
        self.found.push(finding.into());
    }

    /// The number of violations so far.
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// Whether the rule holds so far.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Fails with all violations of `rule`, if there are any.
    #[track_caller]
    pub fn none_expected(self, rule: &str) {
        assert!(
            self.found.is_empty(),
            "{rule}\n  {}\n",
            self.found.join("\n  ")
        );
    }
}
