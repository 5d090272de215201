"""Edits against slow oracles that know where each single character came from."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from arfix.edits import Alternative, Edit, OffsetMap, Step, apply, compose, place, revert

#: Few characters, so that what stands before and after an edit often looks like the edit itself.
CHARACTERS = "اب .\n\ue001\ud800\x00a1\u064b"
TEXTS = st.text(alphabet=CHARACTERS, max_size=30)
CODES = st.sampled_from(["AR201", "AR202", "AR301", "AR401"])


@st.composite
def edits_of(draw: st.DrawFn, text: str) -> list[Edit]:
    """Sorted edits of a text, touching, empty and void ones among them."""
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    edits = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        after = draw(st.text(alphabet=CHARACTERS, max_size=4))
        confidence = draw(st.sampled_from([0.25, 0.5, 1.0]))
        others = draw(st.sampled_from([(), (Alternative("ا", 0.125),)]))
        edits.append(Edit(draw(CODES), start, end, text[start:end], after, confidence, others))
    return edits


@st.composite
def repairs(draw: st.DrawFn) -> list[Step]:
    """One to four steps, each from the text that the last one left."""
    text = draw(TEXTS)
    steps = []
    for _ in range(draw(st.integers(1, 4))):
        code = draw(CODES)
        steps.append(Step.make(code, "toy", text, draw(edits_of(text))))
        text = steps[-1].after
    return steps


def slow_apply(text: str, edits: list[Edit]) -> str:
    for edit in reversed(edits):
        text = text[: edit.start] + edit.after + text[edit.end :]
    return text


def origins(steps: list[Step]) -> list[int | None]:
    """Return for each character of the final text which original one it still is."""
    current: list[int | None] = list(range(len(steps[0].before)))
    for step in steps:
        for edit in reversed(step.edits):
            current[edit.start : edit.end] = [None] * len(edit.after)
    return current


@given(st.data())
def test_apply_is_what_one_replacement_after_the_other_gives(data: st.DataObject) -> None:
    text = data.draw(TEXTS)
    edits = data.draw(edits_of(text))
    assert apply(text, edits) == slow_apply(text, edits)


@given(st.data())
def test_placed_edits_say_where_they_stand_and_revert(data: st.DataObject) -> None:
    text = data.draw(TEXTS)
    edits = place(data.draw(edits_of(text)))
    after = apply(text, edits)
    assert all(after[edit.output_start : edit.output_end] == edit.after for edit in edits)
    assert revert(after, edits) == text


@given(repairs())
def test_net_edits_replay_and_revert_exactly(steps: list[Step]) -> None:
    net = compose(steps)
    assert apply(steps[0].before, net) == steps[-1].after
    assert revert(steps[-1].after, net) == steps[0].before
    assert place(net) == net


@given(repairs())
def test_net_edits_are_sorted_apart_and_change_something(steps: list[Step]) -> None:
    net = compose(steps)
    assert all(edit.before != edit.after for edit in net)
    for edit, later in pairwise(net):
        assert edit.end <= later.start
        assert edit.output_end <= later.output_start


@given(repairs())
def test_every_unchanged_character_outside_the_net_edits_is_the_same_one(
    steps: list[Step],
) -> None:
    net = compose(steps)
    mapping = OffsetMap(net)
    came_from = origins(steps)
    edited = {at for edit in net for at in range(edit.output_start, edit.output_end)}
    for at, origin in enumerate(came_from):
        if at in edited:
            continue
        assert steps[0].before[mapping.to_input(at)] == steps[-1].after[at]
        assert mapping.to_output(mapping.to_input(at)) == at
        # A rewritten character that came out as it was may count as unchanged; one that was
        # never touched must be found where it came from.
        if origin is not None and untouched_neighbourhood(steps, origin):
            assert mapping.to_input(at) == origin


def untouched_neighbourhood(steps: list[Step], origin: int) -> bool:
    """Tell whether trimming cannot have shifted the character among equal ones beside it."""
    text = steps[0].before
    beside = text[max(origin - 1, 0) : origin] + text[origin + 1 : origin + 2]
    return (
        text.count(text[origin]) == 1
        and steps[-1].after.count(text[origin]) == 1
        and (text[origin] not in beside)
    )


@given(repairs())
def test_each_net_edit_can_be_undone_alone(steps: list[Step]) -> None:
    net = compose(steps)
    for undone in net:
        alone = revert(steps[-1].after, [undone])
        assert alone == apply(steps[0].before, [edit for edit in net if edit is not undone])


@given(repairs())
def test_offsets_map_in_order_and_stay_inside(steps: list[Step]) -> None:
    for step in steps:
        there = [step.to_output(offset) for offset in range(len(step.before) + 1)]
        back = [step.to_input(offset) for offset in range(len(step.after) + 1)]
        assert there == sorted(there)
        assert back == sorted(back)
        assert there[-1] == len(step.after)
        assert back[-1] == len(step.before)
        assert all(0 <= offset <= len(step.after) for offset in there)
        assert all(0 <= offset <= len(step.before) for offset in back)


@given(repairs())
def test_codes_and_confidence_come_from_the_steps(steps: list[Step]) -> None:
    codes = {edit.code for step in steps for edit in step.edits}
    for edit in compose(steps):
        assert set(edit.code.split("+")) <= codes
        assert edit.code == "+".join(sorted(edit.code.split("+")))
        assert edit.confidence in (0.25, 0.5, 1.0)


@given(repairs(), st.data())
def test_folding_in_two_parts_reaches_the_same_text(steps: list[Step], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(steps)))
    text = steps[0].before
    for part in (steps[:cut], steps[cut:]):
        text = apply(text, compose(part))
    assert text == steps[-1].after
