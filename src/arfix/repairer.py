"""The repairer: options and models put together once, used for any number of texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, Unpack

from arfix.config import Config, Options
from arfix.errors import ConfigError, TextTypeError
from arfix.pipeline import PageResult, examine, run
from arfix.report import Diagnosis, Repair
from arfix.stages import ChannelPart, Context, Finding

if TYPE_CHECKING:
    from arfix.channel.model import Channel
    from arfix.lexicon.protocols import Lexicon
    from arfix.lm.protocols import LanguageModel
    from arfix.suggestions import Candidate


class Repairer:
    """Repairs texts with one set of options; cheap to make, safe to share and to pickle.

    The models are opened at the first use, once for all repairers of a process.

    Args:
        config: The options; the defaults when None.
        lexicon: A word list to use in place of the one that comes with arfix.
        language_model: A language model to use in place of the one that comes with arfix; it
            goes by the numbers of the lexicon used with it.
        options: Single options, over those of ``config``; see :class:`Config`.

    Raises:
        ConfigError: An option that does not exist, a value that it cannot take, or a model that
            lacks something which the stages ask.

    Example:
        >>> repairer = Repairer(level="safe", ignore=["AR4"])
        >>> text = "nothing Arabic here"
        >>> repairer.repair(text) is text
        True
    """

    def __init__(
        self,
        config: Config | None = None,
        *,
        lexicon: Lexicon | None = None,
        language_model: LanguageModel | None = None,
        **options: Unpack[Options],
    ) -> None:
        self.config = Config.make(config, **options)
        if lexicon is not None or language_model is not None:
            from arfix.resources import check_model

            check_model("lexicon", lexicon)
            check_model("language_model", language_model)
        self._lexicon = lexicon
        self._language_model = language_model
        self._opened: Context | None = None

    def __repr__(self) -> str:
        return f"Repairer({self.config!r})"

    def __getstate__(self) -> dict[str, Any]:
        # Opened models are maps of files: the process that unpickles this opens its own.
        return {**self.__dict__, "_opened": None}

    def repair(self, text: str) -> str:
        """Return the repaired text; the very same object when nothing is wrong with it.

        Args:
            text: A whole document, if it can be had: damage is a property of documents.

        Raises:
            TextTypeError: This is no ``str``.
        """
        return self._run([_checked(text)])[0].text

    def explain(self, text: str) -> Repair:
        """Return the repair with all that was found and done, for undoing and mapping offsets.

        Args:
            text: A whole document, if it can be had.

        Raises:
            TextTypeError: This is no ``str``.
        """
        return self.repair_document([_checked(text)])[0]

    def diagnose(self, text: str) -> Diagnosis:
        """Return what is wrong with a text, changing nothing.

        Args:
            text: A whole document, if it can be had.

        Raises:
            TextTypeError: This is no ``str``.
        """
        pages = [_checked(text)]
        # The verdict is on what a repair makes of the text, so a repair it takes.
        return self._diagnosis(self._run(pages), pages)

    def _diagnosis(self, results: Sequence[PageResult], pages: Sequence[str]) -> Diagnosis:
        """Return what is to be told of the findings, and the verdict on what came out."""
        from arfix.verdict import judge
        from arfix.view import WORD

        findings = results[0].findings if results else ()
        verdict, reasons = judge(
            [result.text for result in results],
            self._context().resources,
            found=bool(findings),
            settled=all(result.converged for result in results),
            before=pages,
        )
        words = sum(1 for page in pages for _ in WORD.finditer(page))
        # The classes' private tables stay here.
        told = tuple(replace(finding, detail=None) for finding in findings)
        return Diagnosis(told, words, verdict, reasons)

    def suggest(
        self,
        word: str,
        *,
        before: str = "",
        after: str = "",
        channel: Channel | None = None,
        limit: int = 5,
    ) -> list[Candidate]:
        """Return what a damaged word may have been, the most probable first.

        Args:
            word: The word as it stands.
            before: What stands before it.
            after: What stands after it.
            channel: The damage of its document; when None, what fonts are known to lose.
            limit: How many candidates at most.

        Raises:
            TextTypeError: The word or its surroundings are no ``str``.
        """
        for part in (word, before, after):
            _checked(part)
        from arfix.suggestions import candidates

        return candidates(
            word,
            self._context(),
            before=before,
            after=after,
            channel=self.config.channel if channel is None else channel,
            limit=limit,
        )

    def repair_document(self, pages: Iterable[str]) -> list[Repair]:
        """Return the repair of each page, with the damage inferred from all of them together.

        Args:
            pages: The texts of one document.

        Raises:
            TextTypeError: One text in place of many, or something that is no ``str``.
        """
        texts = _checked_pages(pages)
        results = self._run(texts)
        findings = results[0].findings if results else ()
        diagnosis = self._diagnosis(results, texts)
        channel = _channel(findings, self.config.channel)
        return [
            Repair(
                text=result.text,
                original=result.original,
                steps=result.steps,
                diagnosis=diagnosis,
                channel=channel,
                unrepaired=result.unrepaired,
                converged=result.converged,
            )
            for result in results
        ]

    def infer_channel(self, pages: Iterable[str]) -> Channel:
        """Return the damage of a document, to be given to repairs of others like it.

        Args:
            pages: The texts of one document, or of several that were made the same way.

        Raises:
            TextTypeError: One text in place of many, or something that is no ``str``.
        """
        return _channel(self._examine(_checked_pages(pages)), self.config.channel)

    def pipe(self, texts: Iterable[str], processes: int = 1) -> Iterator[str]:
        """Yield each text repaired, in order, each as a document of its own.

        Args:
            texts: Any number of them; they are read only a little ahead.
            processes: How many to work in. Above 1 the calling program needs Python's usual
                ``if __name__ == "__main__":`` guard.

        Raises:
            ConfigError: ``processes`` is less than 1.
            TextTypeError: Something in ``texts`` is no ``str``.
        """
        if processes < 1:
            raise ConfigError(f"processes={processes!r} is less than 1")
        if processes == 1:
            return map(self.repair, texts)
        from arfix.parallel import repair_all

        return repair_all(self, map(_checked, texts), processes)

    def _context(self) -> Context:
        if self._opened is None:
            from arfix.resources import Resources

            resources = Resources.load().with_models(self._lexicon, self._language_model)
            self._opened = Context(self.config, resources)
        return self._opened

    def _run(self, pages: Sequence[str]) -> list[PageResult]:
        return run(pages, self._context())

    def _examine(self, pages: Sequence[str]) -> tuple[Finding, ...]:
        return examine(pages, self._context())


def repair(text: str, config: Config | None = None, **options: Unpack[Options]) -> str:
    """Return the repaired text; the very same object when nothing is wrong with it.

    Args:
        text: A whole document, if it can be had: damage is a property of documents.
        config: The options; the defaults when None.
        options: Single options, over those of ``config``; see :class:`Config`.

    Raises:
        TextTypeError: This is no ``str``.
        ConfigError: An option that does not exist, or a value that it cannot take.

    Example:
        >>> text = "لا خلل في هذا السطر القصير."
        >>> repair(text) is text
        True
    """
    return _repairer(config, options).repair(text)


def explain(text: str, config: Config | None = None, **options: Unpack[Options]) -> Repair:
    """Return the repair with all that was found and done, for undoing and mapping offsets.

    Args:
        text: A whole document, if it can be had.
        config: The options; the defaults when None.
        options: Single options, over those of ``config``; see :class:`Config`.

    Raises:
        TextTypeError: This is no ``str``.
        ConfigError: An option that does not exist, or a value that it cannot take.

    Example:
        >>> explain("لا خلل في هذا السطر القصير.").edits
        ()
    """
    return _repairer(config, options).explain(text)


def diagnose(text: str, config: Config | None = None, **options: Unpack[Options]) -> Diagnosis:
    """Return what is wrong with a text, changing nothing; true when anything is.

    Args:
        text: A whole document, if it can be had.
        config: The options; the defaults when None.
        options: Single options, over those of ``config``; see :class:`Config`.

    Raises:
        TextTypeError: This is no ``str``.
        ConfigError: An option that does not exist, or a value that it cannot take.

    Example:
        >>> bool(diagnose("لا خلل في هذا السطر القصير."))
        False
    """
    return _repairer(config, options).diagnose(text)


def suggest(
    word: str,
    *,
    before: str = "",
    after: str = "",
    channel: Channel | None = None,
    limit: int = 5,
) -> list[Candidate]:
    """Return what a damaged word may have been, the most probable first.

    Args:
        word: The word as it stands.
        before: What stands before it.
        after: What stands after it.
        channel: The damage of its document; when None, what fonts are known to lose.
        limit: How many candidates at most.

    Raises:
        TextTypeError: The word or its surroundings are no ``str``.

    Example:
        >>> suggest("", limit=3)
        []
    """
    return _default().suggest(word, before=before, after=after, channel=channel, limit=limit)


def repair_document(
    pages: Iterable[str], config: Config | None = None, **options: Unpack[Options]
) -> list[Repair]:
    """Return the repair of each page, with the damage inferred from all of them together.

    Args:
        pages: The texts of one document.
        config: The options; the defaults when None.
        options: Single options, over those of ``config``; see :class:`Config`.

    Raises:
        TextTypeError: One text in place of many, or something that is no ``str``.
        ConfigError: An option that does not exist, or a value that it cannot take.

    Example:
        >>> [page.changed for page in repair_document(["الصفحة الأولى", "الصفحة الثانية"])]
        [False, False]
    """
    return _repairer(config, options).repair_document(pages)


def infer_channel(
    pages: Iterable[str], config: Config | None = None, **options: Unpack[Options]
) -> Channel:
    """Return the damage of a document, to be given to repairs of others like it.

    Args:
        pages: The texts of one document, or of several that were made the same way.
        config: The options; the defaults when None.
        options: Single options, over those of ``config``; see :class:`Config`.

    Raises:
        TextTypeError: One text in place of many, or something that is no ``str``.
        ConfigError: An option that does not exist, or a value that it cannot take.

    Example:
        >>> bool(infer_channel(["لا خلل في هذا السطر القصير."]))
        False
    """
    return _repairer(config, options).infer_channel(pages)


def _repairer(config: Config | None, options: Options) -> Repairer:
    if config is None and not options:
        return _default()
    return Repairer(config, **options)


@cache
def _default() -> Repairer:
    return Repairer()


def _checked(text: str) -> str:
    """Return the text if it is one, so that a mistake is told here and not deep inside."""
    if isinstance(text, str):
        return text
    if isinstance(text, (bytes, bytearray, memoryview)):
        raise TextTypeError(
            f"this is {type(text).__name__}, not str: decode it first, e.g."
            ' data.decode("utf-8"), or read files with arfix.io, which finds the encoding'
        )
    raise TextTypeError(
        f"this is {type(text).__name__}, not str: pass text, and leave missing values out"
    )


def _checked_pages(pages: Iterable[str]) -> list[str]:
    if isinstance(pages, (str, bytes, bytearray, memoryview)):
        raise TextTypeError(
            f"pages is one {type(pages).__name__}: pass a list of str, one for each page"
        )
    return [_checked(page) for page in pages]


def _channel(findings: Iterable[Finding], given: Channel | None) -> Channel:
    """Return the damage that the findings tell of, as one channel; the given one goes before."""
    from arfix.channel.model import Channel

    if given is not None:
        return given
    details = (finding.detail for finding in findings)
    return Channel.merged(part.channel for part in details if isinstance(part, ChannelPart))
