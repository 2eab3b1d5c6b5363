from __future__ import annotations

import json

import pytest


def test_stdout_gets_canonical_json_lines(jmdi, data, place):
    result = jmdi("convert", data, "-o", "-")
    assert result.exit_code == 0
    first, *rest = result.stdout.splitlines()
    assert json.loads(first)["jmdi"] == "1.0"
    assert rest == (place / data).read_text().splitlines()[1:]


def test_there_and_back_by_any_ending(jmdi, data, place):
    assert jmdi("convert", data, "-o", "b.json").exit_code == 0
    assert jmdi("convert", "b.json", "-o", "tables/").exit_code == 0
    assert jmdi("convert", "tables", "-o", "c.jsonl").exit_code == 0
    assert jmdi("diff", data, "c.jsonl").exit_code == 0


def test_standard_input_is_recognised(jmdi, data, place):
    result = jmdi("convert", "-", "-o", "b.json", input=(place / data).read_bytes())
    assert result.exit_code == 0
    assert jmdi("diff", data, "b.json").exit_code == 0


def test_nothing_is_replaced_unasked(jmdi, data, place):
    (place / "b.jsonl").write_text("mine")
    result = jmdi("convert", data, "-o", "b.jsonl")
    assert result.exit_code == 3
    assert "J109" in result.stderr
    assert (place / "b.jsonl").read_text() == "mine"
    assert jmdi("convert", data, "-o", "b.jsonl", "--force").exit_code == 0
    assert (place / "b.jsonl").read_text().startswith('{"jmdi"')


def test_a_file_may_replace_itself(jmdi, data, place):
    before = (place / data).read_bytes().splitlines()[1:]
    assert jmdi("convert", data, "-o", data, "--order", "input", "--force").exit_code == 0
    assert (place / data).read_bytes().splitlines()[1:] == before


def test_errors_stop_it(jmdi, bad, place):
    result = jmdi("convert", bad, "-o", "o.jsonl")
    assert result.exit_code == 1
    assert "expected text, got whole number 5" in result.stderr
    assert not (place / "o.jsonl").exists()


@pytest.mark.parametrize("order", ["canonical", "input"])
def test_errors_are_left_out_when_asked(jmdi, bad, place, order):
    result = jmdi("convert", bad, "-o", "o.jsonl", "--on-error", "keep", "--order", order)
    assert result.exit_code == 1
    assert len((place / "o.jsonl").read_text().splitlines()) == 6
    assert "error[J203]" in result.stderr
    quiet = jmdi("convert", bad, "-o", "-", "--on-error", "keep", "-q", "--order", order)
    assert "error[J203]" in quiet.stderr


@pytest.mark.parametrize("target", ["o.jsonl", "o.json"])
def test_a_file_that_cannot_be_read_is_left_out_when_asked(jmdi, data, place, target):
    (place / "z.jsonl").write_text("no header\n")
    result = jmdi("convert", data, "z.jsonl", "-o", target, "--on-error", "keep")
    assert result.exit_code == 3
    assert "error[J102]" in result.stderr
    alone = jmdi("convert", data, "-o", f"alone-{target}")
    assert alone.exit_code == 0
    assert (place / target).read_bytes() == (place / f"alone-{target}").read_bytes()
    assert jmdi("convert", data, "z.jsonl", "-o", f"none-{target}").exit_code == 3
    assert not (place / f"none-{target}").exists()


def test_large_files_are_copied_without_holding_them(jmdi, bad, place, monkeypatch):
    options = ("--on-error", "keep", "-o")
    whole = jmdi("convert", bad, "--option", "order=input", *options, "whole.jsonl")
    monkeypatch.setattr("jmdi.cli.reading.read", None)
    copied = jmdi("convert", bad, "--order", "input", *options, "copied.jsonl")
    assert (whole.exit_code, copied.exit_code) == (1, 1)
    assert (place / "copied.jsonl").read_bytes() == (place / "whole.jsonl").read_bytes()
    piped = jmdi(
        "convert",
        "-",
        "--from",
        "jsonl",
        "--order",
        "input",
        *options,
        "-",
        input=(place / bad).read_bytes(),
    )
    assert piped.stdout_bytes == (place / "whole.jsonl").read_bytes()


@pytest.mark.parametrize("order", ["canonical", "input"])
def test_streaming_gives_the_bytes_that_a_dataset_gives(jmdi, bad, place, order):
    from jmdi.app import Model

    model = Model.build([])
    tables = jmdi("convert", bad, "-o", "tables/", "--on-error", "keep")
    assert tables.exit_code == 1
    for source in (bad, "tables"):
        dataset = model.read(source, on_error="keep")
        model.write(dataset, "whole.jsonl", order=order)
        options = ("--order", order, "--on-error", "keep", "--force")
        assert jmdi("convert", source, "-o", "s.jsonl", *options).exit_code == (source == bad)
        assert (place / "s.jsonl").read_bytes() == (place / "whole.jsonl").read_bytes()


