package dev.nucleusdb.core.system;

import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.disk.DiskException.Kind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Says in the disk's words what the operating system said. The JDK has no type for a full disk or
/// one that takes no writes: those are told by their text, which Linux, macOS and Windows word as
/// below.
final class DiskFailures {
  private static final List<String> FULL =
      List.of("no space left", "not enough space", "disk quota exceeded", "disk is full");
  private static final List<String> READ_ONLY =
      List.of("read-only file system", "media is write protected");

  private DiskFailures() {}

  /// @param path the file concerned, relative to the disk
  /// @param attempt what was tried, in words that follow on "could not"
  static DiskException of(String path, String attempt, IOException cause) {
    String reason = reasonOf(cause);
    return new DiskException(
        kindOf(cause, reason), path, "could not " + attempt + ": " + reason, cause);
  }

  private static Kind kindOf(IOException cause, String reason) {
    String text = reason.toLowerCase(Locale.ROOT);
    if (cause instanceof NoSuchFileException) {
      return Kind.NOT_FOUND;
    } else if (cause instanceof FileAlreadyExistsException) {
      return Kind.EXISTS;
    } else if (FULL.stream().anyMatch(text::contains)) {
      return Kind.NO_SPACE;
    } else if (READ_ONLY.stream().anyMatch(text::contains)) {
      return Kind.READ_ONLY;
    } else {
      return Kind.IO;
    }
  }

  private static String reasonOf(IOException cause) {
    @Nullable String message =
        cause instanceof FileSystemException named ? named.getReason() : cause.getMessage();
    if (message != null) {
      return message;
    }
    return switch (cause) {
      case NoSuchFileException _ -> "there is no such file";
      case FileAlreadyExistsException _ -> "there is such a file already";
      case AccessDeniedException _ -> "permission denied";
      default -> cause.toString();
    };
  }
}
