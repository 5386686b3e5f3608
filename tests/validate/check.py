"""Holds exported files against Python libraries. Called by `run` with the folder of the files and the database.

Each check is a function; its first lines import what it needs, and a missing library skips it."""

import csv
import json
import pathlib
import sqlite3
import sys

FOLDER = pathlib.Path(sys.argv[1])
DATABASE = sys.argv[2]
CHECKS = []


def check(name):
    def register(function):
        CHECKS.append((name, function))
        return function

    return register


def read(name):
    return (FOLDER / name).read_text(encoding="utf-8")


def lines(name):
    return [json.loads(line) for line in read(name).splitlines()]


def events():
    """The events that stand, as the database itself says."""
    return sqlite3.connect(DATABASE).execute("SELECT uid, earliest, latest, headline, date FROM events").fetchall()


def same(left, right):
    assert left == right, f"{left!r} is not {right!r}"


@check("pandas reads the CSV, and its rows are the database's")
def _():
    import pandas

    table = pandas.read_csv(FOLDER / "events.csv", parse_dates=["earliest", "latest"])
    same(len(table), len(events()))
    same(list(table["id"]), [e[0] for e in events()])
    texts = (value for name in table.columns for value in table[name].dropna() if isinstance(value, str))
    for text in texts:
        harmless = str(text).replace("-", "").replace("/", "").replace(".", "").isalnum()
        assert harmless or not str(text).startswith(("=", "+", "-", "@")), text


@check("CSV on the Web metadata describes the columns of the CSV")
def _():
    metadata = json.loads(read("events.csv-metadata.json"))
    with open(FOLDER / "events.csv", encoding="utf-8", newline="") as file:
        same(next(csv.reader(file)), [c["name"] for c in metadata["tableSchema"]["columns"]])
    assert "dateline" in metadata["dateline"]["generator"]


@check("DuckDB reads CSV and JSON Lines and writes Parquet")
def _():
    import duckdb

    db = duckdb.connect()
    out = FOLDER / "events.parquet"
    db.execute(f"COPY (SELECT * FROM read_csv('{FOLDER}/events.csv')) TO '{out}' (FORMAT parquet)")
    same(db.execute(f"SELECT count(*) FROM '{out}'").fetchone()[0], len(events()))
    same(db.execute(f"SELECT typeof(earliest) FROM '{out}' LIMIT 1").fetchone()[0], "DATE")
    count = db.execute(f"SELECT count(DISTINCT uid) FROM read_json('{FOLDER}/events.jsonl', format='newline_delimited')")
    same(count.fetchone()[0], len(events()))


@check("DuckDB writes Parquet from the database by docs/parquet.sql")
def _():
    import os

    import duckdb

    statements = (pathlib.Path(__file__).parents[2] / "docs" / "parquet.sql").read_text(encoding="utf-8")
    here = os.getcwd()
    os.chdir(FOLDER)
    try:
        os.symlink(pathlib.Path(DATABASE).resolve(), "dateline.db")
        db = duckdb.connect()
        try:
            db.execute("INSTALL sqlite; LOAD sqlite")
        except duckdb.Error:
            # Without the network: the extension as a package of Python.
            from duckdb_extensions import import_extension

            import_extension("sqlite_scanner")
            statements = statements.replace("INSTALL sqlite;", "")
        db.execute(statements)
        written = "SELECT uid, CAST(earliest AS VARCHAR), CAST(latest AS VARCHAR), headline, date FROM 'events.parquet'"
        same(db.execute(written).fetchall(), events())
        pairs = sqlite3.connect("dateline.db").execute("SELECT count(*) FROM dyads").fetchone()
        same(db.execute("SELECT count(*) FROM 'dyads.parquet'").fetchone(), pairs)
    finally:
        os.chdir(here)


@check("openpyxl reads the XLSX: types, frozen header, no formulas")
def _():
    import openpyxl

    book = openpyxl.load_workbook(FOLDER / "events-table.xlsx")
    sheet = book["Events"]
    same(sheet.freeze_panes, "A2")
    same(sheet.max_row - 1, len(events()))
    same(book.sheetnames, ["Events", "Sources", "About"])
    assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)
    names = [cell.value for cell in sheet[1]]
    day = sheet.cell(row=2, column=names.index("earliest") + 1)
    assert day.is_date, day.value
    texts = [row[names.index("headline")].value for row in sheet.iter_rows(min_row=2)]
    same(sorted(texts), sorted(e[3] for e in events()))


