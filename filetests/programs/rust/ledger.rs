//! Reads transactions from standard input, keeps accounts in collections, and prints a report: formatting, parsing, errors with
//! `?`, hash maps with random seeds, trait objects, big results through iterators. `ledger --panic` panics.

use std::collections::{BTreeMap, BinaryHeap, HashMap, VecDeque};
use std::fmt;
use std::io::{self, BufRead, Write};

#[derive(Debug)]
enum Problem {
    Fields { line: usize, found: usize },
    Amount { line: usize, source: std::num::ParseIntError },
    Overdrawn { line: usize, account: String, missing: i64 },
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::Fields { line, found } => write!(f, "line {line}: {found} fields instead of 3"),
            Problem::Amount { line, source } => write!(f, "line {line}: {source}"),
            Problem::Overdrawn { line, account, missing } => write!(f, "line {line}: {account} lacks {}", Money(*missing)),
        }
    }
}
impl std::error::Error for Problem {}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Money(i64);
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{}{}.{:02}", if self.0 < 0 { "-" } else { "" }, self.0.abs() / 100, self.0.abs() % 100);
        f.pad(&text)
    }
}

trait Observer {
    fn see(&mut self, from: &str, to: &str, amount: Money);
    fn report(&self, out: &mut dyn Write) -> io::Result<()>;
}

#[derive(Default)]
struct Largest(BinaryHeap<(Money, String)>);
impl Observer for Largest {
    fn see(&mut self, from: &str, to: &str, amount: Money) {
        self.0.push((amount, format!("{from} -> {to}")));
    }
    fn report(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut heap = self.0.clone();
        writeln!(out, "largest:")?;
        std::iter::from_fn(|| heap.pop()).take(3).try_for_each(|(amount, what)| writeln!(out, "  {amount:>12}  {what}"))
    }
}

#[derive(Default)]
struct Average { window: VecDeque<i64>, means: Vec<f64> }
impl Observer for Average {
    fn see(&mut self, _: &str, _: &str, amount: Money) {
        self.window.push_back(amount.0);
        if self.window.len() > 3 {
            self.window.pop_front();
        }
        self.means.push(self.window.iter().sum::<i64>() as f64 / self.window.len() as f64 / 100.0);
    }
    fn report(&self, out: &mut dyn Write) -> io::Result<()> {
        let deviation = self.means.iter().map(|m| m * m).sum::<f64>().sqrt();
        writeln!(out, "moving means: {:?}", self.means.iter().map(|m| (m * 10.0).round() / 10.0).collect::<Vec<_>>())?;
        writeln!(out, "length: {deviation:.6} {deviation:e}")
    }
}

fn run(out: &mut dyn Write) -> Result<(), Box<dyn std::error::Error>> {
    let mut accounts: HashMap<String, i64> = HashMap::new();
    let mut observers: Vec<Box<dyn Observer>> = vec![Box::<Largest>::default(), Box::<Average>::default()];
    let mut result = Ok(());
    for (index, text) in io::stdin().lock().lines().enumerate() {
        let (line, text) = (index + 1, text?);
        let fields: Vec<&str> = text.split_whitespace().collect();
        let [from, to, amount] = fields[..] else {
            result = Err(Problem::Fields { line, found: fields.len() });
            break;
        };
        let amount: i64 = match amount.parse() {
            Ok(amount) => amount,
            Err(source) => {
                writeln!(out, "skipped: {}", Problem::Amount { line, source })?;
                continue;
            }
        };
        let source = accounts.entry(from.to_owned()).or_default();
        if *source < amount && from != "bank" {
            let missing = amount - *source;
            writeln!(out, "skipped: {}", Problem::Overdrawn { line, account: from.into(), missing })?;
            continue;
        }
        *source -= amount;
        *accounts.entry(to.to_owned()).or_default() += amount;
        observers.iter_mut().for_each(|o| o.see(from, to, Money(amount)));
    }
    for (name, balance) in accounts.iter().collect::<BTreeMap<_, _>>() {
        writeln!(out, "{name:<10}|{:>12}|", Money(*balance))?;
    }
    for observer in &observers {
        observer.report(out)?;
    }
    Ok(result?)
}

fn main() {
    if std::env::args().nth(1).as_deref() == Some("--panic") {
        let empty: Vec<u32> = Vec::new();
        println!("before");
        println!("{}", empty[std::env::args().count()]);
    }
    let mut out = io::stdout().lock();
    if let Err(problem) = run(&mut out) {
        let _ = writeln!(out, "stopped: {problem}");
        std::process::exit(3);
    }
}
