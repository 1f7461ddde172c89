import os, numpy as np
def ibtop(directory, step, **arrays):
    os.makedirs(directory, exist_ok=True); path = f"{directory}/step-{step:08d}.npz"
    with open(path + ".tmp", "wb") as file: np.savez(file, **arrays)
    os.replace(path + ".tmp", path)
