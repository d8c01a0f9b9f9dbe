//! Who holds a file that is in use.

use std::path::Path;

/// The process that holds a lock on a file, as far as the system tells.
#[cfg(target_os = "linux")]
pub(super) fn holder(path: &Path) -> Option<String> {
    use std::fs;
    use std::os::unix::fs::MetadataExt;
    let inode = fs::metadata(path).ok()?.ino().to_string();
    let locks = fs::read_to_string("/proc/locks").ok()?;
    locks.lines().find_map(|line| {
        // 1: FLOCK  ADVISORY  WRITE 4711 08:01:131092 0 EOF
        let fields: Vec<&str> = line.split_whitespace().skip(1).collect();
        let [_, _, mode, pid, place, ..] = fields[..] else { return None };
        let pid: u32 = pid.parse().ok().filter(|pid| *pid > 0)?;
        (place.rsplit(':').next() == Some(&*inode)).then(|| {
            let verb = if mode == "READ" { "reads" } else { "writes" };
            let name = fs::read_to_string(format!("/proc/{pid}/comm")).unwrap_or_default();
            match name.trim() {
                "" => format!("process {pid} {verb} it"),
                name => format!("process {pid} ({name}) {verb} it"),
            }
        })
    })
}

/// The process that holds a lock on a file, as far as the system tells.
#[cfg(not(target_os = "linux"))]
pub(super) fn holder(_: &Path) -> Option<String> {
    None
}
