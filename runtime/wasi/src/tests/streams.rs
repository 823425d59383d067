//! Standard streams, sockets that are none, and the end of a program.

use super::*;
use crate::I32Exit;

#[test]
fn output_is_collected_and_input_delivered() {
    let mut guest = Guest::with(DirPerms::all(), FilePerms::all(), |builder| {
        builder.stdin_bytes(b"input".to_vec());
    });
    assert_eq!(guest.write(1, b"out"), Ok(3));
    assert_eq!(guest.write(2, b"dropped"), Ok(7));
    assert_eq!(guest.out.contents(), b"out");
    assert_eq!(guest.read(0, 3), Ok(b"inp".to_vec()));
    assert_eq!(guest.read(0, 30), Ok(b"ut".to_vec()));
    assert_eq!(guest.read(0, 30), Ok(vec![]));
    assert_eq!(guest.read(1, 1), Err(Errno::Badf));
    assert_eq!(guest.write(0, b"x"), Err(Errno::Badf));
    assert_eq!(guest.write(1, b""), Ok(0));
}

#[test]
fn streams_cannot_seek() {
    let mut guest = Guest::new();
    for fd in 0..3 {
        assert_eq!(guest.seek(fd, 0, 1), Err(Errno::Spipe));
        assert_eq!(guest.call(|ctx, mem| ctx.fd_tell(mem, fd, RESULT)), Err(Errno::Spipe));
        assert_eq!(guest.call(|ctx, mem| ctx.fd_pread(mem, fd, IOVS, 0, 0, RESULT)), Err(Errno::Spipe));
        assert_eq!(guest.call(|ctx, mem| ctx.fd_pwrite(mem, fd, IOVS, 0, 0, RESULT)), Err(Errno::Spipe));
        assert_eq!(guest.call(|ctx, mem| ctx.fd_sync(mem, fd)), Err(Errno::Inval));
        assert_eq!(guest.call(|ctx, mem| ctx.fd_fdstat_set_flags(mem, fd, 0)), Ok(()));
        assert_eq!(guest.call(|ctx, mem| ctx.fd_fdstat_set_flags(mem, fd, 4)), Err(Errno::Notsup));
        guest.call(|ctx, mem| ctx.fd_fdstat_get(mem, fd, BUF)).unwrap();
        guest.call(|ctx, mem| ctx.fd_filestat_get(mem, fd, BUF)).unwrap();
    }
    guest.close(1);
    assert_eq!(guest.write(1, b"x"), Err(Errno::Badf));
}

#[test]
fn nothing_is_a_socket() {
    let mut guest = Guest::new();
    for (fd, errno) in [(0, Errno::Notsock), (ROOT, Errno::Notsock), (99, Errno::Badf)] {
        assert_eq!(guest.call(|ctx, mem| ctx.sock_accept(mem, fd, 0, RESULT)), Err(errno));
        assert_eq!(guest.call(|ctx, mem| ctx.sock_recv(mem, fd, IOVS, 1, 0, RESULT, RESULT)), Err(errno));
        assert_eq!(guest.call(|ctx, mem| ctx.sock_send(mem, fd, IOVS, 1, 0, RESULT)), Err(errno));
        assert_eq!(guest.call(|ctx, mem| ctx.sock_shutdown(mem, fd, 0)), Err(errno));
    }
}

#[test]
fn a_program_ends_with_its_status() {
    let mut guest = Guest::new();
    assert_eq!(guest.ctx.proc_exit(u32::MAX), I32Exit(-1));
    assert_eq!(I32Exit(3).to_string(), "exited with status 3");
    assert_eq!(guest.call(|ctx, mem| ctx.proc_raise(mem, 9)), Err(Errno::Notsup));
    assert_eq!(guest.call(|ctx, mem| ctx.sched_yield(mem)), Ok(()));
}
