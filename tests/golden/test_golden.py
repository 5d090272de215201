"""Every fixture case, asserted five ways; every negative case, asserted to be left alone.

A positive case says what the damage is, which class repairs it and what must come out. The
five ways are: the text, the replay of the edits, the exact revert, the codes of the edits, and
that a second repair changes nothing. A case with ``strict_known_failure`` is one that arfix
should repair and does not: its text must *differ* from what is wanted (the day it does not, the
test fails and the mark is taken off), while the laws hold for it as for any other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from golden.cases import codes, documents, negatives, positives, replayed, reverted

import arfix

if TYPE_CHECKING:
    from collections.abc import Sequence

    from golden.cases import Case, Document, Negative

POSITIVES = positives()
NEGATIVES = negatives()
DOCUMENTS = documents()


def params(cases: Sequence[Any], *, expect_failure: bool) -> list[Any]:
    """Return pytest parameters; known failures are marked where the outcome is asserted."""
    return [
        pytest.param(
            case,
            id=case.id,
            marks=[pytest.mark.xfail(reason=case.strict_known_failure, strict=True)]
            if expect_failure and case.strict_known_failure
            else [],
        )
        for case in cases
    ]


wanted = pytest.mark.parametrize("case", params(POSITIVES, expect_failure=True))
lawful = pytest.mark.parametrize("case", params(POSITIVES, expect_failure=False))


@wanted
def test_text(case: Case) -> None:
    assert ascii(arfix.repair(case.input, **case.options)) == ascii(case.output), case.why


@lawful
def test_edits_replay(case: Case) -> None:
    result = arfix.explain(case.input, **case.options)
    assert result.text == arfix.repair(case.input, **case.options)
    assert replayed(case.input, result.edits) == result.text
    assert result.replay(case.input) == result.text


@lawful
def test_edits_revert(case: Case) -> None:
    result = arfix.explain(case.input, **case.options)
    assert reverted(result.text, result.edits) == case.input
    assert result.revert() == case.input


@pytest.mark.parametrize(
    "case", params([c for c in POSITIVES if not c.strict_known_failure], expect_failure=False)
)
def test_codes(case: Case) -> None:
    edits = arfix.explain(case.input, **case.options).edits
    assert codes(edits) == set(case.code.split("+")), case.why


@lawful
def test_second_repair_changes_nothing(case: Case) -> None:
    once = arfix.repair(case.input, **case.options)
    assert arfix.repair(once, **case.options) is once


@pytest.mark.parametrize("case", params(NEGATIVES, expect_failure=True))
def test_negative_is_the_same_object(case: Negative) -> None:
    assert arfix.repair(case.input) is case.input, case.why


@pytest.mark.parametrize("case", params(NEGATIVES, expect_failure=True))
def test_negative_has_no_edit(case: Negative) -> None:
    result = arfix.explain(case.input)
    assert not result.edits, case.why
    assert result.text is case.input


@pytest.mark.parametrize("case", params(NEGATIVES, expect_failure=True))
def test_negative_is_healthy(case: Negative) -> None:
    assert not arfix.diagnose(case.input), case.why


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_clean_document_is_the_same_object(document: Document, line_end: str) -> None:
    text = document.text.replace("\n", line_end)
    assert arfix.repair(text) is text


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_clean_document_is_the_same_at_guess(document: Document) -> None:
    text = document.text
    assert arfix.repair(text, level="guess") is text


def test_all_clean_documents_as_one_are_the_same_objects() -> None:
    pages = [document.text for document in DOCUMENTS]
    results = arfix.repair_document(pages)
    assert [result.text for result in results] == pages
    assert all(result.text is page for result, page in zip(results, pages, strict=True))
    assert not arfix.infer_channel(pages)


def test_all_negatives_as_one_document_are_the_same_objects() -> None:
    pages = [case.input for case in NEGATIVES if not case.strict_known_failure]
    results = arfix.repair_document(pages)
    changed = [
        (case, ascii(edit.before), ascii(edit.after))
        for case, result in zip(pages, results, strict=True)
        for edit in result.edits
    ]
    assert not changed
