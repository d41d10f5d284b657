//! Tries the password of a user, and says why a directory refuses one.

use std::fmt;

use crate::address::{Account, Address};
use crate::failure::Failure;
use crate::open::Directory;

/// Why an account is refused. Active Directory hides it in the text of its answer as `data NNN`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such user.
    NoSuchUser,
    /// The password is wrong.
    WrongPassword,
    /// Not at this hour.
    Hours,
    /// Not at this computer.
    Workstation,
    /// The password has expired.
    PasswordExpired,
    /// The account is disabled.
    Disabled,
    /// The account has expired.
    AccountExpired,
    /// The password must be changed first.
    MustChangePassword,
    /// Too many wrong passwords.
    LockedOut,
    /// It does not say.
    Unsaid,
}

impl Refusal {
    /// Reads the text of an answer.
    pub(crate) fn read(text: &str) -> Self {
        let data = text.split_once("data ").map_or("", |(_, rest)| rest);
        let code: String = data.chars().take_while(char::is_ascii_hexdigit).collect();
        match code.as_str() {
            "525" => Self::NoSuchUser,
            "52e" => Self::WrongPassword,
            "530" => Self::Hours,
            "531" => Self::Workstation,
            "532" => Self::PasswordExpired,
            "533" => Self::Disabled,
            "701" => Self::AccountExpired,
            "773" => Self::MustChangePassword,
            "775" => Self::LockedOut,
            _ => Self::Unsaid,
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::NoSuchUser => "there is no such user.",
            Self::WrongPassword => "the name or the password is wrong.",
            Self::Hours => "it may not sign in at this hour.",
            Self::Workstation => "it may not sign in from here.",
            Self::PasswordExpired => "its password has expired.",
            Self::Disabled => "it is disabled.",
            Self::AccountExpired => "it has expired.",
            Self::MustChangePassword => "its password must be changed first.",
            Self::LockedOut => "it is locked out.",
            Self::Unsaid => "it does not say why.",
        })
    }
}

/// Signs a user in and out again. `Ok(Err(…))` is the directory's no; `Err` means that it was not asked.
pub async fn sign_in(address: &Address, account: &Account) -> Result<Result<(), Refusal>, Failure> {
    match Directory::open(address, account).await {
        Ok(_) => Ok(Ok(())),
        Err(Failure::Refused(refusal)) => Ok(Err(refusal)),
        Err(other) => Err(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reason_is_read_from_the_text() {
        for (code, refusal) in [
            ("52e", Refusal::WrongPassword),
            ("533", Refusal::Disabled),
            ("9", Refusal::Unsaid),
        ] {
            let text = format!(
                "80090308: LdapErr: DSID-0C0903A9, comment: AcceptSecurityContext error, data {code}, v1db1"
            );
            assert_eq!(Refusal::read(&text), refusal);
        }
        assert_eq!(Refusal::read(""), Refusal::Unsaid);
        assert_eq!(Refusal::read("data "), Refusal::Unsaid);
    }
}
