//! Functions of texts. Positions count characters, so that no function cuts one in two. A null among the arguments makes
//! the result null, but its length is 0 and it contains nothing.

use std::borrow::Cow;

use super::arguments::Arguments;
use super::evaluate::Machine;
use super::functions::Answer;
use super::problem::Fault;
use super::value::Value;

pub(super) fn append<'a>(machine: &mut Machine<'a>, given: &Arguments<'_, 'a>) -> Answer<'a> {
    let Some(parts) = given.texts()? else {
        return Ok(Value::Null);
    };
    let text = parts.concat();
    machine.room_for(text.len())?;
    Ok(Value::text(text))
}

pub(super) fn join<'a>(machine: &mut Machine<'a>, given: &Arguments<'_, 'a>) -> Answer<'a> {
    let Some(parts) = given.texts()? else {
        return Ok(Value::Null);
    };
    let (separator, parts) = match parts.split_first() {
        Some((separator, parts)) => (separator.as_ref(), parts),
        None => return Ok(Value::Null),
    };
    let length: usize = parts.iter().map(|part| part.len() + separator.len()).sum();
    machine.room_for(length)?;
    Ok(Value::text(parts.join(separator)))
}

pub(super) fn len<'a>(machine: &mut Machine<'a>, given: &Arguments<'_, 'a>) -> Answer<'a> {
    let text = given.text(0)?.unwrap_or_default();
    machine.spend(text.len())?;
    Ok(Value::count(text.chars().count()))
}

/// Runs `change` on the first argument, unless it is null.
fn changed<'a>(
    machine: &mut Machine<'a>,
    given: &Arguments<'_, 'a>,
    change: fn(&str) -> String,
) -> Answer<'a> {
    let Some(text) = given.text(0)? else {
        return Ok(Value::Null);
    };
    // One letter can become three (ΐ), so the room is looked at before.
    machine.room_for(text.len())?;
    let text = change(&text);
    machine.room_for(text.len())?;
    Ok(Value::text(text))
}

pub(super) fn upper<'a>(machine: &mut Machine<'a>, given: &Arguments<'_, 'a>) -> Answer<'a> {
    changed(machine, given, str::to_uppercase)
}

pub(super) fn lower<'a>(machine: &mut Machine<'a>, given: &Arguments<'_, 'a>) -> Answer<'a> {
    changed(machine, given, str::to_lowercase)
}

pub(super) fn remove_spaces<'a>(
    machine: &mut Machine<'a>,
    given: &Arguments<'_, 'a>,
) -> Answer<'a> {
    changed(machine, given, |text| {
        text.chars().filter(|letter| !is_space(*letter)).collect()
    })
}

/// A space of any width, but no tab and no end of a line.
fn is_space(letter: char) -> bool {
    matches!(
        letter,
        ' ' | '\u{a0}' | '\u{1680}' | '\u{2000}'
            ..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}'
    )
}

pub(super) fn replace<'a>(machine: &mut Machine<'a>, given: &Arguments<'_, 'a>) -> Answer<'a> {
    replaced(machine, given, usize::MAX)
}

pub(super) fn replace_first<'a>(
    machine: &mut Machine<'a>,
    given: &Arguments<'_, 'a>,
) -> Answer<'a> {
    replaced(machine, given, 1)
}

fn replaced<'a>(machine: &mut Machine<'a>, given: &Arguments<'_, 'a>, times: usize) -> Answer<'a> {
    let Some(parts) = given.texts()? else {
        return Ok(Value::Null);
    };
    let [text, wanted, instead] = parts.as_slice() else {
        return Ok(Value::Null);
    };
    machine.spend(text.len())?;
    let found = text.matches(wanted.as_ref()).take(times).count();
    let removed = found.saturating_mul(wanted.len());
    let added = found.saturating_mul(instead.len());
    machine.room_for((text.len() - removed.min(text.len())).saturating_add(added))?;
    Ok(Value::text(text.replacen(wanted.as_ref(), instead, found)))
}

pub(super) fn starts_with<'a>(machine: &mut Machine<'a>, given: &Arguments<'_, 'a>) -> Answer<'a> {
    asked(machine, given, |text, part| text.starts_with(part))
}

pub(super) fn contains<'a>(machine: &mut Machine<'a>, given: &Arguments<'_, 'a>) -> Answer<'a> {
    asked(machine, given, |text, part| text.contains(part))
}

fn asked<'a>(
    machine: &mut Machine<'a>,
    given: &Arguments<'_, 'a>,
    is_so: fn(&str, &str) -> bool,
) -> Answer<'a> {
    let (Some(text), Some(part)) = (given.text(0)?, given.text(1)?) else {
        return Ok(Value::Bool(false));
    };
    machine.spend(text.len())?;
    Ok(Value::Bool(is_so(&text, &part)))
}

/// The value of the first key that is a part of the text.
pub(super) fn switch<'a>(machine: &mut Machine<'a>, given: &Arguments<'_, 'a>) -> Answer<'a> {
    if given.len() % 2 == 1 {
        return Err(Fault::new(
            "String.stringSwitch() takes a value after every key.",
        ));
    }
    let Some(text) = given.text(0)? else {
        return Ok(Value::Null);
    };
    for pair in given.all().get(2..).unwrap_or_default().chunks_exact(2) {
        let [key, value] = pair else { continue };
        machine.spend(text.len())?;
        if key
            .as_text()?
            .is_some_and(|key| text.contains(key.as_ref()))
        {
            return Ok(value.as_text()?.map_or(Value::Null, Value::Text));
        }
    }
    Ok(given.text(1)?.map_or(Value::Null, Value::Text))
}

pub(super) fn substring<'a>(machine: &mut Machine<'a>, given: &Arguments<'_, 'a>) -> Answer<'a> {
    let (Some(text), Some(start)) = (given.text(0)?, given.whole(1)?) else {
        return Ok(Value::Null);
    };
    machine.spend(text.len())?;
    let length = text.chars().count();
    let end = if given.len() > 2 {
        match given.whole(2)? {
            Some(end) => end,
            None => return Ok(Value::Null),
        }
    } else {
        i64::try_from(length).unwrap_or(i64::MAX)
    };
    let outside = || {
        Fault::new(format!(
            "A substring from {start} to {end} is not within a text of {length} characters."
        ))
    };
    let from = usize::try_from(start).map_err(|_| outside())?;
    let to = usize::try_from(end).map_err(|_| outside())?;
    if from > to || to > length {
        return Err(outside());
    }
    let part: String = text.chars().skip(from).take(to - from).collect();
    Ok(Value::text(part))
}

/// What stands after the first occurrence; an empty text where there is none.
pub(super) fn after<'a>(machine: &mut Machine<'a>, given: &Arguments<'_, 'a>) -> Answer<'a> {
    parted(machine, given, |text, part| {
        text.split_once(part).map_or("", |(_, after)| after).into()
    })
}

/// What stands before the first occurrence; the whole text where there is none.
pub(super) fn before<'a>(machine: &mut Machine<'a>, given: &Arguments<'_, 'a>) -> Answer<'a> {
    parted(machine, given, |text, part| {
        text.split_once(part)
            .map_or(text, |(before, _)| before)
            .into()
    })
}

fn parted<'a>(
    machine: &mut Machine<'a>,
    given: &Arguments<'_, 'a>,
    part_of: fn(&str, &str) -> String,
) -> Answer<'a> {
    let (Some(text), Some(part)) = (given.text(0)?, given.text(1)?) else {
        return Ok(Value::Null);
    };
    machine.spend(text.len())?;
    Ok(Value::Text(Cow::from(part_of(&text, &part))))
}
