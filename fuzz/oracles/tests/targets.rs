//! Every target on inputs of fixed seeds, held to its contract: so many inputs get to the end, and certain things occur.
//!
//! `GANTRY_FUZZ_TARGET` chooses one target, `GANTRY_FUZZ_CASES` says how many inputs each gets (2000 is what contracts are about),
//! `GANTRY_FUZZ_SEED` where they begin. With `GANTRY_FUZZ_INPUT` the
//! target runs on this file instead, as libFuzzer would. `scripts/fuzz-liveness` does it at full length.

use arbitrary::Unstructured;
use gantry_oracles::targets::{Outcome, Seen, TARGETS, Target};
use gantry_oracles::{generate, operators};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

/// How many inputs contracts are about.
const FULL: u64 = 2000;

fn number(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{name} is a number")))
}

/// Runs a target and says what it did; then what is wrong with that.
fn check(target: &Target) -> (String, Vec<String>) {
    let cases = number("GANTRY_FUZZ_CASES").unwrap_or(target.cases);
    let first = number("GANTRY_FUZZ_SEED").unwrap_or(0);
    let (mut seen, mut judged, mut skipped) = (Seen::labels(), 0, BTreeMap::<String, u64>::new());
    let start = Instant::now();
    for seed in first..first + cases {
        match (target.run)(&mut Unstructured::new(&generate::bytes(seed)), &mut seen) {
            Outcome::Judged => judged += 1,
            Outcome::Skipped(why) => *skipped.entry(why.chars().take(100).collect()).or_default() += 1,
        }
    }
    let rate = cases as f64 / start.elapsed().as_secs_f64();
    let mut report = format!("{:10} {judged} of {cases} judged, {rate:.0}/s;", target.name);
    let mut wrong = Vec::new();
    let missing = skipped.keys().find(|why| why.contains("no emulator is installed"));
    if let Some(missing) = missing.filter(|_| std::env::var_os("CI").is_none()) {
        return (format!("{:10} not run: {missing}", target.name), wrong);
    }
    if judged * 100 < cases * target.reach as u64 {
        let mut common: Vec<_> = skipped.iter().collect();
        common.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        common.truncate(5);
        wrong.push(format!("{}: {judged} of {cases} inputs get to the end; the others: {common:#?}", target.name));
    }
    for &(kind, wanted) in target.shows {
        let found: BTreeSet<&str> = seen.of(kind).collect();
        let _ = write!(report, " {} {kind}", found.len());
        // Few inputs show less, but not nothing.
        let wanted = if cases >= FULL { wanted } else { 1 };
        if found.len() < wanted {
            wrong.push(format!(
                "{}: of kind {kind:?} there are {} and not {wanted}: {found:?}",
                target.name,
                found.len()
            ));
        }
    }
    if std::env::var_os("GANTRY_FUZZ_OPERATORS").is_some() {
        let found: BTreeSet<&str> = seen.of("op").collect();
        let missing: Vec<&str> = operators::supported().filter(|name| !found.contains(name)).collect();
        let _ = write!(report, "; {} operators are missing: {missing:?}", missing.len());
        if !missing.is_empty() {
            wrong.push(format!("{}: operators that no module has: {missing:?}", target.name));
        }
    }
    (report, wrong)
}

#[test]
fn targets_keep_their_contracts() {
    let chosen = std::env::var("GANTRY_FUZZ_TARGET").ok();
    let targets: Vec<&Target> =
        TARGETS.iter().filter(|target| chosen.as_deref().is_none_or(|name| name == target.name)).collect();
    assert!(!targets.is_empty(), "there is no target called {chosen:?}");
    if let Some(file) = std::env::var_os("GANTRY_FUZZ_INPUT") {
        let bytes = std::fs::read(&file).expect("the input can be read");
        let outcome = (targets[0].run)(&mut Unstructured::new(&bytes), &mut Seen::nothing());
        println!("{}: {outcome:?}", targets[0].name);
        return;
    }
    let (next, failures) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    std::thread::scope(|scope| {
        for _ in 0..threads.min(targets.len()) {
            let worker = || {
                while let Some(target) = targets.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let (report, wrong) = check(target);
                    println!("{report}");
                    failures.lock().unwrap().extend(wrong);
                }
            };
            // Guests that call the host that calls guests use the host's stack.
            let spawned = std::thread::Builder::new().stack_size(64 << 20).spawn_scoped(scope, worker);
            spawned.expect("there is memory for a stack");
        }
    });
    let failures = failures.into_inner().unwrap();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Each row of the table has a file, and each file a row and an entry in the manifest.
#[test]
fn the_table_and_the_files_agree() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("it is in fuzz");
    let names: BTreeSet<String> = TARGETS.iter().map(|target| target.name.to_owned()).collect();
    assert_eq!(names.len(), TARGETS.len(), "names are different from one another");
    let files = std::fs::read_dir(folder.join("fuzz_targets")).expect("the folder is there").map(|file| {
        let path = file.expect("it can be read").path();
        let text = std::fs::read_to_string(&path).expect("it is text");
        let name = path.file_stem().expect("it has a name").to_string_lossy().into_owned();
        assert!(text.contains(&format!("fuzz(\"{name}\", data)")), "{name}.rs runs another target");
        name
    });
    assert_eq!(files.collect::<BTreeSet<_>>(), names);
    let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).expect("the manifest is there");
    for name in &names {
        assert!(manifest.contains(&format!("path = \"fuzz_targets/{name}.rs\"")), "{name} is not in the manifest");
    }
}
