//! Ids and uuids that look like Okta's and come out the same for the same seed.

const LETTERS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// A small deterministic generator (splitmix64). Not for secrets: see [`secret`].
#[derive(Clone, Debug)]
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    pub(crate) fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`, or 0 when there is nothing to choose from.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        if end == 0 {
            return 0;
        }
        usize::try_from(self.roll() % end as u64).unwrap_or(0)
    }

    /// True in `percent` of a hundred rolls.
    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of `items`.
    pub(crate) fn pick<'a, T: ?Sized>(&mut self, items: &[&'a T]) -> Option<&'a T> {
        items.get(self.below(items.len())).copied()
    }

    /// `length` letters and digits.
    pub(crate) fn word(&mut self, length: usize) -> String {
        (0..length)
            .map(|_| char::from(LETTERS[self.below(LETTERS.len())]))
            .collect()
    }

    /// An id of 20 characters, such as `00u…` for a user.
    pub(crate) fn id(&mut self, prefix: &str) -> String {
        let mut id = prefix.to_owned();
        id.push_str(&self.word(14));
        id.push_str("5d7");
        id
    }

    /// An id in the form of a uuid.
    pub(crate) fn uuid(&mut self) -> String {
        let (high, low) = (self.roll(), self.roll());
        format!(
            "{:08x}-{:04x}-11ef-{:04x}-{:012x}",
            high >> 32,
            high & 0xFFFF,
            0x8000 | ((low >> 48) & 0x3FFF),
            low & 0xFFFF_FFFF_FFFF
        )
    }
}

/// Unpredictable letters and digits, for tokens and sessions.
pub(crate) fn secret(length: usize) -> String {
    use rand::Rng;
    let mut rng = rand::rng();
    (0..length)
        .map(|_| char::from(LETTERS[rng.random_range(0..LETTERS.len())]))
        .collect()
}

/// An id for one request, as in `X-Okta-Request-Id`.
pub(crate) fn request_id() -> String {
    secret(27)
}
