//! Where tests can run: one row for each instruction set.
//!
//! Nothing else in the runner names an instruction set: an ISA is added here (and to `gantry_emit::Isa`).

use anyhow::{Context, Result};
use gantry::{BackendKind, Config, Engine, Module};
use gantry_compile::{ModuleCompiler, Settings, TargetFlags};
use gantry_emit::Isa;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use target_lexicon::Triple;

/// An instruction set, as tests name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The instruction set.
    pub isa: Isa,
    /// The target that code is compiled for when it is only looked at.
    pub triple: &'static str,
    /// The command that runs the tests of this instruction set on another machine.
    pub elsewhere: &'static str,
    /// CPU features of code that is only looked at, beyond what the architecture guarantees.
    pub flags: &'static [&'static str],
    /// How its instructions read.
    pub syntax: Syntax,
}

/// How the text of instructions reads: as much as it takes to name what they refer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Syntax {
    /// The register in which a function gets its vmctx.
    pub vmctx: &'static str,
    /// Registers that calls keep.
    pub kept: &'static [&'static str],
    /// Mnemonics that copy a register.
    copies: &'static [&'static str],
    /// Beginnings of the mnemonics of calls.
    calls: &'static [&'static str],
    /// Beginnings of the mnemonics of branches and direct calls.
    branches: &'static [&'static str],
    /// Mnemonics after which the next instruction is not executed.
    pub ends: &'static [&'static str],
    /// An address: what stands before, between and behind its register and offset; or offset and register, if `swapped`.
    address: [&'static str; 3],
    swapped: bool,
    /// Branches say how far they go, and not where.
    pub relative: bool,
    /// Two instructions that are one direct call, up to their numbers: the upper 20 bits and the lower 12 of the distance from
    /// the first.
    call_pair: Option<[&'static str; 2]>,
}

impl Syntax {
    fn mnemonic(text: &str) -> &str {
        text.split_whitespace().next().unwrap_or_default()
    }

    /// Where `text` has an address with this register as base, and its offset.
    pub fn access(&self, text: &str, register: &str) -> Option<(Range<usize>, u32)> {
        let [before, between, behind] = self.address;
        let is_digit = |c: char| c.is_ascii_hexdigit() || c == 'x';
        let pattern = match self.swapped {
            true => format!("{between}{register}{behind}"),
            false => format!("{before}{register}{between}"),
        };
        text.match_indices(&pattern).find_map(|(at, _)| {
            let end = at + pattern.len();
            let (range, number) = if self.swapped {
                let start = text[..at].rfind(|c| !is_digit(c)).map_or(0, |i| i + 1);
                (start..end, &text[start..at])
            } else {
                let len = text[end..].find(|c| !is_digit(c)).unwrap_or(text.len() - end);
                // A register that ends like this one is another.
                if text[..at].ends_with(|c: char| c.is_ascii_alphanumeric()) || !text[end + len..].starts_with(behind) {
                    return None;
                }
                (at..end + len + behind.len(), &text[end..end + len])
            };
            Some((range, u32::try_from(number_of(number)?).ok()?))
        })
    }

    /// The register that an instruction copies to another.
    pub fn copied<'a>(&self, text: &'a str) -> Option<&'a str> {
        let operands = text.strip_prefix(Self::mnemonic(text))?.trim();
        self.copies.contains(&Self::mnemonic(text)).then(|| operands.split(", ").nth(1)).flatten()
    }

    /// Whether an instruction calls.
    pub fn is_call(&self, text: &str) -> bool {
        self.calls.iter().any(|call| Self::mnemonic(text).starts_with(call))
    }

    /// The register that an instruction may write: its first operand, if that is a register. Instructions that only read it
    /// count as well, which costs a name at most.
    pub fn defined(&self, text: &str) -> Option<String> {
        let mnemonic = Self::mnemonic(text);
        let first = text.strip_prefix(mnemonic)?.trim().split(", ").next()?.trim();
        let is_register = first.starts_with(|c: char| c.is_ascii_alphabetic() || c == '%') && !first.contains(' ');
        // Bytecode names the base of a store first.
        (is_register && !mnemonic.contains("store")).then(|| self.canonical(first))
    }

    /// The name of the whole register of which this is a part.
    fn canonical(&self, register: &str) -> String {
        match (self.vmctx, register.as_bytes()) {
            ("rdi", [b'e', rest @ ..]) => format!("r{}", String::from_utf8_lossy(rest)),
            ("rdi", [b'r', .., b'd' | b'w' | b'b'])
                if register.len() > 2 && register.as_bytes()[1].is_ascii_digit() =>
            {
                register[..register.len() - 1].to_owned()
            }
            ("x2", [b'w', rest @ ..]) => format!("x{}", String::from_utf8_lossy(rest)),
            _ => register.to_owned(),
        }
    }

    /// How far a call of two instructions goes from the first, and which part of the second one's text says so.
    pub fn paired_call(&self, first: &str, second: &str) -> Option<(Range<usize>, i64)> {
        let [high, low] = self.call_pair?;
        let distance = (number_of(first.strip_prefix(high)?)? << 12) + number_of(second.strip_prefix(low)?)?;
        Some((low.len()..second.len(), distance))
    }

    /// Where a branch or direct call goes, and which part of the text says so.
    pub fn branch(&self, text: &str) -> Option<(Range<usize>, i64)> {
        // Bytecode says how far it goes, then where.
        if let Some(at) = text.find("// target = ") {
            let target = number_of(text[at..].rsplit(' ').next()?)?;
            let before = text[..at].trim_end();
            let start = before.rfind(' ')? + 1;
            return Some((start..text.len(), target));
        }
        let mnemonic = Self::mnemonic(text);
        if !self.branches.iter().any(|branch| mnemonic.starts_with(branch)) {
            return None;
        }
        let start = text.rfind([' ', ',']).map(|i| i + 1)?;
        Some((start..text.len(), number_of(text[start..].trim_start_matches('#'))?))
    }
}

