//! The commands that turn a function into text.

use crate::clif::{Case, expect};
use anyhow::{Context as _, Result, bail};
use cranelift_codegen::cfg_printer::CFGPrinter;
use cranelift_codegen::dominator_tree::DominatorTree;
use cranelift_codegen::flowgraph::ControlFlowGraph;
use cranelift_codegen::inline::{Inline, InlineCommand};
use cranelift_codegen::ir::entities::AnyEntity;
use cranelift_codegen::ir::{FuncRef, Function, Inst, Opcode, Value};
use cranelift_codegen::settings::FlagsOrIsa;
use cranelift_codegen::{CompiledCode, Context, verify_function};
use gantry_emit::Isa;
use gantry_emit::disasm::Disassembler;
use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Write as _;

/// The function itself.
pub(super) fn cat(function: &Function) -> String {
    function.display().to_string()
}

/// Its control-flow graph in the language of Graphviz.
pub(super) fn print_cfg(function: &Function) -> String {
    CFGPrinter::new(function).to_string()
}

/// The function after all optimizations that do not depend on registers.
pub(super) fn optimize(case: &Case<'_>) -> Result<String> {
    let isa = case.isa.context("optimizing needs a target")?;
    let mut context = Context::for_function(case.file.functions[case.index].0.clone());
    context.optimize(&**isa, &mut Default::default()).map_err(|e| anyhow::anyhow!("{e}"))?;
    Ok(context.func.display().to_string())
}

/// The function without loads and stores that others make redundant.
pub(super) fn alias_analysis(function: &Function) -> Result<String> {
    let mut context = Context::for_function(function.clone());
    context.flowgraph();
    context.replace_redundant_loads().map_err(|e| anyhow::anyhow!("{e}"))?;
    // Files look at aliases (`v5 -> v3`) or at what uses them.
    let func = &mut context.func;
    let insts: Vec<Inst> = func.layout.blocks().flat_map(|block| func.layout.block_insts(block)).collect();
    for inst in insts {
        let values: Vec<Value> = func.dfg.inst_values(inst).map(|value| func.dfg.resolve_aliases(value)).collect();
        func.dfg.overwrite_inst_values(inst, values.into_iter());
    }
    Ok(func.display().to_string())
}

/// The function with calls of those before it replaced by what they do, optimized if the command says so.
pub(super) fn inline(case: &Case<'_>) -> Result<String> {
    let isa = case.isa.context("inlining needs a target")?;
    let functions: Vec<&Function> = case.file.functions[..=case.index].iter().map(|f| &f.0).collect();
    let (function, callees) = functions.split_last().context("the function is in the file")?;
    let mut context = Context::for_function((*function).clone());
    if !context.inline(Callees(callees)).map_err(|e| anyhow::anyhow!("{e}"))? {
        return Ok(format!("(no functions inlined into {})", function.name));
    }
    context.verify(&**isa).map_err(|e| anyhow::anyhow!("after inlining: {e}"))?;
    if case.test.optimize {
        context.optimize(&**isa, &mut Default::default()).map_err(|e| anyhow::anyhow!("{e}"))?;
    }
    Ok(context.func.display().to_string())
}

/// Functions that are inlined wherever they are called.
struct Callees<'a>(&'a [&'a Function]);

impl Inline for Callees<'_> {
    fn inline(&mut self, caller: &Function, _: Inst, _: Opcode, callee: FuncRef, _: &[Value]) -> InlineCommand<'_> {
        let name = caller.dfg.ext_funcs[callee].name.display(Some(&caller.params)).to_string();
        match self.0.iter().find(|f| f.name.to_string() == name) {
            Some(callee) => InlineCommand::Inline { callee: Cow::Borrowed(callee), visit_callee: true },
            None => InlineCommand::KeepCall,
        }
    }
}

