//! Functions of lists. Each also takes a text with commas as a list of texts, and null as an empty list.

use std::borrow::Cow;

use super::arguments::{Arguments, whole};
use super::evaluate::{Machine, element};
use super::functions::Answer;
use super::operators;
use super::problem::Fault;
use super::value::{self, Value};

/// A list, and whether it was written as text, so that its elements have no kind of their own.
struct Read<'a> {
    items: Vec<Value<'a>>,
    is_text: bool,
}

fn list<'a>(machine: &mut Machine<'a>, value: &Value<'a>) -> Result<Read<'a>, Fault> {
    let (items, is_text) = match value {
        Value::Null => (Vec::new(), false),
        Value::List(items) => {
            machine.room_for_items(items.len())?;
            (items.clone(), false)
        }
        Value::Text(text) => {
            machine.spend(text.len())?;
            (split(text), true)
        }
        other => (vec![other.clone()], false),
    };
    machine.room_for_items(items.len())?;
    Ok(Read { items, is_text })
}

/// `10, 20` as two texts; an empty text has no elements.
fn split<'a>(text: &str) -> Vec<Value<'a>> {
    if text.trim().is_empty() {
        return Vec::new();
    }
    let part = |part: &str| Value::Text(Cow::from(part.trim().to_owned()));
    text.split(',').map(part).collect()
}

impl<'a> Read<'a> {
    fn place(&self, machine: &mut Machine<'a>, wanted: &Value<'a>) -> Result<Option<usize>, Fault> {
        let written = if self.is_text {
            wanted.as_text()?
        } else {
            None
        };
        let wanted = written.map_or_else(|| wanted.clone(), Value::Text);
        for (place, item) in self.items.iter().enumerate() {
            if operators::equal(machine, item, &wanted)? {
                return Ok(Some(place));
            }
        }
        Ok(None)
    }
}

pub(super) fn add<'a>(machine: &mut Machine<'a>, given: &Arguments<'_, 'a>) -> Answer<'a> {
    let mut read = list(machine, &given.value(0))?;
    machine.room_for_items(read.items.len() + 1)?;
    read.items.push(given.value(1));
    Ok(Value::List(read.items))
}

/// Without the first element that is the value.
pub(super) fn remove<'a>(machine: &mut Machine<'a>, given: &Arguments<'_, 'a>) -> Answer<'a> {
    let mut read = list(machine, &given.value(0))?;
    if let Some(place) = read.place(machine, &given.value(1))? {
        read.items.remove(place);
    }
    Ok(Value::List(read.items))
}

pub(super) fn clear<'a>(machine: &mut Machine<'a>, given: &Arguments<'_, 'a>) -> Answer<'a> {
    list(machine, &given.value(0))?;
    Ok(Value::List(Vec::new()))
}

pub(super) fn get<'a>(machine: &mut Machine<'a>, given: &Arguments<'_, 'a>) -> Answer<'a> {
    let value = given.value(0);
    if value.is_null() {
        return Ok(Value::Null);
    }
    let read = list(machine, &value)?;
    element(&read.items, whole(&given.value(1))?)
}

/// All values in one list; lists within lists are opened, texts are split at commas, nulls are left out.
pub(super) fn flatten<'a>(machine: &mut Machine<'a>, given: &Arguments<'_, 'a>) -> Answer<'a> {
    let mut flat = Vec::new();
    for value in given.all() {
        match value {
            Value::Text(_) => flat.extend(list(machine, value)?.items),
            other => opened(machine, other, &mut flat)?,
        }
    }
    Ok(Value::List(flat))
}

fn opened<'a>(
    machine: &mut Machine<'a>,
    value: &Value<'a>,
    flat: &mut Vec<Value<'a>>,
) -> Result<(), Fault> {
    machine.spend(1)?;
    match value {
        Value::Null => {}
        Value::List(items) => {
            for item in items {
                opened(machine, item, flat)?;
            }
        }
        other => flat.push(other.clone()),
    }
    Ok(())
}

pub(super) fn contains<'a>(machine: &mut Machine<'a>, given: &Arguments<'_, 'a>) -> Answer<'a> {
    let read = list(machine, &given.value(0))?;
    let place = read.place(machine, &given.value(1))?;
    Ok(Value::Bool(place.is_some()))
}

pub(super) fn size<'a>(machine: &mut Machine<'a>, given: &Arguments<'_, 'a>) -> Answer<'a> {
    let read = list(machine, &given.value(0))?;
    Ok(Value::count(read.items.len()))
}

pub(super) fn is_empty<'a>(machine: &mut Machine<'a>, given: &Arguments<'_, 'a>) -> Answer<'a> {
    let read = list(machine, &given.value(0))?;
    Ok(Value::Bool(read.items.is_empty()))
}

/// The elements with commas between them, neither quoted nor trimmed.
pub(super) fn to_csv<'a>(machine: &mut Machine<'a>, given: &Arguments<'_, 'a>) -> Answer<'a> {
    let value = given.value(0);
    let text = match &value {
        Value::Text(text) => text.to_string(),
        Value::List(items) => value::joined(items)?,
        Value::Null => String::new(),
        other => other.as_text()?.unwrap_or_default().into_owned(),
    };
    machine.room_for(text.len())?;
    Ok(Value::text(text))
}