def test_a_copy_with_errors_writes_nothing(jmdi, bad, place):
    result = jmdi("convert", bad, "-o", "o.jsonl", "--order", "input")
    assert result.exit_code == 1
    assert sorted(path.name for path in place.iterdir()) == [bad]


def test_networks_by_projection(jmdi, data, place):
    assert jmdi("convert", data, "-o", "n.graphml", "--projection", "actors").exit_code == 0
    assert 'id="actors"' in (place / "n.graphml").read_text()
    assert jmdi("convert", data, "-o", "-", "--projection", "actors").exit_code == 2
    wrong = jmdi("convert", data, "-o", "m.graphml", "--projection", "actor")
    assert wrong.exit_code == 2
    assert "did you mean 'actors'" in wrong.stderr
    assert not (place / "m.graphml").exists()


def test_unknown_formats_are_named(jmdi, data):
    for arguments in (
        ("-o", "x.graphm"),
        ("-o", "-", "--to", "graphm"),
        ("-o", "-", "--from", "josnl"),
    ):
        result = jmdi("convert", data, *arguments)
        assert result.exit_code == 3
        assert "did you mean" in result.stderr


def test_options_reach_importer_and_exporter(jmdi, place):
    (place / "t.csv").write_text("id;names\na;Municipality A\n")
    options = ("--option", "delimiter=;", "--option", "kind=actor")
    result = jmdi("convert", "t.csv", "--from", "table", "-o", "-", *options)
    assert result.exit_code == 0
    assert "Municipality A" in result.stdout
    wrong = jmdi("convert", "t.csv", "--from", "table", "-o", "-", "--option", "delimter=;")
    assert wrong.exit_code == 2
    assert "did you mean 'delimiter'" in wrong.stderr
    assert jmdi("convert", "t.csv", "-o", "-", "--option", "delimiter").exit_code == 2


def test_several_inputs_become_one(jmdi, data, place):
    (place / "b.jsonl").write_text(
        '{"jmdi":"1.0"}\n{"kind":"actor","id":"actor/new","names":{"en":"Municipality N"}}\n'
    )
    result = jmdi("convert", data, "b.jsonl", "-o", "-")
    assert len(result.stdout.splitlines()) == 6
    assert jmdi("convert", "-", "-", "-o", "-").exit_code == 2


def test_a_newer_format_has_its_own_code(jmdi, place):
    (place / "n.jsonl").write_text('{"jmdi":"2.0","by":"jmdi 30.1"}\n')
    for order in ("canonical", "input"):
        result = jmdi("convert", "n.jsonl", "-o", "-", "--order", order)
        assert result.exit_code == 5
        assert "upgrade jmdi" in result.stderr


def test_folders_cannot_go_to_stdout_and_are_not_filled_unasked(jmdi, data, place):
    (place / "full").mkdir()
    (place / "full" / "mine.txt").write_text("mine")
    assert jmdi("convert", data, "-o", "full").exit_code == 3
    assert (place / "full" / "mine.txt").read_text() == "mine"
    result = jmdi("convert", data, "-o", "-", "--to", "tables")
    assert result.exit_code == 2
    assert result.stdout == ""


@pytest.mark.parametrize("error", [None, KeyboardInterrupt, ValueError])
def test_done_is_said_only_of_what_is_done(monkeypatch, capsys, error):
    import contextlib

    from jmdi.cli.progress import progress
    from jmdi.cli.session import Session

    monkeypatch.setattr("jmdi.cli.progress.PATIENCE", -1)
    with contextlib.suppress(KeyboardInterrupt, ValueError), progress(Session(), "reading") as tell:
        tell(1)
        if error is not None:
            raise error
    shown = capsys.readouterr().err
    assert "reading …" in shown
    assert ("reading: done" in shown) == (error is None)


def test_what_a_format_cannot_keep_is_said_before_and_after(jmdi, place):
    (place / "d.jsonl").write_text(
        '{"jmdi":"1.0"}\n'
        '{"kind":"actor","id":"a","names":{"en":"A","fr":"Ah"}}\n'
        '{"kind":"initiative","id":"i","names":{"en":"I"}}\n'
    )
    convert = ("convert", "d.jsonl", "-o", "d.graphml", "--projection", "actors")
    before = jmdi(*convert, "--dry-run")
    assert before.exit_code == 0 and not (place / "d.graphml").exists()
    assert "warning[J560]: 1 initiative record is not kept (i)" in before.stdout
    assert "2 losses, 0 additions" in before.stdout
    after = jmdi(*convert)
    assert (place / "d.graphml").exists()
    assert "graphml does not keep 'names' of 1 actor, 1 initiative" in after.stderr
    assert "keeps everything" in jmdi("convert", "d.jsonl", "-o", "e.jsonl", "--dry-run").stdout


def test_a_dry_run_may_name_a_file_that_is_there(jmdi, data, place):
    (place / "b.graphml").write_text("mine")
    assert jmdi("convert", data, "-o", "b.graphml", "--dry-run").exit_code == 0
    assert (place / "b.graphml").read_text() == "mine"
