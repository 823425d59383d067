//! The `gantry` command as its users run it: what it prints and what it exits with, and that no input makes it panic.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What became of a run of the command.
struct Run {
    code: Option<i32>,
    out: String,
    err: String,
}

/// Runs the command.
fn gantry<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_gantry")).args(args).output().expect("the command starts");
    let text = |bytes| String::from_utf8(bytes).expect("what it prints is UTF-8");
    let run = Run { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) };
    assert!(run.code.is_some(), "ended by a signal: {}", run.err);
    assert!(!run.err.contains("panicked"), "{}", run.err);
    run
}

/// Runs the command with a text of arguments; `@` stands for the folder of the test.
fn line(dir: &Path, args: &str) -> Run {
    let dir = dir.to_str().expect("UTF-8");
    gantry(args.split_whitespace().map(|arg| arg.replace('@', dir)))
}

/// Runs the command, and checks the exit code and that standard output and error contain something.
#[track_caller]
fn check(dir: &Path, args: &str, code: i32, out: &str, err: &str) -> Run {
    let run = line(dir, args);
    assert_eq!(run.code, Some(code), "gantry {args}\n{}{}", run.out, run.err);
    assert!(run.out.contains(out), "gantry {args}: expected {out:?} in the output\n{}", run.out);
    assert!(run.err.contains(err), "gantry {args}: expected {err:?} in the errors\n{}", run.err);
    assert!(code == 0 || code > 2 || run.err.contains("error: "), "an error says that it is one\n{}", run.err);
    run
}

const MATH: &str = r#"(module $math
    (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
    (func (export "swap") (param i64 f64) (result f64 i64) (local.get 1) (local.get 0))
    (func $inner (param i32) (result i32) (i32.div_s (i32.const 1) (local.get 0)))
    (func $outer (export "reciprocal") (param i32) (result i32) (call $inner (local.get 0)))
    (func (export "forever") (loop (br 0)))
    (func $deep (export "deep") (call $deep))
    (memory 1)
    (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0))))"#;

const VECTORS: &str = r#"(module
    (func (export "wide") (result v128) (i32x4.add (v128.const i32x4 1 2 3 4) (v128.const i32x4 0 0 0 1))))"#;

const PROGRAM: &str = r#"(module
    (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
    (memory (export "memory") 1)
    (data (i32.const 0) "\08\00\00\00\06\00\00\00hello\n")
    (func (export "_start")
        (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 32)))
        (call $exit (i32.const 7))))"#;

/// A folder with the modules above, in text and in binary.
fn folder() -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in [("math", MATH), ("vectors", VECTORS), ("program", PROGRAM)] {
        std::fs::write(dir.path().join(format!("{name}.wat")), text).expect("written");
        std::fs::write(dir.path().join(format!("{name}.wasm")), wat::parse_str(text).expect("valid")).expect("written");
    }
    let path = dir.path().to_owned();
    (dir, path)
}

#[test]
fn run_calls_exported_functions() {
    let (_guard, dir) = folder();
    for ending in ["wat", "wasm"] {
        check(&dir, &format!("run --invoke add @/math.{ending} 2 40"), 0, "42\n", "");
    }
    // After the file, everything belongs to the program.
    check(&dir, "run --invoke add @/math.wat -2 0x10", 0, "14\n", "");
    check(&dir, "run --invoke swap @/math.wat -1 2.5", 0, "2.5\n-1\n", "");
    check(&dir, "run --invoke wide @/vectors.wat", 0, "0x00000005000000030000000200000001\n", "");
    check(&dir, "run --invoke add @/math.wat 1", 1, "", "takes 2 arguments, 1 were given");
    check(&dir, "run --invoke add @/math.wat 1 x", 1, "", "\"x\" is no i32");
    check(&dir, "run --invoke add @/math.wat 1 4294967296", 1, "", "is no i32");
    check(&dir, "run --invoke nothing @/math.wat", 1, "", "exports no function called \"nothing\"");
    check(&dir, "run @/math.wat", 1, "", "--invoke: add, swap, reciprocal");
}

