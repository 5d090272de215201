"""Lines cut at symbols and at guillemets alike."""

from __future__ import annotations

from unit.test_unknown_symbols import TEXT, written

import arfix
from arfix.cipher.runs import in_order
from arfix.cipher.symbols import Alphabet

CODES = {("ي", "medial"): "\ue893", ("م", "medial"): "\ue940", ("ل", "medial"): "\ue915"}
LINE = "قال الرجل «الحافلة تصل» ثم مضى وهو يحمل «حقيبة جديدة» إلى البيت"


def cut(text: str) -> str:
    """Return lines as an extractor leaves them that takes codes and guillemets for Latin."""
    alphabet = Alphabet([text], private=True)
    return "\n".join(in_order(line, alphabet, quotes=True) for line in text.split("\n"))


def test_pieces_between_codes_and_guillemets_come_back() -> None:
    whole = written(f"{LINE}\n{TEXT.strip()}", CODES)
    broken = cut(whole)
    assert broken != whole
    repaired = arfix.repair(broken, select=["AR201"])
    assert repaired == whole
    assert arfix.repair(repaired, select=["AR201"]) is repaired


def test_guillemets_alone_are_no_cuts() -> None:
    text = "\n".join([LINE] * 8)
    assert arfix.repair(text, select=["AR201"]) is text


def test_lines_with_codes_in_order_stay() -> None:
    whole = written(f"{LINE}\n{TEXT.strip()}", CODES)
    assert arfix.repair(whole, select=["AR201"]) is whole
