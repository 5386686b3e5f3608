-- The database of dateline: one file that holds the documents as read, what was found in them, the events, and what
-- the researcher decided. This file is compiled into the program and is the only description of the database.
--
-- Conventions
--   day      a calendar day as the number of days since 1970-01-01 (proleptic Gregorian): date(day * 86400, 'unixepoch')
--            writes it as YYYY-MM-DD.
--   lo, hi   earliest and latest possible day of something, inclusive; NULL = open.
--   edtf     the same as EDTF text (ISO 8601-2), the form to cite.
--   start    first character of a stretch of document.text, counted from 0; end_ is one past the last, so that
--            substr(text, start + 1, end_ - start) gives its words. The program checks this for every mention it stores.
--   words    that take one of a few values are spelt in CHECK constraints.
-- Everything but curation, release and evidence is derived: `dateline build` can make it anew from the documents.
-- `user_version` is the version of this schema; `application_id` (0x44544C4E, "DTLN") says whose file it is.

-- ---------------------------------------------------------------------------------------------------------------------
-- Documents

-- One file, or one record of a collection, as it was read.
CREATE TABLE document (
    id INTEGER PRIMARY KEY,
    -- Its identifier: the cable number where it has one, else the file's stem. Copies of one cable share it.
    name TEXT NOT NULL,
    -- Where it was read from: the path as given, with # and the line for a record of a collection.
    source TEXT NOT NULL UNIQUE,
    -- The file's name without folder and extension.
    stem TEXT NOT NULL,
    -- SHA-256 of the bytes read, hexadecimal.
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    -- The rules and the program version that found its mentions; other rules mean that it is read again.
    rules TEXT NOT NULL,
    -- The reader that recognised it.
    format TEXT NOT NULL,
    title TEXT,
    author TEXT,
    -- Where it comes from: "Embassy Dushanbe", "Jamestown Monitor".
    origin TEXT,
    classification TEXT,
    -- The day that stands for the document, the days it may have been written on, and what that rests on.
    day INTEGER,
    lo INTEGER,
    hi INTEGER,
    date_basis TEXT,
    date_note TEXT,
    -- The text as read, whole and never changed.
    text TEXT NOT NULL,
    -- Name of the earlier document that it is a copy of, by its bytes or its words: together they are one source.
    copy_of TEXT,
    CHECK (lo IS NULL OR hi IS NULL OR lo <= hi)
) STRICT;
CREATE INDEX document_name ON document (name);
CREATE INDEX document_sha256 ON document (sha256);
CREATE INDEX document_day ON document (day);

-- What else the document's header and page say: tag, precedence, dtg, from, to, …; "warning" = what a reader should know.
CREATE TABLE doc_meta (
    document_id INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    ord INTEGER NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (document_id, ord)
) STRICT, WITHOUT ROWID;

-- Documents that it refers to ("REF: A. 06 TASHKENT 2332").
CREATE TABLE doc_ref (
    document_id INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    ord INTEGER NOT NULL,
    -- The letter by which the text calls it.
    letter TEXT,
    -- As written.
    text TEXT NOT NULL,
    -- The identifier of the cable, and the year it was sent, where they can be told.
    name TEXT,
    year INTEGER,
    PRIMARY KEY (document_id, ord)
) STRICT, WITHOUT ROWID;

-- Everything that claims to be the document's date, the best first; the first one is repeated in document.
CREATE TABLE doc_date (
    document_id INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    ord INTEGER NOT NULL,
    day INTEGER NOT NULL,
    lo INTEGER,
    hi INTEGER,
    -- header, date-time-group, posted, page-metadata, issue, latest-press, file-name, header-bounds
    basis TEXT NOT NULL,
    -- The words it was read from, or how it was inferred.
    note TEXT NOT NULL,
    PRIMARY KEY (document_id, ord)
) STRICT, WITHOUT ROWID;

