// java -cp core/target/tandem-core-0.1.0-SNAPSHOT.jar samples/compact/HelloAsync.java

import static java.time.Duration.ofMillis;

import dev.tandem.Tandem;

void main() throws InterruptedException {
  Tandem.run(
      main -> {
        IO.println("Hello");
        Tandem.sleep(ofMillis(500));
        IO.println("... Tandem!");
      });
}
