package fr.passnumerique.ui;

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
 * @param cents of the whole movement: below zero if money went out
 * @param part such as {@code 2 sur 17}, of a movement that holds several payments; empty otherwise
 */
record Booked(
    String booking,
    String reference,
    LocalDate bookedOn,
    LocalDate valueOn,
    long cents,
    String part) {

  static @Nullable Booked of(Optional<BankEntry> entry) {
    return entry.map(Booked::of).orElse(null);
  }

  static Booked of(BankEntry entry) {
    return new Booked(
        entry.booking(),
        entry.part().flatMap(BankEntry.Part::reference).or(entry::reference).orElse(""),
        entry.bookedOn(),
        entry.valueOn(),
        entry.bookedCents(),
        entry.part().map(part -> part.number() + " sur " + part.of()).orElse(""));
  }
}
