"""What every importer and exporter must obey."""

from __future__ import annotations

import functools
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import pytest

from jmdi.errors import DataError, Problem
from jmdi.graph.dataset import Dataset
from jmdi.graph.network import Network
from jmdi.plugins.specs import Exporter, Importer
from jmdi.running.losses import losses, written_and_read
from jmdi.testing.drawing import QUICKLY
from jmdi.testing.losing import unnamed
from jmdi.testing.mutations import hard_cases, mutated
from jmdi.testing.outputs import Sample, read_sample, write_files
from jmdi.testing.sampled import SampledSuite
from jmdi.testing.samples import for_each_dataset
from jmdi.testing.subject import Subject, described
from jmdi.testing.suite import fault, quick

__all__ = ["ExporterSuite", "ImporterSuite"]

STRANGE = (
    b"",
    b"\x00" * 9,
    b"\xef\xbb\xbf",
    b"{}",
    b"<a/>",
    b"a,b\n1\n",
    b"PK\x03\x04",
    b"\xff\xfe",
)
"""What begins like a file of some format, and is none."""


class ImporterSuite(SampledSuite):
    """Checks the importers of a plugin on samples and on damaged files."""

    def _importers(self) -> list[Importer]:
        importers = self.subject.added("jmdi_importers")
        if not importers:
            pytest.skip(f"the plugin {self.subject.name!r} adds no importers")
        return self._wanted(importers)

    def test_importers_report_instead_of_raising(self) -> None:
        """A damaged file gives problems with documented codes, or one FormatError."""
        for importer in self._importers():
            samples = self._samples(importer)
            hard = list(_hard(samples[:1]))
            for sample in hard[::4] if quick() else hard:
                self._check_reading(importer, sample)
            for sample in _damaged(importer, samples, QUICKLY if quick() else self.examples * 2):
                self._check_reading(importer, sample)

    def test_importers_are_deterministic(self) -> None:
        """The same file gives the same records and problems each time, whatever the hash seed."""
        for importer in self._importers():
            samples = self._samples(importer)
            if not samples:
                raise fault(
                    f"{described(importer)} has no sample",
                    why="an importer that no file was ever read with is not shown to work",
                    cure=f"put a small file into the project and its path into "
                    f"{type(self).__name__}.samples",
                )
            held = [self._reads_twice(importer, k, sample) for k, sample in enumerate(samples)]
            if not any(held):
                raise fault(
                    f"{described(importer)} gives no record of any of its samples",
                    why="an importer that never gave a record is not shown to work",
                    cure=f"put a file that holds records among {type(self).__name__}.samples",
                )
        self._check_hash_seeds("importer")

    def _reads_twice(self, importer: Importer, place: int, sample: Sample) -> bool:
        """Whether a sample holds records; reads it twice.

        Raises:
            AssertionError: If the second time gives something else.
        """
        first = self._check_reading(importer, sample, self._once)
        again = functools.partial(self._check_reading, importer, sample)
        if not self._is_repeated(f"importer {importer.name}", place, first, again):
            raise fault(
                f"{described(importer)} reads {sample.name} differently the second time",
                why="two runs on the same data differ, and merging a file with itself doubles it",
                cure="make ids with jmdi.make_id from what the file says, not with a counter, "
                "a random number or the time",
            )
        return bool(first[0])

    def _check_reading(
        self, importer: Importer, sample: Sample, do: Callable[..., Any] | None = None
    ) -> Any:
        """Reads a sample; what it gives, or the text of the error that it may raise."""
        _check_sniff(importer, sample)
        do = do or self._now
        try:
            more = self.options.get(importer.name, {})
            dataset, problems = do(read_sample, importer.name, sample, more)
        except DataError as error:
            problems = error.problems
            dataset = None
        except Exception as error:
            cause = error.__cause__ or error
            raise fault(
                f"{described(importer)} raises {type(cause).__name__} on a damaged file: {cause}",
                why="users get the failure of a plugin instead of the place in their file; input "
                "is hostile until it was read",
                cure="report to the context with context.problem(code, message), or raise "
                "jmdi.FormatError with a Problem when nothing can be read",
            ) from error
        _check_problems(self.subject, importer, problems)
        return dataset.records if dataset is not None else None, problems


def _check_problems(
    subject: Subject, item: Importer | Exporter, problems: Iterable[Problem]
) -> None:
    """Whether problems have codes that somebody explains, and name the plugin."""
    for problem in problems:
        if problem.code not in subject.catalog.codes:
            raise fault(
                f"{described(item)} reports the code {problem.code!r}, which nobody explains",
                why=f"'jmdi explain {problem.code}' has no answer for users",
                cure=f"let jmdi_problem_codes return jmdi.ProblemCode({problem.code!r}, 'what is "
                "wrong', 'why it matters', 'what to do') in its list",
            )
        if subject.prefix and problem.code.startswith(subject.prefix) and not problem.plugin:
            raise fault(
                f"{described(item)} reports {problem.code!r} past its context: the problem names "
                "no plugin",
                why="users cannot tell whom to ask, and no bound on the number of problems holds",
                cure="report it with context.report(problem), or context.problem(code, message)",
            )