-- Paragraphs, or parts of them in another zone. Header and boilerplate tell no events.
CREATE TABLE block (
    document_id INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    ord INTEGER NOT NULL,
    start INTEGER NOT NULL CHECK (start >= 0),
    end_ INTEGER NOT NULL,
    zone TEXT NOT NULL
        CHECK (zone IN ('header', 'summary', 'body', 'comment', 'note', 'caption', 'heading', 'boilerplate')),
    -- The paragraph's number and portion mark as printed.
    number INTEGER,
    marking TEXT,
    PRIMARY KEY (document_id, ord),
    CHECK (start <= end_)
) STRICT, WITHOUT ROWID;

-- Sentences, in order. Rows of sentence, timex and mention are numbered document * 2^24 + their place in the document.
CREATE TABLE sentence (
    id INTEGER PRIMARY KEY,
    document_id INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    ord INTEGER NOT NULL,
    -- Its paragraph: block.ord.
    block INTEGER NOT NULL,
    start INTEGER NOT NULL CHECK (start >= 0),
    end_ INTEGER NOT NULL,
    -- Its words on one line, for search and display; the words as read are in document.text.
    text TEXT NOT NULL,
    UNIQUE (document_id, ord),
    CHECK (start <= end_)
) STRICT;

-- Full-text search over sentences (content="…" written so that Datasette shows its search box): SELECT rowid FROM sentence_fts WHERE sentence_fts MATCH 'karshi'.
CREATE VIRTUAL TABLE sentence_fts USING fts5 (
    text, content="sentence", content_rowid = 'id', tokenize = "porter unicode61 remove_diacritics 2"
);
CREATE TRIGGER sentence_added AFTER INSERT ON sentence BEGIN
    INSERT INTO sentence_fts (rowid, text) VALUES (new.id, new.text);
END;
CREATE TRIGGER sentence_removed AFTER DELETE ON sentence BEGIN
    INSERT INTO sentence_fts (sentence_fts, rowid, text) VALUES ('delete', old.id, old.text);
END;
CREATE TRIGGER sentence_changed AFTER UPDATE ON sentence BEGIN
    INSERT INTO sentence_fts (sentence_fts, rowid, text) VALUES ('delete', old.id, old.text);
    INSERT INTO sentence_fts (rowid, text) VALUES (new.id, new.text);
END;

-- ---------------------------------------------------------------------------------------------------------------------
-- What the sentences say

-- Time expressions.
CREATE TABLE timex (
    id INTEGER PRIMARY KEY,
    document_id INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    sentence_id INTEGER NOT NULL REFERENCES sentence (id) ON DELETE CASCADE,
    start INTEGER NOT NULL CHECK (start >= 0),
    end_ INTEGER NOT NULL,
    -- The words as written.
    text TEXT NOT NULL,
    -- TIMEX3 type, value and modifier.
    kind TEXT NOT NULL CHECK (kind IN ('DATE', 'TIME', 'DURATION', 'SET')),
    value TEXT NOT NULL,
    modifier TEXT,
    -- The days it means, where that can be told.
    edtf TEXT,
    lo INTEGER,
    hi INTEGER,
    precision TEXT,
    -- How it bounds what it stands by: at, since, after, before, until, by.
    relation TEXT NOT NULL,
    -- 1 = the year was not written but taken from the anchor.
    year_implied INTEGER NOT NULL CHECK (year_implied IN (0, 1)),
    -- What it was resolved against, the rule that found it, the way from words to days, and a doubt worth telling.
    anchor TEXT NOT NULL,
    rule TEXT NOT NULL,
    trace TEXT NOT NULL,
    warning TEXT
) STRICT;
CREATE INDEX timex_document ON timex (document_id, start);
CREATE INDEX timex_sentence ON timex (sentence_id);

