//! What an administrator does with a pack that somebody gave them: import it, fill in what its readme names, turn it on, try
//! it. Everything goes through REST, and every change beside the choice of a connection is counted.

use okta_sim::Taught;
use serde_json::{Value as Json, json};

use super::stub::Stub;
use crate::world::{World, pack};

pub(crate) struct Desk {
    pub(crate) world: World,
    pub(crate) connection: String,
    pub(crate) stub: Stub,
    /// What was changed after the import: rows filled in, inputs typed, cards removed.
    pub(crate) changes: usize,
    flows: Vec<(String, String)>,
    tables: Vec<(String, String)>,
    people: usize,
}

impl Desk {
    pub(crate) async fn open() -> Self {
        let mut world = World::start().await;
        // What Custom API Actions of these packs need beside the scopes of cards, as their readmes say.
        let connection = world.connect_with(&["okta.roles.read"]).await;
        Self {
            world,
            connection,
            stub: Stub::start().await,
            changes: 0,
            flows: Vec::new(),
            tables: Vec::new(),
            people: 0,
        }
    }

    /// Imports a pack; every Okta card gets the connection.
    pub(crate) async fn import(&mut self, name: &str) {
        let text = pack(name).expect("the corpus is here, or nothing would have begun");
        let body: Json = serde_json::from_str(&text).unwrap();
        let report = self
            .world
            .post(&format!("/packs?connection={}", self.connection), body)
            .await;
        let text = |value: &Json| value.as_str().unwrap().to_owned();
        self.flows = (report["flows"].as_array().unwrap().iter())
            .map(|flow| (text(&flow["name"]), text(&flow["id"])))
            .collect();
        self.tables = (report["tables"].as_array().unwrap().iter())
            .map(|table| (text(&table[1]), text(&table[0])))
            .collect();
    }

    /// Turns all flows on. The error names the flow and what is wrong with it.
    pub(crate) async fn turn_on(&self) {
        for (name, id) in &self.flows {
            let (status, answer) = self
                .world
                .rest("POST", &format!("/flows/{id}/on"), Some(json!({})))
                .await;
            if status != 200 {
                let view = self.world.get(&format!("/flows/{id}")).await;
                let flow = serde_json::from_value(view["draft"].clone()).unwrap();
                let catalogue = cards::catalogue(cards::Language::En);
                let problems = flow::check(&flow, catalogue, &flow::Granted::default());
                panic!("{name}: {answer}\n{problems:#?}");
            }
        }
    }

    /// Turns everything off again and forgets what was taught.
    pub(crate) async fn put_away(&mut self) {
        for (_, id) in &self.flows {
            self.world
                .post(&format!("/flows/{id}/off"), json!({}))
                .await;
        }
        self.flows.clear();
        self.tables.clear();
        self.changes = 0;
        self.world.okta.unlearn();
        self.stub.forget();
    }

    /// Prints what the latest runs did, for whoever looks for the reason of a failure.
    pub(crate) async fn show_runs(&self) {
        let list = self.world.get("/runs?limit=30&with_helpers=true").await;
        for row in list["runs"].as_array().unwrap().iter().rev() {
            let run = self
                .world
                .get(&format!("/runs/{}", row["id"].as_str().unwrap()))
                .await;
            println!(
                "{}: {} {}",
                row["flow_name"], row["status"], run["error"]["message"]
            );
            for step in run["steps"].as_array().unwrap() {
                let values = |key: &str| -> String {
                    let all = step[key].as_array().into_iter().flatten();
                    all.map(|it| format!("{}={} ", it["field"]["key"], it["value"]))
                        .collect::<String>()
                        .chars()
                        .take(400)
                        .collect()
                };
                println!(
                    "    {} {}: {}-> {}",
                    step["step"],
                    step["state"],
                    values("inputs"),
                    values("outputs")
                );
            }
        }
    }

    /// The names of the imported flows.
    pub(crate) fn flow_names(&self) -> Vec<String> {
        self.flows.iter().map(|(name, _)| name.clone()).collect()
    }

