//! `report`: one HTML page, with everything in it, over a file of results.

use crate::benchmark::Meter;
use crate::record::{History, Run, Value};
use crate::stats::geometric_mean;
use anyhow::{Context, Result, ensure};
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::ExitCode;

/// Flags.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Files of results.
    #[arg(required = true)]
    results: Vec<PathBuf>,
    /// The page.
    #[arg(long, short, default_value = "report.html")]
    output: PathBuf,
}

pub(crate) fn execute(args: &Args) -> Result<ExitCode> {
    let mut history = History::default();
    for path in &args.results {
        history.runs.extend(History::read(path)?.runs);
    }
    ensure!(!history.runs.is_empty(), "there are no results to report");
    let page = html(&history)?;
    std::fs::write(&args.output, page).with_context(|| format!("cannot write {}", args.output.display()))?;
    println!("{} runs in {}", history.runs.len(), args.output.display());
    Ok(ExitCode::SUCCESS)
}

/// The page. It refers to nothing outside of itself.
///
/// # Errors
///
/// If a value cannot be written as JSON.
pub fn html(history: &History) -> Result<String> {
    let mut runs: Vec<&(Run, Vec<Value>)> = history.runs.iter().collect();
    runs.sort_by_key(|(run, _)| (run.committed, run.time));
    // Text of a script ends at `</script>`, even within a string.
    let data = serde_json::to_string(&data(&runs))?.replace("</", "<\\/");
    Ok(include_str!("report/page.html").replace("/*DATA*/null", &data))
}

/// What the page draws: one series per benchmark and meter, and the ratios of engines within the newest values.
fn data(runs: &[&(Run, Vec<Value>)]) -> Json {
    type Point = (usize, f64, f64, f64);
    let mut series: BTreeMap<(Meter, &str), Vec<Point>> = BTreeMap::new();
    for (index, (_, values)) in runs.iter().enumerate() {
        for v in values {
            series.entry((v.meter, &v.benchmark)).or_default().push((index, v.value, v.low, v.high));
        }
    }
    let list: Vec<_> = series
        .iter()
        .map(|((meter, benchmark), points)| json!({ "meter": meter.name(), "unit": meter.unit(), "benchmark": benchmark, "points": points }))
        .collect();
    let runs: Vec<_> = runs
        .iter()
        .map(|(run, _)| json!({ "revision": run.revision, "time": run.time, "machine": run.machine, "versions": run.versions }))
        .collect();
    let newest: BTreeMap<_, f64> = series
        .iter()
        .filter_map(|((meter, benchmark), points)| Some(((*meter, *benchmark), points.last()?.1)))
        .collect();
    json!({ "runs": runs, "series": list, "ratios": ratios(&newest) })
}

/// The geometric means of the ratios of engines over the inputs that both have, per meter and suite, in the newest values.
fn ratios(newest: &BTreeMap<(Meter, &str), f64>) -> Vec<Json> {
    /// Engine to input to value.
    type Engines<'a> = BTreeMap<&'a str, BTreeMap<&'a str, f64>>;
    let mut groups: BTreeMap<(Meter, &str), Engines<'_>> = BTreeMap::new();
    for ((meter, benchmark), value) in newest {
        if let [suite, engine, input] = benchmark.splitn(3, '/').collect::<Vec<_>>()[..]
            && *value > 0.0
        {
            groups.entry((*meter, suite)).or_default().entry(engine).or_default().insert(input, *value);
        }
    }
    let mut list = Vec::new();
    for ((meter, suite), engines) in groups {
        for (engine, values) in &engines {
            for (peer, others) in &engines {
                let inputs: BTreeSet<_> = values.keys().filter(|input| others.contains_key(*input)).collect();
                if engine == peer || inputs.is_empty() {
                    continue;
                }
                let mean = geometric_mean(inputs.iter().map(|input| values[**input] / others[**input]));
                let (meter, count) = (meter.name(), inputs.len());
                list.push(json!({ "meter": meter, "suite": suite, "engine": engine, "peer": peer, "ratio": mean, "inputs": count }));
            }
        }
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;

    fn history() -> History {
        let mut history = History::default();
        for revision in 0..12_u32 {
            let name = format!("run{revision}");
            let run = Run { schema: 1, run: name.clone(), revision: format!("{revision:040x}"), ..Run::default() };
            let value = |benchmark: &str, value: f64| Value {
                run: name.clone(),
                benchmark: benchmark.into(),
                meter: Meter::Time,
                value,
                low: value * 0.98,
                high: value * 1.02,
                work: None,
                samples: Vec::new(),
            };
            let values = vec![
                value("execute/winch/fib", 0.2 + f64::from(revision) * 0.01),
                value("execute/wasmtime-winch/fib", 0.3),
                value("execute/winch/</script><b>", 0.1),
            ];
            history.runs.push((run, values));
        }
        history
    }

    #[test]
    fn the_page_is_complete_and_refers_to_nothing() {
        let page = html(&history()).expect("a page");
        assert!(!page.contains("/*DATA*/"));
        for outside in ["http:", "https:", "src=", "@import", "url("] {
            let page = page.replace("http://www.w3.org/2000/svg", "");
            assert!(!page.contains(outside), "the page has {outside}");
        }
        // The one of the page itself.
        assert_eq!(page.matches("</script>").count(), 1);
    }

    #[test]
    fn ratios_are_of_common_inputs() {
        let newest = BTreeMap::from([
            ((Meter::Time, "execute/a/x"), 1.0),
            ((Meter::Time, "execute/a/y"), 4.0),
            ((Meter::Time, "execute/b/x"), 2.0),
        ]);
        let list = ratios(&newest);
        let found = list.iter().find(|r| r["engine"] == "a" && r["peer"] == "b").expect("a ratio");
        assert_eq!((found["ratio"].as_f64(), found["inputs"].as_u64()), (Some(0.5), Some(1)));
    }

    /// What the browser leaves of a page: its elements after the script ran, and what it logged.
    fn browse(page: &str) -> (String, String) {
        let browser = ["chromium", "chromium-browser", "google-chrome"]
            .into_iter()
            .find(|b| Command::new(b).arg("--version").output().is_ok_and(|o| o.status.success()))
            .expect("a browser is installed (Debian: chromium)");
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("report.html");
        std::fs::write(&path, page).expect("writes");
        let output = Command::new(browser)
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
            .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
            .args(["--virtual-time-budget=5000", "--enable-logging=stderr", "--dump-dom"])
            .arg(format!("--user-data-dir={}", folder.path().join("profile").display()))
            .arg(format!("file://{}", path.display()))
            .output()
            .expect("the browser starts");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (text(&output.stdout), text(&output.stderr))
    }

    #[test]
    #[ignore = "needs a browser (Debian: chromium); run with --ignored"]
    fn a_browser_draws_the_plots_without_errors() {
        let page = html(&history()).expect("a page");
        let (dom, log) = browse(&page);
        // Plots of the three benchmarks, each with a line of twelve points.
        assert_eq!(dom.matches("<svg").count(), 3, "{dom}");
        assert_eq!(dom.matches("<polyline points=").count(), 3, "{dom}");
        assert_eq!(dom.matches("<circle").count(), 36, "{dom}");
        assert!(!dom.contains("NaN"), "{dom}");
        assert!(!log.contains("CONSOLE"), "{log}");
        // An error would be seen.
        let (_, log) = browse(&page.replace("\ndraw();", "\ndrawn();"));
        assert!(log.contains("CONSOLE") && log.contains("drawn"), "{log}");
    }
}
