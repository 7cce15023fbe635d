package fr.passnumerique.clearing.bank;

import static fr.passnumerique.clearing.FundedWorld.CREUSE;
import static fr.passnumerique.clearing.FundedWorld.PROGRAMME;
import static fr.passnumerique.clearing.bank.AskedOfAVenue.BATCH;
import static fr.passnumerique.clearing.bank.AskedOfAVenue.VENUE;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.BANK;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TRANSFER_IN_TRANSIT;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.UNMATCHED;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.VENUE_PAYABLE;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.funding.AgreementSigned;
import fr.passnumerique.clearing.issuance.CentsOfCheques;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.ledger.DayOpened;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.payee.VenueAccountOpened;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.settlement.CancelSettlementRun;
import fr.passnumerique.clearing.settlement.OpenSettlementRun;
import fr.passnumerique.clearing.settlement.RejectTransfer;
import fr.passnumerique.clearing.settlement.ReleaseSettlementRun;
import fr.passnumerique.clearing.settlement.SettlementParts;
import fr.passnumerique.clearing.settlement.SettlementRunId;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.PointOfServiceId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Slip S-1 of 20 € was to be paid by transfer R-1-1, which was rejected; the venue owes 20 € for
 * reversed lines, so that run R-2 nets them. The bank has debited R-1-1 all the same.
 */
class NettedInDoubtTest {
  private static final TransferId REJECTED = new TransferId("R-1-1");
  private static final LocalDate DAY = LocalDate.of(2026, 4, 3);
  private static final LocalDate NEXT = DAY.plusDays(1);

  private final BankWorld world = BankWorld.usual();

  @BeforeEach
  void aTransferIsRejectedAndItsVenueOwesAsMuch() {
    world.ledger.given(
        AskedOfAVenue.issued(),
        new VenueAccountOpened(VENUE, new VaultReference("v-1"), "iban-1"),
        slip("S-1", 3, 4));
    world.ledger.on(DAY).given(new DayOpened(DAY));
    world.must(opening("R-1", DAY));
    world.must(releasing("R-1"));
    world.must(SettlementParts.download("R-1"));
    world.must(new RejectTransfer(new SettlementRunId("R-1"), REJECTED, DAY, "AC04"));
    world.ledger.given(
        new VenueAccountOpened(VENUE, new VaultReference("v-2"), "iban-2"),
        AskedOfAVenue.reversed());
  }

  /** Ten euros a line, split by the key. */
  private SlipJudged slip(String reference, int... ordinals) {
    List<SlipJudged.Line> lines = new ArrayList<>();
    Map<SpentCents, Long> owed = new LinkedHashMap<>();
    CentsOfCheques cents =
        CentsOfCheques.of(
            AskedOfAVenue.issued(), world.ledger.facts(AgreementSigned.class).getFirst().shares());
    for (int ordinal : ordinals) {
      lines.add(
          new SlipJudged.Line(
              Optional.of(new Serial(BATCH, ordinal)), 0, Optional.empty(), Optional.empty()));
      cents
          .shares(ordinal, ordinal)
          .forEach(
              part ->
                  owed.merge(
                      new SpentCents(
                          part.programme(),
                          part.agreement(),
                          part.keyVersion(),
                          part.fundingDepartement(),
                          CREUSE,
                          part.funder(),
                          0,
                          part.advancedBy()),
                      part.cents(),
                      Long::sum));
    }
    return new SlipJudged(
        VENUE,
        new SlipReference(reference),
        "digest",
        Instant.parse("2026-03-20T10:00:00Z"),
        List.of(
            new SlipJudged.Visit(
                new PointOfServiceId("desk"), CREUSE, LocalDate.of(2026, 3, 20), "Service")),
        lines,
        owed.entrySet().stream().map(one -> one.getKey().withCents(one.getValue())).toList());
  }

  private static OpenSettlementRun opening(String run, LocalDate day) {
    return new OpenSettlementRun(new SettlementRunId(run), PROGRAMME, day, "clerk-1");
  }

  private static ReleaseSettlementRun releasing(String run) {
    return new ReleaseSettlementRun(new SettlementRunId(run), "clerk-2");
  }

  /** R-2 nets the slip with nothing to transfer, or beside another slip of 10 € that it pays. */
  private SettlementRunOpened opened(boolean beside) {
    if (beside) {
      world.ledger.given(slip("S-2", 5));
    }
    world.ledger.on(NEXT).given(new DayOpened(NEXT));
    SettlementRunOpened opened = world.must(opening("R-2", NEXT));
    assertThat(opened.nettings()).hasSize(1);
    assertThat(opened.nettings().getFirst().cents()).isEqualTo(2_000);
    assertThat(opened.transfers()).hasSize(beside ? 1 : 0);
    return opened;
  }

  private static Camt debit() {
    return Camt.notification("N").entry("B-1", NEXT.toString(), -2_000, REJECTED.value(), "");
  }

  /** Of the rejected transfer, which cannot be paid after all while its lines are netted. */
  private void debited() {
    var entry = world.importing(debit().bytes()).entries().getFirst();
    assertThat(entry.why()).contains(BankEntryUnmatched.Why.PAID_AFTER_REJECTION);
  }

