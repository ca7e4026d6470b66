"""The workloads in PyTorch: `python3 pytorch.py [--device cuda] FOLDER [parts of workload names] [seconds]`.

On the CPU with one thread, on a GPU without TensorFloat-32. FOLDER holds inputs.json and raw little-endian arrays, written by
write-inputs.ts. Prints one JSON line a workload.
"""

import argparse
import json
import os
import sys
import time

PARSER = argparse.ArgumentParser()
PARSER.add_argument("--device", choices=["cpu", "cuda"], default="cpu")
PARSER.add_argument("folder")
PARSER.add_argument("parts", nargs="?", default="")
PARSER.add_argument("seconds", nargs="?", type=float, default=8.0)
OPTIONS = PARSER.parse_args()
PEER = "pytorch" if OPTIONS.device == "cpu" else "pytorch-cuda"
IDENTITY = {"peer": PEER, "version": "not installed", "adapter": "CPU, 1 thread"}
RUNS = 12


def report(**line):
    print(json.dumps({**IDENTITY, **line}), flush=True)


try:
    import numpy
    import torch
    import torch.nn.functional as F
except ImportError as error:
    sys.exit(f"{sys.executable}: {error}. Name a Python that has torch in PYTHON.")

IDENTITY["version"] = torch.__version__.split("+")[0]
if OPTIONS.device == "cuda":
    if not torch.cuda.is_available():
        sys.exit("torch.cuda: expected a GPU, got none. Leave pytorch-cuda out.")
    IDENTITY["adapter"] = torch.cuda.get_device_name()
    torch.backends.cuda.matmul.allow_tf32 = False
torch.set_num_threads(1)

FOLDER = OPTIONS.folder
ONLY = [part for part in OPTIONS.parts.split(",") if part]
SECONDS = OPTIONS.seconds
with open(os.path.join(FOLDER, "inputs.json"), encoding="utf-8") as file:
    MANIFEST = json.load(file)
CONSTANTS = MANIFEST["constants"]


def load(work, grad=()):
    """The inputs of a workload by name; those in `grad` get gradients."""
    tensors = {}
    for name, entry in MANIFEST["inputs"][work].items():
        values = numpy.fromfile(os.path.join(FOLDER, entry["file"]), dtype=entry["dtype"])
        tensor = torch.from_numpy(values.copy()).reshape(entry["shape"])
        if entry["dtype"] == "<i4":
            tensor = tensor.long()
        tensor = tensor.to(OPTIONS.device)
        tensors[name] = tensor.requires_grad_() if name in grad else tensor
    return tensors


def square_product(work):
    t = load(work)
    return lambda: float((t["a"] @ t["b"])[0, 0])


def mlp_step(work):
    t = load(work, grad=("w1", "b1", "w2", "b2"))
    adam = torch.optim.Adam([t["w1"], t["b1"], t["w2"], t["b2"]], lr=CONSTANTS["learningRate"])

    def run():
        adam.zero_grad()
        hidden = torch.relu(torch.addmm(t["b1"], t["x"], t["w1"]))
        loss = F.mse_loss(torch.addmm(t["b2"], hidden, t["w2"]), t["y"])
        loss.backward()
        adam.step()
        return float(loss.detach())

    return run


def contrast(work):
    t = load(work, grad=("a", "b"))
    labels = torch.arange(t["a"].shape[0], device=OPTIONS.device)

    def run():
        t["a"].grad = t["b"].grad = None
        scores = F.normalize(t["a"], dim=1) @ F.normalize(t["b"], dim=1).t() * CONSTANTS["clipScale"]
        loss = (F.cross_entropy(scores, labels) + F.cross_entropy(scores.t(), labels)) / 2
        loss.backward()
        return float(loss.detach()) + 1000 * float(t["a"].grad.abs().sum())

    return run


def crystal_convolution(work):
    """The linear layer on the concatenation, or on its parts with the node parts on nodes: the faster of the two."""
    t = load(work, grad=("x", "e", "w", "b"))
    x, e, w, b, source, target = (t[name] for name in ("x", "e", "w", "b", "source", "target"))
    width = CONSTANTS["width"]

    def joined():
        return torch.addmm(b, torch.cat([x.index_select(0, target), x.index_select(0, source), e], 1), w)

    def in_parts():
        to, out, edge = w.split(width)
        ends = (x @ to).index_select(0, target) + (x @ out).index_select(0, source)
        return torch.addmm(b, e, edge) + ends

    def step(linear):
        x.grad = e.grad = w.grad = b.grad = None
        gate, core = linear().split(width, 1)
        messages = torch.sigmoid(gate) * F.softplus(core)
        loss = torch.index_add(x, 0, target, messages).square().mean()
        loss.backward()
        return float(loss.detach()) + float(x.grad.abs().sum())

    def seconds(linear):
        step(linear)
        start = time.perf_counter()
        step(linear)
        return time.perf_counter() - start

    faster = min((joined, in_parts), key=seconds)
    return lambda: step(faster)


def tensor_clip(work):
    t = load(work)
    x, y, z = t["x"], t["y"], t["z"]
    count = x.shape[0]

    def run():
        scores = ((x[:, None] * y).reshape(count * count, -1) @ z.t()).reshape(count, count, count)
        scores = scores * CONSTANTS["tensorClipScale"]
        axes = (scores, scores.transpose(0, 1), scores.permute(2, 0, 1))
        normalizers = sum(torch.logsumexp(each.reshape(count, -1), 1).mean() for each in axes) / 3
        matching = (x * y * z).sum(1).mean() * CONSTANTS["tensorClipScale"]
        return float(normalizers - matching)

    return run


def barlow_twins(work):
    t = load(work)

    def standardized(values):
        variance, mean = torch.var_mean(values, 0, unbiased=False)
        return (values - mean) * variance.rsqrt()

    def run():
        u, v, w = (standardized(t[name]) for name in "xyz")
        batch, width = u.shape
        product = ((u[:, :, None] * v[:, None]).reshape(batch, width * width).t() @ w) / batch
        diagonal = (u * v * w).mean(0)
        off_diagonal = product.square().sum() - diagonal.square().sum()
        return float((1 - diagonal).square().sum() + CONSTANTS["barlowWeight"] * off_diagonal)

    return run


WORKLOADS = {
    "matmul512": square_product,
    "matmul1024": square_product,
    "mlp_step": mlp_step,
    "clip_fwdbwd": contrast,
    "cgcnn_fwdbwd": crystal_convolution,
    "tensorclip_fwd": tensor_clip,
    "barlow3_fwd": barlow_twins,
}


def best_of(run):
    """Best of up to 12 runs after two that warm up, in ms, and the first run's scalar."""
    check = run()
    run()
    best = float("inf")
    begin = time.perf_counter()
    for count in range(RUNS):
        if count > 0 and time.perf_counter() - begin > SECONDS:
            break
        start = time.perf_counter()
        run()
        best = min(best, time.perf_counter() - start)
    return best * 1000, check


for work, prepare in WORKLOADS.items():
    if ONLY and not any(part in work for part in ONLY):
        continue
    started = time.perf_counter()
    try:
        ms, check = best_of(prepare(work))
    except Exception as error:  # the other workloads can still run
        report(work=work, error=str(error).split("\n")[0][:200])
        continue
    total = time.perf_counter() - started
    report(work=work, ms=round(ms, 3), check=float(f"{check:.6g}"), total_s=round(total, 1))
