package fr.passnumerique.clearing.bank;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.ledger.DecisionFixture;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.vault.Vault;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.BeanFactory;

/** What the bank says and what clerks say of it, for tests of what several capabilities do. */
public final class BankParts {
  public static final String IBAN = BankWorld.IBAN;

  private final DecisionFixture ledger;
  private final BankDesk desk;
  private final OurTransfers transfers;

  /** Those of this wiring. */
  public BankParts(BeanFactory beans) {
    ledger = beans.getBean(DecisionFixture.class);
    // Its own desk looks for the ledger in a context that tests have closed.
    desk = new BankDesk(ledger, beans.getBean(Vault.class), Optional.of(IBAN));
    transfers = beans.getBean(OurTransfers.class);
  }

  /**
   * A booking that says nothing of what it is for.
   *
   * @return the entry's name
   */
  public String books(String booking, LocalDate on, long cents) {
    return entry(Camt.notification("N").entry(booking, on.toString(), cents, "", "?"));
  }

  /** One of our transfers is debited. */
  public String debits(String booking, LocalDate on, TransferId transfer, long cents) {
    return entry(
        Camt.notification("N").entry(booking, on.toString(), -cents, transfer.value(), ""));
  }

  /** One of our transfers comes back. */
  public String returns(String booking, LocalDate on, TransferId transfer, long cents) {
    return entry(
        Camt.notification("N").returned(booking, on.toString(), cents, transfer.value(), "AC04"));
  }

  /**
   * A statement of one day, with bookings that say nothing of what they are for.
   *
   * @return its name
   */
  public String states(String id, LocalDate on, long openingCents, long... cents) {
    Camt camt = Camt.statement(id, on.toString(), on.toString(), openingCents);
    for (long each : cents) {
      camt.entry("B" + each, on.toString(), each, "", "?");
    }
    return desk.apply(camt.bytes(), Actor.ENGINE).answer().statements().getFirst().statement();
  }

  private String entry(Camt camt) {
    return desk.apply(camt.bytes(), Actor.ENGINE).answer().entries().getFirst().entry();
  }

  public void rejects(TransferId transfer) {
    says(
        transfers.find(transfer.value()).orElseThrow().message(),
        TransfersTest.single(transfer.value(), "RJCT", TransfersTest.reason("AC04")));
  }

  public void executes(TransferId transfer) {
    says(
        transfers.find(transfer.value()).orElseThrow().message(),
        TransfersTest.single(transfer.value(), "ACSC", ""));
  }

  /** A status of a transfer that nobody ordered. */
  public void saysSomethingOfNoTransfer() {
    says("X-1", TransfersTest.single("X-1-1", "ACSC", ""));
  }

  private void says(String message, String payments) {
    desk.apply(
        BankWorld.utf8(TransfersTest.status(ledger.today(), message, "", payments)), Actor.ENGINE);
  }

  /** A file that is none of the bank's. */
  public void sendsWhatCannotBeRead() {
    assertThatThrownBy(() -> desk.apply(BankWorld.utf8("<nothing/>"), Actor.ENGINE))
        .isInstanceOf(Problem.class);
  }

  public static Command<?> match(String entry, AgreementId agreement, FunderId funder, long cents) {
    return new MatchBankEntry(
        entry,
        List.of(new BankEntryMatched.Part(agreement, funder, cents)),
        Optional.empty(),
        Optional.empty(),
        "clerk-1");
  }

  public static Command<?> offset(String credit, String debit) {
    return new OffsetBankEntries(credit, debit, "clerk-1");
  }

  /** The bank says that it was wrong. */
  public static Command<?> corrected(String exception) {
    return new CloseBankException(
        exception, BankExceptionClosed.Reason.CORRECTED_BY_BANK, Optional.empty(), "clerk-1");
  }

  public static Command<?> close(String exception) {
    return new CloseBankException(
        exception, BankExceptionClosed.Reason.NOT_OURS, Optional.empty(), "clerk-1");
  }
}
