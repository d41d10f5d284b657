//! Dates as they are typed and picked, on the clock of the reader; stored in UTC. Where the clock stands, its caller says.

use chrono::{DateTime, Datelike as _, Days, Months, NaiveDate, NaiveDateTime, TimeDelta, Utc};

use super::{Unreadable, narrow};
use crate::types::{Base, Type, coerce};
use crate::value::Value;

const DAYS: [&str; 8] = [
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y年%m月%d日",
    "%d %b %Y",
    "%d %B %Y",
    "%b %d, %Y",
    "%B %d, %Y",
    "%Y.%m.%d",
];
const TIMES: [&str; 4] = ["%H:%M", "%H:%M:%S%.f", "%H時%M分", "%I:%M %p"];

/// Reads a date in the ways of both languages; nothing where nothing was typed. Without a zone it is on the clock of the
/// reader: `offset` says how many minutes that is behind UTC at a moment on it.
pub fn read_moment(
    text: &str,
    offset: impl Fn(NaiveDateTime) -> i64,
) -> Result<Option<DateTime<Utc>>, Unreadable> {
    let text = narrow(text);
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let local = DAYS.iter().find_map(|day| read_local(text, day));
    if let Some(local) = local {
        let utc = local.checked_add_signed(TimeDelta::minutes(offset(local)));
        return utc
            .map(|utc| Some(utc.and_utc()))
            .ok_or(Unreadable::NotADate);
    }
    // What names its zone, in every form that a flow reads.
    let names_zone =
        text.ends_with(['Z', 'z']) || text.get(10..).is_some_and(|rest| rest.contains(['+', '-']));
    match coerce(&Value::from(text.to_owned()), None, &Type::one(Base::Date)) {
        Ok(Value::Date(date)) if names_zone => Ok(Some(date)),
        _ => Err(Unreadable::NotADate),
    }
}

fn read_local(text: &str, day: &str) -> Option<NaiveDateTime> {
    if let Ok(date) = NaiveDate::parse_from_str(text, day) {
        return date.and_hms_opt(0, 0, 0);
    }
    TIMES.iter().find_map(|time| {
        ["{d} {t}", "{d}T{t}", "{d}, {t}", "{d}{t}"]
            .iter()
            .find_map(|form| {
                let form = form.replace("{d}", day).replace("{t}", time);
                NaiveDateTime::parse_from_str(text, &form).ok()
            })
    })
}

/// Writes a date as its field shows it, with `separator` between year, month and day; seconds where they are not 0.
pub fn write_moment(local: NaiveDateTime, separator: char) -> String {
    let seconds = if local.and_utc().timestamp() % 60 == 0 {
        "%H:%M"
    } else {
        "%H:%M:%S"
    };
    local
        .format(&format!("%Y{separator}%m{separator}%d {seconds}"))
        .to_string()
}

/// Returns the six weeks, from Sunday, that show the month of a day.
pub fn weeks(day: NaiveDate) -> Vec<Vec<NaiveDate>> {
    let first = day.with_day(1).unwrap_or(day);
    let back = u64::from(first.weekday().num_days_from_sunday());
    let start = first.checked_sub_days(Days::new(back)).unwrap_or(first);
    (0..6)
        .map(|week| {
            (0..7)
                .filter_map(|day| start.checked_add_days(Days::new(week * 7 + day)))
                .collect()
        })
        .collect()
}

/// A step over the days of a calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leap {
    /// So many days on, or back.
    Days(i64),
    /// So many months on, or back.
    Months(i32),
    /// To the first day of the week.
    WeekStart,
    /// To its last day.
    WeekEnd,
}

/// Returns the day that a step leads to; the same one at the end of all calendars.
pub fn leap(day: NaiveDate, by: Leap) -> NaiveDate {
    let place = i64::from(day.weekday().num_days_from_sunday());
    let days = |count: i64| day.checked_add_signed(TimeDelta::days(count));
    let found = match by {
        Leap::Days(count) => days(count),
        Leap::WeekStart => days(-place),
        Leap::WeekEnd => days(6 - place),
        Leap::Months(count) => {
            let months = Months::new(count.unsigned_abs());
            if count < 0 {
                day.checked_sub_months(months)
            } else {
                day.checked_add_months(months)
            }
        }
    };
    found
        .filter(|day| (1..=9999).contains(&day.year()))
        .unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::iso;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        // Tokyo is nine hours ahead.
        let read = read_moment(text, |_| -540);
        let read = read.ok().flatten().map(iso);
        assert_eq!(read.as_deref(), expected, "{text}");
    }

    #[test]
    fn dates_are_read_in_the_ways_of_both_languages() {
        let afternoon = Some("2026-11-21T05:00:00.000Z");
        for text in [
            "2026-11-21 14:00",
            "2026-11-21T14:00",
            "2026-11-21T14:00:00",
            "2026/11/21 14:00",
            "２０２６／１１／２１　１４：００",
            "2026年11月21日 14:00",
            "2026年11月21日14時00分",
            "21 Nov 2026, 14:00",
            "21 November 2026 14:00",
            "Nov 21, 2026 02:00 PM",
            "2026-11-21T05:00:00Z",
            "2026-11-21T14:00:00+09:00",
        ] {
            check(text, afternoon);
        }
        check("2026-11-21", Some("2026-11-20T15:00:00.000Z"));
        check("2026/11/21 14:00:05", Some("2026-11-21T05:00:05.000Z"));
        for text in ["soon", "2026-13-01", "2026-02-30", "14:00", "20261121"] {
            check(text, None);
        }
        assert_eq!(read_moment("  ", |_| 0), Ok(None));
    }

    #[test]
    fn what_is_written_can_be_read() {
        let local = NaiveDate::from_ymd_opt(2026, 1, 2)
            .unwrap()
            .and_hms_opt(3, 4, 0)
            .unwrap();
        assert_eq!(write_moment(local, '/'), "2026/01/02 03:04");
        for separator in ['-', '/'] {
            let read = read_moment(&write_moment(local, separator), |_| 0);
            assert_eq!(read, Ok(Some(local.and_utc())));
        }
        let seconds = local + TimeDelta::seconds(5);
        assert_eq!(write_moment(seconds, '-'), "2026-01-02 03:04:05");
    }

    #[test]
    fn a_calendar_is_walked_by_days_weeks_months_and_years() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        let end = day(2024, 1, 31);
        assert_eq!(leap(end, Leap::Days(1)), day(2024, 2, 1));
        assert_eq!(leap(end, Leap::Months(1)), day(2024, 2, 29));
        assert_eq!(leap(end, Leap::Months(-12)), day(2023, 1, 31));
        assert_eq!(leap(end, Leap::WeekStart), day(2024, 1, 28));
        assert_eq!(leap(end, Leap::WeekEnd), day(2024, 2, 3));
        assert_eq!(leap(day(9999, 12, 31), Leap::Days(1)), day(9999, 12, 31));
        let weeks = weeks(end);
        assert_eq!(
            (weeks.len(), weeks[0][0], weeks[5][6]),
            (6, day(2023, 12, 31), day(2024, 2, 10))
        );
    }
}
