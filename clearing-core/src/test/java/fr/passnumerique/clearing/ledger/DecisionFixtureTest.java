package fr.passnumerique.clearing.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The fixture must see what it is there to see: a room with one seat, booked rightly and wrongly.
 */
class DecisionFixtureTest {
  record Booked(String guest) implements Fact {
    @Override
    public Set<String> tags() {
      return Set.of("seat", "guest:" + guest);
    }
  }

  record Book(String guest, String boundary) implements Command<String> {}

  enum Full implements RefusalCode {
    SEAT_TAKEN;

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }
  }

  static final class Seat implements Register, Decider<Book, String> {
    private int booked;

    @Override
    public void fold(Fact fact, long position, Instant recordedAt) {
      booked++;
    }

    @Override
    public Class<Book> command() {
      return Book.class;
    }

    @Override
    public Decision<String> decide(Book command, Instant receivedAt) {
      return booked == 0
          ? Decision.accept(new Booked(command.guest), Boundary.of(command.boundary), command.guest)
          : Decision.refuse(
              Refusal.of(Full.SEAT_TAKEN, "guest", "the seat is taken", "take another"));
    }
  }

  private final Seat seat = new Seat();
  private final DecisionFixture room = DecisionFixture.of(List.of(seat), List.of(seat));

  @Test
  void ofTwoAtTheSameMomentOneIsSeatedWhenTheBoundaryNamesTheSeat() {
    var race = room.race(new Book("Ada", "seat"), new Book("Bob", "seat"));

    assertThat(race.decidedAgain()).isTrue();
    assertThat(race.second()).isInstanceOf(Outcome.Refused.class);
    assertThat(room.facts()).containsExactly(new Booked("Ada"));
  }

  @Test
  void bothAreSeatedWhenTheBoundaryForgetsTheSeat() {
    var race = room.race(new Book("Ada", "guest:Ada"), new Book("Bob", "guest:Bob"));

    assertThat(race.decidedAgain()).isFalse();
    assertThat(room.facts()).hasSize(2);
  }

  @Test
  void aCommandThatWouldBeRecordedTwiceWhenSentTwiceIsFound() {
    assertThatThrownBy(() -> room.when(new Book("Ada", "something:else")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("recorded twice");
  }

  @Test
  void whenDecidesAndRecordsNothingWhileSendRecords() {
    room.when(new Book("Ada", "seat")).thenRecords(new Booked("Ada")).thenAnswers("Ada");
    assertThat(room.facts()).isEmpty();

    room.send(new Book("Ada", "seat"));
    room.when(new Book("Bob", "seat"))
        .thenRefuses(Full.SEAT_TAKEN)
        .about("guest")
        .saying("another");
  }
}
