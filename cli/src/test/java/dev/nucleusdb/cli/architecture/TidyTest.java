package dev.nucleusdb.cli.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The house is tidy, and each rule of tidiness finds its breach.
class TidyTest {
  private static final Repository REPOSITORY = Repository.here();
  private static final Map<String, String> TEXTS = REPOSITORY.texts();
  private static final Map<String, String> SOURCES = REPOSITORY.sources();

  @Test
  void files_methods_and_packages_keep_their_size() {
    assertThat(SOURCES).hasSizeGreaterThan(100);
    assertThat(Oversize.breaches(Oversize.measure(SOURCES), REPOSITORY.read(Oversize.LIST)))
        .isEmpty();
  }

  @Test
  void types_are_named_for_what_they_are() {
    assertThat(Tidiness.vagueNames(SOURCES)).isEmpty();
  }

  @Test
  void no_work_is_put_off_in_a_comment() {
    assertThat(Tidiness.notesToOneself(TEXTS)).isEmpty();
  }

  @Test
  void no_text_names_a_path_of_one_machine() {
    assertThat(Tidiness.foreignPaths(TEXTS)).isEmpty();
  }

  @Test
  void every_package_says_and_draws_what_it_is() {
    assertThat(Tidiness.undrawnPackages(SOURCES)).isEmpty();
  }

  @Test
  void every_document_has_one_title() {
    assertThat(MarkdownRules.titles(TEXTS)).isEmpty();
  }

  @Test
  void no_relative_link_is_dead() {
    assertThat(
            MarkdownRules.deadLinks(TEXTS, path -> Files.exists(REPOSITORY.root().resolve(path))))
        .isEmpty();
  }

  @Test
  void a_planted_long_file_a_long_method_and_a_full_package_are_reported() {
    String path = "core/src/main/java/p/Long.java";
    String method = "class Long {\n  void run() {\n" + "    call();\n".repeat(49) + "  }\n}\n";
    assertThat(Oversize.breaches(Oversize.measure(Map.of(path, method)), ""))
        .containsExactly("method " + path + "#run has 51, the limit is 50");
    assertThat(Oversize.breaches(Oversize.measure(Map.of(path, "\n".repeat(501))), ""))
        .containsExactly("file " + path + " has 501, the limit is 500");
    Map<String, String> crowd =
        IntStream.range(0, 21)
            .mapToObj(i -> "core/src/main/java/p/q/T" + i + ".java")
            .collect(Collectors.toMap(name -> name, name -> ""));
    assertThat(Oversize.breaches(Oversize.measure(crowd), ""))
        .containsExactly("package p.q has 21, the limit is 20");
  }

  @Test
  void an_entry_of_the_list_may_only_shrink() {
    String list = "# tolerated\nfile Big.java 600\n";
    assertThat(Oversize.breaches(Map.of("file Big.java", 600), list)).isEmpty();
    assertThat(Oversize.breaches(Map.of("file Big.java", 601), list))
        .containsExactly("file Big.java has 601, and build/oversize.txt tolerates 600");
    assertThat(Oversize.breaches(Map.of("file Big.java", 599), list))
        .containsExactly("file Big.java has shrunk to 599: say so in build/oversize.txt");
    assertThat(Oversize.breaches(Map.of("file Big.java", 500), list))
        .containsExactly("file Big.java has 500: take its entry out of build/oversize.txt");
    assertThat(Oversize.breaches(Map.of(), list)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "class RaftImpl {}",
        "record PeerInfo() {}",
        "class Outer { static class LogManager {} }",
        "interface TestHelper {}",
        "enum ByteUtil { A }",
        "class StringUtils {}",
        "class NodeBase {}",
        "class AbstractNode {}",
      })
  void a_planted_vague_name_is_reported(String source) {
    assertThat(Tidiness.vagueNames(Map.of("p/A.java", source))).hasSize(1);
  }

  @Test
  void names_that_only_look_vague_pass() {
    String source = "class Database { record Abstraction() {} enum Information { A } }";
    assertThat(Tidiness.vagueNames(Map.of("p/A.java", source))).isEmpty();
  }

  @Test
  void planted_notes_and_paths_are_reported_with_their_line() {
    assertThat(Tidiness.notesToOneself(Map.of("a.txt", "one\n// TO" + "DO: later\nFIX" + "ME")))
        .containsExactly("a.txt:2: TO" + "DO", "a.txt:3: FIX" + "ME");
    assertThat(
            Tidiness.foreignPaths(Map.of("a.md", "see\n`" + "/work" + "/shared/x`, /ho" + "me/me")))
        .hasSize(2)
        .first()
        .asString()
        .startsWith("a.md:2: ");
    assertThat(Tidiness.foreignPaths(Map.of("a.md", "src/work/x $HOME/home/x scenarios/workload")))
        .isEmpty();
  }

  @Test
  void a_planted_package_without_a_diagram_is_reported() {
    String folder = "core/src/main/java/p";
    assertThat(Tidiness.undrawnPackages(Map.of(folder + "/A.java", "class A {}")))
        .containsExactly(folder + " has no package-info.java");
    assertThat(Tidiness.undrawnPackages(Map.of(folder + "/package-info.java", "/// Words.\n")))
        .containsExactly(folder + "/package-info.java has no fenced diagram");
    assertThat(
            Tidiness.undrawnPackages(
                Map.of(folder + "/package-info.java", "/// ```\n/// a --> b\n/// ```\n")))
        .isEmpty();
  }

  @Test
  void planted_titles_and_links_are_reported() {
    String text =
        """
        # One
        ```sh
        # no title
        [no link](nowhere.md)
        ```
        # Two
        [a](b.md#part) [gone](gone.md) [up](../up.md "title") [web](https://example.org/x) [here](#one)
        """;
    Map<String, String> texts =
        Map.of("docs/a.md", text, "docs/none.md", "words", "a.txt", "words");
    assertThat(MarkdownRules.titles(texts))
        .containsExactly("docs/a.md has 2 titles", "docs/none.md has 0 titles");
    assertThat(
            MarkdownRules.deadLinks(
                texts, path -> path.equals("docs/b.md") || path.equals("up.md")))
        .containsExactly("docs/a.md links to gone.md");
  }
}
