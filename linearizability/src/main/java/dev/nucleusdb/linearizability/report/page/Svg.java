package dev.nucleusdb.linearizability.report.page;

import java.util.Locale;

/// Collects elements of a drawing. Positions are pixels, told to a tenth; texts are escaped here
/// and nowhere else.
final class Svg {
  private final StringBuilder elements = new StringBuilder();

  /// A rectangle with round corners.
  void rectangle(String style, double x, double y, double width, double height, int radius) {
    elements.append("<rect class=\"").append(style);
    attribute("x", x);
    attribute("y", y);
    attribute("width", width);
    attribute("height", height);
    attribute("rx", radius);
    elements.append("\"/>\n");
  }

  /// A path that begins at a point.
  ///
  /// @param rest what follows the first point, as SVG writes paths
  void path(String style, double x, double y, String rest) {
    elements.append("<path class=\"").append(style).append("\" d=\"M").append(number(x));
    elements.append(' ').append(number(y)).append(rest).append("\"/>\n");
  }

  /// A line of text that begins at a point, or stands around it if the style says so.
  void text(String style, double x, double y, String text) {
    elements.append("<text class=\"").append(style);
    attribute("x", x);
    attribute("y", y);
    elements.append("\">").append(Markup.text(text)).append("</text>\n");
  }

  /// Opens a group.
  ///
  /// @param role what it is to those who do not see it
  /// @param label what it says to them
  void open(String style, String role, String label) {
    elements.append("<g class=\"").append(style).append("\" role=\"").append(role);
    elements.append("\" aria-label=\"").append(Markup.text(label)).append("\">\n");
  }

  /// Opens a group for an operation, which can be chosen and says what it is.
  ///
  /// @param index the index of the operation
  void openOperation(String style, int index, String label) {
    String escaped = Markup.text(label);
    elements.append("<g class=\"op ").append(style).append("\" role=\"listitem\" tabindex=\"0\"");
    elements.append(" data-op=\"").append(index).append("\" aria-label=\"").append(escaped);
    elements.append("\">\n<title>").append(escaped).append("</title>\n");
  }

  /// Closes a group.
  void close() {
    elements.append("</g>\n");
  }

  /// A number as SVG writes it.
  static String number(double number) {
    return String.format(Locale.ROOT, "%.1f", number);
  }

  private void attribute(String name, double number) {
    elements.append("\" ").append(name).append("=\"").append(number(number));
  }

  /// The elements, in order.
  @Override
  public String toString() {
    return elements.toString();
  }
}
