"""The information bottleneck by plain rounds of the self-consistent equations, without acceleration or merging: bottleneck.test.ts.

    python3 bottleneck.py FOLDER

reads cases.json ([{file, classes, betas}, …], betas falling) and the float64 rows of p(y|x) that each names, with X uniform over the
rows; prints [[{x, y, shortfall}, …], …], in bits. Annealed from every row its own cluster, each β to a change of 1e-12. `shortfall`
is a proof of the point: for given p(y|t) the problem is convex, so by at most ln(max D)/β nats is the curve above it, where D(q) =
sum_x p(x) exp(β sum_y p(y|x) ln q(y)) / Z(x); for two classes the maximum is taken over 4000 places.
"""

import json
import sys

import numpy as np

folder = sys.argv[1]


def logarithm(values):
    return np.log(np.maximum(values, 1e-300))


def encode(beta, rows, weights, decoder):
    exponents = logarithm(weights) + beta * rows @ logarithm(decoder).T
    highest = exponents.max(axis=1, keepdims=True)
    terms = np.exp(exponents - highest)
    total = terms.sum(axis=1, keepdims=True)
    return terms / total, (highest + np.log(total))[:, 0]


def information(joint):
    independent = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0, keepdims=True)
    held = joint > 0
    return np.sum(joint[held] * np.log2(joint[held] / independent[held]))


def shortfall(beta, rows, prior, normalisation):
    odds = np.linspace(-30, 30, 4001)
    places = np.stack([-np.logaddexp(0, odds), -np.logaddexp(0, -odds)])
    demand = prior @ np.exp(beta * rows @ places - normalisation[:, None])
    return max(0, np.log(demand.max())) / beta / np.log(2)


def curve(rows, betas):
    rows, counts = np.unique(rows.round(13), axis=0, return_counts=True)
    prior = counts / counts.sum()
    weights, decoder = prior.copy(), rows.copy()
    points = []
    for beta in betas:
        for _ in range(100_000):
            encoder, normalisation = encode(beta, rows, weights, decoder)
            joint = (prior[:, None] * encoder).T @ rows
            moved = np.abs(joint - weights[:, None] * decoder).max()
            weights = joint.sum(axis=1)
            decoder = joint / np.maximum(weights, 1e-300)[:, None]
            if moved < 1e-12:
                break
        points.append({
            "x": information(prior[:, None] * encoder),
            "y": information(joint),
            "shortfall": shortfall(beta, rows, prior, normalisation) if rows.shape[1] == 2 else None,
        })
    return points


with open(f"{folder}/cases.json") as file:
    cases = json.load(file)
print(json.dumps([
    curve(np.fromfile(f"{folder}/{case['file']}", dtype=np.float64).reshape(-1, case["classes"]), case["betas"]) for case in cases
]))
