//! The packs that need nobody else's connector: imported, set up as their readme says, run, and judged by what the org, the
//! tables or the other service say afterwards.
//!
//! [`TRIALS`] is the list; `page.rs` writes it to `docs/packs.md` and compares it with the rule that says which packs these
//! are. Packs of one group share a server and an org; each is turned off before the next one begins.

use std::panic::AssertUnwindSafe;

use chrono::{DateTime, Utc};
use futures::FutureExt as _;
use futures::future::LocalBoxFuture;
use serde_json::{Value as Json, json};

use crate::world::{World, pack};
use desk::Desk;

mod desk;
mod stub;

mod endpoints;
mod governance;
mod page;
mod people;
mod plain;
mod web;

/// One pack and how it is shown that it works.
pub(crate) struct Trial {
    /// Its folder.
    pub(crate) pack: &'static str,
    /// How its flows were started.
    pub(crate) how: &'static str,
    /// What was found afterwards.
    pub(crate) effect: &'static str,
    /// What had to be changed after the import, beside the choice of a connection.
    pub(crate) changes: usize,
    pub(crate) run: for<'a> fn(&'a mut Desk) -> LocalBoxFuture<'a, ()>,
}

/// Packs that cannot run, and why.
static CANNOT_RUN: &[(&str, &str)] = &[
    (
        "export_user_created_columns_in_table_to_csv_file",
        "the card Export to CSV of tables is not available.",
    ),
    (
        "generate_reports_for_okta_realms",
        "the cards of the add-on Okta Realms (Search Realms, List Realm Users) are not available.",
    ),
];

/// The groups of packs that share a server.
static TRIALS: &[&[Trial]] = &[
    plain::TRIALS,
    people::TRIALS,
    endpoints::TRIALS,
    web::TRIALS,
    governance::TRIALS,
];

#[tokio::test(flavor = "multi_thread")]
async fn packs_about_people_do_what_their_readme_says() {
    hold(people::TRIALS).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn packs_that_are_called_do_what_their_readme_says() {
    hold(endpoints::TRIALS).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn packs_that_call_other_services_do_what_their_readme_says() {
    hold(web::TRIALS).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn packs_about_governance_do_what_their_readme_says() {
    hold(governance::TRIALS).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn packs_that_teach_and_compute_do_what_their_readme_says() {
    hold(plain::TRIALS).await;
}

/// Tries all packs of a group and says which do not do what they should. `PACKS` in the environment chooses some by name.
async fn hold(trials: &[Trial]) {
    if pack(trials[0].pack).is_none() {
        return;
    }
    let mut desk = Desk::open().await;
    let wanted = std::env::var("PACKS").unwrap_or_default();
    let mut failed = Vec::new();
    for trial in trials.iter().filter(|trial| trial.pack.contains(&wanted)) {
        let begun = std::time::Instant::now();
        let result = AssertUnwindSafe((trial.run)(&mut desk))
            .catch_unwind()
            .await;
        match result {
            Ok(()) if desk.changes != trial.changes => failed.push(format!(
                "{}: {} changes, not {}",
                trial.pack, desk.changes, trial.changes
            )),
            Ok(()) => {}
            Err(_) => {
                desk.show_runs().await;
                failed.push(trial.pack.to_owned());
            }
        }
        println!("{}: {:?}", trial.pack, begun.elapsed());
        desk.put_away().await;
    }
    assert!(
        failed.is_empty(),
        "{} packs failed: {failed:#?}",
        failed.len()
    );
}

/// Reads a time that the org or a table gave.
#[track_caller]
fn time(value: &Json) -> DateTime<Utc> {
    match value.as_str().and_then(|text| text.parse().ok()) {
        Some(time) => time,
        None => panic!("no time: {value}"),
    }
}

/// Imports a pack, turns all its flows on and returns their ids by name.
async fn import(world: &World, text: &str, connection: &str) -> Vec<(String, String)> {
    let body: Json = serde_json::from_str(text).unwrap();
    let report = world
        .post(&format!("/packs?connection={connection}"), body)
        .await;
    let flows = report["flows"].as_array().unwrap();
    let mut ids = Vec::new();
    for flow in flows {
        let id = flow["id"].as_str().unwrap().to_owned();
        world.post(&format!("/flows/{id}/on"), json!({})).await;
        ids.push((flow["name"].as_str().unwrap().to_owned(), id));
    }
    ids
}

fn id_of<'a>(flows: &'a [(String, String)], part: &str) -> &'a str {
    &flows
        .iter()
        .find(|(name, _)| name.contains(part))
        .unwrap_or_else(|| panic!("no flow {part} in {flows:?}"))
        .1
}

async fn users(world: &World, status: &str) -> Vec<Json> {
    world
        .org_list(&format!(
            "/api/v1/users?limit=200&filter=status%20eq%20%22{status}%22"
        ))
        .await
}

fn is_inactive(user: &Json) -> bool {
    let last: chrono::DateTime<chrono::Utc> = user["lastLogin"].as_str().unwrap().parse().unwrap();
    (chrono::Utc::now() - last).num_days() > 180
}

/// The pack is imported and run; the org says who is suspended now.
pub(crate) async fn suspends_inactive_users(world: &World, text: &str, connection: &str) {
    let before = users(world, "ACTIVE").await;
    let (idle, busy): (Vec<&Json>, Vec<&Json>) = before.iter().partition(|user| is_inactive(user));
    assert!(
        idle.len() > 5 && busy.len() > 50,
        "the org has {} idle and {} busy people",
        idle.len(),
        busy.len()
    );
    let flows = import(world, text, connection).await;
    let run = world.run(id_of(&flows, "Parent"), json!({})).await;
    assert_eq!(run["row"]["status"], "succeeded", "{run:#}");
    for (people, expected) in [(idle, "SUSPENDED"), (busy, "ACTIVE")] {
        for user in people {
            let (_, now) = world
                .org(
                    "GET",
                    &format!("/api/v1/users/{}", user["id"].as_str().unwrap()),
                    None,
                )
                .await;
            assert_eq!(now["status"], expected, "{}", now["profile"]["login"]);
        }
    }
    let helpers = world
        .get(&format!(
            "/runs?parent={}&limit=200",
            run["row"]["id"].as_str().unwrap()
        ))
        .await;
    assert_eq!(
        helpers["runs"].as_array().unwrap().len(),
        before.len().min(200)
    );
}
