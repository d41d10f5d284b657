//! What the cards do where Okta's documents leave a doubt.

/// What it is about, and the decision.
pub(crate) const DECISIONS: &[(&str, &str)] = &[
    (
        "Update Group and Update Group Rule keep what is not given",
        "Okta replaces the whole resource and clears what it is not sent. Both cards read it first and lay the inputs over \
         it, so that a new name does not cost the description, nor a new expression the excluded users. A description is \
         cleared with Custom API Action.",
    ),
    (
        "Update User, Partial and Strict",
        "Partial (`POST`) changes only what is given. Strict (`PUT`) replaces the profile: every attribute without a value \
         is cleared, as its name says. Strict? is Okta's `strict`, which checks a password against the policy. Inputs that \
         are empty are not sent in either case. A card with nothing to change is refused before the call.",
    ),
    (
        "Delete User takes two calls",
        "Okta deactivates a user who is not deactivated yet, and deletes only at the second call. The card makes one call, \
         as Okta's own card does: put it twice, or Deactivate User before it. Because of that it is never repeated by \
         itself, nor is a Custom API Action that deletes a user.",
    ),
    (
        "Update Application Profile with credentials",
        "The API takes either credentials or a profile in one call. The card has fields for both, and makes two calls when \
         both are given: credentials first. Its outputs are those of the second.",
    ),
    (
        "List Applications Assigned to User",
        "Calls `GET /api/v1/apps` with a filter on `user.id`, because the card's outputs are those of an application; the \
         alternative, the app links of a user, has no ids of applications. It needs `okta.apps.read` alone.",
    ),
    (
        "Reset Password, Convert to Federated User",
        "Sends `provider=FEDERATION` and no mail. The query parameter is of an earlier description; the present one is \
         silent about it, and orgs still take it.",
    ),
    (
        "Bulk User Import",
        "Sends at most 200 users and 200 KB a call and at most 50 calls a session; more is refused before the first call, \
         so that a session never holds half of a list. Users Per Page can make calls smaller, not larger.",
    ),
    (
        "Map Profile Source Attributes",
        "Makes no call. It takes the value under External ID Key out of each row, and sends texts, numbers and True/False \
         as texts, since Okta takes texts only. Objects, lists and empty values are left out. Which attributes the \
         application declares is not looked at: Okta answers for those that it does not know.",
    ),
    (
        "Find Users",
        "`q` cannot be paged: Okta gives one page, of 200 users at most, without deactivated ones. Streaming works on that \
         page.",
    ),
    (
        "Search System Logs",
        "Without Until the log is a poll that names a next page for ever; an empty page is taken as its end. Keywords of \
         more than 40 characters are refused before the call.",
    ),
    (
        "Custom API Action",
        "Calls paths of the connection's own org only, and never sends headers that say who calls or where to: \
         `Authorization`, `Host`, `Cookie` and the like are refused. A text body has to be JSON. POST and PATCH are not \
         repeated when nobody knows how they ended.",
    ),
    (
        "Methods that nobody has seen",
        "They follow the pattern of those that were seen: the English title in lower camel case. Known exceptions are \
         `searchUsers` (Find Users), `hTTPRequest` (Custom API Action), `createAnImportSession` and \
         `userReportedSuspiciousActivityBeta`. A flow with another name imports, and the card is shown as unknown.",
    ),
    (
        "Outputs of events",
        "`Event Details` is the event of the System Log. `Event ID`, `Event Time` and `Source` are those of the delivery \
         to an event hook; where the event was read from the log, its own `uuid` and time stand in for them. Targets are \
         found by their type, never by their position.",
    ),
];
