//! Which addresses HTTP cards may call: public ones, and those that an administrator allowed. What is asked is the address
//! that a name leads to, at the moment of connecting; what was asked is what is connected to.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use futures::future::BoxFuture;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// What an administrator allowed although it is not public.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Allowed {
    hosts: Vec<AllowedHost>,
    networks: Vec<(IpAddr, u8)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct AllowedHost {
    /// Lower case; begins with a dot where everything under it is meant.
    name: String,
    port: Option<u16>,
}

impl Allowed {
    /// Reads what people write: a name or an address, with or without a port (`intranet:8080`), everything under a name
    /// (`*.corp.example`), a network (`10.0.0.0/8`). The error names what cannot be read.
    pub fn parse(entries: &[String]) -> Result<Self, String> {
        let mut allowed = Self::default();
        for entry in entries.iter().map(|entry| entry.trim()) {
            if !entry.is_empty() {
                allowed.add(entry).ok_or_else(|| {
                    format!(
                        "«{entry}» is not a host. Write intranet.example, intranet.example:8080, *.corp.example or 10.0.0.0/8."
                    )
                })?;
            }
        }
        Ok(allowed)
    }

    fn add(&mut self, entry: &str) -> Option<()> {
        if let Some((address, length)) = entry.split_once('/') {
            let address: IpAddr = address.parse().ok()?;
            let most = if address.is_ipv4() { 32 } else { 128 };
            let length: u8 = length.parse().ok().filter(|length| *length <= most)?;
            self.networks.push((address, length));
            return Some(());
        }
        let bare = entry.trim_start_matches('[').trim_end_matches(']');
        if let Ok(address) = bare.parse::<IpAddr>() {
            let length = if address.is_ipv4() { 32 } else { 128 };
            self.networks.push((address.to_canonical(), length));
            return Some(());
        }
        let (name, port) = match entry.rsplit_once(':') {
            Some((name, port)) => (name, Some(port.parse().ok().filter(|port| *port != 0)?)),
            None => (entry, None),
        };
        let name = name.trim_start_matches('[').trim_end_matches(']');
        let name = name.trim_end_matches('.').to_lowercase();
        let name = match name.strip_prefix('*') {
            Some(under) => under.to_owned(),
            None => name,
        };
        let is_name = name.len() > usize::from(name.starts_with('.'))
            && name
                .chars()
                .all(|letter| letter.is_alphanumeric() || matches!(letter, '.' | '-' | '_' | ':'));
        is_name.then(|| self.hosts.push(AllowedHost { name, port }))
    }

    /// Tells whether this host was allowed at this port, whatever address it has.
    pub(crate) fn names(&self, host: &str, port: u16) -> bool {
        let host = host.trim_end_matches('.').to_lowercase();
        self.hosts.iter().any(|known| {
            let is_it = match known.name.starts_with('.') {
                true => host.ends_with(&known.name),
                false => host == known.name,
            };
            is_it && known.port.is_none_or(|known| known == port)
        })
    }

    /// Tells whether an address is public or in an allowed network.
    pub(crate) fn permits(&self, address: IpAddr) -> bool {
        is_public(address) || self.holds(address)
    }

    fn holds(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.networks.iter().any(
            |(network, length)| match (network.to_canonical(), address) {
                (IpAddr::V4(network), IpAddr::V4(address)) => {
                    let shift = 32_u32.saturating_sub(u32::from(*length));
                    let cut = |bits: u32| bits.checked_shr(shift).unwrap_or(0);
                    cut(network.to_bits()) == cut(address.to_bits())
                }
                (IpAddr::V6(network), IpAddr::V6(address)) => {
                    let shift = 128_u32.saturating_sub(u32::from(*length));
                    let cut = |bits: u128| bits.checked_shr(shift).unwrap_or(0);
                    cut(network.to_bits()) == cut(address.to_bits())
                }
                _ => false,
            },
        )
    }
}

/// Tells whether an address belongs to the public internet.
pub(crate) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => match embedded_v4(v6) {
            Some(v4) => is_public_v4(v4),
            None => is_public_v6(v6),
        },
    }
}

/// What the registry of special addresses (RFC 6890) leaves.
fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let shared = a == 100 && (64..128).contains(&b);
    let benchmarking = a == 198 && (b == 18 || b == 19);
    let protocol = a == 192 && b == 0 && c == 0;
    let relay = a == 192 && b == 88 && c == 99;
    !(address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_broadcast()
        || address.is_documentation()
        || address.is_unspecified()
        || address.is_multicast()
        || shared
        || benchmarking
        || protocol
        || relay
        || a == 0
        || a >= 240)
}

/// Only 2000::/3 is routed between networks, and not all of it.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    let is_global = first & 0xe000 == 0x2000;
    let protocol = first == 0x2001 && second < 0x200;
    let documentation = (first == 0x2001 && second == 0xdb8) || (first & 0xfff0 == 0x3ff0);
    is_global && !protocol && !documentation
}

