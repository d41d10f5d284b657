//! Opens a connection: TLS first, then the account.

use std::sync::Arc;
use std::time::Duration;

use ldap3::{Ldap, LdapConnAsync, LdapConnSettings};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};
use tokio::task::JoinHandle;

use crate::address::{Account, Address, Security};
use crate::failure::Failure;

/// How long a connection may take to come up.
const CONNECTING: Duration = Duration::from_secs(10);
/// How long an answer may take.
pub(crate) const ANSWERING: Duration = Duration::from_secs(60);

/// Entries in a page; domain controllers give 1000 at most.
const PAGE: i32 = 500;

/// An open connection to a domain controller.
#[derive(Debug)]
pub struct Directory {
    ldap: Ldap,
    page: i32,
    driver: JoinHandle<()>,
}

impl Drop for Directory {
    fn drop(&mut self) {
        self.driver.abort();
    }
}

impl Directory {
    /// Connects and signs in.
    pub async fn open(address: &Address, account: &Account) -> Result<Self, Failure> {
        let mut directory = Self::connect(address).await?;
        directory.bind(account).await?;
        Ok(directory)
    }

    async fn connect(address: &Address) -> Result<Self, Failure> {
        let url = address
            .url()
            .ok_or_else(|| Failure::Address(address.host.clone()))?;
        let settings = LdapConnSettings::new()
            .set_conn_timeout(CONNECTING)
            .set_config(Arc::new(tls(address.authorities.as_deref())?))
            .set_starttls(address.security == Security::StartTls);
        let opening = LdapConnAsync::with_settings(settings, &url);
        // The library's own limit ends before StartTLS and the handshake.
        let opened = tokio::time::timeout(CONNECTING * 2, opening).await;
        let opened = opened.map_err(|_| Failure::Unreachable("no answer in time".to_owned()))?;
        let (connection, ldap) = opened.map_err(|error| Failure::of(&error))?;
        Ok(Self::driven(connection, ldap))
    }

    /// Lets the connection work in a task of its own.
    pub(crate) fn driven(connection: LdapConnAsync, ldap: Ldap) -> Self {
        // How the connection ends is told to whoever waits for an answer.
        let driver = tokio::spawn(async move {
            drop(connection.drive().await);
        });
        Self {
            ldap,
            page: PAGE,
            driver,
        }
    }

    async fn bind(&mut self, account: &Account) -> Result<(), Failure> {
        let password = account.password.reveal();
        let answer = self.ldap().simple_bind(&account.name, password).await;
        let answer = answer.map_err(|error| Failure::of(&error))?;
        if answer.rc == 0 {
            return Ok(());
        }
        Err(Failure::answer(&answer))
    }

    /// Reads so many entries a page from now on, 1 to 1000.
    pub fn set_page(&mut self, entries: u16) {
        self.page = i32::from(entries.clamp(1, 1000));
    }

    pub(crate) fn page(&self) -> i32 {
        self.page
    }

    /// The connection, with the limit of time that holds for its next operation.
    pub(crate) fn ldap(&mut self) -> &mut Ldap {
        self.ldap.with_timeout(ANSWERING)
    }
}

/// What is trusted. The provider is named, so that another one in the program makes no difference.
fn tls(authorities: Option<&str>) -> Result<ClientConfig, Failure> {
    let wrong = |reason: String| Failure::Authorities(reason);
    let mut roots = RootCertStore::empty();
    match authorities {
        Some(pem) => {
            for certificate in CertificateDer::pem_slice_iter(pem.as_bytes()) {
                let certificate = certificate.map_err(|error| wrong(error.to_string()))?;
                roots
                    .add(certificate)
                    .map_err(|error| wrong(error.to_string()))?;
            }
        }
        None => {
            roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        }
    }
    if roots.is_empty() {
        return Err(wrong("there are none".to_owned()));
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| wrong(error.to_string()))?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}