/// Instructions before and after their encoding.
pub(super) fn compile(case: &Case<'_>) -> Result<String> {
    let isa = case.isa.context("compiling needs a target")?;
    let mut context = Context::for_function(case.file.functions[case.index].0.clone());
    context.set_disasm(true);
    context.compile(&**isa, &mut Default::default()).map_err(|e| anyhow::anyhow!("{:?}", e.inner))?;
    let compiled = context.compiled_code().expect("it was compiled just now");
    let instructions = compiled.vcode.as_ref().context("the text of instructions was asked for")?;
    if !case.test.precise {
        return Ok(instructions.clone());
    }
    let code = match isa.to_capstone() {
        Ok(capstone) => compiled.disassemble(Some(&context.func.params), &capstone)?,
        Err(_) => bytecode(Isa::from_triple(isa.triple()).context("an instruction set of the engine")?, compiled)?,
    };
    let mut text = "VCode:\n".to_owned();
    for line in instructions.lines().chain(["", "Disassembled:"]).chain(code.lines()) {
        text.push_str(line);
        text.push('\n');
    }
    Ok(text)
}

fn bytecode(isa: Isa, compiled: &CompiledCode) -> Result<String> {
    let lines = Disassembler::new(isa)?.disassemble(compiled.buffer.data(), 0);
    Ok(lines.iter().map(|line| format!("{}\n", line.text)).collect())
}

/// The dominator tree. Comments `dominates: block1 block2` at the instruction that ends a block say which blocks it
/// dominates immediately, and must say so of all that can be reached.
pub(super) fn domtree(case: &Case<'_>) -> Result<String> {
    let (function, details) = &case.file.functions[case.index];
    let cfg = ControlFlowGraph::with_function(function);
    let tree = DominatorTree::with_function(function, &cfg);
    let mut said = HashMap::new();
    for comment in &details.comments {
        let Some(blocks) = expect::directive(comment, "dominates:") else { continue };
        let AnyEntity::Inst(inst) = comment.entity else { bail!("`dominates:` belongs to an instruction") };
        let dominator = function.layout.inst_block(inst).context("the instruction is in no block")?;
        for name in blocks.split_whitespace() {
            let Some(AnyEntity::Block(block)) = details.map.lookup_str(name) else { bail!("there is no block {name}") };
            if said.insert(block, dominator).is_some() {
                bail!("{name} is said to have two dominators");
            }
        }
    }
    for block in function.layout.blocks().skip(1) {
        let (expected, actual) = (said.get(&block).copied(), tree.idom(block));
        if expected != actual {
            let show =
                |block: Option<_>| block.map_or("none".to_owned(), |b: cranelift_codegen::ir::Block| b.to_string());
            bail!("the immediate dominator of {block} is {}, expected {}", show(actual), show(expected));
        }
    }
    let mut text = "cfg_postorder:".to_owned();
    for block in tree.cfg_postorder() {
        let _ = write!(text, " {block}");
    }
    text.push_str("\ndomtree_preorder {\n");
    let mut stack: Vec<_> = function.layout.entry_block().into_iter().collect();
    while let Some(block) = stack.pop() {
        let children: Vec<_> = tree.children(block).collect();
        let _ = write!(text, "    {block}:");
        for child in &children {
            let _ = write!(text, " {child}");
        }
        text.push('\n');
        stack.extend(children.into_iter().rev());
    }
    text.push_str("}\n");
    Ok(text)
}

/// Comments `error: text` say at which instruction the verifier finds fault; everything else must be right.
pub(super) fn verifier(case: &Case<'_>) -> Result<()> {
    let (function, details) = &case.file.functions[case.index];
    let isa = case.isa.map(|isa| &**isa);
    let result = verify_function(function, FlagsOrIsa { flags: case.flags, isa });
    let mut errors = result.err().map(|e| e.0).unwrap_or_default();
    let mut complaints = Vec::new();
    for comment in &details.comments {
        let Some(message) = expect::directive(comment, "error:") else { continue };
        let found = errors.iter().position(|e| e.location == comment.entity && e.message.contains(message));
        match found {
            Some(index) => drop(errors.swap_remove(index)),
            None => complaints.push(format!("no error at {}: {message}", comment.entity)),
        }
    }
    complaints.extend(errors.iter().map(|e| format!("unexpected error {e}")));
    if !complaints.is_empty() {
        bail!("{}", complaints.join("\n"));
    }
    Ok(())
}
