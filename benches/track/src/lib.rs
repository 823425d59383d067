//! How fast Gantry compiles, starts and runs.
//!
//! [`engine`] says what an engine is to a measurement, and [`engines`] lists Gantry's backends; other engines are listed by
//! `benches/peers`, which links this library. [`suites`] says what is measured, [`inputs`] on what. [`measure`] takes times,
//! [`callgrind`] counts instructions, [`record`] keeps the results, [`compare`] judges two of them, [`report`]
//! draws all, [`tables`] writes the newest as text. [`cli`] is the command line over all of it, [`criterion`] another
//! one over the same benchmarks.
//!
//! **Invariant:** a benchmark is the same closure whichever engine, clock or counter measures it.

pub mod benchmark;
pub mod callgrind;
pub mod cli;
pub mod compare;
pub mod criterion;
pub mod engine;
pub mod engines;
pub mod inputs;
pub mod measure;
pub mod progress;
pub mod record;
pub mod report;
pub mod stats;
pub mod suites;
pub mod tables;
pub mod throughput;
