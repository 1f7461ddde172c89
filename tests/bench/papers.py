"""One repeat of the papers' figure as their code makes it: training in PyTorch or numpy, the gradients of each epoch reduced to mean and spread, and at
the measured epochs a pass over all patterns, binning and kernel density by their algorithms (algorithms.py).

    python3 papers.py FOLDER

reads case.json ({framework, widths, batchSize, learningRate, epochs, measured: […], variance}), inputs.f32 (patterns × features) and labels.u8, and
prints {training: seconds an epoch, bins: seconds a measured epoch, kde: …, loss: [first, last]}.
"""

import json
import sys
import time

import numpy as np

from algorithms import bins, kde

folder = sys.argv[1]
with open(f"{folder}/case.json") as file:
    case = json.load(file)
widths, size, rate = case["widths"], case["batchSize"], case["learningRate"]
x = np.fromfile(f"{folder}/inputs.f32", np.float32).reshape(-1, widths[0])
y = np.fromfile(f"{folder}/labels.u8", np.uint8)
random = np.random.default_rng(1)
start = [random.normal(0, 1 / np.sqrt(a), (a, b)).astype(np.float32) for a, b in zip(widths, widths[1:])]
train = random.permutation(len(x))[: int(0.8 * len(x))]


def in_torch():
    import torch
    from torch.nn import functional as F

    weights = [torch.from_numpy(w.copy()).requires_grad_() for w in start]
    biases = [torch.zeros(units, requires_grad=True) for units in widths[1:]]
    optimizer = torch.optim.Adam(weights + biases, lr=rate)
    inputs, labels = torch.from_numpy(x), torch.from_numpy(y.astype(np.int64))

    def forward(h):
        layers = []
        for layer, (w, b) in enumerate(zip(weights, biases)):
            h = torch.addmm(b, h, w)
            h = torch.tanh(h) if layer < len(weights) - 1 else h
            layers.append(h)
        return layers

    def epoch(order):
        kept = [[] for _ in weights]
        for first in range(0, len(order), size):
            rows = torch.from_numpy(order[first : first + size])
            optimizer.zero_grad(set_to_none=True)
            loss = F.cross_entropy(forward(inputs[rows])[-1], labels[rows])
            loss.backward()
            for list_, w in zip(kept, weights):
                list_.append(w.grad.clone())
            optimizer.step()
        for list_ in kept:
            gradients = torch.stack(list_)
            gradients.mean(0).norm().item(), gradients.std(0).norm().item()
        return loss.item()

    def activations():
        with torch.no_grad():
            layers = forward(inputs)
            return [h.numpy() for h in layers[:-1]] + [F.softmax(layers[-1], 1).numpy()]

    return epoch, activations


def in_numpy():
    weights, biases = [w.copy() for w in start], [np.zeros(units, np.float32) for units in widths[1:]]
    parameters = weights + biases
    first, second = [np.zeros_like(p) for p in parameters], [np.zeros_like(p) for p in parameters]
    steps = 0

    def forward(h):
        layers = []
        for layer, (w, b) in enumerate(zip(weights, biases)):
            z = h @ w + b
            if layer < len(weights) - 1:
                h = np.tanh(z)
            else:
                e = np.exp(z - z.max(1, keepdims=True))
                h = e / e.sum(1, keepdims=True)
            layers.append(h)
        return layers

    def epoch(order):
        nonlocal steps
        kept = [[] for _ in weights]
        for begin in range(0, len(order), size):
            rows = order[begin : begin + size]
            layers = [x[rows], *forward(x[rows])]
            loss = -np.log(layers[-1][np.arange(len(rows)), y[rows]]).mean()
            delta = layers[-1].copy()
            delta[np.arange(len(rows)), y[rows]] -= 1
            delta /= np.float32(len(rows))
            gradients = [None] * len(parameters)
            for layer in reversed(range(len(weights))):
                gradients[layer], gradients[len(weights) + layer] = layers[layer].T @ delta, delta.sum(0)
                kept[layer].append(gradients[layer])
                if layer:
                    delta = (delta @ weights[layer].T) * (1 - layers[layer] ** 2)
            steps += 1
            scale = np.float32(rate * np.sqrt(1 - 0.999**steps) / (1 - 0.9**steps))
            for p, g, m, v in zip(parameters, gradients, first, second):
                m += np.float32(0.1) * (g - m)
                v += np.float32(0.001) * (g * g - v)
                p -= scale * m / (np.sqrt(v) + np.float32(1e-8))
        for list_ in kept:
            gradients = np.stack(list_)
            np.linalg.norm(gradients.mean(0)), np.linalg.norm(gradients.std(0))
        return float(loss)

    return epoch, lambda: forward(x)


epoch, activations = in_torch() if case["framework"] == "torch" else in_numpy()
times, losses = {"training": [], "bins": [], "kde": []}, []
for index in range(case["epochs"]):
    begin = time.perf_counter()
    losses.append(epoch(random.permutation(train)))
    times["training"].append(time.perf_counter() - begin)
    if index in case["measured"]:
        begin = time.perf_counter()
        layers = activations()
        for layer in layers:
            bins(layer, y)
        times["bins"].append(time.perf_counter() - begin)
        begin = time.perf_counter()
        for layer in layers:
            kde(layer, y, case["variance"])
        times["kde"].append(time.perf_counter() - begin)
print(json.dumps({**{name: float(np.median(each)) for name, each in times.items()}, "loss": [losses[0], losses[-1]]}))
