package fr.passnumerique.ui.live;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.distribution.ChequesHandedOut;
import fr.passnumerique.clearing.distribution.HandOutId;
import fr.passnumerique.clearing.distribution.PrescriberId;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.DayOpened;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.LedgerRow;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.redemption.SlipWithdrawn;
import fr.passnumerique.clearing.settlement.PaidCents;
import fr.passnumerique.clearing.settlement.SettlementRunId;
import fr.passnumerique.clearing.settlement.TransferConfirmed;
import fr.passnumerique.clearing.settlement.TransferDebited;
import fr.passnumerique.clearing.settlement.TransferExecuted;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.settlement.VoidedLine;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.clearing.venues.VenueId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whose pages a fact makes old. */
class LastConcernTest {
  private static final Instant NINE = Instant.parse("2026-11-30T09:00:00Z");

  private static final LocalDate DAY = LocalDate.parse("2026-11-30");
  private static final SettlementRunId RUN = new SettlementRunId("R-1");
  private static final TransferId TRANSFER = new TransferId("R-1-1");
  private static final BankEntry ENTRY =
      new BankEntry("E-1", Optional.empty(), DAY, DAY, 2, Optional.empty(), Optional.empty());

  private boolean inHand;
  private int databaseReads;
  private final List<RecordedFact> facts = new ArrayList<>();
  private final LastConcern concern = new LastConcern(new Kept());

  @Test
  void aSlipConcernsItsVenueAndWhoeverSeesSums() {
    record(slip("V-1"));
    record(slip("V-2"));

    assertThat(of(Role.VENUE, "V-1")).isEqualTo(1);
    assertThat(of(Role.VENUE, "V-2")).isEqualTo(2);
    assertThat(of(Role.VENUE, "V-3")).isZero();
    assertThat(of(Role.PRESCRIBER, "P-1")).isZero();
    assertThat(of(Role.FUNDER, "F-1")).isEqualTo(2);
    assertThat(of(Role.CLERK, "")).isEqualTo(2);
  }

  /** It is told of the payment, so that its bell must not stay as it was. */
  @Test
  void aTransferOfReversedLinesAloneConcernsItsVenue() {
    VoidedLine line = new VoidedLine(new VenueId("V-1"), 7, Serial.parse("000070001"), List.of());
    record(
        new TransferExecuted(
            new SettlementRunId("R-1"),
            new TransferId("R-1-1"),
            LocalDate.parse("2026-11-30"),
            0,
            List.of(),
            List.of(line)));

    assertThat(of(Role.VENUE, "V-1")).isEqualTo(1);
    assertThat(of(Role.VENUE, "V-2")).isZero();
  }

  @Test
  void aHandOutConcernsItsPrescriber() {
    record(
        new ChequesHandedOut(
            new HandOutId("H-1"),
            new PrescriberId("P-1"),
            List.of(),
            LocalDate.parse("2026-11-30"),
            "jeunes",
            List.of(),
            Optional.empty()));

    assertThat(of(Role.PRESCRIBER, "P-1")).isEqualTo(1);
    assertThat(of(Role.PRESCRIBER, "P-2")).isZero();
    assertThat(of(Role.VENUE, "V-1")).isZero();
  }

  @Test
  void whatPaysVenuesConcernsEachOfThem() {
    List<PaidCents> parts = List.of(paid("V-1"), paid("V-2"));
    record(new TransferExecuted(RUN, TRANSFER, DAY, 2, parts, List.of()));
    assertThat(of(Role.VENUE, "V-1")).isEqualTo(1);
    assertThat(of(Role.VENUE, "V-2")).isEqualTo(1);

    record(new TransferDebited(RUN, TRANSFER, DAY, 2, parts, ENTRY, Optional.empty()));
    assertThat(of(Role.VENUE, "V-2")).isEqualTo(2);

    record(new TransferConfirmed(RUN, TRANSFER, DAY, 2, parts, List.of()));
    assertThat(of(Role.VENUE, "V-2")).isEqualTo(3);
    assertThat(of(Role.VENUE, "V-3")).isZero();
    assertThat(of(Role.PRESCRIBER, "P-1")).isZero();
  }

