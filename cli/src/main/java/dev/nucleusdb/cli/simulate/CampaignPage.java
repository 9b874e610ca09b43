package dev.nucleusdb.cli.simulate;

import dev.nucleusdb.cli.shell.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;

/// A campaign as one page that loads nothing: what was run, what failed, what was reached.
final class CampaignPage {
  private static final String STYLE =
      """
      :root{color-scheme:light dark;--line:color-mix(in srgb,currentColor 22%,transparent)}
      body{font:15px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}
      h1{font-size:1.4rem} h2{font-size:1.1rem;margin-top:2rem}
      table{border-collapse:collapse;width:100%} td,th{text-align:left;padding:.3rem .6rem;
      border-bottom:1px solid var(--line);vertical-align:top} td.n{text-align:right;
      font-variant-numeric:tabular-nums} code{font-size:.9em;overflow-wrap:anywhere}
      .bad{border-left:.4rem solid #d55e00;padding-left:.8rem}
      .good{border-left:.4rem solid #0072b2;padding-left:.8rem}
      .bar{display:inline-block;height:.7em;background:#0072b2}
      """;

  private CampaignPage() {}

  /// @throws UsageException if the file cannot be written
  static void write(Path file, String scenario, CampaignTally tally, double wallSeconds) {
    try {
      Files.writeString(file, html(scenario, tally, wallSeconds));
    } catch (IOException e) {
      throw new UsageException("cannot write " + file + ": " + e.getMessage());
    }
  }

  private static String html(String scenario, CampaignTally tally, double wallSeconds) {
    StringBuilder page =
        new StringBuilder("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">");
    page.append("<meta name=\"viewport\" content=\"width=device-width\"><title>Campaign: ");
    page.append(escape(scenario)).append("</title><style>").append(STYLE).append("</style>");
    page.append("<h1>").append(escape(scenario)).append("</h1>");
    boolean broken = !tally.failures().isEmpty();
    page.append("<p class=\"").append(broken ? "bad" : "good").append("\"><b>");
    page.append(
        broken
            ? tally.failures().size() + " kind(s) of failure"
            : tally.undecidedCount() > 0 ? "not decided" : "no violation");
    page.append("</b> in ").append(number(tally.worldCount())).append(" worlds, ");
    page.append(number((long) tally.simulatedSeconds())).append(" simulated seconds");
    page.append(
        wallSeconds > 0 ? String.format(Locale.ROOT, ", %.0f s of wall time", wallSeconds) : "");
    page.append("</p>");
    failures(page, tally);
    sums(page, tally);
    marks(page, tally);
    faults(page, tally);
    return page.append("</html>\n").toString();
  }

  private static void failures(StringBuilder page, CampaignTally tally) {
    if (tally.failures().isEmpty()) {
      return;
    }
    page.append(
        "<h2>Failures, by what they have in common</h2><table><tr><th>worlds<th>what"
            + "<th>first seen");
    tally.failures().entrySet().stream()
        .sorted(Comparator.comparingLong(entry -> -entry.getValue().count()))
        .forEach(entry -> {
          CampaignTally.Failure failure = entry.getValue();
          page.append("<tr><td class=\"n\">").append(number(failure.count()));
          page.append("<td>").append(escape(entry.getKey()));
          page.append("<td>").append(escape(failure.detail())).append("<br><code>");
          page.append(escape(failure.replay())).append("</code>");
        });
    page.append("</table>");
  }

  private static void sums(StringBuilder page, CampaignTally tally) {
    page.append("<h2>Sums</h2><table>");
    row(page, "events", tally.eventCount());
    row(page, "operations that succeeded", tally.operations().ok());
    row(page, "operations that failed", tally.operations().failed());
    row(page, "operations whose outcome is unknown", tally.operations().unknown());
    row(page, "histories that were not decided", tally.undecidedCount());
    row(page, "worlds that left another one's course", tally.branchCount());
    row(page, "abstract states reached", tally.states().size());
    page.append("<tr><td>digest of all worlds<td class=\"n\"><code>");
    page.append(String.format(Locale.ROOT, "%016x", tally.digest())).append("</code></table>");
  }

  private static void marks(StringBuilder page, CampaignTally tally) {
    long reached = tally.marks().values().stream().filter(count -> count > 0).count();
    page.append("<h2>Rare states: ").append(reached).append(" of ").append(tally.marks().size());
    page.append(" reached</h2><table>");
    tally.marks().entrySet().stream()
        .sorted(java.util.Map.Entry.comparingByValue())
        .forEach(entry -> {
          page.append(entry.getValue() == 0 ? "<tr class=\"bad\"><td>never: " : "<tr><td>");
          page.append(escape(entry.getKey()));
          page.append("<td class=\"n\">").append(number(entry.getValue()));
        });
    page.append("</table>");
  }

  private static void faults(StringBuilder page, CampaignTally tally) {
    page.append("<h2>Faults that struck</h2><table>");
    long most = tally.faults().toMap().values().stream().mapToLong(Long::longValue).max().orElse(1);
    tally
        .faults()
        .toMap()
        .forEach((family, count) -> {
          double width =
              count == 0 ? 0 : 100 * Math.log1p((double) count) / Math.log1p((double) most);
          page.append("<tr><td>").append(family.label());
          page.append("<td class=\"n\">").append(number(count));
          page.append("<td style=\"width:50%\"><span class=\"bar\" style=\"width:");
          page.append(String.format(Locale.ROOT, "%.0f", width)).append("%\"></span>");
        });
    page.append("</table>");
  }

  private static void row(StringBuilder page, String name, long value) {
    page.append("<tr><td>").append(name).append("<td class=\"n\">").append(number(value));
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
