//! Prints the tables of `docs/performance.md`: Gantry beside wasmtime, interleaved, best of several rounds.
//!
//!     cargo run --profile bench --manifest-path benches/peers/Cargo.toml [ROUNDS] [FILTER]
//!
//! Rounds alternate between the engines, and the best time of each counts: on a machine shared with other work that is the
//! steadiest statistic.

use gantry_peers::{Checks, SMALL_MODULE, Workload, ours, theirs, workload_dir, workloads};
use std::path::Path;
use std::time::{Duration, Instant};

/// What time is measured.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Clock {
    /// Of the wall.
    Wall,
    /// That this thread had a processor: other work on the machine counts less.
    Thread,
}

impl Clock {
    fn now(self) -> Duration {
        static START: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
        match self {
            Self::Wall => START.elapsed(),
            Self::Thread => {
                let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
                Duration::new(time.tv_sec.cast_unsigned(), u32::try_from(time.tv_nsec).expect("nanoseconds"))
            }
        }
    }
}

fn best(clock: Clock, rounds: u32, ours: &mut dyn FnMut(), theirs: &mut dyn FnMut()) -> (Duration, Duration) {
    let (mut a, mut b) = (Duration::MAX, Duration::MAX);
    let time = |f: &mut dyn FnMut()| {
        let start = clock.now();
        f();
        clock.now() - start
    };
    for _ in 0..rounds {
        a = a.min(time(ours));
        b = b.min(time(theirs));
    }
    (a, b)
}

struct Table {
    log_ratios: Vec<f64>,
}

impl Table {
    fn new(title: &str) -> Self {
        println!("\n### {title}\n\n| what | Gantry | wasmtime | ratio |\n| --- | ---: | ---: | ---: |");
        Self { log_ratios: Vec::new() }
    }

    fn row(&mut self, name: &str, (a, b): (Duration, Duration), per: u32) {
        let ratio = a.as_secs_f64() / b.as_secs_f64();
        self.log_ratios.push(ratio.ln());
        let each = |d: Duration| show(d.as_secs_f64() / f64::from(per));
        println!("| {name} | {} | {} | {ratio:.3} |", each(a), each(b));
    }

    fn finish(self) {
        let mean = (self.log_ratios.iter().sum::<f64>() / self.log_ratios.len() as f64).exp();
        println!("| **geometric mean** | | | **{mean:.3}** |");
    }
}

fn show(seconds: f64) -> String {
    match seconds {
        s if s < 10e-6 => format!("{:.1} ns", s * 1e9),
        s if s < 10e-3 => format!("{:.1} µs", s * 1e6),
        s => format!("{:.1} ms", s * 1e3),
    }
}

fn execution(title: &str, checks: Checks, rounds: u32, list: &[Workload]) {
    let mut table = Table::new(title);
    let (a, b) = (ours::engine(checks, true), theirs::engine(checks, true));
    for workload in list {
        let mut a = ours::Runner::new(&a, workload);
        let mut b = theirs::Runner::new(&b, workload);
        table.row(&workload.name, best(Clock::Thread, rounds, &mut || a.run(), &mut || b.run()), 1);
    }
    table.finish();
}

fn compilation(title: &str, threads: bool, rounds: u32, modules: &[(String, Vec<u8>)]) {
    let mut table = Table::new(title);
    let (a, b) = (ours::engine(Checks::Guard, threads), theirs::engine(Checks::Guard, threads));
    for (name, wasm) in modules {
        let times = best(
            if threads { Clock::Wall } else { Clock::Thread },
            rounds,
            &mut || drop(ours::compile(&a, wasm)),
            &mut || drop(theirs::compile(&b, wasm)),
        );
        table.row(&format!("{name} ({} kB)", wasm.len() / 1000), times, 1);
    }
    table.finish();
}

/// The workloads, and the modules of real programs that are large enough to measure.
fn modules(list: &[Workload]) -> Vec<(String, Vec<u8>)> {
    let mut modules: Vec<_> =
        list.iter().map(|w| (w.name.clone(), std::fs::read(workload_dir().join(&w.file)).expect("workload"))).collect();
    let mut pending = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../../filetests/programs")];
    let mut files = Vec::new();
    while let Some(dir) = pending.pop() {
        for entry in std::fs::read_dir(&dir).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                pending.push(path);
            } else if path.extension().is_some_and(|e| e == "wasm") {
                files.push(path);
            }
        }
    }
    files.sort();
    for path in files {
        let bytes = std::fs::read(&path).expect("readable");
        if bytes.len() > 50_000 {
            modules.push((path.file_stem().unwrap_or_default().to_string_lossy().into_owned(), bytes));
        }
    }
    modules
}

fn small(rounds: u32) {
    const CALLS: u32 = 20_000;
    let wasm = wat::parse_str(SMALL_MODULE).expect("valid text");
    let mut a = ours::Small::new(Checks::Guard, &wasm);
    let mut b = theirs::Small::new(Checks::Guard, &wasm);
    let n = CALLS as i32;
    let mut table = Table::new("Start-up and calls");
    let rounds = rounds * 20;
    macro_rules! row {
        ($name:literal, $per:expr, $side:ident => $body:expr) => {
            table.row(
                $name,
                best(
                    Clock::Thread,
                    rounds,
                    &mut || {
                        let $side = &mut a;
                        $body
                    },
                    &mut || {
                        let $side = &mut b;
                        $body
                    },
                ),
                $per,
            )
        };
    }
    row!("store and instance of a small module", 100, s => for _ in 0..100 { s.instantiate() });
    row!("host calls wasm, nothing passed", CALLS, s => s.host_to_wasm_nop(CALLS));
    row!("host calls wasm, (i32, i64) -> i64", CALLS, s => s.host_to_wasm_args(CALLS));
    row!("wasm calls host, nothing passed", CALLS, s => s.wasm_to_host_nop(n));
    row!("wasm calls host, (i32, i64) -> i64", CALLS, s => s.wasm_to_host_args(n));
    table.finish();
}

fn main() {
    let mut args = std::env::args().skip(1);
    let rounds = args.next().map_or(7, |r| r.parse().expect("ROUNDS is a number"));
    let filter = args.next().unwrap_or_default();
    let wanted = |name: &str| name.contains(&filter);
    let list: Vec<_> = workloads();
    if wanted("calls") {
        small(rounds);
    }
    if wanted("execution guard") {
        execution("Execution, guard pages", Checks::Guard, rounds, &list);
    }
    if wanted("execution explicit") {
        execution("Execution, explicit checks", Checks::Explicit, rounds, &list);
    }
    let modules = modules(&list);
    if wanted("compile single") {
        compilation("Compile time, one thread", false, rounds, &modules);
    }
    if wanted("compile parallel") {
        compilation("Compile time, all threads", true, rounds, &modules);
    }
}
