"""What a Llama-shaped model in a GGUF file says with the likeliest symbol always, computed plainly in
64-bit numbers with nothing rounded: the text that tests of LanguageModel pin.

Reads F32, F16, Q4_1 and Q8_0 tensors. The prompt is one question in ChatML without a system message. Where the
two likeliest symbols are close, both are shown with their logits, as programs that round to fewer bits may
choose the other one there.

Usage: greedy_numpy.py MODEL.gguf [TOKENS]             (needs: pip install numpy)
       greedy_numpy.py MODEL.gguf logits SYMBOL...     every 4,096th logit after these symbols
"""

import struct
import sys

import numpy as np

QUESTION = "What is a transistor?"
NUMBERS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}


class File:
    """The keys and the tensors of a GGUF file."""

    def __init__(self, path):
        self.bytes = memoryview(np.memmap(path, np.uint8, "r"))
        self.at = 4
        version, tensors, keys = self.number("I"), self.number("Q"), self.number("Q")
        assert bytes(self.bytes[:4]) == b"GGUF" and version in (2, 3)
        self.keys = {self.text(): self.value(self.number("I")) for _ in range(keys)}
        entries = [self.entry() for _ in range(tensors)]
        alignment = self.keys.get("general.alignment", 32)
        start = (self.at + alignment - 1) // alignment * alignment
        self.tensors = {name: (shape, kind, start + at) for name, shape, kind, at in entries}

    def number(self, code):
        value, = struct.unpack_from("<" + code, self.bytes, self.at)
        self.at += struct.calcsize(code)
        return value

    def text(self):
        length = self.number("Q")
        self.at += length
        return bytes(self.bytes[self.at - length : self.at]).decode()

    def value(self, kind):
        if kind == 8:
            return self.text()
        if kind == 9:
            inner = self.number("I")
            return [self.value(inner) for _ in range(self.number("Q"))]
        return self.number(NUMBERS[kind])

    def entry(self):
        name = self.text()
        shape = [self.number("Q") for _ in range(self.number("I"))]
        return name, shape[::-1], self.number("I"), self.number("Q")

    def tensor(self, name):
        shape, kind, start = self.tensors[name]
        count = int(np.prod(shape))
        size = {0: 4 * count, 1: 2 * count, 3: count // 32 * 20, 8: count // 32 * 34}[kind]
        raw = np.frombuffer(self.bytes, np.uint8, size, start)
        half = lambda part: part.copy().view(np.float16).astype(np.float64)
        if kind in (0, 1):
            return raw.view(np.float32 if kind == 0 else np.float16).astype(np.float64).reshape(shape)
        blocks = raw.reshape(count // 32, -1)
        if kind == 3:
            fours = np.concatenate([blocks[:, 4:] & 15, blocks[:, 4:] >> 4], axis=1)
            return (half(blocks[:, :2]) * fours + half(blocks[:, 2:4])).reshape(shape)
        return (half(blocks[:, :2]) * blocks[:, 2:].view(np.int8)).reshape(shape)


class Symbols:
    """Text to symbols, for texts of words and signs without digits, and back."""

    def __init__(self, keys):
        self.texts = keys["tokenizer.ggml.tokens"]
        self.numbers = {text: number for number, text in enumerate(self.texts)}
        self.ranks = {tuple(pair.split(" ")): rank
                      for rank, pair in enumerate(keys["tokenizer.ggml.merges"])}
        shown = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
        hidden = [byte for byte in range(256) if byte not in shown]
        self.letters = {byte: chr(byte) for byte in shown}
        self.letters |= {byte: chr(0x100 + place) for place, byte in enumerate(hidden)}

    def word(self, text):
        parts = [self.letters[byte] for byte in text.encode()]
        while len(parts) > 1:
            ranks = [self.ranks.get(pair, len(self.ranks)) for pair in zip(parts, parts[1:])]
            at = int(np.argmin(ranks))
            if ranks[at] == len(self.ranks):
                break
            parts[at : at + 2] = [parts[at] + parts[at + 1]]
        return [self.numbers[part] for part in parts]

    def text(self, numbers):
        bytes_of = {letter: byte for byte, letter in self.letters.items()}
        return bytes(bytes_of[letter] for number in numbers for letter in self.texts[number]).decode()

    def prompt(self):
        words = QUESTION[:-1].split(" ")
        pieces = ["user", "\n"] + [words[0]] + [" " + word for word in words[1:]] + [QUESTION[-1]]
        start, end = self.numbers["<|im_start|>"], self.numbers["<|im_end|>"]
        body = [number for piece in pieces for number in self.word(piece)]
        line = self.word("\n")
        return [start] + body + [end] + line + [start] + self.word("assistant") + line


class Model:
    def __init__(self, file):
        keys = file.keys
        key = lambda name: keys["llama." + name]
        self.layers, self.width = key("block_count"), key("embedding_length")
        self.heads, self.key_heads = key("attention.head_count"), key("attention.head_count_kv")
        self.epsilon = key("attention.layer_norm_rms_epsilon")
        self.head_width = self.width // self.heads
        self.base = key("rope.freq_base")
        self.weights = {name: file.tensor(name) for name in file.tensors}
        self.held = [[] for _ in range(self.layers)]

    def norm(self, x, name):
        return x / np.sqrt(np.mean(x * x) + self.epsilon) * self.weights[name]

    def turned(self, x, place):
        """Adjacent pairs turn by place / base^(2 i / d)."""
        angle = place * self.base ** (-np.arange(0, self.head_width, 2) / self.head_width)
        pairs = x.reshape(-1, self.head_width // 2, 2)
        pairs = (pairs[..., 0] + 1j * pairs[..., 1]) * np.exp(1j * angle)
        return np.stack([pairs.real, pairs.imag], axis=-1).reshape(-1, self.head_width)

    def attention(self, layer, x, place):
        of = lambda name: self.weights[f"blk.{layer}.attn_{name}.weight"] @ x
        value = of("v").reshape(-1, self.head_width)
        self.held[layer].append((self.turned(of("k"), place), value))
        keys, values = (np.stack(part) for part in zip(*self.held[layer]))
        queries = self.turned(of("q"), place)
        seen = []
        for head in range(self.heads):
            shared = head * self.key_heads // self.heads
            scores = keys[:, shared] @ queries[head] / np.sqrt(self.head_width)
            shares = np.exp(scores - scores.max())
            seen.append(shares / shares.sum() @ values[:, shared])
        return self.weights[f"blk.{layer}.attn_output.weight"] @ np.concatenate(seen)

    def feed_forward(self, layer, x):
        of = lambda name: self.weights[f"blk.{layer}.ffn_{name}.weight"]
        gate = of("gate") @ x
        return of("down") @ (gate / (1 + np.exp(-gate)) * (of("up") @ x))

    def logits(self, symbol):
        x = self.weights["token_embd.weight"][symbol].copy()
        place = len(self.held[0])
        for layer in range(self.layers):
            x += self.attention(layer, self.norm(x, f"blk.{layer}.attn_norm.weight"), place)
            x += self.feed_forward(layer, self.norm(x, f"blk.{layer}.ffn_norm.weight"))
        head = "output.weight" if "output.weight" in self.weights else "token_embd.weight"
        return self.weights[head] @ self.norm(x, "output_norm.weight")


def main():
    file = File(sys.argv[1])
    symbols, model = Symbols(file.keys), Model(file)
    if sys.argv[2:3] == ["logits"]:
        for symbol in sys.argv[3:]:
            logits = model.logits(int(symbol))
        print([round(float(logit), 6) for logit in logits[::4096]])
        return
    for symbol in symbols.prompt():
        logits = model.logits(symbol)
    said = []
    for _ in range(int(sys.argv[2]) if len(sys.argv) > 2 else 40):
        best, other = (int(symbol) for symbol in np.argsort(-logits)[:2])
        if logits[best] - logits[other] < 0.1:
            print(f"after {symbols.text(said)!r}:")
            for symbol in (best, other):
                print(f"  {symbol:6} {symbols.text([symbol])!r}: {logits[symbol]:.6f}")
        said.append(best)
        logits = model.logits(best)
    print(said)
    print(symbols.text(said))


main()
