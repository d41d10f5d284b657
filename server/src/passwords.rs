//! Passwords: Argon2id, a bounded number at once, and a pause after wrong guesses. Each hash takes 19 MB and some
//! milliseconds of a core, so without a bound strangers could use up the machine.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use tokio::sync::Semaphore;

/// A password has at least this many characters.
pub(crate) const SHORTEST: usize = 12;
/// Hashes worked on at once.
const AT_ONCE: usize = 2;
/// Who wants one while this many wait is sent away.
const MAY_WAIT: usize = 32;
/// Wrong guesses for one login before the first pause.
const GUESSES: u32 = 5;
/// The first pause; it doubles with each further wrong guess, up to about an hour.
const PAUSE_MS: i64 = 15_000;
/// Logins that are remembered; the oldest pauses are forgotten first.
const REMEMBERED: usize = 10_000;

/// Checks passwords.
#[derive(Debug)]
pub(crate) struct Passwords {
    places: Semaphore,
    waiting: Semaphore,
    guesses: Mutex<HashMap<String, Guesses>>,
}

#[derive(Clone, Copy, Debug)]
struct Guesses {
    wrong: u32,
    closed_until: i64,
}

/// Why a password was not checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NotChecked {
    /// Too many people sign in at this moment, or this login was guessed wrong too often.
    #[error("too many tries")]
    TooMany,
    /// The password could not be hashed.
    #[error("the password could not be hashed")]
    Fault,
}

impl Default for Passwords {
    fn default() -> Self {
        Self {
            places: Semaphore::new(AT_ONCE),
            waiting: Semaphore::new(MAY_WAIT),
            guesses: Mutex::default(),
        }
    }
}

impl Passwords {
    /// Returns the Argon2id hash of a password (PHC text).
    pub(crate) async fn hash(&self, password: String) -> Result<String, NotChecked> {
        let work = move || {
            let hash = Argon2::default().hash_password(password.as_bytes());
            hash.map(|hash| hash.to_string())
        };
        self.work(work).await?.map_err(|_| NotChecked::Fault)
    }

    /// Tells whether `password` is the one that was hashed, unless `login` was guessed wrong too often.
    pub(crate) async fn verify(
        &self,
        login: &str,
        password: String,
        hash: String,
        now_ms: i64,
    ) -> Result<bool, NotChecked> {
        let login = login.to_lowercase();
        if self
            .lock()
            .get(&login)
            .is_some_and(|known| known.closed_until > now_ms)
        {
            return Err(NotChecked::TooMany);
        }
        let work = move || {
            PasswordHash::new(&hash).is_ok_and(|parsed| {
                Argon2::default()
                    .verify_password(password.as_bytes(), &parsed)
                    .is_ok()
            })
        };
        let is_right = self.work(work).await?;
        self.note(login, is_right, now_ms);
        Ok(is_right)
    }

    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, NotChecked> {
        let _waiting = self
            .waiting
            .try_acquire()
            .map_err(|_| NotChecked::TooMany)?;
        let _place = self.places.acquire().await.map_err(|_| NotChecked::Fault)?;
        tokio::task::spawn_blocking(work)
            .await
            .map_err(|_| NotChecked::Fault)
    }

    fn note(&self, login: String, is_right: bool, now_ms: i64) {
        let mut guesses = self.lock();
        if is_right {
            guesses.remove(&login);
            return;
        }
        if guesses.len() >= REMEMBERED {
            guesses.retain(|_, known| known.closed_until > now_ms);
        }
        let known = guesses.entry(login).or_insert(Guesses {
            wrong: 0,
            closed_until: 0,
        });
        known.wrong += 1;
        if known.wrong >= GUESSES {
            let doubled = PAUSE_MS << (known.wrong - GUESSES).min(8);
            known.closed_until = now_ms + doubled;
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, Guesses>> {
        self.guesses.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_is_checked_against_its_hash() {
        let passwords = Passwords::default();
        let stored = passwords.hash("correct horse".to_owned()).await.unwrap();
        assert!(stored.starts_with("$argon2id$"));
        let check = |typed: &str| passwords.verify("ada", typed.to_owned(), stored.clone(), 0);
        assert_eq!(check("correct horse").await, Ok(true));
        assert_eq!(check("wrong horse").await, Ok(false));
    }

    #[tokio::test]
    async fn guessing_closes_the_login_for_a_while() {
        let passwords = Passwords::default();
        let nobody = || "not a hash".to_owned();
        for _ in 0..GUESSES {
            assert_eq!(
                passwords.verify("Ada", "x".into(), nobody(), 1_000).await,
                Ok(false)
            );
        }
        assert_eq!(
            passwords.verify("ada", "x".into(), nobody(), 2_000).await,
            Err(NotChecked::TooMany)
        );
        assert_eq!(
            passwords.verify("bo", "x".into(), nobody(), 2_000).await,
            Ok(false)
        );
        let later = 1_000 + PAUSE_MS + 1;
        assert_eq!(
            passwords.verify("ada", "x".into(), nobody(), later).await,
            Ok(false)
        );
    }
}
