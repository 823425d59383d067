//! Real programs run to the expected result, in every way of checking memory accesses.

use gantry::{Config, Engine, Module};
use gantry_filetests::programs::{self, Manifest, Recipe, Workload, folder};

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

/// Checks every item on every engine; fails with all that went wrong.
fn check<T>(items: &[T], name: impl Fn(&T) -> &str, check: impl Fn(&Engine, &T) -> anyhow::Result<()>) {
    assert!(!items.is_empty());
    let mut failures = Vec::new();
    for (mode, engine) in engines() {
        for item in items {
            if let Err(error) = check(&engine, item) {
                failures.push(format!("{} with {mode}: {error:#}", name(item)));
            }
        }
    }
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
