//! Recipes: calls on the exports of a module, and what must come of them, as text. `filetests/programs/README.md` describes the
//! language; `replay.mjs` there reads the same files for node.

use anyhow::{Context, Result, bail, ensure};
use std::path::Path;

/// A recipe.
#[derive(Debug, Default)]
pub struct Recipe {
    /// File name of the module, beside the recipe.
    pub(super) module: String,
    /// What imports do. The first rule that matches counts.
    pub(super) rules: Vec<Rule>,
    /// What is done, in order.
    pub(super) steps: Vec<Step>,
}

#[derive(Debug)]
pub(super) struct Rule {
    /// `MODULE.NAME`; a `*` at the end stands for anything.
    pub(super) pattern: String,
    pub(super) behavior: Behavior,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Behavior {
    /// All results are this number, in their type.
    Returns(i64),
    /// An error that names the import.
    Traps,
    /// `memcpy(to, from, bytes)`.
    Copies,
    /// Grows the memory to that many bytes, and returns 1.
    Grows,
    /// `fd_write`, whatever the descriptor, into the output.
    Collects,
    /// `longjmp`.
    Throws,
    /// Calls a function of the table, inside `setjmp`.
    Invokes,
    /// A memory, with its least and greatest size in pages.
    Memory { min: u32, max: u32 },
}

#[derive(Debug)]
pub(super) struct Step {
    /// Line in the recipe, from 1.
    pub(super) line: usize,
    pub(super) action: Action,
}

#[derive(Debug)]
pub(super) enum Action {
    Call { name: String, args: Vec<Expr>, result: Option<String> },
    Data { name: String, data: Vec<Datum> },
    Write { at: Expr, data: Vec<Datum> },
    Load { bytes: usize, at: Expr, result: String },
    ExpectValue { actual: Expr, expected: Expr },
    ExpectMemory { at: Expr, data: Vec<Datum> },
    ExpectString { at: Expr, data: Vec<Datum> },
    ExpectSha256 { at: Expr, len: Expr, expected: String },
    ExpectOutput { data: Vec<Datum> },
}

/// A number: a base and an offset.
#[derive(Debug)]
pub(super) struct Expr {
    pub(super) base: Base,
    pub(super) offset: i64,
}

#[derive(Debug)]
pub(super) enum Base {
    Number(i64),
    Variable(String),
    /// Length of named data.
    Length(String),
}

#[derive(Debug)]
pub(super) enum Datum {
    Literal(Vec<u8>),
    /// Named data.
    Named(String),
    /// Four bytes, little-endian.
    I32(Expr),
}

impl Recipe {
    /// Reads a recipe.
    ///
    /// # Errors
    ///
    /// If it cannot be read; names the line that is malformed.
    pub fn load(path: &Path) -> Result<Self> {
        let source = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
        Self::parse(&source).with_context(|| path.display().to_string())
    }

    fn parse(source: &str) -> Result<Self> {
        let mut lines: Vec<(usize, String)> = Vec::new();
        for (index, line) in source.lines().enumerate() {
            if line.starts_with('#') || line.trim().is_empty() {
                continue;
            }
            match lines.last_mut() {
                Some((_, last)) if line.starts_with(char::is_whitespace) => {
                    last.push(' ');
                    last.push_str(line.trim());
                }
                _ => lines.push((index + 1, line.to_owned())),
            }
        }
        let mut recipe = Self::default();
        for (line, text) in lines {
            let words = split(&text);
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            recipe.statement(line, &words).with_context(|| format!("line {line}: {text}"))?;
        }
        ensure!(!recipe.module.is_empty(), "no module is named");
        let expects = |step: &Step| match step.action {
            Action::Call { .. } | Action::Data { .. } | Action::Write { .. } | Action::Load { .. } => false,
            Action::ExpectValue { .. }
            | Action::ExpectMemory { .. }
            | Action::ExpectString { .. }
            | Action::ExpectSha256 { .. }
            | Action::ExpectOutput { .. } => true,
        };
        ensure!(recipe.steps.iter().any(expects), "nothing is expected");
        Ok(recipe)
    }

