#!/usr/bin/env python3
"""Makes the packed tables of src/names/tables from the gazetteers.

    make-name-tables.py RESOURCES OUT

RESOURCES is the folder with gazetteers/place_variants_geonames.tsv, gazetteers/nicknames_en.csv and
gazetteers/us_census_first_names.txt. The result depends on these files alone. Standard library only.
"""
import csv
import pathlib
import sys
import unicodedata

SPELLED = {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ə": "a",
           "ħ": "h", "ŋ": "n"}


def key(name: str) -> str:
    """The same key as `text::key`: folded letters and digits only."""
    folded = []
    for character in unicodedata.normalize("NFC", name).lower():
        if character in SPELLED:
            folded.append(SPELLED[character])
        else:
            folded += [c for c in unicodedata.normalize("NFD", character) if not unicodedata.combining(c)]
    return "".join(c for c in folded if c.isalnum())


# English texts have no second name for places in these countries but spellings: Newtown is not Tallahassee, whatever that was
# called once. Nicknames such as Philly stand in places.tsv.
ENGLISH = {"US", "GB", "IE", "AU", "NZ", "CA"}


def near(a: str, b: str) -> bool:
    """One begins like the other, or holds it."""
    return a[:4] == b[:4] or a in b or b in a


def places(source: pathlib.Path) -> list[str]:
    """One line a place: every spelling that means this place rather than another, the name first.

    A spelling that several places share goes to the one with most people, a place's own name counting five times:
    "Paris" is no alternate of somewhere else, "Kiev" is Kyiv's and nobody else's.
    """
    rows, owner = [], {}
    with source.open(encoding="utf-8") as file:
        for number, row in enumerate(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)):
            name, people = key(row["name"]), int(row["population"] or 0)
            # Airport codes and other abbreviations (SHA, HCMV) are words or names elsewhere.
            alternates = {key(a) for a in row["alternates"].split("|") if not (a.isupper() and len(a) <= 4)}
            alternates = {a for a in alternates if a != name and len(a) >= 4 and a.isascii()}
            if row["country"] in ENGLISH:
                alternates = {a for a in alternates if near(a, name) and a + "city" != name}
            rows.append((people, name, alternates))
            for spelling, weight in [(name, 5 * people)] + [(a, people) for a in sorted(alternates)]:
                if spelling not in owner or owner[spelling][0] < weight:
                    owner[spelling] = (weight, number)
    lines = []
    for number, (people, name, alternates) in enumerate(rows):
        kept = sorted(a for a in alternates if owner[a][1] == number)
        own = owner[name][1] == number
        if kept:  # a place with one spelling adds nothing to an exact comparison
            lines.append("|".join(([name] if own else []) + kept))
    return sorted(lines)


def nicknames(source: pathlib.Path, given: pathlib.Path) -> list[str]:
    """Names with their short forms. Kept are short forms that begin like the name and are no name of their own, since
    "Aaron = Erin" or "Bill = Robert" would join two people; Bill, Bob and the like stand in given_names.tsv."""
    known = {line.strip().lower() for line in given.read_text(encoding="utf-8").splitlines()}
    pairs: dict[str, set[str]] = {}
    with source.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            pairs.setdefault(row["name1"].lower(), set()).add(row["name2"].lower())
    lines = []
    for name in sorted(pairs):
        if name not in known:
            continue
        short = sorted(s for s in pairs[name]
                       if s not in pairs and len(s) >= 3 and s.isalpha() and s[:2] == name[:2] and len(s) <= len(name) + 1)
        if short:
            lines.append(name + "\t" + " ".join(short))
    return lines


def main() -> None:
    resources, out = map(pathlib.Path, sys.argv[1:3])
    gazetteers = resources / "gazetteers"
    (out / "places_geonames.tsv").write_text(
        "# Spellings of one place a line; made by scripts/make-name-tables.py from GeoNames (geonames.org), CC BY 4.0.\n"
        + "\n".join(places(gazetteers / "place_variants_geonames.tsv")) + "\n", encoding="utf-8")
    (out / "nicknames.tsv").write_text(
        "# English short forms; made by scripts/make-name-tables.py from PyPI nicknames 1.0.1, Apache-2.0.\n"
        + "\n".join(nicknames(gazetteers / "nicknames_en.csv", gazetteers / "us_census_first_names.txt")) + "\n",
        encoding="utf-8")


if __name__ == "__main__":
    main()
