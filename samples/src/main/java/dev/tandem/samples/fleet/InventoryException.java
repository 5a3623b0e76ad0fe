package dev.tandem.samples.fleet;

/** An inventory that cannot be used; the message names the file, the line and what to do. */
final class InventoryException extends Exception {

  private static final long serialVersionUID = 1L;

  InventoryException(String message) {
    super(message);
  }
}
