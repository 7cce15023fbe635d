package fr.passnumerique.ui.live;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.Renewal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.method.HandlerMethod;

/** When an open page is told that nothing is new. */
class LivePagesTest {
  private static final long FIVE_MINUTES = 300_000_000_000L;

  private long last = 40;
  private long folded = 40;
  private long stopped = 40;
  private Instant now = Instant.parse("2026-11-30T22:59:59Z");
  private long nanos;
  private final LivePages pages =
      new LivePages(
          _ -> last,
          () -> LongStream.of(stopped, folded),
          new Clock() {
            @Override
            public ZoneOffset getZone() {
              return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
              throw new UnsupportedOperationException();
            }

            @Override
            public Instant instant() {
              return now;
            }
          },
          () -> nanos);

  /** Pages as they are declared. */
  static final class Declared {
    @Live
    void live() {}

    @Live(byItself = true)
    void atWork() {}

    void other() {}
  }

  @BeforeEach
  void aVenueAsks() {
    asks("venue");
  }

  @AfterEach
  void nobodyAsks() {
    SecurityContextHolder.clearContext();
  }

  @Test
  void aPageOfWhichNothingIsNewIsNotMadeAgain() {
    String tag = made("live");

    assertThat(renewed("live", tag)).isEqualTo(304);
    assertThat(tag).startsWith("W/");
    assertThat(renewed("live", "W/\"another\"")).isEqualTo(200);
    assertThat(renewed("live", null)).isEqualTo(200);
  }

  @Test
  void aFactThatConcernsItsReaderIsNew() {
    String tag = made("live");

    last = 41;

    assertThat(renewed("live", tag)).isEqualTo(200);
  }

  /** Made while a projection was behind, it shows less than what is recorded. */
  @Test
  void aProjectionThatComesAfterIsNewAndOneThatGoesBeyondIsNot() {
    folded = 39;
    String behind = made("live");

    folded = 40;
    assertThat(renewed("live", behind)).isEqualTo(200);
    String whole = made("live");
    folded = 50;
    assertThat(renewed("live", whole)).isEqualTo(304);
  }

  /** The one that stands still is no less behind; what the other brings is shown all the same. */
  @Test
  void aProjectionThatGoesOnBesideOneThatIsStoppedIsNew() {
    stopped = 30;
    folded = 35;
    String behind = made("live");
    assertThat(renewed("live", behind)).isEqualTo(304);

    folded = 40;
    assertThat(renewed("live", behind)).isEqualTo(200);
  }

  @Test
  void anotherDayInParisIsNewAndWhatIsInNoFactComesWithinFiveMinutes() {
    String tag = made("live");
    now = now.plusSeconds(1);
    assertThat(renewed("live", tag)).isEqualTo(200);

    String next = made("live");
    nanos = FIVE_MINUTES - 1;
    assertThat(renewed("live", next)).isEqualTo(304);
    nanos = FIVE_MINUTES;
    assertThat(renewed("live", next)).isEqualTo(200);
  }

  @Test
  void whatGoesOnByItselfIsMadeAnewEachTime() {
    assertThat(renewed("atWork", made("atWork"))).isEqualTo(200);
  }

  @Test
  void noTagIsGoodForAnotherAccountNorWithoutARenewal() {
    String tag = made("live");

    MockHttpServletRequest opened = request(tag);
    opened.removeHeader(Renewal.HEADER);
    assertThat(ask("live", opened).getStatus()).isEqualTo(200);
    asks("other");
    assertThat(renewed("live", tag)).isEqualTo(200);
  }

  @Test
  void anyOtherPageIsOfNoMoment() {
    MockHttpServletRequest request = request(null);

    assertThat(ask("other", request).getHeader("ETag")).isNull();
    assertThat(LivePages.tag(request)).isNull();
  }

  private static void asks(String account) {
    SecurityContextHolder.getContext()
        .setAuthentication(
            new TestingAuthenticationToken(new Actor(account, Role.VENUE, "V-1"), ""));
  }

  private String made(String page) {
    MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
    String tag = String.valueOf(ask(page, request).getHeader("ETag"));
    assertThat(LivePages.tag(request)).isEqualTo(tag);
    return tag;
  }

  private int renewed(String page, @Nullable String tag) {
    return ask(page, request(tag)).getStatus();
  }

  private static MockHttpServletRequest request(@Nullable String tag) {
    MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
    request.addHeader(Renewal.HEADER, "1");
    if (tag != null) {
      request.addHeader("If-None-Match", tag);
    }
    return request;
  }

  private MockHttpServletResponse ask(String page, MockHttpServletRequest request) {
    MockHttpServletResponse response = new MockHttpServletResponse();
    try {
      HandlerMethod handler =
          new HandlerMethod(new Declared(), Declared.class.getDeclaredMethod(page));
      assertThat(pages.preHandle(request, response, handler))
          .isEqualTo(response.getStatus() == 200);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
    return response;
  }
}
