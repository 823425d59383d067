//! Taking time.

use crate::benchmark::{Clock, Prepared, Running};
use crate::engine::Action;
use anyhow::Result;
use std::cell::Cell;
use std::time::{Duration, Instant};

/// How long a benchmark is measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effort {
    /// Samples are taken for so long,
    pub time: Duration,
    /// but at least so many, unless they take `PATIENCE` times as long,
    pub min_samples: usize,
    /// and at most so many.
    pub max_samples: usize,
}

impl Default for Effort {
    fn default() -> Self {
        Self { time: Duration::from_millis(400), min_samples: 5, max_samples: 60 }
    }
}

impl Effort {
    /// Exactly so many samples.
    pub fn rounds(rounds: usize) -> Self {
        Self { time: Duration::ZERO, min_samples: rounds, max_samples: rounds }
    }

    /// Whether these samples, which took so many seconds, are too few.
    fn wants_more(&self, samples: usize, seconds: f64) -> bool {
        let time = self.time.as_secs_f64();
        if samples < self.min_samples {
            return time == 0.0 || seconds < time * PATIENCE;
        }
        samples < self.max_samples && seconds < time
    }
}

/// How much longer than it should a benchmark is measured for the least number of samples.
const PATIENCE: f64 = 20.0;

/// A sample takes at least so long: shorter runs are repeated within one.
const MIN_SAMPLE: Duration = Duration::from_millis(2);

/// A first run that takes so many seconds is a sample: what is cold at first does not matter then.
const LONG: f64 = 1.0;

impl Clock {
    /// Time since some moment that stays the same.
    pub fn now(self) -> Duration {
        static START: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
        match self {
            Self::Wall => START.elapsed(),
            Self::Thread => {
                let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
                let nanoseconds = u32::try_from(time.tv_nsec).expect("less than a second");
                Duration::new(time.tv_sec.cast_unsigned(), nanoseconds) + ELSEWHERE.get()
            }
        }
    }
}

thread_local! {
    static ELSEWHERE: Cell<Duration> = const { Cell::new(Duration::ZERO) };
}

/// Adds to the time of this thread what another process did for it meanwhile.
pub fn spent_elsewhere(time: Duration) {
    ELSEWHERE.set(ELSEWHERE.get() + time);
}

/// One benchmark under measurement: samples are taken one at a time, so that benchmarks can alternate.
pub struct Sampler {
    action: Action,
    clock: Clock,
    /// Runs of one sample.
    repeat: u32,
    /// A sample that is known already.
    first: Option<f64>,
}

impl Sampler {
    /// Runs once to warm up, and finds out how often a sample has to run.
    ///
    /// # Errors
    ///
    /// If a run fails.
    pub fn new(running: &Running<'_>, prepared: Prepared) -> Result<Self> {
        let Prepared { action, functions: _ } = prepared;
        let mut sampler = Self { action, clock: running.clock, repeat: 1, first: None };
        let first = sampler.sample()?;
        if first >= LONG {
            sampler.first = Some(first);
            return Ok(sampler);
        }
        loop {
            let sample = sampler.sample()?;
            if sampler.repeat >= 1 << 20 || sample * f64::from(sampler.repeat) >= MIN_SAMPLE.as_secs_f64() {
                sampler.first = Some(sample);
                return Ok(sampler);
            }
            sampler.repeat *= 2;
        }
    }

    /// Seconds of one run.
    ///
    /// # Errors
    ///
    /// If a run fails.
    pub fn sample(&mut self) -> Result<f64> {
        if let Some(first) = self.first.take() {
            return Ok(first);
        }
        let start = self.clock.now();
        for _ in 0..self.repeat {
            (self.action)()?;
        }
        Ok((self.clock.now() - start).as_secs_f64() / f64::from(self.repeat))
    }

    /// Samples of one run in seconds, as many as the effort says.
    ///
    /// # Errors
    ///
    /// If a run fails.
    pub fn samples(&mut self, effort: &Effort) -> Result<Vec<f64>> {
        interleaved(std::slice::from_mut(self), effort).pop().expect("one sampler")
    }
}

/// Samples of each sampler, taken in turns, so that what a machine does for a while hits all of them.
pub fn interleaved(samplers: &mut [Sampler], effort: &Effort) -> Vec<Result<Vec<f64>>> {
    let mut samples: Vec<_> = samplers.iter().map(|_| Ok(Vec::new())).collect();
    let mut seconds = vec![0.0; samplers.len()];
    loop {
        let mut done = true;
        for ((sampler, samples), seconds) in samplers.iter_mut().zip(&mut samples).zip(&mut seconds) {
            let Ok(list) = samples else { continue };
            if !effort.wants_more(list.len(), *seconds) {
                continue;
            }
            done = false;
            match sampler.sample() {
                Ok(sample) => {
                    *seconds += sample * f64::from(sampler.repeat);
                    list.push(sample);
                }
                Err(error) => *samples = Err(error),
            }
        }
        if done {
            return samples;
        }
    }
}

/// Peak of this process's resident memory in bytes, where the system tells.
pub fn peak_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok().map(|kilobytes| kilobytes << 10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::benchmark::Work;

    #[test]
    fn short_runs_are_repeated_and_errors_come_out() {
        let running = |action: fn() -> Action| Running {
            clock: Clock::Thread,
            work: Work { amount: 1.0, unit: "run" },
            counted: false,
            prepare: Box::new(move |_| Ok(action().into())),
            artifact: None,
        };
        let good = running(|| Box::new(|| Ok(())));
        let mut sampler =
            Sampler::new(&good, (good.prepare)(crate::benchmark::Purpose::Time).expect("ready")).expect("runs");
        assert!(sampler.repeat > 1000);
        assert_eq!(sampler.samples(&Effort::rounds(3)).expect("runs").len(), 3);
        let bad = running(|| Box::new(|| anyhow::bail!("does not work")));
        assert!(Sampler::new(&bad, (bad.prepare)(crate::benchmark::Purpose::Time).expect("ready")).is_err());
    }

    #[test]
    fn slow_benchmarks_get_fewer_samples() {
        let effort = Effort { time: Duration::from_millis(400), min_samples: 5, max_samples: 60 };
        assert!(effort.wants_more(1, 3.0) && !effort.wants_more(1, 9.0));
        assert!(effort.wants_more(30, 0.3) && !effort.wants_more(60, 0.3) && !effort.wants_more(5, 0.5));
    }

    #[test]
    fn what_another_process_did_counts() {
        let start = Clock::Thread.now();
        spent_elsewhere(Duration::from_secs(100));
        let time = Clock::Thread.now() - start;
        assert!((100..200).contains(&time.as_secs()), "{time:?}");
    }
}
