#!/usr/bin/env python3
"""Remake harbour.csv, harbour.jsonl and gold/documents.csv from articles/,
and check the corpus against its plan and its gold files.

    python3 build.py            write, check, print a summary
    python3 build.py --check    check only; also fails if a file is out of date

Python 3.11, standard library only. Exit status 1 if a check fails.
"""
import csv
import difflib
import io
import json
import re
import sys
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

HERE = Path(__file__).resolve().parent
ARTICLES = HERE / "articles"
GOLD = HERE / "gold"
COLUMNS = ["id", "outlet", "date", "topic", "title", "url", "text"]
LIVE = "Halmer Public Radio/2026-03-22-election-night-live"
FIRST, LAST = date(2026, 2, 16), date(2026, 3, 29)

problems = []


def check(ok, message):
    if not ok:
        problems.append(message)


def read_articles():
    docs = []
    for path in ARTICLES.glob("*/*.txt"):
        doc = path.relative_to(ARTICLES).with_suffix("").as_posix()
        raw = path.read_bytes().decode("utf-8")
        check("\r" not in raw, f"{doc}: carriage return")
        check(raw.endswith("\n") and not raw.endswith("\n\n"), f"{doc}: must end with one newline")
        head, sep, body = raw.partition("\n---\n")
        if not raw.startswith("---\n") or not sep:
            problems.append(f"{doc}: no front matter")
            continue
        meta = {}
        for line in head.split("\n")[1:]:
            key, colon, value = line.partition(": ")
            check(colon, f"{doc}: bad front-matter line {line!r}")
            meta[key] = value.strip()
        check(set(meta) <= {"title", "date", "topic", "url"}, f"{doc}: unknown front-matter key")
        for key in ("title", "topic", "url"):
            check(meta.get(key), f"{doc}: no {key}")
        docs.append({
            "id": doc,
            "outlet": path.parent.name,
            "date": meta.get("date", ""),
            "topic": meta.get("topic", ""),
            "title": meta.get("title", ""),
            "url": meta.get("url", ""),
            "text": body.strip("\n"),
        })
    docs.sort(key=lambda d: d["id"])
    return docs


def words(text):
    return len(text.split())


def gold(name, header):
    with open(GOLD / f"{name}.csv", encoding="utf-8", newline="") as f:
        reader = csv.DictReader(f)
        check(reader.fieldnames == header, f"gold/{name}.csv: header is {reader.fieldnames}")
        return list(reader)


def as_csv(columns, rows, end):
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, lineterminator=end)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def emit(path, text, check_only):
    data = text.encode("utf-8")
    if check_only:
        check(path.exists() and path.read_bytes() == data, f"{path.name}: out of date, run build.py")
    else:
        path.write_bytes(data)


def check_plan(docs):
    check(65 <= len(docs) <= 73, f"{len(docs)} documents")
    check(len({d["url"] for d in docs}) == len(docs), "a url occurs twice")
    check(len({d["outlet"] for d in docs}) == 4, "not 4 outlets")
    check(len({d["topic"] for d in docs}) == 4, "not 4 topics")
    for d in docs:
        n = words(d["text"])
        if d["id"] == LIVE:
            check(n >= 3000, f"{d['id']}: {n} words, live blog needs 3000")
        else:
            check(150 <= n <= 600, f"{d['id']}: {n} words")
        if d["date"]:
            day = date.fromisoformat(d["date"])
            check(FIRST <= day <= LAST, f"{d['id']}: date outside the six weeks")
            check(d["id"].split("/")[1].startswith(d["date"] + "-"), f"{d['id']}: name and date differ")
        for line in d["text"].split("\n"):
            check(line == line.strip(), f"{d['id']}: space around a line")
        check("\n\n\n" not in d["text"], f"{d['id']}: two blank lines")
        check("[[" not in d["text"], f"{d['id']}: stray mark")
    undated = [d["id"] for d in docs if not d["date"]]
    check(len(undated) == 1, f"{len(undated)} documents without a date")


