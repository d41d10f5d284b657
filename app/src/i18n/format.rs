//! How numbers, sizes and durations are written; the same on the server and in the browser.

use chrono::{DateTime, Datelike, Timelike};

use super::Language;

/// Writes a count with thousands separators.
pub fn count(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if number < 0 {
        text.push('−');
    }
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Writes `part` of `whole` in percent with one decimal; a dash where there is no whole.
pub fn percent(part: i64, whole: i64) -> String {
    if whole <= 0 {
        return "–".to_owned();
    }
    let tenths = (i128::from(part) * 1000 + i128::from(whole) / 2) / i128::from(whole);
    // Rounding must not turn "almost all" into "all".
    let tenths = if part < whole {
        tenths.min(999)
    } else {
        tenths
    };
    match tenths % 10 {
        0 => format!("{}%", tenths / 10),
        rest => format!("{}.{rest}%", tenths / 10),
    }
}

/// Writes a duration: `182 ms`, `6.84 s`, `6 min 12 s`, `2 h 5 min`.
pub fn duration_ms(ms: i64, language: Language) -> String {
    let ms = ms.max(0);
    let (hour, minute, second) = match language {
        Language::English => (" h", " min", " s"),
        Language::Japanese => (" 時間", " 分", " 秒"),
    };
    let pair = |large: i64, unit: &str, small: i64, small_unit: &str| match small {
        0 => format!("{large}{unit}"),
        _ => format!("{large}{unit} {small}{small_unit}"),
    };
    match ms {
        0..1_000 => format!("{ms} ms"),
        1_000..60_000 => {
            let hundredths = ms / 10;
            format!("{}.{:02}{second}", hundredths / 100, hundredths % 100)
        }
        60_000..3_600_000 => pair(ms / 60_000, minute, ms / 1_000 % 60, second),
        _ => pair(ms / 3_600_000, hour, ms / 60_000 % 60, minute),
    }
}

/// Writes how long ago something was: `just now`, `4 min ago`, `3 h ago`, `2 d ago`; nothing for a week and more, where a
/// date says more.
pub(super) fn ago(ms: i64, language: Language) -> Option<String> {
    const MINUTE: i64 = 60_000;
    const HOUR: i64 = 60 * MINUTE;
    const DAY: i64 = 24 * HOUR;
    let english = language == Language::English;
    let written = |number: i64, unit: &str, counter: &str| {
        if english {
            format!("{number} {unit} ago")
        } else {
            format!("{number} {counter}前")
        }
    };
    match ms {
        ..MINUTE if english => Some("just now".to_owned()),
        ..MINUTE => Some("たった今".to_owned()),
        MINUTE..HOUR => Some(written(ms / MINUTE, "min", "分")),
        HOUR..DAY => Some(written(ms / HOUR, "h", "時間")),
        DAY..604_800_000 => Some(written(ms / DAY, "d", "日")),
        _ => None,
    }
}

/// Writes a size in bytes.
pub fn bytes(size: u64) -> String {
    match size {
        0..1_000 => format!("{size} B"),
        1_000..1_000_000 => format!("{} KB", size / 1_000),
        _ => format!("{}.{} MB", size / 1_000_000, size / 100_000 % 10),
    }
}

/// A point in time as a calendar and a clock in some zone show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the parts of a date")]
pub struct Civil {
    pub year: i32,
    pub month: u32,
    pub day: u32,
    pub hour: u32,
    pub minute: u32,
    pub second: u32,
}

impl Civil {
    /// Reads milliseconds since 1970 in UTC; times outside of chrono's range show as 1970.
    pub fn utc(ms: i64) -> Self {
        let at = DateTime::from_timestamp_millis(ms).unwrap_or_default();
        Self {
            year: at.year(),
            month: at.month(),
            day: at.day(),
            hour: at.hour(),
            minute: at.minute(),
            second: at.second(),
        }
    }

    /// Writes the day: `21 Nov 2026`, `2026/11/21`.
    pub fn date(self, language: Language) -> String {
        const MONTHS: [&str; 12] = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ];
        let index = usize::try_from(self.month.saturating_sub(1)).unwrap_or(0);
        let month = MONTHS.get(index).copied().unwrap_or("Jan");
        match language {
            Language::English => format!("{} {month} {}", self.day, self.year),
            Language::Japanese => format!("{}/{:02}/{:02}", self.year, self.month, self.day),
        }
    }

    /// Writes the clock with seconds.
    pub fn clock(self) -> String {
        format!("{:02}:{:02}:{:02}", self.hour, self.minute, self.second)
    }

    /// Writes hour and minute.
    pub fn short_clock(self) -> String {
        format!("{:02}:{:02}", self.hour, self.minute)
    }

    /// Writes day and clock: `21 Nov 2026, 14:02:11`, `2026/11/21 14:02:11`.
    pub fn full(self, language: Language) -> String {
        let between = match language {
            Language::English => ", ",
            Language::Japanese => " ",
        };
        format!("{}{between}{}", self.date(language), self.clock())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_have_separators() {
        for (number, text) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (11_173, "11,173"),
            (-1_234_567, "−1,234,567"),
        ] {
            assert_eq!(count(number), text);
        }
    }

    #[test]
    fn percents_keep_the_last_failure_visible() {
        for (part, whole, text) in [
            (0, 0, "–"),
            (988, 1_000, "98.8%"),
            (1, 2, "50%"),
            (10_000, 10_000, "100%"),
            (99_999, 100_000, "99.9%"),
        ] {
            assert_eq!(percent(part, whole), text);
        }
    }

    #[test]
    fn durations_have_two_units_at_most() {
        for (ms, english, japanese) in [
            (182, "182 ms", "182 ms"),
            (6_849, "6.84 s", "6.84 秒"),
            (372_000, "6 min 12 s", "6 分 12 秒"),
            (60_000, "1 min", "1 分"),
            (7_500_000, "2 h 5 min", "2 時間 5 分"),
        ] {
            assert_eq!(duration_ms(ms, Language::English), english);
            assert_eq!(duration_ms(ms, Language::Japanese), japanese);
        }
    }

    #[test]
    fn what_is_past_is_told_in_one_unit_and_then_by_its_date() {
        for (ms, english, japanese) in [
            (-5, Some("just now"), Some("たった今")),
            (59_999, Some("just now"), Some("たった今")),
            (60_000, Some("1 min ago"), Some("1 分前")),
            (3_599_999, Some("59 min ago"), Some("59 分前")),
            (7_200_000, Some("2 h ago"), Some("2 時間前")),
            (604_799_999, Some("6 d ago"), Some("6 日前")),
            (604_800_000, None, None),
        ] {
            assert_eq!(ago(ms, Language::English).as_deref(), english, "{ms}");
            assert_eq!(ago(ms, Language::Japanese).as_deref(), japanese, "{ms}");
        }
    }

    #[test]
    fn times_are_written_as_each_language_does() {
        let at = Civil::utc(1_795_269_731_204);
        assert_eq!(at.full(Language::English), "21 Nov 2026, 14:02:11");
        assert_eq!(at.full(Language::Japanese), "2026/11/21 14:02:11");
    }
}
