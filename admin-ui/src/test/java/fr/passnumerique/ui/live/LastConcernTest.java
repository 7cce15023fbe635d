package fr.passnumerique.ui.live;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.distribution.ChequesHandedOut;
import fr.passnumerique.clearing.distribution.HandOutId;
import fr.passnumerique.clearing.distribution.PrescriberId;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.DayOpened;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.LedgerRow;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.settlement.SettlementRunId;
import fr.passnumerique.clearing.settlement.TransferExecuted;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.settlement.VoidedLine;
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

  private final class Kept implements LedgerReader {
    @Override
    public long head() {
      return facts.size();
    }

    @Override
    public List<RecordedFact> read(long after, int limit) {
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
