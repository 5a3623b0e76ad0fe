package dev.tandem.samples.cli;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;

/** {@link AttachTarget} in a class loader of its own, as containers and fat jars have it. */
public final class IsolatedTarget {

  private IsolatedTarget() {}

  /** The arguments are the places of its classes. */
  public static void main(String[] arguments) throws Exception {
    URL[] places = Arrays.stream(arguments).map(IsolatedTarget::url).toArray(URL[]::new);
    var loader = new URLClassLoader(places, ClassLoader.getPlatformClassLoader());
    loader
        .loadClass("dev.tandem.samples.cli.AttachTarget")
        .getMethod("main", String[].class)
        .invoke(null, (Object) new String[0]);
  }

  private static URL url(String place) {
    try {
      return URI.create(place).toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
