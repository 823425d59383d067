//! Calling an assembler's methods shows what is wrong with them: bugs that are found within a few programs. One that survives
//! says that the programs, or the model, have gone blind somewhere.

use std::process::Command;

/// One of each kind of slip.
const SOON: &[&str] = &[
    "address-not-extended",
    "float-bits-sign-extend",
    "immediate-plus-one",
    "store-too-wide",
    "min-for-max",
    "preserved-not-saved",
];

#[test]
fn mutants_of_assemblers_die() {
    let output = Command::new(env!("CARGO_BIN_EXE_gantry-mutants"))
        .arg("assembler")
        .args(SOON)
        .args(["--programs", "400"])
        .output()
        .expect("the command starts");
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    let printed = text(&output.stdout);
    assert!(output.status.success(), "{printed}\n{}", text(&output.stderr));
    assert!(printed.contains(&format!("{0} of {0} found", SOON.len())), "{printed}");
}
