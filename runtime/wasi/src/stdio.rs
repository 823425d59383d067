//! Standard input, output and error: the host's, or the embedder's.

use crate::sys;
use crate::types::FileType;
use std::fmt;
use std::io::{self, IoSlice, IsTerminal, Read, Write};
use std::sync::{Arc, Mutex, PoisonError};

/// A stream to read from.
pub(crate) enum Input {
    /// The standard input of the process.
    Host,
    /// What the embedder gave. Always counts as ready.
    Custom(Box<dyn Read + Send>),
}

/// A stream to write to.
pub(crate) enum Output {
    /// The standard output of the process.
    HostOut,
    /// The standard error of the process.
    HostErr,
    /// What the embedder gave. Always counts as ready.
    Custom(Box<dyn Write + Send>),
}

/// How a stream looks to the guest: C libraries buffer by line when it is a character device.
fn filetype(terminal: bool) -> FileType {
    if terminal { FileType::CharacterDevice } else { FileType::Unknown }
}

impl Input {
    pub(crate) fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        match self {
            Input::Host => sys::read_stdin(buf),
            Input::Custom(stream) => stream.read(buf),
        }
    }

    pub(crate) fn filetype(&self) -> FileType {
        filetype(matches!(self, Input::Host) && io::stdin().is_terminal())
    }
}

impl Output {
    /// Writes some of `bufs`, at least one byte of what is not empty.
    pub(crate) fn write(&mut self, bufs: &[IoSlice<'_>]) -> io::Result<usize> {
        let written = match self {
            Output::HostOut => sys::write_stdout(bufs),
            Output::HostErr => sys::write_stderr(bufs),
            Output::Custom(stream) => stream.write_vectored(bufs),
        }?;
        if written == 0 && bufs.iter().any(|buf| !buf.is_empty()) {
            // A guest would try again forever.
            return Err(io::ErrorKind::WriteZero.into());
        }
        Ok(written)
    }

    pub(crate) fn filetype(&self) -> FileType {
        filetype(match self {
            Output::HostOut => io::stdout().is_terminal(),
            Output::HostErr => io::stderr().is_terminal(),
            Output::Custom(_) => false,
        })
    }
}

/// Collects what a guest writes. Clones share the bytes: give one to the builder and keep another.
///
/// ```
/// use gantry_wasi::{OutputPipe, WasiCtxBuilder};
/// let out = OutputPipe::new();
/// let ctx = WasiCtxBuilder::new().stdout(Box::new(out.clone())).build();
/// // ... run a program with `ctx` ...
/// assert_eq!(out.contents(), b"");
/// ```
#[derive(Clone)]
pub struct OutputPipe {
    bytes: Arc<Mutex<Vec<u8>>>,
    limit_bytes: usize,
}

impl OutputPipe {
    /// Most bytes that a pipe from [`OutputPipe::new`] holds.
    pub const DEFAULT_LIMIT_BYTES: usize = 64 << 20;

    /// An empty pipe for at most [`OutputPipe::DEFAULT_LIMIT_BYTES`].
    pub fn new() -> Self {
        Self::with_limit(Self::DEFAULT_LIMIT_BYTES)
    }

    /// An empty pipe for at most `limit_bytes`. Writing to a full one fails with "no space left" (`ENOSPC`).
    pub fn with_limit(limit_bytes: usize) -> Self {
        Self { bytes: Arc::default(), limit_bytes }
    }

    /// A copy of what was written so far.
    pub fn contents(&self) -> Vec<u8> {
        self.bytes.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Default for OutputPipe {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for OutputPipe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OutputPipe").field("limit_bytes", &self.limit_bytes).finish_non_exhaustive()
    }
}

impl Write for OutputPipe {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        let mut bytes = self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        let count = buf.len().min(self.limit_bytes - bytes.len());
        if count == 0 && !buf.is_empty() {
            return Err(io::ErrorKind::StorageFull.into());
        }
        bytes.extend_from_slice(&buf[..count]);
        Ok(count)
    }

    fn write_vectored(&mut self, bufs: &[IoSlice<'_>]) -> io::Result<usize> {
        let mut total = 0;
        for buf in bufs.iter().filter(|buf| !buf.is_empty()) {
            match self.write(buf) {
                Ok(count) => total += count,
                Err(_) if total > 0 => break,
                Err(error) => return Err(error),
            }
        }
        Ok(total)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_pipe_takes_what_fits_and_then_refuses() {
        let mut pipe = OutputPipe::with_limit(5);
        let bufs = [IoSlice::new(b"abc"), IoSlice::new(b""), IoSlice::new(b"def")];
        assert_eq!(pipe.write_vectored(&bufs).unwrap(), 5);
        assert_eq!(pipe.contents(), b"abcde");
        assert_eq!(pipe.write(b"x").unwrap_err().kind(), io::ErrorKind::StorageFull);
        assert_eq!(pipe.write(b"").unwrap(), 0);
    }

    #[test]
    fn an_output_that_takes_nothing_is_an_error() {
        let mut output = Output::Custom(Box::new(&mut [][..]));
        assert_eq!(output.write(&[IoSlice::new(b"x")]).unwrap_err().kind(), io::ErrorKind::WriteZero);
    }
}
