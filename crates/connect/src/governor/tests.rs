//! The decisions one by one, and the waiting around them.

use serde_json::Value as Json;

use super::*;

fn ask(method: &str, path: &str, flow: &str) -> Ask {
    Ask {
        family: Family::of(method, path),
        flow: Arc::from(flow),
        leave_percent: 0,
        is_again: false,
    }
}

fn said(status: u16, limit: i64, remaining: i64, reset_s: i64) -> Said {
    Said {
        status,
        limit: Some(limit),
        remaining: Some(remaining),
        reset_s: Some(reset_s),
        date_ms: None,
        retry_after_ms: None,
    }
}

/// Lets one call through and has it answered.
fn once(desk: &mut Desk, now: i64, path: &str, said: Said) {
    let id = desk.arrive(ask("GET", path, "a"));
    assert_eq!(desk.dispatch(now), [id]);
    desk.answered(id, now, &said, 0);
}

const USERS: &str = "/api/v1/users";
const NOBODY: [u64; 0] = [];

#[test]
fn a_used_up_bucket_waits_for_its_reset_and_others_do_not() {
    let mut desk = Desk::default();
    let one = "/api/v1/users/00u1a2b3c4d5e6f7g8h9";
    once(&mut desk, 50_000, one, said(200, 100, 0, 99));
    let other_user = desk.arrive(ask("GET", "/api/v1/users/00u9", "a"));
    assert_eq!(desk.dispatch(50_000), NOBODY);
    assert_eq!(desk.wakes_at(50_000), Some(100_000));
    let group = desk.arrive(ask("GET", "/api/v1/groups", "a"));
    assert_eq!(desk.dispatch(50_000), [group]);
    assert_eq!(desk.dispatch(99_999), NOBODY);
    assert_eq!(desk.dispatch(100_000), [other_user]);
}

#[test]
fn calls_under_way_count_against_what_is_left() {
    let mut desk = Desk::default();
    once(&mut desk, 0, USERS, said(200, 600, 3, 60));
    let ids: Vec<u64> = (0..5)
        .map(|_| desk.arrive(ask("GET", USERS, "a")))
        .collect();
    let mut gone = Vec::new();
    for now in 0..60_000 {
        gone.extend(desk.dispatch(now));
    }
    assert_eq!(gone, ids[..3], "three were left");
    desk.leave(ids[0]);
    assert_eq!(
        desk.dispatch(60_999),
        [ids[3]],
        "the org may not have counted it"
    );
}

#[test]
fn a_share_is_left_to_others_and_each_connection_has_its_own() {
    let mut desk = Desk::default();
    once(&mut desk, 0, USERS, said(200, 100, 60, 60));
    once(&mut desk, 0, USERS, said(200, 100, 50, 60));
    // Ten answered calls are more than the least part.
    for _ in 0..8 {
        once(&mut desk, 0, USERS, said(200, 100, 50, 60));
    }
    let polite = desk.arrive(Ask {
        leave_percent: 50,
        ..ask("GET", USERS, "polite")
    });
    let bold = desk.arrive(Ask {
        leave_percent: 10,
        ..ask("GET", USERS, "bold")
    });
    assert_eq!(desk.dispatch(0), [bold]);
    assert_eq!(desk.dispatch(70_000), [polite]);
}

#[test]
fn a_small_part_is_ours_whatever_the_others_take() {
    let mut desk = Desk::default();
    once(&mut desk, 0, USERS, said(200, 600, 20, 60));
    let id = desk.arrive(Ask {
        leave_percent: 90,
        ..ask("GET", USERS, "a")
    });
    assert_eq!(desk.dispatch(0), [id]);
}

#[test]
fn a_429_closes_the_bucket_whatever_it_says_and_the_call_is_the_next() {
    let mut desk = Desk::default();
    let first = desk.arrive(ask("GET", USERS, "a"));
    let second = desk.arrive(ask("GET", USERS, "a"));
    assert_eq!(desk.dispatch(1_000), [first, second]);
    desk.answered(first, 1_000, &said(429, 600, 5, 30), 400);
    desk.leave(second);
    let third = desk.arrive(ask("GET", USERS, "a"));
    let again = desk.arrive(Ask {
        is_again: true,
        ..ask("GET", USERS, "a")
    });
    assert_eq!(desk.dispatch(31_199), NOBODY);
    assert_eq!(desk.dispatch(31_200), [again, third]);
    let (refused_ms, _) = desk.refused_for(&Family::of("GET", USERS), 31_000);
    assert_eq!(refused_ms, 30_000);
}

#[test]
fn a_refusal_for_concurrency_holds_everything_for_a_moment() {
    let mut desk = Desk::default();
    once(&mut desk, 0, USERS, said(429, 0, 0, 60));
    let id = desk.arrive(ask("GET", "/api/v1/groups", "a"));
    assert_eq!(desk.dispatch(249), NOBODY);
    assert_eq!(desk.wakes_at(100), Some(250));
    assert_eq!(desk.dispatch(250), [id]);
    assert_eq!(desk.budget(250).places, 15);
}

#[test]
fn no_more_than_thirty_are_under_way_and_fifteen_reads_of_users() {
    let mut desk = Desk::default();
    once(
        &mut desk,
        0,
        "/api/v1/users/me",
        said(200, 2_000, 1_999, 60),
    );
    once(&mut desk, 0, USERS, said(200, 600, 599, 60));
    for _ in 0..40 {
        desk.arrive(ask("GET", "/api/v1/users/me", "a"));
    }
    assert_eq!(desk.dispatch(0).len(), 15);
    for _ in 0..40 {
        desk.arrive(ask("GET", USERS, "a"));
    }
    assert_eq!(desk.dispatch(0).len(), 15);
}

