//! When a scheduled flow runs: cron fields as Okta stores them, what those cannot say beside them, and the form in which
//! people fill them in. Knows the words only; which moments they mean is the server's matter, which has the time zones.

use serde::{Deserialize, Serialize};

mod timetable;

pub use timetable::{Timetable, Unit};

/// When a scheduled flow runs: cron fields as Okta stores them, narrowed by what they cannot say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    /// Seconds field.
    pub seconds: String,
    /// Minutes field.
    pub minutes: String,
    /// Hours field.
    pub hours: String,
    /// Day of month field.
    pub day_of_month: String,
    /// Month field.
    pub month: String,
    /// Day of week field, 0 is Sunday.
    pub day_of_week: String,
    /// Name in the tz database.
    pub time_zone: String,
    /// Of the moments that the cron fields name, only each n-th unit of time counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every: Option<Every>,
    /// Only between these times of the day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<Window>,
    /// Not before this day, `2026-11-30`, in the time zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts: Option<String>,
    /// Not after this day, in the time zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends: Option<String>,
    /// What happens where the last run is still going.
    #[serde(default, skip_serializing_if = "Overlap::is_default")]
    pub overlap: Overlap,
}

/// Each n-th unit of time, counted from a day: what a cron field cannot say where n does not divide the next larger unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Every {
    /// How many.
    pub count: u32,
    /// Of what. Minutes and hours are counted as time that passed; days, weeks (from Monday) and months by the calendar.
    pub unit: Unit,
    /// The day that counting starts from, `2026-11-30`, in the time zone.
    pub from: String,
}

/// Times of the day, `09:00` to `17:00`, both included. Where the first is later, the window goes over midnight.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// From.
    pub from: String,
    /// To, the whole minute included.
    pub to: String,
}

/// What happens to a planned run whose predecessor is still going.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Overlap {
    /// It is left out, and the list of runs says so.
    #[default]
    Skip,
    /// It waits, and starts when the predecessor has ended.
    Queue,
}

impl Overlap {
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

impl Window {
    /// Returns both times in minutes of the day; nothing where one is no time.
    pub fn minutes(&self) -> Option<(u32, u32)> {
        Some((time_of_day(&self.from)?, time_of_day(&self.to)?))
    }

    /// Tells whether a minute of the day lies in the window.
    pub fn holds(&self, minute: u32) -> bool {
        match self.minutes() {
            Some((from, to)) if from <= to => (from..=to).contains(&minute),
            Some((from, to)) => minute >= from || minute <= to,
            None => false,
        }
    }
}

/// Reads `9:05` or `09:05` as minutes of the day.
pub fn time_of_day(text: &str) -> Option<u32> {
    let (hour, minute) = text.trim().split_once(':')?;
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let is_short = matches!(hour.len(), 1 | 2) && minute.len() == 2;
    if !is_short || !is_number(hour) || !is_number(minute) {
        return None;
    }
    let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

/// Writes minutes of the day as `09:05`.
pub fn write_time_of_day(minutes: u32) -> String {
    format!("{:02}:{:02}", minutes / 60 % 24, minutes % 60)
}

impl Schedule {
    /// Returns every day at nine in a time zone.
    pub fn daily(time_zone: impl Into<String>) -> Self {
        let mut schedule = Self {
            time_zone: time_zone.into(),
            ..Self::default()
        };
        Timetable::default().write(&mut schedule, "");
        schedule
    }

    /// Returns the cron line, seconds first.
    pub fn cron(&self) -> String {
        let field = |text: &str, otherwise: &str| {
            let text = text.trim();
            if text.is_empty() { otherwise } else { text }.to_owned()
        };
        [
            field(&self.seconds, "0"),
            field(&self.minutes, "0"),
            field(&self.hours, "*"),
            field(&self.day_of_month, "*"),
            field(&self.month, "*"),
            field(&self.day_of_week, "*"),
        ]
        .join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_may_go_over_midnight() {
        let window = |from: &str, to: &str| Window {
            from: from.to_owned(),
            to: to.to_owned(),
        };
        let day = window("09:00", "17:00");
        assert!(day.holds(9 * 60) && day.holds(17 * 60));
        assert!(!day.holds(17 * 60 + 1) && !day.holds(0));
        let night = window("22:00", "06:00");
        assert!(night.holds(23 * 60) && night.holds(0) && night.holds(6 * 60));
        assert!(!night.holds(12 * 60));
        for wrong in [
            "24:00", "9", "09:60", "a:00", "", "-1:00", "+9:00", "009:00",
        ] {
            assert!(!window(wrong, "17:00").holds(600), "{wrong}");
        }
    }
}
