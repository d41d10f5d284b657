//! What connectors are called that are not available here: only their modules are known.

/// Connectors whose names are not their modules with a capital letter.
const NAMES: [(&str, &str); 16] = [
    ("googleworkspace", "Google Workspace"),
    ("googlesheets", "Google Sheets"),
    ("googledrive", "Google Drive"),
    ("gmail", "Gmail"),
    ("office365", "Office 365"),
    ("office365admin", "Office 365 Admin"),
    ("office365mail", "Office 365 Mail"),
    ("excelonline", "Excel Online"),
    ("onedrive", "OneDrive"),
    ("azuread", "Microsoft Entra ID (Azure AD)"),
    ("microsoftteams", "Microsoft Teams"),
    ("sendgrid", "SendGrid"),
    ("servicenow", "ServiceNow"),
    ("pagerduty", "PagerDuty"),
    ("bamboohr", "BambooHR"),
    ("github", "GitHub"),
];

/// Returns the name of a connector by its module: without the digits by which packs tell custom connectors apart, in
/// words.
pub fn connector_name(module: &str) -> String {
    let own = match module.rsplit_once('_') {
        Some((own, digits)) if is_custom_id(digits) && !own.is_empty() => own,
        _ => module,
    };
    let known = NAMES.iter().find(|(key, _)| *key == own.to_lowercase());
    if let Some((_, name)) = known {
        return (*name).to_owned();
    }
    let mut name = String::with_capacity(own.len() + 4);
    let mut is_start = true;
    let mut was_small = false;
    for letter in own.chars() {
        if matches!(letter, '_' | '-' | ' ' | '.') {
            is_start = true;
            continue;
        }
        let begins = is_start || (was_small && letter.is_uppercase());
        if begins && !name.is_empty() {
            name.push(' ');
        }
        if is_start {
            name.extend(letter.to_uppercase());
        } else {
            name.push(letter);
        }
        is_start = false;
        was_small = letter.is_lowercase();
    }
    if name.is_empty() {
        module.to_owned()
    } else {
        name
    }
}

fn is_custom_id(digits: &str) -> bool {
    digits.len() == 32 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::connector_name;

    #[test]
    fn a_connector_is_called_in_words() {
        for (module, name) in [
            ("slack", "Slack"),
            ("googleworkspace", "Google Workspace"),
            ("mondaycom_0123456789abcdef0123456789abcdef", "Mondaycom"),
            ("workday_hr", "Workday Hr"),
            ("serviceNowCsm", "Service Now Csm"),
            ("___", "___"),
            ("éclair", "Éclair"),
        ] {
            assert_eq!(connector_name(module), name);
        }
    }
}
