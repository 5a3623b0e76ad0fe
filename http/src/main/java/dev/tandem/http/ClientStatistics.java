package dev.tandem.http;

/**
 * A client's connections at one moment.
 *
 * @param open connections that are open or being opened, idle ones included
 * @param idle connections that are kept for further requests
 * @param inUse requests that hold a place under the limits
 * @param waiting requests that wait for a place, under the limit in total or that of their host
 */
public record ClientStatistics(int open, int idle, int inUse, int waiting) {}
