import sys, numpy as np, torch
from drop import ibtop

data, directory, epochs = np.load(sys.argv[1]), sys.argv[2], int(sys.argv[3])
x, y = torch.tensor(data["x"], dtype=torch.float32), torch.tensor(data["y"], dtype=torch.int64)
torch.manual_seed(1)
widths = [x.shape[1], 10, 7, 5, 2]
layers = [torch.nn.Linear(*pair) for pair in zip(widths, widths[1:])]
network = torch.nn.Sequential(*[part for layer in layers for part in (layer, torch.nn.Tanh())][:-1])
optimizer = torch.optim.Adam(network.parameters(), 0.01)
for epoch in range(epochs):
    seen = {}
    hooks = [part.register_forward_hook(lambda _, __, out, name=f"act/{i}": seen.update({name: out})) for i, part in enumerate(network[1::2], 1)]
    with torch.no_grad(): seen["act/out"] = network(x).softmax(1)
    for hook in hooks: hook.remove()
    gradients = []
    for rows in torch.randperm(len(x)).split(256):
        loss = torch.nn.functional.cross_entropy(network(x[rows]), y[rows])
        optimizer.zero_grad(); loss.backward(); optimizer.step()
        gradients.append([layer.weight.grad.numpy().copy() for layer in layers])
    grads = {f"grad/{name}": np.stack(g) for name, g in zip(["1", "2", "3", "out"], zip(*gradients))}
    ibtop(directory, epoch, y=y, epoch=epoch, loss=loss.item(), **seen, **grads)
