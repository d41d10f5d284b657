//! The profile schemas of users and groups, and what they say about a profile.

use serde_json::{Map, Value, json};

/// One attribute of a profile.
#[derive(Clone, Debug)]
pub(crate) struct Attribute {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) kind: String,
    pub(crate) is_required: bool,
    pub(crate) min_length: Option<u64>,
    pub(crate) max_length: Option<u64>,
    pub(crate) is_email: bool,
    /// How the schema API shows a custom attribute; base attributes are shown from the fields above.
    pub(crate) declared: Option<Value>,
}

/// The attributes of a kind of profile: those that every org has, and the org's own.
#[derive(Clone, Debug)]
pub(crate) struct Schema {
    pub(crate) base: Vec<Attribute>,
    pub(crate) custom: Vec<Attribute>,
}

/// Name, title, longest value.
const USER_ATTRIBUTES: [(&str, &str, u64); 31] = [
    ("login", "Username", 100),
    ("firstName", "First name", 50),
    ("lastName", "Last name", 50),
    ("middleName", "Middle name", 1024),
    ("honorificPrefix", "Honorific prefix", 1024),
    ("honorificSuffix", "Honorific suffix", 1024),
    ("email", "Primary email", 100),
    ("title", "Title", 1024),
    ("displayName", "Display name", 1024),
    ("nickName", "Nickname", 1024),
    ("profileUrl", "Profile Url", 1024),
    ("secondEmail", "Secondary email", 100),
    ("mobilePhone", "Mobile phone", 100),
    ("primaryPhone", "Primary phone", 100),
    ("streetAddress", "Street address", 1024),
    ("city", "City", 1024),
    ("state", "State", 1024),
    ("zipCode", "Zip code", 1024),
    ("countryCode", "Country code", 2),
    ("postalAddress", "Postal Address", 4096),
    ("preferredLanguage", "Preferred language", 1024),
    ("locale", "Locale", 1024),
    ("timezone", "Time zone", 1024),
    ("userType", "User type", 1024),
    ("employeeNumber", "Employee number", 1024),
    ("costCenter", "Cost center", 1024),
    ("organization", "Organization", 1024),
    ("division", "Division", 1024),
    ("department", "Department", 1024),
    ("managerId", "ManagerId", 1024),
    ("manager", "Manager", 1024),
];

impl Attribute {
    fn base(name: &str, title: &str, max_length: u64) -> Attribute {
        let is_required = matches!(name, "login" | "firstName" | "lastName" | "email");
        Attribute {
            name: name.to_owned(),
            title: title.to_owned(),
            kind: "string".to_owned(),
            is_required,
            min_length: is_required.then_some(if name == "login" { 5 } else { 1 }),
            max_length: Some(max_length),
            is_email: matches!(name, "email" | "secondEmail"),
            declared: None,
        }
    }

    /// How the schema API shows the attribute.
    pub(crate) fn shown(&self) -> Value {
        if let Some(declared) = &self.declared {
            return declared.clone();
        }
        let mut shown = json!({
            "title": self.title,
            "type": self.kind,
            "mutability": "READ_WRITE",
            "scope": "NONE",
            "permissions": [{"principal": "SELF", "action": if self.is_required { "READ_WRITE" } else { "READ_ONLY" }}],
            "master": {"type": "PROFILE_MASTER"},
        });
        if self.is_required {
            shown["required"] = true.into();
        }
        if self.is_email {
            shown["format"] = "email".into();
        }
        if let Some(length) = self.min_length {
            shown["minLength"] = length.into();
        }
        if let Some(length) = self.max_length {
            shown["maxLength"] = length.into();
        }
        shown
    }

    /// Tells whether a value, or each of an array, is one of those that `enum` allows.
    fn is_listed(&self, value: &Value) -> bool {
        let Some(declared) = &self.declared else {
            return true;
        };
        let allowed = declared["enum"].as_array();
        let of_items = declared["items"]["enum"].as_array();
        allowed.is_none_or(|allowed| allowed.contains(value))
            && of_items.is_none_or(|allowed| {
                let items = value.as_array().into_iter().flatten();
                items.into_iter().all(|item| allowed.contains(item))
            })
    }

