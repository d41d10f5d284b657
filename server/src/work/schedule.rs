//! When scheduled flows run: the moments that a schedule names, in its time zone.
//!
//! Cron fields are worked out by croner. A time of the day that a change of the clocks leaves out is replaced by the first
//! moment after it; one that comes twice counts the first time. What repeats within the hour follows the clock on the wall:
//! it is left out with the hour that is, and goes on through the hour that comes twice.

use std::str::FromStr as _;

use chrono::{
    DateTime, Datelike as _, Days, NaiveDate, NaiveTime, TimeZone as _, Timelike as _, Utc,
};
use chrono_tz::Tz;
use croner::Cron;
use croner::parser::{CronParser, Seconds};
use flow::{Every, Flow, FlowKind, Schedule, Unit, Window};

/// So many moments of the cron fields are looked at before a schedule counts as one that names none.
const MOST_CANDIDATES: usize = 20_000;

/// Returns when the flow runs next after `now`, in milliseconds since 1970; nothing without a valid schedule, and for a
/// flow that something else starts.
pub(crate) fn next(flow: &Flow, now: DateTime<Utc>) -> Option<i64> {
    if flow.kind() != FlowKind::Scheduled {
        return None;
    }
    let plan = Planned::read(flow.schedule.as_ref()?).ok()?;
    plan.after(now).map(|at| at.timestamp_millis())
}

/// What is wrong with a schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wrong {
    /// The tz database has no such zone.
    TimeZone,
    /// The cron fields cannot be read.
    Cron,
    /// A date, a time of the day or a count cannot be read.
    Limits,
}

/// A schedule that can be worked out.
pub(crate) struct Planned {
    cron: Cron,
    zone: Tz,
    window: Option<Window>,
    counted: Option<Counted>,
    starts: Option<NaiveDate>,
    ends: Option<NaiveDate>,
}

/// Each n-th unit from a day on.
struct Counted {
    unit: Unit,
    count: i64,
    from: NaiveDate,
    /// The start of that day.
    since: DateTime<Utc>,
}

impl Planned {
    /// Reads a schedule.
    pub(crate) fn read(schedule: &Schedule) -> Result<Self, Wrong> {
        let zone = match schedule.time_zone.trim() {
            "" => Tz::UTC,
            name => Tz::from_str(name).map_err(|_| Wrong::TimeZone)?,
        };
        let cron = CronParser::builder()
            .seconds(Seconds::Required)
            .build()
            .parse(&schedule.cron())
            .map_err(|_| Wrong::Cron)?;
        if schedule
            .window
            .as_ref()
            .is_some_and(|window| window.minutes().is_none())
        {
            return Err(Wrong::Limits);
        }
        let day = |text: &Option<String>| text.as_deref().map(date).transpose();
        Ok(Self {
            cron,
            zone,
            window: schedule.window.clone(),
            counted: schedule
                .every
                .as_ref()
                .map(|every| counted(every, zone))
                .transpose()?,
            starts: day(&schedule.starts)?,
            ends: day(&schedule.ends)?,
        })
    }

    /// Returns the first moment after `now`.
    pub(crate) fn after(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let mut after = now.with_timezone(&self.zone);
        let mut inclusive = false;
        for _ in 0..MOST_CANDIDATES {
            let at = self.cron.find_next_occurrence(&after, inclusive).ok()?;
            if self.ends.is_some_and(|ends| at.date_naive() > ends) {
                return None;
            }
            match self.refused(&at) {
                None => return Some(at.with_timezone(&Utc)),
                Some(Skip::Moment) => (after, inclusive) = (at, false),
                Some(Skip::To(day, time)) => {
                    let to = first_moment(self.zone, day, time)?;
                    // A change of the clocks must not send us back.
                    (after, inclusive) = if to > at { (to, true) } else { (at, false) };
                }
            }
        }
        None
    }

    /// Returns the next moments, at most `count`.
    pub(crate) fn list(&self, now: DateTime<Utc>, count: usize) -> Vec<DateTime<Utc>> {
        std::iter::successors(self.after(now), |at| self.after(*at))
            .take(count)
            .collect()
    }

