//! Real programs run to the expected result, in every way of checking memory accesses.

use gantry::{Config, Engine, Module};
use gantry_filetests::programs::{self, Manifest, Recipe, Workload, folder};
use rayon::prelude::*;

/// An engine for each way in which compiled code may check memory accesses.
fn engines() -> Vec<(&'static str, Engine)> {
    let engine = |change: &dyn Fn(&mut Config)| {
        let mut config = Config::new();
        change(&mut config);
        Engine::new(&config).expect("engine")
    };
    vec![
        ("guard pages", engine(&|_| {})),
        (
            "explicit checks",
            engine(&|config| {
                config.signals_based_traps(false);
            }),
        ),
        (
            "memories that move",
            engine(&|config| {
                config.memory_reservation(0).memory_guard_size(0).memory_may_move(true);
            }),
        ),
        (
            "Pulley",
            engine(&|config| {
                config.backend("pulley");
            }),
        ),
        (
            "Winch, guard pages",
            engine(&|config| {
                config.backend("winch");
            }),
        ),
        (
            "Winch, explicit checks",
            engine(&|config| {
                config.backend("winch").signals_based_traps(false);
            }),
        ),
        (
            "Winch, memories that move",
            engine(&|config| {
                config.backend("winch").memory_reservation(0).memory_guard_size(0).memory_may_move(true);
            }),
        ),
    ]
}

/// Checks every item on every engine, several at once; fails with all that went wrong.
fn check<T: Sync>(
    items: &[T],
    name: impl Fn(&T) -> &str + Sync,
    check: impl Fn(&Engine, &T) -> anyhow::Result<()> + Sync,
) {
    assert!(!items.is_empty());
    let engines = engines();
    let all: Vec<_> = engines.iter().flat_map(|engine| items.iter().map(move |item| (engine, item))).collect();
    let failure = |((mode, engine), item): (&(&str, Engine), &T)| {
        let error = check(engine, item).err()?;
        Some(format!("{} with {mode}: {error:#}", name(item)))
    };
    let failures: Vec<String> = all.into_par_iter().filter_map(failure).collect();
    assert!(failures.is_empty(), "{} failures\n\n{}", failures.len(), failures.join("\n\n"));
}

#[test]
fn every_module_is_the_one_that_the_manifest_means() {
    Manifest::load().and_then(|manifest| manifest.verify()).unwrap();
}

#[test]
fn programs_print_what_is_expected() {
    let manifest = Manifest::load().unwrap();
    check(
        &manifest.program,
        |program| &program.file,
        |engine, program| {
            let module = Module::from_file(engine, folder().join(&program.file))?;
            let runs: Vec<_> = manifest.run.iter().filter(|run| run.program == program.file).collect();
            anyhow::ensure!(!runs.is_empty(), "it is never run");
            runs.into_iter().try_for_each(|run| programs::check(&module, run))
        },
    );
}

#[test]
fn modules_from_elsewhere_follow_their_recipes() {
    let manifest = Manifest::load().unwrap();
    assert!(manifest.module.len() >= 6);
    check(
        &manifest.module,
        |module| &module.file,
        |engine, module| {
            let recipe = Recipe::load(&folder().join(&module.recipe))?;
            anyhow::ensure!(programs::replay(engine, &recipe)? > 0);
            Ok(())
        },
    );
}

#[test]
fn workloads_give_their_checksums() {
    check(
        &Workload::load_all().unwrap(),
        |workload| &workload.name,
        |engine, workload| programs::check_workload(workload, engine),
    );
}
