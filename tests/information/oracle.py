"""The information of given activations as the papers' numpy code computes it: the independent side of oracle.test.ts.

    python3 oracle.py FOLDER

reads cases.json ([{file, rows, units, estimator}, …]), the activations it names (float32, or float64 where the file ends in f64),
labels.u8 and p.f64 (p(y=1|x)), and prints [{x, y, stochastic}, …]. A case without a file is the closed-form layer A of science.md. `bins`: artemyk/ibsgd and ravidziv/IDNNs, `bins[np.digitize(…) - 1]`; `width`: ibsgd's `np.floor(T / w)`;
the others: ExactIBAnalysisInQNNs, as science.md section 4 tells its roundings.
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


def closed_form_layer():
    x = np.array([[(row >> (11 - bit)) & 1 for bit in range(12)] for row in range(4096)], dtype=np.float64)
    i, j = np.arange(12)[:, None], np.arange(3)[None]
    return np.tanh((0.6 * (x - 0.5)) @ ((((7 * i + 3 * j + 1) % 11) - 5) / 4))


def edges_of(values, name, count):
    if name == "uniform":
        low, high = values.min(), values.max()
        return np.arange(float(low), float(high), float(high - low) / count) if high > low else np.array([])
    groups = [group for group in np.array_split(np.sort(values.ravel()), count) if len(group) > 0]
    return np.array([(a[-1] + b[0]) / values.dtype.type(2) for a, b in zip(groups, groups[1:])])


def discretise(layer, estimator):
    name, *parameters = estimator.split(":")
    if name == "bins":
        edges = np.linspace(-1, 1, 30).astype(layer.dtype)
        return edges[np.digitize(layer.reshape(-1), edges) - 1].reshape(layer.shape)
    if name == "width":
        return np.floor(layer / layer.dtype.type(parameters[0]))
    if name == "exact":
        low, high = layer.min(), layer.max()
        return np.rint((layer - low) * layer.dtype.type(2 ** int(parameters[0])) / (high - low)) if high > low else np.zeros_like(layer)
    count = int(parameters[0])
    if parameters[1:] == ["neuron"]:
        return np.stack([np.digitize(column, edges_of(column, name, count)) for column in layer.T], axis=1)
    return np.digitize(layer, edges_of(layer, name, count))


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


def activations(case):
    if "file" not in case:
        return closed_form_layer()
    dtype = np.float64 if case["file"].endswith("f64") else np.float32
    return np.fromfile(f"{folder}/{case['file']}", dtype=dtype).reshape(case["rows"], case["units"])


print(json.dumps([information(activations(case), case["estimator"]) for case in cases]))
