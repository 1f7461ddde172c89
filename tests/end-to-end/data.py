"""Writes the two half moons into moons.npz in the folder given, 1000 points, and says how much there is to know of them."""
import json
import sys

import numpy as np

rng = np.random.default_rng(1)
y = np.arange(1000) % 2
angle = np.pi * rng.random(1000)
x = np.stack([np.where(y == 0, np.cos(angle), 1 - np.cos(angle)), np.where(y == 0, np.sin(angle), 0.5 - np.sin(angle))], axis=1)
np.savez(f'{sys.argv[1]}/moons.npz', x=x + 0.1 * rng.normal(size=x.shape), y=y)
print(json.dumps({'x': float(np.log2(1000)), 'y': 1}))
