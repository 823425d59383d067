//! The state of one program, and how it is set up.

use crate::clock::{Clock, SystemClock};
use crate::random::{Random, SystemRandom};
use crate::stdio::{Input, Output};
use crate::table::{Descriptor, Directory, Object, Table};
use crate::types::{DirPerms, FdFlags, FilePerms, Rights};
use cap_std::fs::Dir;
use std::fmt;
use std::io::{self, Cursor, Read, Write};
use std::path::Path;

/// What one program sees of the world: arguments, environment, descriptors, clocks, random bytes.
///
/// The methods named like functions of WASI preview 1 are those functions.
pub struct WasiCtx {
    pub(crate) args: Vec<Vec<u8>>,
    pub(crate) env: Vec<Vec<u8>>,
    pub(crate) table: Table,
    pub(crate) clock: Box<dyn Clock>,
    pub(crate) random: Box<dyn Random>,
}

impl fmt::Debug for WasiCtx {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WasiCtx").field("args", &self.args).field("env", &self.env).finish_non_exhaustive()
    }
}

/// Sets up a [`WasiCtx`]. By default there are no arguments, no environment and no directories; standard input is empty, and
/// what is written to standard output and error is dropped.
///
/// ```
/// use gantry_wasi::WasiCtxBuilder;
/// let ctx = WasiCtxBuilder::new().args(&["prog", "--help"]).env("HOME", "/").inherit_stdio().build();
/// ```
pub struct WasiCtxBuilder {
    args: Vec<Vec<u8>>,
    env: Vec<Vec<u8>>,
    stdin: Input,
    stdout: Output,
    stderr: Output,
    preopens: Vec<Descriptor>,
    clock: Box<dyn Clock>,
    random: Box<dyn Random>,
}

impl Default for WasiCtxBuilder {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for WasiCtxBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WasiCtxBuilder").field("args", &self.args).field("env", &self.env).finish_non_exhaustive()
    }
}

impl WasiCtxBuilder {
    /// A builder with the defaults.
    pub fn new() -> Self {
        Self {
            args: Vec::new(),
            env: Vec::new(),
            stdin: Input::Custom(Box::new(io::empty())),
            stdout: Output::Custom(Box::new(io::sink())),
            stderr: Output::Custom(Box::new(io::sink())),
            preopens: Vec::new(),
            clock: Box::new(SystemClock::new()),
            random: Box::new(SystemRandom),
        }
    }

    /// Appends an argument. The first one is the name of the program. A guest in C sees it up to its first NUL.
    pub fn arg(&mut self, arg: impl AsRef<str>) -> &mut Self {
        self.args.push(arg.as_ref().into());
        self
    }

    /// Appends arguments.
    pub fn args(&mut self, args: &[impl AsRef<str>]) -> &mut Self {
        self.args.extend(args.iter().map(|arg| arg.as_ref().into()));
        self
    }

    /// Appends the arguments of this process, byte by byte.
    pub fn inherit_args(&mut self) -> &mut Self {
        self.args.extend(std::env::args_os().map(|arg| arg.into_encoded_bytes()));
        self
    }

