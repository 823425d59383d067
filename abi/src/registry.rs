//! Engine-wide identity of types.
