//! The artifact's file format: an ELF64 file with the sections of `gantry_abi::artifact`.
