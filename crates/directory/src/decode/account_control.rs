//! userAccountControl: 32 flags (MS-ADTS 2.2.16). Only one of them says that an account is disabled; lock-out and expiry are
//! kept elsewhere.

use std::str::FromStr;

use serde::Serialize;

/// The flags of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct AccountControl(u32);

/// The flag of a disabled account.
pub const DISABLED: u32 = 0x2;

/// Every flag with its name, from the lowest.
pub const FLAGS: [(u32, &str); 22] = [
    (0x1, "SCRIPT"),
    (DISABLED, "ACCOUNTDISABLE"),
    (0x8, "HOMEDIR_REQUIRED"),
    (0x10, "LOCKOUT"),
    (0x20, "PASSWD_NOTREQD"),
    (0x40, "PASSWD_CANT_CHANGE"),
    (0x80, "ENCRYPTED_TEXT_PWD_ALLOWED"),
    (0x100, "TEMP_DUPLICATE_ACCOUNT"),
    (0x200, "NORMAL_ACCOUNT"),
    (0x800, "INTERDOMAIN_TRUST_ACCOUNT"),
    (0x1000, "WORKSTATION_TRUST_ACCOUNT"),
    (0x2000, "SERVER_TRUST_ACCOUNT"),
    (0x1_0000, "DONT_EXPIRE_PASSWORD"),
    (0x2_0000, "MNS_LOGON_ACCOUNT"),
    (0x4_0000, "SMARTCARD_REQUIRED"),
    (0x8_0000, "TRUSTED_FOR_DELEGATION"),
    (0x10_0000, "NOT_DELEGATED"),
    (0x20_0000, "USE_DES_KEY_ONLY"),
    (0x40_0000, "DONT_REQ_PREAUTH"),
    (0x80_0000, "PASSWORD_EXPIRED"),
    (0x100_0000, "TRUSTED_TO_AUTH_FOR_DELEGATION"),
    (0x400_0000, "PARTIAL_SECRETS_ACCOUNT"),
];

impl AccountControl {
    /// Whether the account is disabled.
    #[must_use]
    pub fn is_disabled(self) -> bool {
        self.0 & DISABLED != 0
    }

    /// The names of the flags that are set; unknown ones are left out.
    #[must_use]
    pub fn names(self) -> Vec<&'static str> {
        let set = FLAGS.iter().filter(|(flag, _)| self.0 & flag != 0);
        set.map(|(_, name)| *name).collect()
    }

    /// The flags with this account disabled or enabled and all others as they are.
    #[must_use]
    pub fn disabled(self, is_disabled: bool) -> Self {
        Self(if is_disabled {
            self.0 | DISABLED
        } else {
            self.0 & !DISABLED
        })
    }

    /// The number that the directory holds.
    #[must_use]
    pub fn bits(self) -> u32 {
        self.0
    }
}

/// Reads the number as LDAP writes it: signed, in 32 bits.
impl FromStr for AccountControl {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        match text.parse::<i32>() {
            Ok(number) => Ok(Self(number.cast_unsigned())),
            Err(_) => text.parse().map(Self),
        }
    }
}
