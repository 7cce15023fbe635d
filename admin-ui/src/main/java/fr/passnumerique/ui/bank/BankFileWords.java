package fr.passnumerique.ui.bank;

import fr.passnumerique.clearing.bank.BankFileImported;
import fr.passnumerique.clearing.bank.BankFileImported.Entry;
import fr.passnumerique.clearing.bank.BankFileImported.Outcome;
import fr.passnumerique.clearing.bank.BankFileImported.Status;
import fr.passnumerique.ui.deed.Effect;
import fr.passnumerique.ui.words.French;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What a file of the bank comes to, in a clerk's words. */
final class BankFileWords {
  /** Named one by one: of more, the run says which. */
  private static final int NAMED = 6;

  private final French french;

  BankFileWords(French french) {
    this.french = french;
  }

  Effect effect(BankFileImported file) {
    Effect effect = Effect.of("Enregistrer ce fichier").line("Message", message(file.message()));
    for (BankFileImported.Statement statement : file.statements()) {
      effect =
          effect.line(
              "Relevé",
              "du %s au %s, solde de %s à %s"
                  .formatted(
                      french.date(statement.from()),
                      french.date(statement.to()),
                      french.money(statement.openingCents()),
                      french.money(statement.closingCents())));
    }
    for (Outcome outcome : EnumSet.complementOf(EnumSet.of(Outcome.KNOWN))) {
      List<Entry> entries =
          file.entries().stream().filter(entry -> entry.outcome() == outcome).toList();
      effect = effect.lineIf(!entries.isEmpty(), words(outcome), moved(entries));
    }
    for (BankFileImported.Effect what :
        EnumSet.complementOf(EnumSet.of(BankFileImported.Effect.KNOWN))) {
      List<Status> transfers =
          file.transfers().stream().filter(status -> status.effect() == what).toList();
      effect = effect.lineIf(!transfers.isEmpty(), words(what), named(transfers));
    }
    return effect
        .lineIf(
            file.pending() != 0,
            "Pas encore passé",
            french.counted(file.pending(), "mouvement annoncé", "mouvements annoncés"))
        .lineIf(
            file.ofNothing() != 0,
            "Sans effet",
            french.counted(file.ofNothing(), "mouvement", "mouvements") + " de " + french.money(0))
        .lineIf(
            file.known() != 0,
            "Déjà enregistré",
            french.counted(
                    file.known(), "relevé, mouvement ou statut", "relevés, mouvements ou statuts")
                + ", qui ne compte"
                + (file.known() < 2 ? "" : "nt")
                + " pas deux fois")
        .afterwards(afterwards(file));
  }

  /** What came in and what went out apart: together they would look like nothing. */
  private String moved(List<Entry> entries) {
    return Stream.of(
            moved(entries, cents -> cents > 0, "reçu"),
            moved(entries, cents -> cents < 0, "débité"))
        .flatMap(Optional::stream)
        .collect(Collectors.joining(" ; "));
  }

  private Optional<String> moved(List<Entry> entries, LongPredicate way, String word) {
    long[] cents = entries.stream().mapToLong(Entry::cents).filter(way).map(Math::abs).toArray();
    return cents.length == 0
        ? Optional.empty()
        : Optional.of(
            "%s, %s"
                .formatted(
                    french.counted(cents.length, "mouvement " + word, "mouvements " + word + "s"),
                    french.money(LongStream.of(cents).sum())));
  }

  private static String afterwards(BankFileImported file) {
    boolean failed =
        file.transfers().stream().anyMatch(s -> s.effect() == BankFileImported.Effect.REJECTED)
            || file.entries().stream().anyMatch(e -> e.outcome() == Outcome.RETURNED);
    boolean unmatched = file.entries().stream().anyMatch(e -> e.outcome() == Outcome.UNMATCHED);
    String repaired =
        failed
            ? "Ce qui est rejeté ou revenu est de nouveau dû, et le compte est fermé : proposez-en"
                + " un autre pour le lieu."
            : "";
    String matched = unmatched ? "Ce qui n’est pas expliqué attend d’être rapproché." : "";
    return (repaired + " " + matched).strip();
  }

  private String named(List<Status> transfers) {
    String some =
        transfers.stream()
            .limit(NAMED)
            .map(
                status ->
                    status.transfer().orElse("inconnu")
                        + status.reason().map(reason -> " (motif " + reason + ")").orElse(""))
            .collect(Collectors.joining(", "));
    return "%s : %s%s"
        .formatted(
            french.counted(transfers.size(), "virement", "virements"),
            some,
            transfers.size() > NAMED ? "…" : "");
  }

  private static String message(String name) {
    String kind = name.substring(0, Math.min(8, name.length()));
    return switch (kind) {
      case "camt.053" -> "Relevé de compte (" + name + ")";
      case "camt.054" -> "Avis de mouvements (" + name + ")";
      case "pain.002" -> "Statut de virements (" + name + ")";
      default -> name;
    };
  }

  private static String words(Outcome outcome) {
    return switch (outcome) {
      case RECEIVED -> "Reçu de financeurs";
      case PROVED -> "Prouve ce qui était saisi";
      case PAID -> "Virements débités";
      case RETURNED -> "Virements revenus";
      case RECOVERED -> "Rendu par des lieux";
      case UNMATCHED -> "Sans explication";
      case KNOWN -> throw untold();
    };
  }

  private static String words(BankFileImported.Effect effect) {
    return switch (effect) {
      case EXECUTED -> "Exécutés";
      case REJECTED -> "Rejetés";
      case UNDER_WAY -> "En route";
      case DISPUTED -> "Contredisent le registre";
      case KNOWN -> throw untold();
    };
  }

  private static IllegalArgumentException untold() {
    return new IllegalArgumentException("what is known is told by its number alone");
  }
}
