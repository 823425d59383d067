//! Counting instructions: Valgrind's tool callgrind, run on this program.
//!
//! The program runs itself under callgrind with the subcommand `once`. Only what [`measured`] calls is counted, so that
//! start-up, preparation and a first run that warms up do not. Counts are the same from run to run because nothing that
//! differs is left: one thread, no address-space randomization, no environment, a fixed set of CPU features.
//!
//! The format of its output: Valgrind User Manual, "Callgrind Format Specification".

use crate::benchmark::Id;
use crate::engine::Action;
use crate::inputs::{BENCHES, benches_dir};
use anyhow::{Context, Result, bail, ensure};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::path::Path;
use std::process::Command;

/// The function whose callees are counted. Its name is known to callgrind through the symbol table.
///
/// # Errors
///
/// If the action fails.
#[inline(never)]
pub fn measured(action: &mut Action) -> Result<()> {
    // The result is looked at after the call: a tail call would leave this function before the action runs.
    let result = action();
    std::hint::black_box(&result);
    result
}

/// What callgrind is told to look for.
const MEASURED: &str = "*gantry_bench::callgrind::measured*";

/// What the subcommand `once` tells about the run besides its count.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Once {
    /// Seconds of one run.
    pub seconds: f64,
    /// Seconds of the wall that all runs took.
    pub wall: f64,
    /// By how many bytes the run raised the peak of resident memory.
    pub peak_bytes: Option<u64>,
    /// Name and addresses of functions compiled at run time.
    pub functions: Vec<(String, Range<usize>)>,
    /// How often the scheduler took the processor away.
    pub preempted: u64,
}

/// A counted run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Count {
    /// Instructions.
    pub instructions: u64,
    /// What each function cost. Code compiled at run time has the names of the guest's functions, [`GUEST`] before them.
    pub functions: BTreeMap<String, Cost>,
}

/// What a function cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cost {
    /// Instructions of the function itself, without its callees.
    pub instructions: u64,
    /// How often it was called.
    pub calls: u64,
}

/// What names of functions compiled at run time begin with.
pub const GUEST: &str = "guest:";

/// Whether Valgrind is installed.
pub fn available() -> bool {
    Command::new("valgrind").arg("--version").output().is_ok_and(|o| o.status.success())
}

/// Counts the instructions of one run of a benchmark of the program `exe`.
///
/// # Errors
///
/// If Valgrind is not installed or the run fails under it.
pub fn count(exe: &Path, id: &Id) -> Result<Count> {
    let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
    let profile = folder.path().join("callgrind.out");
    // Without `setarch` the counts are still good to a few instructions in a million.
    let fixed = Command::new("setarch").args(["-R", "true"]).output().is_ok_and(|o| o.status.success());
    let mut command = if fixed { Command::new("setarch") } else { Command::new("valgrind") };
    if fixed {
        command.args(["-R", "valgrind"]);
    }
    command
        .args(["--quiet", "--tool=callgrind", "--dump-instr=yes", "--dump-line=no", "--collect-atstart=no"])
        .arg(format!("--toggle-collect={MEASURED}"))
        .arg(format!("--callgrind-out-file={}", profile.display()))
        .arg(exe)
        .args(["once", "--count"])
        .arg(id.to_string())
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env(BENCHES, benches_dir());
    let output = command.output().context("cannot start valgrind: is it installed?")?;
    ensure!(
        output.status.success(),
        "{id} failed under valgrind: {}",
        String::from_utf8_lossy(&output.stderr).lines().last().unwrap_or("no message")
    );
    let once: Once = serde_json::from_slice(&output.stdout).with_context(|| format!("{id} printed something else"))?;
    let text = std::fs::read_to_string(&profile).context("callgrind wrote no profile")?;
    let count = parse(&text, &once.functions)?;
    ensure!(count.instructions > 0, "callgrind saw no call of {MEASURED}: the program needs its symbols");
    Ok(count)
}

