package fr.passnumerique.loadtest.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.ledger.LedgerRow;
import fr.passnumerique.loadtest.crash.Acknowledged.Answer;
import fr.passnumerique.loadtest.peak.PreparedSlips.Presented;
import fr.passnumerique.loadtest.relay.Chain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** A ledger of three slips that holds, and each way in which it could fail to. */
class ChecksBiteTest {
  private static final String BAD = "ACCEPTED,BAD_CHECK_CODE";

  @TempDir private Path directory;

  private final Faults faults = new Faults();
  private final Recorded recorded = new Recorded(new PGSimpleDataSource(), faults);
  private final TopicCopy topic = new TopicCopy("127.0.0.1:1", "none", faults);
  private final Chain chain = new Chain();
  private final List<LedgerRow> rows = new ArrayList<>();
  private final List<Answer> acknowledged = new ArrayList<>();

  ChecksBiteTest() {
    for (int slip = 1; slip <= 3; slip++) {
      rows.add(judged(slip, "B-" + slip, "00001000" + slip));
      acknowledged.add(
          new Answer(slip, "venue", "B-" + slip, slip, 1_000, List.of(BAD.split(","))));
    }
  }

  @AfterEach
  void closeTopic() {
    topic.close();
  }

  private LedgerRow judged(long position, String reference, String cheque) {
    LedgerRow row =
        new LedgerRow(
            position,
            new UUID(0, position),
            Instant.EPOCH.plusSeconds(position),
            "SlipJudged",
            1,
            List.of(),
            """
            {"venue":"venue","reference":"%s","lines":[{"cheque":"%s","visit":0},{"visit":0,"rejected":"BAD_CHECK_CODE"}],
             "owed":[{"cents":571},{"cents":429}]}\
            """
                .formatted(reference, cheque),
            "{}",
            new byte[32]);
    return hashed(row, chain);
  }

  private static LedgerRow hashed(LedgerRow row, Chain after) {
    LedgerRow hashed =
        new LedgerRow(
            row.position(),
            row.eventId(),
            row.recordedAt(),
            row.type(),
            row.version(),
            row.tags(),
            row.payload(),
            row.metadata(),
            after.hashOf(row));
    assertThat(after.holdsFor(hashed)).isTrue();
    return hashed;
  }

  private List<String> found() {
    rows.forEach(recorded::take);
    recorded.hold(acknowledged);
    return faults.kept();
  }

  private List<String> foundInTopic(List<LedgerRow> messages) {
    rows.forEach(recorded::take);
    messages.forEach(message -> topic.take(message, recorded));
    return faults.kept();
  }

  @Test
  void whatHoldsIsFaultless() {
    assertThat(found()).isEmpty();
    rows.forEach(message -> topic.take(message, recorded));
    assertThat(faults.none()).isTrue();
    assertThat(recorded.slips()).isEqualTo(3);
    assertThat(recorded.redeemed()).isEqualTo(3);
  }

  @Test
  void anAcknowledgedSlipThatIsTakenAwayIsNamed() {
    rows.removeLast();

    assertThat(found())
        .containsExactly(
            "slip B-3 of venue venue was acknowledged at position 3 and is not in the ledger");
  }

  @Test
  void aRecordedSlipThatNobodyWasToldOfIsNamed() {
    acknowledged.removeLast();
    assertThat(found()).isEmpty();

    recorded.holdNoOther(acknowledged);

    assertThat(faults.kept())
        .containsExactly("slip venue/B-3 is recorded at position 3 and was acknowledged to nobody");
  }

