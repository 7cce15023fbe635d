package fr.passnumerique.clearing.distribution;

import static fr.passnumerique.clearing.FundedWorld.AGREEMENT;
import static fr.passnumerique.clearing.FundedWorld.CCAS;
import static fr.passnumerique.clearing.FundedWorld.CREUSE;
import static fr.passnumerique.clearing.FundedWorld.MISSION;
import static fr.passnumerique.clearing.FundedWorld.ORDER_ENDS;
import static fr.passnumerique.clearing.FundedWorld.REGION;
import static fr.passnumerique.clearing.FundedWorld.STATE;
import static fr.passnumerique.clearing.FundedWorld.TODAY;
import static fr.passnumerique.clearing.FundedWorld.delivery;
import static fr.passnumerique.clearing.FundedWorld.handOut;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.FundedWorld;
import fr.passnumerique.clearing.distribution.HandOutCheques.Choice;
import fr.passnumerique.clearing.distribution.TakeBack.Step;
import fr.passnumerique.clearing.expiry.ChequesExpired;
import fr.passnumerique.clearing.expiry.ExpirySigned;
import fr.passnumerique.clearing.expiry.ExpiryStep;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.http.OverHttp;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.issuance.OrderCheques;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.redemption.ChequesOpposed;
import fr.passnumerique.clearing.redemption.OppositionId;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Scope;
import tools.jackson.databind.JsonNode;

