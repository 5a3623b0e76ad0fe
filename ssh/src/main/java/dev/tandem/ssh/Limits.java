package dev.tandem.ssh;

import java.time.Duration;

/**
 * What a connection may use.
 *
 * @param timeouts for each phase
 * @param outputBytes the most that one command may write
 */
record Limits(SshTimeouts timeouts, Duration keepAlive, long outputBytes) {}
