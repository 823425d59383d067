//! Instruction sets: the registry, and what shared code may ask about each.
//!
//! Outside its folder an ISA is one row of `REGISTRY`. Shared code asks for data (widths, ranges, register lists), never
//! `if isa == ...`.

pub mod aarch64;
pub(crate) mod operand;
pub mod pulley;
pub mod riscv64;
pub mod s390x;
pub mod x86_64;

use crate::buffer::CodeBuffer;
use crate::callconv::{CallConv, HostConv};
use crate::fixup::{FixupForm, Veneer};
use crate::function::RelocKind;
use crate::trampoline::Masm;
use alloc::boxed::Box;
use gantry_abi::PointerWidth;
use object::elf;
use target_lexicon::{Aarch64Architecture, Architecture, OperatingSystem, Riscv64Architecture, Triple};

/// An instruction set that Gantry makes code for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Isa {
    /// 64-bit x86.
    X86_64,
    /// 64-bit Arm, little-endian.
    Aarch64,
    /// RISC-V, RV64GC.
    Riscv64,
    /// IBM z/Architecture, z14 and later.
    S390x,
    /// Pulley bytecode for 32-bit little-endian hosts.
    Pulley32,
    /// Pulley bytecode for 64-bit little-endian hosts.
    Pulley64,
    /// Pulley bytecode for 32-bit big-endian hosts.
    Pulley32Be,
    /// Pulley bytecode for 64-bit big-endian hosts.
    Pulley64Be,
}

/// Makes the assembler of trampolines.
pub(crate) type NewMasm = for<'a> fn(&'a mut CodeBuffer, HostAbi) -> Box<dyn Masm + 'a>;

/// What an ISA's folder provides.
pub(crate) struct Backend {
    pub(crate) isa: Isa,
    pub(crate) name: &'static str,
    pub(crate) pointer_width: PointerWidth,
    pub(crate) big_endian: bool,
    /// `e_machine` of ELF images.
    pub(crate) elf_machine: u16,
    /// `e_flags` of ELF images.
    pub(crate) elf_flags: u32,
    /// Alignment of functions in bytes.
    pub(crate) text_align: u32,
    /// Largest page size of hosts in bytes: the alignment of text in images.
    pub(crate) page_size: u32,
    /// Bytes that stop execution, repeated between functions.
    pub(crate) padding: &'static [u8],
    /// A jump for islands, on ISAs whose branches may not reach.
    pub(crate) jump: Option<&'static Veneer>,
    /// What a call that does not reach goes through.
    pub(crate) call_veneer: Option<&'static Veneer>,
    /// The wasm calling convention.
    pub(crate) call_conv: &'static CallConv,
    /// The platform's C conventions, by [`HostAbi`]; of bytecode, how it calls the host.
    pub(crate) host_conv: fn(HostAbi) -> &'static HostConv,
    /// The assembler of trampolines.
    pub(crate) masm: NewMasm,
    /// Makes the disassembler; `None`: bytecode.
    #[cfg(feature = "disasm")]
    pub(crate) disassembler: Option<fn() -> capstone::CsResult<capstone::Capstone>>,
    /// DWARF number of the return address.
    pub(crate) dwarf_return_address: u16,
    /// DWARF number of the stack pointer, and its distance to the frame's address at a function's first instruction.
    pub(crate) dwarf_entry_cfa: (u16, i32),
    /// Where the return address is then: its offset from the frame's address, or `None`: in its register.
    pub(crate) dwarf_return_slot: Option<i32>,
}

/// Every ISA, in the order of the enumeration.
static REGISTRY: [&Backend; 8] = [
    &x86_64::BACKEND,
    &aarch64::BACKEND,
    &riscv64::BACKEND,
    &s390x::BACKEND,
    &pulley::PULLEY32,
    &pulley::PULLEY64,
    &pulley::PULLEY32BE,
    &pulley::PULLEY64BE,
];

impl Isa {
    /// Every ISA.
    pub const ALL: [Self; 8] = [
        Self::X86_64,
        Self::Aarch64,
        Self::Riscv64,
        Self::S390x,
        Self::Pulley32,
        Self::Pulley64,
        Self::Pulley32Be,
        Self::Pulley64Be,
    ];