  @Test
  void aRefusalThatIsNotToComeLaterIsNamed() {
    Presented slip = new Presented(1, "venue", "B-1", List.of());
    for (String code : List.of("LEDGER_UNAVAILABLE", "UNAVAILABLE", "TOO_BUSY")) {
      byte[] body = "{\"code\":\"%s\"}".formatted(code).getBytes(UTF_8);
      assertThat(Presenting.later(slip, 503, body, faults)).isEqualTo(code);
    }
    assertThat(faults.kept()).isEmpty();

    Presenting.later(slip, 503, "{\"code\":\"LEDGER_STOPPED\"}".getBytes(UTF_8), faults);
    Presenting.later(slip, 503, "<html>".getBytes(UTF_8), faults);

    assertThat(faults.kept())
        .containsExactly(
            "slip B-1 of venue venue was refused 503 with another code than [LEDGER_UNAVAILABLE,"
                + " TOO_BUSY, UNAVAILABLE]: {\"code\":\"LEDGER_STOPPED\"}",
            "slip B-1 of venue venue was refused 503 with another code than [LEDGER_UNAVAILABLE,"
                + " TOO_BUSY, UNAVAILABLE]: <html>");
  }

  @Test
  void healthThatDoesNotTellOfAPausedDatabaseIsNamed() {
    Installation.holdPaused("DOWN", faults);
    assertThat(faults.kept()).isEmpty();

    Installation.holdPaused("UP", faults);
    Installation.holdPaused("", faults);

    assertThat(faults.kept()).hasSize(2).allMatch(fault -> fault.contains("database is paused"));
  }

  @Test
  void aMomentOfRecordingInWhichNoConnectionWasCutIsNamed() {
    ConnectionsCut.hold(AppendsCut.of("2,2,1,3,0,2,0,3"), faults);
    assertThat(faults.kept()).isEmpty();

    ConnectionsCut.hold(AppendsCut.of("2,2,0,3,0,2,0,3"), faults);

    assertThat(faults.kept())
        .containsExactly(
            "no connection that records slips was cut by the end of its backend"
                + " (pg_terminate_backend) while that executes it");
  }

  @Test
  void ofTwoThatPresentTheSameChequeOneIsAcceptedAndTheOtherToldWhyNot() {
    Answer winner = new Answer(1, "venue", "B-1", 1, 2_000, List.of("ACCEPTED", "ACCEPTED"));
    Answer told =
        new Answer(2, "venue", "B-2", 2, 0, List.of("ALREADY_REDEEMED", "ALREADY_REDEEMED"));
    Answer other =
        new Answer(3, "venue", "B-3", 3, 0, List.of("ALREADY_REDEEMED", "UNKNOWN_CHEQUE"));

    Contest.hold(winner, told, faults);
    Contest.hold(told, winner, faults);
    assertThat(faults.kept()).isEmpty();
    Contest.hold(winner, winner, faults);
    assertThat(faults.kept()).as("both accepted").hasSize(2);
    Contest.hold(told, told, faults);
    assertThat(faults.kept()).as("none accepted").hasSize(4);
    Contest.hold(winner, other, faults);

    assertThat(faults.kept())
        .hasSize(5)
        .last()
        .isEqualTo(
            "the cheque of line 2 was presented by slip B-1 of venue venue and by slip B-3 of"
                + " venue venue at once, which were told [ACCEPTED, UNKNOWN_CHEQUE]");
  }

  @Test
  void anAcknowledgedSlipThatIsRecordedTwiceIsNamedAndSoIsItsCheque() {
    rows.add(judged(4, "B-2", "000010002"));

    assertThat(found())
        .containsExactly(
            "cheque 000010002 is redeemed by slip venue/B-2 and again by venue/B-2 at position 4",
            "slip venue/B-2 is recorded at position 2 and again at 4");
  }

  @Test
  void aChequeThatAnotherSlipRedeemsAgainIsNamed() {
    rows.add(judged(4, "B-4", "000010001"));

    assertThat(found())
        .containsExactly(
            "cheque 000010001 is redeemed by slip venue/B-1 and again by venue/B-4 at position 4");
  }

  @Test
  void anotherVerdictSumOrPositionThanWasAcknowledgedIsNamed() {
    acknowledged.set(0, new Answer(1, "venue", "B-1", 1, 1_000, List.of("ACCEPTED", "ACCEPTED")));
    acknowledged.set(1, new Answer(2, "venue", "B-2", 2, 2_000, List.of(BAD.split(","))));
    acknowledged.set(2, new Answer(3, "venue", "B-3", 4, 1_000, List.of(BAD.split(","))));

    assertThat(found())
        .hasSize(3)
        .allMatch(fault -> fault.contains("was acknowledged as") && fault.contains("is recorded"));
  }