    /// The id of the flow with this in its name; the whole name wins.
    #[track_caller]
    pub(crate) fn flow(&self, part: &str) -> String {
        let exact = self.flows.iter().find(|(name, _)| name == part);
        let found = exact.or_else(|| self.flows.iter().find(|(name, _)| name.contains(part)));
        match found {
            Some((_, id)) => id.clone(),
            None => panic!("no flow {part} in {:?}", self.flows),
        }
    }

    #[track_caller]
    pub(crate) fn table(&self, name: &str) -> String {
        match self.tables.iter().find(|(known, _)| known == name) {
            Some((_, id)) => id.clone(),
            None => panic!("no table {name} in {:?}", self.tables),
        }
    }

    /// Fills in a row of a table.
    pub(crate) async fn fill(&mut self, table: &str, cells: Json) {
        let path = format!("/tables/{}/rows", self.table(table));
        self.world.post(&path, json!({ "cells": cells })).await;
        self.changes += 1;
    }

    /// Writes these cells into every row of a table.
    pub(crate) async fn mark(&mut self, table: &str, cells: Json) {
        let table = self.table(table);
        let page = self.world.get(&format!("/tables/{table}/rows")).await;
        for row in page["rows"].as_array().unwrap() {
            let path = format!("/tables/{table}/rows/{}", row["id"].as_str().unwrap());
            let (status, answer) = self
                .world
                .rest("PATCH", &path, Some(json!({ "cells": cells })))
                .await;
            assert_eq!(status, 200, "{answer}");
            self.changes += 1;
        }
    }

    /// The cells of all rows of a table.
    pub(crate) async fn rows(&self, table: &str) -> Vec<Json> {
        self.rows_of(&self.table(table)).await
    }

    pub(crate) async fn rows_of(&self, table: &str) -> Vec<Json> {
        let page = self
            .world
            .get(&format!("/tables/{table}/rows?limit=1000"))
            .await;
        let rows = page["rows"].as_array().unwrap();
        rows.iter().map(|row| row["cells"].clone()).collect()
    }

    /// The ids of all tables of this name, for packs that have several.
    pub(crate) fn tables_named(&self, name: &str) -> Vec<String> {
        let named = self.tables.iter().filter(|(known, _)| known == name);
        named.map(|(_, id)| id.clone()).collect()
    }

    /// Types a value into an input of the first card of this kind in a flow.
    pub(crate) async fn type_in(&mut self, flow: &str, card: &str, input: &str, value: Json) {
        let binding = json!({"kind": "constant", "value": value});
        self.edit(flow, |steps| {
            let mut cards = Vec::new();
            each_card(steps, &mut |step| {
                if step["card"] == card && cards.is_empty() {
                    for field in list(step, "inputs") {
                        if field["key"]["key"] == input && cards.is_empty() {
                            field["binding"] = binding.clone();
                            cards.push(());
                        }
                    }
                }
            });
            cards.len()
        })
        .await;
    }

    /// Takes the first card of this kind out of a flow.
    pub(crate) async fn remove_card(&mut self, flow: &str, card: &str) {
        self.edit(flow, |steps| {
            let row = steps.as_array_mut().unwrap();
            let at = row.iter().position(|step| step["card"] == card);
            at.map(|at| row.remove(at)).into_iter().count()
        })
        .await;
    }

    /// Replaces a text wherever it was typed, as for the address of a service. Counts the inputs.
    pub(crate) async fn replace(&mut self, from: &str, to: &str) {
        let mut found = 0;
        for name in self.flow_names() {
            let id = self.flow(&name);
            let view = self.world.get(&format!("/flows/{id}")).await;
            if !view["draft"].to_string().contains(from) {
                continue;
            }
            let before = self.changes;
            self.edit(&name, |steps| {
                let mut count = 0;
                each_card(steps, &mut |step| {
                    for input in list(step, "inputs") {
                        let text = input["binding"].to_string();
                        if text.contains(from) {
                            input["binding"] =
                                serde_json::from_str(&text.replace(from, to)).unwrap();
                            count += 1;
                        }
                    }
                });
                count
            })
            .await;
            found += self.changes - before;
        }
        assert!(found > 0, "nowhere stands {from}");
    }

