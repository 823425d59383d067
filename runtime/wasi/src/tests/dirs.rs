//! Paths and directories: what they lead to, and that nothing leads out.

use super::*;

/// A guest whose directory has a neighbor, `secret`, out of its reach.
fn confined() -> (Guest, TempDir) {
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("secret"), "s").unwrap();
    (Guest::new(), outside)
}

#[test]
fn no_path_leads_out() {
    let (mut guest, outside) = confined();
    let absolute = outside.path().join("secret").to_str().unwrap().to_owned();
    let name = outside.path().file_name().unwrap().to_str().unwrap().to_owned();
    guest.mkdir("dir").unwrap();
    std::os::unix::fs::symlink(outside.path(), guest.dir.path().join("host_link")).unwrap();
    std::os::unix::fs::symlink("../..", guest.dir.path().join("dir/up")).unwrap();
    let escapes = [
        absolute.clone(),
        "/".into(),
        "..".into(),
        "../".into(),
        format!("../{name}/secret"),
        format!("dir/../../{name}/secret"),
        "host_link/secret".into(),
        format!("dir/up/{name}/secret"),
    ];
    for path in &escapes {
        for open in [0, CREATE, DIRECTORY] {
            assert_eq!(guest.open(path, open, READ), Err(Errno::Notcapable), "{path}");
        }
        assert_eq!(guest.stat(path, FOLLOW), Err(Errno::Notcapable), "{path}");
        assert!(guest.mkdir(path).is_err() && guest.rmdir(path).is_err() && guest.unlink(path).is_err(), "{path}");
        assert_eq!(guest.symlink("dir", &format!("{path}/x")), Err(Errno::Notcapable), "{path}");
        assert!(guest.rename("dir", path).is_err() && guest.link(path, "stolen").is_err(), "{path}");
    }
    assert_eq!(guest.symlink(&absolute, "link"), Err(Errno::Notcapable));
    // A link may hold anything relative, but following it does not lead out.
    guest.symlink(&format!("../{name}/secret"), "link").unwrap();
    assert_eq!(guest.open("link", 0, READ), Err(Errno::Notcapable));
    assert_eq!(std::fs::read(outside.path().join("secret")).unwrap(), b"s");
}

#[test]
fn paths_may_wander_inside() {
    let mut guest = Guest::new();
    guest.mkdir("dir").unwrap();
    guest.mkdir("dir/nested").unwrap();
    guest.open("dir/nested/file", CREATE, WRITE).unwrap();
    guest.open("dir/.//nested/../../dir/nested/../nested///./file", 0, READ).unwrap();
    let below = guest.open("dir", DIRECTORY, READ).unwrap();
    guest.open_with(below, "nested/file", 0, 0, READ, 0).unwrap();
    assert_eq!(guest.open_with(below, "../dir/nested/file", 0, 0, READ, 0), Err(Errno::Notcapable));
}

#[test]
fn odd_paths_are_errors() {
    let mut guest = Guest::new();
    guest.open("file", CREATE, WRITE).unwrap();
    assert_eq!(guest.open("", 0, READ), Err(Errno::Noent));
    assert_eq!(guest.open("file\0", 0, READ), Err(Errno::Inval));
    assert_eq!(guest.open("file/", 0, READ), Err(Errno::Notdir));
    assert_eq!(guest.open("file///", 0, READ), Err(Errno::Notdir));
    assert_eq!(guest.open("file/x", 0, READ), Err(Errno::Notdir));
    assert_eq!(guest.open(&"x".repeat(300), 0, READ), Err(Errno::Nametoolong));
    let long = u32::try_from(MEMORY_BYTES).unwrap() - PATH;
    assert_eq!(guest.call(|ctx, mem| ctx.path_unlink_file(mem, ROOT, PATH, long)), Err(Errno::Nametoolong));
    assert_eq!(guest.call(|ctx, mem| ctx.path_unlink_file(mem, ROOT, PATH, u32::MAX)), Err(Errno::Fault));
    guest.put(PATH, &[0xff, 0xfe]);
    assert_eq!(guest.call(|ctx, mem| ctx.path_unlink_file(mem, ROOT, PATH, 2)), Err(Errno::Ilseq));
    assert_eq!(guest.call(|ctx, mem| ctx.path_unlink_file(mem, 0, PATH, 2)), Err(Errno::Notdir));
    assert_eq!(guest.call(|ctx, mem| ctx.path_unlink_file(mem, 99, PATH, 2)), Err(Errno::Badf));
}

