//! Criterion benches of Gantry beside wasmtime.
//!
//!     cargo bench --manifest-path benches/peers/Cargo.toml

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use gantry_peers::{Checks, SMALL_MODULE, ours, theirs, workload_dir, workloads};

fn execution(c: &mut Criterion) {
    for checks in [Checks::Guard, Checks::Explicit] {
        let mut group = c.benchmark_group(format!("execute/{checks:?}"));
        group.sample_size(10);
        let (a, b) = (ours::engine(checks, true), theirs::engine(checks, true));
        for workload in workloads() {
            let mut runner = ours::Runner::new(&a, &workload);
            group.bench_function(BenchmarkId::new("gantry", &workload.name), |b| b.iter(|| runner.run()));
            let mut runner = theirs::Runner::new(&b, &workload);
            group.bench_function(BenchmarkId::new("wasmtime", &workload.name), |b| b.iter(|| runner.run()));
        }
    }
}

fn compilation(c: &mut Criterion) {
    let mut group = c.benchmark_group("compile");
    group.sample_size(10);
    let (a, b) = (ours::engine(Checks::Guard, false), theirs::engine(Checks::Guard, false));
    for workload in workloads() {
        let wasm = std::fs::read(workload_dir().join(&workload.file)).expect("workload");
        group.throughput(criterion::Throughput::Bytes(wasm.len() as u64));
        group.bench_function(BenchmarkId::new("gantry", &workload.name), |bench| {
            bench.iter(|| ours::compile(&a, &wasm))
        });
        group.bench_function(BenchmarkId::new("wasmtime", &workload.name), |bench| {
            bench.iter(|| theirs::compile(&b, &wasm))
        });
    }
}

fn small(c: &mut Criterion) {
    let wasm = wat::parse_str(SMALL_MODULE).expect("valid text");
    macro_rules! side {
        ($name:literal, $side:ident) => {
            let mut small = $side::Small::new(Checks::Guard, &wasm);
            c.bench_function(concat!("instantiate/", $name), |b| b.iter(|| small.instantiate()));
            c.bench_function(concat!("call into wasm/", $name), |b| b.iter(|| small.host_to_wasm_nop(1)));
            c.bench_function(concat!("call into wasm with arguments/", $name), |b| {
                b.iter(|| small.host_to_wasm_args(1))
            });
            c.bench_function(concat!("1000 calls out of wasm/", $name), |b| b.iter(|| small.wasm_to_host_nop(1000)));
        };
    }
    side!("gantry", ours);
    side!("wasmtime", theirs);
}

criterion_group!(benches, small, compilation, execution);
criterion_main!(benches);
