package fr.passnumerique.clearing.access;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.DispatcherType;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.servlet.HandlerExecutionChain;

class FoundHandlerTest {
  private final FoundHandler mapping = new FoundHandler();
  private final MockHttpServletRequest request = new MockHttpServletRequest();

  @Test
  void theHandlerThatWasJudgedAnswers() {
    HandlerExecutionChain judged = new HandlerExecutionChain(new Object());
    FoundHandler.keep(request, judged);
    assertThat(mapping.getHandler(request)).isSameAs(judged);
  }

  @Test
  void whatNobodyJudgedIsLookedForElsewhere() {
    assertThat(mapping.getHandler(request)).isNull();
  }

  @Test
  void anErrorPageIsNotAnsweredByTheHandlerThatFailed() {
    FoundHandler.keep(request, new HandlerExecutionChain(new Object()));
    request.setDispatcherType(DispatcherType.ERROR);
    assertThat(mapping.getHandler(request)).isNull();
  }
}
