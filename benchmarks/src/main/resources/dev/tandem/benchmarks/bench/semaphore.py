"""Measures asyncio's semaphore: python3 - SCENARIO SECONDS.

Prints one JSON object: nanoseconds for taking one permit and giving it back.
"""

import sys

SKIPPED = 77
if sys.version_info < (3, 11):
    print("asyncio.TaskGroup needs Python 3.11", file=sys.stderr)
    sys.exit(SKIPPED)

import asyncio
import json
import random
import statistics
from time import perf_counter_ns

TURNS = 10_000
TASKS = 1_000
CHANCE = 1 / 50


def work():
    """Work of a geometrically distributed length."""
    while random.random() >= CHANCE:
        pass


async def alone():
    gate = asyncio.Semaphore(10)
    for _ in range(TURNS):
        async with gate:
            pass
    return TURNS


async def shared():
    gate = asyncio.Semaphore(1)

    async def task():
        for _ in range(TURNS // TASKS):
            async with gate:
                work()
                # Without a wait inside nobody would ever find the permit taken.
                await asyncio.sleep(0)
            work()

    async with asyncio.TaskGroup() as group:
        for _ in range(TASKS):
            group.create_task(task())
    return TURNS


async def repeated(scenario, seconds):
    """The median of the runs; the first third of the time only warms up."""
    start = perf_counter_ns()
    warm = start + int(seconds * 1e9 / 3)
    end = start + int(seconds * 1e9)
    times = []
    while (begin := perf_counter_ns()) < end or not times:
        turns = await scenario()
        if begin >= warm or perf_counter_ns() >= end:
            times.append((perf_counter_ns() - begin) / turns)
    return {"time": statistics.median(times)}


def main():
    scenario, seconds = sys.argv[1:]
    runs = {"alone": alone, "shared": shared}
    print(json.dumps(asyncio.run(repeated(runs[scenario], float(seconds)))))


main()
