//! The benchmarks under criterion: the same table, the same closures.

use crate::benchmark::{Id, Kind, Meter, Purpose, Running, Work};
use crate::callgrind::Once;
use crate::engine::EngineKind;
use crate::inputs::Inputs;
use crate::suites;
use crate::throughput::quantity;
use ::criterion::measurement::{Measurement, ValueFormatter};
use ::criterion::{BenchmarkGroup, BenchmarkId, Criterion, Throughput};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// Measures all benchmarks of `engines` as the arguments of the process say, which are criterion's. `program` has the command line
/// of [`crate::cli`] over the same engines: a peak of memory is one of a process of its own.
///
/// # Panics
///
/// If a benchmark fails: criterion knows no errors.
pub fn main(engines: &[EngineKind], program: &Path) {
    let inputs = Inputs::load().unwrap_or_else(|e| panic!("{e:?}"));
    let mut times = configure(Criterion::default());
    let mut amounts = configure(Criterion::default().with_measurement(Amount));
    for benchmark in suites::benchmarks(engines, &inputs, &|_| true) {
        let id = &benchmark.id;
        match &benchmark.kind {
            Kind::Run(running) => time(&mut times, id, running),
            Kind::Sizes(sizing) => {
                amount(&mut amounts, id, Meter::CodeBytes, &|| {
                    let sizes = (sizing.sizes)().unwrap_or_else(|e| panic!("{id}: {e:?}"));
                    sizes.into_iter().find(|(meter, _)| *meter == Meter::CodeBytes).map_or(0.0, |(_, bytes)| bytes)
                });
            }
            Kind::Peak(_) => amount(&mut amounts, id, Meter::PeakBytes, &|| peak(program, id)),
        }
    }
    times.final_summary();
    amounts.final_summary();
}

/// Short: there are hundreds of benchmarks. Flags say otherwise.
fn configure<M: Measurement>(criterion: Criterion<M>) -> Criterion<M> {
    let criterion = criterion.sample_size(10).warm_up_time(Duration::from_millis(100));
    criterion.measurement_time(Duration::from_millis(500)).configure_from_args()
}

fn group<'a, M: Measurement>(criterion: &'a mut Criterion<M>, id: &Id) -> (BenchmarkGroup<'a, M>, BenchmarkId) {
    (criterion.benchmark_group(&id.suite), BenchmarkId::new(&id.engine, &id.input))
}

fn time(criterion: &mut Criterion, id: &Id, running: &Running<'_>) {
    let (mut group, name) = group(criterion, id);
    let Work { amount, unit } = running.work;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of bytes, calls or instances")]
    let amount = amount as u64;
    group.throughput(if unit == "byte" { Throughput::Bytes(amount) } else { Throughput::Elements(amount) });
    // Made ready when it is first measured, that is only if the filter selects it.
    let mut ready = None;
    group.bench_function(name, |bencher| {
        let action = ready
            .get_or_insert_with(|| (running.prepare)(Purpose::Time).unwrap_or_else(|e| panic!("{id}: {e:?}")).action);
        bencher.iter_custom(|iterations| {
            let start = running.clock.now();
            for _ in 0..iterations {
                action().unwrap_or_else(|e| panic!("{id}: {e:?}"));
            }
            running.clock.now() - start
        });
    });
    group.finish();
}

fn amount(criterion: &mut Criterion<Amount>, id: &Id, meter: Meter, value: &dyn Fn() -> f64) {
    let (mut group, name) = group(criterion, id);
    let mut known = None;
    group.bench_function(name, |bencher| {
        bencher.iter_custom(|iterations| {
            // What is exact is looked at once; a peak of memory needs a process of its own each time.
            let one = if meter.exact() { *known.get_or_insert_with(value) } else { value() };
            #[allow(clippy::cast_precision_loss, reason = "a number of iterations")]
            let all = one * iterations as f64;
            all
        });
    });
    group.finish();
}

/// The peak of memory of one run in a process of its own.
fn peak(program: &Path, id: &Id) -> f64 {
    let output = Command::new(program).arg("once").arg(id.to_string()).output();
    let output = output.unwrap_or_else(|e| panic!("{id}: {e}"));
    assert!(output.status.success(), "{id}: {}", String::from_utf8_lossy(&output.stderr));
    let once: Once = serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{id}: {e}"));
    #[allow(clippy::cast_precision_loss, reason = "memories are below 2^53 bytes")]
    let peak = once.peak_bytes.unwrap_or_else(|| panic!("{id}: this system does not tell the peak of memory")) as f64;
    peak
}

/// Measures amounts of bytes instead of time.
struct Amount;

impl Measurement for Amount {
    type Intermediate = ();
    type Value = f64;

    fn start(&self) {}

    fn end(&self, (): ()) -> f64 {
        0.0
    }

    fn add(&self, a: &f64, b: &f64) -> f64 {
        a + b
    }

    fn zero(&self) -> f64 {
        0.0
    }

    fn to_f64(&self, value: &f64) -> f64 {
        *value
    }

    fn formatter(&self) -> &dyn ValueFormatter {
        self
    }
}

impl ValueFormatter for Amount {
    fn format_value(&self, value: f64) -> String {
        quantity(value, "bytes")
    }

    fn scale_values(&self, _typical: f64, _values: &mut [f64]) -> &'static str {
        "bytes"
    }

    fn scale_throughputs(&self, _typical: f64, _throughput: &Throughput, _values: &mut [f64]) -> &'static str {
        "bytes"
    }

    fn scale_for_machines(&self, _values: &mut [f64]) -> &'static str {
        "bytes"
    }
}
