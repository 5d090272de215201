"""The inference and the restorer over some resources, and the lost set of a document.

Several stages ask what a document has lost; the answer is worked out once.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from arfix.channel.document import Document
from arfix.channel.inference import Inference, LostSet
from arfix.glyphs import Glyph
from arfix.lexicon.automaton import CODES
from arfix.restore import Restorer

if TYPE_CHECKING:
    from arfix.channel.model import Channel
    from arfix.resources import Resources
    from arfix.stages import Context

#: Share of words with letters that Arabic does not have, beyond which it is another language.
FOREIGN_SHARE: Final = 0.04
_FOREIGN: Final = re.compile(f"[^{''.join(CODES)}]")
#: Presentation forms, which are not folded yet, and what extractors put in place of a letter.
_FORMS: Final = "\ufb50-\ufd3d\ufd50-\ufdf9\ufe70-\ufefc"
_STRANGE: Final = (
    "\ue000-\uf8ff\ufffd\u0000-\u0008\u000e-\u001fa-z\u00c0-\u05ff\u0780-\u089f\u0900-\u1fff"
)
# What it begins with comes first: a search then passes over all else quickly.
_TORN: Final = re.compile(
    f"[{_FORMS}{_STRANGE}(](?:(?<=[{_FORMS}])[{_FORMS}]*|(?<=[{''.join(CODES)}][{_STRANGE}])"
    f"|(?<=[{''.join(CODES)}][(])cid:)"
)
#: Score of a lost set that the caller gives.
GIVEN: Final = 50.0
#: Answers kept: enough for the stages of one document and for its last two rounds.
_KEPT: Final = 4

#: What an answer depends on beside the models: the pages in any order, and the options.
_Key = tuple[tuple[str, ...], "Channel | None", bool]


class Engine:
    """The restorer and the inference, with the last answers.

    Args:
        resources: Lexicon and models.
    """

    def __init__(self, resources: Resources) -> None:
        self._lexicon = resources.lexicon
        self.restorer = Restorer(resources)
        self.inference = Inference(resources, self.restorer.judge)
        self._known: OrderedDict[_Key, tuple[LostSet | None, Document]] = OrderedDict()

    def lost_set(self, pages: Sequence[str], context: Context) -> tuple[LostSet | None, Document]:
        """Return what a document has lost, None for nothing; and what was looked at."""
        config = context.config
        key = (tuple(sorted(pages)), config.channel, config.use_prior)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._infer(key)
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)
        return known

    def _infer(self, key: _Key) -> tuple[LostSet | None, Document]:
        pages, channel, use_prior = key
        document = Document.read(pages, self._lexicon)
        size = len(document)
        if not size or _foreign(document) + _torn(pages) / size > FOREIGN_SHARE:
            return None, document
        if channel is not None:
            glyphs = tuple(sorted(Glyph(lost.letter, lost.form) for lost in channel.lost))
            return (self.inference.given(document, glyphs, GIVEN) if glyphs else None), document
        return self.inference.infer(document, use_prior), document


def engine(resources: Resources) -> Engine:
    """Return the engine over some resources, made once."""
    return resources.once(Engine)


def _foreign(document: Document) -> float:
    if not _FOREIGN.search("".join(document.types)):
        return 0.0
    foreign = sum(count for word, count in document.types.items() if _FOREIGN.search(word))
    return foreign / max(1, len(document))


def _torn(pages: Sequence[str]) -> int:
    """Return how many words are torn by characters that words do not hold.

    What is left of such words are fragments, and fragments look like words that lost letters.
    """
    return sum(len(_TORN.findall(page)) for page in pages)
