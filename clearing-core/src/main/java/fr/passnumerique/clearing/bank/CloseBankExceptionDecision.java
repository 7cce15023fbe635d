package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.bank.ToldNoMore.LeftOut;
import fr.passnumerique.clearing.bank.entry.ExpectedCredits;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.settlement.TransferWord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where the bank has corrected a statement, what only its first telling told is taken out with it;
 * and so is what the statement of its day leaves out of what was notified.
 *
 * <p>One clerk does: the bank's own statement is the evidence, and nothing is paid to anybody.
 *
 * <p>Boundary: the exception, which is closed once; and where entries are taken out, all that the
 * bank has said, and what they had been explained as.
 */
final class CloseBankExceptionDecision implements Decider<CloseBankException, BankExceptionClosed> {
  private final BankRegister register;
  private final TransferWord word;
  private final AskedCredits asked;
  private final ToldNoMore toldNoMore;

  CloseBankExceptionDecision(
      BankRegister register, TransferWord word, List<ExpectedCredits> expected) {
    this.register = register;
    this.word = word;
    this.asked = new AskedCredits(register, expected);
    this.toldNoMore = new ToldNoMore(register);
  }

  @Override
  public Class<CloseBankException> command() {
    return CloseBankException.class;
  }

  @Override
  public Decision<BankExceptionClosed> decide(CloseBankException c, Instant receivedAt) {
    BankRegister.Closed closed = register.closed(c.exception());
    LeftOut leftOut = toldNoMore.leftOut(c.exception());
    boolean corrected = c.reason() == BankExceptionClosed.Reason.CORRECTED_BY_BANK;
    // What was closed for another reason, when that was taken, is booked yet.
    if (closed != null && (leftOut == null || !corrected)) {
      return new Decision.Known<>(closed.position(), recorded -> reply(c, recorded));
    }
    if (register.unmatched(c.exception()) != null) {
      return Decision.refuse(
          BankRefusal.EXCEPTION_IS_AN_ENTRY.because(
              "exceptionId",
              "exception %s is an entry of the account, and money that moved is explained, not closed"
                  .formatted(c.exception()),
              "say by matchBankEntry what it is"));
    }
    BankRegister.Stated stated = register.stated(c.exception());
    if (!register.isDisputed(c.exception())
        && !register.isRefused(c.exception())
        && !register.isContradicting(c.exception())
        && leftOut == null) {
      // What was sent is not repeated: it may be anything.
      return Decision.refuse(
          BankRefusal.UNKNOWN_EXCEPTION.because(
              "exceptionId",
              "no exception is called %s".formatted(Problem.shown(c.exception())),
              "read the bank's exceptions for their names"));
    }
    if (leftOut != null) {
      return corrected
          ? takeOut(c, leftOut.statement(), leftOut.bookings())
          : Decision.refuse(
              BankRefusal.ENTRIES_STILL_BOOKED.because(
                  "reason",
                  "statement %s leaves out entries that are booked, and its balance is unproven while they are"
                      .formatted(leftOut.statement().statement()),
                  "import the page or the statement that tells them, or close as"
                      + " CORRECTED_BY_BANK"));
    }
    if (corrected && stated != null) {
      return takeOut(c, stated.statement(), toldNoMore.replacedBy(stated.statement()));
    }
    return close(c, new TakingOut(word, asked, "", c.by()), Optional.empty(), Set.of());
  }

  private Decision<BankExceptionClosed> takeOut(
      CloseBankException c, BankStatementImported statement, List<String> bookings) {
    TakingOut taking = new TakingOut(word, asked, statement.statement(), c.by());
    bookings.forEach(name -> taking.takeOut(register.money().of(name)));
    return close(c, taking, Optional.of(statement.statement()), Set.of("bank"));
  }

  private Decision<BankExceptionClosed> close(
      CloseBankException c, TakingOut taking, Optional<String> statement, Set<String> looked) {
    BankExceptionClosed closed =
        new BankExceptionClosed(
            c.exception(), c.reason(), c.note(), c.by(), taking.takenOut(), statement);
    List<Fact> facts = new ArrayList<>(taking.facts());
    // Named by the exception: a receipt that was taken out may be received again, and out again.
    if (taking.receipt().isPresent()) {
      facts.addAll(
          register.paidEarly().repayments("bank-exception:" + c.exception(), taking.facts()));
    }
    // The last, so that its position is the closing's.
    facts.add(closed);
    Set<String> all = new HashSet<>(closed.tags());
    all.addAll(looked);
    all.addAll(taking.looked());
    return new Decision.Accept<>(facts, Boundary.of(all), closed);
  }

  private static Decision.Reply<BankExceptionClosed> reply(CloseBankException c, Fact recorded) {
    BankExceptionClosed closed = (BankExceptionClosed) recorded;
    return closed.reason() == c.reason() && closed.note().equals(c.note())
        ? new Decision.Reply.Same<>(closed)
        : new Decision.Reply.Different<>(
            BankRefusal.EXCEPTION_ALREADY_CLOSED.because(
                "reason",
                "exception %s was closed for %s%s"
                    .formatted(
                        closed.exception(),
                        closed.reason(),
                        closed.note().equals(c.note()) ? "" : ", with another note"),
                "nothing is to be done; what closed it is final"));
  }
}