  @Test
  void aGapOfPositionsIsNamedAndSoIsAChainThatDoesNotHold() {
    rows.remove(1);
    acknowledged.remove(1);

    assertThat(found())
        .containsExactly(
            "position 3 follows 1", "the hash of position 3 does not follow from the row before");
  }

  @Test
  void aRowThatWasChangedIsNamed() {
    LedgerRow second = rows.get(1);
    rows.set(
        1,
        new LedgerRow(
            second.position(),
            second.eventId(),
            second.recordedAt(),
            second.type(),
            second.version(),
            second.tags(),
            second.payload(),
            "{\"actor\":\"somebody\"}",
            second.hash()));

    assertThat(found())
        .containsExactly("the hash of position 2 does not follow from the row before");
  }

  @Test
  void aTimeThatDoesNotRiseIsNamed() {
    Chain again = new Chain();
    again.holdsFor(rows.get(0));
    again.holdsFor(rows.get(1));
    LedgerRow third = rows.get(2);
    rows.set(
        2,
        hashed(
            new LedgerRow(
                3,
                third.eventId(),
                rows.get(1).recordedAt(),
                third.type(),
                third.version(),
                third.tags(),
                third.payload(),
                third.metadata(),
                new byte[32]),
            again));

    assertThat(found())
        .containsExactly(
            "position 3 is recorded at 1970-01-01T00:00:02Z, not after the row before");
  }

  @Test
  void aMessageThatTheTopicLacksIsNamed() {
    assertThat(foundInTopic(List.of(rows.get(0), rows.get(2))))
        .containsExactly("the topic goes on with position 3 after 1: 1 messages are missing");
  }

  @Test
  void aMessageThatComesTwiceIsNamed() {
    assertThat(foundInTopic(List.of(rows.get(0), rows.get(1), rows.get(1), rows.get(2))))
        .containsExactly("position 2 comes in the topic again, after 2");
  }

  @Test
  void anotherFactInTheTopicThanInTheLedgerIsNamed() {
    Chain other = new Chain();
    other.holdsFor(rows.get(0));
    LedgerRow second = rows.get(1);
    LedgerRow altered =
        hashed(
            new LedgerRow(
                2,
                second.eventId(),
                second.recordedAt(),
                "DayOpened",
                1,
                List.of(),
                "{}",
                "{}",
                new byte[32]),
            other);

    assertThat(foundInTopic(Arrays.asList(rows.get(0), altered)))
        .containsExactly("position 2 is another fact in the topic than in the ledger");
  }

  @Test
  void aMessageBeyondTheLedgerIsNamed() {
    List<LedgerRow> messages = List.copyOf(rows);
    rows.removeLast();

    assertThat(foundInTopic(messages))
        .containsExactly("the topic holds position 3, the ledger ends at 2");
  }

  @Test
  void anotherAnswerToTheSameSlipIsNamedAndWhatWasAnsweredOutlivesTheRun() throws IOException {
    Path file = directory.resolve("acknowledged");
    try (Acknowledged answers = Acknowledged.in(file, faults)) {
      assertThat(answers.add(acknowledged.get(0))).isTrue();
      assertThat(answers.add(acknowledged.get(0))).as("the same again").isFalse();
      assertThat(answers.add(acknowledged.get(1))).isTrue();
      assertThat(faults.none()).isTrue();
      assertThat(
              answers.add(new Answer(1, "venue", "B-1", 1, 2_000, List.of("ACCEPTED", "ACCEPTED"))))
          .isFalse();
    }
    assertThat(faults.kept()).singleElement().asString().contains("B-1", "and then");
    // Killed while it wrote.
    String whole = Files.readString(file);
    Files.writeString(file, whole.substring(0, whole.length() - 3));

    try (Acknowledged again = Acknowledged.in(file, faults)) {
      assertThat(again.all()).containsExactly(acknowledged.get(0));
      again.add(acknowledged.get(1));
    }
    assertThat(Files.readString(file)).isEqualTo(whole);
  }

