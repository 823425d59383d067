//! The fuzzing finds mutants that die within seconds. One that survives says that it has gone blind somewhere.

use std::process::Command;

#[test]
fn mutants_die() {
    let output = Command::new(env!("CARGO_BIN_EXE_gantry-mutants"))
        .args(["score", "--smoke", "--seeds", "1", "--seconds", "60"])
        .output()
        .expect("the command starts");
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{}\n{}", text(&output.stdout), text(&output.stderr));
}
