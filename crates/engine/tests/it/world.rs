//! A scripted world: what services answer and helpers return is decided by the test, time moves when a run sleeps, and
//! the power can fail at any moment.

use std::collections::HashMap;
use std::future::pending;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use chrono::{DateTime, Utc};
use engine::{
    Answer, Call, ChildCall, EngineError, Entry, Host, HttpAnswer, Outcome, Page, Plan, Start, run,
};
use flow::{CardError, Flow, RunId, Value};
use futures::FutureExt;
use futures::future::BoxFuture;
use futures::task::{ArcWake, waker};
use serde_json::{Value as Json, json};

use crate::flows::{key, plan, value};

type Script = Box<dyn Fn(&Call) -> Result<Answer, CardError> + Send + Sync>;
type Helper = Box<dyn Fn(&ChildCall) -> Result<Value, CardError> + Send + Sync>;

/// Everything outside a run. It outlives the process that runs it.
pub(crate) struct World {
    script: Script,
    helper: Helper,
    pub(crate) seen: Mutex<Seen>,
}

/// What happened.
#[derive(Default)]
pub(crate) struct Seen {
    /// Moves on when a run sleeps.
    pub(crate) clock_ms: i64,
    pub(crate) calls: Vec<Call>,
    pub(crate) children: Vec<ChildCall>,
    /// Results of helper runs by id; asking again does not run them again.
    results: HashMap<RunId, Result<Value, CardError>>,
    pub(crate) replies: Vec<HttpAnswer>,
    /// What a paused run is resumed with; nobody resumes it where there is nothing.
    pub(crate) resumed: Option<Value>,
    pub(crate) journal: Vec<Entry>,
    /// How much of the journal is on disk.
    pub(crate) durable: usize,
    randoms: u64,
    pub(crate) under_way: usize,
    pub(crate) most_under_way: usize,
    /// Calls and answers made while something recorded was not on disk.
    pub(crate) hasty_calls: usize,
    /// Helpers called while something was not on disk that a replay would not come to again.
    pub(crate) hasty_children: usize,
    /// Moments until the power fails; none while it holds.
    fuse: Option<usize>,
}

impl World {
    pub(crate) fn new() -> Self {
        Self {
            script: Box::new(echo),
            helper: Box::new(|child| Ok(returned_inputs(child))),
            seen: Mutex::default(),
        }
    }

    pub(crate) fn answers(
        mut self,
        script: impl Fn(&Call) -> Result<Answer, CardError> + Send + Sync + 'static,
    ) -> Self {
        self.script = Box::new(script);
        self
    }

    pub(crate) fn helps(
        mut self,
        helper: impl Fn(&ChildCall) -> Result<Value, CardError> + Send + Sync + 'static,
    ) -> Self {
        self.helper = Box::new(helper);
        self
    }

    /// Starts the flow, or goes on with what is in the journal. Nothing when the power failed.
    pub(crate) fn run_plan(
        &self,
        plan: &Plan,
        start: &Json,
    ) -> Option<Result<Outcome, EngineError>> {
        self.run_as("01KAN0WQ8Z4T5V6X7Y8Z9A0B1C", plan, start)
    }

    /// Starts the flow, or goes on with what is in the journal, under this id.
    pub(crate) fn run_as(
        &self,
        id: &str,
        plan: &Plan,
        start: &Json,
    ) -> Option<Result<Outcome, EngineError>> {
        let history = {
            let mut seen = self.seen.lock().unwrap();
            seen.durable = seen.journal.len();
            seen.journal.clone()
        };
        let start = Start {
            run: RunId::from(id),
            outputs: value(start)
                .as_object()
                .unwrap()
                .iter()
                .map(|(name, value)| (key(name), value.clone()))
                .collect(),
        };
        until_stuck(run(plan, start, &history, self))
    }

    pub(crate) fn run(&self, flow: &Flow, start: &Json) -> Outcome {
        self.run_plan(&plan(flow), start)
            .expect("the power holds")
            .unwrap()
    }

    pub(crate) fn blow_after(&self, moments: usize) {
        self.seen.lock().unwrap().fuse = Some(moments);
    }

