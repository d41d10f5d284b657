//! Who may know whom. A crate exists because it forbids something.

use std::collections::BTreeSet;

use tidy::{Findings, Member, Repository};

/// A crate, the crates of ours it may use, and the outside crates it must do without.
struct Rule {
    name: &'static str,
    ours: &'static [&'static str],
    without: &'static [&'static str],
}

const NETWORK: &[&str] = &["tokio", "reqwest", "sqlx", "axum"];

const RULES: &[Rule] = &[
    rule(
        "flow",
        &[],
        &[
            "tokio", "reqwest", "sqlx", "axum", "leptos", "rand", "futures",
        ],
    ),
    rule(
        "api",
        &["flow"],
        &["tokio", "reqwest", "sqlx", "axum", "leptos"],
    ),
    rule(
        "cards",
        &["flow", "directory"],
        &["tokio", "reqwest", "sqlx", "axum", "leptos"],
    ),
    rule("engine", &["flow", "cards"], NETWORK),
    rule("connect", &["flow"], &["sqlx", "axum", "leptos"]),
    rule("store", &["flow"], &["reqwest", "axum", "leptos"]),
    rule("flopack", &["flow"], NETWORK),
    rule("directory", &["flow"], NETWORK),
    rule(
        "ldap",
        &["directory"],
        &["sqlx", "axum", "leptos", "reqwest"],
    ),
    rule("okta-sim", &[], &["sqlx", "leptos"]),
    rule("conformance", &[], NETWORK),
    rule(
        "fuzz",
        &["flow", "cards", "directory", "engine", "flopack"],
        NETWORK,
    ),
    rule("app", &["flow", "api"], &["tokio", "reqwest", "sqlx"]),
    rule("tidy", &[], NETWORK),
    rule("xtask", &[], NETWORK),
];

/// Knows everything: it wires the others together.
const FREE: &str = "server";

const fn rule(
    name: &'static str,
    ours: &'static [&'static str],
    without: &'static [&'static str],
) -> Rule {
    Rule {
        name,
        ours,
        without,
    }
}

#[test]
fn every_crate_knows_only_whom_it_may() {
    let members = Repository::open().unwrap().members().unwrap();
    violations(&members).none_expected("A crate uses what it must not know:");
}

#[test]
fn hydrate_is_turned_on_by_nobody() {
    let members = Repository::open().unwrap().members().unwrap();
    let mut found = Findings::default();
    for member in &members {
        for dependency in &member.dependencies {
            if dependency
                .features
                .iter()
                .any(|feature| feature == "hydrate")
            {
                found.add(format!(
                    "{} turns on {}/hydrate",
                    member.name, dependency.name
                ));
            }
        }
        for (feature, turned_on) in &member.features {
            let is_hydration = turned_on
                .iter()
                .any(|other| other == "hydrate" || other.ends_with("/hydrate"));
            if is_hydration && (member.name != "app" || feature != "hydrate") {
                found.add(format!(
                    "{}'s feature {feature} turns on hydrate",
                    member.name
                ));
            }
            if feature == "default" && turned_on.iter().any(|other| other == "ssr") {
                found.add(format!("{} turns on ssr by default", member.name));
            }
        }
    }
    found.none_expected("`ssr` and `hydrate` must never meet; only xtask asks for hydrate:");
}

#[test]
fn a_forbidden_crate_is_found() {
    let mut members = Repository::open().unwrap().members().unwrap();
    let before = violations(&members).len();
    let flow = members
        .iter_mut()
        .find(|member| member.name == "flow")
        .unwrap();
    for name in ["tokio", "engine"] {
        flow.dependencies.push(tidy::Dependency {
            name: name.to_owned(),
            features: Vec::new(),
        });
    }
    assert_eq!(violations(&members).len(), before + 2);
}

fn violations(members: &[Member]) -> Findings {
    let mut found = Findings::default();
    let ours: BTreeSet<&str> = members.iter().map(|member| member.name.as_str()).collect();
    for member in members.iter().filter(|member| member.name != FREE) {
        let Some(rule) = RULES.iter().find(|rule| rule.name == member.name) else {
            found.add(format!("{} has no rule in tidy", member.name));
            continue;
        };
        for dependency in &member.dependencies {
            let name = dependency.name.as_str();
            let is_forbidden = rule.without.contains(&name);
            let is_unknown = ours.contains(name) && !rule.ours.contains(&name);
            if is_forbidden || is_unknown {
                found.add(format!("{} must not use {name}", member.name));
            }
        }
    }
    for rule in RULES.iter().filter(|rule| !ours.contains(rule.name)) {
        found.add(format!("the rule for {} has no crate", rule.name));
    }
    found
}
