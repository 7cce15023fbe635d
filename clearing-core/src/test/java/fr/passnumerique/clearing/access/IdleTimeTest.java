package fr.passnumerique.clearing.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpSession;

/** How long a session lasts of which a page stands open. */
class IdleTimeTest {
  private static final long SECOND = 1_000_000_000L;

  private long nanos;
  private final IdleTime idle = new IdleTime(() -> nanos);
  private final MockHttpSession session = new MockHttpSession();

  @Test
  void renewalsDoNotMakeItLonger() {
    session.setMaxInactiveInterval(1_800);
    assertThat(idle.isOver(session, true)).isFalse();

    for (int second = 5; second < 1_800; second += 5) {
      nanos = second * SECOND;
      assertThat(idle.isOver(session, false)).isFalse();
    }
    nanos = 1_800 * SECOND;

    assertThat(idle.isOver(session, false)).isTrue();
  }

  @Test
  void anActDoes() {
    session.setMaxInactiveInterval(1_800);
    assertThat(idle.isOver(session, true)).isFalse();
    nanos = 1_799 * SECOND;
    assertThat(idle.isOver(session, true)).isFalse();
    nanos = 3_598 * SECOND;

    assertThat(idle.isOver(session, false)).isFalse();
  }

  @Test
  void oneThatNeverEndsDoesNot() {
    session.setMaxInactiveInterval(0);
    assertThat(idle.isOver(session, true)).isFalse();
    nanos = Long.MAX_VALUE / 2;

    assertThat(idle.isOver(session, false)).isFalse();
  }
}
