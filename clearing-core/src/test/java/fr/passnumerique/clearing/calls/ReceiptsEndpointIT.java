package fr.passnumerique.clearing.calls;

import static fr.passnumerique.clearing.FundedWorld.AGREEMENT;
import static fr.passnumerique.clearing.FundedWorld.PROGRAMME;
import static fr.passnumerique.clearing.FundedWorld.REGION;
import static fr.passnumerique.clearing.FundedWorld.STATE;
import static fr.passnumerique.clearing.FundedWorld.TODAY;
import static fr.passnumerique.clearing.FundedWorld.receipt;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.FundedWorld;
import fr.passnumerique.clearing.bank.BankEntryProved;
import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.funding.ReceiptId;
import fr.passnumerique.clearing.funding.ReceiptTakenBack;
import fr.passnumerique.clearing.http.OverHttp;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
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

/** The list of money received over real HTTP, on a ledger in memory. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class ReceiptsEndpointIT extends OverHttp {
  private static final String RECEIPTS = "/api/receipts";

  @Autowired Room room;
  private FundedWorld world = FundedWorld.usual();

  @BeforeEach
  void aNewLedger() {
    room.begin();
    world = room.world;
  }

  @Test
  void aReceiptIsRecordedThenBookedAndTellsWhatItSettled() throws Exception {
    assertThat(answer(200, get(RECEIPTS)).get("receipts")).isEmpty();
    LocalDate due = TODAY.plusDays(30);
    world.must(new CallFunds(new CallId("C-1"), AGREEMENT, STATE, 300, due, "clerk"));
    world.must(new CallFunds(new CallId("C-2"), AGREEMENT, STATE, 500, due, "clerk"));
    world.must(receipt("R-1", STATE, 400));

    JsonNode recorded = only();
    assertThat(recorded.get("state").asString()).isEqualTo("RECORDED");
    assertThat(recorded.has("entry")).isFalse();
    assertThat(recorded.get("amountCents").asLong()).isEqualTo(400);
    assertThat(recorded.get("calls").toString())
        .isEqualTo("[{\"call\":\"C-1\",\"cents\":300},{\"call\":\"C-2\",\"cents\":100}]");

    ReceiptsQuery query = new ReceiptsQuery(world.register(CallsRegister.class), Supplier::get);
    assertThat(query.waiting(400))
        .extracting(Receipts.Row::receipt)
        .containsExactly(new ReceiptId("R-1"));
    assertThat(query.waiting(399)).isEmpty();

    world.ledger.given(
        new BankEntryProved(
            entry(400), 400, Optional.of("R-1"), Optional.empty(), TODAY, Optional.empty()));
    assertThat(query.waiting(400)).as("the bank has shown it").isEmpty();
    JsonNode booked = only();
    assertThat(booked.get("state").asString()).isEqualTo("BOOKED");
    assertThat(booked.get("entry").asString()).isEqualTo("E-1");
    assertThat(booked.get("bookedOn").asString()).isEqualTo("2026-03-04");
    assertThat(booked.get("valueDate").asString()).isEqualTo("2026-03-03");

    world.ledger.given(
        ReceiptTakenBack.of(
            new FundsReceived(
                new ReceiptId("R-1"), AGREEMENT, PROGRAMME, STATE, 400, TODAY, Optional.empty()),
            entry(400),
            "S-1",
            "clerk"));
    JsonNode back = only();
    assertThat(back.get("state").asString()).isEqualTo("TAKEN_BACK");
    assertThat(back.get("calls")).isEmpty();
  }

  @Test
  void whatTheBankToldItselfIsBookedAtOnceWithItsReference() throws Exception {
    world.ledger.given(
        new FundsReceived(
            new ReceiptId("B-1"),
            AGREEMENT,
            PROGRAMME,
            REGION,
            700,
            LocalDate.of(2026, 3, 3),
            Optional.empty(),
            Optional.of(entry(700)),
            Optional.of("RF18TEST")));
    JsonNode row = only();
    assertThat(row.get("state").asString()).isEqualTo("BOOKED");
    assertThat(row.get("reference").asString()).isEqualTo("RF18TEST");
    assertThat(row.get("entry").asString()).isEqualTo("E-1");
  }

  @Test
  void aFunderReadsItsOwnInPagesAndLearnsNothingOfOthers() throws Exception {
    world.must(receipt("R-1", STATE, 1));
    world.must(receipt("R-2", REGION, 2));
    world.must(receipt("R-3", STATE, 3));

    JsonNode page = answer(200, get(RECEIPTS + "?limit=2"));
    assertThat(ids(page)).containsExactly("R-3", "R-2");
    JsonNode last = answer(200, get(RECEIPTS + "?limit=2&before=" + page.get("next").asLong()));
    assertThat(ids(last)).containsExactly("R-1");
    assertThat(last.has("next")).isFalse();
    assertThat(answer(200, get(RECEIPTS + "?limit=3")).has("next")).isFalse();

    JsonNode own = answer(200, get("FUNDER anct", RECEIPTS + "?limit=1"));
    assertThat(ids(own)).containsExactly("R-3");
    JsonNode next =
        answer(200, get("FUNDER anct", RECEIPTS + "?limit=1&before=" + own.get("next").asLong()));
    assertThat(ids(next)).containsExactly("R-1");
    assertThat(next.has("next")).isFalse();
    assertThat(ids(answer(200, get(RECEIPTS + "?funder=nouvelle-aquitaine"))))
        .containsExactly("R-2");
    assertThat(ids(answer(200, get(RECEIPTS + "?agreement=creuse-2026")))).hasSize(3);
    for (String of : List.of("?", "/export?")) {
      HttpResponse<String> anothers = get("FUNDER other", RECEIPTS + of + "agreement=creuse-2026");
      HttpResponse<String> none = get("FUNDER other", RECEIPTS + of + "agreement=none");
      assertThat(anothers.statusCode()).isEqualTo(404);
      assertThat(anothers.body().replace("creuse-2026", "none")).isEqualTo(none.body());
    }
    answer(404, get(RECEIPTS + "?funder=none"));
    for (String bad : List.of("limit=0", "limit=1001", "before=x", "after=1")) {
      answer(400, get(RECEIPTS + "?" + bad));
    }
  }

  @Test
  void receiptsAreAFile() throws Exception {
    world.must(
        new CallFunds(new CallId("C-1"), AGREEMENT, STATE, 300, TODAY.plusDays(30), "clerk"));
    world.must(receipt("R-1", STATE, 400));
    world.must(receipt("R-2", REGION, 200));
    assertThat(exported("FUNDER anct", RECEIPTS + "/export", "encaissements.csv"))
        .startsWith(
            "receipt,position,agreement,funder,amountCents,valueDate,state,reference,entry,"
                + "bookedOn,preFinancier,repaidCents,calls\r\nR-1,")
        .endsWith(",creuse-2026,anct,400,2026-03-02,RECORDED,,,,,0,C-1\r\n")
        .doesNotContain("R-2");
    assertThat(exported("", RECEIPTS + "/export?format=EXCEL_FR", "encaissements.csv"))
        .startsWith("\uFEFFEncaissement;Position;Convention;")
        .contains(";4,00;02/03/2026;RECORDED;");
    assertThat(json(exported("", RECEIPTS + "/export?format=JSON", "encaissements.json")))
        .hasSize(2);
  }

  private JsonNode only() throws Exception {
    JsonNode receipts = answer(200, get(RECEIPTS)).get("receipts");
    assertThat(receipts).hasSize(1);
    return receipts.get(0);
  }

  private static List<String> ids(JsonNode page) {
    List<String> ids = new ArrayList<>();
    page.get("receipts").forEach(row -> ids.add(row.get("receipt").asString()));
    return ids;
  }

  private static BankEntry entry(long cents) {
    return new BankEntry(
        "E-1",
        Optional.empty(),
        LocalDate.of(2026, 3, 4),
        LocalDate.of(2026, 3, 3),
        cents,
        Optional.empty(),
        Optional.empty());
  }

  // --- the application around it

  /** A ledger that each test begins anew. */
  static final class Room {
    FundedWorld world = FundedWorld.usual();

    void begin() {
      world = FundedWorld.usual();
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
    ReceiptsEndpoint receiptsEndpoint(Room room) {
      return new ReceiptsEndpoint(
          new ReceiptsQuery(room.world.register(CallsRegister.class), Supplier::get));
    }
  }
}
