"""The information of a step file as numpy finds it: `bins` [ST17] and `uniform:30` [L22] of every layer, as science.md section 4 states them."""
import json
import sys

import numpy as np


def entropy(rows):
    counts = np.unique(rows, axis=0, return_counts=True)[1]
    return float(-(counts / counts.sum() * np.log2(counts / counts.sum())).sum())


def information(codes, y):
    x = entropy(codes)
    return {'x': x, 'y': x - sum((y == label).mean() * entropy(codes[y == label]) for label in np.unique(y))}


def bins(values):
    return np.digitize(values, np.linspace(-1, 1, 30).astype(values.dtype))


def uniform(values):
    low, high = values.min(), values.max()
    return np.digitize(values, np.arange(float(low), float(high), float(high - low) / 30))


data = np.load(sys.argv[1])
names = [name for name in data.files if name not in ('y', 'epoch', 'loss', 'accuracy') and not name.startswith(('grad/', 'gmean/', 'gstd/'))]
print(json.dumps([{
    'name': name.removeprefix('act/'),
    'information': {'bins': information(bins(data[name]), data['y']), 'uniform:30': information(uniform(data[name]), data['y'])},
} for name in names]))
