package fr.passnumerique.projections.loop;

import static fr.passnumerique.clearing.upkeep.SetAsideReason.DEFECT_OF_THE_FOLD;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.ledger.DecisionFixture;
import fr.passnumerique.clearing.ledger.FixtureReader;
import fr.passnumerique.clearing.upkeep.FactSetAside;
import fr.passnumerique.clearing.upkeep.SettingAsideLifted;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SetAsideTest {
  private final DecisionFixture ledger = DecisionFixture.of(List.of(), List.of());
  private final SetAside setAside = new SetAside(new FixtureReader(ledger));

  private static FactSetAside aside(long position) {
    return new FactSetAside("claims", position, DEFECT_OF_THE_FOLD, "clerk-1", "clerk-2");
  }

  @Test
  void whatIsSetAsideAnewNamesTheFactThatTookItBackBefore() {
    ledger.given(aside(12), aside(13));
    assertThat(setAside.of("claims").values())
        .extracting(SetAside.Signed::liftedAt)
        .containsExactly(null, null);

    ledger.given(
        new SettingAsideLifted("claims", 12, DEFECT_OF_THE_FOLD, "clerk-2", "clerk-1"), aside(12));
    assertThat(setAside.of("claims").get(12L))
        .isEqualTo(new SetAside.Signed(aside(12), 4, FixtureReader.RECORDED, 3L));
    assertThat(setAside.of("claims").get(13L))
        .isEqualTo(new SetAside.Signed(aside(13), 2, FixtureReader.RECORDED, null));
  }

  @Test
  void whatSeveralProjectionsPassOverIsToldByName() {
    FactSetAside other = new FactSetAside("places", 12, DEFECT_OF_THE_FOLD, "clerk-1", "clerk-2");
    ledger.given(
        aside(12),
        other,
        new SettingAsideLifted("claims", 12, DEFECT_OF_THE_FOLD, "clerk-2", "clerk-1"),
        aside(13));

    assertThat(setAside.of(List.of("accounts", "claims", "places")))
        .isEqualTo(
            Map.of(
                "claims",
                Map.of(13L, new SetAside.Signed(aside(13), 4, FixtureReader.RECORDED, null)),
                "places",
                Map.of(12L, new SetAside.Signed(other, 2, FixtureReader.RECORDED, null))));
    assertThat(setAside.of(List.of("accounts"))).isEmpty();
  }
}
