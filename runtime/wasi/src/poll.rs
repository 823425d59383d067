//! `poll_oneoff`: waiting for clocks and descriptors.

use crate::memory::offset;
use crate::stdio::{Input, Output};
use crate::sys::{self, Readiness, Source, Waitable};
use crate::table::Object;
use crate::types::Rights;
use crate::{ClockId, Errno, GuestMemory, WasiCtx};
use std::io::Seek;
use std::time::Instant;

/// Size of a `subscription`.
const SUBSCRIPTION_BYTES: u32 = 48;
/// Size of an `event`.
const EVENT_BYTES: u32 = 32;
/// Most subscriptions in one call. Bounds what a call allocates.
const MAX_SUBSCRIPTIONS: u32 = 1 << 14;
/// `subclockflags`: the time is absolute.
const ABSTIME: u16 = 1;
/// `eventrwflags`: the other end hung up.
const HANGUP: u16 = 1;

/// `eventtype` and what belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Subscription {
    Clock { id: u32, timeout: u64, absolute: bool },
    Descriptor { fd: u32, read: bool },
}

impl Subscription {
    /// The subscription at `at`, with its user data.
    fn load(mem: &GuestMemory<'_>, at: u32) -> Result<(u64, Self), Errno> {
        let field = |by| offset(at, by);
        let userdata = mem.read(at)?;
        let subscription = match mem.read::<u8>(field(8)?)? {
            0 => {
                let flags = mem.read::<u16>(field(40)?)?;
                if flags & !ABSTIME != 0 {
                    return Err(Errno::Inval);
                }
                let absolute = flags == ABSTIME;
                Self::Clock { id: mem.read(field(16)?)?, timeout: mem.read(field(24)?)?, absolute }
            }
            tag @ 1..=2 => Self::Descriptor { fd: mem.read(field(16)?)?, read: tag == 1 },
            _ => return Err(Errno::Inval),
        };
        Ok((userdata, subscription))
    }

    fn tag(self) -> u8 {
        match self {
            Self::Clock { .. } => 0,
            Self::Descriptor { read: true, .. } => 1,
            Self::Descriptor { read: false, .. } => 2,
        }
    }
}

/// What a subscription waits for.
enum Pending {
    /// Already decided.
    Done(Result<Readiness, Errno>),
    /// So many nanoseconds, counted from the start of the wait.
    Timer(u64),
    /// The entry of this number in the list of what the host waits for.
    Host(usize),
}

fn ready(bytes: u64) -> Readiness {
    Readiness { ready: true, hangup: false, bytes }
}

/// Waits with the host's clock, through interruptions.
fn wait(waitables: &[Waitable<'_>], timeout: Option<u64>) -> Result<Vec<Readiness>, Errno> {
    let start = Instant::now();
    loop {
        let elapsed = u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX);
        let rest = timeout.map(|timeout| timeout.saturating_sub(elapsed));
        let outcome = sys::wait(waitables, rest)?;
        let expired =
            timeout.is_some_and(|timeout| u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX) >= timeout);
        if expired || outcome.iter().any(|outcome| outcome.ready) {
            return Ok(outcome);
        }
    }
}

impl WasiCtx {
    /// Waits until one of the `count` subscriptions at `subscriptions` happens; stores what happened at `events`, and how many
    /// events that are at `stored`.
    pub fn poll_oneoff(
        &mut self,
        mem: &mut GuestMemory<'_>,
        subscriptions: u32,
        events: u32,
        count: u32,
        stored: u32,
    ) -> Result<(), Errno> {
        mem.check(stored, 4)?;
        mem.check(subscriptions, count.checked_mul(SUBSCRIPTION_BYTES).ok_or(Errno::Fault)?)?;
        mem.check(events, count.checked_mul(EVENT_BYTES).ok_or(Errno::Fault)?)?;
        if count == 0 || count > MAX_SUBSCRIPTIONS {
            return Err(Errno::Inval);
        }
        let subscriptions = (0..count)
            .map(|index| Subscription::load(mem, offset(subscriptions, index * SUBSCRIPTION_BYTES)?))
            .collect::<Result<Vec<_>, _>>()?;
        let outcomes = self.await_any(&subscriptions)?;
        let mut number = 0;
        for ((userdata, subscription), outcome) in subscriptions.iter().zip(outcomes) {
            let Some(outcome) = outcome else { continue };
            let event = mem.bytes_mut(offset(events, number * EVENT_BYTES)?, EVENT_BYTES)?;
            event.fill(0);
            event[..8].copy_from_slice(&userdata.to_le_bytes());
            event[10] = subscription.tag();
            match outcome {
                Ok(readiness) => {
                    event[16..24].copy_from_slice(&readiness.bytes.to_le_bytes());
                    event[24..26].copy_from_slice(&(if readiness.hangup { HANGUP } else { 0 }).to_le_bytes());
                }
                Err(errno) => event[8..10].copy_from_slice(&errno.raw().to_le_bytes()),
            }
            number += 1;
        }
        mem.write(stored, number)
    }

