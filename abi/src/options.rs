//! Options that change code: the one table.
//!
//! They are recorded in artifacts and must match when one is loaded. Options that do not change code (how many threads
//! compile, how deep the stack is) belong to the runtime's `Config`.

use crate::types::PointerWidth;
use alloc::string::{String, ToString};
use core::fmt;
use core::str::FromStr;
use serde::{Deserialize, Serialize};

/// How hard the optimizing backend tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum OptLevel {
    /// No optimization.
    None,
    /// For speed.
    #[default]
    Speed,
    /// For speed, and for size where it costs no speed.
    SpeedAndSize,
}

impl FromStr for OptLevel {
    type Err = ();
    fn from_str(s: &str) -> Result<Self, ()> {
        Ok(match s {
            "0" | "none" => Self::None,
            "1" | "2" | "speed" => Self::Speed,
            "s" | "speed-and-size" => Self::SpeedAndSize,
            _ => return Err(()),
        })
    }
}

impl fmt::Display for OptLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "none",
            Self::Speed => "speed",
            Self::SpeedAndSize => "speed-and-size",
        })
    }
}

/// One row of the table, for command lines, reference pages and error messages.
#[derive(Clone, Copy, Debug)]
pub struct OptionInfo {
    /// Its name.
    pub name: &'static str,
    /// Name of the type of its value.
    pub value_type: &'static str,
    /// What it does, in one line.
    pub doc: &'static str,
}

/// Declares the options: `/// doc` `name: type = default;`. Defaults may depend on the pointer width of the target.
macro_rules! options {
    (|$width:ident| $(#[doc = $doc:literal] $name:ident: $ty:ty = $default:expr;)*) => {
        /// The options that change code.
        #[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[allow(clippy::struct_excessive_bools, reason = "a table of options")]
        pub struct CompileOptions { $(#[doc = $doc] pub $name: $ty,)* }

        /// Those of targets like this host.
        impl Default for CompileOptions {
            fn default() -> Self {
                Self::of_width(PointerWidth::HOST)
            }
        }

        impl CompileOptions {
            /// The defaults of targets of a pointer width.
            pub fn of_width($width: PointerWidth) -> Self {
                Self { $($name: $default,)* }
            }

            /// Gives options that have the defaults of one pointer width those of another.
            pub fn change_width(&mut self, from: PointerWidth, to: PointerWidth) {
                let (from, to) = (Self::of_width(from), Self::of_width(to));
                $(if self.$name == from.$name {
                    self.$name = to.$name;
                })*
            }

            /// The table.
            pub const TABLE: &[OptionInfo] = &[$(OptionInfo {
                name: stringify!($name),
                value_type: stringify!($ty),
                doc: $doc.trim_ascii(),
            },)*];

            /// Sets the option called `name` from text.
            ///
            /// # Errors
            ///
            /// If there is no such option, or `value` is no value of its type.
            pub fn set(&mut self, name: &str, value: &str) -> Result<(), String> {
                match name {
                    $(stringify!($name) => {
                        self.$name = value.parse().map_err(|_| {
                            alloc::format!("{value:?} is no value of option {name}, which is a {}", stringify!($ty))
                        })?;
                    })*
                    _ => return Err(alloc::format!("there is no option called {name:?}")),
                }
                Ok(())
            }

            /// Every option with its value as text, in the order of the table.
            pub fn values(&self) -> impl Iterator<Item = (&'static str, String)> {
                [$((stringify!($name), self.$name.to_string()),)*].into_iter()
            }
        }
    };
}

/// Offsets and sizes of memory in bytes.
pub type Bytes = u64;

options! { |width|
    /// How hard the optimizing backend tries.
    opt_level: OptLevel = OptLevel::Speed;
    /// Traps come from hardware faults where possible; otherwise every check is explicit.
    signals_based_traps: bool = width == PointerWidth::W64;
    /// Address space in bytes that each memory reserves; accesses within it and its guard need no check.
    memory_reservation: Bytes = if width == PointerWidth::W64 { 1 << 32 } else { 10 << 20 };
    /// Bytes of inaccessible address space behind each reservation.
    memory_guard_size: Bytes = if width == PointerWidth::W64 { 32 << 20 } else { 64 << 10 };
    /// Memories that outgrow their reservation move to a larger one; otherwise they cannot grow further.
    memory_may_move: bool = true;
    /// Addresses of out-of-bounds accesses are masked, so that speculation cannot reach them.
    spectre_mitigation: bool = true;
    /// Every operation that makes a NaN makes the canonical one.
    nan_canonicalization: bool = false;
    /// Relaxed vector operators behave alike on every host.
    relaxed_simd_deterministic: bool = false;
    /// Executed operators consume fuel.
    consume_fuel: bool = false;
    /// Loops and functions check whether their time is over.
    epoch_interruption: bool = false;
    /// Functions count their calls and the iterations of their loops.
    execution_counters: bool = false;
    /// At calls and loop heads all locals are in memory, and a table says where: for debuggers. Winch only.
    debug_locals: bool = false;
    /// References are in memory at calls, and a table says where: for a collector. Winch only.
    stack_maps: bool = false;
    /// Calls inside a module go through replaceable entry slots.
    entry_slots: bool = false;
    /// A store that straddles the end of memory writes nothing on any host.
    exact_stores: bool = true;
    /// Code is mapped to offsets in the module, for backtraces and profilers.
    source_map: bool = true;
    /// The module's DWARF sections are kept, for source lines in backtraces.
    debug_info: bool = true;
    /// Unwind tables are made for native debuggers and profilers.
    unwind_info: bool = true;
}

#[cfg(test)]
mod tests {
    use super::{CompileOptions, PointerWidth};

    #[test]
    fn defaults_follow_the_target_and_what_was_set_stays() {
        let mut options = CompileOptions::of_width(PointerWidth::W64);
        options.memory_guard_size = 1 << 16;
        options.consume_fuel = true;
        options.change_width(PointerWidth::W64, PointerWidth::W32);
        let narrow = CompileOptions::of_width(PointerWidth::W32);
        assert!(!options.signals_based_traps);
        assert_eq!(options, CompileOptions { consume_fuel: true, memory_guard_size: 1 << 16, ..narrow });
    }

    #[test]
    fn every_option_is_set_by_the_text_it_prints() {
        let defaults = CompileOptions::default();
        let mut options = defaults.clone();
        for (name, value) in defaults.values() {
            options.set(name, &value).unwrap();
        }
        assert_eq!(options, defaults);
        assert_eq!(CompileOptions::TABLE.len(), defaults.values().count());
        assert!(options.set("no_such_option", "1").unwrap_err().contains("no option called"));
        assert!(options.set("consume_fuel", "maybe").unwrap_err().contains("no value of option"));
    }
}
