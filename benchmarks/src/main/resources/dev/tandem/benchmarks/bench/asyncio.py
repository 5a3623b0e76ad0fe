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
import itertools
import json
import resource
import statistics
from time import perf_counter_ns

ITEMS = range(10_000)
PAIR_ITEMS = 10_000
QUEUES = 10_000
QUEUE_ITEMS = 100
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


async def put(queue, count):
    for _ in range(count):
        await queue.put(VALUE)


async def take(queue, count):
    for _ in range(count):
        await queue.get()


async def move(source, target, count):
    for _ in range(count):
        await target.put(await source.get())


async def pair(capacity):
    """One task puts, another takes."""
    queue = asyncio.Queue(capacity)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(put(queue, PAIR_ITEMS))
        tasks.create_task(take(queue, PAIR_ITEMS))


async def chain(capacity):
    """Each task but the first and the last takes from one queue and puts into the next."""
    queues = [asyncio.Queue(capacity) for _ in range(QUEUES)]
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(put(queues[0], QUEUE_ITEMS))
        for source, target in itertools.pairwise(queues):
            tasks.create_task(move(source, target, QUEUE_ITEMS))
        tasks.create_task(take(queues[-1], QUEUE_ITEMS))


async def parallel(capacity):
    """Many pairs at once."""
    async with asyncio.TaskGroup() as tasks:
        for _ in range(QUEUES):
            queue = asyncio.Queue(capacity)
            tasks.create_task(put(queue, QUEUE_ITEMS))
            tasks.create_task(take(queue, QUEUE_ITEMS))


SHAPES = {
    "pair": (pair, PAIR_ITEMS),
    "chain": (chain, QUEUES * QUEUE_ITEMS),
    "parallel": (parallel, QUEUES * QUEUE_ITEMS),
}


async def queues(scenario, seconds):
    """A shape and a capacity: the time for one item, or for one hop of a chain."""
    name, capacity = scenario.split("-")
    shape, items = SHAPES[name]
    figures = await repeated(lambda: shape(int(capacity)), 1, seconds)
    return {"time": figures["time"] / items}


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
        "parked": lambda: parked(int(argument)),
    }
    run = runs.get(scenario, lambda: queues(scenario, float(argument)))
    print(json.dumps(asyncio.run(run())))


main()
