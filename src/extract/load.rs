//! Reading the data: names, word classes, dates, zones, patterns.

use super::EntityKind;
use super::classes::{ClassSet, Classes, Cue, marks};
use super::cues::Cues;
use super::data::{DatesFile, Listed, ZonesFile};
use super::dates::Calendar;
use super::element::Past;
use super::extractor::Extractor;
use super::impossible::{Vocabulary, impossible, same_name};
use super::known::{HOME, Known, Sort, Texts};
use super::lexicon::{Given, Listing, place_of};
use super::lines::{LineSet, Lines, MOST_LINES};
use super::needs::AllNeeds;
use super::pattern::Pattern;
use super::phrases::Phrases;
use super::places::{File, Places};
use super::reading::{BYTES_PER_NAME, Class, Content, read_all};
use super::trie::Trie;
use super::triggers::Triggers;
use crate::article::ZoneWords;
use crate::base::{Diagnostic, SourceMap, without_mark};
use include_dir::{Dir, include_dir};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::path::Path;
use std::sync::OnceLock;

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/data/id");

/// About so many bytes of a lexicon make one entry.
const BYTES_PER_ENTRY: usize = 120;

impl Extractor {
    /// The extractor of the data that this crate carries.
    ///
    /// # Panics
    /// If that data is broken, which a test of this crate excludes.
    pub fn builtin() -> &'static Extractor {
        static EXTRACTOR: OnceLock<Extractor> = OnceLock::new();
        EXTRACTOR.get_or_init(|| {
            let mut files = Vec::new();
            collect(&BUILT_IN, &mut files);
            files.sort();
            let mut sources = SourceMap::new();
            Extractor::from_files(files, &mut sources)
                .unwrap_or_else(|errors| panic!("built-in data: {errors:?}"))
        })
    }

    /// The extractor of a folder with the same files as `data/id`.
    ///
    /// # Errors
    /// Everything that can't be read or doesn't fit together.
    pub fn load(dir: &Path, sources: &mut SourceMap) -> Result<Extractor, Vec<Diagnostic>> {
        let mut files = Vec::new();
        let mut errors = Vec::new();
        read_folder(dir, dir, 0, &mut files, &mut errors);
        files.sort();
        match errors.is_empty() {
            true => Extractor::from_files(files, sources),
            false => Err(errors),
        }
    }

    fn from_files(files: Vec<File>, sources: &mut SourceMap) -> Result<Extractor, Vec<Diagnostic>> {
        let mut loader = Loader::read(&files, sources)?;
        let home = loader.join();
        let no_sorts = loader.join_lines();
        let mut places = Places::new(&files, sources);
        let mut patterns = loader.patterns(&mut places);
        let Loader { mut trie, known, texts, classes, clashes, errors, dates, lines, zones, .. } = loader;
        let calendar = Calendar::new(&dates, &trie);
        if !errors.is_empty() {
            return Err(errors);
        }
        // Whichever file they stand in.
        patterns.sort_by_key(|pattern| pattern.fallback);
        let of = |fits: &dyn Fn(&Pattern) -> bool| {
            patterns.iter().filter(|p| fits(p)).fold(ClassSet::NONE, |set, p| set | p.trigger)
        };
        let all_triggers = of(&|_| true);
        let of_pairs = of(&|p| p.looks_back(Past::Pair));
        let nameless = of(&|p| p.needs.is_nameless());
        let triggers = of(&|p| !p.goes_on());
        let asked = patterns.iter().fold(ClassSet::NONE, |set, p| set | p.asked());
        trie.forgive(triggers, |word| calendar.begins(word));
        let needs = AllNeeds::of(patterns.iter().map(|p| &p.needs));
        let by_classes = Triggers::new(&patterns, [triggers, all_triggers], trie.class_sets());
        let told = [
            (!ClassSet::NONE, marks::OTHER),
            (triggers, marks::TRIGGER),
            (all_triggers, marks::LIVE),
            (asked, marks::ASKED),
            (of_pairs, marks::OF_PAIR),
            (nameless, marks::NAMELESS),
        ];
        trie.mark(|set| {
            let others = set.with_cues(Cue::NONE);
            let told = told.iter().filter(|(of, _)| others.meets(of));
            told.fold(Cue::NONE, |all, (_, mark)| all | *mark)
        });
        let [_, triggers, all_triggers, asked, of_pairs, nameless] =
            told.map(|(set, mark)| set.cues() | mark);
        Ok(Extractor {
            trie,
            known,
            home,
            texts,
            cues: Cues,
            calendar,
            lines,
            no_sorts,
            zones,
            needs,
            patterns,
            by_classes,
            triggers,
            all_triggers,
            asked,
            of_pairs,
            nameless,
            class_names: classes.names(),
            files,
            clashes,
        })
    }
}

