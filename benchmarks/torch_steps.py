"""The encoder and the three dictionary updates in plain PyTorch, timed step by step for `silhouettes bench`.

Usage: torch_steps.py FOLDER [cpu|wall], the clock; FOLDER holds `dictionary.npy` [atoms, values] and `images.npy` [n, values], float32, and
`settings.json` {groups, groupSize, lambda, step, layers}. Each line on standard input, `STEP BATCH SECONDS` with STEP one of
encode, encode_gram_kept, backprop, decoder, alternating, is answered by one JSON line with images per second. One thread, denormals flushed.
Exits with 3 and a message where PyTorch is missing.
"""
import json
import os
import sys
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
try:
    import numpy as np
    import torch
except ImportError as error:
    print(f"PyTorch is not there for {sys.executable}: {error}; pip install torch, or set PYTHON", file=sys.stderr)
    sys.exit(3)

torch.set_num_threads(1)
torch.set_flush_denormal(True)


class Model:
    """One-sided FISTA encoder of the group-sparse model, and its updates."""

    def __init__(self, folder):
        with open(os.path.join(folder, "settings.json"), encoding="utf-8") as file:
            settings = json.load(file)
        self.groups, self.size = settings["groups"], settings["groupSize"]
        self.step, self.layers = settings["step"], settings["layers"]
        self.threshold = settings["lambda"] * settings["step"]
        self.images = torch.from_numpy(np.load(os.path.join(folder, "images.npy")))
        self.start = torch.from_numpy(np.load(os.path.join(folder, "dictionary.npy")))
        self.reset()

    def reset(self):
        self.atoms = self.start.clone()
        self.first, self.second = torch.zeros_like(self.atoms), torch.zeros_like(self.atoms)
        self.a, self.b = torch.zeros(len(self.atoms), len(self.atoms)), torch.zeros_like(self.atoms)
        self.updates, self.at, self.gram = 0, 0, None

    def batch(self, count):
        if self.at + count > len(self.images):
            self.at = 0
        self.at += count
        return self.images[self.at - count : self.at]

    def shrink(self, u):
        u = u.view(-1, self.groups, self.size)
        norm = u.norm(dim=-1, keepdim=True).clamp_min(1e-12)
        return (torch.relu(1 - self.threshold / norm) * torch.relu(u)).view(-1, self.groups * self.size)

    def encode(self, atoms, y, gram=None):
        gram, c = atoms @ atoms.T if gram is None else gram, y @ atoms.T
        x, z, t = None, None, 1.0
        for layer in range(self.layers):
            u = self.step * c if layer == 0 else z - self.step * (z @ gram - c)
            new = self.shrink(u)
            t_new = (1 + (1 + 4 * t * t) ** 0.5) / 2
            momentum = (t - 1) / t_new
            z = new if momentum == 0 else new + momentum * (new - x)
            x, t = new, t_new
        return x

    def adam(self, gradient):
        self.updates += 1
        self.first.mul_(0.9).add_(gradient, alpha=0.1)
        self.second.mul_(0.999).addcmul_(gradient, gradient, value=0.001)
        scale = (self.second.sqrt() / (1 - 0.999**self.updates) ** 0.5).add_(1e-8)
        self.atoms.addcdiv_(self.first, scale, value=-1e-3 / (1 - 0.9**self.updates))
        self.atoms.div_(self.atoms.norm(dim=1, keepdim=True).clamp_min(1e-12))

    def run_encode(self, y):
        with torch.no_grad():
            return self.encode(self.atoms, y)

    def run_encode_gram_kept(self, y):
        with torch.no_grad():
            if self.gram is None:
                self.gram = self.atoms @ self.atoms.T
            return self.encode(self.atoms, y, self.gram)

    def run_backprop(self, y):
        atoms = self.atoms.detach().requires_grad_(True)
        torch.nn.functional.mse_loss(self.encode(atoms, y) @ atoms, y).backward()
        with torch.no_grad():
            self.adam(atoms.grad)

    def run_decoder(self, y):
        with torch.no_grad():
            x = self.encode(self.atoms, y)
            self.adam(2 / y.numel() * (x.T @ (x @ self.atoms - y)))

    def run_alternating(self, y):
        with torch.no_grad():
            x = self.encode(self.atoms, y)
            self.updates += 1
            beta = 1 - 1 / self.updates
            self.a.mul_(beta).addmm_(x.T, x, alpha=1 / len(x))
            self.b.mul_(beta).addmm_(x.T, y, alpha=1 / len(x))
            diagonal = self.a.diagonal().tolist()
            for j, use in enumerate(diagonal):
                if use >= 1e-10:
                    atom = self.atoms[j] + (self.b[j] - self.a[j] @ self.atoms) / use
                    norm = atom.norm()
                    if norm > 1e-12:
                        self.atoms[j] = atom / norm


def main():
    model = Model(sys.argv[1])
    clock = time.perf_counter if sys.argv[2:] == ["wall"] else time.process_time
    print(json.dumps({"library": "torch", "version": torch.__version__}), flush=True)
    for line in sys.stdin:
        name, batch, seconds = line.split()
        run, batch, seconds = getattr(model, "run_" + name), int(batch), float(seconds)
        model.reset()
        for _ in range(3):
            run(model.batch(batch))
        images, begin = 0, clock()
        while clock() - begin < seconds:
            run(model.batch(batch))
            images += batch
        rate = images / (clock() - begin)
        print(json.dumps({"step": name, "batch": batch, "imagesPerSecond": rate}), flush=True)


main()
