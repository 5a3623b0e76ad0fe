package dev.tandem.testing.planted;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.TaskGroup;
import dev.tandem.flow.AsyncQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** There is enough when it is looked at, and not any more when it is taken. */
final class CheckThenAct extends Planted<CheckThenAct.Account> {

  CheckThenAct() {
    super("check-then-act", Wrong::new, Right::new);
  }

  abstract static class Account {
    final AtomicInteger balance = new AtomicInteger(100);
    final AsyncQueue<String> ledger = AsyncQueue.unbounded();

    abstract boolean withdraw(int amount) throws InterruptedException;
  }

  private static final class Wrong extends Account {
    @Override
    boolean withdraw(int amount) throws InterruptedException {
      if (balance.get() < amount) {
        return false;
      }
      ledger.put("withdrawn: " + amount);
      balance.addAndGet(-amount);
      return true;
    }
  }

  private static final class Right extends Account {
    @Override
    boolean withdraw(int amount) throws InterruptedException {
      int before = balance.getAndUpdate(now -> now < amount ? now : now - amount);
      if (before < amount) {
        return false;
      }
      ledger.put("withdrawn: " + amount);
      return true;
    }
  }

  @Override
  void program(TaskGroup around, Account account) throws InterruptedException {
    TaskGroup.run(
        (TaskGroup customers) -> {
          customers.start(() -> account.withdraw(70));
          customers.start(() -> account.withdraw(70));
        });
    assertTrue(account.balance.get() >= 0, () -> "overdrawn: " + account.balance);
  }
}
