package fr.passnumerique.clearing.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/** What a login attempt tells by the time that it takes. */
class WhoAsksIT extends AccountsWorld {
  private final AtomicInteger hashes = new AtomicInteger();

  /** With small parameters: how often it hashes counts, not how long. */
  private final Passwords counted =
      new Passwords(
          new Argon2PasswordEncoder(16, 32, 1, 1024, 1) {
            @Override
            protected boolean matchesNonNull(String password, String hash) {
              hashes.incrementAndGet();
              return super.matchesNonNull(password, hash);
            }
          });

  @Test
  void everyAttemptHashesOnceWhoeverIsAskedForAndHoweverLongThePassword() {
    Actor anne = actor(accounts.create("anne", PASSWORD, Role.CLERK, "", "engine"));
    Actor bert = itsOwn(made("bert", anne));
    String code = accounts.approve(made("carl", anne).id(), asks(bert)).code().orElseThrow();
    made("waits", anne);
    accounts.create("robot", null, Role.AUDITOR, "", "engine");
    WhoAsks whoAsks = new WhoAsks(jdbc, Clock.systemUTC(), counted);

    for (String login : List.of("anne", "carl", "waits", "robot", "nobody")) {
      for (int length : List.of(0, 1, 15, 16, 17, 199, 200, 201, 215, 216, 217, 10_000)) {
        hashes.set(0);
        assertThat(whoAsks.authenticate(login, "x".repeat(length))).isEmpty();
        assertThat(hashes).as("%s, %d characters", login, length).hasValue(1);
      }
    }
    assertThat(whoAsks.authenticate("carl", PASSWORD + code)).isPresent();
  }
}
