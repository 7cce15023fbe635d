package fr.passnumerique.ui.matching;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.bank.BankEntryUnmatched;
import fr.passnumerique.clearing.bank.BankExceptions.BankException;
import fr.passnumerique.clearing.bank.BankStatusDisputed;
import fr.passnumerique.ui.words.Badge;
import fr.passnumerique.ui.words.BankWords;
import fr.passnumerique.ui.words.RefusalWords;
import java.time.LocalDate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One thing that the bank said otherwise, in a clerk's words.
 *
 * @param about the transfer, or what the bank called the payment; its own name otherwise
 * @param cents 0 if only a status was told
 * @param page where it is dealt with; null for who does not, or when it is
 */
record ExceptionRow(
    String exception,
    String kind,
    String why,
    String about,
    LocalDate on,
    long cents,
    Badge state,
    @Nullable String page) {
  static ExceptionRow of(BankException of, Actor reader) {
    boolean open = of.closed().isEmpty();
    return new ExceptionRow(
        of.exception(),
        kind(of.kind()),
        why(of),
        about(of),
        of.on(),
        of.cents(),
        of.closed()
            .map(closing -> Badge.calm(BankWords.reason(closing.reason())))
            .orElseGet(() -> Badge.warn("À traiter")),
        !open || reader.role() != Role.CLERK
            ? null
            : of.entry()
                .map(MatchingDeeds::match)
                .orElseGet(() -> MatchingDeeds.close(of.exception())));
  }

  private static String kind(String kind) {
    return switch (kind) {
      case "STATUS" -> "Statut de virement";
      case "ENTRY" -> "Mouvement";
      case "FILE" -> "Fichier refusé";
      case "STATEMENT" -> "Relevé";
      default -> kind;
    };
  }

  private static String why(BankException of) {
    return switch (of.kind()) {
      case "STATUS" -> BankWords.why(BankStatusDisputed.Why.valueOf(of.why()));
      case "ENTRY" -> BankWords.why(BankEntryUnmatched.Why.valueOf(of.why()));
      case "FILE" -> RefusalWords.title(of.why()) + ".";
      default ->
          of.why().equals("ENTRIES_LEFT_OUT")
              ? "Aucun relevé de ces jours ne dit plus des mouvements enregistrés."
              : "Il ne dit pas ce qu’un relevé de même référence disait avant lui.";
    };
  }

  private static String about(BankException of) {
    return of.transfer()
        .map(id -> "virement " + id)
        .or(
            () ->
                of.called()
                    .map(
                        called ->
                            Stream.of(
                                    called.message(),
                                    called.paymentInformation(),
                                    called.endToEnd())
                                .flatMap(java.util.Optional::stream)
                                .collect(Collectors.joining(", "))))
        .filter(text -> !text.isEmpty())
        .orElse(of.exception());
  }
}
