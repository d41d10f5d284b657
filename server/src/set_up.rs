//! The one-time set-up code of the first start.

use std::sync::{Mutex, PoisonError};

use rand::TryRngCore as _;
use rand::rngs::OsRng;

/// Letters that cannot be mistaken for another.
const LETTERS: &[u8] = b"ABCDEFGHJKMNPQRSTUVWXYZ23456789";
/// Wrong tries until the code is void and the server must be restarted for a new one.
const TRIES: u32 = 10;

/// The set-up code: lives in memory only, is printed once, works once.
#[derive(Debug, Default)]
pub(crate) struct SetUpCode {
    state: Mutex<Option<(String, u32)>>,
}

impl SetUpCode {
    /// Makes a code and returns it for printing.
    ///
    /// # Errors
    /// When the system gives no randomness.
    pub(crate) fn make(&self) -> Result<String, rand::rand_core::OsError> {
        let mut random = [0_u8; 12];
        OsRng.try_fill_bytes(&mut random)?;
        let letters: String = random
            .iter()
            .map(|byte| char::from(LETTERS[usize::from(*byte) % LETTERS.len()]))
            .collect();
        let (first, rest) = letters.split_at(4);
        let (second, third) = rest.split_at(4);
        let code = format!("{first}-{second}-{third}");
        *self.state.lock().unwrap_or_else(PoisonError::into_inner) = Some((code.clone(), TRIES));
        Ok(code)
    }

    /// Tells whether `code` is the one; spaces and case do not matter. Counts wrong tries.
    pub(crate) fn is(&self, code: &str) -> bool {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let Some((expected, tries)) = state.as_mut() else {
            return false;
        };
        let plain = |text: &str| {
            text.chars()
                .filter(char::is_ascii_alphanumeric)
                .collect::<String>()
                .to_uppercase()
        };
        if plain(code) == plain(expected) {
            return true;
        }
        *tries = tries.saturating_sub(1);
        if *tries == 0 {
            *state = None;
        }
        false
    }

    /// Voids the code.
    pub(crate) fn forget(&self) {
        *self.state.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_works_and_guessing_voids_it() {
        let codes = SetUpCode::default();
        let code = codes.make().unwrap();
        assert!(codes.is(&code.to_lowercase().replace('-', " ")));
        for _ in 0..TRIES {
            assert!(!codes.is("AAAA-AAAA-AAAA"));
        }
        assert!(!codes.is(&code), "void after too many wrong tries");
    }
}
