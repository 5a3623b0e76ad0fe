package dev.tandem.flow;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tandem.Task;
import dev.tandem.TaskGroup;
import dev.tandem.testing.VirtualTime;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SharedTest {

  private final List<String> log = Probe.log();

  @Test
  void eachReader_hasEveryElement() throws Exception {
    VirtualTime.run(
        root -> {
          try (var shared = Probe.of("source", 5, log).share(1)) {
            var first = shared.subscribe();
            var second = shared.subscribe();
            TaskGroup.run(
                group -> {
                  Task<List<Integer>> all = group.start("first", first::toList);
                  assertEquals(List.of(0, 1, 2, 3, 4), second.toList());
                  assertEquals(List.of(0, 1, 2, 3, 4), all.await());
                });
            assertEquals(ofSeconds(5), VirtualTime.elapsed());
          }
          assertEquals(List.of("open source", "close source"), log);
        });
  }

  @Test
  void slowReader_holdsUpTheOthersWhenItIsFarEnoughBehind() throws Exception {
    VirtualTime.run(
        root -> {
          var shared = AsyncIterator.of(1, 2, 3, 4, 5).share(2);
          var idle = shared.subscribe();
          var fast = shared.subscribe();
          root.startDaemon("fast", () -> fast.consume(i -> log.add("got " + i)));
          sleep(ofSeconds(1));
          assertEquals(List.of("got 1", "got 2"), log);
          assertEquals(Optional.of(1), idle.next());
          sleep(ofSeconds(1));
          assertEquals(List.of("got 1", "got 2", "got 3"), log);
          idle.close();
          sleep(ofSeconds(1));
          assertEquals(5, log.size());
        });
  }

  @Test
  void readerThatComesLater_hasWhatComesLater() throws Exception {
    VirtualTime.run(
        root -> {
          try (var shared = Probe.of("source", 10, log).share(10)) {
            var first = shared.subscribe();
            assertEquals(Optional.of(0), first.next());
            sleep(ofMillis(2500));
            var second = shared.subscribe();
            assertEquals(Optional.of(3), second.next());
            assertEquals(Optional.of(1), first.next());
            assertEquals("Shared[2 readers]", shared.toString());
          }
        });
  }

  @Test
  void failure_comesToEveryReader() throws Exception {
    VirtualTime.run(
        root -> {
          var shared = Probe.of("source", 10, log).failingAt(1).share(10);
          var first = shared.subscribe();
          var second = shared.subscribe();
          assertEquals(Optional.of(0), first.next());
          var failure = assertThrows(IOException.class, first::next);
          assertEquals(Optional.of(0), second.next());
          assertSame(failure, assertThrows(IOException.class, second::next));
        });
  }

  @Test
  void closed_isTheEndForEveryReader() throws Exception {
    VirtualTime.run(
        root -> {
          var shared = Probe.of("source", 10, log).share(10);
          var first = shared.subscribe();
          assertEquals(Optional.of(0), first.next());
          shared.close();
          assertEquals(Optional.empty(), first.next());
          assertEquals(Optional.empty(), shared.subscribe().next());
          assertEquals(List.of("open source", "close source"), log);
        });
  }

  @Test
  void readInTasks_belongsToTheScopeThatShares() throws Exception {
    VirtualTime.run(
        root -> {
          TaskGroup.run(
              (TaskGroup outer) -> {
                var shared = Probe.of("source", 10, log).share(10);
                var second = shared.subscribe();
                outer.start("first", () -> shared.subscribe().next()).await();
                assertEquals(List.of("open source"), log);
                assertEquals(Optional.of(0), second.next());
              });
          assertEquals(List.of("open source", "close source"), log);
        });
  }
}
