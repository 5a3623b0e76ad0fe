package dev.tandem.inspect;

import dev.tandem.internal.Moments;
import java.lang.management.ManagementFactory;
import java.util.concurrent.locks.ReentrantLock;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;

/**
 * The switches of inspection. All are off, and cost nothing, until somebody asks.
 *
 * <pre>{@code
 * Inspection.recordTimes(true);
 * Inspection.register();
 * }</pre>
 *
 * <p>The tree of tasks itself needs no switch: {@link TaskTree#live}, or from outside {@code
 * ./tandem tree PID}.
 */
public final class Inspection {

  /** What the bean is called. */
  public static final String BEAN_NAME = "dev.tandem:type=Tasks";

  private static final ReentrantLock LOCK = new ReentrantLock();

  private Inspection() {}

  /**
   * From now on notes of each task that begins when it began, of each of its waits when it began,
   * and when it was cancelled; and gives the threads of tasks without a name the task's path. That
   * costs memory for each task and a look at the clock for each wait. Of tasks that began before,
   * only the times of cancellations are noted. Also by the system property {@code
   * tandem.inspect.times=true}.
   *
   * @throws IllegalStateException when the process was started with {@code -Dtandem.inspect=off}
   */
  public static void recordTimes(boolean recorded) {
    Moments.keep(recorded);
  }

  public static boolean isRecordingTimes() {
    return Moments.areKept();
  }

  /**
   * Puts a {@link TasksMXBean} into the platform's MBean server; further calls do nothing. Needs
   * the module {@code java.management}.
   *
   * @throws IllegalStateException when the server does not take it
   */
  public static void register() {
    LOCK.lock();
    try {
      MBeanServer server = ManagementFactory.getPlatformMBeanServer();
      var name = new ObjectName(BEAN_NAME);
      if (!server.isRegistered(name)) {
        server.registerMBean(new StandardMBean(new Tasks(), TasksMXBean.class, true), name);
      }
    } catch (JMException refused) {
      throw new IllegalStateException("the MBean server did not take " + BEAN_NAME, refused);
    } finally {
      LOCK.unlock();
    }
  }

  /** Takes back {@link #register}; does nothing when the bean is not there. */
  public static void unregister() {
    LOCK.lock();
    try {
      MBeanServer server = ManagementFactory.getPlatformMBeanServer();
      var name = new ObjectName(BEAN_NAME);
      if (server.isRegistered(name)) {
        server.unregisterMBean(name);
      }
    } catch (JMException refused) {
      throw new IllegalStateException("the MBean server did not give back " + BEAN_NAME, refused);
    } finally {
      LOCK.unlock();
    }
  }
}
