"""What the papers' algorithms (algorithms.py) cost in numpy, on one thread: the other side of estimators.ts.

    python3 estimators.py FOLDER

reads case.json ({rows, units: […], width, variance, repeats}), the float32 layers 0.f32, 1.f32, … and labels.u8, and prints
{estimator: milliseconds for all layers together, …}, the median of the repeats.
"""

import json
import sys
import time

import numpy as np

from algorithms import bins, exact, kde, quantile, uniform, width

folder = sys.argv[1]
with open(f"{folder}/case.json") as file:
    case = json.load(file)
labels = np.fromfile(f"{folder}/labels.u8", dtype=np.uint8)
layers = [
    np.fromfile(f"{folder}/{index}.f32", dtype=np.float32).reshape(case["rows"], units)
    for index, units in enumerate(case["units"])
]
settings = {width: [case["width"]], kde: [case["variance"]]}


def milliseconds(work):
    times = []
    for _ in range(case["repeats"]):
        start = time.perf_counter()
        for layer in layers:
            work(layer, labels, *settings.get(work, []))
        times.append((time.perf_counter() - start) * 1000)
    return sorted(times)[len(times) // 2]


print(json.dumps({work.__name__: milliseconds(work) for work in (bins, width, exact, uniform, quantile, kde)}))
