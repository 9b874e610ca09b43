package dev.nucleusdb.scenarios.bug;

import java.nio.ByteBuffer;
import java.util.List;

/// Bugs in what a store does if it is asked to.
final class StoreOptionBugs {
  private StoreOptionBugs() {}

  static List<Bug> all() {
    return List.of(
        new Bug(
            "nonce-from-place",
            "a record is encrypted under a nonce that is made of its offset in its file",
            "Joux 2006; Böck et al., WOOT 2016",
            blueprint ->
                blueprint.withBitcaskRules(
                    blueprint
                        .bitcaskRules()
                        .withNonce((random, fileId, offset, into) ->
                            ByteBuffer.wrap(into).putLong(offset).putInt(0)))));
  }
}
