//! Reads a text by a pattern. What the pattern does not name is taken from the beginning of 1970, the zone is UTC.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::super::moment::{Moment, Zone};
use super::super::problem::{Fault, quoted};
use super::{DAYS, MONTHS, Piece, pieces};

#[derive(Default)]
struct Parts {
    year: Option<i32>,
    month: Option<u32>,
    day: Option<u32>,
    day_of_year: Option<u32>,
    hour: Option<u32>,
    hour12: Option<u32>,
    is_afternoon: Option<bool>,
    minute: u32,
    second: u32,
    nanos: u32,
    zone: Option<Zone>,
    is_before_christ: bool,
}

/// Reads `text`; fails where it differs from the pattern or names a day that does not exist.
pub(in crate::expression) fn read(text: &str, pattern: &str) -> Result<Moment, Fault> {
    let pieces = pieces(pattern)?;
    let fault = || {
        Fault::new(format!(
            "{} cannot be read by the pattern {}.",
            quoted(text),
            quoted(pattern)
        ))
    };
    let mut parts = Parts::default();
    let mut rest = text.trim();
    for (index, piece) in pieces.iter().enumerate() {
        rest = match piece {
            Piece::Literal(literal) => rest.strip_prefix(literal.as_str()).ok_or_else(fault)?,
            Piece::Field(letter, width) => {
                let is_packed = matches!(pieces.get(index + 1), Some(Piece::Field(next, width)) if is_number(*next, *width));
                let field = Field {
                    letter: *letter,
                    width: *width,
                    is_packed,
                };
                take(&mut parts, field, rest).ok_or_else(fault)?
            }
        };
    }
    if !rest.is_empty() {
        return Err(fault());
    }
    let zone = parts.zone.unwrap_or(Zone::Utc);
    let local = local(&parts).ok_or_else(fault)?;
    let at = zone.at_local(local).ok_or_else(fault)?;
    Ok(Moment {
        zone,
        ..Moment::utc(at)
    })
}

#[derive(Clone, Copy)]
struct Field {
    letter: char,
    width: usize,
    /// Digits follow at once, so that this field ends where its width ends.
    is_packed: bool,
}

fn is_number(letter: char, width: usize) -> bool {
    !("GEazZX".contains(letter) || "ML".contains(letter) && width >= 3)
}

/// Reads one field and returns what follows it.
fn take<'t>(parts: &mut Parts, field: Field, text: &'t str) -> Option<&'t str> {
    let Field { letter, width, .. } = field;
    match letter {
        'G' => {
            let (index, rest) = word(text, &["AD", "BC"], 2)?;
            parts.is_before_christ = index == 1;
            return Some(rest);
        }
        'E' => return word(text, &DAYS, 3).map(|(_, rest)| rest),
        'M' | 'L' if width >= 3 => {
            let (index, rest) = word(text, &MONTHS, 3)?;
            parts.month = Some(index + 1);
            return Some(rest);
        }
        'a' => {
            let (index, rest) = word(text, &["AM", "PM"], 2)?;
            parts.is_afternoon = Some(index == 1);
            return Some(rest);
        }
        'z' | 'Z' | 'X' => return zone(parts, text),
        'S' => return fraction(parts, field, text),
        _ => {}
    }
    let (number, digits, rest) = number(field, text)?;
    match letter {
        'Y' | 'y' | 'u' if width == 2 && digits == 2 => parts.year = Some(pivoted(number)?),
        'Y' | 'y' | 'u' => parts.year = i32::try_from(number).ok(),
        'M' | 'L' => parts.month = Some(number),
        'd' => parts.day = Some(number),
        'D' => parts.day_of_year = Some(number),
        'H' => parts.hour = Some(number),
        'k' => parts.hour = Some(if number == 24 { 0 } else { number }),
        'h' | 'K' if number <= 12 => parts.hour12 = Some(number % 12),
        'm' => parts.minute = number,
        's' => parts.second = number,
        _ => return None,
    }
    Some(rest)
}

/// Two digits mean a year from 1970 to 2069.
fn pivoted(number: u32) -> Option<i32> {
    let year = i32::try_from(number).ok()?;
    Some(if year < 70 { 2000 + year } else { 1900 + year })
}

fn number(field: Field, text: &str) -> Option<(u32, usize, &str)> {
    let most = if field.is_packed { field.width } else { 9 };
    let digits = text
        .bytes()
        .take(most)
        .take_while(u8::is_ascii_digit)
        .count();
    if digits == 0 || (field.is_packed && digits < field.width) {
        return None;
    }
    let (number, rest) = text.split_at_checked(digits)?;
    Some((number.parse().ok()?, digits, rest))
}

fn fraction<'t>(parts: &mut Parts, field: Field, text: &'t str) -> Option<&'t str> {
    let most = if field.is_packed { field.width } else { 9 };
    let digits = text
        .bytes()
        .take(most)
        .take_while(u8::is_ascii_digit)
        .count();
    let (number, rest) = text.split_at_checked(digits).filter(|_| digits > 0)?;
    parts.nanos = format!("{number:0<9}").parse().ok()?;
    Some(rest)
}

/// Reads one of the names, whole or cut to `short` letters, in any capitals.
fn word<'t>(text: &'t str, names: &[&str], short: usize) -> Option<(u32, &'t str)> {
    let begins = |length: usize, name: &str| {
        let (head, rest) = text.split_at_checked(length)?;
        let name = name.get(..length)?;
        head.eq_ignore_ascii_case(name).then_some(rest)
    };
    for (index, name) in names.iter().enumerate() {
        let rest = begins(name.len(), name).or_else(|| begins(short, name));
        if let Some(rest) = rest {
            return Some((u32::try_from(index).ok()?, rest));
        }
    }
    None
}

fn zone<'t>(parts: &mut Parts, text: &'t str) -> Option<&'t str> {
    let belongs = |letter: char| letter.is_ascii_alphanumeric() || "+-:/_".contains(letter);
    let length = text.chars().take_while(|letter| belongs(*letter)).count();
    let (name, rest) = text.split_at_checked(length)?;
    let hours_only = matches!(name.len(), 3) && name.starts_with(['+', '-']);
    let name = if hours_only {
        format!("{name}:00")
    } else {
        name.to_owned()
    };
    parts.zone = Some(Zone::named(&name).ok()?);
    Some(rest)
}

fn local(parts: &Parts) -> Option<NaiveDateTime> {
    let year = parts.year.unwrap_or(1970);
    let year = if parts.is_before_christ {
        1 - year
    } else {
        year
    };
    let date = match parts.day_of_year {
        Some(day) => NaiveDate::from_yo_opt(year, day)?,
        None => NaiveDate::from_ymd_opt(year, parts.month.unwrap_or(1), parts.day.unwrap_or(1))?,
    };
    let hour = match (parts.hour, parts.hour12) {
        (Some(hour), _) => hour,
        (None, Some(hour)) => {
            hour + if parts.is_afternoon == Some(true) {
                12
            } else {
                0
            }
        }
        (None, None) => 0,
    };
    let time = NaiveTime::from_hms_nano_opt(hour, parts.minute, parts.second, parts.nanos)?;
    Some(date.and_time(time))
}
