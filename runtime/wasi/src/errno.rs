//! Error numbers, and what becomes of an error of the host.
//!
//! The numbers are those of `errno` in `wasi_snapshot_preview1.witx`. The table gives each its name in `rustix` as well, from which
//! `sys/unix.rs` derives the translation of what the host's system calls say.

use std::io;

/// Every error number: `Variant = number, NAME_IN_RUSTIX, "meaning"`. Pass the name of a macro that consumes the list.
macro_rules! for_each_errno {
    ($consumer:ident) => {
        $consumer! {
            Toobig         = 1,  TOOBIG,         "argument list too long";
            Acces          = 2,  ACCESS,         "permission denied";
            Addrinuse      = 3,  ADDRINUSE,      "address in use";
            Addrnotavail   = 4,  ADDRNOTAVAIL,   "address not available";
            Afnosupport    = 5,  AFNOSUPPORT,    "address family not supported";
            Again          = 6,  AGAIN,          "resource unavailable, or operation would block";
            Already        = 7,  ALREADY,        "connection already in progress";
            Badf           = 8,  BADF,           "bad file descriptor";
            Badmsg         = 9,  BADMSG,         "bad message";
            Busy           = 10, BUSY,           "device or resource busy";
            Canceled       = 11, CANCELED,       "operation canceled";
            Child          = 12, CHILD,          "no child processes";
            Connaborted    = 13, CONNABORTED,    "connection aborted";
            Connrefused    = 14, CONNREFUSED,    "connection refused";
            Connreset      = 15, CONNRESET,      "connection reset";
            Deadlk         = 16, DEADLK,         "resource deadlock would occur";
            Destaddrreq    = 17, DESTADDRREQ,    "destination address required";
            Dom            = 18, DOM,            "mathematics argument out of domain of function";
            Dquot          = 19, DQUOT,          "disk quota exceeded";
            Exist          = 20, EXIST,          "file exists";
            Fault          = 21, FAULT,          "bad address";
            Fbig           = 22, FBIG,           "file too large";
            Hostunreach    = 23, HOSTUNREACH,    "host is unreachable";
            Idrm           = 24, IDRM,           "identifier removed";
            Ilseq          = 25, ILSEQ,          "illegal byte sequence";
            Inprogress     = 26, INPROGRESS,     "operation in progress";
            Intr           = 27, INTR,           "interrupted function";
            Inval          = 28, INVAL,          "invalid argument";
            Io             = 29, IO,             "i/o error";
            Isconn         = 30, ISCONN,         "socket is connected";
            Isdir          = 31, ISDIR,          "is a directory";
            Loop           = 32, LOOP,           "too many levels of symbolic links";
            Mfile          = 33, MFILE,          "file descriptor value too large";
            Mlink          = 34, MLINK,          "too many links";
            Msgsize        = 35, MSGSIZE,        "message too large";
            Multihop       = 36, MULTIHOP,       "reserved";
            Nametoolong    = 37, NAMETOOLONG,    "filename too long";
            Netdown        = 38, NETDOWN,        "network is down";
            Netreset       = 39, NETRESET,       "connection aborted by network";
            Netunreach     = 40, NETUNREACH,     "network unreachable";
            Nfile          = 41, NFILE,          "too many files open in system";
            Nobufs         = 42, NOBUFS,         "no buffer space available";
            Nodev          = 43, NODEV,          "no such device";
            Noent          = 44, NOENT,          "no such file or directory";
            Noexec         = 45, NOEXEC,         "executable file format error";
            Nolck          = 46, NOLCK,          "no locks available";
            Nolink         = 47, NOLINK,         "reserved";
            Nomem          = 48, NOMEM,          "not enough space";
            Nomsg          = 49, NOMSG,          "no message of the desired type";
            Noprotoopt     = 50, NOPROTOOPT,     "protocol not available";
            Nospc          = 51, NOSPC,          "no space left on device";
            Nosys          = 52, NOSYS,          "function not supported";
            Notconn        = 53, NOTCONN,        "the socket is not connected";
            Notdir         = 54, NOTDIR,         "not a directory";
            Notempty       = 55, NOTEMPTY,       "directory not empty";
            Notrecoverable = 56, NOTRECOVERABLE, "state not recoverable";
            Notsock        = 57, NOTSOCK,        "not a socket";
            Notsup         = 58, NOTSUP,         "not supported";
            Notty          = 59, NOTTY,          "inappropriate i/o control operation";
            Nxio           = 60, NXIO,           "no such device or address";
            Overflow       = 61, OVERFLOW,       "value too large to be stored in data type";
            Ownerdead      = 62, OWNERDEAD,      "previous owner died";
            Perm           = 63, PERM,           "operation not permitted";
            Pipe           = 64, PIPE,           "broken pipe";
            Proto          = 65, PROTO,          "protocol error";
            Protonosupport = 66, PROTONOSUPPORT, "protocol not supported";
            Prototype      = 67, PROTOTYPE,      "protocol wrong type for socket";
            Range          = 68, RANGE,          "result too large";
            Rofs           = 69, ROFS,           "read-only file system";
            Spipe          = 70, SPIPE,          "invalid seek";
            Srch           = 71, SRCH,           "no such process";
            Stale          = 72, STALE,          "stale file handle";
            Timedout       = 73, TIMEDOUT,       "connection timed out";
            Txtbsy         = 74, TXTBSY,         "text file busy";
            Xdev           = 75, XDEV,           "cross-device link";
        }
    };
}
pub(crate) use for_each_errno;

