//! Walks the frames of compiled code.
