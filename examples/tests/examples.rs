//! Every example runs and prints what it promises.

use std::process::Command;

#[track_caller]
fn check(example: &str, expected: &str) {
    let output = Command::new(example).output().expect("the example starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stdout), expected);
}

#[test]
fn hello() {
    check(env!("CARGO_BIN_EXE_hello"), "2 + 3 = 5\n");
}

#[test]
fn hello_wasi() {
    check(env!("CARGO_BIN_EXE_hello_wasi"), "Hello from WASI.\n");
}

#[test]
fn host_functions() {
    let lines = r#"["the guest speaks", "guest", "the guest speaks"], then: -1 is negative"#;
    check(env!("CARGO_BIN_EXE_host_functions"), &format!("{lines}\n"));
}

#[test]
fn limits() {
    check(env!("CARGO_BIN_EXE_limits"), "fuel: Some(OutOfFuel), 0 left\ntime: Some(Interrupt)\nmemory: 1 then -1\n");
}

#[test]
fn ahead_of_time() {
    check(env!("CARGO_BIN_EXE_ahead_of_time"), "144\n");
}
