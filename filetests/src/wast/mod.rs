//! Runs the scripts of the specification's tests, `.wast` files, on an engine.
//!
//! A script is a list of directives: modules to instantiate, functions to call and assertions about both (WebAssembly
//! reference interpreter, README, "Scripts"). One store serves one script; a directive that fails is recorded and the next
//! one runs. What the engine refuses because a feature is later work is counted apart, with all directives that need it.

mod configurations;
mod expect;
mod report;
mod run;
mod runner;
mod spectest;
mod suite;
mod values;

pub use configurations::{CONFIGURATIONS, Configuration, Engines};
pub use expect::{EXPECTATIONS, Expectation};
pub use report::{Failure, Report, Tally, Totals};
pub use run::{run_files, run_paths, surprises, totals};
pub use runner::run_source;
pub use suite::{Suite, SuiteFile, features_of_folder, own_scripts};
