package dev.nucleusdb.core.system;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/// A file channel that outlives an interrupt. The JDK closes a channel when a thread is interrupted
/// while it uses it, or was before, for everybody: in a library that lets callers' threads read and
/// write, one interrupted caller would stop the store. Here the file is opened again and the call
/// repeated: reads and writes name their offset, so doing one twice is doing it once. The interrupt
/// stays noted for the caller.
final class SteadyChannel {
  private final Path path;
  private final OpenOption[] how;
  private volatile FileChannel channel;
  private volatile boolean closed;

  /// @param how opens a file that is there
  SteadyChannel(Path path, FileChannel opened, OpenOption... how) {
    this.path = path;
    this.channel = opened;
    this.how = how;
  }

  @FunctionalInterface
  private interface Call<T> {
    T on(FileChannel channel) throws IOException;
  }

  int read(ByteBuffer into, long offset) throws IOException {
    int position = into.position();
    return steadily(open -> open.read(into.position(position), offset));
  }

  int write(ByteBuffer from, long offset) throws IOException {
    int position = from.position();
    return steadily(open -> open.write(from.position(position), offset));
  }

  void truncate(long sizeBytes) throws IOException {
    steadily(open -> open.truncate(sizeBytes));
  }

  long sizeBytes() throws IOException {
    return steadily(FileChannel::size);
  }

  MemorySegment map(long sizeBytes, Arena arena) throws IOException {
    return steadily(open -> open.map(MapMode.READ_ONLY, 0, sizeBytes, arena));
  }

  /// A part of the file that is there, as bytes that may be written.
  MemorySegment mapWritable(long offset, long sizeBytes, Arena arena) throws IOException {
    return steadily(open -> open.map(MapMode.READ_WRITE, offset, sizeBytes, arena));
  }

  /// The channel as it is: for the sync thread, which nobody interrupts.
  FileChannel channel() {
    return channel;
  }

  private <T> T steadily(Call<T> call) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        FileChannel open = channel;
        try {
          return call.on(open);
        } catch (ClosedChannelException e) {
          interrupted |= Thread.interrupted();
          revive(e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private synchronized void revive(ClosedChannelException why) throws IOException {
    if (closed) {
      throw why;
    }
    if (!channel.isOpen()) {
      channel = FileChannel.open(path, how);
    }
  }

  synchronized void close() {
    closed = true;
    FolderLock.closeQuietly(channel);
  }
}
