package dev.tandem.samples.gallery.coordination;

import dev.tandem.flow.AsyncIterator;
import dev.tandem.samples.gallery.Sample;
import java.util.List;

/**
 * A generator and the loop that reads it take turns: the next customer is looked up when the loop
 * asks for it, not before. A generator that is a task of its own is one customer ahead instead, so
 * that nobody waits for a slow look-up longer than necessary.
 */
public final class TopCustomers implements Sample {

  private static AsyncIterator<String> topCustomerDetails(int limit) throws InterruptedException {
    // Python:
    //   def get_top_customer_details(limit):
    //       for customer_id in get_top_customers(limit):
    //           yield get_customer_details(customer_id)
    //
    // Tandem:
    return AsyncIterator.from(topCustomers(limit)).map(TopCustomers::details);
  }

  private static AsyncIterator<String> oneAhead(int limit) throws InterruptedException {
    return AsyncIterator.generate(
        out -> {
          for (int customer : topCustomers(limit)) {
            out.emit(details(customer));
          }
        });
  }

  @Override
  public void run() throws InterruptedException {
    IO.println("taking turns:");
    try (var customers = topCustomerDetails(3)) {
      sendDeals(customers);
    }

    IO.println("one ahead:");
    try (var customers = oneAhead(3)) {
      sendDeals(customers);
    }
  }

  private static void sendDeals(Iterable<String> customers) {
    for (String customer : customers) {
      IO.println("  loop:        a big deal for " + customer);
      IO.println("  loop:        " + customer + " is on the VIP list");
    }
  }

  private static List<Integer> topCustomers(int limit) {
    IO.println("  generator: asks for the top " + limit);
    return List.of(17, 4, 23, 8).subList(0, limit);
  }

  private static String details(int customer) {
    IO.println("  generator: looks up customer " + customer);
    return "customer " + customer;
  }
}
