package dev.nucleusdb.cli.simulate;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// One of several machines that share a campaign: it runs every `count`-th seed.
///
/// @param index which one, from 1
/// @param count of how many
public record Shard(long index, long count) {
  /// All seeds.
  public static final Shard WHOLE = new Shard(1, 1);

  /// How many of `runs` worlds fall to this shard.
  long share(long runs) {
    return runs / count + (runs % count >= index ? 1 : 0);
  }

  /// Reads `I/N`.
  public static final class Converter implements ITypeConverter<Shard> {
    @Override
    public Shard convert(String text) {
      String[] parts = text.split("/", -1);
      try {
        Shard shard = new Shard(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
        if (parts.length == 2 && shard.index >= 1 && shard.index <= shard.count) {
          return shard;
        }
      } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
        // Said below.
      }
      throw new TypeConversionException(
          "'" + text + "' is no shard; write I/N with I from 1 to N, such as 2/8");
    }
  }
}
