package fr.passnumerique.clearing.redemption;

import static fr.passnumerique.clearing.redemption.RedemptionWorld.BUS;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.KEYS;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.at;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.forged;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.line;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.lines;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.of;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.served;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.venues.PointOfServiceId;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlipDigestTest {
  private static final LocalDate NEXT_DAY = LocalDate.of(2026, 3, 17);

  private final SlipDigest digest = new SlipDigest(KEYS);

  /**
   * Slips are in ledgers for ever, and told by these values from others: they must never change.
   */
  @Test
  void isThatOfTheSlipsThatWereEverRecorded() {
    assertThat(digest.of(List.of(line(1)))).isEqualTo("check-1-TEST00:MbuxH7InTYzfHJAxt0qQ9w");
    assertThat(digest.of(List.of(line(1), line(2), served(line(3), NEXT_DAY))))
        .isEqualTo("check-1-TEST00:ggL1u7iklArf1YX_OrRpGg");
    assertThat(
            digest.of(
                List.of(
                    line(1),
                    at(line(2), BUS),
                    of(line(3), "Autre"),
                    line(4),
                    at(of(line(5), "Créer 🖥"), new PointOfServiceId("Étapes-numériques_12")),
                    line(forged(6)))))
        .isEqualTo("check-1-TEST00:clSpVoLfCF6ZMwAFcc7-2Q");
    assertThat(digest.of(List.of(lines(1, 1_000))))
        .isEqualTo("check-1-TEST00:r6TMczrd4SutixzTcuTEIA");
  }

  @Test
  void isAnothersWhereOneLineIsServedElsewhereOrForSomethingElse() {
    List<List<SlipLine>> slips =
        List.of(
            List.of(line(1), line(2), line(3)),
            List.of(line(1), at(line(2), BUS), line(3)),
            List.of(line(1), of(line(2), "Autre"), line(3)),
            List.of(line(1), served(line(2), NEXT_DAY), line(3)),
            List.of(line(1), line(2), at(line(3), BUS)),
            List.of(line(1), at(line(2), BUS), at(line(3), BUS)),
            List.of(line(1), line(forged(2)), line(3)),
            List.of(line(1), line(3), line(2)));
    assertThat(slips.stream().map(digest::of)).doesNotHaveDuplicates();
  }
}
