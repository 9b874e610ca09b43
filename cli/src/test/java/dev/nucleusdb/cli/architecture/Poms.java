package dev.nucleusdb.cli.architecture;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the root pom binds: read from its text, so that no check can be taken out unseen.
final class Poms {
  private static final Pattern COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);
  private static final Pattern EXCLUDE = Pattern.compile("<exclude>([^<]+)</exclude>");

  private Poms() {}

  /// What stands in the `<excludes>` of the seam check.
  static List<String> excludedFromSeams(String pom) {
    return plugins(pom, "forbiddenapis").stream()
        .flatMap(plugin -> EXCLUDE.matcher(plugin).results())
        .map(MatchResult::group)
        .map(element -> element.replaceAll("</?exclude>", ""))
        .toList();
  }

  /// One line for each guard that the root pom no longer has.
  static List<String> missingGuards(String pom) {
    return Guard.ALL.stream().filter(guard -> !guard.standsIn(pom)).map(Guard::name).toList();
  }

  /// The `<plugin>` elements of an artifact, without comments.
  static List<String> plugins(String pom, String artifact) {
    Pattern plugin =
        Pattern.compile(
            "<plugin>(?:(?!</plugin>).)*?<artifactId>" + artifact + "</artifactId>.*?</plugin>",
            Pattern.DOTALL);
    Matcher found = plugin.matcher(COMMENT.matcher(pom).replaceAll(""));
    return found.results().map(MatchResult::group).toList();
  }

  /// One check of the build, and the words in a plugin's configuration that switch it on.
  ///
  /// @param name what the guard does
  /// @param artifact the plugin
  /// @param words all must stand in one `<plugin>` element of that artifact
  record Guard(String name, String artifact, List<String> words) {
    private static final String COMPILER = "maven-compiler-plugin";
    static final List<Guard> ALL =
        List.of(
            new Guard(
                "the format is checked",
                "spotless-maven-plugin",
                List.of("<phase>process-sources</phase>", "<goal>check</goal>")),
            new Guard(
                "google-java-format is the format",
                "spotless-maven-plugin",
                List.of("<googleJavaFormat>", "<include>src/*/java/**/*.java</include>")),
            new Guard("warnings are errors", COMPILER, List.of("<arg>-Werror</arg>")),
            new Guard("javac warns of all it knows", COMPILER, List.of("<arg>-Xlint:all,")),
            new Guard("dead doc links are found", COMPILER, List.of("<arg>-Xdoclint:all,")),
            new Guard(
                "Error Prone runs",
                COMPILER,
                List.of("-Xplugin:ErrorProne ", "<artifactId>error_prone_core</artifactId>")),
            new Guard(
                "NullAway stops the build",
                COMPILER,
                List.of(
                    "-Xep:NullAway:ERROR ",
                    "-XepOpt:NullAway:JSpecifyMode=true",
                    "<artifactId>nullaway</artifactId>")),
            new Guard(
                "the seams are checked",
                "forbiddenapis",
                List.of("<phase>process-classes</phase>", "<goal>check</goal>")),
            new Guard(
                "the seam check reads its list",
                "forbiddenapis",
                List.of(
                    "/build/forbidden-seams.txt</signaturesFile>",
                    "<bundledSignature>jdk-unsafe</bundledSignature>")));

    boolean standsIn(String pom) {
      return plugins(pom, artifact).stream()
          .anyMatch(plugin -> words.stream().allMatch(plugin::contains));
    }
  }
}
