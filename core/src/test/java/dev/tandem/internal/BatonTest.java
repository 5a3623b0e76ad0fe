package dev.tandem.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import org.junit.jupiter.api.Test;

final class BatonTest {

  @Test
  void passOver_holderHasNotGoneOnYet_keepsItsTurn() throws Exception {
    var baton = new Baton(Turns.inOrder());
    baton.letGo();
    var turns = new Turn[1];
    var slow = new Thread(() -> turns[0].await(null, null));
    turns[0] = new Turn(slow, false);
    var next = new Turn(new Thread(() -> {}), false);
    baton.ready(turns[0]);
    baton.give();
    baton.ready(next);
    baton.passOver(slow, baton.steps());
    assertSame(slow, baton.holder());
    assertEquals(List.of(), baton.passedOver());
    slow.start();
    slow.join();
    baton.passOver(slow, baton.steps());
    assertSame(next.thread, baton.holder());
    assertEquals(List.of(slow), baton.passedOver());
  }
}
