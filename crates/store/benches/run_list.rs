//! How long the list of runs takes over 1,000,000 runs, filter by filter, on SQLite or on a PostgreSQL database that is empty.
//!
//! `cargo bench --package store --bench run_list`; `NAGARE_BENCH_DATABASE` names another database than a new SQLite file,
//! `NAGARE_BENCH_RUNS` another number of runs. The goal is 100 ms for 95 of 100 pages.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark that cannot be set up stops, and prints what it measured"
)]

use std::env;
use std::time::{Duration, Instant};

use sqlx::{AssertSqlSafe, Connection as _};
use store::Store;
use store::runs::{self, Cause, RunFilter, RunParent, RunStatus, StartedBy};

/// Pages that are asked for with each filter.
const PAGES: usize = 20;

#[tokio::main]
async fn main() {
    let folder = env::temp_dir().join(format!("nagare-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = format!("sqlite://{}/bench.db", folder.display());
    let url = env::var("NAGARE_BENCH_DATABASE").unwrap_or(file);
    let count: i64 = env::var("NAGARE_BENCH_RUNS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(1_000_000);
    let store = Store::open(&url).await.unwrap();
    let begun = Instant::now();
    fill(&url, count).await;
    println!("{count} runs in {} s", begun.elapsed().as_secs());
    println!("| filter | runs on the first page | p50 | p95 |");
    println!("| --- | ---: | ---: | ---: |");
    for (name, filter) in filters() {
        measure(&store, name, filter).await;
    }
    store.close().await;
    std::fs::remove_dir_all(&folder).unwrap();
}

/// Ten flows; 97 of 100 runs succeed, six of ten were called by another run, few were started by a person.
async fn fill(url: &str, count: i64) {
    sqlx::any::install_default_drivers();
    let mut connection = sqlx::AnyConnection::connect(url).await.unwrap();
    let is_postgres = url.starts_with("postgres");
    let numbers = if is_postgres {
        format!("select n from generate_series(0, {}) as g(n)", count - 1)
    } else {
        format!(
            "with recursive g(n) as (select 0 union all select n + 1 from g where n < {}) select n from g",
            count - 1
        )
    };
    let digits = if is_postgres {
        "lpad(n::text, 16, '0')"
    } else {
        "printf('%016d', n)"
    };
    let flow = if is_postgres {
        "(n % 10)::text"
    } else {
        "(n % 10)"
    };
    let mark = if is_postgres { "n::text" } else { "n" };
    let statement = format!(
        "insert into run (id, flow, flow_name, version, parent_run, root_run, item, cause, status, created_at, started_at, \
         ended_at, duration_ms, error_code, error_message, person, subject, is_private, input, result) \
         select '01KB000000' || {digits}, 'f' || {flow}, 'Flow', 1 + n % 5, \
         case when n % 10 < 6 then '01KA' || {mark} end, '01KB', -1, \
         case when n % 10 < 6 then 'helper' when n % 200 = 7 then 'manual' else 'event' end, \
         case when n % 50 = 0 then 'failed' when n % 997 = 1 then 'canceled' else 'succeeded' end, \
         n, n, n, 12, case when n % 50 = 0 then 'okta.refused' end, \
         case when n % 50 = 0 then 'The org refused the call ' || {mark} end, \
         case when n % 200 = 7 then 'p' || {flow} end, \
         case when n % 3 = 0 then 'person' || {mark} || '@example.com' end, 0, '[]', null from ({numbers}) as all_numbers"
    );
    sqlx::query(AssertSqlSafe(statement))
        .execute(&mut connection)
        .await
        .unwrap();
    sqlx::query("analyze")
        .execute(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
}

fn filters() -> Vec<(&'static str, RunFilter)> {
    let top = || RunFilter {
        parent: RunParent::Top,
        limit: 50,
        ..RunFilter::default()
    };
    let by = |cause, by_person| StartedBy { cause, by_person };
    vec![
        ("none", top()),
        (
            "with helper runs",
            RunFilter {
                parent: RunParent::Any,
                ..top()
            },
        ),
        (
            "one flow",
            RunFilter {
                flows: vec!["f7".into()],
                ..top()
            },
        ),
        (
            "a flow that only others call",
            RunFilter {
                flows: vec!["f1".into()],
                ..top()
            },
        ),
        (
            "failed",
            RunFilter {
                statuses: vec![RunStatus::Failed],
                parent: RunParent::Any,
                ..top()
            },
        ),
        (
            "canceled, of one flow",
            RunFilter {
                statuses: vec![RunStatus::Canceled],
                flows: vec!["f8".into()],
                ..top()
            },
        ),
        (
            "started by hand",
            RunFilter {
                causes: vec![by(Cause::Manual, None)],
                ..top()
            },
        ),
        (
            "started by one person",
            RunFilter {
                person: Some("p7".into()),
                ..top()
            },
        ),
        (
            "started by a person who started none",
            RunFilter {
                person: Some("p9".into()),
                ..top()
            },
        ),
        (
            "about one person",
            RunFilter {
                subject: Some("person300000@example.com".to_owned()),
                parent: RunParent::Any,
                ..top()
            },
        ),
        (
            "one version",
            RunFilter {
                version: Some(3),
                ..top()
            },
        ),
        (
            "one version of one flow, which never ran",
            RunFilter {
                version: Some(99),
                flows: vec!["f7".into()],
                ..top()
            },
        ),
        (
            "a version that never ran",
            RunFilter {
                version: Some(99),
                ..top()
            },
        ),
        (
            "a text that is in no run",
            RunFilter {
                text: Some("nowhere at all".to_owned()),
                ..top()
            },
        ),
        (
            "the beginning of an id",
            RunFilter {
                text: Some("01KB00000000000000005".to_owned()),
                ..top()
            },
        ),
    ]
}

async fn measure(store: &Store, name: &str, filter: RunFilter) {
    let mut took = Vec::with_capacity(PAGES);
    let mut first = 0;
    let mut before = None;
    for page in 0..PAGES {
        let asked = RunFilter {
            before: before.clone(),
            ..filter.clone()
        };
        let begun = Instant::now();
        let found = runs::list(store, &asked).await.unwrap();
        took.push(begun.elapsed());
        if page == 0 {
            first = found.items.len();
        }
        // Page after page; from the beginning again where there is no more.
        before = found.next;
    }
    took.sort();
    let ms = |share: usize| {
        let at = took.get(took.len() * share / 100).or(took.last());
        at.map_or(0.0, Duration::as_secs_f64) * 1_000.0
    };
    println!("| {name} | {first} | {:.1} ms | {:.1} ms |", ms(50), ms(95));
}
