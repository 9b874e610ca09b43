package dev.nucleusdb.scenarios.invariant;

import dev.nucleusdb.scenarios.cluster.Report;

/// **Vacuity**: a world in which nothing happens proves nothing. As many operations as there are
/// clients were done at least, and where faults that happen at a moment were drawn, some fault
/// happened. The second is not asked of worlds that only draw faults by chance.
public final class Vacuity {
  private Vacuity() {}

  /// Looks once, at the end of a world.
  ///
  /// @param okCount operations that were done
  /// @param clientCount clients
  /// @param faultsExpected whether faults that must happen were drawn
  /// @param faultCount faults that happened
  public static void check(
      long okCount, int clientCount, boolean faultsExpected, long faultCount, Report report) {
    if (okCount < clientCount) {
      report.broken("Vacuity", "only " + okCount + " operations were done");
    } else if (faultsExpected && faultCount == 0) {
      report.broken("Vacuity", "faults were drawn and none happened");
    }
  }
}
