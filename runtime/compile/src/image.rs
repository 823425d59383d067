//! Writes an artifact: the linked text with everything the runtime has to know about it.

use crate::link::Shapes;
use crate::translate::Translation;
use gantry_abi::artifact::{CodeInfo, Header, LocalHomes, Metadata, section};
use gantry_abi::{CompileError, EntityRef, FuncIndex, PrimaryMap};
use gantry_emit::elf::{ImageBuilder, default_name};
use gantry_emit::{Isa, LinkedText, Symbol, WritableBuffer};

/// What [`CodeInfo`] says where a shape has no trampoline.
const NO_TRAMPOLINE: u32 = u32::MAX;

pub(crate) fn write(
    isa: Isa,
    header: &Header,
    translation: Translation<'_>,
    shapes: &Shapes,
    text: &LinkedText,
    out: &mut dyn WritableBuffer,
) -> Result<(), CompileError> {
    let options = &header.compatibility.options;
    let Translation { module, data, names, dwarf, .. } = translation;
    let function_names = function_names(&module, &names, text);
    let metadata = Metadata { code: code_info(shapes, text), module };
    let metadata = encode(&metadata)?;
    let header = encode(header)?;
    let names = encode(&names)?;
    let locals = encode(&local_homes(text))?;
    let stack_maps = encode(&text.stack_maps)?;
    let dwarf: Vec<_> = if options.debug_info {
        dwarf.iter().map(|(name, bytes)| (format!("{}{name}", section::DWARF_PREFIX), *bytes)).collect()
    } else {
        Vec::new()
    };

    let mut image = ImageBuilder::new(text);
    image.rodata(section::DATA, isa.page_size(), &data);
    image.metadata(section::HEADER, &header);
    image.metadata(section::METADATA, &metadata);
    image.metadata(section::NAMES, &names);
    image.metadata(section::TRAPS, &text.traps);
    image.metadata(section::SOURCE_MAP, &text.source_map);
    if options.debug_locals {
        image.metadata(section::LOCALS, &locals);
    }
    if options.stack_maps {
        image.metadata(section::STACK_MAPS, &stack_maps);
    }
    for (name, bytes) in &dwarf {
        image.metadata(name, bytes);
    }
    for (symbol, name) in &function_names {
        image.name(*symbol, name);
    }
    image.write(out).map_err(|e| CompileError::ModuleTooLarge { what: e.to_string().into() })
}

fn encode<T: serde::Serialize>(value: &T) -> Result<Vec<u8>, CompileError> {
    postcard::to_allocvec(value).map_err(|e| CompileError::ModuleTooLarge { what: e.to_string().into() })
}

fn local_homes(text: &LinkedText) -> LocalHomes {
    let mut homes = LocalHomes::new();
    for (symbol, locals) in &text.locals {
        let &Symbol::Function(func) = symbol else { continue };
        while homes.len() < func.index() {
            homes.push(Vec::new());
        }
        homes.push(locals.clone());
    }
    homes
}

fn code_info(shapes: &Shapes, text: &LinkedText) -> CodeInfo {
    let mut code = CodeInfo {
        functions: PrimaryMap::new(),
        shapes: shapes.shapes.clone(),
        type_shapes: shapes.of_type.clone(),
        entry_trampolines: shapes.shapes.keys().map(|_| NO_TRAMPOLINE).collect(),
        exit_trampolines: shapes.shapes.keys().map(|_| NO_TRAMPOLINE).collect(),
        stubs: Vec::new(),
    };
    for (symbol, range) in &text.symbols {
        match *symbol {
            Symbol::Function(index) => {
                let pushed = code.functions.push(range.clone());
                assert_eq!(pushed, index, "functions are linked in order of index");
                continue;
            }
            Symbol::EntryTrampoline(shape) => code.entry_trampolines[shape] = range.start,
            Symbol::ExitTrampoline(shape) => code.exit_trampolines[shape] = range.start,
            Symbol::LibcallThunk(_) => {}
        }
        code.stubs.push((range.clone(), default_name(*symbol)));
    }
    code
}

/// Names for the symbol table: from the name section, else from an export.
fn function_names(
    module: &gantry_abi::ModuleInfo,
    names: &[(FuncIndex, String)],
    text: &LinkedText,
) -> Vec<(Symbol, String)> {
    let mut exported = std::collections::BTreeMap::new();
    for export in &module.exports {
        if let gantry_abi::module::Entity::Func(func) = export.entity {
            exported.entry(func).or_insert(&*export.name);
        }
    }
    let name = |func: FuncIndex| {
        let from_section = names.binary_search_by_key(&func, |n| n.0).ok().map(|i| names[i].1.as_str());
        from_section.or_else(|| exported.get(&func).copied())
    };
    let functions = text.symbols.iter().filter_map(|(symbol, _)| match *symbol {
        Symbol::Function(index) => Some((*symbol, name(module.func_index(index))?)),
        _ => None,
    });
    // A name with a zero byte would end early in the symbol table.
    functions.map(|(symbol, name)| (symbol, name.replace('\0', "?"))).collect()
}
