package dev.tandem.inspect;

import static dev.tandem.Tandem.timeout;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.TaskGroup;
import java.lang.management.ManagementFactory;
import javax.management.Attribute;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class InspectionTest {

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  private final ObjectName name = name();

  @AfterEach
  void allIsOffAgain() {
    Inspection.unregister();
    Inspection.recordTimes(false);
  }

  @Test
  void register_calledTwice_putsOneBeanThere() {
    assertFalse(server.isRegistered(name));
    Inspection.register();
    Inspection.register();
    assertTrue(server.isRegistered(name));
    Inspection.unregister();
    Inspection.unregister();
    assertFalse(server.isRegistered(name));
  }

  @Test
  void bean_operations_answerWithTextAndJson() throws Exception {
    Inspection.register();
    timeout(
        "look",
        ofSeconds(60),
        () -> {
          assertTrue(invoke("tree").contains("look: "), invoke("tree"));
          assertTrue(invoke("table").startsWith("THREAD"), invoke("table"));
          assertTrue(invoke("treeJson").startsWith("{\"roots\":[{"), invoke("treeJson"));
          assertTrue(invoke("tableJson").startsWith("{\"tasks\":[{"), invoke("tableJson"));
        });
  }

  @Test
  void bean_attribute_switchesTheTimes() throws Exception {
    Inspection.register();
    assertEquals(false, server.getAttribute(name, "RecordingTimes"));
    server.setAttribute(name, new Attribute("RecordingTimes", true));
    assertTrue(Inspection.isRecordingTimes());
  }

  @Test
  void recordTimes_taskWithoutAName_namesItsThread() throws Exception {
    Inspection.recordTimes(true);
    TaskGroup.run(
        "fleet",
        (TaskGroup group) ->
            assertEquals(
                "fleet/task-1", group.start(() -> Thread.currentThread().getName()).await()));
    Inspection.recordTimes(false);
    TaskGroup.run(
        "fleet",
        (TaskGroup group) ->
            assertEquals("", group.start(() -> Thread.currentThread().getName()).await()));
  }

  @Test
  void threadName_ofATaskWithLines_hasOne() throws Exception {
    TaskGroup.run(
        (TaskGroup group) ->
            assertEquals(
                "a b", group.start("a\nb", () -> Thread.currentThread().getName()).await()));
  }

  private String invoke(String operation) throws Exception {
    return (String) server.invoke(name, operation, new Object[0], new String[0]);
  }

  private static ObjectName name() {
    try {
      return new ObjectName("dev.tandem:type=Tasks");
    } catch (MalformedObjectNameException e) {
      throw new AssertionError(e);
    }
  }
}
