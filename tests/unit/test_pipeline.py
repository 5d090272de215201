from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from unit.toys import Toy, context

from arfix.edits import apply, compose
from arfix.pipeline import MAX_ROUNDS, examine, run

if TYPE_CHECKING:
    from arfix.stages import Context, Finding


def test_healthy_pages_come_back_as_the_same_objects() -> None:
    pages = ["".join(["a", "b"]), "".join(["c", "d"])]
    results = run(pages, context(), [Toy("AR301", "x", "y")])
    assert all(result.text is page for result, page in zip(results, pages, strict=True))
    assert all(result.converged and not result.steps for result in results)


def test_a_healthy_document_is_looked_at_once() -> None:
    toys = [Toy("AR201", "x", "y"), Toy("AR301", "z", "y")]
    run(["ab"], context(), toys)
    assert [len(toy.seen) for toy in toys] == [1, 1]


def test_no_pages_no_results() -> None:
    assert run([], context(), [Toy("AR301", "x", "y")]) == []


def test_no_stages_no_change() -> None:
    (result,) = run(["ab"], context(), [])
    assert result.text == "ab"
    assert result.converged


def test_stages_run_in_order_each_on_what_the_last_one_left() -> None:
    first, second = Toy("AR201", "a", "b"), Toy("AR301", "b", "c")
    (result,) = run(["a b"], context(), [first, second])
    assert result.text == "c c"
    assert second.seen[0] == ("b b",)
    assert [step.code for step in result.steps] == ["AR201", "AR301"]


class Listener(Toy):
    """Notes what it is told of the classes that changed the document."""

    def detect(self, pages: Sequence[str], context: Context) -> Finding | None:
        told.append(context.repaired)
        return super().detect(pages, context)


told: list[frozenset[str]] = []


def test_a_stage_is_told_which_classes_have_changed_the_document() -> None:
    told.clear()
    given_context = context()
    toys = [Toy("AR201", "q", "r"), Toy("AR204", "a", "b"), Listener("AR301", "b", "c")]
    run(["a"], given_context, toys)
    assert told[0] == {"AR204"}
    assert told[-1] == {"AR204", "AR301"}
    assert not given_context.repaired
    run(["z"], given_context, toys)
    assert told[-1] == frozenset()


def test_rounds_go_on_until_nothing_changes() -> None:
    # What the second makes only the first can repair: that takes another round.
    (result,) = run(["b"], context(), [Toy("AR201", "a", "c"), Toy("AR301", "b", "a")])
    assert result.text == "c"
    assert result.converged


def test_each_stage_has_seen_the_final_text() -> None:
    toys = [Toy("AR201", "a", "c"), Toy("AR301", "b", "a"), Toy("AR401", "q", "r")]
    run(["b q"], context(), toys)
    assert all(toy.seen[-1] == ("c r",) for toy in toys)


def test_what_never_settles_comes_back_as_it_was() -> None:
    page = "".join(["a", "z"])
    toy = Toy("AR301", "[ab]", lambda letter: "b" if letter == "a" else "a")
    (result,) = run([page], context(), [toy, Toy("AR401", "z", "!")])
    assert result.text is page
    assert not result.converged
    assert not result.steps
    assert [finding.code for finding in result.findings] == ["AR301", "AR401"]
    assert len(toy.seen) == MAX_ROUNDS


def test_the_finding_is_of_the_document_the_edits_are_of_the_page() -> None:
    pages = ["a", "".join(["b", "b"])]
    results = run(pages, context(), [Toy("AR301", "a", "x")])
    assert [result.text for result in results] == ["x", "bb"]
    assert results[1].text is pages[1]
    assert results[0].findings == results[1].findings


def test_select_and_ignore_leave_classes_out() -> None:
    toys = [Toy("AR201", "a", "1"), Toy("AR301", "b", "2"), Toy("AR302", "c", "3")]
    (result,) = run(["abc"], context(select="AR3", ignore="AR302"), toys)
    assert result.text == "a2c"
    assert not toys[0].seen


