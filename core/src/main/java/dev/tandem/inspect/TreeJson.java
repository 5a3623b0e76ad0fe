package dev.tandem.inspect;

import dev.tandem.internal.TreeNode;
import dev.tandem.internal.TreeNode.Kind;
import dev.tandem.internal.TreeNode.Limit;
import dev.tandem.internal.TreeNode.Picture;
import dev.tandem.internal.TreeNode.Stop;
import dev.tandem.internal.TreeNode.Wait;
import java.util.List;
import java.util.Locale;

/** The tree of tasks as JSON. */
final class TreeJson {

  private final Json json = new Json();

  private TreeJson() {}

  static String tree(Picture picture) {
    var tree = new TreeJson();
    tree.json.open('{').name("roots").open('[');
    picture.roots().forEach(root -> tree.node(root, true));
    return tree.end(picture);
  }

  static String table(Picture picture) {
    var tree = new TreeJson();
    tree.json.open('{').name("tasks").open('[');
    picture.roots().forEach(tree::flat);
    return tree.end(picture);
  }

  private String end(Picture picture) {
    json.close(']').name("circles");
    texts(picture.cycles());
    return json.name("leftOut").value(picture.leftOut()).close('}').toString();
  }

  private void flat(TreeNode node) {
    if (node.kind() != Kind.GROUP) {
      node(node, false);
    }
    node.below().forEach(this::flat);
  }

  private void node(TreeNode node, boolean withChildren) {
    json.open('{');
    json.name("kind").value(lower(node.kind()));
    json.name("label").value(node.label());
    json.name("path").value(node.path());
    boolean hasThread = node.threadId() != 0;
    json.name("state").value(node.kind() == Kind.GROUP ? null : lower(node.activity()));
    json.name("threadId");
    if (hasThread) {
      json.value(node.threadId());
    } else {
      json.value(null);
    }
    json.name("waitsFor");
    waitsFor(node);
    json.name("at").value(node.at().isEmpty() ? null : node.at());
    json.name("deadlines").open('[');
    for (Limit limit : node.limits()) {
      json.open('{').name("owner").value(limit.owner());
      json.name("left").seconds(limit.left()).close('}');
    }
    json.close(']').name("cancellation");
    cancellation(node);
    json.name("age").seconds(node.age());
    if (withChildren) {
      json.name("children").open('[');
      node.below().forEach(child -> node(child, true));
      json.close(']');
    }
    json.close('}');
  }

  private void waitsFor(TreeNode node) {
    Wait wait = node.waitsFor();
    if (wait == null) {
      json.value(null);
      return;
    }
    json.open('{').name("kind").value(wait.kind());
    json.name("name").value(wait.name().isEmpty() ? null : wait.name());
    json.name("state").value(wait.state().isEmpty() ? null : wait.state());
    json.name("holders");
    texts(wait.holders());
    json.name("words").value(wait.words());
    json.name("lasts").seconds(wait.since()).close('}');
  }

  private void cancellation(TreeNode node) {
    Stop stop = node.stop();
    if (stop == null) {
      json.value(null);
      return;
    }
    json.open('{').name("reason").value(stop.words());
    json.name("requester").value(stop.by().isEmpty() ? null : stop.by());
    json.name("ago").seconds(stop.since()).close('}');
  }

  private void texts(List<String> texts) {
    json.open('[');
    texts.forEach(json::value);
    json.close(']');
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
