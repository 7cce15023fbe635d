package fr.passnumerique.ui.reversal;

import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.funding.PartiesEndpoint;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.http.Answer;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.reversal.CreditRecovered;
import fr.passnumerique.clearing.reversal.DebitNote;
import fr.passnumerique.clearing.reversal.DebitNoteId;
import fr.passnumerique.clearing.reversal.DebitNotePaymentTakenBack;
import fr.passnumerique.clearing.reversal.ReversalEndpoint;
import fr.passnumerique.clearing.reversal.ReversalEndsEndpoint;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.ui.deed.Deed;
import fr.passnumerique.ui.deed.DeedMapping;
import fr.passnumerique.ui.deed.Doing;
import fr.passnumerique.ui.deed.Effect;
import fr.passnumerique.ui.deed.Field;
import fr.passnumerique.ui.deed.Sent;
import fr.passnumerique.ui.words.Address;
import fr.passnumerique.ui.words.French;
import fr.passnumerique.ui.words.Names;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** How what was not netted is asked back from a venue, and what comes of it. */
@Controller
public final class DebitNoteDeeds {
  public static final String LIST = ReversalPages.DEBIT_NOTES;

  private static final String NEW = ReversalPages.DEBIT_NOTES + "/nouvelle";
  private static final String ONE = ReversalPages.DEBIT_NOTES + "/{debitNoteId}";
  private static final String PAY = ONE + "/paiement";
  private static final String TAKE_BACK = PAY + "/retrait";
  private static final String CREDIT = "/commandes/{orderId}/recouvrement";

  private final ReversalEndpoint reversals;
  private final ReversalEndsEndpoint ends;
  private final PartiesEndpoint parties;
  private final Supplier<Names> names;
  private final French french;

  DebitNoteDeeds(
      ReversalEndpoint reversals,
      ReversalEndsEndpoint ends,
      PartiesEndpoint parties,
      Supplier<Names> names,
      French french) {
    this.reversals = reversals;
    this.ends = ends;
    this.parties = parties;
    this.names = names;
    this.french = french;
  }

  // -- issue

  /**
   * @param venue of whom it would ask; empty if nobody has said yet
   */
  @DeedMapping(NEW)
  @Permit(Role.CLERK)
  Deed<ReversalEndpoint.Noted> issuing(
      Sent sent,
      @RequestParam(name = "lieu", defaultValue = "") String venue,
      @RequestParam(name = "dispositif", defaultValue = "") String programme,
      Model model) {
    Doing.show(model, "Émettre une note de débit", "", ReversalPages.DEBIT_NOTES);
    return new Deed<>(
        Doing.VIEW,
        fieldsOfANote(
            parties.readProgrammes().programmes().stream()
                .map(each -> new Field.Choice(each.programme().value(), each.name()))
                .toList()),
        Map.of("venue", venue, "programme", programme),
        (entries, dryRun) ->
            reversals.issueDebitNote(
                new ReversalEndpoint.DebitNoteBody(
                    entries.as("debitNote", DebitNoteId::new),
                    entries.as("venue", VenueId::new),
                    entries.as("programme", ProgrammeId::new)),
                dryRun,
                sent.by()),
        (_, noted) -> asks(noted.note()).already(noted.already()),
        noted ->
            new Deed.Done(
                page(noted.note().debitNote()),
                "La note de débit est émise : imprimez-la et envoyez-la au lieu."));
  }

  static List<Field> fieldsOfANote(List<Field.Choice> programmes) {
    return List.of(
        Field.text("venue", "Lieu")
            .hint("Son identifiant, comme 40109226700020.")
            .as(VenueId::new, "Un identifiant de lieu, comme 40109226700020."),
        Field.choice("programme", "Dispositif", programmes),
        Field.name("debitNote", "Nom de la note", DebitNoteId::new)
            .hint("Il n’en portera pas d’autre, comme titre-2026-001."));
  }

  private Effect asks(DebitNote note) {
    return Effect.of("Émettre cette note de débit")
        .line("Au lieu", names.get().venue(note.venue()))
        .line(
            "Elle demande",
            "%s, pour %s"
                .formatted(
                    french.money(note.amountCents()),
                    french.counted(note.lines().size(), "ligne annulée", "lignes annulées")))
        .afterwards("Aucun règlement ne retient plus ces lignes : le lieu les paie par cette note.")
        .dangerous();
  }

  // -- record its payment

