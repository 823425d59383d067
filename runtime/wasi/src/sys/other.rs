//! The host's side where there is no Unix: what the standard library can do, and errors for the rest.

use super::{Readiness, Waitable};
use crate::types::FdFlags;
use crate::{ClockId, Errno};
use cap_fs_ext::{DirEntryExt, MetadataExt};
use cap_std::fs::DirEntry;
use std::fs::File;
use std::io::{self, IoSlice, Read, Seek, SeekFrom, Write};
use std::time::Duration;

/// The meaning of the host's error number. `io::ErrorKind` has to do.
pub(crate) fn errno_from_os(_raw: i32) -> Option<Errno> {
    None
}

pub(crate) fn read_stdin(buf: &mut [u8]) -> io::Result<usize> {
    io::stdin().read(buf)
}

pub(crate) fn write_stdout(bufs: &[IoSlice<'_>]) -> io::Result<usize> {
    let mut out = io::stdout().lock();
    let written = out.write_vectored(bufs)?;
    out.flush()?;
    Ok(written)
}

pub(crate) fn write_stderr(bufs: &[IoSlice<'_>]) -> io::Result<usize> {
    io::stderr().write_vectored(bufs)
}

pub(crate) fn read_at(mut file: &File, buf: &mut [u8], offset: u64) -> io::Result<usize> {
    let before = file.stream_position()?;
    file.seek(SeekFrom::Start(offset))?;
    let result = file.read(buf);
    file.seek(SeekFrom::Start(before))?;
    result
}

pub(crate) fn write_at(mut file: &File, buf: &[u8], offset: u64) -> io::Result<usize> {
    let before = file.stream_position()?;
    file.seek(SeekFrom::Start(offset))?;
    let result = file.write(buf);
    file.seek(SeekFrom::Start(before))?;
    result
}

/// The inode of a directory entry, or what the host has instead.
pub(crate) fn inode(entry: &DirEntry) -> io::Result<u64> {
    Ok(entry.full_metadata()?.ino())
}

pub(crate) fn set_flags(_file: &File, flags: FdFlags) -> io::Result<()> {
    if flags.is_empty() { Ok(()) } else { Err(io::ErrorKind::Unsupported.into()) }
}

/// Advice may be ignored.
pub(crate) fn advise(_file: &File, _offset: u64, _len: u64, advice: u32) -> Result<(), Errno> {
    if advice <= 5 { Ok(()) } else { Err(Errno::Inval) }
}

pub(crate) fn allocate(_file: &File, _offset: u64, _len: u64) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

pub(crate) fn cpu_time(_id: ClockId) -> Result<u64, Errno> {
    Err(Errno::Notsup)
}

pub(crate) fn clock_resolution(id: ClockId) -> Result<u64, Errno> {
    match id {
        ClockId::Realtime | ClockId::Monotonic => Ok(100),
        ClockId::ProcessCputime | ClockId::ThreadCputime => Err(Errno::Notsup),
    }
}

/// Everything counts as ready; without anything to wait for, sleeps.
pub(crate) fn wait(waitables: &[Waitable<'_>], timeout: Option<u64>) -> io::Result<Vec<Readiness>> {
    if let (true, Some(nanos)) = (waitables.is_empty(), timeout) {
        std::thread::sleep(Duration::from_nanos(nanos));
    }
    Ok(waitables
        .iter()
        .map(|waitable| {
            let _ = (&waitable.source, waitable.read);
            Readiness { ready: true, hangup: false, bytes: 0 }
        })
        .collect())
}
