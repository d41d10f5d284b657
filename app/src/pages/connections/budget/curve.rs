//! The geometry of the chart: an hour of minutes and a quarter of an hour to come. No markup, no browser.

use api::BucketBudget;

/// Minutes that are past.
pub(super) const PAST: usize = 60;
/// Minutes that are forecast.
pub(super) const AHEAD: usize = 15;
const MINUTE_MS: i64 = 60_000;
/// The forecast follows so many of the latest minutes.
const FOLLOWED: usize = 10;

/// One minute of the chart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Slot {
    pub(super) at: i64,
    pub(super) ours: i64,
    pub(super) others: i64,
}

impl Slot {
    pub(super) fn used(&self) -> i64 {
        self.ours + self.others
    }
}

/// Returns the minutes of the last hour, the oldest first; where nothing was called there is nothing used.
pub(super) fn slots(bucket: &BucketBudget, now: i64) -> Vec<Slot> {
    let first = now.div_euclid(MINUTE_MS) - (PAST as i64 - 1);
    let mut slots: Vec<Slot> = (0..PAST as i64)
        .map(|minute| Slot {
            at: (first + minute) * MINUTE_MS,
            ..Slot::default()
        })
        .collect();
    for minute in &bucket.minutes {
        let place = usize::try_from(minute.at.div_euclid(MINUTE_MS) - first).ok();
        if let Some(slot) = place.and_then(|place| slots.get_mut(place)) {
            slot.ours = minute.ours;
            slot.others = minute.others;
        }
    }
    slots
}

/// Returns the highest figure of the scale: a little above the limit, and above everything that was used.
pub(super) fn top(limit: i64, slots: &[Slot]) -> i64 {
    let used = slots.iter().map(Slot::used).max().unwrap_or(0);
    let highest = limit.max(used).max(4);
    highest + highest / 10 + 1
}

/// Returns the round figures of the grid below the limit, from 0.
pub(super) fn grid(limit: i64) -> Vec<i64> {
    let mut lines: Vec<i64> = (0..4).map(|quarter| limit.max(4) * quarter / 4).collect();
    lines.dedup();
    lines
}

/// Where a minute stands, in thousandths of the chart's width.
pub(super) fn x(minute: usize) -> i64 {
    minute as i64 * 1_000 / (PAST - 1 + AHEAD) as i64
}

/// Where a figure stands, in thousandths of the chart's height from above.
pub(super) fn y(figure: i64, top: i64) -> i64 {
    1_000 - figure.clamp(0, top) * 1_000 / top.max(1)
}

/// Returns the path of a line through the minutes.
pub(super) fn line(slots: &[Slot], top: i64, figure: fn(&Slot) -> i64) -> String {
    let mut path = String::new();
    for (minute, slot) in slots.iter().enumerate() {
        let command = if minute == 0 { 'M' } else { 'L' };
        path.push_str(&format!("{command}{} {}", x(minute), y(figure(slot), top)));
    }
    path
}

/// Returns the same as an area down to zero.
pub(super) fn area(slots: &[Slot], top: i64, figure: fn(&Slot) -> i64) -> String {
    format!("{}V1000H0Z", line(slots, top, figure),)
}

/// What the next minutes may need: least, likely and most, at their end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Forecast {
    pub(super) least: i64,
    pub(super) likely: i64,
    pub(super) most: i64,
}

/// Follows the trend of the latest minutes, and their spread. Nothing where nothing was used.
pub(super) fn forecast(slots: &[Slot], limit: i64) -> Option<Forecast> {
    let latest = slots.get(slots.len().saturating_sub(FOLLOWED)..)?;
    let count = latest.len() as i64;
    if count < 2 || latest.iter().all(|slot| slot.used() == 0) {
        return None;
    }
    let mean = latest.iter().map(Slot::used).sum::<i64>() / count;
    // Least squares over the minutes, times two so that the middle is whole.
    let (mut rise, mut run) = (0, 0);
    for (minute, slot) in (0_i64..).zip(latest) {
        let from_middle = 2 * minute - (count - 1);
        rise += from_middle * (slot.used() - mean);
        run += from_middle * from_middle;
    }
    let ahead = 2 * AHEAD as i64 + count - 1;
    let within = |figure: i64| figure.clamp(0, limit.max(0));
    // A trend is half believed: bursts end.
    let likely = within(mean + rise * ahead / run.max(1) / 2);
    let spread = latest
        .iter()
        .map(|slot| (slot.used() - mean).abs())
        .sum::<i64>()
        / count;
    Some(Forecast {
        least: within(likely - spread),
        likely,
        most: within(likely + spread),
    })
}

#[cfg(test)]
mod tests {
    use api::BudgetMinute;

    use super::*;

    fn bucket(used: &[(i64, i64, i64)]) -> BucketBudget {
        let minutes = used.iter().map(|(minute, ours, others)| BudgetMinute {
            at: minute * MINUTE_MS,
            ours: *ours,
            others: *others,
            limit: 600,
            waiting: 0,
        });
        BucketBudget {
            minutes: minutes.collect(),
            ..super::super::nothing()
        }
    }

    #[test]
    fn an_hour_has_sixty_slots_and_gaps_are_empty() {
        let slots = slots(
            &bucket(&[(10, 9, 9), (100, 1, 2), (159, 3, 4)]),
            159 * MINUTE_MS + 5,
        );
        assert_eq!(slots.len(), PAST);
        assert_eq!(
            slots[0],
            Slot {
                at: 100 * MINUTE_MS,
                ours: 1,
                others: 2
            }
        );
        assert_eq!(slots[1].used(), 0);
        assert_eq!(slots[59].used(), 7);
    }

    #[test]
    fn lines_keep_inside_the_box() {
        let slots = [
            Slot::default(),
            Slot {
                ours: 600,
                ..Slot::default()
            },
        ];
        let top = top(600, &slots);
        assert_eq!(top, 661);
        assert_eq!(line(&slots, top, Slot::used), "M0 1000L13 93");
        assert!(area(&slots, top, Slot::used).ends_with("V1000H0Z"));
        assert_eq!(y(5_000, top), 0);
        assert_eq!(grid(600), [0, 150, 300, 450]);
        assert_eq!(x(PAST - 1 + AHEAD), 1_000);
    }

    #[test]
    fn a_forecast_follows_the_trend_within_the_limit() {
        let steady = vec![
            Slot {
                ours: 100,
                ..Slot::default()
            };
            PAST
        ];
        let even = Forecast {
            least: 100,
            likely: 100,
            most: 100,
        };
        assert_eq!(forecast(&steady, 600), Some(even));
        let rising: Vec<Slot> = (0..60)
            .map(|n| Slot {
                ours: n * 10,
                ..Slot::default()
            })
            .collect();
        let forecast_of_rising = forecast(&rising, 600).unwrap();
        assert!(
            forecast_of_rising.likely > 600 - 20,
            "{forecast_of_rising:?}"
        );
        assert!(forecast_of_rising.most <= 600);
        assert_eq!(forecast(&[Slot::default(); PAST], 600), None);
    }
}
