package fr.passnumerique.loadtest.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.loadtest.race.Call.Kind;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Small histories, each with what can be said of it by hand. */
class CheckerTest {
  private static final long ONE = new Serial(Batch.of(1), 1).key();
  private static final long TWO = new Serial(Batch.of(1), 2).key();

  private final List<Call> calls = new ArrayList<>();

  private void call(String node, Kind kind, String slip, long from, long to, String answer) {
    call(node, kind, slip, List.of(ONE), from, to, answer);
  }

  private void call(
      String node, Kind kind, String slip, List<Long> on, long from, long to, String answer) {
    calls.add(new Call(0, node, kind, slip, on, from, to, answer));
  }

  private void submit(String slip, long from, long to, String answer) {
    call("left", Kind.SUBMIT, slip, from, to, answer);
  }

  private void withdraw(String slip, long from, long to, String answer) {
    call("left", Kind.WITHDRAW, slip, from, to, answer);
  }

  private void lost(Kind kind, String slip, long from) {
    call("left", kind, slip, from, Call.NEVER, Call.NONE);
  }

  private void check(String node, long from, long to, String answer) {
    call(node, Kind.CHECK, Call.NONE, from, to, answer);
  }

  private List<String> faults(String... lagging) {
    return Checker.check(new History("", List.of(lagging), calls)).findings().stream()
        .map(Checker.Finding::name)
        .toList();
  }

  @Test
  void oneWinnerAmongSlipsAtTheSameTimeIsRightWhoeverItIs() {
    submit("a", 0, 10, "NEW 2 R");
    submit("b", 0, 10, "NEW 1 A");

    assertThat(faults()).isEmpty();
  }

  @Test
  void twoWinnersAreNot() {
    submit("a", 0, 10, "NEW 2 A");
    submit("b", 0, 10, "NEW 1 A");

    assertThat(faults()).containsExactly("cheque 00001-0001");
  }

  @Test
  void noWinnerIsNoneEither() {
    submit("a", 0, 10, "NEW 1 R");
    submit("b", 20, 30, "NEW 2 A");

    assertThat(faults()).containsExactly("cheque 00001-0001");
  }

  @Test
  void aLostSlipMayHaveRedeemedTheChequeBeforeOrAfterOrNever() {
    lost(Kind.SUBMIT, "a", 0);
    submit("b", 10, 20, "NEW 2 R");
    assertThat(faults()).as("before").isEmpty();

    calls.clear();
    lost(Kind.SUBMIT, "a", 0);
    submit("b", 10, 20, "NEW 1 A");
    withdraw("b", 30, 40, "NEW 2 L");
    submit("c", 50, 60, "NEW 4 R");
    assertThat(faults()).as("long after").isEmpty();

    calls.clear();
    lost(Kind.SUBMIT, "a", 30);
    submit("b", 10, 20, "NEW 1 R");
    assertThat(faults()).as("not before it was sent").hasSize(1);
  }

  @Test
  void aRetryIsToldWhatTheLostCallRecorded() {
    lost(Kind.SUBMIT, "a", 0);
    submit("b", 10, 20, "NEW 2 R");
    submit("a", 30, 40, "AGAIN 1 A");
    assertThat(faults()).isEmpty();

    submit("a", 50, 60, "AGAIN 1 R");
    assertThat(faults()).as("once other verdicts").containsExactly("cheque 00001-0001", "slip a");
  }

  @Test
  void aSlipIsNewOnce() {
    submit("a", 0, 10, "NEW 1 A");
    submit("a", 20, 30, "NEW 2 A");

    assertThat(faults()).containsExactly("cheque 00001-0001", "slip a");
  }

  @Test
  void aSlipIsNotAnsweredAsKnownBeforeAnybodySentIt() {
    submit("a", 20, 30, "AGAIN 1 A");

    assertThat(faults()).contains("slip a");
  }

  @Test
  void everyRetryNamesTheSamePosition() {
    submit("a", 0, 10, "NEW 1 A");
    submit("a", 20, 30, "AGAIN 2 A");

    assertThat(faults()).containsExactly("slip a");
  }

  @Test
  void aWithdrawnSlipGivesItsChequeBackAndKeepsItsAnswer() {
    submit("a", 0, 10, "NEW 1 A");
    withdraw("a", 20, 30, "NEW 2 L");
    submit("b", 40, 50, "NEW 3 A");
    submit("a", 60, 70, "AGAIN 1 A");
    withdraw("a", 80, 90, "AGAIN 2 L");
    assertThat(faults()).isEmpty();

    submit("c", 100, 110, "NEW 4 A");
    assertThat(faults()).as("spent again").containsExactly("cheque 00001-0001");
  }

  @Test
  void aChequeThatWasGivenBackIsNotRefused() {
    submit("a", 0, 10, "NEW 1 A");
    withdraw("a", 20, 30, "NEW 2 L");
    submit("b", 40, 50, "NEW 3 R");

    assertThat(faults()).containsExactly("cheque 00001-0001");
  }

  @Test
  void aSlipIsWithdrawnOnce() {
    submit("a", 0, 10, "NEW 1 A");
    withdraw("a", 20, 40, "NEW 2 L");
    withdraw("a", 20, 40, "NEW 3 L");

    assertThat(faults()).containsExactly("cheque 00001-0001", "slip a");
  }

