package dev.nucleusdb.bench.storage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What Linux counts of this process, and of a folder.
///
/// @param writtenBytes bytes that it has caused to be written to disks: pages made dirty, whether
///   by calls or through mapped files; zero where there is no `/proc`
/// @param nativeBytes its anonymous memory beyond the JVM's heap: what native code and the JVM
///   itself have allocated
record ProcessUse(long writtenBytes, long nativeBytes) {

  static ProcessUse now() throws IOException {
    long anonymous = 1024 * field(Path.of("/proc/self/status"), "RssAnon:");
    return new ProcessUse(
        field(Path.of("/proc/self/io"), "write_bytes:"),
        anonymous - Runtime.getRuntime().totalMemory());
  }

  private static long field(Path file, String name) throws IOException {
    if (!Files.exists(file)) {
      return 0;
    }
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith(name)) {
        return Long.parseLong(line.substring(name.length()).replace("kB", "").strip());
      }
    }
    return 0;
  }

  /// What the files of a folder take on the disk: blocks, not lengths, since some files have holes.
  static long diskBytes(Path folder) throws IOException, InterruptedException {
    Process du = new ProcessBuilder(List.of("du", "-sk", folder.toString())).start();
    String said = new String(du.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    du.waitFor();
    return 1024 * Long.parseLong(said.split("\\s", 2)[0]);
  }
}
