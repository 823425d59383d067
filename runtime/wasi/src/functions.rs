//! The functions of the module, one row each. Linking, and the test that calls each with anything, come from this list.

/// The name under which programs import the functions.
pub const MODULE: &str = "wasi_snapshot_preview1";

/// Every function that returns an error number: `name(parameter: type, ...);`. `u32` is an `i32` in WebAssembly, `u64` and `i64` an
/// `i64`; a `u32` that the witx calls a pointer, a descriptor or flags is one all the same. The method of [`WasiCtx`](crate::WasiCtx)
/// takes the memory first. Pass the name of a macro that consumes the list.
///
/// `proc_exit` is missing: it does not return.
macro_rules! for_each_function {
    ($consumer:ident) => { $consumer! {
        args_get(argv: u32, argv_buf: u32);
        args_sizes_get(count: u32, size: u32);
        environ_get(environ: u32, environ_buf: u32);
        environ_sizes_get(count: u32, size: u32);
        clock_res_get(id: u32, resolution: u32);
        clock_time_get(id: u32, precision: u64, time: u32);
        fd_advise(fd: u32, offset: u64, len: u64, advice: u32);
        fd_allocate(fd: u32, offset: u64, len: u64);
        fd_close(fd: u32);
        fd_datasync(fd: u32);
        fd_fdstat_get(fd: u32, stat: u32);
        fd_fdstat_set_flags(fd: u32, flags: u32);
        fd_fdstat_set_rights(fd: u32, base: u64, inheriting: u64);
        fd_filestat_get(fd: u32, buf: u32);
        fd_filestat_set_size(fd: u32, size: u64);
        fd_filestat_set_times(fd: u32, atim: u64, mtim: u64, flags: u32);
        fd_pread(fd: u32, iovs: u32, iovs_len: u32, offset: u64, nread: u32);
        fd_prestat_get(fd: u32, prestat: u32);
        fd_prestat_dir_name(fd: u32, path: u32, path_len: u32);
        fd_pwrite(fd: u32, iovs: u32, iovs_len: u32, offset: u64, nwritten: u32);
        fd_read(fd: u32, iovs: u32, iovs_len: u32, nread: u32);
        fd_readdir(fd: u32, buf: u32, buf_len: u32, cookie: u64, bufused: u32);
        fd_renumber(from: u32, to: u32);
        fd_seek(fd: u32, offset: i64, whence: u32, position: u32);
        fd_sync(fd: u32);
        fd_tell(fd: u32, position: u32);
        fd_write(fd: u32, iovs: u32, iovs_len: u32, nwritten: u32);
        path_create_directory(fd: u32, path: u32, path_len: u32);
        path_filestat_get(fd: u32, lookup: u32, path: u32, path_len: u32, buf: u32);
        path_filestat_set_times(fd: u32, lookup: u32, path: u32, path_len: u32, atim: u64, mtim: u64, flags: u32);
        path_link(old_fd: u32, old_lookup: u32, old_path: u32, old_len: u32, new_fd: u32, new_path: u32, new_len: u32);
        path_open(fd: u32, lookup: u32, path: u32, path_len: u32, open: u32, rights: u64, inheriting: u64, flags: u32, opened: u32);
        path_readlink(fd: u32, path: u32, path_len: u32, buf: u32, buf_len: u32, bufused: u32);
        path_remove_directory(fd: u32, path: u32, path_len: u32);
        path_rename(old_fd: u32, old_path: u32, old_len: u32, new_fd: u32, new_path: u32, new_len: u32);
        path_symlink(old_path: u32, old_len: u32, fd: u32, new_path: u32, new_len: u32);
        path_unlink_file(fd: u32, path: u32, path_len: u32);
        poll_oneoff(subscriptions: u32, events: u32, count: u32, stored: u32);
        proc_raise(signal: u32);
        sched_yield();
        random_get(buf: u32, len: u32);
        sock_accept(fd: u32, flags: u32, connection: u32);
        sock_recv(fd: u32, iovs: u32, iovs_len: u32, flags: u32, received: u32, flags_out: u32);
        sock_send(fd: u32, iovs: u32, iovs_len: u32, flags: u32, sent: u32);
        sock_shutdown(fd: u32, how: u32);
    } };
}
pub(crate) use for_each_function;

/// A function of the module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Function {
    /// The name of the import.
    pub name: &'static str,
    /// Names and types of the parameters.
    pub params: &'static [(&'static str, &'static str)],
    /// Whether it returns an error number.
    pub returns: bool,
}

macro_rules! list_functions {
    ($($name:ident($($param:ident: $ty:ident),*);)*) => {
        /// Every function of the module, with its parameters.
        pub const FUNCTIONS: &[Function] = &[
            $(Function {
                name: stringify!($name),
                params: &[$((stringify!($param), stringify!($ty))),*],
                returns: true,
            },)*
            Function { name: "proc_exit", params: &[("status", "u32")], returns: false },
        ];
    };
}
for_each_function!(list_functions);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_module_has_46_functions() {
        assert_eq!(FUNCTIONS.len(), 46);
    }
}