def check_gold(docs):
    by_id = {d["id"]: d for d in docs}

    def text_of(name, row):
        d = by_id.get(row["document"])
        if d is None:
            problems.append(f"gold/{name}.csv: no document {row['document']}")
            return None
        if "outlet" in row:
            check(row["outlet"] == d["outlet"], f"gold/{name}.csv: wrong outlet for {d['id']}")
        return d["text"]

    spellings = gold("spellings", ["entity", "type", "spelling", "outlet"])
    kinds = Counter(t for _, t in {(r["entity"], r["type"]) for r in spellings})
    check(kinds["person"] >= 2 and kinds["place"] >= 2, f"spellings: {dict(kinds)}")
    variants = defaultdict(set)
    for r in spellings:
        variants[r["entity"]].add(r["spelling"])
    for entity, forms in variants.items():
        check(len(forms) >= 2, f"spellings: {entity} has one spelling")
    for r in spellings:
        texts = [d["text"] for d in docs if d["outlet"] == r["outlet"]]
        check(any(r["spelling"] in t for t in texts), f"spellings: {r['spelling']} not in {r['outlet']}")
        for form in variants[r["entity"]] - {r["spelling"]}:
            for part in (form, form.split()[-1]):
                if part != r["spelling"].split()[-1]:
                    hits = [d["id"] for d in docs if d["outlet"] == r["outlet"]
                            and part in d["title"] + "\n" + d["text"]]
                    check(not hits, f"spellings: {part} in {hits}")

    wire = defaultdict(list)
    for r in gold("wire", ["story", "document", "outlet"]):
        t = text_of("wire", r)
        if t is not None:
            check("(MNA)" in t, f"wire: {r['document']} names no agency")
            wire[r["story"]].append(t)
    check(len(wire) >= 3, f"wire: {len(wire)} stories")
    for story, texts in wire.items():
        check(len(texts) >= 3, f"wire: {story} in {len(texts)} outlets")
        for other in texts[1:]:
            same = difflib.SequenceMatcher(None, texts[0].split(), other.split(), autojunk=False).ratio()
            check(same >= 0.8, f"wire: {story} copies only {same:.2f} alike")

    foot = defaultdict(set)
    for r in gold("boilerplate", ["outlet", "document", "line"]):
        t = text_of("boilerplate", r)
        if t is not None:
            check(r["line"] in t.split("\n"), f"boilerplate: line not in {r['document']}")
            foot[r["outlet"]].add(r["document"])
    for outlet, ids in foot.items():
        every = {d["id"] for d in docs if d["outlet"] == outlet}
        check(ids == every, f"boilerplate: {outlet} has articles without a footer")

    captions = gold("captions", ["document", "line"])
    for r in captions:
        t = text_of("captions", r)
        if t is not None:
            check(t.split("\n").count(r["line"]) == 2, f"captions: line not twice in {r['document']}")

    quotes = defaultdict(set)
    for r in gold("quotes", ["statement", "document", "outlet", "quote"]):
        t = text_of("quotes", r)
        if t is not None:
            check(r["quote"] in t, f"quotes: not in {r['document']}: {r['quote']}")
            quotes[r["statement"]].add(r["outlet"])
    for statement, outlets in quotes.items():
        check(len(outlets) >= 2, f"quotes: {statement} in one outlet")

    specials = gold("specials", ["document", "what", "detail"])
    for r in specials:
        t = text_of("specials", r)
        if t is None:
            continue
        what, detail = r["what"], r["detail"]
        if what in ("non_latin", "url", "email", "hashtag", "mention"):
            check(detail in t, f"specials: {detail} not in {r['document']}")
        elif what == "quotes":
            curly, straight = bool(re.search("[“”‘’]", t)), bool(re.search("[\"']", t))
            found = "curly" if curly and not straight else "straight" if straight and not curly else "mixed" if curly else "none"
            check(found == detail, f"specials: {r['document']} has {found} quotes")
        elif what == "missing_date":
            check(not by_id[r["document"]]["date"], f"specials: {r['document']} has a date")
        elif what == "live_blog":
            check(r["document"] == LIVE, f"specials: live blog is {r['document']}")
        else:
            problems.append(f"specials: unknown kind {what}")

    events = defaultdict(set)
    in_events = Counter()
    topic_of = {}
    for r in gold("events", ["event", "topic", "document", "outlet", "date"]):
        if text_of("events", r) is not None:
            d = by_id[r["document"]]
            check((r["topic"], r["date"]) == (d["topic"], d["date"]), f"events: topic or date of {d['id']}")
            events[r["event"]].add(r["outlet"])
            topic_of[r["event"]] = r["topic"]
            in_events[d["id"]] += 1
    check(len(events) >= 12, f"events: {len(events)}")
    for event, outlets in events.items():
        check(len(outlets) >= 3, f"events: {event} in {len(outlets)} outlets")
    check(min(Counter(topic_of.values()).values()) >= 3, "events: a topic has fewer than 3")
    for d in docs:
        check(in_events[d["id"]] == 1, f"events: {d['id']} listed {in_events[d['id']]} times")
    return {
        "events": len(events), "wire stories": len(wire), "statements": len(quotes),
        "captions": len(captions), "spelling variants": sum(map(len, variants.values())),
        "specials": len(specials),
    }


def main():
    check_only = "--check" in sys.argv[1:]
    docs = read_articles()
    check_plan(docs)
    counts = check_gold(docs)
    emit(HERE / "harbour.csv", as_csv(COLUMNS, docs, "\r\n"), check_only)
    lines = [json.dumps({**d, "date": d["date"] or None}, ensure_ascii=False) + "\n" for d in docs]
    emit(HERE / "harbour.jsonl", "".join(lines), check_only)
    rows = [{"document": d["id"], "outlet": d["outlet"], "date": d["date"], "topic": d["topic"],
             "title": d["title"], "words": words(d["text"])} for d in docs]
    header = ["document", "outlet", "date", "topic", "title", "words"]
    emit(GOLD / "documents.csv", as_csv(header, rows, "\n"), check_only)

    print(f"{len(docs)} documents, {sum(r['words'] for r in rows)} words")
    for key in ("outlet", "topic"):
        for name in sorted({r[key] for r in rows}):
            mine = [r["words"] for r in rows if r[key] == name]
            print(f"  {name:20} {len(mine):3} documents {sum(mine):6} words")
    short = sorted(r["words"] for r in rows if r["document"] != LIVE)
    print(f"  article length: {short[0]} to {short[-1]}, mean {sum(short) / len(short):.0f} (live blog apart)")
    print("  " + ", ".join(f"{v} {k}" for k, v in counts.items()))
    for p in problems:
        print("PROBLEM", p)
    print("all checks passed" if not problems else f"{len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
