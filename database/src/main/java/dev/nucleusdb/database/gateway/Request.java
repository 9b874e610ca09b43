package dev.nucleusdb.database.gateway;

import dev.nucleusdb.database.api.Operation;
import java.time.Duration;
import java.util.List;

/// What a client asks of a node.
///
/// @param number the client's count of its requests
/// @param attempt the how manieth try of that request
/// @param body what is asked
public record Request(long number, int attempt, Body body) {
  /// The kinds of requests.
  public sealed interface Body {}

  /// A command for the replicated log.
  ///
  /// @param command what is to be done
  public record Write(Command command) implements Body {}

  /// A linearizable read.
  ///
  /// @param operation a get or a scan
  public record Read(Operation operation) implements Body {}

  /// A read of the node's own state, if that is young enough.
  ///
  /// @param operation a get or a scan
  /// @param stalenessMax how old it may be
  public record StaleRead(Operation operation, Duration stalenessMax) implements Body {}

  /// Leadership is to be handed over.
  ///
  /// @param node the id of the node that is to lead; 0 for whichever has most of the log
  public record Transfer(int node) implements Body {}

  /// Who takes part? Or, with voters, these are to take part and no others.
  ///
  /// @param voters who is to decide; none to change nothing
  /// @param learners who is to get the log and not to count
  public record Members(List<MemberAddress> voters, List<MemberAddress> learners) implements Body {}

  /// A node by its number.
  ///
  /// @param id from 1
  /// @param address where it is; empty if the cluster knows
  public record MemberAddress(int id, String address) {}

  /// How is the node?
  public record Status() implements Body {}
}