#[derive(Default)]
struct Loader {
    trie: Trie,
    known: Vec<Known>,
    texts: Texts,
    classes: Classes,
    clashes: Vec<(String, u32, u32)>,
    errors: Vec<Diagnostic>,
    dates: DatesFile,
    lines: Lines,
    zones: ZoneWords,
    pattern_files: Vec<(usize, Vec<super::data::PatternEntry>)>,
    /// The file that is being read.
    file: usize,
    /// Forms of triggers that are not known, with file and trigger.
    forms: Vec<(usize, String, String)>,
    /// People of the lexicons and whom they act for.
    leaders: Vec<(u32, Box<str>)>,
    /// Companies and the states that they come from.
    homes: Vec<(u32, Box<str>)>,
    /// Regions of the lexicons and who governs them.
    regions: Vec<(u32, Box<str>)>,
    /// The sorts that the lexicons speak of, and which of them each entry is.
    sorts: Vec<Box<str>>,
    sorted: Vec<(u32, u32)>,
    /// Classes that the files name.
    given: ClassSet,
    /// Classes that have words.
    filled: ClassSet,
}

impl Loader {
    /// What the files hold.
    ///
    /// # Errors
    /// All that is wrong in them, and the word classes that are missing.
    fn read(files: &[File], sources: &mut SourceMap) -> Result<Loader, Vec<Diagnostic>> {
        let mut loader = Loader::default();
        let bytes = files.iter().map(|(_, text)| text.len()).sum::<usize>();
        loader.trie.reserve(bytes / BYTES_PER_NAME);
        loader.texts.reserve(bytes / BYTES_PER_NAME, bytes / 4);
        loader.known.reserve(bytes / BYTES_PER_ENTRY);
        let () = Cues::FIT;
        Cues::NAMES.iter().for_each(|name| {
            loader.classes.add(name);
        });
        let vocabulary = read_all(files, |n, file, content| {
            loader.file = n;
            let done = content
                .map_err(|refused| refused.told(file, sources))
                .and_then(|content| loader.content(content));
            loader.errors.extend(done.err());
        });
        loader.trie.finish(vocabulary);
        // What a broken file would define is missing everywhere else: that says nothing new.
        if !loader.errors.is_empty() {
            return Err(loader.errors);
        }
        for name in Cues::NAMES {
            if loader.classes.get(name) & loader.given == 0 {
                let message = format!("the word class \"{name}\" is missing");
                let missing = Diagnostic::without_place("E0703", message).help("define it in words.ron");
                loader.errors.push(missing);
            }
        }
        Ok(loader)
    }

    /// Joins people and firms with their states, regions with who governs them. Gives the state
    /// of the news.
    fn join(&mut self) -> Option<u32> {
        let Loader { known, texts, .. } = self;
        let texts = &*texts;
        let ids = |fits: &dyn Fn(&Known) -> bool| -> FxHashMap<&str, u32> {
            let fitting = (0u32..).zip(&*known).filter(|(_, k)| fits(k));
            fitting.map(|(id, k)| (k.name(texts), id)).collect()
        };
        let states = ids(&|k| k.state);
        let home = states.get(HOME).copied();
        let local = ids(&|k| k.sort == Sort::Entity(EntityKind::Government));
        for (firm, state) in self.homes.drain(..) {
            known[firm as usize].home = states.get(&*state).copied();
        }
        for (person, state) in self.leaders.drain(..) {
            known[person as usize].leads = states.get(&*state).copied();
        }
        for (place, government) in self.regions.drain(..) {
            let government = local.get(&*government).copied();
            known[place as usize].governed = government;
            government.into_iter().for_each(|id| known[id as usize].governs = true);
        }
        home
    }

