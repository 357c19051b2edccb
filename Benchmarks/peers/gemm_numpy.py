"""Matrix products of 32-bit numbers by numpy, for Benchmarks/multiply, which says what a line asks for.

Reads "ROWS COLUMNS DEPTH SECONDS" a line, multiplies for so long, and answers with the seconds of the
fastest product. Usage: gemm_numpy.py THREADS
"""

import os
import sys
import time

THREADS = sys.argv[1] if len(sys.argv) > 1 else "1"
for name in ["OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"]:
    os.environ[name] = THREADS
for name in ["OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"]:
    os.environ.pop(name, None)

import numpy  # noqa: E402, as it reads the variables

clock = time.thread_time if THREADS == "1" else time.perf_counter

for line in sys.stdin:
    rows, columns, depth = map(int, line.split()[:3])
    limit = float(line.split()[3])
    a = numpy.random.rand(rows, depth).astype(numpy.float32)
    b = numpy.random.rand(depth, columns).astype(numpy.float32)
    c = numpy.empty((rows, columns), numpy.float32)
    best = float("inf")
    start = time.perf_counter()
    while time.perf_counter() - start < limit:
        begin = clock()
        numpy.matmul(a, b, out=c)
        best = min(best, clock() - begin)
    print(best, flush=True)