    /// Appends an environment variable.
    pub fn env(&mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> &mut Self {
        self.env.push(format!("{}={}", name.as_ref(), value.as_ref()).into());
        self
    }

    /// Appends environment variables.
    pub fn envs(&mut self, envs: &[(impl AsRef<str>, impl AsRef<str>)]) -> &mut Self {
        for (name, value) in envs {
            self.env(name, value);
        }
        self
    }

    /// Appends the environment of this process, byte by byte.
    pub fn inherit_env(&mut self) -> &mut Self {
        self.env.extend(std::env::vars_os().map(|(name, value)| {
            let mut variable = name.into_encoded_bytes();
            variable.push(b'=');
            variable.extend(value.into_encoded_bytes());
            variable
        }));
        self
    }

    /// Reads standard input from `stream`.
    pub fn stdin(&mut self, stream: impl Read + Send + 'static) -> &mut Self {
        self.stdin = Input::Custom(Box::new(stream));
        self
    }

    /// Reads standard input from `bytes`.
    pub fn stdin_bytes(&mut self, bytes: Vec<u8>) -> &mut Self {
        self.stdin(Cursor::new(bytes))
    }

    /// Writes standard output to `stream`.
    pub fn stdout(&mut self, stream: Box<dyn Write + Send>) -> &mut Self {
        self.stdout = Output::Custom(stream);
        self
    }

    /// Writes standard error to `stream`.
    pub fn stderr(&mut self, stream: Box<dyn Write + Send>) -> &mut Self {
        self.stderr = Output::Custom(stream);
        self
    }

    /// Uses the standard input of this process.
    pub fn inherit_stdin(&mut self) -> &mut Self {
        self.stdin = Input::Host;
        self
    }

    /// Uses the standard output of this process.
    pub fn inherit_stdout(&mut self) -> &mut Self {
        self.stdout = Output::HostOut;
        self
    }

    /// Uses the standard error of this process.
    pub fn inherit_stderr(&mut self) -> &mut Self {
        self.stderr = Output::HostErr;
        self
    }

    /// Uses standard input, output and error of this process.
    pub fn inherit_stdio(&mut self) -> &mut Self {
        self.inherit_stdin().inherit_stdout().inherit_stderr()
    }

    /// Takes the time from `clock`, for instance a [`VirtualClock`](crate::VirtualClock).
    pub fn clock(&mut self, clock: impl Clock + 'static) -> &mut Self {
        self.clock = Box::new(clock);
        self
    }

    /// Takes random bytes from `random`, for instance a [`SeededRandom`](crate::SeededRandom).
    pub fn secure_random(&mut self, random: impl Random + 'static) -> &mut Self {
        self.random = Box::new(random);
        self
    }

    /// Gives the program the directory `host`, under the name `guest`, with all that is below it and no way out.
    ///
    /// # Errors
    /// When `host` cannot be opened as a directory.
    pub fn preopened_dir(
        &mut self,
        host: impl AsRef<Path>,
        guest: impl AsRef<str>,
        dir_perms: DirPerms,
        file_perms: FilePerms,
    ) -> io::Result<&mut Self> {
        let dir = Dir::open_ambient_dir(host, cap_std::ambient_authority())?;
        let mut rights = Rights::empty();
        if dir_perms.contains(DirPerms::READ) {
            rights |= Rights::DIR_READ;
        }
        if dir_perms.contains(DirPerms::MUTATE) {
            rights |= Rights::DIR_READ | Rights::DIR_MUTATE;
        }
        let mut files = Rights::FILE - Rights::FD_READ - Rights::FILE_WRITE - Rights::FD_FILESTAT_SET_TIMES;
        if file_perms.contains(FilePerms::READ) {
            files |= Rights::FD_READ;
        }
        if file_perms.contains(FilePerms::WRITE) {
            files |= Rights::FILE_WRITE | Rights::FD_FILESTAT_SET_TIMES;
        } else {
            rights -= Rights::PATH_FILESTAT_SET_SIZE;
        }
        self.preopens.push(Descriptor {
            object: Object::Dir(Directory { dir, preopen: Some(guest.as_ref().into()), listing: None }),
            rights,
            inheriting: rights | files,
            flags: FdFlags::empty(),
        });
        Ok(self)
    }

    /// Builds the context: descriptors 0 to 2 are the standard streams, the directories follow in the order given. The builder is
    /// back at its defaults afterwards.
    ///
    /// # Panics
    /// With more than 65,533 directories.
    pub fn build(&mut self) -> WasiCtx {
        let Self { args, env, stdin, stdout, stderr, preopens, clock, random } = std::mem::take(self);
        let mut table = Table::default();
        let streams = [Descriptor::input(stdin), Descriptor::output(stdout), Descriptor::output(stderr)];
        for descriptor in streams.into_iter().chain(preopens) {
            table.insert(descriptor).expect("a program has room for its initial descriptors");
        }
        WasiCtx { args, env, table, clock, random }
    }
}
