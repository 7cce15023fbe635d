package fr.passnumerique.projections.export;

import fr.passnumerique.clearing.bank.BankStatementImported;
import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.projections.Following;
import fr.passnumerique.projections.Story;
import fr.passnumerique.projections.TestLedger;
import fr.passnumerique.projections.accounts.AccountsProjections;
import fr.passnumerique.projections.export.LedgerExport.Asked;
import fr.passnumerique.projections.registers.RegistersProjections;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A ledger with slips of two venues, of which one is paid and the other not, and its exports. */
public final class ExportedStory implements AutoCloseable {
  /** What was paid in, less what the bus was paid. */
  private static final long CLOSING_CENTS = 1_045_700;

  private static final long TOLD_BY_THE_BANK = 700;
  private static final String BOOKING = "E0123456789ABCDEF0123";

  private final TestDatabase database = TestDatabase.fresh();
  private final TestLedger ledger;
  private final Following following;
  private final LedgerExport export;
  private final long head;

  public ExportedStory() throws InterruptedException {
    ledger = TestLedger.on(database);
    following =
        Following.directly(
            database,
            ledger,
            RegistersProjections.registers(),
            AccountsProjections.accountsAndStages());
    export = new LedgerExport(ledger.reader(), database.reader(), Clock.systemUTC());
    ledger.record(Story.untilHandedOut());
    SlipJudged ofLibrary = Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 3);
    SlipJudged ofBus = Story.slip(Story.BUS, "S-1", Story.BUS_LIMOGES, 4, 8);
    long first = ledger.record(ofLibrary);
    long second = ledger.record(ofBus);
    SettlementRunOpened run = Story.run("R-1", Map.of(first, ofLibrary, second, ofBus));
    ledger.record(run, Story.confirmed(run, Story.BUS), Story.rejected(run, Story.LIBRARY));
    SlipJudged withdrawn = Story.slip(Story.BUS, "S-2", Story.BUS_LIMOGES, 9, 10);
    long third = ledger.record(withdrawn);
    ledger.record(Story.withdrawn(withdrawn, third));
    ledger.record(toldByTheBank());
    head =
        ledger.record(
            new BankStatementImported(
                "S-1",
                "RELEVE-001",
                Optional.of(1L),
                LocalDate.of(2026, 1, 1),
                LocalDate.of(2026, 12, 31),
                CLOSING_CENTS - TOLD_BY_THE_BANK,
                CLOSING_CENTS,
                1,
                Optional.empty(),
                List.of(BOOKING)));
    following.await(AccountsProjections.NAME, head);
    following.await("registers", head);
  }

  /** The others were recorded by hand, and are not proved. */
  private static FundsReceived toldByTheBank() {
    FundsReceived byHand = Story.received("r-3", Story.STATE, TOLD_BY_THE_BANK);
    return new FundsReceived(
        byHand.receipt(),
        byHand.agreement(),
        byHand.programme(),
        byHand.funder(),
        byHand.amountCents(),
        byHand.valueDate(),
        Optional.empty(),
        Optional.of(
            new BankEntry(
                BOOKING,
                Optional.of("26091-000019"),
                byHand.valueDate(),
                byHand.valueDate(),
                TOLD_BY_THE_BANK,
                Optional.empty(),
                Optional.empty())),
        Optional.empty());
  }

  public TestDatabase database() {
    return database;
  }

  public TestLedger ledger() {
    return ledger;
  }

  Following following() {
    return following;
  }

  LedgerExport export() {
    return export;
  }

  public long head() {
    return head;
  }

  public byte[] whole(boolean balancesOfEach) {
    return written(new Asked(1, head, null, balancesOfEach));
  }

  public byte[] range(long first, long last) {
    return written(new Asked(first, last, null, false));
  }

  public byte[] share(@Nullable String funder) {
    return written(new Asked(1, head, funder, true));
  }

  private byte[] written(Asked asked) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      export.write(asked, bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    following.close();
    ledger.close();
    database.close();
  }
}
