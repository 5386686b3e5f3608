-- The events of a database as Parquet, by DuckDB:  duckdb < docs/parquet.sql
-- Reads dateline.db in this folder and writes events.parquet and dyads.parquet. DuckDB does not run SQLite's views, so
-- the tables are asked; a day is a number of days since 1970 there (schema.sql).
INSTALL sqlite;
LOAD sqlite;
ATTACH 'dateline.db' AS dateline (TYPE sqlite, READ_ONLY);

COPY (
    SELECT
        e.uid, e.edtf AS date,
        DATE '1970-01-01' + e.lo::INTEGER AS earliest, DATE '1970-01-01' + e.hi::INTEGER AS latest,
        e.precision, e.headline, e.type, e.mode, e.subtype, e.quad, e.score, e.modality,
        list(p.code ORDER BY p.ord) FILTER (p.role = 'initiator') AS initiators,
        list(p.code ORDER BY p.ord) FILTER (p.role = 'target') AS targets,
        e.place, e.country, e.lat AS latitude, e.lon AS longitude,
        e.accounts, e.documents, e.sources, e.conflict = 1 AS dates_contradict, e.status, e.salience, e.confidence,
        DATE '1970-01-01' + e.first_report::INTEGER AS first_report, e.date_trace
    FROM dateline.event e
    LEFT JOIN dateline.participation p ON p.event_id = e.id
    WHERE e.status <> 'rejected'
    GROUP BY ALL
    ORDER BY min(e.id)
) TO 'events.parquet' (FORMAT parquet);

COPY (
    SELECT DISTINCT
        a.top AS actor, b.top AS target, e.uid, e.edtf AS date,
        DATE '1970-01-01' + e.lo::INTEGER AS earliest, DATE '1970-01-01' + e.hi::INTEGER AS latest,
        e.type, e.quad, e.score, e.modality
    FROM dateline.event e
    JOIN dateline.participation a ON a.event_id = e.id AND a.role = 'initiator'
    JOIN dateline.participation b ON b.event_id = e.id AND b.top <> a.top AND b.role IN ('initiator', 'target')
    WHERE e.status <> 'rejected' AND e.modality IN ('asserted', 'reported', 'ongoing')
    ORDER BY earliest, e.uid, actor, target
) TO 'dyads.parquet' (FORMAT parquet);
