//! Streaming: a search or list card whose records go to a helper flow one by one, page after page.
//!
//! Only one page is in memory. A page is in the journal before its first record is handed over, so that a resumed run
//! gives the same record to the same helper run even where the service's data has moved on.

use flow::{CardError, FieldKey, FlowId, Outputs, RetryHint, Value};

use super::{Fault, Running};
use crate::host::{Answer, Page};
use crate::journal::{Event, Past, PastPage};
use crate::plan::PlanStep;

/// The most records that one card streams.
const MAX_RECORDS: u64 = 1_000_000;
const GROUP: &str = "Streaming";

impl<'r> Running<'r> {
    pub(super) async fn stream(
        &mut self,
        step: &'r PlanStep,
        flow_input: usize,
        attempt: u32,
    ) -> Result<(), Fault> {
        if self.replayed(step)? {
            return Ok(());
        }
        let begun = self.host.now();
        let stream = Stream::new(self, step, flow_input)?;
        self.started(step);
        let mut page = self.page_of(step);
        while !page.is_last && page.first < stream.limit {
            let (records, next) = match page.fetched.take() {
                Some(fetched) => fetched,
                None => self.fetch(step, &page, attempt).await?,
            };
            let cursor = page.cursor.take();
            let streamed = self.hand_over(&stream, page.first, &records).await?;
            if next.is_some() && next == cursor {
                return Err(CardError::new(
                    "stream.stuck",
                    "The service names the same next page again and again. Narrow the search and try again.",
                )
                .into());
            }
            let done = Event::PageDone {
                number: page.number,
                streamed,
                next: next.clone(),
            };
            self.record_now(step, done);
            page = PastPage {
                number: page.number + 1,
                first: streamed,
                is_last: next.is_none(),
                cursor: next,
                fetched: None,
            };
            self.set_page(step, page.clone());
        }
        let count = Value::from(i64::try_from(page.first).unwrap_or(i64::MAX));
        let outputs: Outputs = step
            .outputs
            .iter()
            .filter(|(key, _)| key.key == "Records Streamed")
            .map(|(key, _)| (key.clone(), count.clone()))
            .collect();
        self.finished(step, begun, outputs, Vec::new());
        Ok(())
    }

    async fn fetch(
        &self,
        step: &'r PlanStep,
        page: &PastPage,
        attempt: u32,
    ) -> Result<(Vec<Value>, Option<String>), Fault> {
        self.host.durable().await?;
        let mut call = self.call_of(step, self.args(step)?, attempt);
        call.cursor.clone_from(&page.cursor);
        let Answer {
            page: answered,
            trace,
            ..
        } = self.host.call(call).await.map_err(reading_is_repeatable)?;
        let Page { records, next } = answered.unwrap_or(Page {
            records: Vec::new(),
            next: None,
        });
        let event = Event::Page {
            number: page.number,
            first: page.first,
            records: records.clone(),
            next: next.clone(),
            calls: trace,
        };
        self.record_now(step, event);
        self.host.durable().await?;
        Ok((records, next))
    }

    /// Calls the helper for each record, in order. Returns how many records went through so far.
    async fn hand_over(
        &self,
        stream: &Stream<'_>,
        first: u64,
        records: &[Value],
    ) -> Result<u64, CardError> {
        let mut streamed = first;
        for record in records {
            if streamed >= stream.limit {
                break;
            }
            let index = usize::try_from(streamed).unwrap_or(usize::MAX);
            let inputs = stream.inputs(index, record);
            self.item_child(stream.step, &stream.flow, index, inputs)
                .await?;
            streamed += 1;
        }
        Ok(streamed)
    }

    fn page_of(&self, step: &PlanStep) -> PastPage {
        self.past
            .get(step.index)
            .and_then(|past| past.page.clone())
            .unwrap_or_default()
    }

    fn set_page(&mut self, step: &PlanStep, page: PastPage) {
        if self.past.is_empty() {
            self.past.resize_with(self.plan.steps.len(), Past::default);
        }
        if let Some(past) = self.past.get_mut(step.index) {
            past.started = true;
            past.page = Some(page);
        }
    }
}

/// What is the same for every record.
struct Stream<'p> {
    step: &'p PlanStep,
    flow: FlowId,
    limit: u64,
    state: Value,
    caller: (FieldKey, Value),
}

impl<'p> Stream<'p> {
    fn new(run: &Running<'_>, step: &'p PlanStep, flow_input: usize) -> Result<Self, CardError> {
        let flow_key = step.inputs.get(flow_input).map(|field| &field.key.key);
        let flow = match flow_key {
            Some(key) => run.value(step, GROUP, key)?,
            None => Value::Null,
        };
        let Value::Text(flow) = flow else {
            return Err(super::helper::no_helper());
        };
        let mut state = Vec::new();
        for field in &step.inputs {
            let is_own = field.key.group.as_deref() == Some(GROUP);
            let is_limit = field.key.key == "Record Limit" || Some(&field.key.key) == flow_key;
            if field.is_arg || (is_own && !is_limit) {
                let value = crate::plan::resolve(field, &run.slots, &Value::Null)?;
                state.push((field.key.key.as_str(), value));
            }
        }
        Ok(Self {
            step,
            flow: FlowId::new(flow),
            limit: Self::limit(run, step)?,
            state: Value::from_pairs(state),
            caller: run.caller(step),
        })
    }

    /// The limit stands beside what is searched or listed, or with the helper.
    fn limit(run: &Running<'_>, step: &PlanStep) -> Result<u64, CardError> {
        for (group, key) in [
            (GROUP, "Record Limit"),
            ("Search Criteria", "Limit"),
            ("List Criteria", "Limit"),
        ] {
            let limit = run.value(step, group, key)?;
            if !limit.is_null() {
                return limit_of(&limit);
            }
        }
        Ok(MAX_RECORDS)
    }

    fn inputs(&self, index: usize, record: &Value) -> Vec<(FieldKey, Value)> {
        vec![
            (FieldKey::plain("Record"), record.clone()),
            (FieldKey::plain("State"), self.state.clone()),
            super::loops::index_field(index),
            self.caller.clone(),
        ]
    }
}

/// 0 is what the designer writes where nothing was typed: it means all.
fn limit_of(value: &Value) -> Result<u64, CardError> {
    let Some(limit) = value.as_number() else {
        return Ok(MAX_RECORDS);
    };
    match u64::try_from(limit.as_i64().unwrap_or_default()) {
        Ok(0) => Ok(MAX_RECORDS),
        Ok(limit) => Ok(limit.min(MAX_RECORDS)),
        Err(_) => Err(CardError::new(
            "stream.limit",
            "The Record Limit is below zero. Use a number from 1 to 1,000,000, or none for all records.",
        )),
    }
}

/// A page that was perhaps read can be read again.
fn reading_is_repeatable(error: CardError) -> CardError {
    match error.retry {
        RetryHint::OutcomeUnknown => CardError {
            retry: RetryHint::Unavailable,
            ..error
        },
        _ => error,
    }
}
