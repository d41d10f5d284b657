//! What a card costs that only computes: in the interpreter, with its history as text, and with its history on disk.
//!
//! `cargo bench --package server --bench cards`. Each figure is for a flow of 100 cards; criterion also prints the
//! rate in cards a second. The goals: 5 µs a card, 50 µs with its history.

#![expect(
    clippy::unwrap_used,
    reason = "a benchmark that cannot be set up stops"
)]

use std::hint::black_box;
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Utc};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use engine::{
    Answer, Call, ChildCall, EngineError, Entry, Host, HttpAnswer, Outcome, Plan, Start, run,
};
use flow::{
    Base, Binding, CardError, CardKey, FieldKey, Flow, FlowId, Input, Output, OutputRef, RunId,
    Step, StepId, Type, Value,
};
use futures::FutureExt;
use futures::executor::block_on;
use futures::future::BoxFuture;
use serde_json::json;
use store::runs::{Cause, RunRecord, RunRow, RunStatus};
use store::{Store, Write, Writer};
use tokio::runtime::Runtime;

const CARDS: u64 = 100;
const RUN: &str = "01KAN0WQ8Z4T5V6X7Y8Z9A0B1C";

/// Where the history goes.
enum History {
    /// Nowhere.
    Dropped,
    /// Into the text that would be stored.
    Written(Mutex<Vec<Entry>>),
    /// Into the database, one commit a run.
    Stored(Mutex<Vec<Entry>>, Writer, AtomicI64),
}

impl Host for History {
    fn now(&self) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH
    }

    fn random(&self) -> u64 {
        4
    }

    fn call(&self, _: Call) -> BoxFuture<'_, Result<Answer, CardError>> {
        async { Err(CardError::new("no_call", "These cards call nothing.")) }.boxed()
    }

    fn child(&self, _: ChildCall) -> BoxFuture<'_, Result<Value, CardError>> {
        async { Err(CardError::new("no_child", "These cards call nothing.")) }.boxed()
    }

    fn record(&self, entry: Entry) {
        match self {
            Self::Dropped => drop(black_box(entry)),
            Self::Written(entries) | Self::Stored(entries, ..) => {
                entries.lock().unwrap().push(entry);
            }
        }
    }

    fn durable(&self) -> BoxFuture<'_, Result<(), EngineError>> {
        async {
            match self {
                Self::Dropped => {}
                Self::Written(entries) => {
                    black_box(text(entries));
                }
                Self::Stored(entries, writer, next) => {
                    let part = Write::Journal {
                        run: RunId::from(RUN),
                        seq: next.fetch_add(1, Ordering::Relaxed),
                        entries: text(entries),
                    };
                    writer.submit(vec![part]).await.unwrap();
                }
            }
            Ok(())
        }
        .boxed()
    }

    fn sleep_until(&self, _: DateTime<Utc>) -> BoxFuture<'_, ()> {
        async {}.boxed()
    }

    fn reply(&self, _: HttpAnswer) {}
}

fn text(entries: &Mutex<Vec<Entry>>) -> String {
    let entries = std::mem::take(&mut *entries.lock().unwrap());
    serde_json::to_string(&entries).unwrap()
}

fn card(number: u64, key: &str, inputs: &[(&str, Binding)]) -> Step {
    let key = CardKey::parse(key).unwrap();
    let spec = cards::catalogue(cards::Language::En).card(&key).unwrap();
    let mut step = spec.step(StepId::new(format!("card{number}")));
    for (name, binding) in inputs {
        let known = step.inputs.iter().position(|input| input.key.key == *name);
        let at = known.unwrap_or_else(|| {
            let mut input = Input::new(FieldKey::plain(*name), Type::one(Base::Any));
            input.custom = true;
            step.inputs.push(input);
            step.inputs.len() - 1
        });
        step.inputs[at].binding = binding.clone();
    }
    step
}

fn output(step: &str, field: &str) -> Binding {
    Binding::output(OutputRef {
        step: StepId::from(step),
        field: FieldKey::plain(field),
        path: Vec::new(),
    })
}