    /// What became of each subscription: `None` if nothing.
    fn await_any(
        &mut self,
        subscriptions: &[(u64, Subscription)],
    ) -> Result<Vec<Option<Result<Readiness, Errno>>>, Errno> {
        let Self { table, clock, .. } = self;
        let mut waitables = Vec::new();
        let mut pending = Vec::with_capacity(subscriptions.len());
        for &(_, subscription) in subscriptions {
            pending.push(match subscription {
                Subscription::Clock { id, timeout, absolute } => {
                    let rest = ClockId::from_guest(id).and_then(|id| match id {
                        // Processor time stands still while a program waits.
                        ClockId::ProcessCputime | ClockId::ThreadCputime => Err(Errno::Notsup),
                        _ if absolute => Ok(timeout.saturating_sub(clock.now(id)?)),
                        _ => Ok(timeout),
                    });
                    rest.map_or_else(|errno| Pending::Done(Err(errno)), Pending::Timer)
                }
                Subscription::Descriptor { fd, read } => match source(table.get(fd), read) {
                    Ok(Some(source)) => {
                        waitables.push(Waitable { source, read });
                        Pending::Host(waitables.len() - 1)
                    }
                    // One byte at least can be moved.
                    Ok(None) => Pending::Done(Ok(ready(1))),
                    Err(errno) => Pending::Done(Err(errno)),
                },
            });
        }

        let decided = pending.iter().any(|pending| matches!(pending, Pending::Done(_)));
        let first =
            pending.iter().filter_map(|pending| if let Pending::Timer(rest) = pending { Some(*rest) } else { None });
        let first = if decided { Some(0) } else { first.min() };
        let mut outcome = match first {
            // Try without waiting, so that a simulated clock gets to do the waiting.
            Some(nanos) if nanos > 0 => {
                let outcome = sys::wait(&waitables, Some(0))?;
                if outcome.iter().any(|outcome| outcome.ready) || clock.advance(nanos) {
                    outcome
                } else {
                    wait(&waitables, first)?
                }
            }
            _ => wait(&waitables, first)?,
        };
        for (outcome, waitable) in outcome.iter_mut().zip(&waitables) {
            if let (true, &Source::File(mut file)) =
                (outcome.ready && waitable.read && outcome.bytes == 0, &waitable.source)
            {
                let position = file.stream_position().unwrap_or(0);
                outcome.bytes = file.metadata().map_or(0, |metadata| metadata.len()).saturating_sub(position);
            }
        }
        let passed = if outcome.iter().any(|outcome| outcome.ready) { 0 } else { first.unwrap_or(0) };
        Ok(pending
            .into_iter()
            .map(|pending| match pending {
                Pending::Done(result) => Some(result),
                Pending::Timer(rest) => (rest <= passed).then_some(Ok(ready(0))),
                Pending::Host(index) => outcome[index].ready.then_some(Ok(outcome[index])),
            })
            .collect())
    }
}

/// What the host can wait for on behalf of a descriptor; `None` if it is always ready.
fn source(descriptor: Result<&crate::table::Descriptor, Errno>, read: bool) -> Result<Option<Source<'_>>, Errno> {
    let descriptor = descriptor?;
    descriptor.require(Rights::POLL_FD_READWRITE | if read { Rights::FD_READ } else { Rights::FD_WRITE })?;
    match &descriptor.object {
        Object::File(file) => Ok(Some(Source::File(file))),
        Object::Input(Input::Host) => Ok(Some(Source::Stdin)),
        Object::Output(Output::HostOut) => Ok(Some(Source::Stdout)),
        Object::Output(Output::HostErr) => Ok(Some(Source::Stderr)),
        Object::Input(Input::Custom(_)) | Object::Output(Output::Custom(_)) => Ok(None),
        Object::Dir(_) => Err(Errno::Badf),
    }
}