    /// Tells each firm's lines of business by its sorts. Gives the sorts that no firm is of.
    fn join_lines(&mut self) -> Vec<Box<str>> {
        let lines: Vec<LineSet> = self.sorts.iter().map(|sort| self.lines.of_sort(sort)).collect();
        for (firm, sort) in self.sorted.drain(..) {
            self.known[firm as usize].lines |= lines[sort as usize];
        }
        let mut strange: Vec<Box<str>> = self.lines.sorts().map(Box::from).collect();
        strange.retain(|sort| !self.sorts.contains(sort));
        strange.sort_unstable();
        strange
    }

    /// The patterns; takes note of what is wrong in them and in the triggers.
    fn patterns(&mut self, places: &mut Places) -> Vec<Pattern> {
        for (file, trigger, form) in std::mem::take(&mut self.forms) {
            let message = format!("the form \"{form}\" of the trigger \"{trigger}\" is not known");
            let at = places.of(file, &[&trigger, &form]);
            let help = "forms are such as \"meN-kan\", \"di-\", \"ber-\", \"-\"";
            self.errors.push(Diagnostic::error("E0706", at, message).help(help));
        }
        let words = Vocabulary { classes: &self.classes, filled: self.filled, trie: &self.trie };
        let mut patterns: Vec<Pattern> = Vec::new();
        let mut named: FxHashMap<String, usize> = FxHashMap::default();
        let files = std::mem::take(&mut self.pattern_files);
        for (file, entry) in files.into_iter().flat_map(|(file, all)| all.into_iter().map(move |e| (file, e)))
        {
            let wrong = impossible(&entry, file, &words, places);
            let possible = wrong.is_empty();
            self.errors.extend(wrong);
            match Pattern::compile(&entry, &self.classes) {
                Ok(pattern) => patterns.push(pattern),
                Err(message) if possible => {
                    let at = places.of(file, &[&entry.name]);
                    let message = format!("the pattern \"{}\" can't be used: {message}", entry.name);
                    self.errors.push(Diagnostic::error("E0704", at, message));
                }
                Err(_) => {}
            }
            match named.get(&entry.name) {
                Some(first) => {
                    let first = places.of(*first, &[&entry.name]);
                    let at = places.of(file, &[&entry.name, &entry.name]);
                    self.errors.push(same_name(&entry.name, at, first));
                }
                None => {
                    named.insert(entry.name, file);
                }
            }
        }
        patterns
    }

    fn content(&mut self, content: Content) -> Result<(), Diagnostic> {
        match content {
            Content::Lexicon(file) => return self.lexicon(file),
            Content::Words(classes) => return classes.iter().try_for_each(|c| self.class(c)),
            Content::Triggers(file) => {
                file.real_words.iter().for_each(|word| self.trie.add_phrase(word, ClassSet::NONE));
                let wrong = file.wrong.into_iter().map(|(trigger, form)| (self.file, trigger, form));
                self.forms.extend(wrong);
                return file.classes.iter().try_for_each(|c| self.class(c));
            }
            Content::Dates(file, words) => {
                words.iter().for_each(|word| self.trie.add_phrase(word, ClassSet::NONE));
                self.dates = file;
            }
            Content::Lines(file, words) => {
                if file.lines.len() > MOST_LINES {
                    let message = format!("there are more than {MOST_LINES} lines of business");
                    return Err(Diagnostic::without_place("E0709", message));
                }
                self.lines = Lines::new(self.file, &file.lines, &words);
            }
            Content::Zones(file) => {
                let ZonesFile { related, boilerplate, notices, headline_small, .. } = file;
                self.zones = ZoneWords { related, boilerplate, notices, headline_small };
            }
            Content::Patterns(file) => self.pattern_files.push((self.file, file.patterns)),
        }
        Ok(())
    }

    fn class(&mut self, class: &Class) -> Result<(), Diagnostic> {
        let Some(bit) = self.classes.add(&class.name) else {
            let message = format!("there are more than {} word classes", ClassSet::MOST);
            return Err(Diagnostic::without_place("E0705", message));
        };
        self.given |= bit;
        self.filled |= if class.words.len() == 0 { ClassSet::NONE } else { bit };
        class.words.iter().for_each(|words| self.trie.add_phrase(words, bit));
        Ok(())
    }

