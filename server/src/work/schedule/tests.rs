use super::*;
use flow::Timetable;

fn cron(line: &str, zone: &str) -> Schedule {
    let parts: Vec<&str> = line.split(' ').collect();
    Schedule {
        seconds: "0".to_owned(),
        minutes: parts[0].to_owned(),
        hours: parts[1].to_owned(),
        day_of_month: parts[2].to_owned(),
        month: parts[3].to_owned(),
        day_of_week: parts[4].to_owned(),
        time_zone: zone.to_owned(),
        ..Schedule::default()
    }
}

#[track_caller]
fn check(schedule: &Schedule, now: &str, expected: &[&str]) {
    let plan = Planned::read(schedule).unwrap();
    let now = DateTime::parse_from_rfc3339(now)
        .unwrap()
        .with_timezone(&Utc);
    let found: Vec<String> = plan
        .list(now, expected.len())
        .into_iter()
        .map(|at| {
            at.with_timezone(&plan.zone())
                .format("%Y-%m-%dT%H:%M%:z")
                .to_string()
        })
        .collect();
    assert_eq!(found, expected, "{schedule:?}");
}

fn every(unit: Unit, count: u32, from: &str, base: &Schedule) -> Schedule {
    Schedule {
        every: Some(Every {
            count,
            unit,
            from: from.to_owned(),
        }),
        ..base.clone()
    }
}

#[test]
fn a_time_that_the_clocks_leave_out_is_made_up_for_at_once() {
    // Paris: 2026-03-29, 02:00 becomes 03:00.
    check(
        &cron("30 2 * * *", "Europe/Paris"),
        "2026-03-28T12:00:00Z",
        &["2026-03-29T03:00+02:00", "2026-03-30T02:30+02:00"],
    );
    // What repeats within the hour goes on after the gap.
    check(
        &cron("*/30 * * * *", "Europe/Paris"),
        "2026-03-29T00:30:00Z",
        &["2026-03-29T03:00+02:00", "2026-03-29T03:30+02:00"],
    );
    // New York: a month whose only moment lies in the gap.
    check(
        &cron("15 2 8 3 *", "America/New_York"),
        "2026-03-01T00:00:00Z",
        &["2026-03-08T03:00-04:00"],
    );
}

#[test]
fn a_time_that_comes_twice_counts_once_and_an_hour_that_comes_twice_goes_on() {
    // Paris: 2026-10-25, 03:00 becomes 02:00.
    check(
        &cron("30 2 * * *", "Europe/Paris"),
        "2026-10-24T12:00:00Z",
        &["2026-10-25T02:30+02:00", "2026-10-26T02:30+01:00"],
    );
    check(
        &cron("0 * * * *", "Europe/Paris"),
        "2026-10-24T23:30:00Z",
        &[
            "2026-10-25T02:00+02:00",
            "2026-10-25T02:00+01:00",
            "2026-10-25T03:00+01:00",
        ],
    );
}

#[test]
fn counting_goes_by_the_calendar_or_by_time_that_passed() {
    let daily = cron("0 9 * * *", "Asia/Tokyo");
    check(
        &every(Unit::Day, 3, "2026-11-20", &daily),
        "2026-11-20T01:00:00Z",
        &["2026-11-23T09:00+09:00", "2026-11-26T09:00+09:00"],
    );
    let mondays = cron("0 9 * * 1,5", "Europe/Paris");
    check(
        &every(Unit::Week, 2, "2026-11-25", &mondays),
        "2026-11-25T00:00:00Z",
        &[
            "2026-11-27T09:00+01:00",
            "2026-12-07T09:00+01:00",
            "2026-12-11T09:00+01:00",
        ],
    );
    let last = cron("0 9 L * *", "UTC");
    check(
        &every(Unit::Month, 5, "2026-01-01", &last),
        "2026-01-01T00:00:00Z",
        &[
            "2026-01-31T09:00+00:00",
            "2026-06-30T09:00+00:00",
            "2026-11-30T09:00+00:00",
        ],
    );
    let minutes = cron("* * * * *", "Europe/Paris");
    check(
        &every(Unit::Minute, 45, "2026-11-20", &minutes),
        "2026-11-19T23:00:00Z",
        &[
            "2026-11-20T00:45+01:00",
            "2026-11-20T01:30+01:00",
            "2026-11-20T02:15+01:00",
        ],
    );
    // 25 hours lie between the same times of two days here: five hours later by the clock is six hours of time.
    let hours = cron("0 * * * *", "Europe/Paris");
    check(
        &every(Unit::Hour, 5, "2026-10-25", &hours),
        "2026-10-24T22:00:00Z",
        &["2026-10-25T04:00+01:00", "2026-10-25T09:00+01:00"],
    );
}

