package fr.passnumerique.projections.asked;

import static fr.passnumerique.projections.asked.TwoOfEachKind.CCAS;
import static fr.passnumerique.projections.asked.TwoOfEachKind.LIBRARY;
import static fr.passnumerique.projections.asked.TwoOfEachKind.STATE;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.RowSecurity;
import fr.passnumerique.clearing.bookkeeping.AsOf;
import fr.passnumerique.clearing.bookkeeping.UntoldMomentException;
import fr.passnumerique.clearing.database.Forgetful;
import fr.passnumerique.projections.Story;
import fr.passnumerique.projections.accounts.BalancesQuery;
import fr.passnumerique.projections.accounts.BalancesQuery.Filter;
import fr.passnumerique.projections.accounts.FlowsQuery;
import fr.passnumerique.projections.accounts.Grouping;
import fr.passnumerique.projections.accounts.KindSums;
import fr.passnumerique.projections.accounts.PostingsPage;
import fr.passnumerique.projections.accounts.PostingsQuery;
import fr.passnumerique.projections.loop.Snapshot;
import fr.passnumerique.projections.registers.StockRegister;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every query of what belongs to somebody, also without its condition on the owner: the policy
 * alone tells what the condition alone tells, and so do both; without either more is told.
 */
class ForgottenWhereIT {
  private static TwoOfEachKind both;

  record Query(String name, Actor actor, Function<Snapshot, Object> asked) {
    /** What it tells, or why it does not. */
    Object on(Snapshot snapshot) {
      try {
        return asked.apply(snapshot);
      } catch (UntoldMomentException e) {
        return e.getMessage();
      }
    }

    @Override
    public String toString() {
      return name + " of the " + actor.account();
    }
  }

  @BeforeAll
  static void two() throws InterruptedException {
    both = new TwoOfEachKind();
  }

  @AfterAll
  static void dropped() {
    both.close();
  }

  @ParameterizedTest
  @MethodSource("queries")
  void theConditionAloneThePolicyAloneAndBothTellTheSameAndWithoutEitherMoreIsTold(Query query) {
    DataSource right = both.database().reader();
    DataSource forgetful = new Forgetful(right, new AtomicBoolean(true));
    RowSecurity rows = new RowSecurity(query::actor);

    Object own = query.on(new Snapshot(right));
    assertThat(query.on(new Snapshot(right, rows))).as("both").isEqualTo(own);
    assertThat(query.on(new Snapshot(forgetful, rows))).as("the policy alone").isEqualTo(own);
    assertThat(query.on(new Snapshot(forgetful))).as("neither").isNotEqualTo(own);
  }

  static Stream<Query> queries() {
    return Stream.concat(
        Stream.of(STATE, LIBRARY).flatMap(ForgottenWhereIT::ofAccounts),
        Stream.of(
            new Query("receipts", STATE, ForgottenWhereIT::receipts),
            new Query(
                "number of receipts",
                STATE,
                at ->
                    new PostingsQuery(at)
                        .countArrived(
                            "FundsReceived",
                            Story.AGREEMENT.value(),
                            STATE.subject(),
                            both.head())),
            new Query(
                "what drew on the credit",
                STATE,
                at ->
                    new PostingsQuery(at).drawn(Story.AGREEMENT.value(), STATE.subject(), 0, 100)),
            new Query("stock", CCAS, at -> new StockRegister(at).find(CCAS.subject())),
            new Query(
                "stock then",
                CCAS,
                at -> new StockRegister(at).find(CCAS.subject(), both.head() - 1, null))));
  }

  private static Object receipts(Snapshot at) {
    return new PostingsQuery(at)
        .arrived("FundsReceived", Story.AGREEMENT.value(), STATE.subject(), both.head(), 100);
  }

  private static Stream<Query> ofAccounts(Actor actor) {
    Filter own =
        actor == STATE ? Filter.ofFunder(actor.subject()) : Filter.ofVenue(actor.subject());
    return Stream.of(
        new Query("balances", actor, at -> balances(at, own, AsOf.NOW)),
        new Query("balances then", actor, at -> balances(at, own, AsOf.at(both.head() - 1))),
        new Query(
            "balances of a day",
            actor,
            at -> balances(at, own, new AsOf(null, null, Story.DAY.plusDays(60)))),
        new Query("flows", actor, at -> new FlowsQuery(at).read(own, 0, AsOf.NOW)),
        new Query("kinds", actor, at -> new KindSums(at).read(own, AsOf.NOW)),
        new Query(
            "postings",
            actor,
            at ->
                new PostingsQuery(at)
                    .read(
                        new PostingsQuery.Asked(
                            own, null, null, AsOf.NOW, PostingsQuery.Cursor.NEWEST, 500))),
        new Query("all postings", actor, at -> all(at, own)));
  }

  private static Object balances(Snapshot at, Filter filter, AsOf moment) {
    return new BalancesQuery(at).read(filter, EnumSet.allOf(Grouping.class), 0, moment);
  }

  private static Object all(Snapshot at, Filter filter) {
    List<PostingsPage.Posting> taken = new ArrayList<>();
    new PostingsQuery(at)
        .all(filter, null, AsOf.NOW, (_, _, postings) -> postings.accept(taken::add));
    return taken;
  }
}
