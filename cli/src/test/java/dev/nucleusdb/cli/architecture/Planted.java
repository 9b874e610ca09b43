package dev.nucleusdb.cli.architecture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// Compiles small sources in memory, so that each rule can be shown a breach.
final class Planted {
  private static final Pattern PACKAGE = Pattern.compile("package ([\\w.]+);");
  private static final Pattern TYPE = Pattern.compile("(?:class|interface|record|enum) (\\w+)");

  private Planted() {}

  /// The facts of the classes of these sources.
  static List<ClassFacts> classes(String... sources) {
    return bytes(sources).values().stream().map(ClassFacts::of).toList();
  }

  /// Binary name to class file. Each source names its package and opens with its top-level type.
  static Map<String, byte[]> bytes(String... sources) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter complaints = new StringWriter();
    try (Memory memory = new Memory(compiler.getStandardFileManager(null, null, null))) {
      List<Source> units = Arrays.stream(sources).map(Source::of).toList();
      List<String> options = List.of("-proc:none", "-XDrawDiagnostics");
      if (!compiler.getTask(complaints, memory, null, options, null, units).call()) {
        throw new IllegalArgumentException("the planted source does not compile: " + complaints);
      }
      return memory.bytes();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    private Source(URI uri, String text) {
      super(uri, Kind.SOURCE);
      this.text = text;
    }

    static Source of(String text) {
      String folder = first(PACKAGE, text).replace('.', '/');
      return new Source(URI.create("mem:///" + folder + "/" + first(TYPE, text) + ".java"), text);
    }

    private static String first(Pattern pattern, String text) {
      Matcher found = pattern.matcher(text);
      if (!found.find()) {
        throw new IllegalArgumentException("no " + pattern + " in " + text);
      }
      return found.group(1);
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, ByteArrayOutputStream> outputs = new TreeMap<>();

    Memory(JavaFileManager files) {
      super(files);
    }

    Map<String, byte[]> bytes() {
      Map<String, byte[]> bytes = new TreeMap<>();
      outputs.forEach((name, output) -> bytes.put(name, output.toByteArray()));
      return bytes;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
      URI uri = URI.create("mem:///" + className.replace('.', '/') + kind.extension);
      return new SimpleJavaFileObject(uri, kind) {
        @Override
        public OutputStream openOutputStream() {
          return outputs.computeIfAbsent(className, name -> new ByteArrayOutputStream());
        }
      };
    }
  }
}
