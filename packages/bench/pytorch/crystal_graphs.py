"""Crystal graphs as flat arrays, and batches of them. G graphs, N nodes, E edges."""

from collections import namedtuple

import torch

GraphBatch = namedtuple(
    "GraphBatch",
    "atomic_numbers edge_distance source target target_offsets source_offsets source_order graph_offsets",
)


class CrystalGraphs:
    """All graphs of a split, from the arrays of an export."""

    def __init__(self, arrays):
        self.node_offsets = arrays["nodeOffsets"]
        self.edge_offsets = arrays["edgeOffsets"]
        self.atomic_numbers = arrays["atomicNumbers"]
        self.edge_source = arrays["edgeSource"]
        self.edge_target = arrays["edgeTarget"]
        self.edge_distance = arrays["edgeDistance"]

    def __len__(self):
        return len(self.node_offsets) - 1

    def batch(self, rows, sort_by_source):
        """The graphs of the given rows as one disconnected graph, edges sorted by target."""
        node_counts = self.node_offsets[rows + 1] - self.node_offsets[rows]
        edge_counts = self.edge_offsets[rows + 1] - self.edge_offsets[rows]
        nodes = stretches(self.node_offsets[rows], node_counts)
        edges = stretches(self.edge_offsets[rows], edge_counts)
        graph_offsets = offsets_of(node_counts)
        first_node = torch.repeat_interleave(graph_offsets[:-1], edge_counts)
        source = self.edge_source[edges] + first_node
        target = self.edge_target[edges] + first_node
        node_count = len(nodes)
        return GraphBatch(
            self.atomic_numbers[nodes],
            self.edge_distance[edges],
            source,
            target,
            offsets_of(torch.bincount(target, minlength=node_count)),
            offsets_of(torch.bincount(source, minlength=node_count)) if sort_by_source else None,
            torch.argsort(source) if sort_by_source else None,
            graph_offsets,
        )


def stretches(starts, counts):
    """The numbers starts[i] … starts[i] + counts[i] - 1 of every i, one after the other."""
    ends = torch.cumsum(counts, 0)
    return torch.repeat_interleave(starts - ends + counts, counts) + torch.arange(int(ends[-1]))


def offsets_of(counts):
    """0, counts[0], counts[0] + counts[1], …"""
    return torch.cat([counts.new_zeros(1), torch.cumsum(counts, 0)])
