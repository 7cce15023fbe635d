package fr.passnumerique.projections.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.bank.BankEntryTakenOut;
import fr.passnumerique.clearing.bank.BankEntryUnmatched;
import fr.passnumerique.clearing.bank.BankStatementImported;
import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.funding.ReceiptId;
import fr.passnumerique.clearing.funding.ReceiptTakenBack;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.clearing.settlement.TransferConfirmed;
import fr.passnumerique.clearing.settlement.TransferReinstated;
import fr.passnumerique.clearing.settlement.TransferReturned;
import fr.passnumerique.projections.Story;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An exported ledger with all that undoes what the bank had told, and tells no more. */
class StatementsToldNoMoreTest {
  private static final LocalDate DAY = LocalDate.of(2026, 4, 3);
  private static final String INSTEAD = "S0123456789ABCDEF0123";
  private static final SlipJudged LIBRARY =
      Story.slip(Story.LIBRARY, "s-1", Story.LIBRARY_DESK, 1, 5);
  private static final SlipJudged BUS = Story.slip(Story.BUS, "s-2", Story.BUS_GUERET, 6, 10);

  private final WrittenLedger ledger = new WrittenLedger().with(Story.untilHandedOut());

  @Test
  void theBookingsOfADayAreThoseThatTheBankStillTells() throws IOException {
    long slip = ledger.position() + 1;
    ledger.with(LIBRARY).with(BUS);
    SettlementRunOpened run = Story.run("r-1", Map.of(slip, LIBRARY, slip + 1, BUS));
    ledger.with(run);
    ledger.with(Story.executed(run, Story.LIBRARY)).with(Story.debited(run, Story.LIBRARY));
    ledger.with(Story.takenBack(run, Story.LIBRARY, true));
    long paid = returnedAndPaidAllTheSame(run);
    receivedAndNot();
    open("EA", -300);
    ledger.with(new BankEntryTakenOut(entry("EA", -300), -300, INSTEAD, "c"));
    open("EB", 400);
    ledger.with(
        new BankEntryUnmatched(
            entry("EB", 400).toldNoMore(),
            -400,
            BankEntryUnmatched.Why.TOLD_NO_MORE,
            Optional.empty(),
            Optional.empty()));
    open("EC", 70);

    // As a clerk recorded it, on an earlier day.
    long before =
        Story.untilHandedOut().stream()
            .mapToLong(fact -> fact instanceof FundsReceived f ? f.amountCents() : 0)
            .sum();
    ledger.with(
        new BankStatementImported(
            INSTEAD,
            "S-1",
            Optional.empty(),
            DAY,
            DAY,
            before,
            before - paid + 70,
            2,
            Optional.empty(),
            List.of("ED", "EC")));

    Verification verified = ledger.verified();
    assertThat(verified.findings().none()).as(verified.findings().shown().toString()).isTrue();
    assertThat(verified.unproven()).isEmpty();
    assertThat(verified.statements()).isEqualTo(1);
  }

  private long returnedAndPaidAllTheSame(SettlementRunOpened run) {
    SettlementRunOpened.Transfer transfer =
        Stream.of(run)
            .flatMap(r -> r.transfers().stream())
            .filter(each -> each.transfer().equals(Story.transfer("r-1", Story.BUS)))
            .findFirst()
            .orElseThrow();
    long cents = transfer.amountCents();
    BankEntry back = entry("EE", cents);
    ledger
        .with(confirmed(run, transfer, entry("ED", -cents)))
        .with(
            new TransferReturned(
                run.run(),
                transfer.transfer(),
                DAY,
                "AC04",
                transfer.account(),
                cents,
                transfer.slips(),
                transfer.parts(),
                back,
                List.of()))
        .with(
            new TransferReinstated(
                run.run(),
                transfer.transfer(),
                Story.PROGRAMME,
                cents,
                transfer.slips(),
                transfer.parts(),
                List.of(),
                Optional.of(DAY)))
        .with(confirmed(run, transfer, back.toldNoMore()));
    return cents;
  }

  private static TransferConfirmed confirmed(
      SettlementRunOpened run, SettlementRunOpened.Transfer transfer, BankEntry entry) {
    return new TransferConfirmed(
        run.run(),
        transfer.transfer(),
        DAY,
        transfer.amountCents(),
        transfer.parts(),
        List.of(),
        Optional.of(entry));
  }

  private void receivedAndNot() {
    BankEntry entry = entry("EF", 1_000);
    FundsReceived received =
        new FundsReceived(
            new ReceiptId("b-9"),
            Story.AGREEMENT,
            Story.PROGRAMME,
            Story.STATE,
            1_000,
            DAY,
            Optional.empty(),
            Optional.of(entry),
            Optional.empty());
    ledger.with(received).with(ReceiptTakenBack.of(received, entry, INSTEAD, "c"));
  }

  private void open(String booking, long cents) {
    ledger.with(
        new BankEntryUnmatched(
            entry(booking, cents),
            cents,
            cents < 0 ? BankEntryUnmatched.Why.UNKNOWN_DEBIT : BankEntryUnmatched.Why.NO_REFERENCE,
            Optional.empty(),
            Optional.empty()));
  }

  private static BankEntry entry(String booking, long cents) {
    return new BankEntry(
        booking, Optional.empty(), DAY, DAY, cents, Optional.empty(), Optional.empty());
  }
}
