//! The textual tests, and the runner's own promises.

use gantry_filetests::options::Options;
use gantry_filetests::report::{FileReport, Status, Summary};
use gantry_filetests::{clif, runner, wat};
use std::path::{Path, PathBuf};

/// Folders with textual tests.
const FOLDERS: &[&str] = &["clif", "translate", "cranelift", "winch", "pulley", "run"];

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn failures(reports: &[FileReport]) -> Vec<String> {
    let mut all = Vec::new();
    for report in reports {
        for (cell, status) in &report.checks {
            if let Status::Failed(message) = status {
                all.push(format!("{} [{cell}]: {message}", report.name));
            }
        }
    }
    all
}

#[test]
fn all_files_do_as_they_say() {
    let folders: Vec<_> = FOLDERS.iter().map(|name| folder(name)).collect();
    let options = Options::default().from_environment().unwrap();
    let reports = runner::run(&runner::find(&folders).unwrap(), &options);
    let summary = Summary::of(&reports);
    println!("{summary}");
    let failures = failures(&reports);
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(summary.passed() > 0);
}

#[test]
fn every_folder_explains_itself() {
    for name in FOLDERS {
        let readme = ["readme.wat", "readme.clif"].iter().any(|file| folder(name).join(file).exists());
        assert!(readme, "{name} has no readme");
    }
}

fn complaint(extension: &str, text: &str) -> String {
    let report = match extension {
        "clif" => clif::run_file("test.clif", text, &Options::default()),
        _ => wat::run_file("test.wat", text, &Options::default()),
    };
    failures(&[report]).join("\n")
}

#[test]
fn wrong_expectations_are_found() {
    let add = "function %add(i32, i32) -> i32 {\nblock0(v0: i32, v1: i32):\n    v2 = iadd v0, v1\n    return v2\n}\n";
    let interpreted = |line: &str| complaint("clif", &format!("test interpret\n\n{add}{line}\n"));
    assert_eq!(interpreted("; run: %add(1, 2) == 3"), "");
    assert!(interpreted("; run: %add(1, 2) == 4").contains("returned 3"));
    assert!(interpreted("; run: %add(1, 2) != 3").contains("returned 3"));
    assert!(interpreted("; run: %add(1, 2) traps int_divz").contains("returned 3"));
    assert!(interpreted("; run: %add(1) == 3").contains("malformed line"));
    assert!(interpreted("").contains("nothing is checked"));
    assert!(complaint("clif", &format!("test fly\n\n{add}")).contains("no test command \"fly\""));
    assert!(complaint("clif", &format!("test compile colour\ntarget x86_64\n\n{add}")).contains("no option"));
    assert!(complaint("clif", &format!("test compile\n\n{add}")).contains("needs a target"));
    let checked = |line: &str| complaint("clif", &format!("test cat\n\n{add}{line}\n"));
    assert_eq!(checked("; check: iadd"), "");
    assert!(checked("; check: imul").contains("directives do not match"));

    let module = "(module (func (export \"f\") (param i32) (result i32) (i32.div_u (i32.const 8) (local.get 0))))\n";
    let ran = |line: &str| complaint("wat", &format!(";;! kind = \"run\"\n{module}{line}\n"));
    assert_eq!(ran(";;> f(i32:2) = i32:4"), "");
    assert!(ran(";;> f(i32:2) = i32:5").contains("expected"));
    assert!(ran(";;> f(i32:0) = i32:0").contains("divide by zero"));
    assert!(ran(";;> f(i32:0) trap oob").contains("expected"));
    assert!(ran(";;> g() = i32:0").contains("no function \"g\""));
    assert!(ran("").contains("nothing is checked"));
    assert!(
        complaint("wat", &format!(";;! kind = \"cranelift\"\n;;! isas = [\"x86_64\"]\n{module}"))
            .contains("no section")
    );
    assert!(
        complaint("wat", &format!(";;! kind = \"run\"\n{module};;> f(i32:2) = i32:4\n;;@ vax\n")).contains(";;@ vax")
    );
}

#[test]
fn nothing_is_blessed_while_calls_fail() {
    let text = |result: u32| {
        format!(
            ";;! kind = \"cranelift\"\n;;! isas = [\"x86_64\"]\n(module (func (export \"f\") (result i32) (i32.const 4)))\n\
             ;;> f() = i32:{result}\n"
        )
    };
    let options = Options { bless: true, ..Options::default() };
    let refused = wat::run_file("test.wat", &text(5), &options);
    assert_eq!(refused.blessed, None);
    assert!(failures(&[refused]).join("\n").contains("not blessed"));
    let blessed = wat::run_file("test.wat", &text(4), &options);
    let new = blessed.blessed.expect("the section is new");
    assert_eq!(failures(&[wat::run_file("test.wat", &new, &Options::default())]), Vec::<String>::new());
    let damaged = new.replace(", 4", ", 5");
    assert!(complaint("wat", &damaged).contains("gantry test --bless test.wat"));
}

#[test]
fn instruction_sets_that_are_not_asked_for_keep_their_sections() {
    let text = ";;! kind = \"cranelift\"\n;;! isas = [\"x86_64\", \"s390x\"]\n(module (func (export \"f\")))\n\n;;@ s390x\n;; old\n";
    let options =
        Options { bless: true, isas: vec![gantry_filetests::cells::row("x86_64").unwrap().isa], ..Options::default() };
    let blessed = wat::run_file("test.wat", text, &options).blessed.expect("the section is new");
    assert!(blessed.contains(";;@ x86_64\n;; f:") && blessed.contains(";;@ s390x\n;; old\n"), "{blessed}");
}

/// An access that faults outside of every memory is no trap, whatever its trap site says. Nothing else in this process may run
/// then, so it is another one.
#[test]
#[cfg(target_arch = "x86_64")]
fn accesses_outside_of_memories_end_the_process() {
    let run = |address: &str| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("stray.clif");
        let text = format!(
            "test run\ntarget x86_64\n\nfunction %stray(i64) -> i64 {{\nblock0(v0: i64):\n    v1 = load.i64 v0\n    return v1\n}}\n\
             ; run: %stray({address}) traps heap_oob\n"
        );
        std::fs::write(&path, text).unwrap();
        let program = env!("CARGO_BIN_EXE_gantry-filetests");
        let output = std::process::Command::new(program).arg("test").arg(&path).output().unwrap();
        (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    // What guards against speculation accesses null.
    let (success, errors) = run("8");
    assert!(success, "{errors}");
    let (success, errors) = run("0x1000_0000");
    assert!(!success && errors.contains("accessed 0x10000000, which belongs to no memory"), "{errors}");
}
