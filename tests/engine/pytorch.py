"""The same training in PyTorch: the independent side of pytorch.test.ts.

    python3 pytorch.py FOLDER

reads cases.json ({batches: [{inputs, targets}, …], cases: [{widths, activation, optimizer, weights, biases}, …]}; weights fan-in ×
units, row by row) and prints, for each case, {losses, gradients, parameters}: the loss of each step, the gradients of the first one
and the parameters after the last, weights before biases.
"""

import json
import sys

import torch
from torch.nn import functional as F

torch.set_num_threads(1)
activations = {
    "tanh": torch.tanh,
    "relu": torch.relu,
    "sigmoid": torch.sigmoid,
    "linear": lambda z: z,
    "softplus": F.softplus,
    "softsign": F.softsign,
}


def optimizer_of(parameters, options):
    if options["name"] == "adam":
        betas = (options["beta1"], options["beta2"])
        return torch.optim.Adam(parameters, lr=options["learningRate"], betas=betas, eps=options["epsilon"])
    return torch.optim.SGD(parameters, lr=options["learningRate"], momentum=options["momentum"])


def flatten(tensors):
    return [value for tensor in tensors for value in tensor.reshape(-1).tolist()]


def train(case, batches):
    widths = case["widths"]
    shapes = list(zip(widths, widths[1:]))
    weights = [torch.tensor(w, dtype=torch.float32).reshape(shape).requires_grad_() for w, shape in zip(case["weights"], shapes)]
    biases = [torch.tensor(b, dtype=torch.float32).requires_grad_() for b in case["biases"]]
    optimizer = optimizer_of(weights + biases, case["optimizer"])
    activate = activations[case["activation"]]
    losses, gradients = [], None
    for inputs, targets in batches:
        optimizer.zero_grad()
        x = inputs
        for layer, (w, b) in enumerate(zip(weights, biases)):
            x = x @ w + b
            if layer < len(shapes) - 1:
                x = activate(x)
        loss = F.cross_entropy(x, targets)
        loss.backward()
        losses.append(loss.item())
        gradients = gradients or flatten([p.grad for p in weights + biases])
        optimizer.step()
    return {"losses": losses, "gradients": gradients, "parameters": flatten([p.detach() for p in weights + biases])}


with open(f"{sys.argv[1]}/cases.json") as file:
    given = json.load(file)
batches = [
    (torch.tensor(batch["inputs"], dtype=torch.float32).reshape(batch["rows"], -1),
     torch.tensor(batch["targets"], dtype=torch.float32).reshape(batch["rows"], -1))
    for batch in given["batches"]
]
print(json.dumps([train(case, batches) for case in given["cases"]]))
