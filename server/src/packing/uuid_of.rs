//! Ids as packs have them.

use ulid::Ulid;

/// Writes one of our ids as a UUID; an id that came with a pack is one already.
pub(super) fn uuid(id: &str) -> String {
    let Ok(ulid) = Ulid::from_string(id) else {
        return id.to_owned();
    };
    let hex = format!("{:032x}", ulid.0);
    let mut parts = Vec::new();
    let mut rest = hex.as_str();
    for size in [8, 4, 4, 4, 12] {
        let (part, more) = rest.split_at_checked(size).unwrap_or((rest, ""));
        parts.push(part);
        rest = more;
    }
    parts.join("-")
}

#[cfg(test)]
mod tests {
    use super::uuid;

    #[test]
    fn our_ids_become_uuids_and_others_stay() {
        assert_eq!(uuid("01KAN0WQ8Z4T5V6X7Y8Z9A0B1C").len(), 36);
        let theirs = "0f1e2d3c-aaaa-4bbb-8ccc-0123456789ab";
        assert_eq!(uuid(theirs), theirs);
    }
}
