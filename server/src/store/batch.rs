//! What several changes share: what they look at, read at once, and what they write, written at once.

use super::{
    StoreError, Tx,
    actions::{self, NewAction},
    cases::{self, Current, Written},
    commands::{self, CommandRow},
    figures,
    halls::{self, CounterRow, Counts},
    listen, serials,
    tickets::{self, Stored},
};
use domain::{
    figures::Figures,
    hall::Ticket,
    ids::{CaseId, CommandId, FileId, TicketId},
    time::Millis,
    unit::{FieldCode, UnitCode},
};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet, HashMap, hash_map::Entry};

/// What a change looks at; read for all changes of a transaction at once.
#[derive(Clone, Copy, Debug, Default)]
pub struct Needs {
    /// Its own id: it may have been made before.
    pub command: Option<CommandId>,
    /// The case that it makes or changes.
    pub case: Option<CaseId>,
    /// The ticket that it makes or changes.
    pub ticket: Option<TicketId>,
}

/// What is told after a commit.
#[derive(Debug, Default)]
pub struct News {
    /// What was written of cases, in the order of the log.
    pub written: Vec<Written>,
    /// The halls that have changed.
    pub halls: Vec<HallNews>,
}

/// What was written of a hall.
#[derive(Debug)]
pub struct HallNews {
    /// Whose hall.
    pub site: UnitCode,
    /// Its version now; one more than before.
    pub version: i64,
    /// Tickets as they are now.
    pub tickets: Vec<Stored>,
    /// Counters as they are now, with their day.
    pub counters: Vec<(Date, CounterRow)>,
}

/// A write transaction that several changes share: what they look at, and what they write.
#[derive(Debug)]
pub struct Batch {
    /// The transaction, for reading.
    pub tx: Tx,
    commands: HashMap<CommandId, CommandRow>,
    cases: HashMap<CaseId, Held>,
    new_commands: Vec<CommandRow>,
    new_actions: Vec<NewAction>,
    /// Cases that were written to, in the order in which they were first.
    touched: Vec<CaseId>,
    files: Vec<(FileId, CaseId)>,
    written: Vec<Written>,
    serials: HashMap<String, Serial>,
    figures: BTreeMap<(UnitCode, FieldCode, Date), Figures>,
    halls: BTreeMap<UnitCode, Counts>,
    tickets: HashMap<TicketId, HeldTicket>,
    /// Tickets to be written, in the order in which they were first touched.
    unwritten: Vec<TicketId>,
    /// Tickets that were written.
    changed: Vec<TicketId>,
    counters: Vec<(UnitCode, Date, CounterRow)>,
}

#[derive(Debug)]
struct HeldTicket {
    stored: Stored,
    /// Whether there is a row of it.
    known: bool,
}

#[derive(Debug)]
struct Held {
    current: Current,
    /// The version in the database; none for a new case.
    stored: Option<u32>,
    touched: bool,
}

#[derive(Debug)]
struct Serial {
    last: i64,
    stored: i64,
}

impl Batch {
    pub(super) fn new(tx: Tx) -> Self {
        Self {
            tx,
            commands: HashMap::new(),
            cases: HashMap::new(),
            new_commands: Vec::new(),
            new_actions: Vec::new(),
            touched: Vec::new(),
            files: Vec::new(),
            written: Vec::new(),
            serials: HashMap::new(),
            figures: BTreeMap::new(),
            halls: BTreeMap::new(),
            tickets: HashMap::new(),
            unwritten: Vec::new(),
            changed: Vec::new(),
            counters: Vec::new(),
        }
    }