    /// Brings the power back. What was not on disk is lost, or with `lucky` happens to be there.
    pub(crate) fn restart(&self, lucky: bool) {
        let mut seen = self.seen.lock().unwrap();
        seen.fuse = None;
        if !lucky {
            let durable = seen.durable;
            seen.journal.truncate(durable);
        }
    }

    /// Names of the cards that were called, in order.
    pub(crate) fn called(&self) -> Vec<String> {
        let seen = self.seen.lock().unwrap();
        seen.calls
            .iter()
            .map(|call| call.step.to_string())
            .collect()
    }

    /// The helper runs that ended well.
    pub(crate) fn ended_well(&self) -> std::collections::HashSet<RunId> {
        let seen = self.seen.lock().unwrap();
        let well = seen.results.iter().filter(|(_, result)| result.is_ok());
        well.map(|(run, _)| run.clone()).collect()
    }

    /// Begins a journal anew, as for another run, and forgets who was called.
    pub(crate) fn turn_over(&self, entries: Vec<Entry>) {
        let mut seen = self.seen.lock().unwrap();
        seen.durable = entries.len();
        seen.journal = entries;
        seen.calls.clear();
        seen.children.clear();
    }

    pub(crate) fn journal(&self) -> Vec<Entry> {
        self.seen.lock().unwrap().journal.clone()
    }

    /// One moment passes. Returns false once the power is gone.
    fn tick(&self) -> bool {
        let mut seen = self.seen.lock().unwrap();
        match &mut seen.fuse {
            None => true,
            Some(0) => false,
            Some(left) => {
                *left -= 1;
                true
            }
        }
    }
}

/// What the engine sees as its host.
impl Host for World {
    fn now(&self) -> DateTime<Utc> {
        let ms = 1_760_000_000_000 + self.seen.lock().unwrap().clock_ms;
        DateTime::from_timestamp_millis(ms).unwrap()
    }

    fn random(&self) -> u64 {
        let mut seen = self.seen.lock().unwrap();
        seen.randoms += 1;
        seen.randoms
    }

    fn call(&self, call: Call) -> BoxFuture<'_, Result<Answer, CardError>> {
        if !self.tick() {
            return pending().boxed();
        }
        let answer = (self.script)(&call);
        let mut seen = self.seen.lock().unwrap();
        seen.hasty_calls += usize::from(seen.durable < seen.journal.len());
        seen.calls.push(call);
        drop(seen);
        if self.tick() {
            async { answer }.boxed()
        } else {
            pending().boxed()
        }
    }

    fn child(&self, child: ChildCall) -> BoxFuture<'_, Result<Value, CardError>> {
        async move {
            if !self.tick() {
                return pending().await;
            }
            let known = self.seen.lock().unwrap().results.get(&child.run).cloned();
            if let Some(result) = known {
                return result;
            }
            {
                let mut seen = self.seen.lock().unwrap();
                let pending = &seen.journal[seen.durable..];
                let is_hasty = pending.iter().any(|entry| !entry.event.is_reproducible());
                seen.hasty_children += usize::from(is_hasty);
                seen.under_way += 1;
                seen.most_under_way = seen.most_under_way.max(seen.under_way);
            }
            let result = (self.helper)(&child);
            let run = child.run.clone();
            yield_once().await;
            {
                let mut seen = self.seen.lock().unwrap();
                seen.under_way -= 1;
                seen.children.push(child);
                seen.results.insert(run, result.clone());
            }
            if self.tick() { result } else { pending().await }
        }
        .boxed()
    }

    fn record(&self, entry: Entry) {
        if self.tick() {
            self.seen.lock().unwrap().journal.push(entry);
        }
    }

    fn durable(&self) -> BoxFuture<'_, Result<(), EngineError>> {
        if !self.tick() {
            return pending().boxed();
        }
        let mut seen = self.seen.lock().unwrap();
        seen.durable = seen.journal.len();
        async { Ok(()) }.boxed()
    }

    fn sleep_until(&self, at: DateTime<Utc>) -> BoxFuture<'_, ()> {
        if !self.tick() {
            return pending().boxed();
        }
        let ms = at.timestamp_millis() - 1_760_000_000_000;
        let mut seen = self.seen.lock().unwrap();
        seen.clock_ms = seen.clock_ms.max(ms);
        async {}.boxed()
    }

    fn pause(
        &self,
        _: &engine::Path,
        until: DateTime<Utc>,
        answer: Option<HttpAnswer>,
    ) -> BoxFuture<'_, Result<Option<Value>, EngineError>> {
        if let Some(answer) = answer {
            self.reply(answer);
        }
        if !self.tick() {
            return pending().boxed();
        }
        let resumed = self.seen.lock().unwrap().resumed.clone();
        if resumed.is_some() {
            return async { Ok(resumed) }.boxed();
        }
        let sleep = self.sleep_until(until);
        async {
            sleep.await;
            Ok(None)
        }
        .boxed()
    }

    fn resume_url(&self) -> Option<String> {
        Some("https://nagare.test/resume".to_owned())
    }

    fn reply(&self, reply: HttpAnswer) {
        let mut seen = self.seen.lock().unwrap();
        seen.hasty_calls += usize::from(seen.durable < seen.journal.len());
        seen.replies.push(reply);
    }
}

