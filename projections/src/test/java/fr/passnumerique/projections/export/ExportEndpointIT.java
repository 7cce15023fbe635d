package fr.passnumerique.projections.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.projections.Story;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;

class ExportEndpointIT {
  private static final Actor AUDITOR = new Actor("auditor", Role.AUDITOR, "");
  private static final Actor STATE = new Actor("state", Role.FUNDER, Story.STATE.value());

  private static ExportedStory story;
  private static ExportEndpoint endpoint;

  @BeforeAll
  static void start() throws InterruptedException {
    story = new ExportedStory();
    endpoint =
        new ExportEndpoint(
            story.export(),
            new PublishedBalances(story.database().reader())::knowsFunder,
            story.following().runners());
  }

  @AfterAll
  static void end() {
    story.close();
  }

  @Test
  void anAuditorGetsEveryRowAsItIsStored() throws IOException {
    List<String> lines = export(AUDITOR, 1, null, null);

    assertThat(lines).hasSize((int) story.head() + 2);
    assertThat(lines.getFirst()).contains("\"scope\":\"WHOLE\"", "\"hashBefore\":\"000000");
    assertThat(lines.get(1)).contains("\\\"day\\\":\\\"2026-03-02\\\"");
    assertThat(lines.getLast())
        .contains("\"end\":true", "\"lastPosition\":" + story.head(), "\"balances\":[{");
  }

  @Test
  void aRangeBeginsWithTheHashBeforeIt() throws IOException {
    List<String> whole = export(AUDITOR, 1, null, null);
    List<String> range = export(AUDITOR, 5, 7L, null);

    assertThat(range).hasSize(5);
    assertThat(range.subList(1, 4)).isEqualTo(whole.subList(5, 8));
    String before = whole.get(4).replaceAll(".*\"hash\":\"([0-9a-f]+)\".*", "$1");
    assertThat(range.getFirst()).contains("\"hashBefore\":\"" + before + '"');
  }

  @Test
  void aFunderGetsItsShareWithoutAskingForIt() throws IOException {
    List<String> share = export(STATE, 1, null, null);

    assertThat(share.getFirst()).contains("\"scope\":\"FUNDER\",\"funder\":\"anct\"");
    // The other funder's registration and the venues are none of its agreements.
    assertThat(share.get(4)).contains("\"leftOut\":true").doesNotContain("Nouvelle-Aquitaine");
    assertThat(share.get(6)).contains("FundsReceived");
    assertThat(share.getLast()).doesNotContain("\"funder\":\"nouvelle-aquitaine\"");
    assertThat(export(STATE, 1, null, Story.STATE).getLast()).isEqualTo(share.getLast());
  }

  @Test
  void whatIsNotThereIsRefused() {
    refused("firstPosition", 0, null);
    refused("firstPosition", story.head() + 2, null);
    refused("lastPosition", 1, story.head() + 1);
    refused("lastPosition", 5, 3L);
    assertThatThrownBy(() -> export(AUDITOR, 1, null, new FunderId("nobody")))
        .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.status()).isEqualTo(404));
  }

  private static void refused(String field, long first, @Nullable Long last) {
    assertThatThrownBy(() -> export(AUDITOR, first, last, null))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(400);
              assertThat(problem.faults().getFirst().field()).isEqualTo(field);
            });
  }

  private static List<String> export(
      Actor actor, long first, @Nullable Long last, @Nullable FunderId funder) throws IOException {
    MockHttpServletResponse response = new MockHttpServletResponse();
    endpoint.exportLedger(actor, first, last, funder, false, response);
    assertThat(response.getContentType()).isEqualTo(ExportEndpoint.NDJSON);
    return new String(response.getContentAsByteArray(), UTF_8).lines().toList();
  }
}
