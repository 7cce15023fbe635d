package fr.passnumerique.clearing.ledger;

import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

/**
 * Something that happened and will never change: one row of the ledger.
 *
 * <p>Facts are coarse (an order of 100 000 cheques is one fact, a slip is one fact), immutable
 * records, named in the past tense, and keep their stored form for ever: a change of shape is a new
 * version with an upcaster in {@link FactCatalogue}. No fact holds the check part of a cheque code,
 * an IBAN, a contact or the name of a person.
 */
public interface Fact {
  long[] NO_CHEQUES = {};

  /**
   * The day in Paris on which it happened, where the fact tells one: a value date, the day of a
   * hand-out. Empty if it happened when it was recorded. The other clock is {@link
   * RecordedFact#recordedAt()}; a day that lies before or after the recorded one changes no answer
   * given before.
   */
  default Optional<LocalDate> happenedOn() {
    return Optional.empty();
  }

  /**
   * What this fact changes, as coarse {@code key:value} tags. A decision that looked at one of
   * these and is not yet recorded when this fact is, is decided again.
   */
  Set<String> tags();

  /**
   * The cheques whose life this fact changes one by one, as {@code Serial.key()}. Empty for facts
   * that change whole batches: those carry the batch's tag instead, because a tag per cheque would
   * be written and read per cheque (measured: 0.66–0.83 × the rate of the mutable table).
   */
  default long[] chequesTouched() {
    return NO_CHEQUES;
  }
}
