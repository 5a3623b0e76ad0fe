"""Measures asyncio: python3 - SCENARIO ARGUMENT, where the argument is seconds or a count.

Prints one JSON object: nanoseconds for one run of the scenario, or what "parked" measures.
"""

import sys

SKIPPED = 77
if sys.version_info < (3, 11):
    print("asyncio.timeout needs Python 3.11", file=sys.stderr)
    sys.exit(SKIPPED)

import asyncio
import gc
import json
import resource
import statistics
from time import perf_counter_ns

ITEMS = range(10_000)
VALUE = 42


class Over(Exception):
    """Ends a group."""


async def item(value):
    return value


async def gather():
    await asyncio.gather(*[item(value) for value in ITEMS])


async def group():
    async with asyncio.TaskGroup() as tasks:
        left = tasks.create_task(item(1))
        right = tasks.create_task(item(2))
    return left.result() + right.result()


async def timeout():
    async with asyncio.timeout(60):
        return VALUE


async def queue(capacity):
    """ITEMS from one task to another."""
    items = asyncio.Queue(capacity)

    async def put():
        for value in ITEMS:
            await items.put(value)

    async def take():
        for _ in ITEMS:
            await items.get()

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(put())
        tasks.create_task(take())


async def each(figures):
    """The same for one of ITEMS."""
    return {"time": (await figures)["time"] / len(ITEMS)}


async def repeated(scenario, batch, seconds):
    """The median of batches; the first third of the time only warms up."""
    start = perf_counter_ns()
    warm = start + int(seconds * 1e9 / 3)
    end = start + int(seconds * 1e9)
    times = []
    while (begin := perf_counter_ns()) < end or not times:
        for _ in range(batch):
            await scenario()
        if begin >= warm:
            times.append((perf_counter_ns() - begin) / batch)
    return {"time": statistics.median(times)}


def resident_bytes():
    try:
        with open("/proc/self/statm") as statm:
            return int(statm.read().split()[1]) * resource.getpagesize()
    except OSError:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak if sys.platform == "darwin" else peak * 1024


async def parked(count):
    """Tasks of one group, each waiting for a future of its own.

    A semaphore or an event would be searched from its head for every task that is cancelled.
    """
    loop = asyncio.get_running_loop()

    async def wait():
        await loop.create_future()

    gc.collect()
    before = resident_bytes()
    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(count):
                group.create_task(wait())
            await asyncio.sleep(0)
            gc.collect()
            waiting = resident_bytes()
            begin = perf_counter_ns()
            raise Over
    except* Over:
        end = perf_counter_ns()
    return {"bytes": (waiting - before) / count, "cancel": end - begin}


def main():
    scenario, argument = sys.argv[1:]
    runs = {
        "gather": lambda: repeated(gather, 1, float(argument)),
        "group": lambda: repeated(group, 100, float(argument)),
        "timeout": lambda: repeated(timeout, 1_000, float(argument)),
        "queue-16": lambda: each(repeated(lambda: queue(16), 1, float(argument))),
        "queue-100": lambda: each(repeated(lambda: queue(100), 1, float(argument))),
        "parked": lambda: parked(int(argument)),
    }
    print(json.dumps(asyncio.run(runs[scenario]())))


main()
