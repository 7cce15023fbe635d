package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Fact;
import java.time.Instant;

/** Boundary: the exception, which is there for good and closed once. */
final class CloseBankExceptionDecision implements Decider<CloseBankException, BankExceptionClosed> {
  private final BankRegister register;

  CloseBankExceptionDecision(BankRegister register) {
    this.register = register;
  }

  @Override
  public Class<CloseBankException> command() {
    return CloseBankException.class;
  }

  @Override
  public Decision<BankExceptionClosed> decide(CloseBankException c, Instant receivedAt) {
    BankRegister.Closed closed = register.closed(c.exception());
    if (closed != null) {
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
    if (!register.isDisputed(c.exception())
        && !register.isRefused(c.exception())
        && !register.isContradicting(c.exception())) {
      // What was sent is not repeated: it may be anything.
      return Decision.refuse(
          BankRefusal.UNKNOWN_EXCEPTION.because(
              "exceptionId",
              "no exception is called so (%d characters)".formatted(c.exception().length()),
              "read the bank's exceptions for their names"));
    }
    BankExceptionClosed fact = new BankExceptionClosed(c.exception(), c.reason(), c.note(), c.by());
    return Decision.accept(fact, Boundary.of(fact.tags()), fact);
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