  private void refused(Command<?> command, String... because) {
    Outcome<?> outcome = world.ledger.send(command);
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    assertThat(List.of(because)).allSatisfy(word -> assertThat(outcome.toString()).contains(word));
  }

  private void refusedAsPaid(Command<?> command) {
    refused(
        command,
        "MAY_BE_PAID_ALREADY",
        "run R-2 nets 20.00 € of slip " + VENUE + "/S-1",
        "transfer R-1-1",
        "cancel the run and open another");
  }

  private void cancelled() {
    world.must(new CancelSettlementRun(new SettlementRunId("R-2"), "clerk-1"));
  }

  /** What the refusal says after that. */
  private void matched() {
    world.must(
        new MatchBankEntry(
            world.register.unmatched().iterator().next().fact().entry().id(),
            List.of(),
            Optional.empty(),
            Optional.of(REJECTED),
            "clerk-1"));
    assertThat(world.balance(UNMATCHED)).isZero();
    assertThat(world.register.doubts()).isEmpty();
    assertThat(world.balance(BANK)).isEqualTo(-2_000);
  }

  @Test
  void aRunThatNetsItBesideWhatItPaysIsNotReleased() {
    opened(true);
    debited();
    refusedAsPaid(releasing("R-2"));

    cancelled();
    SettlementRunOpened next = world.must(opening("R-3", NEXT));
    assertThat(next.inDoubt()).hasSize(1);
    assertThat(next.nettings().getFirst().cents()).as("the other slip is").isEqualTo(1_000);
    world.must(releasing("R-3"));
    matched();

    assertThat(world.balance(VENUE_PAYABLE)).isZero();
    refused(opening("R-4", NEXT), "NOTHING_TO_PAY");
  }

  @Test
  void aRunThatNetsAllIsNotReleasedEither() {
    opened(false);
    debited();
    refusedAsPaid(releasing("R-2"));

    cancelled();
    refused(opening("R-3", NEXT), "NOTHING_TO_PAY", "match entry", "R-1-1");
    matched();

    assertThat(world.balance(VENUE_PAYABLE)).isZero();
    refused(opening("R-4", NEXT), "NOTHING_TO_PAY");
  }

  @Test
  void aRunThatNetsOtherLinesIsReleased() {
    world.importing(
        Camt.notification("N").entry("B-1", DAY.toString(), -1_999, "R-1-1", "").bytes());
    world.ledger.given(slip("S-2", 5, 6, 7));
    world.ledger.on(NEXT).given(new DayOpened(NEXT));
    SettlementRunOpened opened = world.must(opening("R-2", NEXT));
    assertThat(opened.inDoubt()).hasSize(1);
    assertThat(opened.nettings().getFirst().cents()).isEqualTo(2_000);

    world.must(releasing("R-2"));
    world.must(SettlementParts.download("R-2"));
  }

  @Test
  void aDebitAtTheMomentOfTheReleaseIsSeen() {
    opened(false);
    BankFile file = new BankFileReader(BankWorld.IBAN).read(debit().bytes());

    var race = world.ledger.race(new ImportBankFile(file, Map.of(), Map.of()), releasing("R-2"));

    assertThat(race.decidedAgain()).isTrue();
    refusedAsPaid(releasing("R-2"));
  }

  @Test
  void theFileOfARunThatWasReleasedBeforeIsNotHandedOutAndItsCancellationUndoesTheNetting() {
    opened(true);
    world.must(releasing("R-2"));
    debited();
    refusedAsPaid(SettlementParts.download("R-2"));

    cancelled();
    matched();

    SettlementRunOpened next = world.must(opening("R-3", NEXT));
    assertThat(next.nettings().getFirst().cents()).isEqualTo(1_000);
  }

  @Test
  void aFileThatWasHandedOutBeforeIsHandedOutAgain() {
    opened(true);
    world.must(releasing("R-2"));
    world.must(SettlementParts.download("R-2"));
    debited();

    world.must(SettlementParts.download("R-2"));

    assertThat(world.balance(TRANSFER_IN_TRANSIT)).isEqualTo(-1_000);
  }

  /** Netted for good: nothing can be cancelled, and the venue has its money twice. */
  @Test
  void aDebitAfterTheReleaseIsOffsetAgainstWhatTheVenueGivesBack() {
    opened(false);
    world.must(releasing("R-2"));
    debited();
    String debit = world.register.unmatched().iterator().next().fact().entry().id();

    refused(
        new MatchBankEntry(debit, List.of(), Optional.empty(), Optional.of(REJECTED), "clerk-1"),
        "TRANSFER_DIFFERS",
        "have the payee give the money back, or pay it in, and offset the two entries");

    String credit =
        world
            .importing(Camt.notification("M").entry("B-2", NEXT.toString(), 2_000, "", "").bytes())
            .entries()
            .getFirst()
            .entry();
    world.must(new OffsetBankEntries(debit, credit, "clerk-1"));

    assertThat(world.balance(UNMATCHED)).isZero();
    assertThat(world.register.doubts()).isEmpty();
    assertThat(world.balance(VENUE_PAYABLE)).isZero();
  }
}
