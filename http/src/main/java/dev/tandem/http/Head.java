package dev.tandem.http;

/**
 * What a response says before its body.
 *
 * @param length how many bytes the body has; -1 when that is not known before its end
 */
record Head(int status, String reason, Headers headers, long length) {}
