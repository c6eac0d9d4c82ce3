#!/usr/bin/env python3
"""Makes tagged agency copy from the templates in wire.txt: scores, tables, headlines, datelines.

usage: make-wire.py TEMPLATES NAMES.TSV WORLD.TSV GAZETTEERS COPIES > train.tsv

The same input gives the same bytes on every machine: the random numbers are our own, and nothing but the files is read.
"""
import re
import sys

WORDS_PER_LIST = 4000


class Stream:
    """A 64-bit congruential generator (Knuth's MMIX constants); the upper bits are used."""

    def __init__(self, seed):
        self.state = seed

    def below(self, count):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % (1 << 64)
        return (self.state >> 33) % count

    def pick(self, items):
        return items[self.below(len(items))]


def lines(path):
    with open(path, encoding="utf-8") as file:
        return [line.rstrip("\n") for line in file]


def tokens(name):
    return re.sub(r"'s\b", " 's", name.replace(",", " ,")).split()


def lists(templates, names, world, gazetteers):
    """Each list by its name: a kind and the names."""
    found = {}
    for line in templates:
        if line.startswith("@"):
            name, kind, items = line[1:].split(" ", 2)
            found[name] = (kind, items.split("|"))
    own = {}
    for line in lines(names):
        if line and not line.startswith("#"):
            fields = line.split("\t")
            own.setdefault(fields[0], []).append(fields[1:])
    found["arms"] = ("MISC", [name for row in own["weapon"] for name in row[0].split("|")])
    found["country"] = ("LOC", [row[0].split("|")[0] for row in own["country"]])
    found["demonym"] = ("MISC", [row[1].split("|")[0] for row in own["country"] if len(row) > 1 and row[1]])
    found["club"] = ("ORG", own["team"][0][0].split("|"))
    found["org"] = ("ORG", own["organisation"][0][0].split("|"))
    found["company"] = ("ORG", own["organisation"][-1][0].split("|"))
    found["event"] = ("MISC", next(row[0] for row in own["other"] if "Olympics" in row[0]).split("|"))
    cities = [name for name in lines(gazetteers + "/cities_big_and_alternates.txt") if re.fullmatch(r"[A-Z][A-Za-z' -]+", name)]
    found["city"] = ("LOC", cities)
    found["state"] = ("LOC", [name for name in lines(gazetteers + "/us_states.txt") if len(name) > 2])
    first = [name.capitalize() for name in lines(gazetteers + "/us_census_first_names.txt")]
    last = [name.capitalize() for name in lines(gazetteers + "/us_census_surnames.txt")]
    abroad = {row.split("\t")[0]: row.split("\t")[1].split("|") for row in lines(world) if "\t" in row and row[0] != "#"}
    people = [(first[:1000], last[:WORDS_PER_LIST]), (abroad["first_name"], abroad["rare_surname"])]
    return found, people


class Writer:
    def __init__(self, templates, found, people):
        self.found = found
        self.people = people
        self.stream = Stream(2026)
        text = "\n".join(line for line in templates if not line.startswith(("#", "@")))
        self.documents = [block.split("\n") for block in re.split(r"\n\s*\n", text) if block.strip()]
        self.last = []

    def person(self, what):
        pool = self.people[self.stream.below(2)] if self.stream.below(3) else self.people[1]
        if what == "last" and self.last and self.stream.below(3):
            return [self.stream.pick(self.last)]
        first, last = self.stream.pick(pool[0]), self.stream.pick(pool[1])
        if what != "first":
            self.last.append(last)
        if what == "per":
            middle = [chr(65 + self.stream.below(26)) + "."] if self.stream.below(12) == 0 else []
            return [first, *middle, last]
        return {"last": [last], "init": [first[0] + ".", last], "first": [first]}[what]

    def fill(self, slot):
        """The kind and the words of a slot."""
        capitals = slot.isupper()
        name = slot.lower()
        if name in ("per", "last", "init", "first"):
            kind, words = "PER", self.person(name)
        else:
            if name == "city" and self.stream.below(3):
                name = "known"
            kind, items = self.found[name]
            words = tokens(self.stream.pick(items))
        return kind, [word.upper() for word in words] if capitals else words

    def line(self, template):
        """The tokens and tags of one line."""
        out = []
        add = lambda kind, words: out.extend((word, "O" if kind == "O" else ("B-" if place == 0 else "I-") + kind) for place, word in enumerate(words))
        for part in re.findall(r"\[[A-Z]+ [^\]]*\]|\^?\{\w+\}|\S+", template):
            if part.startswith("["):
                kind, rest = part[1:-1].split(" ", 1)
                words = []
                for word in re.findall(r"\{\w+\}|\S+", rest):
                    words += self.fill(word[1:-1])[1] if word.startswith("{") else [word]
                add(kind, words)
            elif part.startswith("{") or part.startswith("^{"):
                kind, words = self.fill(part.lstrip("^")[1:-1])
                add(kind, [word.upper() for word in words] if part[0] == "^" else words)
            else:
                while "#" in part:
                    part = part.replace("#", str(self.stream.below((10, 100, 30)[self.stream.below(3)])), 1)
                add("O", [part])
        return out

    def document(self, block):
        self.last = []
        for template in block:
            times = re.match(r"x(\d+) ", template)
            template = template[times.end():] if times else template
            mark = template[0] if template[:2] in ("^ ", "~ ") else ""
            for _ in range(int(times[1]) if times else 1):
                tagged = self.line(template[2:] if mark else template)
                if mark == "^":
                    tagged = [(word.upper(), tag) for word, tag in tagged]
                elif mark == "~":
                    title = self.stream.below(2)
                    tagged = [(word[:1].upper() + word[1:] if title and len(word) > 3 else word, tag) for word, tag in tagged]
                yield tagged


def main():
    templates = lines(sys.argv[1])
    writer = Writer(templates, *lists(templates, *sys.argv[2:5]))
    for _ in range(int(sys.argv[5])):
        for block in writer.documents:
            print("-DOCSTART-\tO\n")
            for tagged in writer.document(block):
                print("".join(f"{word}\t{tag}\n" for word, tag in tagged))


if __name__ == "__main__":
    main()