/// Reads a profile with instruction addresses; `guest` has the names of code that was made at run time.
///
/// # Errors
///
/// If it is malformed.
pub fn parse(text: &str, guest: &[(String, Range<usize>)]) -> Result<Count> {
    let mut guest: Vec<_> = guest.iter().map(|(name, range)| (range.clone(), name)).collect();
    guest.sort_by_key(|(range, _)| range.start);
    let mut names: HashMap<&str, &str> = HashMap::new();
    let mut functions: HashMap<&str, Cost> = HashMap::new();
    let mut in_guest: HashMap<&str, Cost> = HashMap::new();
    let in_code = |at: u64| {
        let at = usize::try_from(at).unwrap_or(usize::MAX);
        let index = guest.partition_point(|(range, _)| range.start <= at).checked_sub(1)?;
        Some(&guest[index]).filter(|(range, _)| range.contains(&at)).map(|(_, name)| name.as_str())
    };
    let mut callee = "";
    // Who is called at an address (a function of the guest, or the other one) and how often; how often an instruction was executed.
    let mut entries: HashMap<u64, (Option<&str>, &str, u64)> = HashMap::new();
    let mut executed: HashMap<u64, u64> = HashMap::new();
    let (mut current, mut address, mut skip, mut total) = ("", 0_u64, false, 0_u64);
    for (number, line) in text.lines().enumerate() {
        let malformed = || format!("line {} of the profile is malformed: {line}", number + 1);
        if let Some(name) = line.strip_prefix("fn=") {
            current = named(&mut names, name);
        } else if let Some(name) = line.strip_prefix("cfn=") {
            callee = named(&mut names, name);
        } else if let Some(calls) = line.strip_prefix("calls=") {
            // The next line is the cost of the callees, which have lines of their own.
            skip = true;
            let (calls, target) = calls.trim().split_once(' ').with_context(malformed)?;
            let target = self::address(address, target).with_context(malformed)?;
            let entry = entries.entry(target).or_insert((in_code(target), callee, 0));
            entry.2 += calls.parse::<u64>().ok().with_context(malformed)?;
        } else if line.starts_with(|c: char| c.is_ascii_digit() || "+-*".contains(c)) {
            let (position, cost) = line.split_once(' ').unwrap_or((line, "0"));
            address = self::address(address, position).with_context(malformed)?;
            if std::mem::take(&mut skip) {
                continue;
            }
            let cost: u64 = cost.trim().parse().ok().with_context(malformed)?;
            total += cost;
            *executed.entry(address).or_default() += cost;
            let entry = match in_code(address) {
                Some(name) => in_guest.entry(name).or_default(),
                None => functions.entry(current).or_default(),
            };
            entry.instructions += cost;
        }
    }
    // Callgrind takes a jump to another function for a call and counts it twice: how often the first instruction was executed
    // is the better number.
    for (target, (in_code, callee, calls)) in entries {
        let cost = match in_code {
            Some(name) => in_guest.entry(name).or_default(),
            None => functions.entry(callee).or_default(),
        };
        cost.calls += executed.get(&target).copied().unwrap_or(calls);
    }
    if !text.contains("positions: instr") {
        bail!("this is no profile with addresses of instructions");
    }
    let mut all: BTreeMap<String, Cost> = BTreeMap::new();
    let named = functions.into_iter().map(|(name, cost)| (plain(name), cost));
    for (name, cost) in named.chain(in_guest.into_iter().map(|(name, cost)| (format!("{GUEST}{name}"), cost))) {
        let entry = all.entry(name).or_default();
        entry.instructions += cost.instructions;
        entry.calls += cost.calls;
    }
    Ok(Count { instructions: total, functions: all })
}

/// Resolves the name compression of the format: `(id) name` the first time, `(id)` from then on.
fn named<'a>(names: &mut HashMap<&'a str, &'a str>, text: &'a str) -> &'a str {
    let Some((id, name)) = text.split_once(')') else { return text };
    let name = name.trim_start();
    if name.is_empty() {
        return names.get(id).copied().unwrap_or("");
    }
    names.insert(id, name);
    name
}

/// Resolves the position compression of the format: absolute, or relative to the last one.
fn address(last: u64, text: &str) -> Option<u64> {
    let number = |text: &str| match text.strip_prefix("0x") {
        Some(hex) => u64::from_str_radix(hex, 16).ok(),
        None => text.parse().ok(),
    };
    match text.as_bytes().first()? {
        b'+' => last.checked_add(number(&text[1..])?),
        b'-' => last.checked_sub(number(&text[1..])?),
        b'*' => Some(last),
        _ => number(text),
    }
}

/// A symbol's name without what differs from build to build: the hash of legacy mangling, and callgrind's count of recursion.
fn plain(name: &str) -> String {
    let name = name.split('\'').next().unwrap_or(name);
    match name.rsplit_once("::h") {
        Some((path, hash)) if hash.len() == 16 && hash.bytes().all(|b| b.is_ascii_hexdigit()) => path.to_owned(),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROFILE: &str = "\
version: 1
creator: callgrind-3.19.0
positions: instr
events: Ir
summary: 1000

ob=(1) /bin/program
fl=(1) file.rs
fn=(1) a::b::h0123456789abcdef
0x1000 5
+4 2
cfn=(2) c
calls=6 0x2000 
+4 900
* 1
fn=(2)
0x2000 3
-16 14
ob=(2) ???
fn=(3) 0x5000
0x5000 20
+16 30
fn=(1)
0x1008 1
cfn=(3)
calls=2 0x5000
0x1008 50
cfn=(4) c'2
calls=1 0x2000
0x1008 50
";

    #[test]
    fn costs_go_to_functions_and_to_guest_functions_by_address() {
        let guest = [("hot".to_owned(), 0x5000..0x5008), ("cold".to_owned(), 0x5008..0x6000)];
        let count = parse(PROFILE, &guest).expect("well-formed");
        let expected = [("a::b", 9, 0), ("c", 17, 3), ("guest:cold", 30, 0), ("guest:hot", 20, 20)];
        let cost = |(name, instructions, calls): (&str, u64, u64)| (name.to_owned(), Cost { instructions, calls });
        let expected: BTreeMap<_, _> = expected.into_iter().map(cost).collect();
        assert_eq!(count, Count { instructions: 76, functions: expected });
    }

    #[test]
    fn damage_is_an_error() {
        assert!(parse("fn=(1) a\n0x10 5\n", &[]).is_err());
        assert!(parse(&PROFILE.replace("+4 2", "+x 2"), &[]).is_err());
        assert!(parse(&PROFILE.replace("+4 2", "+4 y"), &[]).is_err());
    }
}
