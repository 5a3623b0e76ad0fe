package dev.tandem;

/** When {@link Tandem#waitFor} has waited long enough; asyncio's {@code return_when}. */
public enum ReturnWhen {

  /** As soon as one task has ended, however it ended. */
  FIRST_COMPLETED,

  /** As soon as one task has failed; if none fails, when all have ended. */
  FIRST_EXCEPTION,

  /** When all tasks have ended. */
  ALL_COMPLETED
}
