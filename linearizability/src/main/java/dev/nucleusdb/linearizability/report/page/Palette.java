package dev.nucleusdb.linearizability.report.page;

import java.util.Locale;

/// The colours of pages and drawings, for a light and a dark background.
///
/// Kinds of operations have the colours of Okabe and Ito ("Color Universal Design", 2008), which
/// people with any kind of colour blindness tell apart; vermillion is kept for what contradicts
/// itself. No meaning hangs on colour alone: functions have their names, crashed operations open
/// ends, failed ones a cross, contradicting ones a heavy edge.
enum Palette {
  BACK("#ffffff", "#14171d"),
  PANEL("#f5f6f8", "#1c2129"),
  LINE("#d5d9e0", "#363e4b"),
  INK("#1b2230", "#e7ebf2"),
  SOFT("#596275", "#a7b0bf"),
  FAINT("#9aa3b2", "#717b8c"),
  ACCENT("#0b5cad", "#7db8ff"),
  GOOD("#146c3a", "#74d69b"),
  BAD("#b34700", "#ff9a4d"),
  OPEN("#7a5200", "#f0c75a"),
  CONTRADICTS("#d55e00", "#ff8a33"),
  /// Behind what contradicts itself.
  ALARM("#fdeadc", "#40281a"),
  KIND_0("#56b4e9", "#56b4e9"),
  KIND_0_FILL("#dceefa", "#1f3a4c"),
  KIND_1("#e69f00", "#e69f00"),
  KIND_1_FILL("#fbeccb", "#46350f"),
  KIND_2("#009e73", "#1fc397"),
  KIND_2_FILL("#d2efe6", "#123f33"),
  KIND_3("#cc79a7", "#d98bb6"),
  KIND_3_FILL("#f6e3ee", "#46293a"),
  KIND_4("#b8ad10", "#f0e442"),
  KIND_4_FILL("#f7f4c6", "#44411a");

  private final String light;
  private final String dark;

  Palette(String light, String dark) {
    this.light = light;
    this.dark = dark;
  }

  /// The variables of a page that follows the system until its reader chooses.
  static String variables() {
    return ":root {\n  color-scheme: light;\n"
        + declarations(false)
        + "}\n:root[data-theme=\"dark\"] {\n  color-scheme: dark;\n"
        + declarations(true)
        + "}\n@media screen and (prefers-color-scheme: dark) {\n"
        + ":root:not([data-theme=\"light\"]) {\n  color-scheme: dark;\n"
        + declarations(true)
        + "}\n}\n";
  }

  /// Rules for a drawing that stands alone and follows the system. Variables are replaced by what
  /// they are, since not every viewer of SVG knows them.
  ///
  /// @param rules in which colours stand as `var(--name)`
  static String resolved(String rules) {
    return replaced(rules, false)
        + "@media (prefers-color-scheme: dark) {\n"
        + replaced(rules, true)
        + "}\n";
  }

  private static String declarations(boolean dark) {
    StringBuilder text = new StringBuilder();
    for (Palette colour : values()) {
      text.append("  ").append(colour.variable()).append(": ");
      text.append(colour.value(dark)).append(";\n");
    }
    return text.toString();
  }

  private static String replaced(String rules, boolean dark) {
    String text = rules;
    for (Palette colour : values()) {
      text = text.replace("var(" + colour.variable() + ")", colour.value(dark));
    }
    return text;
  }

  private String value(boolean inTheDark) {
    return inTheDark ? dark : light;
  }

  private String variable() {
    return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
