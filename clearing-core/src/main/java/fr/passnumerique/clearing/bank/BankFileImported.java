package fr.passnumerique.clearing.bank;

import com.fasterxml.jackson.annotation.JsonIgnore;
import fr.passnumerique.clearing.bank.BankEntryUnmatched.Why;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What a file of the bank came to.
 *
 * @param message such as {@code camt.053.001.08}
 * @param statements of a camt.053
 * @param entries each payment of each booked entry, in the file's order; then the returns that were
 *     told before and had waited for a debit of this file
 * @param transfers of a pain.002: what each status came to
 * @param known entries, statements and statuses that were recorded before
 * @param pending entries that the bank has not booked yet, and those that it notifies for a day to
 *     come: nothing is recorded of them
 * @param ofNothing booked entries of 0.00: they move nothing, and nothing is recorded of them
 * @param payments of the entries in their order, which payment of the file each tells, from 0; -1
 *     for one that is told as it is recorded. Not told to whoever sent the file
 */
public record BankFileImported(
    String message,
    List<Statement> statements,
    List<Entry> entries,
    List<Status> transfers,
    int known,
    int pending,
    int ofNothing,
    @JsonIgnore List<Integer> payments) {

  /**
   * @param already it was recorded before
   */
  public record Statement(
      String statement,
      String reference,
      LocalDate from,
      LocalDate to,
      long openingCents,
      long closingCents,
      boolean already) {}

  /** What an entry came to. */
  public enum Outcome {
    /** A funder's money. */
    RECEIVED,
    /** What a clerk had recorded by hand: nothing is added. */
    PROVED,
    /** A transfer of ours is paid. */
    PAID,
    /** A transfer came back: its amount is owed again, its account is closed. */
    RETURNED,
    /** What a venue was asked to pay back, by a debit note. */
    RECOVERED,
    /** To be explained by a clerk. */
    UNMATCHED,
    /** Recorded before. */
    KNOWN
  }

  /**
   * @param cents above zero if money came in, below if it went out
   */
  public record Entry(
      String entry,
      LocalDate bookedOn,
      long cents,
      Outcome outcome,
      Optional<String> agreement,
      Optional<String> funder,
      Optional<String> receipt,
      Optional<String> transfer,
      Optional<Why> why) {}

  /** What a status came to. */
  public enum Effect {
    /** Executed, by the bank's word: paid. */
    EXECUTED,
    /** Owed again, its account closed. */
    REJECTED,
    /** On its way: nothing is paid and nothing recorded. */
    UNDER_WAY,
    /** It contradicts what is recorded: listed for a clerk. */
    DISPUTED,
    /** Recorded before. */
    KNOWN
  }

  /**
   * @param transfer of ours; left out if it names none that was sent
   * @param status such as ACSC or RJCT
   * @param exception that it is listed as for a clerk, if it is new
   */
  public record Status(
      Optional<String> transfer,
      String status,
      Effect effect,
      Optional<String> reason,
      Optional<String> exception) {}
}