/** What prescribers hold, over real HTTP on a ledger in memory. Carnets have ten cheques. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class HeldCarnetsEndpointIT extends OverHttp {
  private static final String HELD = "/api/prescribers/ccas-gueret/held-carnets";

  @Autowired Room room;
  private FundedWorld world = FundedWorld.usual();
  private Batch batch = Batch.of(1);

  @BeforeEach
  void aNewLedger() {
    room.begin();
    world = room.world;
    batch = world.issued("O-1", 100);
  }

  @Test
  void nothingIsHeldBeforeTheFirstDelivery() throws Exception {
    JsonNode empty = answer(200, get(HELD));
    assertThat(empty.get("cheques").asInt()).isZero();
    assertThat(empty.get("held")).isEmpty();
    assertThat(empty.has("next")).isFalse();
  }

  @Test
  void carnetsThatFollowEachOtherAreOneRowThoughTheyCameInTwoDeliveries() throws Exception {
    world.must(delivery("D-1", CCAS, batch, 1, 20));
    world.must(delivery("D-2", CCAS, batch, 21, 30));
    world.must(delivery("D-3", MISSION, batch, 31, 40));
    world.must(delivery("D-4", CCAS, batch, 41, 50));

    assertThat(rows(HELD))
        .containsExactly("1-3 00001-0001 00001-000Y", "5-5 00001-0019 00001-001J");
    JsonNode row = answer(200, get(HELD)).get("held").get(0);
    assertThat(row.get("order").asString()).isEqualTo("O-1");
    assertThat(row.get("programme").asString()).isEqualTo("pass");
    assertThat(row.get("cheques").asInt()).isEqualTo(30);
    assertThat(row.get("cents").asLong()).isEqualTo(30_000);
    assertThat(row.get("endsOn").asString()).isEqualTo(ORDER_ENDS.toString());
    assertThat(row.get("lastDay")).isEqualTo(row.get("endsOn"));
    JsonNode all = answer(200, get(HELD));
    assertThat(all.get("carnets").asInt()).isEqualTo(4);
    assertThat(all.get("cheques").asInt()).isEqualTo(40);
  }

  @Test
  void ofACarnetThatIsNotWholeSingleChequesAreLeft() throws Exception {
    world.must(delivery("D-1", CCAS, batch, 1, 50));
    world.must(handOut("H-1", CCAS, Choice.cheque(serial(14)), Choice.cheque(serial(50))));
    world.ledger.given(opposed(31));
    world.must(takeBack(Step.DELIVERY, "R-1", 1, 1));

    assertThat(rows(HELD))
        .containsExactly(
            "00001-0002 00001-000A",
            "00001-000B 00001-000D",
            "00001-000F 00001-000M",
            "3-3 00001-000N 00001-000Y",
            "00001-0010 00001-0018",
            "00001-0019 00001-001H");
    assertThat(answer(200, get(HELD)).get("cheques").asInt()).isEqualTo(46);
    assertThat(answer(200, get(HELD)).get("carnets").asInt()).isEqualTo(1);
  }

  @Test
  void whatIsCorrectedIsHeldAgainAndWhatHasExpiredIsNot() throws Exception {
    world.must(delivery("D-1", CCAS, batch, 1, 10));
    world.must(handOut("H-1", CCAS, new Choice.Carnets(batch, 1, 1)));
    assertThat(rows(HELD)).isEmpty();

    world.must(takeBack(Step.HAND_OUT, "C-1", 1, 10));
    assertThat(rows(HELD)).containsExactly("1-1 00001-0001 00001-000A");

    world.ledger.given(
        new ChequesExpired(new OrderId("O-1"), batch, AGREEMENT, ORDER_ENDS, List.of(), List.of()));
    assertThat(rows(HELD)).isEmpty();
  }

  @Test
  void onceAllFundersHaveApprovedTheEndThatIsTheLastDay() throws Exception {
    world.must(delivery("D-1", CCAS, batch, 1, 10));
    world.ledger.given(approved(STATE, LocalDate.of(2026, 8, 20)));
    assertThat(lastDay()).isEqualTo("2026-08-31");
    world.ledger.given(approved(REGION, LocalDate.of(2026, 8, 25)));
    assertThat(lastDay()).isEqualTo("2026-08-25");
  }

  @Test
  void anApprovalAfterTheEndGivesNobodyMoreTime() throws Exception {
    world.must(delivery("D-1", CCAS, batch, 1, 10));
    world.ledger.given(
        approved(STATE, LocalDate.of(2026, 9, 1)), approved(REGION, LocalDate.of(2026, 9, 2)));
    assertThat(lastDay()).isEqualTo("2026-08-31");
  }

  @Test
  void pagesGoOnWhereTheyEndedThoughWhatTheyShowedIsHandedOut() throws Exception {
    Batch sooner =
        world
            .must(
                new OrderCheques(
                    new OrderId("O-2"), AGREEMENT, CREUSE, 20, ORDER_ENDS.minusMonths(1)))
            .batch();
    world.must(delivery("D-1", CCAS, batch, 1, 20));
    world.must(delivery("D-2", CCAS, batch, 41, 50));
    world.must(delivery("D-3", CCAS, sooner, 1, 20));

    JsonNode first = answer(200, get(HELD + "?limit=2"));
    assertThat(told(first))
        .as("the first to end first")
        .containsExactly("1-2 00002-0001 00002-000M", "1-2 00001-0001 00001-000M");
    world.must(handOut("H-1", CCAS, new Choice.Carnets(batch, 1, 1)));

    JsonNode last = answer(200, get(HELD + "?limit=2&after=" + first.get("next").asString()));
    assertThat(told(last)).containsExactly("5-5 00001-0019 00001-001J");
    assertThat(last.has("next")).isFalse();
    assertThat(exported("", HELD + "/export", "carnets-ccas-gueret.csv").lines().skip(1))
        .as("the file, batch by batch in the same order")
        .map(line -> line.split(",")[5])
        .containsExactly("00002-0001", "00001-000B", "00001-0019");
    for (String bad :
        List.of(
            "limit=0", "limit=5001", "after=", "after=x", "after=0000Z0001", "asOf=2026-01-01")) {
      answer(400, get(HELD + "?" + bad));
    }
  }

  @Test
  void aPrescriberReadsItsOwnAlone() throws Exception {
    world.must(delivery("D-1", CCAS, batch, 1, 10));
    assertThat(answer(200, get("PRESCRIBER ccas-gueret", HELD)).get("cheques").asInt())
        .isEqualTo(10);
    HttpResponse<String> anothers = get("PRESCRIBER mission-locale", HELD);
    assertThat(anothers.statusCode()).isEqualTo(404);
    assertThat(get("PRESCRIBER mission-locale", HELD + "/export").statusCode()).isEqualTo(404);
    HttpResponse<String> none =
        get("PRESCRIBER mission-locale", HELD.replace("ccas-gueret", "nobody"));
    assertThat(none.body().replace("nobody", "ccas-gueret")).isEqualTo(anothers.body());
    answer(404, get(HELD.replace("ccas-gueret", "nobody")));
  }

  private static final String NEXT = HELD + "/next?carnets=";

  @Test
  void theNextToHandOutAreWholeCarnetsTheFirstToEndFirst() throws Exception {
    Batch sooner =
        world
            .must(
                new OrderCheques(
                    new OrderId("O-2"), AGREEMENT, CREUSE, 20, ORDER_ENDS.minusMonths(1)))
            .batch();
    world.must(delivery("D-1", CCAS, batch, 1, 30));
    world.must(delivery("D-2", CCAS, sooner, 1, 20));
    world.must(handOut("H-1", CCAS, Choice.cheque(serial(5))));

    assertThat(rows(NEXT + 1)).containsExactly("1-1 00002-0001 00002-000A");
    JsonNode three = answer(200, get("PRESCRIBER ccas-gueret", NEXT + 3));
    assertThat(told(three))
        .as("the torn carnet is left out")
        .containsExactly("1-2 00002-0001 00002-000M", "2-2 00001-000B 00001-000M");
    assertThat(three.get("carnets").asInt()).isEqualTo(3);
    assertThat(three.get("cheques").asInt()).isEqualTo(30);
    assertThat(three.get("cents").asLong()).isEqualTo(30_000);
    assertThat(answer(200, get(NEXT + "4&programme=pass")).get("carnets").asInt()).isEqualTo(4);
  }

  /**
   * It waits for the one whose cheques it replaces, though each of them is a carnet of its batch.
   */
  @Test
  void aReplacementIsNeverNextAndInNoCarnet() throws Exception {
    world.must(delivery("D-1", CCAS, batch, 1, 30));
    Batch replacement = replacementOf("R-1", 41, 42, 43);
    world.must(delivery("D-2", CCAS, replacement, 1, 3));

    JsonNode held = answer(200, get(HELD));
    assertThat(told(held)).contains("00002-0001 00002-0003");
    assertThat(held.get("carnets").asInt()).as("of ten cheques").isEqualTo(3);
    assertThat(held.get("held").valueStream())
        .allMatch(
            row -> row.get("replacement").asBoolean() == row.get("order").asString().equals("R-1"));
    assertThat(rows(NEXT + 3)).containsExactly("1-3 00001-0001 00001-000Y");
    assertThat(answer(422, get(NEXT + 4)).at("/errors/0/message").asString())
        .startsWith("3 whole carnets");
  }

  /** Of those cheques of the order. */
  private Batch replacementOf(String name, Integer... ordinals) {
    ChequesIssued old =
        Objects.requireNonNull(world.register(DistributionRegister.class).batch(batch)).issued();
    Batch replacement = Batch.of(2);
    world.ledger.given(
        new ChequesIssued(
            new OrderId(name),
            old.agreement(),
            old.programme(),
            old.keyVersion(),
            replacement,
            ordinals.length,
            old.faceValueCents(),
            1,
            old.validityDays(),
            old.presentationWindowDays(),
            old.endsOn(),
            old.toleranceDays(),
            old.eligiblePublics(),
            old.eligibleServices(),
            old.territory(),
            old.chequesPerVisit(),
            old.conflictOfInterest(),
            old.fundingDepartement(),
            old.firstCent(),
            old.splitAlgorithm(),
            old.splitAlgorithmVersion(),
            old.checkKeyName(),
            TODAY,
            List.of(),
            Optional.of(new ChequesIssued.Inherited(batch, List.of(ordinals))),
            Optional.empty()));
    return replacement;
  }

  @Test
  void thereAreNoMoreThanThereAreAndTheRefusalSaysHowMany() throws Exception {
    world.must(delivery("D-1", CCAS, batch, 1, 30));

    JsonNode refused = answer(422, get(NEXT + 4));
    assertThat(refused.get("code").asString()).isEqualTo("TOO_FEW_CARNETS");
    assertThat(refused.at("/errors/0/field").asString()).isEqualTo("carnets");
    assertThat(refused.at("/errors/0/message").asString()).startsWith("3 whole carnets");
    assertThat(answer(422, get(NEXT + "1&programme=another")).at("/errors/0/message").asString())
        .startsWith("0 whole carnets");
    answer(400, get(NEXT + 0));
    answer(400, get(NEXT + 1001));
    answer(404, get("PRESCRIBER mission-locale", NEXT + 1));
  }

  @Test
  void onTheLastDayTheyAreNextAndOnTheDayAfterNoMore() throws Exception {
    world.must(delivery("D-1", CCAS, batch, 1, 10));
    room.day = ORDER_ENDS;
    answer(200, get(NEXT + 1));
    room.day = ORDER_ENDS.plusDays(1);
    answer(422, get(NEXT + 1));
  }

  @Test
  void theyAreAFile() throws Exception {
    world.must(delivery("D-1", CCAS, batch, 1, 20));
    world.must(handOut("H-1", CCAS, Choice.cheque(serial(1))));
    assertThat(exported("PRESCRIBER ccas-gueret", HELD + "/export", "carnets-ccas-gueret.csv"))
        .isEqualTo(
            "batch,order,programme,firstCarnet,lastCarnet,first,last,cheques,cents,endsOn,lastDay\r\n"
                + "00001,O-1,pass,,,00001-0002,00001-000A,9,9000,2026-08-31,2026-08-31\r\n"
                + "00001,O-1,pass,2,2,00001-000B,00001-000M,10,10000,2026-08-31,2026-08-31\r\n");
    assertThat(exported("", HELD + "/export?format=EXCEL_FR", "carnets-ccas-gueret.csv"))
        .startsWith("\uFEFFLot;Commande;Dispositif;Premier carnet;")
        .contains(";100,00;31/08/2026;31/08/2026\r\n");
    assertThat(
            json(exported("", HELD + "/export?format=JSON", "carnets-ccas-gueret.json"))
                .get(1)
                .get("firstCarnet")
                .asInt())
        .isEqualTo(2);
  }

  private String lastDay() throws Exception {
    return answer(200, get(HELD)).get("held").get(0).get("lastDay").asString();
  }

  private List<String> rows(String path) throws Exception {
    return told(answer(200, get(path)));
  }

  private static List<String> told(JsonNode page) {
    List<String> rows = new ArrayList<>();
    for (JsonNode row : page.get("held")) {
      String carnets =
          row.has("carnets")
              ? "%d-%d "
                  .formatted(row.at("/carnets/first").asInt(), row.at("/carnets/last").asInt())
              : "";
      rows.add(
          carnets
              + grouped(row.get("first").asString())
              + " "
              + grouped(row.get("last").asString()));
    }
    return rows;
  }

  private static String grouped(String serial) {
    return serial.substring(0, 5) + "-" + serial.substring(5);
  }

  private Serial serial(int ordinal) {
    return new Serial(batch, ordinal);
  }

  private TakeBack takeBack(Step step, String id, int first, int last) {
    return new TakeBack(
        step, new CorrectionId(id), CCAS, List.of(new Choice.Cheques(batch, first, last)));
  }

  private ChequesOpposed opposed(int ordinal) {
    ChequeRange lost = new ChequeRange(batch, ordinal, ordinal);
    return new ChequesOpposed(
        new OppositionId("P-1"),
        List.of(lost),
        ChequesOpposed.Reason.LOST,
        "clerk",
        Optional.empty(),
        List.of(lost),
        List.of(),
        List.of(),
        List.of());
  }

  private static ExpirySigned approved(FunderId funder, LocalDate on) {
    return new ExpirySigned(
        new OrderId("O-1"), ExpiryStep.APPROVAL, Optional.of(funder), "someone", on);
  }

  // --- the application around it

  /** A ledger that each test begins anew. */
  static final class Room {
    FundedWorld world = FundedWorld.usual();
    LocalDate day = TODAY;

    void begin() {
      day = TODAY;
      world = FundedWorld.usual();
    }

    HeldCarnetsEndpoint endpoint() {
      return new HeldCarnetsEndpoint(
          new HeldCarnets(world.register(DistributionRegister.class), Supplier::get),
          Clock.fixed(day.atTime(12, 0).toInstant(ZoneOffset.UTC), ZoneOffset.UTC));
    }
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
  @Import(OverHttp.Open.class)
  static class Application {
    @Bean
    Room room() {
      return new Room();
    }

    @Bean
    @Scope("prototype")
    HeldCarnetsEndpoint heldCarnetsEndpoint(Room room) {
      return room.endpoint();
    }
  }
}
