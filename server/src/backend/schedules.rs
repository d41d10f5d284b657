//! What a schedule means, for the one who writes it.

use api::{ApiError, PlannedRun, SchedulePlan, ScheduleProblem};
use chrono::{DateTime, Offset as _, Utc};
use chrono_tz::{OffsetName as _, TZ_VARIANTS, Tz};
use flow::Schedule;

use super::{Caller, Right};
use crate::clock;
use crate::work::schedule::{Planned, Wrong};

/// So many moments are shown.
const SHOWN: usize = 5;

pub(super) fn plan(caller: &Caller, schedule: &Schedule) -> Result<SchedulePlan, ApiError> {
    caller.need(Right::Read)?;
    let problem = |problem| SchedulePlan {
        next: Vec::new(),
        problem: Some(problem),
    };
    Ok(match Planned::read(schedule) {
        Err(Wrong::TimeZone) => problem(ScheduleProblem::TimeZone),
        Err(Wrong::Cron) => problem(ScheduleProblem::Fields),
        Err(Wrong::Limits) => problem(ScheduleProblem::Limits),
        Ok(plan) => {
            let next: Vec<PlannedRun> = plan
                .list(clock::now(), SHOWN)
                .into_iter()
                .map(|at| planned(at, plan.zone()))
                .collect();
            if next.is_empty() {
                problem(ScheduleProblem::Never)
            } else {
                SchedulePlan {
                    next,
                    problem: None,
                }
            }
        }
    })
}

fn planned(at: DateTime<Utc>, zone: Tz) -> PlannedRun {
    let local = at.with_timezone(&zone);
    let ahead = local.offset().fix().local_minus_utc();
    PlannedRun {
        at: at.timestamp_millis(),
        local: at.timestamp_millis() + i64::from(ahead) * 1_000,
        offset_minutes: ahead / 60,
        zone: local.offset().abbreviation().unwrap_or_default().to_owned(),
    }
}

/// The names of the tz database.
pub(super) fn time_zones(caller: &Caller) -> Result<Vec<String>, ApiError> {
    caller.need(Right::Read)?;
    Ok(TZ_VARIANTS
        .iter()
        .map(|zone| zone.name().to_owned())
        .collect())
}
