//! A point in time, the zone it is shown in, and how it is read and written in ISO 8601.

use std::str::FromStr as _;

use chrono::{
    DateTime, FixedOffset, NaiveDate, NaiveDateTime, Offset as _, TimeDelta, TimeZone as _, Utc,
};
use chrono_tz::Tz;

use super::problem::{Fault, quoted};

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Moment {
    pub(super) at: DateTime<Utc>,
    pub(super) zone: Zone,
    /// Whether thousandths are shown even where they are 0.
    pub(super) shows_millis: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Zone {
    Utc,
    Fixed(FixedOffset),
    Named(Tz),
}

impl Zone {
    /// Reads the name of a zone (`Asia/Tokyo`, `Japan`, `EST`) or an offset (`+09:00`).
    pub(super) fn named(name: &str) -> Result<Self, Fault> {
        let name = name.trim();
        if name == "Z" || name.eq_ignore_ascii_case("utc") {
            return Ok(Self::Utc);
        }
        if let Ok(offset) = FixedOffset::from_str(name) {
            return Ok(Self::Fixed(offset));
        }
        let known = chrono_tz::TZ_VARIANTS.iter();
        let found = known
            .copied()
            .find(|zone| zone.name().eq_ignore_ascii_case(name));
        found
            .map(Self::Named)
            .ok_or_else(|| Fault::new(format!("{} is no time zone.", quoted(name))))
    }

    pub(super) fn offset(self, at: DateTime<Utc>) -> FixedOffset {
        match self {
            Self::Utc => Utc.fix(),
            Self::Fixed(offset) => offset,
            Self::Named(zone) => zone.offset_from_utc_datetime(&at.naive_utc()).fix(),
        }
    }

    /// The point in time at which clocks of the zone show this; the earlier one where they show it twice.
    pub(super) fn at_local(self, local: NaiveDateTime) -> Option<DateTime<Utc>> {
        match self {
            Self::Utc => Some(local.and_utc()),
            Self::Fixed(offset) => {
                let at = offset.from_local_datetime(&local).earliest()?;
                Some(at.with_timezone(&Utc))
            }
            Self::Named(zone) => {
                let at = zone.from_local_datetime(&local).earliest()?;
                Some(at.with_timezone(&Utc))
            }
        }
    }
}

impl Moment {
    pub(super) fn utc(at: DateTime<Utc>) -> Self {
        Self {
            at,
            zone: Zone::Utc,
            shows_millis: false,
        }
    }

    /// Milliseconds since 1970.
    pub(super) fn from_millis(millis: i64) -> Result<Self, Fault> {
        DateTime::from_timestamp_millis(millis)
            .map(Self::utc)
            .ok_or_else(out_of_range)
    }

    /// Reads ISO 8601: a date, with or without a time, with or without an offset (UTC where there is none).
    pub(super) fn from_iso(text: &str) -> Result<Self, Fault> {
        let trimmed = text.trim();
        let (plain, name) = match trimmed
            .strip_suffix(']')
            .and_then(|text| text.split_once('['))
        {
            Some((plain, name)) => (plain, Some(name)),
            None => (trimmed, None),
        };
        let unreadable = || {
            Fault::new(format!(
                "{} is no point in time like 2015-07-31T17:18:37.979Z.",
                quoted(text)
            ))
        };
        let at = with_offset(plain)
            .or_else(|| without_offset(plain))
            .ok_or_else(unreadable)?;
        let zone = match name {
            Some(name) => Zone::named(name)?,
            None if at.offset().local_minus_utc() == 0 => Zone::Utc,
            None => Zone::Fixed(*at.offset()),
        };
        Ok(Self {
            at: at.with_timezone(&Utc),
            zone,
            shows_millis: plain.contains('.'),
        })
    }

    pub(super) fn shifted(self, count: i64, seconds: i64) -> Result<Self, Fault> {
        let moved = count
            .checked_mul(seconds)
            .and_then(TimeDelta::try_seconds)
            .and_then(|delta| self.at.checked_add_signed(delta));
        Ok(Self {
            at: moved.ok_or_else(out_of_range)?,
            ..self
        })
    }

    /// ISO 8601 with the name of the zone behind it, where it has one.
    pub(super) fn shown(self) -> String {
        let text = self.iso();
        match self.zone {
            Zone::Named(zone) => format!("{text}[{}]", zone.name()),
            Zone::Utc | Zone::Fixed(_) => text,
        }
    }

    /// ISO 8601; thousandths only where there are some, unless they are asked for.
    pub(super) fn iso(self) -> String {
        let local = self.at.with_timezone(&self.zone.offset(self.at));
        let has_millis =
            self.shows_millis || !self.at.timestamp_subsec_millis().is_multiple_of(1000);
        let millis = if has_millis { "%.3f" } else { "" };
        let zone = if self.zone == Zone::Utc { "Z" } else { "%:z" };
        local
            .format(&format!("%Y-%m-%dT%H:%M:%S{millis}{zone}"))
            .to_string()
    }
}

fn out_of_range() -> Fault {
    Fault::new("This point in time is out of range.")
}

fn with_offset(text: &str) -> Option<DateTime<FixedOffset>> {
    let parse = |format| DateTime::parse_from_str(text, format).ok();
    DateTime::parse_from_rfc3339(text)
        .ok()
        .or_else(|| parse("%Y-%m-%dT%H:%M:%S%.f%#z"))
        .or_else(|| parse("%Y-%m-%dT%H:%M%#z"))
}

fn without_offset(text: &str) -> Option<DateTime<FixedOffset>> {
    let text = text.strip_suffix('Z').unwrap_or(text);
    let parse = |format| NaiveDateTime::parse_from_str(text, format).ok();
    let local = parse("%Y-%m-%dT%H:%M:%S%.f")
        .or_else(|| parse("%Y-%m-%d %H:%M:%S%.f"))
        .or_else(|| parse("%Y-%m-%dT%H:%M"))
        .or_else(|| {
            NaiveDate::parse_from_str(text, "%Y-%m-%d")
                .ok()?
                .and_hms_opt(0, 0, 0)
        });
    local.map(|local| local.and_utc().fixed_offset())
}
