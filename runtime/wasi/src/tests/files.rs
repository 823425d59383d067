//! Open files: flags, rights, positions, sizes, times.

use super::*;

#[test]
fn what_is_written_is_read_back() {
    let mut guest = Guest::new();
    let fd = guest.open("file", CREATE, READ | WRITE).unwrap();
    assert_eq!(guest.write(fd, b"hello world"), Ok(11));
    assert_eq!(guest.seek(fd, 6, 0), Ok(6));
    assert_eq!(guest.read(fd, 100), Ok(b"world".to_vec()));
    assert_eq!(guest.read(fd, 100), Ok(vec![]));
    assert_eq!(guest.seek(fd, -5, 1), Ok(6));
    assert_eq!(guest.seek(fd, -11, 2), Ok(0));
    assert_eq!(guest.seek(fd, -1, 1), Err(Errno::Inval));
    assert_eq!(guest.seek(fd, -1, 0), Err(Errno::Inval));
    assert_eq!(guest.seek(fd, 0, 3), Err(Errno::Inval));
    guest.call(|ctx, mem| ctx.fd_tell(mem, fd, RESULT)).unwrap();
    assert_eq!(guest.u64(RESULT), 0);
    guest.close(fd);
    assert_eq!(guest.read(fd, 1), Err(Errno::Badf));
}

#[test]
fn scattered_reads_and_gathered_writes_keep_the_order() {
    let mut guest = Guest::new();
    let fd = guest.open("file", CREATE, READ | WRITE).unwrap();
    guest.put(BUF, b"abcdefgh");
    let iovs = [BUF + 4, 4, 0, 0, BUF, 2].map(u32::to_le_bytes).concat();
    guest.put(IOVS, &iovs);
    guest.call(|ctx, mem| ctx.fd_write(mem, fd, IOVS, 3, RESULT)).unwrap();
    assert_eq!(guest.u32(), 6);
    guest.call(|ctx, mem| ctx.fd_pread(mem, fd, IOVS, 3, 1, RESULT)).unwrap();
    assert_eq!(guest.u32(), 5);
    assert_eq!(guest.call(|_, mem| mem.bytes(BUF, 8).unwrap().to_vec()), b"bbcdfgha");
    guest.call(|ctx, mem| ctx.fd_pwrite(mem, fd, IOVS, 3, 4, RESULT)).unwrap();
    assert_eq!(std::fs::read(guest.dir.path().join("file")).unwrap(), b"efghfghabb");
    assert_eq!(guest.call(|ctx, mem| ctx.fd_pread(mem, fd, IOVS, 3, u64::MAX, RESULT)), Err(Errno::Inval));
    assert_eq!(guest.call(|ctx, mem| ctx.fd_pwrite(mem, fd, IOVS, 3, u64::MAX, RESULT)), Err(Errno::Inval));
}

#[test]
fn a_result_that_cannot_be_stored_has_no_effect() {
    let mut guest = Guest::new();
    let fd = guest.open("file", CREATE, READ | WRITE).unwrap();
    guest.iovec(BUF, 4);
    assert_eq!(guest.call(|ctx, mem| ctx.fd_write(mem, fd, IOVS, 1, 65534)), Err(Errno::Fault));
    guest.iovec(65534, 4);
    assert_eq!(guest.call(|ctx, mem| ctx.fd_write(mem, fd, IOVS, 1, RESULT)), Err(Errno::Fault));
    assert_eq!(guest.stat("file", 0), Ok((4, 0)));
}

#[test]
fn open_flags_do_what_posix_says() {
    let mut guest = Guest::new();
    assert_eq!(guest.open("file", 0, READ), Err(Errno::Noent));
    assert_eq!(guest.open("file", EXCLUSIVE, READ), Err(Errno::Noent));
    let fd = guest.open("file", CREATE | EXCLUSIVE, WRITE).unwrap();
    assert_eq!(guest.write(fd, b"abc"), Ok(3));
    assert_eq!(guest.open("file", CREATE | EXCLUSIVE, WRITE), Err(Errno::Exist));
    assert_eq!(guest.open("file", CREATE | DIRECTORY, READ), Err(Errno::Inval));
    assert_eq!(guest.open("file", DIRECTORY, READ), Err(Errno::Notdir));
    guest.open("file", CREATE, Rights::empty()).unwrap();
    assert_eq!(guest.stat("file", 0), Ok((4, 3)));
    guest.open("file", TRUNCATE, READ).unwrap();
    assert_eq!(guest.stat("file", 0), Ok((4, 0)));
    assert_eq!(guest.open_with(ROOT, "file", 0, 16, READ, 0), Err(Errno::Inval));
    assert_eq!(guest.open_with(ROOT, "file", 0, 0, READ, 32), Err(Errno::Inval));
    assert_eq!(guest.open_with(ROOT, "file", 2, 0, READ, 0), Err(Errno::Inval));
}

