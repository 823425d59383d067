//! What the standard library gives, on hosts that have it, and what stands in for it elsewhere.
//!
//! With the feature `std` these are thin wrappers of std. Without it, they are made of `core` and `alloc` and of the few functions
//! that `include/gantry-platform.h` asks of the embedder. Both have the same items:
//!
//! * `Error`: errors of the system; `out_of_memory()` and `unsupported(what)` make some.
//! * `Mutex`, `RwLock`, `OnceLock`: as in std, but that a panic of somebody who holds a lock is of no consequence.
//! * `catch`, `resume`, `Payload`: panics that must not unwind through compiled code. Without std, panics do not unwind.
//! * `current`, `set_current`: a pointer per thread.
//! * `abort(why)`: for what must not go on.
//!
//! `Counter` depends on the processor alone: a number of 64 bits that threads and interrupt handlers advance without locks, and
//! that compiled code reads as plain memory.

#[cfg(not(feature = "std"))]
mod bare;
#[cfg(any(test, not(target_has_atomic = "64")))]
mod halves;
#[cfg(feature = "std")]
mod hosted;
#[cfg(any(test, not(feature = "std")))]
mod lock;
#[cfg(any(test, not(feature = "std")))]
mod once;
#[cfg(target_has_atomic = "64")]
mod whole;

#[cfg(not(feature = "std"))]
pub(crate) use bare::*;
#[cfg(not(target_has_atomic = "64"))]
pub(crate) use halves::Counter;
#[cfg(feature = "std")]
pub(crate) use hosted::*;
#[cfg(target_has_atomic = "64")]
pub(crate) use whole::Counter;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    #[test]
    fn the_header_declares_what_is_asked_of_hosts() {
        let functions = |text: &'static str| -> BTreeSet<&str> {
            let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            words.filter(|word| word.starts_with("gantry_") && !word.ends_with('_')).collect()
        };
        let mut asked = functions(include_str!("bare.rs"));
        asked.extend(functions(include_str!("../sys/unsupported/custom.rs")));
        assert!(asked.contains("gantry_tls_get") && asked.contains("gantry_vm_commit"));
        assert_eq!(functions(include_str!("../../include/gantry-platform.h")), asked);
    }
}
