package dev.tandem;

import dev.tandem.internal.Baggage;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Finds the carriers that libraries bring with them. Made by the runtime, by name. */
final class ServiceCarriers implements Baggage.Finder {

  private static final System.Logger LOG = System.getLogger("dev.tandem.context");

  @Override
  public List<Baggage.Source> find() {
    return find(ContextCarrier.class.getClassLoader());
  }

  static List<Baggage.Source> find(@Nullable ClassLoader libraries) {
    var found = new ArrayList<Baggage.Source>();
    Iterator<ContextCarrier> services =
        ServiceLoader.load(ContextCarrier.class, libraries).iterator();
    while (hasNext(services)) {
      try {
        found.add(ContextCarriers.asSource(services.next()));
      } catch (ServiceConfigurationError broken) {
        tellOf(broken);
      }
    }
    return found;
  }

  private static boolean hasNext(Iterator<ContextCarrier> services) {
    try {
      return services.hasNext();
    } catch (ServiceConfigurationError broken) {
      tellOf(broken);
      return false;
    }
  }

  /** Without the carrier the program still runs; without its tasks it would not. */
  private static void tellOf(ServiceConfigurationError broken) {
    LOG.log(Level.WARNING, "a context carrier could not be loaded and is left out", broken);
  }
}