    /// Reads what changes look at, as far as the batch does not hold it.
    pub(super) async fn read(&mut self, needs: &[Needs]) -> Result<(), StoreError> {
        let mut ids: Vec<CommandId> = needs.iter().filter_map(|needs| needs.command).collect();
        ids.retain(|id| !self.commands.contains_key(id));
        for row in commands::find_many(&mut self.tx, &ids).await? {
            self.commands.insert(row.id, row);
        }
        let mut ids: Vec<CaseId> = needs.iter().filter_map(|needs| needs.case).collect();
        ids.sort_unstable();
        ids.dedup();
        ids.retain(|id| !self.cases.contains_key(id));
        for current in cases::find_many(&mut self.tx, &ids).await? {
            let stored = Some(current.case.version);
            self.cases.insert(current.case.id, Held { current, stored, touched: false });
        }
        let mut ids: Vec<TicketId> = needs.iter().filter_map(|needs| needs.ticket).collect();
        ids.sort_unstable();
        ids.dedup();
        ids.retain(|id| !self.tickets.contains_key(id));
        for stored in tickets::find_many(&mut self.tx, &ids).await? {
            self.tickets.insert(stored.ticket.id, HeldTicket { stored, known: true });
        }
        Ok(())
    }

    /// A command that was made before.
    #[must_use]
    pub fn command(&self, id: CommandId) -> Option<&CommandRow> {
        self.commands.get(&id)
    }

    /// A case as it stands now, with what this batch has written.
    #[must_use]
    pub fn case(&self, id: CaseId) -> Option<&Current> {
        self.cases.get(&id).map(|held| &held.current)
    }

    /// A ticket as it stands now, with what this batch has written; only one that was named in [`Needs`].
    #[must_use]
    pub fn ticket(&self, id: TicketId) -> Option<&Ticket> {
        self.tickets.get(&id).map(|held| &held.stored.ticket)
    }

