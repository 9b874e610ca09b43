package dev.nucleusdb.database.gateway;

import dev.nucleusdb.database.gateway.Request.MemberAddress;
import dev.nucleusdb.database.wire.MembersReply;
import dev.nucleusdb.database.wire.MembersRequest;
import java.util.List;

/// Who takes part, to protobuf and back.
final class MembersCodec {
  private MembersCodec() {}

  static MembersRequest toWire(Request.Members members) {
    return MembersRequest.newBuilder()
        .addAllVoters(toWire(members.voters()))
        .addAllLearners(toWire(members.learners()))
        .build();
  }

  static Request.Members fromWire(MembersRequest wire) {
    return new Request.Members(fromWire(wire.getVotersList()), fromWire(wire.getLearnersList()));
  }

  static MembersReply toWire(Answer.Members members) {
    return MembersReply.newBuilder()
        .setDone(members.done())
        .setWords(members.words())
        .addAllVoters(toWire(members.voters()))
        .addAllLearners(toWire(members.learners()))
        .setChanging(members.changing())
        .build();
  }

  static Answer.Members fromWire(MembersReply wire) {
    return new Answer.Members(
        wire.getDone(),
        wire.getWords(),
        fromWire(wire.getVotersList()),
        fromWire(wire.getLearnersList()),
        wire.getChanging());
  }

  private static List<dev.nucleusdb.database.wire.MemberAddress> toWire(
      List<MemberAddress> members) {
    return members.stream()
        .map(member ->
            dev.nucleusdb.database.wire.MemberAddress.newBuilder()
                .setId(member.id())
                .setAddress(member.address())
                .build())
        .toList();
  }

  private static List<MemberAddress> fromWire(
      List<dev.nucleusdb.database.wire.MemberAddress> wire) {
    return wire.stream()
        .map(member -> new MemberAddress(member.getId(), member.getAddress()))
        .toList();
  }
}
