package dev.tandem;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** A place to offload to, and what works are called there. */
record OffloadView(OffloadSite site, String name) implements Offload {

  static OffloadView of(OffloadSite site) {
    return new OffloadView(site, Defaults.OFFLOAD_NAME);
  }

  @Override
  public <T extends @Nullable Object, X extends Exception> T run(Work<T, X> work)
      throws X, InterruptedException {
    requireNonNull(work, "work");
    return site.<T, X>run(name, work, null);
  }

  @Override
  public <X extends Exception> void run(Action<X> work) throws X, InterruptedException {
    site.<@Nullable Void, X>run(name, Adapters.asWork(work, "work"), null);
  }

  @Override
  public Offload named(String newName) {
    return new OffloadView(site, requireNonNull(newName, "name"));
  }

  @Override
  public AbandonableOffload abandonOnCancel() {
    return new AbandonableOffload(site, name);
  }

  @Override
  public Statistics statistics() {
    return site.statistics();
  }

  @Override
  public String toString() {
    return site.toString();
  }
}
