"""Builds every file of ``src/arfix/data`` from corpora; the same input gives the same bytes.

Run from the repository root, with numpy, scipy, wordfreq and marisa-trie installed::

    python tools/build_data.py ../shared/corpora ../shared/lexicon/names_ai_era.tsv

The list of Persian words needs no corpus and can be built alone, and what is usual around words
goes by the numbers of the lexicon and the classes of the language model; the other files stay::

    python tools/build_data.py --only persian
    python tools/build_data.py --only company ../shared/corpora ../shared/lexicon/names_ai_era.tsv

All takes about ten minutes and 12 GB of memory. Only statistics leave it: counts above a cut-off
(3 for words and pairs, 5 for anything longer, taken before any weighting) and models of them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tools"), str(ROOT / "src")]

from datakit import automaton, classes, company, corpus, kneser_ney, lexicon, pack_lm  # noqa: E402

from arfix.lexicon.automaton import CODES  # noqa: E402
from arfix.lm.ngrams import CLASS_BITS, WORD_BITS  # noqa: E402
from arfix.store import DataFile, pack  # noqa: E402
from arfix.view import bare  # noqa: E402

DATA = ROOT / "src" / "arfix" / "data"
MANIFEST = "MANIFEST.json"
COMMAND = "python tools/build_data.py CORPORA NAMES"
#: Most n-grams of each order; chosen so that all files together stay below 25 MB.
WORD_LIMITS = (0, 1_900_000, 950_000)
CLASS_LIMITS = (0, 320_000, 900_000, 430_000)
AFFIX_CLASS_LIMITS = (0, 215_000, 800_000)
LETTER_LIMITS = (0, 1_000_000, 60_000, 90_000, 90_000)
CUTOFFS = (3, 3, 5, 5, 5)
OWN_CLASSES, CLUSTERS = 300, 716
#: What an affix in common is worth beside company in common: for the classes of the n-grams, and
#: for those that give a second opinion.
AFFIX_WEIGHT, OTHER_AFFIX_WEIGHT = 0.07, 0.5
#: Word types that stand for the words no lexicon holds: seen so often at the most.
RARE_TYPE = 8
#: Occurrences that a listed name of several words is worth.
PHRASE_COUNT = 5
#: What all files may take in the wheel, which packs them.
MOST_BYTES = 25_000_000

_start = time.time()


def say(*parts: object) -> None:
    """Report progress on standard error."""
    print(f"{time.time() - _start:7.1f}", *parts, file=sys.stderr, flush=True)


def read(folder: Path) -> tuple[corpus.Vocabulary, dict[str, np.ndarray]]:
    """Return the vocabulary and each training source as ids."""
    vocabulary = corpus.Vocabulary()
    sources = {}
    for path in sorted((folder / "train").glob("*.txt.xz")):
        sources[path.name.partition(".")[0]] = corpus.encode(path, vocabulary)
        say(path.name, len(vocabulary.words))
    return vocabulary, sources


def letters(vocabulary: corpus.Vocabulary, counts: np.ndarray) -> bytes:
    """Return the data file of the letter model, counted over rare word types."""
    ids = [0]
    for number in range(corpus.SPECIALS, len(vocabulary.words)):
        word = vocabulary.words[number]
        if 1 <= counts[number] <= RARE_TYPE and 1 < len(word) <= 14:
            codes = [CODES.get(letter, 0) for letter in word]
            if all(codes):
                ids.extend([*codes, 0])
    floor = np.full(64, 1e-9)
    floor[: len(CODES) + 1] = 1 / (len(CODES) + 1)
    orders = kneser_ney.train([(np.array(ids, np.int32), 1.0)], 5, 64, floor)
    model = kneser_ney.prune(orders, 64, [3] * 5, list(LETTER_LIMITS))
    return pack(
        {
            "l.uni": ("f", model.probability[0].astype("<f4").tobytes()),
            "l.back": ("f", model.backoff[0].astype("<f4").tobytes()),
            **pack_lm.sections(model, "l"),
        }
    )


def language(
    streams: list[tuple[np.ndarray, float]], forms: list[str], probability: np.ndarray
) -> tuple[bytes, np.ndarray]:
    """Return the data file of the word trigram and the class models, and the class of each id."""
    size = corpus.SPECIALS + len(forms)
    counts = sum((np.bincount(ids, minlength=size) for ids, _ in streams), np.zeros(size, np.int64))
    texts = [ids for ids, _ in streams]

    def induced(affix_weight: float) -> np.ndarray:
        return classes.induce(
            texts, forms, counts, corpus.SPECIALS, OWN_CLASSES, CLUSTERS, affix_weight
        )

    def by_class(class_of: np.ndarray, limits: Sequence[int]) -> kneser_ney.Pruned:
        base = 1 << CLASS_BITS
        floor = np.zeros(base)
        floor[: int(class_of.max()) + 1] = 1 / (int(class_of.max()) + 1)
        weighted = [(class_of[ids].astype(np.int32), weight) for ids, weight in streams]
        order = len(limits)
        return kneser_ney.prune(
            kneser_ney.train(weighted, order, base, floor),
            base,
            list(CUTOFFS[:order]),
            list(limits),
        )

    class_of, other_class_of = induced(AFFIX_WEIGHT), induced(OTHER_AFFIX_WEIGHT)
    say("classes")
    base = 1 << WORD_BITS
    floor = np.zeros(base)
    floor[corpus.SPECIALS : size] = 0.97 * probability
    floor[: corpus.SPECIALS] = 0.03 / corpus.SPECIALS
    word = kneser_ney.prune(
        kneser_ney.train(streams, 3, base, floor), base, list(CUTOFFS[:3]), list(WORD_LIMITS)
    )
    say("words", [len(keys) for keys in word.keys])
    klass = by_class(class_of, CLASS_LIMITS)
    say("word classes", [len(keys) for keys in klass.keys])
    other = by_class(other_class_of, AFFIX_CLASS_LIMITS)
    say("classes by affixes", [len(keys) for keys in other.keys])
    content = pack(
        {
            **pack_lm.words(word, probability, corpus.SPECIALS, size),
            **pack_lm.sections(word, "w"),
            **pack_lm.class_unigrams(klass, class_of, probability, corpus.SPECIALS, "c"),
            **pack_lm.sections(klass, "c"),
            **pack_lm.class_unigrams(other, other_class_of, probability, corpus.SPECIALS, "a"),
            **pack_lm.sections(other, "a"),
        }
    )
    return content, class_of


def phrases(names: Path, number_of: dict[str, int]) -> np.ndarray:
    """Return the names of several words as ids, each as often as a rare phrase would occur."""
    ids = [corpus.BOUNDARY]
    for line in names.read_text(encoding="utf-8").splitlines():
        words = bare(line.partition("\t")[0]).split()
        if len(words) > 1:
            numbers = [number_of.get(word, corpus.UNKNOWN) for word in words]
            ids.extend([*numbers, corpus.BOUNDARY] * PHRASE_COUNT)
    return np.array(ids, np.int32)


class Corpora(NamedTuple):
    """The training texts, read.

    Attributes:
        forms: The words of the lexicon; their ids follow the specials.
        probability: How probable each form is.
        counts: How often each word occurs, the forms of the lexicon and all others.
        streams: Ids over the forms, and what an occurrence weighs: the news, then the rest.
        tokens: By source, how many words there are.
        vocabulary: Every word, by its number in ``counts``.
    """

    forms: list[str]
    probability: np.ndarray
    counts: np.ndarray
    streams: list[tuple[np.ndarray, float]]
    tokens: dict[str, int]
    vocabulary: corpus.Vocabulary


def read_corpora(corpora: Path, names: Path) -> Corpora:
    """Return the training texts over the forms of the lexicon, which is chosen from them."""
    from wordfreq import get_frequency_dict

    vocabulary, sources = read(corpora)
    size = len(vocabulary.words)
    counted = {name: np.bincount(ids, minlength=size) for name, ids in sources.items()}

    def table(chosen: Sequence[str]) -> dict[str, int]:
        total = sum((counted[name] for name in chosen), np.zeros(size, np.int64))
        return {
            vocabulary.words[number]: int(total[number])
            for number in np.flatnonzero(total)
            if number >= corpus.SPECIALS and vocabulary.words[number]
        }

    forms, probability, slips = lexicon.build(
        table(sorted(sources)),
        table(lexicon.CLEAN_SOURCES),
        table(lexicon.NEWS_SOURCES),
        get_frequency_dict("ar", wordlist="large"),
        lexicon.read_names(names),
    )
    say(len(forms), "forms,", len(slips), "slips")
    number_of = {form: number for number, form in enumerate(forms, corpus.SPECIALS)}
    careful = np.full(size, corpus.UNKNOWN, np.int32)
    careful[: corpus.SPECIALS] = np.arange(corpus.SPECIALS)
    for number in range(corpus.SPECIALS, size):
        careful[number] = number_of.get(vocabulary.words[number], corpus.UNKNOWN)
    careless = careful.copy()
    for number in range(corpus.SPECIALS, size):
        twin = slips.get(vocabulary.words[number])
        if twin is not None:
            careless[number] = number_of.get(twin, corpus.UNKNOWN)
    streams = []
    for news, weight in ((True, float(lexicon.NEWS_WEIGHT)), (False, 1.0)):
        parts = [
            (careful if name in lexicon.CLEAN_SOURCES else careless)[ids]
            for name, ids in sources.items()
            if (name in lexicon.NEWS_SOURCES) == news
        ]
        streams.append((np.concatenate(parts), weight))
    tokens = {name: int((ids >= corpus.SPECIALS).sum()) for name, ids in sources.items()}
    counts = sum(counted.values(), np.zeros(size, np.int64))
    return Corpora(forms, probability, counts, streams, tokens, vocabulary)


def build(corpora: Path, names: Path) -> dict[str, bytes]:
    """Return the data files by name."""
    from tools.datakit import marks, persian

    found = read_corpora(corpora, names)
    number_of = {form: number for number, form in enumerate(found.forms, corpus.SPECIALS)}
    streams = [*found.streams, (phrases(names, number_of), 1.0)]
    models, class_of = language(streams, found.forms, found.probability)
    files = {
        "lexicon.dat": automaton.build(found.forms),
        "letters.dat": letters(found.vocabulary, found.counts),
        "language.dat": models,
        company.NAME: company.build(found.streams, class_of, corpus.SPECIALS),
    }
    files["marks.marisa"] = marks.build_file(corpora / "train")
    files[persian.NAME] = persian.build_file()
    manifest = {
        "command": COMMAND,
        "format": 1,
        "cutoffs": {"words": lexicon.CUTOFF, "pairs": CUTOFFS[1], "longer": CUTOFFS[2]},
        "forms": len(found.forms),
        "sources": {name: {"tokens": count} for name, count in sorted(found.tokens.items())},
        "licences": "NOTICE",
        "persian": persian.origin(),
        "files": {name: digest(content) for name, content in sorted(files.items())},
    }
    files[MANIFEST] = serialised(manifest)
    return files


def build_company(folder: Path, corpora: Path, names: Path) -> dict[str, bytes]:
    """Return what is usual around the words of a folder of data, and its manifest with it."""
    found = read_corpora(corpora, names)
    class_of = np.asarray(DataFile(folder / "language.dat").array("c.class"))
    if len(class_of) != corpus.SPECIALS + len(found.forms):
        raise SystemExit("language.dat was made from other corpora: build everything")
    content = company.build(found.streams, class_of, corpus.SPECIALS)
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    manifest["files"][company.NAME] = digest(content)
    return {company.NAME: content, MANIFEST: serialised(manifest)}


def build_persian(folder: Path) -> dict[str, bytes]:
    """Return the list of Persian words, and the manifest of a folder of data with it."""
    from tools.datakit import persian

    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    content = persian.build_file()
    manifest["persian"] = persian.origin()
    manifest["files"][persian.NAME] = digest(content)
    return {persian.NAME: content, MANIFEST: serialised(manifest)}


def digest(content: bytes) -> dict[str, object]:
    """Return what the manifest says of a file."""
    return {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def serialised(manifest: dict[str, object]) -> bytes:
    """Return the manifest as a file."""
    return (json.dumps(manifest, indent=2, sort_keys=True) + "\n").encode()


def main() -> int:
    """Build and write the data; refuse what would be too large."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("corpora", type=Path, nargs="?", help="folder that holds train/*.txt.xz")
    parser.add_argument("names", type=Path, nargs="?", help="list of names, one a line")
    parser.add_argument("--output", type=Path, default=DATA)
    parser.add_argument(
        "--only", choices=["persian", "company"], help="build this file and no other"
    )
    arguments = parser.parse_args()
    if arguments.only == "persian":
        files = build_persian(arguments.output)
    elif arguments.names is None:
        parser.error("name the folder of corpora and the list of names")
    elif arguments.only == "company":
        files = build_company(arguments.output, arguments.corpora, arguments.names)
    else:
        files = build(arguments.corpora, arguments.names)
    present = {path.name: path.read_bytes() for path in arguments.output.glob("*.*")}
    total = sum(len(zlib.compress(content)) for content in (present | files).values())
    say(f"{total / 1e6:.1f} MB in the wheel")
    if total > MOST_BYTES:
        say("too large: lower WORD_LIMITS or CLASS_LIMITS")
        return 1
    arguments.output.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (arguments.output / name).write_bytes(content)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
