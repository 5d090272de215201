from __future__ import annotations

import pickle

import pytest

from arfix.edits import Alternative, Edit, Step, apply, compose, place, revert
from arfix.errors import ArfixError, EditError


def edit(start: int, before: str, after: str, code: str = "AR301", **more: object) -> Edit:
    return Edit(code, start, start + len(before), before, after, **more)  # type: ignore[arg-type]


def step(text: str, *edits: Edit, code: str = "AR301") -> Step:
    return Step.make(code, "toy", text, edits)


def summary(edits: tuple[Edit, ...]) -> list[tuple[str, int, str, str]]:
    return [(it.code, it.start, it.before, it.after) for it in edits]


class TestApply:
    def test_no_edits_give_the_same_object(self) -> None:
        text = "".join(["سطر", " ", "ما"])
        assert apply(text, []) is text

    def test_replaces_inserts_and_deletes(self) -> None:
        edits = [edit(0, "", ">"), edit(1, "b", ""), edit(3, "d", "DD")]
        assert apply("abcd", edits) == ">acDD"

    def test_two_insertions_at_one_place_keep_their_order(self) -> None:
        assert apply("ab", [edit(1, "", "1"), edit(1, "", "2")]) == "a12b"

    @pytest.mark.parametrize(
        "edits",
        [
            [edit(1, "bc", "x"), edit(2, "c", "y")],
            [edit(2, "c", "y"), edit(1, "b", "x")],
            [edit(3, "de", "x")],
            [Edit("AR301", -1, 0, "", "x")],
            [Edit("AR301", 2, 1, "", "x")],
        ],
    )
    def test_overlap_disorder_and_leaving_the_text_are_errors(self, edits: list[Edit]) -> None:
        with pytest.raises(EditError, match="sorted"):
            apply("abcd", edits)

    def test_edits_of_another_text_are_an_error(self) -> None:
        with pytest.raises(EditError, match="very text"):
            apply("abcd", [edit(1, "x", "y")])

    def test_the_error_is_also_a_value_error(self) -> None:
        assert issubclass(EditError, ArfixError)
        assert issubclass(EditError, ValueError)


class TestStep:
    def test_fills_in_the_output_spans(self) -> None:
        made = step("ab cd", edit(0, "ab", "a"), edit(3, "cd", "cde"))
        assert made.after == "a cde"
        assert [(it.output_start, it.output_end) for it in made.edits] == [(0, 1), (2, 5)]

    def test_reverts(self) -> None:
        made = step("ab cd", edit(0, "ab", ""), edit(3, "", "x"))
        assert made.revert(made.after) == "ab cd"

    def test_survives_pickling(self) -> None:
        made = step("ab", edit(0, "a", "b"))
        made.to_output(1)
        assert pickle.loads(pickle.dumps(made)) == made  # noqa: S301 - our own bytes

    def test_maps_unchanged_characters_exactly(self) -> None:
        made = step("abcdef", edit(1, "b", "BBB"), edit(3, "de", ""))
        assert made.after == "aBBBcf"
        assert [made.to_output(offset) for offset in (0, 2, 5, 6)] == [0, 4, 5, 6]
        assert [made.to_input(offset) for offset in (0, 4, 5, 6)] == [0, 2, 5, 6]

    def test_a_character_stands_behind_what_was_put_in_before_it(self) -> None:
        made = step("ab", edit(1, "", "x"))
        assert made.to_output(1) == 2
        assert made.to_input(1) == 1
        assert made.to_input(2) == 1

    def test_the_shared_start_and_end_of_an_edit_map_exactly(self) -> None:
        made = step("قلم", edit(0, "قلم", "قلمي"))
        assert [made.to_output(offset) for offset in range(4)] == [0, 1, 2, 4]


