//! A test file in its parts: what people write, then the sections that `--bless` writes.

use anyhow::{Result, bail, ensure};
use std::fmt;

/// What a file expects for one title: an instruction set, and a backend where several are compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// What stands behind `;;@`.
    pub title: String,
    /// Its lines without the leading `;; `.
    pub text: String,
}

/// A file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Header, module and calls.
    pub written: String,
    /// What is expected.
    pub sections: Vec<Section>,
    /// Whether there are calls (`;;>`).
    pub has_calls: bool,
}

impl Document {
    /// Splits a file.
    ///
    /// # Errors
    ///
    /// If something other than a section follows the first section, or two have one title.
    pub fn parse(text: &str) -> Result<Self> {
        let mut document = Self { written: String::new(), sections: Vec::new(), has_calls: false };
        for line in text.lines() {
            if let Some(title) = line.strip_prefix(";;@") {
                let title = title.trim().to_owned();
                ensure!(document.sections.iter().all(|s| s.title != title), "there are two sections ;;@ {title}");
                document.sections.push(Section { title, text: String::new() });
                continue;
            }
            match (document.sections.last_mut(), line.strip_prefix(";;")) {
                (None, _) => {
                    document.has_calls |= line.starts_with(";;>");
                    document.written.push_str(line);
                    document.written.push('\n');
                }
                (Some(section), Some(rest)) => {
                    section.text.push_str(rest.strip_prefix(' ').unwrap_or(rest));
                    section.text.push('\n');
                }
                (Some(_), None) if line.trim().is_empty() => {}
                (Some(section), None) => {
                    bail!("{line:?} follows the section ;;@ {}: sections end a file", section.title)
                }
            }
        }
        Ok(document)
    }

    /// Replaces the section with this title, or adds it.
    pub fn set(&mut self, section: Section) {
        match self.sections.iter_mut().find(|s| s.title == section.title) {
            Some(old) => *old = section,
            None => self.sections.push(section),
        }
    }

    /// Orders sections as in `titles`.
    pub fn sort(&mut self, titles: &[String]) {
        self.sections.sort_by_key(|s| titles.iter().position(|t| *t == s.title));
    }
}

impl fmt::Display for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.written.trim_end())?;
        for section in &self.sections {
            writeln!(f, "\n;;@ {}", section.title)?;
            for line in section.text.lines() {
                writeln!(f, "{}", format!(";; {line}").trim_end())?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Document, Section};

    #[test]
    fn what_is_written_is_read_again() {
        let text = ";;! kind = \"x\"\n(module)\n;;> f()\n\n;;@ a\n;; one\n;;   two\n;;\n;; three\n\n;;@ b\n;; four\n";
        let document = Document::parse(text).unwrap();
        assert!(document.has_calls);
        assert_eq!(document.sections[0].text, "one\n  two\n\nthree\n");
        assert_eq!(document.to_string(), text);
        let mut changed = document.clone();
        changed.set(Section { title: "c".into(), text: "five\n".into() });
        changed.sort(&["c".to_owned(), "a".to_owned(), "b".to_owned()]);
        assert_eq!(Document::parse(&changed.to_string()).unwrap(), changed);
        assert!(Document::parse(";;@ a\n(module)").is_err());
        assert!(Document::parse(";;@ a\n;;@ a").is_err());
    }
}