-- Accounts: one event as one sentence reports it. Never edited; decisions about them are in curation.
CREATE TABLE mention (
    id INTEGER PRIMARY KEY,
    document_id INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    sentence_id INTEGER REFERENCES sentence (id) ON DELETE CASCADE,
    -- Fingerprint of the evidence (document name, quote, its surroundings, trigger, family of types): the same after
    -- every build as long as the words are, whatever the row numbers. Copies of a document share it.
    fp TEXT NOT NULL CHECK (length(fp) = 32),
    -- The sentence's words as read, and where they stand.
    start INTEGER NOT NULL CHECK (start >= 0),
    end_ INTEGER NOT NULL,
    quote TEXT NOT NULL,
    -- The word that names the event, its place, and its lemma.
    trigger TEXT NOT NULL,
    trigger_start INTEGER NOT NULL,
    trigger_end INTEGER NOT NULL,
    lemma TEXT NOT NULL,
    -- Number and portion mark of the paragraph as printed, and its zone.
    paragraph INTEGER,
    marking TEXT,
    zone TEXT NOT NULL,
    -- PLOVER category and mode, project sub-type.
    type TEXT NOT NULL,
    mode TEXT,
    subtype TEXT,
    modality TEXT NOT NULL
        CHECK (modality IN ('asserted', 'reported', 'ongoing', 'future', 'hypothetical', 'negated')),
    -- On whose word: an actor's code, or the name as written.
    attributed_to TEXT,
    -- Where.
    place TEXT,
    country TEXT,
    lat REAL,
    lon REAL,
    -- When, and why: rule, anchor, one line from words to days, a doubt.
    edtf TEXT NOT NULL,
    lo INTEGER,
    hi INTEGER,
    precision TEXT NOT NULL,
    date_rule TEXT NOT NULL,
    date_anchor TEXT NOT NULL,
    date_trace TEXT NOT NULL,
    date_warning TEXT,
    -- The event of the lexicon that it names ("andijan-2005"), if any.
    named_event TEXT,
    -- One short sentence made from the parts.
    headline TEXT NOT NULL,
    -- 0..1: how much a historian would want it on a timeline; how likely it is right.
    salience REAL NOT NULL CHECK (salience BETWEEN 0 AND 1),
    confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    -- PLOVER contexts, as a JSON list: ["military", "diplomatic"].
    contexts TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(contexts)),
    CHECK (start <= trigger_start AND trigger_start <= trigger_end AND trigger_end <= end_),
    CHECK (lo IS NULL OR hi IS NULL OR lo <= hi)
) STRICT;
CREATE INDEX mention_document ON mention (document_id, start);
CREATE INDEX mention_sentence ON mention (sentence_id);
CREATE INDEX mention_fp ON mention (fp);

-- Who takes part in an account.
CREATE TABLE mention_actor (
    mention_id INTEGER NOT NULL REFERENCES mention (id) ON DELETE CASCADE,
    ord INTEGER NOT NULL,
    -- The most specific code, and the state or organisation it rolls up to.
    code TEXT NOT NULL,
    top TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('initiator', 'target', 'other')),
    -- The words that name it; empty where it is implied.
    text TEXT NOT NULL,
    PRIMARY KEY (mention_id, ord)
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------------------------------------------------------------
-- Events