/// A number as disassemblers write it.
fn number_of(text: &str) -> Option<i64> {
    let (negative, digits) = text.strip_prefix('-').map_or((false, text), |digits| (true, digits));
    let number = match digits.strip_prefix("0x") {
        // Addresses before the function wrap around.
        Some(hex) => u64::from_str_radix(hex, 16).ok()?.cast_signed(),
        None => digits.parse().ok()?,
    };
    Some(if negative { -number } else { number })
}

#[rustfmt::skip]
const X86_64: Syntax = Syntax {
    vmctx: "rdi", kept: &["rbx", "r12", "r13", "r14", "r15"], copies: &["mov"], calls: &["call"], branches: &["j", "call"],
    ends: &["ret", "jmp", "ud2"],
    address: ["[", " + ", "]"], swapped: false, relative: false, call_pair: None,
};
#[rustfmt::skip]
const AARCH64: Syntax = Syntax {
    vmctx: "x2", kept: &["x19", "x20", "x21", "x22", "x23", "x24", "x25", "x26", "x27", "x28"], copies: &["mov"], calls: &["bl"],
    branches: &["b", "cb", "tb"], ends: &["ret", "b", "br", "udf"],
    address: ["[", ", #", "]"], swapped: false, relative: false, call_pair: None,
};
#[rustfmt::skip]
const RISCV64: Syntax = Syntax {
    vmctx: "a0", kept: &["s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11"], copies: &["mv", "c.mv"],
    calls: &["jal", "c.jal"], branches: &["b", "c.b", "j ", "c.j "], ends: &["ret", "c.jr", "jr", "j", "c.j", "unimp", "c.unimp"],
    address: ["", "(", ")"], swapped: true, relative: true,
    call_pair: Some(["auipc ra, ", "jalr ra, ra, "]),
};
#[rustfmt::skip]
const S390X: Syntax = Syntax {
    vmctx: "%r2", kept: &["%r6", "%r7", "%r8", "%r9", "%r10", "%r11", "%r12", "%r13"], copies: &["lgr"], calls: &["bas", "bras"],
    branches: &["j", "bras", "crj", "cgrj", "cij", "cgij", "clrj", "clgrj", "clij", "clgij"],
    ends: &["br", "j", "jg"], address: ["", "(", ")"], swapped: true, relative: false, call_pair: None,
};
#[rustfmt::skip]
const PULLEY: Syntax = Syntax {
    vmctx: "x0", kept: &["x16", "x17", "x18", "x19", "x20", "x21", "x22", "x23", "x24", "x25", "x26", "x27", "x28", "x29"],
    copies: &["xmov"], calls: &["call"], branches: &[], ends: &["ret", "jump", "trap"], address: ["", ", ", ""], swapped: false, relative: false, call_pair: None,
};

