package fr.passnumerique.clearing.bank;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.bank.BankFile.Booking;
import fr.passnumerique.clearing.bank.KnownBookings.Before;
import fr.passnumerique.clearing.bank.KnownBookings.Found;
import fr.passnumerique.clearing.bank.entry.BankEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On a busy day a bank books thousands of credits of ten euros. */
class BookingsOfOneAmountTest {
  private static final String DAY = "2026-04-02";
  private static final int MANY = 1_000;

  private final KnownBookings known = new KnownBookings();
  private final AtomicInteger looks = new AtomicInteger();

  private static List<Booking> bookings(int many, String reference, String endToEnd) {
    Camt camt = Camt.notification("N");
    IntStream.range(0, many)
        .forEach(
            i ->
                camt.entry(
                    reference.isEmpty() ? "" : reference + i,
                    DAY,
                    1_000,
                    endToEnd.isEmpty() ? "" : endToEnd + i,
                    ""));
    return new BankFileReader(BankWorld.IBAN).read(camt.bytes()).reports().getFirst().bookings();
  }

  private List<Found> find(List<Booking> bookings) {
    return known.find(
        bookings,
        KnownBookings::digest,
        new Before(
            true,
            List.of(),
            Map.of(),
            Set.of(),
            _ -> {
              looks.incrementAndGet();
              return false;
            }));
  }

  private void record(List<Found> found) {
    for (Found one : found) {
      Booking booking = one.booking();
      known.add(
          new BankEntry(
              one.name(),
              booking.reference(),
              booking.bookedOn(),
              booking.valueOn(),
              booking.cents(),
              one.endToEnd(),
              Optional.empty()),
          booking.cents());
    }
  }

  /** How often each is looked at does not grow with how many there are. */
  @ParameterizedTest
  @ValueSource(strings = {"B-|", "|E-", "|"})
  void areFoundWithoutHoldingEachAgainstAll(String said) {
    String[] parts = said.split("\\|", -1);
    List<Booking> bookings = bookings(MANY, parts[0], parts[1]);
    List<Found> first = find(bookings);
    assertThat(first).noneMatch(Found::known);
    assertThat(first.stream().map(Found::name)).doesNotHaveDuplicates();
    record(first);

    List<Found> again = find(bookings);

    assertThat(again).allMatch(Found::known);
    assertThat(again.stream().map(Found::name).toList())
        .isEqualTo(first.stream().map(Found::name).toList());
    assertThat(looks).hasValueLessThan(20 * MANY);
  }

  @Test
  void areNewWhereNoneOfThoseThatAreAlikeIsTheSame() {
    record(find(bookings(MANY, "B-", "")));
    looks.set(0);

    assertThat(find(bookings(MANY, "C-", ""))).noneMatch(Found::known);

    assertThat(looks).hasValueLessThan(20 * MANY);
  }

  /** Without a reference of the bank's the same payer's is claimed ahead of one that gives none. */
  @Test
  void claimTheFirstOfThoseThatMayBeIt() {
    record(
        find(Stream.concat(bookings(2, "", "").stream(), bookings(1, "", "E-").stream()).toList()));

    List<Found> found = find(bookings(3, "B-", "E-"));

    assertThat(found.stream().map(one -> one.recorded().getFirst().entry().endToEnd().isPresent()))
        .containsExactly(true, false, false);
    assertThat(found.stream().map(Found::name)).doesNotHaveDuplicates();
  }
}
