package fr.passnumerique.loadtest.model;

import fr.passnumerique.loadtest.model.Action.Booking;
import fr.passnumerique.loadtest.model.Action.Note;
import fr.passnumerique.loadtest.model.Action.Paid;
import fr.passnumerique.loadtest.model.Action.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the bank tells otherwise of a booking: whose its payments are, or how it is split. */
final class SplitStory {
  /** Of which the bank tells who pays it, and not for what of ours by a name that decides. */
  private static final Set<String> PAID_IN = Set.of("SHARE", "AGREEMENT", "CALL", "NOTHING");

  private final World world;
  private final Dice dice;

  SplitStory(World world, Dice dice) {
    this.world = world;
    this.dice = dice;
  }

  /**
   * One of the bookings of a statement that somebody has explained, and that no other statement
   * tells; null if there is none. What nobody has explained may be told better, and is the same.
   */
  @Nullable Booking toldByItAlone(Report statement, List<Action.ImportFile> files) {
    List<Booking> such =
        statement.bookings().stream()
            .filter(b -> !b.reference().isEmpty() && isExplained(b))
            .filter(b -> !b.batch().isEmpty() || b.cents() > 0 && PAID_IN.contains(b.note().kind()))
            .filter(
                b ->
                    files.stream()
                            .flatMap(file -> file.reports().stream())
                            .filter(Report::statement)
                            .filter(r -> r.bookings().stream().anyMatch(o -> same(o, b)))
                            .count()
                        == 1)
            .toList();
    return such.isEmpty() ? null : dice.of(such);
  }

  private static boolean same(Booking one, Booking other) {
    return one.number() == other.number();
  }

  private boolean isExplained(Booking booking) {
    return world.account.moved.getOrDefault(booking.number(), List.of()).stream()
        .anyMatch(moved -> !(moved instanceof Account.Moved.Open));
  }

  /** The same sum of the same day and reference, of others. */
  Booking otherwise(Booking booking, int number) {
    return new Booking(
        number,
        booking.reference(),
        booking.bookedOn(),
        booking.valueOn(),
        booking.cents(),
        booking.batch().isEmpty() ? anybody() : booking.note(),
        exchanged(booking.batch()));
  }

  private Note anybody() {
    World.Agreement agreement = dice.of(List.copyOf(world.agreements.values()));
    return new Note(
        "SHARE", agreement.signed.agreement(), dice.of(agreement.shares().toList()).funder(), "");
  }

  /** The first has what the last had, and the other way round. */
  private static List<Paid> exchanged(List<Paid> batch) {
    if (batch.size() < 2) {
      return batch;
    }
    List<Paid> other = new ArrayList<>(batch);
    other.set(0, new Paid(batch.getFirst().transfer(), batch.getLast().cents()));
    other.set(batch.size() - 1, new Paid(batch.getLast().transfer(), batch.getFirst().cents()));
    return List.copyOf(other);
  }

  /** Whether the bank tells anything else of it. */
  static boolean differ(Booking one, Booking other) {
    return !one.batch().equals(other.batch()) || other.batch().isEmpty();
  }
}
