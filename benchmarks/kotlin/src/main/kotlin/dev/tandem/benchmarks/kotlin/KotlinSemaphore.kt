package dev.tandem.benchmarks.kotlin

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.sync.Semaphore
import kotlinx.coroutines.sync.withPermit

/** Coroutines that share one of Kotlin's semaphores. */
object KotlinSemaphore {

  /** Each of the coroutines does so many turns: work with a permit, and the same work without. */
  @JvmStatic
  fun share(permits: Int, coroutines: Int, turns: Int, work: Runnable) =
    runBlocking(Dispatchers.Default) {
      val semaphore = Semaphore(permits)
      repeat(coroutines) {
        launch {
          repeat(turns) {
            semaphore.withPermit { work.run() }
            work.run()
          }
        }
      }
    }
}
