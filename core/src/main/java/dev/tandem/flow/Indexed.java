package dev.tandem.flow;

/**
 * An element and its number, as Python's {@code enumerate} gives them.
 *
 * @param index from 0
 * @param item the element
 */
public record Indexed<T>(long index, T item) {}
