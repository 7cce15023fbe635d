package fr.passnumerique.projections.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class PayeesTest {
  private final Findings findings = new Findings();
  private final Payees payees = new Payees(findings);

  @Test
  void aTransferGoesToTheAccountInForceOfWhomItPays() {
    opened("venue", "v-1", "a-1", "f-1");
    opened("venue", "v-2", "a-2", "f-2");
    run("a-1", "v-1");
    run("a-2", "v-2");
    assertHolds();

    run("a-2", "v-1");
    assertFound("for venue v-1 goes to account a-2, which is not the one in force");
  }

  @Test
  void toAnAccountThatNobodyOpenedNothingIsPaid() {
    opened("venue", "v-1", "a-1", "f-1");
    run("a-9", "v-1");
    assertFound("which nobody opened");
  }

  @Test
  void venuesOfOneIbanArePaidTogetherUnderTheReferenceOfOne() {
    opened("venue", "v-1", "a-1", "f-1");
    opened("venue", "v-2", "a-2", "f-1");
    run("a-2", "v-1", "v-2");
    assertHolds();
  }

  @Test
  void anAccountThatAnotherFollowedIsPaidNoMore() {
    opened("venue", "v-1", "a-1", "f-1");
    opened("venue", "v-1", "a-2", "f-2");
    run("a-1", "v-1");
    assertFound("is not the one in force");
  }

  @Test
  void aRefundGoesToItsFundersAccount() {
    opened("funder", "anct", "a-1", "f-1");
    opened("funder", "region", "a-2", "f-2");
    refund("a-1", "anct");
    assertHolds();

    refund("a-2", "anct");
    assertFound("for funder anct goes to account a-2");
  }

  private void opened(String kind, String name, String account, String fingerprint) {
    check(
        kind.equals("venue") ? "VenueAccountOpened" : "FunderAccountOpened",
        "{\"%s\":\"%s\",\"account\":\"%s\",\"fingerprint\":\"%s\"}"
            .formatted(kind, name, account, fingerprint));
  }

  private void run(String account, String... venues) {
    StringBuilder slips = new StringBuilder();
    for (String venue : venues) {
      slips.append(slips.isEmpty() ? "" : ",").append("{\"venue\":\"").append(venue).append("\"}");
    }
    check(
        "SettlementRunOpened",
        "{\"transfers\":[{\"transfer\":\"t\",\"account\":\"%s\",\"slips\":[%s]}]}"
            .formatted(account, slips));
  }

  private void refund(String account, String funder) {
    check(
        "RefundsOrdered",
        "{\"transfers\":[{\"transfer\":\"t\",\"account\":\"%s\",\"funder\":\"%s\"}]}"
            .formatted(account, funder));
  }

  private void check(String type, String payload) {
    payees.check(7, type, JsonMapper.shared().readTree(payload));
  }

  private void assertHolds() {
    assertThat(findings.none()).as(findings.shown().toString()).isTrue();
  }

  private void assertFound(String words) {
    assertThat(findings.shown().toString()).contains(words);
  }
}
