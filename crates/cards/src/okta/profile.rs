//! The attributes that the profile of every Okta user has. What an org adds to its schema comes at design time.

use super::declare::{Put, Take, To, put, text_at};
use crate::declare::{Field, text};

/// How many there are.
pub(super) const ATTRIBUTES: usize = 31;

/// Key and label, in the order of Okta's profile page.
const PROFILE: [(&str, &str); ATTRIBUTES] = [
    ("login", "Username"),
    ("firstName", "First name"),
    ("lastName", "Last name"),
    ("middleName", "Middle name"),
    ("honorificPrefix", "Honorific prefix"),
    ("honorificSuffix", "Honorific suffix"),
    ("email", "Primary email"),
    ("title", "Title"),
    ("displayName", "Display name"),
    ("nickName", "Nickname"),
    ("profileUrl", "Profile URL"),
    ("secondEmail", "Secondary email"),
    ("mobilePhone", "Mobile phone"),
    ("primaryPhone", "Primary phone"),
    ("streetAddress", "Street address"),
    ("city", "City"),
    ("state", "State"),
    ("zipCode", "Zip code"),
    ("countryCode", "Country code"),
    ("postalAddress", "Postal address"),
    ("preferredLanguage", "Preferred language"),
    ("locale", "Locale"),
    ("timezone", "Time zone"),
    ("userType", "User type"),
    ("employeeNumber", "Employee number"),
    ("costCenter", "Cost center"),
    ("organization", "Organization"),
    ("division", "Division"),
    ("department", "Department"),
    ("managerId", "Manager ID"),
    ("manager", "Manager"),
];

/// Where each is in a user.
const PLACES: [&str; ATTRIBUTES] = [
    "profile.login",
    "profile.firstName",
    "profile.lastName",
    "profile.middleName",
    "profile.honorificPrefix",
    "profile.honorificSuffix",
    "profile.email",
    "profile.title",
    "profile.displayName",
    "profile.nickName",
    "profile.profileUrl",
    "profile.secondEmail",
    "profile.mobilePhone",
    "profile.primaryPhone",
    "profile.streetAddress",
    "profile.city",
    "profile.state",
    "profile.zipCode",
    "profile.countryCode",
    "profile.postalAddress",
    "profile.preferredLanguage",
    "profile.locale",
    "profile.timezone",
    "profile.userType",
    "profile.employeeNumber",
    "profile.costCenter",
    "profile.organization",
    "profile.division",
    "profile.department",
    "profile.managerId",
    "profile.manager",
];

/// How many stand on a card when it is added: Username, First name, Last name.
const SHOWN: usize = 3;

/// Returns an input for each attribute; a new user needs a user name and an email.
pub(super) const fn put_attributes(is_new: bool) -> [Put; ATTRIBUTES] {
    let mut puts = [put(text("").of("Profile"), To::Profile); ATTRIBUTES];
    let mut at = 0;
    while at < ATTRIBUTES {
        let (key, label) = PROFILE[at];
        let field = text(key).of("Profile").label(label);
        puts[at] = put(shown(field, at, is_new), To::Profile);
        at += 1;
    }
    if is_new {
        puts[0].field.required = true;
        puts[EMAIL].field.required = true;
    }
    puts
}

/// Position of Primary email.
const EMAIL: usize = 6;

const fn shown(field: Field, at: usize, is_new: bool) -> Field {
    if is_new && (at < SHOWN || at == EMAIL) {
        field
    } else {
        field.more()
    }
}

/// Returns an output for each attribute.
pub(super) const fn take_attributes(group: &'static str) -> [Take; ATTRIBUTES] {
    let mut takes = [text_at("", ""); ATTRIBUTES];
    let mut at = 0;
    while at < ATTRIBUTES {
        let (key, label) = PROFILE[at];
        let take = text_at(key, PLACES[at]).of(group).label(label);
        takes[at] = if at < SHOWN || at == EMAIL {
            take
        } else {
            take.more()
        };
        at += 1;
    }
    takes
}
