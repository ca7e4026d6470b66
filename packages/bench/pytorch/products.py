"""Products of square matrices in PyTorch on a GPU, f32 without TensorFloat-32, and f16: `python3 products.py [sides...]`.

Prints one JSON line a product: the best of 12 by CUDA events, after two that warm up.
"""

import json
import sys

import torch

SIDES = [int(side) for side in sys.argv[1:]] or [512, 1024, 2048, 4096, 8192]
RUNS = 12


def milliseconds(a, b):
    best = float("inf")
    for run in range(RUNS + 2):
        start, end = (torch.cuda.Event(enable_timing=True) for _ in range(2))
        start.record()
        a @ b
        end.record()
        torch.cuda.synchronize()
        if run >= 2:
            best = min(best, start.elapsed_time(end))
    return best


def main():
    if not torch.cuda.is_available():
        sys.exit("torch.cuda: expected a GPU, got none.")
    torch.backends.cuda.matmul.allow_tf32 = False
    torch.manual_seed(0)
    for dtype in (torch.float32, torch.float16):
        for side in SIDES:
            a, b = (torch.rand(side, side, device="cuda").sub_(0.5).to(dtype) for _ in range(2))
            ms = milliseconds(a, b)
            line = {"peer": "pytorch-cuda", "version": torch.__version__, "adapter": torch.cuda.get_device_name()}
            line |= {"dtype": str(dtype).split(".")[1], "side": side, "ms": ms}
            print(json.dumps({**line, "gigaflopsPerSecond": 2 * side**3 / ms / 1e6}), flush=True)


main()