@check("python-docx reads the DOCX: table, title, sources")
def _():
    import docx

    document = docx.Document(str(FOLDER / "chronology.docx"))
    same(len(document.tables[0].rows) - 1, len(events()))
    same(document.paragraphs[0].style.name, "Title")
    assert any(p.style.name == "Bibliography" for p in document.paragraphs)


@check("icalendar reads the calendar: all-day spans, tentative where vague")
def _():
    import icalendar

    calendar = icalendar.Calendar.from_ical((FOLDER / "events.ics").read_bytes())
    dated = {e[0]: e for e in events() if e[1] or e[2]}
    found = list(calendar.walk("VEVENT"))
    same(len(found), len(dated))
    for event in found:
        uid, first, last, _, edtf = dated[str(event["UID"]).split("@")[0]]
        same(str(event["DTSTART"].dt), first or last)
        assert event["DTEND"].dt > event["DTSTART"].dt
        if str(event["STATUS"]) == "CONFIRMED":
            same((first, edtf), (last, first))


@check("html5lib finds no fault in the web page, and a row for each event")
def _():
    import html5lib

    page = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(read("events.html"))
    same([row.get("id") for row in page.iter("tr") if row.get("id")], [e[0] for e in events()])
    addressed = {element.get("id") for element in page.iter() if element.get("id")}
    for link in page.iter("a"):
        assert not link.get("href").startswith("#") or link.get("href")[1:] in addressed, link.get("href")


@check("pandas reads the PLOVER lines: categories of the codebook, a day or none")
def _():
    import pandas

    # The sixteen categories of the PLOVER manual (Open Event Data Alliance).
    known = set(
        "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE "
        "COERCE ASSAULT".split()
    )
    table = pandas.read_json(FOLDER / "events.plover", lines=True)
    same(sorted(table["id"]), sorted(e[0] for e in events()))
    said = set(table["event"].dropna())
    assert said and said <= known, said - known
    days = table["date"].dropna()
    assert len(days) > 0 and pandas.to_datetime(days, format="%Y-%m-%d").notna().all()


@check("the GeoJSON has a point for each event with a place")
def _():
    whole = json.loads(read("events.geojson"))
    placed = sqlite3.connect(DATABASE).execute("SELECT uid FROM events WHERE latitude IS NOT NULL").fetchall()
    same(sorted(f["id"] for f in whole["features"]), sorted(p[0] for p in placed))
    for feature in whole["features"]:
        longitude, latitude = feature["geometry"]["coordinates"]
        assert -180 <= longitude <= 180 and -90 <= latitude <= 90


@check("the JSON for TimelineJS is as its documentation says (jsonschema)")
def _():
    import jsonschema

    date = {
        "type": "object",
        "required": ["year"],
        "properties": {
            "year": {"type": "integer"},
            "month": {"type": "integer", "minimum": 1, "maximum": 12},
            "day": {"type": "integer", "minimum": 1, "maximum": 31},
        },
        "additionalProperties": False,
    }
    text = {"type": "object", "properties": {"headline": {"type": "string"}, "text": {"type": "string"}}}
    slide = {
        "type": "object",
        "required": ["start_date", "text", "unique_id"],
        "properties": {"start_date": date, "end_date": date, "text": text, "group": {"type": "string"},
                       "display_date": {"type": "string"}, "unique_id": {"type": "string"}},
        "additionalProperties": False,
    }
    schema = {
        "type": "object",
        "required": ["events"],
        "properties": {"events": {"type": "array", "items": slide}, "title": {"type": "object"},
                       "scale": {"enum": ["human", "cosmological"]}, "eras": {"type": "array"}},
        "additionalProperties": False,
    }
    jsonschema.validate(json.loads(read("events.timelinejs")), schema)