  /**
   * What remains of the ledger of three slips when it is restored, and what of it does not hold.
   */
  private List<String> foundRestored(List<LedgerRow> left, List<Answer> before, Instant instant) {
    Recorded lost = new Recorded(new PGSimpleDataSource(), faults);
    rows.forEach(lost::take);
    left.forEach(recorded::take);
    Restored.hold(recorded, lost, before, instant, faults);
    return faults.kept();
  }

  @Test
  void whatIsRestoredToAnInstantIsFaultless() {
    assertThat(
            foundRestored(
                rows.subList(0, 2), acknowledged.subList(0, 2), Instant.EPOCH.plusSeconds(2)))
        .isEmpty();
  }

  @Test
  void aSlipThatWasAcknowledgedBeforeTheInstantAndIsNotRestoredIsNamed() {
    assertThat(
            foundRestored(
                rows.subList(0, 1), acknowledged.subList(0, 2), Instant.EPOCH.plusSeconds(2)))
        .containsExactly(
            "slip B-2 of venue venue was acknowledged at position 2 and is not in the ledger");
  }

  @Test
  void whatWasRecordedAfterTheInstantAndIsRestoredIsNamed() {
    assertThat(
            foundRestored(
                rows.subList(0, 2), acknowledged.subList(0, 1), Instant.EPOCH.plusSeconds(1)))
        .containsExactly(
            "position 2 is restored and was recorded at 1970-01-01T00:00:02Z, after"
                + " 1970-01-01T00:00:01Z");
  }

  @Test
  void anInstantAfterWhichNothingCameProvesNothing() {
    assertThat(foundRestored(rows, acknowledged, Instant.EPOCH.plusSeconds(3)))
        .containsExactly(
            "the ledger was lost at position 3 and is restored up to 3: nothing came after the"
                + " instant");
  }

  @Test
  void anotherFactThanTheOneThatWasLostIsNamed() {
    Chain other = new Chain();
    LedgerRow first = rows.getFirst();
    LedgerRow altered =
        hashed(
            new LedgerRow(
                1,
                first.eventId(),
                first.recordedAt(),
                "DayOpened",
                1,
                List.of(),
                "{}",
                "{}",
                new byte[32]),
            other);

    assertThat(foundRestored(List.of(altered), List.of(), Instant.EPOCH.plusSeconds(1)))
        .containsExactly(
            "the restored ledger ends at position 1 with another fact than the lost one had there");
  }

  @Test
  void aSlipThatWasLostAndIsNotAnsweredAgainOrOtherwiseIsNamed() {
    Answer elsewhere = new Answer(1, "venue", "B-1", 7, 1_000, acknowledged.getFirst().verdicts());
    Answer otherwise = new Answer(2, "venue", "B-2", 8, 2_000, List.of("ACCEPTED", "ACCEPTED"));

    assertThat(Restored.holdSentAgain(acknowledged, List.of(elsewhere, otherwise), 7, faults))
        .isEqualTo(1);

    assertThat(faults.kept())
        .hasSize(2)
        .satisfiesExactly(
            fault -> assertThat(fault).contains("B-2", "was acknowledged as", "and again as"),
            fault ->
                assertThat(fault)
                    .isEqualTo(
                        "slip B-3 of venue venue was acknowledged after the instant and is not"
                            + " again"));
  }

  @Test
  void aKeptHashThatTheVerifierDoesNotMissIsNamed() throws IOException {
    Path export = Files.writeString(directory.resolve("export.ndjson"), "{}\n");

    Audit.refuse(export, "1:" + "0".repeat(64), "a hash was kept of position 1", faults);

    assertThat(faults.kept())
        .singleElement()
        .asString()
        .contains("ends with 1, is to say \"a hash was kept of position 1\"");
  }
}