-- What one or more accounts tell of, with the researcher's decisions applied.
CREATE TABLE event (
    -- Numbered in the order of time, by earliest (else latest) day, undated events last; with gaps, and anew whenever
    -- everything is merged. To cite an event, use uid.
    id INTEGER PRIMARY KEY,
    -- Stable identifier, the one to cite: the same after every build as long as most of its accounts are.
    uid TEXT NOT NULL UNIQUE,
    headline TEXT NOT NULL,
    type TEXT NOT NULL,
    mode TEXT,
    subtype TEXT,
    -- Quadrant and score of the type: −10 (worst conflict) to +10.
    quad TEXT NOT NULL CHECK (
        quad IN ('neutral', 'verbal-cooperation', 'material-cooperation', 'verbal-conflict', 'material-conflict')
    ),
    score REAL NOT NULL CHECK (score BETWEEN -10 AND 10),
    modality TEXT NOT NULL
        CHECK (modality IN ('asserted', 'reported', 'ongoing', 'future', 'hypothetical', 'negated')),
    place TEXT,
    country TEXT,
    lat REAL,
    lon REAL,
    -- When: the days that all compatible accounts allow.
    edtf TEXT NOT NULL,
    lo INTEGER,
    hi INTEGER,
    precision TEXT NOT NULL,
    date_trace TEXT NOT NULL,
    -- 1 = its accounts contradict each other's dates.
    conflict INTEGER NOT NULL CHECK (conflict IN (0, 1)),
    warning TEXT,
    named_event TEXT,
    salience REAL NOT NULL,
    confidence REAL NOT NULL,
    -- Number of accounts, of documents that tell of it, of independent sources.
    accounts INTEGER NOT NULL,
    documents INTEGER NOT NULL,
    sources INTEGER NOT NULL,
    -- Day of the first document that tells of it.
    first_report INTEGER,
    -- Whose word it is: machine = found and untouched; accepted, edited, rejected = by the researcher; manual = added.
    status TEXT NOT NULL CHECK (status IN ('machine', 'accepted', 'edited', 'manual', 'rejected')),
    -- PLOVER contexts of its accounts, each once, as a JSON list.
    contexts TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(contexts)),
    CHECK (lo IS NULL OR hi IS NULL OR lo <= hi)
) STRICT;
CREATE INDEX event_lo ON event (lo);
CREATE INDEX event_type ON event (type, lo);

-- The days of events as an R*Tree for questions of overlap; open ends are −2147483648 and 2147483647.
CREATE VIRTUAL TABLE event_span USING rtree_i32 (id, lo, hi);

-- Which accounts tell of which event. An account tells of one event.
CREATE TABLE event_mention (
    event_id INTEGER NOT NULL REFERENCES event (id) ON DELETE CASCADE,
    mention_id INTEGER NOT NULL UNIQUE REFERENCES mention (id) ON DELETE CASCADE,
    PRIMARY KEY (event_id, mention_id)
) STRICT, WITHOUT ROWID;

-- Who takes part in an event; each actor once in a role.
CREATE TABLE participation (
    event_id INTEGER NOT NULL REFERENCES event (id) ON DELETE CASCADE,
    ord INTEGER NOT NULL,
    code TEXT NOT NULL,
    top TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('initiator', 'target', 'other')),
    text TEXT NOT NULL,
    PRIMARY KEY (event_id, ord)
) STRICT, WITHOUT ROWID;
CREATE INDEX participation_top ON participation (top, event_id);
CREATE INDEX participation_code ON participation (code, event_id);

-- ---------------------------------------------------------------------------------------------------------------------
-- Actors: the lexicon that the database was built with

