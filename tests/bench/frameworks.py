"""The same training in numpy or in PyTorch, on one thread: the other side of frameworks.ts.

    python3 frameworks.py FOLDER

reads case.json ({framework, widths, rows, batches, steps, seconds, optimizer}), the float32 weights w0.f32, w1.f32, … (fan-in × units),
inputs.f32 (batches × rows × features) and labels.u8, and prints {losses: those of the first `steps` steps, best: {setting: steps/s, …}}.

tanh, softmax, mean cross-entropy, Adam. The weights' gradients of the batches of an epoch are summed, and their squares, and reduced to the
norms of their mean and spread at its end: faster than to keep them all, if less exact than what ibtop does. Seconds are of processor time, which other processes do not lengthen. Both sides are written as fast as they go:
numpy with one flat array for all parameters and results written in place, PyTorch in each of its settings.
"""

import json
import os
import sys
import time

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"
import numpy as np

folder = sys.argv[1]
with open(f"{folder}/case.json") as file:
    case = json.load(file)
widths, rows, rate = case["widths"], case["rows"], case["optimizer"]["learningRate"]
beta1, beta2, epsilon = (case["optimizer"][name] for name in ("beta1", "beta2", "epsilon"))
shapes = list(zip(widths, widths[1:]))
start = [np.fromfile(f"{folder}/w{layer}.f32", np.float32).reshape(shape) for layer, shape in enumerate(shapes)]
inputs = np.fromfile(f"{folder}/inputs.f32", np.float32).reshape(case["batches"], rows, widths[0])
labels = np.fromfile(f"{folder}/labels.u8", np.uint8).reshape(case["batches"], rows).astype(np.int64)


def numpy_stepper():
    sizes = [shape[0] * shape[1] for shape in shapes]
    # All weights, then all biases
    cuts = np.cumsum([0] + sizes + widths[1:])
    count = len(shapes)

    def views(flat):
        parts = [flat[a:b] for a, b in zip(cuts, cuts[1:])]
        return [part.reshape(shape) for part, shape in zip(parts, shapes)], parts[count:]

    values, gradients, first, second, scratch, sums, squares = (np.zeros(cuts[-1], np.float32) for _ in range(7))
    weights, biases = views(values)
    weight_gradients, bias_gradients = views(gradients)
    for w, given in zip(weights, start):
        w[:] = given
    targets = np.eye(widths[-1], dtype=np.float32)[labels]
    state = {"step": 0}

    def step(wants_loss):
        index = state["step"] % len(inputs)
        activations = [inputs[index]]
        for layer in range(count):
            z = activations[-1] @ weights[layer]
            z += biases[layer]
            if layer < count - 1:
                np.tanh(z, out=z)
            activations.append(z)
        z -= z.max(1, keepdims=True)
        np.exp(z, out=z)
        z /= z.sum(1, keepdims=True)
        loss = -np.log(z[np.arange(rows), labels[index]]).mean() if wants_loss else None
        delta = z - targets[index]
        delta *= np.float32(1 / rows)
        for layer in reversed(range(count)):
            a = activations[layer]
            np.matmul(a.T, delta, out=weight_gradients[layer])
            delta.sum(0, out=bias_gradients[layer])
            if layer:
                delta = delta @ weights[layer].T
                np.multiply(a, a, out=a)
                np.subtract(1, a, out=a)
                delta *= a
        state["step"] += 1
        np.add(sums, gradients, out=sums)
        np.multiply(gradients, gradients, out=scratch)
        np.add(squares, scratch, out=squares)
        if state["step"] % len(inputs) == 0:
            mean = sums / len(inputs)
            variance = squares / len(inputs) - mean * mean
            for a, b in zip(cuts[:count], cuts[1:]):
                np.linalg.norm(mean[a:b]), np.sqrt(max(0, variance[a:b].sum()))
            sums.fill(0)
            squares.fill(0)
        t = state["step"]
        np.subtract(gradients, first, out=scratch)
        np.multiply(scratch, np.float32(1 - beta1), out=scratch)
        np.add(first, scratch, out=first)
        np.multiply(gradients, gradients, out=scratch)
        np.subtract(scratch, second, out=scratch)
        np.multiply(scratch, np.float32(1 - beta2), out=scratch)
        np.add(second, scratch, out=second)
        np.multiply(second, np.float32(1 / (1 - beta2**t)), out=scratch)
        np.sqrt(scratch, out=scratch)
        np.add(scratch, np.float32(epsilon), out=scratch)
        np.divide(first, scratch, out=scratch)
        np.multiply(scratch, np.float32(rate / (1 - beta1**t)), out=scratch)
        np.subtract(values, scratch, out=values)
        return loss

    return step


def torch_stepper(foreach, traced):
    import torch
    from torch.nn import functional as F

    torch.set_num_threads(1)

    class Network(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.weights = torch.nn.ParameterList(torch.nn.Parameter(torch.from_numpy(w.copy())) for w in start)
            self.biases = torch.nn.ParameterList(torch.nn.Parameter(torch.zeros(units)) for units in widths[1:])

        def forward(self, x):
            for layer, (w, b) in enumerate(zip(self.weights, self.biases)):
                x = torch.addmm(b, x, w)
                if layer < len(shapes) - 1:
                    x = torch.tanh(x)
            return x

    network = Network()
    x, y = torch.from_numpy(inputs), torch.from_numpy(labels)
    optimizer = torch.optim.Adam(network.parameters(), lr=rate, betas=(beta1, beta2), eps=epsilon, foreach=foreach)
    weights = list(network.weights)
    run = torch.jit.trace(network, x[0]) if traced else network
    sums = [torch.zeros(shape) for shape in shapes]
    squares = [torch.zeros(shape) for shape in shapes]
    state = {"step": 0}

    def step(wants_loss):
        index = state["step"] % len(x)
        state["step"] += 1
        optimizer.zero_grad(set_to_none=True)
        loss = F.cross_entropy(run(x[index]), y[index])
        loss.backward()
        gradients = [w.grad for w in weights]
        torch._foreach_add_(sums, gradients)
        torch._foreach_addcmul_(squares, gradients, gradients)
        optimizer.step()
        if state["step"] % len(x) == 0:
            for total, square in zip(sums, squares):
                mean = total / len(x)
                torch.norm(mean).item(), (square / len(x) - mean * mean).sum().clamp(0).sqrt().item()
            torch._foreach_zero_(sums)
            torch._foreach_zero_(squares)
        return loss.item() if wants_loss else None

    return step


def measure(step):
    begin, steps = time.process_time(), 0
    while time.process_time() - begin < case["seconds"]:
        for _ in range(len(inputs)):
            step(False)
        steps += len(inputs)
    return steps / (time.process_time() - begin)


settings = (
    {"in place": lambda: numpy_stepper()}
    if case["framework"] == "numpy"
    else {f"{'traced' if t else 'eager'}, {'foreach' if f else 'for each'}": lambda f=f, t=t: torch_stepper(f, t) for t, f in ((False, False), (False, True), (True, True))}
)
best, losses = {}, None
for name, create in settings.items():
    stepper = create()
    losses = [float(stepper(True)) for _ in range(case["steps"])]
    best[name] = measure(stepper)
print(json.dumps({"losses": losses, "best": best}))
