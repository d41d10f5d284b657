//! A generated domain controller: as much of LDAP over TLS as an import asks for. Users are made while they are read, so any number
//! of them takes no memory. For measuring only; behaviour is tested against a real one.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use anyhow::{Context as _, Result, ensure};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::ber::{
    ENUMERATED, INTEGER, OCTETS, SEQUENCE, SET, many, number, read, read_number, value,
};

const BIND: u8 = 0x60;
const BOUND: u8 = 0x61;
const UNBIND: u8 = 0x42;
const SEARCH: u8 = 0x63;
const ENTRY: u8 = 0x64;
const DONE: u8 = 0x65;
const CONTROLS: u8 = 0xa0;
const PAGED: &[u8] = b"1.2.840.113556.1.4.319";
const DOMAIN: &str = "DC=corp,DC=test";
const SERVICE: &str = "CN=NTDS Settings,CN=DC1,DC=corp,DC=test";

/// A controller that serves until the program ends.
pub(super) struct Controller {
    pub(super) port: u16,
    /// The certificate of its authority, in PEM.
    pub(super) authority: String,
}

impl Controller {
    /// Starts to serve so many users, with a certificate that is made in `folder`.
    pub(super) fn start(users: u32, folder: &Path) -> Result<Self> {
        certificate(folder)?;
        let authority = std::fs::read_to_string(folder.join("cert.pem"))?;
        let chain: Vec<CertificateDer<'static>> =
            CertificateDer::pem_file_iter(folder.join("cert.pem"))?.collect::<Result<_, _>>()?;
        let key = PrivateKeyDer::from_pem_file(folder.join("key.pem"))?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(chain, key)?;
        let config = Arc::new(config);
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let port = listener.local_addr()?.port();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let config = Arc::clone(&config);
                std::thread::spawn(move || {
                    if let Err(error) = serve(stream, config, users) {
                        tracing::debug!(%error, "a connection to the directory ended");
                    }
                });
            }
        });
        Ok(Self { port, authority })
    }
}

/// A certificate that signs itself and names this host.
fn certificate(folder: &Path) -> Result<()> {
    let status = Command::new("openssl")
        .current_dir(folder)
        .args([
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
        ])
        .args([
            "-keyout",
            "key.pem",
            "-out",
            "cert.pem",
            "-days",
            "2",
            "-subj",
            "/CN=localhost",
        ])
        .args([
            "-addext",
            "subjectAltName=DNS:localhost",
            "-addext",
            "basicConstraints=critical,CA:FALSE",
        ])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .context("openssl is needed for the certificate")?;
    ensure!(status.success(), "openssl could not make a certificate");
    Ok(())
}

fn serve(stream: TcpStream, config: Arc<ServerConfig>, users: u32) -> Result<()> {
    stream.set_nodelay(true)?;
    let mut stream = StreamOwned::new(ServerConnection::new(config)?, stream);
    loop {
        let Some(message) = next(&mut stream)? else {
            return Ok(());
        };
        let broken = "a message cannot be read";
        let (_, content, _) = read(&message).context(broken)?;
        let (_, id, rest) = read(content).context(broken)?;
        let (operation, body, controls) = read(rest).context(broken)?;
        let id = read_number(id);
        match operation {
            BIND => stream.write_all(&result(id, BOUND, None))?,
            SEARCH => stream.write_all(&found(id, body, controls, users).context(broken)?)?,
            UNBIND => return Ok(()),
            _ => {}
        }
        stream.flush()?;
    }
}

/// Reads one message whole; nothing at the end.
fn next(stream: &mut impl Read) -> Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 1];
    loop {
        if stream.read(&mut buffer)? == 0 {
            return Ok(None);
        }
        bytes.push(buffer[0]);
        ensure!(bytes.len() < 1 << 20, "a message is too long");
        if read(&bytes).is_some() {
            return Ok(Some(bytes));
        }
    }
}

fn message(id: u32, parts: &[Vec<u8>]) -> Vec<u8> {
    let mut all = vec![number(INTEGER, id)];
    all.extend_from_slice(parts);
    many(SEQUENCE, &all)
}

/// A result that is success; `cookie` is where the next page begins.
fn result(id: u32, tag: u8, cookie: Option<u32>) -> Vec<u8> {
    let success = many(
        tag,
        &[
            number(ENUMERATED, 0),
            value(OCTETS, b""),
            value(OCTETS, b""),
        ],
    );
    let Some(next) = cookie else {
        return message(id, &[success]);
    };
    let cookie = match next {
        0 => Vec::new(),
        next => next.to_be_bytes().to_vec(),
    };
    let page = many(SEQUENCE, &[number(INTEGER, 0), value(OCTETS, &cookie)]);
    let control = many(SEQUENCE, &[value(OCTETS, PAGED), value(OCTETS, &page)]);
    message(id, &[success, many(CONTROLS, &[control])])
}

