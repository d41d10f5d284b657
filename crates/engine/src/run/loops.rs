//! Cards that call a helper flow many times: For Each, Map, Filter Custom, Find Custom, Reduce, Repeat, and the same
//! over the keys of an object.

use std::ops::ControlFlow;

use flow::{Base, CardError, FieldKey, Fields, FlowId, Outputs, RetryHint, Type, Value, coerce};
use futures::StreamExt;
use futures::stream::FuturesUnordered;

use super::helper::settled_in_the_helper;
use super::record::measured;
use super::{Fault, Running};
use crate::host::ChildCall;
use crate::journal::Event;
use crate::plan::{Field, Loop, PlanStep, resolve};

/// No card runs more helpers at once.
const MAX_CONCURRENCY: usize = 200;
/// Repeat goes round at most this often.
const MAX_REPEAT: usize = 10_000;
/// So many helper runs of one card are written down one by one; of the others, those that failed.
const LISTED_CHILDREN: usize = 100;

impl<'r> Running<'r> {
    pub(super) async fn loops(&mut self, step: &'r PlanStep, kind: Loop) -> Result<(), Fault> {
        if self.replayed(step)? {
            return Ok(());
        }
        let begun = self.host.now();
        let round = Round::new(self, step)?;
        let items = self.items(step, kind)?;
        if !self.was_started(step) {
            let count = items.len() as u64;
            self.record(step, begun, Event::Items { count });
        }
        self.host.durable().await?;
        let outputs = match kind {
            Loop::Each | Loop::Repeat | Loop::ObjectEach => {
                self.each(&round, &items).await?;
                Outputs::new()
            }
            Loop::EachIgnoringErrors => {
                self.fan_out(&round, &items, |_, _| ControlFlow::Continue(()))
                    .await;
                Outputs::new()
            }
            Loop::Map | Loop::ObjectMap => self.map(&round, &items).await?,
            Loop::Filter => self.filter(&round, &items).await?,
            Loop::Find => self.find(&round, &items).await?,
            Loop::ObjectProcess => self.process(&round, &items).await?,
            Loop::Reduce => self.reduce(&round, &items).await?,
        };
        self.finished(step, begun, measured(outputs)?, Vec::new());
        Ok(())
    }

