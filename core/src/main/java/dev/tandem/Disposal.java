package dev.tandem;

import org.jspecify.annotations.Nullable;

/**
 * What to do with a result that came too late for anybody to want it.
 *
 * @param <T> the result
 */
@FunctionalInterface
public interface Disposal<T extends @Nullable Object> {
  void dispose(T late) throws Exception;
}
