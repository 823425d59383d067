//! Gantry's optimizing backend, on cranelift-codegen.
