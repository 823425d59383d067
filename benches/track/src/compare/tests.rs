use super::*;
use crate::stats::Random;

fn measured(meter: Meter, base: Vec<f64>, head: Vec<f64>) -> Measured {
    let benchmark = "execute/winch/sha256".to_owned();
    Measured { benchmark, meter, base, head, paired: true, discarded: 0, why: None }
}

fn compare(measured: Vec<Measured>, accepts: &[Accept]) -> Comparison {
    Comparison::new(("a".into(), "b".into()), measured, accepts, &BTreeMap::new(), Thresholds::default())
}

/// Time of a process on a machine with other work: a few percent of spread, and now and then much more.
fn noisy(random: &mut Random, center: f64) -> f64 {
    let spread = (0..6).map(|_| random.unit() - 0.5).sum::<f64>() * 0.03;
    let disturbed = if random.below(12) == 0 { random.unit() * 0.3 } else { 0.0 };
    center * (1.0 + spread + disturbed)
}

fn pairs(random: &mut Random, head: f64) -> (Vec<f64>, Vec<f64>) {
    (0..20).map(|_| (noisy(random, 1.0), noisy(random, head))).unzip()
}

#[test]
fn a_hundred_comparisons_of_a_revision_with_itself_raise_at_most_one_alarm() {
    let mut random = Random::new(42);
    let mut alarms = 0;
    for _ in 0..100 {
        let rows = (0..10).map(|_| {
            let (base, head) = pairs(&mut random, 1.0);
            measured(Meter::Time, base, head)
        });
        let comparison = compare(rows.collect(), &[]);
        assert!(!comparison.fails());
        alarms +=
            u32::from(comparison.with(Verdict::Regression).chain(comparison.with(Verdict::Improvement)).count() > 0);
    }
    assert!(alarms <= 1, "{alarms} alarms");
}

#[test]
fn a_tenth_more_time_is_found_among_thirty_benchmarks() {
    let mut random = Random::new(3);
    let mut rows: Vec<_> = (0..29)
        .map(|_| {
            let (base, head) = pairs(&mut random, 1.0);
            measured(Meter::Time, base, head)
        })
        .collect();
    let (base, head) = pairs(&mut random, 1.10);
    rows.push(Measured { benchmark: "slow".into(), ..measured(Meter::Time, base, head) });
    let comparison = compare(rows, &[]);
    let found: Vec<_> = comparison.with(Verdict::Regression).map(|r| r.benchmark.as_str()).collect();
    assert_eq!(found, ["slow"]);
}

#[test]
fn counts_beyond_the_threshold_are_changes_and_beyond_the_gate_fail() {
    let row = |head: f64| compare(vec![measured(Meter::Instructions, vec![1e6], vec![head])], &[]);
    assert_eq!(row(1.0015e6).rows[0].verdict, Verdict::Unchanged);
    let small = row(1.003e6);
    assert_eq!(small.rows[0].verdict, Verdict::Regression);
    assert!(!small.fails());
    // A mean of 0.6 % is too much even where no single benchmark is.
    assert!(row(1.006e6).fails() && !row(1.006e6).rows[0].gates);
    assert!(row(1.03e6).rows[0].gates);
    assert_eq!(row(0.99e6).rows[0].verdict, Verdict::Improvement);
}

#[test]
fn sizes_are_exact() {
    let row = compare(vec![measured(Meter::Spills, vec![1000.0], vec![1001.0])], &[]);
    assert_eq!(row.rows[0].verdict, Verdict::Regression);
    let from_none = compare(vec![measured(Meter::Spills, vec![0.0], vec![5.0])], &[]);
    assert_eq!(from_none.rows[0].verdict, Verdict::Regression);
}

#[test]
fn too_many_discarded_pairs_or_too_wide_an_interval_say_nothing() {
    let lost = Measured { discarded: 9, ..measured(Meter::Time, vec![1.0; 11], vec![1.2; 11]) };
    assert_eq!(compare(vec![lost], &[]).rows[0].verdict, Verdict::TooNoisy);
    let mut random = Random::new(5);
    let (base, head) = (0..20).map(|_| (1.0 + random.unit(), 1.0 + random.unit())).unzip();
    let comparison = compare(vec![measured(Meter::Time, base, head)], &[]);
    assert_eq!(comparison.rows[0].verdict, Verdict::TooNoisy);
    assert!(comparison.too_noisy() && !comparison.fails());
    let none = measured(Meter::Time, vec![], vec![]);
    assert_eq!(compare(vec![none], &[]).rows[0].verdict, Verdict::TooNoisy);
}

#[test]
fn accepted_regressions_do_not_gate_but_stay_visible() {
    let accepts =
        Accept::from_messages("area: slower\n\n  perf-accept: execute/winch/* checks are needed\nperf-accept: x\n");
    assert_eq!(accepts, [Accept { pattern: "execute/winch/*".into(), reason: "checks are needed".into() }]);
    let comparison = compare(vec![measured(Meter::Instructions, vec![1.0], vec![2.0])], &accepts);
    assert!(!comparison.fails());
    assert_eq!(comparison.rows[0].verdict, Verdict::Regression);
    assert_eq!(comparison.rows[0].accepted.as_deref(), Some("checks are needed"));
}

#[test]
fn a_benchmark_with_a_history_has_a_threshold_of_its_own() {
    assert_eq!(floor(&[1.0; 9]), None);
    assert_eq!(floor(&[1.0; 10]), Some(0.001));
    let restless: Vec<f64> = (0..20).map(|i| if i % 2 == 0 { 1.0 } else { 1.01 }).collect();
    assert!(floor(&restless).expect("enough") >= 0.0099);
}
