//! Setting a database aside under a new name, with its log; and disks that a log does not work on.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// Returns the file beside the database at `path` whose name has `suffix` added.
pub fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path.as_os_str());
    name.push(suffix);
    PathBuf::from(name)
}

/// Moves the database at `path` to a name of its own, which is returned.
///
/// The log goes first under its new name and is removed under its old one last, so that a stop in between loses
/// neither: without its database a log is thrown away by whoever makes a new one.
pub fn set_aside(path: &Path) -> io::Result<PathBuf> {
    let aside = (1..=9999)
        .map(|number| beside(path, &format!(".damaged-{number}")))
        .find(|aside| aside.symlink_metadata().is_err())
        .unwrap_or_else(|| beside(path, ".damaged"));
    let log = beside(path, "-wal");
    if log.exists() {
        let kept = beside(&aside, "-wal");
        fs::hard_link(&log, &kept).or_else(|_| fs::copy(&log, &kept).map(drop))?;
    }
    fs::rename(path, &aside)?;
    for suffix in ["-wal", "-shm", "-journal"] {
        // The shared memory holds nothing of its own.
        let _ = fs::remove_file(beside(path, suffix));
    }
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        // Some file systems cannot sync a folder; the rename holds without it unless the power goes.
        let _ = fs::File::open(folder).and_then(|folder| folder.sync_all());
    }
    Ok(aside)
}

/// Reports whether `path` lies on a network file system, where programs on two machines share no memory for the log.
#[cfg(target_os = "linux")]
pub fn is_networked(path: &Path) -> bool {
    /// NFS, SMB, CIFS, SMB2, AFS, Coda, NCP, 9P, Ceph, FUSE programs aside (see `linux/magic.h`).
    const NETWORKED: [u64; 9] =
        [0x6969, 0x517b, 0xff53_4d42, 0xfe53_4d42, 0x5346_414f, 0x7375_7245, 0x564c, 0x0102_1997, 0x00c3_6400];
    rustix::fs::statfs(path)
        .is_ok_and(|found| u64::try_from(found.f_type).is_ok_and(|kind| NETWORKED.contains(&(kind & 0xffff_ffff))))
}

/// Reports that nothing is known of network file systems on this system.
#[cfg(not(target_os = "linux"))]
pub fn is_networked(_: &Path) -> bool {
    false
}
