"""How fast llama.cpp takes and says tokens, for Benchmarks/inference: does what a line asks for, and answers
with a line of seconds.

  load PATH       opens a model and takes one token
  prompt COUNT    takes so many tokens at once
  say COUNT       takes 8 tokens, and then so many one by one, which are timed

Usage: generate_llama.py THREADS. Needs llama-cpp-python, which pip builds from source, for this processor.
The tokens mean nothing: speed does not depend on them. Times of one thread are processor time, of more
threads and of loading wall time.
"""

import sys
import time

import llama_cpp

THREADS = int(sys.argv[1])
clock = time.process_time if THREADS == 1 else time.perf_counter


def tokens(count):
    return [100 + 7919 * place % 40000 for place in range(count)]


def load(path):
    model = llama_cpp.Llama(
        path, n_threads=THREADS, n_threads_batch=THREADS, n_ctx=1024, n_batch=512, n_ubatch=512,
        verbose=False)
    model.eval(tokens(1))
    return model


model = None
for line in sys.stdin:
    work, word = line.split()
    now = time.perf_counter if work == "load" else clock
    if work != "load":
        model.reset()
    if work == "say":
        model.eval(tokens(8))
    start = now()
    if work == "load":
        model = load(word)
    elif work == "prompt":
        model.eval(tokens(int(word)))
    else:
        for token in tokens(int(word)):
            model.eval([token])
    print(now() - start, flush=True)
