//! Replays a recipe on an engine.

use super::host::{self, Host, host_value};
use super::recipe::{Action, Base, Datum, Expr, Recipe};
use super::{folder, sha256};
use anyhow::{Context, Result, bail, ensure};
use gantry::{Engine, Extern, Instance, Memory, Module, Store, Val, ValType};
use std::collections::HashMap;

/// Replays `recipe`, whose module is in the folder `modules`; gives the number of expectations that were met.
///
/// # Errors
///
/// At the first statement that fails or expectation that is not met: names its line.
pub fn replay(engine: &Engine, recipe: &Recipe) -> Result<usize> {
    let module = Module::from_file(engine, folder().join("modules").join(&recipe.module))?;
    let mut store = Store::new(engine, Host::default());
    let imports = host::imports(&mut store, &module, &recipe.rules)?;
    let instance = Instance::new(&mut store, &module, &imports)?;
    let exported = instance.exports(&mut store).find_map(|export| export.into_memory());
    let memory = store.data().memory.or(exported).context("the module has no memory")?;
    store.data_mut().memory = Some(memory);
    let mut player = Player { store, instance, memory, variables: HashMap::new(), data: HashMap::new(), met: 0 };
    for step in &recipe.steps {
        player.step(&step.action).with_context(|| format!("{}, line {} of the recipe", recipe.module, step.line))?;
    }
    Ok(player.met)
}

struct Player<'a> {
    store: Store<Host>,
    instance: Instance,
    memory: Memory,
    variables: HashMap<&'a str, i64>,
    data: HashMap<&'a str, Vec<u8>>,
    met: usize,
}

impl<'a> Player<'a> {
    fn step(&mut self, action: &'a Action) -> Result<()> {
        match action {
            Action::Call { name, args, result } => {
                let value = self.call(name, args)?;
                if let Some(result) = result {
                    self.variables.insert(result, value.with_context(|| format!("{name} has no result"))?);
                }
            }
            Action::Data { name, data } => {
                let bytes = self.bytes(data)?;
                self.data.insert(name, bytes);
            }
            Action::Write { at, data } => {
                let (at, bytes) = (self.address(at)?, self.bytes(data)?);
                self.memory.write(&mut self.store, at, &bytes)?;
            }
            Action::Load { bytes, at, result } => {
                let read = self.read(self.address(at)?, *bytes)?;
                let value = match read[..] {
                    [byte] => i64::from(byte),
                    [a, b, c, d] => i64::from(i32::from_le_bytes([a, b, c, d])),
                    _ => i64::from_le_bytes(read[..].try_into()?),
                };
                self.variables.insert(result, value);
            }
            Action::ExpectValue { actual, expected } => {
                let (actual, expected) = (self.value(actual)?, self.value(expected)?);
                self.expect(actual == expected, || format!("{actual} and not {expected}"))?;
            }
            Action::ExpectMemory { at, data } => {
                let expected = self.bytes(data)?;
                let actual = self.read(self.address(at)?, expected.len())?;
                self.expect_bytes(&actual, &expected)?;
            }
            Action::ExpectString { at, data } => {
                let (at, expected) = (self.address(at)?, self.bytes(data)?);
                let rest = self.memory.data(&self.store).get(at..).context("out of bounds")?;
                let len = rest.iter().position(|&byte| byte == 0).context("a string without an end")?;
                let actual = rest[..len].to_vec();
                self.expect_bytes(&actual, &expected)?;
            }
            Action::ExpectSha256 { at, len, expected } => {
                let len = usize::try_from(self.value(len)?)?;
                let actual = sha256(&self.read(self.address(at)?, len)?);
                self.expect(actual == *expected, || format!("{actual} and not {expected}"))?;
            }
            Action::ExpectOutput { data } => {
                let (actual, expected) = (self.store.data().output.clone(), self.bytes(data)?);
                self.expect_bytes(&actual, &expected)?;
            }
        }
        Ok(())
    }

    fn call(&mut self, name: &str, args: &[Expr]) -> Result<Option<i64>> {
        let export = self.instance.get_export(&mut self.store, name).and_then(Extern::into_func);
        let func = export.with_context(|| format!("no function {name} is exported"))?;
        let ty = func.ty(&self.store);
        let types: Vec<ValType> = ty.params().collect();
        ensure!(types.len() == args.len(), "{name} takes {} values", types.len());
        let args: Vec<Val> =
            args.iter().zip(&types).map(|(arg, ty)| host_value(ty, self.value(arg)?)).collect::<Result<_>>()?;
        let mut results = vec![Val::I32(0); ty.results().len()];
        func.call(&mut self.store, &args, &mut results)?;
        match results[..] {
            [] => Ok(None),
            [Val::I32(value)] => Ok(Some(value.into())),
            [Val::I64(value)] => Ok(Some(value)),
            ref other => bail!("{name} returned {other:?}, which is not an integer"),
        }
    }

    fn value(&self, expr: &Expr) -> Result<i64> {
        let base = match &expr.base {
            Base::Number(value) => *value,
            Base::Variable(name) => *self.variables.get(&**name).with_context(|| format!("{name} has no value"))?,
            Base::Length(name) => i64::try_from(self.named(name)?.len())?,
        };
        Ok(base.wrapping_add(expr.offset))
    }

    /// The lower 32 bits of a number.
    fn address(&self, expr: &Expr) -> Result<usize> {
        let value = self.value(expr)?.cast_unsigned() & u64::from(u32::MAX);
        Ok(usize::try_from(value)?)
    }

    fn named(&self, name: &str) -> Result<&[u8]> {
        self.data.get(name).map(Vec::as_slice).with_context(|| format!("no data is named {name}"))
    }

    fn bytes(&self, data: &[Datum]) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        for datum in data {
            match datum {
                Datum::Literal(literal) => bytes.extend(literal),
                Datum::Named(name) => bytes.extend(self.named(name)?),
                Datum::I32(expr) => bytes.extend(&self.value(expr)?.to_le_bytes()[..4]),
            }
        }
        Ok(bytes)
    }

    fn read(&self, at: usize, len: usize) -> Result<Vec<u8>> {
        let mut bytes = vec![0; len];
        self.memory.read(&self.store, at, &mut bytes)?;
        Ok(bytes)
    }

    fn expect_bytes(&mut self, actual: &[u8], expected: &[u8]) -> Result<()> {
        self.expect(actual == expected, || {
            format!("\"{}\"\nand not\n\"{}\"", actual.escape_ascii(), expected.escape_ascii())
        })
    }

    fn expect(&mut self, met: bool, difference: impl Fn() -> String) -> Result<()> {
        ensure!(met, "it is {}", difference());
        self.met += 1;
        Ok(())
    }
}