    fn items(&self, step: &PlanStep, kind: Loop) -> Result<Vec<Value>, CardError> {
        Ok(match kind {
            Loop::Repeat => {
                let count = self.value(step, "", "count")?;
                let count = count
                    .as_number()
                    .map_or(0.0, |count| count.as_f64())
                    .trunc();
                if count > MAX_REPEAT as f64 {
                    return Err(CardError::new(
                        "repeat.too_often",
                        format!("Repeat goes round {MAX_REPEAT} times at most."),
                    ));
                }
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "between 0 and the limit"
                )]
                let count = count.max(0.0) as usize;
                vec![Value::Null; count]
            }
            Loop::ObjectEach | Loop::ObjectMap | Loop::ObjectProcess => {
                match self.value(step, "", "object")? {
                    Value::Object(fields) => fields
                        .iter()
                        .map(|(key, value)| {
                            let key = Value::text(key.clone());
                            Value::from_pairs([("key", key), ("value", value.clone())])
                        })
                        .collect(),
                    _ => Vec::new(),
                }
            }
            _ => match self.value(step, "", "list")? {
                Value::List(items) => items.to_vec(),
                Value::Null => Vec::new(),
                single => vec![single],
            },
        })
    }

    async fn each(&self, round: &Round<'_>, items: &[Value]) -> Result<(), CardError> {
        let mut first_error = None;
        self.fan_out(round, items, |_, result| match result {
            Ok(_) => ControlFlow::Continue(()),
            Err(error) => {
                first_error.get_or_insert(error);
                ControlFlow::Break(())
            }
        })
        .await;
        first_error.map_or(Ok(()), Err)
    }

    /// Returns what the helper returned for each item, in the order of the items.
    async fn collect(&self, round: &Round<'_>, items: &[Value]) -> Result<Vec<Value>, CardError> {
        let mut returned = vec![Value::Null; items.len()];
        let mut first_error = None;
        self.fan_out(round, items, |index, result| match result {
            Ok(value) => {
                if let Some(place) = returned.get_mut(index) {
                    *place = value;
                }
                ControlFlow::Continue(())
            }
            Err(error) => {
                first_error.get_or_insert(error);
                ControlFlow::Break(())
            }
        })
        .await;
        match first_error {
            Some(error) => Err(error),
            None => Ok(returned),
        }
    }

    async fn map(&self, round: &Round<'_>, items: &[Value]) -> Result<Outputs, CardError> {
        let key = FieldKey::plain("new list");
        let ty = round.output_type(&key);
        let returned = self.collect(round, items).await?;
        let values = returned
            .iter()
            .map(|value| unwrap_returned(value, ty.as_ref()))
            .collect();
        Ok(vec![(key, Value::list(values))])
    }

    /// Makes an object of the pairs that the helper returned. A run that returned none adds nothing.
    async fn process(&self, round: &Round<'_>, items: &[Value]) -> Result<Outputs, CardError> {
        let mut made = Fields::new();
        for returned in self.collect(round, items).await? {
            match returned.at(&["key"]) {
                Value::Null => {}
                key => {
                    made.insert(key.to_text().into(), returned.at(&["value"]));
                }
            }
        }
        Ok(vec![(FieldKey::plain("output"), Value::object(made))])
    }

    async fn filter(&self, round: &Round<'_>, items: &[Value]) -> Result<Outputs, CardError> {
        let returned = self.collect(round, items).await?;
        let mut kept = Vec::new();
        for (item, value) in items.iter().zip(&returned) {
            if is_true(value)? {
                kept.push(item.clone());
            }
        }
        Ok(vec![(FieldKey::plain("list"), Value::list(kept))])
    }

    /// Starts no more helpers once one has returned true; earlier items may still be under way, and the first counts.
    async fn find(&self, round: &Round<'_>, items: &[Value]) -> Result<Outputs, CardError> {
        let mut found: Option<usize> = None;
        let mut first_error = None;
        self.fan_out(round, items, |index, result| {
            match result.and_then(|value| is_true(&value)) {
                Ok(false) => return ControlFlow::Continue(()),
                Ok(true) => found = Some(found.map_or(index, |known| known.min(index))),
                Err(error) => {
                    first_error.get_or_insert(error);
                }
            }
            ControlFlow::Break(())
        })
        .await;
        if let Some(error) = first_error {
            return Err(error);
        }
        let item = found.and_then(|index| items.get(index)).cloned();
        let index = found.map_or(-1, |index| i64::try_from(index).unwrap_or(i64::MAX));
        Ok(vec![
            (FieldKey::plain("item"), item.unwrap_or_default()),
            (FieldKey::plain("index"), Value::from(index)),
        ])
    }

    async fn reduce(&self, round: &Round<'_>, items: &[Value]) -> Result<Outputs, CardError> {
        let ty = round.step.input("", "memo").map(|field| field.ty.clone());
        let mut memo = self.value(round.step, "", "memo")?;
        for (index, item) in items.iter().enumerate() {
            let mut inputs = round.inputs(self, index, item)?;
            // The helper gets the memo whether or not the card passes it on by an argument of its own.
            inputs.retain(|(key, _)| !key.is("", "memo"));
            inputs.push((FieldKey::plain("memo"), memo));
            let returned = self.round_child(round, index, Ok(inputs)).await.1?;
            memo = match returned.as_object() {
                Some(fields) if fields.len() == 1 && fields.contains_key("memo") => {
                    fields.get("memo").cloned().unwrap_or_default()
                }
                _ => unwrap_returned(&returned, ty.as_ref()),
            };
            measured(vec![(FieldKey::plain("memo"), memo.clone())])?;
        }
        Ok(vec![(FieldKey::plain("item"), memo)])
    }

    /// Calls the helper for each item, so many at once as the card says. When `settle` breaks, no further helper
    /// starts; those under way are waited for, since a helper's calls cannot be taken back.
    async fn fan_out(
        &self,
        round: &Round<'_>,
        items: &[Value],
        mut settle: impl FnMut(usize, Result<Value, CardError>) -> ControlFlow<()> + Send,
    ) {
        let mut waiting = items.iter().enumerate();
        let mut under_way = FuturesUnordered::new();
        let mut is_open = true;
        loop {
            while is_open && under_way.len() < round.width {
                let Some((index, item)) = waiting.next() else {
                    is_open = false;
                    break;
                };
                let inputs = round.inputs(self, index, item);
                under_way.push(self.round_child(round, index, inputs));
            }
            let Some((index, result)) = under_way.next().await else {
                break;
            };
            if settle(index, result).is_break() {
                is_open = false;
            }
        }
    }

    async fn round_child(
        &self,
        round: &Round<'_>,
        index: usize,
        inputs: Result<Vec<(FieldKey, Value)>, CardError>,
    ) -> (usize, Result<Value, CardError>) {
        let inputs = match inputs {
            Ok(inputs) => inputs,
            Err(error) => return (index, Err(error)),
        };
        let result = self
            .item_child(round.step, &round.flow, index, inputs)
            .await;
        (index, result)
    }

    /// Runs the helper for one item of a loop or one record of a stream.
    pub(super) async fn item_child(
        &self,
        step: &PlanStep,
        flow: &FlowId,
        index: usize,
        inputs: Vec<(FieldKey, Value)>,
    ) -> Result<Value, CardError> {
        let run = self.child_id(step, &step.path, Some(index));
        let noted = |error| Event::Child {
            run: run.clone(),
            flow: flow.clone(),
            index: Some(index),
            error,
        };
        if index < LISTED_CHILDREN {
            self.record_now(step, noted(None));
        }
        let call = ChildCall {
            run: run.clone(),
            flow: flow.clone(),
            inputs,
            index: Some(index),
            wait: true,
        };
        let result = self.host.child(call).await.map_err(settled_in_the_helper);
        if let Err(error) = &result {
            self.record_now(step, noted(Some(error.clone())));
        }
        result
    }
}

