package dev.tandem.benchmarks.queues;

import com.softwaremill.jox.Channel;
import dev.tandem.flow.AsyncQueue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;

/** The queues of Java; with a capacity of 0 a rendezvous. */
public enum Contender {
  /** {@link AsyncQueue}. */
  TANDEM {
    @Override
    Pipe pipe(int capacity) {
      return new Tandem(capacity == 0 ? AsyncQueue.rendezvous() : AsyncQueue.bounded(capacity));
    }
  },

  /** {@link ArrayBlockingQueue}, or {@link SynchronousQueue}. */
  ARRAY {
    @Override
    Pipe pipe(int capacity) {
      return new Blocking(
          capacity == 0 ? new SynchronousQueue<>() : new ArrayBlockingQueue<>(capacity));
    }
  },

  /** The same, first come, first served, as Tandem's are. */
  FAIR {
    @Override
    Pipe pipe(int capacity) {
      return new Blocking(
          capacity == 0 ? new SynchronousQueue<>(true) : new ArrayBlockingQueue<>(capacity, true));
    }
  },

  /** {@link BareHandOff}. */
  BARE {
    @Override
    Pipe pipe(int capacity) {
      return new BareHandOff(capacity);
    }
  },

  /** {@link LockedRing}; has no rendezvous. */
  LOCKED {
    @Override
    Pipe pipe(int capacity) {
      return new LockedRing(capacity);
    }
  },

  /** {@link LinkedBlockingQueue}. */
  LINKED {
    @Override
    Pipe pipe(int capacity) {
      return new Blocking(new LinkedBlockingQueue<>(capacity));
    }
  },

  /** Jox's channel. */
  JOX {
    @Override
    Pipe pipe(int capacity) {
      return new Jox(
          capacity == 0 ? Channel.newRendezvousChannel() : Channel.newBufferedChannel(capacity));
    }
  };

  abstract Pipe pipe(int capacity);

  private record Tandem(AsyncQueue<Integer> queue) implements Pipe {
    @Override
    public void put(Integer item) throws InterruptedException {
      queue.put(item);
    }

    @Override
    public Integer take() throws InterruptedException {
      return queue.take();
    }
  }

  private record Blocking(BlockingQueue<Integer> queue) implements Pipe {
    @Override
    public void put(Integer item) throws InterruptedException {
      queue.put(item);
    }

    @Override
    public Integer take() throws InterruptedException {
      return queue.take();
    }
  }

  private record Jox(Channel<Integer> channel) implements Pipe {
    @Override
    public void put(Integer item) throws InterruptedException {
      channel.send(item);
    }

    @Override
    public Integer take() throws InterruptedException {
      return channel.receive();
    }
  }
}