CREATE TABLE actor (
    code TEXT PRIMARY KEY,
    -- state, igo, office, person, group, construct, media, company; "found" = in the texts but not in the lexicon.
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    -- The state or organisation it rolls up to.
    top TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX actor_top ON actor (top);

-- Offices that persons held, and memberships of states in organisations, with their days.
CREATE TABLE actor_role (
    code TEXT NOT NULL REFERENCES actor (code) ON DELETE CASCADE,
    ord INTEGER NOT NULL,
    -- The office ("president"), or "member".
    role TEXT NOT NULL,
    -- The state whose office it is, or the organisation.
    of TEXT NOT NULL,
    lo INTEGER,
    hi INTEGER,
    PRIMARY KEY (code, ord)
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------------------------------------------------------------
-- What the researcher decided, and what was published

-- The ledger: decisions in the order they were taken. Append-only, replayed after every build.
CREATE TABLE curation (
    id INTEGER PRIMARY KEY,
    -- Hash of all that follows: names the decision in undo and in ledgers that go from one author to another.
    key TEXT NOT NULL UNIQUE,
    -- When (UTC, ISO 8601) and by whom.
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    op TEXT NOT NULL CHECK (op IN ('accept', 'reject', 'set', 'merge', 'split', 'link', 'add', 'note', 'undo')),
    -- The evidence it is about, as JSON: a list of {fp, doc, quote, trigger, family}. An event that was added by hand
    -- has no words: its evidence is {fp: key of the decision that added it}.
    evidence TEXT NOT NULL CHECK (json_valid(evidence)),
    -- What was decided, as JSON: the fields set, the other event's evidence, the text of a note.
    value TEXT NOT NULL CHECK (json_valid(value)),
    why TEXT
) STRICT;
CREATE TRIGGER curation_is_kept BEFORE DELETE ON curation BEGIN
    SELECT raise(ABORT, 'decisions are never deleted: use undo');
END;
CREATE TRIGGER curation_is_unchanged BEFORE UPDATE ON curation BEGIN
    SELECT raise(ABORT, 'decisions are never changed: use undo and decide again');
END;

-- What became of each decision at the last replay.
CREATE TABLE curation_state (
    curation_id INTEGER PRIMARY KEY REFERENCES curation (id) ON DELETE CASCADE,
    -- applied; undone = by a later undo; stale = its evidence is not found any more; void = overruled or without effect.
    state TEXT NOT NULL CHECK (state IN ('applied', 'undone', 'stale', 'void')),
    -- The event it was applied to.
    uid TEXT,
    note TEXT
) STRICT;

-- How events lie to each other, by the researcher's word.
CREATE TABLE event_relation (
    uid TEXT NOT NULL,
    relation TEXT NOT NULL CHECK (relation IN ('before', 'after', 'in-response-to', 'part-of', 'realises')),
    other_uid TEXT NOT NULL,
    curation_id INTEGER NOT NULL REFERENCES curation (id) ON DELETE CASCADE,
    PRIMARY KEY (uid, relation, other_uid)
) STRICT, WITHOUT ROWID;

-- Which event each piece of evidence belonged to at the last merge: from it, events keep their identifiers.
CREATE TABLE evidence (
    fp TEXT PRIMARY KEY,
    uid TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX evidence_uid ON evidence (uid);

-- Identifiers of events that now are part of another one.
CREATE TABLE event_alias (
    old_uid TEXT PRIMARY KEY,
    uid TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Frozen, citable states of the events.
CREATE TABLE release (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    at TEXT NOT NULL,
    -- The rules in force, and the newest decision in it.
    rules TEXT NOT NULL,
    curation_id INTEGER
) STRICT;

-- The events of a release as they were.
CREATE TABLE release_event (
    release_id INTEGER NOT NULL REFERENCES release (id) ON DELETE CASCADE,
    uid TEXT NOT NULL,
    -- The event, its actors, and its evidence (fingerprint and document) as JSON.
    event TEXT NOT NULL CHECK (json_valid(event)),
    evidence TEXT NOT NULL CHECK (json_valid(evidence)),
    PRIMARY KEY (release_id, uid)
) STRICT, WITHOUT ROWID;

-- The documents that a release rests on.
CREATE TABLE release_document (
    release_id INTEGER NOT NULL REFERENCES release (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (release_id, name, sha256)
) STRICT, WITHOUT ROWID;

-- The state of the database: rules (hash of rules and program version of the last build), events (current, or stale
-- while a build is under way or was interrupted), joined (JSON list of the decisions that merged events since
-- everything was merged last), merge-words (name and text of the files of the section `merge` in the rules folder of the
-- last build, as JSON).
CREATE TABLE state (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------------------------------------------------------------
-- Views: answers in plain SQL, and tables to browse in Datasette

-- The events that stand, in the order of time; undated ones last.
CREATE VIEW events AS
SELECT
    e.uid, e.edtf AS date,
    date(e.lo * 86400, 'unixepoch') AS earliest, date(e.hi * 86400, 'unixepoch') AS latest,
    e.precision, e.headline, e.type, e.mode, e.subtype, e.contexts, e.quad, e.score, e.modality,
    (SELECT group_concat(code, ';') FROM
        (SELECT code FROM participation p WHERE p.event_id = e.id AND role = 'initiator' ORDER BY ord)) AS initiators,
    (SELECT group_concat(code, ';') FROM
        (SELECT code FROM participation p WHERE p.event_id = e.id AND role = 'target' ORDER BY ord)) AS targets,
    e.place, e.country, e.lat AS latitude, e.lon AS longitude,
    e.accounts, e.documents, e.sources, e.conflict, e.warning, e.status, e.salience, e.confidence,
    date(e.first_report * 86400, 'unixepoch') AS first_report, e.date_trace
FROM event e
WHERE e.status <> 'rejected'
ORDER BY e.id;

-- Every account with its words, its document and the event it tells of.
CREATE VIEW accounts AS
SELECT
    e.uid AS event, e.headline AS event_headline, d.name AS document, d.title,
    date(d.day * 86400, 'unixepoch') AS document_date, m.paragraph, m.marking, m.zone, m.quote, m.trigger, m.headline,
    m.type, m.mode, m.subtype, m.contexts, m.modality, m.attributed_to, m.edtf AS date,
    date(m.lo * 86400, 'unixepoch') AS earliest, date(m.hi * 86400, 'unixepoch') AS latest,
    m.date_rule, m.date_anchor, m.date_trace, m.date_warning, m.place, m.confidence, m.fp, d.source, m.start, m.end_
FROM mention m
JOIN document d ON d.id = m.document_id
LEFT JOIN event_mention em ON em.mention_id = m.id
LEFT JOIN event e ON e.id = em.event_id
ORDER BY d.day, d.id, m.start, m.trigger_start;

-- Who did what to whom: a row for each pair of states or organisations in an event that stands and happened. Mutual
-- acts give both directions.
CREATE VIEW dyads AS
SELECT DISTINCT
    a.top AS actor, b.top AS target, e.uid, e.edtf AS date,
    date(e.lo * 86400, 'unixepoch') AS earliest, date(e.hi * 86400, 'unixepoch') AS latest,
    CAST(strftime('%Y', coalesce(e.lo, e.hi) * 86400, 'unixepoch') AS INTEGER) AS year,
    e.type, e.quad, e.score, e.headline, e.modality, e.sources
FROM event e
JOIN participation a ON a.event_id = e.id AND a.role = 'initiator'
JOIN participation b ON b.event_id = e.id AND b.top <> a.top AND b.role IN ('initiator', 'target')
WHERE e.status <> 'rejected' AND e.modality IN ('asserted', 'reported', 'ongoing');

-- Events by year of their earliest (else latest) day, with the tone of the year: an event whose days lie in several
-- years is counted in the first.
CREATE VIEW timeline AS
SELECT
    CAST(strftime('%Y', coalesce(lo, hi) * 86400, 'unixepoch') AS INTEGER) AS year,
    count(*) AS events, sum(precision = 'day') AS to_the_day, sum(conflict) AS contradictory,
    sum(quad LIKE '%cooperation') AS cooperation, sum(quad LIKE '%conflict') AS conflict,
    round(avg(score), 2) AS mean_score
FROM event
WHERE status <> 'rejected' AND modality IN ('asserted', 'reported', 'ongoing')
GROUP BY year;

-- The documents, with what each tells.
CREATE VIEW sources AS
SELECT
    d.name, d.title, d.author, d.origin, d.classification, date(d.day * 86400, 'unixepoch') AS date, d.date_basis,
    d.format, length(d.text) AS characters, d.copy_of,
    (SELECT count(*) FROM mention m WHERE m.document_id = d.id) AS accounts,
    (SELECT count(DISTINCT em.event_id) FROM mention m JOIN event_mention em ON em.mention_id = m.id
     WHERE m.document_id = d.id) AS events,
    d.source, d.sha256
FROM document d
ORDER BY d.day, d.name;
