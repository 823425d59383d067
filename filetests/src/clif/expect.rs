//! What a file expects: directives, exact text and its blessing, declarations of what does not work.

use crate::clif::Case;
use crate::options::Options;
use crate::report::{self, Change, Status};
use anyhow::{Context, Result, bail, ensure};
use cranelift_reader::{Comment, TestFile};
use filecheck::{Checker, CheckerBuilder, NO_VARIABLES};

/// The text of a directive like `run:`, without the comment's semicolons; none if the comment is something else.
pub(super) fn directive<'a>(comment: &Comment<'a>, name: &str) -> Option<&'a str> {
    comment.text.trim_start_matches([';', ' ', '\t']).strip_prefix(name).map(str::trim)
}

/// Whether the file has anything to compare with.
pub(super) fn checks_anything(file: &TestFile<'_>) -> bool {
    let is_check = |c: &Comment<'_>| {
        ["run", "print:", "error:", "dominates:"].iter().any(|name| directive(c, name).is_some())
            || CheckerBuilder::new().directive(c.text).unwrap_or(true)
    };
    file.preamble_comments.iter().any(is_check) || file.functions.iter().any(|f| f.1.comments.iter().any(is_check))
}

/// `;; unsupported: CELL: REASON` in the header.
pub(super) fn declarations(file: &TestFile<'_>) -> Result<Vec<(String, String)>> {
    let mut all = Vec::new();
    for text in file.preamble_comments.iter().filter_map(|c| directive(c, "unsupported:")) {
        let (cell, reason) = text.split_once(':').context("a declaration is `unsupported: CELL: REASON`")?;
        ensure!(!reason.trim().is_empty(), "what is unsupported needs a reason");
        all.push((cell.trim().to_owned(), reason.trim().to_owned()));
    }
    Ok(all)
}

/// Compares with the directives of the header and of the function.
pub(super) fn directives(case: &Case<'_>, text: &str) -> Result<()> {
    let details = &case.file.functions[case.index].1;
    let mut builder = CheckerBuilder::new();
    for comment in case.file.preamble_comments.iter().chain(&details.comments) {
        builder.directive(comment.text).with_context(|| format!("malformed directive {}", comment.text))?;
    }
    let checker: Checker = builder.finish();
    if !checker.check(text, NO_VARIABLES)? {
        let (_, explanation) = checker.explain(text, NO_VARIABLES)?;
        bail!("line {}: directives do not match\n{checker}{explanation}", details.location.line_number);
    }
    Ok(())
}

/// A function whose text is not what the file says.
pub(super) struct Mismatch {
    /// Line of the file at which the function begins, from 1.
    line: usize,
    expected: String,
    actual: String,
}

/// Compares with the comments after the function, which are the whole text.
pub(super) fn precise(case: &Case<'_>, actual: &str) -> Option<Mismatch> {
    let details = &case.file.functions[case.index].1;
    let mut expected = String::new();
    for comment in details.comments.iter().filter(|c| !c.text.starts_with(";;")) {
        let text = comment.text.strip_prefix("; ").or_else(|| comment.text.strip_prefix(';'));
        expected.push_str(text.unwrap_or(comment.text));
        expected.push('\n');
    }
    let same = actual.lines().eq(expected.lines());
    (!same).then(|| Mismatch { line: details.location.line_number, expected, actual: actual.to_owned() })
}

impl Mismatch {
    pub(super) fn describe(&self, function: &str, file: &str, options: &Options) -> String {
        let diff = report::diff(&self.expected, &self.actual, options.colour);
        format!("line {}: %{function} is not as expected\n{diff}{}", self.line, crate::commands_for(file))
    }
}

/// Expectations to be rewritten.
#[derive(Default)]
pub(super) struct Blessing(Vec<Mismatch>);

impl Blessing {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn add(&mut self, mismatch: Mismatch) -> Status {
        let change = Change::between(&mismatch.expected, &mismatch.actual);
        self.0.push(mismatch);
        Status::Blessed(change)
    }

    /// The file with the new expectations.
    pub(super) fn apply(mut self, text: &str) -> String {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        // From the last to the first, so that line numbers stay right.
        self.0.sort_by_key(|m| std::cmp::Reverse(m.line));
        for mismatch in &self.0 {
            let start = mismatch.line - 1;
            let body = lines[start..].iter().position(|l| l.starts_with('}')).unwrap_or(lines.len() - start - 1);
            let end = start + body + 1;
            let old = |l: &String| l.trim().is_empty() || (l.starts_with(';') && !l.starts_with(";;"));
            let rest = end + lines[end..].iter().take_while(|l| old(l)).count();
            let mut new = vec![String::new()];
            for line in mismatch.actual.lines() {
                new.push(if line.is_empty() { ";".to_owned() } else { format!("; {line}") });
            }
            if rest < lines.len() {
                new.push(String::new());
            }
            lines.splice(end..rest, new);
        }
        lines.join("\n") + "\n"
    }
}
