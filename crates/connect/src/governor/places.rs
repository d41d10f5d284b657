//! How many calls are under way to an org at once. Fewer after the org has refused one for that reason, and again more
//! while it answers.

/// Calls under way at once to one org; Okta's own connector keeps to 30.
const MOST: usize = 30;
/// The first pause after such a refusal, in milliseconds; it doubles with each.
const PAUSE_MS: i64 = 250;
const LONGEST_PAUSE_MS: i64 = 60_000;

/// The places of an org.
#[derive(Debug)]
pub(super) struct Places {
    taken: usize,
    most: usize,
    /// Answers since the number of places changed.
    good: usize,
    /// Refusals without an answer in between.
    refusals: u32,
    paused_until: i64,
}

impl Default for Places {
    fn default() -> Self {
        Self {
            taken: 0,
            most: MOST,
            good: 0,
            refusals: 0,
            paused_until: 0,
        }
    }
}

impl Places {
    pub(super) fn is_free(&self, now: i64) -> bool {
        self.taken < self.most && now >= self.paused_until
    }

    pub(super) fn take(&mut self) {
        self.taken += 1;
    }

    pub(super) fn give_back(&mut self) {
        self.taken = self.taken.saturating_sub(1);
    }

    pub(super) fn taken(&self) -> usize {
        self.taken
    }

    pub(super) fn most(&self) -> usize {
        self.most
    }

    /// Returns until when nothing leaves.
    pub(super) fn paused_until(&self, now: i64) -> Option<i64> {
        Some(self.paused_until).filter(|until| *until > now)
    }

    /// The org answered: after as many answers as there are places, there is one more.
    pub(super) fn answered(&mut self) {
        self.refusals = 0;
        self.good += 1;
        if self.good >= self.most {
            self.good = 0;
            self.most = (self.most + 1).min(MOST);
        }
    }

    /// The org refused a call because too many were under way. `roll` is a random number below one thousand.
    pub(super) fn refused(&mut self, now: i64, retry_after_ms: Option<i64>, roll: i64) {
        // Calls that left together are refused together: that is one refusal.
        if now < self.paused_until {
            return;
        }
        let pause = PAUSE_MS << self.refusals.min(8);
        let pause = pause + pause * roll / 1_000;
        let pause = pause.max(retry_after_ms.unwrap_or(0)).min(LONGEST_PAUSE_MS);
        self.refusals += 1;
        self.paused_until = now + pause;
        self.most = (self.most / 2).max(1);
        self.good = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_halves_the_places_and_answers_bring_them_back() {
        let mut places = Places::default();
        places.refused(1_000, None, 500);
        assert_eq!(places.most(), 15);
        assert_eq!(places.paused_until(1_000), Some(1_375));
        places.refused(1_100, None, 500);
        assert_eq!(places.most(), 15, "one refusal for all that left together");
        assert!(!places.is_free(1_200));
        assert!(places.is_free(1_375));
        places.refused(1_400, None, 0);
        assert_eq!(places.paused_until(1_400), Some(1_900), "twice as long");
        for _ in 0..1_000 {
            places.answered();
        }
        assert_eq!(places.most(), 30);
    }

    #[test]
    fn retry_after_is_kept() {
        let mut places = Places::default();
        places.refused(0, Some(9_000), 0);
        assert_eq!(places.paused_until(0), Some(9_000));
        for _ in 0..100 {
            places.refused(100_000_000, Some(i64::MAX), 999);
        }
        assert_eq!(places.paused_until(100_000_000), Some(100_060_000));
        assert!(places.most() >= 1);
    }
}
