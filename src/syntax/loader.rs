//! Reading rule files and what they include.

use super::{RuleFile, read_program};
use crate::base::{Diagnostic, Location, SourceId, SourceMap, without_mark};
use crate::logic::Program;
use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

/// How many bytes a rule file may have.
pub const MAX_FILE_BYTES: u64 = 16 << 20;
/// How many files one call may read.
pub const MAX_FILES: usize = 10_000;
/// How deep includes may nest.
pub const MAX_INCLUDE_DEPTH: usize = 64;

/// A built-in rule file's text by its name.
type Builtin = fn(&str) -> Option<&'static str>;

/// Reads rule files; the only thing that does.
#[derive(Debug, Clone)]
pub struct Loader {
    builtin: Builtin,
    max_file_bytes: u64,
}

/// A file's identity, for reading it once and for finding cycles.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Builtin(String),
    /// The file, and the folder that its includes may not leave; both canonical.
    Disk(PathBuf, PathBuf),
}

struct Run<'a> {
    loader: &'a Loader,
    sources: &'a mut SourceMap,
    read: BTreeSet<PathBuf>,
    program: Program,
    found: Vec<Diagnostic>,
    /// Files being read, each with the include that led there.
    stack: Vec<(PathBuf, Option<Location>)>,
}

impl Loader {
    /// A loader that finds `builtin/NAME` by asking for `NAME`.
    pub fn new(builtin: Builtin) -> Loader {
        Loader { builtin, max_file_bytes: MAX_FILE_BYTES }
    }

    /// Allows files of at most so many bytes; [`MAX_FILE_BYTES`] at most.
    pub fn max_file_bytes(mut self, bytes: u64) -> Loader {
        self.max_file_bytes = bytes.min(MAX_FILE_BYTES);
        self
    }

    /// Reads files, or folders with all `.ron` files inside.
    pub fn load_files(
        &mut self,
        paths: &[PathBuf],
        sources: &mut SourceMap,
    ) -> Result<Program, Vec<Diagnostic>> {
        let (program, found) = self.read_files(paths, sources);
        if found.is_empty() { Ok(program) } else { Err(found) }
    }

    /// The same, with what can be read where not all can.
    pub fn read_files(&mut self, paths: &[PathBuf], sources: &mut SourceMap) -> (Program, Vec<Diagnostic>) {
        let mut run = Run::new(self, sources);
        for path in paths {
            run.start(path);
        }
        run.end()
    }

    /// Reads a rule file given as text, as far as it can be read; its includes
    /// name built-in files only.
    pub fn read_text(
        &mut self,
        name: &str,
        text: &str,
        sources: &mut SourceMap,
    ) -> (Program, Vec<Diagnostic>) {
        let mut run = Run::new(self, sources);
        let source = run.sources.add(name, text);
        let (file, found) = read_program(text, source);
        run.found.extend(found);
        run.includes(&Place::Builtin(name.to_owned()), name, &file);
        run.add(file, source);
        run.end()
    }

    /// Reads built-in files, named as in `builtin/NAME`, with or without the folder.
    pub fn read_builtin(&mut self, names: &[&str], sources: &mut SourceMap) -> (Program, Vec<Diagnostic>) {
        let mut run = Run::new(self, sources);
        for name in names {
            let name = name.strip_prefix("builtin/").unwrap_or(name);
            run.file(&Place::Builtin(name.to_owned()), &format!("builtin/{name}"), None);
        }
        run.end()
    }
}

