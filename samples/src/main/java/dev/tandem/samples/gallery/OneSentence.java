package dev.tandem.samples.gallery;

/** A command that answers wrong use with one sentence, without its usage. */
public interface OneSentence {}
