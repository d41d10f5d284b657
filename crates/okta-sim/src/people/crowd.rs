//! A crowd of any size, for programs that go through a large org. Nobody in it is stored: each person is made from a
//! number when a list comes to it, the same every time. Who is asked for by id or login moves in and is one of the
//! org's people from then on.

use std::collections::HashSet;

use chrono::{DateTime, Duration, Utc};
use serde_json::json;

use super::company::{DEPARTMENTS, OFFICES, live, named, part_of_day, status_of};
use super::names::plain;
use super::object;
use crate::state::user::User;
use crate::state::{Dice, Org, USER_TYPE_ID};

/// The crowd stands behind everybody else in the order of the org.
pub(crate) const FIRST_SEQ: u64 = 1 << 40;
const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/// Digits of a person's number in the id.
const ID_DIGITS: usize = 5;

/// The crowd.
#[derive(Debug)]
pub(crate) struct Crowd {
    pub(crate) count: usize,
    now: DateTime<Utc>,
    /// Those who were deleted.
    gone: HashSet<u64>,
}

impl Crowd {
    pub(crate) fn new(count: usize, now: DateTime<Utc>) -> Crowd {
        Crowd {
            count,
            now,
            gone: HashSet::new(),
        }
    }

    /// Somebody who moved in was deleted and does not come back.
    pub(crate) fn forget(&mut self, seq: u64) {
        if seq >= FIRST_SEQ {
            self.gone.insert(seq);
        }
    }

    /// Returns everybody after `seq` in order, made one by one.
    pub(crate) fn after(&self, seq: u64) -> impl Iterator<Item = User> {
        let first = (seq + 1).saturating_sub(FIRST_SEQ);
        (first..self.count as u64)
            .filter(|number| !self.gone.contains(&(FIRST_SEQ + number)))
            .map(|number| self.person(number))
    }

    /// Returns who has this id or login.
    pub(crate) fn find(&self, id_or_login: &str) -> Option<User> {
        let number = match id_or_login.split_once('@') {
            Some((name, _)) => name
                .rsplit('.')
                .next()?
                .parse::<u64>()
                .ok()?
                .checked_sub(1)?,
            None => number_of(id_or_login)?,
        };
        if number >= self.count as u64 || self.gone.contains(&(FIRST_SEQ + number)) {
            return None;
        }
        let person = self.person(number);
        let is_meant = person.id == id_or_login || person.login().eq_ignore_ascii_case(id_or_login);
        is_meant.then_some(person)
    }

    fn person(&self, number: u64) -> User {
        let mut dice = Dice::new(number.wrapping_mul(0x5851_F42D_4C95_7F2D) ^ 0x63_726f_7764);
        let (department, cost_center, _, titles, _) = DEPARTMENTS[dice.below(DEPARTMENTS.len())];
        let (city, state, country, timezone, locale, is_japanese) =
            OFFICES[dice.below(OFFICES.len())];
        let speaks_japanese = dice.chance(if is_japanese { 92 } else { 6 });
        let (given, family, display) = named(&mut dice, speaks_japanese);
        let login = format!(
            "{}.{}.{}@aozora.example",
            plain(given),
            plain(family),
            number + 1
        );
        let profile = object(json!({
            "firstName": given, "lastName": family, "displayName": display,
            "login": login, "email": login,
            "title": dice.pick(titles).unwrap_or_default(),
            "department": department, "costCenter": cost_center,
            "organization": "Aozora Logistics",
            "employeeNumber": (100_000 + number).to_string(),
            "userType": if dice.chance(12) { "Contractor" } else { "Employee" },
            "city": city, "state": state, "countryCode": country,
            "timezone": timezone, "locale": locale,
            "preferredLanguage": if speaks_japanese { "ja" } else { "en" },
        }));
        let days = i64::try_from(25 + dice.below(2_100)).unwrap_or(25);
        let created = self.now - Duration::days(days) - part_of_day(&mut dice);
        let id = id_of(number, &mut dice);
        let seq = FIRST_SEQ + number;
        let mut user = User::staged(seq, id, USER_TYPE_ID.to_owned(), profile, created);
        let status = status_of(usize::try_from(number).unwrap_or(0));
        live(&mut user, &mut dice, status, self.now);
        user
    }
}

impl Org {
    /// Lets somebody of the crowd move in who is asked for by id or login.
    pub(crate) fn move_in(&mut self, id_or_login: &str) {
        if self.crowd.count == 0 || self.find_user(id_or_login).is_some() {
            return;
        }
        if let Some(person) = self.crowd.find(id_or_login) {
            self.insert_user(person);
        }
    }
}

/// An id as Okta's: prefix, letters, the number, the org's last letters.
fn id_of(number: u64, dice: &mut Dice) -> String {
    let mut digits = [b'0'; ID_DIGITS];
    let mut rest = number;
    for digit in digits.iter_mut().rev() {
        *digit = DIGITS[usize::try_from(rest % 62).unwrap_or(0)];
        rest /= 62;
    }
    format!("00u{}{}5d7", dice.word(9), String::from_utf8_lossy(&digits))
}

fn number_of(id: &str) -> Option<u64> {
    let digits = id.strip_prefix("00u")?.strip_suffix("5d7")?.get(9..)?;
    if digits.len() != ID_DIGITS {
        return None;
    }
    digits.bytes().try_fold(0_u64, |number, digit| {
        let value = DIGITS.iter().position(|known| *known == digit)?;
        Some(number * 62 + value as u64)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_is_the_same_each_time_and_found_by_id_and_login() {
        let crowd = Crowd::new(1_000_000, Utc::now());
        for number in [0, 1, 61, 62, 4_711, 999_999] {
            let person = crowd.person(number);
            assert_eq!(person.id.len(), 20);
            assert_eq!(crowd.find(&person.id).unwrap().profile, person.profile);
            assert_eq!(crowd.find(person.login()).unwrap().id, person.id);
        }
        assert!(crowd.find("00uAAAAAAAAA000005d7").is_none());
        assert!(
            Crowd::new(5, Utc::now())
                .find(&crowd.person(5).id)
                .is_none()
        );
    }

    #[test]
    fn lists_go_on_after_a_place_and_leave_out_who_is_gone() {
        let mut crowd = Crowd::new(10, Utc::now());
        crowd.forget(FIRST_SEQ + 3);
        let seqs: Vec<u64> = crowd
            .after(FIRST_SEQ + 1)
            .map(|it| it.seq - FIRST_SEQ)
            .collect();
        assert_eq!(seqs, [2, 4, 5, 6, 7, 8, 9]);
        assert_eq!(crowd.after(7).count(), 9);
        assert_eq!(crowd.after(FIRST_SEQ + 9).count(), 0);
    }
}
