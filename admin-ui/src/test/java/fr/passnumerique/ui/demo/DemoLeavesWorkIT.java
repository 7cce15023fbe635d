package fr.passnumerique.ui.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Whoever logs in once the demo has played finds something to do. */
class DemoLeavesWorkIT {
  @RegisterExtension static final RunningDemo demo = RunningDemo.shared();

  /**
   * @param about empty where the story does not name it
   */
  @ParameterizedTest
  @CsvSource({
    "agent, DELIVER_ORDER, commande-16-printemps",
    "agent, REPLACE_CHEQUES, carnet-perdu-3",
    "agent, APPROVE_OPPOSITION, carnets-voles",
    "agent, SIGN_STATEMENT, commande-16-ete",
    "agent, REFUND_CREDIT_NOTE, commande-16-salon~anct",
    "agent, DECIDE_CONTEST, indu-3",
    "agent, CONFIRM_FUNDER_ACCOUNT, region-bretagne",
    "agent, CHASE_CALL, ''",
    "agent, MATCH_BANK_ENTRY, ''",
    "agent-2, RELEASE_RUN, reglement-12",
    "agent-2, CONFIRM_REVERSAL, indu-5",
    "agent-2, CONFIRM_VENUE_ACCOUNT, ''",
    "anct, SIGN_STATEMENT, commande-16-ete",
    "anct, APPROVE_EXPIRY, commande-16-automne",
    "region-nouvelle-aquitaine, SIGN_STATEMENT, commande-16-ete",
    "departement-16, SIGN_STATEMENT, commande-16-ete",
    "departement-16, PAY_CALL, ''",
    "bus-charente, ANSWER_REVERSAL, indu-4",
    "la-poste-nice, GIVE_ACCOUNT, ''",
    "ccas-ruffec, HAND_OUT_BEFORE_END, commande-16-automne",
    "ccas-ruffec, HAND_OVER_REPLACEMENT, remplacement-2",
    "auditeur, RELEASE_RUN, reglement-12"
  })
  void somethingWaitsFor(String login, String kind, String about) throws Exception {
    assertThat(task(login, kind, about)).as("%s of %s", kind, about).isPresent();
  }

  private static Optional<JsonNode> task(String login, String kind, String about) throws Exception {
    return demo.json("/api/worklist", login)
        .path("tasks")
        .valueStream()
        .filter(task -> task.path("kind").asString().equals(kind))
        .filter(task -> about.isEmpty() || task.path("about").asString().equals(about))
        .findFirst();
  }

  /** Of what two persons must do, each of the two clerks has begun something. */
  @Test
  void eachClerkFindsWhatTheOtherBegan() throws Exception {
    assertThat(
            demo.json("/api/worklist", "agent")
                .path("tasks")
                .valueStream()
                .map(task -> task.path("startedBy").asString(""))
                .filter(by -> !by.isEmpty())
                .distinct())
        .hasSizeGreaterThanOrEqualTo(2);
  }

  /** Of three lines one is good; a clerk and the venue read why the others are not. */
  @Test
  void aVenueHasASlipToCorrect() throws Exception {
    String slip = "/api/venues/%s/slips/BR-A-CORRIGER".formatted(demo.subject("bus-charente"));

    assertThat(
            demo.json(slip, "bus-charente")
                .path("lines")
                .valueStream()
                .map(line -> line.path("verdict").asString()))
        .containsExactly("ACCEPTED", "BAD_CHECK_CODE", "NOT_DISTRIBUTED");
  }

  @ParameterizedTest
  @CsvSource({"ccas-ruffec", "ccas-nice"})
  void aPrescriberHasCarnetsToHandOut(String prescriber) throws Exception {
    assertThat(
            demo.json("/api/prescribers/%s/held-carnets".formatted(prescriber), prescriber)
                .path("carnets")
                .asInt())
        .isPositive();
  }
}