def _check_sniff(importer: Importer, sample: Sample) -> None:
    """Whether sniffing a file answers at all."""
    if importer.sniff is None or importer.folder:
        return
    try:
        verdict: Any = importer.sniff(sample.content[:65536])
    except Exception as error:
        verdict = error
    if not isinstance(verdict, (bool, str)):
        raise fault(
            f"sniff of {described(importer)} gives {verdict!r} for a damaged file",
            why="jmdi asks every importer about files that it does not know",
            cure="return True, or False, or in words why it is not this format; never raise",
        )


def _damaged(importer: Importer, samples: Sequence[Sample], number: int) -> Iterator[Sample]:
    """Samples changed by their structure or torn, and files that never were of the format.

    They are the same in each run. Hypothesis, which would look for the smallest that fails, takes
    longer to draw such a file than most importers take to read it.
    """
    ending = importer.extensions[0] if importer.extensions else ""
    for turn in range(number):
        dice = random.Random(turn)
        strange = dice.choice((*STRANGE, dice.randbytes(dice.randrange(60))))
        if not samples or turn % 5 == 4:
            yield Sample(f"damaged{ending}", {"": strange})
            continue
        sample = samples[turn % len(samples)]
        if turn % 5 == 3:
            yield _with_damage(sample, dice, strange)
        else:
            yield Sample(sample.name, mutated(sample.files, dice))


def _hard(samples: Sequence[Sample]) -> Iterator[Sample]:
    """Samples with a number that is none, and nested deeper than Python bears."""
    for sample in samples:
        for inner, content in sample.files.items():
            for data in hard_cases(content):
                yield Sample(sample.name, {**sample.files, inner: data})


def _with_damage(sample: Sample, dice: random.Random, new: bytes) -> Sample:
    """A sample with some bytes of one of its files replaced."""
    inner = dice.choice(sorted(sample.files))
    content = sample.files[inner]
    first, last = sorted(dice.randrange(len(content) + 1) for _ in range(2))
    return Sample(sample.name, {**sample.files, inner: content[:first] + new + content[last:]})


