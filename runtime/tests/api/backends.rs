//! All other tests again, on each backend that is not the usual one.

use std::process::Command;

/// The environment variable that names the backend that tests use.
pub(crate) const VARIABLE: &str = "GANTRY_TEST_BACKEND";

/// Runs this program's tests on a backend, in a process of their own.
fn check(backend: &str) {
    let program = std::env::current_exe().unwrap();
    let output = Command::new(program).args(["--skip", "backends::"]).env(VARIABLE, backend).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{backend}: {}\n{text}{}", output.status, String::from_utf8_lossy(&output.stderr));
    assert!(text.contains("recursion_through_the_host_is_a_trap ... ok"), "{text}");
}

// There are no compilers for processors with 32 bits.
#[cfg(target_pointer_width = "64")]
#[test]
fn winch() {
    check("winch");
}

#[test]
fn pulley() {
    check("pulley");
}

#[test]
fn pulley_portable() {
    check("pulley-portable");
}
