//! The specification's tests and their twins, in every configuration.
//!
//! `SPEC_EVERY=n` runs every n-th script, `SPEC_FILTER=name` only scripts whose names contain `name`; `SPEC_TRACE=1` prints each
//! name before it runs, so that the last one names what ended the process. `SPEC_OPTIONS=name=value,...` sets further options in every configuration.

use gantry_filetests::derive::{Twin, Twins};
use gantry_filetests::wast::{
    CONFIGURATIONS, Configuration, Engines, Suite, own_scripts, run_files, surprises, totals,
};
use std::time::Instant;

/// The configurations in which twins run: on each backend, memories with all and without any guard pages.
const TWINNED: &[&str] = &[
    "signals, guard pages",
    "explicit checks, no guard pages",
    "Winch",
    "Winch, explicit checks, no guard pages",
    "Pulley",
    "Pulley, no guard pages",
];

/// Runs everything in one configuration, and fails if anything is not as expected.
fn check(configuration: &Configuration) {
    let start = Instant::now();
    let suite = Suite::supported();
    let (occurrences, different, left_out) = (suite.occurrences, suite.files.len(), suite.left_out);
    let mut files = suite.files;
    files.extend(own_scripts().expect("own scripts"));
    if TWINNED.contains(&configuration.name) {
        files.extend(Twins::of_suite().files.iter().cloned());
    }
    if let Ok(every) = std::env::var("SPEC_EVERY") {
        let every = every.parse().expect("SPEC_EVERY is a number");
        files = files.into_iter().step_by(every).collect();
    }
    if let Ok(filter) = std::env::var("SPEC_FILTER") {
        files.retain(|f| f.name.contains(&filter));
    }
    let mut config = configuration.config().expect("valid options");
    for option in std::env::var("SPEC_OPTIONS").unwrap_or_default().split_terminator(',') {
        let (name, value) = option.split_once('=').expect("SPEC_OPTIONS=name=value,...");
        config.option(name, value).expect("an option");
    }
    let engines = Engines::new(config);
    let trace = std::env::var_os("SPEC_TRACE").is_some();
    let reports = run_files(&engines, &files, |file| {
        if trace {
            eprintln!("{}", file.name);
        }
    });
    println!(
        "{}: {} scripts ({occurrences} files of the suite, {different} of them different; {left_out} of unknown features)\n{}\n{:.1?}",
        configuration.name,
        files.len(),
        totals(&reports),
        start.elapsed()
    );
    let surprises = surprises(&reports);
    assert!(surprises.is_empty(), "{}: {} surprises:\n{}", configuration.name, surprises.len(), surprises.join("\n"));
}

/// One test for each row of the table, so that they are reported apart.
macro_rules! configurations {
    ($($test:ident = $name:literal;)*) => {
        pub(super) const TESTED: &[&str] = &[$($name),*];

        $(#[test]
        fn $test() {
            super::check(gantry_filetests::wast::Configuration::named($name).expect("a row of the table"));
        })*
    };
}

#[cfg(any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64", target_arch = "s390x"))]
mod cranelift {
    configurations! {
        signals_with_guard_pages = "signals, guard pages";
        signals_without_guard_pages = "signals, no guard pages";
        explicit_checks_with_guard_pages = "explicit checks, guard pages";
        explicit_checks_without_guard_pages = "explicit checks, no guard pages";
        not_optimized = "not optimized";
        canonical_nans = "canonical NaNs";
        fuel = "fuel";
        epochs = "epochs";
        memories_that_move = "memories that move";
        everything_at_once = "everything at once";
    }
}

#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
mod winch {
    configurations! {
        signals_with_guard_pages = "Winch";
        signals_without_guard_pages = "Winch, no guard pages";
        explicit_checks_with_guard_pages = "Winch, explicit checks";
        explicit_checks_without_guard_pages = "Winch, explicit checks, no guard pages";
        memories_that_move = "Winch, memories that move";
        everything_at_once = "Winch, everything at once";
    }
}

#[cfg(target_arch = "x86_64")]
mod winch_x86_64 {
    configurations! {
        least_processor = "Winch, SSE4.2";
    }
}

mod pulley {
    configurations! {
        with_guard_pages = "Pulley";
        one_by_one = "Pulley, one by one";
        without_guard_pages = "Pulley, no guard pages";
        portable = "Pulley, portable";
        explicit_checks = "Pulley, explicit checks";
        everything_at_once = "Pulley, everything at once";
    }
}

/// Assertions about twins that run code, of all kinds together: fewer mean that scripts are no longer understood.
const MIN_DERIVED: usize = 5_000;

#[test]
fn scripts_have_twins() {
    let twins = Twins::of_suite();
    println!("{}", twins.to_text());
    assert!(twins.assertions.values().sum::<usize>() >= MIN_DERIVED);
    assert!(TWINNED.iter().all(|name| Configuration::named(name).is_some()));
    for twin in Twin::ALL {
        assert!(twins.scripts.contains_key(&twin), "no script has a twin with {}", twin.name());
    }
}

#[test]
fn every_configuration_has_a_test() {
    let tested: &[&[&str]] = &[
        #[cfg(any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64", target_arch = "s390x"))]
        cranelift::TESTED,
        #[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
        winch::TESTED,
        #[cfg(target_arch = "x86_64")]
        winch_x86_64::TESTED,
        pulley::TESTED,
    ];
    let mut tested = tested.concat();
    let mut rows: Vec<&str> = CONFIGURATIONS.iter().filter(|c| c.is_for_this_host()).map(|c| c.name).collect();
    tested.sort_unstable();
    rows.sort_unstable();
    assert_eq!(tested, rows);
}
