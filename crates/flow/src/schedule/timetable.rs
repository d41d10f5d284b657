//! A schedule as people fill it in: every n minutes, hours, days, weeks or months, and when then. Cron fields of other
//! forms have no timetable; they are kept and shown as they are.

use serde::{Deserialize, Serialize};

use super::{Every, Schedule, Window, write_time_of_day};

/// A unit of time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Unit {
    Minute,
    Hour,
    #[default]
    Day,
    Week,
    Month,
}

/// The day of the month that stands for its last.
const LAST_DAY: u32 = 32;

/// A schedule in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timetable {
    /// Each so many units.
    pub count: u32,
    /// The unit.
    pub unit: Unit,
    /// Hour of the day; for days, weeks and months.
    pub hour: u32,
    /// Minute of the hour; for all but minutes.
    pub minute: u32,
    /// Days of the week, 0 is Sunday, in order; empty for all. Not for months.
    pub weekdays: Vec<u32>,
    /// Day of the month from 1, or [`Timetable::LAST_DAY`]; for months.
    pub day: u32,
    /// The first month of the year that counts, from 1; for several months.
    pub month: u32,
}

impl Default for Timetable {
    fn default() -> Self {
        Self {
            count: 1,
            unit: Unit::Day,
            hour: 9,
            minute: 0,
            weekdays: Vec::new(),
            day: 1,
            month: 1,
        }
    }
}

impl Timetable {
    /// The day of the month that stands for its last.
    pub const LAST_DAY: u32 = LAST_DAY;

    /// Reads a schedule; nothing where its cron fields say something else.
    pub fn read(schedule: &Schedule) -> Option<Self> {
        let seconds = schedule.seconds.trim();
        if !seconds.is_empty() && seconds.parse() != Ok(0) {
            return None;
        }
        let field = |text: &str| Field::read(text);
        let minutes = field(&schedule.minutes)?;
        let hours = field(&schedule.hours)?;
        let days = field(&schedule.day_of_month)?;
        let months = field(&schedule.month)?;
        let weekdays = weekdays(&schedule.day_of_week)?;
        let table = match (minutes, hours, days, months) {
            (Field::Each(n), hours, Field::Each(1), Field::Each(1)) => {
                let is_day = matches!(hours, Field::Each(1));
                let is_window = matches!(hours, Field::One(_) | Field::Range(..));
                if !is_day && (!is_window || schedule.window.is_some()) {
                    return None;
                }
                Self::of(Unit::Minute, n, 0, 0, weekdays)
            }
            (Field::One(minute), Field::Each(n), Field::Each(1), Field::Each(1)) => {
                Self::of(Unit::Hour, n, 0, minute, weekdays)
            }
            (Field::One(minute), Field::One(hour), Field::Each(1), Field::Each(1)) => {
                let unit = if weekdays.is_empty() {
                    Unit::Day
                } else {
                    Unit::Week
                };
                Self::of(unit, 1, hour, minute, weekdays)
            }
            (Field::One(minute), Field::One(hour), day @ (Field::One(_) | Field::Last), months)
                if weekdays.is_empty() =>
            {
                let (month, count) = match months {
                    Field::Each(n) => (1, n),
                    Field::Stepped { from, to, step } if to + step > 12 && from <= step => {
                        (from, step)
                    }
                    _ => return None,
                };
                let day = match day {
                    Field::One(day) => day,
                    _ => LAST_DAY,
                };
                Self {
                    day,
                    month,
                    ..Self::of(Unit::Month, count, hour, minute, Vec::new())
                }
            }
            _ => return None,
        };
        table.counted(schedule.every.as_ref())
    }

    fn of(unit: Unit, count: u32, hour: u32, minute: u32, weekdays: Vec<u32>) -> Self {
        Self {
            count,
            unit,
            hour,
            minute,
            weekdays,
            ..Self::default()
        }
    }

    /// Takes the count that the cron fields could not say.
    fn counted(self, every: Option<&Every>) -> Option<Self> {
        let Some(every) = every else {
            return Some(self);
        };
        // Every two days on Mondays and the like are read as they were written: by the unit that is counted.
        let is_same = every.unit == self.unit
            || matches!(
                (every.unit, self.unit),
                (Unit::Day, Unit::Week) | (Unit::Week, Unit::Day)
            );
        (is_same && self.count == 1).then_some(Self {
            count: every.count,
            unit: every.unit,
            ..self
        })
    }

