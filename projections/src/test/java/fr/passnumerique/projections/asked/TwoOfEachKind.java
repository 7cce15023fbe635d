package fr.passnumerique.projections.asked;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.access.RowSecurity;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.AgreementSigned;
import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.Verdict;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.projections.Following;
import fr.passnumerique.projections.Story;
import fr.passnumerique.projections.TestLedger;
import fr.passnumerique.projections.accounts.AccountsProjections;
import fr.passnumerique.projections.claims.ClaimsProjections;
import fr.passnumerique.projections.histories.HistoriesProjections;
import fr.passnumerique.projections.loop.Snapshot;
import fr.passnumerique.projections.registers.RegistersProjections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Two funders, venues and prescribers, each with what the other must not see; and an agreement that
 * the région alone finances.
 */
final class TwoOfEachKind implements AutoCloseable {
  static final Actor CLERK = new Actor("clerk-1", Role.CLERK, "");
  static final Actor AUDITOR = new Actor("auditor-1", Role.AUDITOR, "");
  static final Actor STATE = new Actor("state", Role.FUNDER, Story.STATE.value());
  static final Actor REGION = new Actor("region", Role.FUNDER, Story.REGION.value());
  static final Actor LIBRARY = new Actor("library", Role.VENUE, Story.LIBRARY.value());
  static final Actor BUS = new Actor("bus", Role.VENUE, Story.BUS.value());
  static final Actor MISSION = new Actor("mission", Role.PRESCRIBER, Story.MISSION.value());
  static final Actor CCAS = new Actor("ccas", Role.PRESCRIBER, Story.CCAS.value());
  static final AgreementId OF_THE_REGION = new AgreementId("region-alone");

  private final TestDatabase database;
  private final TestLedger ledger;
  private final Following following;
  private final long head;

  TwoOfEachKind() throws InterruptedException {
    database = TestDatabase.fresh();
    ledger = TestLedger.on(database);
    following =
        Following.directly(
            database,
            ledger,
            RegistersProjections.registers(),
            ClaimsProjections.claims(),
            HistoriesProjections.histories(),
            AccountsProjections.accountsAndStages());
    ledger.record(Story.untilHandedOut());
    ledger.record(List.of(signedByTheRegionAlone(), receivedFromTheRegion()));
    pay(Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 3), "R-1");
    pay(
        Story.slip(
            Story.BUS,
            "S-0",
            Story.BUS_LIMOGES,
            List.of(Story.accepted(6), Story.rejected(1, Verdict.ALREADY_REDEEMED))),
        "R-2");
    head = ledger.record(Story.slip(Story.BUS, "S-1", Story.BUS_LIMOGES, 4, 5));
    following.await("registers", head);
    following.await("claims", head);
    following.await("histories", head);
    following.await(AccountsProjections.NAME, head);
  }

  private void pay(SlipJudged slip, String run) {
    long position = ledger.record(slip);
    SettlementRunOpened opened = Story.run(run, Map.of(position, slip));
    ledger.record(List.of(opened, Story.confirmed(opened, slip.venue())));
  }

  private static AgreementSigned signedByTheRegionAlone() {
    AgreementSigned signed = Story.signed();
    return new AgreementSigned(
        OF_THE_REGION,
        signed.programme(),
        signed.signedOn(),
        signed.startsOn(),
        signed.endsOn(),
        signed.territory(),
        1,
        List.of(
            new AgreementSigned.Share(
                Story.REGION, 10_000, 100_000, AgreementSigned.PaymentTerms.PREPAID)));
  }

  private static FundsReceived receivedFromTheRegion() {
    FundsReceived received = Story.received("r-3", Story.REGION, 7_000);
    return new FundsReceived(
        received.receipt(),
        OF_THE_REGION,
        received.programme(),
        received.funder(),
        received.amountCents(),
        received.valueDate(),
        Optional.empty());
  }

  TestDatabase database() {
    return database;
  }

  LedgerReader facts() {
    return ledger.reader();
  }

  /** The ledger as who asks may see it; nobody known if null. */
  LedgerReader facts(@Nullable Actor actor) {
    return facts(actor, database.reader());
  }

  LedgerReader facts(@Nullable Actor actor, DataSource reader) {
    return ledger.node().reader(reader, new RowSecurity(() -> actor)).asked();
  }

  /** After the head. */
  long record(Fact fact) {
    return ledger.record(fact);
  }

  long head() {
    return head;
  }

  /** As who asks may see it; nobody known if null. */
  Snapshot asked(@Nullable Actor actor) {
    return new Snapshot(database.reader(), new RowSecurity(() -> actor));
  }

  @Override
  public void close() {
    following.close();
    ledger.close();
    database.close();
  }
}
