"""People get the same pseudonym for the same name and key, and their names leave the texts."""

from __future__ import annotations

import hashlib
import hmac
import os
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

import jmdi
from jmdi.plugins.context import ImportContext
from jmdi_knowledge.pseudonyms.hiding import Edit, Hidden, Names, replaced
from jmdi_knowledge.pseudonyms.people import People

KEY = b"0123456789abcdef0123456789abcdef"


@pytest.fixture
def key(tmp_path):
    place = tmp_path / "people.key"
    place.write_bytes(KEY + b"\n")
    place.chmod(0o600)
    return str(place)


def people(**options):
    context = ImportContext(name="talk.txt", options=options)
    return People(context), context


def test_whoever_has_key_and_name_finds_the_pseudonym(key):
    someone, _ = people(key=key)
    digest = hmac.new(KEY, b"ana lopez", hashlib.sha256).hexdigest()
    assert someone.pseudonym("Ana López") == f"P-{digest[:10]}"
    assert someone.pseudonym("  ANA   Lopez ") == f"P-{digest[:10]}"
    assert someone.pseudonym("Ana Lopes") != f"P-{digest[:10]}"


def test_signs_alone_are_a_name_and_blanks_are_none(key):
    someone, _ = people(key=key)
    assert someone.pseudonym("🤓") != someone.pseudonym("🙂")
    assert someone.pseudonym(" ") is None


def test_a_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    place = tmp_path / "new.key"
    first, context = people(key=str(place))
    pseudonym = first.pseudonym("Ana")
    first.report()
    assert "made now" in context.problems[0].message
    if os.name == "posix":
        assert stat.S_IMODE(place.stat().st_mode) == 0o600
    again, context = people(key=str(place))
    assert again.pseudonym("Ana") == pseudonym
    again.report()
    assert "made now" not in context.problems[0].message
    assert list(tmp_path.iterdir()) == [place]


def test_without_a_key_the_one_of_the_user_is_made_and_named(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    someone, context = people()
    someone.pseudonym("Ana")
    someone.report()
    place = tmp_path / "jmdi" / "people.key"
    assert str(place) in context.problems[0].message
    assert context.problems[0].severity is jmdi.Severity.WARNING
    assert people(key=str(place))[0].pseudonym("Ana") == someone.pseudonym("Ana")


@pytest.mark.parametrize("content", [b"", b"short", b"x" * 5000])
def test_what_is_no_key_is_refused_with_the_cure(tmp_path, content):
    place = tmp_path / "data.csv"
    place.write_bytes(content)
    with pytest.raises(jmdi.FormatError, match=r"is no key.*key=FILE"):
        people(key=str(place))[0].pseudonym("Ana")
    with pytest.raises(jmdi.FormatError, match="cannot be read or made"):
        people(key=str(tmp_path / "no" / "folder"))[0].pseudonym("Ana")


def test_no_key_is_made_where_there_is_nobody(tmp_path):
    someone, context = people(key=str(tmp_path / "new.key"))
    someone.report()
    assert not context.problems
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(os.name != "posix", reason="rights of files")
def test_a_key_that_others_can_read_is_reported(tmp_path):
    place = tmp_path / "open.key"
    place.write_bytes(KEY)
    place.chmod(0o644)
    someone, context = people(key=str(place))
    someone.pseudonym("Ana")
    someone.report()
    assert [problem.code for problem in context.problems] == ["knowledge:P103", "knowledge:P104"]


def test_names_of_participants_and_contacts_leave_the_text(key):
    someone, context = people(key=key)
    ana = someone.meet("Ana López", addresses=["ana@example.org"])
    will = someone.meet("Will")
    text = (
        "ANA LOPEZ and Will, will you write to ana@example.org, x@example.com or +39 06 123 4567?"
    )
    assert someone.hide(text).text == (
        f"{ana} and {will}, will you write to [e-mail], [e-mail] or [phone]?"
    )
    assert someone.hide("Analopez, Lopez Ana, Ana").text == "Analopez, Lopez Ana, Ana"
    assert someone.hide("ana at example.org").text == "[e-mail]"
    someone.drop("photo", 4)
    someone.report()
    assert [problem.message.partition(" with the key")[0] for problem in context.problems] == [
        "3 e-mail addresses, 4 photos, 1 telephone number left out",
        "2 names got a pseudonym",
    ]


@pytest.mark.parametrize(
    "name",
    ["Ana López (IOM)", "López, Ana", "Ana López | IOM", "Ana López via the list", "ana lopez"],
)
def test_what_stands_beside_a_name_is_no_part_of_it_in_texts(key, name):
    someone, _ = people(key=key)
    assert someone.hide("Ask Ana López.").text == "Ask Ana López."
    assert someone.meet(name) in someone.hide("Ask Ana López.").text


def test_lists_say_whom_to_hide_and_what_stays(key, tmp_path):
    names, organisations = tmp_path / "names.txt", tmp_path / "organisations.txt"
    names.write_text("Fatou Diop\n\n", encoding="utf-8")
    organisations.write_text("Ministry of Labour\n", encoding="utf-8")
    someone, _ = people(key=key, names=str(names), organisations=str(organisations))
    assert someone.meet("Ministry of labour") == "Ministry of labour"
    assert someone.hide("Fatou Diop of the Ministry of Labour").text == (
        f"{someone.pseudonym('Fatou Diop')} of the Ministry of Labour"
    )
    with pytest.raises(jmdi.FormatError, match="list of names"):
        people(key=key, names=str(tmp_path))


def test_names_can_be_kept(tmp_path):
    someone, context = people(people="keep", key=str(tmp_path / "new.key"))
    assert someone.meet("Ana López") == "Ana López"
    assert someone.hide("Ana López, ana@example.org").text == "Ana López, ana@example.org"
    someone.report()
    assert not context.problems
    assert not list(tmp_path.iterdir())


@given(
    st.text(),
    st.lists(
        st.tuples(st.integers(0, 30), st.integers(1, 8), st.sampled_from(["", "P-0", "long"]))
    ),
)
def test_positions_move_with_the_text(text, drafts):
    edits = [Edit(start, min(start + length, len(text)), by) for start, length, by in drafts]
    hidden = replaced(text, [edit for edit in edits if edit.start < edit.stop])
    assert isinstance(hidden, Hidden)
    within = {at for edit in hidden.edits for at in range(edit.start, edit.stop)}
    for at, sign in enumerate(text):
        if at not in within:
            assert hidden.text[hidden.position(at)] == sign
    for edit in hidden.edits:
        start, stop = hidden.position(edit.start), hidden.position(edit.stop, end=True)
        assert hidden.text[start:stop] == edit.by


@pytest.mark.parametrize("said", ["وليلى حسن", "لـليلى حسن", "فليلى حسن", "وبليلى حسن", "ليلى حسن"])
def test_names_behind_prefixes_of_arabic_are_found(said) -> None:
    names = Names()
    names.add("ليلى حسن", "P-1")
    text = f"قالت {said}، نعم"
    assert replaced(text, list(names.found(text))).text == text.replace("ليلى حسن", "P-1")


def test_prefixes_are_no_part_of_other_words() -> None:
    names = Names()
    names.add("وليد", "P-1")
    names.add("ليلى", "P-2")
    text = "وليد وليلى"
    assert replaced(text, list(names.found(text))).text == "P-1 وP-2"
