//! Patterns of dates and times as Joda-Time writes them: `yyyy-MM-dd'T'HH:mm:ss.SSSZ`. Names of months and days are English.

mod reading;

use chrono::{Datelike as _, NaiveDateTime, Timelike as _};

use super::moment::{Moment, Zone};
use super::problem::{Fault, quoted};

pub(super) use reading::read;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];
/// The most bytes of a pattern.
const MAX_PATTERN: usize = 256;
/// A field wider than this is a mistake.
const MAX_WIDTH: usize = 20;

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Field(char, usize),
    Literal(String),
}

/// Takes a pattern apart.
fn pieces(pattern: &str) -> Result<Vec<Piece>, Fault> {
    if pattern.len() > MAX_PATTERN {
        return Err(Fault::new(format!(
            "A pattern has at most {MAX_PATTERN} bytes."
        )));
    }
    let mut pieces: Vec<Piece> = Vec::new();
    let mut letters = pattern.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter == '\'' {
            literal(&mut pieces, &quotation(&mut letters)?);
        } else if letter.is_ascii_alphabetic() {
            match pieces.last_mut() {
                Some(Piece::Field(same, width)) if *same == letter => *width += 1,
                _ => pieces.push(Piece::Field(letter, 1)),
            }
        } else {
            literal(&mut pieces, &letter.to_string());
        }
    }
    for piece in &pieces {
        if let Piece::Field(letter, width) = piece
            && (!"GCYyuxwEeDMLdaKhHkmsSzZX".contains(*letter) || *width > MAX_WIDTH)
        {
            let message = format!(
                "The pattern {} has no field for `{letter}`.",
                quoted(pattern)
            );
            return Err(Fault::new(message));
        }
    }
    Ok(pieces)
}

fn literal(pieces: &mut Vec<Piece>, text: &str) {
    if let Some(Piece::Literal(before)) = pieces.last_mut() {
        before.push_str(text);
    } else {
        pieces.push(Piece::Literal(text.to_owned()));
    }
}

/// What stands between two quotes; two quotes in a row are one.
fn quotation(letters: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Result<String, Fault> {
    if letters.next_if_eq(&'\'').is_some() {
        return Ok("'".to_owned());
    }
    let mut text = String::new();
    while let Some(letter) = letters.next() {
        if letter != '\'' {
            text.push(letter);
        } else if letters.next_if_eq(&'\'').is_some() {
            text.push('\'');
        } else {
            return Ok(text);
        }
    }
    Err(Fault::new("A quote in the pattern is not closed."))
}

/// Writes a point in time in its own zone.
pub(super) fn write(moment: Moment, pattern: &str) -> Result<String, Fault> {
    let offset = moment.zone.offset(moment.at);
    let local = moment.at.with_timezone(&offset).naive_local();
    let mut text = String::new();
    for piece in pieces(pattern)? {
        match piece {
            Piece::Literal(literal) => text.push_str(&literal),
            Piece::Field(letter @ ('z' | 'Z' | 'X'), width) => {
                text.push_str(&zone(moment, letter, width));
            }
            Piece::Field(letter, width) => text.push_str(&field(local, letter, width)),
        }
    }
    Ok(text)
}

fn field(local: NaiveDateTime, letter: char, width: usize) -> String {
    let number = |number: u32| format!("{number:0width$}");
    let (is_afternoon, hour12) = local.hour12();
    let week = local.iso_week();
    match letter {
        'G' => (if local.year() > 0 { "AD" } else { "BC" }).to_owned(),
        'C' => format!("{:0width$}", local.year().div_euclid(100)),
        'Y' | 'y' | 'u' => year(local.year(), width),
        'x' => year(week.year(), width),
        'w' => number(week.week()),
        'E' => named(&DAYS, local.weekday().num_days_from_monday(), width >= 4),
        'e' => number(local.weekday().number_from_monday()),
        'D' => number(local.ordinal()),
        'M' | 'L' if width >= 3 => named(&MONTHS, local.month0(), width >= 4),
        'M' | 'L' => number(local.month()),
        'd' => number(local.day()),
        'a' => (if is_afternoon { "PM" } else { "AM" }).to_owned(),
        'K' => number(hour12 % 12),
        'h' => number(hour12),
        'k' => number(if local.hour() == 0 { 24 } else { local.hour() }),
        'H' => number(local.hour()),
        'm' => number(local.minute()),
        's' => number(local.second()),
        _ => {
            let nanos = format!("{:09}", local.nanosecond() % 1_000_000_000);
            let digits: String = nanos.chars().take(width).collect();
            format!("{digits:0<width$}")
        }
    }
}

fn year(year: i32, width: usize) -> String {
    if width == 2 {
        return format!("{:02}", year.rem_euclid(100));
    }
    let sign = if year < 0 { "-" } else { "" };
    format!("{sign}{:0width$}", year.unsigned_abs())
}

fn named(names: &[&str], index: u32, is_long: bool) -> String {
    let name = usize::try_from(index)
        .ok()
        .and_then(|index| names.get(index));
    let name = name.copied().unwrap_or_default();
    let length = if is_long { name.len() } else { 3 };
    name.chars().take(length).collect()
}

fn zone(moment: Moment, letter: char, width: usize) -> String {
    let offset = moment.zone.offset(moment.at);
    let with_colon = moment.at.with_timezone(&offset).format("%:z").to_string();
    let is_utc = offset.local_minus_utc() == 0;
    match (letter, width) {
        ('X', _) if is_utc => "Z".to_owned(),
        ('X', 1) => with_colon.split(':').next().unwrap_or_default().to_owned(),
        ('Z', 1) | ('X', 2) => with_colon.replace(':', ""),
        ('Z', 2) | ('X', _) => with_colon,
        _ => match moment.zone {
            Zone::Utc => "UTC".to_owned(),
            Zone::Fixed(_) => with_colon,
            Zone::Named(zone) if letter == 'Z' => zone.name().to_owned(),
            Zone::Named(zone) => moment.at.with_timezone(&zone).format("%Z").to_string(),
        },
    }
}
