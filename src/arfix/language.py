"""Which language words of the Arabic script are in, as far as two word lists can tell.

Arabic and Persian share a script and thousands of words, but not the common ones: summed over a
few sentences, how probable the words are in the one and in the other tells the two apart by a
wide margin. Urdu, Kurdish and other languages lie between, where neither list knows the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from arfix.view import bare

if TYPE_CHECKING:
    from arfix.resources import Resources

#: Mean nats a word above which a text is Arabic: dialect included, Urdu and Kurdish not.
ARABIC: Final = 0.5
#: Below which it is Persian.
PERSIAN: Final = -3.0
#: How improbable a word of a list can be: what no list knows counts like its rarest words.
_FLOOR: Final = -16.0
_YEH, _DOTTED, _PLAIN = "\u06cc", "\u064a", "\u0649"
#: A letter of another language that writes with the Arabic script, or one that is drawn like an
#: Arabic one and written so in that language.
OTHER_LETTER: Final = re.compile(
    "[\u067e\u0686\u0698\u06a9\u06af\u06cc\u06c1\u06ba\u06d2\u0679\u0688\u0691\u06be]"
)
#: How Arabic writes letters that other languages write otherwise.
ARABIC_SPELLING: Final = str.maketrans(
    {_YEH: _DOTTED, "\u06a9": "\u0643", "\u06be": "\u0647", "\u06c1": "\u0647", "\u06d5": "\u0647"}
)


def leaning(words: Iterable[str], resources: Resources) -> float:
    """Return by how many nats a word the words are more probable in Arabic than in Persian.

    Either way of writing yeh, kaf and heh counts for both languages, since fonts and keyboards
    confuse them. 0 for no words, or none that either list knows.

    Args:
        words: Words as they stand in the text.
        resources: The word lists.
    """
    lexicon, persian = resources.lexicon, resources.persian
    total, number = 0.0, 0
    for word in words:
        letters = bare(word)
        arabic = letters.translate(ARABIC_SPELLING)
        known = lexicon.log_probability(arabic)
        if letters.endswith(_YEH):
            known = max(known, lexicon.log_probability(arabic[:-1] + _PLAIN))
        total += max(known, _FLOOR) - max(persian.log_probability(letters), _FLOOR)
        number += 1
    return total / number if number else 0.0
