//! The description of a module: what the runtime needs besides the code. Serializable; part of every artifact.

use crate::entity::*;
use crate::types::*;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;
use cranelift_entity::packed_option::PackedOption;
use cranelift_entity::{EntityRef, PrimaryMap};
use serde::{Deserialize, Serialize};

/// Something that can be imported or exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Entity {
    /// A function.
    Func(FuncIndex),
    /// A table.
    Table(TableIndex),
    /// A memory.
    Memory(MemoryIndex),
    /// A global.
    Global(GlobalIndex),
    /// A tag.
    Tag(TagIndex),
}

/// An import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Import {
    /// First name.
    pub module: Box<str>,
    /// Second name.
    pub name: Box<str>,
    /// What it is; its type stands in the module under this index.
    pub entity: Entity,
}

/// An export.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Export {
    /// Its name.
    pub name: Box<str>,
    /// What it is.
    pub entity: Entity,
}

/// A function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FuncInfo {
    /// Its type.
    pub ty: TypeIndex,
    /// Its record in the vmctx, if it can escape.
    pub func_ref: PackedOption<FuncRefIndex>,
}

/// One operator of a constant expression.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum ConstOp {
    /// `i32.const`
    I32Const(i32),
    /// `i64.const`
    I64Const(i64),
    /// `f32.const`, by its bits.
    F32Const(u32),
    /// `f64.const`, by its bits.
    F64Const(u64),
    /// `v128.const`, by its bits.
    V128Const(u128),
    /// `global.get`
    GlobalGet(GlobalIndex),
    /// `ref.null`
    RefNull,
    /// `ref.func`
    RefFunc(FuncIndex),
    /// `i32.add`
    I32Add,
    /// `i32.sub`
    I32Sub,
    /// `i32.mul`
    I32Mul,
    /// `i64.add`
    I64Add,
    /// `i64.sub`
    I64Sub,
    /// `i64.mul`
    I64Mul,
}

/// A constant expression: operators in stack order that leave one value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConstExpr {
    /// Its operators.
    pub ops: Box<[ConstOp]>,
}

/// A global that the module defines.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GlobalInit {
    /// Its initial value.
    pub init: ConstExpr,
}

/// When a segment is used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum SegmentMode<I> {
    /// Copied when the module is instantiated, then dropped.
    Active {
        /// Where to.
        target: I,
        /// At which offset.
        offset: ConstExpr,
    },
    /// Copied by an operator.
    Passive,
    /// Only declares functions (element segments); dropped from the start.
    Declared,
}

/// The items of an element segment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ElementItems {
    /// Functions.
    Funcs(Box<[FuncIndex]>),
    /// Constant expressions.
    Exprs(Box<[ConstExpr]>),
}

impl ElementItems {
    /// How many items there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Funcs(f) => f.len(),
            Self::Exprs(e) => e.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// An element segment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ElementSegment {
    /// When it is used.
    pub mode: SegmentMode<TableIndex>,
    /// Type of its items.
    pub ty: RefType,
    /// Its items.
    pub items: ElementItems,
}

/// A data segment. Its bytes stand in the artifact's data section.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DataSegment {
    /// When it is used.
    pub mode: SegmentMode<MemoryIndex>,
    /// Where its bytes are in the data section.
    pub range: Range<u32>,
}

/// The flattened initial contents of a memory, ready to be mapped copy-on-write.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MemoryImage {
    /// Offset in the memory in bytes, a multiple of the target's page size.
    pub memory_offset: u64,
    /// Where its bytes are in the data section: page-aligned in the file.
    pub range: Range<u32>,
}

/// The type section. Rec groups are ranges of type indices.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ModuleTypes {
    /// Definitions, rec groups flattened. References are [`TypeRef::Module`].
    pub types: PrimaryMap<TypeIndex, SubType>,
    /// Rec groups in order, as ranges of type indices; together they cover `types`.
    pub rec_groups: Vec<Range<u32>>,
}

impl ModuleTypes {
    /// The function type at `index`.
    ///
    /// # Panics
    ///
    /// If it is no function type: validation excludes that.
    pub fn func(&self, index: TypeIndex) -> &FuncType {
        self.types[index].as_func().expect("validated: a function type")
    }

    /// Whether a reference to `heap` is a pointer to a function record (otherwise it is a 32-bit handle).
    pub fn is_func_heap(&self, heap: HeapType) -> bool {
        match heap {
            HeapType::Func | HeapType::NoFunc => true,
            HeapType::Concrete(TypeRef::Module(i)) => matches!(self.types[i].composite, CompositeType::Func(_)),
            HeapType::Concrete(other) => unreachable!("module types refer to module types, not {other:?}"),
            _ => false,
        }
    }

