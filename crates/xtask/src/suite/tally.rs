//! Counting: what the test programs say of themselves, and what did not even get that far.

use std::process::Command;

use anyhow::Result;

use crate::suite::stream;
use crate::workspace::shown;

/// How many tests passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) passed: u64,
    pub(super) failed: u64,
}

/// Everything counted so far, and a line for each thing that went wrong.
#[derive(Default)]
pub(super) struct Report {
    tally: Tally,
    problems: Vec<String>,
    skipped: Vec<String>,
}

impl Report {
    /// Runs a command that either succeeds or counts as one failure.
    pub(super) fn check(&mut self, command: &mut Command) -> Result<()> {
        let (status, _) = stream::run(command)?;
        if !status.success() {
            self.broken(format!("`{}` ({status})", shown(command)));
        }
        Ok(())
    }

    /// Runs tests and adds their counts. Running none is a failure.
    pub(super) fn tests(&mut self, command: &mut Command, count: fn(&str) -> Tally) -> Result<()> {
        let found = self.examples(command, count)?;
        if found == Tally::default() {
            self.broken(format!("`{}` ran no test", shown(command)));
        }
        Ok(())
    }

    /// Runs tests of which there may be none, and adds their counts.
    pub(super) fn examples(
        &mut self,
        command: &mut Command,
        count: fn(&str) -> Tally,
    ) -> Result<Tally> {
        let (status, text) = stream::run(command)?;
        let mut found = count(&text);
        self.tally.passed += found.passed;
        self.tally.failed += found.failed;
        if found.failed > 0 {
            self.problems
                .push(format!("`{}`: {} failed", shown(command), found.failed));
        } else if !status.success() {
            self.broken(format!("`{}` ({status})", shown(command)));
            found.failed += 1;
        }
        Ok(found)
    }

    /// Notes a failure that no test program counted.
    pub(super) fn broken(&mut self, problem: String) {
        self.tally.failed += 1;
        eprintln!("FAILED {problem}");
        self.problems.push(problem);
    }

    /// Notes something that was left out because it is not here; it is said at once and in the summary.
    pub(super) fn skipped(&mut self, what: String) {
        eprintln!("SKIPPED {what}");
        self.skipped.push(what);
    }

    pub(super) fn left_out(&self) -> &[String] {
        &self.skipped
    }

    pub(super) fn tally(&self) -> Tally {
        self.tally
    }

    pub(super) fn problems(&self) -> &[String] {
        &self.problems
    }
}

impl Tally {
    /// Sums lines like `test result: ok. 3 passed; 0 failed; 0 ignored; …`, one for each test program.
    pub(super) fn from_cargo(text: &str) -> Self {
        let results = text
            .lines()
            .filter_map(|line| line.trim().strip_prefix("test result: "))
            .filter_map(|result| result.split_once(". "));
        let mut tally = Self::default();
        for (_, counts) in results {
            tally.add_list(counts, ';');
        }
        tally
    }

    /// Reads `Summary [ 0.1s] 5 tests run: 3 passed (1 slow), 1 failed, 1 timed out, 0 skipped`.
    pub(super) fn from_nextest(text: &str) -> Self {
        let mut tally = Self::default();
        for line in text.lines() {
            let counts = line
                .trim()
                .strip_prefix("Summary [")
                .and_then(|summary| summary.split_once(" run: "));
            if let Some((_, counts)) = counts {
                tally.add_list(counts, ',');
            }
        }
        tally
    }

    /// Reads the closing lines of Playwright's list reporter: `3 passed (5.1s)`, `1 did not run` and so on.
    pub(super) fn from_playwright(text: &str) -> Self {
        let mut tally = Self::default();
        for line in text.lines() {
            let line = line.trim();
            let count = match line.split_once(" (") {
                Some((count, _)) if count.ends_with(" passed") => count,
                _ => line,
            };
            tally.add(count);
        }
        tally
    }

