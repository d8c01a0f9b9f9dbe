//! A disk that fails: at any call, or by losing power, when writes that were
//! not synced are dropped, reordered and torn.

use redb::StorageBackend;
use std::io;
use std::sync::{Arc, Mutex};

/// What is written or torn as one.
const SECTOR: usize = 512;

/// Numbers that look random and are the same each time.
#[derive(Debug, Clone)]
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, n: usize) -> usize {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ z >> 31) % n.max(1) as u64) as usize
    }
}

#[derive(Debug)]
enum Pending {
    Write(usize, Vec<u8>),
    Len(usize),
}

/// When calls fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failing {
    Never,
    /// This call, and no other.
    Once(u64),
    /// This call and all after it, as when power is lost.
    From(u64),
    /// This call and all later ones that write, as when the disk is full.
    Full(u64),
}

#[derive(Debug)]
struct State {
    /// What programs see.
    seen: Vec<u8>,
    /// What outlasts a loss of power.
    synced: Vec<u8>,
    pending: Vec<Pending>,
    calls: u64,
    failing: Failing,
}

/// The disk; clones are the same one.
#[derive(Debug, Clone)]
pub struct Shaky(Arc<Mutex<State>>);

impl Shaky {
    pub fn new(image: Vec<u8>, failing: Failing) -> Shaky {
        let synced = image.clone();
        Shaky(Arc::new(Mutex::new(State { seen: image, synced, pending: Vec::new(), calls: 0, failing })))
    }

    /// From now on all calls fail.
    pub fn die(&self) {
        self.0.lock().unwrap().failing = Failing::From(0);
    }

    /// Whether the call that fails came.
    pub fn failed(&self) -> bool {
        let state = self.0.lock().unwrap();
        match state.failing {
            Failing::Never => false,
            Failing::Once(at) | Failing::From(at) | Failing::Full(at) => state.calls > at,
        }
    }

    /// What programs see, as after a process died and the system lived on.
    pub fn image(&self) -> Vec<u8> {
        self.0.lock().unwrap().seen.clone()
    }

    /// What is there after power was lost.
    pub fn after_cut(&self, dice: &mut Dice) -> Vec<u8> {
        let mut state = self.0.lock().unwrap();
        let mut image = std::mem::take(&mut state.synced);
        let mut pending = std::mem::take(&mut state.pending);
        let keep = |image: &mut Vec<u8>, at: usize, data: &[u8]| {
            if image.len() < at + data.len() {
                image.resize(at + data.len(), 0);
            }
            image[at..at + data.len()].copy_from_slice(data);
        };
        // Some discs lose little, some nearly all.
        let luck = dice.below(11);
        while !pending.is_empty() {
            let next = pending.swap_remove(dice.below(pending.len()));
            if dice.below(10) >= luck {
                continue;
            }
            match next {
                Pending::Len(len) => image.resize(len, 0),
                Pending::Write(at, data) if dice.below(4) > 0 => keep(&mut image, at, &data),
                Pending::Write(at, data) => {
                    for (n, sector) in data.chunks(SECTOR).enumerate() {
                        if dice.below(2) == 0 {
                            keep(&mut image, at + n * SECTOR, sector);
                        }
                    }
                }
            }
        }
        image
    }

    fn call<T>(&self, writes: bool, run: impl FnOnce(&mut State) -> io::Result<T>) -> io::Result<T> {
        let mut state = self.0.lock().unwrap();
        let now = state.calls;
        state.calls += 1;
        let fails = match state.failing {
            Failing::Never => false,
            Failing::Once(at) => now == at,
            Failing::From(at) => now >= at,
            Failing::Full(at) => now >= at && writes,
        };
        if fails {
            return Err(io::Error::new(io::ErrorKind::StorageFull, "no space left"));
        }
        run(&mut state)
    }
}

impl StorageBackend for Shaky {
    fn len(&self) -> io::Result<u64> {
        self.call(false, |state| Ok(state.seen.len() as u64))
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        self.call(false, |state| {
            let from = offset as usize;
            let bytes = state.seen.get(from..from + out.len());
            out.copy_from_slice(bytes.ok_or(io::ErrorKind::UnexpectedEof)?);
            Ok(())
        })
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.call(true, |state| {
            state.seen.resize(len as usize, 0);
            state.pending.push(Pending::Len(len as usize));
            Ok(())
        })
    }

    fn sync_data(&self) -> io::Result<()> {
        self.call(true, |state| {
            state.pending.clear();
            state.synced.clone_from(&state.seen);
            Ok(())
        })
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        self.call(true, |state| {
            let from = offset as usize;
            if state.seen.len() < from + data.len() {
                state.seen.resize(from + data.len(), 0);
            }
            state.seen[from..from + data.len()].copy_from_slice(data);
            state.pending.push(Pending::Write(from, data.to_vec()));
            Ok(())
        })
    }
}
