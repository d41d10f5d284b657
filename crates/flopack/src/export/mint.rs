//! Ids for what an export makes by itself. They follow from the flow's id and a count, so that the same flow gives the
//! same pack.

/// Gives out ids.
pub(super) struct Mint {
    seed: u64,
    count: u64,
}

const LETTERS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

impl Mint {
    /// Returns a mint for the flow of this id.
    pub(super) fn new(flow: &str) -> Self {
        let seed = flow.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Self { seed, count: 0 }
    }

    /// Returns 64 mixed bits (the finalizer of SplitMix64).
    fn bits(&mut self) -> u64 {
        self.count += 1;
        let mut bits = self
            .seed
            .wrapping_add(self.count.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// Returns an id as cards, pins and orderings have it.
    pub(super) fn short(&mut self) -> String {
        let mut bits = self.bits();
        (0..10)
            .map(|_| {
                let letter = usize::try_from(bits % 62).unwrap_or(0);
                bits /= 62;
                char::from(LETTERS[letter])
            })
            .collect()
    }

    /// Returns an id as flows have it.
    pub(super) fn uuid(&mut self) -> String {
        let (a, b) = (self.bits(), self.bits());
        format!(
            "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
            a >> 32,
            (a >> 16) & 0xffff,
            a & 0xfff,
            0x8000 | (b >> 48) & 0x3fff,
            b & 0xffff_ffff_ffff
        )
    }
}
