//! What embedders see.

pub(crate) mod backtrace;
pub(crate) mod config;
pub(crate) mod context;
pub(crate) mod engine;
pub(crate) mod externals;
#[cfg(feature = "std")]
mod files;
pub(crate) mod func;
pub(crate) mod host_func;
pub(crate) mod instance;
pub(crate) mod limits;
pub(crate) mod linker;
pub(crate) mod module;
pub(crate) mod store;
pub(crate) mod typed;
pub(crate) mod types;
pub(crate) mod value;
