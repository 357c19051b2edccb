"""Training of a small GPT in PyTorch, eager, f32, beside ours: 4 layers, 4 heads, 128 wide, context 64,
batch 12, learned positions, GELU, tied head, AdamW (decay on matrices only), clipping at 1.

Does what a line asks for, and answers with a line:
  steps COUNT         trains on 65 random symbols: the seconds of each step
  learn TEXT STEPS    trains on a text by characters: STEP:SECONDS:LOSS after the last step
Of a text the last tenth is kept for validation, the rate warms up over 100 steps and falls by half a cosine
to a tenth, and the loss is the mean over 96 evenly spaced windows of that tenth, in nats.

Norms are LayerNorm without bias, which PyTorch computes in one kernel, where ours are RMSNorm.
Times of one thread are processor time, of more threads wall time.

usage: train_torch.py THREADS   (needs: pip install torch numpy)"""

import math
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

LAYERS, HEADS, WIDTH, CONTEXT, BATCH = 4, 4, 128, 64, 12
PEAK, FLOOR, WARM_UP = 1e-3, 1e-4, 100


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.attention_norm = nn.LayerNorm(WIDTH, bias=False)
        self.feed_forward_norm = nn.LayerNorm(WIDTH, bias=False)
        self.heads = nn.Linear(WIDTH, 3 * WIDTH, bias=False)
        self.output = nn.Linear(WIDTH, WIDTH, bias=False)
        self.up = nn.Linear(WIDTH, 4 * WIDTH, bias=False)
        self.down = nn.Linear(4 * WIDTH, WIDTH, bias=False)

    def forward(self, x):
        b, t, _ = x.shape
        parts = self.heads(self.attention_norm(x)).split(WIDTH, 2)
        q, k, v = (part.view(b, t, HEADS, -1).transpose(1, 2) for part in parts)
        y = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        x = x + self.output(y.transpose(1, 2).reshape(b, t, WIDTH))
        return x + self.down(F.gelu(self.up(self.feed_forward_norm(x))))


class Model(nn.Module):
    def __init__(self, symbols):
        super().__init__()
        self.tokens = nn.Embedding(symbols, WIDTH)
        self.places = nn.Embedding(CONTEXT, WIDTH)
        self.blocks = nn.Sequential(*[Block() for _ in range(LAYERS)])
        self.norm = nn.LayerNorm(WIDTH, bias=False)
        for name, weight in self.named_parameters():
            if weight.dim() > 1:
                writes_residual = name.endswith(("output.weight", "down.weight"))
                nn.init.normal_(weight, 0, 0.02 / (math.sqrt(2 * LAYERS) if writes_residual else 1))

    def forward(self, tokens, targets):
        x = self.tokens(tokens) + self.places(torch.arange(tokens.shape[1]))
        logits = F.linear(self.norm(self.blocks(x)), self.tokens.weight)
        return F.cross_entropy(logits.flatten(0, 1), targets.flatten())


def windows(data, starts):
    x = torch.stack([data[i : i + CONTEXT] for i in starts])
    return x, torch.stack([data[i + 1 : i + CONTEXT + 1] for i in starts])


def rate(step, steps):
    if step < WARM_UP:
        return PEAK * (step + 1) / WARM_UP
    share = (step - WARM_UP) / max(steps - 1 - WARM_UP, 1)
    return FLOOR + (PEAK - FLOOR) * (1 + math.cos(math.pi * min(share, 1))) / 2


@torch.no_grad()
def validation_loss(model, data):
    room = len(data) - CONTEXT
    starts = [i * (room - 1) // 95 for i in range(96)]
    losses = [model(*windows(data, starts[i : i + BATCH])).item() for i in range(0, 96, BATCH)]
    return sum(losses) / len(losses)


class Run:
    """A model on its way through a schedule."""

    def __init__(self, data, symbols, steps, clock):
        self.training, self.validation = data[: -(len(data) // 10)], data[-(len(data) // 10) :]
        torch.manual_seed(1)
        self.model = Model(symbols)
        self.parameters = list(self.model.parameters())
        self.optimizer = torch.optim.AdamW(
            [
                {"params": [p for p in self.parameters if p.dim() > 1], "weight_decay": 0.1},
                {"params": [p for p in self.parameters if p.dim() == 1], "weight_decay": 0.0},
            ],
            lr=PEAK, betas=(0.9, 0.99))
        self.step, self.steps, self.clock = 0, steps, clock

    def take(self, count):
        """The seconds of each of so many steps."""
        times = []
        for _ in range(count):
            start = self.clock()
            for group in self.optimizer.param_groups:
                group["lr"] = rate(self.step, self.steps)
            x, y = windows(self.training, torch.randint(len(self.training) - CONTEXT, (BATCH,)))
            loss = self.model(x, y)
            self.optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(self.parameters, 1.0)
            self.optimizer.step()
            times.append(self.clock() - start)
            self.step += 1
        return times


def main():
    threads = int(sys.argv[1])
    torch.set_num_threads(threads)
    clock = time.process_time if threads == 1 else time.perf_counter
    timing = None
    for line in sys.stdin:
        work, *words = line.split()
        if work == "steps":
            timing = timing or Run(torch.randint(0, 65, (1 << 20,)), 65, 1000, clock)
            print(*timing.take(int(words[0])), flush=True)
        else:
            text, steps = open(words[0]).read(), int(words[1])
            number = {c: i for i, c in enumerate(sorted(set(text)))}
            run = Run(torch.tensor([number[c] for c in text]), len(number), steps, clock)
            seconds = sum(run.take(steps))
            print(f"{steps}:{seconds}:{validation_loss(run.model, run.validation)}", flush=True)


main()
