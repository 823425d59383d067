//! What can be measured: a closure with a name.

use crate::engine::Action;
use anyhow::Result;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::Range;

/// A thing that is measured of one engine with one input.
pub struct Benchmark<'a> {
    /// Its name.
    pub id: Id,
    /// How it is measured.
    pub kind: Kind<'a>,
}

/// The name of a benchmark: `suite/engine/input` as text.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Id {
    /// The suite.
    pub suite: String,
    /// The engine.
    pub engine: String,
    /// What it works on.
    pub input: String,
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.suite, self.engine, self.input)
    }
}

impl std::str::FromStr for Id {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        match text.splitn(3, '/').collect::<Vec<_>>()[..] {
            [suite, engine, input] => Ok(Self { suite: suite.into(), engine: engine.into(), input: input.into() }),
            _ => Err(format!("{text:?} is no name of a benchmark: it is suite/engine/input")),
        }
    }
}

/// How a benchmark is measured.
pub enum Kind<'a> {
    /// By running it.
    Run(Running<'a>),
    /// By looking at what it makes: values without noise.
    Sizes(Sizing<'a>),
    /// By running it once in a process of its own, which tells its peak of memory.
    Peak(Box<dyn Fn() -> Result<Action> + 'a>),
}

/// A benchmark that looks at what is made.
pub struct Sizing<'a> {
    /// The values.
    #[allow(clippy::type_complexity, reason = "a function")]
    pub sizes: Box<dyn Fn() -> Result<Vec<(Meter, f64)>> + 'a>,
    /// The artifact that is looked at.
    pub artifact: Artifact<'a>,
}

/// A benchmark that is run.
pub struct Running<'a> {
    /// What time is taken.
    pub clock: Clock,
    /// How much one run does.
    pub work: Work,
    /// Whether its instructions are counted as well: not where several threads work.
    pub counted: bool,
    /// Makes everything ready, so that what is measured is the action alone.
    #[allow(clippy::type_complexity, reason = "a constructor")]
    pub prepare: Box<dyn Fn(Purpose) -> Result<Prepared> + 'a>,
    /// The artifact whose code runs when instructions are counted, if it is code whose speed this measures.
    pub artifact: Option<Artifact<'a>>,
}

/// Makes an artifact.
pub type Artifact<'a> = Box<dyn Fn() -> Result<Vec<u8>> + 'a>;

/// Why a benchmark is made ready. Under Valgrind everything takes fifty times as long, so that counted runs do less.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Time is taken.
    Time,
    /// Instructions are counted.
    Count,
}

/// A benchmark that is ready to run.
pub struct Prepared {
    /// One run.
    pub action: Action,
    /// Names and addresses of functions that were compiled at run time, which no symbol table knows.
    pub functions: Vec<(String, Range<usize>)>,
}

impl From<Action> for Prepared {
    fn from(action: Action) -> Self {
        Self { action, functions: Vec::new() }
    }
}

/// How much one run does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Work {
    /// How many.
    pub amount: f64,
    /// Of what.
    pub unit: &'static str,
}

/// What time is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// Of the wall: for what several threads do.
    Wall,
    /// That this thread had a processor, and processes that work for it: other work on the machine counts less.
    Thread,
}

/// Declares the meters: name, name in results, unit, whether a larger value of the same revision is impossible, what it is.
macro_rules! meters {
    ($($name:ident $text:literal $unit:literal $exact:literal $doc:literal;)*) => {
        /// What a value says. Less is better, always.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Meter { $(#[doc = $doc] #[serde(rename = $text)] $name,)* }

        impl Meter {
            /// Every meter.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// Its name, as in results.
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// The unit of its values.
            pub fn unit(self) -> &'static str {
                match self { $(Self::$name => $unit,)* }
            }

            /// Whether measuring a revision again gives the same value, exactly.
            pub fn exact(self) -> bool {
                match self { $(Self::$name => $exact,)* }
            }

            /// What it is, in one line.
            pub fn doc(self) -> &'static str {
                match self { $(Self::$name => $doc.trim_ascii(),)* }
            }
        }
    };
}

meters! {
    Time           "time"           "s"            false "Time of one run.";
    Instructions   "instructions"   "instructions" false "Instructions of one run under callgrind.";
    PeakBytes      "peak-bytes"     "bytes"        false "Peak of resident memory during one run in a process of its own.";
    CodeBytes      "code-bytes"     "bytes"        true  "Bytes of code.";
    ArtifactBytes  "artifact-bytes" "bytes"        true  "Bytes of the artifact.";
    CodeOps        "code-ops"       "instructions" true  "Instructions in the code, executed or not.";
    Spills         "spills"         "instructions" true  "Instructions in the code that store to the frame.";
    Reloads        "reloads"        "instructions" true  "Instructions in the code that load from the frame.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back_even_with_slashes_in_the_input() {
        for text in ["compile/winch/sqlite", "execute/pulley/a/b"] {
            assert_eq!(text.parse::<Id>().expect("a name").to_string(), text);
        }
        assert!("compile/winch".parse::<Id>().is_err());
    }

    #[test]
    fn meters_have_distinct_names() {
        let mut names: Vec<_> = Meter::ALL.iter().map(|m| m.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Meter::ALL.len());
    }
}
