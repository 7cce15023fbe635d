package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.SealedNotes;
import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.vault.Vault;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.DecideLabel.About;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Takes the note of a committee's decision to the vault, once for each venue: it may tell of a
 * person. Nothing is sealed of a decision that is refused, nor in a dry run.
 */
final class LabelDesk {
  /** The vault's kind of entry. */
  static final String NOTE = "label-note";

  static final String TEXT = "text";

  private final Commands commands;
  private final Vault vault;

  LabelDesk(Commands commands, Vault vault) {
    this.commands = commands;
    this.vault = vault;
  }

  /**
   * @param decision without notes
   * @param note at most 2 000 characters
   * @throws Problem if it is refused
   */
  Outcome.Recorded<LabelsDecided> decide(
      DecideLabel decision, Optional<String> note, Actor by, boolean dryRun) {
    Optional<String> text = SealedNotes.written(note.orElse(null));
    Outcome.Recorded<LabelsDecided> rehearsed =
        Problem.recorded(
            commands.rehearse(with(decision, _ -> text.map(_ -> VaultReference.UNSEALED))));
    return dryRun
        ? rehearsed
        : Problem.recorded(
            commands.send(
                with(
                    decision,
                    venue ->
                        text.map(words -> vault.seal(venue.value(), NOTE, Map.of(TEXT, words)))),
                by));
  }

  private static DecideLabel with(
      DecideLabel decision, Function<VenueId, Optional<VaultReference>> note) {
    return new DecideLabel(
        decision.decision(),
        decision.committeeOn(),
        decision.state(),
        decision.from(),
        decision.reason(),
        decision.about().stream()
            .map(
                about ->
                    new About(about.venue(), about.pointsOfService(), note.apply(about.venue())))
            .toList());
  }
}
