//! Dates as identity systems and people write them.

use chrono::{DateTime, NaiveDate, NaiveDateTime, SubsecRound, Utc};

/// With an offset from UTC.
const ZONED: [&str; 6] = [
    "%Y-%m-%dT%H:%M:%S%.f%z",
    "%Y-%m-%d %H:%M:%S%.f%z",
    "%Y-%m-%d %H:%M:%S%.f %z",
    "%Y-%m-%dT%H:%M%z",
    "%a %b %d %Y %H:%M:%S GMT%z",
    "%a %b %d %H:%M:%S %Y %z",
];
/// Without one: taken as UTC.
const LOCAL: [&str; 12] = [
    "%Y-%m-%dT%H:%M:%S%.f",
    "%Y-%m-%d %H:%M:%S%.f",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%d %H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y %I:%M %p",
    "%b %d, %Y %H:%M:%S%.f",
    "%b %d, %Y %I:%M %p",
    "%d %b %Y %H:%M:%S",
];
/// Days.
const DAYS: [&str; 7] = [
    "%Y-%m-%d",
    "%m/%d/%Y",
    "%Y/%m/%d",
    "%b %d, %Y",
    "%d %b %Y",
    "%a %b %d %Y",
    "%b %d %Y",
];
/// Longer texts are no dates.
const LONGEST: usize = 100;

/// Reads a date: RFC 3339 and other forms of ISO 8601, RFC 2822, and what people write with slashes or with the name of the
/// month. Without an offset it is taken as UTC. Digits alone are no date: nobody can tell seconds from milliseconds or years.
pub(super) fn read(text: &str) -> Option<DateTime<Utc>> {
    let text = text.trim();
    if text.len() > LONGEST || text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let date = zoned(text).or_else(|| local(text))?;
    Some(date.trunc_subsecs(3))
}

fn zoned(text: &str) -> Option<DateTime<Utc>> {
    if let Ok(date) = DateTime::parse_from_rfc3339(text) {
        return Some(date.with_timezone(&Utc));
    }
    if let Ok(date) = DateTime::parse_from_rfc2822(text) {
        return Some(date.with_timezone(&Utc));
    }
    // What JavaScript writes ends with the name of the zone in brackets.
    let bare = text.split(" (").next().unwrap_or(text);
    ZONED
        .iter()
        .find_map(|form| DateTime::parse_from_str(bare, form).ok())
        .map(|date| date.with_timezone(&Utc))
}

fn local(text: &str) -> Option<DateTime<Utc>> {
    let text = text
        .strip_suffix(" UTC")
        .or_else(|| text.strip_suffix(" GMT"))
        .or_else(|| text.strip_suffix('Z'))
        .unwrap_or(text)
        .trim_end();
    LOCAL
        .iter()
        .find_map(|form| named(form, |form| NaiveDateTime::parse_from_str(text, form).ok()))
        .or_else(|| {
            DAYS.iter()
                .find_map(|form| named(form, |form| NaiveDate::parse_from_str(text, form).ok()))
                .and_then(|day| day.and_hms_opt(0, 0, 0))
        })
        .map(|date| date.and_utc())
}

/// Tries a form with short names of months, then with whole ones.
fn named<T>(form: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
    read(form).or_else(|| {
        form.contains("%b")
            .then(|| read(&form.replace("%b", "%B")))
            .flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let read = read(text).map(crate::value::iso);
        assert_eq!(read.as_deref(), expected, "{text}");
    }

    #[test]
    fn many_forms_of_one_moment() {
        let moment = Some("2016-09-07T00:01:25.000Z");
        for text in [
            "2016-09-07T00:01:25Z",
            "2016-09-07T09:01:25+09:00",
            "2016-09-07T09:01:25+0900",
            "2016-09-07 00:01:25",
            "2016-09-07 00:01:25 UTC",
            " 2016/09/07 00:01:25 ",
            "09/07/2016 00:01:25",
            "Wed, 7 Sep 2016 00:01:25 GMT",
            "Wed, 07 Sep 2016 02:01:25 +0200",
            "Wed Sep 07 2016 02:01:25 GMT+0200 (Central European Summer Time)",
            "September 7, 2016 00:01:25",
            "7 Sep 2016 00:01:25",
        ] {
            check(text, moment);
        }
        check(
            "2016-09-07T00:01:25.6789Z",
            Some("2016-09-07T00:01:25.678Z"),
        );
        for day in [
            "2016-09-07",
            "9/7/2016",
            "Sep 7, 2016",
            "7 September 2016",
            "Sep 07 2016",
        ] {
            check(day, Some("2016-09-07T00:00:00.000Z"));
        }
    }

    #[test]
    fn what_is_no_date() {
        for text in [
            "",
            "soon",
            "1473206485",
            "1473206485670",
            "2016",
            "2016-02-30",
            "2016-13-01",
            "25:00",
            "流れ",
        ] {
            check(text, None);
        }
        check(&"9".repeat(1_000_000), None);
    }
}
