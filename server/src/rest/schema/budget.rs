//! Rate limits of an org.

use serde_json::Value as Json;

use super::{Named, many, object, of, or_null, text, time, whole};

pub(super) fn schemas() -> Named {
    vec![
        ("Budget", budget()),
        ("BucketBudget", bucket()),
        ("BudgetMinute", minute()),
        (
            "NewShare",
            object(
                "Changes how much of each bucket is left to others.",
                &[("leave_percent", whole("From 0 to 90 percent."))],
                &[],
            ),
        ),
    ]
}

fn budget() -> Json {
    object(
        "How the rate limits of a connection's org stand; all connections to an org share them.",
        &[
            ("at", time("When this was so.")),
            (
                "leave_percent",
                whole("This much of each bucket the connection leaves to everybody else."),
            ),
            ("under_way", whole("Calls under way to the org.")),
            ("places", whole("Calls that may be under way at once.")),
            ("waiting", whole("Calls that wait for a limit.")),
            (
                "paused_until",
                or_null(time(
                    "Nothing is sent before: too many calls were under way.",
                )),
            ),
            (
                "buckets",
                many(
                    "The buckets that were used since the server started.",
                    of("BucketBudget", ""),
                ),
            ),
        ],
        &[],
    )
}

fn bucket() -> Json {
    object(
        "A family of endpoints that the org counts together.",
        &[
            ("name", text("The family, for instance `/api/v1/users`.")),
            (
                "limit",
                or_null(whole("Requests that a window of a minute allows.")),
            ),
            ("ours", whole("Requests of this server in the open window.")),
            (
                "others",
                whole("Requests of everybody else in the open window."),
            ),
            ("left", or_null(whole("Requests left."))),
            ("resets_at", or_null(time("When the window ends."))),
            (
                "blocked_until",
                or_null(time("Nothing is sent before: the org refused a call.")),
            ),
            ("under_way", whole("Calls under way.")),
            ("waiting", whole("Calls that wait.")),
            (
                "minutes",
                many(
                    "The latest hour; minutes without a call are left out.",
                    of("BudgetMinute", ""),
                ),
            ),
        ],
        &[],
    )
}

fn minute() -> Json {
    object(
        "One minute of a bucket: its fullest moment.",
        &[
            ("at", time("When it began.")),
            ("ours", whole("Requests of this server.")),
            ("others", whole("Requests of everybody else.")),
            ("limit", whole("Requests that the window allowed.")),
            ("waiting", whole("Calls that waited.")),
        ],
        &[],
    )
}
