//! Single people of a directory.

use super::super::{Named, many, map, object, of, or_null, text, truth};

pub(super) fn schemas() -> Named {
    vec![
        (
            "DirectoryUser",
            map(
                "A user by attribute: a text for one value, a list for several; isEnabled says whether the account is.",
            ),
        ),
        (
            "SignInUser",
            object(
                "Tries the password of a person.",
                &[
                    (
                        "username",
                        text(
                            "A user principal name, an account name, a mail address or a distinguished name.",
                        ),
                    ),
                    (
                        "password",
                        text(
                            "The password. It goes to the directory over TLS and is kept nowhere.",
                        ),
                    ),
                ],
                &[],
            ),
        ),
        (
            "SignedInUser",
            object(
                "What came of a sign-in.",
                &[
                    (
                        "is_signed_in",
                        truth(
                            "The directory took the password, and the rules have nothing against it.",
                        ),
                    ),
                    ("reason", or_null(text("Why not."))),
                    ("outcome", text("What was done in the org.")),
                    ("okta_user", or_null(text("The user of the org."))),
                    ("login", or_null(text("Its user name."))),
                    ("rules", many("The rules that decided.", text(""))),
                    ("missing", many("Attributes that are missing.", text(""))),
                ],
                &[],
            ),
        ),
        (
            "WriteBack",
            object(
                "Writes what the mapping makes of an Okta user into the directory.",
                &[(
                    "person",
                    text(
                        "A distinguished name, user principal name, account name, mail address or objectGUID.",
                    ),
                )],
                &[
                    (
                        "profile",
                        or_null(map(
                            "The profile of the Okta user; read from the org where absent.",
                        )),
                    ),
                    (
                        "only",
                        many(
                            "Only these attributes; all that the mapping writes where empty.",
                            text(""),
                        ),
                    ),
                ],
            ),
        ),
        (
            "WrittenBack",
            object(
                "What was written.",
                &[
                    ("is_all_written", truth("Nothing was refused.")),
                    ("written", many("Attributes that were written.", text(""))),
                    (
                        "failed",
                        many("Attributes that were not.", of("NotWrittenBack", "")),
                    ),
                ],
                &[],
            ),
        ),
        (
            "NotWrittenBack",
            object(
                "An attribute that was not written.",
                &[
                    ("attribute", text("The attribute.")),
                    ("error", text("Why, and what to do.")),
                ],
                &[],
            ),
        ),
    ]
}
