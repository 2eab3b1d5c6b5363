"""Files that are wrong on purpose each end in a problem."""

from __future__ import annotations

import io
import sqlite3
import zipfile

import pytest

import jmdi
from jmdi import Coded, KnowledgeItem, Limits, Theme

GUID = "c0000000-0000-4000-8000-00000000000"


def codes_of(projects, data, **options):
    return projects.codes(projects.read(data, **options))


class TestZip:
    def test_names_that_lead_out_or_are_absolute(self, projects):
        for name in ("../1.txt", "/etc/1.txt", "C:\\1.txt", "sources/../../1.txt"):
            source = (
                f'<Sources><TextSource guid="{GUID}9" name="T" plainTextPath="internal://{name}"/>'
                "</Sources>"
            )
            data = projects.zipped({"project.qde": projects.xml(source), name: b"secret"})
            dataset = projects.read(data)
            assert projects.codes(dataset) == ["Q102", "Q105"]
            assert all(item.text is None for item in dataset.of(KnowledgeItem))

    def test_a_member_that_is_there_twice(self, projects):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive, pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("project.qde", projects.xml(""))
            archive.writestr("sources/1.txt", "first")
            archive.writestr("sources/1.txt", "second")
        assert codes_of(projects, out.getvalue()) == ["Q102"]

    def test_too_many_members(self, projects):
        members = {f"sources/{number}.txt": b"" for number in range(101)}
        data = projects.zipped({"project.qde": projects.xml(""), **members})
        assert codes_of(projects, data, limits=Limits(members=100)) == ["Q101"]

    def test_a_member_of_zeros(self, projects):
        data = projects.one(b"\0" * 40_000_000)
        assert codes_of(projects, data) == ["Q101"]
        bomb = projects.zipped({"project.qde": b" " * 40_000_000})
        assert codes_of(projects, bomb) == ["Q101"]

    def test_an_archive_within(self, projects):
        inner = projects.one(b"inner")
        assert codes_of(projects, projects.zipped({"inner.qdpx": inner})) == ["Q101"]

    def test_two_projects_and_none(self, projects):
        two = {"a.qde": projects.xml(""), "deep/project.qde": "<Project/>"}
        dataset = projects.read(projects.zipped(two))
        assert projects.codes(dataset) == ["Q102"]
        assert len(dataset.of(Theme)) == 2
        assert codes_of(projects, projects.zipped({"readme.txt": b""})) == ["Q101"]

    def test_torn_encrypted_and_empty(self, projects):
        whole = projects.one(b"text")
        for data in (whole[: len(whole) // 2], whole[:-30], b"PK\x05\x06"):
            assert codes_of(projects, data) == ["Q101"]
        marked = bytearray(whole)
        for at in (whole.index(b"PK\x03\x04") + 6, whole.index(b"PK\x01\x02") + 8):
            marked[at] |= 1
        assert codes_of(projects, bytes(marked)) == ["Q101", "Q102"], "its project is encrypted"


class TestXml:
    def test_entities(self, projects):
        lol = '<!DOCTYPE Project [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
        for document in (lol + projects.xml("<Description>&b;</Description>"), lol + "<Project/>"):
            data = projects.zipped({"project.qde": document})
            assert codes_of(projects, data) == ["Q103"]

    def test_an_entity_that_nobody_declared(self, projects):
        body = "<Description>a &b; c</Description><Extra>&b;</Extra>"
        assert "Q104" in codes_of(projects, projects.xml(body).encode())

    def test_codes_nested_a_hundred_thousand_deep(self, projects):
        depth = 100_000
        opened = "".join(
            f'<Code guid="{n:08x}-0000-4000-8000-000000000000" name="n" isCodable="true">'
            for n in range(depth)
        )
        deep = f"<CodeBook><Codes>{opened}{'</Code>' * depth}</Codes></CodeBook>"
        assert "Q101" in codes_of(projects, projects.xml("", codes=deep).encode())

    def test_a_code_within_itself_and_a_guid_twice(self, projects):
        code = f'<Code guid="{GUID}1" name="One" isCodable="true">'
        circle = f"<CodeBook><Codes>{code}{code}</Code></Code></Codes></CodeBook>"
        dataset = projects.read(projects.xml("", codes=circle).encode())
        assert projects.codes(dataset) == ["Q110"]
        assert [theme.parent for theme in dataset.of(Theme)] == [None]

    def test_a_reference_to_no_code(self, projects):
        data = projects.one(b"a desk here", projects.selection(2, 6, code="9"))
        dataset = projects.read(data)
        assert projects.codes(dataset) == ["Q109"]
        assert not dataset.of(Coded)

    def test_broken_xml_keeps_what_came_before(self, projects):
        whole = projects.xml("<Sources/>").encode()
        dataset = projects.read(whole[: whole.index(b"<Sources")])
        assert "Q104" in projects.codes(dataset)
        assert len(dataset.of(Theme)) == 2

    def test_what_is_no_project(self, projects):
        for data in (b"", b"<CodeBook/>", b"\0\0\0\0", b"<a>" * 9, b"PK"):
            assert "Q101" in codes_of(projects, data)

    def test_a_character_that_does_not_exist(self, projects):
        body = "<Description>a &#xD800; b \x0c</Description>"
        dataset = projects.read(projects.xml(body).encode() + b"\xff")
        assert dataset.of(Theme)
        assert "Q104" in projects.codes(dataset)


class TestPositions:
    @pytest.mark.parametrize(
        ("start", "stop"),
        [(50, 60), (-3, 2), (6, 2), (0, 10**17), ("x", 3), (1.5, 3), ("", ""), ("9" * 30, 3)],
    )
    def test_positions_that_lie_nowhere(self, projects, start, stop):
        data = projects.one(b"a desk for migrants", projects.selection(start, stop))
        dataset = projects.read(data)
        numbers = all(isinstance(one, int) for one in (start, stop))
        assert projects.codes(dataset) == ["Q108" if numbers else "Q112"]
        [coded] = dataset.of(Coded)
        assert (coded.start, coded.stop, coded.text_digest) == (None, None, None)

    def test_a_position_within_a_character(self, projects):
        words = [f"word{number}" for number in range(30)]
        raw = "🙂 " + " ".join(words)
        spans = [projects.selection(0, 1)]
        for word in words:
            start = f"{raw} ".index(f"{word} ") + 1  # the emoji is two units
            spans.append(projects.selection(start, start + len(word)))
        dataset = projects.read(projects.one(raw.encode(), *spans))
        assert projects.codes(dataset) == ["Q108"]
        assert projects.quotes(dataset)[:3] == [None, "word0", "word1"]

    def test_positions_that_fit_several_readings_are_unsure(self, projects):
        raw = "aaaa🙂aaaaaaaaaaaaaaaaaaaaaaaa"
        data = projects.one(raw.encode(), projects.selection(9, 12))
        dataset = projects.read(data)
        assert projects.codes(dataset) == ["Q106"]
        assert projects.quotes(dataset) == [raw[9:12]]
        [coded] = dataset.of(Coded)
        assert coded.extra["qda"]["start"] == 9

    def test_odd_texts(self, projects):
        for raw in (b"a\0b\0c", b"one\rtwo\rthree", b"one\r\ntwo\nthree\rfour", b"\xef\xbb\xbf"):
            dataset = projects.read(projects.one(raw, projects.selection(0, 1)))
            assert len(dataset.of(Coded)) == 1

    def test_a_text_that_is_not_utf8(self, projects):
        dataset = projects.read(projects.one(b"caf\xe9 here", projects.selection(5, 9)))
        assert "Q107" in projects.codes(dataset)
        assert projects.quotes(dataset) == ["here"]

    def test_utf16_texts_are_read_by_their_mark(self, projects):
        raw = "\ufeffa desk"
        data = projects.one(raw.encode("utf-16-le"), projects.selection(2, 6))
        assert projects.quotes(projects.read(data)) == ["desk"]


class TestOutside:
    def test_texts_outside_are_read_only_with_leave(self, projects, tmp_path):
        (tmp_path / "texts").mkdir()
        (tmp_path / "texts" / "9.txt").write_text("a desk here", encoding="utf-8")
        (tmp_path / "secret.txt").write_text("a secret", encoding="utf-8")
        for path in ("relative:///elsewhere/9.txt", "absolute://C:/texts/9.txt"):
            data = projects.one(b"", projects.selection(2, 6), path=path)
            assert codes_of(projects, data) == ["Q105"]
            found = projects.read(data, sources=str(tmp_path / "texts"))
            assert projects.quotes(found) == ["desk"]
        data = projects.one(b"", path="relative:///../secret.txt")
        assert codes_of(projects, data, sources=str(tmp_path / "texts")) == ["Q105"]


class TestSqlite:
    def database(self, tmp_path, script, name="data.qda"):
        place = tmp_path / name
        made = sqlite3.connect(place)
        made.executescript(script)
        made.close()
        return place

    TABLES = (
        "CREATE TABLE source (id integer, name text, fulltext text, mediapath text, memo text, "
        "owner text, date text);"
        "CREATE TABLE code_name (cid integer, name text, memo text, catid integer, owner text, "
        "date text, color text);"
        "CREATE TABLE code_cat (catid integer, name text, owner text, date text, memo text, "
        "supercatid integer);"
        "CREATE TABLE code_text (ctid integer, cid integer, fid integer, seltext text, "
        "pos0 integer, pos1 integer, owner text, date text, memo text, avid integer, "
        "important integer);"
        "CREATE TABLE project (databaseversion text, date text, memo text, about text);"
    )

    def test_what_is_no_database(self, projects, tmp_path):
        for content in (b"", b"SQLite", b"SQLite format 3\0" + b"\xff" * 5000, b"<a/>"):
            (tmp_path / "data.qda").write_bytes(content)
            for format in ("knowledge:qualcoder", "knowledge:taguette"):
                dataset = projects.read(tmp_path / "data.qda", format)
                assert set(projects.codes(dataset)) <= {"Q101"}
                assert dataset.unread
            assert projects.read(tmp_path, "knowledge:qualcoder-folder").unread

    def test_a_folder_without_a_database(self, projects, tmp_path):
        assert codes_of(projects, tmp_path, format="knowledge:qualcoder-folder") == ["Q101"]

    def test_a_write_ahead_log_that_was_left(self, projects, tmp_path):
        self.database(tmp_path, self.TABLES)
        (tmp_path / "data.qda-wal").write_bytes(b"changes")
        assert "Q113" in codes_of(projects, tmp_path, format="knowledge:qualcoder-folder")
        assert (tmp_path / "data.qda-wal").read_bytes() == b"changes"
        assert len(list(tmp_path.iterdir())) == 2, "nothing was written beside it"

    def test_a_text_beyond_the_limits(self, projects, tmp_path):
        text = "INSERT INTO source VALUES (1, 'long', printf('%*c', 2000000, 'x'), '', '', '', '')"
        place = self.database(tmp_path, self.TABLES + text)
        found = codes_of(projects, place, limits=Limits(line=1_000_000))
        assert found == ["Q113"]

    def test_views_in_place_of_tables_and_triggers(self, projects, tmp_path):
        endless = (
            "CREATE VIEW code_cat AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 "
            "FROM n) SELECT i AS catid, 'a' AS name, NULL AS supercatid FROM n;"
        )
        rest = self.TABLES.replace("CREATE TABLE code_cat", "CREATE TABLE other")
        trigger = "CREATE TRIGGER t AFTER INSERT ON source BEGIN DELETE FROM source; END;"
        place = self.database(tmp_path, rest + endless + trigger)
        assert codes_of(projects, place) == ["Q113"]

    def test_a_column_that_is_missing(self, projects, tmp_path):
        place = self.database(tmp_path, self.TABLES.replace(", important integer", ""))
        assert codes_of(projects, place) == ["Q113"]

    def test_values_of_another_type(self, projects, tmp_path):
        rows = (
            "INSERT INTO source VALUES ('x', x'ff', 3, 4.5, 1, x'00', 7);"
            "INSERT INTO source VALUES (1, 'n', 'a text', '', '', '', '');"
            "INSERT INTO source VALUES (1, 'again', 'a text', '', '', '', '');"
            "INSERT INTO code_name VALUES (1, x'ff', 2.5, 'x', 1, 2, 3);"
            "INSERT INTO code_text VALUES (1, 1, 1, 'a', 'x', 2.5, 1, 'yesterday', 3, 4.5, x'ff');"
            "INSERT INTO code_text VALUES (2, 1, 77, 'a', 0, 1, 1, '', '', 1, 1);"
        )
        dataset = projects.read(self.database(tmp_path, self.TABLES + rows))
        assert {"Q105", "Q112"} <= set(projects.codes(dataset))
        assert len(dataset.of(Coded)) == 1

    def test_categories_in_a_circle(self, projects, tmp_path):
        rows = "".join(
            f"INSERT INTO code_cat VALUES ({n}, 'c{n}', '', '', '', {n % 3 + 1});"
            for n in (1, 2, 3)
        )
        dataset = projects.read(self.database(tmp_path, self.TABLES + rows))
        assert projects.codes(dataset) == ["Q110"]
        assert len(dataset.of(Theme)) == 3

    def test_a_quote_that_is_not_in_the_text(self, projects, tmp_path):
        rows = (
            "INSERT INTO source VALUES (1, 'n', 'a desk here', '', '', '', '');"
            "INSERT INTO code_name VALUES (1, 'c', '', NULL, '', '', '');"
            "INSERT INTO code_text VALUES (1, 1, 1, 'a hall', 0, 6, 'o', '', '', NULL, NULL);"
        )
        dataset = projects.read(self.database(tmp_path, self.TABLES + rows))
        assert projects.codes(dataset) == ["Q111"]


def test_reading_stops_where_it_is_told(projects):
    class Token:
        def is_set(self):
            return True

    spans = "".join(projects.selection(0, 1) for _ in range(2000))
    with pytest.raises(jmdi.Cancelled):
        projects.read(projects.one(b"a", spans), cancel=Token())
