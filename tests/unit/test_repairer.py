from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec

import pytest
from unit.toys import ToyRepairer

import arfix
from arfix import Channel, Config, ConfigError
from arfix.channel.inference import LostSet
from arfix.channel.model import LostGlyph, SymbolReading
from arfix.defects.lost_tanween import Habit
from arfix.defects.private_use import SymbolMap
from arfix.errors import DataError, TextTypeError
from arfix.glyphs import Glyph
from arfix.repairer import Repairer, _channel
from arfix.stages import ChannelPart, Finding


class TestText:
    def test_repairs(self) -> None:
        assert ToyRepairer().repair("c# ta") == "csharp take"

    def test_healthy_text_is_the_same_object(self) -> None:
        text = "".join(["nothing", " wrong"])
        assert ToyRepairer().repair(text) is text
        assert ToyRepairer().explain(text).text is text

    @pytest.mark.parametrize("text", ["", "\x00", "\ud800 # \udfff\x00", "\r\n#\r\n", "#" * 1000])
    def test_any_str_is_accepted(self, text: str) -> None:
        assert ToyRepairer().repair(text) == text.replace("#", "sharp")

    @pytest.mark.parametrize("text", [b"x", bytearray(b"x"), memoryview(b"x")])
    def test_bytes_are_told_how_to_become_text(self, text: object) -> None:
        for call in calls(ToyRepairer()):
            with pytest.raises(TextTypeError, match="decode"):
                call(text)

    @pytest.mark.parametrize("text", [None, 1.5, ["a"]])
    def test_other_things_are_no_text(self, text: object) -> None:
        for call in calls(ToyRepairer()):
            with pytest.raises(TypeError, match="not str"):
                call(text)


def calls(repairer: Repairer) -> list[Callable[..., object]]:
    return [
        repairer.repair,
        repairer.explain,
        repairer.diagnose,
        repairer.suggest,
        lambda text: repairer.repair_document([text]),
        lambda text: repairer.infer_channel([text]),
        lambda text: list(repairer.pipe([text])),
        lambda text: list(repairer.pipe([text], processes=2)),
    ]


class TestDocument:
    def test_pages_share_what_was_found(self) -> None:
        first, second = ToyRepairer().repair_document(["a#", "ta"])
        assert (first.text, second.text) == ("asharp", "take")
        assert first.diagnosis == second.diagnosis
        assert first.diagnosis.codes == ("AR202", "AR301")
        assert first.channel == second.channel

    def test_no_pages(self) -> None:
        assert ToyRepairer().repair_document([]) == []

    def test_pages_may_be_any_iterable(self) -> None:
        assert len(ToyRepairer().repair_document(iter(["a", "b"]))) == 2

    @pytest.mark.parametrize("pages", ["one text", b"bytes"])
    def test_one_text_is_no_list_of_pages(self, pages: object) -> None:
        with pytest.raises(TypeError, match="list"):
            ToyRepairer().repair_document(pages)  # type: ignore[arg-type]


class TestDiagnosis:
    def test_leaves_the_tables_of_the_classes_behind(self) -> None:
        report = ToyRepairer().explain("# ta ~")
        assert [finding.detail for finding in report.diagnosis] == [None] * 3
        assert pickle.loads(pickle.dumps(report)) == report  # noqa: S301 - our own bytes

    def test_is_what_explain_says(self) -> None:
        text = "# ta ~"
        assert ToyRepairer().diagnose(text) == ToyRepairer().explain(text).diagnosis

    def test_counts_arabic_words(self) -> None:
        assert ToyRepairer().diagnose("ثلاث كلمات، هنا. three 3").words == 3


