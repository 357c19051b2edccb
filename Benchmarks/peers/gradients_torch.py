"""Loss and gradients of two tiny transformers by PyTorch's autograd, in double: what the tests of
LanguageModel pin. Weights are (37 i + 11) mod 101, as -0.5 to 0.5 (scales of norms 1 more), as f32.
Then three steps of AdamW with clipping.
usage: gradients_torch.py   (needs: pip install torch numpy)"""
import torch
import torch.nn.functional as F

B, T, C, H, D, INNER, V = 2, 5, 6, 2, 4, 5, 7


def slices(keys, gated, learned, tied):
    yield "token_embd", V, C
    if learned:
        yield "position_embd", T, C
    yield "attn_norm", 1, C
    yield "attn_q", H * D, C
    yield "attn_k", keys * D, C
    yield "attn_v", keys * D, C
    yield "attn_output", C, H * D
    yield "ffn_norm", 1, C
    if gated:
        yield "ffn_gate", INNER, C
    yield "ffn_up", INNER, C
    yield "ffn_down", C, INNER
    yield "output_norm", 1, C
    if not tied:
        yield "output", V, C


def weights(*variant):
    result, at = {}, 0
    for name, rows, columns in slices(*variant):
        numbers = (torch.arange(at, at + rows * columns) * 37 + 11) % 101 - 50
        values = (numbers.float() / 100 + (1 if "norm" in name else 0)).double()
        shape = (columns,) if "norm" in name else (rows, columns)
        result[name] = values.reshape(shape).requires_grad_()
        at += rows * columns
    return result


def rotated(x):
    """Adjacent pairs, base 100; x is [b, heads, t, d]."""
    angle = torch.arange(T).double()[:, None] * 100.0 ** (-torch.arange(0, D, 2).double() / D)
    pairs = torch.view_as_complex(x.reshape(*x.shape[:-1], D // 2, 2).contiguous())
    return torch.view_as_real(pairs * torch.polar(torch.ones_like(angle), angle)).reshape(x.shape)


def loss(w, keys, gated, learned, tied):
    at = torch.arange(B * T)
    tokens, targets = (at * 5 % V).view(B, T), (at * 3 + 1) % V
    norm = lambda x, name: F.rms_norm(x, (C,), w[name], eps=1e-5)
    heads = lambda x, name, n: F.linear(x, w[name]).view(B, T, n, D).transpose(1, 2)
    x = F.embedding(tokens, w["token_embd"])
    if learned:
        x = x + w["position_embd"]
    y = norm(x, "attn_norm")
    q, k, v = heads(y, "attn_q", H), heads(y, "attn_k", keys), heads(y, "attn_v", keys)
    if not learned:
        q, k = rotated(q), rotated(k)
    y = F.scaled_dot_product_attention(q, k, v, is_causal=True, enable_gqa=True)
    x = x + F.linear(y.transpose(1, 2).reshape(B, T, H * D), w["attn_output"])
    y = norm(x, "ffn_norm")
    up = F.linear(y, w["ffn_up"])
    y = F.silu(F.linear(y, w["ffn_gate"])) * up if gated else F.gelu(up, approximate="tanh")
    x = norm(x + F.linear(y, w["ffn_down"]), "output_norm")
    return F.cross_entropy(F.linear(x, w["token_embd" if tied else "output"]).flatten(0, 1), targets)


for variant in [(2, False, True, True), (1, True, False, False)]:
    w = weights(*variant)
    value = loss(w, *variant)
    value.backward()
    print(f"keys={variant[0]} gated={variant[1]} learned={variant[2]} tied={variant[3]}")
    print(f"  loss {value.item():.9f}")
    for name, weight in w.items():
        g = weight.grad.flatten()
        print(f"  {name}: first {g[0].item():.9f} norm {g.norm().item():.9f}")

variant = (2, False, True, True)
w = weights(*variant)
scales = [value for name, value in w.items() if "norm" in name]
matrices = [value for name, value in w.items() if "norm" not in name]
optimizer = torch.optim.AdamW(
    [{"params": matrices, "weight_decay": 0.1}, {"params": scales, "weight_decay": 0.0}],
    lr=0.01, betas=(0.9, 0.99), eps=1e-8)
for step in range(3):
    for group in optimizer.param_groups:
        group["lr"] = [0.01, 0.02, 0.005][step]
    optimizer.zero_grad()
    value = loss(w, *variant)
    value.backward()
    norm = torch.nn.utils.clip_grad_norm_(list(w.values()), 1.0)
    optimizer.step()
    print(f"step {step}: loss {value.item():.9f} gradients {norm.item():.9f}")
for name, weight in w.items():
    print(f"  {name}: first {weight.flatten()[0].item():.9f} norm {weight.norm().item():.9f}")
