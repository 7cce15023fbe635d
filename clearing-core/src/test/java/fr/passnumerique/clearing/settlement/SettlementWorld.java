package fr.passnumerique.clearing.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.ProgrammeDefined;
import fr.passnumerique.clearing.funding.ProgrammeDefined.ConflictOfInterest;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.ledger.DayOpened;
import fr.passnumerique.clearing.ledger.DecisionFixture;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.payee.VenueAccountOpened;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.settlement.SettlementRunOpened.PaidSlip;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.VenueId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Two programmes and three venues; each test says what they are owed and where they are paid. */
final class SettlementWorld {
  static final ProgrammeId PASS = new ProgrammeId("pass");
  static final ProgrammeId TPE = new ProgrammeId("pass-tpe");
  static final VenueId ALPHA = new VenueId("10000000000000");
  static final VenueId BETA = new VenueId("20000000000000");
  static final VenueId GAMMA = new VenueId("30000000000000");
  static final FunderId STATE = new FunderId("anct");
  static final FunderId REGION = new FunderId("region");
  static final Departement CREUSE = new Departement("23");

  static final String CLERK = "clerk-1";
  static final String SECOND_CLERK = "clerk-2";

  /** Wednesday 1 April 2026. */
  static final LocalDate CUT_OFF = LocalDate.of(2026, 4, 1);

  final SettlementRegister register = new SettlementRegister();

  /** What the bank may have paid all the same; of which opening a run alone is told. */
  final List<DoubtfulTransfers.Doubt> doubts = new ArrayList<>();

  final DecisionFixture ledger =
      DecisionFixture.of(
          List.of(new SlipsPlaced(register)),
          List.of(
              new SetSettlementCalendarDecision(register),
              new OpenSettlementRunDecision(register, () -> List.copyOf(doubts)),
              new ReleaseSettlementRunDecision(register, DoubtfulTransfers.NONE),
              new CancelSettlementRunDecision(register, DoubtfulTransfers.NONE),
              new DownloadCreditTransferFileDecision(register, DoubtfulTransfers.NONE),
              new ConfirmTransferDecision(register, DoubtfulTransfers.NONE),
              new RejectTransferDecision(register)));

  SettlementWorld() {
    ledger.on(LocalDate.of(2026, 3, 1));
    ledger.given(programme(PASS), programme(TPE));
    ledger.on(LocalDate.of(2026, 3, 20));
  }

  /** Noon of a day that has begun in the ledger, as each does at midnight. */
  void begin(LocalDate day) {
    ledger.on(day).given(new DayOpened(day));
  }

  private static ProgrammeDefined programme(ProgrammeId id) {
    return new ProgrammeDefined(
        id,
        "Pass numérique",
        1_000,
        10,
        365,
        60,
        30,
        List.of(),
        List.of(),
        List.of(),
        0,
        ConflictOfInterest.ALLOW,
        Optional.empty());
  }

  static VenueAccountOpened account(VenueId venue, String reference, String iban) {
    return new VenueAccountOpened(venue, new VaultReference(reference), iban);
  }

  static SpentCents part(ProgrammeId programme, FunderId funder, long cents) {
    return new SpentCents(
        programme,
        new AgreementId("a-" + programme),
        1,
        CREUSE,
        CREUSE,
        funder,
        cents,
        Optional.empty());
  }

  static PaidCents paid(VenueId venue, ProgrammeId programme, FunderId funder, long cents) {
    return new PaidCents(venue, part(programme, funder, cents));
  }

  static SlipJudged slip(VenueId venue, String reference, SpentCents... owed) {
    return new SlipJudged(
        venue,
        new SlipReference(reference),
        "digest",
        Instant.parse("2026-03-20T10:00:00Z"),
        List.of(),
        List.of(),
        List.of(owed));
  }

  /** A slip of the main programme: 60 % State, 40 % région. */
  static SlipJudged slip(VenueId venue, String reference, long cents) {
    return slip(
        venue,
        reference,
        part(PASS, STATE, cents * 6 / 10),
        part(PASS, REGION, cents - cents * 6 / 10));
  }

  static PaidSlip paidSlip(VenueId venue, String reference, long position, long cents) {
    return new PaidSlip(venue, new SlipReference(reference), position, cents);
  }

  static OpenSettlementRun run(String id) {
    return run(id, CUT_OFF);
  }

  static OpenSettlementRun run(String id, LocalDate cutOffDay) {
    return new OpenSettlementRun(new SettlementRunId(id), PASS, cutOffDay, CLERK);
  }

  static ReleaseSettlementRun release(String run, String by) {
    return new ReleaseSettlementRun(new SettlementRunId(run), by);
  }

  static CancelSettlementRun cancel(String run) {
    return new CancelSettlementRun(new SettlementRunId(run), CLERK);
  }

  static DownloadCreditTransferFile download(String run, String sha256) {
    return new DownloadCreditTransferFile(new SettlementRunId(run), CLERK, run, sha256);
  }

  /** Opened by one clerk and released by another; nobody has its file yet. */
  void openAndRelease(OpenSettlementRun command) {
    assertThat(ledger.send(command)).isInstanceOf(Outcome.Recorded.class);
    assertThat(ledger.send(release(command.run().value(), SECOND_CLERK)))
        .isInstanceOf(Outcome.Recorded.class);
  }

  /** Opened, released and on its way to the bank. */
  void openAndHandOut(OpenSettlementRun command) {
    openAndRelease(command);
    handOut(command.run().value());
  }

  void handOut(String run) {
    assertThat(ledger.send(download(run, "file of " + run))).isInstanceOf(Outcome.Recorded.class);
  }

  static ConfirmTransfer confirm(String run, String transfer, LocalDate bookedOn) {
    return new ConfirmTransfer(new SettlementRunId(run), new TransferId(transfer), bookedOn);
  }

  static RejectTransfer reject(String run, String transfer, LocalDate on, String reason) {
    return new RejectTransfer(new SettlementRunId(run), new TransferId(transfer), on, reason);
  }

  /** The bank's booking of a transfer. */
  static BankEntry entry(String transfer, LocalDate on) {
    return new BankEntry(
        "B-" + transfer, Optional.empty(), on, on, -1, Optional.empty(), Optional.empty());
  }

  /** By the bank's statement, whoever has the file. */
  void debited(String transfer, LocalDate on) {
    ledger.given(new BankWord(register).confirmed(new TransferId(transfer), entry(transfer, on)));
  }

  SettlementRunOpened opening(OpenSettlementRun command) {
    return ledger.when(command).thenRecordsOne(SettlementRunOpened.class);
  }

  /** What is owed and in no transfer. */
  long unpaidCents(ProgrammeId programme) {
    return register.unpaid(programme).stream().mapToLong(Unpaid::cents).sum();
  }
}
