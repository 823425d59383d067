//! The records that compiled code reads and writes, as `gantry_abi::layout` lays them out.