#[test]
fn programs_end_with_their_own_exit_code() {
    let (_guard, dir) = folder();
    check(&dir, "run @/program.wasm", 7, "hello\n", "");
    check(&dir, "run @/program.wasm --not-for-gantry", 7, "hello\n", "");
    check(&dir, "run --dir @/nothing @/program.wasm", 1, "", "cannot open");
    check(&dir, "run --env GANTRY_TEST_NO_SUCH_VARIABLE @/program.wasm", 1, "", "no such variable");
    check(&dir, "run --dir @::/data --env A=B --env C= @/program.wasm", 7, "hello\n", "");
}

#[test]
fn the_program_of_the_introduction_runs() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    check(&root, "run @/filetests/programs/c/hello.wasm", 0, "hello", "");
    check(&root, "wast @/filetests/wast/readme.wast", 0, "0 failed", "");
}

#[test]
fn traps_print_their_backtrace_and_exit_with_134() {
    let (_guard, dir) = folder();
    for flags in ["", "-C signals-based-traps=n", "-O 0"] {
        let run =
            check(&dir, &format!("run {flags} --invoke reciprocal @/math.wat 0"), 134, "", "integer divide by zero");
        let (inner, outer) = (run.err.find("inner"), run.err.find("outer"));
        assert!(inner.is_some() && inner < outer, "the innermost function comes first:\n{}", run.err);
        assert!(!run.err.contains("gantry::"), "only functions of the guest are shown:\n{}", run.err);
    }
    check(&dir, "run --invoke deep @/math.wat", 134, "", "call stack exhausted");
    check(&dir, "run --invoke deep --max-wasm-stack 100000000 @/math.wat", 134, "", "call stack exhausted");
}

#[test]
fn guests_are_stopped_by_fuel_and_time() {
    let (_guard, dir) = folder();
    check(&dir, "run --fuel 10000 --invoke forever @/math.wat", 134, "", "all fuel consumed");
    check(&dir, "run --fuel 10000 --invoke add @/math.wat 1 2", 0, "3\n", "");
    check(&dir, "run --timeout 50ms --invoke forever @/math.wat", 134, "", "interrupt");
    check(&dir, "run --timeout 1m --invoke add @/math.wat 1 2", 0, "3\n", "");
}

#[test]
fn memories_stay_within_their_limit() {
    let (_guard, dir) = folder();
    check(&dir, "run --invoke grow @/math.wat 9", 0, "1\n", "");
    check(&dir, "run --max-memory-size 655360 --invoke grow @/math.wat 9", 0, "1\n", "");
    check(&dir, "run --max-memory-size 655359 --invoke grow @/math.wat 9", 0, "-1\n", "");
    check(&dir, "run --max-memory-size 1 --invoke grow @/math.wat 0", 1, "", "memory");
}

#[test]
fn artifacts_run_only_where_they_are_trusted_and_fit() {
    let (_guard, dir) = folder();
    check(&dir, "compile @/math.wat -o @/math.cwasm", 0, "", "");
    check(&dir, "run --invoke add @/math.cwasm 1 2", 1, "", "--allow-precompiled");
    check(&dir, "run --allow-precompiled --invoke add @/math.cwasm 1 2", 0, "3\n", "");
    check(&dir, "run --allow-precompiled --fuel 100 --invoke add @/math.cwasm 1 2", 1, "", "consume_fuel");
    check(&dir, "compile @/math.cwasm", 1, "", "compiled already");
    // Without -o the artifact lies beside the module.
    std::fs::remove_file(dir.join("math.cwasm")).expect("removed");
    check(&dir, "compile @/math.wasm", 0, "", "");
    assert!(dir.join("math.cwasm").exists());
    check(&dir, "compile @/math.wat -o @/no/such/folder/out", 1, "", "cannot write");
    check(&dir, "compile @/math.wat --target sparc64-unknown-linux-gnu", 1, "", "sparc64");
    check(&dir, "compile @/math.wat --target nonsense", 2, "", "nonsense");
}

