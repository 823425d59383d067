//! What got slower between two sides, by how much, and why.
//!
//! Three kinds of meters are treated in three ways. Sizes are exact: any change is one. Counts of instructions are exact but
//! for a known spread: a change beyond a threshold is one. Time and peaks of memory are noisy: they are measured in pairs of
//! processes, and a change is one only if a paired test, corrected for the number of benchmarks, says so, and if it is large.

pub mod explain;
pub mod programs;
pub mod render;
pub mod side;

use crate::benchmark::Meter;
use crate::stats;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// When a change is one, and when it is too much.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Thresholds {
    /// Relative change of a count below which nothing is said: several times the spread of counts of the same revision.
    pub counts: f64,
    /// Relative change of a size below which nothing is said.
    pub sizes: f64,
    /// Relative change of a noisy meter below which nothing is said.
    pub noisy: f64,
    /// The expected share of false alarms among alarms of noisy meters. If nothing changed it is the probability of any alarm.
    pub false_discoveries: f64,
    /// Relative change of a count or size that fails the gate.
    pub gate_one: f64,
    /// Relative change of the geometric mean over all benchmarks of a count or size that fails the gate.
    pub gate_mean: f64,
    /// Relative change of a noisy meter of which even the lower end of its interval fails the gate.
    pub gate_noisy: f64,
    /// An interval wider than this, to either side, says nothing: the machine was too noisy.
    pub too_wide: f64,
    /// So does a larger share of discarded pairs.
    pub too_many_discarded: f64,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            counts: 0.002,
            sizes: 0.0,
            noisy: 0.01,
            false_discoveries: 0.003,
            gate_one: 0.02,
            gate_mean: 0.005,
            gate_noisy: 0.10,
            too_wide: 0.05,
            too_many_discarded: 0.3,
        }
    }
}

/// What was measured of one benchmark with one meter on both sides.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// Its name.
    pub benchmark: String,
    /// The meter.
    pub meter: Meter,
    /// Values of the base.
    pub base: Vec<f64>,
    /// Values of the head: as many if paired.
    pub head: Vec<f64>,
    /// Whether values at the same index were measured right after each other.
    pub paired: bool,
    /// Pairs that were discarded because other work disturbed them.
    pub discarded: usize,
    /// Why it changed, if that was looked for.
    pub why: Option<String>,
}

/// What became of one benchmark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It got worse.
    Regression,
    /// It got better.
    Improvement,
    /// The machine was too noisy to tell.
    TooNoisy,
    /// Nothing that counts.
    Unchanged,
}

/// A row of the comparison.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The benchmark.
    pub benchmark: String,
    /// The meter.
    pub meter: Meter,
    /// The base's value.
    pub base: f64,
    /// The head's value.
    pub head: f64,
    /// Relative change: 0.01 is one percent more.
    pub change: f64,
    /// The 95 % interval of the change, of noisy meters.
    pub interval: Option<(f64, f64)>,
    /// Probability of such a difference if nothing differs, of noisy meters.
    pub p: Option<f64>,
    /// The change below which nothing is said.
    pub threshold: f64,
    /// Pairs compared and pairs discarded.
    pub pairs: (usize, usize),
    /// What became of it.
    pub verdict: Verdict,
    /// Whether it alone fails the gate.
    pub gates: bool,
    /// The reason for which the regression is accepted.
    pub accepted: Option<String>,
    /// Why it changed.
    pub why: Option<String>,
}

/// A regression that is accepted on purpose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accept {
    /// Which benchmarks: a name, or its beginning with `*` behind it.
    pub pattern: String,
    /// Why.
    pub reason: String,
}

impl Accept {
    /// Reads `BENCHMARK REASON`.
    ///
    /// # Errors
    ///
    /// If there is no reason.
    pub fn parse(text: &str) -> Result<Self, String> {
        match text.trim().split_once(char::is_whitespace) {
            Some((pattern, reason)) if !reason.trim().is_empty() => {
                Ok(Self { pattern: pattern.to_owned(), reason: reason.trim().to_owned() })
            }
            _ => Err(format!("{text:?} is no `BENCHMARK REASON`")),
        }
    }

