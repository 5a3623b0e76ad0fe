package dev.tandem.inspect;

import dev.tandem.internal.TreeNode;
import dev.tandem.internal.TreeNode.Kind;
import dev.tandem.internal.TreeNode.Picture;
import dev.tandem.internal.TreeText;
import java.util.ArrayList;
import java.util.List;

/** The tasks as a table: thread, path, and what it does, one a line. */
final class Table {

  private static final int WIDEST = 60;

  private record Row(String thread, String task, String notes) {}

  private Table() {}

  static String of(Picture picture) {
    List<Row> rows = new ArrayList<>();
    rows.add(new Row("THREAD", "TASK", "STATE"));
    picture.roots().forEach(root -> add(rows, root));
    int thread = rows.stream().mapToInt(row -> Cells.width(row.thread)).max().orElse(0);
    int task = rows.stream().mapToInt(row -> Cells.width(row.task)).max().orElse(0);
    var text = new StringBuilder();
    for (Row row : rows) {
      pad(text, row.thread, thread);
      pad(text, row.task, Math.min(task, WIDEST));
      text.append(row.notes).append('\n');
    }
    return text.append(TreeText.closing(picture)).toString();
  }

  private static void add(List<Row> rows, TreeNode node) {
    if (node.kind() != Kind.GROUP) {
      String thread = node.threadId() == 0 ? "-" : Long.toString(node.threadId());
      boolean isTask = node.kind() == Kind.TASK && !node.path().isEmpty();
      rows.add(new Row(thread, isTask ? node.path() : node.label(), TreeText.notes(node)));
    }
    node.below().forEach(child -> add(rows, child));
  }

  private static void pad(StringBuilder text, String cell, int width) {
    text.append(Cells.padded(cell, width)).append("  ");
  }
}
