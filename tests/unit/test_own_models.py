"""Models of the caller's own in place of the shipped ones."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from arfix import ConfigError
from arfix.lexicon.automaton import Automaton
from arfix.lexicon.mapped import ABSENT
from arfix.repairer import Repairer
from arfix.resources import Resources

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arfix.lexicon.protocols import Lexicon

README = Path(__file__).resolve().parents[2] / "fixtures" / "readme"


class Wrapped:
    """The shipped lexicon, and what it was asked for."""

    def __init__(self) -> None:
        self._inner = Resources.load().lexicon
        self.automaton = self._inner.automaton
        self.asked: set[str] = set()

    def __contains__(self, bare: str) -> bool:
        return bare in self._inner

    def id_of(self, bare: str) -> int:
        self.asked.add(bare)
        return self._inner.id_of(bare)

    def log_probability(self, bare: str) -> float:
        return self._inner.log_probability(bare)

    def prior(self, number: int) -> float:
        return self._inner.prior(number)


class Own:
    """A lexicon of some words with an automaton and numbers of its own."""

    def __init__(self, automaton: Automaton, priors: Sequence[float]) -> None:
        self.automaton = automaton
        self._priors = priors

    def __contains__(self, bare: str) -> bool:
        return self.automaton.number(bare) >= 0

    def id_of(self, bare: str) -> int:
        return self.automaton.number(bare)

    def log_probability(self, bare: str) -> float:
        number = self.automaton.number(bare)
        return ABSENT if number < 0 else self._priors[number]

    def prior(self, number: int) -> float:
        return self._priors[number]


class Scorer:
    """The shipped language model, and how often it was asked."""

    def __init__(self) -> None:
        self._inner = Resources.load().language_model
        self.asked = 0

    @property
    def ngrams(self) -> Any:
        self.asked += 1
        return self._inner.ngrams

    def score(self, tokens: Sequence[str]) -> float:
        return self._inner.score(tokens)


@pytest.fixture(scope="module")
def texts() -> tuple[str, str]:
    broken, gold = ((README / f"{name}.txt").read_text("utf-8") for name in ("broken", "gold"))
    return broken, gold


def test_a_wrapped_lexicon_does_the_same_and_is_asked(texts: tuple[str, str]) -> None:
    broken, _ = texts
    lexicon = Wrapped()
    assert Repairer(lexicon=lexicon).repair(broken) == Repairer().repair(broken) != broken
    assert lexicon.asked


def test_a_wrapped_language_model_does_the_same_and_is_asked(texts: tuple[str, str]) -> None:
    broken, _ = texts
    model = Scorer()
    assert Repairer(language_model=model).repair(broken) == Repairer().repair(broken)
    assert model.asked


class TestShrunk:
    """Numbers of its own: what the shipped language model says must follow the words."""

    @staticmethod
    def lexicon(folder: Path, without: str) -> Lexicon:
        pytest.importorskip("numpy", reason="needed to build an automaton, never to read one")
        from datakit.automaton import build

        real = Resources.load().lexicon
        words = [
            (word, real.prior(number))
            for number, word in enumerate(real.automaton.words())
            if real.prior(number) > -14.0 and word != without
        ]
        path = folder / "words.dat"
        path.write_bytes(build([word for word, _ in words]))
        return Own(Automaton(path), [prior for _, prior in words])

    def test_is_used(self, tmp_path: Path, texts: tuple[str, str]) -> None:
        broken, gold = texts
        edits = {edit.after for edit in Repairer().explain(broken).edits}
        without = max(edits, key=Resources.load().lexicon.log_probability)
        lexicon = self.lexicon(tmp_path, without)
        shrunk = Repairer(lexicon=lexicon)
        after = shrunk.repair(broken)
        done = {edit.after for edit in shrunk.explain(broken).edits}
        assert without not in done
        # The words around are still judged as those that they are.
        right = sum(one == two for one, two in zip(after.split(), gold.split(), strict=True))
        before = sum(one == two for one, two in zip(broken.split(), gold.split(), strict=True))
        assert right - before > 0.8 * (len(gold.split()) - before)
        assert shrunk.repair(after) is after

    def test_scores_are_those_of_the_words(self, tmp_path: Path) -> None:
        lexicon = self.lexicon(tmp_path, without="قطار")
        resources = Resources.load()
        other = resources.with_models(lexicon, None)
        for words in (["ذهب", "إلى", "البيت", "."], ["كان", "في", "المدينة", "42"]):
            wanted = resources.language_model.score(words)
            assert other.language_model.score(words) == pytest.approx(wanted)
        assert other.language_model.score(["قطار"]) < resources.language_model.score(["قطار"])


@pytest.mark.parametrize(
    ("models", "lacks"),
    [
        ({"lexicon": {"كتاب"}}, "lexicon is a set, which lacks automaton, id_of, .*wrap"),
        ({"lexicon": Own(None, ())}, "automaton is a NoneType, which lacks base, .*root"),  # type: ignore[arg-type]
        ({"language_model": object()}, "which lacks ngrams, score: wrap"),
    ],
    ids=["set", "automaton", "model"],
)
def test_what_lacks_something_is_refused(models: dict[str, Any], lacks: str) -> None:
    with pytest.raises(ConfigError, match=lacks):
        Repairer(**models)
