package dev.nucleusdb.linearizability.isolation.transaction;

/// Parts of a history in words.
public final class Words {
  private static final int MOST_ELEMENTS = 12;

  private Words() {}

  /// A transaction's name.
  public static String of(TransactionHistory history, int transaction) {
    return "T" + (transaction + 1);
  }

  /// What a step read.
  public static String seen(TransactionHistory history, int readStep) {
    return history.kind(readStep).isListRead()
        ? list(history, readStep)
        : history.valueName(history.value(readStep)).toString();
  }

  /// The list that a step read; of a long one the end.
  public static String list(TransactionHistory history, int readStep) {
    int start = history.listStart(readStep);
    int end = history.listEnd(readStep);
    int from = Math.max(start, end - MOST_ELEMENTS);
    StringBuilder text = new StringBuilder(from > start ? "[… " : "[");
    for (int place = from; place < end; place++) {
      text.append(place > from ? " " : "").append(history.valueName(history.elements()[place]));
    }
    return text.append(']').toString();
  }
}
