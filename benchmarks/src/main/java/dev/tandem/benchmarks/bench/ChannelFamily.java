package dev.tandem.benchmarks.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The shapes of Jox's benchmarks of channels: a put and its take. */
final class ChannelFamily implements Family {

  private static final double BLOCKING_GOAL = 0.8;
  private static final double JOX_GOAL = 0.8;
  private static final double KOTLIN_GOAL = 1.2;

  private static final String JDK_RENDEZVOUS = "SynchronousQueue";
  private static final String JDK_BUFFER = "ArrayBlockingQueue";
  private static final String LINKED = "LinkedBlockingQueue";
  private static final String FAIR_RENDEZVOUS = "SynchronousQueue, fair";
  private static final String FAIR_BUFFER = "ArrayBlockingQueue, fair";
  private static final String BARE = "bare hand-off";
  private static final String JOX = "Jox";
  private static final String KOTLIN = "Kotlin";

  private static final String CLASSES = "dev.tandem.benchmarks.queues.";

  /** One of the shapes, with one capacity. */
  private record Shape(String method, int capacity) {

    Work work() {
      String between =
          switch (method) {
            case "pair" -> "two threads";
            case "chain" -> "a chain of 10,000";
            default -> "10,000 pairs";
          };
      return Work.time((capacity == 0 ? "rendezvous" : "queue of " + capacity) + ", " + between);
    }

    String jdk() {
      return capacity == 0 ? JDK_RENDEZVOUS : JDK_BUFFER;
    }

    /** They have no rendezvous; a quick run has no time for more than a pair. */
    boolean isForLinkedAndAsyncio(Tempo tempo) {
      return capacity > 0 && (tempo == Tempo.FULL || (capacity == 16 && method.equals("pair")));
    }

    String fair() {
      return capacity == 0 ? FAIR_RENDEZVOUS : FAIR_BUFFER;
    }

    boolean isForFair(Tempo tempo) {
      return tempo == Tempo.FULL || (capacity == 0 && method.equals("pair"));
    }

    boolean isForBare(Tempo tempo) {
      return tempo == Tempo.FULL || (capacity == 0 && !method.equals("parallel"));
    }
  }

  private static List<Shape> shapes() {
    var shapes = new ArrayList<Shape>();
    for (String method : List.of("pair", "chain", "parallel")) {
      for (int capacity : List.of(0, 16, 100)) {
        shapes.add(new Shape(method, capacity));
      }
    }
    return shapes;
  }

  @Override
  public List<Bar> bars(Tempo tempo) {
    var bars = new ArrayList<Bar>();
    for (Shape shape : shapes()) {
      bars.add(bar(shape, shape.jdk(), BLOCKING_GOAL));
      bars.add(bar(shape, JOX, JOX_GOAL));
      bars.add(bar(shape, KOTLIN, KOTLIN_GOAL));
      if (shape.isForFair(tempo)) {
        bars.add(bar(shape, shape.fair(), null));
      }
      if (shape.isForBare(tempo)) {
        bars.add(bar(shape, BARE, null));
      }
      if (shape.isForLinkedAndAsyncio(tempo)) {
        bars.add(bar(shape, LINKED, null));
        bars.add(bar(shape, Asyncio.NAME, null));
      }
    }
    return bars;
  }

  @Override
  public List<Probe> probes(Tempo tempo) {
    var probes = new ArrayList<Probe>();
    for (Shape shape : shapes()) {
      probes.add(probe(shape, Bar.TANDEM, "TANDEM", tempo));
      probes.add(probe(shape, shape.jdk(), "ARRAY", tempo));
      probes.add(probe(shape, JOX, "JOX", tempo));
      probes.add(
          new JmhProbe(
              shape.work(),
              KOTLIN,
              CLASSES + "KotlinBenchmark." + shape.method,
              Map.of("capacity", Integer.toString(shape.capacity)),
              tempo));
      if (shape.isForFair(tempo)) {
        probes.add(probe(shape, shape.fair(), "FAIR", tempo));
      }
      if (shape.isForBare(tempo)) {
        probes.add(probe(shape, BARE, "BARE", tempo));
      }
      if (shape.isForLinkedAndAsyncio(tempo)) {
        probes.add(probe(shape, LINKED, "LINKED", tempo));
        String scenario = shape.method + "-" + shape.capacity;
        probes.add(Asyncio.repeating(scenario, shape.work(), tempo));
      }
    }
    return probes;
  }

  private static Probe probe(Shape shape, String contender, String parameter, Tempo tempo) {
    return new JmhProbe(
        shape.work(),
        contender,
        CLASSES + "QueueBenchmark." + shape.method,
        Map.of("contender", parameter, "capacity", Integer.toString(shape.capacity)),
        tempo);
  }

  private static Bar bar(Shape shape, String peer, @Nullable Double goal) {
    return new Bar(QueueSuite.NAME, shape.work(), peer, goal);
  }
}