/// Mapped, compatible, 6to4 and NAT64 addresses carry an IPv4 address that decides.
fn embedded_v4(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let s = address.segments();
    let join = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match s {
        [0, 0, 0, 0, 0, 0 | 0xffff, high, low] => Some(join(high, low)),
        [0, 0, 0, 0, 0xffff, 0, high, low] => Some(join(high, low)),
        [0x2002, high, low, ..] => Some(join(high, low)),
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => Some(join(high, low)),
        _ => None,
    }
}

/// Finds the addresses of a name.
pub trait Lookup: Send + Sync {
    /// Returns the addresses that `host` has now.
    fn addresses(&self, host: String) -> BoxFuture<'static, std::io::Result<Vec<IpAddr>>>;
}

/// The system's own way.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemLookup;

impl Lookup for SystemLookup {
    fn addresses(&self, host: String) -> BoxFuture<'static, std::io::Result<Vec<IpAddr>>> {
        Box::pin(async move {
            let found = tokio::net::lookup_host((host.as_str(), 0)).await?;
            Ok(found.map(|address| address.ip()).collect())
        })
    }
}

/// Resolves names and hands out only addresses that may be called; what is handed out is what is connected to, so a name
/// cannot change its mind in between.
#[derive(Clone)]
pub(crate) struct Checked {
    pub(crate) lookup: Arc<dyn Lookup>,
    /// Absent for names that were allowed as such.
    pub(crate) allowed: Option<Arc<Allowed>>,
}

impl Resolve for Checked {
    fn resolve(&self, name: Name) -> Resolving {
        let allowed = self.allowed.clone();
        let found = self.lookup.addresses(name.as_str().to_owned());
        Box::pin(async move {
            let found = found.await?;
            let fit: Vec<SocketAddr> = found
                .into_iter()
                .filter(|address| allowed.as_ref().is_none_or(|it| it.permits(*address)))
                .map(|address| SocketAddr::new(address, 0))
                .collect();
            if fit.is_empty() {
                return Err(Box::from(NOT_PUBLIC));
            }
            Ok(Box::new(fit.into_iter()) as Addrs)
        })
    }
}

pub(crate) const NOT_PUBLIC: &str = "the address is not public";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_addresses_pass() {
        for public in [
            "8.8.8.8",
            "2606:4700::1111",
            "203.0.114.1",
            "64:ff9b::808:808",
            "::ffff:8.8.8.8",
            "2002:808:808::1",
        ] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
        for private in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "100.100.100.200",
            "0.0.0.0",
            "0.1.2.3",
            "192.0.0.192",
            "192.88.99.1",
            "198.18.0.1",
            "::",
            "::1",
            "::7f00:1",
            "::ffff:0:7f00:1",
            "fe80::1",
            "fec0::1",
            "fd00::1",
            "fd00:ec2::254",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "2002:7f00:1::",
            "2001::1",
            "2001:db8::1",
            "3fff::1",
            "64:ff9b::a00:1",
            "64:ff9b:1::a00:1",
            "100::1",
            "5f00::1",
            "ff02::1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
        ] {
            assert!(!is_public(private.parse().unwrap()), "{private}");
        }
    }

    #[test]
    fn what_is_allowed_is_allowed_by_name_port_or_network() {
        let entries = [
            "Intranet.example",
            "build:8080",
            "*.corp.example",
            "10.1.0.0/16",
            "fd00::/8",
            "127.0.0.1",
            "[::1]:9000",
            " ",
        ];
        let allowed = Allowed::parse(&entries.map(str::to_owned)).unwrap();
        for (host, port, is_allowed) in [
            ("intranet.EXAMPLE", 443, true),
            ("intranet.example.", 80, true),
            ("evil-intranet.example", 80, false),
            ("build", 8080, true),
            ("build", 22, false),
            ("a.b.corp.example", 1, true),
            ("corp.example", 1, false),
            ("notcorp.example", 1, false),
            ("::1", 9000, true),
            ("::1", 9001, false),
        ] {
            assert_eq!(allowed.names(host, port), is_allowed, "{host}:{port}");
        }
        for (address, is_permitted) in [
            ("10.1.255.255", true),
            ("10.2.0.1", false),
            ("::ffff:10.1.0.1", true),
            ("fd12::1", true),
            ("127.0.0.1", true),
            ("127.0.0.2", false),
            ("8.8.8.8", true),
        ] {
            assert_eq!(
                allowed.permits(address.parse().unwrap()),
                is_permitted,
                "{address}"
            );
        }
        for wrong in [
            "http://x",
            "a b",
            "10.0.0.0/33",
            "host:0",
            "host:http",
            "*",
            "x/8",
        ] {
            assert!(Allowed::parse(&[wrong.to_owned()]).is_err(), "{wrong}");
        }
        let all = Allowed::parse(&["0.0.0.0/0".to_owned()]).unwrap();
        assert!(all.permits("192.168.0.1".parse().unwrap()));
    }
}
