//! What fuzzing once found stays found: every file of `fuzz/regressions` runs on all engines, and all agree.
//!
//! An entry is a module in the text format, with the options of the case in a TOML file of the same name, if it needs any;
//! otherwise it runs on every backend with every set of options. What is no valid module is refused by all of them.

use gantry::Module;
use gantry_oracles::case::{Case, Options};
use gantry_oracles::worker::{Finding, judge_here};
use gantry_oracles::{engine, plan};
use std::path::{Path, PathBuf};
use wasmparser::Validator;

fn entries() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../regressions");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = files.filter(|path| path.extension().is_some_and(|e| e == "wat")).collect();
    files.sort();
    files
}

fn case(path: &Path) -> Case {
    let wasm = wat::parse_file(path).unwrap();
    let options = match std::fs::read_to_string(path.with_extension("toml")) {
        Ok(text) => Options::from_toml(&text).unwrap_or_else(|e| panic!("{}: {e:#}", path.display())),
        Err(_) => Options { engine: engine::matrix(), ..Options::default() },
    };
    Case { wasm, options }
}

#[test]
fn what_was_found_stays_fixed() {
    let entries = entries();
    assert!(!entries.is_empty(), "there are entries");
    for path in entries {
        let case = case(&path);
        if Validator::new_with_features(plan::features()).validate_all(&case.wasm).is_ok() {
            assert_eq!(judge_here(&case), Finding::Agreed, "{}", path.display());
            continue;
        }
        for spec in &case.options.engine {
            let compiled = Module::from_binary(&spec.shared_engine().unwrap(), &case.wasm);
            assert!(compiled.is_err(), "{} is compiled by {spec}", path.display());
        }
    }
}