  /** Cheques that were opposed meanwhile are so again: that is a prescriber's affair too. */
  @Test
  void aWithdrawnSlipConcernsItsVenueAndEverybodyWhereChequesOfItWereOpposed() {
    record(withdrawn("V-1", List.of()));
    assertThat(of(Role.VENUE, "V-1")).isEqualTo(1);
    assertThat(of(Role.VENUE, "V-2")).isZero();
    assertThat(of(Role.PRESCRIBER, "P-1")).isZero();

    record(withdrawn("V-1", List.of(Serial.parse("00007-0001"))));
    assertThat(of(Role.VENUE, "V-2")).isEqualTo(2);
    assertThat(of(Role.PRESCRIBER, "P-1")).isEqualTo(2);
  }

  /** What is still in hand is read there, and goes on where the database's reading ended. */
  @Test
  void whatIsInHandIsNotReadFromTheDatabase() {
    record(slip("V-1"));
    assertThat(of(Role.VENUE, "V-1")).isEqualTo(1);

    inHand = true;
    record(slip("V-1"));
    record(slip("V-2"));

    assertThat(of(Role.VENUE, "V-1")).isEqualTo(2);
    assertThat(of(Role.VENUE, "V-2")).isEqualTo(3);
    assertThat(databaseReads).isEqualTo(1);
  }

  @Test
  void anyOtherFactConcernsEverybody() {
    record(slip("V-1"));
    record(new DayOpened(LocalDate.parse("2026-12-01")));
    record(slip("V-2"));

    assertThat(of(Role.VENUE, "V-1")).isEqualTo(2);
    assertThat(of(Role.PRESCRIBER, "P-1")).isEqualTo(2);
  }

  /** What came while nobody had a page open is not read: all of it may concern whoever asks. */
  @Test
  void whoeverAsksAfterALongTimeFindsEverythingNew() {
    for (int i = 0; i < 10_001; i++) {
      record(slip("V-1"));
    }

    assertThat(of(Role.VENUE, "V-2")).isEqualTo(10_001);
  }

  private long of(Role role, String subject) {
    return concern.of(new Actor("account", role, subject));
  }

  private void record(Fact fact) {
    facts.add(new RecordedFact(facts.size() + 1, NINE.plusSeconds(facts.size()), fact));
  }

  private static SlipJudged slip(String venue) {
    return new SlipJudged(
        new VenueId(venue),
        new SlipReference("B-1"),
        "digest",
        NINE,
        List.of(),
        List.of(),
        List.of());
  }

  private static PaidCents paid(String venue) {
    return new PaidCents(
        new VenueId(venue),
        new SpentCents(
            new ProgrammeId("pass-23"),
            new AgreementId("A-1"),
            1,
            Departement.of("23"),
            Departement.of("23"),
            new FunderId("F-1"),
            1,
            Optional.empty()));
  }

  private static SlipWithdrawn withdrawn(String venue, List<Serial> opposed) {
    return new SlipWithdrawn(
        new VenueId(venue),
        new SlipReference("B-1"),
        1,
        NINE,
        List.of(),
        List.of(),
        opposed,
        List.of());
  }

  private final class Kept implements LedgerReader {
    @Override
    public long head() {
      return facts.size();
    }

    @Override
    public List<RecordedFact> recent(long after, int limit) {
      return inHand ? facts.stream().skip(after).limit(limit).toList() : List.of();
    }

    @Override
    public List<RecordedFact> read(long after, int limit) {
      databaseReads++;
      return facts.stream().skip(after).limit(limit).toList();
    }

    @Override
    public List<LedgerRow> readRows(long after, int limit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public RecordedFact recorded(LedgerRow row) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean awaitBeyond(long position, Duration atMost) {
      throw new UnsupportedOperationException();
    }
  }
}
