package dev.tandem.internal;

import static dev.tandem.internal.Linearizability.free;
import static dev.tandem.internal.Linearizability.modelled;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a thread has put in it finds, whatever happens to the page it is on. */
@Tag("lincheck")
public final class ThreadTableLincheckTest {

  /** Two pages for two threads each, in one place; three of the threads come and go. */
  @Param(name = "thread", gen = IntGen.class, conf = "0:2")
  public static final class Crowded {
    private final ThreadTable<String> table = new ThreadTable<>(2, 1);

    @Operation(nonParallelGroup = "thread 0")
    public String comeOrGo0() {
      return comeOrGo(0);
    }

    @Operation(nonParallelGroup = "thread 0")
    public String own0() {
      return table.own(0);
    }

    @Operation(nonParallelGroup = "thread 1")
    public String comeOrGo1() {
      return comeOrGo(1);
    }

    @Operation(nonParallelGroup = "thread 1")
    public String own1() {
      return table.own(1);
    }

    @Operation(nonParallelGroup = "thread 2")
    public String comeOrGo2() {
      return comeOrGo(2);
    }

    @Operation(nonParallelGroup = "thread 2")
    public String own2() {
      return table.own(2);
    }

    @Operation
    public String find(@Param(name = "thread") int thread) {
      return table.find(thread);
    }

    private String comeOrGo(int thread) {
      if (table.own(thread) == null) {
        return table.put(thread, "thing of " + thread);
      }
      table.remove(thread);
      return "gone";
    }
  }

  @Test
  void crowded_modelChecked_isLinearizable() {
    modelled().check(Crowded.class);
  }

  @Test
  void crowded_runningFree_isLinearizable() {
    free().check(Crowded.class);
  }

  /** Threads that come and go while their page loses its place to another, and retires. */
  public static final class Retiring {
    private final ThreadTable<String> table = new ThreadTable<>(2, 1);

    @Operation(nonParallelGroup = "thread 0")
    public String visit0() {
      return visit(0);
    }

    @Operation(nonParallelGroup = "thread 1")
    public String visit1() {
      return visit(1);
    }

    @Operation(nonParallelGroup = "thread 2")
    public String visit2() {
      return visit(2);
    }

    private String visit(int thread) {
      table.put(thread, "thing of " + thread);
      String found = table.own(thread);
      table.remove(thread);
      return found;
    }
  }

  @Test
  void retiring_modelChecked_isLinearizable() {
    modelled().check(Retiring.class);
  }

  @Test
  void retiring_runningFree_isLinearizable() {
    free().check(Retiring.class);
  }
}