    async fn edit(&mut self, flow: &str, change: impl FnOnce(&mut Json) -> usize) {
        let id = self.flow(flow);
        let view = self.world.get(&format!("/flows/{id}")).await;
        let mut draft = view["draft"].clone();
        let count = change(&mut draft["steps"]);
        assert!(count > 0, "nothing to change in {flow}: {draft:#}");
        let body = json!({"revision": view["revision"], "draft": draft});
        let (status, answer) = self
            .world
            .rest("PUT", &format!("/flows/{id}/draft"), Some(body))
            .await;
        assert_eq!(status, 200, "{flow}: {answer}");
        self.changes += count;
    }

    /// The inputs that somebody gave a flow and that one of its cards takes.
    pub(crate) async fn inputs(&self, flow: &str) -> Vec<String> {
        let view = self.world.get(&format!("/flows/{}", self.flow(flow))).await;
        let outputs = view["draft"]["steps"][0]["outputs"].as_array().unwrap();
        let made = outputs.iter().filter(|output| output["custom"] == true);
        let cards = view["draft"]["steps"].to_string();
        made.map(|output| output["key"]["key"].as_str().unwrap().to_owned())
            .filter(|key| cards.contains(&format!(r#""field":{{"key":{}}}"#, json!(key))))
            .collect()
    }

    /// Runs a flow by hand; it has to succeed.
    pub(crate) async fn run(&self, flow: &str, inputs: Json) -> Json {
        let run = self.world.run(&self.flow(flow), inputs).await;
        assert!(is_well(&run), "{flow}: {run:#}");
        run
    }

    /// Waits for the first run that an event started; it has to succeed.
    pub(crate) async fn event_run(&self, flow: &str) -> Json {
        let run = self.world.next_run(&self.flow(flow)).await;
        assert!(is_well(&run), "{flow}: {run:#}");
        run
    }

    /// Calls an endpoint with its client token; returns status and body.
    pub(crate) async fn call(&self, flow: &str, request: Call<'_>) -> (u16, String) {
        let id = self.flow(flow);
        let view = self.world.get(&format!("/flows/{id}")).await;
        let url = format!("{}/api/flow/{id}/invoke", self.world.nagare.url);
        let mut post = reqwest::Client::new()
            .post(url)
            .query(request.query)
            .body(request.body.to_owned())
            .header("content-type", "application/json");
        if let Some(token) = view["endpoint"]["client_token"].as_str() {
            post = post.header("x-api-client-token", token);
        }
        for (name, value) in request.headers {
            post = post.header(*name, *value);
        }
        let answer = post.send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }

    /// The runs of a helper flow so far, all of them succeeded.
    pub(crate) async fn helper_runs(&self, flow: &str) -> Vec<Json> {
        let mut runs = Vec::new();
        for row in self.world.runs(&self.flow(flow)).await {
            let run = self.world.ended(row["id"].as_str().unwrap()).await;
            assert!(is_well(&run), "{flow}: {run:#}");
            runs.push(run);
        }
        runs
    }

    /// Teaches the org an answer to what it does not know by itself.
    pub(crate) fn teach(&self, method: &str, path: &str, status: u16, body: Json) {
        self.world.okta.teach(Taught {
            method: method.to_owned(),
            path: path.to_owned(),
            status,
            body,
        });
    }

    /// What was asked of taught answers: method, path and body.
    pub(crate) fn taught(&self) -> Vec<(String, String, Json)> {
        let calls = self.world.okta.taught_calls().into_iter();
        calls
            .map(|call| (call.method, call.path, call.body))
            .collect()
    }

    /// Asks the org itself; it has to agree.
    pub(crate) async fn org(&self, method: &str, path: &str, body: Option<Json>) -> Json {
        let (status, answer) = self.world.org(method, path, body).await;
        assert!(
            (200..300).contains(&status),
            "{method} {path}: {status} {answer}"
        );
        answer
    }

    /// Makes a person in the org, active, with this profile on top of names and mail; returns id and login.
    pub(crate) async fn person(&mut self, profile: Json) -> (String, String) {
        self.people += 1;
        let login = format!("trial{}@aozora.example", self.people);
        let mut all =
            json!({"login": login, "email": login, "firstName": "Rin", "lastName": "Mori"});
        for (key, value) in profile.as_object().unwrap() {
            all[key] = value.clone();
        }
        let body =
            json!({"profile": all, "credentials": {"password": {"value": "Tr1al-of-a-pack!"}}});
        let made = self
            .org("POST", "/api/v1/users?activate=true", Some(body))
            .await;
        let text = |value: &Json| value.as_str().unwrap().to_owned();
        (text(&made["id"]), text(&made["profile"]["login"]))
    }

    /// Makes a group in the org.
    pub(crate) async fn group(&self, name: &str) -> String {
        let body = json!({"profile": {"name": name}});
        let made = self.org("POST", "/api/v1/groups", Some(body)).await;
        made["id"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn join(&self, group: &str, user: &str) {
        self.org("PUT", &format!("/api/v1/groups/{group}/users/{user}"), None)
            .await;
    }

    /// The ids of the members of a group.
    pub(crate) async fn members(&self, group: &str) -> Vec<String> {
        let list = self
            .world
            .org_list(&format!("/api/v1/groups/{group}/users?limit=200"))
            .await;
        list.iter()
            .map(|user| user["id"].as_str().unwrap().to_owned())
            .collect()
    }

    /// A user as the org has it.
    pub(crate) async fn user(&self, id: &str) -> Json {
        self.org("GET", &format!("/api/v1/users/{id}"), None).await
    }

    /// Adds a text attribute to the profile of all users.
    pub(crate) async fn attribute(&self, name: &str) {
        let property = json!({"title": name, "type": "string"});
        let body = json!({"definitions": {"custom": {"id": "#custom", "type": "object", "properties": {name: property}}}});
        self.org("POST", "/api/v1/meta/schemas/user/default", Some(body))
            .await;
    }

    /// Waits until something holds.
    pub(crate) async fn until<T>(
        &self,
        what: &str,
        mut look: impl AsyncFnMut(&Self) -> Option<T>,
    ) -> T {
        let begun = std::time::Instant::now();
        loop {
            if let Some(found) = look(self).await {
                return found;
            }
            assert!(begun.elapsed().as_secs() < 30, "it never came: {what}");
            tokio::time::sleep(std::time::Duration::from_millis(30)).await;
        }
    }
}

/// A flow that Continue If stopped did what it should.
pub(crate) fn is_well(run: &Json) -> bool {
    ["succeeded", "stopped"].contains(&run["row"]["status"].as_str().unwrap())
}

/// A call of an endpoint.
#[derive(Clone, Copy, Default)]
pub(crate) struct Call<'a> {
    pub(crate) body: &'a str,
    pub(crate) headers: &'a [(&'a str, &'a str)],
    pub(crate) query: &'a [(&'a str, &'a str)],
}

/// The value of an output of a card in a run, by the card's title or key; of the first such card.
#[track_caller]
pub(crate) fn output(run: &Json, card: &str, key: &str) -> Json {
    let mut wanted = Vec::new();
    each_card(&mut run["flow"]["steps"].clone(), &mut |step| {
        if step["title"] == card || step["card"] == card {
            wanted.push(step["id"].clone());
        }
    });
    let steps = run["steps"].as_array().unwrap();
    let outputs = wanted.iter().flat_map(|id| {
        let done = steps.iter().filter(move |step| step["step"] == *id);
        done.flat_map(|step| step["outputs"].as_array().into_iter().flatten())
    });
    let mut outputs = outputs.filter(|output| output["field"]["key"] == key);
    match outputs.next() {
        Some(output) => output["value"].clone(),
        None => panic!("no output {key} of {card} in {run:#}"),
    }
}

fn each_card(steps: &mut Json, visit: &mut dyn FnMut(&mut Json)) {
    for step in steps.as_array_mut().into_iter().flatten() {
        visit(step);
        for lane in list(step, "lanes") {
            each_card(&mut lane["steps"], visit);
        }
    }
}

fn list<'a>(of: &'a mut Json, key: &str) -> impl Iterator<Item = &'a mut Json> {
    of.get_mut(key)
        .and_then(Json::as_array_mut)
        .into_iter()
        .flatten()
}
