package fr.passnumerique.clearing.notices;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.ledger.FactCatalogue;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What one reader is told of, and what of it another is not. */
class NoticeRegisterTest {
  private static final Reader BUS = new Reader(Role.VENUE, "21230096100018");
  private static final Reader OTHER = new Reader(Role.VENUE, "40109226700020");
  private static final Reader ANCT = new Reader(Role.FUNDER, "anct");
  private static final Reader REGION = new Reader(Role.FUNDER, "nouvelle-aquitaine");
  private static final Reader CCAS = new Reader(Role.PRESCRIBER, "ccas-gueret");
  private static final Reader MISSION = new Reader(Role.PRESCRIBER, "mission-locale");

  private final NoticeWorld world = new NoticeWorld();

  @Test
  void eachVenueOfATransferIsToldOfItsOwnCents() {
    world.fold(
        "TransferExecuted",
        json ->
            json.set(
                "parts",
                read(
                    "[%s, %s, %s]"
                        .formatted(
                            paid(BUS.subject(), 571),
                            paid(BUS.subject(), 429),
                            paid(OTHER.subject(), 700)))));

    assertThat(world.of(BUS)).containsExactly("PAID R-1-1 1000/0");
    assertThat(world.of(OTHER)).containsExactly("PAID R-1-1 700/0");
    assertThat(world.register.readers()).containsExactlyInAnyOrder(BUS, OTHER);
  }

  /** They are among the parts, as they are of the amount. */
  @Test
  void linesThatWereReversedOnTheirWayAreToldOnce() {
    world.fold("TransferExecuted", ofWhich(200));
    world.fold("TransferConfirmed", ofWhich(200));
    assertThat(world.of(BUS)).hasSize(2).containsOnly("PAID R-1-1 571/0");

    world.fold("TransferReturned", ofWhich(200));
    assertThat(world.of(BUS)).endsWith("RETURNED_ACCOUNT_CLOSED R-1-1 571/0");
  }

  /**
   * What a clerk says to be this money come back, the bank has not said to be its account's fault.
   */
  @Test
  void onlyOfAnAccountThatIsClosedAnotherIsAskedFor() {
    world.fold(
        "TransferReturned",
        json -> ((ObjectNode) json.get("entry")).set("part", read("{\"number\":3,\"of\":1}")));
    assertThat(world.of(BUS)).containsExactly("TRANSFER_RETURNED R-1-1 571/0");

    world.fold("TransferReturned");
    assertThat(world.of(BUS)).endsWith("RETURNED_ACCOUNT_CLOSED R-1-1 571/0");
    assertThat(world.of(Reader.CLERK)).hasSize(2).containsOnly("TRANSFER_RETURNED R-1/R-1-1 571/0");
  }

  @Test
  void whoeverWasToldThatARefundIsNotPaidIsToldThatItIsAfterAll() {
    world.fold("RefundReinstated");
    assertThat(world.of(ANCT)).isEmpty();

    world.fold("RefundRejected");
    world.fold("RefundReinstated");
    assertThat(world.of(ANCT))
        .containsExactly("REFUND_REJECTED o-1~anct 0/0", "REFUND_REINSTATED o-1~anct 0/0");

    world.fold("RefundReturned");
    world.fold("RefundReinstated");
    assertThat(world.of(ANCT))
        .endsWith("REFUND_RETURNED o-1~anct 3000/0", "REFUND_REINSTATED o-1~anct 0/0");

    world.fold("RefundRejected");
    world.fold("CreditNoteRefunded");
    world.fold("RefundReinstated");
    assertThat(world.of(ANCT)).hasSize(6).endsWith("CREDIT_NOTE_REFUNDED o-1~anct 3000/0");
    assertThat(world.of(Reader.CLERK)).hasSize(7);
  }

  @Test
  void whatWasNeverPaidOfReversedLinesIsNotOwedAgain() {
    world.fold("TransferRejected", ofWhich(200));

    assertThat(world.of(BUS)).containsExactly("TRANSFER_REJECTED R-1-1 371/0");
  }

