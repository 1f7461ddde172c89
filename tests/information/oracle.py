"""The information of given activations as the papers' numpy code computes it: the independent side of oracle.test.ts.

    python3 oracle.py FOLDER

reads cases.json ([{file, rows, units, estimator}, …]), the float32 activations it names, labels.u8 and p.f64 (p(y=1|x)), and prints
[{x, y, stochastic}, …]. `bins`: artemyk/ibsgd and ravidziv/IDNNs, `bins[np.digitize(…) - 1]`; `width`: ibsgd's `np.floor(T / w)`.
"""

import json
import sys

import numpy as np

folder = sys.argv[1]
labels = np.fromfile(f"{folder}/labels.u8", dtype=np.uint8)
p_one = np.fromfile(f"{folder}/p.f64", dtype=np.float64)


def entropy(rows):
    counts = np.unique(rows, axis=0, return_counts=True)[1]
    p = counts / counts.sum()
    return -np.sum(p * np.log2(p))


def binary_entropy(q):
    q = q[(q > 0) & (q < 1)]
    return -q * np.log2(q) - (1 - q) * np.log2(1 - q)


def discretise(layer, estimator):
    if estimator == "bins":
        edges = np.linspace(-1, 1, 30).astype(np.float32)
        return edges[np.digitize(layer.reshape(-1), edges) - 1].reshape(layer.shape)
    return np.floor(layer / float(estimator.split(":")[1]))


def information(layer, estimator):
    codes = discretise(layer, estimator)
    x = entropy(codes)
    y = x - sum((labels == label).mean() * entropy(codes[labels == label]) for label in np.unique(labels))
    cells, sizes = np.unique(codes, axis=0, return_inverse=True, return_counts=True)[1:]
    means = np.bincount(cells, weights=p_one) / sizes
    remaining = 0.0
    for size, mean in zip(sizes, means):
        remaining += size / len(codes) * binary_entropy(np.array([mean])).sum()
    stochastic = binary_entropy(np.array([p_one.mean()])).sum() - remaining
    return {"x": float(x), "y": float(y), "stochastic": float(stochastic)}


with open(f"{folder}/cases.json") as file:
    cases = json.load(file)
print(json.dumps([
    information(np.fromfile(f"{folder}/{case['file']}", dtype=np.float32).reshape(case["rows"], case["units"]), case["estimator"])
    for case in cases
]))