/// Every instruction set that tests can name.
#[rustfmt::skip]
pub const ROWS: &[Row] = &[
    Row { isa: Isa::X86_64,     triple: "x86_64-unknown-linux-gnu",      elsewhere: "scripts/test-isa x86_64",    flags: &["has_sse3", "has_ssse3", "has_sse41", "has_sse42", "has_popcnt"], syntax: X86_64 },
    Row { isa: Isa::Aarch64,    triple: "aarch64-unknown-linux-gnu",     elsewhere: "scripts/test-isa aarch64",   flags: &[], syntax: AARCH64 },
    Row { isa: Isa::Riscv64,    triple: "riscv64gc-unknown-linux-gnu",   elsewhere: "scripts/test-isa riscv64",   flags: &["has_v"], syntax: RISCV64 },
    Row { isa: Isa::S390x,      triple: "s390x-unknown-linux-gnu",       elsewhere: "scripts/test-isa s390x",     flags: &[], syntax: S390X },
    Row { isa: Isa::Pulley32,   triple: "pulley32-unknown-unknown-elf",    elsewhere: "a 32-bit little-endian host", flags: &[], syntax: PULLEY },
    Row { isa: Isa::Pulley64,   triple: "pulley64-unknown-unknown-elf",    elsewhere: "a 64-bit little-endian host", flags: &[], syntax: PULLEY },
    Row { isa: Isa::Pulley32Be, triple: "pulley32be-unknown-unknown-elf",  elsewhere: "a 32-bit big-endian host",    flags: &[], syntax: PULLEY },
    Row { isa: Isa::Pulley64Be, triple: "pulley64be-unknown-unknown-elf",  elsewhere: "scripts/test-isa s390x",      flags: &[], syntax: PULLEY },
];

/// The row with this name.
///
/// # Errors
///
/// If there is none; the message lists those that exist.
pub fn row(name: &str) -> Result<&'static Row> {
    let known = || ROWS.iter().map(|r| r.isa.name()).collect::<Vec<_>>().join(", ");
    ROWS.iter()
        .find(|r| r.isa.name() == name)
        .with_context(|| format!("there is no instruction set called {name:?}; there is: {}", known()))
}

/// Instruction sets for which the translation may differ: bytecode of big-endian targets is made from the same functions as that
/// of little-endian ones.
pub fn distinct() -> Vec<&'static Row> {
    ROWS.iter().filter(|row| !(row.isa.is_pulley() && row.isa.is_big_endian())).collect()
}

