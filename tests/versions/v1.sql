-- A database of schema version 1, as text: tests/cli_versions.rs makes a file of it and opens that. Never edited.
CREATE TABLE document (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    source TEXT NOT NULL UNIQUE,
    stem TEXT NOT NULL,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    rules TEXT NOT NULL,
    format TEXT NOT NULL,
    title TEXT,
    author TEXT,
    origin TEXT,
    classification TEXT,
    day INTEGER,
    lo INTEGER,
    hi INTEGER,
    date_basis TEXT,
    date_note TEXT,
    text TEXT NOT NULL,
    CHECK (lo IS NULL OR hi IS NULL OR lo <= hi)
) STRICT;
CREATE INDEX document_name ON document (name);
CREATE INDEX document_sha256 ON document (sha256);
CREATE INDEX document_day ON document (day);
CREATE TABLE doc_meta (
    document_id INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    ord INTEGER NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (document_id, ord)
) STRICT, WITHOUT ROWID;
CREATE TABLE doc_ref (
    document_id INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    ord INTEGER NOT NULL,
    letter TEXT,
    text TEXT NOT NULL,
    name TEXT,
    year INTEGER,
    PRIMARY KEY (document_id, ord)
) STRICT, WITHOUT ROWID;
CREATE TABLE doc_date (
    document_id INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    ord INTEGER NOT NULL,
    day INTEGER NOT NULL,
    lo INTEGER,
    hi INTEGER,
    basis TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (document_id, ord)
) STRICT, WITHOUT ROWID;
CREATE TABLE block (
    document_id INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    ord INTEGER NOT NULL,
    start INTEGER NOT NULL CHECK (start >= 0),
    end_ INTEGER NOT NULL,
    zone TEXT NOT NULL
        CHECK (zone IN ('header', 'summary', 'body', 'comment', 'note', 'caption', 'heading', 'boilerplate')),
    number INTEGER,
    marking TEXT,
    PRIMARY KEY (document_id, ord),
    CHECK (start <= end_)
) STRICT, WITHOUT ROWID;
CREATE TABLE sentence (
    id INTEGER PRIMARY KEY,
    document_id INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    ord INTEGER NOT NULL,
    block INTEGER NOT NULL,
    start INTEGER NOT NULL CHECK (start >= 0),
    end_ INTEGER NOT NULL,
    text TEXT NOT NULL,
    UNIQUE (document_id, ord),
    CHECK (start <= end_)
) STRICT;
CREATE VIRTUAL TABLE sentence_fts USING fts5 (
    text, content = 'sentence', content_rowid = 'id', tokenize = "porter unicode61 remove_diacritics 2"
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
CREATE TABLE timex (
    id INTEGER PRIMARY KEY,
    document_id INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    sentence_id INTEGER NOT NULL REFERENCES sentence (id) ON DELETE CASCADE,
    start INTEGER NOT NULL CHECK (start >= 0),
    end_ INTEGER NOT NULL,
    text TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('DATE', 'TIME', 'DURATION', 'SET')),
    value TEXT NOT NULL,
    modifier TEXT,
    edtf TEXT,
    lo INTEGER,
    hi INTEGER,
    precision TEXT,
    relation TEXT NOT NULL,
    year_implied INTEGER NOT NULL CHECK (year_implied IN (0, 1)),
    anchor TEXT NOT NULL,
    rule TEXT NOT NULL,
    trace TEXT NOT NULL,
    warning TEXT
) STRICT;
CREATE INDEX timex_document ON timex (document_id, start);
CREATE INDEX timex_sentence ON timex (sentence_id);
CREATE TABLE mention (
    id INTEGER PRIMARY KEY,
    document_id INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    sentence_id INTEGER REFERENCES sentence (id) ON DELETE CASCADE,
    fp TEXT NOT NULL CHECK (length(fp) = 32),
    start INTEGER NOT NULL CHECK (start >= 0),
    end_ INTEGER NOT NULL,
    quote TEXT NOT NULL,
    trigger TEXT NOT NULL,
    trigger_start INTEGER NOT NULL,
    trigger_end INTEGER NOT NULL,
    lemma TEXT NOT NULL,
    paragraph INTEGER,
    marking TEXT,
    zone TEXT NOT NULL,
    type TEXT NOT NULL,
    mode TEXT,
    subtype TEXT,
    modality TEXT NOT NULL
        CHECK (modality IN ('asserted', 'reported', 'ongoing', 'future', 'hypothetical', 'negated')),
    attributed_to TEXT,
    place TEXT,
    country TEXT,
    lat REAL,
    lon REAL,
    edtf TEXT NOT NULL,
    lo INTEGER,
    hi INTEGER,
    precision TEXT NOT NULL,
    date_rule TEXT NOT NULL,
    date_anchor TEXT NOT NULL,
    date_trace TEXT NOT NULL,
    date_warning TEXT,
    named_event TEXT,
    headline TEXT NOT NULL,
    salience REAL NOT NULL CHECK (salience BETWEEN 0 AND 1),
    confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    CHECK (start <= trigger_start AND trigger_start <= trigger_end AND trigger_end <= end_),
    CHECK (lo IS NULL OR hi IS NULL OR lo <= hi)
) STRICT;
CREATE INDEX mention_document ON mention (document_id, start);
CREATE INDEX mention_sentence ON mention (sentence_id);
CREATE INDEX mention_fp ON mention (fp);
CREATE TABLE mention_actor (
    mention_id INTEGER NOT NULL REFERENCES mention (id) ON DELETE CASCADE,
    ord INTEGER NOT NULL,
    code TEXT NOT NULL,
    top TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('initiator', 'target', 'other')),
    text TEXT NOT NULL,
    PRIMARY KEY (mention_id, ord)
) STRICT, WITHOUT ROWID;
CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    headline TEXT NOT NULL,
    type TEXT NOT NULL,
    mode TEXT,
    subtype TEXT,
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
    edtf TEXT NOT NULL,
    lo INTEGER,
    hi INTEGER,
    precision TEXT NOT NULL,
    date_trace TEXT NOT NULL,
    conflict INTEGER NOT NULL CHECK (conflict IN (0, 1)),
    warning TEXT,
    named_event TEXT,
    salience REAL NOT NULL,
    confidence REAL NOT NULL,
    accounts INTEGER NOT NULL,
    documents INTEGER NOT NULL,
    sources INTEGER NOT NULL,
    first_report INTEGER,
    status TEXT NOT NULL CHECK (status IN ('machine', 'accepted', 'edited', 'manual', 'rejected')),
    CHECK (lo IS NULL OR hi IS NULL OR lo <= hi)
) STRICT;
CREATE INDEX event_lo ON event (lo);
CREATE INDEX event_type ON event (type, lo);
CREATE VIRTUAL TABLE event_span USING rtree_i32 (id, lo, hi);
CREATE TABLE event_mention (
    event_id INTEGER NOT NULL REFERENCES event (id) ON DELETE CASCADE,
    mention_id INTEGER NOT NULL UNIQUE REFERENCES mention (id) ON DELETE CASCADE,
    PRIMARY KEY (event_id, mention_id)
) STRICT, WITHOUT ROWID;
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
CREATE TABLE actor (
    code TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    top TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX actor_top ON actor (top);
CREATE TABLE actor_role (
    code TEXT NOT NULL REFERENCES actor (code) ON DELETE CASCADE,
    ord INTEGER NOT NULL,
    role TEXT NOT NULL,
    of TEXT NOT NULL,
    lo INTEGER,
    hi INTEGER,
    PRIMARY KEY (code, ord)
) STRICT, WITHOUT ROWID;
CREATE TABLE curation (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    op TEXT NOT NULL CHECK (op IN ('accept', 'reject', 'set', 'merge', 'split', 'link', 'add', 'note', 'undo')),
    evidence TEXT NOT NULL CHECK (json_valid(evidence)),
    value TEXT NOT NULL CHECK (json_valid(value)),
    why TEXT
) STRICT;
CREATE TRIGGER curation_is_kept BEFORE DELETE ON curation BEGIN
    SELECT raise(ABORT, 'decisions are never deleted: use undo');
END;
CREATE TRIGGER curation_is_unchanged BEFORE UPDATE ON curation BEGIN
    SELECT raise(ABORT, 'decisions are never changed: use undo and decide again');
END;
CREATE TABLE curation_state (
    curation_id INTEGER PRIMARY KEY REFERENCES curation (id) ON DELETE CASCADE,
    state TEXT NOT NULL CHECK (state IN ('applied', 'undone', 'stale', 'void')),
    uid TEXT,
    note TEXT
) STRICT;
CREATE TABLE event_relation (
    uid TEXT NOT NULL,
    relation TEXT NOT NULL CHECK (relation IN ('before', 'after', 'in-response-to', 'part-of', 'realises')),
    other_uid TEXT NOT NULL,
    curation_id INTEGER NOT NULL REFERENCES curation (id) ON DELETE CASCADE,
    PRIMARY KEY (uid, relation, other_uid)
) STRICT, WITHOUT ROWID;
CREATE TABLE evidence (
    fp TEXT PRIMARY KEY,
    uid TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX evidence_uid ON evidence (uid);
CREATE TABLE event_alias (
    old_uid TEXT PRIMARY KEY,
    uid TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE release (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    at TEXT NOT NULL,
    rules TEXT NOT NULL,
    curation_id INTEGER
) STRICT;
CREATE TABLE release_event (
    release_id INTEGER NOT NULL REFERENCES release (id) ON DELETE CASCADE,
    uid TEXT NOT NULL,
    event TEXT NOT NULL CHECK (json_valid(event)),
    evidence TEXT NOT NULL CHECK (json_valid(evidence)),
    PRIMARY KEY (release_id, uid)
) STRICT, WITHOUT ROWID;
CREATE TABLE release_document (
    release_id INTEGER NOT NULL REFERENCES release (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (release_id, name, sha256)
) STRICT, WITHOUT ROWID;
CREATE TABLE state (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE VIEW events AS
SELECT
    e.uid, e.edtf AS date,
    date(e.lo * 86400, 'unixepoch') AS earliest, date(e.hi * 86400, 'unixepoch') AS latest,
    e.precision, e.headline, e.type, e.mode, e.subtype, e.quad, e.score, e.modality,
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
CREATE VIEW accounts AS
SELECT
    e.uid AS event, e.headline AS event_headline, d.name AS document, d.title,
    date(d.day * 86400, 'unixepoch') AS document_date, m.paragraph, m.marking, m.zone, m.quote, m.trigger, m.headline,
    m.type, m.subtype, m.modality, m.attributed_to, m.edtf AS date,
    date(m.lo * 86400, 'unixepoch') AS earliest, date(m.hi * 86400, 'unixepoch') AS latest,
    m.date_rule, m.date_anchor, m.date_trace, m.date_warning, m.place, m.confidence, m.fp, d.source, m.start, m.end_
FROM mention m
JOIN document d ON d.id = m.document_id
LEFT JOIN event_mention em ON em.mention_id = m.id
LEFT JOIN event e ON e.id = em.event_id
ORDER BY d.day, d.id, m.start, m.trigger_start;
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
CREATE VIEW timeline AS
SELECT
    CAST(strftime('%Y', coalesce(lo, hi) * 86400, 'unixepoch') AS INTEGER) AS year,
    count(*) AS events, sum(precision = 'day') AS to_the_day, sum(conflict) AS contradictory,
    sum(quad LIKE '%cooperation') AS cooperation, sum(quad LIKE '%conflict') AS conflict,
    round(avg(score), 2) AS mean_score
FROM event
WHERE status <> 'rejected' AND modality IN ('asserted', 'reported', 'ongoing')
GROUP BY year;
CREATE VIEW sources AS
SELECT
    d.name, d.title, d.author, d.origin, d.classification, date(d.day * 86400, 'unixepoch') AS date, d.date_basis,
    d.format, length(d.text) AS characters,
    (SELECT count(*) FROM mention m WHERE m.document_id = d.id) AS accounts,
    (SELECT count(DISTINCT em.event_id) FROM mention m JOIN event_mention em ON em.mention_id = m.id
     WHERE m.document_id = d.id) AS events,
    d.source, d.sha256
FROM document d
ORDER BY d.day, d.name;
PRAGMA application_id = 1146375246;
PRAGMA user_version = 1;
INSERT INTO document VALUES(1,'letter','docs/letter.txt','letter','fb5225954fd4d90e25a75813de375835023babb479156852d32317ffc2c47a1c','0.1.0 2d801e80c04eaa6ee5cf8506ef6f88c8c710f8ea3ff262721e708dd833b7ed64','plain-text','A letter from the north',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,replace('A letter from the north\n\nRussia and Uzbekistan signed a treaty in May 1994. In 2005 Uzbekistan expelled American troops from Karshi-Khanabad.\n','\n',char(10)));
INSERT INTO document VALUES(2,'visits','docs/visits.txt','visits','1eb2dc7ae3c7ad565ce8e2cc61e6de07ab5ab565d3d2079f5c1ab7d1a9a6db3e','0.1.0 2d801e80c04eaa6ee5cf8506ef6f88c8c710f8ea3ff262721e708dd833b7ed64','plain-text','Notes on two visits',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,replace('Notes on two visits\n\nOn 7 June 1999 the Russian defense minister visited Uzbekistan.\nUzbekistan and Russia signed a treaty in Moscow on 3 May 1994.\n','\n',char(10)));
INSERT INTO doc_meta VALUES(1,0,'fingerprint','dae7b6f4ef00905c-14-');
INSERT INTO doc_meta VALUES(2,0,'fingerprint','daeac690510c8016-18-');
INSERT INTO block VALUES(1,0,0,23,'header',NULL,NULL);
INSERT INTO block VALUES(1,1,25,141,'body',NULL,NULL);
INSERT INTO block VALUES(2,0,0,19,'header',NULL,NULL);
INSERT INTO block VALUES(2,1,21,147,'body',NULL,NULL);
INSERT INTO sentence VALUES(16777216,1,0,0,0,23,'A letter from the north');
INSERT INTO sentence VALUES(16777217,1,1,1,25,75,'Russia and Uzbekistan signed a treaty in May 1994.');
INSERT INTO sentence VALUES(16777218,1,2,1,76,141,'In 2005 Uzbekistan expelled American troops from Karshi-Khanabad.');
INSERT INTO sentence VALUES(33554432,2,0,0,0,19,'Notes on two visits');
INSERT INTO sentence VALUES(33554433,2,1,1,21,84,'On 7 June 1999 the Russian defense minister visited Uzbekistan.');
INSERT INTO sentence VALUES(33554434,2,2,1,85,147,'Uzbekistan and Russia signed a treaty in Moscow on 3 May 1994.');
INSERT INTO timex VALUES(16777216,1,16777217,66,74,'May 1994','DATE','1994-05',NULL,'1994-05',8886,8916,'month','at',0,'none','month-year','"May 1994" → month-year → none → 1994-05',NULL);
INSERT INTO timex VALUES(16777217,1,16777218,79,83,'2005','DATE','2005',NULL,'2005',12784,13148,'year','at',0,'none','year-told','"2005" → year-told → none → 2005',NULL);
INSERT INTO timex VALUES(33554432,2,33554433,24,35,'7 June 1999','DATE','1999-06-07',NULL,'1999-06-07',10749,10749,'day','at',0,'none','day-month-year','"7 June 1999" → day-month-year → none → 1999-06-07',NULL);
INSERT INTO timex VALUES(33554433,2,33554434,136,146,'3 May 1994','DATE','1994-05-03',NULL,'1994-05-03',8888,8888,'day','at',0,'none','day-month-year','"3 May 1994" → day-month-year → none → 1994-05-03',NULL);
INSERT INTO mention VALUES(16777216,1,16777217,'74549f8b154d36ca61af7439f78c119e',25,75,'Russia and Uzbekistan signed a treaty in May 1994.','signed',47,53,'sign',NULL,NULL,'body','AGREE',NULL,'treaty.sign','asserted',NULL,NULL,NULL,NULL,NULL,'1994-05',8886,8916,'month','bound-timex','none','"May 1994" → month-year → none → 1994-05',NULL,NULL,'Russia and Uzbekistan sign a treaty',0.93000000000000004884,0.82999999999999996003);
INSERT INTO mention VALUES(16777217,1,16777218,'e2dfbf80c7cd2a338b50fde0067c2be4',76,141,'In 2005 Uzbekistan expelled American troops from Karshi-Khanabad.','expelled',95,103,'expel',NULL,NULL,'body','SANCTION','expel','base.evict','asserted',NULL,'Karshi-Khanabad','UZB',38.829999999999998294,65.920000000000001706,'2005',12784,13148,'year','bound-timex','none','"2005" → year-told → none → 2005',NULL,NULL,'Uzbekistan evicts US forces from Karshi-Khanabad',0.93000000000000004884,0.93000000000000004884);
INSERT INTO mention VALUES(33554432,2,33554433,'a46187c195acb2d8f5a2a1dd8b14d73d',21,84,'On 7 June 1999 the Russian defense minister visited Uzbekistan.','visited',65,72,'visit',NULL,NULL,'body','CONSULT','visit','visit','asserted',NULL,NULL,NULL,NULL,NULL,'1999-06-07',10749,10749,'day','bound-timex','none','"7 June 1999" → day-month-year → none → 1999-06-07',NULL,NULL,'Russian Defense Ministry visits Uzbekistan',0.85999999999999998667,0.82999999999999996003);
INSERT INTO mention VALUES(33554433,2,33554434,'47e231444c86461ab1608259dc5fd502',85,147,'Uzbekistan and Russia signed a treaty in Moscow on 3 May 1994.','signed',107,113,'sign',NULL,NULL,'body','AGREE',NULL,'treaty.sign','asserted',NULL,'Moscow','RUS',55.759999999999998012,37.619999999999997441,'1994-05-03',8888,8888,'day','bound-timex','none','"3 May 1994" → day-month-year → none → 1994-05-03',NULL,NULL,'Uzbekistan and Russia sign a treaty in Moscow',0.95999999999999996447,0.82999999999999996003);
INSERT INTO mention_actor VALUES(16777216,0,'RUS','RUS','initiator','Russia');
INSERT INTO mention_actor VALUES(16777216,1,'UZB','UZB','initiator','Uzbekistan');
INSERT INTO mention_actor VALUES(16777217,0,'UZB','UZB','initiator','Uzbekistan');
INSERT INTO mention_actor VALUES(16777217,1,'USA.MIL','USA','target','American troops');
INSERT INTO mention_actor VALUES(33554432,0,'RUS.MOD','RUS','initiator','Russian defense minister');
INSERT INTO mention_actor VALUES(33554432,1,'UZB','UZB','target','Uzbekistan');
INSERT INTO mention_actor VALUES(33554433,0,'UZB','UZB','initiator','Uzbekistan');
INSERT INTO mention_actor VALUES(33554433,1,'RUS','RUS','initiator','Russia');
INSERT INTO event VALUES(1,'e063dfca747','Uzbekistan and Russia sign a treaty in Moscow','AGREE',NULL,'treaty.sign','verbal-cooperation',2.5,'asserted','Moscow','RUS',55.759999999999998012,37.619999999999997441,'1994-05-03',8888,8888,'day','"3 May 1994" → day-month-year → none → 1994-05-03',0,NULL,NULL,1.0,0.88000000000000000444,2,2,2,NULL,'accepted');
INSERT INTO event VALUES(2,'e143c770186','A flood in Tashkent','OTHER',NULL,NULL,'neutral',0.0,'asserted',NULL,NULL,NULL,NULL,'1998',10227,10591,'year','added by anna',0,NULL,NULL,1.0,1.0,0,0,0,NULL,'manual');
INSERT INTO event VALUES(3,'eb9fb3c87d4','Russian Defense Ministry visits Uzbekistan','CONSULT','visit','visit','verbal-cooperation',2.5,'asserted',NULL,NULL,NULL,NULL,'1999-06-08',10750,10750,'day','set by anna (was 1999-06-07: "7 June 1999" → day-month-year → none → 1999-06-07)',0,NULL,NULL,0.85999999999999998667,0.82999999999999996003,1,1,1,NULL,'edited');
INSERT INTO event VALUES(4,'e0b92fb740f','Uzbekistan evicts US forces from Karshi-Khanabad','SANCTION','expel','base.evict','material-conflict',-6.0,'asserted','Karshi-Khanabad','UZB',38.829999999999998294,65.920000000000001706,'2005',12784,13148,'year','"2005" → year-told → none → 2005',0,NULL,NULL,0.93000000000000004884,0.93000000000000004884,1,1,1,NULL,'machine');
INSERT INTO event_span VALUES(1,8888,8888);
INSERT INTO event_span VALUES(2,10227,10591);
INSERT INTO event_span VALUES(3,10750,10750);
INSERT INTO event_span VALUES(4,12784,13148);
INSERT INTO event_mention VALUES(1,16777216);
INSERT INTO event_mention VALUES(1,33554433);
INSERT INTO event_mention VALUES(3,33554432);
INSERT INTO event_mention VALUES(4,16777217);
INSERT INTO participation VALUES(1,0,'UZB','UZB','initiator','Uzbekistan');
INSERT INTO participation VALUES(1,1,'RUS','RUS','initiator','Russia');
INSERT INTO participation VALUES(3,0,'RUS.MOD','RUS','initiator','Russian defense minister');
INSERT INTO participation VALUES(3,1,'UZB','UZB','target','Uzbekistan');
INSERT INTO participation VALUES(4,0,'UZB','UZB','initiator','Uzbekistan');
INSERT INTO participation VALUES(4,1,'USA.MIL','USA','target','American troops');
INSERT INTO actor VALUES('RUS','state','Russia','RUS');
INSERT INTO actor VALUES('RUS.MOD','office','Russian Defense Ministry','RUS');
INSERT INTO actor VALUES('USA','state','United States','USA');
INSERT INTO actor VALUES('USA.MIL','office','US forces','USA');
INSERT INTO actor VALUES('UZB','state','Uzbekistan','UZB');
INSERT INTO actor_role VALUES('UZB',0,'member','NAM',8401,NULL);
INSERT INTO actor_role VALUES('UZB',1,'member','PFP',8959,NULL);
INSERT INTO actor_role VALUES('UZB',2,'member','EAPC',10011,NULL);
INSERT INTO actor_role VALUES('UZB',3,'member','OSCE',8064,NULL);
INSERT INTO actor_role VALUES('UZB',4,'member','CIS',8024,NULL);
INSERT INTO actor_role VALUES('UZB',5,'member','CST',8170,10683);
INSERT INTO actor_role VALUES('UZB',6,'member','CSTO',13376,15693);
INSERT INTO actor_role VALUES('UZB',7,'member','SCO',11488,NULL);
INSERT INTO actor_role VALUES('UZB',8,'member','GUAM',10705,12908);
INSERT INTO actor_role VALUES('UZB',9,'member','EAEC',13173,14195);
INSERT INTO actor_role VALUES('UZB',10,'member','CACO',8775,13173);
INSERT INTO actor_role VALUES('UZB',11,'member','ECO',8367,NULL);
INSERT INTO curation VALUES(1,'f284c12dc723','2026-11-21T22:49:27.288Z','anna','accept','[{"fp":"74549f8b154d36ca61af7439f78c119e","doc":"letter","quote":"Russia and Uzbekistan signed a treaty in May 1994.","trigger":"signed","family":"verbal-cooperation"},{"fp":"47e231444c86461ab1608259dc5fd502","doc":"visits","quote":"Uzbekistan and Russia signed a treaty in Moscow on 3 May 1994.","trigger":"signed","family":"verbal-cooperation"}]','null','checked in the yearbook');
INSERT INTO curation VALUES(2,'ba59b63cfd05','2026-11-21T22:49:27.357Z','anna','set','[{"fp":"a46187c195acb2d8f5a2a1dd8b14d73d","doc":"visits","quote":"On 7 June 1999 the Russian defense minister visited Uzbekistan.","trigger":"visited","family":"verbal-cooperation"}]','{"set":{"date":"1999-06-08"}}',NULL);
INSERT INTO curation VALUES(3,'128a91c2c938','2026-11-21T22:49:27.442Z','anna','note','[{"fp":"e2dfbf80c7cd2a338b50fde0067c2be4","doc":"letter","quote":"In 2005 Uzbekistan expelled American troops from Karshi-Khanabad.","trigger":"expelled","family":"material-conflict"}]','{"text":"Compare the base agreement."}',NULL);
INSERT INTO curation VALUES(4,'b5acf364f706','2026-11-21T22:49:27.590Z','anna','reject','[{"fp":"e2dfbf80c7cd2a338b50fde0067c2be4","doc":"letter","quote":"In 2005 Uzbekistan expelled American troops from Karshi-Khanabad.","trigger":"expelled","family":"material-conflict"}]','null',NULL);
INSERT INTO curation VALUES(5,'4e9caf20574b','2026-11-21T22:49:27.614Z','anna','undo','[]','{"undoes":"b5acf364f706"}',NULL);
INSERT INTO curation VALUES(6,'410f9c1c5b63','2026-11-21T22:49:27.643Z','anna','add','[]','{"set":{"date":"1998","headline":"A flood in Tashkent"}}',NULL);
INSERT INTO curation VALUES(7,'46864aa5dfcb','2026-11-21T22:49:27.673Z','anna','link','[{"fp":"74549f8b154d36ca61af7439f78c119e","doc":"letter","quote":"Russia and Uzbekistan signed a treaty in May 1994.","trigger":"signed","family":"verbal-cooperation"},{"fp":"47e231444c86461ab1608259dc5fd502","doc":"visits","quote":"Uzbekistan and Russia signed a treaty in Moscow on 3 May 1994.","trigger":"signed","family":"verbal-cooperation"}]','{"others":[[{"doc":"visits","family":"verbal-cooperation","fp":"a46187c195acb2d8f5a2a1dd8b14d73d","quote":"On 7 June 1999 the Russian defense minister visited Uzbekistan.","trigger":"visited"}]],"relation":"before"}',NULL);
INSERT INTO curation_state VALUES(1,'applied','e063dfca747',NULL);
INSERT INTO curation_state VALUES(2,'applied','eb9fb3c87d4',NULL);
INSERT INTO curation_state VALUES(3,'applied','e0b92fb740f',NULL);
INSERT INTO curation_state VALUES(4,'undone',NULL,NULL);
INSERT INTO curation_state VALUES(5,'applied',NULL,NULL);
INSERT INTO curation_state VALUES(6,'applied','e143c770186',NULL);
INSERT INTO curation_state VALUES(7,'applied','e063dfca747',NULL);
INSERT INTO event_relation VALUES('e063dfca747','before','eb9fb3c87d4',7);
INSERT INTO evidence VALUES('410f9c1c5b63','e143c770186');
INSERT INTO evidence VALUES('47e231444c86461ab1608259dc5fd502','e063dfca747');
INSERT INTO evidence VALUES('74549f8b154d36ca61af7439f78c119e','e063dfca747');
INSERT INTO evidence VALUES('a46187c195acb2d8f5a2a1dd8b14d73d','eb9fb3c87d4');
INSERT INTO evidence VALUES('e2dfbf80c7cd2a338b50fde0067c2be4','e0b92fb740f');
INSERT INTO "release" VALUES(1,'v1','2026-11-21T22:49:27Z','0.1.0 2d801e80c04eaa6ee5cf8506ef6f88c8c710f8ea3ff262721e708dd833b7ed64',NULL);
INSERT INTO release_event VALUES(1,'e063dfca747','{"headline":"Uzbekistan and Russia sign a treaty in Moscow","date":"1994-05-03","type":"AGREE","subtype":"treaty.sign","modality":"asserted","place":"Moscow","status":"machine","actors":"[\"initiator UZB\",\"initiator RUS\"]"}','[{"fp":"74549f8b154d36ca61af7439f78c119e","doc":"letter"},{"fp":"47e231444c86461ab1608259dc5fd502","doc":"visits"}]');
INSERT INTO release_event VALUES(1,'e0b92fb740f','{"headline":"Uzbekistan evicts US forces from Karshi-Khanabad","date":"2005","type":"SANCTION","subtype":"base.evict","modality":"asserted","place":"Karshi-Khanabad","status":"machine","actors":"[\"initiator UZB\",\"target USA.MIL\"]"}','[{"fp":"e2dfbf80c7cd2a338b50fde0067c2be4","doc":"letter"}]');
INSERT INTO release_event VALUES(1,'eb9fb3c87d4','{"headline":"Russian Defense Ministry visits Uzbekistan","date":"1999-06-07","type":"CONSULT","subtype":"visit","modality":"asserted","place":null,"status":"machine","actors":"[\"initiator RUS.MOD\",\"target UZB\"]"}','[{"fp":"a46187c195acb2d8f5a2a1dd8b14d73d","doc":"visits"}]');
INSERT INTO release_document VALUES(1,'letter','fb5225954fd4d90e25a75813de375835023babb479156852d32317ffc2c47a1c');
INSERT INTO release_document VALUES(1,'visits','1eb2dc7ae3c7ad565ce8e2cc61e6de07ab5ab565d3d2079f5c1ab7d1a9a6db3e');
INSERT INTO state VALUES('events','current');
INSERT INTO state VALUES('rules','0.1.0 2d801e80c04eaa6ee5cf8506ef6f88c8c710f8ea3ff262721e708dd833b7ed64');
