package dev.nucleusdb.core.node;

import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.trace.TraceKind;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A node that cannot trust its files starts again without them: it sets them aside, and what
/// begins in their place knows itself, and is known to others, as a replacement, which has
/// forgotten what it promised.
///
/// Damage must be found at the same place several times: what a disk returns wrongly once is no
/// reason to forget anything.
public final class ReplacingNode implements Node {
  /// A folder was set aside.
  public static final TraceKind SET_ASIDE = TraceKind.of("node.set-aside", "number");

  private static final int READINGS = 3;

  private final NodeContext context;
  private final Function<NodeContext, Node> maker;
  private final SetAside aside;
  private final Consumer<String> notice;
  private @Nullable Node node;

  /// @param context the seams
  /// @param directories where on the disk the node keeps its files
  /// @param notice is told in one line what was set aside
  /// @param maker makes the node that starts, perhaps several times
  public ReplacingNode(
      NodeContext context,
      List<String> directories,
      Consumer<String> notice,
      Function<NodeContext, Node> maker) {
    this.context = context;
    this.maker = maker;
    this.aside = new SetAside(context.disk(), context.trace(), directories);
    this.notice = notice;
  }

  @Override
  public void start() {
    aside.resume();
    CorruptionException damage = readAgain();
    if (damage != null) {
      replace(damage);
    }
    aside.end();
    MetDamage.forget(context.disk());
  }

  /// @return what is damaged each time; null if the node has started
  private @Nullable CorruptionException readAgain() {
    CorruptionException found = null;
    for (int reading = 1; reading <= READINGS; reading++) {
      try {
        startAnother();
        sometimes("a node finds damage once and not again", found != null);
        return null;
      } catch (CorruptionException e) {
        if (found != null && !String.valueOf(found.getMessage()).equals(e.getMessage())) {
          throw e;
        }
        found = e;
      }
    }
    return found;
  }

  private void replace(CorruptionException damage) {
    if (!aside.hasRoom()) {
      throw new CorruptionException(
          damage.path(),
          damage.offset(),
          "damaged again; "
              + SetAside.KEPT_MAX
              + " damaged folders are kept already: replace the disk, or remove them");
    }
    sometimes("a damaged log was set aside", true);
    String folder = aside.begin(String.valueOf(damage.getMessage()));
    context.trace().event(SET_ASIDE, folder.charAt(folder.length() - 1) - '0', 0, 0);
    notice.accept(
        damage.getMessage()
            + "; the damaged files are kept in "
            + folder
            + ", and the others fill this node anew before it counts again");
    startAnother();
  }

  private void startAnother() {
    Node made = maker.apply(context);
    boolean started = false;
    try {
      made.start();
      node = made;
      started = true;
    } finally {
      if (!started) {
        made.stop();
      }
    }
  }

  @Override
  public void stop() {
    if (node != null) {
      node.stop();
    }
  }

  /// The node that has started.
  public Node node() {
    return Objects.requireNonNull(node, "before the start");
  }
}
