"""Trains experiments/b1-first.yaml in PyTorch on the arrays of export-b1.mjs, with one thread.

python3 b1.py FOLDER [--seed N] [--segments index_add|sorted_rows] [--linear parts|concat]

Prints JSON lines: one a epoch, then the result with the retrieval scores on the validation split.
"""

import argparse
import json
import time

import one_thread  # noqa: F401
import torch
from array_folder import below, read_array_folder
from cgcnn import Cgcnn, Mlp, Variant
from crystal_graphs import CrystalGraphs
from optimizer import Optimizer
from retrieval import retrieval_metrics
from segments import SEGMENTS
from torch import nn
from torch.nn import functional as F


class Alignment(nn.Module):
    """Crystals and phonon densities of states to embeddings [B, D]."""

    def __init__(self, facts, variant):
        super().__init__()
        encoder, spectrum = facts["encoder"], facts["spectrum"]
        self.structure = Cgcnn(encoder, variant, facts["cutoffAngstrom"], encoder["dropout"])
        hidden = [spectrum["width"]] * spectrum["layers"]
        self.phononDos = Mlp([2 * facts["bins"], *hidden, encoder["embeddingDim"]], spectrum["dropout"])

    def forward(self, graphs, descriptors, spectra):
        return self.structure(graphs, descriptors), self.phononDos(torch.cat([spectra, spectra.sqrt()], 1))


def clip_loss(a, b, temperature):
    logits = F.normalize(a) @ F.normalize(b).t() / temperature
    labels = torch.arange(len(a))
    return (F.cross_entropy(logits, labels) + F.cross_entropy(logits.t(), labels)) / 2


class Materials:
    """All materials of a split."""

    def __init__(self, arrays, segments):
        self.graphs = CrystalGraphs(arrays)
        self.descriptors, self.spectra = arrays["descriptors"], arrays["spectra"]
        self.sort_by_source = segments.sort_by_source

    def batch(self, rows):
        return self.graphs.batch(rows, self.sort_by_source), self.descriptors[rows], self.spectra[rows]


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--segments", choices=SEGMENTS, default="sorted_rows")
    parser.add_argument("--linear", choices=["parts", "concat"], default="parts")
    return parser.parse_args()


def say(kind, **values):
    print(json.dumps({"kind": kind, **values}), flush=True)


def evaluate(model, materials, batch_size):
    model.eval()
    with torch.no_grad():
        rows = torch.arange(len(materials.graphs)).split(batch_size)
        embedded = [model(*materials.batch(each)) for each in rows]
    model.train()
    first, second = (torch.cat(side).numpy() for side in zip(*embedded))
    return retrieval_metrics(first, second, ("structure", "phononDos"))


def main():
    options = parse()
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    facts, arrays = read_array_folder(options.folder)
    segments = SEGMENTS[options.segments]
    train, val = (Materials(below(arrays, split), segments) for split in ("train", "val"))
    model = Alignment(facts, Variant(options.linear, options.segments))
    model.load_state_dict(below(arrays, f"seed{options.seed}.parameters"))
    order = arrays[f"seed{options.seed}.order"]
    optimizer = Optimizer(model, facts["optimizer"], len(order))
    rows = []
    for epoch, batches in enumerate(order.chunk(facts["epochs"])):
        start, cpu = time.perf_counter(), time.process_time()
        for batch_rows in batches:
            loss = clip_loss(*model(*train.batch(batch_rows)), facts["temperature"])
            optimizer.step(loss)
        seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
        rows.append((seconds, cpu))
        say("epoch", epoch=epoch, seconds=seconds, cpu=cpu, lastLoss=loss.item())
    counted = rows[1:] if len(rows) > 1 else rows
    seconds, cpu = (sum(column) / len(counted) for column in zip(*counted))
    say(
        "result",
        side=f"torch-{torch.__version__}-t{torch.get_num_threads()}",
        seed=options.seed,
        batch=facts["batchSize"],
        parameterCount=sum(p.numel() for p in model.parameters()),
        segments=options.segments,
        linear=options.linear,
        crystalsPerSecond=batches.numel() / seconds,
        secondsPerEpoch=seconds,
        cpuSecondsPerEpoch=cpu,
        millisecondsPerStep={"total": 1000 * seconds / len(batches)},
        val=evaluate(model, val, facts["batchSize"]),
    )


main()