impl Row {
    /// The row of an instruction set.
    pub fn of(isa: Isa) -> &'static Self {
        ROWS.iter().find(|r| r.isa == isa).expect("the table has a row for every instruction set")
    }

    /// Whether the processor of this machine has it.
    pub fn is_host(&self) -> bool {
        Isa::from_triple(&Triple::host()) == Some(self.isa)
    }

    /// Whether there is a backend that makes code of this instruction set. Which compilers this build has makes no difference.
    pub fn has(&self, backend: BackendKind) -> bool {
        let flags = self.flags.iter().map(|flag| ((*flag).to_owned(), "true".to_owned())).collect();
        let settings = || Settings {
            triple: self.triple.parse().expect("the table has targets"),
            target_flags: TargetFlags::Explicit(flags),
            backend,
            ..Settings::default()
        };
        // Cranelift has all of them, but not in every build.
        backend == BackendKind::Cranelift || ModuleCompiler::new(settings()).is_ok()
    }

    /// The configuration of engines that run code of this instruction set.
    ///
    /// # Errors
    ///
    /// If the engine does not know the target.
    pub fn config(&self) -> Result<Config> {
        let mut config = Config::new();
        if !self.is_host() {
            config.target(self.triple)?;
        }
        Ok(config)
    }

    /// An engine that runs code of this instruction set in this process; none if no such engine exists.
    pub fn engine(&self) -> Option<Engine> {
        static ENGINES: OnceLock<Mutex<BTreeMap<Isa, Option<Engine>>>> = OnceLock::new();
        let mut engines = ENGINES.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner);
        engines
            .entry(self.isa)
            .or_insert_with(|| {
                let mut config = self.config().ok()?;
                config.wasm_backtrace(false);
                let engine = Engine::new(&config).ok()?;
                // Only an attempt tells whether the engine can do more than make artifacts.
                runs(&engine).then_some(engine)
            })
            .clone()
    }

    /// Why tests of this instruction set do not run in this process, and what runs them.
    pub fn not_here(&self) -> Arc<str> {
        format!("needs {}", self.elsewhere).into()
    }
}

/// Whether this engine can load a module and not only compile it.
pub fn runs(engine: &Engine) -> bool {
    Module::from_binary(engine, b"\0asm\x01\0\0\0").is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_isa_has_a_row_with_a_target_of_its_own() {
        for isa in Isa::ALL {
            let triple: Triple = Row::of(isa).triple.parse().unwrap();
            assert_eq!(Isa::from_triple(&triple), Some(isa));
            assert_eq!(row(isa.name()).unwrap().isa, isa);
        }
        assert!(row("vax").unwrap_err().to_string().contains("x86_64"));
    }

    #[test]
    fn branches_are_told_from_other_instructions() {
        let check = |isa, text: &str, expected| {
            assert_eq!(
                Row::of(isa).syntax.branch(text).map(|(range, target)| (&text[range], target)),
                expected,
                "{text}"
            );
        };
        check(Isa::X86_64, "jne 0x62", Some(("0x62", 0x62)));
        check(Isa::X86_64, "call 0xffffffffffffffe0", Some(("0xffffffffffffffe0", -0x20)));
        check(Isa::X86_64, "call r8", None);
        check(Isa::X86_64, "add eax, 8", None);
        check(Isa::Aarch64, "cbz w5, #0x64", Some(("#0x64", 0x64)));
        check(Isa::Aarch64, "blr x10", None);
        check(Isa::Riscv64, "bgeu sp, t6, 8", Some(("8", 8)));
        check(Isa::S390x, "clgrjhe %r2, %r3, 0x40", Some(("0x40", 0x40)));
        check(Isa::S390x, "chi %r5, 0", None);
        check(Isa::S390x, "clgfi %r5, 9", None);
        check(Isa::Pulley64, "br_if_not32 x1, 0x28    // target = 0x63", Some(("0x28    // target = 0x63", 0x63)));
        let pair = Row::of(Isa::Riscv64).syntax.paired_call("auipc ra, 1", "jalr ra, ra, -0x74");
        assert_eq!(pair, Some((13..18, 0x1000 - 0x74)));
    }

    #[test]
    fn backends_are_known_for_every_instruction_set() {
        let with = |backend| ROWS.iter().filter(|row| row.has(backend)).map(|row| row.isa).collect::<Vec<_>>();
        assert_eq!(with(BackendKind::Cranelift), Isa::ALL);
        assert!([Isa::X86_64, Isa::Aarch64].iter().all(|isa| with(BackendKind::Winch).contains(isa)));
        assert!(!with(BackendKind::Winch).contains(&Isa::Pulley64));
    }

    #[test]
    fn the_host_runs_its_own_code() {
        let host = ROWS.iter().find(|r| r.is_host()).unwrap();
        assert!(host.engine().is_some());
    }
}