#[test]
fn reading_and_writing_need_to_be_asked_for() {
    let mut guest = Guest::new();
    let writer = guest.open("file", CREATE, WRITE).unwrap();
    assert_eq!(guest.read(writer, 1), Err(Errno::Badf));
    let reader = guest.open("file", 0, READ).unwrap();
    assert_eq!(guest.write(reader, b"x"), Err(Errno::Badf));
    assert_eq!(guest.call(|ctx, mem| ctx.fd_filestat_set_size(mem, reader, 1)), Err(Errno::Notcapable));
    assert_eq!(guest.call(|ctx, mem| ctx.fd_allocate(mem, reader, 0, 1)), Err(Errno::Notcapable));
}

#[test]
fn rights_only_shrink() {
    let mut guest = Guest::new();
    let fd = guest.open("file", CREATE, READ | WRITE).unwrap();
    let keep = (READ | Rights::FD_TELL).bits();
    guest.call(|ctx, mem| ctx.fd_fdstat_set_rights(mem, fd, keep, 0)).unwrap();
    assert_eq!(guest.write(fd, b"x"), Err(Errno::Badf));
    assert_eq!(guest.seek(fd, 1, 0), Err(Errno::Notcapable));
    assert_eq!(guest.seek(fd, 0, 1), Ok(0));
    let more = (READ | WRITE).bits();
    assert_eq!(guest.call(|ctx, mem| ctx.fd_fdstat_set_rights(mem, fd, more, 0)), Err(Errno::Notcapable));
    assert_eq!(guest.call(|ctx, mem| ctx.fd_fdstat_set_rights(mem, fd, u64::MAX, 0)), Err(Errno::Notcapable));
    guest.call(|ctx, mem| ctx.fd_fdstat_get(mem, fd, BUF)).unwrap();
    assert_eq!((guest.u64(BUF + 8), guest.u64(BUF + 16)), (keep, 0));
}

#[test]
fn a_read_only_directory_stays_as_it_is() {
    let mut guest = Guest::with(DirPerms::READ, FilePerms::READ, |_| {});
    std::fs::write(guest.dir.path().join("file"), "abc").unwrap();
    std::fs::create_dir(guest.dir.path().join("dir")).unwrap();
    let everything = Rights::all() - Rights::FILE_WRITE;
    let fd = guest.open("file", 0, everything).unwrap();
    assert_eq!(guest.read(fd, 10), Ok(b"abc".to_vec()));
    let times = guest.call(|ctx, mem| ctx.fd_filestat_set_times(mem, fd, 0, 0, 5));
    assert_eq!(times, Err(Errno::Notcapable));
    for (open, rights) in [(0, WRITE), (CREATE, READ), (TRUNCATE, READ)] {
        assert_eq!(guest.open("file", open, rights), Err(Errno::Notcapable));
    }
    let below = guest.open("dir", DIRECTORY, READ | WRITE).unwrap();
    assert_eq!(guest.open_with(below, "new", 0, CREATE, WRITE, 0), Err(Errno::Notcapable));
    assert_eq!(guest.mkdir("new"), Err(Errno::Notcapable));
    assert_eq!(guest.rmdir("dir"), Err(Errno::Notcapable));
    assert_eq!(guest.unlink("file"), Err(Errno::Notcapable));
    assert_eq!(guest.rename("file", "new"), Err(Errno::Notcapable));
    assert_eq!(guest.link("file", "new"), Err(Errno::Notcapable));
    assert_eq!(guest.symlink("file", "new"), Err(Errno::Notcapable));
    assert_eq!(guest.stat("file", 0), Ok((4, 3)));
}

