//! Taking time.

use crate::benchmark::{Clock, Prepared, Running};
use crate::engine::Action;
use anyhow::Result;
use std::time::{Duration, Instant};

/// How long a benchmark is measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effort {
    /// Samples are taken for so long,
    pub time: Duration,
    /// but at least so many,
    pub min_samples: usize,
    /// and at most so many.
    pub max_samples: usize,
}

impl Default for Effort {
    fn default() -> Self {
        Self { time: Duration::from_millis(400), min_samples: 5, max_samples: 60 }
    }
}

/// A sample takes at least so long: shorter runs are repeated within one.
const MIN_SAMPLE: Duration = Duration::from_millis(2);

impl Clock {
    /// Time since some moment that stays the same.
    pub fn now(self) -> Duration {
        static START: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
        match self {
            Self::Wall => START.elapsed(),
            Self::Thread => {
                let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
                let nanoseconds = u32::try_from(time.tv_nsec).expect("less than a second");
                Duration::new(time.tv_sec.cast_unsigned(), nanoseconds)
            }
        }
    }
}

/// One benchmark under measurement: samples are taken one at a time, so that benchmarks can alternate.
pub struct Sampler {
    action: Action,
    clock: Clock,
    /// Runs of one sample.
    repeat: u32,
}

impl Sampler {
    /// Runs once to warm up, and finds out how often a sample has to run.
    ///
    /// # Errors
    ///
    /// If a run fails.
    pub fn new(running: &Running<'_>, prepared: Prepared) -> Result<Self> {
        let Prepared { mut action, functions: _ } = prepared;
        action()?;
        let mut sampler = Self { action, clock: running.clock, repeat: 1 };
        while sampler.repeat < 1 << 20 && sampler.sample()? * f64::from(sampler.repeat) < MIN_SAMPLE.as_secs_f64() {
            sampler.repeat *= 2;
        }
        Ok(sampler)
    }

    /// Seconds of one run.
    ///
    /// # Errors
    ///
    /// If a run fails.
    pub fn sample(&mut self) -> Result<f64> {
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
        let start = Instant::now();
        let mut samples = Vec::new();
        while samples.len() < effort.min_samples
            || (start.elapsed() < effort.time && samples.len() < effort.max_samples)
        {
            samples.push(self.sample()?);
        }
        Ok(samples)
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
        let effort = Effort { time: Duration::ZERO, min_samples: 3, max_samples: 9 };
        assert_eq!(sampler.samples(&effort).expect("runs").len(), 3);
        let bad = running(|| Box::new(|| anyhow::bail!("does not work")));
        assert!(Sampler::new(&bad, (bad.prepare)(crate::benchmark::Purpose::Time).expect("ready")).is_err());
    }
}
