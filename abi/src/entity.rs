//! Index spaces.
//!
//! One newtype per space, so that an index of one space cannot be used in another. "Defined" spaces number only what the
//! module itself defines: a defined index plus the number of imports is the index in the full space.

use cranelift_entity::entity_impl;
use serde::{Deserialize, Serialize};

/// Declares index types: doc line, name, prefix used when printed.
macro_rules! indices {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub struct $name(u32);
        entity_impl!($name, $prefix);
    )* };
}

indices! {
    /// A type of the module's type section, rec groups flattened.
    TypeIndex = "type";
    /// A function, imports first.
    FuncIndex = "func";
    /// A function that the module defines.
    DefinedFunc = "defined_func";
    /// A function that can escape from compiled code as a reference: it has a record in the vmctx.
    FuncRefIndex = "func_ref";
    /// A table, imports first.
    TableIndex = "table";
    /// A table that the module defines.
    DefinedTable = "defined_table";
    /// A memory, imports first.
    MemoryIndex = "memory";
    /// A memory that the module defines.
    DefinedMemory = "defined_memory";
    /// A global, imports first.
    GlobalIndex = "global";
    /// A global that the module defines.
    DefinedGlobal = "defined_global";
    /// An exception tag, imports first.
    TagIndex = "tag";
    /// An exception tag that the module defines.
    DefinedTag = "defined_tag";
    /// An element segment.
    ElemIndex = "elem";
    /// A data segment.
    DataIndex = "data";
    /// A machine-level signature of the module ([`crate::types::Shape`]): what trampolines are made for.
    ShapeIndex = "shape";
    /// A type's identity within one engine, equal for equal types of different modules.
    TypeId = "type_id";
}
