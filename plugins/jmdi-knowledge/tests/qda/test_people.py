"""Coders and respondents are hidden wherever a coded project names them."""

from __future__ import annotations

import io

import pytest

GUID = "c0000000-0000-4000-8000-00000000000"
NAMES = ("ليلى حسن", "Rosa Quispe", "Zoë Müller")
PROJECT = """<Project xmlns="urn:QDA-XML:project:1.0" name="Of {1}"><Users>
<User guid="{g}1" name="{0}"/><User guid="{g}2" name="{1}"/><User guid="{g}8" name="Admin"/></Users>
<CodeBook><Codes><Code guid="{g}3" name="Idea of {1}" isCodable="true">
<Description>as {0} says</Description></Code></Codes></CodeBook>
<Cases><Case guid="{g}9" name="{2}"><SourceRef targetGUID="{g}4"/></Case></Cases>
<Sources><TextSource guid="{g}4" name="Talk of {1}" plainTextPath="internal://{1}.txt">
<Description>by {0} with {2}</Description>
<PlainTextSelection guid="{g}5" startPosition="0" endPosition="11" name="{1} says">
<Description>memo of {0}</Description><Coding guid="{g}6" creatingUser="{g}1">
<CodeRef targetGUID="{g}3"/><NoteRef targetGUID="{g}7"/></Coding></PlainTextSelection>
</TextSource></Sources><Notes><Note guid="{g}7" name="Note of {1}">
<PlainTextContent>ask {0} and {2}; the Admin knows</PlainTextContent></Note></Notes>
<Description>made by {1}</Description></Project>"""


@pytest.mark.parametrize("cases", ["respondents", "actors"])
def test_names_of_coders_and_respondents_are_nowhere(model, projects, tmp_path, cases):
    text = "{1}: hola 🙂 {0}, {2}".format(*NAMES)
    data = projects.zipped(
        {
            "project.qde": PROJECT.format(*NAMES, g=GUID),
            f"sources/{NAMES[1]}.txt": text,
        }
    )
    path = tmp_path / f"{NAMES[1]}.qdpx"
    path.write_bytes(data)
    dataset = projects.read(path, cases=cases)
    out = io.BytesIO()
    model.write(dataset, out, format="jsonl")
    written = out.getvalue().decode()
    hidden = NAMES[:2] if cases == "actors" else NAMES
    assert [name for name in hidden if name in written] == []
    assert "the Admin knows" in written, "a name of one word may be a word"
    (quote,) = projects.quotes(dataset)
    assert quote.startswith("P-")
