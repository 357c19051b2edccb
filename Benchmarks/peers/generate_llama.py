"""How fast llama.cpp reads a prompt of 512 tokens and says 128 more, in tokens a second.

Usage: generate_llama.py MODEL.gguf THREADS [ROUNDS]
Needs llama-cpp-python, which pip builds from source. The tokens are arbitrary: speed does not depend
on them. Of the rounds the best counts, as on a shared machine the others measure the neighbours.
"""

import sys
import time

import llama_cpp

PROMPT = 512
BEFORE = 8
SAID = 128


def seconds(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main():
    path, threads = sys.argv[1], int(sys.argv[2])
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 4
    model = llama_cpp.Llama(
        path, n_threads=threads, n_threads_batch=threads, n_ctx=1024, n_batch=PROMPT,
        n_ubatch=PROMPT, verbose=False)
    tokens = [100 + 7919 * place % 40000 for place in range(PROMPT)]

    def say():
        for token in tokens[:SAID]:
            model.eval([token])

    prefill, decode = [], []
    for _ in range(rounds):
        model.reset()
        prefill.append(seconds(lambda: model.eval(tokens)))
        model.reset()
        model.eval(tokens[:BEFORE])
        decode.append(seconds(say))
    print(f"llama.cpp, {threads} threads: prompt {PROMPT / min(prefill):.1f} tokens/s, "
          f"generation {SAID / min(decode):.1f} tokens/s")


main()
