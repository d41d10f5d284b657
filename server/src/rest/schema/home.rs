//! The home page.

use serde_json::Value as Json;

use super::{Named, kind, many, object, of, one_of, or_null, pair, text, time, whole};

pub(super) fn schemas() -> Named {
    vec![
        ("Home", home()),
        ("HomeFigures", figures()),
        ("HomePart", part()),
        ("Attention", attention()),
        ("BusyFlow", busy_flow()),
        ("BudgetBar", budget_bar()),
        (
            "Dismiss",
            object(
                "Puts away something that somebody should look at.",
                &[
                    ("key", text("What it is about, as `attention` says.")),
                    ("mark", text("How it stood, as `attention` says.")),
                    (
                        "reason",
                        text("Why nobody has to look, 1 to 200 characters."),
                    ),
                ],
                &[],
            ),
        ),
    ]
}

fn home() -> Json {
    object(
        "Figures and lists of the home page.",
        &[
            ("flows_on", whole("Flows that are on.")),
            ("flows", whole("All flows.")),
            (
                "connections",
                many(
                    "All connections, each as id and name.",
                    pair(text(""), text("")),
                ),
            ),
            ("figures", of("HomeFigures", "Of the span.")),
            (
                "before",
                of(
                    "HomeFigures",
                    "Of the same span a week before; of the month before for a month.",
                ),
            ),
            ("part_ms", whole("Length of a part, in milliseconds.")),
            (
                "parts",
                many("The span in parts, oldest first.", of("HomePart", "")),
            ),
            (
                "attention",
                many("What somebody should look at.", of("Attention", "")),
            ),
            ("busiest", many("Flows with most runs.", of("BusyFlow", ""))),
            (
                "budgets",
                many("The fullest rate limits.", of("BudgetBar", "")),
            ),
        ],
        &[],
    )
}

fn figures() -> Json {
    object(
        "Figures of a span.",
        &[
            ("runs", whole("Runs.")),
            ("succeeded", whole("Those that ended well.")),
            ("failed", whole("Those that failed.")),
            (
                "median_ms",
                or_null(whole("Half of the runs took no longer.")),
            ),
            ("p95_ms", or_null(whole("95 of 100 runs took no longer."))),
            ("waited_ms", whole("Time spent waiting for rate limits.")),
            (
                "lost",
                whole("Runs of which nobody knows whether a call took effect."),
            ),
        ],
        &[],
    )
}

fn part() -> Json {
    object(
        "A part of a span.",
        &[
            ("at", time("Its begin.")),
            ("succeeded", whole("Runs that ended well and did not wait.")),
            (
                "waited",
                whole("Runs that ended well and waited for a rate limit."),
            ),
            ("failed", whole("Runs that failed.")),
            ("waited_ms", whole("Time spent waiting.")),
            (
                "median_ms",
                or_null(whole("Half of the runs took no longer.")),
            ),
        ],
        &[],
    )
}

fn attention() -> Json {
    let run = || ("run", text("The newest run."));
    let flow = || {
        [
            ("flow", text("The flow.")),
            ("flow_name", text("Its name.")),
        ]
    };
    let connection = || {
        [
            ("connection", text("The connection.")),
            ("name", text("Its name.")),
        ]
    };
    let [of_flow, name_of_flow] = flow();
    let mut failed = vec![run(), of_flow, name_of_flow];
    failed.extend([
        ("error", text("What went wrong.")),
        ("code", text("The same as a stable word.")),
        ("count", whole("How many runs.")),
        ("since", time("The first of them.")),
    ]);
    let mut unknown = vec![run()];
    unknown.extend(flow());
    unknown.push(("count", whole("How many runs.")));
    let mut reauthorize = connection().to_vec();
    reauthorize.push(("flows", whole("Flows that use it.")));
    let mut limit = connection().to_vec();
    limit.extend([
        ("bucket", text("The rate limit.")),
        ("left", whole("Calls left in this minute.")),
        ("limit", whole("Calls in a minute.")),
        ("waiting", whole("Runs that wait.")),
    ]);
    let mut overdue = flow().to_vec();
    overdue.push(("at", time("When it was planned.")));
    let mut draft = flow().to_vec();
    draft.push(("problems", whole("Problems of the draft.")));
    let what = one_of(
        "What is the matter.",
        vec![
            kind("failed", &failed, &[]),
            kind("outcome_unknown", &unknown, &[]),
            kind("reauthorize", &reauthorize, &[]),
            kind("limit", &limit, &[]),
            kind("overdue", &overdue, &[]),
            kind("draft", &draft, &[]),
        ],
    );
    let dismissed = object(
        "Somebody put it away.",
        &[
            ("person", text("Who; empty where they are gone.")),
            ("reason", text("Why.")),
            ("at", time("When.")),
        ],
        &[],
    );
    object(
        "Something that somebody should look at.",
        &[
            ("key", text("What it is about.")),
            ("mark", text("How it stands; another mark brings it back.")),
            ("what", what),
        ],
        &[("dismissed", dismissed)],
    )
}

fn busy_flow() -> Json {
    object(
        "A flow with many runs.",
        &[
            ("flow", text("The flow.")),
            ("name", text("Its name.")),
            ("flow_kind", or_null(text("How it is started."))),
            ("runs", whole("Runs in the span.")),
            ("failed", whole("Those that failed.")),
            ("last_run", or_null(of("LastRun", "Its newest run."))),
        ],
        &[],
    )
}

fn budget_bar() -> Json {
    object(
        "How full a rate limit is.",
        &[
            ("connection", text("The connection.")),
            ("name", text("Its name.")),
            ("bucket", text("The rate limit.")),
            ("used", whole("Calls of this minute.")),
            ("limit", whole("Calls in a minute.")),
            (
                "forecast",
                whole("Calls at the end of this minute, as it goes now."),
            ),
        ],
        &[],
    )
}