#[test]
fn appending_writes_at_the_end_wherever_the_position_is() {
    let mut guest = Guest::new();
    let fd = guest.open_with(ROOT, "file", 0, CREATE, READ | WRITE, 1).unwrap();
    guest.write(fd, b"abc").unwrap();
    guest.seek(fd, 0, 0).unwrap();
    guest.write(fd, b"def").unwrap();
    guest.call(|ctx, mem| ctx.fd_fdstat_set_flags(mem, fd, 0)).unwrap();
    guest.seek(fd, 0, 0).unwrap();
    guest.write(fd, b"X").unwrap();
    assert_eq!(std::fs::read(guest.dir.path().join("file")).unwrap(), b"Xbcdef");
    assert_eq!(guest.call(|ctx, mem| ctx.fd_fdstat_set_flags(mem, fd, 16)), Err(Errno::Inval));
    guest.call(|ctx, mem| ctx.fd_fdstat_set_flags(mem, fd, 5)).unwrap();
    guest.call(|ctx, mem| ctx.fd_fdstat_get(mem, fd, BUF)).unwrap();
    assert_eq!(guest.u64(BUF) & 0xffff_ffff, 0x0005_0004);
}

#[test]
fn sizes_change_as_asked() {
    let mut guest = Guest::new();
    let fd = guest.open("file", CREATE, READ | WRITE).unwrap();
    guest.call(|ctx, mem| ctx.fd_filestat_set_size(mem, fd, 100)).unwrap();
    guest.call(|ctx, mem| ctx.fd_filestat_get(mem, fd, BUF)).unwrap();
    assert_eq!((guest.u64(BUF + 16), guest.u64(BUF + 24), guest.u64(BUF + 32)), (4, 1, 100));
    assert_eq!(guest.call(|ctx, mem| ctx.fd_filestat_set_size(mem, fd, u64::MAX)), Err(Errno::Inval));
    assert_eq!(guest.call(|ctx, mem| ctx.fd_allocate(mem, fd, 0, 0)), Err(Errno::Inval));
    assert_eq!(guest.call(|ctx, mem| ctx.fd_allocate(mem, fd, u64::MAX, 1)), Err(Errno::Fbig));
    assert_eq!(guest.call(|ctx, mem| ctx.fd_allocate(mem, fd, 1 << 62, 1 << 62)), Err(Errno::Fbig));
    guest.call(|ctx, mem| ctx.fd_advise(mem, fd, 0, 0, 4)).unwrap();
    assert_eq!(guest.call(|ctx, mem| ctx.fd_advise(mem, fd, 0, 0, 6)), Err(Errno::Inval));
    assert_eq!(guest.call(|ctx, mem| ctx.fd_advise(mem, fd, u64::MAX, 0, 0)), Err(Errno::Inval));
    guest.call(|ctx, mem| ctx.fd_sync(mem, fd)).unwrap();
    guest.call(|ctx, mem| ctx.fd_datasync(mem, fd)).unwrap();
}

#[test]
fn times_are_set_and_read_in_nanoseconds() {
    let mut guest = Guest::new();
    let fd = guest.open("file", CREATE, READ | WRITE).unwrap();
    let (atim, mtim) = (1_000_000_001, 2_000_000_002);
    guest.call(|ctx, mem| ctx.fd_filestat_set_times(mem, fd, atim, mtim, 5)).unwrap();
    guest.stat("file", 0).unwrap();
    assert_eq!((guest.u64(BUF + 40), guest.u64(BUF + 48)), (atim, mtim));
    let set = |flags| {
        move |ctx: &mut WasiCtx, mem: &mut GuestMemory<'_>, fd, path, len| {
            ctx.path_filestat_set_times(mem, fd, 0, path, len, 5, 7, flags)
        }
    };
    guest.at("file", set(4)).unwrap();
    guest.stat("file", 0).unwrap();
    assert_eq!((guest.u64(BUF + 40), guest.u64(BUF + 48)), (atim, 7));
    guest.at("file", set(2)).unwrap();
    guest.stat("file", 0).unwrap();
    assert!(guest.u64(BUF + 40) > mtim);
    assert_eq!(guest.at("file", set(3)), Err(Errno::Inval));
    assert_eq!(guest.at("file", set(16)), Err(Errno::Inval));
}

#[test]
fn renumber_replaces_an_open_file() {
    let mut guest = Guest::new();
    let first = guest.open("first", CREATE, WRITE).unwrap();
    let second = guest.open("second", CREATE, WRITE).unwrap();
    guest.call(|ctx, mem| ctx.fd_renumber(mem, second, first)).unwrap();
    guest.write(first, b"x").unwrap();
    assert_eq!(guest.stat("second", 0), Ok((4, 1)));
    assert_eq!(guest.write(second, b"x"), Err(Errno::Badf));
    assert_eq!(guest.call(|ctx, mem| ctx.fd_renumber(mem, first, 99)), Err(Errno::Badf));
}
