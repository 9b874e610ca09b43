package dev.nucleusdb.scenarios.bug;

import dev.nucleusdb.bitcask.BitcaskRules;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.UnaryOperator;

/// Bugs in what a store does if it is asked to: encryption, large values.
final class StoreOptionBugs {
  private StoreOptionBugs() {}

  static List<Bug> all() {
    return List.of(
        rules(
            "nonce-from-place",
            "a record is encrypted under a nonce that is made of its offset in its file",
            "Joux 2006; Böck et al., WOOT 2016",
            rules ->
                rules.withNonce((random, fileId, offset, into) ->
                    ByteBuffer.wrap(into).putLong(offset).putInt(0))),
        rules(
            "parts-not-freed",
            "what a large value was before it was overwritten stays for ever",
            "nutsdb 77, 488",
            rules -> rules.withFree(isAbandoned -> isAbandoned)),
        rules(
            "upload-forgotten",
            "what was written of a large value that never ended is not looked for",
            "multipart uploads of object stores that nobody completes",
            rules -> rules.withFree(isAbandoned -> !isAbandoned)));
  }

  private static Bug rules(
      String name, String description, String source, UnaryOperator<BitcaskRules> change) {
    return new Bug(
        name,
        description,
        source,
        blueprint -> blueprint.withBitcaskRules(change.apply(blueprint.bitcaskRules())));
  }
}
