//! What the host's operating system does differently: error numbers, descriptor flags, waiting.
//!
//! Both variants have the same functions. `other.rs` does what the standard library can and refuses the rest.

#[cfg(unix)]
mod unix;
#[cfg(unix)]
pub(crate) use unix::*;

#[cfg(not(unix))]
mod other;
#[cfg(not(unix))]
pub(crate) use other::*;

/// What `poll_oneoff` waits for.
pub(crate) struct Waitable<'a> {
    pub(crate) source: Source<'a>,
    /// Wait for data to read, otherwise for room to write.
    pub(crate) read: bool,
}

/// A descriptor of the host.
pub(crate) enum Source<'a> {
    Stdin,
    Stdout,
    Stderr,
    File(&'a std::fs::File),
}

/// What became of a [`Waitable`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Readiness {
    pub(crate) ready: bool,
    pub(crate) hangup: bool,
    pub(crate) bytes: u64,
}
