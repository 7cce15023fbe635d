package fr.passnumerique.clearing.funding;

import static fr.passnumerique.clearing.FundedWorld.AGREEMENT;
import static fr.passnumerique.clearing.FundedWorld.CREUSE;
import static fr.passnumerique.clearing.FundedWorld.PERIOD_ENDS;
import static fr.passnumerique.clearing.FundedWorld.PERIOD_STARTS;
import static fr.passnumerique.clearing.FundedWorld.PROGRAMME;
import static fr.passnumerique.clearing.FundedWorld.REGION;
import static fr.passnumerique.clearing.FundedWorld.STATE;
import static fr.passnumerique.clearing.FundedWorld.agreement;
import static fr.passnumerique.clearing.FundedWorld.share;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.FundedWorld;
import fr.passnumerique.clearing.funding.AgreementSigned.PaymentTerms;
import fr.passnumerique.clearing.funding.AgreementSigned.Share;
import fr.passnumerique.clearing.funding.FunderRegistered.Commune;
import fr.passnumerique.clearing.funding.FunderRegistered.Group;
import fr.passnumerique.clearing.http.OverHttp;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
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

/** Agreements, programmes and funders over real HTTP, on a ledger in memory. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class AgreementsEndpointIT extends OverHttp {
  private static final String AGREEMENTS = "/api/agreements";
  private static final String SHEET = AGREEMENTS + "/creuse-2026";
  private static final FunderId CITY = new FunderId("gueret");

  /** The first day of the amendment's key. */
  private static final LocalDate AMENDED_FROM = LocalDate.of(2026, 5, 1);

  @Autowired Room room;
  private FundedWorld world = FundedWorld.usual();

  @BeforeEach
  void aNewLedger() {
    room.begin();
    world = room.world;
  }

  @Test
  void beforeTheFirstThereIsNone() throws Exception {
    room.world = FundedWorld.empty();
    assertThat(answer(200, get(AGREEMENTS)).get("agreements")).isEmpty();
    assertThat(answer(200, get("/api/programmes")).get("programmes")).isEmpty();
    assertThat(answer(200, get("/api/funders")).get("funders")).isEmpty();
    answer(404, get(SHEET));
  }

  @Test
  void theListTellsTheTermsInForceOnTheDay() throws Exception {
    amend();
    room.today = AMENDED_FROM.minusDays(1);
    JsonNode before = answer(200, get(AGREEMENTS)).get("agreements").get(0);
    assertThat(before.get("keyVersion").asInt()).isEqualTo(1);
    assertThat(before.get("versions").asInt()).isEqualTo(2);
    assertThat(before.get("ceilingCents").asLong()).isEqualTo(2_000_000);
    assertThat(before.get("territory").toString()).isEqualTo("[\"19\",\"23\"]");
    room.today = AMENDED_FROM;
    JsonNode row = answer(200, get(AGREEMENTS)).get("agreements").get(0);
    assertThat(row.get("keyVersion").asInt()).isEqualTo(2);
    assertThat(row.get("ceilingCents").asLong()).isEqualTo(3_000_000);
    assertThat(row.get("territory").toString()).isEqualTo("[\"23\"]");
    assertThat(row.get("funders").toString())
        .isEqualTo("[\"anct\",\"nouvelle-aquitaine\",\"gueret\"]");
  }

  @Test
  void aSheetTellsEachVersionWithItsKeyCeilingsPeriodAndTerritory() throws Exception {
    amend();
    room.today = AMENDED_FROM;
    JsonNode sheet = answer(200, get(SHEET));
    assertThat(sheet.get("programme").asString()).isEqualTo("pass");
    assertThat(sheet.get("keyVersion").asInt()).isEqualTo(2);
    JsonNode signed = sheet.get("versions").get(0);
    assertThat(signed.has("amendment")).isFalse();
    assertThat(signed.get("signedOn").asString()).isEqualTo("2025-12-15");
    assertThat(signed.get("inForceFrom").asString()).isEqualTo("2026-01-01");
    assertThat(signed.get("shares")).hasSize(2);
    JsonNode amended = sheet.get("versions").get(1);
    assertThat(amended.get("amendment").asString()).isEqualTo("A-1");
    assertThat(amended.get("inForceFrom").asString()).isEqualTo("2026-05-01");
    assertThat(amended.get("endsOn").asString()).isEqualTo("2027-12-31");
    JsonNode onUse = amended.get("shares").get(2);
    assertThat(onUse.get("funder").asString()).isEqualTo("gueret");
    assertThat(onUse.get("basisPoints").asInt()).isEqualTo(1_000);
    assertThat(onUse.get("terms").asString()).isEqualTo("ON_USE");
    assertThat(onUse.get("preFinancier").asString()).isEqualTo("anct");
  }

  @Test
  void aFunderReadsThoseItTakesPartInAndOthersDoNotExistForIt() throws Exception {
    amend();
    world.must(agreement(new AgreementId("state-alone"), PROGRAMME, share(STATE, 10_000, 500_000)));

    assertThat(answer(200, get(AGREEMENTS)).get("agreements")).hasSize(2);
    assertThat(answer(200, get("FUNDER anct", AGREEMENTS)).get("agreements")).hasSize(2);
    JsonNode own = answer(200, get("FUNDER gueret", AGREEMENTS)).get("agreements");
    assertThat(own).as("since it takes part in a version").hasSize(1);
    assertThat(own.get(0).get("agreement").asString()).isEqualTo("creuse-2026");
    assertThat(answer(200, get("FUNDER nobody", AGREEMENTS)).get("agreements")).isEmpty();
    assertThat(answer(200, get(AGREEMENTS + "?funder=gueret")).get("agreements")).hasSize(1);
    answer(404, get(AGREEMENTS + "?funder=nobody"));

    answer(200, get("FUNDER gueret", SHEET));
    for (String of : List.of("", "/export")) {
      HttpResponse<String> anothers = get("FUNDER gueret", AGREEMENTS + "/state-alone" + of);
      HttpResponse<String> none = get("FUNDER gueret", AGREEMENTS + "/nothing" + of);
      assertThat(anothers.statusCode()).isEqualTo(404);
      assertThat(anothers.body().replace("state-alone", "nothing")).isEqualTo(none.body());
    }
    assertThat(exported("FUNDER gueret", AGREEMENTS + "/export", "conventions.csv"))
        .doesNotContain("state-alone");
    answer(400, get(AGREEMENTS + "?after=1"));
    answer(400, get(SHEET + "?version=1"));
  }

  @Test
  void theyAreFiles() throws Exception {
    amend();
    assertThat(exported("", AGREEMENTS + "/export", "conventions.csv"))
        .isEqualTo(
            "agreement,programme,signedOn,keyVersion,versions,startsOn,endsOn,territory,funders,"
                + "ceilingCents\r\n"
                + "creuse-2026,pass,2025-12-15,1,2,2026-01-01,2026-12-31,19|23,"
                + "anct|nouvelle-aquitaine,2000000\r\n");
    assertThat(exported("", AGREEMENTS + "/export?format=EXCEL_FR", "conventions.csv"))
        .startsWith("\uFEFFConvention;Dispositif;Signée le;")
        .endsWith(";20000,00\r\n");
    assertThat(exported("FUNDER anct", SHEET + "/export", "convention-creuse-2026.csv"))
        .startsWith(
            "keyVersion,amendment,signedOn,inForceFrom,startsOn,endsOn,territory,funder,"
                + "basisPoints,ceilingCents,terms,preFinancier\r\n"
                + "1,,2025-12-15,2026-01-01,2026-01-01,2026-12-31,19|23,anct,5714,1000000,PREPAID,"
                + "\r\n")
        .endsWith(
            "2,A-1,2026-03-02,2026-05-01,2026-01-01,2027-12-31,23,gueret,1000,1000000,ON_USE,anct"
                + "\r\n");
    assertThat(json(exported("", SHEET + "/export?format=JSON", "convention-creuse-2026.json")))
        .hasSize(5);
  }

  @Test
  void programmesAreReadWithTheirRules() throws Exception {
    JsonNode programme =
        answer(200, get("PRESCRIBER ccas-gueret", "/api/programmes")).get("programmes").get(0);
    assertThat(programme.get("programme").asString()).isEqualTo("pass");
    assertThat(programme.get("faceValueCents").asLong()).isEqualTo(1_000);
    assertThat(programme.get("chequesPerCarnet").asInt()).isEqualTo(10);
    assertThat(exported("", "/api/programmes/export", "dispositifs.csv"))
        .endsWith("\r\npass,Pass numérique,1000,10,90,60,30,,,,0,FLAG,,\r\n");
    answer(400, get("/api/programmes?programme=pass"));
  }

  @Test
  void aFunderReadsItselfAlone() throws Exception {
    amend();
    assertThat(answer(200, get("/api/funders")).get("funders")).hasSize(3);
    JsonNode own = answer(200, get("FUNDER gueret", "/api/funders")).get("funders");
    assertThat(own).hasSize(1);
    assertThat(own.get(0).get("name").asString()).isEqualTo("Guéret et voisines");
    assertThat(exported("FUNDER gueret", "/api/funders/export", "financeurs.csv"))
        .isEqualTo(
            "funder,name,kind,lead,members\r\n"
                + "gueret,Guéret et voisines,COMMUNES,23096,23096|23002\r\n");
    assertThat(answer(200, get("FUNDER nobody", "/api/funders")).get("funders")).isEmpty();
  }

  /** From 1 May on a group of communes takes part, which pays on use. */
  private void amend() {
    world.must(
        new RegisterFunder(
            CITY,
            "Guéret et voisines",
            FunderRegistered.Kind.COMMUNES,
            Optional.of(
                new Group(
                    "23096",
                    List.of(new Commune("23096", "Guéret"), new Commune("23002", "Ajain"))))));
    world.must(
        new AmendAgreement(
            new AmendmentId("A-1"),
            AGREEMENT,
            FundedWorld.TODAY,
            AMENDED_FROM,
            PERIOD_STARTS,
            PERIOD_ENDS.plusYears(1),
            List.of(CREUSE),
            List.of(
                share(STATE, 5_000, 1_000_000),
                share(REGION, 4_000, 1_000_000),
                new Share(CITY, 1_000, 1_000_000, PaymentTerms.ON_USE, Optional.of(STATE)))));
  }

  // --- the application around it

  /** A ledger that each test begins anew, and the day on which it is read. */
  static final class Room {
    FundedWorld world = FundedWorld.usual();
    LocalDate today = FundedWorld.TODAY;

    void begin() {
      world = FundedWorld.usual();
      today = FundedWorld.TODAY;
    }

    FundingRegister register() {
      return world.register(FundingRegister.class);
    }

    Clock clock() {
      return Clock.fixed(today.atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC), ZoneOffset.UTC);
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
    AgreementsEndpoint agreementsEndpoint(Room room) {
      return new AgreementsEndpoint(new Agreements(room.register(), Supplier::get, room.clock()));
    }

    @Bean
    @Scope("prototype")
    PartiesEndpoint partiesEndpoint(Room room) {
      return new PartiesEndpoint(room.register(), Supplier::get);
    }
  }
}
