package dev.tandem.benchmarks.kotlin

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.selects.select

/** The shapes of the queue benchmarks with coroutines and channels; a capacity of 0 is a rendezvous. */
object KotlinShapes {

  private const val ITEM = 63

  @JvmStatic
  fun pair(capacity: Int, items: Int) = runBlocking(Dispatchers.Default) {
    val channel = Channel<Int>(capacity)
    launch { repeat(items) { channel.send(ITEM) } }
    launch { repeat(items) { channel.receive() } }
    Unit
  }

  @JvmStatic
  fun chain(capacity: Int, length: Int, items: Int) = runBlocking(Dispatchers.Default) {
    val first = Channel<Int>(capacity)
    launch { repeat(items) { first.send(ITEM) } }
    var last = first
    for (i in 1 until length) {
      val from = last
      val to = Channel<Int>(capacity)
      launch { repeat(items) { to.send(from.receive()) } }
      last = to
    }
    val end = last
    launch { repeat(items) { end.receive() } }
    Unit
  }

  @JvmStatic
  fun parallel(capacity: Int, pairs: Int, items: Int) = runBlocking(Dispatchers.Default) {
    repeat(pairs) {
      val channel = Channel<Int>(capacity)
      launch { repeat(items) { channel.send(ITEM) } }
      launch { repeat(items) { channel.receive() } }
    }
  }

  @JvmStatic
  fun selectOne(items: Int) = runBlocking(Dispatchers.Default) {
    val channel = Channel<Int>()
    launch { repeat(items) { channel.send(ITEM) } }
    launch { repeat(items) { select { channel.onReceive { it } } } }
    Unit
  }

  @JvmStatic
  fun selectTwo(items: Int) = runBlocking(Dispatchers.Default) {
    val one = Channel<Int>()
    val other = Channel<Int>()
    launch { repeat(items / 2) { one.send(ITEM) } }
    launch { repeat(items / 2) { other.send(ITEM) } }
    launch {
      repeat(items) {
        select {
          one.onReceive { it }
          other.onReceive { it }
        }
      }
    }
    Unit
  }
}
