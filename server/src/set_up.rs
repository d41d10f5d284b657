//! The one-time set-up code of the first start, and passwords.

use std::sync::{Mutex, PoisonError};

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
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

/// Returns the Argon2id hash of a password (PHC text).
pub(crate) async fn hash(password: String) -> Result<String, String> {
    let work = move || {
        Argon2::default()
            .hash_password(password.as_bytes())
            .map(|hash| hash.to_string())
    };
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| error.to_string())?
        .map_err(|error| error.to_string())
}

/// Tells whether `password` is the one that was hashed.
pub(crate) async fn verify(password: String, hash: String) -> bool {
    let work = move || {
        PasswordHash::new(&hash).is_ok_and(|parsed| {
            Argon2::default()
                .verify_password(password.as_bytes(), &parsed)
                .is_ok()
        })
    };
    tokio::task::spawn_blocking(work).await.unwrap_or(false)
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

    #[tokio::test]
    async fn a_password_is_checked_against_its_hash() {
        let stored = hash("correct horse".to_owned()).await.unwrap();
        assert!(stored.starts_with("$argon2id$"));
        assert!(verify("correct horse".to_owned(), stored.clone()).await);
        assert!(!verify("wrong horse".to_owned(), stored).await);
    }
}
