"""Makes the coded projects among the examples: one invented project in the files of three tools.

    python plugins/jmdi-knowledge/tools/make_qda_samples.py

Two people code two conversations about a desk for returning migrants. REFI-QDA is written as
NVivo for Windows does (UTF-16 units, CR LF, a byte-order mark), QualCoder counts code points,
Taguette bytes. The same run gives the same bytes.
"""

from __future__ import annotations

import io
import sqlite3
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import jmdi

FILES = Path(__file__).parents[3] / "examples" / "knowledge"

TALKS = (
    (
        "Talk with the municipality",
        "We opened a desk 🙂 for migrants who return.\r\n"
        "Families asked for training, and cafe\u0301 owners offered jobs.\r\n",
        ("a desk 🙂 for migrants", "training", "cafe\u0301 owners offered jobs"),
    ),
    (
        "حديث مع الجمعية",
        "مكتب العائدين يعمل مع البلدية.\r\nThe association 👩‍🌾 shares its office.\r\n",
        ("مكتب العائدين", "يعمل مع البلدية", "shares its office"),
    ),
)
CODES = (
    ("Partnerships", None, True, "#1f77b4", "who works with whom"),
    ("Places to meet", 0, True, None, None),
    ("Economic inclusion", None, False, None, "a folder"),
    ("Training", 2, True, "#d62728", "courses & skills"),
)
CODED = ((1, 3, 0), (0, 1, 0))  # for each talk and quote the code
CODERS = ("Coder One", "Coder Two")


def guid(number: int) -> str:
    """A GUID that says that it was made."""
    return f"b0000000-0000-4000-8000-{number:012x}"


def utf16(text: str) -> int:
    """The length of a text in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def zipped(members: Sequence[tuple[str, bytes]]) -> bytes:
    """An archive of these members, without dates."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def project() -> bytes:
    """The project in REFI-QDA."""
    users = "".join(
        f'<User guid="{guid(1 + n)}" name={quoteattr(name)}/>' for n, name in enumerate(CODERS)
    )
    sources, members = [], []
    for talk, (title, text, quotes) in enumerate(TALKS):
        selections = []
        for n, quote in enumerate(quotes):
            start = utf16(text[: text.index(quote)])
            id, code = 100 * talk + 10 * n, guid(10 + CODED[talk][n])
            codings = "".join(
                f'<Coding guid="{guid(0x1001 + id + c)}" creatingUser="{guid(1 + c)}" '
                f'creationDateTime="2015-10-0{1 + c}T09:00:00Z"><CodeRef targetGUID="{code}"/>'
                "</Coding>"
                for c in range(2 if n == 0 else 1)
            )
            memo = "<Description>to discuss</Description>" if n == 1 else "<Description/>"
            selections.append(
                f'<PlainTextSelection guid="{guid(0x1000 + id)}" name="" startPosition="{start}" '
                f'endPosition="{start + utf16(quote)}" creatingUser="{guid(1)}">{memo}{codings}'
                "</PlainTextSelection>"
            )
        name = f"{guid(20 + talk)}.txt"
        members.append((f"Sources/{name}", b"\xef\xbb\xbf" + text.encode()))
        sources.append(
            f'<TextSource guid="{guid(20 + talk)}" name={quoteattr(title)} '
            f'plainTextPath="internal://{name}">{"".join(selections)}</TextSource>'
        )
    xml = (
        '<?xml version="1.0" encoding="utf-8"?>\n<Project xmlns="urn:QDA-XML:project:1.0" '
        'name="Desk for migrants" origin="made" creationDateTime="2015-10-01T00:00:00Z">'
        f"<Users>{users}</Users><CodeBook><Codes>{codes(None)}</Codes></CodeBook><Variables>"
        f'<Variable guid="{guid(30)}" name="province" typeOfVariable="Text"/></Variables><Cases>'
        f'<Case guid="{guid(31)}" name="Respondent A"><VariableValue><VariableRef '
        f'targetGUID="{guid(30)}"/><TextValue>PH-BTG</TextValue></VariableValue>'
        f'<SourceRef targetGUID="{guid(20)}"/></Case></Cases>'
        f"<Sources>{''.join(sources)}</Sources>"
        f'<Notes><Note guid="{guid(40)}" name="Plan"><PlainTextContent>Ask again in May.'
        "</PlainTextContent></Note></Notes>"
        f'<Sets><Set guid="{guid(41)}" name="first round"><MemberSource targetGUID="{guid(20)}"/>'
        "</Set></Sets></Project>"
    )
    return zipped([("project.qde", xml.encode()), *members])