#[test]
fn a_window_and_days_narrow_it() {
    let mut busy = cron("*/20 * * * 1-5", "America/Los_Angeles");
    busy.window = Some(Window {
        from: "22:50".to_owned(),
        to: "00:20".to_owned(),
    });
    busy.starts = Some("2026-11-27".to_owned());
    busy.ends = Some("2026-11-30".to_owned());
    check(
        &busy,
        "2026-11-01T00:00:00Z",
        &[
            "2026-11-27T00:00-08:00",
            "2026-11-27T00:20-08:00",
            "2026-11-27T23:00-08:00",
            "2026-11-27T23:20-08:00",
            "2026-11-27T23:40-08:00",
            "2026-11-30T00:00-08:00",
        ],
    );
    let plan = Planned::read(&busy).unwrap();
    let end = DateTime::parse_from_rfc3339("2026-12-02T00:00:00Z").unwrap();
    assert_eq!(plan.after(end.with_timezone(&Utc)), None);
}

#[test]
fn a_window_of_one_minute_is_found_and_an_empty_schedule_ends() {
    let mut narrow = every(Unit::Minute, 7, "2020-01-01", &cron("* * * * *", "UTC"));
    narrow.window = Some(Window {
        from: "03:03".to_owned(),
        to: "03:03".to_owned(),
    });
    assert!(Planned::read(&narrow).unwrap().after(Utc::now()).is_some());
    let never = cron("0 0 31 2 *", "UTC");
    assert!(Planned::read(&never).map_or(true, |plan| plan.after(Utc::now()).is_none()));
    let mut past = Schedule::daily("UTC");
    past.ends = Some("2020-01-01".to_owned());
    assert_eq!(Planned::read(&past).unwrap().after(Utc::now()), None);
}

#[test]
fn what_cannot_be_read_is_refused_by_its_reason() {
    let wrong = |change: fn(&mut Schedule)| {
        let mut schedule = Schedule::daily("UTC");
        change(&mut schedule);
        Planned::read(&schedule).err()
    };
    assert_eq!(
        wrong(|it| it.time_zone = "Mars/Base".into()),
        Some(Wrong::TimeZone)
    );
    assert_eq!(wrong(|it| it.minutes = "99".into()), Some(Wrong::Cron));
    assert_eq!(
        wrong(|it| it.starts = Some("soon".into())),
        Some(Wrong::Limits)
    );
    assert_eq!(
        wrong(|it| it.starts = Some("２０２６-01-01".into())),
        Some(Wrong::Limits)
    );
    assert_eq!(
        wrong(|it| it.window = Some(Window {
            from: "9".into(),
            to: "10:00".into()
        })),
        Some(Wrong::Limits)
    );
    assert_eq!(
        wrong(|it| it.every = Some(Every {
            count: 0,
            unit: Unit::Day,
            from: "2026-01-01".into()
        })),
        Some(Wrong::Limits)
    );
    assert_eq!(wrong(|it| it.time_zone = " Asia/Calcutta ".into()), None);
}

#[test]
fn every_timetable_can_be_worked_out() {
    for unit in [Unit::Minute, Unit::Hour, Unit::Day, Unit::Week, Unit::Month] {
        for count in [1, 2, 5, 11] {
            let table = Timetable {
                unit,
                count,
                day: Timetable::LAST_DAY,
                weekdays: vec![0, 3],
                ..Timetable::default()
            };
            let mut schedule = Schedule::daily("Australia/Lord_Howe");
            table.write(&mut schedule, "2026-11-20");
            let now = DateTime::parse_from_rfc3339("2026-11-20T00:00:00Z").unwrap();
            let found = Planned::read(&schedule)
                .unwrap()
                .list(now.with_timezone(&Utc), 5);
            assert_eq!(found.len(), 5, "{schedule:?}");
        }
    }
}
