package dev.nucleusdb.cli.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Rules over the text of files: names of types, notes to oneself, package documents, paths of
/// somebody's machine. Each gives one line for each breach.
final class Tidiness {
  /// `Base` alone is a word of the papers, the place where a log begins; behind another it is not.
  private static final Pattern VAGUE_NAME =
      Pattern.compile("Abstract[A-Z].*|.*(Impl|Manager|Helper|Utils?|Info)|.+Base");

  private static final Pattern NOTE_TO_ONESELF = Pattern.compile("\\b(TO[D]O|FIX[M]E|XX[X])\\b");
  private static final Pattern FOREIGN_PATH =
      Pattern.compile("(?<![\\w.$}*)-])/(work|root|home|Users)/\\w");
  private static final Pattern FENCE = Pattern.compile("^\\s*(///|\\*)?\\s*```");

  private Tidiness() {}

  /// Names that say nothing of what the type is.
  static List<String> vagueNames(Map<String, String> sources) {
    List<String> breaches = new ArrayList<>();
    SourceSizes.of(sources)
        .types()
        .forEach((path, names) ->
            names.stream()
                .filter(name -> VAGUE_NAME.matcher(name).matches())
                .forEach(name -> breaches.add(path + " declares " + name)));
    return breaches;
  }

  /// Work that was put off in a comment.
  static List<String> notesToOneself(Map<String, String> texts) {
    return found(texts, NOTE_TO_ONESELF);
  }

  /// Paths that exist on one machine only.
  static List<String> foreignPaths(Map<String, String> texts) {
    return found(texts, FOREIGN_PATH);
  }

  /// Main packages without a `package-info.java`, or with one that draws nothing.
  static List<String> undrawnPackages(Map<String, String> sources) {
    TreeSet<String> folders = new TreeSet<>();
    for (String path : sources.keySet()) {
      if (path.contains("/src/main/java/") && !path.endsWith("/module-info.java")) {
        folders.add(path.substring(0, path.lastIndexOf('/')));
      }
    }
    List<String> breaches = new ArrayList<>();
    for (String folder : folders) {
      String text = sources.get(folder + "/package-info.java");
      if (text == null) {
        breaches.add(folder + " has no package-info.java");
      } else if (text.lines().filter(line -> FENCE.matcher(line).find()).count() < 2) {
        breaches.add(folder + "/package-info.java has no fenced diagram");
      }
    }
    return breaches;
  }

  private static List<String> found(Map<String, String> texts, Pattern pattern) {
    List<String> breaches = new ArrayList<>();
    texts.forEach((path, text) -> {
      Matcher match = pattern.matcher(text);
      while (match.find()) {
        long line = text.substring(0, match.start()).lines().count();
        boolean atLineStart = match.start() == 0 || text.charAt(match.start() - 1) == '\n';
        breaches.add(path + ":" + (atLineStart ? line + 1 : line) + ": " + match.group());
      }
    });
    return breaches;
  }
}