macro_rules! define_errno {
    ($($name:ident = $number:literal, $rustix:ident, $meaning:literal;)*) => {
        /// Why a function failed. Success (number 0) is the `Ok` of a `Result<(), Errno>`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
        #[repr(u16)]
        pub enum Errno {
            $(#[doc = $meaning] #[error($meaning)] $name = $number,)*
            /// The capabilities of the descriptor do not allow it; POSIX has no such error.
            #[error("capabilities insufficient")]
            Notcapable = 76,
        }
    };
}
for_each_errno!(define_errno);

impl Errno {
    /// The number as the guest sees it.
    pub fn raw(self) -> u16 {
        self as u16
    }
}

impl From<io::Error> for Errno {
    fn from(error: io::Error) -> Self {
        if let Some(errno) = error.raw_os_error().and_then(crate::sys::errno_from_os) {
            return errno;
        }
        match error.kind() {
            // What `cap-std` itself refuses, in contrast to the host, carries no number: a path that leads out of its directory.
            io::ErrorKind::PermissionDenied if error.raw_os_error().is_none() => Errno::Notcapable,
            io::ErrorKind::PermissionDenied => Errno::Acces,
            io::ErrorKind::NotFound => Errno::Noent,
            io::ErrorKind::AlreadyExists => Errno::Exist,
            io::ErrorKind::WouldBlock => Errno::Again,
            io::ErrorKind::InvalidInput => Errno::Inval,
            io::ErrorKind::TimedOut => Errno::Timedout,
            io::ErrorKind::Interrupted => Errno::Intr,
            io::ErrorKind::Unsupported => Errno::Notsup,
            io::ErrorKind::OutOfMemory => Errno::Nomem,
            io::ErrorKind::BrokenPipe => Errno::Pipe,
            io::ErrorKind::NotADirectory => Errno::Notdir,
            io::ErrorKind::IsADirectory => Errno::Isdir,
            io::ErrorKind::DirectoryNotEmpty => Errno::Notempty,
            io::ErrorKind::StorageFull => Errno::Nospc,
            io::ErrorKind::FileTooLarge => Errno::Fbig,
            io::ErrorKind::InvalidData => Errno::Ilseq,
            _ => Errno::Io,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_follow_the_witx() {
        assert_eq!(Errno::Badf.raw(), 8);
        assert_eq!(Errno::Inval.raw(), 28);
        assert_eq!(Errno::Noent.raw(), 44);
        assert_eq!(Errno::Notcapable.raw(), 76);
    }

    #[cfg(unix)]
    #[test]
    fn host_numbers_keep_their_meaning() {
        let from = |errno: rustix::io::Errno| Errno::from(io::Error::from(errno));
        assert_eq!(from(rustix::io::Errno::NOTEMPTY), Errno::Notempty);
        assert_eq!(from(rustix::io::Errno::PERM), Errno::Perm);
        assert_eq!(from(rustix::io::Errno::ACCESS), Errno::Acces);
        assert_eq!(from(rustix::io::Errno::WOULDBLOCK), Errno::Again);
    }

    #[test]
    fn an_escape_is_a_missing_capability() {
        assert_eq!(Errno::from(io::Error::new(io::ErrorKind::PermissionDenied, "outside")), Errno::Notcapable);
    }
}
