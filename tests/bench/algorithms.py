"""The papers' algorithms for I(X;T) and I(T;Y) in numpy: `bins` and `width` as ravidziv/IDNNs and artemyk/ibsgd, `exact`, `uniform` and `quantile`
as ExactIBAnalysisInQNNs: digitize, floor or round, and np.unique over the rows as bytes, once for T and once for each label. `kde` as ibsgd's
kde.py, both bounds, in float32 and as fast as plain numpy goes: one matrix of squared distances by the expanded square, and one product for the
sums within labels. All take a layer (rows × units, float32) and its labels.
"""

import numpy as np


def entropy(codes):
    rows = np.ascontiguousarray(codes).view(np.dtype((np.void, codes.dtype.itemsize * codes.shape[1])))
    counts = np.unique(rows, return_counts=True)[1]
    p = counts / counts.sum()
    return -np.sum(p * np.log2(p))


def from_codes(codes, labels):
    x = entropy(codes)
    return x, x - sum((labels == label).mean() * entropy(codes[labels == label]) for label in np.unique(labels))


def bins(layer, labels):
    edges = np.linspace(-1, 1, 30).astype(np.float32)
    return from_codes(edges[np.digitize(layer.reshape(-1), edges) - 1].reshape(layer.shape), labels)


def width(layer, labels, size):
    return from_codes(np.floor(layer / np.float32(size)), labels)


def exact(layer, labels):
    low, high = layer.min(), layer.max()
    return from_codes(np.rint((layer - low) * np.float32(2 ** 8) / (high - low)), labels)


def uniform(layer, labels):
    low, high = layer.min(), layer.max()
    return from_codes(np.digitize(layer, np.arange(float(low), float(high), float(high - low) / 30)), labels)


def quantile(layer, labels):
    groups = np.array_split(np.sort(layer.ravel()), 30)
    return from_codes(np.digitize(layer, [(a[-1] + b[0]) / np.float32(2) for a, b in zip(groups, groups[1:])]), labels)


def kde(layer, labels, variance):
    squares = np.sum(layer * layer, axis=1)
    distances = squares[:, None] + squares[None, :] - 2 * (layer @ layer.T)
    np.maximum(distances, 0, out=distances)
    shares = np.array([(labels == label).mean() for label in np.unique(labels)])
    of_label = np.stack([labels == label for label in np.unique(labels)], axis=1).astype(np.float32)
    values = []
    for times in (2, 8):
        kernels = distances * np.float32(-1 / (times * variance))
        np.exp(kernels, out=kernels)
        sums = kernels @ of_label
        x = -np.mean(np.log2(sums.sum(axis=1) / len(layer)))
        own = np.sum(sums * of_label, axis=1)
        values.append((x, np.mean(np.log2(own / sums.sum(axis=1))) - np.sum(shares * np.log2(shares))))
    return values
