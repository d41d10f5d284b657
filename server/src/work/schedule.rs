//! When scheduled flows run: cron fields as Okta stores them, in the flow's time zone.

use std::str::FromStr as _;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use croner::Cron;
use croner::parser::{CronParser, Seconds};
use flow::{Flow, Schedule};

/// Returns when the flow runs next after `now`, in milliseconds since 1970; nothing without a valid schedule.
pub(crate) fn next(flow: &Flow, now: DateTime<Utc>) -> Option<i64> {
    let schedule = flow.schedule.as_ref()?;
    let zone = zone(schedule)?;
    let cron = parse(schedule)?;
    let after = now.with_timezone(&zone);
    let at = cron.find_next_occurrence(&after, false).ok()?;
    Some(at.with_timezone(&Utc).timestamp_millis())
}

fn zone(schedule: &Schedule) -> Option<Tz> {
    if schedule.time_zone.is_empty() {
        Some(Tz::UTC)
    } else {
        Tz::from_str(&schedule.time_zone).ok()
    }
}

fn parse(schedule: &Schedule) -> Option<Cron> {
    let field = |text: &str, fallback: &str| {
        if text.trim().is_empty() {
            fallback.to_owned()
        } else {
            text.trim().to_owned()
        }
    };
    let text = [
        field(&schedule.seconds, "0"),
        field(&schedule.minutes, "0"),
        field(&schedule.hours, "*"),
        field(&schedule.day_of_month, "*"),
        field(&schedule.month, "*"),
        field(&schedule.day_of_week, "*"),
    ]
    .join(" ");
    CronParser::builder()
        .seconds(Seconds::Required)
        .build()
        .parse(&text)
        .ok()
}