#[test]
fn links_are_followed_when_asked() {
    let mut guest = Guest::new();
    let fd = guest.open("file", CREATE, WRITE).unwrap();
    guest.write(fd, b"abc").unwrap();
    guest.symlink("file", "link").unwrap();
    assert_eq!(guest.stat("link", FOLLOW), Ok((4, 3)));
    assert_eq!(guest.stat("link", 0).map(|stat| stat.0), Ok(7));
    assert_eq!(guest.open_with(ROOT, "link", 0, 0, READ, 0), Err(Errno::Loop));
    guest.open("link", 0, READ).unwrap();
    guest.put(BUF, b"abc-");
    guest.at("link", |ctx, mem, fd, path, len| ctx.path_readlink(mem, fd, path, len, BUF, 3, RESULT)).unwrap();
    assert_eq!(guest.u32(), 3);
    assert_eq!(guest.call(|_, mem| mem.bytes(BUF, 4).unwrap().to_vec()), b"fil-");
    let on_file = guest.at("file", |ctx, mem, fd, path, len| ctx.path_readlink(mem, fd, path, len, BUF, 9, RESULT));
    assert_eq!(on_file, Err(Errno::Inval));
    guest.symlink("loop_b", "loop_a").unwrap();
    guest.symlink("loop_a", "loop_b").unwrap();
    assert_eq!(guest.open("loop_a", 0, READ), Err(Errno::Loop));
    assert_eq!(guest.stat("loop_a", FOLLOW), Err(Errno::Loop));
    guest.unlink("loop_a").unwrap();
    assert_eq!(guest.open("loop_b", 0, READ), Err(Errno::Noent));
    assert_eq!(guest.symlink("x", "link"), Err(Errno::Exist));
}

#[test]
fn directories_come_and_go() {
    let mut guest = Guest::new();
    guest.mkdir("dir/").unwrap();
    assert_eq!(guest.mkdir("dir"), Err(Errno::Exist));
    guest.open("dir/file", CREATE, WRITE).unwrap();
    assert_eq!(guest.rmdir("dir"), Err(Errno::Notempty));
    assert!(matches!(guest.unlink("dir"), Err(Errno::Isdir | Errno::Perm)));
    assert_eq!(guest.rmdir("dir/file"), Err(Errno::Notdir));
    assert_eq!(guest.unlink("dir/file/"), Err(Errno::Notdir));
    guest.link("dir/file", "hard").unwrap();
    guest.stat("hard", 0).unwrap();
    assert_eq!(guest.u64(BUF + 24), 2);
    assert_eq!(guest.link("dir/file", "hard"), Err(Errno::Exist));
    assert_eq!(guest.link("dir/file", "new/"), Err(Errno::Noent));
    guest.rename("dir/file", "dir/moved").unwrap();
    assert_eq!(guest.rename("dir/file", "other"), Err(Errno::Noent));
    guest.unlink("dir/moved").unwrap();
    guest.rename("dir/", "renamed/").unwrap();
    guest.rename("renamed", "dir").unwrap();
    assert_eq!(guest.rename("hard/", "file"), Err(Errno::Notdir));
    assert_eq!(guest.rename("hard", "file/"), Err(Errno::Notdir));
    assert_eq!(guest.rename("hard", "dir"), Err(Errno::Isdir));
    assert_eq!(guest.rename("dir", "hard"), Err(Errno::Notdir));
    assert!(matches!(guest.rmdir("."), Err(Errno::Inval | Errno::Notempty | Errno::Busy)));
    guest.rmdir("dir/").unwrap();
    assert_eq!(guest.stat("dir", 0), Err(Errno::Noent));
}

#[test]
fn a_directory_is_not_a_stream() {
    let mut guest = Guest::new();
    assert_eq!(guest.read(ROOT, 1), Err(Errno::Badf));
    assert_eq!(guest.write(ROOT, b"x"), Err(Errno::Badf));
    assert_eq!(guest.seek(ROOT, 0, 1), Err(Errno::Badf));
    assert_eq!(guest.call(|ctx, mem| ctx.fd_sync(mem, ROOT)), Err(Errno::Badf));
    assert_eq!(guest.call(|ctx, mem| ctx.fd_fdstat_set_flags(mem, ROOT, 4)), Err(Errno::Badf));
    assert_eq!(guest.open(".", CREATE, WRITE), Err(Errno::Isdir));
    guest.open(".", 0, READ).unwrap();
    guest.call(|ctx, mem| ctx.fd_filestat_set_times(mem, ROOT, 3, 4, 5)).unwrap();
    guest.call(|ctx, mem| ctx.fd_filestat_get(mem, ROOT, BUF)).unwrap();
    assert_eq!((guest.u64(BUF + 16), guest.u64(BUF + 48)), (3, 4));
}