    /// Reads the closing lines of Python's unittest: `Ran 6 tests in 0.9s`, then `OK` or
    /// `FAILED (failures=1, errors=2)`.
    pub(super) fn from_unittest(text: &str) -> Self {
        let mut ran = 0;
        let mut failed = 0;
        for line in text.lines() {
            if let Some((number, _)) = line
                .strip_prefix("Ran ")
                .and_then(|rest| rest.split_once(" test"))
            {
                ran = number.parse().unwrap_or(0);
            }
            let counts = line
                .strip_prefix("FAILED (")
                .and_then(|rest| rest.strip_suffix(')'));
            for count in counts.into_iter().flat_map(|counts| counts.split(", ")) {
                if let Some(("failures" | "errors", number)) = count.split_once('=') {
                    failed += number.parse().unwrap_or(1);
                }
            }
        }
        Self {
            passed: u64::saturating_sub(ran, failed),
            failed,
        }
    }

    fn add_list(&mut self, counts: &str, separator: char) {
        for count in counts.split(separator) {
            let count = count.split('(').next().unwrap_or(count);
            self.add(count.trim());
        }
    }

    /// Adds `N passed`, or `N` of anything that is not a pass. Tests left out on purpose count as neither.
    fn add(&mut self, count: &str) {
        let Some((number, word)) = count.split_once(' ') else {
            return;
        };
        let Ok(number) = number.parse::<u64>() else {
            return;
        };
        match word {
            "passed" => self.passed += number,
            "failed" | "timed out" | "exec failed" | "interrupted" | "did not run" => {
                self.failed += number;
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(count: fn(&str) -> Tally, text: &str, passed: u64, failed: u64) {
        assert_eq!(count(text), Tally { passed, failed });
    }

    #[test]
    fn cargo_test_prints_one_result_for_each_program() {
        check(
            Tally::from_cargo,
            "running 3 tests\n\
             test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
             \n\
             test result: FAILED. 4 passed; 2 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s\n",
            7,
            2,
        );
        check(Tally::from_cargo, "error: could not compile `flow`\n", 0, 0);
    }

    #[test]
    fn nextest_counts_time_outs_and_crashes_as_failures() {
        let prefix = "────────────\n     Summary [   0.012s] ";
        let text =
            |counts: &str| format!("{prefix}{counts}\n        FAIL [   0.003s] flow value::adds\n");
        check(
            Tally::from_nextest,
            &text(
                "9 tests run: 5 passed (1 slow, 1 leaky), 2 failed, 1 timed out, 1 exec failed, 3 skipped",
            ),
            5,
            4,
        );
        check(
            Tally::from_nextest,
            &text("1 test run: 1 passed, 0 skipped"),
            1,
            0,
        );
        check(
            Tally::from_nextest,
            &text("3/9 tests run: 2 passed, 1 failed"),
            2,
            1,
        );
    }

    #[test]
    fn unittest_says_how_many_ran_and_what_became_of_them() {
        check(
            Tally::from_unittest,
            "test_a ... ok\n\nRan 6 tests in 0.888s\n\nOK\n",
            6,
            0,
        );
        check(
            Tally::from_unittest,
            "Ran 6 tests in 1.2s\n\nFAILED (failures=1, errors=2)\n",
            3,
            3,
        );
        check(Tally::from_unittest, "ModuleNotFoundError\n", 0, 0);
    }

    #[test]
    fn playwright_counts_what_did_not_run() {
        check(
            Tally::from_playwright,
            "Running 6 tests using 2 workers\n\
             \u{20} ✓  1 start.spec.ts:3:1 › start › 3 passed flows are shown (1.2s)\n\
             \u{20} 2 failed\n\
             \u{20}   start.spec.ts:9:1 › signs in ───\n\
             \u{20} 1 did not run\n\
             \u{20} 1 skipped\n\
             \u{20} 3 passed (5.1s)\n",
            3,
            3,
        );
        check(Tally::from_playwright, "Error: No tests found\n", 0, 0);
    }
}
