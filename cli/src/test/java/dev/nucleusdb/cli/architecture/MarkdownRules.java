package dev.nucleusdb.cli.architecture;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Rules over `.md` files: one title, and no relative link that leads nowhere. What stands in a
/// fence or in code marks is neither title nor link.
final class MarkdownRules {
  private static final Pattern FENCED =
      Pattern.compile("(?ms)^[ \\t]*(```|~~~).*?^[ \\t]*\\1[ \\t]*$");
  private static final Pattern CODE = Pattern.compile("`[^`\\n]*`");
  private static final Pattern TITLE = Pattern.compile("(?m)^# \\S");
  private static final Pattern LINK = Pattern.compile("\\]\\(\\s*<?([^)\\s>]+)>?[^)]*\\)");
  private static final Pattern DEFINITION = Pattern.compile("(?m)^\\[[^\\]]+\\]:\\s*(\\S+)");
  private static final Pattern ABSOLUTE = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*:.*");

  private MarkdownRules() {}

  /// Files that have no `#` title, or several.
  static List<String> titles(Map<String, String> texts) {
    List<String> breaches = new ArrayList<>();
    markdown(texts)
        .forEach((path, text) -> {
          long count = TITLE.matcher(FENCED.matcher(text).replaceAll("")).results().count();
          if (count != 1) {
            breaches.add(path + " has " + count + " titles");
          }
        });
    return breaches;
  }

  /// Relative links to what does not exist.
  ///
  /// @param exists whether there is a file or folder of this path from the root
  static List<String> deadLinks(Map<String, String> texts, Predicate<String> exists) {
    List<String> breaches = new ArrayList<>();
    markdown(texts)
        .forEach((path, text) -> {
          String prose = CODE.matcher(FENCED.matcher(text).replaceAll("")).replaceAll("");
          for (String target : targets(prose)) {
            if (!leadsSomewhere(path, target, exists)) {
              breaches.add(path + " links to " + target);
            }
          }
        });
    return breaches;
  }

  private static List<String> targets(String prose) {
    List<String> targets = new ArrayList<>();
    for (Pattern pattern : List.of(LINK, DEFINITION)) {
      Matcher found = pattern.matcher(prose);
      while (found.find()) {
        targets.add(found.group(1));
      }
    }
    return targets;
  }

  private static boolean leadsSomewhere(String path, String target, Predicate<String> exists) {
    String file = target.replaceFirst("#.*", "");
    if (file.isEmpty() || ABSOLUTE.matcher(target).matches()) {
      return true;
    }
    String from = "/" + path;
    String reached = URI.create(from).resolve(file).normalize().getPath().substring(1);
    return exists.test(reached);
  }

  private static Map<String, String> markdown(Map<String, String> texts) {
    Map<String, String> markdown = new TreeMap<>(texts);
    markdown.keySet().removeIf(path -> !path.endsWith(".md"));
    return markdown;
  }
}
