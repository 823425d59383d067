//! `poll_oneoff`.

use super::*;
use crate::VirtualClock;
use std::time::{Duration, Instant};

#[derive(Clone, Copy)]
enum Wait {
    Clock { id: u32, nanos: u64, absolute: bool },
    Read(u32),
    Write(u32),
}
use Wait::{Clock, Read, Write};

const EVENTS: u32 = BUF + 8192;

/// Polls; an event is `(number of its subscription, errno, type, bytes)`.
fn poll(guest: &mut Guest, waits: &[Wait]) -> Result<Vec<(u64, u16, u8, u64)>, Errno> {
    for (index, wait) in (0u32..).zip(waits) {
        guest.call(|_, mem| {
            let at = BUF + index * 48;
            mem.bytes_mut(at, 48).unwrap().fill(0);
            mem.write(at, u64::from(index)).unwrap();
            let (tag, id) = match *wait {
                Clock { id, nanos, absolute } => {
                    mem.write(at + 24, nanos).unwrap();
                    mem.write(at + 40, u16::from(absolute)).unwrap();
                    (0u8, id)
                }
                Read(fd) => (1, fd),
                Write(fd) => (2, fd),
            };
            mem.write(at + 8, tag).unwrap();
            mem.write(at + 16, id).unwrap();
        });
    }
    let count = u32::try_from(waits.len()).unwrap();
    guest.call(|ctx, mem| ctx.poll_oneoff(mem, BUF, EVENTS, count, RESULT))?;
    let stored = guest.u32();
    Ok(guest.call(|_, mem| {
        let event = |index| {
            let at = EVENTS + index * 32;
            (mem.read(at).unwrap(), mem.read(at + 8).unwrap(), mem.read(at + 10).unwrap(), mem.read(at + 16).unwrap())
        };
        (0..stored).map(event).collect()
    }))
}

#[test]
fn clocks_wait_as_long_as_asked() {
    let mut guest = Guest::new();
    let start = Instant::now();
    let waits =
        [Clock { id: 1, nanos: 60_000_000_000, absolute: false }, Clock { id: 1, nanos: 20_000_000, absolute: false }];
    assert_eq!(poll(&mut guest, &waits), Ok(vec![(1, 0, 0, 0)]));
    assert!(start.elapsed() >= Duration::from_millis(20));
    // A time that has passed is an event at once.
    assert_eq!(poll(&mut guest, &[Clock { id: 0, nanos: 5, absolute: true }]), Ok(vec![(0, 0, 0, 0)]));
}

#[test]
fn a_virtual_clock_wakes_at_once() {
    let mut guest = Guest::with(DirPerms::all(), FilePerms::all(), |builder| {
        builder.clock(VirtualClock::new(0));
    });
    let start = Instant::now();
    let hour = 3_600_000_000_000;
    assert_eq!(poll(&mut guest, &[Clock { id: 0, nanos: hour, absolute: false }]), Ok(vec![(0, 0, 0, 0)]));
    guest.call(|ctx, mem| ctx.clock_time_get(mem, 0, 0, RESULT)).unwrap();
    assert!(guest.u64(RESULT) >= hour && start.elapsed() < Duration::from_secs(60));
}

#[test]
fn descriptors_are_ready_before_the_clock() {
    let mut guest = Guest::new();
    let fd = guest.open("file", CREATE, READ | WRITE).unwrap();
    guest.write(fd, b"abc").unwrap();
    guest.seek(fd, 1, 0).unwrap();
    let clock = Clock { id: 1, nanos: 60_000_000_000, absolute: false };
    let events = poll(&mut guest, &[clock, Read(fd), Write(fd)]).unwrap();
    assert_eq!(events, [(1, 0, 1, 2), (2, 0, 2, 0)]);
    assert_eq!(poll(&mut guest, &[clock, Read(0), Write(1)]).unwrap(), [(1, 0, 1, 1), (2, 0, 2, 1)]);
}

#[cfg(target_os = "linux")]
#[test]
fn an_empty_pipe_is_not_ready_until_the_clock() {
    let mut guest = Guest::new();
    let path = guest.dir.path().join("fifo");
    rustix::fs::mknodat(rustix::fs::CWD, &path, rustix::fs::FileType::Fifo, rustix::fs::Mode::RWXU, 0).unwrap();
    let mut host = std::fs::OpenOptions::new().read(true).write(true).open(&path).unwrap();
    let fd = guest.open_with(ROOT, "fifo", 0, 0, READ, 4).unwrap();
    let clock = Clock { id: 1, nanos: 5_000_000, absolute: false };
    assert_eq!(poll(&mut guest, &[Read(fd), clock]).unwrap(), [(1, 0, 0, 0)]);
    assert_eq!(guest.read(fd, 1), Err(Errno::Again));
    assert_eq!(guest.seek(fd, 0, 1), Err(Errno::Spipe));
    std::io::Write::write_all(&mut host, b"xyz").unwrap();
    assert_eq!(poll(&mut guest, &[Read(fd), clock]).unwrap(), [(0, 0, 1, 3)]);
}

#[test]
fn errors_are_events() {
    let mut guest = Guest::new();
    let badf = Errno::Badf.raw();
    assert_eq!(poll(&mut guest, &[Read(99)]).unwrap(), [(0, badf, 1, 0)]);
    assert_eq!(poll(&mut guest, &[Read(1), Write(0), Read(ROOT)]).unwrap()[1], (1, badf, 2, 0));
    let bad = [Clock { id: 9, nanos: 0, absolute: false }, Clock { id: 2, nanos: 0, absolute: false }];
    assert_eq!(poll(&mut guest, &bad).unwrap(), [(0, 28, 0, 0), (1, 58, 0, 0)]);
}

#[test]
fn malformed_calls_are_refused() {
    let mut guest = Guest::new();
    assert_eq!(poll(&mut guest, &[]), Err(Errno::Inval));
    for count in [2000, 1 << 27, u32::MAX] {
        let result = guest.call(|ctx, mem| ctx.poll_oneoff(mem, BUF, EVENTS, count, RESULT));
        assert_eq!(result, Err(Errno::Fault));
    }
    guest.put(BUF, &[7; 48]);
    assert_eq!(guest.call(|ctx, mem| ctx.poll_oneoff(mem, BUF, EVENTS, 1, RESULT)), Err(Errno::Inval));
}
