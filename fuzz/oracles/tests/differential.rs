//! The oracle on cases of fixed seeds: all backends agree.
//!
//! `GANTRY_ORACLE_CASES` says how many cases there are, `GANTRY_ORACLE_SEED` where they begin.

use arbitrary::Unstructured;
use gantry_oracles::{diff, generate};

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |text| text.parse().unwrap_or_else(|_| panic!("{name} is a number")))
}

#[test]
fn backends_agree() {
    let first = number("GANTRY_ORACLE_SEED", 0);
    let count = number("GANTRY_ORACLE_CASES", 300);
    let (mut judged, mut returned, mut trapped, mut rejected) = (0u64, 0u64, 0u64, Vec::new());
    let mut failures = Vec::new();
    for seed in first..first + count {
        let Ok(case) = generate::any(&mut Unstructured::new(&generate::bytes(seed))) else { continue };
        match diff::judge(&case) {
            Ok(verdict) => {
                judged += 1;
                for step in &verdict.reference.steps {
                    match step.outcome {
                        gantry_oracles::trace::Outcome::Returned(_) => returned += 1,
                        _ => trapped += 1,
                    }
                }
                for (engine, difference) in verdict.differences {
                    failures.push(format!("seed {seed}: {} | {engine}\n    {difference}", case.options.engine[0]));
                }
            }
            Err(error) => rejected.push(format!("seed {seed}: {error:#}")),
        }
    }
    println!(
        "{judged} of {count} cases judged; {returned} steps returned, {trapped} did not; rejected: {}",
        rejected.len()
    );
    for line in rejected.iter().take(10) {
        println!("{line}");
    }
    assert!(
        failures.is_empty(),
        "{} differences\n{}",
        failures.len(),
        failures.iter().take(20).cloned().collect::<Vec<_>>().join("\n")
    );
    // An oracle that sees nothing finds nothing.
    assert!(judged * 10 >= count * 7, "{judged} of {count} cases were judged");
    assert!(returned > judged && trapped > judged / 10, "{returned} steps returned, {trapped} did not");
}