/// What is the same for every item of a loop.
struct Round<'p> {
    step: &'p PlanStep,
    flow: FlowId,
    width: usize,
    /// The arguments; a value where it does not depend on the item.
    arguments: Vec<(&'p Field, Option<Value>)>,
    caller: (FieldKey, Value),
}

impl<'p> Round<'p> {
    fn new(run: &Running<'_>, step: &'p PlanStep) -> Result<Self, CardError> {
        let width = run.value(step, "", "concurrency")?;
        let width = width.as_number().map_or(1.0, |width| width.as_f64());
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clamped to 1 to 200"
        )]
        let width = width.clamp(1.0, MAX_CONCURRENCY as f64) as usize;
        let mut arguments = Vec::new();
        for field in step.inputs.iter().filter(|field| field.is_arg) {
            let value = if field.is_per_item() {
                None
            } else {
                Some(resolve(field, &run.slots, &Value::Null)?)
            };
            arguments.push((field, value));
        }
        Ok(Self {
            step,
            flow: run.helper(step)?,
            width,
            arguments,
            caller: run.caller(step),
        })
    }

    fn inputs(
        &self,
        run: &Running<'_>,
        index: usize,
        item: &Value,
    ) -> Result<Vec<(FieldKey, Value)>, CardError> {
        let mut inputs = Vec::with_capacity(self.arguments.len() + 2);
        for (field, value) in &self.arguments {
            let value = match value {
                Some(value) => value.clone(),
                None => resolve(field, &run.slots, item)?,
            };
            inputs.push((field.key.clone(), value));
        }
        inputs.push(index_field(index));
        inputs.push(self.caller.clone());
        Ok(inputs)
    }

    fn output_type(&self, key: &FieldKey) -> Option<Type> {
        let place = self.step.output(key)?;
        self.step.outputs.get(place).map(|(_, ty)| ty.clone())
    }
}

/// Returns what tells the helper which item it has.
pub(super) fn index_field(index: usize) -> (FieldKey, Value) {
    let index = i64::try_from(index).unwrap_or(i64::MAX);
    (FieldKey::in_group("context", "index"), Value::from(index))
}

/// Returns the one value that was returned, whatever its name; all of them where an object is wanted or there are more.
fn unwrap_returned(returned: &Value, wanted: Option<&Type>) -> Value {
    let wants_object = wanted.is_some_and(|ty| ty.base == Base::Object);
    match returned.as_object() {
        Some(fields) if !wants_object && fields.len() <= 1 => {
            fields.values().next().cloned().unwrap_or_default()
        }
        _ => returned.clone(),
    }
}

fn is_true(returned: &Value) -> Result<bool, CardError> {
    let value = unwrap_returned(returned, None);
    match coerce(&value, None, &Type::one(Base::Boolean)) {
        Ok(value) => Ok(value.as_bool().unwrap_or_default()),
        Err(reason) => Err(CardError {
            retry: RetryHint::No,
            ..CardError::new(
                "helper.not_boolean",
                format!("The helper flow must return one True/False value: {reason}"),
            )
        }),
    }
}
