package fr.passnumerique.ui.expiry;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.expiry.ExpiryStep;
import fr.passnumerique.clearing.expiry.OrderExpiry;
import fr.passnumerique.ui.ledger.Thing;
import fr.passnumerique.ui.words.Badge;
import fr.passnumerique.ui.words.CauseWords;
import java.time.LocalDate;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An order and its end, for one reader.
 *
 * @param ofAFunder whose own cents are told beside those of all funders
 * @param situation where its cheques stand; empty states are left out
 * @param statement null until what was not used has expired
 * @param acts what the reader can do now
 */
record EndingSheet(
    boolean ofAFunder,
    CauseWords order,
    CauseWords agreement,
    LocalDate endsOn,
    LocalDate lastDay,
    int issued,
    List<State> situation,
    List<Step> steps,
    @Nullable Statement statement,
    List<Act> acts) {
  static final String OPERATOR = "operator";

  /**
   * @param cents face value, of all funders
   * @param ownCents the reader's of it; null for who is no funder
   */
  record State(String words, int cheques, long cents, @Nullable Long ownCents) {}

  /**
   * @param party who signs; empty for what is recorded by itself
   * @param from the first day
   */
  record Step(String words, String party, LocalDate from, Badge state) {}

  /** Both sides agree it. */
  record Statement(
      OrderExpiry.Expired notDistributed,
      OrderExpiry.Expired unused,
      long opposedOrWaivedCents,
      List<Due> due) {
    public long dueCents() {
      return due.stream().mapToLong(Due::cents).sum();
    }
  }

  /**
   * @param note its credit note; null until both sides have signed
   */
  record Due(String funder, long cents, @Nullable CauseWords note, Badge state) {}

  /** A way to a page that acts. */
  record Act(String words, String page) {}

  static EndingSheet of(
      OrderExpiry expiry, Actor reader, LocalDate today, UnaryOperator<String> funders) {
    boolean ofAFunder = reader.role() == Role.FUNDER;
    return new EndingSheet(
        ofAFunder,
        Thing.ORDER.link(expiry.order(), reader),
        new CauseWords(
            "Convention", expiry.agreement(), EndingPages.reconciliation(expiry.agreement())),
        expiry.endsOn(),
        expiry.lastDay(),
        expiry.issuedCheques(),
        expiry.situation().stream()
            .filter(state -> state.cheques() > 0)
            .map(
                state ->
                    new State(
                        state(state.state()),
                        state.cheques(),
                        state.cents(),
                        ofAFunder ? own(state) : null))
            .toList(),
        expiry.steps().stream().map(step -> step(step, today, funders)).toList(),
        expiry
            .statement()
            .map(
                told ->
                    new Statement(
                        told.notDistributed(),
                        told.unused(),
                        told.opposedOrWaivedCents(),
                        told.dueBack().stream().map(note -> due(note, reader, funders)).toList()))
            .orElse(null),
        expiry.steps().stream()
            .filter(OrderExpiry.Step::open)
            .map(step -> new Act(toDo(step.step()), EndingPages.act(expiry.order(), step.step())))
            .toList());
  }

  private static long own(OrderExpiry.Situation state) {
    return state.funders().stream().mapToLong(OrderExpiry.OfFunder::cents).sum();
  }

  private static Step step(OrderExpiry.Step step, LocalDate today, UnaryOperator<String> funders) {
    return new Step(
        words(step.step()),
        step.party().equals(OPERATOR)
            ? "l’opérateur"
            : step.party().isEmpty() ? "" : funders.apply(step.party()),
        step.from(),
        stage(step, today));
  }

  private static Badge stage(OrderExpiry.Step step, LocalDate today) {
    if (step.done()) {
      return Badge.good(step.party().isEmpty() ? "Fait" : "Signé");
    }
    if (step.lapsed()) {
      return Badge.calm("Sans objet");
    }
    return today.isBefore(step.from()) ? Badge.calm("À venir") : Badge.warn("En attente");
  }

  private static Due due(OrderExpiry.Note note, Actor reader, UnaryOperator<String> funders) {
    boolean own = note.funder().equals(reader.subject());
    return new Due(
        funders.apply(note.funder()),
        note.cents(),
        note.creditNote().map(id -> Thing.CREDIT_NOTE.link(id, reader, own)).orElse(null),
        note.refundedOn().isPresent()
            ? Badge.good("Remboursé")
            : note.creditNote().isPresent()
                ? Badge.warn("À rembourser")
                : Badge.calm("Après les deux signatures"));
  }

  static String words(ExpiryStep step) {
    return switch (step) {
      case ANNOUNCEMENT -> "Fin annoncée aux financeurs";
      case APPROVAL -> "Fin approuvée";
      case ACKNOWLEDGEMENT -> "Prise d’acte";
      case EXPIRY -> "Chèques non utilisés périmés";
      case STATEMENT -> "État contradictoire";
    };
  }

  private static String toDo(ExpiryStep step) {
    return switch (step) {
      case ANNOUNCEMENT -> "Annoncer la fin aux financeurs";
      case APPROVAL -> "Approuver la fin";
      case ACKNOWLEDGEMENT -> "Prendre acte de la fin";
      case EXPIRY -> "Périmer les chèques non utilisés";
      case STATEMENT -> "Signer l’état contradictoire";
    };
  }

  private static String state(String state) {
    return switch (state) {
      case "IN_STOCK" -> "En stock";
      case "LIVE" -> "Remis, pas encore utilisés";
      case "REDEEMED" -> "Acceptés par les lieux";
      case "EXPIRED" -> "Périmés";
      case "OPPOSED" -> "Opposés";
      case "REPLACED" -> "Remplacés";
      case "VOID" -> "Annulés par un indu";
      default -> throw new IllegalStateException("no words for " + state);
    };
  }
}