/// Targets that artifacts can be made for, and what their instruction sets are called.
const TARGETS: [(&str, &str); 6] = [
    ("x86_64-unknown-linux-gnu", "x86_64"),
    ("aarch64-unknown-linux-gnu", "aarch64"),
    ("riscv64gc-unknown-linux-gnu", "riscv64"),
    ("s390x-unknown-linux-gnu", "s390x"),
    ("pulley32", "pulley32"),
    ("pulley64", "pulley64"),
];

#[test]
fn every_target_compiles_and_disassembles() {
    let (_guard, dir) = folder();
    for (triple, isa) in TARGETS {
        check(&dir, &format!("compile @/math.wat --target {triple} -o @/{isa}.cwasm"), 0, "", "");
        let listing = check(&dir, &format!("objdump @/{isa}.cwasm"), 0, isa, "").out;
        assert!(listing.contains("<inner>: function 2"), "{listing}");
        // Bytecode's own machine knows why its instructions stop.
        assert_eq!(listing.contains("; trap: integer divide by zero"), !isa.starts_with("pulley"), "{listing}");
        check(&dir, &format!("objdump -f outer --target {triple} @/math.wat"), 0, "<outer>: function 3", "");
        check(&dir, &format!("settings --target {triple}"), 0, isa, "");
        if isa == "pulley64" && cfg!(target_pointer_width = "64") && cfg!(target_endian = "little") {
            check(&dir, &format!("run --allow-precompiled --invoke add @/{isa}.cwasm 1 2"), 0, "3", "");
        } else if isa != std::env::consts::ARCH {
            check(&dir, &format!("run --allow-precompiled --invoke add @/{isa}.cwasm 1 2"), 1, "", isa);
        }
    }
    let riscv64 = "compile @/vectors.wat -o @/out --target riscv64gc-unknown-linux-gnu";
    check(&dir, riscv64, 1, "", "simd is not supported");
    check(&dir, &format!("{riscv64} --cpu has_v"), 0, "", "");
    check(&dir, &format!("{riscv64} --cpu has_nonsense"), 1, "", "has_nonsense");
    check(&dir, &format!("{riscv64} --cpu has_v=perhaps"), 1, "", "has_v");
}

#[test]
fn objdump_shows_what_is_asked_for() {
    let (_guard, dir) = folder();
    check(&dir, "objdump @/math.wat -f 0 -f inner", 0, "function 2", "");
    check(&dir, "objdump @/math.wat -f nothing", 1, "", "defines no function nothing");
    check(&dir, "objdump --clif -f inner @/math.wat", 0, "sdiv", "");
    let all = check(&dir, "objdump --stubs @/math.wat", 0, "trampoline", "").out;
    assert!(all.len() > line(&dir, "objdump @/math.wat").out.len());
    check(&dir, "compile @/math.wat -o @/math.cwasm", 0, "", "");
    check(&dir, "objdump --clif @/math.cwasm", 1, "", "--clif needs the module itself");
}

#[test]
fn validate_names_the_first_error_of_each_module() {
    let (_guard, dir) = folder();
    std::fs::write(dir.join("bad.wat"), "(module (func (result i32)))").expect("written");
    std::fs::write(dir.join("worse.wat"), "(module (func").expect("written");
    check(&dir, "validate @/math.wat @/program.wasm", 0, "", "");
    let run = check(&dir, "validate @/math.wat @/bad.wat @/worse.wat", 1, "", "bad.wat: invalid module at byte");
    assert!(run.err.contains("worse.wat"), "{}", run.err);
    check(&dir, "validate -W simd=n @/vectors.wat", 1, "", "simd");
}

