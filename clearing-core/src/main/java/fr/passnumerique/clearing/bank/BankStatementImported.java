package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The bank told the balance of the ring-fenced account, and every booking that led to it.
 *
 * @param statement names it, from its contents
 * @param reference the bank's own, without the account's IBAN that some banks write into it
 * @param number in the bank's sequence, if it counts
 * @param from first day, Europe/Paris
 * @param to last day: its closing balance is that of its evening
 * @param entries booked ones, known before or not
 * @param page of a statement that the bank tells in pages; each opens where the one before closes
 * @param bookings that it tells, by their names, known before or not: as many as its entries. Empty
 *     in facts from before they were told: which they were nobody can say then
 * @param message digest of the name of the message that told it first (MsgId): in another, it is
 *     told anew. Empty in facts from before it was kept
 * @param details of each of its bookings, in their order, a keyed digest of the payments that it
 *     tells of it: who pays, by which references, and how much; empty text of one whose payments it
 *     does not tell. Empty in facts from before it was kept
 */
public record BankStatementImported(
    String statement,
    String reference,
    @LeftOutWhenEmpty Optional<Long> number,
    LocalDate from,
    LocalDate to,
    long openingCents,
    long closingCents,
    int entries,
    @LeftOutWhenEmpty Optional<Integer> page,
    @LeftOutWhenEmpty List<String> bookings,
    @LeftOutWhenEmpty Optional<String> message,
    @LeftOutWhenEmpty List<String> details)
    implements Fact {

  /** That does not say in which message the bank told it. */
  public BankStatementImported(
      String statement,
      String reference,
      Optional<Long> number,
      LocalDate from,
      LocalDate to,
      long openingCents,
      long closingCents,
      int entries,
      Optional<Integer> page,
      List<String> bookings) {
    this(
        statement,
        reference,
        number,
        from,
        to,
        openingCents,
        closingCents,
        entries,
        page,
        bookings,
        Optional.empty(),
        List.of());
  }

  /** That does not say which bookings it tells, nor in which message. */
  public BankStatementImported(
      String statement,
      String reference,
      Optional<Long> number,
      LocalDate from,
      LocalDate to,
      long openingCents,
      long closingCents,
      int entries,
      Optional<Integer> page) {
    this(
        statement,
        reference,
        number,
        from,
        to,
        openingCents,
        closingCents,
        entries,
        page,
        List.of());
  }

  /**
   * Of the same name, number and days as one told before, and the same page, it should say the
   * same.
   */
  public boolean contradicts(BankStatementImported before) {
    return isToldAgainBy(before)
        && (openingCents != before.openingCents
            || closingCents != before.closingCents
            || entries != before.entries
            || saysWhich()
                && before.saysWhich()
                && !Set.copyOf(bookings).equals(Set.copyOf(before.bookings)));
  }

  /** Whether it is known which bookings it tells. */
  public boolean saysWhich() {
    return bookings.size() == entries;
  }

  /** Whether the bank called both the same, of the same days, and the same page. */
  public boolean isToldAgainBy(BankStatementImported other) {
    return isOf(other) && page.equals(other.page);
  }

  /** Whether the bank may have booked so on its days. */
  public boolean covers(LocalDate day) {
    return !day.isBefore(from) && !day.isAfter(to);
  }

  /**
   * Whether the other goes on where this one ends: its next page, or the next of a day of a bank
   * that neither numbers its statements nor their pages. One that opens and closes alike is not
   * taken for a part: it may as well say that the other's bookings never were.
   */
  public boolean leadsTo(BankStatementImported other) {
    if (!isOf(other)) {
      return false;
    }
    return page.isPresent() && other.page.isPresent()
        ? page.get() < other.page.get()
        : closesWhereOpens(other);
  }

  /** Whether the other, of whatever name or number, begins with the balance that this ends with. */
  public boolean closesWhereOpens(BankStatementImported other) {
    return closingCents == other.openingCents
        && openingCents != closingCents
        && other.openingCents != other.closingCents;
  }

  private boolean isOf(BankStatementImported other) {
    return reference.equals(other.reference)
        && number.equals(other.number)
        && from.equals(other.from)
        && to.equals(other.to);
  }

  @Override
  public Set<String> tags() {
    return Set.of("bank", "bank-statement:" + statement);
  }
}
