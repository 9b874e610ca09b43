package dev.nucleusdb.linearizability.report.page;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A real browser without a window, if this machine has one.
///
/// @param program the program that starts it
/// @param folder where pages and its own files may be written
record Browser(Path program, Path folder) {
  /// A page after its scripts have run.
  ///
  /// @param document the elements as they are then
  /// @param complaints what the console said
  record Opened(String document, List<String> complaints) {}

  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final int TIMEOUT_SECONDS = 90;

  /// A browser of this machine, or nothing.
  static Optional<Browser> find(Path folder) {
    for (String place : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      for (String name : NAMES) {
        Path program = Path.of(place, name);
        if (Files.isExecutable(program)) {
          return Optional.of(new Browser(program, folder));
        }
      }
    }
    return Optional.empty();
  }

  /// A browser without a window shows no frames when nobody looks, so frames are made by timers.
  private static final String FRAMES =
      "<script>window.requestAnimationFrame = (then) => setTimeout(then, 1)</script>";

  /// Opens a page and runs a script of the test behind the page's own.
  Opened open(String page, String script) throws IOException, InterruptedException {
    Path file = folder.resolve("page.html");
    String behind = "<script type=\"module\">\n" + script + "\n</script>\n</body>";
    Files.writeString(file, page.replace("<head>", "<head>" + FRAMES).replace("</body>", behind));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--user-data-dir=" + folder.resolve("profile"),
                "--enable-logging=stderr",
                "--window-size=1400,1000",
                "--virtual-time-budget=20000",
                "--dump-dom",
                file.toUri().toString())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("the browser did not end within " + TIMEOUT_SECONDS + " s");
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    List<String> complaints = new ArrayList<>();
    for (String line : Files.readString(err, StandardCharsets.UTF_8).lines().toList()) {
      if (line.contains("CONSOLE")) {
        complaints.add(line);
      }
    }
    return new Opened(Files.readString(out, StandardCharsets.UTF_8), complaints);
  }
}