#[test]
fn preopened_directories_have_names() {
    let mut guest = Guest::new();
    guest.call(|ctx, mem| ctx.fd_prestat_get(mem, ROOT, RESULT)).unwrap();
    assert_eq!(guest.u64(RESULT), 1 << 32);
    guest.call(|ctx, mem| ctx.fd_prestat_dir_name(mem, ROOT, BUF, 2)).unwrap();
    assert_eq!(guest.call(|_, mem| mem.bytes(BUF, 2).unwrap().to_vec()), b"/\0");
    assert_eq!(guest.call(|ctx, mem| ctx.fd_prestat_dir_name(mem, ROOT, BUF, 0)), Err(Errno::Nametoolong));
    let below = guest.open(".", DIRECTORY, READ).unwrap();
    for fd in [0, 1, 2, below, 99] {
        assert_eq!(guest.call(|ctx, mem| ctx.fd_prestat_get(mem, fd, RESULT)), Err(Errno::Badf));
    }
}

/// Lists a directory as a C library does: a buffer of `buf_len` bytes, each time from the last complete entry on.
fn list(guest: &mut Guest, fd: u32, buf_len: u32) -> Vec<String> {
    let (mut names, mut cookie) = (Vec::new(), 0);
    loop {
        guest.call(|ctx, mem| ctx.fd_readdir(mem, fd, BUF, buf_len, cookie, RESULT)).unwrap();
        let used = guest.u32();
        let bytes = guest.call(|_, mem| mem.bytes(BUF, used).unwrap().to_vec());
        let mut rest = &bytes[..];
        while rest.len() >= 24 {
            let len = u32::from_le_bytes(rest[16..20].try_into().unwrap());
            let Some(name) = rest.get(24..24 + usize::try_from(len).unwrap()) else { break };
            names.push(String::from_utf8(name.to_vec()).unwrap());
            cookie = u64::from_le_bytes(rest[..8].try_into().unwrap());
            rest = &rest[24 + name.len()..];
        }
        if used < buf_len {
            return names;
        }
    }
}

#[test]
fn large_directories_are_listed_in_small_steps() {
    let mut guest = Guest::new();
    let names: Vec<_> = (0..500).map(|index| format!("file-{index:04}")).collect();
    for name in &names {
        std::fs::write(guest.dir.path().join(name), "").unwrap();
    }
    for buf_len in [40, 100, 4096, 40000] {
        let mut listed = list(&mut guest, ROOT, buf_len);
        assert_eq!(listed[..2], [".", ".."]);
        listed.drain(..2);
        listed.sort();
        assert_eq!(listed, names);
    }
    // A new listing starts at cookie 0; cookies beyond the end give nothing.
    guest.unlink("file-0000").unwrap();
    assert_eq!(list(&mut guest, ROOT, 4096).len(), 501);
    guest.call(|ctx, mem| ctx.fd_readdir(mem, ROOT, BUF, 64, u64::MAX, RESULT)).unwrap();
    assert_eq!(guest.u32(), 0);
    assert_eq!(guest.call(|ctx, mem| ctx.fd_readdir(mem, ROOT, BUF, u32::MAX, 0, RESULT)), Err(Errno::Fault));
    assert_eq!(guest.call(|ctx, mem| ctx.fd_readdir(mem, 0, BUF, 64, 0, RESULT)), Err(Errno::Notdir));
}

#[test]
fn entries_tell_inode_and_type() {
    let mut guest = Guest::new();
    guest.mkdir("dir").unwrap();
    guest.call(|ctx, mem| ctx.fd_readdir(mem, ROOT, BUF, 4096, 2, RESULT)).unwrap();
    assert_eq!(guest.u32(), 27);
    let (next, ino, kind) = (guest.u64(BUF), guest.u64(BUF + 8), guest.u64(BUF + 16));
    assert_eq!((next, kind & 0xff_ffff_ffff), (3, 0x03_0000_0003));
    guest.stat("dir", 0).unwrap();
    assert_eq!(guest.u64(BUF + 8), ino);
}