class ExporterSuite(SampledSuite):
    """Checks the exporters of a plugin on Datasets and Networks of many shapes."""

    def _exporters(self) -> list[Exporter]:
        exporters = self.subject.added("jmdi_exporters")
        if not exporters:
            pytest.skip(f"the plugin {self.subject.name!r} adds no exporters")
        return self._wanted(exporters)

    def test_exporters_are_deterministic(self) -> None:
        """The same data gives the same bytes each time; what cannot be written is a DataError."""
        for exporter in self._exporters():
            for place, data in enumerate(self._data_for(exporter)):
                first = self._written(exporter, data, self._once)
                again = functools.partial(self._written, exporter, data)
                if not self._is_repeated(f"exporter {exporter.name}", place, first, again):
                    raise fault(
                        f"{described(exporter)} writes other bytes the second time",
                        why="files under version control change although the data does not",
                        cure="write no time of writing, no random ids, and nothing in the order "
                        "of a set",
                    )
        self._check_hash_seeds("exporter")

    def test_lossless_exporters_lose_nothing(self) -> None:
        """What an exporter that calls itself lossless wrote is read again as it was."""
        subject = self.subject
        lossless = [e for e in self._exporters() if e.lossless]
        if not lossless:
            pytest.skip(f"no exporter of the plugin {subject.name!r} is declared lossless")
        for exporter in lossless:
            if exporter.name not in subject.catalog.importers:
                raise fault(
                    f"{described(exporter)} is declared lossless, and no importer reads it",
                    why="nobody can tell whether anything is lost",
                    cure=f"add an importer named {exporter.name!r}, or say lossless=False",
                )
            check = functools.partial(self._check_lossless, exporter)
            if exporter.takes == "network":
                for network in self._data_for(exporter):
                    check(network)
            else:
                for_each_dataset(self, check, examples=self.examples)

    def test_exporters_say_what_they_lose(self) -> None:
        """What is written and read again differs only in what the exporter's losses name."""
        for exporter in self._exporters():
            named = [
                self._check_losses(exporter, data, losses)
                for data in self._data_for(exporter)
                if (losses := self._losses(exporter, data)) is not None
            ]
            reads = self._reader(exporter) in self.subject.catalog.importers
            if reads and not exporter.lossless and not quick():
                self._check_drawn_losses(exporter)
            if named and not any(named) and not (reads or exporter.lossless):
                raise fault(
                    f"{described(exporter)} does not say what it loses, and nothing reads its "
                    "files",
                    why="users trust that all of their data is in the file",
                    cure="add losses='module:function' that names what it cannot keep, with "
                    "jmdi.Losses(), or importer='…' if another importer reads it",
                )

    def _check_drawn_losses(self, exporter: Exporter) -> None:
        """The same of Datasets that nobody chose; networks are made of them by the projection."""

        def check(data: Dataset) -> None:
            read: list[Dataset] = []

            def back(*given: Any) -> tuple[Dataset, list[Problem]]:
                again, noted = written_and_read(*given)
                read.append(again)
                return again, noted

            losses = self._losses(exporter, data, back)
            if losses is not None:
                self._check_losses(exporter, data, losses, read)

        for_each_dataset(self, check, examples=max(1, self.examples // 2))

    def _reader(self, exporter: Exporter) -> str:
        return exporter.importer or exporter.name

    def _losses(
        self,
        exporter: Exporter,
        data: Dataset | Network,
        back: Callable[..., tuple[Dataset, list[Problem]]] | None = None,
    ) -> tuple[Problem, ...] | None:
        """What it says that it loses; ``None`` of data that it cannot write."""
        try:
            more = self.options.get(exporter.name, {})
            return losses(self.subject.model, data, exporter.name, more, back=back)
        except DataError:
            return None
        except Exception as error:
            cause = error.__cause__ or error
            raise fault(
                f"losses of {described(exporter)} raises {type(cause).__name__} on {data!r}: "
                f"{cause}",
                why="users ask before they write, and get the failure of a plugin",
                cure="note what cannot be kept in a jmdi.Losses() and return its problems()",
            ) from error

    def _check_losses(
        self,
        exporter: Exporter,
        data: Dataset | Network,
        losses: tuple[Problem, ...],
        read: Sequence[Dataset] = (),
    ) -> bool:
        """Whether the exporter names any loss; all that reading the file again shows.

        Args:
            exporter: The exporter.
            data: What was written.
            losses: What it says that it loses.
            read: What was read again; else it is written and read here.
        """
        _check_problems(self.subject, exporter, losses)
        reader = self._reader(exporter)
        if isinstance(data, Dataset) and reader in self.subject.catalog.importers:
            again = read[0] if read else self._again(exporter, reader, data)
            if left := next(unnamed(data, again, losses), None):
                raise fault(
                    f"{described(exporter)} loses {left}, and its losses do not say so",
                    why="users trust that all of their data is in the file",
                    cure="write the same each time, and read it the same each time",
                )
        return any(loss.code != "J564" for loss in losses)

    def _again(self, exporter: Exporter, reader: str, data: Dataset) -> Dataset:
        """What is read of a file that the exporter wrote; nothing of one that cannot be read."""
        sample = Sample("written", self._written(exporter, data, self._once) or {})
        try:
            return read_sample(self.subject.model, reader, sample, {})[0]
        except DataError:
            return self.subject.model.dataset()

    def _check_lossless(self, exporter: Exporter, data: Dataset | Network) -> None:
        files = self._written(exporter, data)
        if files is None:
            return
        try:
            sample = Sample("written", files)
            again, problems = read_sample(self.subject.model, exporter.name, sample, {})
        except DataError as error:
            again, problems = None, error.problems
        same = again == data if exporter.takes != "network" else again is not None
        if not same or any(problem.is_error for problem in problems):
            lost = (
                ""
                if again is None or isinstance(data, Network)
                else (f": {str(data.diff(again).to_dict())[:300]}")
            )
            told = "; ".join(str(p) for p in problems[:3])
            raise fault(
                f"{described(exporter)} is declared lossless, and reading its file again gives "
                f"something else{lost}{told}",
                why="users trust it as an archive",
                cure="write every member, unknown ones too, or say lossless=False",
            )

    def _written(
        self,
        exporter: Exporter,
        data: Dataset | Network,
        do: Callable[..., Any] | None = None,
    ) -> dict[str, bytes] | None:
        """What an exporter writes; ``None`` when it says in a DataError that it cannot."""
        do = do or self._now
        try:
            more = self.options.get(exporter.name, {})
            files: dict[str, bytes] = do(write_files, exporter.name, data, more)
        except DataError as error:
            _check_problems(self.subject, exporter, error.problems)
            return None
        except Exception as error:
            cause = error.__cause__ or error
            raise fault(
                f"{described(exporter)} raises {type(cause).__name__} on {data!r}: {cause}",
                why="users get the failure of a plugin and no file",
                cure="write what can be written of an empty dataset, of stand-ins and of unknown "
                "values; else raise jmdi.DataError with a Problem that says what to do",
            ) from error
        return files
