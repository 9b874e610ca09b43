package dev.nucleusdb.cli.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The checks that the build itself makes are still switched on.
class BuildGuardsTest {
  private final Repository repository = Repository.here();
  private final String pom = repository.read("pom.xml");

  @Test
  void the_root_pom_keeps_every_guard() {
    assertThat(Poms.missingGuards(pom)).isEmpty();
  }

  @Test
  void no_module_switches_a_guard_off() {
    for (String module : repository.modules()) {
      assertThat(repository.read(module + "/pom.xml"))
          .as("%s/pom.xml", module)
          .doesNotContain("spotless", "combine.self", "-Xep", "<failOnWarning>", "-nowarn");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          <arg>-Werror</arg>                              | warnings are errors
          -Xep:NullAway:ERROR                             | NullAway stops the build
          -Xplugin:ErrorProne                             | Error Prone runs
          <phase>process-sources</phase>                  | the format is checked
          <phase>process-classes</phase>                  | the seams are checked
          <arg>-Xdoclint:all,                             | dead doc links are found
          <bundledSignature>jdk-unsafe</bundledSignature> | the seam check reads its list
          """)
  void taking_a_guard_out_is_noticed(String words, String guard) {
    assertThat(pom).contains(words);
    assertThat(Poms.missingGuards(pom.replace(words, ""))).containsExactly(guard);
  }

  @Test
  void a_guard_in_a_comment_is_no_guard() {
    String commented = pom.replace("<arg>-Werror</arg>", "<!-- <arg>-Werror</arg> -->");
    assertThat(Poms.missingGuards(commented)).containsExactly("warnings are errors");
  }
}
