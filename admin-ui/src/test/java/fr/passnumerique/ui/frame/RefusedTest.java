package fr.passnumerique.ui.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.venues.PointOfServiceId;
import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.ui.ExtendedModelMap;
import org.springframework.ui.Model;

class RefusedTest {
  private final MockHttpServletResponse response = new MockHttpServletResponse();
  private final Model model = new ExtendedModelMap();

  @Test
  void whoMayComeAgainIsToldWhenOnAPageToo() {
    Refused.show(
        Problem.tooMany("TOO_MANY_FALSE_CODES", "too many", Duration.ofMillis(1_001)),
        response,
        model);

    assertThat(response.getStatus()).isEqualTo(429);
    assertThat(response.getHeader("Retry-After")).isEqualTo("2");
    assertThat(model.getAttribute("trouble")).isNotNull();
  }

  @Test
  void whoIsRefusedForGoodIsNotToldToComeAgain() {
    Refused.show(Problem.notFound("slip x"), response, model);

    assertThat(response.getStatus()).isEqualTo(404);
    assertThat(response.getHeader("Retry-After")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "a\u0000b"})
  void aFieldThatCannotBeReadIsTheSendersMistake(String text) {
    assertThatThrownBy(() -> Parameter.read("pointOfService", text, PointOfServiceId::new))
        .isInstanceOfSatisfying(
            Problem.class, refused -> assertThat(refused.status()).isEqualTo(400));
    assertThatThrownBy(() -> Parameter.read("from", text, LocalDate::parse))
        .isInstanceOf(Problem.class);
    LocalDate nothing = Parameter.read("from", "", LocalDate::parse);
    assertThat(nothing).isNull();
  }
}
