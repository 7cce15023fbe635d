package fr.passnumerique.projections.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.distribution.PrescriberId;
import fr.passnumerique.clearing.expiry.ChequesExpired;
import fr.passnumerique.clearing.expiry.ChequesExpired.Where;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.redemption.ChequesOpposed;
import fr.passnumerique.clearing.redemption.ChequesOpposed.Whereabouts;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipWithdrawn;
import fr.passnumerique.projections.Story;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Cheques that end other than by a slip, in a ledger that was written again from there on. */
class EndsTest {
  private static final SlipJudged SLIP =
      Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 10);
  private static final ChequesOpposed LOST =
      Story.opposed("lost", Whereabouts.HANDED_OUT, null, 11, 20);

  /** Of 1 000 issued and 900 activated: 1 to 10 are spent, 11 to 20 opposed. */
  private static ChequesExpired expired() {
    return new ChequesExpired(
        new OrderId("o-1"),
        Story.BATCH,
        Story.AGREEMENT,
        Story.DAY.plusYears(2),
        List.of(
            part(Where.HANDED_OUT, null, 21, 500, 500),
            part(Where.AT_PRESCRIBER, Story.CCAS, 501, 600, 600),
            part(Where.AT_PRESCRIBER, Story.MISSION, 601, 800, 800),
            part(Where.IN_STOCK, null, 801, 1_000, 900)),
        List.of());
  }

  private static ChequesExpired.Part part(
      Where where, @Nullable PrescriberId holder, int first, int last, int lastActivated) {
    return new ChequesExpired.Part(
        where,
        Optional.ofNullable(holder),
        last - first + 1,
        lastActivated - first + 1,
        Story.cents().shares(first, last),
        Story.cents().shares(first, lastActivated));
  }

  private static WrittenLedger begun() {
    return new WrittenLedger().with(Story.untilHandedOut());
  }

  @Test
  void whatTheEngineRecordsHolds() throws IOException {
    assertHolds(begun().with(SLIP).with(LOST).with(expired()));
  }

  @Test
  void anExpiryThatGivesOneFunderWhatIsAnothersIsFound() throws IOException {
    WrittenLedger ledger =
        begun().with(SLIP).with(LOST).with(expired(), shifted("/parts/0/dueBack"));
    assertFound(ledger, Check.SPLIT, "anct has", "by its agreement");
  }

  @Test
  void anExpiryThatLeavesChequesOutIsFound() throws IOException {
    // Neither their titles nor their cents: every account stays on its side.
    ChequesExpired whole = expired();
    ChequesExpired less =
        new ChequesExpired(
            whole.order(),
            whole.batch(),
            whole.agreement(),
            whole.lastDay(),
            List.of(
                part(Where.HANDED_OUT, null, 21, 490, 490),
                whole.parts().get(1),
                whole.parts().get(2),
                whole.parts().get(3)),
            List.of());
    assertFound(begun().with(SLIP).with(LOST).with(less), Check.SPLIT, "by its agreement");
  }

  @Test
  void anExpiryOfSpentOrOpposedChequesIsFound() throws IOException {
    ChequesExpired whole = expired();
    ChequesExpired more =
        new ChequesExpired(
            whole.order(),
            whole.batch(),
            whole.agreement(),
            whole.lastDay(),
            List.of(
                part(Where.HANDED_OUT, null, 20, 500, 500),
                whole.parts().get(1),
                whole.parts().get(2),
                whole.parts().get(3)),
            List.of());
    assertFound(begun().with(SLIP).with(LOST).with(more), Check.SPLIT, "by its agreement");
  }

  @Test
  void aSecondExpiryIsFound() throws IOException {
    assertFound(
        begun().with(SLIP).with(LOST).with(expired()).with(expired()),
        Check.REDEEMED_ONCE,
        "expires a second time");
  }

  @Test
  void anOppositionThatGivesOneFunderWhatIsAnothersIsFound() throws IOException {
    assertFound(begun().with(LOST, shifted("/dueBack")), Check.SPLIT, "by its agreement");
  }

  @Test
  void anOppositionThatGivesNothingBackIsFound() throws IOException {
    ChequesOpposed nothing =
        new ChequesOpposed(
            LOST.opposition(),
            LOST.asked(),
            LOST.reason(),
            LOST.by(),
            LOST.approvedBy(),
            LOST.opposed(),
            LOST.accepted(),
            LOST.titles(),
            List.of());
    assertFound(begun().with(nothing), Check.SPLIT, "has 0 cents, by its agreement");
  }

  @Test
  void anOppositionOfSpentChequesIsFound() throws IOException {
    assertFound(
        begun().with(SLIP).with(Story.opposed("lost", Whereabouts.HANDED_OUT, null, 10, 19)),
        Check.REDEEMED_ONCE,
        "were accepted, opposed or expired before");
    assertFound(
        begun().with(LOST).with(Story.opposed("again", Whereabouts.HANDED_OUT, null, 20, 29)),
        Check.REDEEMED_ONCE,
        "were accepted, opposed or expired before");
  }

  @Test
  void aSlipThatIsTakenBackGivesBackWhatWasOpposedMeanwhile() throws IOException {
    WrittenLedger ledger = begun().with(SLIP);
    SlipWithdrawn withdrawn = Story.withdrawn(SLIP, ledger.position());
    SlipWithdrawn opposed =
        new SlipWithdrawn(
            withdrawn.venue(),
            withdrawn.reference(),
            withdrawn.slip(),
            withdrawn.withdrawnAt(),
            withdrawn.cheques(),
            withdrawn.owed(),
            List.of(Story.serial(3)),
            Story.cents().shares(3, 3));
    assertHolds(ledger.with(opposed));
    assertFound(begun().with(SLIP).with(opposed, shifted("/dueBack")), Check.SPLIT, "by its agree");
  }

  @Test
  void chequesThatAreActivatedTwiceAreFound() throws IOException {
    assertFound(
        begun().with(Story.activated("a-2", 900, 905)),
        Check.REDEEMED_ONCE,
        "are activated a second time");
  }

  @Test
  void whatNoFactCanHoldIsFoundAndStopsNothing() throws IOException {
    for (UnaryOperator<String> forged :
        List.<UnaryOperator<String>>of(
            payload -> payload.replace("\"firstOrdinal\":1", "\"firstOrdinal\":-1"),
            payload -> payload.replace("\"lastOrdinal\":9", "\"lastOrdinal\":2000000000"))) {
      Verification verified =
          begun().with(Story.activated("a-2", 1, 9), forged).with(SLIP).verified();
      assertThat(verified.findings().first().orElseThrow().position()).isEqualTo(21);
      assertThat(verified.lastPosition()).isEqualTo(22);
    }
    WrittenLedger before = new WrittenLedger();
    for (Fact fact : Story.untilHandedOut()) {
      before.with(fact, payload -> payload.replace("\"firstCent\":0", "\"firstCent\":-7000"));
    }
    assertFound(before, 8, Check.SPLIT, "begins with cent -7000");
  }

  private static UnaryOperator<String> shifted(String parts) {
    return payload -> {
      JsonNode fact = JsonMapper.shared().readTree(payload);
      ObjectNode from = (ObjectNode) fact.at(parts).get(0);
      ObjectNode to = (ObjectNode) fact.at(parts).get(1);
      from.put("cents", from.path("cents").asLong() - 100);
      to.put("cents", to.path("cents").asLong() + 100);
      return fact.toString();
    };
  }

  private static void assertHolds(WrittenLedger ledger) throws IOException {
    Findings findings = ledger.verified().findings();
    assertThat(findings.none()).as(findings.shown().toString()).isTrue();
  }

  private static void assertFound(WrittenLedger ledger, Check check, String... words)
      throws IOException {
    assertFound(ledger, ledger.position(), check, words);
  }

  private static void assertFound(WrittenLedger ledger, long position, Check check, String... words)
      throws IOException {
    Findings findings = ledger.verified().findings();
    assertThat(findings.first().orElseThrow().position()).isEqualTo(position);
    assertThat(findings.count(check)).as(findings.shown().toString()).isPositive();
    assertThat(findings.shown().toString()).contains(words);
  }
}