  @Test
  void aWithdrawalReleasesOnlyWhatItsSlipRedeemed() {
    submit("a", 0, 10, "NEW 1 A");
    call("left", Kind.SUBMIT, "b", List.of(ONE, TWO), 20, 30, "NEW 2 RA");
    call("left", Kind.WITHDRAW, "b", List.of(ONE, TWO), 40, 50, "NEW 3 LL");

    assertThat(faults()).containsExactly("cheque 00001-0001");
  }

  @Test
  void otherLinesUnderAUsedReferenceAreRefused() {
    submit("a", 0, 10, "NEW 1 A");
    call("left", Kind.REUSE, "a", List.of(TWO), 20, 30, SlipSpecification.REFUSED);
    assertThat(faults()).isEmpty();

    call("left", Kind.REUSE, "a", List.of(TWO), 40, 50, "AGAIN 1 A");
    assertThat(faults()).containsExactly("slip a");
  }

  @Test
  void aCheckTellsWhatIsSoWhileItIsAsked() {
    check("left", 0, 5, ChequeSpecification.LIVE);
    submit("a", 10, 20, "NEW 1 A");
    check("left", 15, 18, ChequeSpecification.SPENT);
    check("left", 19, 30, ChequeSpecification.SPENT);
    assertThat(faults()).isEmpty();

    check("left", 25, 30, ChequeSpecification.LIVE);
    assertThat(faults()).containsExactly("cheque 00001-0001");
  }

  @Test
  void aNodeThatLagsMayBeBehindTheOtherButNotBehindItself() {
    submit("a", 10, 20, "NEW 1 A");
    check("right", 30, 40, ChequeSpecification.LIVE);
    assertThat(faults("left", "right")).as("behind the other").isEmpty();
    assertThat(faults("left")).as("of a node that does not lag").hasSize(1);

    check("left", 50, 60, ChequeSpecification.LIVE);
    assertThat(faults("left", "right")).as("behind itself").hasSize(1);

    calls.clear();
    submit("a", 10, 20, "NEW 1 A");
    check("right", 30, 40, ChequeSpecification.SPENT);
    check("right", 50, 60, ChequeSpecification.LIVE);
    assertThat(faults("left", "right")).as("back in time").hasSize(1);
  }

  @Test
  void aHistoryIsReadAsItWasWritten(@TempDir Path directory) throws Exception {
    submit("a", 0, 10, "NEW 1 A");
    lost(Kind.WITHDRAW, "a", 20);
    call("right", Kind.SUBMIT, "b", List.of(ONE, -1L), 20, 30, "NEW 2 RU");
    History history = new History("seed 7", List.of("left", "right"), calls);
    Path file = directory.resolve("there").resolve("seed-7.history");

    history.write(file);

    assertThat(History.read(file)).isEqualTo(history);
  }

  /**
   * Those that only the ledger shows. {@link RecordedSlipsTest} has them, and that of the fence,
   * which histories seldom show.
   */
  static final Set<String> IN_THE_LEDGER =
      Set.of(
          "only accepted cheques are in a slip's condition",
          "the guard is removed: a ledger that was moved back is gone on with");

  static Stream<String> bugsThatHistoriesShow() {
    return Bugs.all().stream()
        .map(bug -> bug.get().name())
        .filter(name -> !IN_THE_LEDGER.contains(name));
  }

  /** Kept by {@code race --shortest}: what clients were told by nodes that had the bug. */
  @ParameterizedTest
  @MethodSource("bugsThatHistoriesShow")
  void eachBugIsFoundInTheHistoryThatIsKeptOfIt(String bug) throws Exception {
    History history = kept(Race.file(bug));

    assertThat(history.title()).contains(bug);
    assertThat(history.title())
        .contains(": " + Checker.check(history).findings().getFirst().name());
  }

  @ParameterizedTest
  @ValueSource(strings = {"cheque-1", "slip-1", "cheque-2", "slip-2"})
  void whatNodesWithoutABugToldIsRight(String kept) throws Exception {
    History history = kept("right-" + kept + ".history");

    assertThat(history.calls()).isNotEmpty();
    assertThat(Checker.check(history).findings()).isEmpty();
  }

  @Test
  void ofOneObjectAHistoryKeepsWhatIsAboutItAlone() {
    call("left", Kind.SUBMIT, "a", List.of(ONE, TWO), 0, 10, "NEW 1 AA");
    call("left", Kind.SUBMIT, "b", List.of(TWO), 20, 30, "NEW 2 R");
    call("left", Kind.SUBMIT, "c", List.of(TWO, ONE), 40, 50, "NEW 3 RA");
    check("left", 60, 70, ChequeSpecification.SPENT);
    History history = new History("seed 7", List.of(), calls);

    assertThat(history.on("cheque 00001-0001").calls())
        .extracting(Call::slip, Call::cheques, Call::answer)
        .containsExactly(
            tuple("a", List.of(ONE), "NEW 1 A"),
            tuple("c", List.of(ONE), "NEW 3 A"),
            tuple("-", List.of(ONE), ChequeSpecification.SPENT));
    assertThat(history.on("slip c").calls())
        .extracting(Call::cheques, Call::answer)
        .containsExactly(tuple(List.of(-1L, -1L), "NEW 3 RA"));
    assertThat(Checker.check(history.on("cheque 00001-0001")).findings()).hasSize(1);
    assertThat(Checker.check(history.on("cheque 00001-0002")).findings()).isEmpty();
  }

  private static History kept(String file) throws Exception {
    URL found = CheckerTest.class.getResource("histories/" + file);
    assertThat(found).as("histories/%s, which race --shortest writes", file).isNotNull();
    return History.read(Path.of(found.toURI()));
  }
}