  /**
   * @param cents of its 571 that were reversed on their way
   */
  private static Consumer<ObjectNode> ofWhich(long cents) {
    return json ->
        json.set(
            "voided",
            read(
                """
                [{"venue":"%s","slip":7,"cheque":"000070001","parts":[%s]}]
                """
                    .formatted(BUS.subject(), spent(cents))));
  }

  /** Its reinstatement and its execution are recorded together. */
  @Test
  void aVenueIsToldOnceThatItIsPaidAfterAllAndAClerkThatItWas() {
    world.fold("TransferReinstated", json -> json.put("paidOn", "2026-04-03"));
    world.fold("TransferExecuted");

    assertThat(world.of(BUS)).containsExactly("PAID R-1-1 571/0");
    assertThat(world.of(Reader.CLERK)).containsExactly("TRANSFER_REINSTATED R-1/R-1-1 571/0");
  }

  @Test
  void aDebitThatIsTakenBackLeavesPaidWhatTheBankSaysThatItExecuted() {
    world.fold("TransferDebitTakenBack", json -> json.put("executedOn", "2026-04-03"));

    assertThat(world.of(BUS)).isEmpty();
  }

  @Test
  void aSlipIsToldOnlyWhereALineIsRefused() {
    world.fold(
        "SlipJudged",
        json -> {
          json.set("lines", read("[]"));
          json.set("visits", read("[]"));
        });

    assertThat(world.register.readers()).isEmpty();
  }

  @Test
  void anApplicationForTheLabelIsNotToldForNothingIsPayableByIt() {
    world.fold("LabelDecided", json -> json.put("state", "ELIGIBLE").remove("reason"));

    assertThat(world.register.readers()).isEmpty();
  }

  @Test
  void anOrderThatEndsIsToldToItsFundersAndToWhoHasItsChequesInStock() {
    issue();
    deliver("ccas-gueret", 1, 50);
    deliver("mission-locale", 51, 60);
    handOut("ccas-gueret", 1, 45);
    oppose(46, 48, "AT_PRESCRIBER", "\"ccas-gueret\"");
    handOut("mission-locale", 51, 60);
    world.fold("ExpiryAnnounced", json -> json.put("batch", "00001"));

    assertThat(world.of(ANCT)).containsExactly("ORDER_ENDS o-1 0/0");
    assertThat(world.of(REGION)).containsExactly("ORDER_ENDS o-1 0/0");
    assertThat(world.of(CCAS)).contains("ORDER_ENDS o-1 0/2");
    assertThat(world.of(MISSION)).containsExactly("CHEQUES_DELIVERED D-1 0/10");

    world.fold("ChequesExpired", json -> json.put("batch", "00001"));
    assertThat(world.of(ANCT)).contains("STATEMENT_TO_SIGN o-1 0/0");
    assertThat(world.of(REGION)).contains("STATEMENT_TO_SIGN o-1 0/0");
  }

  @Test
  void anOppositionIsToldToWhomTheChequesWereDeliveredLast() {
    issue();
    deliver("ccas-gueret", 1, 50);
    giveBack("ccas-gueret", 11, 20);
    deliver("mission-locale", 11, 20);
    oppose(10, 12, "HANDED_OUT");

    assertThat(world.of(CCAS)).endsWith("CHEQUES_OPPOSED perte-12 0/1");
    assertThat(world.of(MISSION)).endsWith("CHEQUES_OPPOSED perte-12 0/2");

    oppose(21, 50, "HANDED_OUT");
    assertThat(world.of(CCAS)).endsWith("CHEQUES_OPPOSED perte-12 0/30");
    assertThat(world.of(MISSION)).hasSize(2);
  }

  @Test
  void whatTheOperatorHasInStockIsNobodysOpposition() {
    issue();
    deliver("ccas-gueret", 1, 50);
    giveBack("ccas-gueret", 1, 50);
    oppose(1, 50, "IN_STOCK");

    assertThat(world.of(CCAS)).containsExactly("CHEQUES_DELIVERED D-1 0/50");
  }

