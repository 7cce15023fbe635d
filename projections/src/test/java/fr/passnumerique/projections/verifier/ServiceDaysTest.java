package fr.passnumerique.projections.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.projections.Story;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Cheques handed out on 2 March are valid for 90 days, presented within 60 days of the service, and
 * their order ends on 31 December with 30 days of tolerance.
 */
class ServiceDaysTest {
  private static final List<Fact> BEFORE = Story.untilHandedOut();
  private static final LocalDate LAST_SERVICE = LocalDate.of(2026, 5, 31);
  private static final LocalDate LAST_DAY_OF_ALL = LocalDate.of(2027, 1, 30);

  private final Findings findings = new Findings();
  private final ServiceDays days = new ServiceDays(findings);

  @BeforeEach
  void aBatchIsIssued() {
    days.ofWhole();
    issue("00007", 1_000);
  }

  @Test
  void fromTheHandOutToTheLastDayAndPresentedWithinItsWindowItHolds() throws IOException {
    assertThat(served(Story.DAY, Story.DAY)).isEmpty();
    assertThat(served(LAST_SERVICE, LAST_SERVICE.plusDays(60))).isEmpty();
  }

  @Test
  void aServiceBeforeTheHandOutIsFound() throws IOException {
    assertThat(served(Story.DAY.minusDays(1), Story.DAY))
        .contains("was served on 2026-03-01 and was handed out on 2026-03-02");
  }

  @Test
  void aServiceAfterTheLastDayIsFound() throws IOException {
    assertThat(served(LAST_SERVICE.plusDays(1), LAST_SERVICE.plusDays(2)))
        .contains("was served on 2026-06-01 and could be used until 2026-05-31");
  }

  @Test
  void aServiceAfterTheSlipWasPresentedIsFound() throws IOException {
    assertThat(served(LocalDate.of(2026, 3, 21), LocalDate.of(2026, 3, 20)))
        .contains("was served on 2026-03-21, its slip was presented on 2026-03-20 before");
  }

  @Test
  void aSlipThatWasPresentedTooLateIsFound() throws IOException {
    assertThat(served(LAST_SERVICE, LAST_SERVICE.plusDays(61)))
        .contains("and could be presented until 2026-07-30");
  }

  /** The ledger is written in 2030. */
  @Test
  void aSlipThatWasPresentedAfterTheDayOnWhichItWasRecordedIsFound() throws IOException {
    assertThat(served(Story.DAY, LocalDate.of(2030, 1, 1))).doesNotContain("recorded");
    assertThat(served(Story.DAY, LocalDate.of(2030, 1, 2)))
        .contains("was presented on 2030-01-02 and recorded on 2030-01-01 before");
  }

  /** A clock that was set back across midnight, in a release that did not hold the time for it. */
  @Test
  void aSlipMayBePresentedAndRecordedWithinTenMinutesAroundOneMidnight() {
    assertThat(recorded("2026-03-20T23:10:00Z", "2026-03-20T22:50:00Z")).isEmpty();
    assertThat(recorded("2026-03-20T23:10:00.001Z", "2026-03-20T22:50:00Z"))
        .contains("was presented on 2026-03-21 and recorded on 2026-03-20 before");
    assertThat(recorded("2026-03-20T23:10:00Z", "2026-03-20T22:49:59.999Z"))
        .contains("was presented on 2026-03-21 and recorded on 2026-03-20 before");
  }

  private static String recorded(String presentedAt, String recordedAt) {
    Findings findings = new Findings();
    String payload = "{\"reference\":\"S-1\",\"presentedAt\":\"%s\"}".formatted(presentedAt);
    ExportedRow row =
        new ExportedRow(
            7,
            new UUID(0, 7),
            Instant.parse(recordedAt),
            "SlipJudged",
            1,
            List.of(),
            payload,
            "{}",
            "",
            null);
    new ServiceDays(findings).check(row, LineReader.fact(payload));
    return findings.none() ? "" : findings.shown().toString();
  }