def codes(parent: int | None) -> str:
    """The codes below one, as XML."""
    found = []
    for number, (name, above, codable, colour, meaning) in enumerate(CODES):
        if above == parent:
            more = f' color="{colour}"' if colour else ""
            text = f"<Description>{escape(meaning)}</Description>" if meaning else ""
            found.append(
                f'<Code guid="{guid(10 + number)}" name={quoteattr(name)} '
                f'isCodable="{str(codable).lower()}"{more}>{text}{codes(number)}</Code>'
            )
    return "".join(found)


def codebook() -> bytes:
    """The codebook as a file of its own."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<CodeBook xmlns="urn:QDA-XML:codebook:1.0" '
        f'origin="made"><Codes>{codes(None)}</Codes></CodeBook>'
    ).encode()


QUALCODER = """
CREATE TABLE project (databaseversion text, date text, memo text, about text);
CREATE TABLE source (id integer primary key, name text, fulltext text, mediapath text, memo text,
    owner text, date text);
CREATE TABLE code_cat (catid integer primary key, name text, owner text, date text, memo text,
    supercatid integer);
CREATE TABLE code_name (cid integer primary key, name text, memo text, catid integer, owner text,
    date text, color text);
CREATE TABLE code_text (ctid integer primary key, cid integer, fid integer, seltext text,
    pos0 integer, pos1 integer, owner text, date text, memo text, avid integer, important integer);
CREATE TABLE annotation (anid integer primary key, fid integer, pos0 integer, pos1 integer,
    memo text, owner text, date text);
CREATE TABLE cases (caseid integer primary key, name text, memo text, owner text, date text);
CREATE TABLE case_text (id integer primary key, caseid integer, fid integer, pos0 integer,
    pos1 integer, owner text, date text, memo text);
CREATE TABLE attribute (attrid integer primary key, name text, attr_type text, value text,
    id integer, date text, owner text);
CREATE TABLE journal (jid integer primary key, name text, jentry text, date text, owner text);
"""

TAGUETTE = """
CREATE TABLE projects (id integer primary key, name text, description text, created text);
CREATE TABLE documents (id integer primary key, name text, description text, filename text,
    created text, project_id integer, text_direction text, contents text);
CREATE TABLE tags (id integer primary key, project_id integer, path text, description text);
CREATE TABLE highlights (id integer primary key, document_id integer, start_offset integer,
    end_offset integer, snippet text);
CREATE TABLE highlight_tags (highlight_id integer, tag_id integer);
CREATE TABLE commands (id integer primary key, date text, user_login text, project_id integer,
    document_id integer, payload text);
"""


RDF = """<?xml version="1.0" encoding="utf-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    xmlns:skos="http://www.w3.org/2004/02/skos/core#">
 <skos:ConceptScheme rdf:about="http://example.org/desk">
  <skos:prefLabel xml:lang="en">Desk</skos:prefLabel>
 </skos:ConceptScheme>
 <skos:Concept rdf:about="http://example.org/desk/partnerships">
  <skos:inScheme rdf:resource="http://example.org/desk"/>
  <skos:prefLabel xml:lang="en">Partnerships</skos:prefLabel>
  <skos:prefLabel xml:lang="fr">Partenariats</skos:prefLabel>
  <skos:narrower rdf:resource="http://example.org/desk/places"/>
 </skos:Concept>
 <skos:Concept rdf:about="http://example.org/desk/places">
  <skos:inScheme rdf:resource="http://example.org/desk"/>
  <skos:prefLabel xml:lang="en">Places to meet</skos:prefLabel>
  <skos:related rdf:resource="http://example.org/desk/partnerships"/>
 </skos:Concept>