    /// What has counted up in a hall that is about to change: for the change to count on.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn hall(&mut self, site: &UnitCode) -> Result<&mut Counts, StoreError> {
        if !self.halls.contains_key(site) {
            let counts = halls::counts(&mut self.tx, site).await?;
            self.halls.insert(site.clone(), Counts { version: counts.version + 1, ..counts });
        }
        Ok(self.halls.entry(site.clone()).or_default())
    }

    /// Takes in a ticket, new or changed; `call_seq` when it was called just now.
    pub fn put_ticket(&mut self, ticket: Ticket, call_seq: Option<i64>) {
        let id = ticket.id;
        match self.tickets.entry(id) {
            Entry::Occupied(mut entry) => {
                let stored = &mut entry.get_mut().stored;
                *stored = Stored { ticket, call_seq: call_seq.unwrap_or(stored.call_seq) };
            }
            Entry::Vacant(entry) => {
                let stored = Stored { ticket, call_seq: call_seq.unwrap_or(0) };
                entry.insert(HeldTicket { stored, known: false });
            }
        }
        if !self.unwritten.contains(&id) {
            self.unwritten.push(id);
        }
    }

    /// Takes in a ticket that was read from a line.
    pub fn hold_ticket(&mut self, stored: Stored) {
        self.tickets.insert(stored.ticket.id, HeldTicket { stored, known: true });
    }

    /// Writes the tickets taken in so far, so that lines can be read.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn settle(&mut self) -> Result<(), StoreError> {
        let ids = std::mem::take(&mut self.unwritten);
        let held = ids.iter().filter_map(|id| self.tickets.get(id));
        let (old, new): (Vec<&HeldTicket>, Vec<&HeldTicket>) = held.partition(|held| held.known);
        let new: Vec<&Stored> = new.into_iter().map(|held| &held.stored).collect();
        if !new.is_empty() {
            tickets::insert(&mut self.tx, &new).await?;
        }
        for held in old {
            tickets::update(&mut self.tx, &held.stored).await?;
        }
        for id in ids {
            self.tickets.entry(id).and_modify(|held| held.known = true);
            self.changed.push(id);
        }
        Ok(())
    }

    /// Writes a counter.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn put_counter(
        &mut self,
        site: &UnitCode,
        day: Date,
        row: CounterRow,
    ) -> Result<(), StoreError> {
        halls::put_counter(&mut self.tx, site, day, row).await?;
        self.counters.push((site.clone(), day, row));
        Ok(())
    }

    /// Keeps a command that changed no case.
    pub fn keep(&mut self, command: CommandRow) {
        self.commands.insert(command.id, command.clone());
        self.new_commands.push(command);
    }

    /// The next number of a series. The first of a transaction comes from the database and holds the series;
    /// those after it follow on in memory.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn next_serial(&mut self, series: &str) -> Result<i64, StoreError> {
        if let Some(serial) = self.serials.get_mut(series) {
            serial.last += 1;
            return Ok(serial.last);
        }
        let last = serials::next(&mut self.tx, series).await?;
        self.serials.insert(series.to_owned(), Serial { last, stored: last });
        Ok(last)
    }

    /// Gives the last number of a series back: the change that asked for it is not made.
    pub fn give_back(&mut self, series: &str) {
        if let Some(serial) = self.serials.get_mut(series) {
            serial.last -= 1;
        }
    }

    /// Takes in what a change writes.
    pub(super) fn hold(
        &mut self,
        current: Current,
        action: NewAction,
        command: CommandRow,
        files: &[FileId],
    ) {
        let id = current.case.id;
        self.commands.insert(command.id, command.clone());
        self.new_commands.push(command);
        self.new_actions.push(action);
        self.files.extend(files.iter().map(|file| (*file, id)));
        match self.cases.entry(id) {
            Entry::Occupied(mut entry) => {
                let held = entry.get_mut();
                held.current = current;
                if !std::mem::replace(&mut held.touched, true) {
                    self.touched.push(id);
                }
            }
            Entry::Vacant(entry) => {
                entry.insert(Held { current, stored: None, touched: true });
                self.touched.push(id);
            }
        }
    }

    /// Takes in what is to be told after the commit.
    pub(super) fn tell(&mut self, written: Written) {
        self.written.push(written);
    }

    /// Adds to the day's figures.
    pub(super) fn count(&mut self, agency: UnitCode, field: FieldCode, at: Millis, figures: Figures) {
        if !figures.is_zero() {
            *self.figures.entry((agency, field, at.local().date())).or_default() += figures;
        }
    }

    /// Whether there is nothing to commit.
    pub(super) fn is_empty(&self) -> bool {
        self.new_commands.is_empty() && self.unwritten.is_empty() && self.tx.writes() == 0
    }

    /// Writes everything, and commits.
    pub(super) async fn finish(mut self) -> Result<News, StoreError> {
        self.settle().await?;
        for (series, serial) in &self.serials {
            if serial.last != serial.stored {
                serials::advance(&mut self.tx, series, serial.last).await?;
            }
        }
        commands::insert(&mut self.tx, &self.new_commands).await?;
        let touched = self.touched.iter().filter_map(|id| self.cases.get(id));
        let (new, old): (Vec<&Held>, Vec<&Held>) = touched.partition(|held| held.stored.is_none());
        let new: Vec<&Current> = new.into_iter().map(|held| &held.current).collect();
        cases::insert(&mut self.tx, &new).await?;
        for held in old {
            cases::update(&mut self.tx, &held.current, held.stored.unwrap_or(0)).await?;
        }
        let places = actions::insert(&mut self.tx, &self.new_actions).await?;
        for (file, case) in &self.files {
            cases::hold_file(&mut self.tx, *file, *case).await?;
        }
        for ((agency, field, day), sums) in &self.figures {
            figures::add(&mut self.tx, agency, field, *day, sums).await?;
        }
        for written in &mut self.written {
            written.pos = places.get(&(written.case, written.seq)).copied().unwrap_or(0);
        }
        if let Some(last) = self.written.last() {
            listen::notify(&mut self.tx, last.pos).await?;
        }
        for (site, counts) in &self.halls {
            halls::put_counts(&mut self.tx, site, *counts).await?;
        }
        let halls = self.halls.iter().map(|(site, counts)| self.hall_news(site, counts.version)).collect();
        self.tx.commit().await?;
        Ok(News { written: self.written, halls })
    }

    fn hall_news(&self, site: &UnitCode, version: i64) -> HallNews {
        let changed: BTreeSet<TicketId> = self.changed.iter().copied().collect();
        let held = changed.iter().filter_map(|id| self.tickets.get(id));
        let ours = held.map(|held| &held.stored).filter(|stored| stored.ticket.site == *site);
        let counters = self.counters.iter().filter(|(of, ..)| of == site);
        HallNews {
            tickets: ours.cloned().collect(),
            counters: counters.map(|(_, day, row)| (*day, *row)).collect(),
            version,
            site: site.clone(),
        }
    }
}
