//! Why a directory did not do what it was asked.

use ldap3::{LdapError, LdapResult};
use thiserror::Error;

use crate::sign_in::Refusal;

/// What went wrong, and what can be done about it.
#[derive(Debug, Error)]
pub enum Failure {
    /// The address cannot be one.
    #[error("{0:?} is no host name or IP address.")]
    Address(String),
    /// The authorities cannot be read, or there are none.
    #[error(
        "The certificates to trust cannot be used: {0}. Give the certificate of the authority that signed the domain controller's, in PEM."
    )]
    Authorities(String),
    /// Nobody answers, or not in time.
    #[error(
        "The domain controller cannot be reached: {0}. Look at its name, its port and the firewall."
    )]
    Unreachable(String),
    /// TLS does not come up.
    #[error(
        "The connection cannot be secured: {0}. The certificate must be signed by a trusted authority and name this host."
    )]
    Tls(String),
    /// The account is refused.
    #[error("The directory refuses the account: {0}")]
    Refused(Refusal),
    /// What was searched in is not there.
    #[error("There is no {0} in the directory.")]
    Absent(String),
    /// The account may not do this.
    #[error("The account may not do this: {0}. Give it the right in the directory.")]
    Forbidden(String),
    /// The directory answered with less than everything.
    #[error(
        "The directory stopped before the end: {0}. Select smaller units, or raise its limits."
    )]
    Limit(String),
    /// The directory refuses what was asked for another reason.
    #[error("The directory refuses: {text} (code {code}).")]
    Answer {
        /// The result code of RFC 4511.
        code: u32,
        /// What it says.
        text: String,
    },
    /// An answer cannot be understood.
    #[error("The directory answers in an unknown way: {0}.")]
    Unknown(String),
}

impl Failure {
    /// Returns in which way it failed, as one word that stays the same.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Address(_) => "address",
            Self::Authorities(_) => "authorities",
            Self::Unreachable(_) => "unreachable",
            Self::Tls(_) => "tls",
            Self::Refused(_) => "refused",
            Self::Absent(_) => "absent",
            Self::Forbidden(_) => "forbidden",
            Self::Limit(_) => "limit",
            Self::Answer { .. } => "answer",
            Self::Unknown(_) => "unknown",
        }
    }

    /// An error of the connection.
    pub(crate) fn of(error: &LdapError) -> Self {
        let text = one_line(&error.to_string());
        match error {
            LdapError::Rustls { .. } | LdapError::DNSName { .. } => Self::Tls(text),
            LdapError::Io { source } if is_tls(source) => Self::Tls(text),
            LdapError::LdapResult { result } => Self::answer(result),
            LdapError::Io { .. }
            | LdapError::Timeout { .. }
            | LdapError::OpSend { .. }
            | LdapError::ResultRecv { .. }
            | LdapError::EndOfStream => Self::Unreachable(text),
            _ => Self::Unknown(text),
        }
    }

    /// An answer other than success.
    pub(crate) fn answer(result: &LdapResult) -> Self {
        let text = one_line(&result.text);
        match result.rc {
            3 | 4 | 11 => Self::Limit(text),
            32 => Self::Absent("such entry".to_owned()),
            49 => Self::Refused(Refusal::read(&text)),
            50 => Self::Forbidden(text),
            code => Self::Answer { code, text },
        }
    }
}

/// Errors of TLS come wrapped as errors of input.
fn is_tls(error: &std::io::Error) -> bool {
    let inner = error.get_ref();
    inner.is_some_and(|inner| inner.downcast_ref::<rustls::Error>().is_some())
}

/// Directories end their texts with zeros and line ends.
fn one_line(text: &str) -> String {
    let plain = text
        .chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter });
    let plain: String = plain.take(300).collect();
    plain.trim().trim_end_matches('.').to_owned()
}
