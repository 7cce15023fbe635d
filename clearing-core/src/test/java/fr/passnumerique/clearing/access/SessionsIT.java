package fr.passnumerique.clearing.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.BadCredentialsException;

class SessionsIT extends AccountsWorld {
  private Instant now = Instant.parse("2026-11-30T09:00:00Z");
  private Administration trail;
  private Sessions sessions;
  private Account venue;
  private SignedIn clerk;

  @BeforeEach
  void aVenueAndAClerk() {
    InstantSource time = () -> now;
    Clock clock = time.withZone(ZoneOffset.UTC);
    trail = new Administration(database.ledger(), clock);
    sessions = new Sessions(database.ledger(), clock, trail, accounts.whoAsks());
    venue = accounts.create("venue", PASSWORD, Role.VENUE, "V-1", "engine");
    clerk = begin(accounts.create("clerk", PASSWORD, Role.CLERK, "", "engine"));
  }

  @Test
  void anOwnerSeesWhereItIsLoggedInItsOwnSessionFirst() {
    SignedIn desk = sessions.begin(asks(venue), "192.0.2.7", "Firefox\r\nX: y" + "z".repeat(400));
    now = now.plusSeconds(90);
    begin(venue);

    List<Session> own = sessions.own(desk);

    assertThat(own).hasSize(2);
    assertThat(own.getFirst().current()).isTrue();
    assertThat(own.getFirst().address()).isEqualTo("192.0.2.7");
    assertThat(own.getFirst().agent()).startsWith("FirefoxX: yzz").hasSize(300);
    assertThat(own.getFirst().beganAt()).isEqualTo(now.minusSeconds(90));
    assertThat(own.getLast().current()).isFalse();
    assertThat(sessions.own(clerk)).as("each its own").hasSize(1);
  }

  @Test
  void whatIsEndedDoesNotCountFromTheNextRequestOn() {
    SignedIn desk = begin(venue);
    SignedIn phone = begin(venue);
    assertThat(accounts.whoAsks().inSession(phone, true)).isPresent();

    sessions.end(venue.id(), id(phone), desk);

    assertThat(accounts.whoAsks().inSession(phone, true)).isEmpty();
    assertThat(accounts.whoAsks().inSession(desk, true)).isPresent();
    assertThat(sessions.own(desk)).hasSize(1);
  }

  @Test
  void anotherNodeKnowsWithinASecond() throws Exception {
    Accounts elsewhere = new Accounts(database.ledger(), Clock.systemUTC());
    SignedIn phone = begin(venue);
    assertThat(elsewhere.whoAsks().inSession(phone, true)).isPresent();

    sessions.end(venue.id(), id(phone), phone);

    Thread.sleep(1000);
    assertThat(elsewhere.whoAsks().inSession(phone, true)).isEmpty();
  }

  @Test
  void allOthersOfItsOwnAndNobodyElsesAreEnded() {
    SignedIn desk = begin(venue);
    SignedIn phone = begin(venue);

    sessions.endOthers(desk);

    assertThat(accounts.whoAsks().inSession(phone, true)).isEmpty();
    assertThat(accounts.whoAsks().inSession(desk, true)).isPresent();
    assertThat(accounts.whoAsks().inSession(clerk, true)).isPresent();
    assertThat(lines(venue)).first().extracting(Administration.Line::detail).isEqualTo("OTHERS");
  }

  @Test
  void anApiKeyDoesNotLogItsOwnerOut() {
    SignedIn desk = begin(venue);
    String key = accounts.createKey(venue.id(), "till", "engine").key();
    SignedIn program = accounts.whoAsks().byKey(key).orElseThrow();

    assertThat(refused(() -> sessions.endOthers(program)).code()).isEqualTo("LOGIN_REQUIRED");
    assertThat(accounts.whoAsks().inSession(desk, true)).isPresent();
  }

  @Test
  void aLogoutAndWhatEndsNothingLeaveTheKeysThatAllNodesKnow() {
    SignedIn desk = begin(venue);
    SignedIn phone = begin(venue);
    assertThat(accounts.whoAsks().inSession(desk, true)).isPresent();
    long before = revision();

    sessions.left(desk);
    sessions.endOthers(clerk);
    jdbc.sql("update access.session set ended_at = ended_at, factor_shown = factor_shown").update();

    assertThat(revision()).isEqualTo(before);
    assertThat(accounts.whoAsks().inSession(desk, true)).isEmpty();
    assertThat(sessions.of(venue.id(), clerk)).hasSize(1);
    sessions.end(venue.id(), id(phone), phone);
    assertThat(revision()).as("what ends one is told").isGreaterThan(before);
  }

  @Test
  void whoHasLeftChangesNoAccount() {
    SignedIn left = begin(accounts.find(clerk.actor().account()).orElseThrow());
    sessions.left(left);

    assertThatThrownBy(() -> accounts.createKey(UUID.randomUUID(), venue.id(), "till", left))
        .isInstanceOf(BadCredentialsException.class);
  }

  private long revision() {
    return jdbc.sql("select revision from access.revision").query(Long.class).single();
  }

