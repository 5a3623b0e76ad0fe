package dev.tandem;

import static dev.tandem.ContextCarriers.register;
import static dev.tandem.Tandem.gather;
import static dev.tandem.Tandem.race;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What tasks see of the thread that started them. */
final class ContextCarrierTest {

  private static final ScopedValue<String> REQUEST = ScopedValue.newInstance();
  private static final ThreadLocal<String> LOCAL = new ThreadLocal<>();

  /** A logging context as libraries have them: a map for each thread, copied out and in. */
  private static final class Mdc {
    private static final ThreadLocal<Map<String, String>> MAP = new ThreadLocal<>();

    static Map<String, String> copy() {
      Map<String, String> map = MAP.get();
      return map == null ? null : new HashMap<>(map);
    }

    static void set(Map<String, String> map) {
      MAP.set(new HashMap<>(map));
    }
  }

  @AfterEach
  void clear() {
    LOCAL.remove();
    Mdc.MAP.remove();
  }

  private static String request() {
    return REQUEST.orElse("none");
  }

  @Test
  void scopedValue_boundInTheStarter_isSeenByWhateverItStarts() throws Exception {
    try (var _ = register(ContextCarriers.scopedValue(REQUEST));
        var pool = Offload.pool("one", 1)) {
      ScopedValue.where(REQUEST, "r1")
          .<Void, Exception>call(
              () -> {
                assertEquals(List.of("r1", "r1"), gather(() -> request(), () -> request()));
                assertEquals("r1", race(ContextCarrierTest::request));
                assertEquals("r1", pool.run(ContextCarrierTest::request));
                assertEquals("r1", Offload.toThread(ContextCarrierTest::request));
                TaskGroup.run(
                    group -> {
                      Task<String> child = group.start(ContextCarrierTest::request);
                      Task<List<String>> grandchild =
                          group.start(() -> gather(List.of(1), i -> request()));
                      assertEquals("r1", child.await());
                      assertEquals(List.of("r1"), grandchild.await());
                    });
                return null;
              });
      assertEquals("none", pool.run(ContextCarrierTest::request));
    }
  }

  @Test
  void scopedValue_boundFurtherIn_isWhatTheStarterHadAtTheStart() throws Exception {
    try (var _ = register(ContextCarriers.scopedValue(REQUEST))) {
      TaskGroup.run(
          group -> {
            Task<String> before = group.start(ContextCarrierTest::request);
            Task<String> inside =
                ScopedValue.where(REQUEST, "r2")
                    .call(() -> group.start(ContextCarrierTest::request));
            assertEquals("none", before.await());
            assertEquals("r2", inside.await());
          });
    }
  }

  @Test
  void threadLocal_ofTheStarter_isSeenAndGoneAfterwards() throws Exception {
    try (var pool = Offload.pool("one", 1)) {
      pool.run(() -> LOCAL.set("the pool's"));
      try (var _ = register(ContextCarriers.threadLocal(LOCAL))) {
        LOCAL.set("mine");
        assertEquals("mine", pool.run(LOCAL::get));
        pool.run(() -> LOCAL.set("changed"));
        assertEquals("mine", pool.run(LOCAL::get));
        LOCAL.remove();
        assertNull(pool.run(LOCAL::get));
      }
      assertEquals("the pool's", pool.run(LOCAL::get));
    }
  }

  @Test
  void threadLocal_changedByAnItem_isNotSeenByTheNext() throws Exception {
    try (var _ = register(ContextCarriers.threadLocal(LOCAL))) {
      LOCAL.set("mine");
      List<String> seen =
          Gather.over(List.of(1, 2, 3))
              .limit(1)
              .run(
                  i -> {
                    String before = LOCAL.get();
                    LOCAL.set("item " + i);
                    return before;
                  });
      assertEquals(List.of("mine", "mine", "mine"), seen);
      assertEquals("mine", LOCAL.get());
    }
  }

  @Test
  void of_contextThatIsReadAndWrittenAsAWhole_isCarriedAsACopy() throws Exception {
    try (var _ = register(ContextCarriers.of(Mdc::copy, Mdc::set, Mdc.MAP::remove))) {
      assertEquals(List.of("{}"), gather(List.of(1), i -> describe()));
      Mdc.set(Map.of("device", "ise-1"));
      TaskGroup.run(
          group -> {
            Task<String> first =
                group.start(
                    () -> {
                      Mdc.MAP.get().put("step", "one");
                      return Tandem.gather(() -> describe(), () -> describe(), String::concat);
                    });
            assertEquals(2 * "{device=ise-1, step=one}".length(), first.await().length());
            assertEquals("{device=ise-1}", group.start(ContextCarrierTest::describe).await());
          });
      assertEquals("{device=ise-1}", describe());
    }
  }

  private static String describe() {
    Map<String, String> map = Mdc.MAP.get();
    return map == null ? "{}" : map.toString();
  }

  @Test
  void gather_manyItems_capturesOnce() throws Exception {
    var captures = new AtomicInteger();
    var runs = new AtomicInteger();
    ContextCarrier counting =
        () -> {
          captures.incrementAndGet();
          return body -> {
            runs.incrementAndGet();
            body.run();
          };
        };
    try (var _ = register(counting)) {
      gather(List.of(1, 2, 3, 4, 5), i -> i);
      assertEquals(1, captures.get());
      assertEquals(5, runs.get());
      TaskGroup.run((TaskGroup group) -> assertNull(group.start(() -> null).await()));
      assertEquals(2, captures.get());
      Offload.toThread(() -> {});
      assertEquals(3, captures.get());
    }
    gather(List.of(1, 2, 3), i -> i);
    assertEquals(3, captures.get(), "it is no longer registered");
  }

  @Test
  void register_several_theFirstIsTheOutermostAndClosingOneLeavesTheOthers() throws Exception {
    var order = new ConcurrentLinkedQueue<String>();
    try (var _ = register(telling("outer", order))) {
      var inner = register(telling("inner", order));
      TaskGroup.run(
          (TaskGroup group) -> assertSame(true, group.start(() -> order.add("task")).await()));
      assertEquals(
          List.of("outer", "inner", "task", "inner ends", "outer ends"), List.copyOf(order));
      inner.close();
      order.clear();
      TaskGroup.run(
          (TaskGroup group) -> assertSame(true, group.start(() -> order.add("task")).await()));
      assertEquals(List.of("outer", "task", "outer ends"), List.copyOf(order));
    }
  }

  private static ContextCarrier telling(String name, ConcurrentLinkedQueue<String> order) {
    return () ->
        body -> {
          order.add(name);
          body.run();
          order.add(name + " ends");
        };
  }
}
