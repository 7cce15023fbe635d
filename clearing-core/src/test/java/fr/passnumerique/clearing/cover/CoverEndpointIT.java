package fr.passnumerique.clearing.cover;

import static fr.passnumerique.clearing.FundedWorld.REGION;
import static fr.passnumerique.clearing.FundedWorld.STATE;
import static fr.passnumerique.clearing.FundedWorld.receipt;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.FundedWorld;
import fr.passnumerique.clearing.http.OverHttp;
import fr.passnumerique.clearing.issuance.ActivateCheques;
import fr.passnumerique.clearing.issuance.ActivationId;
import java.net.http.HttpResponse;
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

/** Cover over real HTTP, on a ledger in memory: ten cheques are activated. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class CoverEndpointIT extends OverHttp {
  private static final String COVER = "/api/cover";
  private static final String EXPORT = COVER + "/export";
  private static final String HEADER =
      "agreement,funder,state,cashCents,outstandingCents,acceptedUnpaidCents,inTransitCents,"
          + "dueBackCents,requiredCents,marginCents,missingCents,calledCents\r\n";
  private static final String OF_STATE =
      "creuse-2026,anct,COVERED,6000,5714,0,0,0,5714,286,0,0\r\n";
  private static final String OF_REGION =
      "creuse-2026,nouvelle-aquitaine,COVERED,4286,4286,0,0,0,4286,0,0,0\r\n";

  @Autowired Room room;

  @BeforeEach
  void aNewLedger() {
    room.begin();
  }

  @Test
  void coverIsAFileWithTheFiguresThatAreRead() throws Exception {
    String name = "couverture-" + room.world.ledger.facts().size();
    assertThat(exported("", EXPORT, name + ".csv")).isEqualTo(HEADER + OF_STATE + OF_REGION);
    assertThat(exported("", EXPORT + "?format=EXCEL_FR", name + ".csv"))
        .startsWith("\uFEFFConvention;Financeur;État;Trésorerie (EUR);")
        .contains("creuse-2026;anct;COVERED;60,00;57,14;0,00;0,00;0,00;57,14;2,86;0,00;0,00");
    JsonNode rows = json(exported("", EXPORT + "?format=JSON", name + ".json"));
    JsonNode read = answer(200, get(COVER)).get("rows");
    assertThat(rows).hasSize(2);
    for (int i = 0; i < 2; i++) {
      for (String column : rows.get(i).propertyNames()) {
        assertThat(rows.get(i).get(column)).as(column).isEqualTo(read.get(i).get(column));
      }
    }
  }

  @Test
  void aFunderTakesItsOwnAwayAndLearnsNothingOfOthers() throws Exception {
    String name = "couverture-%d.csv".formatted(room.world.ledger.facts().size());
    assertThat(exported("FUNDER anct", EXPORT, name)).isEqualTo(HEADER + OF_STATE);
    assertThat(exported("", EXPORT + "?funder=nouvelle-aquitaine", name))
        .isEqualTo(HEADER + OF_REGION);
    HttpResponse<String> anothers = get("FUNDER other", EXPORT + "?agreement=creuse-2026");
    HttpResponse<String> none = get("FUNDER other", EXPORT + "?agreement=none");
    assertThat(anothers.statusCode()).isEqualTo(404);
    assertThat(anothers.body().replace("creuse-2026", "none")).isEqualTo(none.body());
    answer(404, get(EXPORT + "?funder=none"));
    answer(400, get(EXPORT + "?format=XLS"));
    answer(400, get(EXPORT + "?asOfPosition=-1"));
  }

  // --- the application around it

  /** A ledger that each test begins anew. */
  static final class Room {
    FundedWorld world = FundedWorld.usual();

    void begin() {
      world = FundedWorld.usual();
      world.must(receipt("R-1", STATE, 6_000));
      world.must(receipt("R-2", REGION, 4_286));
      world.must(ActivateCheques.all(new ActivationId("A-1"), world.issued("O-1", 10)));
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
    CoverEndpoint coverEndpoint(Room room) {
      return new CoverEndpoint(room.world.cover);
    }
  }
}
