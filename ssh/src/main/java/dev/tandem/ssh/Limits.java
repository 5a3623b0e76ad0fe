package dev.tandem.ssh;

/**
 * What a connection may use.
 *
 * @param timeouts for each phase
 * @param outputBytes the most that one command may write
 */
record Limits(SshTimeouts timeouts, long outputBytes) {}
