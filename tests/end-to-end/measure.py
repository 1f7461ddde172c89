"""Writes the same activations as numpy can write them, in many ways, into the folder given; prints the entropies it finds itself."""
import json
import sys

import numpy as np

folder = sys.argv[1]
rng = np.random.default_rng(1)
y = rng.integers(0, 3, 500)
layers = {
    'wide': np.tanh(rng.normal(size=(500, 8)) + y[:, None]).astype(np.float16),
    'narrow': np.tanh(rng.normal(size=(500, 1)) + y[:, None]).astype(np.float16),
}
ways = {
    'float16': lambda a: a,
    'float32': lambda a: a.astype(np.float32),
    'big-endian': lambda a: a.astype('>f4'),
    'fortran': lambda a: np.asfortranarray(a.astype(np.float32)),
    'big-endian-fortran': lambda a: np.asfortranarray(a.astype('>f4')),
    'float64': lambda a: a.astype(np.float64),
}
for name, way in ways.items():
    arrays = {key: way(value) for key, value in layers.items()}
    np.savez(f'{folder}/{name}.npz', y=y, **arrays)
    np.savez_compressed(f'{folder}/{name}-compressed.npz', **arrays, y=y.astype('>i2'))


def entropy(rows):
    counts = np.unique(rows, axis=0, return_counts=True)[1]
    return float(-(counts / counts.sum() * np.log2(counts / counts.sum())).sum())


def information(layer):
    codes = np.digitize(layer, np.linspace(-1, 1, 30).astype(layer.dtype))
    x = entropy(codes)
    return {'x': x, 'y': x - sum((y == label).mean() * entropy(codes[y == label]) for label in range(3))}


print(json.dumps({
    'files': [f'{name}{suffix}.npz' for name in ways for suffix in ('', '-compressed')],
    'layers': [{'name': name, 'bins': information(layer.astype(np.float32))} for name, layer in layers.items()],
}))
