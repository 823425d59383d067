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
fn functions_that_are_wrong_can_be_shown() {
    let wrong = "function %wrong(i32) {\nblock0(v0: i32):\n    trap user1\n    return\n}\n";
    for (command, expected) in [("cat", "trap user1"), ("print-cfg", "digraph \"%wrong\"")] {
        assert_eq!(complaint("clif", &format!("test {command}\n\n{wrong}; check: {expected}\n")), "");
    }
    assert!(complaint("clif", &format!("test domtree\n\n{wrong}; check: block0\n")).contains("terminator instruction"));
}

#[test]
fn what_a_file_in_clif_cannot_have_is_named() {
    let run = |body: &str| {
        complaint(
            "clif",
            &format!(
                "test run\ntarget x86_64 has_sse41=false\n\nfunction %f(f32) -> f32 {{\n{body}}}\n; run: %f(0x1.0) == 0x1.0\n"
            ),
        )
    };
    let body = "    fn0 = %absent(f32) -> f32\nblock0(v0: f32):\n    v1 = call fn0(v0)\n    return v1\n";
    assert!(run(body).contains("%f refers to %absent, which the file does not define"), "{}", run(body));
    let body = "block0(v0: f32):\n    v1 = ceil v0\n    return v1\n";
    assert!(run(body).contains("%f needs %CeilF32") && run(body).contains("an ISA flag"), "{}", run(body));
    let body = "block0(v0: f32):\n    v1 = raise v0\n    return v1\n";
    assert!(run(body).contains("line 6: Unknown opcode: 'raise' (files are read as Cranelift 0."), "{}", run(body));
}

#[test]
fn several_targets_can_share_an_exact_expectation_that_was_written_by_hand() {
    let file = |expected: &str| {
        format!(
            "test optimize precise-output\nset opt_level=speed\ntarget x86_64\ntarget aarch64\n\n\
             function %same(i32) -> i32 {{\nblock0(v0: i32):\n    v1 = bnot v0\n    v2 = bnot v1\n    return v2\n}}\n\n\
             ; function %same(i32) -> i32 fast {{\n; block0(v0: i32):\n;     return {expected}\n; }}\n"
        )
    };
    assert_eq!(complaint("clif", &file("v0")), "");
    assert_eq!(complaint("clif", &file("v1")).matches("is not as expected").count(), 2);
    let blessed = clif::run_file("test.clif", &file("v1"), &Options { bless: true, ..Options::default() });
    assert_eq!(blessed.blessed, None);
    assert!(failures(&[blessed]).join("\n").contains("several targets"));
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
    let elsewhere = text(5).replace("x86_64", "s390x");
    let options = Options { isas: vec![gantry_filetests::cells::row("s390x").unwrap().isa], ..options };
    let refused = wat::run_file("test.wat", &elsewhere, &options);
    assert_eq!(refused.blessed, None, "calls run here, whatever instruction set is blessed");
    assert!(!Summary::of(&[refused]).to_string().contains("changed"));
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

/// What one command does for whoever adds an instruction set: every file gets the section that its header asks for.
#[test]
fn sections_of_an_instruction_set_are_added_by_one_run() {
    let row = gantry_filetests::cells::row("aarch64").unwrap();
    let temporary = tempfile::tempdir().unwrap();
    let mut expected = Vec::new();
    for path in runner::find(&[folder("winch"), folder("cranelift")]).unwrap() {
        let text = std::fs::read_to_string(&path).unwrap();
        let parts: Vec<&str> = text.split("\n;;@ ").filter(|part| !part.starts_with("aarch64\n")).collect();
        assert!(parts.len() < text.split("\n;;@ ").count(), "{} has no section", path.display());
        let copy = temporary.path().join(format!("{}.wat", expected.len()));
        std::fs::write(&copy, parts.join("\n;;@ ")).unwrap();
        expected.push((copy, text));
    }
    let files: Vec<PathBuf> = expected.iter().map(|(copy, _)| copy.clone()).collect();
    let options = Options { bless: true, isas: vec![row.isa], ..Options::default() };
    let reports = runner::run(&files, &options);
    assert_eq!(failures(&reports), Vec::<String>::new());
    for (copy, text) in expected {
        assert_eq!(std::fs::read_to_string(copy).unwrap(), text);
    }
}

#[test]
#[cfg(all(target_pointer_width = "64", target_endian = "little"))]
fn what_fails_in_every_configuration_is_said_once() {
    let module = "(module (func (export \"f\") (param i32) (result i32) (i32.div_u (i32.const 8) (local.get 0))))\n";
    let said =
        complaint("wat", &format!(";;! kind = \"run\"\n;;! isas = [\"pulley64\"]\n{module};;> f(i32:0) = i32:0\n"));
    assert_eq!(
        said.matches("line 4: f(i32:0) = i32:0: trapped: integer divide by zero\n  in all").count(),
        1,
        "{said}"
    );
}

fn command(args: &[&str]) -> (Option<i32>, String, String) {
    let program = env!("CARGO_BIN_EXE_gantry-filetests");
    let output = std::process::Command::new(program).args(args).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn the_command_says_what_is_wrong_with_its_arguments() {
    let error = |args: &[&str]| {
        let (code, _, errors) = command(args);
        assert!(code == Some(1) || code == Some(2), "{args:?}: {code:?}");
        assert!(!errors.contains("backtrace"), "{errors}");
        errors
    };
    let empty = tempfile::tempdir().unwrap();
    let empty = empty.path().to_str().unwrap();
    assert!(error(&["test"]).contains("required arguments"));
    assert!(error(&["test", "absent.wat"]).contains("absent.wat does not exist"));
    assert!(error(&["test", "Cargo.toml"]).contains("Cargo.toml is no test"));
    assert!(error(&["test", empty]).contains(&format!("there are no tests in {empty}")));
    assert!(error(&["test", "--isa", "vax", "clif"]).contains("there is no instruction set called \"vax\""));
    assert!(error(&["isa-status", "vax"]).contains("there is no instruction set called \"vax\""));
    assert!(error(&["generate-clif", "Cargo.toml/x"]).contains("cannot make Cargo.toml/x"));
}

#[test]
fn output_that_is_no_terminal_has_no_colours() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new.wat");
    std::fs::write(&path, ";;! kind = \"cranelift\"\n;;! isas = [\"x86_64\"]\n(module (func (export \"f\")))\n")
        .unwrap();
    let (code, out, _) = command(&["test", path.to_str().unwrap()]);
    assert_eq!(code, Some(1));
    assert!(out.contains("there is no section ;;@ x86_64 yet") && out.contains("+f: "), "{out}");
    assert!(!out.contains('\x1b'), "{out}");
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