</rdf:RDF>
"""


def database(schema: str) -> sqlite3.Connection:
    """An empty database of small pages."""
    made = sqlite3.connect(":memory:")
    made.execute("PRAGMA page_size = 512")
    made.executescript(schema)
    return made


def qualcoder() -> bytes:
    """The project as the database of QualCoder."""
    made = database(QUALCODER)
    made.execute("INSERT INTO project VALUES ('v8', '2015-10-01 00:00:00', '', 'QualCoder 3.6')")
    day = "2015-10-01 09:00:00"
    for number, (name, above, codable, colour, meaning) in enumerate(CODES):
        if codable:
            category = above if above == 2 else None
            row = (number, name, meaning or "", category, CODERS[0], day, colour)
            made.execute("INSERT INTO code_name VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        else:
            row = (number, name, CODERS[0], day, meaning, None)
            made.execute("INSERT INTO code_cat VALUES (?, ?, ?, ?, ?, ?)", row)
    for talk, (title, text, quotes) in enumerate(TALKS):
        text = text.replace("\r\n", "\n")
        row = (1 + talk, title, text, None, "", CODERS[0], day)
        made.execute("INSERT INTO source VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        for n, quote in enumerate(quotes):
            start = text.index(quote)
            place = (quote, start, start + len(quote))
            rest = (CODERS[n % 2], day, "to discuss" if n == 1 else "", None, 1 if n == 0 else None)
            row = (None, CODED[talk][n], 1 + talk, *place, *rest)
            marks = ", ".join("?" * len(row))
            made.execute(f"INSERT INTO code_text VALUES ({marks})", row)
    made.execute("INSERT INTO annotation VALUES (1, 1, 3, 9, 'when?', ?, ?)", (CODERS[1], day))
    made.execute("INSERT INTO cases VALUES (1, 'Respondent A', '', ?, ?)", (CODERS[0], day))
    made.execute("INSERT INTO case_text VALUES (1, 1, 1, 0, 20, ?, ?, '')", (CODERS[0], day))
    made.execute(
        "INSERT INTO attribute VALUES (1, 'province', 'case', 'PH-BTG', 1, ?, ?)", (day, CODERS[0])
    )
    made.execute("INSERT INTO journal VALUES (1, 'Plan', 'Ask in May.', ?, ?)", (day, CODERS[0]))
    return made.serialize()


def taguette() -> bytes:
    """The project as the database of Taguette."""
    made = database(TAGUETTE)
    made.execute("INSERT INTO projects VALUES (1, 'Desk for migrants', '', '2015-10-01')")
    for number, (name, above, codable, _, meaning) in enumerate(CODES):
        if codable:
            path = name if above is None else f"{CODES[above][0]}: {name}"
            made.execute("INSERT INTO tags VALUES (?, 1, ?, ?)", (1 + number, path, meaning or ""))
    count = 0
    for talk, (title, text, quotes) in enumerate(TALKS):
        lines = text.replace("\r\n", "\n").splitlines(keepends=True)
        page = "".join(f"<p>{escape(line.rstrip())}</p>\n" for line in lines)
        direction = "RIGHT_TO_LEFT" if talk else "LEFT_TO_RIGHT"
        row = (1 + talk, title, "", f"{talk}.txt", "2015-10-01", 1, direction, page)
        made.execute("INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
        for n, quote in enumerate(quotes):
            count += 1
            start = len("".join(lines)[: "".join(lines).index(quote)].encode())
            place = (count, 1 + talk, start, start + len(quote.encode()), f"<p>{quote}</p>")
            made.execute("INSERT INTO highlights VALUES (?, ?, ?, ?, ?)", place)
            tag = 1 + CODED[talk][n]
            made.execute("INSERT INTO highlight_tags VALUES (?, ?)", (count, tag))
            said = f'{{"type": "highlight_add", "highlight_id": {count}, "tags": [{tag}]}}'
            row = (count, "2015-10-02 10:00:00", CODERS[n % 2], 1, 1 + talk, said)
            made.execute("INSERT INTO commands VALUES (?, ?, ?, ?, ?, ?)", row)
    return made.serialize()


def main() -> None:
    """Writes the files."""
    (FILES / "desk.qda").mkdir(parents=True, exist_ok=True)
    (FILES / "desk.qdpx").write_bytes(project())
    (FILES / "desk.qdc").write_bytes(codebook())
    (FILES / "desk.qda" / "data.qda").write_bytes(qualcoder())
    (FILES / "desk.sqlite3").write_bytes(taguette())
    (FILES / "desk.rdf").write_text(RDF, encoding="utf-8")
    codebook_of_tool = jmdi.read(FILES / "desk.qdc")
    for name in ("desk.ttl", "desk.skos.jsonld", "desk.codebook.csv"):
        jmdi.write(codebook_of_tool, FILES / name)


if __name__ == "__main__":
    main()
