//! ELF images: text, read-only data and metadata in one file that can be mapped.
//!
//! Addresses equal file offsets, so that a mapping of the whole file is the image, and distances between sections hold.
//! Text has pages of its own. Sections, symbols and unwind tables are where binutils and gdb look for them.
//!
//! | part | alignment |
//! | --- | --- |
//! | headers, read-only data | as asked for |
//! | `.text`, padded with trapping instructions | page |
//! | `.eh_frame`, metadata, `.symtab`, `.strtab`, `.shstrtab` | page for the first |

use crate::function::Symbol;
use crate::isa::Isa;
use crate::link::LinkedText;
use crate::unwind;
use alloc::string::String;
use alloc::vec::Vec;
use gantry_abi::EntityRef;
use object::write::StringId;
pub use object::write::WritableBuffer;
use object::write::elf::{FileHeader, ProgramHeader, SectionHeader, SectionIndex, Sym, Writer};
use object::{Endianness, elf};

/// Why an image was not made.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ImageError {
    /// A name contains a zero byte, names are longer than 4 GiB in all, or there is no memory for the image.
    #[error("the ELF image cannot be written: {0}")]
    Name(object::write::Error),
    /// A frame layout cannot be expressed in DWARF.
    #[error("unwind information: {0}")]
    Unwind(unwind::UnwindError),
}

/// A section before it has a place.
#[derive(Clone, Copy)]
struct Section<'a> {
    name: &'a str,
    data: &'a [u8],
    /// Bytes that follow the data, of instructions that stop.
    padding: usize,
    align: u64,
    flags: elf::SectionFlags,
}

impl Section<'_> {
    fn size(&self) -> u64 {
        u64::try_from(self.data.len() + self.padding).expect("lengths fit 64 bits")
    }
}

/// Collects what goes into an image.
pub struct ImageBuilder<'a> {
    linked: &'a LinkedText,
    rodata: Vec<Section<'a>>,
    metadata: Vec<Section<'a>>,
    names: Vec<(Symbol, &'a str)>,
}

/// The name of a symbol that the caller did not name.
pub fn default_name(symbol: Symbol) -> String {
    match symbol {
        Symbol::Function(index) => alloc::format!("wasm_function[{}]", index.index()),
        Symbol::EntryTrampoline(index) => alloc::format!("entry_trampoline[{}]", index.index()),
        Symbol::ExitTrampoline(index) => alloc::format!("exit_trampoline[{}]", index.index()),
        Symbol::LibcallThunk(libcall) => alloc::format!("libcall[{}]", libcall.name()),
    }
}

impl<'a> ImageBuilder<'a> {
    /// An image of this text.
    pub fn new(linked: &'a LinkedText) -> Self {
        Self { linked, rodata: Vec::new(), metadata: Vec::new(), names: Vec::new() }
    }

    /// Adds a read-only data section. It is part of the mapped image.
    ///
    /// # Panics
    ///
    /// If the alignment is not a power of two.
    pub fn rodata(&mut self, name: &'a str, align: u32, data: &'a [u8]) -> &mut Self {
        assert!(align.is_power_of_two(), "alignments are powers of two");
        self.rodata.push(Section { name, data, padding: 0, align: align.into(), flags: elf::SHF_ALLOC });
        self
    }

    /// Adds a section that describes the image. Its alignment is 8.
    pub fn metadata(&mut self, name: &'a str, data: &'a [u8]) -> &mut Self {
        self.metadata.push(Section { name, data, padding: 0, align: 8, flags: elf::SectionFlags::default() });
        self
    }

    /// Names a symbol; the others have [`default_name`].
    pub fn name(&mut self, symbol: Symbol, name: &'a str) -> &mut Self {
        self.names.push((symbol, name));
        self
    }

    /// The image.
    ///
    /// # Errors
    ///
    /// If names or unwind information cannot be written.
    pub fn finish(&self) -> Result<Vec<u8>, ImageError> {
        let mut bytes = Vec::new();
        self.write(&mut bytes)?;
        Ok(bytes)
    }