#[test]
fn scripts_fail_with_the_lines_that_fail() {
    let (_guard, dir) = folder();
    let module = "(module (func (export \"one\") (result i32) (i32.const 1)))\n";
    std::fs::write(dir.join("good.wast"), format!("{module}(assert_return (invoke \"one\") (i32.const 1))\n"))
        .expect("written");
    std::fs::write(dir.join("bad.wast"), format!("{module}(assert_return (invoke \"one\") (i32.const 2))\n"))
        .expect("written");
    std::fs::write(dir.join("broken.wast"), "(module").expect("written");
    check(&dir, "wast @/good.wast", 0, "executed: 1 passed, 0 failed", "");
    check(&dir, "wast @/good.wast @/bad.wast", 1, "executed: 1 passed, 1 failed", "bad.wast:2: ");
    check(&dir, "wast @/broken.wast", 1, "", "broken.wast:1: ");
    check(&dir, "wast @/none.wast", 1, "", "cannot read");
}

#[test]
fn features_that_are_later_work_are_named() {
    let (_guard, dir) = folder();
    std::fs::write(dir.join("gc.wat"), "(module (type (struct (field i32))))").expect("written");
    std::fs::write(dir.join("component.wat"), "(component)").expect("written");
    std::fs::write(
        dir.join("wide.wat"),
        "(module (func (param i64 i64) (result i64 i64) (i64.mul_wide_s (local.get 0) (local.get 1))))",
    )
    .expect("written");
    check(&dir, "run @/gc.wat", 1, "", "gc is not supported");
    check(&dir, "run @/component.wat", 1, "", "component-model is not supported");
    check(&dir, "compile @/wide.wat", 1, "", "wide-arithmetic, which is disabled");
    check(&dir, "compile -W wide-arithmetic @/wide.wat", 0, "", "");
    check(&dir, "compile -W all @/wide.wat", 0, "", "");
}

#[test]
fn wrong_usage_exits_with_2() {
    let (_guard, dir) = folder();
    for args in [
        "",
        "nonsense",
        "run",
        "run --nonsense @/math.wat",
        "run --fuel x @/math.wat",
        "run --timeout soon @/math.wat",
        "run --timeout -1s @/math.wat",
        "run -W nonsense @/math.wat",
        "run -W gc @/math.wat",
        "run -W simd=perhaps @/math.wat",
        "run -C nonsense=1 @/math.wat",
        "run -C consume_fuel=perhaps @/math.wat",
        "run -C memory-guard-size @/math.wat",
        "run -O 7 @/math.wat",
        "compile",
        "wast",
        "validate",
    ] {
        let run = line(&dir, args);
        assert_eq!(run.code, Some(2), "gantry {args}\n{}{}", run.out, run.err);
        assert!(!run.err.is_empty(), "gantry {args}");
    }
    check(&dir, "run -C nonsense=1 @/math.wat", 2, "", "gantry settings");
    for flag in ["--version", "--help", "run --help", "compile --help", "objdump --help", "matrix --help"] {
        check(&dir, flag, 0, "gantry", "");
    }
    check(&dir, "--help", 0, "Exit codes", "");
}

/// Files that are no module.
#[test]
fn no_file_makes_it_panic() {
    let (_guard, dir) = folder();
    std::fs::write(dir.join("empty"), "").expect("written");
    std::fs::write(dir.join("binary"), [0xff; 64]).expect("written");
    std::fs::write(dir.join("elf"), b"\x7fELF").expect("written");
    std::fs::create_dir(dir.join("folder")).expect("created");
    for file in ["missing", "empty", "binary", "elf", "folder", "math.wasm/inside"] {
        for command in ["run", "run --allow-precompiled", "compile", "objdump", "validate", "wast"] {
            check(&dir, &format!("{command} @/{file}"), 1, "", "error: ");
        }
    }
}

