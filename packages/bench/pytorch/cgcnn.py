"""CGCNN as packages/graph-nn has it: the same formula, parameter names and shapes. N nodes, E edges, W width."""

from collections import namedtuple

import torch
import torch.nn.functional as F
from segments import SEGMENTS
from torch import nn

ELEMENTS = 119

# How a convolution is computed; every variant gives the same numbers up to rounding.
Variant = namedtuple("Variant", "linear segments")


class Mlp(nn.Module):
    """x -> linear -> (silu -> dropout -> linear)*."""

    def __init__(self, widths, rate=0.0):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(widths, widths[1:]))
        self.rate = rate

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = F.dropout(F.silu(layer(x), inplace=True), self.rate, self.training)
        return self.layers[-1](x)


class CgcnnConvolution(nn.Module):
    """x'_i = softplus(x_i + LN(sum_e sigmoid(g_e) * softplus(c_e))), [g, c] = W_t x_i + W_s x_j + W_e u_e + b."""

    def __init__(self, width, edge_features, variant):
        super().__init__()
        self.target = nn.Linear(width, 2 * width, bias=False)
        self.source = nn.Linear(width, 2 * width, bias=False)
        self.edge = nn.Linear(edge_features, 2 * width)
        self.norm = nn.LayerNorm(width)
        self.segments = SEGMENTS[variant.segments]
        self.pre_activation = {"parts": self.of_parts, "concat": self.of_concatenation}[variant.linear]

    def of_parts(self, nodes, edge_features, batch):
        """Node weights act on N nodes, and their products are gathered."""
        z = self.edge(edge_features)
        z += self.segments.to_targets(self.target(nodes), batch)
        z += self.segments.to_sources(self.source(nodes), batch)
        return z

    def of_concatenation(self, nodes, edge_features, batch):
        """One linear layer on E rows, as the paper writes it."""
        ends = self.segments.to_targets(nodes, batch), self.segments.to_sources(nodes, batch)
        weight = torch.cat([self.target.weight, self.source.weight, self.edge.weight], 1)
        return F.linear(torch.cat([*ends, edge_features], 1), weight, self.edge.bias)

    def forward(self, nodes, edge_features, batch):
        gate, core = self.pre_activation(nodes, edge_features, batch).chunk(2, 1)
        messages = torch.sigmoid(gate) * F.softplus(core)
        gathered = self.segments.sum_by_target(messages, batch)
        return F.softplus(nodes + self.norm(gathered))


class Cgcnn(nn.Module):
    """Embedding [G, D] of crystals: mean over nodes after T convolutions, then an MLP."""

    def __init__(self, options, variant, cutoff_angstrom, rate=0.0):
        super().__init__()
        width, bins, dim = options["width"], options["distanceBins"], options["embeddingDim"]
        described, wide = options["descriptors"], options["descriptorWidth"]
        self.embedding = nn.Embedding(ELEMENTS, width)
        self.convs = nn.ModuleList(
            CgcnnConvolution(width, bins, variant) for _ in range(options["convolutions"])
        )
        self.descriptors = Mlp([described, wide, wide], rate) if described else None
        self.head = Mlp([width + (wide if described else 0), 2 * dim, dim], rate)
        self.rate = rate
        self.spacing = cutoff_angstrom / (bins - 1)
        self.register_buffer("centers", torch.arange(bins) * self.spacing, persistent=False)

    def edge_features(self, distance):
        u = (distance[:, None] - self.centers).div_(self.spacing)
        return u.square_().neg_().exp_()

    def forward(self, batch, descriptors=None):
        edge_features = self.edge_features(batch.edge_distance)
        nodes = self.embedding.weight.index_select(0, batch.atomic_numbers)
        for convolution in self.convs:
            nodes = convolution(nodes, edge_features, batch)
        counts = batch.graph_offsets[1:] - batch.graph_offsets[:-1]
        graph_of_node = torch.repeat_interleave(torch.arange(len(counts)), counts)
        sums = nodes.new_zeros(len(counts), nodes.shape[1]).index_add(0, graph_of_node, nodes)
        pooled = sums / counts[:, None]
        if self.descriptors is not None:
            pooled = torch.cat([pooled, self.descriptors(descriptors)], 1)
        return self.head(F.dropout(pooled, self.rate, self.training))
