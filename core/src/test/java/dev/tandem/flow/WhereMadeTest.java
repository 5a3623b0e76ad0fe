package dev.tandem.flow;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.Gather;
import dev.tandem.Task;
import dev.tandem.TaskGroup;
import dev.tandem.testing.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * An iterator lives as long as those who may read it: until the scope in which it was made ends.
 */
final class WhereMadeTest {

  private static final List<Integer> ALL = List.of(0, 1, 2, 3, 4);

  private final List<String> log = Probe.log();
  private final AtomicInteger running = new AtomicInteger();

  /** A number each second; counts itself while it runs. */
  private AsyncIterator<Integer> generated(int count) throws InterruptedException {
    return AsyncIterator.<Integer, InterruptedException>generate(
        out -> {
          running.incrementAndGet();
          try {
            for (int i = 0; i < count; i++) {
              out.emit(i);
              sleep(ofSeconds(1));
            }
          } finally {
            running.decrementAndGet();
          }
        });
  }

  @Test
  void readByAChild_afterTheBodyReturned_givesEveryElement() throws Exception {
    VirtualTime.run(
        root -> {
          var read = new ArrayList<Task<List<Integer>>>();
          TaskGroup.run(
              (TaskGroup group) -> {
                var shared = generated(5).share(2);
                for (int i = 0; i < 2; i++) {
                  var reader = shared.subscribe();
                  read.add(group.start(() -> reader.toList()));
                }
                var probe = Probe.of("probe", 5, log);
                assertEquals(Optional.of(0), probe.next());
                read.add(group.start(() -> probe.toList()));
              });
          assertEquals(ALL, read.get(0).await());
          assertEquals(ALL, read.get(1).await());
          assertEquals(ALL.subList(1, 5), read.get(2).await());
          assertEquals(List.of("open probe", "close probe"), log);
          assertEquals(0, running.get());
        });
  }

  @Test
  void leftOpenByTheBody_isClosedWhenTheChildrenHaveEnded() throws Exception {
    VirtualTime.run(
        root -> {
          TaskGroup.run(
              group -> {
                generated(100).next();
                group.startDaemon("daemon", () -> sleep(ofSeconds(100)));
                group.start(
                    () -> {
                      sleep(ofSeconds(3));
                      assertEquals(1, running.get());
                    });
              });
          assertEquals(0, running.get());
          assertEquals(ofSeconds(3), VirtualTime.elapsed());
        });
  }

  @Test
  void askedFirstByAChild_isNotClosedWithThatChild() throws Exception {
    VirtualTime.run(
        root -> {
          TaskGroup.run(
              group -> {
                var generated = generated(5);
                var probe = Probe.of("probe", 5, log).map(i -> i);
                assertEquals(Optional.of(0), group.start(() -> generated.next()).await());
                assertEquals(Optional.of(0), group.start(() -> probe.next()).await());
                assertEquals(ALL.subList(1, 5), generated.toList());
                assertEquals(ALL.subList(1, 5), probe.toList());
              });
        });
  }

  @Test
  void leftOpenByAnItem_isClosedBeforeTheNextOne() throws Exception {
    VirtualTime.run(
        root -> {
          assertEquals(List.of(0, 0, 0), Gather.over(List.of(1, 2, 3)).limit(1).run(this::leave));
          assertEquals(
              List.of(0, 0, 0), AsyncIterator.of(1, 2, 3).mapConcurrent(1, this::leave).toList());
          assertEquals(
              List.of(0, 0, 0),
              AsyncIterator.of(1, 2, 3).mapConcurrentUnordered(1, this::leave).toList());
        });
  }

  /** Leaves an iterator open; returns how many run before. */
  private int leave(int item) throws InterruptedException {
    int before = running.get();
    generated(100).next();
    sleep(ofMillis(item));
    return before;
  }
}
