"""What a defect class looks like to the pipeline: two contracts, and what passes between them.

A class is one object with a ``code``, a ``name`` and ``detect``. What is deterministic also has
``repair`` and is a :class:`Rule`. What only the decoder may decide has ``propose`` and is a
:class:`ConfusionSource`; ``restore.py`` weighs its proposals by the language model and so makes a
rule of it, which is what the registry holds and the pipeline runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

if TYPE_CHECKING:
    from arfix.candidates import Proposal
    from arfix.channel.model import Channel
    from arfix.config import Config
    from arfix.edits import Edit
    from arfix.resources import Resources


@dataclass(frozen=True, slots=True)
class Finding:
    """One defect class found in a document.

    Attributes:
        code: The stable code of the class, ``AR301``.
        name: Its name, ``lost-glyphs``.
        count: How often the defect was seen, in the unit that ``evidence`` names.
        rate: ``count`` over everything that the defect could have hit.
        evidence: One plain sentence: what was seen, and against what expectation.
        confidence: Probability that the document has this defect.
        detail: What the class's own ``repair`` or ``propose`` needs to know: private to the
            class, no part of equality, not serialised and not in a diagnosis. What it says of
            the channel it says as a :class:`ChannelPart`.
    """

    code: str
    name: str
    count: int
    rate: float
    evidence: str
    confidence: float
    detail: Any = field(default=None, compare=False, repr=False)


@runtime_checkable
class ChannelPart(Protocol):
    """A finding's detail that says what the class found out about the channel."""

    @property
    def channel(self) -> Channel:
        """The channel, as far as this class knows it."""


@dataclass(slots=True)
class Context:
    """What a stage may look at besides the text: the options and the opened models.

    Attributes:
        config: The options.
        resources: The models.
        repaired: Codes of the classes that have changed this document so far: what reads well by
            now was a tool's output.
    """

    config: Config
    resources: Resources
    repaired: frozenset[str] = frozenset()


class Stage(Protocol):
    """What every defect class has."""

    @property
    def code(self) -> str:
        """The stable code, ``AR301``."""

    @property
    def name(self) -> str:
        """The name in words, ``lost-glyphs``."""

    def detect(self, pages: Sequence[str], context: Context) -> Finding | None:
        """Return what is wrong with the whole document, or None; cheap on healthy text."""


class Rule(Stage, Protocol):
    """A deterministic defect class: what it finds has one repair."""

    def repair(self, page: str, finding: Finding, context: Context) -> list[Edit]:
        """Return the edits of one page, sorted and not overlapping.

        An edit whose ``before`` equals its ``after`` changes nothing: it says that the span is
        damaged and that the stage abstains. It is reported as unrepaired.
        """


class ConfusionSource(Stage, Protocol):
    """A defect class that only the decoder may decide: it proposes, the models judge."""

    def propose(self, word: str, finding: Finding, context: Context) -> list[Proposal]:
        """Return what the word may have been before this defect hit it."""
