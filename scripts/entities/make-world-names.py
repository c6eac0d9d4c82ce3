#!/usr/bin/env python3
"""Makes world-names.tsv: given names and surnames in Latin letters that the US census lists lack.

    pip install faker==40.54.0 mimesis==22.2.0
    make-world-names.py GAZETTEERS > world-names.tsv

GAZETTEERS is the folder with us_census_first_names.txt and us_census_surnames.txt. The names come from the two packages' tables
of people (both MIT); only names of one word are taken.
"""
import glob
import importlib
import json
import os
import pkgutil
import re
import sys

import faker.providers.person as people
import mimesis

LATIN = re.compile(r"^[A-Za-zÀ-ɏḀ-ỿ'’-]+$")


def strings(value):
    """The names in a table of names: a list, a list of pairs, or a mapping of names to weights."""
    for item in value if isinstance(value, (list, tuple, dict)) else []:
        parts = item if isinstance(item, tuple) else [item]
        yield from (part for part in parts if isinstance(part, str))


def usable(name):
    return len(name) > 1 and name[0].isupper() and LATIN.match(name)


def main():
    first, last = set(), set()
    for module in pkgutil.iter_modules(people.__path__):
        provider = importlib.import_module("faker.providers.person." + module.name).Provider
        for attribute in dir(provider):
            kind = attribute.lower()
            value = getattr(provider, attribute)
            if kind.startswith("_") or callable(value) or "name" not in kind and "romanized" not in kind:
                continue
            table = last if "last" in kind else first if "first" in kind or "romanized" in kind else set()
            table.update(name.strip() for name in strings(value))
    for path in glob.glob(os.path.join(os.path.dirname(mimesis.__file__), "datasets", "*", "person.json")):
        with open(path, encoding="utf-8") as file:
            person = json.load(file)
        for key, table in (("names", first), ("surnames", last)):
            value = person.get(key) or []
            for names in value.values() if isinstance(value, dict) else [value]:
                table.update(strings(names))
    print("# Names of people by many countries' spellings that the US census lists lack; made by make-world-names.py from the packages")
    print("# Faker and mimesis (both MIT; see NOTICE.md). A kind, a tab, names with bars between them.")
    for kind, names, census in (("first_name", first, "us_census_first_names.txt"), ("rare_surname", last, "us_census_surnames.txt")):
        with open(os.path.join(sys.argv[1], census), encoding="utf-8") as file:
            known = {line.strip().lower() for line in file}
        print(kind + "\t" + "|".join(sorted(name for name in names if usable(name) and name.lower() not in known)))


if __name__ == "__main__":
    main()