class TestCompose:
    def test_nothing_done(self) -> None:
        assert compose([]) == ()

    def test_letters_are_shown_with_their_word(self) -> None:
        first = step("ذهب ل بيت", edit(5, "", "ى", confidence=0.8))
        assert summary(compose([first])) == [("AR301", 4, "ل", "لى")]

    def test_punctuation_stays_as_small_as_it_is(self) -> None:
        first = step("(نعم", edit(0, "(", ""), edit(4, "", ")"), code="AR401")
        assert summary(compose([first])) == [("AR301", 0, "(", ""), ("AR301", 4, "", ")")]

    def test_an_edit_that_was_too_wide_is_cut_to_its_words(self) -> None:
        first = step("ab cd ef", edit(0, "ab cd ef", "ab cx ef"))
        assert summary(compose([first])) == [("AR301", 3, "cd", "cx")]

    def test_two_changes_in_a_word_are_one(self) -> None:
        first = step("abcdef", edit(1, "b", "B", "AR202", confidence=0.9))
        second = step(first.after, edit(4, "e", "E", "AR301", confidence=0.7))
        (net,) = compose([first, second])
        assert (net.code, net.before, net.after) == ("AR202+AR301", "abcdef", "aBcdEf")
        assert net.confidence == 0.7

    def test_a_later_step_changes_what_an_earlier_one_made(self) -> None:
        first = step("a b c", edit(2, "b", "bbb", "AR202"))
        second = step(first.after, edit(3, "bb c", "x", "AR401"))
        assert second.after == "a bx"
        assert summary(compose([first, second])) == [("AR202+AR401", 2, "b c", "bx")]

    def test_what_was_undone_is_no_edit(self) -> None:
        first = step("a b", edit(2, "b", "xyz"))
        second = step(first.after, edit(2, "xyz", "b"))
        assert compose([first, second]) == ()

    def test_deletion_and_insertion_at_one_place_become_one(self) -> None:
        first = step("a-b", edit(1, "-", "", "AR201"))
        second = step(first.after, edit(1, "", "+", "AR401"))
        assert summary(compose([first, second])) == [("AR201+AR401", 1, "-", "+")]

    def test_a_moved_mark_leaves_the_word_alone(self) -> None:
        first = step(".سلام", edit(0, ".", ""), edit(5, "", "."))
        assert summary(compose([first])) == [("AR301", 0, ".", ""), ("AR301", 5, "", ".")]

    def test_alternatives_grow_with_the_word(self) -> None:
        other = (Alternative("x", 0.2),)
        first = step("ab-cd", edit(3, "c", "k", alternatives=other))
        (net,) = compose([first])
        assert (net.before, net.after) == ("cd", "kd")
        assert net.alternatives == (Alternative("xd", 0.2),)

    def test_alternatives_of_a_last_step_that_covers_all_survive(self) -> None:
        first = step("ab cd", edit(1, "b", "B", "AR202"))
        second = step(first.after, edit(0, "aB", "zz", alternatives=(Alternative("yy", 0.1),)))
        (net,) = compose([first, second])
        assert (net.code, net.before, net.after) == ("AR202+AR301", "ab", "zz")
        assert net.alternatives == (Alternative("yy", 0.1),)

    def test_alternatives_that_no_longer_fit_are_dropped(self) -> None:
        first = step("ab cd", edit(0, "ab", "xb", alternatives=(Alternative("yb", 0.1),)))
        second = step(first.after, edit(1, "b", "z"))
        (net,) = compose([first, second])
        assert (net.before, net.after, net.alternatives) == ("ab", "xz", ())

    def test_a_huge_word_is_not_dragged_into_the_edit(self) -> None:
        text = "ب" * 10_000
        first = step(text, edit(5_000, "ب", "ت"))
        assert summary(compose([first])) == [("AR301", 5_000, "ب", "ت")]

    def test_steps_that_do_not_follow_one_another_are_an_error(self) -> None:
        with pytest.raises(EditError, match="in order"):
            compose([step("ab", edit(0, "a", "b")), step("cd", edit(0, "c", "d"))])

    def test_lone_surrogates_and_nul_pass_through(self) -> None:
        text = "a\ud800\x00b"
        first = step(text, edit(1, "\ud800", "\udfff"), edit(2, "\x00", ""))
        net = compose([first])
        assert apply(text, net) == first.after == "a\udfffb"
        assert revert(first.after, net) == text


def test_place_counts_on() -> None:
    placed = place([edit(0, "a", "aa"), edit(2, "c", "")])
    assert [(it.output_start, it.output_end) for it in placed] == [(0, 2), (3, 3)]


def test_ten_megabytes_on_one_line_stay_linear() -> None:
    text = "كلمة " * 200_000
    first = step(text, *(edit(place, "ك", "ق") for place in range(0, len(text), 50)))
    second = step(first.after, *(edit(place, "م", "من") for place in range(2, len(text), 75)))
    net = compose([first, second])
    assert apply(text, net) == second.after