/// Polls a run for as long as it asks to be polled. Nothing when it waits for what will not come.
fn until_stuck<T>(future: impl Future<Output = T> + Send) -> Option<T> {
    let woken = Arc::new(Woken(AtomicBool::new(true)));
    let waker = waker(woken.clone());
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(future);
    while woken.0.swap(false, Ordering::SeqCst) {
        if let Poll::Ready(result) = future.as_mut().poll(&mut context) {
            return Some(result);
        }
    }
    None
}

struct Woken(AtomicBool);

impl ArcWake for Woken {
    fn wake_by_ref(woken: &Arc<Self>) {
        woken.0.store(true, Ordering::SeqCst);
    }
}

/// Lets what else is under way go first, so that loops overlap.
async fn yield_once() {
    let mut yielded = false;
    futures::future::poll_fn(|context| {
        if std::mem::replace(&mut yielded, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

/// Answers each call with its own input `text` as `result`.
fn echo(call: &Call) -> Result<Answer, CardError> {
    Ok(answer(
        &json!({"result": call.args.get("", "text").to_json()}),
    ))
}

pub(crate) fn answer(outputs: &Json) -> Answer {
    let outputs = value(outputs);
    Answer {
        outputs: outputs
            .as_object()
            .unwrap()
            .iter()
            .map(|(name, value)| (key(name), value.clone()))
            .collect(),
        ..Answer::default()
    }
}

pub(crate) fn page(records: impl IntoIterator<Item = i64>, next: Option<&str>) -> Answer {
    Answer {
        page: Some(Page {
            records: records.into_iter().map(Value::from).collect(),
            next: next.map(str::to_owned),
        }),
        ..Answer::default()
    }
}

/// What a helper was given, without the context.
pub(crate) fn returned_inputs(child: &ChildCall) -> Value {
    let own = child.inputs.iter().filter(|(key, _)| key.group.is_none());
    Value::from_pairs(own.map(|(key, value)| (key.key.as_str(), value.clone())))
}

/// How a run ended, as JSON: what was returned, or `[kind, code, message, step]`.
pub(crate) fn shown(outcome: &Outcome) -> Json {
    match outcome {
        Outcome::Succeeded { returned } => returned.to_json(),
        Outcome::Stopped { returned } => json!(["stopped", returned.to_json()]),
        Outcome::Failed { error, step, .. } => {
            json!(["failed", error.code, error.message, step.as_str()])
        }
        Outcome::OutcomeUnknown { step, .. } => json!(["unknown", step.as_str()]),
    }
}

/// Runs a flow in a world and compares how it ended.
#[track_caller]
pub(crate) fn check_in(world: &World, flow: &Flow, start: &Json, expected: &Json) {
    let outcome = world.run(flow, start);
    assert_eq!(&shown(&outcome), expected);
    let seen = world.seen.lock().unwrap();
    assert_eq!(
        (seen.hasty_calls, seen.hasty_children),
        (0, 0),
        "something left the building before the journal was on disk"
    );
    assert_eq!(seen.durable, seen.journal.len(), "the end is not on disk");
}

#[track_caller]
pub(crate) fn check(flow: &Flow, start: Json, expected: Json) {
    check_in(&World::new(), flow, &start, &expected);
}

pub(crate) fn minutes(count: i64) -> i64 {
    count * 60_000
}
