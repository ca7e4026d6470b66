"""Trains packages/bench/training/mp-crystals.mjs's model in PyTorch on the same arrays, with one thread.

python3 mp_crystals.py FOLDER [--seed N] [--epochs N] [--segments index_add|sorted_rows] [--linear parts|concat]

FOLDER comes from export-mp-crystals.mjs. Prints JSON lines: one a epoch, then the result.
"""

import argparse
import json
import time

import one_thread  # noqa: F401
import torch
from array_folder import below, read_array_folder
from cgcnn import Cgcnn, Variant
from crystal_graphs import CrystalGraphs
from optimizer import Optimizer
from segments import SEGMENTS
from torch import nn
from torch.nn import functional as F


class FormationEnergy(nn.Module):
    """y = w · silu(cgcnn(crystal)) + b."""

    def __init__(self, facts, variant):
        super().__init__()
        self.encoder = Cgcnn(facts["encoder"], variant, facts["cutoffAngstrom"])
        self.output = nn.Linear(facts["encoder"]["embeddingDim"], 1)

    def forward(self, batch):
        return self.output(F.silu(self.encoder(batch))).squeeze(1)


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--epochs", type=int, help="stop after so many; the learning rate follows the export's")
    parser.add_argument("--segments", choices=SEGMENTS, default="sorted_rows")
    parser.add_argument("--linear", choices=["parts", "concat"], default="parts")
    return parser.parse_args()


def say(kind, **values):
    print(json.dumps({"kind": kind, **values}), flush=True)


def mean_absolute_error(model, graphs, targets, batch_size, scale, segments):
    total = 0.0
    model.eval()
    with torch.no_grad():
        for rows in torch.arange(len(graphs)).split(batch_size):
            predicted = model(graphs.batch(rows, segments.sort_by_source)) * scale["deviation"] + scale["mean"]
            total += float((predicted - targets[rows]).abs().sum())
    model.train()
    return total / len(graphs)


def main():
    options = parse()
    torch.set_num_threads(1)
    facts, arrays = read_array_folder(options.folder)
    segments, scale, batch_size = SEGMENTS[options.segments], facts["scale"], facts["batchSize"]
    train, val = CrystalGraphs(below(arrays, "train")), CrystalGraphs(below(arrays, "val"))
    targets = (arrays["train.targets"] - scale["mean"]) / scale["deviation"]
    model = FormationEnergy(facts, Variant(options.linear, options.segments))
    model.load_state_dict(below(arrays, f"seed{options.seed}.parameters"))
    orders = arrays[f"seed{options.seed}.order"]
    optimizer = Optimizer(model, facts["optimizer"], orders.shape[0] * (orders.shape[1] // batch_size))
    rows = []
    for epoch, order in enumerate(orders[: options.epochs]):
        start, cpu, assembling, edges, losses = time.perf_counter(), time.process_time(), 0.0, 0, 0.0
        for batch_rows in order.split(batch_size):
            begun = time.perf_counter()
            batch = train.batch(batch_rows, segments.sort_by_source)
            assembling += time.perf_counter() - begun
            loss = (model(batch) - targets[batch_rows]).abs().mean()
            optimizer.step(loss)
            losses += loss.item()
            edges += len(batch.source)
        seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
        mae = mean_absolute_error(model, val, arrays["val.targets"], batch_size, scale, segments)
        steps = len(order) // batch_size
        rows.append((seconds, cpu, assembling, len(order), edges, steps))
        say("epoch", epoch=epoch, total=seconds, assemble=assembling, cpu=cpu, edges=edges, loss=losses / steps, valMae=mae)
    counted = rows[1:] if len(rows) > 1 else rows
    seconds, cpu, assembling, crystals, edges, steps = (sum(column) for column in zip(*counted))
    say(
        "result",
        side=f"torch-{torch.__version__}-t{torch.get_num_threads()}",
        target=facts["target"],
        seed=options.seed,
        batch=batch_size,
        parameterCount=sum(p.numel() for p in model.parameters()),
        segments=options.segments,
        linear=options.linear,
        crystalsPerSecond=crystals / seconds,
        edgesPerSecond=edges / seconds,
        secondsPerEpoch=seconds / len(counted),
        cpuSecondsPerEpoch=cpu / len(counted),
        millisecondsPerStep={"total": 1000 * seconds / steps, "assemble": 1000 * assembling / steps},
        valMae=mae,
    )


main()
