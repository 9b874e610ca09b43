package dev.nucleusdb.cli.architecture;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// What the compiler's parser says of sources: how long each method is, and how types are called.
///
/// @param types path to the names of all its types, nested ones too
/// @param methods `path#method` to its lines, from the first annotation to the closing brace; of
///   overloads the longest
record SourceSizes(Map<String, List<String>> types, Map<String, Integer> methods) {

  /// Parses sources, given by path. They need not compile.
  static SourceSizes of(Map<String, String> sources) {
    SourceSizes sizes = new SourceSizes(new TreeMap<>(), new TreeMap<>());
    List<JavaFileObject> units = new ArrayList<>();
    sources.forEach((path, text) -> units.add(new Text(path, text)));
    List<String> options = List.of("-proc:none");
    JavacTask task =
        (JavacTask)
            ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, problem -> {}, options, null, units);
    SourcePositions positions = Trees.instance(task).getSourcePositions();
    try {
      for (CompilationUnitTree unit : task.parse()) {
        String path = unit.getSourceFile().toUri().getPath().substring(1);
        new Measure(path, unit, positions, sizes).scan(unit, null);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return sizes;
  }

  private static final class Measure extends TreeScanner<Void, Void> {
    private final String path;
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final SourceSizes sizes;

    Measure(String path, CompilationUnitTree unit, SourcePositions positions, SourceSizes sizes) {
      this.path = path;
      this.unit = unit;
      this.positions = positions;
      this.sizes = sizes;
    }

    @Override
    public Void visitClass(ClassTree type, Void unused) {
      if (!type.getSimpleName().isEmpty()) {
        sizes
            .types
            .computeIfAbsent(path, key -> new ArrayList<>())
            .add(type.getSimpleName().toString());
      }
      return super.visitClass(type, null);
    }

    @Override
    public Void visitMethod(MethodTree method, Void unused) {
      LineMap lines = unit.getLineMap();
      long first = lines.getLineNumber(positions.getStartPosition(unit, method));
      long last = lines.getLineNumber(positions.getEndPosition(unit, method));
      sizes.methods.merge(path + "#" + method.getName(), (int) (last - first + 1), Math::max);
      return super.visitMethod(method, null);
    }
  }

  private static final class Text extends SimpleJavaFileObject {
    private final String text;

    Text(String path, String text) {
      super(URI.create("mem:///" + path), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
