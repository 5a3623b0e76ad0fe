package dev.tandem.samples.gallery.coordination;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofMillis;
import static java.util.concurrent.ConcurrentHashMap.newKeySet;
import static java.util.stream.IntStream.range;

import dev.tandem.Tandem;
import dev.tandem.TaskGroup;
import dev.tandem.flow.AsyncQueue;
import dev.tandem.samples.gallery.Elapsed;
import dev.tandem.samples.gallery.Sample;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Twenty items through a queue with room for ten to three workers. The producer shuts the queue
 * down when it is done, and the workers end when it is empty; no item has to mean the end. How it
 * looks with such an item stands below.
 */
public final class ProducerConsumer implements Sample {

  private static final List<String> ITEMS = range(0, 20).mapToObj(i -> "item-" + i).toList();
  private static final List<String> WORKERS = List.of("worker-0", "worker-1", "worker-2");
  private static final String END = "no more items";

  @Override
  public void run() throws InterruptedException {
    Instant start = Tandem.now();
    IO.println("with shutdown: " + withShutdown() + " items, " + Elapsed.since(start));

    start = Tandem.now();
    IO.println("with an item for the end: " + withSentinels() + " items, " + Elapsed.since(start));
  }

  private static int withShutdown() throws InterruptedException {
    Set<String> processed = newKeySet();
    var queue = AsyncQueue.<String>bounded(10);

    // asyncio:
    //   consumers = [asyncio.create_task(consume(queue, w)) for w in workers]
    //   for item in items:
    //       await queue.put(item)
    //   for _ in consumers:
    //       await queue.put(None)  # each consumer ends at its None
    //   await asyncio.gather(*consumers)
    //
    // Tandem:
    TaskGroup.run(
        group -> {
          for (String worker : WORKERS) {
            group.start(worker, () -> queue.forEach(item -> process(worker, item, processed)));
          }
          putAll(queue);
          queue.shutdown();
        });

    return processed.size();
  }

  private static int withSentinels() throws InterruptedException {
    Set<String> processed = newKeySet();
    var queue = AsyncQueue.<String>bounded(10);
    TaskGroup.run(
        group -> {
          for (String worker : WORKERS) {
            group.start(worker, () -> consumeUntilEnd(queue, worker, processed));
          }
          putAll(queue);
          for (String _ : WORKERS) {
            queue.put(END);
          }
        });
    return processed.size();
  }

  private static void putAll(AsyncQueue<String> queue) throws InterruptedException {
    for (String item : ITEMS) {
      queue.put(item);
    }
  }

  private static void consumeUntilEnd(
      AsyncQueue<String> queue, String worker, Set<String> processed) throws InterruptedException {
    for (String item = queue.take(); !item.equals(END); item = queue.take()) {
      process(worker, item, processed);
    }
  }

  private static void process(String worker, String item, Set<String> processed)
      throws InterruptedException {
    IO.println(worker + " takes " + item);
    sleep(ofMillis(500));
    if (!processed.add(item)) {
      throw new IllegalStateException(item + " came twice");
    }
  }
}
