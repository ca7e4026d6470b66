"""AdamW, one cycle of the learning rate and gradient clipping, as packages/tensor-core/src/optim has them."""

import torch


class Optimizer:
    """Updates a model's parameters from the gradients of a loss."""

    def __init__(self, model, options, steps):
        self.parameters = list(model.parameters())
        self.clip_norm = options["clipNorm"]
        groups = [
            {"params": [p for p in self.parameters if p.dim() >= 2], "weight_decay": options["weightDecay"]},
            {"params": [p for p in self.parameters if p.dim() < 2], "weight_decay": 0.0},
        ]
        peak = options["learningRate"]
        self.adamw = torch.optim.AdamW(groups, peak, options["betas"], options["epsilon"])
        self.schedule = torch.optim.lr_scheduler.OneCycleLR(
            self.adamw,
            peak,
            total_steps=steps,
            pct_start=options["warmupFraction"],
            cycle_momentum=False,
            div_factor=25,
            final_div_factor=1 / (25 * options["finalFraction"]),
        )

    def step(self, loss):
        self.adamw.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.parameters, self.clip_norm)
        self.adamw.step()
        self.schedule.step()
