package fr.passnumerique.clearing.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class LoginAttemptTest {
  private static final SignedIn CLERK = new SignedIn(new Actor("clerk-1", Role.CLERK, ""), 0);

  private final MockHttpServletRequest request = new MockHttpServletRequest();

  @Test
  void aPasswordIsGoodForOneCodeWithinFiveMinutes() {
    request.setParameter("code", "123456");
    LoginAttempt.keep(request, ago(Duration.ofMinutes(5).minusSeconds(30)));
    assertThat(LoginAttempt.inBrowser(request).passed()).isNotNull();
    assertThat(LoginAttempt.inBrowser(request).passed()).as("once").isNull();

    LoginAttempt.keep(request, ago(Duration.ofMinutes(5)));
    assertThat(LoginAttempt.inBrowser(request).passed()).isNull();
  }

  @Test
  void theFirstStepDoesNotTakeTheSecondsPlace() {
    LoginAttempt.keep(request, ago(Duration.ZERO));
    assertThat(LoginAttempt.inBrowser(request).passed()).isNull();
    assertThat(LoginAttempt.byProgram(request, "123456").passed()).as("a program").isNull();
  }

  private static LoginAttempt.Passed ago(Duration age) {
    return new LoginAttempt.Passed(CLERK, System.nanoTime() - age.toNanos());
  }
}
