import sys, numpy as np
from drop import ibtop

data, directory, epochs = np.load(sys.argv[1]), sys.argv[2], int(sys.argv[3])
x, y, rng = data["x"].astype(float), data["y"], np.random.default_rng(1)
widths = [x.shape[1], 8, 4, 1]
W = [rng.normal(0, a ** -0.5, (a, b)) for a, b in zip(widths, widths[1:])]

def forward(x):
    h1 = np.tanh(x @ W[0]); h2 = np.tanh(h1 @ W[1])
    return h1, h2, 1 / (1 + np.exp(-h2 @ W[2]))

for epoch in range(epochs):
    h1, h2, out = forward(x)
    gradients = []
    for rows in np.array_split(rng.permutation(len(x)), 8):
        a, b, p = forward(x[rows])
        d3 = (p - y[rows, None]) / len(rows); d2 = d3 @ W[2].T * (1 - b * b); d1 = d2 @ W[1].T * (1 - a * a)
        gradients.append([x[rows].T @ d1, a.T @ d2, b.T @ d3])
        for w, g in zip(W, gradients[-1]): w -= 0.5 * g
    moments = {f"{k}/{n}": f(g, 0) for n, g in zip(("h1", "h2", "out"), zip(*gradients)) for k, f in (("gmean", np.mean), ("gstd", np.std))}
    ibtop(directory, epoch, y=y, h1=h1, h2=h2, out=out, accuracy=((out[:, 0] > 0.5) == y).mean(), **moments)
