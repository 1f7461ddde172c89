"""Two moons, 1000 points, as data.npz in the folder given: the usual toy, without sklearn."""
import sys, numpy as np

rng, angle = np.random.default_rng(1), np.linspace(0, np.pi, 500)
upper = np.stack([np.cos(angle), np.sin(angle)], 1)
x = np.concatenate([upper, [1, 0.5] - upper]) + rng.normal(0, 0.1, (1000, 2))
np.savez(f"{sys.argv[1]}/data.npz", x=x, y=np.repeat([0, 1], 500))