@check("rdflib reads the JSON-LD, and SPARQL finds each event's words")
def _():
    import rdflib

    # The text is parsed without the network: the context is in it.
    graph = rdflib.Graph().parse(data=read("events.json-ld"), format="json-ld")
    rows = graph.query("""
        PREFIX schema: <https://schema.org/> PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX oa: <http://www.w3.org/ns/oa#>
        SELECT ?id ?exact WHERE { ?e a schema:Event ; schema:identifier ?id ; prov:wasDerivedFrom ?a .
          ?a oa:hasTarget/oa:hasSelector/oa:exact ?exact }""")
    told = sqlite3.connect(DATABASE).execute("SELECT count(DISTINCT uid) FROM events WHERE accounts > 0").fetchone()[0]
    same(len({str(row.id) for row in rows}), told)


@check("followthemoney takes every entity")
def _():
    from followthemoney import model

    entities = [model.get_proxy(line, cleaned=False) for line in lines("events.ftm")]
    same(len([e for e in entities if e.schema.name == "Event"]), len(events()))
    for entity, line in zip(entities, lines("events.ftm")):
        entity.schema.validate(entity.to_dict())
        for name, values in line["properties"].items():
            assert len(entity.get(name)) == len(set(values)), (line["id"], name, values, entity.get(name))


@check("bibtexparser reads the BibLaTeX")
def _():
    import bibtexparser

    if bibtexparser.__version__.startswith("1"):
        parser = bibtexparser.bparser.BibTexParser(ignore_nonstandard_types=False)
        entries = bibtexparser.loads(read("events.biblatex"), parser).entries
        keys = [e["ID"] for e in entries]
    else:
        library = bibtexparser.parse_string(read("events.biblatex"))
        assert not library.failed_blocks, library.failed_blocks
        keys = [e.key for e in library.entries]
    assert len(keys) == len(set(keys)) > 0 and "05DUSHANBE90002" in keys, keys


@check("rispy reads the RIS")
def _():
    import rispy

    entries = rispy.loads(read("events.ris"))
    same(len(entries), len(json.loads(read("events.csl-json"))))
    cable = next(e for e in entries if e["id"] == "05DUSHANBE90002")
    same((cable["type_of_reference"], cable["accession_number"]), ("RPRT", "05DUSHANBE90002"))


@check("citeproc-py sets the CSL-JSON")
def _():
    import warnings

    from citeproc.source.json import CiteProcJSON

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        items = CiteProcJSON(json.loads(read("events.csl-json")))
    same(items["05dushanbe90002"].type if "05dushanbe90002" in items else items["05DUSHANBE90002"].type, "report")


@check("the tables after ICEWS and GDELT have whole rows and honest days")
def _():
    for name, day, edtf in (("events.icews", "Event Date", "Date EDTF"), ("events.gdelt", "SQLDATE", "DateEDTF")):
        with open(FOLDER / name, encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t"))
        assert rows and all(None not in row and None not in row.values() for row in rows)
        for row in rows:
            assert not row[day] or row[day].replace("-", "") == row[edtf].rstrip("~?").replace("-", ""), row


@check("brat's offsets give the words they say")
def _():
    checked = 0
    for annotations in (FOLDER / "events.brat").glob("*.ann"):
        text = annotations.with_suffix(".txt").read_text(encoding="utf-8", newline="") if sys.version_info >= (3, 13) \
            else open(annotations.with_suffix(".txt"), encoding="utf-8", newline="").read()
        for line in annotations.read_text(encoding="utf-8").splitlines():
            if line.startswith("T"):
                _, place, words = line.split("\t")
                spans = [span.split() for span in place.split(" ", 1)[1].split(";")]
                same(" ".join(text[int(a):int(b)] for a, b in spans), words)
                checked += 1
    assert checked > 20


@check("sqlite3 opens the slice, and it holds the same events")
def _():
    slice_ = sqlite3.connect(FOLDER / "events.sqlite")
    same(slice_.execute("SELECT uid, earliest, latest, headline, date FROM events").fetchall(), events())
    same(slice_.execute("PRAGMA integrity_check").fetchone()[0], "ok")


def main():
    failed = False
    for name, function in CHECKS:
        try:
            function()
            print(f"ok        {name}")
        except ImportError as missing:
            print(f"skipped   {name}: {missing}")
        except Exception as error:  # every other failure is the export's
            failed = True
            print(f"FAILED    {name}: {type(error).__name__}: {error}"[:600])
    sys.exit(failed)


main()