impl<'a> Run<'a> {
    fn new(loader: &'a Loader, sources: &'a mut SourceMap) -> Run<'a> {
        let (read, program) = (BTreeSet::new(), Program::default());
        Run { loader, sources, read, program, found: Vec::new(), stack: Vec::new() }
    }

    fn end(mut self) -> (Program, Vec<Diagnostic>) {
        Diagnostic::sort(&mut self.found);
        (self.program, self.found)
    }

    fn start(&mut self, path: &Path) {
        let shown = path.display().to_string();
        let canonical = match path.canonicalize() {
            Ok(canonical) => canonical,
            Err(error) => return self.unreadable(&shown, None, &error.to_string()),
        };
        if !canonical.is_dir() {
            let root = canonical.parent().unwrap_or(Path::new("/")).to_owned();
            return self.file(&Place::Disk(canonical, root), &shown, None);
        }
        let mut files = Vec::new();
        if let Err(error) = list(path, 0, &mut files) {
            return self.unreadable(&shown, None, &error.to_string());
        }
        files.sort();
        if files.is_empty() {
            let message = format!("{shown}: no .ron files in this folder");
            self.say("E0111", None, message, "name a folder or file with rules");
        }
        for file in files {
            let shown = file.display().to_string();
            match file.canonicalize() {
                Ok(found) if !found.starts_with(&canonical) => self.escapes(&shown, None),
                Ok(found) => self.file(&Place::Disk(found, canonical.clone()), &shown, None),
                Err(error) => self.unreadable(&shown, None, &error.to_string()),
            }
        }
    }

    /// Tells of a file that isn't read, whatever may be in it.
    fn say(&mut self, code: &'static str, at: Option<Location>, message: String, help: &str) {
        let found = match at {
            Some(at) => Diagnostic::error(code, at, message),
            None => Diagnostic::without_place(code, message),
        };
        self.found.push(found.help(help));
        self.program.lost.anything();
    }

    fn unreadable(&mut self, shown: &str, at: Option<Location>, why: &str) {
        let message = format!("{shown} can't be read: {why}");
        self.say(
            "E0111",
            at,
            message,
            "check the path; includes are looked up beside the file that names them",
        );
    }

    fn escapes(&mut self, shown: &str, at: Option<Location>) {
        let message = format!("{shown} lies outside the folder of the rules");
        let help =
            "includes stay inside the folder that was named on the command line; move or copy the file there";
        self.say("E0116", at, message, help);
    }

    fn file(&mut self, place: &Place, shown: &str, at: Option<Location>) {
        let key = match place {
            Place::Builtin(name) => Path::new("builtin:").join(name),
            Place::Disk(path, _) => path.clone(),
        };
        if let Some(first) = self.stack.iter().position(|(file, _)| *file == key) {
            return self.cycle(first, shown, at);
        }
        if self.read.contains(&key) {
            return;
        }
        if self.read.len() == MAX_FILES {
            return self.say("E0112", at, format!("more than {MAX_FILES} files"), "join small files");
        }
        if self.stack.len() == MAX_INCLUDE_DEPTH {
            let message = format!("includes nest deeper than {MAX_INCLUDE_DEPTH} levels");
            return self.say("E0104", at, message, "include the files from one place");
        }
        self.read.insert(key.clone());
        let Some(text) = self.text(place, shown, at) else { return };
        let source = self.sources.add(shown, &*text);
        let (file, found) = read_program(&text, source);
        self.found.extend(found);
        self.stack.push((key, at));
        self.includes(place, shown, &file);
        self.stack.pop();
        self.add(file, source);
    }

    fn includes(&mut self, place: &Place, shown: &str, file: &RuleFile) {
        for include in &file.include {
            let (path, at) = (Path::new(&*include.path), Some(include.at));
            if let Ok(name) = path.strip_prefix("builtin") {
                let name = name.to_string_lossy().into_owned();
                self.file(&Place::Builtin(name.clone()), &format!("builtin/{name}"), at);
                continue;
            }
            let plain = path.components().all(|c| matches!(c, Component::Normal(_) | Component::CurDir));
            if !plain {
                self.escapes(&include.path, at);
                continue;
            }
            match place {
                Place::Builtin(name) => {
                    let beside = Path::new(name).with_file_name(path).to_string_lossy().into_owned();
                    let shown = format!("builtin/{beside}");
                    self.file(&Place::Builtin(beside), &shown, at);
                }
                Place::Disk(includer, root) => {
                    let shown = Path::new(shown).with_file_name(path).display().to_string();
                    match includer.with_file_name(path).canonicalize() {
                        Ok(found) if !found.starts_with(root) => self.escapes(&shown, at),
                        Ok(found) => self.file(&Place::Disk(found, root.clone()), &shown, at),
                        Err(error) => self.unreadable(&shown, at, &error.to_string()),
                    }
                }
            }
        }
    }

    fn cycle(&mut self, first: usize, shown: &str, at: Option<Location>) {
        let message = if first + 1 == self.stack.len() {
            format!("{shown} includes itself")
        } else {
            format!("{shown} includes itself by way of {} more", self.stack.len() - first - 1)
        };
        let mut found = match at {
            Some(at) => Diagnostic::error("E0115", at, message),
            None => Diagnostic::without_place("E0115", message),
        };
        for (_, at) in &self.stack[first + 1..] {
            if let Some(at) = at {
                found = found.label(*at, "on the way there");
            }
        }
        self.found.push(found.help("move what both need into a third file and include that"));
    }

    fn text(&mut self, place: &Place, shown: &str, at: Option<Location>) -> Option<String> {
        let bytes = match place {
            Place::Builtin(name) => match (self.loader.builtin)(name) {
                Some(text) => text.as_bytes().to_vec(),
                None => {
                    self.say(
                        "E0111",
                        at,
                        format!("there is no built-in file {name:?}"),
                        "builtin/base.ron is one",
                    );
                    return None;
                }
            },
            Place::Disk(path, _) => match self.bytes(path) {
                Ok(bytes) => bytes,
                Err(why) => {
                    self.unreadable(shown, at, &why);
                    return None;
                }
            },
        };
        let limit = self.loader.max_file_bytes;
        if bytes.len() as u64 > limit {
            let message = format!("{shown} has more than {limit} bytes");
            self.say("E0112", at, message, "split it over several files and include them");
            return None;
        }
        let text = match String::from_utf8(bytes) {
            Ok(text) => without_mark(text),
            Err(error) => {
                let offset = error.utf8_error().valid_up_to();
                let message = format!("{shown} is not UTF-8 text: byte {offset} doesn't fit");
                self.say("E0113", at, message, "save the file as UTF-8");
                return None;
            }
        };
        if text.trim().is_empty() {
            self.say("E0114", at, format!("{shown} is empty"), "write at least ()");
            return None;
        }
        Some(text)
    }

    fn bytes(&self, path: &Path) -> Result<Vec<u8>, String> {
        let file = fs::File::open(path).map_err(|e| e.to_string())?;
        let mut bytes = Vec::new();
        file.take(self.loader.max_file_bytes + 1).read_to_end(&mut bytes).map_err(|e| e.to_string())?;
        Ok(bytes)
    }

    /// Adds a file's own rules after those that it includes. Unnamed rules of
    /// several files are told apart by their file.
    fn add(&mut self, mut file: RuleFile, source: SourceId) {
        for rule in &mut file.program.rules {
            let taken = |r: &crate::logic::Rule| r.name.text == rule.name.text;
            if rule.name.at == rule.at && self.program.rules.iter().any(taken) {
                rule.name.text = format!("{} of {}", rule.name.text, self.sources.get(source).name).into();
            }
        }
        self.program.extend(file.program);
    }
}

fn list(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            if depth < MAX_INCLUDE_DEPTH {
                list(&path, depth + 1, files)?;
            }
        } else if path.extension().is_some_and(|e| e == "ron") {
            files.push(path);
        }
    }
    Ok(())
}