  @DeedMapping(PAY)
  @Permit(Role.CLERK)
  Deed<ReversalEndpoint.Paid> paying(
      Sent sent, @PathVariable("debitNoteId") String debitNoteId, Model model) {
    DebitNote note = reversals.readDebitNote(debitNoteId, sent.by());
    Doing.show(model, "Saisir le paiement de la note " + debitNoteId, "", page(debitNoteId));
    return new Deed<>(
        Doing.VIEW,
        fieldsOfAPayment(),
        (entries, dryRun) ->
            reversals.recordDebitNotePayment(
                debitNoteId,
                new ReversalEndpoint.PaymentBody(entries.day("paidOn")),
                dryRun,
                sent.by()),
        (_, paid) ->
            Effect.of("Saisir ce paiement")
                .line("Payé par", names.get().venue(note.venue()))
                .line("Revient aux financeurs", french.money(paid.amountCents()))
                .line("Le", french.date(paid.paidOn()))
                .afterwards("La banque le prouvera : rapprochez-en le mouvement quand il arrive.")
                .already(paid.already()),
        _ -> new Deed.Done(page(debitNoteId), "Le paiement de la note est enregistré."));
  }

  static List<Field> fieldsOfAPayment() {
    return List.of(
        Field.day("paidOn", "Payée le")
            .hint(
                "Le jour de la banque. Si son relevé est importé, rapprochez plutôt le"
                    + " mouvement."));
  }

  // -- take a payment back

  @DeedMapping(TAKE_BACK)
  @Permit(Role.CLERK)
  Deed<Answer<DebitNotePaymentTakenBack>> takingBack(
      Sent sent, @PathVariable("debitNoteId") String debitNoteId, Model model) {
    Map<String, String> last = new HashMap<>();
    reversals.readDebitNote(debitNoteId, sent.by()).payments().stream()
        .filter(payment -> payment.entry().isEmpty())
        .forEach(payment -> last.put("paidOn", payment.paidOn().toString()));
    Doing.show(model, "Retirer un paiement de la note " + debitNoteId, "", page(debitNoteId));
    return new Deed<>(
        Doing.VIEW,
        fieldsOfATakingBack(),
        last,
        (entries, dryRun) ->
            ends.takeDebitNotePaymentBack(
                new DebitNoteId(debitNoteId),
                new ReversalEndsEndpoint.TakingBack(
                    entries.day("paidOn"),
                    entries.as("reason", DebitNotePaymentTakenBack.Reason::valueOf)),
                dryRun,
                sent.by()),
        (_, taken) ->
            Effect.of("Retirer ce paiement")
                .line("Le lieu doit de nouveau", french.money(taken.answer().cents()))
                .line("Ne revient plus aux financeurs", french.money(taken.answer().cents()))
                .afterwards("Ce jour reste pris : un autre paiement porte un autre jour.")
                .dangerous()
                .already(taken.already()),
        _ -> new Deed.Done(page(debitNoteId), "Le paiement est retiré : la note le demande."));
  }

  static List<Field> fieldsOfATakingBack() {
    return List.of(
        Field.day("paidOn", "Saisi pour le").hint("Le jour du paiement à retirer."),
        Field.choice(
            "reason", "Motif", DebitNotePaymentTakenBack.Reason.values(), ReversalWords::of));
  }

  // -- credit what came back to an order

  @DeedMapping(CREDIT)
  @Permit(Role.CLERK)
  Deed<Answer<CreditRecovered.Credited>> crediting(
      Sent sent, @PathVariable("orderId") String orderId, Model model) {
    Doing.show(
        model,
        "Créditer ce que les indus ont rapporté",
        "",
        Address.of("/commandes/{orderId}", orderId));
    return new Deed<>(
        Doing.VIEW,
        List.of(),
        (_, dryRun) -> ends.creditRecovered(new OrderId(orderId), dryRun, sent.by()),
        (_, credited) -> credits(credited.answer()).already(credited.already()),
        _ ->
            new Deed.Done(
                Address.of("/commandes/{orderId}", orderId),
                "Ce qui est revenu est crédité aux financeurs : leurs avoirs sont à rembourser."));
  }

  private Effect credits(CreditRecovered.Credited credited) {
    Effect effect = Effect.of("Émettre ces avoirs");
    Names known = names.get();
    for (var note : credited.creditNotes()) {
      effect =
          effect.line(
              "Avoir à " + known.funder(note.funder().value()), french.money(note.amountCents()));
    }
    return effect
        .lineIf(credited.creditNotes().isEmpty(), "Avoirs", "Aucun : rien de nouveau n’est revenu")
        .lineIf(
            credited.waitingCents() != 0, "Attend encore", french.money(credited.waitingCents()))
        .dangerous();
  }

  // -- addresses

  /**
   * @param claim venue and programme, as a task names them: {@code 40109226700020/pass}
   */
  public static String issue(String claim) {
    int slash = claim.lastIndexOf('/');
    return Address.of(
        NEW + "?lieu={lieu}&dispositif={dispositif}",
        claim.substring(0, slash),
        claim.substring(slash + 1));
  }

  public static String credit(String order) {
    return Address.of(CREDIT, order);
  }

  static String pay(String debitNote) {
    return Address.of(PAY, debitNote);
  }

  static String takeBack(String debitNote) {
    return Address.of(TAKE_BACK, debitNote);
  }

  private static String page(String debitNote) {
    return Address.of(ONE, debitNote);
  }
}
