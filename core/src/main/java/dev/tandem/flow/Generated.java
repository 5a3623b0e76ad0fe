package dev.tandem.flow;

import dev.tandem.internal.Backstage;

/** The elements that a generator puts out, in a task of its own. */
final class Generated<T> extends PipeStage<T> implements Output<T> {

  private final Generator<T, ? extends Exception> body;

  // Volatile: tasks that the body has let escape may still call.
  private volatile boolean over;

  Generated(int room, Generator<T, ? extends Exception> body) {
    super(room);
    this.body = body;
  }

  @Override
  public void emit(T item) throws InterruptedException {
    Nulls.refuse(item, "the generator");
    if (over) {
      throw new IllegalStateException("the generator has returned; emit before that");
    }
    if (!pipe.put(item)) {
      throw Backstage.get().requested("nobody asks this generator any more").exception(true);
    }
  }

  @Override
  void sourcesBegin(Run current) {}

  @Override
  void startTasks(Tasks newTasks) {
    newTasks.start("generate", this::generate);
  }

  private void generate() throws Exception {
    try {
      body.run(this);
    } finally {
      over = true;
    }
  }
}