  @Test
  void aDayThatCannotBeReadHidesNoChequeThatIsAcceptedTwice() throws IOException {
    WrittenLedger ledger =
        new WrittenLedger()
            .with(BEFORE)
            .with(
                Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 1),
                payload -> payload.replace("2026-03-16", "2026-02-30"))
            .with(Story.slip(Story.LIBRARY, "S-2", Story.LIBRARY_DESK, 1, 1));
    Findings findings = ledger.verified().findings();
    assertThat(findings.shown())
        .filteredOn(found -> found.check() == Check.REDEEMED_ONCE)
        .map(Finding::position)
        .containsExactly(ledger.position());
  }

  @Test
  void aChequeThatWasNotHandedOutIsServedByNobody() throws IOException {
    Findings findings =
        new WrittenLedger()
            .with(BEFORE)
            .with(Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 501, 501))
            .verified()
            .findings();
    assertThat(findings.count(Check.DAYS)).isOne();
    assertThat(findings.shown().toString()).contains("was served and was not handed out");
  }

  @Test
  void aHandOutThatWasCorrectedNeverWasUntilThereIsAnother() {
    hand("ChequesHandedOut", "\"handedOutOn\":\"2026-03-02\",", 1, 10);
    hand("HandOutCorrected", "", 2, 3);
    slip("000070001", "2026-03-05");
    assertThat(findings.none()).isTrue();
    slip("000070002", "2026-03-05");
    assertThat(findings.count(Check.DAYS)).isOne();

    hand("ChequesHandedOut", "\"handedOutOn\":\"2026-03-06\",", 3, 3);
    slip("000070003", "2026-03-05");
    assertThat(findings.count(Check.DAYS)).isEqualTo(2);
    slip("000070003", "2026-03-06");
    assertThat(findings.count(Check.DAYS)).isEqualTo(2);
  }

  @Test
  void anOrdersEndCapsWhatIsHandedOutLate() {
    hand("ChequesHandedOut", "\"handedOutOn\":\"2026-12-31\",", 1, 10);
    slip("000070001", LAST_DAY_OF_ALL.toString());
    assertThat(findings.none()).as(findings.shown().toString()).isTrue();
    slip("000070001", LAST_DAY_OF_ALL.plusDays(1).toString());
    assertThat(findings.shown().toString()).contains("could be used until 2027-01-30");
  }

  @Test
  void aChequeThatReplacesAnotherKeepsItsLastDay() {
    hand("ChequesHandedOut", "\"handedOutOn\":\"2026-03-02\",", 1, 1);
    issue("00008", 2);
    // The second was not handed out, and has no last day.
    replaced("2026-05-31");
    assertThat(findings.none()).as(findings.shown().toString()).isTrue();

    check(
        "ChequesHandedOut",
        "{\"cheques\":[{\"batch\":\"00008\",\"first\":1,\"last\":2}],\"handedOutOn\":\"2026-05-20\"}");
    slip("000080001", "2026-05-31");
    slip("000080002", "2026-06-01");
    assertThat(findings.none()).as(findings.shown().toString()).isTrue();
    slip("000080001", "2026-06-01");
    assertThat(findings.shown().toString()).contains("could be used until 2026-05-31");
  }

  @Test
  void aReplacementThatKeepsAnotherDayIsFoundAndWhatIsServedIsMeasuredByTheOldOne() {
    hand("ChequesHandedOut", "\"handedOutOn\":\"2026-03-02\",", 1, 1);
    issue("00008", 2);
    replaced("2026-06-30");
    assertThat(findings.shown().toString())
        .contains("could be used until 2026-05-31, and the one that replaces it keeps 2026-06-30");

    check(
        "ChequesHandedOut",
        "{\"cheques\":[{\"batch\":\"00008\",\"first\":1,\"last\":1}],\"handedOutOn\":\"2026-05-20\"}");
    slip("000080001", "2026-06-01");
    assertThat(findings.count(Check.DAYS)).isEqualTo(2);
  }

  /** Who handed it out may stand in a row that is left out. */
  @Test
  void aShareTellsOnlyWhatItsSlipsSayOfThemselves() throws IOException {
    SlipJudged slip = Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 501, 502);
    WrittenLedger share = new WrittenLedger().ofFunder("anct").with(BEFORE);
    assertThat(share.with(slip).verified().findings().count(Check.DAYS)).isZero();
    assertThat(
            share
                .with(
                    Story.slip(Story.LIBRARY, "S-2", Story.LIBRARY_DESK, 1, 1),
                    payload -> payload.replace("2026-03-16", "2026-03-21"))
                .verified()
                .findings()
                .count(Check.DAYS))
        .isOne();
  }

  private static String served(LocalDate servedOn, LocalDate presentedOn) throws IOException {
    Findings findings =
        new WrittenLedger()
            .with(BEFORE)
            .with(
                Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 1),
                payload ->
                    payload
                        .replace("2026-03-16", servedOn.toString())
                        .replace(
                            "2026-03-20T09:00:00Z",
                            // The last second of the day, in Paris.
                            presentedOn
                                .plusDays(1)
                                .atStartOfDay(ZoneId.of("Europe/Paris"))
                                .minusSeconds(1)
                                .toInstant()
                                .toString()))
            .verified()
            .findings();
    return findings.none() ? "" : findings.shown().toString();
  }

  private void issue(String batch, int cheques) {
    check(
        "ChequesIssued",
        """
        {"batch":"%s","chequeCount":%d,"validityDays":90,"presentationWindowDays":60,\
        "endsOn":"2026-12-31","toleranceDays":30}\
        """
            .formatted(batch, cheques));
  }

  private void hand(String type, String day, int first, int last) {
    check(
        type,
        "{%s\"cheques\":[{\"batch\":\"00007\",\"first\":%d,\"last\":%d}]}"
            .formatted(day, first, last));
  }

  private void replaced(String lastDay) {
    check(
        "ChequesReplaced",
        """
        {"batch":"00008","replaced":["000070001","000070002"],\
        "lastDays":[{"cheques":{"batch":"00008","first":1,"last":1},"lastDay":"%s"}]}\
        """
            .formatted(lastDay));
  }

  /** Presented on the day of the service. */
  private void slip(String cheque, String servedOn) {
    check(
        "SlipJudged",
        """
        {"reference":"S-1","presentedAt":"%sT12:00:00Z","visits":[{"servedOn":"%s"}],\
        "lines":[{"cheque":"%s","visit":0}]}\
        """
            .formatted(servedOn, servedOn, cheque));
  }

  private void check(String type, String payload) {
    JsonNode fact = JsonMapper.shared().readTree(payload);
    days.check(WrittenLedger.row(7, type, payload), fact);
  }
}
