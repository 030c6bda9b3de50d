"""`python -m nlp compare`: kinds of models side by side, on folds of our own corpus and on the held-back sentences.

Our own sentences look easier or harder than real ones; what counts is the order of the lines, and that it is the same in both columns.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import spacy
from scipy import sparse
from sklearn.model_selection import StratifiedKFold
from sklearn.naive_bayes import ComplementNB
from spacy.training import Example
from thinc.api import fix_random_seed

from nlp.features import BLOCKS, TOPIC_BUCKETS, bag_of
from nlp.linear import Floats
from nlp.normalise import normalise
from nlp.training.cases import Case, read_cases
from nlp.training.fitting import SEED, Machine, Ridge, Strings, Svm, fit_weights, inverse_frequencies, matrix_of
from nlp.training.rows import CORPUS, Row, corpus_files, read_rows

HELD_BACK = CORPUS / "held_back" / "voice_and_forwarded.jsonl"

Chooser = Callable[[Sequence[str], Strings, Sequence[str]], list[str]]
"""Learns from texts and their categories; gives a category for each of the other texts."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Shares right at first: over one third of the corpus learnt without it, and over the held-back sentences."""

    name: str
    folded: float
    held_back: float


def compare(with_spacy: bool = False) -> list[Compared]:
    """Every candidate on our corpus. spaCy's own text classifier takes a quarter of an hour, so only when asked."""
    return compare_on(read_rows(corpus_files()), read_cases(HELD_BACK), with_spacy)


def compare_on(rows: Sequence[Row], cases: Sequence[Case], with_spacy: bool = False) -> list[Compared]:
    """Every candidate, learnt from two thirds of `rows` and asked about the other third and the labelled `cases`."""
    texts, answers = [row.text for row in rows], np.array([row.category for row in rows])
    labelled = [case for case in cases if case.categories]
    learn, test = next(StratifiedKFold(3, shuffle=True, random_state=SEED).split(texts, answers))
    asked = [texts[number] for number in test] + [case.text for case in labelled]
    found = []
    for name, chooser in _candidates(with_spacy).items():
        chosen = chooser([texts[number] for number in learn], answers[learn], asked)
        folded = float(np.mean([got == answers[number] for got, number in zip(chosen, test, strict=False)]))
        held = float(np.mean([got in case.categories for got, case in zip(chosen[len(test) :], labelled, strict=True)]))
        found.append(Compared(name, folded, held))
    return found


def _candidates(with_spacy: bool) -> dict[str, Chooser]:
    words, characters, clusters = (slice(start, end) for start, end in pairwise(BLOCKS))
    everything = slice(0, TOPIC_BUCKETS)
    candidates: dict[str, Chooser] = {
        "naive Bayes, all features": _bayes,
        "SVM, words": _linear(words, Svm(0.07)),
        "SVM, characters": _linear(characters, Svm(0.07)),
        "SVM, clusters": _linear(clusters, Svm(0.07)),
        "SVM, all features": _linear(everything, Svm(0.07)),
        "ridge, all features": _linear(everything, Ridge(3.0)),
        "SVM + ridge, all features": _linear(everything, Svm(0.07), Ridge(3.0)),
    }
    return candidates | ({"spaCy textcat (bag of words)": _spacy_textcat} if with_spacy else {})


def _linear(columns: slice, *machines: Machine) -> Chooser:
    def choose(texts: Sequence[str], answers: Strings, asked: Sequence[str]) -> list[str]:
        known, unknown = _features(texts, asked)
        labels = sorted(set(answers.tolist()))
        index = np.array([labels.index(answer) for answer in answers])
        weights, bias = fit_weights(known[:, columns], index, len(labels), machines)
        scores = unknown[:, columns] @ weights + bias
        return [labels[best] for best in scores.argmax(axis=1)]

    return choose


def _bayes(texts: Sequence[str], answers: Strings, asked: Sequence[str]) -> list[str]:
    known, unknown = _features(texts, asked)
    return [str(label) for label in ComplementNB(alpha=0.3).fit(known, answers).predict(unknown)]


def _features(texts: Sequence[str], asked: Sequence[str]) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    bags = [bag_of(normalise(text)) for text in texts]
    idf: Floats = inverse_frequencies(bags)
    return matrix_of(bags, idf), matrix_of([bag_of(normalise(text)) for text in asked], idf)


def _spacy_textcat(texts: Sequence[str], answers: Strings, asked: Sequence[str]) -> list[str]:
    fix_random_seed(SEED)
    pipeline = spacy.blank("xx")
    labels = sorted(set(answers.tolist()))
    bag_of_words = {
        "@architectures": "spacy.TextCatBOW.v3",
        "ngram_size": 2,
        "exclusive_classes": True,
        "no_output_layer": False,
    }
    pipeline.add_pipe("textcat", config={"model": bag_of_words})
    examples = [
        Example.from_dict(
            pipeline.make_doc(_some_word(text)), {"cats": {label: float(label == answer) for label in labels}}
        )
        for text, answer in zip(texts, answers, strict=True)
    ]
    pipeline.initialize(lambda: examples)
    chance = np.random.default_rng(SEED)
    for _ in range(8):
        order = chance.permutation(len(examples))
        for first in range(0, len(order), 64):
            pipeline.update([examples[number] for number in order[first : first + 64]])
    found = (pipeline(_some_word(text)).cats for text in asked)
    return [max(cats, key=cats.__getitem__) for cats in found]


def _some_word(text: str) -> str:
    """The normalised text; a full stop for a message without words, of which spaCy cannot take word pairs."""
    return normalise(text) or "."
