//! The host's side on Unix, through `rustix`.

use super::{Readiness, Source, Waitable};
use crate::errno::for_each_errno;
use crate::types::FdFlags;
use crate::{ClockId, Errno};
use cap_std::fs::DirEntry;
use rustix::event::{PollFd, PollFlags, Timespec};
use rustix::fs::{Advice, OFlags};
use std::fs::File;
use std::io::{self, IoSlice};
use std::num::NonZeroU64;
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::fs::{DirEntryExt, FileExt};

macro_rules! define_errno_from_os {
    ($($name:ident = $number:literal, $rustix:ident, $meaning:literal;)*) => {
        /// The meaning of the host's error number.
        pub(crate) fn errno_from_os(raw: i32) -> Option<Errno> {
            Some(match rustix::io::Errno::from_raw_os_error(raw) {
                $(rustix::io::Errno::$rustix => Errno::$name,)*
                _ => return None,
            })
        }
    };
}
for_each_errno!(define_errno_from_os);

/// Reads standard input past the buffer of `std::io::Stdin`, which `wait` could not see into.
pub(crate) fn read_stdin(buf: &mut [u8]) -> io::Result<usize> {
    Ok(rustix::io::read(io::stdin(), buf)?)
}

/// Writes to standard output, unbuffered: the guest has its own buffers.
pub(crate) fn write_stdout(bufs: &[IoSlice<'_>]) -> io::Result<usize> {
    Ok(rustix::io::writev(io::stdout(), bufs)?)
}

/// Writes to standard error, unbuffered.
pub(crate) fn write_stderr(bufs: &[IoSlice<'_>]) -> io::Result<usize> {
    Ok(rustix::io::writev(io::stderr(), bufs)?)
}

pub(crate) fn read_at(file: &File, buf: &mut [u8], offset: u64) -> io::Result<usize> {
    file.read_at(buf, offset)
}

pub(crate) fn write_at(file: &File, buf: &[u8], offset: u64) -> io::Result<usize> {
    file.write_at(buf, offset)
}

/// The inode of a directory entry, as the directory has it.
pub(crate) fn inode(entry: &DirEntry) -> io::Result<u64> {
    Ok(entry.ino())
}

/// Flags that can change while a file is open.
const CHANGEABLE: [(FdFlags, OFlags); 2] = [(FdFlags::APPEND, OFlags::APPEND), (FdFlags::NONBLOCK, OFlags::NONBLOCK)];

/// Sets `APPEND` and `NONBLOCK` as `flags` has them.
pub(crate) fn set_flags(file: &File, flags: FdFlags) -> io::Result<()> {
    let mut raw = rustix::fs::fcntl_getfl(file)?;
    for (flag, host) in CHANGEABLE {
        raw.set(host, flags.contains(flag));
    }
    Ok(rustix::fs::fcntl_setfl(file, raw)?)
}

/// Tells the host how the file will be used. `advice` is the number in the witx, at most 5.
pub(crate) fn advise(file: &File, offset: u64, len: u64, advice: u32) -> Result<(), Errno> {
    let advice = match advice {
        0 => Advice::Normal,
        1 => Advice::Sequential,
        2 => Advice::Random,
        3 => Advice::WillNeed,
        4 => Advice::DontNeed,
        5 => Advice::NoReuse,
        _ => return Err(Errno::Inval),
    };
    rustix::fs::fadvise(file, offset, NonZeroU64::new(len), advice).map_err(|error| io::Error::from(error).into())
}

/// Reserves space for `len` bytes from `offset` on; the file grows to hold them.
pub(crate) fn allocate(file: &File, offset: u64, len: u64) -> io::Result<()> {
    Ok(rustix::fs::fallocate(file, rustix::fs::FallocateFlags::empty(), offset, len)?)
}

fn host_clock(id: ClockId) -> rustix::time::ClockId {
    match id {
        ClockId::Realtime => rustix::time::ClockId::Realtime,
        ClockId::Monotonic => rustix::time::ClockId::Monotonic,
        ClockId::ProcessCputime => rustix::time::ClockId::ProcessCPUTime,
        ClockId::ThreadCputime => rustix::time::ClockId::ThreadCPUTime,
    }
}

fn nanos(time: Timespec) -> Result<u64, Errno> {
    let seconds = u64::try_from(time.tv_sec).map_err(|_| Errno::Overflow)?;
    let nanos = u64::try_from(time.tv_nsec).map_err(|_| Errno::Overflow)?;
    seconds.checked_mul(1_000_000_000).and_then(|time| time.checked_add(nanos)).ok_or(Errno::Overflow)
}

/// Processor time in nanoseconds.
pub(crate) fn cpu_time(id: ClockId) -> Result<u64, Errno> {
    nanos(rustix::time::clock_gettime(host_clock(id)))
}

/// Resolution of a clock in nanoseconds.
pub(crate) fn clock_resolution(id: ClockId) -> Result<u64, Errno> {
    nanos(rustix::time::clock_getres(host_clock(id))).map(|nanos| nanos.max(1))
}

impl AsFd for Source<'_> {
    fn as_fd(&self) -> BorrowedFd<'_> {
        match self {
            Source::Stdin => rustix::stdio::stdin(),
            Source::Stdout => rustix::stdio::stdout(),
            Source::Stderr => rustix::stdio::stderr(),
            Source::File(file) => file.as_fd(),
        }
    }
}

/// Waits until one of `waitables` is ready, or `timeout` nanoseconds have passed. `None` waits without end.
///
/// May return early with nothing ready, when a signal interrupts it.
pub(crate) fn wait(waitables: &[Waitable<'_>], timeout: Option<u64>) -> io::Result<Vec<Readiness>> {
    let events = |read| if read { PollFlags::IN } else { PollFlags::OUT };
    let mut fds: Vec<_> =
        waitables.iter().map(|waitable| PollFd::new(&waitable.source, events(waitable.read))).collect();
    let timeout = match timeout {
        None => None,
        Some(nanos) => Some(Timespec {
            tv_sec: i64::try_from(nanos / 1_000_000_000).map_err(io::Error::other)?,
            tv_nsec: i64::try_from(nanos % 1_000_000_000).map_err(io::Error::other)?,
        }),
    };
    match rustix::event::poll(&mut fds, timeout.as_ref()) {
        Ok(_) => {}
        Err(rustix::io::Errno::INTR) => return Ok(vec![Readiness::default(); waitables.len()]),
        Err(error) => return Err(error.into()),
    }
    Ok(fds
        .iter()
        .zip(waitables)
        .map(|(fd, waitable)| {
            let events = fd.revents();
            let ready = !events.is_empty();
            let bytes = match ready && waitable.read {
                true => rustix::io::ioctl_fionread(&waitable.source).unwrap_or(0),
                false => 0,
            };
            Readiness { ready, hangup: events.intersects(PollFlags::HUP), bytes }
        })
        .collect())
}
