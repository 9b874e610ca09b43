package dev.nucleusdb.linearizability.report.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Styles, scripts and templates that lie beside the classes of this package.
final class Resource {
  private Resource() {}

  static String text(String name) {
    try (@Nullable InputStream stream = Resource.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("the resource " + name + " is missing");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the resource " + name, e);
    }
  }

  /// A template with each `{{name}}` replaced once; what is put in is not looked at again.
  ///
  /// @throws IllegalStateException if the template asks for a part that is not there
  static String filled(String template, Map<String, String> parts) {
    StringBuilder page = new StringBuilder();
    int place = 0;
    while (true) {
      int begin = template.indexOf("{{", place);
      if (begin < 0) {
        return page.append(template, place, template.length()).toString();
      }
      int end = template.indexOf("}}", begin);
      String name = template.substring(begin + 2, end);
      @Nullable String part = parts.get(name);
      if (part == null) {
        throw new IllegalStateException("nobody gives the template its " + name);
      }
      page.append(template, place, begin).append(part);
      place = end + 2;
    }
  }
}
