package dev.tandem.flow;

import org.jspecify.annotations.Nullable;

/**
 * One iterator for several readers, each of which has every element. Made by {@link
 * AsyncIterator#share}.
 *
 * <pre>{@code
 * try (var events = log.share(100)) {
 *   AsyncIterator<Event> first = events.subscribe();
 *   AsyncIterator<Event> second = events.subscribe();
 *   TaskGroup.run(
 *       group -> {
 *         group.start("show", () -> first.consume(this::show));
 *         group.start("store", () -> second.consume(this::store));
 *       });
 * }
 * }</pre>
 *
 * <p>The elements are fetched by a task, which belongs to the scope in which {@code share} was
 * called and is started when the first reader asks. A reader has what comes after it has
 * subscribed; while there is none, nothing is fetched. A reader that is slower than the others
 * holds them up when it is as many elements behind as there is room for. A failure comes to every
 * reader, as itself.
 *
 * <p>Closing ends the task, closes the iterator behind it, and is the end of the elements for every
 * reader; if nobody closes it, the scope does. Closing a reader leaves the others alone.
 *
 * @param <T> the elements
 */
public final class Shared<T> implements AutoCloseable {

  private final Sharing<T> hub;
  private final int room;

  Shared(Stage<T> source, int room) {
    this.hub = new Sharing<>(source);
    this.room = room;
    hub.bind();
  }

  /**
   * A new reader, for one task at a time; may be called by any. One that is never asked is closed
   * by the scope that subscribed, and holds up the others until then.
   */
  public AsyncIterator<T> subscribe() {
    var reader = new Reader<>(hub, room);
    hub.add(reader.pipe);
    return reader;
  }

  @Override
  public void close() {
    hub.closeAll();
  }

  @Override
  public String toString() {
    return "Shared[" + hub.readers() + " readers]";
  }

  private static final class Reader<T> extends AsyncIterator<T> {

    final Pipe<T> pipe;
    private final Sharing<T> hub;

    Reader(Sharing<T> hub, int room) {
      this.hub = hub;
      this.pipe = new Pipe<>(room);
    }

    @Override
    void begins(Run current) {
      hub.start();
    }

    @Override
    protected @Nullable T advance() throws Exception {
      T item = pipe.take();
      if (item == null) {
        hub.conclude();
      }
      return item;
    }

    @Override
    void release(Closing closing) {
      hub.remove(pipe);
    }
  }
}
