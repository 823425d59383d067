//! Clocks: those of the host, one that is simulated, and the functions that read them.

use crate::{Errno, GuestMemory, WasiCtx};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// `clockid`: which clock is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum ClockId {
    /// Nanoseconds since 1970-01-01T00:00:00Z; may jump.
    Realtime = 0,
    /// Never goes back; starts anywhere.
    Monotonic = 1,
    /// Processor time of the process.
    ProcessCputime = 2,
    /// Processor time of the thread.
    ThreadCputime = 3,
}

impl ClockId {
    /// The clock a guest asked for.
    pub(crate) fn from_guest(raw: u32) -> Result<Self, Errno> {
        match raw {
            0 => Ok(Self::Realtime),
            1 => Ok(Self::Monotonic),
            2 => Ok(Self::ProcessCputime),
            3 => Ok(Self::ThreadCputime),
            _ => Err(Errno::Inval),
        }
    }
}

/// Where a guest's time comes from.
pub trait Clock: Send {
    /// The time in nanoseconds.
    fn now(&mut self, id: ClockId) -> Result<u64, Errno>;

    /// The resolution in nanoseconds; not 0.
    fn resolution(&self, id: ClockId) -> Result<u64, Errno>;

    /// Lets `nanos` nanoseconds pass without waiting. A clock that cannot returns `false`, and the caller waits.
    fn advance(&mut self, nanos: u64) -> bool {
        let _ = nanos;
        false
    }
}

/// The host's clocks. The monotonic clock starts at 0 with the context, so that a guest does not learn the host's uptime.
#[derive(Debug)]
pub struct SystemClock {
    start: Instant,
}

impl SystemClock {
    /// A clock that starts now.
    pub fn new() -> Self {
        Self { start: Instant::now() }
    }
}

impl Default for SystemClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for SystemClock {
    fn now(&mut self, id: ClockId) -> Result<u64, Errno> {
        match id {
            ClockId::Realtime => {
                let since = SystemTime::now().duration_since(UNIX_EPOCH).map_err(|_| Errno::Overflow)?;
                u64::try_from(since.as_nanos()).map_err(|_| Errno::Overflow)
            }
            ClockId::Monotonic => u64::try_from(self.start.elapsed().as_nanos()).map_err(|_| Errno::Overflow),
            ClockId::ProcessCputime | ClockId::ThreadCputime => crate::sys::cpu_time(id),
        }
    }

    fn resolution(&self, id: ClockId) -> Result<u64, Errno> {
        crate::sys::clock_resolution(id)
    }
}

/// A clock that depends on nothing but how it is used: each reading moves it forward by a fixed step, and a guest that sleeps
/// wakes at once, later. For fuzzing and for programs whose output must be reproducible.
#[derive(Clone, Debug)]
pub struct VirtualClock {
    /// Nanoseconds since 1970 that the realtime clock shows at the start.
    epoch: u64,
    elapsed: u64,
    step: u64,
}

impl VirtualClock {
    /// A clock whose realtime starts at `epoch` nanoseconds since 1970; the others start at 0. Reading moves it by 1 microsecond.
    pub fn new(epoch: u64) -> Self {
        Self { epoch, elapsed: 0, step: 1000 }
    }
}

impl Clock for VirtualClock {
    fn now(&mut self, id: ClockId) -> Result<u64, Errno> {
        self.elapsed = self.elapsed.saturating_add(self.step);
        Ok(match id {
            ClockId::Realtime => self.epoch.saturating_add(self.elapsed),
            _ => self.elapsed,
        })
    }

    fn resolution(&self, _id: ClockId) -> Result<u64, Errno> {
        Ok(self.step)
    }

    fn advance(&mut self, nanos: u64) -> bool {
        self.elapsed = self.elapsed.saturating_add(nanos);
        true
    }
}

impl WasiCtx {
    /// Stores the resolution of clock `id`, in nanoseconds, at `resolution`.
    pub fn clock_res_get(&mut self, mem: &mut GuestMemory<'_>, id: u32, resolution: u32) -> Result<(), Errno> {
        let nanos = self.clock.resolution(ClockId::from_guest(id)?)?;
        mem.write(resolution, nanos)
    }

    /// Stores the time of clock `id`, in nanoseconds, at `time`. The precision asked for is ignored: it is always the best.
    pub fn clock_time_get(
        &mut self,
        mem: &mut GuestMemory<'_>,
        id: u32,
        _precision: u64,
        time: u32,
    ) -> Result<(), Errno> {
        let nanos = self.clock.now(ClockId::from_guest(id)?)?;
        mem.write(time, nanos)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::WasiCtxBuilder;

    #[test]
    fn host_clocks_move_forward() {
        let mut ctx = WasiCtxBuilder::new().build();
        let mut bytes = [0; 16];
        let mem = &mut GuestMemory::new(&mut bytes);
        for id in 0..4 {
            ctx.clock_res_get(mem, id, 0).unwrap();
            assert_ne!(mem.read::<u64>(0).unwrap(), 0);
            ctx.clock_time_get(mem, id, 0, 0).unwrap();
            ctx.clock_time_get(mem, id, 0, 8).unwrap();
            assert!(mem.read::<u64>(0).unwrap() <= mem.read::<u64>(8).unwrap());
        }
        assert_eq!(ctx.clock_time_get(mem, 4, 0, 0), Err(Errno::Inval));
        assert_eq!(ctx.clock_time_get(mem, 0, 0, 9), Err(Errno::Fault));
    }

    #[test]
    fn a_virtual_clock_repeats_itself() {
        let run = || {
            let mut clock = VirtualClock::new(1_000_000);
            let first = clock.now(ClockId::Realtime).unwrap();
            assert!(clock.advance(5_000));
            (first, clock.now(ClockId::Monotonic).unwrap())
        };
        assert_eq!(run(), (1_001_000, 7_000));
        assert_eq!(run(), run());
    }
}
