"""The options of a repair, checked once and then frozen."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import InitVar, dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Final, Literal, TypedDict

from arfix.errors import ConfigError

if TYPE_CHECKING:
    from arfix.channel.model import Channel

Level = Literal["safe", "guess"]
Preset = Literal["corpus"]

_LEVELS: Final = ("safe", "guess")
#: A code, or the start of one: AR3 stands for every class of the three hundreds.
_CODE: Final = re.compile(r"AR\d{0,3}")

#: Named sets of options; what the caller says himself goes before them.
PRESETS: Final[Mapping[str, Mapping[str, Any]]] = {
    "corpus": {
        # Training data is never read by its author again: a wrong word stays for good, a
        # broken one is only lost.
        "min_confidence": 0.9,
        # Where a full stop stands is cosmetic to a model, and each edit is a chance to be wrong.
        "ignore": ("AR4",),
    },
}


class Options(TypedDict, total=False):
    """The keyword options that every function of the library takes."""

    level: Level
    select: Iterable[str]
    ignore: Iterable[str]
    min_confidence: float
    keep: Iterable[str]
    channel: Channel | None
    use_prior: bool
    unwrap: bool
    preset: Preset | None


@dataclass(frozen=True, slots=True)
class Config:
    """What to repair, and how sure to be.

    Attributes:
        level: ``safe`` makes an edit only when its posterior beats leaving things alone by a wide
            margin; ``guess`` takes the most probable reading.
        select: Codes of the defect classes to use, all when empty. ``AR3`` stands for every
            class of the three hundreds.
        ignore: Codes of classes not to use; goes before ``select``.
        min_confidence: Edits less sure than this, 0 to 1, are not made.
        keep: Words that are right as they stand, whatever the models say.
        channel: The damage, where it is known (see ``infer_channel``): it is not inferred then.
        use_prior: Whether to expect what fonts are known to lose; without it the document's own
            statistics decide alone.
        unwrap: Whether to join the lines of a paragraph that the page's width has cut, and to
            name the headers, footers and page numbers between them. Changes the line count.
        preset: Name of a set of options for a purpose, which fills the options that were left as
            they are: ``corpus`` for training data. Only an argument: it leaves no attribute.

    Raises:
        ConfigError: A value that an option cannot take.

    Example:
        >>> Config(select="AR301", min_confidence=0.9).uses("AR301")
        True
        >>> Config(preset="corpus").uses("AR401")
        False
    """

    level: Level = "safe"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    min_confidence: float = 0.0
    keep: frozenset[str] = frozenset()
    preset: InitVar[Preset | None] = None
    channel: Channel | None = None
    use_prior: bool = True
    unwrap: bool = False

    def __post_init__(self, preset: str | None) -> None:
        for name, value in _preset(preset).items():
            if getattr(self, name) == _DEFAULTS[name]:
                object.__setattr__(self, name, value)
        object.__setattr__(self, "select", _codes("select", self.select))
        object.__setattr__(self, "ignore", _codes("ignore", self.ignore))
        object.__setattr__(self, "keep", frozenset(_strings("keep", self.keep)))
        if self.level not in _LEVELS:
            raise ConfigError(f"level={self.level!r} is unknown{_hint(self.level, _LEVELS)}")
        if isinstance(self.min_confidence, bool) or not isinstance(
            self.min_confidence, (int, float)
        ):
            raise ConfigError(f"min_confidence={self.min_confidence!r} is no number from 0 to 1")
        if not 0.0 <= self.min_confidence <= 1.0:  # also says no to NaN
            raise ConfigError(f"min_confidence={self.min_confidence!r} is not from 0 to 1")
        for name in ("use_prior", "unwrap"):
            value = getattr(self, name)
            if not isinstance(value, bool):
                raise ConfigError(f"{name}={value!r} is neither True nor False")

    @classmethod
    def make(cls, config: Config | None = None, **options: Any) -> Config:
        """Return the config with the options set over it; the same object when there are none.

        Args:
            config: What to start from; the defaults when None.
            options: Any attribute of :class:`Config`, or ``preset``.

        Raises:
            ConfigError: An option that does not exist, or a value that it cannot take.

        Example:
            >>> Config.make(Config(level="guess"), ignore=["AR401"]).level
            'guess'
        """
        if config is None:
            config = cls()
        elif not isinstance(config, Config):
            raise ConfigError(
                f"config is a {type(config).__name__}; pass a Config, or its options by name:"
                ' repair(text, level="guess")'
            )
        if not options:
            return config
        for name in options:
            if name not in Options.__annotations__:
                raise ConfigError(
                    f"there is no option {name!r}{_hint(name, sorted(Options.__annotations__))}"
                )
        named = _preset(options.pop("preset", None))
        filling = {name: value for name, value in named.items() if name not in options}
        return replace(config, **filling, **options)

    def uses(self, code: str) -> bool:
        """Tell whether ``select`` and ``ignore`` leave a defect class in."""
        selected = not self.select or code.startswith(self.select)
        return selected and not (self.ignore and code.startswith(self.ignore))


_DEFAULTS: Final[Mapping[str, Any]] = {field.name: field.default for field in fields(Config)}


def _preset(name: str | None) -> Mapping[str, Any]:
    if name is None:
        return {}
    if name not in PRESETS:
        raise ConfigError(f"preset={name!r} is unknown{_hint(name, list(PRESETS))}")
    return PRESETS[name]


def _strings(option: str, value: Iterable[str]) -> tuple[str, ...]:
    """Return the items of an option; one string is one item, never its letters."""
    if not isinstance(value, Iterable):
        raise ConfigError(f"{option}={value!r} is no list of strings")
    items = (value,) if isinstance(value, str) else tuple(value)
    for item in items:
        if not isinstance(item, str):
            raise ConfigError(f"{option} holds {item!r}; pass strings")
    return items


def _codes(option: str, value: Iterable[str]) -> tuple[str, ...]:
    items = _strings(option, value)
    for item in items:
        if not _CODE.fullmatch(item):
            raise ConfigError(
                f"{option} holds {item!r}; pass codes such as AR301, or AR3 for all 3xx"
            )
    return items


def _hint(given: object, known: Iterable[str]) -> str:
    """Return what to write instead: the nearest name, or all of them."""
    names = list(known)
    near = difflib.get_close_matches(str(given), names, n=1)
    return f"; did you mean {near[0]!r}?" if near else f"; known: {', '.join(names)}"
