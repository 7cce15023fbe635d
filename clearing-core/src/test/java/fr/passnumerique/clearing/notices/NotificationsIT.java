package fr.passnumerique.clearing.notices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.notices.NoticeEndpoint.Marked;
import fr.passnumerique.clearing.notices.NoticeEndpoint.Notifications;
import fr.passnumerique.clearing.notices.NoticeEndpoint.Row;
import fr.passnumerique.clearing.notices.NoticeEndpoint.SeenBody;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whose notifications somebody reads, and what each login has seen of them. */
class NotificationsIT {
  private static final Actor BUS = new Actor("bus", Role.VENUE, "21230096100018");
  private static final Actor BUS_TOO = new Actor("bus-too", Role.VENUE, "21230096100018");
  private static final Actor OTHER = new Actor("other", Role.VENUE, "40109226700020");
  private static final Actor CLERK = new Actor("clerk-1", Role.CLERK, "");
  private static final Actor SECOND = new Actor("clerk-2", Role.CLERK, "");
  private static final ReadLock NO_LOCK =
      new ReadLock() {
        @Override
        public <T> T read(Supplier<T> query) {
          return query.get();
        }
      };

  private static TestDatabase database;

  private final NoticeWorld world = new NoticeWorld();
  private final NoticeQuery query =
      new NoticeQuery(world.register, new SeenNotices(database.ledger()), NO_LOCK);
  private final NoticeEndpoint endpoint = new NoticeEndpoint(query);

  @BeforeAll
  static void start() {
    database = TestDatabase.fresh();
    for (Actor actor : new Actor[] {BUS, BUS_TOO, OTHER, CLERK, SECOND}) {
      JdbcClient.create(database.ledger())
          .sql(
              """
              insert into access.account (id, login, role, subject, created_by)
              values (:id, :id, :role, :subject, 'engine')
              """)
          .param("id", actor.account())
          .param("role", actor.role().name())
          .param("subject", actor.subject())
          .update();
    }
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @BeforeEach
  void nothingIsSeen() {
    JdbcClient.create(database.ledger()).sql("delete from access.notices_seen").update();
  }

  @Test
  void aVenueReadsItsOwnAndNeverAnothers() {
    long paid = world.fold("TransferExecuted");

    assertThat(read(BUS).notifications()).extracting(Row::position).containsExactly(paid);
    assertThat(read(OTHER).notifications()).isEmpty();
    assertThat(query.unseen(OTHER)).isZero();
    assertThat(read(CLERK).notifications()).isEmpty();
    // The same name in another role is another subject.
    assertThat(read(new Actor("f", Role.FUNDER, BUS.subject())).notifications()).isEmpty();
  }

  @Test
  void eachLoginOfAVenueSeesForItself() {
    long paid = world.fold("TransferExecuted");

    assertThat(mark(BUS, paid)).isEqualTo(new Marked(paid, 0));

    assertThat(query.unseen(BUS)).isZero();
    assertThat(read(BUS).notifications()).extracting(Row::seen).containsExactly(true);
    assertThat(query.unseen(BUS_TOO)).isEqualTo(1);
    assertThat(read(BUS_TOO).notifications()).extracting(Row::seen).containsExactly(false);
  }

  @Test
  void whatWasSeenStaysSeen() {
    long first = world.fold("TransferExecuted");
    long second = world.fold("TransferRejected");
    mark(BUS, second);

    assertThat(mark(BUS, first)).isEqualTo(new Marked(second, 0));
    assertThat(mark(BUS, -1)).isEqualTo(new Marked(second, 0));
  }

  @Test
  void whatCameAfterThePageThatWasLookedAtIsNew() {
    long shown = world.fold("TransferExecuted");
    world.fold("TransferRejected");

    assertThat(mark(BUS, shown)).isEqualTo(new Marked(shown, 1));
  }

  @Test
  void nobodySeesBeforehandWhatIsToCome() {
    long last = world.fold("TransferExecuted");

    assertThat(mark(BUS, Long.MAX_VALUE)).isEqualTo(new Marked(last, 0));
    world.fold("TransferRejected");
    assertThat(query.unseen(BUS)).isEqualTo(1);
  }

  @Test
  void whoeverAsksForASecondPersonIsNotToldOfIt() {
    world.fold("OppositionProposed");

    assertThat(query.unseen(CLERK)).isZero();
    assertThat(query.unseen(SECOND)).isEqualTo(1);
  }

  @Test
  void pagesBeginAfterANotificationTheNewestFirst() {
    long first = world.fold("TransferExecuted");
    long second = world.fold("TransferRejected");
    long third = world.fold("TransferReturned");

    Notifications page = endpoint.readNotifications(null, 2, BUS);
    assertThat(page.notifications()).extracting(Row::position).containsExactly(third, second);
    assertThat(page.newest()).isEqualTo(third);
    assertThat(page.count()).isEqualTo(3);
    Notifications next = endpoint.readNotifications(page.next().orElseThrow(), 2, BUS);
    assertThat(next.notifications()).extracting(Row::position).containsExactly(first);
    assertThat(next.next()).isEmpty();
    assertThatThrownBy(() -> endpoint.readNotifications("x", 2, BUS)).isInstanceOf(Problem.class);
    assertThatThrownBy(() -> endpoint.readNotifications("1~NONE~x", 2, BUS))
        .isInstanceOf(Problem.class);
  }

  private Notifications read(Actor actor) {
    return endpoint.readNotifications(null, 50, actor);
  }

  private Marked mark(Actor actor, long until) {
    return endpoint.markNotificationsSeen(new SeenBody(until), actor);
  }
}
