"""Training of a small GPT in PyTorch, eager, f32, beside ours: 4 layers, 4 heads, 128 wide, context 64,
batch 12, learned positions, GELU, tied head, AdamW (decay on matrices only), clipping at 1.

With TEXT it learns the text by characters: the last tenth is kept for validation, the rate warms up over
100 steps and falls by half a cosine to a tenth, and the validation loss is the mean over 96 evenly
spaced windows. Without TEXT it learns 65 random symbols, which is for timing alone.

Norms are LayerNorm without bias, which PyTorch computes in one kernel, where ours are RMSNorm.
Times of one thread are processor time, of more threads wall time.

usage: train_torch.py THREADS STEPS [TEXT]   (needs: pip install torch numpy)"""

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


def main():
    threads, steps = int(sys.argv[1]), int(sys.argv[2])
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    if len(sys.argv) > 3:
        text = open(sys.argv[3]).read()
        number = {c: i for i, c in enumerate(sorted(set(text)))}
        data, symbols = torch.tensor([number[c] for c in text]), len(number)
    else:
        data, symbols = torch.randint(0, 65, (1 << 20,)), 65
    training, validation = data[: -(len(data) // 10)], data[-(len(data) // 10) :]
    model = Model(symbols)
    parameters = list(model.parameters())
    optimizer = torch.optim.AdamW(
        [
            {"params": [p for p in parameters if p.dim() > 1], "weight_decay": 0.1},
            {"params": [p for p in parameters if p.dim() == 1], "weight_decay": 0.0},
        ],
        lr=PEAK, betas=(0.9, 0.99))
    clock = time.process_time if threads == 1 else time.perf_counter
    times = []
    for step in range(steps):
        start = clock()
        for group in optimizer.param_groups:
            group["lr"] = rate(step, steps)
        x, y = windows(training, torch.randint(len(training) - CONTEXT, (BATCH,)))
        loss = model(x, y)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        times.append(clock() - start)
    ordered = sorted(times)
    print(
        f"torch threads={threads} symbols={symbols} parameters={sum(p.numel() for p in parameters)}"
        f" best={1e3 * ordered[0]:.1f} median={1e3 * ordered[len(ordered) // 2]:.1f} ms"
        f" seconds={sum(times):.1f} loss={loss.item():.3f}"
        + (f" validation={validation_loss(model, validation):.3f}" if len(sys.argv) > 3 else ""))


main()
