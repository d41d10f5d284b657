//! One user: creating, reading, changing.

use flow::{Args, CardError};

use super::declare::{
    Action, Put, Take, To, action, date_at, exists, grouped, joined, keys, nested, objects_at, put,
    text_at, whole,
};
use super::fields::{PROVIDER, PROVIDER_KEYS, USER_SYSTEM};
use super::guidance;
use super::profile::{ATTRIBUTES, put_attributes, take_attributes};
use super::send::{nothing_to_change, request};
use crate::declare::{boolean, pick_as, text, texts, words};
use crate::web::{HttpRequest, Method};

const PASSWORD: Put = put(
    text("Password").of("Credentials").more(),
    To::Body("credentials.password.value"),
);
const QUESTION: Put = put(
    text("Question").of("Credentials").more(),
    To::Body("credentials.recovery_question.question"),
);
const ANSWER: Put = put(
    text("Answer").of("Credentials").more(),
    To::Body("credentials.recovery_question.answer"),
);

static CREATE_INPUTS: [Put; ATTRIBUTES + 8] = joined(
    put_attributes(true),
    [
        put(
            text("option")
                .label("Option")
                .option()
                .choices(&[
                    pick_as("getInputsnoCreds", "without Credentials"),
                    pick_as("getInputswithRecoveryQ", "with Recovery Question"),
                    pick_as("getInputswithPW", "with Password"),
                    pick_as("getInputsPWRecoveryQ", "with Password & Recovery Question"),
                    pick_as("getInputsAuthProv", "with Authentication Provider"),
                    pick_as("getInputsGroup", "in Group"),
                ])
                .starts_as("\"getInputsnoCreds\""),
            To::Nowhere,
        ),
        PASSWORD,
        QUESTION,
        ANSWER,
        put(
            text("Provider Name").of("Credentials").more(),
            To::Body("credentials.provider.name"),
        ),
        put(
            text("Provider Type").of("Credentials").more(),
            To::Body("credentials.provider.type"),
        ),
        put(
            texts("groupIds").of("Groups").label("Group ID").more(),
            To::Body("groupIds"),
        ),
        put(
            boolean("Activate").of("Activate").starts_as("true"),
            To::Query("activate"),
        ),
    ],
);

static UPDATE_INPUTS: [Put; ATTRIBUTES + 6] = joined(
    [
        put(text("ID").of("User").required(), To::Path("id")),
        put(
            text("updateSemantics")
                .label("Update Semantics")
                .option()
                .choices(&[pick_as("POST", "Partial"), pick_as("PUT", "Strict")])
                .starts_as("\"POST\""),
            To::Nowhere,
        ),
        put(boolean("Strict?").of("Option").more(), To::Query("strict")),
        PASSWORD,
        QUESTION,
        ANSWER,
    ],
    put_attributes(false),
);

const NEW_CREDENTIALS: [Take; 4] = [
    objects_at("Emails", "credentials.emails"),
    exists("Password", "credentials.password"),
    text_at(
        "Recovery Question",
        "credentials.recovery_question.question",
    ),
    nested("Provider", &PROVIDER, PROVIDER_KEYS),
];

static CREATED: [Take; 10] = grouped(
    "Results",
    [
        whole("Raw Body"),
        text_at("ID", "id"),
        text_at("Status", "status"),
        date_at("Created", "created").more(),
        date_at("Activated", "activated").more(),
        date_at("Status Changed", "statusChanged").more(),
        date_at("Last Login", "lastLogin").more(),
        date_at("Last Updated", "lastUpdated").more(),
        date_at("Password Changed", "passwordChanged").more(),
        nested("Credentials", &NEW_CREDENTIALS, &keys(NEW_CREDENTIALS)).more(),
    ],
);

const REALM: [Take; 1] = [text_at("Realm ID", "realmId").more()];

static READ: [Take; ATTRIBUTES + 10] = joined(
    take_attributes("Profile Properties"),
    grouped(
        "System Properties",
        joined::<Take, 9, 1, 10>(USER_SYSTEM, REALM),
    ),
);

pub(super) static ACTIONS: [Action; 3] = [
    action(
        "okta:createUser",
        words("Create User", "ユーザーの作成"),
        words(
            "Creates a user, with or without a password, a recovery question, a provider or groups.",
            "Oktaでユーザーを作成します。",
        ),
        Method::Post,
        "/api/v1/users",
    )
    .notes(&[guidance::CREATE_USER])
    .scopes(&["okta.users.manage"])
    .inputs(&CREATE_INPUTS)
    .outputs(&CREATED)
    .profile("Profile Properties")
    .custom(create),
    action(
        "okta:readUser",
        words("Read User", "ユーザーの読み取り"),
        words(
            "Reads a user by id or login.",
            "IDまたはユーザー名によって、Oktaユーザーのシステム情報およびプロファイルプロパティーを参照します。",
        ),
        Method::Get,
        "/api/v1/users/{id}",
    )
    .scopes(&["okta.users.read"])
    .inputs(&[put(text("ID or Login").of("User").required(), To::Path("id"))])
    .outputs(&READ)
    .profile("Profile Properties"),
    action(
        "okta:updateUser",
        words("Update User", "ユーザーの更新"),
        words(
            "Changes a user.",
            "IDまたはユーザー名によって、Oktaユーザーのシステム情報およびプロファイルプロパティを更新します。",
        ),
        Method::Post,
        "/api/v1/users/{id}",
    )
    .notes(&[guidance::UPDATE_USER])
    .scopes(&["okta.users.manage"])
    .inputs(&UPDATE_INPUTS)
    .outputs(&grouped("System Properties", USER_SYSTEM))
    .profile("Profile Properties")
    .custom(update)
    .repeatable(),
];

/// Okta activates new users unless told otherwise.
fn create(action: &Action, args: &Args) -> Result<HttpRequest, CardError> {
    for (key, label) in [("login", "Username"), ("email", "Primary email")] {
        if args.get("Profile", key).is_empty() {
            return Err(CardError::new(
                "missing_input",
                format!("The input Profile {label} is empty. Map a value to it."),
            ));
        }
    }
    let mut request = request(action, args)?;
    let provider = args.get("parameters", "option").to_text() == "getInputsAuthProv";
    if provider {
        request.query.push(("provider".into(), "true".into()));
    }
    Ok(request)
}

/// Partial is a POST, Strict a PUT, which clears what is not given.
fn update(action: &Action, args: &Args) -> Result<HttpRequest, CardError> {
    let strict = matches!(
        args.get("parameters", "updateSemantics").to_text().as_str(),
        "PUT" | "Strict"
    );
    let request = request(action, args)?;
    if request.body.is_none() {
        return Err(nothing_to_change());
    }
    Ok(HttpRequest {
        method: if strict { Method::Put } else { Method::Post },
        ..request
    })
}
