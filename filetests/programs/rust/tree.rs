//! Builds a tree of files below the directory given as its first argument, walks it, packs it into one archive, unpacks that
//! elsewhere and compares: `std::fs` in both directions, paths, metadata, seeking, errors.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

fn walk(dir: &Path, visit: &mut dyn FnMut(&Path, &fs::Metadata) -> io::Result<()>) -> io::Result<()> {
    let mut entries = fs::read_dir(dir)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(|e| e.file_name());
    for entry in entries {
        let metadata = entry.metadata()?;
        visit(&entry.path(), &metadata)?;
        if metadata.is_dir() {
            walk(&entry.path(), visit)?;
        }
    }
    Ok(())
}

fn fletcher(data: &[u8]) -> u64 {
    let (a, b) = data.iter().fold((0u64, 0u64), |(a, b), &x| {
        let a = (a + u64::from(x)) % 0xffff_fffb;
        (a, (a + b) % 0xffff_fffb)
    });
    b << 32 | a
}

fn summary(dir: &Path) -> io::Result<Vec<(PathBuf, u64, u64)>> {
    let mut all = Vec::new();
    walk(dir, &mut |path, metadata| {
        let name = path.strip_prefix(dir).map_err(io::Error::other)?.to_owned();
        let sum = if metadata.is_file() { fletcher(&fs::read(path)?) } else { 0 };
        all.push((name, if metadata.is_file() { metadata.len() } else { 0 }, sum));
        Ok(())
    })?;
    Ok(all)
}

fn pack(dir: &Path, archive: &mut File) -> io::Result<u32> {
    let mut count = 0u32;
    archive.write_all(&count.to_le_bytes())?;
    walk(dir, &mut |path, metadata| {
        if metadata.is_file() {
            let name = path.strip_prefix(dir).map_err(io::Error::other)?.to_string_lossy().into_owned();
            let data = fs::read(path)?;
            archive.write_all(&u32::try_from(name.len()).unwrap().to_le_bytes())?;
            archive.write_all(&u32::try_from(data.len()).unwrap().to_le_bytes())?;
            archive.write_all(name.as_bytes())?;
            archive.write_all(&data)?;
            count += 1;
        }
        Ok(())
    })?;
    archive.seek(SeekFrom::Start(0))?;
    archive.write_all(&count.to_le_bytes())?;
    Ok(count)
}

fn number(from: &mut impl Read) -> io::Result<u32> {
    let mut word = [0; 4];
    from.read_exact(&mut word)?;
    Ok(u32::from_le_bytes(word))
}

fn unpack(archive: &mut File, dir: &Path) -> io::Result<()> {
    archive.rewind()?;
    for _ in 0..number(archive)? {
        let (name_len, data_len) = (number(archive)?, number(archive)?);
        let (mut name, mut data) = (vec![0; name_len as usize], vec![0; data_len as usize]);
        archive.read_exact(&mut name)?;
        archive.read_exact(&mut data)?;
        let path = dir.join(String::from_utf8(name).map_err(io::Error::other)?);
        fs::create_dir_all(path.parent().unwrap())?;
        fs::write(path, data)?;
    }
    Ok(())
}

fn main() -> io::Result<()> {
    let root = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "/".into()));
    let (source, copy) = (root.join("source"), root.join("copy"));
    for depth in 0..4u32 {
        let dir = (0..depth).fold(source.clone(), |dir, level| dir.join(format!("level-{level}")));
        fs::create_dir_all(&dir)?;
        for file in 0..=depth {
            let data: Vec<u8> = (0..file * 5000 + depth * 7).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
            fs::write(dir.join(format!("file-{file} \u{e9}.bin")), data)?;
        }
    }
    let before = summary(&source)?;
    for (name, len, sum) in &before {
        println!("{:<40} {len:>6} {sum:016x}", name.display());
    }
    let mut archive = OpenOptions::new().read(true).write(true).create_new(true).open(root.join("all.pack"))?;
    println!("packed {} files, {} bytes", pack(&source, &mut archive)?, archive.metadata()?.len());
    unpack(&mut archive, &copy)?;
    assert_eq!(summary(&copy)?, before);
    println!("the copy is equal");

    println!("missing: {:?}", File::open(root.join("missing")).unwrap_err().kind());
    println!("outside: {}", File::open(root.join("../../etc/passwd")).is_err());
    println!("not a directory: {:?}", fs::read_dir(root.join("all.pack")).map(|_| ()).unwrap_err().kind());
    println!("not empty: {}", fs::remove_dir(&copy).is_err());
    fs::rename(&copy, root.join("moved"))?;
    fs::remove_dir_all(root.join("moved"))?;
    fs::remove_dir_all(&source)?;
    fs::remove_file(root.join("all.pack"))?;
    println!("left: {}", fs::read_dir(&root)?.count());
    Ok(())
}
