"""Options of importers and exporters are of the type that they declare, as parameters are."""

from __future__ import annotations

import io

import pytest

import jmdi


class acme:
    """A plugin whose formats have options."""

    @jmdi.hookimpl
    def jmdi_importers():
        def read(stream, context):
            yield jmdi.Actor(id="a", extra={"got": repr(context.options)})

        options = [
            jmdi.Parameter("year", type=int | None),
            jmdi.Parameter("deep", default=False),
            jmdi.Parameter("way", choices=("in", "out")),
            jmdi.Parameter("free"),
        ]
        return [jmdi.Importer("acme:one", (".one",), read, options=options)]

    @jmdi.hookimpl
    def jmdi_exporters():
        def write(data, stream, *, width: int = 3):
            stream.write(b"%d" % width)

        return [jmdi.Exporter("acme:out", (".out",), write)]


@pytest.fixture(scope="module")
def model():
    return jmdi.Model.build([acme])


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"year": "2015"}, "takes year as a whole number or None, not '2015'"),
        ({"year": True}, "takes year as"),
        ({"deep": "yes"}, "does not take deep='yes': choose from True, False"),
        ({"way": "inn"}, "does not take way='inn': did you mean 'in'"),
    ],
)
def test_an_option_of_another_type_is_refused(model, options, said):
    with pytest.raises(jmdi.BadParameter, match=f"importer 'acme:one' {said}"):
        model.read(io.BytesIO(b"x"), format="acme:one", **options)
    with pytest.raises(jmdi.BadParameter, match=said):
        list(model.stream(io.BytesIO(b"x"), format="acme:one", **options))


def test_what_fits_arrives(model):
    options = {"year": 2015, "deep": True, "way": "out", "free": [1]}
    dataset = model.read(io.BytesIO(b"x"), format="acme:one", **options)
    assert dataset.records[0].extra["got"] == repr(options)


def test_an_exporter_is_no_less_strict(model):
    with pytest.raises(jmdi.BadParameter, match="exporter 'acme:out' takes width as a whole"):
        model.write(jmdi.dataset(), io.BytesIO(), format="acme:out", width="wide")
    with pytest.raises(jmdi.NotFound, match="option 'widht' of exporter 'acme:out'"):
        model.write(jmdi.dataset(), io.BytesIO(), format="acme:out", widht=1)


@pytest.mark.parametrize("delimiter", ["", "::", '"', "\n", 3])
def test_a_delimiter_is_one_character(model, delimiter):
    with pytest.raises(jmdi.BadParameter, match="takes delimiter as one character"):
        model.read(io.BytesIO(b"id\na\n"), format="table", kind="actor", delimiter=delimiter)
