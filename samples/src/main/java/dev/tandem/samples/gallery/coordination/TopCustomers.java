package dev.tandem.samples.gallery.coordination;

import dev.tandem.flow.AsyncIterator;
import dev.tandem.samples.gallery.Sample;
import java.util.List;

/**
 * A generator and the loop that reads it take turns: the next customer is looked up when the loop
 * asks for it, not before.
 */
public final class TopCustomers implements Sample {

  private static AsyncIterator<String> topCustomerDetails(int limit) throws InterruptedException {
    // asyncio:
    //   def get_top_customer_details(limit):
    //       for customer_id in get_top_customers(limit):
    //           yield get_customer_details(customer_id)
    //
    // Tandem:
    return AsyncIterator.generate(
        out -> {
          for (int customer : topCustomers(limit)) {
            out.emit(details(customer));
          }
        });
  }

  @Override
  public void run() throws InterruptedException {
    try (var customers = topCustomerDetails(3)) {
      for (String customer : customers) {
        IO.println("  loop:      a big deal for " + customer);
        IO.println("  loop:      " + customer + " is on the VIP list");
      }
    }
  }

  private static List<Integer> topCustomers(int limit) {
    IO.println("generator: asks for the top " + limit);
    return List.of(17, 4, 23, 8).subList(0, limit);
  }

  private static String details(int customer) {
    IO.println("generator: looks up customer " + customer);
    return "customer " + customer;
  }
}
