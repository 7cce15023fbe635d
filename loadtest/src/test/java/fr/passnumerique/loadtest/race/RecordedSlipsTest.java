package fr.passnumerique.loadtest.race;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.loadtest.race.Call.Kind;
import fr.passnumerique.loadtest.race.RecordedSlips.Row;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** Small ledgers; among them one for each of the bugs that no client can tell. */
class RecordedSlipsTest {
  private static final long ONE = new Serial(Batch.of(1), 1).key();

  private final List<Row> rows = new ArrayList<>();

  private void slip(long position, String reference, boolean accepted) {
    rows.add(
        new Row(
            position,
            fact(
                "SlipJudged",
                """
                {"venue":"21230096100018","reference":"%s","contentDigest":"d","presentedAt":"2026-04-01T10:00:00Z","visits":[{"pointOfService":"p","departement":"23","servedOn":"2026-03-16","service":"s"}],"lines":[{"cheque":"000010001","visit":0%s}],"owed":[%s]}\
                """
                    .formatted(
                        reference,
                        accepted ? "" : ",\"rejected\":\"ALREADY_REDEEMED\",\"on\":\"2026-03-16\"",
                        accepted ? CENTS.formatted(RecordedSlips.FACE_VALUE_CENTS) : ""))));
  }

  private void withdrawn(long position, String reference, long slip) {
    withdrawn(position, reference, slip, CENTS.formatted(RecordedSlips.FACE_VALUE_CENTS));
  }

  private void withdrawn(long position, String reference, long slip, String owed) {
    rows.add(
        new Row(
            position,
            fact(
                "SlipWithdrawn",
                """
                {"venue":"21230096100018","reference":"%s","slip":%d,"withdrawnAt":"2026-04-02T09:00:00Z","cheques":["000010001"],"owed":[%s],"opposed":[],"dueBack":[]}\
                """
                    .formatted(reference, slip, owed))));
  }

  private static final String CENTS =
      """
      {"programme":"p","agreement":"a","keyVersion":1,"fundingDepartement":"23","spendingDepartement":"23","funder":"f","cents":%d}\
      """;

  private static Fact fact(String type, String payload) {
    return RaceNode.catalogue().read(type, 1, payload);
  }

  private static Call told(Kind kind, String slip, long from, long to, String answer) {
    return new Call(0, "left", kind, slip, List.of(ONE), from, to, answer);
  }

  private List<String> faults(Call... calls) {
    return RecordedSlips.of(0, rows).against(List.of(calls));
  }

  @Test
  void oneWinnerAndOneAfterAWithdrawalAreRight() {
    slip(1, "a", true);
    slip(2, "b", false);
    withdrawn(3, "a", 1);
    slip(4, "c", true);

    assertThat(
            faults(
                told(Kind.SUBMIT, "a", 0, 10, "NEW 1 A"),
                told(Kind.SUBMIT, "b", 5, 20, "NEW 2 R"),
                told(Kind.WITHDRAW, "a", 15, 30, "NEW 3 L"),
                told(Kind.SUBMIT, "a", 40, 50, "AGAIN 1 A")))
        .isEmpty();
  }

  /** A slip whose condition has only its accepted cheques. */
  @Test
  void aRefusalThatItsChequeNoLongerDeservesIsFoundThoughNoClientCanTell() {
    slip(1, "a", true);
    withdrawn(2, "a", 1);
    slip(3, "b", false);
    Call[] calls = {
      told(Kind.SUBMIT, "a", 0, 10, "NEW 1 A"),
      told(Kind.WITHDRAW, "a", 20, 40, "NEW 2 L"),
      told(Kind.SUBMIT, "b", 30, 50, "NEW 3 R")
    };

    assertThat(faults(calls))
        .containsExactly(
            "slip b at 3 records ALREADY_REDEEMED of cheque 00001-0001, which was ACCEPTED");
    assertThat(Checker.check(new History("", List.of(), List.of(calls))).findings()).isEmpty();
  }

  /** Without the fence. */
  @Test
  void aPositionThatTwoNodesHaveIsFound() {
    slip(1, "a", true);
    slip(1, "b", false);

    assertThat(faults()).containsExactly("position 1 follows 1");
  }

  /** Without the guard. */
  @Test
  void whatIsRecordedOnALedgerThatWasMovedBackIsFound() {
    slip(1, "a", true);
    slip(4, "d", false);

    assertThat(
            Round.goneOn(
                List.of(
                    told(Kind.SUBMIT, "d", 50, 60, "NEW 4 R"),
                    told(Kind.SUBMIT, "a", 50, 60, "AGAIN 1 A")),
                RecordedSlips.of(0, rows)))
        .hasSize(2)
        .first(InstanceOfAssertFactories.STRING)
        .isEqualTo("position 4 follows 1");
  }

  @Test
  void moneyThatIsOwedForNothingAndWhatWasToldOtherwiseAreFound() {
    slip(1, "a", true);
    slip(2, "b", true);

    assertThat(faults(told(Kind.SUBMIT, "b", 0, 10, "NEW 2 R")))
        .containsExactly(
            "slip b at 2 records ACCEPTED of cheque 00001-0001, which was ALREADY_REDEEMED",
            "b R was told, b A is recorded at 2");
  }

  @Test
  void aWithdrawalThatTakesNoMoneyBackIsFound() {
    slip(1, "a", true);
    withdrawn(2, "a", 1, "");

    assertThat(faults())
        .containsExactly("the withdrawal of slip a takes 0 cents back for 1 cheques");
  }

  @Test
  void aCallThatHadEndedBeforeAnotherBeganStandsBeforeIt() {
    slip(1, "b", true);
    slip(2, "a", false);

    assertThat(
            faults(
                told(Kind.SUBMIT, "a", 0, 10, "NEW 2 R"),
                told(Kind.SUBMIT, "b", 20, 30, "NEW 1 A")))
        .singleElement()
        .asString()
        .contains("slip b stands at 1, before one that had been answered when it was sent");
  }
}
