package fr.passnumerique.ui.words;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.bank.entry.BankEntry;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A movement on the ring-fenced account, as the bank tells it.
 *
 * @param booking names it in the ledger
 * @param reference the bank's own; empty if it gives none
 * @param bookedOn Europe/Paris
 * @param cents of the whole movement, or of the reader's part of it: below zero if money went out
 * @param part such as {@code partie 2 sur 17}, of a movement that holds several payments, or the
 *     charges in it; empty otherwise, and for whose part it is: it says that others have the rest
 * @param toldNoMore whether the bank told it and does not any more
 */
public record Booked(
    String booking,
    String reference,
    LocalDate bookedOn,
    LocalDate valueOn,
    long cents,
    String part,
    boolean toldNoMore) {

  static @Nullable Booked of(Optional<BankEntry> entry) {
    return entry.map(Booked::of).orElse(null);
  }

  public static Booked of(BankEntry entry) {
    return new Booked(
        entry.booking(),
        entry.part().flatMap(BankEntry.Part::reference).or(entry::reference).orElse(""),
        entry.bookedOn(),
        entry.valueOn(),
        entry.bookedCents(),
        entry.part().map(Booked::words).orElse(""),
        entry.leftBehind());
  }

  /**
   * As a reader may know it: of a movement with money of several, each is told its own.
   *
   * @param own cents of it that the reader's fact is about, above zero
   */
  public Booked to(Actor reader, long own) {
    return switch (reader.role()) {
      case CLERK, AUDITOR -> this;
      case FUNDER, VENUE, PRESCRIBER ->
          new Booked(
              booking, reference, bookedOn, valueOn, Long.signum(cents) * own, "", toldNoMore);
    };
  }

  /** What is told no more is named by what it was. */
  private static String words(BankEntry.Part part) {
    int place = (part.number() - 1) % part.of() + 1;
    boolean charges = (part.number() - 1) / part.of() % 2 == 1;
    if (part.of() == 1) {
      return charges ? "frais" : "";
    }
    return (charges ? "frais de la partie " : "partie ") + place + " sur " + part.of();
  }
}
