//! The command line as a user meets it: what is printed where, and exit codes.

mod ask;
mod base;
mod changes;
mod check;
mod eval;
mod extract;
mod hostile;
mod kill;
mod run;
mod seeds;
mod test;
mod why;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// What a run printed, and its exit code.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Runs `katak` in the project's folder.
pub(crate) fn katak(arguments: &[&str]) -> Ran {
    let output = Command::new(env!("CARGO_BIN_EXE_katak"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_remove("NO_COLOR")
        .output()
        .expect("the binary runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("katak prints UTF-8");
    Ran {
        code: output.status.code().expect("ended by itself"),
        out: text(output.stdout),
        err: text(output.stderr),
    }
}

/// A scratch folder with files in it.
pub(crate) struct Scratch(TempDir);

impl Scratch {
    pub(crate) fn new(files: &[(&str, &str)]) -> Scratch {
        let scratch = Scratch(tempfile::tempdir().expect("a scratch folder"));
        for (name, text) in files {
            scratch.write(name, text.as_bytes());
        }
        scratch
    }

    pub(crate) fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().expect("inside the folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }

    pub(crate) fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_str().expect("UTF-8").to_string()
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.path().join(name)).expect(name)
    }
}

/// The folder of the real articles, where it is there.
pub(crate) fn shared(part: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(part);
    if path.exists() {
        return Some(path);
    }
    eprintln!("skipped: ../shared/{part} is not there");
    None
}

/// Two partners with a common rival.
pub(crate) const TRIANGLE: &str = r#"(
    relations: [partner(a: entity, b: entity), rival(a: entity, b: entity), ally(a: entity, b: entity, against: entity)],
    rules: [(
        name: "allies",
        then: ally(a, b, r),
        when: [partner(a, b), rival(a, r), rival(b, r)],
        because: (en: "{a} and {b} stand against {r}", id: "{a} dan {b} melawan {r}"),
    )],
    facts: [partner("Katak", "Kodok"), rival("Katak", "Ular"), rival("Kodok", "Ular")],
)"#;