/// Every prefix of a small module, and the module with each byte changed.
#[test]
fn no_damaged_module_makes_it_panic() {
    let (_guard, dir) = folder();
    let wasm = std::fs::read(dir.join("program.wasm")).expect("readable");
    // Each case is a process; the library's own property tests try many more in less time.
    for step in (0..wasm.len()).step_by(7) {
        std::fs::write(dir.join("short.wasm"), &wasm[..step]).expect("written");
        // What is cut between two sections may be a module that does nothing.
        let run = line(&dir, "run @/short.wasm");
        assert!(run.code == Some(0) || run.code == Some(1) && run.err.starts_with("error: "), "{step}: {}", run.err);
        let mut damaged = wasm.clone();
        damaged[step] ^= 0x55;
        std::fs::write(dir.join("damaged.wasm"), damaged).expect("written");
        // It may still be valid, and a program.
        line(&dir, "objdump @/damaged.wasm");
    }
}

/// Headers and tables of an artifact, damaged: never a panic, whatever the command. Damage to code is not tried: running it is
/// what `--allow-precompiled` warns of.
#[test]
fn no_damaged_artifact_makes_it_panic() {
    let (_guard, dir) = folder();
    check(&dir, "compile @/math.wat -o @/math.cwasm", 0, "", "");
    let artifact = std::fs::read(dir.join("math.cwasm")).expect("readable");
    for step in (4..artifact.len()).step_by(artifact.len() / 40) {
        std::fs::write(dir.join("short.cwasm"), &artifact[..step]).expect("written");
        check(&dir, "objdump @/short.cwasm", 1, "", "error: ");
        check(&dir, "run --allow-precompiled --invoke add @/short.cwasm 1 2", 1, "", "error: ");
        let mut damaged = artifact.clone();
        damaged[step] ^= 0xff;
        std::fs::write(dir.join("damaged.cwasm"), damaged).expect("written");
        line(&dir, "objdump --stubs @/damaged.cwasm");
    }
}

#[test]
fn bytecode_that_does_not_run_here_says_why() {
    let (_guard, dir) = folder();
    let (host, other) = match (cfg!(target_pointer_width = "64"), cfg!(target_endian = "little")) {
        (true, true) => ("pulley64", "pulley32"),
        (true, false) => ("pulley64be", "pulley64"),
        (false, true) => ("pulley32", "pulley64"),
        (false, false) => ("pulley32be", "pulley32"),
    };
    let run = "run --allow-precompiled --invoke add";
    check(&dir, &format!("compile --target {other} @/math.wat -o @/other.cwasm"), 0, "", "");
    let way_out = format!("the artifact is for {other}, this engine runs {host}; compile the module for {host}");
    check(&dir, &format!("{run} @/other.cwasm 1 2"), 1, "", &way_out);
    check(&dir, &format!("compile --target {host} @/math.wat -o @/math.cwasm"), 0, "", "");
    let artifact = std::fs::read(dir.join("math.cwasm")).expect("readable");
    let compiled = format!("the artifact is for {host}");
    check(&dir, &format!("{run} --backend winch @/math.cwasm 1 2"), 1, "", &compiled);

    // Every function of the text is something else.
    let engine = gantry::Engine::new(gantry::Config::new().backend(gantry::PULLEY)).expect("an engine");
    // SAFETY: the artifact was just made, and nothing of it is run.
    let text = unsafe { gantry::Module::deserialize(&engine, &artifact) }.expect("an artifact").text().to_vec();
    let at = artifact.windows(text.len()).position(|bytes| bytes == text).expect("the artifact contains its text");
    let mut damaged = artifact.clone();
    damaged[at..at + text.len()].fill(0xff);
    std::fs::write(dir.join("damaged.cwasm"), damaged).expect("written");
    for backend in ["pulley", "pulley-portable"] {
        check(&dir, &format!("{run} --backend {backend} @/damaged.cwasm 1 2"), 1, "", "is no bytecode");
    }
    let mut later = artifact.clone();
    let header = artifact.windows(host.len() + 1).position(|bytes| bytes[1..] == *host.as_bytes()).expect("its header");
    later[header - 1] += 1;
    std::fs::write(dir.join("later.cwasm"), later).expect("written");
    check(&dir, &format!("{run} @/later.cwasm 1 2"), 1, "", "ABI revision");
    std::fs::write(dir.join("zeros.cwasm"), vec![0; 9000]).expect("written");
    check(&dir, &format!("{run} @/zeros.cwasm 1 2"), 1, "", "zeros.cwasm is neither WebAssembly");
}