    /// What a value of type `ty` is to the machine.
    pub fn abi_type(&self, ty: ValType, ptr: PointerWidth) -> AbiType {
        match ty {
            ValType::I32 => AbiType::I32,
            ValType::I64 => AbiType::I64,
            ValType::F32 => AbiType::F32,
            ValType::F64 => AbiType::F64,
            ValType::V128 => AbiType::V128,
            ValType::Ref(r) if self.is_func_heap(r.heap) => match ptr {
                PointerWidth::W32 => AbiType::I32,
                PointerWidth::W64 => AbiType::I64,
            },
            ValType::Ref(_) => AbiType::I32,
        }
    }

    /// The machine-level shape of a function type.
    pub fn shape(&self, ty: &FuncType, ptr: PointerWidth) -> Shape {
        Shape {
            params: ty.params.iter().map(|&t| self.abi_type(t, ptr)).collect(),
            results: ty.results.iter().map(|&t| self.abi_type(t, ptr)).collect(),
        }
    }
}

/// Everything about a module but its code and data bytes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ModuleInfo {
    /// Its name, from the name section.
    pub name: Option<String>,
    /// The type section.
    pub types: ModuleTypes,
    /// Imports, in order.
    pub imports: Vec<Import>,
    /// Exports, in order.
    pub exports: Vec<Export>,
    /// All functions, imports first.
    pub functions: PrimaryMap<FuncIndex, FuncInfo>,
    /// All tables, imports first.
    pub tables: PrimaryMap<TableIndex, TableType>,
    /// All memories, imports first.
    pub memories: PrimaryMap<MemoryIndex, MemoryType>,
    /// All globals, imports first.
    pub globals: PrimaryMap<GlobalIndex, GlobalType>,
    /// All tags, imports first.
    pub tags: PrimaryMap<TagIndex, TagType>,
    /// How many functions are imported.
    pub num_imported_functions: usize,
    /// How many tables are imported.
    pub num_imported_tables: usize,
    /// How many memories are imported.
    pub num_imported_memories: usize,
    /// How many globals are imported.
    pub num_imported_globals: usize,
    /// How many tags are imported.
    pub num_imported_tags: usize,
    /// How many functions have a record in the vmctx.
    pub num_func_refs: usize,
    /// Initial element of each table that the module defines; `None`: null.
    pub table_inits: PrimaryMap<DefinedTable, Option<ConstExpr>>,
    /// Initial value of each global that the module defines.
    pub global_inits: PrimaryMap<DefinedGlobal, GlobalInit>,
    /// Element segments.
    pub elements: PrimaryMap<ElemIndex, ElementSegment>,
    /// Data segments.
    pub data: PrimaryMap<DataIndex, DataSegment>,
    /// Initial images of memories that the module defines: where there is one, its active segments are not applied.
    pub memory_images: PrimaryMap<DefinedMemory, Option<MemoryImage>>,
    /// Offset in the module of the code section's contents: where the module's DWARF counts from.
    pub code_section_offset: Option<u32>,
    /// The function that runs at the end of instantiation.
    pub start: Option<FuncIndex>,
}

/// Generates the functions between full and defined index spaces.
macro_rules! defined_index {
    ($($(#[$doc:meta])* $to_defined:ident, $from_defined:ident: $full:ident <-> $defined:ident, $imported:ident;)*) => {
        impl ModuleInfo { $(
            $(#[$doc])*
            pub fn $to_defined(&self, index: $full) -> Option<$defined> {
                index.index().checked_sub(self.$imported).map($defined::new)
            }

            /// The index in the full space.
            pub fn $from_defined(&self, index: $defined) -> $full {
                $full::new(index.index() + self.$imported)
            }
        )* }
    };
}

defined_index! {
    /// The defined function, unless it is imported.
    defined_func, func_index: FuncIndex <-> DefinedFunc, num_imported_functions;
    /// The defined table, unless it is imported.
    defined_table, table_index: TableIndex <-> DefinedTable, num_imported_tables;
    /// The defined memory, unless it is imported.
    defined_memory, memory_index: MemoryIndex <-> DefinedMemory, num_imported_memories;
    /// The defined global, unless it is imported.
    defined_global, global_index: GlobalIndex <-> DefinedGlobal, num_imported_globals;
    /// The defined tag, unless it is imported.
    defined_tag, tag_index: TagIndex <-> DefinedTag, num_imported_tags;
}

impl ModuleInfo {
    /// The type of function `index`.
    pub fn func_type(&self, index: FuncIndex) -> &FuncType {
        self.types.func(self.functions[index].ty)
    }

    /// How many functions the module defines.
    pub fn num_defined_functions(&self) -> usize {
        self.functions.len() - self.num_imported_functions
    }
}
