//! A comparison as Markdown. As JSON it is what `serde` makes of it.

use super::{Comparison, Row, Verdict};
use crate::benchmark::Meter;
use crate::throughput::quantity;
use std::fmt::Write;

/// What a pull request is told.
pub fn markdown(comparison: &Comparison) -> String {
    let count = |verdict| comparison.with(verdict).count();
    let mut text = String::new();
    let _ = writeln!(
        text,
        "perf: {} regressions, {} improvements, {} unchanged, {} too noisy ({} → {})\n",
        count(Verdict::Regression),
        count(Verdict::Improvement),
        count(Verdict::Unchanged),
        count(Verdict::TooNoisy),
        comparison.base,
        comparison.head,
    );
    let changed: Vec<_> =
        comparison.rows.iter().filter(|r| matches!(r.verdict, Verdict::Regression | Verdict::Improvement)).collect();
    if !changed.is_empty() {
        text.push_str("| benchmark | meter | base | head | change | threshold | why |\n");
        text.push_str("| --- | --- | ---: | ---: | ---: | ---: | --- |\n");
        changed.into_iter().for_each(|row| line(&mut text, row));
        text.push('\n');
    }
    let noisy: Vec<_> = comparison.with(Verdict::TooNoisy).map(|r| r.benchmark.as_str()).collect();
    if !noisy.is_empty() {
        let _ = writeln!(text, "The machine was too noisy to tell: {}.\n", noisy.join(", "));
    }
    let discarded: usize = comparison.rows.iter().map(|r| r.pairs.1).sum();
    if discarded > 0 {
        let _ = writeln!(text, "{discarded} pairs were discarded because other work disturbed them.\n");
    }
    let means = comparison.means.iter().map(|(meter, change)| format!("{meter} {}", percent(*change)));
    let _ = writeln!(text, "Geometric means: {}.", means.collect::<Vec<_>>().join(", "));
    if !comparison.missing.is_empty() {
        let _ = writeln!(text, "\nOnly one side has: {}.", comparison.missing.join(", "));
    }
    if comparison.fails() {
        let rows = comparison.rows.iter().filter(|r| r.gates).map(|r| r.benchmark.as_str());
        let means = comparison.failing_means.iter().map(|meter| format!("the mean of {meter}"));
        let mut what: Vec<_> = rows.map(str::to_owned).chain(means).collect();
        what.dedup();
        let _ = writeln!(
            text,
            "\n**Beyond the gate**: {}. To accept it on purpose, write `perf-accept: BENCHMARK REASON` into the commit message.",
            what.join(", ")
        );
    }
    if let Some(row) = comparison.with(Verdict::Regression).next() {
        let _ = writeln!(
            text,
            "\nReproduce: `cargo run --release -p gantry-bench -- compare {} {} --only {} --meter {}`",
            comparison.base,
            comparison.head,
            row.benchmark,
            row.meter.name(),
        );
    }
    text
}

fn line(text: &mut String, row: &Row) {
    let mut change = percent(row.change);
    if let Some((low, high)) = row.interval {
        let _ = write!(change, " [{}, {}]", percent(low), percent(high));
    }
    if row.gates {
        change = format!("**{change}**");
    }
    let mut why = row.why.clone().unwrap_or_default();
    if let Some(reason) = &row.accepted {
        why = format!("accepted: {reason}. {why}");
    }
    let value = |v: f64| match row.meter {
        Meter::Time => quantity(v, "s"),
        _ => quantity(v, "").trim_end().to_owned(),
    };
    let _ = writeln!(
        text,
        "| {} | {} | {} | {} | {change} | {:.1} % | {} |",
        row.benchmark,
        row.meter.name(),
        value(row.base),
        value(row.head),
        row.threshold * 100.0,
        why.replace('|', "\\|"),
    );
}

fn percent(change: f64) -> String {
    format!("{:+.2} %", change * 100.0)
}
