//! What a module declares, as far as its twin depends on it.

use crate::derive::{Twin, WhyNot};
use wasmparser::{CompositeInnerType, Parser, Payload, TypeRef};

/// Whether a module imports or exports what the twin changes.
///
/// # Errors
///
/// If it cannot be read.
pub(super) fn shares(wasm: &[u8], twin: Twin) -> std::result::Result<bool, WhyNot> {
    let tables = matches!(twin, Twin::WideTables | Twin::MixedTables);
    let mut found = false;
    for payload in Parser::new(0).parse_all(wasm) {
        match payload.map_err(|_| WhyNot::Encoding)? {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    found |= match import.map_err(|_| WhyNot::Encoding)?.ty {
                        TypeRef::Table(_) => tables,
                        TypeRef::Memory(_) => !tables,
                        _ => false,
                    };
                }
            }
            Payload::ExportSection(section) => {
                for export in section {
                    found |= match export.map_err(|_| WhyNot::Encoding)?.kind {
                        wasmparser::ExternalKind::Table => tables,
                        wasmparser::ExternalKind::Memory => !tables,
                        _ => false,
                    };
                }
            }
            _ => {}
        }
    }
    Ok(found)
}

/// What a module declares.
#[derive(Default)]
pub(super) struct Shape {
    pub(super) tables: Vec<wasmparser::TableType>,
    pub(super) memories: Vec<wasmparser::MemoryType>,
    /// Whether there is a section of imports.
    pub(super) imports: bool,
    /// Parameters of each type.
    pub(super) params: Vec<u32>,
    /// Types of the functions that it defines.
    pub(super) functions: Vec<u32>,
}

impl Shape {
    pub(super) fn of(wasm: &[u8]) -> wasmparser::Result<Self> {
        let mut shape = Self::default();
        for payload in Parser::new(0).parse_all(wasm) {
            match payload? {
                Payload::TypeSection(section) => {
                    for group in section {
                        for ty in group?.into_types() {
                            shape.params.push(match ty.composite_type.inner {
                                CompositeInnerType::Func(f) => u32::try_from(f.params().len()).unwrap_or(u32::MAX),
                                _ => 0,
                            });
                        }
                    }
                }
                Payload::ImportSection(section) => {
                    shape.imports = true;
                    for import in section.into_imports() {
                        match import?.ty {
                            TypeRef::Table(ty) => shape.tables.push(ty),
                            TypeRef::Memory(ty) => shape.memories.push(ty),
                            _ => {}
                        }
                    }
                }
                Payload::FunctionSection(section) => {
                    shape.functions = section.into_iter().collect::<wasmparser::Result<_>>()?;
                }
                Payload::TableSection(section) => {
                    for table in section {
                        shape.tables.push(table?.ty);
                    }
                }
                Payload::MemorySection(section) => {
                    for memory in section {
                        shape.memories.push(memory?);
                    }
                }
                _ => {}
            }
        }
        Ok(shape)
    }
}
