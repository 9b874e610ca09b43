package dev.nucleusdb.database.gateway;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.nucleusdb.database.api.Operation;
import dev.nucleusdb.database.api.Reply;
import dev.nucleusdb.database.wire.KeyOperation;
import dev.nucleusdb.database.wire.KeyReply;
import dev.nucleusdb.database.wire.KeyValuePair;
import dev.nucleusdb.database.wire.OptionalBytes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Operations and replies to protobuf and back. Reading throws [IllegalArgumentException] for what
/// makes no sense; the text says what.
final class OperationCodec {
  private OperationCodec() {}

  static KeyOperation toWire(Operation operation) {
    KeyOperation.Builder builder = KeyOperation.newBuilder();
    return switch (operation) {
      case Operation.Get get ->
          builder.setKind(KeyOperation.Kind.GET).setKey(wrap(get.key())).build();
      case Operation.Put put ->
          builder
              .setKind(KeyOperation.Kind.PUT)
              .setKey(wrap(put.key()))
              .setValue(wrap(put.value()))
              .build();
      case Operation.Delete delete ->
          builder.setKind(KeyOperation.Kind.DELETE).setKey(wrap(delete.key())).build();
      case Operation.CompareAndSet cas ->
          builder
              .setKind(KeyOperation.Kind.COMPARE_AND_SET)
              .setKey(wrap(cas.key()))
              .setExpected(optional(cas.expected()))
              .setValue(wrap(cas.value()))
              .build();
      case Operation.Scan scan ->
          builder
              .setKind(KeyOperation.Kind.SCAN)
              .setKey(wrap(scan.prefix()))
              .setLimit(scan.limit())
              .build();
    };
  }

  static Operation fromWire(KeyOperation wire) {
    byte[] key = wire.getKey().toByteArray();
    return switch (wire.getKind()) {
      case GET -> new Operation.Get(key);
      case PUT -> new Operation.Put(key, wire.getValue().toByteArray());
      case DELETE -> new Operation.Delete(key);
      case COMPARE_AND_SET ->
          new Operation.CompareAndSet(
              key, bytes(wire.getExpected()), wire.getValue().toByteArray());
      case SCAN -> new Operation.Scan(key, wire.getLimit());
      case UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("an operation of an unknown kind");
    };
  }

  static KeyReply toWire(Reply reply) {
    KeyReply.Builder builder = KeyReply.newBuilder();
    switch (reply) {
      case Reply.Value value ->
          builder.setKind(KeyReply.Kind.VALUE).setValue(optional(value.value()));
      case Reply.Done _ -> builder.setKind(KeyReply.Kind.DONE);
      case Reply.Deleted deleted ->
          builder.setKind(KeyReply.Kind.DELETED).setFlag(deleted.existed());
      case Reply.Swapped swapped ->
          builder.setKind(KeyReply.Kind.SWAPPED).setFlag(swapped.swapped());
      case Reply.Found found -> {
        builder.setKind(KeyReply.Kind.FOUND).setFlag(found.more());
        for (Reply.Pair pair : found.pairs()) {
          builder.addPairs(
              KeyValuePair.newBuilder().setKey(wrap(pair.key())).setValue(wrap(pair.value())));
        }
      }
    }
    return builder.build();
  }

  static Reply fromWire(KeyReply wire) {
    return switch (wire.getKind()) {
      case VALUE -> new Reply.Value(bytes(wire.getValue()));
      case DONE -> new Reply.Done();
      case DELETED -> new Reply.Deleted(wire.getFlag());
      case SWAPPED -> new Reply.Swapped(wire.getFlag());
      case FOUND -> {
        List<Reply.Pair> pairs = new ArrayList<>(wire.getPairsCount());
        for (KeyValuePair pair : wire.getPairsList()) {
          pairs.add(new Reply.Pair(pair.getKey().toByteArray(), pair.getValue().toByteArray()));
        }
        yield new Reply.Found(pairs, wire.getFlag());
      }
      case UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("a reply of an unknown kind");
    };
  }

  private static OptionalBytes optional(byte @Nullable [] value) {
    OptionalBytes.Builder builder = OptionalBytes.newBuilder();
    return value == null ? builder.build() : builder.setPresent(true).setValue(wrap(value)).build();
  }

  private static byte @Nullable [] bytes(OptionalBytes wire) {
    return wire.getPresent() ? wire.getValue().toByteArray() : null;
  }

  private static ByteString wrap(byte[] bytes) {
    return UnsafeByteOperations.unsafeWrap(bytes);
  }
}