    /// Those of the lines `perf-accept: BENCHMARK REASON` of commit messages.
    pub fn from_messages(messages: &str) -> Vec<Self> {
        let lines = messages.lines().filter_map(|line| line.trim().strip_prefix("perf-accept:"));
        lines.filter_map(|line| Self::parse(line).ok()).collect()
    }

    fn covers(&self, benchmark: &str) -> bool {
        match self.pattern.strip_suffix('*') {
            Some(start) => benchmark.starts_with(start),
            None => benchmark == self.pattern,
        }
    }
}

/// A comparison.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// What the base is called.
    pub base: String,
    /// What the head is called.
    pub head: String,
    /// Every benchmark of both sides, what changed first.
    pub rows: Vec<Row>,
    /// Geometric mean of the changes of each meter over the benchmarks that are not accepted.
    pub means: BTreeMap<String, f64>,
    /// Meters whose mean fails the gate.
    pub failing_means: Vec<String>,
    /// Benchmarks that only one side has.
    pub missing: Vec<String>,
    /// The thresholds.
    pub thresholds: Thresholds,
}

impl Comparison {
    /// Judges what was measured. `floors` has the threshold of benchmarks with enough history: see [`floor`].
    pub fn new(
        (base, head): (String, String),
        measured: Vec<Measured>,
        accepts: &[Accept],
        floors: &BTreeMap<(String, Meter), f64>,
        thresholds: Thresholds,
    ) -> Self {
        let mut rows: Vec<_> = measured.into_iter().map(|m| judge(m, floors, &thresholds)).collect();
        // Chance has as many tries as there are noisy benchmarks: what each says counts less.
        let noisy: Vec<usize> = (0..rows.len()).filter(|i| rows[*i].p.is_some()).collect();
        let p: Vec<f64> = noisy.iter().filter_map(|i| rows[*i].p).collect();
        for (i, found) in noisy.into_iter().zip(stats::discoveries(&p, thresholds.false_discoveries)) {
            let changed = matches!(rows[i].verdict, Verdict::Regression | Verdict::Improvement);
            if changed && !found {
                rows[i].verdict = Verdict::Unchanged;
                rows[i].gates = false;
            }
        }
        for row in rows.iter_mut().filter(|r| r.verdict == Verdict::Regression) {
            let accept = accepts.iter().find(|a| a.covers(&row.benchmark));
            row.accepted = accept.map(|a| a.reason.clone());
            row.gates &= row.accepted.is_none();
        }
        let mut means = BTreeMap::new();
        let mut failing_means = Vec::new();
        for meter in Meter::ALL {
            let of_meter =
                rows.iter().filter(|r| r.meter == *meter && r.accepted.is_none() && r.base > 0.0 && r.head > 0.0);
            let ratios: Vec<f64> = of_meter.map(|r| r.head / r.base).collect();
            if ratios.is_empty() {
                continue;
            }
            let mean = stats::geometric_mean(ratios) - 1.0;
            means.insert(meter.name().to_owned(), mean);
            if gating(*meter) && mean > thresholds.gate_mean {
                failing_means.push(meter.name().to_owned());
            }
        }
        let size = |r: &Row| r.change.abs();
        rows.sort_by(|a, b| a.verdict.cmp(&b.verdict).then(size(b).total_cmp(&size(a))));
        Self { base, head, rows, means, failing_means, missing: Vec::new(), thresholds }
    }

    /// Rows of a verdict.
    pub fn with(&self, verdict: Verdict) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |r| r.verdict == verdict)
    }

    /// Whether something got so much worse that the change should not go in.
    pub fn fails(&self) -> bool {
        !self.failing_means.is_empty() || self.rows.iter().any(|r| r.gates)
    }

    /// Whether the machine was too noisy for most of the noisy meters.
    pub fn too_noisy(&self) -> bool {
        let noisy = self.rows.iter().filter(|r| r.p.is_some()).count();
        noisy > 0 && self.with(Verdict::TooNoisy).count() * 2 > noisy
    }
}

