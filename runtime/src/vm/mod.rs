//! The virtual machine under the embedding API: memories, code, activations, traps.
//!
//! Everything here may be `unsafe`; nothing here is visible to embedders.

pub(crate) mod activation;
pub(crate) mod bytecode;
pub(crate) mod code;
pub(crate) mod code_registry;
pub(crate) mod const_expr;
pub(crate) mod externs;
pub(crate) mod host;
pub(crate) mod image;
pub(crate) mod instance;
pub(crate) mod instantiate;
pub(crate) mod libcalls;
pub(crate) mod memory;
pub(crate) mod mmap;
pub(crate) mod records;
pub(crate) mod stack_walk;
pub(crate) mod table;
#[cfg(test)]
pub(crate) mod test_image;
mod validate;