#[test]
fn of_an_unknown_bucket_a_few_calls_learn_first() {
    let mut desk = Desk::default();
    let ids: Vec<u64> = (0..20)
        .map(|_| desk.arrive(ask("GET", USERS, "a")))
        .collect();
    assert_eq!(desk.dispatch(0), ids[..5]);
    desk.answered(ids[0], 5, &said(200, 600, 599, 60), 0);
    assert_eq!(desk.dispatch(5).len(), 15);
}

#[test]
fn late_answers_of_an_old_window_do_not_disturb() {
    let mut desk = Desk::default();
    let late = desk.arrive(ask("GET", USERS, "a"));
    assert_eq!(desk.dispatch(0), [late]);
    once(&mut desk, 61_500, USERS, said(200, 600, 599, 121));
    desk.answered(late, 61_600, &said(200, 600, 0, 60), 0);
    let next = desk.arrive(ask("GET", USERS, "a"));
    assert_eq!(desk.dispatch(61_600), [next]);
}

#[test]
fn an_endpoint_that_names_another_limit_gets_its_own_bucket() {
    let mut desk = Desk::default();
    let (policies, zones) = ("/api/v1/policies", "/api/v1/zones");
    once(&mut desk, 0, policies, said(200, 1_200, 1_199, 60));
    once(&mut desk, 0, zones, said(200, 100, 0, 60));
    let zone = desk.arrive(ask("GET", zones, "a"));
    let policy = desk.arrive(ask("GET", policies, "a"));
    assert_eq!(desk.dispatch(0), [policy]);
    let names: Vec<String> = desk
        .budget(0)
        .buckets
        .into_iter()
        .map(|one| one.name)
        .collect();
    assert_eq!(names, ["/api/v1", "GET /api/v1/zones"]);
    assert_eq!(desk.dispatch(61_000), [zone]);
}

#[test]
fn buckets_are_bounded() {
    let mut desk = Desk::default();
    for number in 0..1_000 {
        let word: String = format!("{number:03}")
            .chars()
            .map(|c| (c as u8 + 49) as char)
            .collect();
        let id = desk.arrive(ask("GET", &format!("/other/{word}"), "a"));
        desk.dispatch(0);
        desk.leave(id);
    }
    assert_eq!(desk.budget(0).buckets.len(), 129);
}

#[test]
fn the_budget_tells_ours_from_others() {
    let mut desk = Desk::default();
    once(&mut desk, 1_000, USERS, said(200, 600, 500, 60));
    once(&mut desk, 1_000, USERS, said(200, 600, 490, 60));
    let budget = desk.budget(2_000);
    let users = &budget.buckets[0];
    assert_eq!((users.limit, users.left), (Some(600), Some(490)));
    assert_eq!((users.ours, users.others), (2, 108));
    assert_eq!(users.resets_at_ms, Some(61_000));
    assert_eq!((users.minutes[0].ours, users.minutes[0].others), (2, 108));
    assert_eq!(desk.budget(70_000).buckets[0].left, Some(600));
}

fn wish<'w>(path: &'w str, flow: Option<&'w FlowId>) -> Wish<'w> {
    Wish {
        method: "GET",
        path,
        flow,
        leave_percent: 20,
        is_again: false,
    }
}

fn reply(status: u16, remaining: i64, reset_s: i64) -> Reply {
    let headers = [
        ("x-rate-limit-limit", 600),
        ("x-rate-limit-remaining", remaining),
        ("x-rate-limit-reset", reset_s),
    ];
    Reply {
        status,
        headers: headers
            .map(|(name, value)| (name.to_owned(), value.to_string()))
            .to_vec(),
        body: Json::Null,
    }
}

#[tokio::test]
async fn who_waits_is_woken_by_time() {
    let governor = Arc::new(Governor::new(1_000_000));
    // The window ends 1.2 s after the governor began: cut to the second, and one more.
    governor
        .enter(&wish(USERS, None))
        .await
        .answered(&reply(200, 0, 1_000));
    let begun = std::time::Instant::now();
    let flow = FlowId::from("f");
    drop(governor.enter(&wish(USERS, Some(&flow))).await);
    let waited = begun.elapsed().as_millis();
    assert!((900..10_000).contains(&waited), "{waited} ms");
    assert_eq!(governor.budget().under_way, 0);
}

#[tokio::test]
async fn who_gives_up_leaves_no_trace() {
    let governor = Arc::new(Governor::new(1_000_000));
    governor
        .enter(&wish(USERS, None))
        .await
        .answered(&reply(429, 0, 1_500));
    let wish = wish(USERS, None);
    let mut waiting = Box::pin(governor.enter(&wish));
    assert!(futures::poll!(&mut waiting).is_pending());
    assert_eq!(governor.budget().waiting, 1);
    drop(waiting);
    assert_eq!(governor.budget().waiting, 0);
    assert_eq!(governor.lock().told.len(), 0);
}

#[tokio::test]
async fn who_is_told_and_gives_up_gives_the_place_back() {
    let governor = Arc::new(Governor::new(0));
    let mut places = Vec::new();
    for _ in 0..5 {
        places.push(governor.enter(&wish(USERS, None)).await);
    }
    let wish = wish(USERS, None);
    let mut told = Box::pin(governor.enter(&wish));
    assert!(futures::poll!(&mut told).is_pending());
    places.pop();
    assert_eq!(governor.budget().waiting, 0, "it was told to go");
    drop(told);
    assert_eq!(governor.budget().under_way, 4);
}
