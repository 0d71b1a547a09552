//! The reader's time zone: the one that the process runs in.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use crate::calendar::{UTC, Zone};

/// Largest file that is read as a time zone, in bytes.
const LARGEST: u64 = 1024 * 1024;
/// Where compiled time zones lie.
const FOLDERS: [&str; 3] = ["/usr/share/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo"];

/// Returns the zone that `TZ` names, else the machine's own, else UTC; looked up once.
#[must_use]
pub fn reader() -> &'static Zone {
    static READER: LazyLock<Zone> = LazyLock::new(|| {
        let named = std::env::var("TZ").ok();
        find(named.as_deref(), Path::new("/etc/localtime")).unwrap_or_else(|| UTC.clone())
    });
    &READER
}

/// Finds the zone that a value of `TZ` means: a name, a file or a POSIX rule, and where it is unset the one of the file
/// `machine`.
fn find(named: Option<&str>, machine: &Path) -> Option<Zone> {
    let Some(named) = named.map(|named| named.trim_start_matches(':')) else { return compiled(machine) };
    if named.is_empty() {
        return None;
    }
    let path = Path::new(named);
    if path.is_absolute() {
        return compiled(path);
    }
    let plain = path.components().all(|part| matches!(part, std::path::Component::Normal(_)));
    let files = FOLDERS.iter().filter(|_| plain).map(|folder| PathBuf::from(folder).join(path));
    files.into_iter().find_map(|file| compiled(&file)).or_else(|| Zone::posix(named))
}

fn compiled(path: &Path) -> Option<Zone> {
    let is_small = std::fs::metadata(path).is_ok_and(|about| about.is_file() && about.len() <= LARGEST);
    if !is_small {
        return None;
    }
    Zone::compiled(&path.to_string_lossy(), &std::fs::read(path).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::PartialDate;

    /// A file of version 2 with one rule and no transitions.
    fn compile(rule: &str, abbreviation: &str, seconds: i32) -> Vec<u8> {
        let block = |version: u8| {
            let mut block = [b"TZif".as_slice(), &[version], &[0; 15]].concat();
            let name = u32::try_from(abbreviation.len() + 1).unwrap();
            for count in [0, 0, 0, 0, 1, name] {
                block.extend(u32::to_be_bytes(count));
            }
            block.extend(seconds.to_be_bytes());
            block.extend([0, 0]);
            block.extend(abbreviation.as_bytes());
            block.push(0);
            block
        };
        [block(b'2').as_slice(), &block(b'2'), b"\n", rule.as_bytes(), b"\n"].concat()
    }

    #[test]
    fn the_zone_is_named_by_a_rule_a_file_or_the_machine() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("zone");
        std::fs::write(&file, compile("EET-2EEST,M3.5.0/3,M10.5.0/4", "EET", 7200)).unwrap();
        let none = folder.path().join("none");
        let stated = PartialDate::parse_iso("2020-09-11T22:30").unwrap();
        let shown = |zone: Option<Zone>| zone.map(|zone| zone.reckon(stated, 0).to_string());
        let local = Some("2020-09-12T01:30".to_owned());
        assert_eq!(shown(find(None, &file)), local);
        assert_eq!(shown(find(Some(file.to_str().unwrap()), &none)), local);
        assert_eq!(shown(find(Some(":EET-2EEST,M3.5.0/3,M10.5.0/4"), &none)), local);
        assert_eq!(shown(find(None, &none)), None);
        assert_eq!(shown(find(Some(""), &file)), None);
        assert_eq!(shown(find(Some("../../etc/passwd"), &file)), None);
        assert_eq!(shown(find(Some("no such zone"), &file)), None);
    }
}
