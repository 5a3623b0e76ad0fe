package dev.tandem.inspect;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.TaskGroup;
import dev.tandem.sync.AsyncLock;
import dev.tandem.testing.VirtualTime;
import org.junit.jupiter.api.Test;

final class TreeJsonTest {

  @Test
  void json_ofAGroup_hasEveryField() throws Exception {
    var lock = AsyncLock.create("led\"ger");
    VirtualTime.run(
        (TaskGroup group) -> {
          group.start("a\n", () -> lock.run(() -> sleep(ofSeconds(9))));
          group.start("b", () -> lock.run(() -> {}));
          sleep(ofSeconds(1));
          TaskTree tree = TaskTree.of(group);
          assertEquals(
              """
              {"roots":[{"kind":"group","label":"the task group, 2 running","path":"","state":null,\
              "threadId":N,"waitsFor":null,"at":null,"deadlines":[],"cancellation":null,"age":null,\
              "children":[\
              {"kind":"task","label":"a ","path":"a\\n","state":"waiting","threadId":N,\
              "waitsFor":{"kind":"sleep","name":null,"state":"8.000 s left","holders":[],\
              "words":"sleep (8.000 s left)","lasts":null},\
              "at":null,"deadlines":[],"cancellation":null,"age":null,"children":[]},\
              {"kind":"task","label":"b","path":"b","state":"waiting","threadId":N,\
              "waitsFor":{"kind":"lock","name":"led\\"ger","state":null,"holders":["a "],\
              "words":"lock 'led\\"ger' held by a ","lasts":null},\
              "at":null,"deadlines":[],"cancellation":null,"age":null,"children":[]}]}],\
              "circles":[],"leftOut":0}\
              """,
              tree.json().replaceAll("\"threadId\":\\d+", "\"threadId\":N"));
          group.cancel("seen");
        });
  }

  @Test
  void tableJson_hasTasksAndNoGroups() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          group.start("a", () -> sleep(ofSeconds(9)));
          sleep(ofSeconds(1));
          assertEquals(
              """
              {"tasks":[{"kind":"task","label":"a","path":"a","state":"waiting","threadId":N,\
              "waitsFor":{"kind":"sleep","name":null,"state":"8.000 s left","holders":[],\
              "words":"sleep (8.000 s left)","lasts":null},\
              "at":null,"deadlines":[],"cancellation":null,"age":null}],\
              "circles":[],"leftOut":0}\
              """,
              TaskTree.of(group).tableJson().replaceAll("\"threadId\":\\d+", "\"threadId\":N"));
          group.cancel("seen");
        });
  }

  @Test
  void json_letters_areEscaped() {
    assertEquals(
        "[\"\\\"\\\\\\n"
            + "\\r"
            + "\\t\\u0000\\u001f\",null,\"\u00e4\uD83D\uDE00\",\"\\ud83d\",\"\\ude00x\"]",
        new Json()
            .open('[')
            .value("\"\\\n\r\t\0\u001f")
            .value(null)
            .value("\u00e4\uD83D\uDE00")
            .value("\uD83D")
            .value("\uDE00x")
            .close(']')
            .toString());
  }

  @Test
  void json_times_areInSecondsAndNullWhenUnknown() {
    assertEquals(
        "[1.500000000,null]",
        new Json().open('[').seconds(1_500_000_000).seconds(-1).close(']').toString());
  }
}
