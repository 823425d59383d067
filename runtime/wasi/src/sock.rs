//! Sockets: no descriptor is ever one, so each function says so.

use crate::{Errno, GuestMemory, WasiCtx};

impl WasiCtx {
    fn not_a_socket(&self, fd: u32) -> Result<(), Errno> {
        self.table.get(fd)?;
        Err(Errno::Notsock)
    }

    /// Accepts a connection: [`Errno::Notsock`] on every open descriptor.
    pub fn sock_accept(
        &mut self,
        _mem: &mut GuestMemory<'_>,
        fd: u32,
        _flags: u32,
        _connection: u32,
    ) -> Result<(), Errno> {
        self.not_a_socket(fd)
    }

    /// Receives: [`Errno::Notsock`] on every open descriptor.
    #[allow(clippy::too_many_arguments)]
    pub fn sock_recv(
        &mut self,
        _mem: &mut GuestMemory<'_>,
        fd: u32,
        _iovs: u32,
        _iovs_len: u32,
        _flags: u32,
        _received: u32,
        _flags_out: u32,
    ) -> Result<(), Errno> {
        self.not_a_socket(fd)
    }

    /// Sends: [`Errno::Notsock`] on every open descriptor.
    pub fn sock_send(
        &mut self,
        _mem: &mut GuestMemory<'_>,
        fd: u32,
        _iovs: u32,
        _iovs_len: u32,
        _flags: u32,
        _sent: u32,
    ) -> Result<(), Errno> {
        self.not_a_socket(fd)
    }

    /// Shuts a connection down: [`Errno::Notsock`] on every open descriptor.
    pub fn sock_shutdown(&mut self, _mem: &mut GuestMemory<'_>, fd: u32, _how: u32) -> Result<(), Errno> {
        self.not_a_socket(fd)
    }
}
