"""The convolutions of src/kernels/conv-cases.ts in PyTorch on one thread: `python3 convolutions.py [seconds]`.

Prints one JSON line a convolution, forward and gradient (of source and weight): the best of up to 12 runs, after two that warm
up. Depthwise and dense convolutions run in the memory order that is faster here, channels first or last; periodic ones pad
the source round its end first, as PyTorch's own layers do.
"""

import json
import sys
import time

import one_thread  # noqa: F401
import torch
import torch.nn.functional as F

SECONDS = float(sys.argv[1]) if len(sys.argv) > 1 else 4.0
RUNS = 12

# Name, source [N, C, ...space], weight, and what the convolution is asked.
CASES = [
    ("conv2d 3 × 3, 8 × 32² × 64 to 64", (8, 64, 32, 32), (64, 64, 3, 3), {"padding": 1}),
    ("conv2d 3 × 3 stride 2, 8 × 64² × 32 to 64", (8, 32, 64, 64), (64, 32, 3, 3), {"padding": 1, "stride": 2}),
    ("conv2d 3 × 3 depthwise, 8 × 64² × 64", (8, 64, 64, 64), (64, 1, 3, 3), {"padding": 1, "groups": 64}),
    ("conv3d 3 × 3 × 3 periodic, 4 × 16³ × 32 to 32", (4, 32, 16, 16, 16), (32, 32, 3, 3, 3), {"round": 1}),
    (
        "conv3d 3 × 3 × 3 depthwise periodic, taps 2 apart, 4 × 16³ × 32",
        (4, 32, 16, 16, 16),
        (32, 1, 3, 3, 3),
        {"round": 2, "dilation": 2, "groups": 32},
    ),
]


def convolution(space, options):
    options = dict(options)
    around = options.pop("round", 0)
    function = F.conv2d if space == 2 else F.conv3d

    def run(x, weight):
        if around:
            x = F.pad(x, (around,) * (2 * space), mode="circular")
        return function(x, weight, **options)

    return run


def best_ms(work):
    best = float("inf")
    begin = time.perf_counter()
    for run in range(RUNS + 2):
        if run >= 4 and time.perf_counter() - begin > SECONDS:
            break
        start = time.perf_counter()
        work()
        if run >= 2:
            best = min(best, time.perf_counter() - start)
    return 1e3 * best


def measure(source, weight, options, channels_last):
    layout = torch.contiguous_format
    if channels_last:
        layout = torch.channels_last if len(source) == 4 else torch.channels_last_3d
    run = convolution(len(source) - 2, options)
    x = torch.rand(source).sub_(0.5).to(memory_format=layout).requires_grad_()
    w = torch.rand(weight).sub_(0.5).to(memory_format=layout).requires_grad_()
    with torch.no_grad():
        forward = best_ms(lambda: run(x, w))
    y = run(x, w)
    dy = torch.ones_like(y)
    gradient = best_ms(lambda: torch.autograd.grad(y, (x, w), dy, retain_graph=True))
    return forward, gradient, 2 * y.numel() * w[0].numel()


def main():
    torch.set_num_threads(1)
    torch.manual_seed(0)
    for name, source, weight, options in CASES:
        both = [measure(source, weight, options, last) for last in (False, True)]
        flops = both[0][2]
        for suffix, index, times in (("", 0, 1), (", gradient", 1, 2)):
            ms = min(result[index] for result in both)
            line = {"peer": "pytorch", "version": torch.__version__, "kernel": name + suffix, "ms": ms}
            print(json.dumps({**line, "gigaflopsPerSecond": times * flops / ms / 1e6}, ensure_ascii=False), flush=True)


main()
