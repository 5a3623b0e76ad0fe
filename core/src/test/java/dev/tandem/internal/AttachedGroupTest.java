package dev.tandem.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class AttachedGroupTest {

  private static final class Beside extends AttachedGroup {
    private int ended;

    Beside(@Nullable Scope around) {
      super(null, around);
    }

    void bind() {
      attach();
    }

    @Override
    protected void end() {
      ended++;
      closeAttached();
    }
  }

  @Test
  void attach_beforeTheGroupAroundIsClosed_isClosedWithIt() {
    var around = new Beside(null);
    var inside = new Beside(around);
    inside.bind();
    around.close();
    around.close();
    assertEquals(1, around.ended);
    assertEquals(1, inside.ended);
  }

  @Test
  void attach_afterTheGroupAroundIsClosed_isClosedAtOnce() {
    var around = new Beside(null);
    around.close();
    var inside = new Beside(around);
    inside.bind();
    assertEquals(1, inside.ended);
  }
}
