import numpy as np
rows = np.genfromtxt("tanh-1.csv", delimiter=",", names=True, dtype=None, encoding="utf8")
rows = rows[rows["estimator"] == "bins"]
epochs = np.unique(rows["epoch"])
for layer in np.unique(rows["layer"]):
    trail = rows[rows["layer"] == layer]
    bits = [np.median(trail["information_x_bits"][trail["epoch"] == epoch]) for epoch in epochs]
    print(f"layer {layer}: peak {max(bits):.3f} bits at epoch {epochs[np.argmax(bits)]}, end {bits[-1]:.3f} bits")
