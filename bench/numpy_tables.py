"""Whole draws of a table with errors in every flow, as a NumPy program makes them: bench/README.md.

Each draw perturbs the flows of n sectors by lognormal factors with mean 1, builds the augmented system of n + m sectors, inverts I - A', and
takes the induced output of (5) from it. As many processes as cores, one thread of the linear algebra each, and one process with all cores.
What counts is the shortest of many draws, so that other work on the machine counts little. Usage:
python3 bench/numpy_tables.py [sectors] [seconds]
"""
import multiprocessing
import os
import sys
import time

RELATED = 11


def draws_in(sectors, seconds, threads, seed):
    os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = str(threads)
    import numpy as np

    n, m = sectors, RELATED
    rng = np.random.default_rng(seed)
    output = 100 + 900 * rng.random(n)
    flows = 1.2 * rng.random((n, n)) * output / n
    sigma = np.full((n, n), np.sqrt(np.log(1 + 0.2**2)))
    related = np.arange(n - m, n)
    s = np.linspace(0.05, 0.4, m)
    rest = np.ones(n)
    rest[related] = 1 - s
    identity = np.eye(n + m)
    augmented = np.empty((n + m, n + m))
    shift = sigma * sigma / 2
    shortest, end = np.inf, time.perf_counter() + seconds
    while (start := time.perf_counter()) < end:
        x = flows * np.exp(sigma * rng.standard_normal((n, n)) - shift)
        a = x / output
        value_added = output - x.sum(axis=0)
        augmented[:n, :n] = rest[:, None] * a
        augmented[n:, :n] = s[:, None] * a[related]
        augmented[:, n:] = augmented[:, related]
        inverse = np.linalg.inv(identity - augmented)
        u = output[related] * s / np.diag(inverse)[n:]
        induced = inverse[:n, n:] @ u / output * value_added
        shortest = min(shortest, time.perf_counter() - start)
    assert np.isfinite(induced).all()
    return 1 / shortest


def together(sectors, seconds, processes, threads):
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        return sum(pool.starmap(draws_in, [(sectors, seconds, threads, p) for p in range(processes)]))


if __name__ == "__main__":
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 149
    span = float(sys.argv[2]) if len(sys.argv) > 2 else 5
    cores = len(os.sched_getaffinity(0))
    for p, t in ((1, 1), (cores, 1), (1, cores)):
        print(f"{n} sectors, {p} process(es) of {t} thread(s): {together(n, span, p, t):,.0f} draws a second")
