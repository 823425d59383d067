//! What a Rust program does with files, clocks and streams, through std. Panics where something is wrong; exits with 5.
use std::fs::*;
use std::io::*;
use std::time::*;
fn main() {
    println!("args {:?} HOME {:?}", std::env::args().collect::<Vec<_>>(), std::env::var("HOME"));
    create_dir_all("/a/b/c").unwrap();
    write("/a/b/c/f", "hello").unwrap();
    assert_eq!(read_to_string("/a/b/c/f").unwrap(), "hello");
    let mut f = OpenOptions::new().append(true).open("/a/b/c/f").unwrap();
    f.write_all(b" world").unwrap();
    drop(f);
    assert_eq!(metadata("/a/b/c/f").unwrap().len(), 11);
    rename("/a/b/c/f", "/a/g").unwrap();
    copy("/a/g", "/a/h").unwrap();
    hard_link("/a/g", "/a/i").unwrap();
    for i in 0..200 {
        File::create(format!("/a/b/x{i}")).unwrap();
    }
    assert_eq!(read_dir("/a/b").unwrap().map(|e| e.unwrap().file_type().unwrap()).filter(|t| t.is_file()).count(), 200);
    let mut f = OpenOptions::new().read(true).write(true).open("/a/g").unwrap();
    f.seek(SeekFrom::End(-5)).unwrap();
    let mut s = String::new();
    f.read_to_string(&mut s).unwrap();
    assert_eq!(s, "world");
    f.set_len(3).unwrap();
    f.sync_all().unwrap();
    drop(f);
    assert!(File::open("/a/none").unwrap_err().kind() == ErrorKind::NotFound);
    assert!(
        OpenOptions::new().write(true).create_new(true).open("/a/g").unwrap_err().kind() == ErrorKind::AlreadyExists
    );
    assert!(File::open("/../x").is_err());
    remove_dir_all("/a").unwrap();
    assert!(!exists("/a").unwrap());
    let t = Instant::now();
    std::thread::sleep(Duration::from_millis(15));
    assert!(t.elapsed() >= Duration::from_millis(15));
    let m: std::collections::HashMap<_, _> = [(1, 2)].into();
    assert_eq!(m[&1], 2);
    let mut line = String::new();
    stdin().read_line(&mut line).unwrap();
    println!("line {line:?}");
    eprintln!("done");
    std::process::exit(5);
}