    /// Writes the schedule's fields. Counting that cron cannot do starts at `today` unless it has begun.
    pub fn write(&self, schedule: &mut Schedule, today: &str) {
        let count = self.count.max(1);
        let each = |n: u32| {
            if n == 1 {
                "*".to_owned()
            } else {
                format!("*/{n}")
            }
        };
        let divides = match self.unit {
            Unit::Minute => 60_u32.is_multiple_of(count),
            Unit::Hour => 24_u32.is_multiple_of(count),
            Unit::Day | Unit::Week => count == 1,
            Unit::Month => 12_u32.is_multiple_of(count),
        };
        let by_cron = if divides { count } else { 1 };
        let hours = self.window_hours(schedule);
        "0".clone_into(&mut schedule.seconds);
        schedule.minutes = match self.unit {
            Unit::Minute => each(by_cron),
            _ => self.minute.min(59).to_string(),
        };
        schedule.hours = match self.unit {
            Unit::Minute => hours.unwrap_or_else(|| "*".to_owned()),
            Unit::Hour => each(by_cron),
            _ => self.hour.min(23).to_string(),
        };
        schedule.day_of_month = match (self.unit, self.day) {
            (Unit::Month, LAST_DAY..) => "L".to_owned(),
            (Unit::Month, day) => day.max(1).to_string(),
            (Unit::Day, _) => "*/1".to_owned(),
            _ => "*".to_owned(),
        };
        schedule.month = match self.unit {
            Unit::Month if by_cron == 1 => "*/1".to_owned(),
            Unit::Month => format!("{}-12/{by_cron}", self.month.clamp(1, by_cron)),
            _ => "*".to_owned(),
        };
        schedule.day_of_week = match self.unit {
            Unit::Month => "*".to_owned(),
            _ => written(&self.weekdays),
        };
        schedule.every = (!divides).then(|| Every {
            count,
            unit: self.unit,
            from: schedule
                .every
                .take()
                .map_or_else(|| today.to_owned(), |known| known.from),
        });
    }

    /// Full hours of a window go into the hours field, where Okta has them.
    fn window_hours(&self, schedule: &mut Schedule) -> Option<String> {
        if self.unit != Unit::Minute {
            return None;
        }
        let (from, to) = schedule.window.as_ref()?.minutes()?;
        if from > to || from % 60 != 0 || to % 60 != 59 {
            return None;
        }
        schedule.window = None;
        let (from, to) = (from / 60, to / 60);
        Some(if from == to {
            from.to_string()
        } else {
            format!("{from}-{to}")
        })
    }
}

impl Schedule {
    /// Returns the window, also where Okta keeps it in the hours field.
    pub fn shown_window(&self) -> Option<Window> {
        if self.window.is_some() {
            return self.window.clone();
        }
        let is_minutes = matches!(Field::read(&self.minutes), Some(Field::Each(_)));
        let (from, to) = match Field::read(&self.hours)? {
            Field::One(hour) if is_minutes => (hour, hour),
            Field::Range(from, to) if is_minutes => (from, to),
            _ => return None,
        };
        Some(Window {
            from: write_time_of_day(from * 60),
            to: write_time_of_day(to * 60 + 59),
        })
    }
}

/// One cron field of a form that timetables have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Each(u32),
    One(u32),
    Range(u32, u32),
    Stepped { from: u32, to: u32, step: u32 },
    Last,
}

impl Field {
    fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.is_empty() || text == "*" {
            return Some(Self::Each(1));
        }
        if text == "L" {
            return Some(Self::Last);
        }
        if let Some(step) = text.strip_prefix("*/") {
            return Some(Self::Each(number(step).filter(|step| *step > 0)?));
        }
        let Some((from, rest)) = text.split_once('-') else {
            return number(text).map(Self::One);
        };
        let from = number(from)?;
        match rest.split_once('/') {
            Some((to, step)) => Some(Self::Stepped {
                from,
                to: number(to)?,
                step: number(step).filter(|step| *step > 0)?,
            }),
            None => Some(Self::Range(from, number(rest)?)),
        }
    }
}

