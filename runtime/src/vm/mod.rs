//! The virtual machine under the embedding API: memories, code, activations, traps.
//!
//! Everything here may be `unsafe`; nothing here is visible to embedders.

pub(crate) mod activation;
pub(crate) mod code;
pub(crate) mod code_registry;
pub(crate) mod image;
pub(crate) mod memory;
pub(crate) mod mmap;
pub(crate) mod records;
pub(crate) mod stack_walk;
#[cfg(test)]
pub(crate) mod test_image;
mod validate;
