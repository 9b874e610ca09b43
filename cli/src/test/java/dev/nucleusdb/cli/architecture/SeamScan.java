package dev.nucleusdb.cli.architecture;

import de.thetaphi.forbiddenapis.Checker;
import de.thetaphi.forbiddenapis.CheckerResult;
import de.thetaphi.forbiddenapis.ForbiddenApiException;
import de.thetaphi.forbiddenapis.Logger;
import de.thetaphi.forbiddenapis.ParseException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Runs the engine of the seam check over single classes, with the lists that the build reads.
final class SeamScan {
  static final String SIGNATURES = "build/forbidden-seams.txt";
  private static final Pattern USE =
      Pattern.compile("Forbidden [\\w/ ]+: (\\S+).*", Pattern.DOTALL);

  private SeamScan() {}

  /// Binary class name to the forbidden signatures that it uses: `java.lang.System#nanoTime()`.
  static Map<String, Set<String>> forbidden(Path root, Map<String, byte[]> classes) {
    Checker checker = new Checker(new Silence(), SeamScan.class.getClassLoader());
    Map<String, Set<String>> forbidden = new TreeMap<>();
    try {
      checker.addBundledSignatures("jdk-unsafe", "25");
      checker.parseSignaturesFile(root.resolve(SIGNATURES).toFile());
      for (Map.Entry<String, byte[]> entry : classes.entrySet()) {
        checker.streamReadClassToCheck(new ByteArrayInputStream(entry.getValue()), entry.getKey());
      }
      for (CheckerResult result : checker.runWithResults()) {
        Set<String> signatures = new TreeSet<>();
        result.getViolations().forEach(violation -> addUse(violation.description, signatures));
        if (!signatures.isEmpty()) {
          forbidden.put(result.getClassName(), signatures);
        }
      }
      return forbidden;
    } catch (IOException | ParseException | ForbiddenApiException e) {
      throw new IllegalStateException("the signature file is unusable", e);
    }
  }

  private static void addUse(String description, Set<String> signatures) {
    Matcher use = USE.matcher(description);
    if (use.matches()) {
      signatures.add(use.group(1));
    }
  }

  /// What the engine would tell a person; the results say the same.
  private static final class Silence implements Logger {
    @Override
    public void error(String line) {}

    @Override
    public void warn(String line) {}

    @Override
    public void info(String line) {}

    @Override
    public void debug(String line) {}
  }
}