    /// Returns the time zone.
    pub(crate) fn zone(&self) -> Tz {
        self.zone
    }

    /// Tells whether a moment of the cron fields does not count, and how far to go on.
    fn refused(&self, at: &DateTime<Tz>) -> Option<Skip> {
        let day = at.date_naive();
        let next_day = || {
            Some(Skip::To(
                day.checked_add_days(Days::new(1))?,
                NaiveTime::MIN,
            ))
        };
        if let Some(starts) = self.starts.filter(|starts| day < *starts) {
            return Some(Skip::To(starts, NaiveTime::MIN));
        }
        if let Some(counted) = &self.counted
            && !counted.is_due(at)
        {
            return match counted.unit {
                Unit::Minute | Unit::Hour => Some(Skip::Moment),
                Unit::Day | Unit::Week | Unit::Month => next_day(),
            };
        }
        let window = self.window.as_ref()?;
        let minute = at.hour() * 60 + at.minute();
        if window.holds(minute) {
            return None;
        }
        let (from, _) = window.minutes()?;
        let opens = NaiveTime::from_hms_opt(from / 60, from % 60, 0)?;
        if minute < from {
            Some(Skip::To(day, opens))
        } else {
            Some(Skip::To(day.checked_add_days(Days::new(1))?, opens))
        }
    }
}

/// How far to go on from a moment that does not count.
enum Skip {
    Moment,
    To(NaiveDate, NaiveTime),
}

impl Counted {
    fn is_due(&self, at: &DateTime<Tz>) -> bool {
        let passed = at.with_timezone(&Utc) - self.since;
        let day = at.date_naive();
        let units = match self.unit {
            Unit::Minute => passed.num_minutes(),
            Unit::Hour => passed.num_hours(),
            Unit::Day => (day - self.from).num_days(),
            Unit::Week => (monday(day) - monday(self.from)).num_days() / 7,
            Unit::Month => months(day) - months(self.from),
        };
        passed.num_seconds() >= 0 && units.rem_euclid(self.count) == 0
    }
}

fn monday(day: NaiveDate) -> NaiveDate {
    let since = u64::from(day.weekday().num_days_from_monday());
    day.checked_sub_days(Days::new(since)).unwrap_or(day)
}

fn months(day: NaiveDate) -> i64 {
    i64::from(day.year()) * 12 + i64::from(day.month0())
}

fn counted(every: &Every, zone: Tz) -> Result<Counted, Wrong> {
    let from = date(&every.from)?;
    let is_sensible = (1..=10_000).contains(&every.count);
    if !is_sensible {
        return Err(Wrong::Limits);
    }
    let since = first_moment(zone, from, NaiveTime::MIN).ok_or(Wrong::Limits)?;
    Ok(Counted {
        unit: every.unit,
        count: i64::from(every.count),
        from,
        since: since.with_timezone(&Utc),
    })
}

/// Reads a day; what may follow it, a time, is left out.
fn date(text: &str) -> Result<NaiveDate, Wrong> {
    let day = text.trim().get(..10).ok_or(Wrong::Limits)?;
    let date = NaiveDate::parse_from_str(day, "%Y-%m-%d").map_err(|_| Wrong::Limits)?;
    // What chrono can reckon with, and people mean.
    (1970..=9_000)
        .contains(&date.year())
        .then_some(date)
        .ok_or(Wrong::Limits)
}

/// The first moment of a zone at or after a time on the wall: clocks are put forward by a day at most.
fn first_moment(zone: Tz, day: NaiveDate, time: NaiveTime) -> Option<DateTime<Tz>> {
    let wanted = day.and_time(time);
    (0..=96).find_map(|quarters| {
        let at = wanted.checked_add_signed(chrono::TimeDelta::minutes(15 * quarters))?;
        zone.from_local_datetime(&at).earliest()
    })
}

#[cfg(test)]
mod tests;
