//! The specification's tests, in every configuration.
//!
//! `SPEC_FILTER=name` runs only scripts whose names contain `name`; `SPEC_TRACE=1` prints each name before it runs, so that
//! the last one names what ended the process. `SPEC_OPTIONS=name=value,...` sets further options in every configuration.

use gantry_filetests::wast::{
    CONFIGURATIONS, Configuration, Engines, Suite, own_scripts, run_files, surprises, totals,
};
use std::time::Instant;

/// Runs everything in one configuration, and fails if anything is not as expected.
fn check(configuration: &Configuration) {
    let start = Instant::now();
    let suite = Suite::supported();
    let (occurrences, different, left_out) = (suite.occurrences, suite.files.len(), suite.left_out);
    let mut files = suite.files;
    files.extend(own_scripts().expect("own scripts"));
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
    ($($test:ident = $index:literal;)*) => {
        $(#[test]
        fn $test() {
            check(&CONFIGURATIONS[$index]);
        })*

        #[test]
        fn every_configuration_has_a_test() {
            let tested = [$($index),*].len() + usize::from(cfg!(target_arch = "x86_64"));
            assert_eq!(tested, CONFIGURATIONS.len());
        }
    };
}

configurations! {
    signals_with_guard_pages = 0;
    signals_without_guard_pages = 1;
    explicit_checks_with_guard_pages = 2;
    explicit_checks_without_guard_pages = 3;
    not_optimized = 4;
    canonical_nans = 5;
    fuel = 6;
    epochs = 7;
    memories_that_move = 8;
    everything_at_once = 9;
    winch = 10;
    winch_without_guard_pages = 11;
    winch_explicit_checks = 12;
    winch_explicit_checks_without_guard_pages = 13;
    winch_memories_that_move = 14;
    winch_everything_at_once = 15;
    pulley = 16;
    pulley_one_by_one = 17;
    pulley_without_guard_pages = 18;
    pulley_portable = 19;
    pulley_explicit_checks = 20;
    pulley_everything_at_once = 21;
}

/// The last row is there on x86_64 only.
#[cfg(target_arch = "x86_64")]
#[test]
fn winch_on_the_least_processor() {
    check(CONFIGURATIONS.last().expect("there are configurations"));
}
