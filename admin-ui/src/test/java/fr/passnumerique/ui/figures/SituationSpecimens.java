package fr.passnumerique.ui.figures;

import fr.passnumerique.projections.loop.Caveats;
import java.time.Instant;
import java.util.List;

/** At which moments the specimens stand. */
public final class SituationSpecimens {
  public static final Situation NOW =
      new Situation(48_213, Instant.parse("2026-11-24T16:05:12.123456Z"), 0, false);

  public static final Caveats CAVEATS =
      new Caveats(
          null,
          List.of(
              new Caveats.PassedOver(
                  "accounts", 31_007, "FundsReceived", 31_020, NOW.recordedAt())),
          List.of(new Caveats.OtherFigures("accounts-2", 41_000, true)));

  private SituationSpecimens() {}
}