    /// Writes the image to a buffer, which is told its length first.
    ///
    /// # Errors
    ///
    /// If names or unwind information cannot be written, or the buffer cannot be had.
    pub fn write(&self, out: &mut dyn WritableBuffer) -> Result<(), ImageError> {
        let isa = self.linked.isa;
        let page = u64::from(isa.page_size());
        let text = &self.linked.text;
        let padding = text.len().next_multiple_of(usize::try_from(page).expect("pages are small")) - text.len();
        let mut names = self.names.clone();
        names.sort_by_key(|&(symbol, _)| symbol);
        let name = |symbol| match names.binary_search_by_key(&symbol, |n| n.0) {
            Ok(i) => names[i].1.into(),
            Err(_) => default_name(symbol),
        };
        let names: Vec<String> = self.linked.symbols.iter().map(|&(symbol, _)| name(symbol)).collect();
        // `.eh_frame` begins where the padded text ends; only this distance matters to it.
        let distance = i64::try_from(text.len() + padding).expect("text fits 32 bits");
        let eh_frame = unwind::eh_frame(self.linked, distance).map_err(ImageError::Unwind)?;

        let mut sections = Vec::new();
        sections.extend(self.rodata.iter().copied());
        let text_index = sections.len();
        let code = elf::SHF_ALLOC | elf::SHF_EXECINSTR;
        sections.push(Section { name: ".text", data: text, padding, align: page, flags: code });
        if eh_frame.len() > 4 {
            let (name, flags) = (".eh_frame", elf::SHF_ALLOC);
            sections.push(Section { name, data: &eh_frame, padding: 0, align: page, flags });
        }
        sections.extend(self.metadata.iter().copied());
        write(out, isa, &sections, text_index, self.linked, &names).map_err(ImageError::Name)
    }
}