fn number(text: &str) -> Option<u32> {
    let text = text.trim();
    (text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

/// Days of the week: `*`, or a list of days and ranges. Sunday may be 7.
fn weekdays(text: &str) -> Option<Vec<u32>> {
    let text = text.trim();
    if matches!(text, "" | "*" | "?" | "*/1") {
        return Some(Vec::new());
    }
    let mut days = Vec::new();
    for part in text.split(',') {
        let (from, to) = match part.split_once('-') {
            Some((from, to)) => (number(from)?, number(to)?),
            None => (number(part)?, number(part)?),
        };
        if from > to || to > 7 {
            return None;
        }
        days.extend((from..=to).map(|day| day % 7));
    }
    days.sort_unstable();
    days.dedup();
    Some(if days.len() == 7 { Vec::new() } else { days })
}

fn written(weekdays: &[u32]) -> String {
    if weekdays.is_empty() {
        return "*".to_owned();
    }
    let days: Vec<String> = weekdays.iter().map(u32::to_string).collect();
    days.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schedule(minutes: &str, hours: &str, day: &str, month: &str, weekday: &str) -> Schedule {
        Schedule {
            seconds: "00".to_owned(),
            minutes: minutes.to_owned(),
            hours: hours.to_owned(),
            day_of_month: day.to_owned(),
            month: month.to_owned(),
            day_of_week: weekday.to_owned(),
            time_zone: "UTC".to_owned(),
            ..Schedule::default()
        }
    }

    #[track_caller]
    fn reads(cron: [&str; 5], unit: Unit, count: u32, hour: u32, minute: u32, weekdays: &[u32]) {
        let [minutes, hours, day, month, weekday] = cron;
        let read = Timetable::read(&schedule(minutes, hours, day, month, weekday)).unwrap();
        assert_eq!(
            (
                read.unit,
                read.count,
                read.hour,
                read.minute,
                read.weekdays.as_slice()
            ),
            (unit, count, hour, minute, weekdays),
            "{cron:?}"
        );
    }

    #[test]
    fn schedules_of_packs_are_read_as_people_filled_them_in() {
        reads(["0", "9", "*/1", "*", "*"], Unit::Day, 1, 9, 0, &[]);
        reads(["0", "9", "1", "*/1", "*"], Unit::Month, 1, 9, 0, &[]);
        reads(["0", "2", "*", "*", "0,4"], Unit::Week, 1, 2, 0, &[0, 4]);
        reads(["*/15", "*", "*", "*", "*"], Unit::Minute, 15, 0, 0, &[]);
        reads(
            ["*/15", "23", "*", "*", "1-5"],
            Unit::Minute,
            15,
            0,
            0,
            &[1, 2, 3, 4, 5],
        );
        reads(["0", "*/1", "*", "*", "*"], Unit::Hour, 1, 0, 0, &[]);
        reads(["0", "9", "18", "3-12/3", "*"], Unit::Month, 3, 9, 0, &[]);
        reads(["0", "21", "1", "1-11/6", "*"], Unit::Month, 6, 21, 0, &[]);
        let quarter = Timetable::read(&schedule("0", "9", "18", "3-12/3", "*")).unwrap();
        assert_eq!((quarter.day, quarter.month), (18, 3));
        let night = schedule("*/15", "23", "*", "*", "*")
            .shown_window()
            .unwrap();
        assert_eq!((night.from.as_str(), night.to.as_str()), ("23:00", "23:59"));
        for other in [
            schedule("0,30", "9", "*", "*", "*"),
            schedule("0", "9", "*/3", "*", "*"),
            schedule("0", "9", "1", "*", "1"),
            schedule("0", "9", "1", "1,6", "*"),
            schedule("x", "9", "*", "*", "*"),
            schedule("0", "9", "*", "*", "MON"),
        ] {
            assert_eq!(Timetable::read(&other), None, "{other:?}");
        }
    }

    #[test]
    fn what_is_filled_in_is_read_again() {
        let counts = [1, 2, 5, 7, 15, 30, 45];
        for unit in [Unit::Minute, Unit::Hour, Unit::Day, Unit::Week, Unit::Month] {
            for count in counts {
                let table = Timetable {
                    count,
                    unit,
                    hour: if matches!(unit, Unit::Minute | Unit::Hour) {
                        0
                    } else {
                        22
                    },
                    minute: if unit == Unit::Minute { 0 } else { 5 },
                    weekdays: if matches!(unit, Unit::Day | Unit::Month) {
                        Vec::new()
                    } else {
                        vec![1, 3]
                    },
                    day: if unit == Unit::Month { LAST_DAY } else { 1 },
                    month: 1,
                };
                let mut schedule = Schedule::daily("Europe/Paris");
                table.write(&mut schedule, "2026-11-23");
                assert_eq!(Timetable::read(&schedule), Some(table), "{schedule:?}");
                let counts = schedule.every.is_some();
                let by_cron = match unit {
                    Unit::Minute => 60 % count == 0,
                    Unit::Hour => 24 % count == 0,
                    Unit::Day | Unit::Week => count == 1,
                    Unit::Month => 12 % count == 0,
                };
                assert_eq!(counts, !by_cron, "{schedule:?}");
            }
        }
    }

    #[test]
    fn a_window_of_full_hours_is_written_as_okta_does() {
        let mut schedule = Schedule::daily("UTC");
        schedule.window = Some(Window {
            from: "09:00".to_owned(),
            to: "16:59".to_owned(),
        });
        let table = Timetable {
            count: 10,
            unit: Unit::Minute,
            ..Timetable::default()
        };
        table.write(&mut schedule, "");
        assert_eq!(schedule.cron(), "0 */10 9-16 * * *");
        assert_eq!(schedule.window, None);
        schedule.window = Some(Window {
            from: "09:30".to_owned(),
            to: "17:00".to_owned(),
        });
        table.write(&mut schedule, "");
        assert_eq!(schedule.cron(), "0 */10 * * * *");
        assert!(schedule.window.is_some());
    }
}
