"""Gather and segment sum between nodes and edges, in two ways.

IndexAdd is what PyTorch's own operations differentiate to. SortedRows knows that edges are sorted by target, and has
their order by source: both sums then run over compressed rows, which `embedding_bag` adds faster than `index_add`.
"""

import torch
import torch.nn.functional as F


class IndexAdd:
    sort_by_source = False

    @staticmethod
    def to_targets(nodes, batch):
        return nodes.index_select(0, batch.target)

    @staticmethod
    def to_sources(nodes, batch):
        return nodes.index_select(0, batch.source)

    @staticmethod
    def sum_by_target(edges, batch):
        node_count = len(batch.atomic_numbers)
        return edges.new_zeros(node_count, edges.shape[1]).index_add(0, batch.target, edges)


class SortedRows:
    sort_by_source = True

    @staticmethod
    def to_targets(nodes, batch):
        return Gather.apply(nodes, batch.target, torch.arange(len(batch.target)), batch.target_offsets)

    @staticmethod
    def to_sources(nodes, batch):
        return Gather.apply(nodes, batch.source, batch.source_order, batch.source_offsets)

    @staticmethod
    def sum_by_target(edges, batch):
        order = torch.arange(len(batch.target))
        return SegmentSum.apply(edges, batch.target, order, batch.target_offsets)


def row_sums(values, order, offsets):
    return F.embedding_bag(order, values, offsets, mode="sum", include_last_offset=True)


class Gather(torch.autograd.Function):
    @staticmethod
    def forward(context, nodes, index, order, offsets):
        context.save_for_backward(order, offsets)
        return nodes.index_select(0, index)

    @staticmethod
    def backward(context, gradient):
        return row_sums(gradient, *context.saved_tensors), None, None, None


class SegmentSum(torch.autograd.Function):
    @staticmethod
    def forward(context, edges, index, order, offsets):
        context.save_for_backward(index)
        return row_sums(edges, order, offsets)

    @staticmethod
    def backward(context, gradient):
        (index,) = context.saved_tensors
        return gradient.index_select(0, index), None, None, None


SEGMENTS = {"index_add": IndexAdd, "sorted_rows": SortedRows}
