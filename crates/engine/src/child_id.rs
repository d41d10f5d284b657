//! Ids of helper runs: computed, so that a replayed parent finds the helper runs that it started before.

use flow::RunId;

/// Crockford's alphabet, as ULIDs use it.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Characters of a ULID that hold the time.
const TIME: usize = 10;
/// Characters of a ULID that hold randomness; here, a hash.
const REST: usize = 16;

/// Returns the id of the run that the card at `path` of `parent` starts, for item `index` of a loop.
///
/// It reads like a ULID: the parent's time, then 80 bits that depend on all three.
pub fn child_run_id(parent: &RunId, path: &str, index: Option<usize>) -> RunId {
    let index = index.map_or(u64::MAX, |index| index as u64).to_le_bytes();
    let seed = hash(
        0xcbf2_9ce4_8422_2325,
        &[parent.as_str().as_bytes(), path.as_bytes(), &index],
    );
    let more = hash(
        mix(seed),
        &[&index, path.as_bytes(), parent.as_str().as_bytes()],
    );
    let bits = (u128::from(seed) << 64) | u128::from(more);

    let mut text = String::with_capacity(TIME + REST);
    text.extend(
        parent
            .as_str()
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .take(TIME),
    );
    while text.len() < TIME {
        text.push('0');
    }
    for place in 0..REST {
        let digit = (bits >> (5 * place)) & 31;
        text.push(char::from(ALPHABET[digit as usize]));
    }
    RunId::new(text)
}

/// FNV-1a over the parts, each closed by its length, then mixed so that near inputs end far apart. Written out because
/// ids must stay the same from one release to the next.
fn hash(basis: u64, parts: &[&[u8]]) -> u64 {
    let mut state = basis;
    for part in parts {
        let length = (part.len() as u64).to_le_bytes();
        for byte in part.iter().chain(&length) {
            state = (state ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    mix(state)
}

/// The finaliser of MurmurHash3.
fn mix(mut state: u64) -> u64 {
    state = (state ^ (state >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    state = (state ^ (state >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    state ^ (state >> 33)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn ids_keep_the_parents_time_and_never_meet() {
        let parent = RunId::from("01KAN0WQ8Z4T5V6X7Y8Z9A0B1C");
        let mut seen = HashSet::new();
        for path in ["a", "b", "a/true/b", "a#error"] {
            for index in (0..20_000).map(Some).chain([None]) {
                let id = child_run_id(&parent, path, index);
                assert_eq!(id.as_str().len(), 26);
                assert!(id.as_str().starts_with("01KAN0WQ8Z"), "{id}");
                assert!(seen.insert(id));
            }
        }
    }

    #[test]
    fn ids_stay_the_same_from_release_to_release() {
        let id = child_run_id(&RunId::from("01KAN0WQ8Z4T5V6X7Y8Z9A0B1C"), "each", Some(7));
        assert_eq!(id.as_str(), "01KAN0WQ8ZP3BSDFY2Q9SSDGYQ");
    }
}
