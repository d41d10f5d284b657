//! Turns entries of LDAP into those of `directory`: identifiers become text, options of attribute names go.

use directory::decode::guid::Guid;
use directory::decode::sid::Sid;
use directory::entry::Entry;
use ldap3::{ResultEntry, SearchEntry};

/// Attributes of bytes that are identifiers.
const GUIDS: [&str; 2] = ["objectGUID", "invocationId"];
const SIDS: [&str; 1] = ["objectSid"];

/// An entry with all attributes that are text or identifiers; other bytes are left out.
pub(crate) fn entry(found: ResultEntry) -> Entry {
    let found = SearchEntry::construct(found);
    let mut attributes = vec![("distinguishedName".to_owned(), vec![found.dn])];
    // An attribute whose bytes happen to be UTF-8 is not among the binary ones.
    for (name, values) in found.attrs {
        let values = values.into_iter().map(String::into_bytes).collect();
        attributes.push(attribute(name, values));
    }
    for (name, values) in found.bin_attrs {
        attributes.push(attribute(name, values));
    }
    Entry::new(attributes)
}

fn attribute(name: String, values: Vec<Vec<u8>>) -> (String, Vec<String>) {
    let name = match name.split_once(';') {
        Some((plain, _)) => plain.to_owned(),
        None => name,
    };
    let is_in = |list: &[&str]| list.iter().any(|known| known.eq_ignore_ascii_case(&name));
    let (is_guid, is_sid) = (is_in(&GUIDS), is_in(&SIDS));
    let text = |bytes: Vec<u8>| {
        if is_guid {
            return Guid::from_bytes(&bytes).ok().map(|guid| guid.to_string());
        }
        if is_sid {
            return Sid::from_bytes(&bytes).ok().map(|sid| sid.to_string());
        }
        String::from_utf8(bytes).ok()
    };
    (name, values.into_iter().filter_map(text).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_bytes_even_where_they_could_be_text() {
        let (_, values) = attribute("OBJECTGUID".to_owned(), vec![b"ABCDEFGHIJKLMNOP".to_vec()]);
        assert_eq!(values, ["44434241-4645-4847-494a-4b4c4d4e4f50"]);
        let builtin = vec![1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 32, 2, 0, 0];
        let (_, values) = attribute("objectSid".to_owned(), vec![builtin]);
        assert_eq!(values, ["S-1-5-32-544"]);
        let (name, values) = attribute("member;range=0-1499".to_owned(), vec![b"x".to_vec()]);
        assert_eq!((name.as_str(), values.len()), ("member", 1));
        let (_, values) = attribute("photo".to_owned(), vec![vec![0xff]]);
        assert!(values.is_empty());
    }
}
