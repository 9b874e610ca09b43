package dev.nucleusdb.linearizability.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.linearizability.isolation.IsolationVerdict;
import dev.nucleusdb.linearizability.isolation.TransactionChecker;
import dev.nucleusdb.linearizability.isolation.level.IsolationLevel;
import dev.nucleusdb.linearizability.isolation.level.Patience;
import dev.nucleusdb.linearizability.isolation.transaction.DataModel;
import dev.nucleusdb.linearizability.reader.MalformedHistoryException;
import dev.nucleusdb.linearizability.reader.ReadOptions;
import dev.nucleusdb.linearizability.reader.TransactionReader;
import org.junit.jupiter.api.Test;

final class TransactionPageTest {
  private static final String SKEW =
      """
      {:process 0 :type :invoke :f :txn :value [[:append "<x>" 1] [:r 4 nil]]}
      {:process 1 :type :invoke :f :txn :value [[:append 4 1] [:r "<x>" nil]]}
      {:process 0 :type :ok :f :txn :value [[:append "<x>" 1] [:r 4 []]]}
      {:process 1 :type :ok :f :txn :value [[:append 4 1] [:r "<x>" []]]}
      {:process 2 :type :invoke :f :txn :value [[:r 4 nil]]}
      {:process 2 :type :ok :f :txn :value [[:r 4 [1]]]}
      """;

  private static IsolationVerdict verdict(String history) throws MalformedHistoryException {
    return TransactionChecker.checkLists(
        TransactionReader.read("test", history, ReadOptions.defaults(), DataModel.LISTS),
        Patience.endless());
  }

  @Test
  void a_cycle_is_shown_with_its_edges_and_all_levels() throws MalformedHistoryException {
    String page =
        TransactionPage.html("skew.edn", verdict(SKEW), IsolationLevel.STRICT_SERIALIZABLE);
    assertThat(page)
        .contains("Not strict-serializable")
        .contains("A cycle: G2-item")
        .contains("T1 before T2 (rw): ")
        .contains("back to T1")
        .contains("<td class=\"bad asked\">✕ G2-item</td>")
        .contains("<th scope=\"row\">snapshot-isolation</th><td class=\"good\">✓ holds</td>")
        .contains("\"kept\":[0,1]")
        .contains("heavy edge: contradicts itself")
        .contains("&lt;x&gt;")
        .doesNotContain("<x>");
  }

  @Test
  void a_level_that_holds_has_an_order_where_there_is_one() throws MalformedHistoryException {
    IsolationVerdict skew = verdict(SKEW);
    assertThat(TransactionPage.html("skew.edn", skew, IsolationLevel.SNAPSHOT_ISOLATION))
        .contains("Holds: snapshot-isolation")
        .contains("\"order\":[0,0,0]")
        .doesNotContain("A cycle");
    String serial = SKEW.lines().limit(1).findFirst().orElseThrow();
    IsolationVerdict alone =
        verdict(serial + "\n" + SKEW.lines().skip(2).findFirst().orElseThrow());
    assertThat(TransactionPage.html("one.edn", alone, IsolationLevel.STRICT_SERIALIZABLE))
        .contains("Holds: strict-serializable")
        .contains("\"order\":[1]");
  }

  @Test
  void a_drawing_stands_alone() throws MalformedHistoryException {
    String drawing = TransactionPage.svg(verdict(SKEW), IsolationLevel.SERIALIZABLE);
    assertThat(Xml.elements(drawing)).isNotEmpty();
    assertThat(drawing)
        .contains("Not serializable: G2-item")
        .contains("T2 before T1 (rw)")
        .contains("Strongest that holds: strong-snapshot-isolation.")
        .doesNotContain("read 4 [1]");
    assertThat(TransactionPage.svg(verdict("[]"), IsolationLevel.SERIALIZABLE))
        .contains("Holds: serializable");
  }
}
