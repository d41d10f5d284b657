//! Runs every case: is its request as described, is it refused without the scope, is its answer as described.

use std::collections::{BTreeMap, BTreeSet};

use cards::{HttpReply, HttpRequest};
use conformance::{Description, Operation, Sent};
use serde_json::Value as Json;

use crate::cases::{self, Case};
use crate::world::World;

/// What was found out about one card.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Finding {
    /// Operations of the description that its requests belong to.
    pub(crate) operations: BTreeSet<String>,
    /// How many requests were compared.
    pub(crate) requests: usize,
    /// The statuses of the answers that were compared.
    pub(crate) statuses: BTreeSet<u16>,
    /// How many requests were refused without the scope.
    pub(crate) refused: usize,
    /// Where it departs from the description on purpose.
    pub(crate) departures: BTreeSet<&'static str>,
    /// Everything that is wrong.
    pub(crate) faults: BTreeSet<String>,
}

/// Where cards depart from the description on purpose: the card, part of the fault, and why.
const DEPARTURES: &[(&str, &str, &str)] = &[(
    "resetPassword",
    "the query parameter provider is not declared",
    "`provider=FEDERATION` of Convert to Federated User is of an earlier description; the present one leaves it out.",
)];

/// Every scope that an action needs, so that a token can lack just one.
const RESOURCES: [&str; 5] = ["users", "groups", "apps", "logs", "identitySources"];

pub(crate) async fn survey(description: &Description) -> BTreeMap<&'static str, Finding> {
    let mut world = World::start().await;
    let mut findings: BTreeMap<&str, Finding> = BTreeMap::new();
    for case in cases::all() {
        let finding = findings.entry(case.card).or_default();
        run(&mut world, description, &case, finding).await;
    }
    findings
}

async fn run(world: &mut World, description: &Description, case: &Case, finding: &mut Finding) {
    let names = world.give(case.given).await;
    let args = case.args(&names);
    let shown = format!("{} {}", case.card, Json::Object(case.inputs.clone()));
    let requests = match cards::okta::requests(&case.key(), &args) {
        Ok(requests) => requests,
        Err(error) => {
            finding.faults.insert(format!("{shown}: {error:?}"));
            return;
        }
    };
    let first = cards::okta::reads_first(&case.key(), &args).unwrap();
    let mut requests = requests;
    if let Some(read) = first {
        let token = world.token(&declared_scopes(case).join(" ")).await;
        let current = world.send(&read, &token).await;
        let operation = description.operation("GET", &read.path).unwrap();
        note(
            case,
            &shown,
            operation.faults_of_answer(current.status, &current.body),
            finding,
        );
        let last = requests.pop().unwrap();
        requests.push(cards::okta::completed(&case.key(), last, &current));
    }
    for request in &requests {
        let Some(operation) = description.operation(request.method.as_str(), &request.path) else {
            finding
                .faults
                .insert(format!("{shown}: no operation for {request:?}"));
            continue;
        };
        finding.requests += 1;
        finding.operations.insert(format!(
            "{} {}",
            request.method.as_str(),
            operation.template()
        ));
        let mut faults = operation.faults_of_request(&sent(request));
        let reply = exchange(world, &operation, request, case, &mut faults, finding).await;
        if let Err(error) = cards::okta::outputs(&case.key(), &args, &reply) {
            faults.push(format!("no outputs: {}", error.message));
        }
        note(case, &shown, faults, finding);
    }
}

/// Sends the request without the scope and with it, and checks both answers.
async fn exchange(
    world: &mut World,
    operation: &Operation<'_>,
    request: &HttpRequest,
    case: &Case,
    faults: &mut Vec<String>,
    finding: &mut Finding,
) -> HttpReply {
    let needed = operation.scopes();
    let scopes = declared_scopes(case);
    if needed != scopes {
        faults.push(format!("scopes {scopes:?} where {needed:?} are needed"));
    }
    let lacking = world.token(&all_but(&scopes)).await;
    let refused = world.send(request, &lacking).await;
    if refused.status == 403 && refused.body["errorCode"] == "E0000006" {
        finding.refused += 1;
        faults.extend(operation.faults_of_answer(403, &refused.body));
    } else {
        faults.push(format!("{} without the scope", refused.status));
    }
    let token = world.token(&scopes.join(" ")).await;
    let reply = world.send(request, &token).await;
    finding.statuses.insert(reply.status);
    if reply.status >= 300 {
        faults.push(format!("answered {} {}", reply.status, reply.body));
    }
    faults.extend(operation.faults_of_answer(reply.status, &reply.body));
    reply
}

fn declared_scopes(case: &Case) -> Vec<&'static str> {
    let card = cases::actions()[case.card];
    card.scopes.iter().map(String::as_str).collect()
}

pub(crate) fn sent(request: &HttpRequest) -> Sent<'_> {
    Sent {
        path: &request.path,
        query: &request.query,
        headers: &request.headers,
        body: request.body.as_ref(),
    }
}

/// All scopes but those that would do: a manage scope does for reading too.
fn all_but(scopes: &[&str]) -> String {
    let does = |scope: &str| {
        scopes
            .iter()
            .any(|needed| *needed == scope || needed.replace(".read", ".manage") == scope)
    };
    RESOURCES
        .iter()
        .flat_map(|resource| ["read", "manage"].map(|right| format!("okta.{resource}.{right}")))
        .filter(|scope| !does(scope))
        .collect::<Vec<_>>()
        .join(" ")
}

fn note(case: &Case, shown: &str, faults: Vec<String>, finding: &mut Finding) {
    for fault in faults {
        let departure = DEPARTURES
            .iter()
            .find(|(card, part, _)| *card == case.card && fault.contains(part));
        match departure {
            Some((_, _, why)) => {
                finding.departures.insert(why);
            }
            None => {
                finding
                    .faults
                    .insert(format!("{shown}: {}", without_indexes(&fault)));
            }
        }
    }
}

/// What is wrong with each of many records is said once.
fn without_indexes(fault: &str) -> String {
    let mut text = String::new();
    let mut is_inside = false;
    for letter in fault.chars() {
        match letter {
            '[' => is_inside = true,
            ']' => is_inside = false,
            _ if is_inside && letter.is_ascii_digit() => continue,
            _ => {}
        }
        text.push(letter);
    }
    text
}
