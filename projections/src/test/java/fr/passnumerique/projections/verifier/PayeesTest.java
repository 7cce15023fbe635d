package fr.passnumerique.projections.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
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

  @Test
  void anAccountThatTheBankClosedIsInForceForNobody() {
    for (String[] closing :
        new String[][] {
          {"TransferRejected", "closedAccount"},
          {"TransferReturned", "closedAccount"},
          {"RefundRejected", "account"},
          {"RefundReturned", "account"}
        }) {
      Findings found = new Findings();
      Payees those = new Payees(found);
      opened(those, "venue", "v-1", "a-1", "f-1");
      // The same IBAN, under another reference.
      opened(those, "venue", "v-2", "a-2", "f-1");
      those.check(8, closing[0], json("{\"%s\":\"a-1\"}".formatted(closing[1])));
      run(those, "a-2", "v-2");
      assertThat(found.shown().toString()).as(closing[0]).contains("which the bank closed");
    }
  }

  @Test
  void whatADebitLeftThatTheBankTellsNoMoreClosesNoAccount() {
    opened("venue", "v-1", "a-1", "f-1");
    String entry = ",\"entry\":{\"part\":{\"number\":%d,\"of\":2}}}";
    check("TransferReturned", "{\"closedAccount\":\"a-1\"" + entry.formatted(5));
    check("RefundReturned", "{\"account\":\"a-1\"" + entry.formatted(6));
    run("a-1", "v-1");
    assertHolds();

    // What a bank kept of a payment is told of a return of its own.
    check("TransferReturned", "{\"closedAccount\":\"a-1\"" + entry.formatted(4));
    run("a-1", "v-1");
    assertFound("which the bank closed");
  }

  @Test
  void onceItIsOpenedAnewItIsPaidAgain() {
    opened("venue", "v-1", "a-1", "f-1");
    check("TransferRejected", "{\"closedAccount\":\"a-1\"}");
    opened("venue", "v-1", "a-3", "f-1");
    run("a-3", "v-1");
    assertHolds();
  }

  @Test
  void nothingIsReleasedToAnAccountThatWasClosedSinceItWasOrdered() {
    opened("venue", "v-1", "a-1", "f-1");
    run("a-1", "v-1");
    check("TransferReturned", "{\"closedAccount\":\"a-1\"}");
    assertHolds();
    check("SettlementRunReleased", "{\"run\":\"r\"}");
    assertFound("which the bank closed before it was released");
  }

  @Test
  void aRunThatIsCancelledOrContinuedIsReleasedAsItStands() {
    opened("venue", "v-1", "a-1", "f-1");
    run("a-1", "v-1");
    check("TransferReturned", "{\"closedAccount\":\"a-1\"}");
    check("SettlementRunCancelled", "{\"run\":\"r\"}");
    check("SettlementRunReleased", "{\"run\":\"r\"}");
    assertHolds();
  }

  @Test
  void refundsThatAreCancelledAreReleasedToNobody() {
    opened("funder", "anct", "a-1", "f-1");
    refund("a-1", "anct");
    check("RefundRejected", "{\"account\":\"a-1\"}");
    check("RefundsCancelled", "{\"order\":\"o\"}");
    check("RefundsReleased", "{\"order\":\"o\"}");
    assertHolds();
  }

  @Test
  void refundsAreReleasedToOpenAccountsAlone() {
    opened("funder", "anct", "a-1", "f-1");
    refund("a-1", "anct");
    check("RefundRejected", "{\"account\":\"a-1\"}");
    assertHolds();
    check("RefundsReleased", "{\"order\":\"o\"}");
    assertFound("which the bank closed before it was released");
  }

  private void opened(String kind, String name, String account, String fingerprint) {
    opened(payees, kind, name, account, fingerprint);
  }

  private static void opened(
      Payees payees, String kind, String name, String account, String fingerprint) {
    payees.check(
        7,
        kind.equals("venue") ? "VenueAccountOpened" : "FunderAccountOpened",
        json(
            "{\"%s\":\"%s\",\"account\":\"%s\",\"fingerprint\":\"%s\"}"
                .formatted(kind, name, account, fingerprint)));
  }

  private void run(String account, String... venues) {
    run(payees, account, venues);
  }

  private static void run(Payees payees, String account, String... venues) {
    StringBuilder slips = new StringBuilder();
    for (String venue : venues) {
      slips.append(slips.isEmpty() ? "" : ",").append("{\"venue\":\"").append(venue).append("\"}");
    }
    payees.check(
        7,
        "SettlementRunOpened",
        json(
            "{\"run\":\"r\",\"transfers\":[{\"transfer\":\"t\",\"account\":\"%s\",\"slips\":[%s]}]}"
                .formatted(account, slips)));
  }

  private void refund(String account, String funder) {
    check(
        "RefundsOrdered",
        "{\"order\":\"o\",\"transfers\":[{\"transfer\":\"t\",\"account\":\"%s\",\"funder\":\"%s\"}]}"
            .formatted(account, funder));
  }

  private void check(String type, String payload) {
    payees.check(7, type, json(payload));
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }

  private void assertHolds() {
    assertThat(findings.none()).as(findings.shown().toString()).isTrue();
  }

  private void assertFound(String words) {
    assertThat(findings.shown().toString()).contains(words);
  }
}
