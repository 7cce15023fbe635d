package fr.passnumerique.clearing.upkeep;

import fr.passnumerique.clearing.ledger.DecisionFixture;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A ledger in memory, and two projections: claims stands at position 12, accounts goes on. */
final class UpkeepWorld implements Stops {
  static final String DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
  static final RebuildId REBUILD = new RebuildId("accounts-2");

  final UpkeepRegister register = new UpkeepRegister();
  final DecisionFixture ledger =
      DecisionFixture.of(
          List.of(register),
          List.of(
              new SetFactAsideDecision(register),
              new ConfirmFactAsideDecision(register),
              new LiftFactAsideDecision(register),
              new ConfirmLiftingDecision(register),
              new AcceptRebuildDifferencesDecision(register),
              new ConfirmRebuildDifferencesDecision(register)));

  static RebuildDifferences differences(String digest) {
    return new RebuildDifferences(
        REBUILD,
        "accounts",
        40,
        digest,
        1,
        List.of(
            new DifferingSum(
                "balance",
                "VENUE_PAYABLE venue",
                Optional.of(-1_714L),
                Optional.of(-1_713L),
                Optional.empty(),
                Optional.of("cents"),
                Optional.empty(),
                Optional.empty())));
  }

  @Override
  public Map<String, Set<Long>> all() {
    return Map.of("claims", Set.of(12L), "accounts", Set.of());
  }

  @Override
  public Optional<RebuildDifferences> differences(RebuildId rebuild) {
    return rebuild.equals(REBUILD) ? Optional.of(differences(DIGEST)) : Optional.empty();
  }

  @Override
  public List<Differing> differing() {
    return List.of(new Differing(REBUILD, DIGEST, Instant.parse("2026-03-02T11:00:00Z")));
  }
}
