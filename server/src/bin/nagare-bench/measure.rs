//! One measurement: load on a process, and what that cost the process.

use std::time::{Duration, Instant};

use anyhow::Result;

use crate::load::Request;
use crate::process::Process;

/// Load before each measurement, not counted.
const WARM_UP: Duration = Duration::from_secs(1);

/// What was measured with so many connections.
pub(crate) struct Pair {
    pub(crate) connections: usize,
    pub(crate) floor: Figures,
    pub(crate) nagare: Figures,
}

/// What one process did.
pub(crate) struct Figures {
    /// Answers a second.
    pub(crate) rate: f64,
    /// Milliseconds within which half, and 99 %, were answered.
    pub(crate) p50_ms: f64,
    pub(crate) p99_ms: f64,
    /// CPU time of the process for one answer, in milliseconds.
    pub(crate) cpu_ms: f64,
    /// Commits, each one sync to disk, for one answer.
    pub(crate) syncs: f64,
}

/// Loads `process` and reads its meters before and after.
pub(crate) async fn measure(
    process: &Process,
    request: &Request,
    connections: usize,
    time: Duration,
) -> Result<Figures> {
    request.send_for(connections, WARM_UP).await?;
    let (cpu, commits, begun) = (process.cpu_ms()?, process.commits().await?, Instant::now());
    let latencies = request.send_for(connections, time).await?;
    let elapsed = begun.elapsed();
    let count = latencies.count() as f64;
    Ok(Figures {
        rate: count / elapsed.as_secs_f64(),
        p50_ms: latencies.within(0.5),
        p99_ms: latencies.within(0.99),
        cpu_ms: (process.cpu_ms()? - cpu) / count,
        syncs: (process.commits().await? - commits) / count,
    })
}