    fn statement(&mut self, line: usize, words: &[&str]) -> Result<()> {
        let action = match *words {
            ["module", file] => {
                file.clone_into(&mut self.module);
                return Ok(());
            }
            ["import", pattern, ref rest @ ..] => {
                self.rules.push(Rule { pattern: pattern.to_owned(), behavior: behavior(rest)? });
                return Ok(());
            }
            ["call", name, ref args @ .., "->", result] => call(name, args, Some(result))?,
            ["call", name, ref args @ ..] => call(name, args, None)?,
            ["data", name, "=", ref words @ ..] => Action::Data { name: name.into(), data: data(words)? },
            ["write", at, ref words @ ..] => Action::Write { at: expr(at)?, data: data(words)? },
            ["load", ty, at, "->", result] => {
                let bytes = match ty {
                    "u8" => 1,
                    "i32" => 4,
                    "i64" => 8,
                    _ => bail!("nothing of type {ty} can be loaded"),
                };
                Action::Load { bytes, at: expr(at)?, result: result.into() }
            }
            ["expect", "memory", at, "=", ref words @ ..] => Action::ExpectMemory { at: expr(at)?, data: data(words)? },
            ["expect", "string", at, "=", ref words @ ..] => Action::ExpectString { at: expr(at)?, data: data(words)? },
            ["expect", "output", "=", ref words @ ..] => Action::ExpectOutput { data: data(words)? },
            ["expect", "sha256", at, len, "=", hex] => {
                Action::ExpectSha256 { at: expr(at)?, len: expr(len)?, expected: hex.into() }
            }
            ["expect", actual, "=", expected] => {
                Action::ExpectValue { actual: expr(actual)?, expected: expr(expected)? }
            }
            _ => bail!("no such statement"),
        };
        self.steps.push(Step { line, action });
        Ok(())
    }
}

/// Words are separated by spaces; quotes keep spaces together.
fn split(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let (mut quoted, mut escaped) = (false, false);
    for c in text.chars() {
        if c == ' ' && !quoted {
            words.push(String::new());
            continue;
        }
        quoted ^= c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        words.last_mut().expect("never empty").push(c);
    }
    words.retain(|word| !word.is_empty());
    words
}

fn behavior(words: &[&str]) -> Result<Behavior> {
    Ok(match *words {
        ["returns", value] => Behavior::Returns(number(value)?),
        ["traps"] => Behavior::Traps,
        ["copies"] => Behavior::Copies,
        ["grows"] => Behavior::Grows,
        ["collects"] => Behavior::Collects,
        ["throws"] => Behavior::Throws,
        ["invokes"] => Behavior::Invokes,
        ["memory", min, max] => Behavior::Memory { min: min.parse()?, max: max.parse()? },
        _ => bail!("no such behavior"),
    })
}

fn call(name: &str, args: &[&str], result: Option<&str>) -> Result<Action> {
    let args = args.iter().map(|word| expr(word)).collect::<Result<_>>()?;
    Ok(Action::Call { name: name.into(), args, result: result.map(Into::into) })
}

/// Decimal or hexadecimal, up to 64 bits; the upper half of the unsigned range wraps around.
fn number(word: &str) -> Result<i64> {
    let value = match word.strip_prefix("0x") {
        Some(hex) => u64::from_str_radix(hex, 16).map(u64::cast_signed),
        None => word.parse(),
    };
    value.with_context(|| format!("{word} is not a number"))
}

fn expr(word: &str) -> Result<Expr> {
    // The first character may be the sign of a number.
    let sign = word.char_indices().skip(1).find(|&(_, c)| c == '+' || c == '-').map(|(at, _)| at);
    let (base, offset) = match sign {
        Some(at) => (&word[..at], number(word[at..].trim_start_matches('+'))?),
        None => (word, 0),
    };
    let base = if base.starts_with('$') {
        Base::Variable(base.into())
    } else if let Some(name) = base.strip_prefix("len:") {
        Base::Length(name.into())
    } else {
        Base::Number(number(base)?)
    };
    Ok(Expr { base, offset })
}

fn data(words: &[&str]) -> Result<Vec<Datum>> {
    words.iter().map(|word| datum(word).with_context(|| format!("{word} is not data"))).collect()
}

fn datum(word: &str) -> Result<Datum> {
    if word.starts_with('"') {
        return Ok(Datum::Literal(unquote(word)?));
    }
    let (kind, rest) = word.split_once(':').context("no colon")?;
    let pair = || rest.split_once(':').context("no second colon");
    Ok(match kind {
        "bytes" => Datum::Named(rest.into()),
        "i32" => Datum::I32(expr(rest)?),
        "hex" => Datum::Literal(unhex(rest)?),
        "repeat" => Datum::Literal(unquote(pair()?.1)?.repeat(pair()?.0.parse()?)),
        "random" => Datum::Literal(random(pair()?.0.parse()?, pair()?.1.parse()?)),
        _ => bail!("no such kind"),
    })
}

fn unhex(digits: &str) -> Result<Vec<u8>> {
    ensure!(digits.is_ascii() && digits.len().is_multiple_of(2), "not pairs of digits");
    (0..digits.len()).step_by(2).map(|at| Ok(u8::from_str_radix(&digits[at..at + 2], 16)?)).collect()
}

fn unquote(quoted: &str) -> Result<Vec<u8>> {
    let text = quoted.strip_prefix('"').and_then(|q| q.strip_suffix('"')).context("no quotes")?;
    let mut bytes = Vec::new();
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        if c != '\\' {
            bytes.extend(c.encode_utf8(&mut [0; 4]).bytes());
            continue;
        }
        bytes.push(match rest.next().context("nothing after a backslash")? {
            'n' => b'\n',
            't' => b'\t',
            'r' => b'\r',
            '0' => 0,
            c @ ('\\' | '"') => u8::try_from(c)?,
            'x' => {
                let digits: String = rest.by_ref().take(2).collect();
                u8::from_str_radix(&digits, 16)?
            }
            other => bail!("no such escape: {other}"),
        });
    }
    Ok(bytes)
}