    pub(crate) fn backend(self) -> &'static Backend {
        REGISTRY.iter().find(|b| b.isa == self).expect("the registry has a row for every ISA")
    }

    /// The ISA of a target, if Gantry makes code for it.
    pub fn from_triple(triple: &Triple) -> Option<Self> {
        Some(match triple.architecture {
            Architecture::X86_64 | Architecture::X86_64h => Self::X86_64,
            Architecture::Aarch64(Aarch64Architecture::Aarch64) => Self::Aarch64,
            // The plain name stands for what Linux distributions build for, RV64GC.
            Architecture::Riscv64(
                Riscv64Architecture::Riscv64 | Riscv64Architecture::Riscv64gc | Riscv64Architecture::Riscv64a23,
            ) => Self::Riscv64,
            Architecture::S390x => Self::S390x,
            Architecture::Pulley32 => Self::Pulley32,
            Architecture::Pulley64 => Self::Pulley64,
            Architecture::Pulley32be => Self::Pulley32Be,
            Architecture::Pulley64be => Self::Pulley64Be,
            _ => return None,
        })
    }

    /// Its name, as in target triples.
    pub fn name(self) -> &'static str {
        self.backend().name
    }

    /// Width of its pointers.
    pub fn pointer_width(self) -> PointerWidth {
        self.backend().pointer_width
    }

    /// Whether memory and registers spilled to it are big-endian.
    pub fn is_big_endian(self) -> bool {
        self.backend().big_endian
    }

    /// `e_machine` of its ELF images.
    pub fn elf_machine(self) -> u16 {
        self.backend().elf_machine
    }

    /// Alignment of functions in bytes.
    pub fn text_align(self) -> u32 {
        self.backend().text_align
    }

    /// Alignment of text in images in bytes: the largest page size that its hosts use.
    pub fn page_size(self) -> u32 {
        self.backend().page_size
    }

    /// Bytes that stop execution: what stands between functions.
    pub fn padding(self) -> &'static [u8] {
        self.backend().padding
    }

    /// Whether its code is Pulley bytecode.
    pub fn is_pulley(self) -> bool {
        self.backend().elf_machine == elf::EM_NONE.0
    }

    /// The wasm calling convention.
    pub fn call_conv(self) -> &'static CallConv {
        self.backend().call_conv
    }

    /// Whether its code has relocations of this kind.
    pub(crate) fn accepts(self, kind: RelocKind) -> bool {
        kind.row().1.elf_machine() == self.elf_machine()
    }

    /// An unconditional jump within a function, if islands can be needed.
    pub(crate) fn jump(self) -> Option<&'static Veneer> {
        self.backend().jump
    }
}

impl core::fmt::Display for Isa {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.name())
    }
}

/// Which C convention the host has, where an ISA has more than one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum HostAbi {
    /// The ISA's own: System V on x86_64, AAPCS64 on aarch64, and so on.
    #[default]
    Standard,
    /// Windows.
    Windows,
}

/// An ISA and the host's C convention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Target {
    /// The instruction set.
    pub isa: Isa,
    /// The C convention.
    pub host: HostAbi,
}

impl From<Isa> for Target {
    fn from(isa: Isa) -> Self {
        Self { isa, host: HostAbi::Standard }
    }
}

impl Target {
    /// The target of a triple, if Gantry makes code for it.
    pub fn from_triple(triple: &Triple) -> Option<Self> {
        let host = match triple.operating_system {
            OperatingSystem::Windows => HostAbi::Windows,
            _ => HostAbi::Standard,
        };
        Some(Self { isa: Isa::from_triple(triple)?, host })
    }

    /// The C convention; of bytecode, how it calls the host.
    pub fn host_conv(self) -> &'static HostConv {
        (self.isa.backend().host_conv)(self.host)
    }
}

impl RelocKind {
    /// How the linker patches it, and the ISA whose code has it (for bytecode, one of its variants).
    fn row(self) -> (&'static FixupForm, Isa) {
        match self {
            Self::X64Pc32 => (&x86_64::reloc::PC32, Isa::X86_64),
            Self::Aarch64Call26 => (&aarch64::reloc::BRANCH26, Isa::Aarch64),
            Self::Riscv64CallPair => (&riscv64::reloc::CALL_PAIR, Isa::Riscv64),
            Self::S390xPcRel32Dbl => (&s390x::reloc::PCREL32_DBL, Isa::S390x),
            Self::PulleyPcRel => (&pulley::PCREL, Isa::Pulley64),
        }
    }

    /// How the linker patches it.
    pub(crate) fn form(self) -> &'static FixupForm {
        self.row().0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use core::str::FromStr;

    #[test]
    fn triples_and_registry_agree() {
        for isa in Isa::ALL {
            assert_eq!(isa.backend().isa, isa);
            let triple = alloc::format!("{}-unknown-unknown", isa.name());
            assert_eq!(Isa::from_triple(&Triple::from_str(&triple).unwrap()), Some(isa), "{triple}");
        }
        let riscv = Triple::from_str("riscv64gc-unknown-linux-gnu").unwrap();
        assert_eq!(Isa::from_triple(&riscv), Some(Isa::Riscv64));
        assert_eq!(Isa::from_triple(&Triple::from_str("aarch64_be-unknown-linux-gnu").unwrap()), None);
    }
}