    fn fault(&self, value: &Value) -> Option<&'static str> {
        let has_kind = match self.kind.as_str() {
            "boolean" => value.is_boolean(),
            "integer" => value.is_i64(),
            "number" => value.is_number(),
            "array" => value.is_array(),
            _ => value.is_string(),
        };
        if !has_kind {
            return Some("The value does not have the type that the schema defines");
        }
        if !self.is_listed(value) {
            return Some("The value is not in the list of values that the schema defines");
        }
        let length = value.as_str().map(|text| text.chars().count() as u64)?;
        if self.is_required && length == 0 {
            Some("The field cannot be left blank")
        } else if self.max_length.is_some_and(|most| length > most) {
            Some("The field is too long")
        } else if self.min_length.is_some_and(|least| length < least) {
            Some("The field is too short")
        } else if self.is_email && length > 0 && !is_email(value.as_str().unwrap_or_default()) {
            Some("Does not match required pattern")
        } else if self.name == "login" && !is_email(value.as_str().unwrap_or_default()) {
            Some("Username must be in the form of an email address")
        } else {
            None
        }
    }
}

impl Schema {
    pub(crate) fn of_users() -> Schema {
        Schema {
            base: USER_ATTRIBUTES
                .iter()
                .map(|(name, title, length)| Attribute::base(name, title, *length))
                .collect(),
            custom: Vec::new(),
        }
    }

    pub(crate) fn of_groups() -> Schema {
        let mut name = Attribute::base("name", "Name", 255);
        name.is_required = true;
        name.min_length = Some(1);
        Schema {
            base: vec![name, Attribute::base("description", "Description", 1024)],
            custom: Vec::new(),
        }
    }

    /// What every application knows about its users.
    pub(crate) fn of_app_users() -> Vec<Attribute> {
        [
            ("userName", "Username", 100),
            ("given_name", "Given name", 50),
            ("family_name", "Family name", 50),
            ("email", "Email", 100),
        ]
        .map(|(name, title, length)| Attribute {
            is_required: name == "userName",
            min_length: None,
            is_email: false,
            ..Attribute::base(name, title, length)
        })
        .into()
    }

    pub(crate) fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.base
            .iter()
            .chain(&self.custom)
            .find(|it| it.name == name)
    }

    /// What is wrong with a complete profile: attribute and reason, in the order of the schema.
    pub(crate) fn faults(&self, profile: &Map<String, Value>) -> Vec<(String, String)> {
        let mut faults = Vec::new();
        for attribute in self.base.iter().chain(&self.custom) {
            let fault = match profile.get(&attribute.name) {
                None | Some(Value::Null) if attribute.is_required => {
                    Some("The field cannot be left blank")
                }
                None | Some(Value::Null) => None,
                Some(value) => attribute.fault(value),
            };
            faults.extend(fault.map(|fault| (attribute.name.clone(), fault.to_owned())));
        }
        for name in profile.keys() {
            if self.attribute(name).is_none() {
                faults.push((
                    name.clone(),
                    "The attribute is not defined in the profile schema".to_owned(),
                ));
            }
        }
        faults
    }

    pub(crate) fn shown(of: &[Attribute], id: &str) -> Value {
        let properties: Map<String, Value> = of
            .iter()
            .map(|attribute| (attribute.name.clone(), attribute.shown()))
            .collect();
        let required: Vec<&str> = of
            .iter()
            .filter(|attribute| attribute.is_required)
            .map(|attribute| attribute.name.as_str())
            .collect();
        json!({"id": id, "type": "object", "properties": properties, "required": required})
    }
}

fn is_email(text: &str) -> bool {
    let Some((name, domain)) = text.split_once('@') else {
        return false;
    };
    !name.is_empty()
        && domain.contains('.')
        && !domain.starts_with('.')
        && !domain.ends_with('.')
        && !domain.contains('@')
        && text
            .chars()
            .all(|letter| !letter.is_whitespace() && !letter.is_control())
}
