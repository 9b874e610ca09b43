package dev.nucleusdb.linearizability.isolation;

import dev.nucleusdb.linearizability.Catalogue;
import dev.nucleusdb.linearizability.isolation.transaction.DataModel;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import dev.nucleusdb.linearizability.reader.JsonFile;
import java.util.List;
import java.util.Map;

/// Small histories of transactions with known standings on all levels: one file each under
/// `catalogue/transactions`, in the notation of [TransactionSketch].
final class TransactionCatalogue {
  /// One row.
  ///
  /// @param expect by level, whether it holds
  /// @param shows anomalies that must be among the findings
  record Row(
      String id,
      String name,
      List<String> transactions,
      Map<String, Boolean> expect,
      List<String> shows) {
    TransactionHistory history() {
      return TransactionSketch.of(DataModel.LISTS, transactions);
    }

    @Override
    public String toString() {
      return id + " " + name;
    }
  }

  private static final List<Row> ROWS =
      Catalogue.rows("catalogue/transactions", TransactionCatalogue::row);

  private TransactionCatalogue() {}

  static List<Row> rows() {
    return ROWS;
  }

  private static Row row(JsonFile file) {
    return new Row(
        file.text("id"),
        file.text("name"),
        file.texts("transactions"),
        file.truths("expect"),
        file.texts("shows"));
  }
}