fn found(id: u32, body: &[u8], controls: &[u8], users: u32) -> Option<Vec<u8>> {
    let (_, base, rest) = read(body)?;
    let (_, scope, _) = read(rest)?;
    if read_number(scope) == 0 {
        let mut bytes = match base {
            b"" => entry(id, "", &root()),
            _ => entry(id, SERVICE, &[("invocationId", vec![vec![7; 16]])]),
        };
        bytes.extend(result(id, DONE, None));
        return Some(bytes);
    }
    let (size, from) = page(controls).unwrap_or((500, 0));
    // Nobody changed since.
    let is_changes = body
        .windows(10)
        .any(|part| part.eq_ignore_ascii_case(b"uSNChanged"))
        && has_range(body);
    if is_changes {
        return Some(result(id, DONE, Some(0)));
    }
    let until = users.min(from.saturating_add(size));
    let mut bytes = Vec::with_capacity(700 * size as usize);
    for number in from..until {
        bytes.extend(user(id, number));
    }
    let next = if until < users { until } else { 0 };
    bytes.extend(result(id, DONE, Some(next)));
    Some(bytes)
}

/// Whether the filter compares with `>=` (RFC 4511: the choice 5), rather than uSNChanged being asked for only.
fn has_range(body: &[u8]) -> bool {
    const GREATER: u8 = 0xa5;
    body.contains(&GREATER)
}

/// Size and place of the page that is asked for.
fn page(controls: &[u8]) -> Option<(u32, u32)> {
    let (_, mut rest, _) = read(controls)?;
    while let Some((_, control, more)) = read(rest) {
        rest = more;
        let (_, kind, mut parts) = read(control)?;
        if kind != PAGED {
            continue;
        }
        while let Some((tag, content, more)) = read(parts) {
            parts = more;
            if tag == OCTETS {
                let (_, page, _) = read(content)?;
                let (_, size, cookie) = read(page)?;
                let (_, cookie, _) = read(cookie)?;
                return Some((read_number(size), read_number(cookie)));
            }
        }
    }
    None
}

type Attribute<'a> = (&'a str, Vec<Vec<u8>>);

fn entry(id: u32, name: &str, attributes: &[Attribute<'_>]) -> Vec<u8> {
    let attributes: Vec<Vec<u8>> = attributes
        .iter()
        .map(|(name, values)| {
            let values: Vec<Vec<u8>> = values.iter().map(|one| value(OCTETS, one)).collect();
            many(
                SEQUENCE,
                &[value(OCTETS, name.as_bytes()), many(SET, &values)],
            )
        })
        .collect();
    let body = [value(OCTETS, name.as_bytes()), many(SEQUENCE, &attributes)];
    message(id, &[many(ENTRY, &body)])
}

fn one(text: impl AsRef<str>) -> Vec<Vec<u8>> {
    vec![text.as_ref().as_bytes().to_vec()]
}

fn root() -> Vec<Attribute<'static>> {
    vec![
        ("defaultNamingContext", one(DOMAIN)),
        ("dnsHostName", one("dc1.corp.test")),
        ("dsServiceName", one(SERVICE)),
        ("highestCommittedUSN", one("1000000")),
    ]
}

fn user(id: u32, number: u32) -> Vec<u8> {
    let mut guid = [7_u8; 16];
    guid[..4].copy_from_slice(&number.to_be_bytes());
    let mut sid = vec![1, 5, 0, 0, 0, 0, 0, 5, 21, 0, 0, 0];
    sid.extend([9; 12]);
    sid.extend(number.to_le_bytes());
    let name = format!("CN=User {number},OU=Staff,{DOMAIN}");
    let attributes = [
        ("distinguishedName", one(&name)),
        ("objectGUID", vec![guid.to_vec()]),
        ("objectSid", vec![sid]),
        ("cn", one(format!("User {number}"))),
        ("sAMAccountName", one(format!("user{number}"))),
        ("userPrincipalName", one(format!("user{number}@corp.test"))),
        ("mail", one(format!("user{number}@mail.corp.test"))),
        ("givenName", one(format!("Given{number}"))),
        ("sn", one(format!("Family{number}"))),
        ("displayName", one(format!("利用者 {number}"))),
        ("department", one(format!("Department {}", number % 100))),
        ("title", one("Engineer")),
        ("mobile", one(format!("+81 90 {number:08}"))),
        ("l", one("Tokyo")),
        ("primaryGroupID", one("513")),
        ("userAccountControl", one("512")),
        ("sAMAccountType", one("805306368")),
        ("uSNChanged", one("1000")),
        ("whenChanged", one("20261122000000.0Z")),
    ];
    entry(id, &name, &attributes)
}
