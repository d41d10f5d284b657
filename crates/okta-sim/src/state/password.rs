//! Passwords of users: kept as salted digests, checked against Okta's default policy.

use sha2::{Digest, Sha256};

use super::ids::secret;

/// A digest of a password, or of the answer to a recovery question.
#[derive(Clone, Debug)]
pub(crate) struct Password {
    salt: String,
    digest: Vec<u8>,
}

impl Password {
    pub(crate) fn of(clear: &str) -> Password {
        let salt = secret(16);
        let digest = digest(&salt, clear);
        Password { salt, digest }
    }

    pub(crate) fn is(&self, clear: &str) -> bool {
        digest(&self.salt, clear) == self.digest
    }
}

fn digest(salt: &str, clear: &str) -> Vec<u8> {
    Sha256::digest(format!("{salt}\n{clear}")).to_vec()
}

/// What the default password policy asks for, as Okta words it.
pub(crate) const REQUIREMENTS: &str = "Password requirements were not met. Password requirements: at least 8 characters, a lowercase letter, an uppercase letter, a number, no parts of your username.";

/// Whether `clear` satisfies the default policy for the user who signs in as `login`.
pub(crate) fn is_acceptable(clear: &str, login: &str) -> bool {
    let name = login.split('@').next().unwrap_or(login).to_lowercase();
    clear.chars().count() >= 8
        && clear.chars().count() <= 72
        && clear.chars().any(char::is_lowercase)
        && clear.chars().any(char::is_uppercase)
        && clear.chars().any(|letter| letter.is_ascii_digit())
        && (name.chars().count() < 4 || !clear.to_lowercase().contains(&name))
}
