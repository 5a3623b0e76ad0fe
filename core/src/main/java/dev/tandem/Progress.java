package dev.tandem;

import java.util.OptionalInt;

/**
 * How far a gather is; given to {@link Gather#onProgress} after each item that returned or failed.
 *
 * @param done how many items have returned or failed
 * @param failed how many of these failed
 * @param total how many items there are; empty when the source cannot tell
 */
public record Progress(int done, int failed, OptionalInt total) {}