#[test]
fn profiles_say_where_the_time_went() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(
        dir.path().join("spin.wat"),
        r#"(module
            (func $spin (param i32) (loop (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))
            (func (export "f") (call $spin (i32.const 7)) (call $spin (i32.const 5))))"#,
    )
    .unwrap();
    for backend in ["cranelift", "winch"] {
        let run = check(dir.path(), &format!("run --backend {backend} --profile --invoke f @/spin.wat"), 0, "", "spin");
        let rows: Vec<Vec<_>> = run.err.lines().map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(run.err.lines().next(), Some("3 calls and 12 loop iterations in 2 functions"));
        assert_eq!(rows[2..], [vec!["2", "12", "0", "spin"], vec!["1", "0", "1"]], "{}", run.err);
    }
    check(dir.path(), "run --backend pulley --profile --invoke f @/spin.wat", 0, "", "operations executed");
    check(dir.path(), "compile --target pulley64 @/spin.wat -o @/bytecode.cwasm", 0, "", "");
    if cfg!(target_pointer_width = "64") && cfg!(target_endian = "little") {
        let bytecode = "run --allow-precompiled --profile --invoke f @/bytecode.cwasm";
        let report = check(dir.path(), bytecode, 0, "", "operations executed").err;
        assert!(report.contains("spin") && report.contains("(between functions)"), "{report}");
    }
    check(dir.path(), "compile @/spin.wat -o @/plain.cwasm", 0, "", "");
    let plain = "run --allow-precompiled --profile --invoke f @/plain.cwasm";
    check(dir.path(), plain, 1, "", "compile it with -C execution-counters");
    check(dir.path(), "compile -C execution-counters @/spin.wat -o @/counting.cwasm", 0, "", "");
    let counting = "run --allow-precompiled --profile --invoke f @/counting.cwasm";
    check(dir.path(), counting, 0, "", "3 calls and 12 loop iterations");
}

#[test]
fn backtraces_show_locals_on_request() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("math.wat"), MATH).unwrap();
    let run = check(
        dir.path(),
        "run --backend winch -D debug-locals --invoke reciprocal @/math.wat 0",
        134,
        "",
        "divide by zero",
    );
    assert!(run.err.contains("math!outer\n                  local 0 = 0\n"), "{}", run.err);
    check(dir.path(), "run -D debug-locals --invoke reciprocal @/math.wat 0", 1, "", "debug_locals needs Winch");
}

#[test]
fn backends_are_compared_and_what_agrees_is_not_reduced() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    std::fs::write(dir.join("math.wat"), MATH).unwrap();
    std::fs::write(dir.join("bad.wat"), "(module (func (result i32)))").unwrap();
    let engine = "[[engine]]\nbackend = \"winch\"\noptions.consume_fuel = \"true\"\n";
    let options = format!("{engine}{engine}compiler = \"nobody\"\n");
    std::fs::create_dir(dir.join("repro")).unwrap();
    std::fs::write(dir.join("repro/module.wasm"), wat::parse_str(MATH).unwrap()).unwrap();
    std::fs::write(dir.join("repro/options.toml"), options).unwrap();

    check(dir, "diff @/math.wat --calls 3", 0, "0 of", "");
    check(dir, "diff @/bad.wat", 1, "", "the module is invalid");
    check(dir, "diff @/missing.wasm", 1, "", "cannot read");
    // An engine that cannot be had differs from one that can.
    check(dir, "diff @/repro", 1, "compiler=nobody", "1 of 2 engines differ");
    check(dir, "reduce @/math.wat --calls 3", 1, "", "all engines agree");
}
