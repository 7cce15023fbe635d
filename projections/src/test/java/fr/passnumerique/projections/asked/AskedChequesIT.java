package fr.passnumerique.projections.asked;

import static fr.passnumerique.projections.Following.execute;
import static fr.passnumerique.projections.asked.TwoOfEachKind.BUS;
import static fr.passnumerique.projections.asked.TwoOfEachKind.CCAS;
import static fr.passnumerique.projections.asked.TwoOfEachKind.CLERK;
import static fr.passnumerique.projections.asked.TwoOfEachKind.LIBRARY;
import static fr.passnumerique.projections.asked.TwoOfEachKind.MISSION;
import static fr.passnumerique.projections.asked.TwoOfEachKind.STATE;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.access.RowSecurity;
import fr.passnumerique.clearing.database.Forgetful;
import fr.passnumerique.projections.Story;
import fr.passnumerique.projections.histories.ChequeHistories;
import fr.passnumerique.projections.histories.ChequeHistory;
import fr.passnumerique.projections.histories.Discretion;
import fr.passnumerique.projections.histories.HistoryEvent;
import fr.passnumerique.projections.loop.Snapshot;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two checks stand between who asks and another's cheque: {@link Discretion}, and the policies of
 * the tables in which its life is found. Each holds without the other; without either, it is told.
 */
class AskedChequesIT {
  /** Finances nothing. */
  private static final Actor TOWN = new Actor("town", Role.FUNDER, "ville-de-limoges");

  private static final int LIBRARYS = 1;
  private static final int BUSES = 6;
  private static final int NOT_SPENT = 100;
  private static final int MISSIONS = 700;
  private static final int NOT_DELIVERED = 900;

  private static final List<String> SECURED =
      List.of(
          "batch",
          "agreement_share",
          "range_event",
          "line_event",
          "rejected_line",
          "slip",
          "transfer_slip",
          "transfer",
          "transfer_end",
          "credit_note_event");

  private static TwoOfEachKind both;

  @BeforeAll
  static void two() throws InterruptedException {
    both = new TwoOfEachKind();
  }

  @AfterAll
  static void dropped() {
    both.close();
  }

  static Stream<Arguments> everybodyAndEveryCheque() {
    return Stream.of(CLERK, STATE, TOWN, LIBRARY, BUS, CCAS, MISSION)
        .flatMap(
            actor ->
                IntStream.of(LIBRARYS, BUSES, NOT_SPENT, MISSIONS, NOT_DELIVERED)
                    .mapToObj(ordinal -> Arguments.of(actor, ordinal)));
  }

  @ParameterizedTest
  @MethodSource("everybodyAndEveryCheque")
  void thePoliciesTellTheChequesThatDiscretionTells(Actor actor, int ordinal) {
    Optional<ChequeHistory> discreet = life(whole(), ordinal).flatMap(Discretion.of(actor)::apply);

    Optional<ChequeHistory> secured = life(both.asked(actor), ordinal);

    assertThat(secured.isPresent()).isEqualTo(discreet.isPresent());
    assertThat(secured.flatMap(Discretion.of(actor)::apply)).isEqualTo(discreet);
  }

  /** Of each table, the rows of the cheque that is asked for are shown and no others. */
  @ParameterizedTest
  @MethodSource("everybodyAndEveryCheque")
  void whereAQueryForgetsWhichChequeItAsksForThePoliciesTellItApart(Actor actor, int ordinal) {
    if (actor == CLERK) {
      return;
    }

    assertThat(life(forgetful(actor), ordinal)).isEqualTo(life(both.asked(actor), ordinal));
  }

  @Test
  void withoutEitherAnothersChequeIsTold() throws SQLException {
    assertThat(life(both.asked(LIBRARY), BUSES)).isEmpty();
    assertThat(life(both.asked(MISSION), LIBRARYS)).isEmpty();
    assertThat(life(both.asked(null), LIBRARYS)).isEmpty();
    policies("disable");
    try {
      assertThat(life(forgetful(STATE), LIBRARYS))
          .as("what a query finds that forgets which cheque it asks for")
          .isNotEqualTo(life(whole(), LIBRARYS));
      assertThat(life(both.asked(LIBRARY), BUSES)).isPresent();
      assertThat(life(both.asked(MISSION), LIBRARYS)).isPresent();
      assertThat(life(both.asked(null), LIBRARYS)).isPresent();
    } finally {
      policies("enable");
    }
  }

  /** A prescriber sees a batch by its stock; that alone opens nothing of another's cheque of it. */
  @Test
  void claimsAreReadOfNoChequeThatIsNotTheAskers() throws SQLException {
    execute(both.database().owner(), "revoke select on projections.claim from pass_reader");
    try {
      assertThat(life(both.asked(MISSION), LIBRARYS)).isEmpty();
    } finally {
      execute(both.database().owner(), "grant select on projections.claim to pass_reader");
    }
  }

  /** While nodes are replaced one by one, one of them does not know the prescriber's column. */
  @Test
  void whatTheReleaseBeforeFoldedIsTheirsToWhomItWasDelivered() throws SQLException {
    Optional<ChequeHistory> before = life(both.asked(CCAS), NOT_SPENT);
    execute(
        both.database().owner(),
        """
        with folded as (delete from projections.range_event where kind = 'DELIVERED'
                        returning kind, cheques, position)
        insert into projections.range_event (kind, cheques, position) select * from folded
        """);

    assertThat(life(both.asked(CCAS), NOT_SPENT)).isPresent().isEqualTo(before);
    assertThat(life(both.asked(MISSION), NOT_SPENT)).isEmpty();
    assertThat(life(both.asked(MISSION), MISSIONS)).isPresent();
  }

  /** What no discretion has shortened. */
  @Test
  void whoPaidAChequeIsKeptFromPrescribersAndWhoTriedItFromAllThree() {
    assertThat(told(both.asked(CLERK)))
        .contains(HistoryEvent.TransferOrdered.class, HistoryEvent.Rejected.class);
    assertThat(told(both.asked(LIBRARY)))
        .contains(HistoryEvent.TransferOrdered.class, HistoryEvent.Paid.class)
        .doesNotContain(HistoryEvent.Rejected.class);
    assertThat(told(both.asked(STATE)))
        .contains(HistoryEvent.TransferOrdered.class)
        .doesNotContain(HistoryEvent.Rejected.class);
    assertThat(told(both.asked(CCAS)))
        .contains(HistoryEvent.Redeemed.class)
        .doesNotContain(
            HistoryEvent.TransferOrdered.class,
            HistoryEvent.Paid.class,
            HistoryEvent.Rejected.class);
  }

  private static Stream<Class<?>> told(Snapshot asked) {
    return life(asked, LIBRARYS).orElseThrow().events().stream().map(Object::getClass);
  }

  private static Snapshot forgetful(Actor actor) {
    return new Snapshot(
        new Forgetful(both.database().reader(), new AtomicBoolean(true)),
        new RowSecurity(() -> actor));
  }

  private static Snapshot whole() {
    return new Snapshot(both.database().reader());
  }

  private static Optional<ChequeHistory> life(Snapshot snapshot, int ordinal) {
    return new ChequeHistories(snapshot, both.facts()).find(Story.serial(ordinal));
  }

  private static void policies(String change) throws SQLException {
    for (String table : SECURED) {
      execute(
          both.database().owner(),
          "alter table projections.%s %s row level security".formatted(table, change));
    }
  }
}
