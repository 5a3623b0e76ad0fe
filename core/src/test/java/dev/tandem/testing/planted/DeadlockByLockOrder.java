package dev.tandem.testing.planted;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.TaskGroup;
import dev.tandem.sync.AsyncLock;
import java.util.List;

/** Two that each have what the other wants. */
final class DeadlockByLockOrder extends Planted<DeadlockByLockOrder.Transfer> {

  DeadlockByLockOrder() {
    super(
        "deadlock by lock order",
        () -> DeadlockByLockOrder::wrongly,
        () -> DeadlockByLockOrder::rightly);
  }

  static final class Account {
    final int number;
    final AsyncLock lock;
    int balance = 100;

    Account(int number) {
      this.number = number;
      lock = AsyncLock.create("account-" + number);
    }
  }

  interface Transfer {
    void transfer(Account from, Account to, int amount) throws InterruptedException;
  }

  private static void wrongly(Account from, Account to, int amount) throws InterruptedException {
    move(from, to, from, to, amount);
  }

  private static void rightly(Account from, Account to, int amount) throws InterruptedException {
    Account first = from.number < to.number ? from : to;
    move(first, first == from ? to : from, from, to, amount);
  }

  private static void move(Account first, Account second, Account from, Account to, int amount)
      throws InterruptedException {
    try (var _ = first.lock.lock();
        var _ = second.lock.lock()) {
      from.balance -= amount;
      to.balance += amount;
    }
  }

  @Override
  void program(TaskGroup around, Transfer bank) throws InterruptedException {
    var one = new Account(1);
    var two = new Account(2);
    TaskGroup.run(
        (TaskGroup group) -> {
          group.start("there", () -> bank.transfer(one, two, 10));
          group.start("back", () -> bank.transfer(two, one, 20));
        });
    assertEquals(List.of(110, 90), List.of(one.balance, two.balance));
  }
}