  @Test
  void aThresholdIsToldOnceWhenItIsReachedAndNotACentBefore() {
    world.fold("AgreementSigned");
    activate(499_999);
    assertThat(world.of(ANCT)).isEmpty();
    activate(1);
    assertThat(world.of(ANCT)).containsExactly("BUDGET_THRESHOLD creuse-2026 0/50");
    activate(299_999);
    assertThat(world.of(ANCT)).hasSize(1);
    activate(150_001);
    assertThat(world.of(ANCT))
        .containsExactly("BUDGET_THRESHOLD creuse-2026 0/50", "BUDGET_THRESHOLD creuse-2026 0/95");
    assertThat(world.of(REGION)).isEmpty();
  }

  /** Of several shares of one ceiling, as of two departements. */
  @Test
  void aThresholdIsToldOnceOfOneActivation() {
    world.fold("AgreementSigned");
    activate(500_000, 300_000);

    assertThat(world.of(ANCT)).containsExactly("BUDGET_THRESHOLD creuse-2026 0/80");
  }

  @Test
  void theNewestAreKeptAndMoreOfTheOperators() {
    for (int i = 0; i <= NoticeRegister.KEPT; i++) {
      world.fold("TransferRejected");
    }

    assertThat(world.register.of(BUS)).hasSize(NoticeRegister.KEPT);
    assertThat(world.register.of(BUS).iterator().next().position()).isEqualTo(2);
    assertThat(world.register.of(Reader.CLERK)).hasSize(NoticeRegister.KEPT + 1);
  }

  private void issue() {
    world.fold("ChequesIssued");
  }

  private void deliver(String prescriber, int first, int last) {
    world.fold(
        "ChequesDelivered",
        json -> json.put("prescriber", prescriber).set("cheques", read(range(first, last))));
  }

  private void handOut(String prescriber, int first, int last) {
    world.fold("ChequesHandedOut", moved(prescriber, first, last));
  }

  private void giveBack(String prescriber, int first, int last) {
    world.fold("StockReturned", moved(prescriber, first, last));
  }

  private static Consumer<ObjectNode> moved(String prescriber, int first, int last) {
    return json ->
        json.put("prescriber", prescriber)
            .set("cheques", read("[%s]".formatted(range(first, last))));
  }

  private void oppose(int first, int last, String where) {
    oppose(first, last, where, "null");
  }

  private void oppose(int first, int last, String where, String prescriber) {
    world.fold(
        "ChequesOpposed",
        json ->
            json.set(
                "titles",
                read(
                    """
                    [{"where":"%s","prescriber":%s,"cheques":[%s],"cents":[]}]
                    """
                        .formatted(where, prescriber, range(first, last)))));
  }

  private void activate(long... cents) {
    world.fold(
        "ChequesActivated",
        json ->
            json.set(
                "shares",
                read(
                    LongStream.of(cents)
                        .mapToObj(
                            share ->
                                """
                                {"programme":"pass-23","agreement":"creuse-2026","keyVersion":1,
                                 "fundingDepartement":"23","funder":"anct","cents":%d}
                                """
                                    .formatted(share))
                        .collect(Collectors.joining(",", "[", "]")))));
  }

  private static String range(int first, int last) {
    return "{\"batch\":\"00001\",\"first\":%d,\"last\":%d}".formatted(first, last);
  }

  private static String paid(String venue, long cents) {
    return "{\"venue\":\"%s\",\"spent\":%s}".formatted(venue, spent(cents));
  }

  private static String spent(long cents) {
    return """
    {"programme":"pass","agreement":"creuse-2026","keyVersion":1,"fundingDepartement":"23",
     "spendingDepartement":"23","funder":"anct","cents":%d}
    """
        .formatted(cents);
  }

  private static JsonNode read(String json) {
    return FactCatalogue.JSON.readTree(json);
  }
}
