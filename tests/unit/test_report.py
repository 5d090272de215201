from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unit.toys import ToyRepairer

from arfix.errors import DataError, EditError
from arfix.report import Diagnosis, Repair
from arfix.stages import Finding

#: What the toys repair, halves of surrogate pairs, and what JSON or a terminal would trip over.
TEXTS = st.text(alphabet='#~ta \n"\\\x00\u2028\ue001\ud800\udc00\U0001f600ي', max_size=20)


@given(TEXTS)
def test_replay_and_revert_are_exact(text: str) -> None:
    repair = ToyRepairer().explain(text)
    assert repair.original is text
    assert repair.replay(text) == repair.text
    assert repair.revert() == text
    for edit in repair.edits:
        others = [other for other in repair.edits if other != edit]
        assert len(repair.revert(edit)) == len(repair.text) - len(edit.after) + len(edit.before)
        assert len(others) == len(repair.edits) - 1


@given(TEXTS)
def test_json_round_trip(text: str) -> None:
    repair = ToyRepairer(min_confidence=0.6).explain(text)
    again = Repair.from_json(repair.to_json())
    assert again == repair
    assert again.edits == repair.edits
    assert (again.text is again.original) == (repair.text is repair.original)


@given(TEXTS)
def test_offsets_of_untouched_characters_are_exact(text: str) -> None:
    repair = ToyRepairer().explain(text)
    touched = {offset for edit in repair.edits for offset in range(edit.start, edit.end)}
    for offset, character in enumerate(text):
        if offset not in touched:
            assert repair.text[repair.to_output(offset)] == character
            assert repair.to_input(repair.to_output(offset)) == offset


@given(TEXTS)
def test_what_is_left_unrepaired_stands_in_the_final_text(text: str) -> None:
    repair = ToyRepairer(min_confidence=0.6).explain(text)
    for edit in repair.unrepaired:
        assert repair.text[edit.start : edit.end] == edit.before


@given(TEXTS)
def test_the_report_can_always_be_read(text: str) -> None:
    report = ToyRepairer(min_confidence=0.6).explain(text).to_text()
    assert "\x00" not in report
    assert "\ue001" not in report


class TestRepair:
    def test_tells_what_was_done(self) -> None:
        repair = ToyRepairer().explain("c# we ta")
        assert repair.changed
        assert [(edit.code, edit.before, edit.after) for edit in repair.edits] == [
            ("AR202", "c#", "csharp"),
            ("AR301", "ta", "take"),
        ]
        assert [step.code for step in repair.steps] == ["AR202", "AR301"]

    def test_of_healthy_text_is_empty(self) -> None:
        repair = ToyRepairer().explain("healthy")
        assert not repair.changed
        assert repair.edits == repair.steps == repair.unrepaired == ()
        assert not repair.diagnosis
        assert not repair.channel

    def test_reverts_one_edit(self) -> None:
        repair = ToyRepairer().explain("c# we ta")
        assert repair.revert(repair.edits[0]) == "c# we take"
        assert repair.revert(repair.edits[1]) == "csharp we ta"

    def test_refuses_an_edit_of_another_repair(self) -> None:
        repair, other = ToyRepairer().explain("c# ta"), ToyRepairer().explain("ta c#")
        with pytest.raises(EditError, match=r"repair\.edits"):
            repair.revert(other.edits[0])

    def test_refuses_to_replay_another_text(self) -> None:
        with pytest.raises(EditError, match="very text"):
            ToyRepairer().explain("c#").replay("d!")

    def test_describes_edits_by_line_and_column(self) -> None:
        lines = ToyRepairer().explain("ab\nwe ta").to_text().split("\n")
        assert lines[-1] == "  2:4 AR301 \u2068ta\u2069 -> \u2068take\u2069 50%"

    def test_describes_what_was_left(self) -> None:
        report = ToyRepairer(min_confidence=0.6).explain("# ta").to_text()
        assert "1 edit, 1 place left unrepaired" in report
        assert report.endswith("  1:7 AR301 \u2068ta\u2069 -> \u2068take\u2069 50%")

    def test_json_is_what_others_can_read(self) -> None:
        data = json.loads(ToyRepairer().explain("\ud800 ta").to_json())
        assert data["edits"][0]["after"] == "take"
        assert data["text"] == "\ud800 take"

    def test_json_can_be_written_as_utf8(self) -> None:
        ToyRepairer().explain("\ud800 ta \udc00").to_json().encode("utf-8")

    def test_refuses_json_of_another_format(self) -> None:
        with pytest.raises(DataError, match="format 99"):
            Repair.from_json('{"format": 99}')

    def test_refuses_json_that_contradicts_itself(self) -> None:
        data = json.loads(ToyRepairer().explain("ta").to_json())
        data["text"] = "other"
        with pytest.raises(DataError, match="by hand"):
            Repair.from_json(json.dumps(data))


class TestDiagnosis:
    FINDING = Finding("AR301", "lost-glyphs", 3, 0.25, "seen 3 of 12", 0.9, detail=object())

    def test_is_true_when_something_is_wrong(self) -> None:
        assert not Diagnosis()
        assert Diagnosis((self.FINDING,), 12)

    def test_json_round_trip_leaves_the_private_part_out(self) -> None:
        diagnosis = Diagnosis((self.FINDING,), 12)
        again = Diagnosis.from_json(diagnosis.to_json())
        assert again == diagnosis
        assert again.findings[0].detail is None

    def test_reads_plainly(self) -> None:
        text = Diagnosis((self.FINDING,), 12).to_text()
        assert text == "AR301 lost-glyphs: 3 (25.0%), 90% sure: seen 3 of 12"

    def test_counts_one_word_as_one(self) -> None:
        assert Diagnosis(words=1).to_text() == "nothing wrong in 1 word"

    def test_writes_out_what_cannot_be_seen(self) -> None:
        finding = Finding("AR202", "private-use", 1, 0.5, "seen: \ue940\u200f", 0.9)
        assert Diagnosis((finding,)).to_text().endswith("seen: <U+E940><U+200F>")

    def test_iterates_over_its_findings(self) -> None:
        assert [finding.code for finding in Diagnosis((self.FINDING,), 12)] == ["AR301"]