/// The upper bytes of xorshift64*.
fn random(seed: u64, len: usize) -> Vec<u8> {
    let mut state = seed;
    let next = || {
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        state.wrapping_mul(0x2545_f491_4f6c_dd1d).to_be_bytes()[0]
    };
    std::iter::repeat_with(next).take(len).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_keep_words_together() {
        assert_eq!(
            split(r#"write  $p repeat:3:"a \" b" "\\" c"#),
            ["write", "$p", r#"repeat:3:"a \" b""#, r#""\\""#, "c"]
        );
    }

    #[test]
    fn numbers_have_offsets() {
        let check = |word: &str, value: i64, offset: i64| {
            let expr = expr(word).unwrap();
            assert!(matches!(expr.base, Base::Number(n) if n == value), "{word}: {expr:?}");
            assert_eq!(expr.offset, offset, "{word}");
        };
        check("-16", -16, 0);
        check("0xffffffffffffffff", -1, 0);
        check("7+3", 7, 3);
        check("-7-3", -7, -3);
    }

    #[test]
    fn what_is_malformed_is_an_error_with_its_line() {
        for source in
            ["modul x", "module m\ncall f x", "module m\nwrite 0 \"\\q\"", "module m\nexpect 1 = hex:0", "module m"]
        {
            assert!(Recipe::parse(source).is_err(), "{source}");
        }
        let error = Recipe::parse("module m\n\n# why\nload f16 0 -> $x").unwrap_err();
        assert!(format!("{error:#}").contains("line 4"), "{error:#}");
    }
}
