"""Term counts of a JSON Lines corpus by scikit-learn's CountVectorizer, as numbers and one hash to compare headword with.

usage: count_vectorizer.py CORPUS.jsonl[.zst]        needs: pip install scikit-learn zstandard

The hash is SHA-256 over the lines `group TAB term TAB count TAB documents`, sorted by bytes. The same lines come from
`headword terms CORPUS --by outlet --word-rule simple --keep-furniture`, whose rule is CountVectorizer's default pattern: runs of two and
more word characters of the text in lower case.
"""
import hashlib, io, json, sys
import numpy as np, scipy.sparse as sp
from sklearn.feature_extraction.text import CountVectorizer

path = sys.argv[1]
if path.endswith(".zst"):
    import zstandard
    lines = io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(open(path, "rb")), "utf-8")
else:
    lines = open(path, encoding="utf-8")
documents = [json.loads(line) for line in lines]
vectorizer = CountVectorizer()
counts = vectorizer.fit_transform(document["text"] for document in documents)
terms = vectorizer.get_feature_names_out()
groups, of_document = np.unique([document.get("outlet") or "(none)" for document in documents], return_inverse=True)
sums = sp.csr_matrix((np.ones(len(documents), dtype=np.int64), (of_document, np.arange(len(documents)))))
presence = counts.copy()
presence.data[:] = 1
by_group, with_term = (sums @ counts).toarray(), (sums @ presence).toarray()
rows = sorted(
    f"{group}\t{terms[t]}\t{by_group[g, t]}\t{with_term[g, t]}\n".encode()
    for g, group in enumerate(groups) for t in np.flatnonzero(by_group[g])
)
print(f"documents {len(documents)}, terms {len(terms)}, rows {len(rows)}, tokens {int(counts.sum())}")
print("sha256", hashlib.sha256(b"".join(rows)).hexdigest())
total = np.asarray(counts.sum(axis=0)).ravel()
frequency = np.asarray(presence.sum(axis=0)).ravel()
for t in sorted(range(len(terms)), key=lambda t: (-total[t], terms[t]))[:5]:
    print(f"{terms[t]} {total[t]} {frequency[t]}")