/// Whether a meter has no noise to speak of, so that the mean over benchmarks can gate.
fn gating(meter: Meter) -> bool {
    meter.exact() || meter == Meter::Instructions
}

fn judge(measured: Measured, floors: &BTreeMap<(String, Meter), f64>, thresholds: &Thresholds) -> Row {
    let Measured { benchmark, meter, base, head, paired, discarded, why } = measured;
    let (a, b) = (stats::median(&base), stats::median(&head));
    let known = floors.get(&(benchmark.clone(), meter)).copied();
    let default = match meter {
        _ if meter.exact() => thresholds.sizes,
        Meter::Instructions => thresholds.counts,
        _ => thresholds.noisy,
    };
    let threshold = match meter {
        Meter::Instructions => known.unwrap_or(default),
        _ if meter.exact() => default,
        _ => known.unwrap_or(0.0).max(default),
    };
    let mut row = Row {
        benchmark,
        meter,
        base: a,
        head: b,
        change: change(a, b),
        interval: None,
        p: None,
        threshold,
        pairs: (base.len().min(head.len()), discarded),
        verdict: Verdict::Unchanged,
        gates: false,
        accepted: None,
        why,
    };
    if gating(meter) {
        if row.change.abs() > threshold {
            row.verdict = if row.change > 0.0 { Verdict::Regression } else { Verdict::Improvement };
        }
        row.gates = row.change > thresholds.gate_one;
        return row;
    }
    let log = |values: &[f64]| values.iter().map(|v| v.ln()).collect::<Vec<f64>>();
    let (base, head) = (log(&base), log(&head));
    let test = if paired {
        stats::paired(&base.iter().zip(&head).map(|(a, b)| b - a).collect::<Vec<_>>())
    } else {
        stats::unpaired(&base, &head)
    };
    let (low, high) = (test.low.exp_m1(), test.high.exp_m1());
    row.change = test.median.exp_m1();
    row.interval = Some((low, high));
    row.p = Some(test.p);
    let total = row.pairs.0 + discarded;
    let lost = total == 0 || discarded as f64 > thresholds.too_many_discarded * total as f64;
    let sure = low > 0.0 || high < 0.0;
    row.verdict = match row.change {
        _ if lost => Verdict::TooNoisy,
        c if sure && c > threshold => Verdict::Regression,
        c if sure && c < -threshold => Verdict::Improvement,
        _ if high - low > 2.0 * thresholds.too_wide => Verdict::TooNoisy,
        _ => Verdict::Unchanged,
    };
    row.gates = row.verdict == Verdict::Regression && row.change > thresholds.gate_noisy && low > thresholds.gate_one;
    row
}

fn change(base: f64, head: f64) -> f64 {
    match base {
        _ if base == head => 0.0,
        b if b <= 0.0 => f64::from(u8::from(head > 0.0)),
        _ => head / base - 1.0,
    }
}

/// Values of the past that are needed for a threshold of its own.
pub const MIN_HISTORY: usize = 10;

/// The threshold of a benchmark by its own past: the upper fence of the relative changes from each revision to the next
/// (Tukey's outer fence, third quartile and three interquartile ranges). None before there are [`MIN_HISTORY`] values.
pub fn floor(values: &[f64]) -> Option<f64> {
    if values.len() < MIN_HISTORY {
        return None;
    }
    let changes: Vec<f64> = values.windows(2).map(|w| change(w[0], w[1]).abs()).collect();
    let (q1, q3) = (stats::quantile(&changes, 0.25), stats::quantile(&changes, 0.75));
    Some((q3 + 3.0 * (q3 - q1)).clamp(0.001, 0.05))
}

#[cfg(test)]
mod tests;