    fn lexicon(&mut self, file: Listing) -> Result<(), Diagnostic> {
        let sort = match file.kind {
            Listed::Company => Sort::Entity(EntityKind::Company),
            Listed::Government | Listed::Bloc => Sort::Entity(EntityKind::Government),
            Listed::Alliance => Sort::Entity(EntityKind::Alliance),
            Listed::Organisation => Sort::Entity(EntityKind::Organisation),
            Listed::Place => Sort::Place,
            Listed::Person => Sort::Person,
            Listed::NotAName => Sort::NotAName,
            Listed::PersonTitle => {
                let mut class = Class { name: "person_title".into(), words: Phrases::default() };
                let mut first = 0;
                for entry in &file.entries {
                    (first..first + entry.own).for_each(|n| class.words.push(file.cut.of(n as usize)));
                    first += entry.names + entry.products;
                }
                return self.class(&class);
            }
        };
        let mut cut = file.cut.iter();
        let mut first = self.texts.len();
        self.texts.append(&file.texts);
        let sorts: Vec<u32> = file.sorts.iter().map(|sort| place_of(&mut self.sorts, sort)).collect();
        for entry in file.entries {
            let count = entry.names + entry.products;
            let own = if entry.sorts.is_empty() { &file.common } else { &entry.sorts };
            let id = self.known.len() as u32;
            self.sorted.extend(own.iter().map(|sort| (id, sorts[*sort as usize])));
            self.entry(entry, first, sort, cut.by_ref().take(count as usize));
            if let Some(known) = self.known.last_mut() {
                known.bloc = file.kind == Listed::Bloc;
            }
            first += count;
        }
        Ok(())
    }

    fn entry<'c>(&mut self, given: Given, first: u32, sort: Sort, cut: impl Iterator<Item = &'c [u32]>) {
        let id = self.known.len() as u32;
        let Given { names, own, products, state, from, .. } = given;
        match (from, sort) {
            (Some(from), Sort::Person) => self.leaders.push((id, from)),
            (Some(from), Sort::Entity(EntityKind::Company)) => self.homes.push((id, from)),
            (Some(from), Sort::Place) => self.regions.push((id, from)),
            _ => {}
        }
        for (n, words) in (first..).zip(cut) {
            let alias = self.texts.of(n);
            if let Some(first) = self.trie.add_name(words, alias, id) {
                self.clashes.push((alias.to_string(), first, id));
            }
        }
        let file = self.file as u32;
        let made = OnceLock::new();
        let (leads, home, governed, governs) = (None, None, None, false);
        self.known.push(Known {
            sort,
            state,
            bloc: false,
            leads,
            home,
            governed,
            governs,
            lines: 0,
            file,
            first,
            names,
            products,
            own,
            made,
        });
    }
}

/// Whether a text is a lexicon, word list or pattern file, rather than rules.
pub fn is_extraction_data(text: &str) -> bool {
    let mut fields = text.lines().map(str::trim_start).filter(|l| !l.starts_with("//")).flat_map(|line| {
        [
            "entries:",
            "classes:",
            "triggers:",
            "patterns:",
            "months:",
            "lines:",
            "related:",
            "rules:",
            "relations:",
            "facts:",
        ]
        .into_iter()
        .filter(move |f| line.starts_with(f) || line.strip_prefix('(').is_some_and(|l| l.contains(f)))
    });
    fields.next().is_some_and(|f| !matches!(f, "rules:" | "relations:" | "facts:"))
}

fn collect(dir: &Dir<'static>, files: &mut Vec<File>) {
    for file in dir.files() {
        let name = file.path().to_string_lossy().replace('\\', "/");
        if let Some(text) = file.contents_utf8().filter(|_| name.ends_with(".ron")) {
            files.push((name, Cow::Borrowed(text)));
        }
    }
    dir.dirs().for_each(|d| collect(d, files));
}

fn read_folder(root: &Path, dir: &Path, depth: usize, files: &mut Vec<File>, errors: &mut Vec<Diagnostic>) {
    let mut fail = |path: &Path, what: String| {
        errors.push(Diagnostic::without_place("E0708", format!("{} {what}", path.display())));
    };
    let entries = match std::fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(e) => return fail(dir, format!("can't be read: {e}")),
    };
    let mut paths: Vec<_> = entries.filter_map(|e| e.ok().map(|e| e.path())).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() && depth < 4 {
            read_folder(root, &path, depth + 1, files, errors);
        } else if path.extension().is_some_and(|e| e == "ron") {
            match std::fs::read_to_string(&path) {
                Ok(text) => {
                    let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                    files.push((name, without_mark(text).into()));
                }
                Err(e) => errors.push(Diagnostic::without_place(
                    "E0708",
                    format!("{} can't be read: {e}", path.display()),
                )),
            }
        }
    }
}