def test_unsure_edits_are_not_made_but_told() -> None:
    toys = [Toy("AR201", "a", "xx", 0.9), Toy("AR301", "b", "y", 0.4)]
    (result,) = run(["ab"], context(min_confidence=0.5), toys)
    assert result.text == "xxb"
    (left,) = result.unrepaired
    assert (left.code, left.start, left.before, left.after) == ("AR301", 2, "b", "y")


def test_an_edit_that_changes_nothing_says_that_a_place_is_broken() -> None:
    (result,) = run(["ab"], context(), [Toy("AR301", "b", "b")])
    assert result.text == "ab"
    assert result.converged
    assert [edit.before for edit in result.unrepaired] == ["b"]


def test_words_to_keep_are_kept_whole() -> None:
    toy = Toy("AR301", "b", "x")
    (result,) = run(["abc b bb"], context(keep=["abc", "bb"]), [toy])
    assert result.text == "abc x bb"
    assert not result.unrepaired


def test_examine_finds_what_run_finds_and_does_less() -> None:
    def toys() -> list[Toy]:
        return [Toy("AR201", "a", "b"), Toy("AR301", "b", "c"), Toy("AR401", "z", "c")]

    findings = examine(["a"], context(), toys())
    assert [finding.code for finding in findings] == ["AR201", "AR301"]
    assert findings == run(["a"], context(), toys())[0].findings


#: Each of these makes something that another may take up again; some sets never settle.
TOYS = st.lists(
    st.builds(
        Toy,
        code=st.sampled_from(["AR201", "AR202", "AR301", "AR401"]),
        pattern=st.sampled_from(["a", "b", "c", "ab", "b+", "^ ", " $", "aa"]),
        after=st.sampled_from(["", "a", "b", "c", "ca", " "]),
        confidence=st.sampled_from([0.3, 0.6, 1.0]),
    ),
    max_size=4,
    unique_by=lambda toy: toy.code,
)
PAGES = st.lists(st.text(alphabet="abc \n", max_size=12), max_size=3)


@given(PAGES, TOYS, st.sampled_from([0.0, 0.5, 0.8]))
def test_repairing_twice_is_repairing_once(pages: list[str], toys: list[Toy], least: float) -> None:
    once = [result.text for result in run(pages, context(min_confidence=least), toys)]
    again = run(once, context(min_confidence=least), toys)
    assert all(result.text is page for result, page in zip(again, once, strict=True))


@given(PAGES, TOYS)
def test_steps_tell_the_whole_story(pages: list[str], toys: list[Toy]) -> None:
    for page, result in zip(pages, run(pages, context(), toys), strict=True):
        assert result.original is page
        assert apply(page, compose(result.steps)) == result.text
        text = page
        for step in result.steps:
            assert step.before == text
            text = step.after
        for left in result.unrepaired:
            assert result.text[left.start : left.end] == left.before


@given(PAGES, TOYS)
def test_all_that_is_made_is_sure_enough(pages: list[str], toys: list[Toy]) -> None:
    for result in run(pages, context(min_confidence=0.5), toys):
        assert all(edit.confidence >= 0.5 for step in result.steps for edit in step.edits)


@given(PAGES, st.floats(0, 1), st.floats(0, 1))
def test_asking_for_more_confidence_never_adds_an_edit(
    pages: list[str], low: float, high: float
) -> None:
    toys = [Toy("AR201", "a", "1", 0.3), Toy("AR301", "b", "2", 0.6), Toy("AR401", "c", "", 0.9)]
    made = []
    for least in sorted((low, high)):
        results = run(pages, context(min_confidence=least), toys)
        edits = [edit for result in results for step in result.steps for edit in step.edits]
        made.append(Counter((edit.code, edit.before, edit.after) for edit in edits))
    assert made[1] <= made[0]


@given(PAGES, TOYS)
def test_the_order_of_pages_changes_no_page(pages: list[str], toys: list[Toy]) -> None:
    forwards = [result.text for result in run(pages, context(), toys)]
    backwards = [result.text for result in run(pages[::-1], context(), toys)]
    assert backwards[::-1] == forwards
