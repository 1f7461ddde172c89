"""What the papers' algorithms cost in numpy, on one thread: the other side of estimators.ts.

    python3 estimators.py FOLDER

reads case.json ({rows, units: […], width, variance, repeats}), the float32 layers 0.f32, 1.f32, … and labels.u8, and prints
{estimator: milliseconds for all layers together, …}, the median of the repeats. `bins` and `width` as ravidziv/IDNNs and artemyk/ibsgd,
`exact`, `uniform` and `quantile` as ExactIBAnalysisInQNNs: digitize, floor or round, and np.unique over the rows as bytes, once for T and
once for each label. `kde` as ibsgd's kde.py, both bounds, in
float32 and as fast as plain numpy goes: one matrix of squared distances by the expanded square, and one product for the sums within labels.
"""

import json
import sys
import time

import numpy as np

folder = sys.argv[1]
with open(f"{folder}/case.json") as file:
    case = json.load(file)
labels = np.fromfile(f"{folder}/labels.u8", dtype=np.uint8)
layers = [
    np.fromfile(f"{folder}/{index}.f32", dtype=np.float32).reshape(case["rows"], units)
    for index, units in enumerate(case["units"])
]


def entropy(codes):
    rows = np.ascontiguousarray(codes).view(np.dtype((np.void, codes.dtype.itemsize * codes.shape[1])))
    counts = np.unique(rows, return_counts=True)[1]
    p = counts / counts.sum()
    return -np.sum(p * np.log2(p))


def from_codes(codes):
    x = entropy(codes)
    return x, x - sum((labels == label).mean() * entropy(codes[labels == label]) for label in np.unique(labels))


def bins(layer):
    edges = np.linspace(-1, 1, 30).astype(np.float32)
    return from_codes(edges[np.digitize(layer.reshape(-1), edges) - 1].reshape(layer.shape))


def width(layer):
    return from_codes(np.floor(layer / np.float32(case["width"])))


def exact(layer):
    low, high = layer.min(), layer.max()
    return from_codes(np.rint((layer - low) * np.float32(2 ** 8) / (high - low)))


def uniform(layer):
    low, high = layer.min(), layer.max()
    return from_codes(np.digitize(layer, np.arange(float(low), float(high), float(high - low) / 30)))


def quantile(layer):
    groups = np.array_split(np.sort(layer.ravel()), 30)
    return from_codes(np.digitize(layer, [(a[-1] + b[0]) / np.float32(2) for a, b in zip(groups, groups[1:])]))


def kde(layer):
    squares = np.sum(layer * layer, axis=1)
    distances = squares[:, None] + squares[None, :] - 2 * (layer @ layer.T)
    np.maximum(distances, 0, out=distances)
    shares = np.array([(labels == label).mean() for label in np.unique(labels)])
    of_label = np.stack([labels == label for label in np.unique(labels)], axis=1).astype(np.float32)
    values = []
    for times in (2, 8):
        kernels = distances * np.float32(-1 / (times * case["variance"]))
        np.exp(kernels, out=kernels)
        sums = kernels @ of_label
        x = -np.mean(np.log2(sums.sum(axis=1) / len(layer)))
        own = np.sum(sums * of_label, axis=1)
        values.append((x, np.mean(np.log2(own / sums.sum(axis=1))) - np.sum(shares * np.log2(shares))))
    return values


def milliseconds(work):
    times = []
    for _ in range(case["repeats"]):
        start = time.perf_counter()
        for layer in layers:
            work(layer)
        times.append((time.perf_counter() - start) * 1000)
    return sorted(times)[len(times) // 2]


print(json.dumps({work.__name__: milliseconds(work) for work in (bins, width, exact, uniform, quantile, kde)}))
