"""The kernel density estimate of [KT17] in float64 numpy: the independent side of kernel-density-oracle.test.ts.

    python3 kernel-density.py FOLDER

reads cases.json ([{file, rows, units, variance}, …]), the float32 activations it names, labels.u8 and p.f64 (p(y=1|x)), and prints
[{x, y, stochastic, lower: {…}}, …]. As artemyk/ibsgd's kde.py: h(T) = -mean log mean_j exp(-dist / 2v), less that within each class, and
4v for v in the lower bound; by direct differences, in blocks of rows.
"""

import json
import sys

import numpy as np

folder = sys.argv[1]
labels = np.fromfile(f"{folder}/labels.u8", dtype=np.uint8)
p_one = np.fromfile(f"{folder}/p.f64", dtype=np.float64)


def weighted_sums(points, weights, variance):
    """sum_j K_ij w_j for each row i and each column of weights."""
    sums = []
    for start in range(0, len(points), 256):
        distances = sum((points[start:start + 256, None, unit] - points[None, :, unit]) ** 2 for unit in range(points.shape[1]))
        sums.append(np.exp(distances / (-2 * variance)) @ weights)
    return np.concatenate(sums)


def conditional_entropy(densities, shares):
    """sum_y p(y) h(T|y), where shares are p(y|x), rows x classes."""
    return -np.sum(shares / len(shares) * np.log2(np.maximum(densities, 1e-300)))


def bound(points, variance):
    certain = np.stack([labels == 0, labels == 1], axis=1).astype(float)
    uncertain = np.stack([1 - p_one, p_one], axis=1)
    weights = np.concatenate([np.ones((len(points), 1)), certain, uncertain], axis=1)
    densities = weighted_sums(points, weights / weights.sum(axis=0), variance)
    x = -np.mean(np.log2(densities[:, 0]))
    return {
        "x": float(x),
        "y": float(x - conditional_entropy(densities[:, 1:3], certain)),
        "stochastic": float(x - conditional_entropy(densities[:, 3:5], uncertain)),
    }


def information(points, variance):
    return {**bound(points, variance), "lower": bound(points, 4 * variance)}


with open(f"{folder}/cases.json") as file:
    cases = json.load(file)
print(json.dumps([
    information(np.fromfile(f"{folder}/{case['file']}", dtype=np.float32).reshape(case["rows"], case["units"]).astype(float), case["variance"])
    for case in cases
]))
