package fr.passnumerique.clearing.http;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.vault.Vault;
import fr.passnumerique.clearing.vault.VaultReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sends commands beside which somebody wrote a note. It may tell of a person, so that it is kept in
 * the vault, and the fact holds only where. Nothing is sealed of a command that is refused, tried
 * or recorded already. Safe for any threads.
 */
public final class SealedNotes {
  /** Key of the text in the vault's entry. */
  public static final String TEXT = "text";

  private static final int LONGEST = 2_000;

  private final Commands commands;
  private final Vault vault;
  private final String kind;

  /**
   * @param kind the vault's kind of entry
   */
  public SealedNotes(Commands commands, Vault vault, String kind) {
    this.commands = commands;
    this.vault = vault;
    this.kind = kind;
  }

  /**
   * @return without the space around it; empty if nothing is left
   * @throws Problem 400 INVALID_NOTE if it has more than 2 000 characters
   */
  public static Optional<String> written(@Nullable String note) {
    Optional<String> text =
        Optional.ofNullable(note).map(String::strip).filter(words -> !words.isEmpty());
    if (text.filter(words -> words.length() > LONGEST).isPresent()) {
      String message = "a note has at most %d characters".formatted(LONGEST);
      String remedy = "shorten it";
      throw Problem.badRequest(
          "INVALID_NOTE",
          message + "; " + remedy,
          List.of(Problem.Fault.of("note", "", message, remedy)));
    }
    return text;
  }

  /**
   * @param subject whom the note is about, as the vault names it
   * @param command with where the note is
   * @param dryRun answer as if, seal and record nothing
   * @throws Problem if it is refused
   */
  public <A> Outcome.Recorded<A> send(
      String subject,
      @Nullable String note,
      Function<Optional<VaultReference>, ? extends Command<A>> command,
      Actor by,
      boolean dryRun) {
    Optional<Map<String, String>> content = written(note).map(text -> Map.of(TEXT, text));
    // By the entry that is there already, if it is: a retry is answered as the first time.
    Outcome.Recorded<A> tried =
        Problem.recorded(
            commands.rehearse(
                command.apply(
                    content.map(
                        entry ->
                            vault.find(subject, kind, entry).orElse(VaultReference.UNSEALED)))));
    return dryRun || tried.already()
        ? tried
        : Problem.recorded(
            commands.send(
                command.apply(content.map(entry -> vault.seal(subject, kind, entry))), by));
  }
}