class TestChannel:
    def test_is_merged_from_what_was_found(self) -> None:
        assert ToyRepairer().infer_channel(["#", "ta", "~"]) == Channel(
            lost=(LostGlyph("k", "medial", 0.5),),
            symbols=(SymbolReading("#", "sharp", 0.75),),
            lost_tanween=True,
            share=0.25,
            confidence=0.5,
        )

    def test_every_class_that_knows_of_it_says_so_itself(self) -> None:
        details = [
            SymbolMap({}),
            Habit(after=True, confidence=0.5),
            LostSet((Glyph("ك", "medial"),), 1.0, None, 1, None, 9),  # type: ignore[arg-type]
        ]
        assert all(isinstance(detail, ChannelPart) for detail in details)
        merged = Channel.merged(detail.channel for detail in details)
        assert merged.lost == (LostGlyph("ك", "medial", 1.0),)
        assert merged.lost_tanween
        assert merged.confidence == 0.5

    def test_survives_json(self) -> None:
        channel = ToyRepairer().infer_channel(["#", "ta", "~"])
        assert Channel.from_json(channel.to_json()) == channel
        assert channel.to_json().isascii()

    @pytest.mark.parametrize("text", ["", "[]", "{}", '{"lost": [{"letter": "k"}]}', "null"])
    def test_other_json_is_refused(self, text: str) -> None:
        with pytest.raises(DataError, match="no channel"):
            Channel.from_json(text)

    def test_classes_that_say_nothing_of_it_leave_it_empty(self) -> None:
        finding = Finding("AR401", "edge", 1, 0.5, "seen", 0.9, detail=object())
        assert _channel([finding], None) == Channel()

    def test_of_healthy_pages_is_empty(self) -> None:
        assert not ToyRepairer().infer_channel(["nothing"])

    def test_that_was_given_is_the_one_reported(self) -> None:
        given = Channel(lost=(LostGlyph("y", "final", 1.0),))
        assert ToyRepairer(channel=given).explain("#").channel is given


class TestPipe:
    def test_keeps_the_order(self) -> None:
        texts = [f"{number}#" for number in range(100)]
        repairer = ToyRepairer()
        expected = [repairer.repair(text) for text in texts]
        assert list(repairer.pipe(texts)) == expected
        assert list(repairer.pipe(texts, processes=2)) == expected

    def test_unchanged_texts_are_the_same_objects_in_several_processes(self) -> None:
        texts = [f"{number}" for number in range(40)]
        results = list(ToyRepairer().pipe(texts, processes=2))
        assert all(after is before for after, before in zip(results, texts, strict=True))

    def test_reads_only_a_little_ahead(self) -> None:
        read = 0

        def endless() -> Iterator[str]:
            nonlocal read
            while True:
                read += 1
                yield "#"

        for processes in (1, 2):
            results = ToyRepairer().pipe(endless(), processes=processes)
            assert next(results) == "sharp"
            assert read < 500
            if processes > 1:
                results.close()  # type: ignore[attr-defined]

    def test_any_str_travels(self) -> None:
        texts = ["\ud800#", "\x00", "\udfff"]
        assert list(ToyRepairer().pipe(texts, processes=2)) == ["\ud800sharp", "\x00", "\udfff"]

    def test_too_few_processes(self) -> None:
        with pytest.raises(ConfigError, match="less than 1"):
            ToyRepairer().pipe([], processes=0)


def test_options_and_config() -> None:
    assert Repairer(Config(level="guess"), min_confidence=0.5).config == Config(
        level="guess", min_confidence=0.5
    )
    with pytest.raises(ConfigError, match="did you mean 'level'"):
        Repairer(lvel="guess")  # type: ignore[call-arg]


def test_a_repairer_is_picklable_after_use() -> None:
    repairer = ToyRepairer(level="guess")
    repairer.repair("#")
    copy = pickle.loads(pickle.dumps(repairer))  # noqa: S301 - our own bytes
    assert copy.config == repairer.config
    assert copy.repair("#") == "sharp"


class TestFace:
    @pytest.mark.parametrize("name", arfix.__all__)
    def test_every_public_name_is_there(self, name: str) -> None:
        assert getattr(arfix, name) is not None
        assert name in dir(arfix)

    @pytest.mark.parametrize("name", arfix.__all__)
    def test_no_module_hides_a_public_name(self, name: str) -> None:
        # Importing arfix.suggest, were there such a module, would put it in the function's place.
        assert find_spec(f"arfix.{name}") is None

    def test_other_names_are_not(self) -> None:
        with pytest.raises(AttributeError, match="no attribute 'fix'"):
            arfix.fix  # noqa: B018

    def test_the_import_is_light(self) -> None:
        code = "import sys; old = set(sys.modules); import arfix; print(*set(sys.modules) - old)"
        done = subprocess.run(  # noqa: S603 - our own interpreter
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        assert set(done.stdout.split()) <= {"arfix", "__future__"}
