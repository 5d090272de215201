"""Affixes that Persian writes apart from their word, but without a space: the reviewed table.

A zero-width joiner stands between the two, so that their letters do not join and yet no line breaks
there. Each row says what the affix is, and why it is not left joined or taken for a word. An affix
that never joins its word anyhow, or that school spelling joins, has no row.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

#: Stands between the parts of a Persian word that do not join.
JOINER: Final = "\u200c"
#: What stands before the word.
PREFIXES: Final[Mapping[str, str]] = {
    "می": "present and continuous past of every verb; as a word (wine) it is rare in prose",
    "نمی": "the same denied",
}
#: What stands behind it.
SUFFIXES: Final[Mapping[str, str]] = {
    "ها": "plural of nouns",
    "های": "the same with the ezafe",
    "هایی": "the same, indefinite",
    "تر": "comparative; as a word (wet) it is rare, and never behind an adjective",
    "ترین": "superlative",
    "تری": "comparative, indefinite",
}
#: What stands behind a word that ends in a heh which is not spoken, or in one that is; behind any
#: other letter these join.
BEHIND_HEH: Final[Mapping[str, str]] = {
    "ای": "the indefinite article, or you are; as a word (O!) it opens a call",
    "ام": "I am, which makes the perfect of a participle; ordinals",
    "ایم": "we are, the same",
    "اید": "you are, the same",
    "اند": "they are, the same",
    "اش": "his, her; as a word (soup) it is spelled with a madda",
    "ات": "your",
}
#: What joins the word that it stands behind.
WRITTEN_ON: Final[Mapping[str, str]] = {
    "ی": "the indefinite article; makes an adjective of a noun, and a noun of an adjective",
}
