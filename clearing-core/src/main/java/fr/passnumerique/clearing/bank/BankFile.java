package fr.passnumerique.clearing.bank;

import static java.util.stream.Collectors.joining;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What one file of the bank says, whatever message and version it came in. It may name persons, so
 * nothing of it is printed.
 *
 * @param message such as {@code camt.053.001.08}
 * @param id of the message (MsgId)
 * @param createdOn Europe/Paris
 * @param reports statements or notifications, in the file's order
 * @param statuses of payments (pain.002)
 */
record BankFile(
    String message, String id, LocalDate createdOn, List<Report> reports, List<Status> statuses) {

  /**
   * A statement (camt.053), or a notification (camt.054), which has no balances.
   *
   * @param line of the file, as all that follow
   * @param number electronic or legal sequence number
   * @param page of a statement in several
   * @param bookings those that move money
   * @param pending entries that are not booked: they count for nothing yet
   * @param ofNothing booked entries of 0.00: they count for nothing
   */
  record Report(
      int line,
      String id,
      Optional<Long> number,
      Optional<Integer> page,
      Optional<Balances> balances,
      List<Booking> bookings,
      int pending,
      List<Booking> ofNothing) {
    /** All that is booked. */
    Stream<Booking> booked() {
      return Stream.concat(bookings.stream(), ofNothing.stream());
    }

    /** Of whose entries of nothing these count all the same. */
    Report counting(List<Booking> these) {
      return new Report(
          line,
          id,
          number,
          page,
          balances,
          Stream.concat(bookings.stream(), these.stream()).toList(),
          pending,
          List.of());
    }

    /**
     * The day on which a booking counts. A statement's balances say that it lies within its days,
     * also where the bank wrote another: what it booked too late for the statement of before, or
     * ahead of the next banking day. So it counts on the day that is nearest.
     */
    LocalDate dayOf(Booking booking) {
      LocalDate on = booking.bookedOn();
      if (balances.isEmpty()) {
        return on;
      }
      LocalDate from = balances.get().from();
      LocalDate to = balances.get().to();
      return on.isBefore(from) ? from : on.isAfter(to) ? to : on;
    }
  }

  /**
   * @param from first day
   * @param to last day: that of the closing balance
   */
  record Balances(LocalDate from, LocalDate to, long openingCents, long closingCents) {
    boolean covers(LocalDate day) {
      return !day.isBefore(from) && !day.isAfter(to);
    }
  }

  /**
   * One booked entry.
   *
   * @param reference the bank's own
   * @param bookedOn as the bank wrote it, Europe/Paris
   * @param cents above zero if money came in
   * @param reversal the bank takes back an entry of its own
   * @param payments at least one; their cents sum to the entry's
   * @param ofNothing payments of 0.00 beside them: they count for nothing
   * @param detailed whether the bank told the payments: if not, the only one is the entry itself
   * @param several whether it holds more than one, told or not
   */
  record Booking(
      int line,
      Optional<String> reference,
      LocalDate bookedOn,
      LocalDate valueOn,
      long cents,
      boolean reversal,
      List<Payment> payments,
      List<Payment> ofNothing,
      boolean detailed,
      boolean several) {
    /** Several payments of which the bank does not tell the amounts. */
    boolean lump() {
      return several && !detailed;
    }

    /**
     * All that says whose money its payments are, in no order: of two tellings that differ in it
     * one is wrong. Empty if the bank does not tell the payments.
     */
    String details() {
      return detailed ? details(payments.stream()) : "";
    }

    /**
     * {@link #details}, and as older ledgers have them: with the payments of 0.00. Nothing if the
     * bank does not tell the payments.
     */
    Set<String> tellings() {
      if (!detailed) {
        return Set.of();
      }
      return ofNothing.isEmpty()
          ? Set.of(details())
          : Set.copyOf(
              List.of(details(), details(Stream.concat(payments.stream(), ofNothing.stream()))));
    }

    private static String details(Stream<Payment> payments) {
      return payments.map(Payment::details).sorted().collect(joining("\n"));
    }

    /** Nor does what it is made of: payments that make up for each other move something. */
    boolean movesNothing() {
      return payments.stream().allMatch(payment -> payment.cents() == 0);
    }

    @Override
    public String toString() {
      return "Booking[line %d]".formatted(line);
    }
  }

  /**
   * One payment of an entry.
   *
   * @param returned reason of a returned credit transfer, ISO 20022; empty text if it has none
   * @param references structured creditor references
   * @param text unstructured remittance information
   * @param counterparty name of the other side
   * @param iban of the other side
   */
  record Payment(
      int line,
      long cents,
      Optional<String> reference,
      Optional<String> endToEnd,
      Optional<String> returned,
      List<String> references,
      String text,
      String counterparty,
      String iban) {
    /** Of a debit that names what it pays, the name alone decides. */
    private String details() {
      String named = cents + "|" + reference.orElse("") + "|" + endToEnd.orElse("");
      return cents < 0 && endToEnd.isPresent()
          ? named
          : String.join(
              "|",
              named,
              returned.map(reason -> "returned " + reason).orElse(""),
              references.stream().map(PaymentReferences::words).sorted().collect(joining(",")),
              PaymentReferences.words(text),
              PaymentReferences.words(counterparty));
    }

    @Override
    public String toString() {
      return "Payment[line %d]".formatted(line);
    }
  }

  /**
   * The bank's word on one payment of ours, or on all of a message.
   *
   * @param originalMessage MsgId of the file that we sent
   * @param paymentInformation PmtInfId in that file
   * @param endToEnd of the payment; empty if the whole message is meant
   * @param code such as ACSC or RJCT
   * @param reason of a rejection, ISO 20022
   * @param cents that the bank says it was about
   */
  record Status(
      int line,
      Optional<String> originalMessage,
      Optional<String> paymentInformation,
      Optional<String> endToEnd,
      String code,
      Optional<String> reason,
      Optional<Long> cents,
      LocalDate on) {
    @Override
    public String toString() {
      return "Status[line %d]".formatted(line);
    }
  }

  /** Of all bookings, in the file's order. */
  List<Payment> payments() {
    return reports.stream()
        .flatMap(report -> report.bookings().stream())
        .flatMap(booking -> booking.payments().stream())
        .toList();
  }

  @Override
  public String toString() {
    return "BankFile[%s]".formatted(message);
  }
}
