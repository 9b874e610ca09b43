package dev.nucleusdb.linearizability.reader;

import dev.nucleusdb.linearizability.isolation.transaction.DataModel;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Reads histories of transactions from files and texts, in the formats of [HistoryReader]: events
/// whose function is `txn` and whose value is a list of steps, `[append KEY VALUE]`, `[r KEY
/// VALUE]` or `[w KEY VALUE]`.
public final class TransactionReader {
  private TransactionReader() {}

  /// Reads a file.
  ///
  /// @throws MalformedHistoryException if the file is too large or cannot be understood
  /// @throws IOException if the file cannot be read
  public static TransactionHistory read(Path file, ReadOptions options, DataModel model)
      throws IOException, MalformedHistoryException {
    return read(file.toString(), HistoryReader.bytes(file, options), options, model);
  }

  /// Reads a stream to its end.
  ///
  /// @param source a name for where the bytes come from, for errors
  /// @throws MalformedHistoryException if there are too many bytes or they cannot be understood
  /// @throws IOException if the stream cannot be read
  public static TransactionHistory read(
      InputStream in, String source, ReadOptions options, DataModel model)
      throws IOException, MalformedHistoryException {
    return read(source, HistoryReader.bytes(in, source, options), options, model);
  }

  /// Reads a stream of lists or registers: lists if the word `append` is anywhere in it.
  ///
  /// @throws MalformedHistoryException if there are too many bytes or they cannot be understood
  /// @throws IOException if the stream cannot be read
  public static TransactionHistory read(InputStream in, String source, ReadOptions options)
      throws IOException, MalformedHistoryException {
    byte[] bytes = HistoryReader.bytes(in, source, options);
    boolean lists = TextScanner.decode(source, bytes).holds("append");
    return read(source, bytes, options, lists ? DataModel.LISTS : DataModel.REGISTERS);
  }

  /// Reads a text.
  ///
  /// @param source a name for where the text came from, for errors
  /// @throws MalformedHistoryException if the text cannot be understood
  public static TransactionHistory read(
      String source, String text, ReadOptions options, DataModel model)
      throws MalformedHistoryException {
    return read(source, text.getBytes(StandardCharsets.UTF_8), options, model);
  }

  private static TransactionHistory read(
      String source, byte[] bytes, ReadOptions options, DataModel model)
      throws MalformedHistoryException {
    TextScanner in = TextScanner.decode(source, bytes);
    HistoryFormat format = HistoryReader.formatOf(in, options);
    boolean timesCount = format == HistoryFormat.JSON_LINES || format == HistoryFormat.JSON;
    TransactionAssembler assembler = new TransactionAssembler(in, timesCount, model);
    HistoryReader.feed(in, format, assembler::add);
    return assembler.assemble();
  }
}