  @Test
  void aClerkEndsThoseOfAnAccountAndTheTrailTellsWho() {
    SignedIn desk = begin(venue);
    assertThat(sessions.of(venue.id(), clerk)).hasSize(1);

    sessions.endAll(venue.id(), clerk);

    assertThat(accounts.whoAsks().inSession(desk, true)).isEmpty();
    assertThat(sessions.of(venue.id(), clerk)).isEmpty();
    Administration.Line line = lines(venue).getFirst();
    assertThat(line.act()).isEqualTo(Act.SESSION_ENDED);
    assertThat(line.by()).isEqualTo(clerk.actor().account());
    assertThat(line.at()).isEqualTo(now);
  }

  @Test
  void nobodyEndsAnothersByItsName() {
    SignedIn desk = begin(venue);

    assertThat(refused(() -> sessions.end(clerk.actor().account(), id(desk), clerk)).status())
        .isEqualTo(404);
    assertThat(refused(() -> sessions.endAll("nobody", clerk)).status()).isEqualTo(404);
    assertThat(refused(() -> sessions.of("nobody", clerk)).status()).isEqualTo(404);
    assertThat(accounts.whoAsks().inSession(desk, true)).isPresent();
  }

  @Test
  void anotherPasswordOrADisabledAccountEndsThemAll() {
    SignedIn desk = begin(venue);
    accounts.changePassword(venue.id(), "another password");
    assertThat(accounts.whoAsks().inSession(desk, true)).isEmpty();
    assertThat(sessions.of(venue.id(), clerk)).isEmpty();

    SignedIn again = begin(venue);
    accounts.disable(venue.id());
    assertThat(accounts.whoAsks().inSession(again, true)).isEmpty();
    assertThat(sessions.of(venue.id(), clerk)).isEmpty();
  }

  @Test
  void aSessionThatWasEndedMeanwhileChangesNoAccount() {
    SignedIn other = begin(accounts.find(clerk.actor().account()).orElseThrow());
    sessions.endOthers(clerk);

    assertThatThrownBy(() -> accounts.createKey(UUID.randomUUID(), venue.id(), "till", other))
        .isInstanceOf(BadCredentialsException.class);
  }

  @Test
  void oneThatLapsedIsNotListedAndOneOfLongAgoIsTakenAway() {
    SignedIn desk = begin(venue);
    now = now.plus(Sessions.LAPSES_AFTER);
    assertThat(sessions.of(venue.id(), clerk)).isEmpty();
    assertThat(sessions.own(desk)).as("the one that asks counts").hasSize(1);

    now = now.plus(Duration.ofDays(190));
    begin(venue);
    assertThat(jdbc.sql("select count(*) from access.session").query(Integer.class).single())
        .isEqualTo(1);
  }

  @Test
  void everyChangeOfAnAccountIsInTheTrailWithWhoMadeIt() {
    Account made = accounts.create(UUID.randomUUID(), "new", PASSWORD, Role.AUDITOR, "", clerk);
    ApiKey.Issued key = accounts.createKey(UUID.randomUUID(), made.id(), "till", clerk);
    accounts.revokeKey(made.id(), key.id(), clerk.actor());
    accounts.revokeKey(made.id(), key.id(), clerk.actor());
    accounts.changePassword(made.id(), "another password", clerk);
    accounts.disable(made.id(), clerk.actor());
    accounts.disable(made.id(), clerk.actor());

    assertThat(lines(made))
        .extracting(Administration.Line::act)
        .containsExactly(
            Act.ACCOUNT_DISABLED,
            Act.PASSWORD_CHANGED,
            Act.KEY_REVOKED,
            Act.KEY_MADE,
            Act.ACCOUNT_CREATED);
    assertThat(lines(made))
        .extracting(Administration.Line::by)
        .containsOnly(clerk.actor().account());
    assertThat(lines(made))
        .extracting(Administration.Line::detail)
        .containsExactly("", "", key.id(), key.id(), "AUDITOR");
  }

  @Test
  void theKeysThatAFirstOwnPasswordRevokesAreInTheTrailToo() {
    Account bert = made("bert", clerk.actor());
    accounts.createKey(UUID.randomUUID(), bert.id(), "first", clerk);
    itsOwn(bert);

    assertThat(lines(bert))
        .extracting(Administration.Line::act)
        .containsExactly(Act.PASSWORD_CHANGED, Act.KEY_REVOKED, Act.KEY_MADE, Act.ACCOUNT_CREATED);
  }

  @Test
  void theTrailIsReadPageByPageAndNoNodeMayChangeIt() {
    Administration.Lines first = trail.newest(null, null, 1);
    Administration.Lines second = trail.newest(null, first.next().orElseThrow(), 1);
    assertThat(second.lines()).hasSize(1).isNotEqualTo(first.lines());
    assertThat(second.next()).isEmpty();

    JdbcClient node = JdbcClient.create(database.ledger());
    for (String change :
        List.of("delete from access.administration", "update access.administration set by = ''")) {
      assertThatThrownBy(() -> node.sql(change).update()).isInstanceOf(DataAccessException.class);
    }
  }

  private SignedIn begin(Account account) {
    return sessions.begin(asks(account), "127.0.0.1", "Chromium");
  }

  private static String id(SignedIn signedIn) {
    return String.valueOf(signedIn.session());
  }

  private List<Administration.Line> lines(Account account) {
    return trail.newest(account.id(), null, 100).lines();
  }
}