/// Lays the sections out in this order and writes the file.
fn write(
    out: &mut dyn WritableBuffer,
    isa: Isa,
    sections: &[Section<'_>],
    text_index: usize,
    linked: &LinkedText,
    names: &[String],
) -> object::write::Result<()> {
    let page = u64::from(isa.page_size());
    let endian = if isa.is_big_endian() { Endianness::Big } else { Endianness::Little };
    let mut w = Writer::new(endian, true, out);

    // First the layout ...
    w.reserve_file_header();
    w.reserve_program_headers(3);
    let mut places: Vec<(StringId, SectionIndex, u64)> = Vec::new();
    for (i, section) in sections.iter().enumerate() {
        // What follows the text starts a page.
        let align = if i == text_index + 1 { page } else { section.align };
        let offset = w.reserve(section.size(), align);
        places.push((w.add_section_name(section.name.as_bytes()), w.reserve_section_index(), offset));
    }
    let mapped_end = w.reserved_len();
    let (_, text_section, text_offset) = places[text_index];
    let mut symbol_names = Vec::with_capacity(names.len());
    for name in names {
        symbol_names.push(w.add_string(name.as_bytes()));
        w.reserve_symbol_index(Some(text_section));
    }
    w.reserve_symtab();
    w.reserve_symtab_section_index();
    w.reserve_strtab_section_index();
    w.reserve_shstrtab_section_index();
    w.reserve_strtab()?;
    w.reserve_shstrtab()?;
    w.reserve_section_headers();

    // ... then the bytes, in the same order.
    w.write_file_header(&FileHeader {
        os_abi: elf::ELFOSABI_NONE,
        abi_version: 0,
        e_type: elf::ET_DYN,
        e_machine: elf::Machine(isa.elf_machine()),
        e_entry: 0,
        e_flags: elf::FileFlags(isa.backend().elf_flags),
    })?;
    let text_end = text_offset + sections[text_index].size();
    w.write_align_program_headers();
    for (flags, start, end) in
        [(elf::PF_R, 0, text_offset), (elf::PF_R | elf::PF_X, text_offset, text_end), (elf::PF_R, text_end, mapped_end)]
    {
        w.write_program_header(&ProgramHeader {
            p_type: elf::PT_LOAD,
            p_flags: flags,
            p_offset: start,
            p_vaddr: start,
            p_paddr: start,
            p_filesz: end - start,
            p_memsz: end - start,
            p_align: page,
        });
    }
    for (section, &(_, _, offset)) in sections.iter().zip(&places) {
        w.pad_until(offset);
        w.write(section.data);
        write_padding(isa, &mut w, section.padding);
    }
    w.write_null_symbol();
    for ((_, range), name) in linked.symbols.iter().zip(symbol_names) {
        let st_name = w.string_offset(Some(name));
        w.write_symbol(&Sym {
            section: Some(text_section.0),
            st_name,
            st_info: elf::STB_LOCAL | elf::STT_FUNC,
            st_other: elf::SymbolOther::default(),
            st_shndx: elf::SymbolSection::default(),
            st_value: text_offset + u64::from(range.start),
            st_size: u64::from(range.end - range.start),
        });
    }
    w.write_strtab();
    w.write_shstrtab();
    w.write_null_section_header();
    for (section, &(name, _, offset)) in sections.iter().zip(&places) {
        let sh_name = w.section_name_offset(Some(name));
        w.write_section_header(&SectionHeader {
            sh_name,
            sh_type: elf::SHT_PROGBITS,
            sh_flags: section.flags,
            sh_addr: if section.flags == elf::SectionFlags::default() { 0 } else { offset },
            sh_offset: offset,
            sh_size: section.size(),
            sh_link: 0,
            sh_info: 0,
            sh_addralign: section.align,
            sh_entsize: 0,
        });
    }
    // All symbols are local.
    w.write_symtab_section_header(u32::try_from(names.len() + 1).expect("validated: fewer than a million functions"));
    w.write_strtab_section_header();
    w.write_shstrtab_section_header();
    Ok(())
}

/// Writes so many bytes of instructions that stop. What does not fill whole ones goes first.
fn write_padding(isa: Isa, w: &mut Writer<'_>, bytes: usize) {
    let padding = isa.backend().padding;
    w.write(&[0; 16][..bytes % padding.len()]);
    for _ in 0..bytes / padding.len() {
        w.write(padding);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::function::{CallFrameInst, CompiledFunction, FrameInfo};
    use crate::link::Linker;
    use alloc::vec;
    use gantry_abi::{DefinedFunc, Libcall};
    use object::read::elf::ElfFile64;
    use object::{Object, ObjectSection, ObjectSymbol};

    fn linked(isa: Isa) -> LinkedText {
        let mut linker = Linker::new(isa);
        let sp = isa.backend().dwarf_entry_cfa.0;
        let frame = FrameInfo { cfi: vec![(4, CallFrameInst::Cfa(sp, 32)), (8, CallFrameInst::Offset(8, -16))] };
        for i in 0..3u8 {
            let function = CompiledFunction {
                code: vec![i; 20 + usize::from(i)],
                alignment: 4,
                frame: if i == 1 { FrameInfo::default() } else { frame.clone() },
                ..CompiledFunction::default()
            };
            linker.append(Symbol::Function(DefinedFunc::from_u32(i.into())), &function);
        }
        linker.append(Symbol::LibcallThunk(Libcall::trap), &CompiledFunction::default());
        linker.finish().unwrap()
    }

    #[test]
    fn images_of_every_isa_read_back() {
        for isa in Isa::ALL {
            let linked = linked(isa);
            let write = || {
                let mut image = ImageBuilder::new(&linked);
                image.rodata(".rodata.wasm", 64, &[7; 100]).metadata(".gantry.info", b"hello");
                image.name(Symbol::Function(DefinedFunc::from_u32(1)), "my_function");
                image.finish().unwrap()
            };
            let bytes = write();
            assert_eq!(bytes, write(), "deterministic");

            let file = ElfFile64::<Endianness>::parse(&*bytes).unwrap();
            assert_eq!(file.is_little_endian(), !isa.is_big_endian());
            assert_eq!(file.elf_header().e_machine.get(file.endian()), elf::Machine(isa.elf_machine()));
            let text = file.section_by_name(".text").unwrap();
            let page = u64::from(isa.page_size());
            assert_eq!((text.address() % page, text.size() % page), (0, 0));
            assert_eq!(text.file_range().unwrap().0, text.address());
            assert_eq!(text.data().unwrap()[..linked.text.len()], linked.text);
            assert_eq!(file.section_by_name(".gantry.info").unwrap().data().unwrap(), b"hello");
            let rodata = file.section_by_name(".rodata.wasm").unwrap();
            assert_eq!((rodata.address() % 64, rodata.data().unwrap()), (0, &[7; 100][..]));

            let symbols: Vec<_> =
                file.symbols().map(|s| (s.name().unwrap(), s.address() - text.address(), s.size())).collect();
            let expected = ["wasm_function[0]", "my_function", "wasm_function[2]", "libcall[trap]"];
            for ((symbol, (_, range)), name) in symbols.iter().zip(&linked.symbols).zip(expected) {
                assert_eq!(*symbol, (name, u64::from(range.start), u64::from(range.end - range.start)));
            }
            assert_eq!(symbols.len(), 4);
            assert_eq!(file.section_by_name(".eh_frame").is_some(), !isa.is_pulley());
        }
    }
}
