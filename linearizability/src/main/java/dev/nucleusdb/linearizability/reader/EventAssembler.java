package dev.nucleusdb.linearizability.reader;

import dev.nucleusdb.linearizability.history.Action;
import dev.nucleusdb.linearizability.history.History;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes a history of the events of one text.
///
/// If every value of a file is a pair of key and value, as jepsen.independent writes them, the
/// pairs are taken apart.
final class EventAssembler {
  private final TextScanner in;
  private final EventTeller teller;
  private final boolean timesCount;
  private final ReadOptions options;
  private final List<Event> events = new ArrayList<>();

  /// By operation, where its invocation stands.
  private final List<Integer> offsets = new ArrayList<>();

  private final History.Builder builder = History.builder();

  /// @param timesCount whether written times order the events; otherwise their places in the file
  ///   do
  EventAssembler(
      TextScanner in,
      ReadOptions options,
      NilMeaning nilMeaning,
      FailMeaning failMeaning,
      boolean timesCount) {
    this.in = in;
    this.options = options;
    this.teller = new EventTeller(builder, nilMeaning, failMeaning);
    this.timesCount = timesCount;
  }

  void add(Datum datum) throws MalformedHistoryException {
    Event event = Event.read(in, datum);
    if (event != null) {
      events.add(event);
    }
  }

  History assemble() throws MalformedHistoryException {
    boolean timed = timesCount && !events.isEmpty() && events.getFirst().time() != null;
    boolean paired = !events.isEmpty() && events.stream().allMatch(EventAssembler::isPair);
    for (int place = 0; place < events.size(); place++) {
      Event event = events.get(place);
      long time = timed || timesCount ? time(event, timed, place) : place;
      Event single = paired ? takeApart(event) : event;
      teller.tell(in, single, time);
      if (single.type() == Event.Type.INVOKE) {
        offsets.add(single.offset());
      }
    }
    History history = builder.build();
    raiseObjections(history);
    return history;
  }

  private long time(Event event, boolean timed, int place) throws MalformedHistoryException {
    Datum.Whole time = event.time();
    if (timed != (time != null)) {
      throw in.expected(event.offset(), "a time in every event or in none");
    }
    return time == null ? place : time.number();
  }

  /// Only a pair whose second part could stand alone counts, so that the two arguments of a `cas`
  /// are none.
  private static boolean isPair(Event event) {
    if (event.key() != null
        || !(event.value() instanceof Datum.Sequence pair)
        || pair.elements().size() != 2) {
      return false;
    }
    Datum second = pair.elements().get(1);
    if (event.function().equals("txn")) {
      return !(pair.elements().get(0) instanceof Datum.Sequence);
    }
    boolean two = second instanceof Datum.Sequence inner && inner.elements().size() == 2;
    return two || !event.function().equals("cas");
  }

  private static Event takeApart(Event event) {
    List<Datum> pair =
        event.value() instanceof Datum.Sequence(_, List<Datum> elements) ? elements : List.of();
    return new Event(
        event.offset(),
        event.process(),
        event.type(),
        event.function(),
        pair.get(0),
        pair.get(1),
        event.time());
  }

  private void raiseObjections(History history) throws MalformedHistoryException {
    for (int number = 0; number < history.operations().size(); number++) {
      Action action = history.operations().get(number).action();
      Optional<String> objection = options.objection().apply(action);
      if (objection.isPresent()) {
        throw in.expected(offsets.get(number), objection.get());
      }
    }
  }
}
