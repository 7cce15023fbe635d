package fr.passnumerique.projections.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.bookkeeping.AsOf;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.TableDownload;
import fr.passnumerique.clearing.http.TableFormat;
import fr.passnumerique.clearing.http.WhichMoment;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.projections.Following;
import fr.passnumerique.projections.Story;
import fr.passnumerique.projections.TestLedger;
import fr.passnumerique.projections.accounts.BalancesQuery.Filter;
import fr.passnumerique.projections.accounts.PostingsPage.Posting;
import fr.passnumerique.projections.registers.RegistersProjections;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A file has the figures that the operation beside it reads, at the same moment. */
class ExportsIT {
  private static final Actor AUDITOR = new Actor("auditor-1", Role.AUDITOR, "");
  private static final Actor LIBRARY = new Actor("library", Role.VENUE, Story.LIBRARY.value());
  private static final Actor STATE = new Actor("state", Role.FUNDER, Story.STATE.value());

  private TestDatabase database;
  private TestLedger ledger;
  private Following following;
  private BalancesQuery balances;
  private ExportsEndpoint exports;
  private long afterTheFirst;
  private long head;

  @BeforeEach
  void start() throws InterruptedException {
    database = TestDatabase.fresh();
    ledger = TestLedger.on(database);
    following =
        Following.directly(
            database,
            ledger,
            RegistersProjections.registers(),
            new AccountsProjection(Accounts::entries));
    balances = new BalancesQuery(database.reader());
    exports =
        new ExportsEndpoint(
            balances,
            new PostingsQuery(database.reader()),
            new ReconciliationQuery(database.reader()),
            following.runners(),
            database.reader());
    ledger.record(Story.untilHandedOut());
    afterTheFirst = ledger.record(Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 3));
    head = ledger.record(Story.slip(Story.BUS, "S-1", Story.BUS_LIMOGES, 4, 5));
    following.await(AccountsProjection.NAME, head);
    following.await("registers", head);
  }

  @AfterEach
  void end() {
    following.close();
    ledger.close();
    database.close();
  }

  @Test
  void theMatrixBetweenDepartementsIsOneToTheCentAsOfThenAndNow() throws Exception {
    assertThat(balances("flow", WhichMoment.NOW, TableFormat.CSV))
        .isEqualTo(
            """
            fundingDepartement,spendingDepartement,redeemedCents,owedCents,inTransitCents,untitledCents,paidCents,caveats
            23,23,3000,3000,0,0,0,
            23,87,2000,2000,0,0,0,
            """
                .replace("\n", "\r\n"));
    assertThat(balances("flow", at(afterTheFirst), TableFormat.EXCEL_FR))
        .isEqualTo(
            """
            \uFEFFDépartement de financement;Département de dépense;Accepté (EUR);À payer (EUR);Virement en cours (EUR);dont annulé (EUR);Payé (EUR);À savoir
            "=""23""\";"=""23""\";30,00;30,00;0,00;0,00;0,00;
            """
                .replace("\n", "\r\n"));
  }

  @Test
  void everyListOfBalancesIsExportedWithTheFiguresThatAreRead() throws Exception {
    Balances read = balances.read(Filter.ALL, EnumSet.allOf(Grouping.class), head);
    JsonNode answered = JsonMapper.shared().readTree(JsonMapper.shared().writeValueAsString(read));
    String[] lists = {
      "venues",
      "funders",
      "agreements",
      "programmes",
      "prescribers",
      "fundingDepartements",
      "spendingDepartements",
      "flows"
    };
    for (Grouping grouping : Grouping.values()) {
      JsonNode rows =
          JsonMapper.shared()
              .readTree(balances(grouping.parameter(), WhichMoment.NOW, TableFormat.JSON));
      JsonNode expected = answered.get(lists[grouping.ordinal()]);
      assertThat(rows.size()).as(grouping.parameter()).isEqualTo(expected.size()).isPositive();
      for (int i = 0; i < rows.size(); i++) {
        JsonNode wanted = expected.get(i);
        for (String column : rows.get(i).propertyNames()) {
          if (column.equals("caveats")) {
            assertThat(rows.get(i).get(column).asString()).isEmpty();
          } else if (!rows.get(i).get(column).isNull()) {
            assertThat(rows.get(i).get(column)).as(column).isEqualTo(wanted.get(column));
          }
        }
      }
    }
  }

  @Test
  void allPostingsAreSentInOrderAndSumToZero() throws Exception {
    JsonNode rows =
        JsonMapper.shared().readTree(postings(AUDITOR, WhichMoment.NOW, TableFormat.JSON));
    assertThat(rows.valueStream().mapToLong(row -> row.get("cents").asLong()).sum()).isZero();
    assertThat(rows.valueStream().map(row -> row.get("position").asLong()).toList()).isSorted();
    assertThat(rows.get(rows.size() - 1).get("causes").asString())
        .isEqualTo("slip " + Story.BUS + "/S-1");
    // As of before: the same rows without those of later facts.
    List<String> now = postings(AUDITOR, WhichMoment.NOW, TableFormat.CSV).lines().toList();
    List<String> then = postings(AUDITOR, at(afterTheFirst), TableFormat.CSV).lines().toList();
    assertThat(now.subList(0, then.size())).isEqualTo(then);
    assertThat(now.subList(then.size(), now.size()))
        .isNotEmpty()
        .allMatch(line -> line.startsWith(head + ","));
  }

  /** A venue may download as slowly as it likes: others read balances meanwhile. */
  @Test
  void nothingOfTheDatabaseIsHeldWhilePostingsAreTaken() {
    List<Posting> wanted = all(new PostingsQuery(database.reader()), Filter.ALL, AsOf.NOW, _ -> {});
    assertThat(wanted).hasSizeGreaterThan(20);
    AtomicInteger open = new AtomicInteger();
    for (int atOnce : new int[] {1, 3, wanted.size(), 1_000}) {
      PostingsQuery counted = new PostingsQuery(new Counted(database.reader(), open), atOnce);
      assertThat(all(counted, Filter.ALL, AsOf.NOW, _ -> assertThat(open.get()).isZero()))
          .as(atOnce + " at once")
          .isEqualTo(wanted);
      assertThat(all(counted, Filter.ALL, AsOf.at(afterTheFirst), _ -> {}))
          .isEqualTo(
              wanted.stream().filter(posting -> posting.position() <= afterTheFirst).toList());
      assertThat(all(counted, Filter.ofVenue(Story.BUS.value()), AsOf.NOW, _ -> {}))
          .isEqualTo(
              wanted.stream()
                  .filter(posting -> posting.venue().equals(Story.BUS.value()))
                  .toList());
    }
  }

  /** However much of others lies before, between and after them. */
  @Test
  void theFewPostingsOfAVenueInALongLedgerAreFoundInAFewLooks() throws Exception {
    List<Fact> others = new ArrayList<>();
    for (int slip = 0; slip < 480; slip++) {
      int first = 6 + slip * 2;
      others.add(Story.slip(Story.LIBRARY, "O-" + slip, Story.LIBRARY_DESK, first, first + 1));
    }
    ledger.record(others);
    head = ledger.record(Story.slip(Story.BUS, "S-2", Story.BUS_LIMOGES, 970, 971));
    following.await(AccountsProjection.NAME, head);
    List<Posting> wanted =
        all(new PostingsQuery(database.reader()), Filter.ALL, AsOf.NOW, _ -> {}).stream()
            .filter(posting -> posting.venue().equals(Story.BUS.value()))
            .toList();
    assertThat(wanted).extracting(Posting::position).startsWith(afterTheFirst + 1).endsWith(head);

    Counted counted = new Counted(database.reader(), new AtomicInteger());
    assertThat(
            all(
                new PostingsQuery(counted, 20),
                Filter.ofVenue(Story.BUS.value()),
                AsOf.NOW,
                _ -> {}))
        .isEqualTo(wanted);
    assertThat(counted.looks).hasValueLessThan(20);
  }

  @Test
  void postingsThatAreFoldedAnewMeanwhileEndEarly() throws Exception {
    PostingsQuery postings = new PostingsQuery(database.reader(), 3);
    try (Connection connection = database.superuser().getConnection();
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(
              () ->
                  all(
                      postings,
                      Filter.ALL,
                      AsOf.NOW,
                      new Consumer<>() {
                        private boolean done;

                        @Override
                        public void accept(Posting posting) {
                          if (!done) {
                            done = true;
                            switchIn(statement);
                          }
                        }
                      }))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("folded anew");
    }
  }

  private static void switchIn(Statement statement) {
    try {
      statement.execute("alter table projections.posting rename to posting_before");
      statement.execute(
          "create table projections.posting (like projections.posting_before including all)");
      statement.execute("insert into projections.posting select * from projections.posting_before");
      statement.execute("grant select on projections.posting to public");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Posting> all(
      PostingsQuery postings, Filter filter, AsOf asOf, Consumer<Posting> also) {
    List<Posting> taken = new ArrayList<>();
    long count =
        postings.all(
            filter,
            null,
            asOf,
            (_, _, each) ->
                each.accept(
                    posting -> {
                      also.accept(posting);
                      taken.add(posting);
                    }));
    assertThat(count).isEqualTo(taken.size());
    return taken;
  }

  /** Tells how many connections are open. */
  private static final class Counted extends DelegatingDataSource {
    private final AtomicInteger open;
    private final AtomicInteger looks = new AtomicInteger();

    Counted(DataSource of, AtomicInteger open) {
      super(of);
      this.open = open;
    }

    @Override
    public Connection getConnection() throws SQLException {
      Connection connection = super.getConnection();
      open.incrementAndGet();
      looks.incrementAndGet();
      return (Connection)
          Proxy.newProxyInstance(
              Counted.class.getClassLoader(),
              new Class<?>[] {Connection.class},
              (_, method, arguments) -> {
                if (method.getName().equals("close")) {
                  open.decrementAndGet();
                }
                try {
                  return method.invoke(connection, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    }
  }

  @Test
  void aVenueAndAFunderGetTheirOwn() throws Exception {
    assertThat(postings(LIBRARY, WhichMoment.NOW, TableFormat.CSV).lines().skip(1))
        .isNotEmpty()
        .allMatch(line -> line.contains(Story.LIBRARY.value()));
    assertThatThrownBy(
            () ->
                exports.exportBalances(
                    STATE,
                    new WhichAccounts(null, Story.REGION, null, null, null, null),
                    "venue",
                    WhichMoment.NOW,
                    null,
                    new TableDownload(TableFormat.CSV, new MockHttpServletResponse())))
        .isInstanceOf(Problem.class);
  }

  @Test
  void aReconciliationHasNothingUnexplained() throws Exception {
    MockHttpServletResponse response = new MockHttpServletResponse();
    exports.exportReconciliation(
        STATE,
        Story.AGREEMENT,
        WhichMoment.NOW,
        null,
        new TableDownload(TableFormat.CSV, response));
    assertThat(response.getContentAsString().lines().filter(line -> line.contains("UNEXPLAINED")))
        .isNotEmpty()
        .allMatch(line -> line.endsWith(",0,"));
    assertThat(response.getHeader("Content-Disposition"))
        .contains("rapprochement-%s-%d.csv".formatted(Story.AGREEMENT, head));
  }

  /** What is refused is refused before the first byte. */
  @Test
  void whatCannotBeToldIsNoFile() {
    MockHttpServletResponse response = new MockHttpServletResponse();
    assertThatThrownBy(
            () ->
                exports.exportPostings(
                    AUDITOR,
                    WhichAccounts.ALL,
                    null,
                    at(head + 1),
                    null,
                    new TableDownload(TableFormat.CSV, response)))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.code()).isEqualTo("AS_OF_TOO_LATE"));
    assertThat(response.isCommitted()).isFalse();
    assertThatThrownBy(() -> balances("commune", WhichMoment.NOW, TableFormat.CSV))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.status()).isEqualTo(400));
  }

  private static WhichMoment at(long position) {
    return new WhichMoment(position, null, null);
  }

  private String balances(String groupBy, WhichMoment when, TableFormat format) throws IOException {
    MockHttpServletResponse response = new MockHttpServletResponse();
    exports.exportBalances(
        AUDITOR, WhichAccounts.ALL, groupBy, when, null, new TableDownload(format, response));
    return response.getContentAsString();
  }

  private String postings(Actor actor, WhichMoment when, TableFormat format) throws IOException {
    MockHttpServletResponse response = new MockHttpServletResponse();
    exports.exportPostings(
        actor, WhichAccounts.ALL, null, when, null, new TableDownload(format, response));
    return response.getContentAsString();
  }
}
