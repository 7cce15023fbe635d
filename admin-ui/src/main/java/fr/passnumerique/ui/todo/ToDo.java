package fr.passnumerique.ui.todo;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.Page;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.clearing.worklist.Task;
import fr.passnumerique.ui.account.AccountPages;
import fr.passnumerique.ui.expiry.EndingPages;
import fr.passnumerique.ui.ledger.Thing;
import fr.passnumerique.ui.matching.BankLists;
import fr.passnumerique.ui.matching.MatchingDeeds;
import fr.passnumerique.ui.payee.PayeeAccountPages;
import fr.passnumerique.ui.prescriber.HandOutPage;
import fr.passnumerique.ui.prescriber.TakeBackPages;
import fr.passnumerique.ui.reversal.DebitNoteDeeds;
import fr.passnumerique.ui.upkeep.RebuildPage;
import fr.passnumerique.ui.venues.VenueDeeds;
import fr.passnumerique.ui.words.Badge;
import fr.passnumerique.ui.words.CauseWords;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What waits for whoever looks at the page.
 *
 * @param what in French
 * @param about the run, the reversal, the order …
 * @param cents 0 where it is about none
 * @param page on which it can be looked at; null if there is none
 * @param ways in which else it may be ended, in French
 */
public record ToDo(
    String what,
    String about,
    LocalDate since,
    long cents,
    @Nullable LocalDate dueOn,
    @Nullable Badge badge,
    @Nullable String page,
    List<String> ways) {

  /**
   * @param shown those of a page
   * @param others how many are on other pages
   */
  public record Listed(List<ToDo> shown, int others) {
    public static Listed of(Page<Task> page, Actor actor, LocalDate today) {
      return new Listed(
          page.rows().stream().map(task -> ToDo.of(task, actor, today)).toList(),
          page.count() - page.rows().size());
    }

    public boolean isEmpty() {
      return shown.isEmpty();
    }
  }

  private static ToDo of(Task task, Actor actor, LocalDate today) {
    return new ToDo(
        words(task.kind()),
        about(task),
        Paris.dayOf(task.since()),
        task.cents(),
        task.dueOn().orElse(null),
        badge(task, actor, today),
        page(task, actor),
        task.otherRemedies().orElse(List.of()).stream().map(ToDo::way).toList());
  }

  /** One of several ways; by its operation's name if it has no words here. */
  private static String way(String operation) {
    return switch (operation) {
      case "matchBankEntry" -> "rapprocher un mouvement bancaire";
      case "takeReceiptBack" -> "retirer un versement saisi que la banque n’a pas montré";
      case "takeDebitNotePaymentBack" ->
          "retirer le paiement saisi d’une note de débit que la banque n’a pas montré";
      case "takeConfirmationBack" ->
          "retirer la confirmation, saisie ou dite par la banque, d’un virement qu’elle n’a pas"
              + " débité";
      case "takeRefundBack" ->
          "retirer le remboursement, saisi ou dit par la banque, d’un avoir qu’elle n’a pas débité";
      case "giveBackCredit" -> "rendre au financeur les fonds que la banque a repris";
      case "refundCreditNote" ->
          "saisir le remboursement de cet avoir, puis en rapprocher le débit";
      default -> operation;
    };
  }

  /**
   * Where it can be looked at, by whoever has it to do; and it is done there or on a page behind
   * it.
   */
  private static @Nullable String page(Task task, Actor actor) {
    String about = task.about();
    return switch (task.kind()) {
      case RELEASE_RUN, DOWNLOAD_TRANSFER_FILE, CHASE_TRANSFERS ->
          CauseWords.run(about, actor).page();
      case RELEASE_REFUNDS, DOWNLOAD_REFUND_FILE, CHASE_REFUNDS ->
          Thing.REFUND_ORDER.link(about, actor).page();
      case CONFIRM_IDENTIFICATION ->
          actor.role() == Role.CLERK ? VenueDeeds.confirm(about) : VenueDeeds.venue(about);
      case CONFIRM_VENUE_ACCOUNT, GIVE_ACCOUNT -> PayeeAccountPages.ofVenue(about);
      case APPROVE_OPPOSITION, REPLACE_CHEQUES -> Thing.OPPOSITION.link(about, actor).page();
      case MATCH_BANK_ENTRY ->
          actor.role() == Role.CLERK
              ? MatchingDeeds.match(about)
              : Thing.BANK_ENTRY.link(about, actor).page();
      case EXPLAIN_BANK_STATEMENT, EXPLAIN_BANK_STATUS, LOOK_AT_BANK_FILE ->
          actor.role() == Role.CLERK ? MatchingDeeds.close(about) : BankLists.EXCEPTIONS;
      case PROVE_COVER -> BankLists.STATEMENTS;
      case CONFIRM_FUNDER_ACCOUNT -> PayeeAccountPages.ofFunder(about);
      // Told on the dashboard, agreement by agreement.
      case REPAIR_BREACH -> "/";
      case APPROVE_ACCOUNT -> AccountPages.address(about);
      case CONFIRM_REVERSAL, DECIDE_CONTEST, ANSWER_REVERSAL ->
          Thing.REVERSAL.link(about, actor, true).page();
      case ISSUE_DEBIT_NOTE ->
          actor.role() == Role.CLERK ? DebitNoteDeeds.issue(about) : DebitNoteDeeds.LIST;
      case CHASE_CALL, PAY_CALL -> Thing.CALL.link(about, actor, true).page();
      case REFUND_CREDIT_NOTE -> Thing.CREDIT_NOTE.link(about, actor).page();
      case SIGN_STATEMENT, APPROVE_EXPIRY, ACKNOWLEDGE_EXPIRY -> EndingPages.page(about);
      case CREDIT_RECOVERED ->
          actor.role() == Role.CLERK
              ? DebitNoteDeeds.credit(about)
              : Thing.ORDER.link(about, actor).page();
      case DELIVER_ORDER -> Thing.ORDER.link(about, actor).page();
      case HAND_OUT_BEFORE_END ->
          actor.role() == Role.PRESCRIBER
              ? HandOutPage.ADDRESS
              : Thing.ORDER.link(about, actor).page();
      case HAND_OVER_REPLACEMENT ->
          actor.role() == Role.PRESCRIBER
              ? HandOutPage.ofReplacement(about)
              : Thing.ORDER.link(about, actor).page();
      case STOP_HANDING_OUT ->
          actor.role() == Role.PRESCRIBER
              ? TakeBackPages.RETURN
              : Thing.ORDER.link(about, actor).page();
      case ACCEPT_REBUILD, CONFIRM_REBUILD -> RebuildPage.address(about);
      // Named as registers/1234.
      case CONFIRM_FACT_ASIDE ->
          actor.role() == Role.CLERK ? "/projections/faits-ecartes/" + about : "/projections";
      case CONFIRM_LIFTING -> "/projections";
    };
  }

  private static String about(Task task) {
    String about = task.about();
    if (task.kind() == Task.Kind.CONFIRM_IDENTIFICATION) {
      // Named as W161000119/40109226700020.
      int slash = about.lastIndexOf('/');
      return "lieu %s, SIRET %s".formatted(about.substring(0, slash), about.substring(slash + 1));
    }
    return about.equals(Task.RING_FENCED_ACCOUNT) ? "compte cantonné" : about;
  }

  private static @Nullable Badge badge(Task task, Actor actor, LocalDate today) {
    if (task.dueOn().filter(today::isAfter).isPresent()) {
      return Badge.bad("En retard");
    }
    return task.startedBy().filter(actor.account()::equals).isPresent()
        ? Badge.calm("Attend une autre personne")
        : null;
  }

  private static String words(Task.Kind kind) {
    return switch (kind) {
      case RELEASE_RUN -> "Libérer le règlement";
      case RELEASE_REFUNDS -> "Libérer les remboursements";
      case DOWNLOAD_TRANSFER_FILE -> "Porter à la banque le fichier de virements du règlement";
      case DOWNLOAD_REFUND_FILE -> "Porter à la banque le fichier de virements des remboursements";
      case CHASE_TRANSFERS ->
          "Importer la réponse de la banque aux virements du règlement, ou la relancer";
      case CHASE_REFUNDS -> "Importer la réponse de la banque aux remboursements, ou la relancer";
      case CONFIRM_VENUE_ACCOUNT -> "Confirmer le compte bancaire du lieu";
      case CONFIRM_IDENTIFICATION -> "Confirmer ou refuser le SIRET qui corrige celui du lieu";
      case CONFIRM_FUNDER_ACCOUNT -> "Confirmer le compte bancaire du financeur";
      case APPROVE_ACCOUNT -> "Approuver le compte d’agent qu’un autre a créé";
      case APPROVE_OPPOSITION -> "Approuver l’opposition";
      case CONFIRM_REVERSAL -> "Confirmer l’indu";
      case DECIDE_CONTEST -> "Statuer sur la contestation de l’indu";
      case REPAIR_BREACH -> "Rétablir la couverture";
      case PROVE_COVER -> "Retrouver le solde du relevé de la banque";
      case EXPLAIN_BANK_STATEMENT ->
          "Clore l’écart entre deux messages contradictoires de la banque";
      case MATCH_BANK_ENTRY -> "Rapprocher le mouvement bancaire";
      case EXPLAIN_BANK_STATUS -> "Éclaircir le statut donné par la banque";
      case LOOK_AT_BANK_FILE -> "Voir le fichier bancaire refusé";
      case ISSUE_DEBIT_NOTE -> "Réclamer l’indu au lieu par une note de débit";
      case CREDIT_RECOVERED -> "Créditer ce que les indus ont rapporté à la commande";
      case CHASE_CALL -> "Relancer l’appel de fonds";
      case REFUND_CREDIT_NOTE -> "Rembourser l’avoir";
      case SIGN_STATEMENT -> "Signer l’état contradictoire de la commande";
      case ACCEPT_REBUILD -> "Examiner les écarts de la reconstruction";
      case CONFIRM_REBUILD -> "Confirmer les écarts de la reconstruction";
      case CONFIRM_FACT_ASIDE -> "Confirmer qu’une projection passe outre au fait";
      case CONFIRM_LIFTING -> "Confirmer qu’une projection reprend le fait";
      case APPROVE_EXPIRY -> "Approuver la fin de la commande";
      case ACKNOWLEDGE_EXPIRY -> "Prendre acte de la fin de la commande";
      case PAY_CALL -> "Payer l’appel de fonds";
      case DELIVER_ORDER -> "Livrer les chèques de la commande";
      case REPLACE_CHEQUES -> "Remplacer les chèques opposés que des personnes détenaient";
      case HAND_OUT_BEFORE_END -> "Distribuer avant sa fin ce qui reste de la commande";
      case HAND_OVER_REPLACEMENT -> "Remettre les chèques de remplacement";
      case GIVE_ACCOUNT -> "Proposer un autre compte bancaire : la banque a fermé celui du lieu";
      case STOP_HANDING_OUT -> "Ne plus distribuer les chèques de la commande";
      case ANSWER_REVERSAL -> "Lire l’indu, et le contester si besoin";
    };
  }
}