/// Five common cards, each of which uses what another one gave, again and again.
fn flow() -> Flow {
    let key = CardKey::parse("control:callable").unwrap();
    let spec = cards::catalogue(cards::Language::En).card(&key).unwrap();
    let mut start = spec.step(StepId::from("start"));
    for name in ["name", "count"] {
        start
            .outputs
            .push(Output::new(FieldKey::plain(name), Type::one(Base::Any)));
    }
    let mut flow = Flow::new(FlowId::from("flow"), "Flow");
    flow.steps.push(start);
    for number in 0..CARDS {
        let before = |back: u64| format!("card{}", number - back);
        flow.steps.push(match number % 5 {
            0 => card(
                number,
                "string:toLowerCase",
                &[("string", output("start", "name"))],
            ),
            1 => card(
                number,
                "math:add",
                &[("a", output("start", "count")), ("b", Binding::constant(3))],
            ),
            2 => card(
                number,
                "string:compose",
                &[
                    ("_text_", Binding::constant("{{{who}}} has {{{n}}} tasks.")),
                    ("who", output(&before(2), "output")),
                    ("n", output(&before(1), "output")),
                ],
            ),
            3 => card(
                number,
                "string:concat",
                &[
                    ("string1", output(&before(1), "output")),
                    ("string2", Binding::constant("!")),
                ],
            ),
            _ => card(
                number,
                "string:split",
                &[
                    ("string", output(&before(1), "output")),
                    ("delimiter", Binding::constant(" ")),
                ],
            ),
        });
    }
    flow
}

fn start() -> Start {
    let value = |json| Value::from_json(&json).unwrap();
    Start {
        run: RunId::from(RUN),
        outputs: vec![
            (FieldKey::plain("name"), value(json!("Ada Lovelace"))),
            (FieldKey::plain("count"), value(json!(4.5))),
        ],
    }
}

async fn once(plan: &Plan, host: &History) {
    let outcome = run(plan, start(), &[], host).await.unwrap();
    assert!(matches!(outcome, Outcome::Succeeded { .. }), "{outcome:?}");
}

/// A database with one run, whose journal grows.
async fn database(folder: &tempfile::TempDir) -> Writer {
    let file = folder.path().join("nagare.sqlite");
    let store = Store::open(&format!("sqlite://{}", file.display()))
        .await
        .unwrap();
    let writer = Writer::start(store);
    let run = RunRow {
        id: RunId::from(RUN),
        flow: FlowId::from("flow"),
        flow_name: "Flow".to_owned(),
        version: 1,
        parent_run: None,
        parent_step: None,
        root_run: RunId::from(RUN),
        item: None,
        cause: Cause::Manual,
        status: RunStatus::Running,
        created_at: 0,
        started_at: Some(0),
        ended_at: None,
        duration_ms: None,
        error_code: None,
        error_message: None,
        failed_step: None,
        person: None,
        subject: None,
        is_private: false,
        lease_owner: None,
        due_at: None,
        again_of: None,
        trial: None,
    };
    let run = RunRecord {
        row: run,
        input: "[]".to_owned(),
        result: None,
    };
    writer
        .submit(vec![Write::InsertRun(Box::new(run))])
        .await
        .unwrap();
    writer
}

fn cards_that_compute(criterion: &mut Criterion) {
    let plan = Plan::compile(&flow());
    let mut group = criterion.benchmark_group("100 cards");
    group.throughput(Throughput::Elements(CARDS));
    group.bench_function("computed", |bencher| {
        bencher.iter(|| block_on(once(&plan, &History::Dropped)));
    });
    group.bench_function("with their history as text", |bencher| {
        let history = History::Written(Mutex::default());
        bencher.iter(|| block_on(once(&plan, &history)));
    });
    let runtime = Runtime::new().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let writer = runtime.block_on(database(&folder));
    let history = History::Stored(Mutex::default(), writer, AtomicI64::new(0));
    group.bench_function("with their history on disk", |bencher| {
        bencher.iter(|| runtime.block_on(once(&plan, &history)));
    });
    group.finish();
}

criterion_group!(benches, cards_that_compute);
criterion_main!(benches);
